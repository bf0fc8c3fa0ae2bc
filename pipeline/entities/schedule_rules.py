"""The rules that find deadlines, in order of precedence: one function per family of expressions.

In: ``Ground`` (masked text, the plan's time, the stretches known to hold schedules).  Out: groups
of ``Schedule`` objects; one expression with several frequencies is one group.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from models.record import YearSource
from pipeline.entities import schedule_patterns as patterns
from pipeline.entities.schedule_events import feasts, relative
from pipeline.entities.schedule_ranges import ranges
from pipeline.entities.schedule_values import (
    PERIODS,
    QUARTERS,
    Ground,
    Schedule,
    comparator_of,
    count_of,
    due,
    is_strict,
    month_end,
    month_window,
    repeating,
    unit_of,
    window,
    year_window,
)


def _due_days(ground: Ground) -> Iterator[list[Schedule]]:
    for m in ground.binding(patterns.DUE_DAY, patterns.NOT_DUE_BEFORE):
        if patterns.FRACTION.fullmatch(m.group()):
            continue
        if m.group("every"):
            yield repeating(m, [m.group("every").split()[-1].casefold()], ground.plan)
            continue
        day, source = ground.day(m, 1)
        if day is not None:
            strict = is_strict(m.group("rel")) and not m.group("hour")
            yield [_due_day(ground, m, day, source, strict, 0.95)]
            yield from _more_days(ground, m, strict=strict)
    for m in ground.all(patterns.DUE_MONTHLY_DAY):
        yield repeating(m, [unit_of(m.group("unit") or "tháng")], ground.plan)


def _more_days(ground: Ground, first: re.Match[str], *, strict: bool) -> Iterator[list[Schedule]]:
    """ "trước ngày 10/6 và 10/12": the days that follow the first one in a list."""
    before = first
    while m := patterns.MORE_DAY.match(ground.text, before.end(), ground.end):
        day, source = ground.day(m, 1)
        if day is None:
            return
        found = _due_day(ground, m, day, source, strict, 0.9)
        yield [replace(found, start=m.start("day"))]
        before = m


def _due_day(
    ground: Ground,
    m: re.Match[str],
    day: date,
    source: YearSource | None,
    strict: bool,
    confidence: float,
) -> Schedule:
    """Due on a day; "ngày 05/01 năm sau" is one year later."""
    later = patterns.NEXT_YEAR.match(ground.text, m.end()) if source != "text" else None
    if later and (day.month, day.day) != (2, 29):
        day = day.replace(year=day.year + 1)
    latest = day - timedelta(days=1) if strict else day
    (found,) = due(m, day.isoformat(), latest, source, strict=strict, confidence=confidence)
    return replace(found, end=later.end()) if later else found


def _yearly(ground: Ground) -> Iterator[list[Schedule]]:
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
        quarters = [QUARTERS[number.upper()] for number in numbers if number]
        months = (
            list(range(min(quarters) * 3 - 2, max(quarters) * 3 + 1))
            if quarters
            else [int(m.group("mo1"))]
        )
        if all(1 <= month <= 12 for month in months):
            rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{until}"
            yield [Schedule(m.start(), m.end(), "recurring", "R/P1Y", recurrence=rule)]


def _due_periods(ground: Ground) -> Iterator[list[Schedule]]:
    """Due by a month, a quarter, a year: the last period that still keeps the deadline."""
    for m in ground.binding(patterns.DUE_MONTH, patterns.NOT_DUE_BEFORE):
        month, source = ground.month(m, 1)
        if month:
            strict = is_strict(m.group("rel"))
            last = month - timedelta(days=1) if strict else month_end(month)
            yield due(m, f"{last:%Y-%m}", last, source, strict=strict)
    for m in ground.all(patterns.DUE_QUARTER):
        year, source = ground.year(m.group("qy") or m.group("qY"))
        if year:
            first_month = date(year, QUARTERS[m.group("q1").upper()] * 3 - 2, 1)
            strict = is_strict(m.group("rel"))
            quarter_end = month_end(first_month.replace(month=first_month.month + 2))
            last = first_month - timedelta(days=1) if strict else quarter_end
            yield due(m, f"{last:%Y-%m}", last, source, strict=strict)
    for m in ground.binding(patterns.DUE_YEAR, patterns.NOT_DUE_BEFORE):
        strict = is_strict(m.group("rel"))
        last_year = int(m.group("year")) - strict
        yield due(m, f"{last_year}", date(last_year, 12, 31), "text", strict=strict)


def _periods(ground: Ground) -> Iterator[list[Schedule]]:
    for m in ground.binding(patterns.QUARTERS):
        if ground.before(m, 60, patterns.REPORT_NAME) and not m.group().startswith(("t", "T")):
            continue
        year, source = ground.year(m.group("qy") or m.group("qY"))
        numbers = re.findall(r"(?i)(?<!\w)(I{1,3}|IV|[1-4])(?!\w)", m.group())[:4]
        quarters = [QUARTERS[number.upper()] for number in numbers]
        if year and quarters:
            yield month_window(m, year, min(quarters) * 3 - 2, max(quarters) * 3, source)
    for m in ground.all(patterns.HALF):
        year, source = ground.year(m.group("year"))
        told = m.group()[0] not in "tT" and ground.before(m, 100, patterns.HALF_NAME)
        told = told or bool(patterns.TOLD_AFTER.match(ground.text, m.end()))
        named = ground.before(m, 20, patterns.REPORT_NAME)
        if year and not named and not (told and not ground.in_field(m)):
            first = 1 if m.group("half").casefold() == "đầu" else 7
            yield month_window(m, year, first, first + 5, source)
    for m in ground.all(patterns.STARTING):
        year, source = ground.year(m.group("year") or m.group("year2"))
        if year and re.search(r"(?i)(?:cả|suốt)\s+năm", m.group()):
            yield year_window(m, year, year, source, 0.7)
        elif year:
            yield window(m, f"{year}-01/..", date(year, 1, 1), None, source, confidence=0.7)


def _recurring(ground: Ground) -> Iterator[list[Schedule]]:
    plan = ground.plan
    for m in ground.all(patterns.TERMS):
        term = [Schedule(m.start(), m.end(), "recurring", confidence=0.7)]
        yield term + (repeating(m, ["năm học"], plan) if m.group("year") else [])
    for m in ground.all(patterns.YEARLY_TIMES):
        unit = unit_of(m.group("unit"))
        quota = ("=", float(m.group("count")), "lần", PERIODS.get(unit))
        yield [replace(s, quota=quota) for s in repeating(m, [unit], plan)]  # type: ignore[arg-type]
    for m in ground.all(patterns.TIMES):
        unit = unit_of(m.group("unit"))
        what = m.group("what") or m.group("thing")
        count = count_of(m.group("count") or m.group("n"))
        quota = (comparator_of(m.group("cmp")), count, what, PERIODS.get(unit))
        yield [replace(schedule, quota=quota) for schedule in repeating(m, [unit], plan)]
    for m in ground.all(patterns.PER_TIMES):
        printed = m.group("n") or "1"
        count = 1 if printed.casefold() == "một" else int(printed)
        unit = unit_of(m.group("unit") if count == 1 else f"{count} {m.group('unit')}")
        if unit in PERIODS:
            yield repeating(m, [unit], plan)
    for m in ground.all(patterns.QUOTA):
        unit = unit_of(m.group("unit"))
        what = m.group("what").strip()
        quota = (comparator_of(m.group("cmp")), float(m.group("count")), what, PERIODS.get(unit))
        year, source = plan.year()
        once = unit == "năm" and m.group("per").casefold().startswith("trong") and year
        group = (
            year_window(m, year, year, source, 0.85)
            if once and year
            else repeating(m, [unit], plan)
        )
        yield [replace(schedule, quota=quota) for schedule in group]
    for pattern in (patterns.RECURRING, patterns.PERIODIC):
        for m in ground.all(pattern):
            units = [unit_of(u) for u in patterns.EACH_UNIT.findall(m.group())]
            daily = units == ["ngày"] and not (
                ground.in_field(m) or ground.before(m, 160, patterns.REPORTING)
            )
            if (
                daily
                or patterns.RATED.match(ground.text, m.end())
                or ground.before(m, 90, patterns.BUDGET_BEFORE)
            ):
                continue
            if ground.before(m, 60, patterns.NAME_BEFORE) or ground.before(
                m, 90, patterns.PAST_BEFORE
            ):
                continue
            yield repeating(m, units, plan)


# "Đến năm 2030, …" opens a sentence; "phấn đấu đến năm 2030": not the horizon in a scheme's name.
_AIMED = re.compile(
    r"(?:Đến năm \S+[,:]|(?:[Pp]hấn đấu|[Đđ]ảm bảo|[Bb]ảo đảm|duy trì|cho) đến năm \S+.?)$", re.S
)


_WILL = re.compile(r"[^.;\n]{0,110}?\bsẽ\b|,?\s+(?:cần|phải|tiếp tục)\b")


def _in_fields(ground: Ground) -> Iterator[list[Schedule]]:
    """Expressions that are deadlines only where a schedule stands."""
    for m in ground.all(patterns.SESSION):
        n = 2 if m.group("d2") else 1
        day, source = ground.day(m, n)
        if day is not None and not ground.before(m, 60, patterns.PAST_BEFORE):
            yield window(m, day.isoformat(), day, day, source, confidence=0.8)
    for m in ground.all(patterns.MEETING_MONTH):
        month, source = ground.month(m, 1)
        if month:
            yield window(m, f"{month:%Y-%m}", month, month_end(month), source, confidence=0.75)
    for m in ground.binding(patterns.IN_MONTH):
        month, source = ground.month(m, 1)
        word = (m.group("in") or "").strip().casefold()
        said = word in ("trong", "vào") or (word and source == "text")
        if month and (said or ground.in_field(m)):
            yield window(m, f"{month:%Y-%m}", month, month_end(month), source)
    for m in ground.binding(patterns.ON_DAY):
        day, source = ground.day(m, 1)
        said = (m.group("in") or "").strip().casefold().startswith(("vào", "trong"))
        said = said or ground.before(m, 14, patterns.EXPECTED)
        if day and m.group("to") and ground.in_field(m):
            yield due(m, day.isoformat(), day, source, strict=False)
        elif day and (ground.in_field(m) or (said and source == "text")):
            yield window(m, day.isoformat(), day, day, source)
    yield from _by_then(ground)
    yield from _act_months(ground)
    yield from _bound_years(ground)
    for m in ground.all(patterns.LIMIT_DAY):
        day, source = ground.day(m, 1)
        if day is not None:
            (found,) = due(m, day.isoformat(), day, source, strict=False, confidence=0.75)
            yield [replace(found, start=m.start("when"))]
    for m in ground.binding(patterns.IN_YEAR):
        first = int(m.group("year"))
        last = int(m.group("year2") or first)
        will = m.group("in") and _WILL.match(ground.text, m.end())
        aim = m.group("to") and _AIMED.search(ground.text[max(0, m.start() - 12) : m.end() + 1])
        if first > last or not (will or aim or ground.in_field(m)):
            continue
        if m.group("to"):
            yield due(m, f"{last}", date(last, 12, 31), "text", strict=False)
        else:
            yield year_window(m, first, last, "text")
    for a, b in ground.zones:
        only = patterns.ONLY_YEARS.match(ground.text, a, b) if b - a < 60 else None
        while only:
            first, last = int(only.group("first")), int(only.group("last") or only.group("first"))
            if first <= last:
                (found,) = year_window(only, first, last, "text")
                yield [replace(found, start=only.start("years"))]
            only = patterns.ONLY_YEARS.match(ground.text, only.end(), b)
    for m in ground.all(patterns.WHOLE_YEAR):
        year, source = ground.plan.year()
        opening = ground.opens(m) and ground.text.startswith(",", m.end())
        if year and (opening or ground.in_field(m)):
            yield year_window(m, year, year, source)
    for m in ground.all(patterns.CONTINUOUS):
        if ground.fills_field(m):
            yield [Schedule(m.start(), m.end(), "continuous")]


def _by_then(ground: Ground) -> Iterator[list[Schedule]]:
    """ "Đến ngày 30/6, …" opens what is due, "từ ngày ký đến ngày 31/12" ends it."""
    for m in ground.all(patterns.BY_DAY):
        day, source = ground.day(m, 1)
        opening = m.group().startswith("Đ") and ground.opens(m)
        if day and (opening or ground.before(m, 60, patterns.FROM_ISSUE)):
            yield due(m, day.isoformat(), day, source, strict=False, confidence=0.8)
    for m in ground.all(patterns.BY_MONTH):
        month, source = ground.month(m, 1)
        opening = m.group().startswith("Đ") and ground.opens(m)
        if month and (opening or ground.before(m, 60, patterns.FROM_ISSUE)):
            last = month_end(month)
            yield due(m, f"{month:%Y-%m}", last, source, strict=False, confidence=0.8)
    for m in ground.all(patterns.HEADING_MONTH):
        month, source = ground.month(m, 1)
        if month and m.group().isupper():
            (found,) = due(m, f"{month:%Y-%m}", month_end(month), source, strict=False)
            yield [replace(found, start=m.start("when"), confidence=0.75)]


def _act_months(ground: Ground) -> Iterator[list[Schedule]]:
    """ "hoàn thành tháng 8/2024": a printed year that is not over yet, and an act."""
    for m in chain(ground.all(patterns.ACT_MONTH), ground.all(patterns.ROUND)):
        month, source = ground.month(m, 1)
        issued = ground.plan.issued_on or ""
        if month and source == "text" and f"{month:%Y-%m}" >= issued[:7]:
            (found,) = window(m, f"{month:%Y-%m}", month, month_end(month), source)
            yield [replace(found, start=m.start("when"), confidence=0.8)]


def _bound_years(ground: Ground) -> Iterator[list[Schedule]]:
    """Years that an act, a goal or a heading ties to the plan."""
    for m in ground.all(patterns.REACHED_BY):
        (found,) = due(m, m["year"], date(int(m["year"]), 12, 31), "text", strict=False)
        if ground.ahead(int(m["year"])) and not ground.before(m, 60, patterns.PAST_BEFORE):
            yield [replace(found, end=m.end("when"), confidence=0.8)]
    for pattern in (patterns.SCHOOL_YEAR, patterns.STAGE_FIELD):
        for m in ground.all(pattern):
            first, last = int(m.group("first")), int(m.group("last"))
            bound = pattern is patterns.SCHOOL_YEAR or ground.fills_field(m)
            if first < last and bound and ground.ahead(last):
                yield year_window(m, first, last, "text", 0.8)
    for pattern in (patterns.BY_YEAR, patterns.THIS_YEAR, patterns.YEAR_AHEAD):
        for m in ground.all(pattern):
            groups = m.groupdict()
            n = next(n for n in ("", "2", "3") if groups.get(f"when{n}"))
            first = int(groups[f"year{n}"])
            last = int(groups.get("last") or first)
            late = pattern is not patterns.YEAR_AHEAD or ground.ahead(first)
            if first <= last and late and not ground.before(m, 60, patterns.PAST_BEFORE):
                (found,) = year_window(m, first, last, "text", 0.75)
                yield [replace(found, start=m.start(f"when{n}"), end=m.end(f"when{n}"))]
    for m in ground.all(patterns.STAGE_ACT):
        first, last = int(m.group("first")), int(m.group("last"))
        told = ground.before(m, 60, patterns.PAST_BEFORE)
        if first < last and ground.ahead(last) and not told:
            (found,) = year_window(m, first, last, "text", 0.75)
            yield [replace(found, start=m.start("when"))]
    for m in ground.all(patterns.OPENING_YEAR):
        opened = int(m.group("year"))
        if ground.ahead(opened) and opened >= (ground.plan.first_year or 0):
            yield year_window(m, opened, opened, "text", 0.75)
    for m in chain(ground.all(patterns.STAGE), ground.all(patterns.STAGE_TITLE)):
        end = date(int(m.group("year")), 12, 31)
        (found,) = due(m, m.group("year"), end, "text", strict=False)
        yield [replace(found, start=m.start("when"))]
    for m in chain(ground.all(patterns.STAGE_YEARS), ground.all(patterns.STAGE_YEAR)):
        first, last = int(m.group("first")), int(m.group("last") or m.group("first"))
        if first <= last and ground.ahead(last) and ground.opens_item(m):
            yield year_window(m, first, last, "text", 0.75)
    for m in ground.all(patterns.UNTIL_YEAR_END):
        year, source = ground.year(m.group("year"))
        if year and not ground.before(m, 12, patterns.FORECAST):
            yield due(m, f"{year}", date(year, 12, 31), source, strict=False, confidence=0.8)


def _by_plan(ground: Ground) -> Iterator[list[Schedule]]:
    """A field that names no time of its own keeps its words: "Theo kế hoạch của Bộ"."""
    for a, b in ground.zones:
        if b - a < 100 and (m := patterns.BY_PLAN.match(ground.text, a, b)):
            start, end = m.span("what")
            yield [Schedule(start, end, "relative", confidence=0.6)]


RULES: tuple[Callable[[Ground], Iterator[list[Schedule]]], ...] = (
    _yearly,
    ranges,
    _due_days,
    _due_periods,
    relative,
    feasts,
    _periods,
    _recurring,
    _in_fields,
    _by_plan,
)
