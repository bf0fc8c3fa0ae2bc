"""The comparison's own data: patterns of headings, bodies and stock phrases.

In: the CSV files of this folder.  Out: compiled patterns in the order of the file.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline import packaged
from pipeline.comparison.results import Kind


def _rows(name: str) -> list[dict[str, str]]:
    return packaged.rows("pipeline.comparison", name)


@cache
def section_kinds() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    """What a heading says its items are; the first pattern that fits decides."""
    return tuple((re.compile(row["pattern"]), row["kind"]) for row in _rows("section_kinds"))  # type: ignore[misc]


@cache
def body_types() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Pattern of a body's folded name → type, and the type that has its work today."""
    return tuple(
        (re.compile(row["pattern"]), row["type"], row["today"]) for row in _rows("body_types")
    )


@cache
def boilerplate() -> re.Pattern[str]:
    """What every plan says whatever it plans: such items are not compared."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in _rows("boilerplate")))
