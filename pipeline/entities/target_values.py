"""Goals as values, and what every rule that finds them asks of the words around a figure.

In: matches of the grammar and the clean text.  Out: ``Goal``, numbers, comparators, units; and
whether the clause before a figure tells what has been.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.record import Comparator
from pipeline.entities import target_patterns as patterns
from pipeline.entities import target_units as units


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; offsets into the clean text."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    subject: str | None
    confidence: float = 0.85
    per: str | None = None  # ISO 8601 duration: "02 cuộc/năm" counts per year


def number(printed: str) -> float:
    """Vietnamese number → float: "200.000" is two hundred thousand, "12,4" twelve point four.

    A point before one or two figures is a decimal point all the same ("88.5%").
    """
    word = patterns.WORDS.get(printed.casefold())
    if patterns.DECIMAL_POINT.fullmatch(printed):
        return float(printed)
    return float(printed.replace(".", "").replace(",", ".")) if word is None else word


def comparator_of(printed: str | None) -> Comparator:
    """What the words before a figure say: "không quá" is "<=", "từ" is ">="; "=" without any."""
    if printed is None:
        return "="
    if patterns.AT_MOST.search(printed):
        return "<="
    return ">=" if patterns.AT_LEAST.search(printed) else "="


def upward(m: re.Match[str]) -> Comparator:
    """What the group ``up`` says: "trở lên" is ">=", "trở xuống" "<="."""
    return ">=" if "lên" in m.group("up") else "<="


def told(text: str, start: int, at: int, *, aimed: bool = False) -> bool:
    """Does the clause before a figure tell what has been? What is striven for is still to come."""
    m = patterns.STATISTIC.search(text, max(start, at - 120), at)
    if not m and not aimed:
        m = patterns.TAKES_UP.search(text, max(start, at - 120), at)
    return m is not None and not patterns.STRIVEN.search(text, m.start(), at)


def unit_of(text: str, m: re.Match[str], *, within: bool = False) -> tuple[str, int, str | None]:
    """The unit of a match in whole words, where the words of the goal end, and per what it is."""
    stop = units.word_end(text, m.start("unit"), m.start("unit") + len(m.group("unit").rstrip()))
    period = units.PERIOD_OF_UNIT.search(text, m.start("unit"), stop)
    stop = units.base_end(text, period.start() if period else stop)
    unit = re.sub(r"\s?/\s?(?:0?1\s)?", "/", " ".join(text[m.start("unit") : stop].split()))
    if (
        measure := patterns.MEASURE.match(unit)
    ) and "/" not in unit:  # "ha rừng" is measured in "ha"
        unit = measure.group()
    per, stop = units.period_behind(text, stop, within=within)
    return unit, stop, per


def window(text: str, start: int, end: int) -> str:
    """What stands from ``start`` up to ``end``, without a word that the end would cut."""
    if end < len(text) and text[end].isalnum() and (space := text.rfind(" ", start, end)) > 0:
        return text[start:space]
    return text[start:end]
