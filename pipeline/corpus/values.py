"""Dates and numbers behind a field: comparisons and ranges.

In: ``<2024-07-01``, ``2024-04..2024-06``, ``>=80%``.  Out: an ``Interval``, or a ``QueryError``.

A date may be a day, a month or a year.  It stands for all its days: ``<=2024-06`` includes the
30th, ``>2024-06`` begins with July.  So an interval of days always has closed ends.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, NoReturn, TypeVar

from pipeline.corpus.plain import shown
from pipeline.corpus.syntax import Place
from pipeline.errors import QueryError

End = TypeVar("End")

_SIGN = re.compile(r"(<=|>=|<|>|=)?\s*(.*)", re.DOTALL)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_SPOKEN = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", re.ASCII)
_NUMBER = re.compile(r"([+-]?\d{1,15}(?:[.,]\d{1,9})?)\s*(%?)", re.ASCII)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval(Generic[End]):
    """Ends that may be missing (None) or, for numbers, open."""

    low: End | None
    high: End | None
    low_open: bool = False
    high_open: bool = False
    unit: str = ""


def dates(value: str, place: Place) -> Interval[str]:
    """The days that are meant, as ISO dates.

    Raises:
        QueryError: no date, no such day, or a range that ends before it begins.
    """
    if ".." in value:
        left, _, right = value.partition("..")
        if not left and not right:
            _no_date(value, place)
        low = _days(left, place)[0] if left else None
        high = _days(right, place)[1] if right else None
    else:
        match = _SIGN.match(value)
        assert match
        sign, words = match.groups()
        first, last = _days(words, place)
        try:
            low, high = {
                "<": (None, first - _DAY),
                "<=": (None, last),
                ">": (last + _DAY, None),
                ">=": (first, None),
            }.get(sign, (first, last))
        except OverflowError:
            _no_date(value, place)
    if low and high and low > high:
        _wrong(f'the range "{shown(value, 40)}" ends before it begins.', place)
    return Interval(low.isoformat() if low else None, high.isoformat() if high else None)


def numbers(value: str, place: Place) -> Interval[float]:
    """The numbers that are meant; ``unit`` is "%" where that was typed.

    Raises:
        QueryError: no number, or a range that ends before it begins.
    """
    if ".." in value:
        left, _, right = value.partition("..")
        if not left and not right:
            _wrong(f'"{shown(value, 40)}" is no range, for example 80..90.', place)
        low, first = _number(left, place) if left else (None, "")
        high, last = _number(right, place) if right else (None, "")
        if low is not None and high is not None and low > high:
            _wrong(f'the range "{shown(value, 40)}" ends before it begins.', place)
        return Interval(low, high, unit=first or last)
    match = _SIGN.match(value)
    assert match
    sign, words = match.groups()
    number, unit = _number(words, place)
    if sign in ("<", "<="):
        return Interval(None, number, high_open=sign == "<", unit=unit)
    if sign in (">", ">="):
        return Interval(number, None, low_open=sign == ">", unit=unit)
    return Interval(number, number, unit=unit)


def _number(words: str, place: Place) -> tuple[float, str]:
    match = _NUMBER.fullmatch(words.strip())
    if not match:
        _wrong(f'"{shown(words, 40)}" is no number, for example 80, 99,5 or 80%.', place)
    return float(match.group(1).replace(",", ".")), match.group(2)


def _days(words: str, place: Place) -> tuple[date, date]:
    """First and last day of a day, month or year."""
    words = words.strip()
    if iso := _ISO.fullmatch(words):
        year, month, day = iso.groups()
    elif spoken := _SPOKEN.fullmatch(words):
        day, month, year = spoken.groups()
    else:
        _no_date(words, place)
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if day is None:
            last = monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        found = date(int(year), int(month), int(day))
    except (ValueError, IndexError):
        _wrong(f'"{shown(words, 40)}" is no day of the calendar.', place)
    return found, found


def _no_date(words: str, place: Place) -> NoReturn:
    _wrong(
        f'"{shown(words, 40)}" is no date: 2024, 2024-06, 2024-06-30 or 30/6/2024,'
        " with <, <=, >, >= before it or as a range with two dots.",
        place,
    )


def _wrong(message: str, place: Place) -> NoReturn:
    raise QueryError(message, position=place.start + 1)
