"""Which input has which number, and what it is.

In: a run's seed and a number.  Out: an ``Input``; the same two always give the same one.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from fuzz import markup, packages, pdfs, pictures, queries, records
from fuzz.records import Ground

# So often each kind comes among this many: what is parsed by C libraries most, OCR least.
_ROUND = (
    *("pdf", "docx", "text", "html", "query", "pdf", "record", "docx", "text", "pdf", "html"),
    *("correction", "docx", "pdf", "text", "query", "html", "picture", "docx", "pdf", "text"),
    *("record", "query", "correction"),
)
KINDS = tuple(dict.fromkeys(_ROUND))
FILES = {"pdf": ".pdf", "docx": ".docx", "html": ".html", "text": ".txt", "picture": ".png"}
_NAMES = (".pdf", ".docx", ".doc", ".html", ".txt", ".md", ".jpg", ".tiff", "", ".xyz", ".PDF")


@dataclass(frozen=True, slots=True)
class Input:
    """One hostile input.

    Attributes:
        number: in its run, from 0.
        kind: one of ``KINDS``.
        name: a file name of its own, with its number.
        data: its bytes; of a query UTF-8 with lone surrogates.
    """

    number: int
    kind: str
    name: str
    data: bytes


def kind_of(number: int) -> str:
    """The kind of the input with a number."""
    return _ROUND[number % len(_ROUND)]


def make(seed: int, number: int, ground: Ground) -> Input:
    """The input with a number of the run with a seed."""
    kind = kind_of(number)
    rng = random.Random(f"{seed}/{number}")
    ending = FILES.get(kind, "")
    if kind in FILES:
        makers = {
            "pdf": pdfs.make,
            "docx": packages.make,
            "html": markup.page,
            "text": markup.text,
            "picture": pictures.make,
        }
        data = makers[kind](rng)
        if rng.random() < 0.05:
            ending = rng.choice(_NAMES)
    elif kind == "query":
        ending, data = ".query", queries.make(rng).encode("utf-8", "surrogatepass")
    elif kind == "record":
        ending, data = ".json", records.record(ground, rng)
    else:
        ending, data = records.corrections(ground, rng)
    return Input(number, kind, f"{kind}-{number:06d}{ending}", data)


def series(
    seed: int, first: int, count: int, ground: Ground, kinds: Collection[str]
) -> Iterator[Input]:
    """The inputs ``first`` to ``first + count - 1`` that are of these kinds."""
    for number in range(first, first + count):
        if kind_of(number) in kinds:
            yield make(seed, number, ground)
