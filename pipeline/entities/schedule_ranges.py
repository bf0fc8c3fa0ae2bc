"""Windows: from one day, month, quarter or year to another, lists of days and months, beginnings.

In: ``Ground``.  Out: groups of ``Schedule`` objects, as in ``schedule_rules``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from models.record import YearSource
from pipeline.entities import schedule_patterns as patterns
from pipeline.entities.schedule_values import (
    QUARTERS,
    Ground,
    Schedule,
    month_end,
    month_window,
    window,
    year_window,
)


def ranges(ground: Ground) -> Iterator[list[Schedule]]:
    """From one day, month or year to another; what the first lacks it has from the second."""
    for m in ground.binding(patterns.RANGE_MIXED):
        yield from _mixed(ground, m)
    for m in ground.binding(patterns.RANGE_QUARTER) if ground.has_quarters else ():
        begin = date(int(m["y1"]), QUARTERS[m["q1"].upper()] * 3 - 2, 1)
        end = date(int(m["y2"]), QUARTERS[m["q2"].upper()] * 3, 1)
        if begin <= end:
            yield window(m, f"{begin:%Y-%m}/{end:%Y-%m}", begin, month_end(end), "text")
    for m in ground.binding(patterns.DAY_LIST):
        yield from _day_list(ground, m)
    for m in ground.binding(patterns.RANGE_DAY):
        last, source = ground.day(m, 2)
        first = _first_day(m, last) if last else None
        bound = m.group("from") or m.group("word") or ground.in_field(m)
        bound = bound or (source == "text" and ground.text[m.start() - 1 : m.start()] == "(")
        if not (first and last and first <= last and bound):
            continue
        (found,) = window(m, f"{first}/{last}", first, last, source)
        if last.year - first.year > 15 and (first.month, first.day) == (last.month, last.day):
            # "(26/3/1931 - 26/3/2026)" counts the years of a feast; the last day is this year's.
            (found,) = window(m, last.isoformat(), last, last, source)
            found = replace(found, start=max(m.start("d2"), m.start("D2")))
        yield [found]
    for m in ground.binding(patterns.MONTH_LIST):
        if m.group("my1") or m.group("mY1") or ground.in_field(m) or _said(m):
            yield from _month_list(ground, m)
    for m in ground.binding(patterns.RANGE_MONTH):
        if not (m.group("word") or (ground.in_field(m) and (m.group("my2") or m.group("mY2")))):
            continue
        last, source = ground.month(m, 2)
        first, _ = ground.month(m, 1, last.year if last else None)
        listed = not re.search(r"(?i)đến|tới|[-–]", m.group())
        if first and last and first > last and not listed and not (m["my1"] or m["mY1"]):
            first = first.replace(year=first.year - 1)
        if listed and not (m["my2"] or m["mY2"] or ground.in_field(m) or _said(m)):
            continue
        if first and last and listed and last > month_end(first) + timedelta(days=1):
            yield _two_months(m, first, last, source)
        elif first and last and first <= last:
            yield window(m, f"{first:%Y-%m}/{last:%Y-%m}", first, month_end(last), source)
    for m in ground.binding(patterns.RANGE_YEAR):
        first_year, last_year = int(m.group("first")), int(m.group("last"))
        if first_year < last_year and ground.opens(m):
            yield year_window(m, first_year, last_year, "text")
    for m in ground.binding(patterns.FROM_YEAR):
        start = date(int(m.group("first")), 1, 1)
        yield window(m, f"{start.year}/..", start, None, "text")
    for m in ground.all(patterns.OPEN_YEAR):
        bound = ground.in_field(m) or (m.group("next") == "," and ground.opens(m))
        if bound and ground.ahead(int(m.group("first"))):
            start = date(int(m.group("first")), 1, 1)
            yield window(m, f"{start.year}/..", start, None, "text", confidence=0.8)
    for m in ground.binding(patterns.FROM_QUARTER) if ground.has_quarters else ():
        year, source = ground.year(m.group("qy") or m.group("qY"))
        if year and not m.group("q2"):
            start = date(year, QUARTERS[m.group("q1").upper()] * 3 - 2, 1)
            end = month_end(start.replace(month=start.month + 2))
            # "đã khởi công từ quý II/2023": what began long ago is told, not planned.
            if ground.in_field(m) or not ground.over(end):
                yield window(m, f"{start:%Y-%m}/..", start, None, source)
    for m in ground.binding(patterns.FROM_MONTH):
        first, source = ground.month(m, 1)
        if first and (ground.opens(m) or ground.before(m, 14, patterns.BEGINS)):
            yield window(m, f"{first:%Y-%m}/..", first, None, source)
    for m in ground.binding(patterns.FROM_DAY):
        first, source = ground.day(m, 1)
        if first and (ground.opens(m) or ground.before(m, 14, patterns.BEGINS)):
            yield window(m, f"{first}/..", first, None, source)
    for m in ground.all(patterns.AS_OF_YEAR):
        first_year = int(m.group("year"))
        if ground.ahead(first_year):
            (found,) = window(m, f"{first_year}/..", date(first_year, 1, 1), None, "text")
            yield [replace(found, start=m.start("when"), confidence=0.75)]


def _said(m: re.Match[str]) -> bool:
    """ "trong tháng 3, 4" says that the months are a time."""
    return m.group().casefold().startswith(("trong ", "vào "))


def _month_list(ground: Ground, m: re.Match[str]) -> Iterator[list[Schedule]]:
    """Months that follow on are one window, others one entry each."""
    year, source = ground.year(m.group("my1") or m.group("mY1"))
    numbers = list(re.finditer(r"(?:tháng\s+)?(\d+)", m.group("list"), re.I))
    months = [int(number.group(1)) for number in numbers]
    if year is None or not all(1 <= month <= 12 for month in months) or months != sorted(months):
        return
    if months[-1] - months[0] == len(months) - 1:
        yield month_window(m, year, months[0], months[-1], source)
        return
    at = m.start("list")
    for number, month in zip(numbers, months, strict=True):
        first = date(year, month, 1)
        (found,) = window(m, f"{first:%Y-%m}", first, month_end(first), source)
        last = number.end() == len(m.group("list"))
        yield [
            replace(
                found,
                start=m.start() if number.start() == 0 else at + number.start(),
                end=m.end() if last else at + number.end(),
            )
        ]


def _two_months(
    m: re.Match[str], first: date, last: date, source: YearSource | None
) -> list[Schedule]:
    """ "tháng 6, tháng 9": two months with others between them are no window."""
    one, other = (
        window(m, f"{month:%Y-%m}", month, month_end(month), source)[0] for month in (first, last)
    )
    cut = m.start("word2") if m.group("word2") else m.start("mo2")
    until = m.start() + len(m.string[m.start() : cut].rstrip(" ,và"))
    return [replace(one, end=until), replace(other, start=cut)]


def _first_day(m: re.Match[str], last: date) -> date | None:
    """The first day of a range: month and year are the last day's where not printed."""
    month = int(m.group("fm") or m.group("fM") or last.month)
    year = int(m.group("fy") or m.group("fY") or last.year)
    try:
        first = date(year, month, int(m.group("fd")))
    except ValueError:
        return None
    # "từ ngày 15/12 đến ngày 15/01/2026": over the turn of the year.
    turns = first > last and month > last.month and not (m.group("fy") or m.group("fY"))
    return first.replace(year=year - 1) if turns and (month, first.day) != (2, 29) else first


def _mixed(ground: Ground, m: re.Match[str]) -> Iterator[list[Schedule]]:
    """ "từ tháng 3/2024 đến hết năm 2024", "từ quý II đến quý IV/2024"."""
    ends_in_quarter, ends_in_month = bool(m.group("q2")), bool(m.group("mo2"))
    if ends_in_month and not m.group("q1"):
        return  # two months: read by their own rule
    source: YearSource | None = "text"
    if m.group("last"):
        end_year = int(m.group("last"))
        last = date(end_year, 12, 1)
    elif ends_in_quarter:
        year, source = ground.year(m.group("qy2") or m.group("qY2"))
        last = date(year or 1, QUARTERS[m.group("q2").upper()] * 3, 1)
        end_year = year or 0
    else:
        month, source = ground.month(m, 2)
        last = month or date(1, 1, 1)
        end_year = month.year if month else 0
    if m.group("q1"):
        start_year = int(m.group("qy1") or m.group("qY1") or end_year)
        first = date(start_year or 1, QUARTERS[m.group("q1").upper()] * 3 - 2, 1)
    else:
        first = ground.month(m, 1, end_year)[0] or date(1, 1, 1)
    if end_year and first.year > 1 and first <= last:
        yield window(m, f"{first:%Y-%m}/{last:%Y-%m}", first, month_end(last), source)


def _day_list(ground: Ground, m: re.Match[str]) -> Iterator[list[Schedule]]:
    """ "ngày 12, 13 và 14/3": one window where the days follow on, else one entry each."""
    last, source = ground.day(m, 1)
    if last is None:
        return
    numbers = list(re.finditer(r"\d+", m.group("list")))
    try:
        days = [last.replace(day=int(number.group())) for number in numbers]
    except ValueError:
        return
    if [*days, last] != sorted({*days, last}):
        return
    if last - days[0] == timedelta(days=len(days)):
        yield window(m, f"{days[0]}/{last}", days[0], last, source)
        return
    at = m.start("list")
    for number, day in zip(numbers, days, strict=True):
        (found,) = window(m, day.isoformat(), day, day, source)
        begin = m.start() if number.start() == 0 else at + number.start()
        yield [replace(found, start=begin, end=at + number.end())]
    (found,) = window(m, last.isoformat(), last, last, source)
    yield [replace(found, start=m.start("d1"))]
