"""Duties for the pages: filtered by province too, and a month as a calendar.

In: bounds and names.  Out: duties by date, weeks of a month.
"""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.corpus import Corpus
from pipeline.corpus.duties import Duty, by_month

LEADING = ("lead", "assignee")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar and how much is due on it."""

    day: str
    number: int
    inside: bool
    duties: tuple[Duty, ...]


def due(
    corpus: Corpus,
    first: str | None,
    last: str | None,
    agency: str | None,
    province: str | None,
    *,
    undated: bool | Literal["only"] = False,
    limit: int | None = None,
) -> list[Duty]:
    """Duties by their last day; see ``corpus.duties.due``.

    Raises:
        QueryError: a bound is no date.
    """
    return corpus.due(
        first=first or None,
        last=last or None,
        agency=agency or None,
        province=province or None,
        undated=undated,
        limit=limit,
    )


def owed_by(duty: Duty) -> tuple[list[str], list[tuple[str, str]]]:
    """Who leads, and who else has which role; each body once, in its first role."""
    roles: dict[str, str] = {}
    for charge in sorted(duty.charges, key=lambda each: each.role not in LEADING):
        if charge.role != "via":
            roles.setdefault(charge.agency, charge.role)
    lead = [name for name, role in roles.items() if role in LEADING]
    return lead, [(name, role) for name, role in roles.items() if role not in LEADING]


def months(corpus: Corpus) -> list[tuple[str, int]]:
    """Months in which anything is due, with how much, in order."""
    return [(month, count) for month, count in by_month(corpus.store) if month]


def month_to_show(known: list[tuple[str, int]], today: date) -> str:
    """This month, or the next in which anything is due, else the last one."""
    now = today.isoformat()[:7]
    later = [month for month, _ in known if month >= now]
    if later:
        return later[0]
    return known[-1][0] if known else now


def weeks(month: str, found: list[Duty]) -> list[list[Day]]:
    """A month's weeks, Monday first, with what is due on each day."""
    year, number = map(int, month.split("-"))
    by_day: dict[str, list[Duty]] = {}
    for duty in found:
        by_day.setdefault(duty.latest or "", []).append(duty)
    return [
        [
            Day(day.isoformat(), day.day, day.month == number,
                tuple(by_day.get(day.isoformat(), ())) if day.month == number else ())
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(year, number)
    ]  # fmt: skip


def who(found: list[Duty], most: int = 12) -> list[tuple[str, int]]:
    """The bodies that owe most of these."""
    counted = Counter(
        name for duty in found for name in dict.fromkeys(charge.agency for charge in duty.charges)
    )
    return counted.most_common(most)
