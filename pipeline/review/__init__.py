"""Check and correct: values to look at, verdicts in an append-only log, gold and figures from it.

In: an open corpus.  Out: what ``api`` offers, items, forms and figures; nothing heavy is imported
before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazily import lazily

if TYPE_CHECKING:
    from pipeline.review.api import (
        accept_rest,
        add,
        conflicts,
        decide,
        deciding,
        history,
        item,
        items,
        machine_record,
        progress,
        undo,
    )
    from pipeline.review.counting import figures
    from pipeline.review.forms import form
    from pipeline.review.looking import Item, Progress

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

__getattr__ = lazily(
    __name__,
    {
        "pipeline.review.api": __all__,
        "pipeline.review.counting": ["figures"],
        "pipeline.review.forms": ["form"],
        "pipeline.review.looking": ["Item", "Progress"],
    },
)
