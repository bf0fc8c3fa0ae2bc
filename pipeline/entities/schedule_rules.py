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
from pipeline.entities.schedule_acts import (
    act_months,
    bound_years,
    by_quarter,
    by_then,
    is_held,
    looks_back,
    opening_months,
)
from pipeline.entities.schedule_events import feasts, relative
from pipeline.entities.schedule_ranges import ranges
from pipeline.entities.schedule_repeats import days_of_periods, recurring, yearly
from pipeline.entities.schedule_values import (
    QUARTERS,
    Ground,
    Schedule,
    due,
    is_strict,
    month_end,
    month_window,
    repeating,
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


def _due_periods(ground: Ground) -> Iterator[list[Schedule]]:
    """Due by a month, a quarter, a year: the last period that still keeps the deadline."""
    for m in ground.binding(patterns.DUE_MONTH, patterns.NOT_DUE_BEFORE):
        month, source = ground.month(m, 1)
        if month and not _told(ground, m, month_end(month)):
            strict = is_strict(m.group("rel"))
            last = month - timedelta(days=1) if strict else month_end(month)
            yield due(m, f"{last:%Y-%m}", last, source, strict=strict)
    for m in ground.all(patterns.DUE_QUARTER) if ground.has_quarters else ():
        year, source = ground.year(m.group("qy") or m.group("qY"))
        if year:
            first_month = date(year, QUARTERS[m.group("q1").upper()] * 3 - 2, 1)
            strict = is_strict(m.group("rel"))
            quarter_end = month_end(first_month.replace(month=first_month.month + 2))
            last = first_month - timedelta(days=1) if strict else quarter_end
            yield due(m, f"{last:%Y-%m}", last, source, strict=strict)
    yield from by_quarter(ground)
    for m in ground.binding(patterns.DUE_YEAR, patterns.NOT_DUE_BEFORE):
        strict = is_strict(m.group("rel"))
        last_year = int(m.group("year")) - strict
        if not _told(ground, m, date(last_year, 12, 31)):
            yield due(m, f"{last_year}", date(last_year, 12, 31), "text", strict=strict)


def _told(ground: Ground, m: re.Match[str], day: date) -> bool:
    """ "Đến hết năm 2024, … đã …": a result that the plan looks back on."""
    words = m.group("rel").casefold()
    told = words in ("đến hết", "hết", "đến cuối")
    return told and (ground.over(day) or looks_back(ground, m, day))


def _periods(ground: Ground) -> Iterator[list[Schedule]]:
    for m in ground.binding(patterns.QUARTERS) if ground.has_quarters else ():
        if ground.before(m, 60, patterns.REPORT_NAME) and not m.group().startswith(("t", "T")):
            continue
        year, source = ground.year(m.group("qy") or m.group("qY"))
        numbers = re.findall(r"(?i)(?<!\w)(I{1,3}|IV|[1-4])(?!\w)", m.group())[:4]
        quarters = [QUARTERS[number.upper()] for number in numbers]
        if not year or not quarters:
            continue
        end = month_end(date(year, max(quarters) * 3, 1))
        if not looks_back(ground, m, end):
            yield month_window(m, year, min(quarters) * 3 - 2, max(quarters) * 3, source)
    for m in ground.all(patterns.HALF):
        year, source = ground.year(m.group("year"))
        told = m.group()[0] not in "tT" and ground.before(m, 100, patterns.HALF_NAME)
        told = told or bool(patterns.TOLD_AFTER.match(ground.text, m.end()))
        named = ground.before(m, 20, patterns.REPORT_NAME)
        if year and not named and not (told and not ground.in_field(m)):
            lengths = {"2": 6, "hai": 6, "3": 9, "ba": 9}
            months = lengths[m["quarters"].casefold()] if m["quarters"] else int(m["n"] or 6)
            first = 1 if m.group("half").casefold() == "đầu" else 13 - months
            yield month_window(m, year, first, first + months - 1, source)
    for m in ground.all(patterns.STARTING):
        year, source = ground.year(m.group("year") or m.group("year2"))
        if year and re.search(r"(?i)(?:cả|suốt)\s+năm", m.group()):
            yield year_window(m, year, year, source, 0.7)
        elif year:
            yield window(m, f"{year}-01/..", date(year, 1, 1), None, source, confidence=0.7)


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
    for m in chain(ground.all(patterns.LIMIT_DAY), ground.all(patterns.LAST_DAY)):
        day, source = ground.day(m, 1)
        if day is not None:
            (found,) = due(m, day.isoformat(), day, source, strict=False, confidence=0.75)
            yield [replace(found, start=m.start("when"))]
    for m in ground.all(patterns.AFTER_DAY):
        day, source = ground.day(m, 1)
        opening = m.group()[0] == "S" and ground.opens(m) and ground.text.startswith(",", m.end())
        if day is not None and (ground.in_field(m) or (opening and ground.coming(day))):
            yield window(m, f"{day}/..", day + timedelta(days=1), None, source)
    for m in ground.binding(patterns.ON_DAY):
        day, source = ground.day(m, 1)
        said = (m.group("in") or "").strip().casefold().startswith(("vào", "trong"))
        said = said or ground.before(m, 14, patterns.EXPECTED)
        if day and m.group("to") and ground.in_field(m):
            yield due(m, day.isoformat(), day, source, strict=False)
        elif day and (ground.in_field(m) or (said and source == "text")):
            yield window(m, day.isoformat(), day, day, source)
        elif day and not m.group("to") and is_held(ground, m, day):
            yield window(m, day.isoformat(), day, day, source, confidence=0.75)
    for m in ground.binding(patterns.IN_MONTH):
        month, source = ground.month(m, 1)
        word = (m.group("in") or "").strip().casefold()
        said = word.startswith(("trong", "vào")) or (word and source == "text")
        said = said or ("tuần" in word and ground.opens(m))
        part = not word and ground.before(m, 9, patterns.DAY_BEFORE)
        if month and not part and (said or ground.in_field(m)):
            yield window(m, f"{month:%Y-%m}", month, month_end(month), source)
    yield from by_then(ground)
    yield from act_months(ground)
    yield from opening_months(ground)
    yield from bound_years(ground)
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
    yield from _short_cells(ground)
    for m in ground.all(patterns.WHOLE_YEAR):
        year, source = ground.plan.year()
        opening = ground.opens(m) and ground.text.startswith(",", m.end())
        if year and (opening or ground.in_field(m)):
            yield year_window(m, year, year, source)
    for m in ground.all(patterns.CONTINUOUS):
        if ground.fills_field(m):
            yield [Schedule(m.start(), m.end(), "continuous")]


def _short_cells(ground: Ground) -> Iterator[list[Schedule]]:
    """ "T6/2025", "Q.II": what a cell or field of a few signs says."""
    for a, b in ground.zones:
        if b - a > 24:
            continue
        if m := patterns.CELL_MONTH.fullmatch(ground.text, a, b):
            month, source = ground.month(m, 1)
            if month:
                value = f"{month:%Y-%m}"
                (found,) = window(m, value, month, month_end(month), source)
                yield [replace(found, start=m.start("when"), end=m.end("when"))]
        elif m := patterns.CELL_QUARTER.fullmatch(ground.text, a, b):
            year, source = ground.year(m.group("year"))
            quarters = [QUARTERS[m[q]] for q in ("q1", "q2") if m[q]]
            if year:
                first, last = min(quarters) * 3 - 2, max(quarters) * 3
                (found,) = month_window(m, year, first, last, source)
                yield [replace(found, start=m.start("when"), end=m.end("when"))]


def _by_plan(ground: Ground) -> Iterator[list[Schedule]]:
    """A field that names no time of its own keeps its words: "Theo kế hoạch của Bộ"."""
    for a, b in ground.zones:
        if b - a < 100 and (m := patterns.BY_PLAN.match(ground.text, a, b)):
            start, end = m.span("what")
            yield [Schedule(start, end, "relative", confidence=0.6)]


RULES: tuple[Callable[[Ground], Iterator[list[Schedule]]], ...] = (
    yearly,
    days_of_periods,
    ranges,
    _due_days,
    _due_periods,
    relative,
    feasts,
    _periods,
    recurring,
    _in_fields,
    _by_plan,
)
