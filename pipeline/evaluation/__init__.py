"""Scoring of records against gold, and what changed between two readings.

In: gold files and records, or two folders of records.  Out: a ``Report`` or a ``Difference``.
The parts are imported where they are used, so that the command line starts quickly.
"""
