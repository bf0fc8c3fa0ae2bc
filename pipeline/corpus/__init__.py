"""The corpus: records in one SQLite file that people can search.

In: ``models.Plan``.  Out: hits with the words they were found by, counts, tables, calendars, a
graph. ``open`` is the way in; nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.corpus.api import Corpus, open

__all__ = ["Corpus", "open"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from pipeline.corpus import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
