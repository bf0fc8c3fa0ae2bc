"""Deadlines and schedules (thời hạn, tiến độ): time expressions that bind a duty of this plan.

In: clean text with citations masked, and the plan's own year.  Out: ``Schedule`` objects with
EDTF values, bounds as dates and RRULEs.

Three things keep dates apart from deadlines.  Dates inside citations are masked before anything is
looked for.  Expressions that are often no deadline ("trong năm 2024", "thường xuyên", "Quý II")
count only where a schedule stands: after a label ("Thời gian thực hiện: …"), under a heading that
promises one, in a table cell.  And what ends before the plan was issued schedules nothing.

Conventions of the record: "trước ngày 30 tháng 6" has the value "../2024-06-30", ``latest`` is the
day before; ``year_from`` says where a missing year was taken from.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from models.record import Comparator, DeadlineKind, YearSource
from pipeline.entities import schedule_patterns as patterns

Relation = Literal["before", "no_later_than", "on", "within", "from"]

MASK = "\x01"
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PERIODS = {
    "ngày": "P1D", "tuần": "P1W", "tháng": "P1M", "quý": "P3M", "3 tháng": "P3M", "6 tháng": "P6M",
    "9 tháng": "P9M", "năm": "P1Y", "nửa năm": "P6M", "năm học": "P1Y", "2 năm": "P2Y",
    "5 năm": "P5Y", "2 tháng": "P2M", "1 năm": "P1Y",
}  # fmt: skip
_RRULES = {
    "P1D": "FREQ=DAILY", "P1W": "FREQ=WEEKLY", "P1M": "FREQ=MONTHLY",
    "P2M": "FREQ=MONTHLY;INTERVAL=2", "P3M": "FREQ=MONTHLY;INTERVAL=3",
    "P6M": "FREQ=MONTHLY;INTERVAL=6", "P9M": "FREQ=MONTHLY;INTERVAL=9", "P1Y": "FREQ=YEARLY",
    "P2Y": "FREQ=YEARLY;INTERVAL=2", "P5Y": "FREQ=YEARLY;INTERVAL=5",
}  # fmt: skip
_LENGTHS = {"giờ": "PT{}H", "ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M"}


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


def find(
    text: str,
    plan: PlanTime,
    *,
    masked: Iterable[tuple[int, int]] = (),
    fields: Iterable[tuple[int, int]] = (),
    span: tuple[int, int] | None = None,
) -> list[Schedule]:
    """Deadlines of a text, in order, without overlaps.

    Args:
        text: clean text.
        plan: the plan's own time, for expressions without a year.
        masked: spans in which nothing is looked for (citations, letterhead, sign-off).
        fields: spans known to hold schedules (table cells, sections titled "Thời gian").
        span: only inside this stretch.

    Returns:
        The deadlines; one expression with several frequencies gives several entries.

    >>> find("báo cáo trước ngày 30 tháng 6", PlanTime(2024, 2024))[0].value
    '../2024-06-30'
    """
    covered = cover(text, masked)
    start, end = span or (0, len(text))
    labelled = (m.span("field") for m in patterns.FIELD.finditer(covered))
    ground = _Ground(covered, plan, tuple(sorted({*labelled, *fields})), start, end)
    found: list[Schedule] = []
    read: list[tuple[int, int]] = []
    for rule in _RULES:
        for group in rule(ground):
            first = group[0]
            if any(a < first.end and first.start < b for a, b in read):
                continue
            read.extend({(schedule.start, schedule.end) for schedule in group})
            found.extend(
                _plausible(_with_later(covered, schedule), plan)
                for schedule in group
                if _keep(schedule, plan)
            )
    return sorted(found, key=lambda s: (s.start, s.end))


def whole_lines(text: str) -> list[tuple[int, int]]:
    """Lines that are nothing but a time, in a text that has a column for it somewhere."""
    head = patterns.TIME_HEAD.search(text)
    if head is None:
        return []
    return [m.span() for m in patterns.TIME_LINE.finditer(text, head.end())]


def is_schedule_title(title: str) -> bool:
    """Does a heading promise that its text is a schedule?"""
    return bool(patterns.FIELD_TITLE.match(title))


def cover(text: str, masked: Iterable[tuple[int, int]]) -> str:
    """The text with every masked character replaced, offsets kept."""
    pieces = []
    at = 0
    for a, b in sorted(masked):
        if b > at:
            pieces.append(text[at : max(a, at)])
            pieces.append(MASK * (b - max(a, at)))
            at = b
    pieces.append(text[at:])
    return "".join(pieces)


def _keep(schedule: Schedule, plan: PlanTime) -> bool:
    """What was over long before the plan, or a window of earlier years, schedules nothing."""
    issued = plan.issued_on or (f"{plan.first_year}" if plan.first_year else None)
    if issued is None or not schedule.latest:
        return True
    if schedule.earliest is None:
        return schedule.latest >= f"{int(issued[:4]) - 1}"
    return schedule.earliest[:4] >= issued[:4] or schedule.latest[:7] > issued[:7]


def _with_later(text: str, schedule: Schedule) -> Schedule:
    """ "năm 2022 và các năm tiếp theo" has a beginning and no end."""
    later = patterns.AND_LATER.match(text, schedule.end)
    if not later or schedule.kind != "within" or not schedule.value:
        return schedule
    value = f"{schedule.value.split('/')[0]}/.."
    return replace(schedule, end=later.end(), value=value, latest=None, relation="from")


def _plausible(schedule: Schedule, plan: PlanTime) -> Schedule:
    """Over before the plan was issued, or far from its years: keep, but do not be sure."""
    if plan.issued_on and schedule.latest and schedule.latest < plan.issued_on:
        return replace(schedule, confidence=0.5)
    if plan.last_year and schedule.earliest and int(schedule.earliest[:4]) > plan.last_year + 10:
        return replace(schedule, confidence=0.5)
    return schedule


# --- what every rule works on -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ground:
    """The masked text, the plan's time, and the stretches known to hold schedules."""

    text: str
    plan: PlanTime
    zones: tuple[tuple[int, int], ...]
    start: int
    end: int

    def all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All matches."""
        return pattern.finditer(self.text, self.start, self.end)

    def binding(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches without those whose preceding words bind no duty ("có hiệu lực từ …")."""
        for m in self.all(pattern):
            if not self.before(m, 40, patterns.NO_DUTY_BEFORE):
                yield m

    def before(self, m: re.Match[str], reach: int, pattern: re.Pattern[str]) -> bool:
        """Does a pattern fit the words right before a match?"""
        return bool(pattern.search(self.text, max(0, m.start() - reach), m.start()))

    def in_field(self, m: re.Match[str]) -> bool:
        """Does a match stand where a schedule stands?"""
        return any(a <= m.start() and m.end() <= b + 1 for a, b in self.zones)

    def opens(self, m: re.Match[str]) -> bool:
        """In a schedule field, or at the start of its sentence, item or cell."""
        before = self.text[max(0, m.start() - 3) : m.start()].rstrip(" ")
        return self.in_field(m) or not before or before[-1] in "\n.:;(-+"

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
            return date(year or 0, int(month), int(m.group(f"d{n}") or m.group(f"D{n}"))), source
        except ValueError:
            return None, None

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


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _is_strict(relation: str) -> bool:
    """ "trước" excludes the day it names; "chậm nhất trước" and "trước và trong" do not."""
    relation = relation.casefold()
    loose = ("chậm nhất", "muộn nhất", "và trong")
    return "trước" in relation and not any(word in relation for word in loose)


def _due(
    m: re.Match[str],
    value: str,
    latest: date,
    source: YearSource | None,
    *,
    strict: bool,
    confidence: float = 0.9,
) -> list[Schedule]:
    return [
        Schedule(
            m.start(), m.end(), "due", f"../{value}",
            latest=latest.isoformat(),
            relation="before" if strict else "no_later_than",
            year_from=source, confidence=confidence,
        )
    ]  # fmt: skip


def _within(
    m: re.Match[str],
    value: str,
    first: date,
    last: date | None,
    source: YearSource | None,
    *,
    confidence: float = 0.9,
) -> list[Schedule]:
    relation: Relation = "on" if first == last else "within" if last else "from"
    return [
        Schedule(
            m.start(), m.end(), "within", value,
            earliest=first.isoformat(), latest=last.isoformat() if last else None,
            relation=relation, year_from=source, confidence=confidence,
        )
    ]  # fmt: skip


def _months(
    m: re.Match[str], year: int, first: int, last: int, source: YearSource | None
) -> list[Schedule]:
    """A window of whole months of one year."""
    value = f"{year}-{first:02d}/{year}-{last:02d}"
    return _within(m, value, date(year, first, 1), _month_end(date(year, last, 1)), source)


def _years(
    m: re.Match[str], first: int, last: int, source: YearSource | None, confidence: float = 0.9
) -> list[Schedule]:
    value = f"{first}" if first == last else f"{first}/{last}"
    return _within(m, value, date(first, 1, 1), date(last, 12, 31), source, confidence=confidence)


def _repeating(m: re.Match[str], units: Iterable[str], plan: PlanTime) -> list[Schedule]:
    """One entry per period; repetitions end with the plan."""
    until = f";UNTIL={plan.last_year}1231" if plan.last_year else ""
    periods = dict.fromkeys(_PERIODS[unit] for unit in units if unit in _PERIODS)
    return [
        Schedule(
            m.start(), m.end(), "recurring", f"R/{period}",
            recurrence=_RRULES[period] + until, confidence=0.92,
        )
        for period in periods
    ] or [Schedule(m.start(), m.end(), "recurring", confidence=0.5)]  # fmt: skip


def _unit(printed: str) -> str:
    """ "06  tháng" → "6 tháng"."""
    return re.sub(r"^0(?=\d)", "", " ".join(printed.casefold().split()))


def _comparator(printed: str | None) -> Comparator:
    if printed is None:
        return "="
    return "<=" if printed.casefold() in ("tối đa", "không quá") else ">="


# --- the rules, in order of precedence ----------------------------------------------------------


def _due_days(ground: _Ground) -> Iterator[list[Schedule]]:
    for m in ground.binding(patterns.DUE_DAY):
        if patterns.FRACTION.fullmatch(m.group()):
            continue
        if m.group("every"):
            yield _repeating(m, [m.group("every").split()[-1].casefold()], ground.plan)
            continue
        day, source = ground.day(m, 1)
        if day is not None:
            strict = _is_strict(m.group("rel"))
            latest = day - timedelta(days=1) if strict else day
            yield _due(m, day.isoformat(), latest, source, strict=strict, confidence=0.95)
            yield from _more_days(ground, m, strict=strict)
    for m in ground.all(patterns.DUE_MONTHLY_DAY):
        yield _repeating(m, [_unit(m.group("unit") or "tháng")], ground.plan)


def _more_days(ground: _Ground, first: re.Match[str], *, strict: bool) -> Iterator[list[Schedule]]:
    """ "trước ngày 10/6 và 10/12": the days that follow the first one in a list."""
    before = first
    while m := patterns.MORE_DAY.match(ground.text, before.end(), ground.end):
        day, source = ground.day(m, 1)
        if day is None:
            return
        latest = day - timedelta(days=1) if strict else day
        (found,) = _due(m, day.isoformat(), latest, source, strict=strict, confidence=0.9)
        yield [replace(found, start=m.start("day"))]
        before = m


def _ranges(ground: _Ground) -> Iterator[list[Schedule]]:
    """From one day, month or year to another; what the first lacks it has from the second."""
    for m in ground.binding(patterns.RANGE_DAY):
        last, source = ground.day(m, 2)
        first = _first_day(m, last) if last else None
        bound = m.group("from") or m.group("word") or ground.in_field(m)
        if first and last and first <= last and bound:
            yield _within(m, f"{first}/{last}", first, last, source)
    for m in ground.binding(patterns.RANGE_MONTH):
        if not (m.group("word") or (ground.in_field(m) and (m.group("my2") or m.group("mY2")))):
            continue
        last, source = ground.month(m, 2)
        first, _ = ground.month(m, 1, last.year if last else None)
        listed = not re.search(r"(?i)đến|tới|[-–]", m.group())
        if listed and not (m.group("my2") or m.group("mY2") or ground.in_field(m)):
            continue
        if first and last and listed and last > _month_end(first) + timedelta(days=1):
            yield _two_months(m, first, last, source)
        elif first and last and first <= last:
            yield _within(m, f"{first:%Y-%m}/{last:%Y-%m}", first, _month_end(last), source)
    for m in ground.binding(patterns.RANGE_YEAR):
        first_year, last_year = int(m.group("first")), int(m.group("last"))
        if first_year < last_year and ground.opens(m):
            yield _years(m, first_year, last_year, "text")
    for m in ground.binding(patterns.FROM_MONTH):
        first, source = ground.month(m, 1)
        if first and ground.opens(m):
            yield _within(m, f"{first:%Y-%m}/..", first, None, source)
    for m in ground.binding(patterns.FROM_DAY):
        first, source = ground.day(m, 1)
        if first and ground.opens(m):
            yield _within(m, f"{first}/..", first, None, source)


def _two_months(
    m: re.Match[str], first: date, last: date, source: YearSource | None
) -> list[Schedule]:
    """ "tháng 6, tháng 9": two months with others between them are no window."""
    one, other = (
        _within(m, f"{month:%Y-%m}", month, _month_end(month), source)[0] for month in (first, last)
    )
    cut = m.start("word2") if m.group("word2") else m.start("mo2")
    until = m.start() + len(m.string[m.start() : cut].rstrip(" ,và"))
    return [replace(one, end=until), replace(other, start=cut)]


def _first_day(m: re.Match[str], last: date) -> date | None:
    """The first day of a range: month and year are the last day's where not printed."""
    month = int(m.group("fm") or m.group("fM") or last.month)
    year = int(m.group("fy") or m.group("fY") or last.year)
    try:
        return date(year, month, int(m.group("fd")))
    except ValueError:
        return None


def _yearly(ground: _Ground) -> Iterator[list[Schedule]]:
    """ "trước ngày 20/6 và 20/11 hằng năm": one entry per day of the year."""
    until = f";UNTIL={ground.plan.last_year}1231" if ground.plan.last_year else ""
    for m in ground.binding(patterns.YEARLY_DAY):
        group = []
        for n in (1, 2, 3):
            day, _ = (
                ground.day(m, n, 2024) if m.group(f"d{n}") or m.group(f"D{n}") else (None, None)
            )
            if day:
                rule = f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}{until}"
                group.append(Schedule(m.start(), m.end(), "recurring", "R/P1Y", recurrence=rule))
        if group:
            yield group
    for m in ground.all(patterns.YEARLY_PERIOD):
        numbers = [m.group("q1"), m.group("q2")] if m.group("q1") else []
        quarters = [_QUARTERS[number.upper()] for number in numbers if number]
        months = (
            list(range(min(quarters) * 3 - 2, max(quarters) * 3 + 1))
            if quarters
            else [int(m.group("mo1"))]
        )
        if all(1 <= month <= 12 for month in months):
            rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{until}"
            yield [Schedule(m.start(), m.end(), "recurring", "R/P1Y", recurrence=rule)]


def _due_periods(ground: _Ground) -> Iterator[list[Schedule]]:
    """Due by a month, a quarter, a year: the last period that still keeps the deadline."""
    for m in ground.binding(patterns.DUE_MONTH):
        month, source = ground.month(m, 1)
        if month:
            strict = _is_strict(m.group("rel"))
            last = month - timedelta(days=1) if strict else _month_end(month)
            yield _due(m, f"{last:%Y-%m}", last, source, strict=strict)
    for m in ground.all(patterns.DUE_QUARTER):
        year, source = ground.year(m.group("qy") or m.group("qY"))
        if year:
            first_month = date(year, _QUARTERS[m.group("q1").upper()] * 3 - 2, 1)
            strict = _is_strict(m.group("rel"))
            quarter_end = _month_end(first_month.replace(month=first_month.month + 2))
            last = first_month - timedelta(days=1) if strict else quarter_end
            yield _due(m, f"{last:%Y-%m}", last, source, strict=strict)
    for m in ground.binding(patterns.DUE_YEAR):
        strict = _is_strict(m.group("rel"))
        last_year = int(m.group("year")) - strict
        yield _due(m, f"{last_year}", date(last_year, 12, 31), "text", strict=strict)


def _relative(ground: _Ground) -> Iterator[list[Schedule]]:
    """Counted from an event: "trong vòng 15 ngày kể từ ngày …", "ngay sau khi …"."""
    for m in ground.all(patterns.WITHIN_DAYS):
        length = _LENGTHS[m.group("unit").casefold()].format(int(m.group("n")))
        anchor = " ".join(m.group("anchor").split())
        yield [
            Schedule(
                m.start(), m.end(), "relative", length, relation="no_later_than", anchor=anchor
            )
        ]
    for m in ground.all(patterns.DAYS_BEFORE):
        length = _LENGTHS[m.group("unit").casefold()].format(int(m.group("n")))
        anchor = " ".join(m.group("anchor").split())
        yield [Schedule(m.start(), m.end(), "relative", length, relation="before", anchor=anchor)]
    for pattern in (patterns.AS_SOON, patterns.AFTER_DUTY):
        for m in ground.all(pattern):
            end = m.start() + len(m.group().rstrip(" " + MASK))
            anchor = " ".join(m.group().replace(MASK, " ").split())
            yield [
                Schedule(m.start(), end, "relative", relation="from", anchor=anchor, confidence=0.6)
            ]


def _periods(ground: _Ground) -> Iterator[list[Schedule]]:
    for m in ground.binding(patterns.QUARTERS):
        if ground.before(m, 20, patterns.REPORT_NAME):
            continue
        year, source = ground.year(m.group("qy") or m.group("qY"))
        numbers = re.findall(r"(?i)(?<!\w)(I{1,3}|IV|[1-4])(?!\w)", m.group())[:4]
        quarters = [_QUARTERS[number.upper()] for number in numbers]
        if year and quarters:
            yield _months(m, year, min(quarters) * 3 - 2, max(quarters) * 3, source)
    for m in ground.all(patterns.HALF):
        year, source = ground.year(m.group("year"))
        if year and not ground.before(m, 20, patterns.REPORT_NAME):
            first = 1 if m.group("half").casefold() == "đầu" else 7
            yield _months(m, year, first, first + 5, source)
    for m in ground.all(patterns.STARTING):
        year, source = ground.year(m.group("year"))
        if year and re.search(r"(?i)cả\s+năm", m.group()):
            yield _years(m, year, year, source, 0.7)
        elif year:
            yield _within(m, f"{year}-01/..", date(year, 1, 1), None, source, confidence=0.7)
    for m in ground.all(patterns.NAMED_DAY):
        year, source = ground.year(m.group("y"))
        try:
            day = date(year or 0, int(m.group("m")), int(m.group("d")))
        except ValueError:
            continue
        yield _within(m, day.isoformat(), day, day, source, confidence=0.8)
    for m in ground.all(patterns.FEASTS):
        yield [Schedule(m.start(), m.end(), "within", confidence=0.6)]


def _recurring(ground: _Ground) -> Iterator[list[Schedule]]:
    plan = ground.plan
    for m in ground.all(patterns.TERMS):
        term = [Schedule(m.start(), m.end(), "recurring", confidence=0.7)]
        yield term + (_repeating(m, ["năm học"], plan) if m.group("year") else [])
    for m in ground.all(patterns.YEARLY_TIMES):
        unit = _unit(m.group("unit"))
        quota = ("=", float(m.group("count")), "lần", _PERIODS.get(unit))
        yield [replace(s, quota=quota) for s in _repeating(m, [unit], plan)]  # type: ignore[arg-type]
    for m in ground.all(patterns.TIMES):
        unit = _unit(m.group("unit"))
        count = float(m.group("count"))
        quota = (_comparator(m.group("cmp")), count, "lần", _PERIODS.get(unit))
        yield [replace(schedule, quota=quota) for schedule in _repeating(m, [unit], plan)]
    for m in ground.all(patterns.PER_TIMES):
        printed = m.group("n") or "1"
        count = 1 if printed.casefold() == "một" else int(printed)
        unit = _unit(m.group("unit") if count == 1 else f"{count} {m.group('unit')}")
        if unit in _PERIODS:
            yield _repeating(m, [unit], plan)
    for m in ground.all(patterns.QUOTA):
        unit = _unit(m.group("unit"))
        what = m.group("what").strip()
        quota = (_comparator(m.group("cmp")), float(m.group("count")), what, _PERIODS.get(unit))
        year, source = plan.year()
        once = unit == "năm" and m.group("per").casefold().startswith("trong") and year
        group = (
            _years(m, year, year, source, 0.85) if once and year else _repeating(m, [unit], plan)
        )
        yield [replace(schedule, quota=quota) for schedule in group]
    for pattern in (patterns.RECURRING, patterns.PERIODIC):
        for m in ground.all(pattern):
            units = [_unit(u) for u in patterns.EACH_UNIT.findall(m.group())]
            daily = units == ["ngày"] and not (
                ground.in_field(m) or ground.before(m, 60, patterns.REPORTING)
            )
            if daily or ground.before(m, 90, patterns.BUDGET_BEFORE):
                continue
            if ground.before(m, 60, patterns.NAME_BEFORE) or ground.before(
                m, 90, patterns.PAST_BEFORE
            ):
                continue
            yield _repeating(m, units, plan)


# "Đến năm 2030, …" opens a sentence; "phấn đấu đến năm 2030": not the horizon in a scheme's name.
_AIMED = re.compile(
    r"(?:Đến năm \S+[,:]|(?:[Pp]hấn đấu|[Đđ]ảm bảo|[Bb]ảo đảm) đến năm \S+.?)$", re.S
)


def _in_fields(ground: _Ground) -> Iterator[list[Schedule]]:
    """Expressions that are deadlines only where a schedule stands."""
    for m in ground.binding(patterns.IN_MONTH):
        month, source = ground.month(m, 1)
        word = (m.group("in") or "").strip().casefold()
        said = word in ("trong", "vào") or (word and source == "text")
        if month and (said or ground.in_field(m)):
            yield _within(m, f"{month:%Y-%m}", month, _month_end(month), source)
    for m in ground.binding(patterns.ON_DAY):
        day, source = ground.day(m, 1)
        said = (m.group("in") or "").strip().casefold().startswith(("vào", "trong"))
        if day and m.group("to") and ground.in_field(m):
            yield _due(m, day.isoformat(), day, source, strict=False)
        elif day and (ground.in_field(m) or (said and source == "text")):
            yield _within(m, day.isoformat(), day, day, source)
    for m in ground.binding(patterns.IN_YEAR):
        first = int(m.group("year"))
        last = int(m.group("year2") or first)
        will = m.group("in") and re.match(r"[^.;\n]{0,110}?\bsẽ\b", ground.text[m.end() :])
        aim = m.group("to") and _AIMED.search(ground.text[max(0, m.start() - 12) : m.end() + 1])
        if first > last or not (will or aim or ground.in_field(m)):
            continue
        if m.group("to"):
            yield _due(m, f"{last}", date(last, 12, 31), "text", strict=False)
        else:
            yield _years(m, first, last, "text")
    for a, b in ground.zones:
        only = patterns.ONLY_YEARS.match(ground.text, a, b)
        if only and b - a < 60 and only.end() - a <= b - a:
            first, last = int(only.group("first")), int(only.group("last") or only.group("first"))
            if first <= last:
                yield _years(only, first, last, "text")
    for m in ground.all(patterns.WHOLE_YEAR):
        year, source = ground.plan.year()
        if year and ground.in_field(m):
            yield _years(m, year, year, source)
    for m in ground.all(patterns.CONTINUOUS):
        if ground.fills_field(m):
            yield [Schedule(m.start(), m.end(), "continuous")]


def _by_plan(ground: _Ground) -> Iterator[list[Schedule]]:
    """A field that names no time of its own keeps its words: "Theo kế hoạch của Bộ"."""
    for a, b in ground.zones:
        if b - a < 100 and (m := patterns.BY_PLAN.match(ground.text, a, b)):
            start, end = m.span("what")
            yield [Schedule(start, end, "relative", confidence=0.6)]


_RULES: tuple[Callable[[_Ground], Iterator[list[Schedule]]], ...] = (
    _yearly,
    _due_days,
    _ranges,
    _due_periods,
    _relative,
    _periods,
    _recurring,
    _in_fields,
    _by_plan,
)
