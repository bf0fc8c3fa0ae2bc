"""Hostile input: mutated files, queries, records and corrections, and the laws they may not break.

``make fuzz`` (``python -m fuzz --help``) makes inputs from seeds of our own by mutators that know
the formats, gives them to the commands that people use, and keeps what breaks a law.  Every input
follows from the run's seed and its own number alone.  docs/fuzzing.md says the laws and figures.
"""
