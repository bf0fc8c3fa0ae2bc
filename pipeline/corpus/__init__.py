"""The corpus: records in one SQLite file that people can search.

In: ``models.Plan``.  Out: hits with the words they were found by, counts, tables, calendars, a
graph. ``open`` is the way in; nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazily import lazily

if TYPE_CHECKING:
    from pipeline.corpus.api import Corpus, open

__all__ = ["Corpus", "open"]

__getattr__ = lazily(__name__, {"pipeline.corpus.api": __all__})
