"""Many files: every runner does the same pure work, one coordinator keeps the books.

In: paths.  Out: one record file per plan, the corpus brought up to date, and a ledger row for
whatever became of every file.
"""
