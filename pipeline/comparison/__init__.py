"""Plans side by side: who plans what, led by whom, by when, copied from whom, changed since when.

In: records.  Out: a ``Comparison`` of typed values; pandas frames, terminal views and reports are
made from it.  Knows only the record, gazetteers, comparison keys and the corpus.

>>> from pipeline import comparison
>>> result = comparison.compare(plans)                      # doctest: +SKIP
>>> comparison.frame(result, "coverage")                    # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.comparison.results import Comparison

if TYPE_CHECKING:
    from pipeline.comparison.comparing import changes, compare
    from pipeline.comparison.frames import frame
    from pipeline.comparison.selecting import select

__all__ = ["Comparison", "changes", "compare", "frame", "select"]


def __getattr__(name: str) -> Any:
    if name in ("changes", "compare"):
        from pipeline.comparison import comparing

        return getattr(comparing, name)
    if name == "frame":
        from pipeline.comparison.frames import frame

        return frame
    if name == "select":
        from pipeline.comparison.selecting import select

        return select
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
