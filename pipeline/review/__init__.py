"""Check and correct: values to look at, verdicts in an append-only log, gold and figures from it.

In: an open corpus.  Out: what ``api`` offers; nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.review.api import (
        Item,
        Progress,
        accept_rest,
        add,
        conflicts,
        decide,
        deciding,
        figures,
        form,
        history,
        item,
        items,
        machine_record,
        progress,
        undo,
    )

__all__ = [
    "Item",
    "Progress",
    "accept_rest",
    "add",
    "conflicts",
    "decide",
    "deciding",
    "figures",
    "form",
    "history",
    "item",
    "items",
    "machine_record",
    "progress",
    "undo",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from pipeline.review import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
