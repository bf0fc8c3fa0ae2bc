"""Plans side by side: who plans what, led by whom, by when, copied from whom, changed since when.

In: records.  Out: a ``Comparison`` of typed values; pandas frames, terminal views and reports are
made from it.  Knows only the record, gazetteers, comparison keys and the corpus.

>>> from pipeline import comparison
>>> result = comparison.compare(plans)                      # doctest: +SKIP
>>> comparison.frame(result, "coverage")                    # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazily import lazily

if TYPE_CHECKING:
    from pipeline.comparison.comparing import changes, compare
    from pipeline.comparison.frames import frame
    from pipeline.comparison.results import Comparison
    from pipeline.comparison.selecting import select

__all__ = ["Comparison", "changes", "compare", "frame", "select"]

__getattr__ = lazily(
    __name__,
    {
        "pipeline.comparison.comparing": ["changes", "compare"],
        "pipeline.comparison.frames": ["frame"],
        "pipeline.comparison.results": ["Comparison"],
        "pipeline.comparison.selecting": ["select"],
    },
)
