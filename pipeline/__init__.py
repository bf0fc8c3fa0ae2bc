"""kehoach: Vietnamese provincial plans as evidence-backed records.

The public API: ``read`` (file → Document), ``extract`` (file → Plan), ``Pipeline`` (the same for
many documents, with the spaCy pipeline open to add to).  Nothing heavy is imported until one of
them is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazily import lazily

if TYPE_CHECKING:
    from pipeline.extraction import Pipeline, extract
    from pipeline.reading import read

__all__ = ["Pipeline", "extract", "read"]

__getattr__ = lazily(
    __name__, {"pipeline.extraction": ["Pipeline", "extract"], "pipeline.reading": ["read"]}
)
