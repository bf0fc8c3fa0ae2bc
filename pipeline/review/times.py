"""What a deadline's value means in days: checked, and what follows from it.

In: a kind and a value as a person types it.  Out: the value in the record's spelling (EDTF, ISO
8601), its first and last day, its rule of recurrence.

The conventions are the record's: "trước ngày 30 tháng 6" has the value "../2024-06-30" and, being
strict, the last day 2024-06-29.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from models.record import DeadlineKind

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SPOKEN = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", re.ASCII)
_DURATION = re.compile(r"P(?:\d{1,4}[YMWD])+(?:T\d{1,3}H)?|PT\d{1,3}H", re.ASCII)
_PERIOD = re.compile(r"R/P(\d{1,3})([YMWD])", re.ASCII)
_FREQUENCY = {"Y": "YEARLY", "M": "MONTHLY", "W": "WEEKLY", "D": "DAILY"}
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def day(text: str) -> str:
    """A day, month or year in EDTF; "30/6/2024" is understood.

    Raises:
        ValueError: it is none, or no day of the calendar.
    """
    first, _ = _days(text)
    spoken = _SPOKEN.fullmatch(text.strip())
    if spoken:
        return first.isoformat() if spoken.group(1) else first.isoformat()[:7]
    return text.strip()


def interval(text: str) -> str:
    """A day, month, year, or two of them with "/" between, in EDTF.

    Raises:
        ValueError: as in ``day``, or it ends before it begins.
    """
    first, slash, last = text.strip().partition("/")
    if not slash or _SPOKEN.fullmatch(text.strip()):
        return day(text)
    left, right = day(first), day(last)
    if _days(left)[0] > _days(right)[1]:
        raise ValueError(f"{text!r} ends before it begins")
    return f"{left}/{right}"


def kind_of(value: str | None) -> DeadlineKind:
    """The kind of deadline that a value looks like."""
    if value is None:
        return "continuous"
    if value.startswith(".."):
        return "due"
    if value.startswith("R"):
        return "recurring"
    return "relative" if value.startswith("P") else "within"


def meaning(
    kind: DeadlineKind, value: str | None, *, strict: bool = False, period: str | None = None
) -> dict[str, Any]:
    """A deadline's value and what follows from it.

    Args:
        kind: as in the record.
        value: as typed, or None.
        strict: the words exclude the day they name ("trước ngày …").
        period: the plan's own, EDTF: repetitions end with it.

    Returns:
        ``value``, ``earliest``, ``latest`` and ``recurrence`` of the record.

    Raises:
        ValueError: the value does not fit the kind.
    """
    found: dict[str, Any] = {
        "value": None, "earliest": None, "latest": None, "recurrence": None,
    }  # fmt: skip
    if value is None:
        return found
    value = value.strip()
    if kind == "due":
        end = day(value.removeprefix("../"))
        last = _days(end)[1]
        if strict and len(end) == len("2024-06-30"):
            if last == date.min:
                raise ValueError(f"there is no day before {end}")
            last -= timedelta(days=1)
        found |= {"value": f"../{end}", "latest": last.isoformat()}
    elif kind == "within":
        if value.endswith("/.."):
            start = day(value.removesuffix("/.."))
            found |= {"value": f"{start}/..", "earliest": _days(start)[0].isoformat()}
        else:
            spelled = interval(value)
            first, _, second = spelled.partition("/")
            found |= {
                "value": spelled,
                "earliest": _days(first)[0].isoformat(),
                "latest": _days(second or first)[1].isoformat(),
            }
    elif kind == "recurring":
        found |= {"value": value, "recurrence": _rule(value, period)}
    elif kind == "relative":
        if not _DURATION.fullmatch(value):
            raise ValueError(f"{value[:40]!r} is no duration, for example P15D or P1M")
        found["value"] = value
    else:
        raise ValueError(f"a deadline of the kind {kind} has no value")
    return found


def _rule(value: str, period: str | None) -> str:
    match = _PERIOD.fullmatch(value)
    if match is None or int(match.group(1)) == 0:
        raise ValueError(f"{value[:40]!r} is no repetition, for example R/P1M, R/P3M or R/P1Y")
    count, unit = int(match.group(1)), match.group(2)
    every = f";INTERVAL={count}" if count > 1 else ""
    years = _YEAR.findall(period or "")
    until = f";UNTIL={years[-1]}1231" if years else ""
    return f"FREQ={_FREQUENCY[unit]}{every}{until}"


def _days(text: str) -> tuple[date, date]:
    """First and last day of a day, month or year."""
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        year, month, number = iso.groups()
    elif spoken := _SPOKEN.fullmatch(text):
        number, month, year = spoken.groups()
    else:
        raise ValueError(f"{text[:40]!r} is no date: write 2024, 2024-06, 2024-06-30 or 30/6/2024")
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if number is None:
            last = monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        one = date(int(year), int(month), int(number))
    except (ValueError, IndexError):
        raise ValueError(f"{text[:40]!r} is no day of the calendar") from None
    return one, one
