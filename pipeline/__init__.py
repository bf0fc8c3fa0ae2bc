"""kehoach: Vietnamese provincial plans as evidence-backed records.

The public API: ``read`` (file → Document), ``extract`` (file → Plan), ``Pipeline`` (the same for
many documents, with the spaCy pipeline open to add to).  Nothing heavy is imported until one of
them is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.extraction import Pipeline, extract
    from pipeline.reading import read

__all__ = ["Pipeline", "extract", "read"]


def __getattr__(name: str) -> Any:
    if name == "read":
        from pipeline.reading import read

        return read
    if name in ("Pipeline", "extract"):
        from pipeline import extraction

        return getattr(extraction, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
