"""Plans that are one: the scan, the signed copy and the Word file of the same plan.

In: the folded words of a plan that was just added.  Out: rows of ``copies``, each with how alike
the two are and why they are held for one.

Two texts are alike by the share of their three-word runs that they have in common (Jaccard).
Which pairs to look at, min-wise hashes in bands tell (Broder 1997): a pair with four fifths in
common meets in one of eight bands in 98 of 100 cases.  Provinces copy plans from each other, so
likeness is not enough: number, date and province must not say otherwise.
"""

from __future__ import annotations

import sqlite3
import zlib
from functools import cache
from typing import TYPE_CHECKING

from pipeline.corpus import spelling

if TYPE_CHECKING:
    import numpy

_BANDS = 8
_ROWS = 4
_RUN = 3
_ALIKE = 0.9
_ALIKE_AND_NAMED = 0.75
_MOST_CANDIDATES = 20
_IDENTITY = ("number_key", "issued_on", "province_code")
_NAMES = {"number_key": "number", "issued_on": "date", "province_code": "province"}


def link(connection: sqlite3.Connection, plan: int, folded: list[str]) -> None:
    """Remember a plan's words and link it with the plans that it is a copy of.

    Args:
        connection: inside the transaction that wrote the plan.
        plan: its number in the corpus.
        folded: its passages' folded words.
    """
    runs = _runs(" ".join(folded))
    if not runs:
        return
    bands = _sketch(runs)
    marks = ", ".join("?" * len(bands))
    candidates = connection.execute(
        f"SELECT plan, count(*) AS shared FROM sketches WHERE band IN ({marks}) AND plan <> ?"
        " GROUP BY plan ORDER BY shared DESC, plan LIMIT ?",
        [*bands, plan, _MOST_CANDIDATES],
    ).fetchall()
    connection.executemany(
        "INSERT OR IGNORE INTO sketches (band, plan) VALUES (?, ?)",
        [(band, plan) for band in bands],
    )
    for other, _ in candidates:
        reason = _same_plan(connection, plan, other)
        if reason is None:
            continue
        text = connection.execute("SELECT text FROM plans WHERE id = ?", [other]).fetchone()[0]
        others = _runs(spelling.key(text))
        similarity = len(runs & others) / len(runs | others)
        if similarity >= (_ALIKE_AND_NAMED if reason else _ALIKE):
            why = f"same words; same {reason}" if reason else "same words"
            connection.execute(
                "INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?)",
                [other, plan, round(similarity, 4), why],
            )


def _same_plan(connection: sqlite3.Connection, plan: int, other: int) -> str | None:
    """What both say of themselves alike ("number and date", or ""); None where they differ."""
    mine, theirs = (
        connection.execute(
            f"SELECT {', '.join(_IDENTITY)} FROM plans WHERE id = ?", [number]
        ).fetchone()
        for number in (plan, other)
    )
    same = []
    for name, one, two in zip(_IDENTITY, mine, theirs, strict=True):
        if one is None or two is None:
            continue
        if one != two:
            return None
        same.append(_NAMES[name])
    return " and ".join(name for name in same if name != "province")


def _runs(words: str) -> set[int]:
    """The three-word runs of a text, hashed to 32 bits."""
    found = words.encode().split()
    runs = zip(*(found[at:] for at in range(_RUN)), strict=False) if found[_RUN:] else [found]
    return set(map(zlib.crc32, map(b" ".join, runs))) if found else set()


def _sketch(runs: set[int]) -> list[int]:
    """One number per band, equal for equal smallest hashes."""
    import numpy

    values = numpy.fromiter(runs, dtype=numpy.uint64, count=len(runs))
    factors, shifts = _permutations()
    smallest = [
        int((values * factor + shift).min())  # multiply and shift, modulo 2^64
        for factor, shift in zip(factors, shifts, strict=True)
    ]
    return [
        zlib.crc32(repr((band, smallest[band * _ROWS : (band + 1) * _ROWS])).encode())
        for band in range(_BANDS)
    ]


@cache
def _permutations() -> tuple[numpy.ndarray, numpy.ndarray]:
    import numpy

    random = numpy.random.default_rng(20240101)
    count = _BANDS * _ROWS
    factors = random.integers(0, 1 << 63, count, dtype=numpy.uint64) * 2 + 1
    shifts = random.integers(0, 1 << 63, count, dtype=numpy.uint64)
    return factors, shifts
