"""What the rules of ``entities.schedules`` work with: the plan's time, the ground, the results.

In: masked text, the plan's own time, the stretches known to hold schedules.  Out: ``Schedule``
objects, made by one builder per kind: due dates, windows, repetitions.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from models.record import Comparator, DeadlineKind, YearSource
from pipeline.entities import schedule_patterns as patterns

Relation = Literal["before", "no_later_than", "on", "within", "from"]

QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
PERIODS = {
    "ngày": "P1D", "tuần": "P1W", "tháng": "P1M", "quý": "P3M", "3 tháng": "P3M", "6 tháng": "P6M",
    "9 tháng": "P9M", "năm": "P1Y", "nửa năm": "P6M", "năm học": "P1Y", "2 năm": "P2Y",
    "5 năm": "P5Y", "2 tháng": "P2M", "1 năm": "P1Y", "3 năm": "P3Y", "10 năm": "P10Y",
    "2 tuần": "P2W", "4 tháng": "P4M", "12 tháng": "P1Y",
    **{f"{n} ngày": f"P{n}D" for n in range(2, 31)},
}  # fmt: skip
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
LENGTHS = {"giờ": "PT{}H", "h": "PT{}H", "ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M"}


@dataclass(frozen=True, slots=True)
class PlanTime:
    """What a plan says of its own time: first and last year, and when it was issued (EDTF)."""

    first_year: int | None = None
    last_year: int | None = None
    issued_on: str | None = None

    @classmethod
    def of(cls, plan_period: str | None, issued_on: str | None) -> PlanTime:
        """From the header's ``plan_period`` and ``issued_on``."""
        years = [int(y) for y in re.findall(r"(?:19|20)\d\d", plan_period or "")]
        return cls(years[0] if years else None, years[-1] if years else None, issued_on)

    def year(self) -> tuple[int | None, YearSource | None]:
        """The year an expression without one belongs to, and where it comes from."""
        if self.first_year is not None and self.first_year == self.last_year:
            return self.first_year, "plan"
        if self.issued_on:
            return int(self.issued_on[:4]), "issue date"
        if self.first_year is not None:
            return self.first_year, "plan"
        return None, None


@dataclass(frozen=True, slots=True)
class Schedule:
    """One deadline; offsets into the clean text, ISO dates, EDTF ``value``.

    ``quota`` is (comparator, count, unit, ISO 8601 duration of the period or ``None``).
    """

    start: int
    end: int
    kind: DeadlineKind
    value: str | None = None
    earliest: str | None = None
    latest: str | None = None
    relation: Relation | None = None
    recurrence: str | None = None
    quota: tuple[Comparator, float, str, str | None] | None = None
    anchor: str | None = None
    year_from: YearSource | None = None
    confidence: float = 0.9


_QUARTER_NAME = re.compile(r"qu[ýí]\s+[I1-4V]", re.I)


@dataclass(frozen=True)
class Ground:
    """The masked text, the plan's time, and the stretches known to hold schedules."""

    text: str
    plan: PlanTime
    zones: tuple[tuple[int, int], ...]
    start: int
    end: int

    def all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All matches."""
        return pattern.finditer(self.text, self.start, self.end)

    def binding(
        self, pattern: re.Pattern[str], unless: re.Pattern[str] = patterns.NO_DUTY_BEFORE
    ) -> Iterator[re.Match[str]]:
        """The matches without those whose preceding words bind no duty ("có hiệu lực từ …")."""
        for m in self.all(pattern):
            if not self.before(m, 40, unless):
                yield m

    def before(self, m: re.Match[str], reach: int, pattern: re.Pattern[str]) -> bool:
        """Does a pattern fit the words right before a match?"""
        return bool(pattern.search(self.text, max(0, m.start() - reach), m.start()))

    @cached_property
    def has_quarters(self) -> bool:
        """Does the text name a quarter anywhere?"""
        return bool(_QUARTER_NAME.search(self.text, self.start, self.end))

    @cached_property
    def _small(self) -> str:
        return self.text[self.start : self.end].lower()

    def says(self, *words: str) -> bool:
        """Does the text hold one of some words?  A cheap test before a dear pattern."""
        return any(word in self._small for word in words)

    def in_field(self, m: re.Match[str]) -> bool:
        """Does a match stand where a schedule stands?"""
        return any(a <= m.start() and m.end() <= b + 1 for a, b in self.zones)

    def opens(self, m: re.Match[str]) -> bool:
        """In a schedule field, or at the start of its sentence, item or cell."""
        before = self.text[max(0, m.start() - 3) : m.start()].rstrip(" ")
        return self.in_field(m) or not before or before[-1] in "\n.:;(-+"

    def opens_item(self, m: re.Match[str]) -> bool:
        """At the start of its line, or right behind a marker ("1.", "a)", "-")."""
        before = self.text[max(0, m.start() - 5) : m.start()].rstrip(" ")
        return not before or before[-1] in "\n.-+" or bool(re.search(r"\b\w\)$", before))

    def ahead(self, year: int) -> bool:
        """Is a year not over when the plan is issued?  Where that is unknown: yes."""
        issued = self.plan.issued_on or str(self.plan.first_year or "")
        return not issued or year >= int(issued[:4])

    def coming(self, day: date) -> bool:
        """Is a day known to be not over when the plan is issued?"""
        issued = self.plan.issued_on or ""
        return len(issued) > 4 and day.isoformat()[: len(issued)] >= issued

    def over(self, day: date) -> bool:
        """Is a day known to be over when the plan is issued?"""
        issued = self.plan.issued_on or ""
        return len(issued) > 4 and day.isoformat()[: len(issued)] < issued

    def begun(self, day: date) -> bool:
        """Is a day known to lie in the month of issue or before it?"""
        issued = self.plan.issued_on or ""
        return len(issued) > 4 and day.isoformat()[:7] <= issued[:7]

    def fills_field(self, m: re.Match[str]) -> bool:
        """The match is the schedule itself: it opens its field, or the field is short."""
        return any(
            not self.text[a : m.start()].strip(" -–,;") or b - a < 60
            for a, b in self.zones
            if a <= m.start() and m.end() <= b + 1
        )

    def year(self, printed: str | None) -> tuple[int | None, YearSource | None]:
        """The printed year, or the plan's."""
        return (int(printed), "text") if printed else self.plan.year()

    def day(
        self, m: re.Match[str], n: int, like: int | None = None
    ) -> tuple[date | None, YearSource | None]:
        """Day number ``n`` of a match; ``like`` is the year of the other end of a range."""
        printed = m.group(f"y{n}") or m.group(f"Y{n}")
        year, source = (like, None) if like and not printed else self.year(printed)
        month = m.group(f"m{n}") or m.group(f"M{n}")
        try:
            day = date(year or 0, int(month), int(m.group(f"d{n}") or m.group(f"D{n}")))
        except ValueError:
            return None, None
        return self._ahead_of_issue(day, source), source

    def month(
        self, m: re.Match[str], n: int, like: int | None = None
    ) -> tuple[date | None, YearSource | None]:
        """First day of month number ``n`` of a match."""
        printed = m.group(f"my{n}") or m.group(f"mY{n}")
        year, source = (like, None) if like and not printed else self.year(printed)
        try:
            return date(year or 0, int(m.group(f"mo{n}")), 1), source
        except ValueError:
            return None, None

    def _ahead_of_issue(self, day: date, source: YearSource | None) -> date:
        """A day without a year that was over at issue is next year's, where the plan goes on.

        The plan of a school year, issued in July: "trước ngày 20 tháng 01".
        """
        goes_on = source == "issue date" and (self.plan.last_year or 0) > day.year
        if not (goes_on and self.over(day)) or (day.month, day.day) == (2, 29):
            return day
        return day.replace(year=day.year + 1)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_strict(relation: str) -> bool:
    """ "trước" excludes the day it names; "chậm nhất trước" and "trước và trong" do not."""
    relation = relation.casefold()
    loose = ("chậm nhất", "muộn nhất", "và trong", "cuối")
    return "trước" in relation and not any(word in relation for word in loose)


def due(
    m: re.Match[str],
    value: str,
    latest: date,
    source: YearSource | None,
    *,
    strict: bool,
    confidence: float = 0.9,
) -> list[Schedule]:
    """A date by which something is due: "../VALUE", ``latest`` the last day that keeps it."""
    return [
        Schedule(
            m.start(), m.end(), "due", f"../{value}",
            latest=latest.isoformat(),
            relation="before" if strict else "no_later_than",
            year_from=source, confidence=confidence,
        )
    ]  # fmt: skip


def window(
    m: re.Match[str],
    value: str,
    first: date,
    last: date | None,
    source: YearSource | None,
    *,
    confidence: float = 0.9,
) -> list[Schedule]:
    """A window from one day to another, or an open one where ``last`` is ``None``."""
    relation: Relation = "on" if first == last else "within" if last else "from"
    return [
        Schedule(
            m.start(), m.end(), "within", value,
            earliest=first.isoformat(), latest=last.isoformat() if last else None,
            relation=relation, year_from=source, confidence=confidence,
        )
    ]  # fmt: skip


def month_window(
    m: re.Match[str], year: int, first: int, last: int, source: YearSource | None
) -> list[Schedule]:
    """A window of whole months of one year."""
    value = f"{year}-{first:02d}/{year}-{last:02d}"
    return window(m, value, date(year, first, 1), month_end(date(year, last, 1)), source)


def year_window(
    m: re.Match[str], first: int, last: int, source: YearSource | None, confidence: float = 0.9
) -> list[Schedule]:
    """A window of whole years."""
    value = f"{first}" if first == last else f"{first}/{last}"
    return window(m, value, date(first, 1, 1), date(last, 12, 31), source, confidence=confidence)


def repeating(m: re.Match[str], units: Iterable[str], plan: PlanTime) -> list[Schedule]:
    """One entry per period; repetitions end with the plan."""
    until = f";UNTIL={plan.last_year}1231" if plan.last_year else ""
    periods = dict.fromkeys(PERIODS[unit] for unit in units if unit in PERIODS)
    return [
        Schedule(
            m.start(), m.end(), "recurring", f"R/{period}",
            recurrence=_rule(period) + until, confidence=0.92,
        )
        for period in periods
    ] or [Schedule(m.start(), m.end(), "recurring", confidence=0.5)]  # fmt: skip


def _rule(period: str) -> str:
    """ "P3M" → "FREQ=MONTHLY;INTERVAL=3"."""
    every = int(period[1:-1])
    return f"FREQ={_FREQUENCIES[period[-1]]}" + (f";INTERVAL={every}" if every > 1 else "")


def unit_of(printed: str) -> str:
    """ "06  tháng" → "6 tháng"."""
    return re.sub(r"^0(?=\d)", "", " ".join(printed.casefold().split()))


def comparator_of(printed: str | None) -> Comparator:
    """ "tối đa" is at most, "ít nhất" at least, no word the very number."""
    if printed is None:
        return "="
    return "<=" if printed.casefold() in ("tối đa", "không quá") else ">="


def count_of(printed: str) -> float:
    """ "02" → 2, "hai" → 2."""
    words = {"một": 1.0, "hai": 2.0, "ba": 3.0}
    return words.get(printed.casefold()) or float(printed)
