"""What a time in a record may look like: EDTF dates and intervals, ISO 8601 durations, RRULE.

In: values of a record.  Out: sentences about what is wrong with them.  Written from the record's
reference and not from the code that makes the values.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime

from models import Deadline, Plan

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LENGTH = re.compile(r"P(?:[1-9]\d*[YMWD]|T[1-9]\d*H)", re.ASCII)
_RULE = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[\w,+-]+)*", re.ASCII)


def days(text: str) -> tuple[date, date] | None:
    """First and last day of a day, month or year; None where there is no such one."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if day is None:
            last = calendar.monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found, found


def ends(text: str) -> tuple[date | None, date | None] | None:
    """First and last day of a date or interval, None for an open end; None where it is neither."""
    left, slash, right = text.partition("/")
    if not slash:
        return days(text)
    first, last = days(left), days(right)
    if (first is None and left != "..") or (last is None and right != ".."):
        return None
    if first is None and last is None:
        return None
    if first and last and first[0] > last[1]:
        return None
    return first[0] if first else None, last[1] if last else None


def of_plan(plan: Plan) -> Iterator[str]:
    """What is wrong with the times of a record."""
    header = plan.header
    if header.issued_on is not None and days(header.issued_on) is None:
        yield f"issued on no date: {header.issued_on}"
    if header.plan_period is not None and ends(header.plan_period) is None:
        yield f"a period that is none: {header.plan_period}"
    if header.signature and not _is_time(header.signature.time):
        yield f"signed at no time: {header.signature.time}"
    for reference in (*plan.references, *plan.short_references):
        if reference.date is not None and days(reference.date) is None:
            yield f"a reference of no date: {reference.date}"
    for deadline in plan.deadlines:
        for fault in _of_deadline(deadline):
            yield f"deadline {deadline.text[:60]!r}: {fault}"
    for value in plan.targets:
        if value.per is not None and not _LENGTH.fullmatch(value.per):
            yield f"a target per {value.per}"


def _is_time(text: str | None) -> bool:
    if text is None or days(text) is not None:
        return True
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _of_deadline(one: Deadline) -> Iterator[str]:
    first, last = (days(each) if each else None for each in (one.earliest, one.latest))
    for text, day in ((one.earliest, first), (one.latest, last)):
        if text is not None and (day is None or day[0] != day[1]):
            yield f"{text} is no day"
    if first and last and first[0] > last[0]:
        yield f"ends {one.latest} before it begins {one.earliest}"
    if one.recurrence is not None and not _RULE.fullmatch(one.recurrence):
        yield f"recurs by {one.recurrence}"
    if one.value is None:
        return
    if one.kind == "continuous":
        yield f"continuous, and {one.value}"
    elif one.kind == "recurring":
        if not (one.value.startswith("R/") and _LENGTH.fullmatch(one.value[2:])):
            yield f"recurring as {one.value}"
    elif one.kind == "relative":
        if not _LENGTH.fullmatch(one.value):
            yield f"relative by {one.value}"
    else:
        yield from _of_dates(one, first, last)


def _of_dates(
    one: Deadline, first: tuple[date, date] | None, last: tuple[date, date] | None
) -> Iterator[str]:
    """The value and the strict days must say the same."""
    found = ends(one.value or "")
    if found is None or (one.kind == "due" and not (one.value or "").startswith("../")):
        yield f"{one.kind} {one.value}"
        return
    if first and (found[0] is None or first[0] < found[0]):
        yield f"begins {one.earliest}, and {one.value}"
    if last and (found[1] is None or last[0] > found[1]):
        yield f"ends {one.latest}, and {one.value}"
