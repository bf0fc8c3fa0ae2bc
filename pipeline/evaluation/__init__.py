"""Scoring of records against gold: for those who annotate their own plans.

In: gold files and records (folders, or one file of each).  Out: a ``Report``.
"""

from pipeline.evaluation.report import Report, evaluate

__all__ = ["Report", "evaluate"]
