"""The corpus: records in one SQLite file that people can search.

In: ``models.Plan``.  Out: hits with the words they were found by, counts, tables, graphs.
"""
