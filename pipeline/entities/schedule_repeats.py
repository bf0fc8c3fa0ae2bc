"""Duties that come again: rhythms, days of every year or month, times per period, quotas.

In: ``Ground``.  Out: groups of ``Schedule`` objects, as in ``schedule_rules``.  Patterns and rules
stand together here; one expression with several frequencies is one group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.entities import schedule_patterns as patterns
from pipeline.entities.schedule_patterns import BEFORE, HOUR, QUARTER, day_group, month_group
from pipeline.entities.schedule_values import (
    PERIODS,
    QUARTERS,
    Ground,
    Schedule,
    comparator_of,
    count_of,
    repeating,
    unit_of,
    year_window,
)

UNIT = (
    r"(?:(?:0?[23469]|12)\s+tháng|0?2\s+tuần|(?:0?[57]|10|15)\s+ngày|(?:0?[1235]|10)\s+năm"
    r"|nửa\s+năm|ngày|tuần|tháng|quý|năm(?![ ]+\d))"
)
_EVERY = rf"(?:hàng|hằng|mỗi)\s+{UNIT}"
_LIST = (
    rf"(?:\s*(?:,|và|/|;|hoặc)\s*(?:(?:hàng|hằng|mỗi|sơ kết|tổng kết)\s+){{0,3}}{UNIT}"
    rf"(?!\s+(?:đầu|cuối|tới|qua|học|nay))){{0,8}}"
)
# "ngày 15 và 25 hằng tháng", "trước 15 giờ ngày 20 của tháng cuối quý": the same days of every
# month, or of one month of every quarter or year.
MONTHLY_DAY = re.compile(
    r"(?<!\w)(?:các\s+|từ\s+)?ngày\s+(?P<days>\d{1,2}"
    r"(?:\s*(?:,|và|;|đến)\s*(?:ngày\s+)?\d{1,2}){0,3})\s+"
    r"(?:(?:của\s+)?(?:hàng|hằng|mỗi)\s+tháng"
    r"|(?P<of>của\s+tháng(?!\s*\d)|tháng\s+(?:sau|kế tiếp|cuối|đầu))"
    r"(?:[^.;,()\n]{0,30}?\b(?P<unit>quý|năm)\b)?)",
    re.I,
)
# What stands before such a day: looked for only where one was found.
_BOUND = re.compile(
    rf"(?<!\w)(?:(?P<rel>{BEFORE}|vào)\s+)?(?:{HOUR})?(?:(?:sáng|chiều)\s+)?(?:ngày\s+)?$", re.I
)
# "báo cáo tháng trước ngày 14", "Tháng (trước ngày 14), quý (…)".
MONTH_REPORT = re.compile(
    rf"(?<!\w)(?:(?<=báo cáo )tháng\s+(?P<when>(?:{BEFORE}|vào)\s+ngày\s+(?P<d1>\d{{1,2}}))"
    rf"(?!\s?[/.\-]\s?\d|\s+(?:tháng|hàng|hằng|của|và|,)|\d)"
    rf"|(?<!\d )(?P<in>tháng\s*\(\s*{BEFORE}\s+ngày\s+(?P<d2>\d{{1,2}})\s*\))"
    rf"|(?P<each>(?:định kỳ\s+)?(?:hàng|hằng|mỗi)\s+tháng\s*[,(]?\s*"
    rf"(?:{BEFORE}|vào)\s+(?:{HOUR})?ngày\s+(?P<d3>\d{{1,2}})(?!\d|\s?[/.\-]\s?\d|\s+(?:tháng|hàng|hằng|của|và)|,\s*\d)\)?))",
    re.I,
)
_WEEKDAYS = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH",
    "sáu": "FR", "6": "FR", "bảy": "SA", "7": "SA",
}  # fmt: skip
# "trước 14 giờ thứ Tư hằng tuần", "chiều thứ Sáu tuần cuối cùng của tháng".
WEEKLY_DAY = re.compile(
    r"(?<!\w)(?:thứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)\s+(?:của\s+)?"
    r"(?:(?:hàng|hằng|mỗi)\s+tuần"
    r"|(?P<of>tuần\s+(?:(?P<first>đầu)|cuối)(?:\s+(?:tiên|cùng))?)\s+(?:của\s+)?(?:hằng\s+|hàng\s+)?"
    r"tháng(?!\s*\d))",
    re.I,
)
_YEARLY = re.compile(r"h[àằ]ng\s+năm", re.I)
# A day with "hằng năm" on either side is one day of every year.
YEARLY_DAY = re.compile(
    rf"(?<!\w)(?:(?:hàng|hằng)\s+năm\s*[,(]?\s*(?:{BEFORE}\s+|vào\s+)?{day_group(1)}\)?"
    rf"|(?:{BEFORE}\s+|vào\s+)?{day_group(2)}(?:\s*(?:,"
    rf"|và)\s*{day_group(3)})?\s*,?\s+(?:của\s+)?(?:hàng|hằng)\s+năm)",
    re.I,
)
# "vào Quý I hằng năm", "tháng 3 hằng năm": the same months of every year.
YEARLY_PERIOD = re.compile(
    rf"(?<!\w)(?:định kỳ\s+)?(?:(?:từ|vào|trong|trước)\s+)?(?:{QUARTER}|{month_group(1)}"
    r"(?:\s*(?P<sep>,|và|đến|-|–)\s*(?:tháng\s+)?(?P<mo2>\d{1,2})(?!\d))?)"
    r"\s*,?\s+(?:của\s+)?(?:hàng|hằng)\s+năm",
    re.I,
)
RECURRING = re.compile(
    r"(?<!\w)(?:định kỳ\s+)?"
    rf"(?:{_EVERY}|(?:quý\s*(?:,|và)\s*)?0?[369]\s+tháng\s*(?:,|và|/)\s*(?:hàng|hằng)\s+năm){_LIST}",
    re.I,
)
# "Theo quý" in a cell.
BY_UNIT = re.compile(r"(?<!\w)theo\s+(?P<unit>tuần|tháng|quý|năm)(?=\s*(?:[.;,)\n]|$))", re.I)
PERIODIC = re.compile(rf"(?<!\w)định kỳ\s+(?:theo\s+)?(?:\(?)(?:vào\s+)?{UNIT}{_LIST}", re.I)
TERMS = re.compile(
    r"(?<!\w)(?:trong\s+)?(?:từng|mỗi)\s+(?:học kỳ|kỳ(?=\s+(?:có|phải|tổ chức)\b))"
    r"(?P<year>(?:\s+và|,)\s+(?:cả\s+)?năm học)?",
    re.I,
)
YEARLY_TIMES = re.compile(
    r"(?<!\w)(?:định kỳ\s+)?(?:một|mỗi|0?1|hàng|hằng)\s+(?P<unit>năm|quý|tháng"
    r"|tuần)\s+(?P<count>\d{1,2}|hai|ba)\s+lần",
    re.I,
)
TIMES = re.compile(
    rf"(?<!\w)(?:(?P<cmp>tối thiểu|ít nhất|tối đa|không quá)\s+)?(?:"
    rf"(?P<count>\d{{1,3}}|một|hai|ba)\s+(?P<what>lần)\s*(?:/|mỗi|trong|một|trên)"
    r"|(?P<n>\d{1,3})\s+(?P<thing>buổi|cuộc|đợt|kỳ|phiên|tin|bài|tin/bài|tin, bài|số"
    r"|chuyên mục)\s*/)"
    rf"\s*(?:0?1\s*)?(?P<unit>{UNIT})",
    re.I,
)
PER_TIMES = re.compile(
    r"(?<!\w)(?:định kỳ\s+)?(?:mỗi\s+)?"
    r"(?:(?P<n>\d{1,2}|một)?\s*(?P<unit>tuần|tháng|quý|năm)|(?P<days>\d{1,2})\s+ngày)\s*"
    r"(?:/\s*(?:0?1|một)?|một|\s+0?1)\s*(?:lần|kỳ)",
    re.I,
)
QUOTA = re.compile(
    r"(?<!\w)(?P<cmp>tối thiểu|ít nhất|tối đa|không quá|không ít hơn)\s+(?P<count>\d{1,5})\s+"
    r"(?P<what>[^\d.;,:()]{2,40}?)\s*(?P<per>(?:trong|/|mỗi|hàng|hằng|trên)\s*(?:0?1\s*)?"
    r"(?P<unit>tuần|tháng|quý|năm)(?!\s+\d))",
    re.I,
)
BUDGET_BEFORE = re.compile(
    r"(?:kinh phí|ngân sách|dự toán|được (?:cấp|giao|bố trí)|kê khai"
    r"|chi thường xuyên)[^.;\n]{0,60}$",
    re.I,
)
# One unit of a list like "hàng tháng, quý".
EACH_UNIT = re.compile(rf"(?i)(?<!\w){UNIT}(?!\w)")
# "người có nghĩa vụ kê khai hằng năm": part of a name, no rhythm of a duty.
NAME_BEFORE = re.compile(
    r"(?i)(?:nghĩa vụ|chi tiêu|nghỉ phép|nghỉ|kế hoạch sử dụng"
    r"|(?<!xây dựng )kế hoạch(?: công tác)?|phong trào|hội nghị|chương trình công tác"
    r"|trung bình|bình quân|căn cứ số liệu)"
    r"[ ]+(?:[^\s.;,:]+[ ]+){0,3}(?<!và )$"
)
REPORTING = re.compile(r"(?i)\b(?:báo cáo|chế độ|cập nhật|giao ban)\b[^.;\n]*$")
RATED = re.compile(r"\s+(?:xếp loại|quy mô|vẫn)\b")


def yearly(ground: Ground) -> Iterator[list[Schedule]]:
    """ "trước ngày 20/6 và 20/11 hằng năm": one entry per day of the year."""
    until = f";UNTIL={ground.plan.last_year}1231" if ground.plan.last_year else ""
    if not _YEARLY.search(ground.text, ground.start, ground.end):
        return
    for m in ground.binding(YEARLY_DAY):
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
    for m in ground.all(YEARLY_PERIOD):
        months = _months(m)
        if months and all(1 <= month <= 12 for month in months):
            rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{until}"
            yield [Schedule(m.start(), m.end(), "recurring", "R/P1Y", recurrence=rule)]


def _months(m: re.Match[str]) -> list[int]:
    """The months that a match of ``YEARLY_PERIOD`` names; a range of them whole."""
    if m.group("q1"):
        quarters = [QUARTERS[q.upper()] for q in (m.group("q1"), m.group("q2")) if q]
        return list(range(min(quarters) * 3 - 2, max(quarters) * 3 + 1))
    first, last = int(m.group("mo1")), int(m.group("mo2") or m.group("mo1"))
    if (m.group("sep") or "").casefold() in ("đến", "-", "–"):
        return list(range(first, last + 1))
    return [first] if first == last else [first, last]


def days_of_periods(ground: Ground) -> Iterator[list[Schedule]]:
    """ "trước ngày 20 của tháng cuối quý", "thứ Sáu hằng tuần": the RRULE has the day, too."""
    until = f";UNTIL={ground.plan.last_year}1231" if ground.plan.last_year else ""
    for m in ground.binding(MONTHLY_DAY, patterns.NOT_DUE_BEFORE):
        days = [int(day) for day in re.findall(r"\d+", m.group("days"))]
        if "đến" in m.group("days").casefold() and len(days) == 2:
            days = list(range(days[0], min(days[1], 31) + 1))
        unit = (m.group("unit") or "tháng").casefold()
        start, bound = _begin(ground, m)
        said = bound or not (m["of"] or "").casefold().startswith("tháng")
        if said and days and all(1 <= day <= 31 for day in days):
            (found,) = repeating(m, [unit], ground.plan)
            printed = ",".join(map(str, days))
            rule = f"{_frequency(m, unit)};BYMONTHDAY={printed}{until}"
            yield [replace(found, start=start, recurrence=rule)]
    for m in ground.all(MONTH_REPORT):
        group = next(name for name in ("when", "in", "each") if m.group(name))
        day = int(m.group("d1") or m.group("d2") or m.group("d3"))
        if 1 <= day <= 31:
            (found,) = repeating(m, ["tháng"], ground.plan)
            start, end = m.span(group)
            rule = f"FREQ=MONTHLY;BYMONTHDAY={day}{until}"
            yield [replace(found, start=start, end=end, recurrence=rule)]
    for m in ground.all(WEEKLY_DAY):
        name = _WEEKDAYS[m.group("day").casefold()] if m.group("day") else "SU"
        (found,) = repeating(m, ["tháng" if m.group("of") else "tuần"], ground.plan)
        place = ("1" if m.group("first") else "-1") if m.group("of") else ""
        frequency = "MONTHLY" if m.group("of") else "WEEKLY"
        rule = f"FREQ={frequency};BYDAY={place}{name}{until}"
        yield [replace(found, start=_begin(ground, m)[0], recurrence=rule)]


def _begin(ground: Ground, m: re.Match[str]) -> tuple[int, bool]:
    """Where the words begin that bind a day, and whether one of them says by when."""
    words = _BOUND.search(ground.text, max(ground.start, m.start() - 50), m.start())
    return (words.start(), bool(words["rel"])) if words else (m.start(), False)


def _frequency(m: re.Match[str], unit: str) -> str:
    """The months of a quarter or a year in which a day stands, where the words say which."""
    if unit == "tháng":
        return "FREQ=MONTHLY"
    words = m.group()[m.start("of") - m.start() :].casefold()
    last = "cuối" in words
    if last == ("đầu" in words):
        return "FREQ=MONTHLY;INTERVAL=3" if unit == "quý" else "FREQ=YEARLY"
    if unit == "quý":
        return f"FREQ=MONTHLY;BYMONTH={'3,6,9,12' if last else '1,4,7,10'}"
    return f"FREQ=YEARLY;BYMONTH={12 if last else 1}"


def recurring(ground: Ground) -> Iterator[list[Schedule]]:
    """ "hằng quý", "định kỳ 6 tháng", "02 lần/năm", "ít nhất 01 tin/bài mỗi quý"."""
    plan = ground.plan
    for m in ground.all(TERMS):
        term = [Schedule(m.start(), m.end(), "recurring", confidence=0.7)]
        yield term + (repeating(m, ["năm học"], plan) if m.group("year") else [])
    for m in ground.all(YEARLY_TIMES):
        unit = unit_of(m.group("unit"))
        quota = ("=", count_of(m.group("count")), "lần", PERIODS.get(unit))
        yield [replace(s, quota=quota) for s in repeating(m, [unit], plan)]  # type: ignore[arg-type]
    for m in ground.all(TIMES):
        unit = unit_of(m.group("unit"))
        what = m.group("what") or m.group("thing")
        count = count_of(m.group("count") or m.group("n"))
        quota = (comparator_of(m.group("cmp")), count, what, PERIODS.get(unit))
        yield [replace(schedule, quota=quota) for schedule in repeating(m, [unit], plan)]
    for m in ground.all(PER_TIMES):
        if m.group("days"):
            if (unit := unit_of(f"{m.group('days')} ngày")) in PERIODS:
                yield repeating(m, [unit], plan)
            continue
        printed = m.group("n") or "1"
        count = 1 if printed.casefold() == "một" else int(printed)
        unit = unit_of(m.group("unit") if count == 1 else f"{count} {m.group('unit')}")
        if unit in PERIODS:
            yield repeating(m, [unit], plan)
    for m in ground.all(QUOTA):
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
    for m in ground.all(BY_UNIT):
        if ground.in_field(m):
            yield repeating(m, [m.group("unit").casefold()], plan)
    # "định kỳ 6 tháng, hằng năm" is one list: the words that open it come first.
    for pattern in (PERIODIC, RECURRING):
        for m in ground.all(pattern):
            units = [unit_of(u) for u in EACH_UNIT.findall(m.group())]
            daily = units == ["ngày"] and not (
                ground.in_field(m) or ground.before(m, 160, REPORTING)
            )
            if daily or RATED.match(ground.text, m.end()) or ground.before(m, 90, BUDGET_BEFORE):
                continue
            if ground.before(m, 60, NAME_BEFORE) or ground.before(m, 90, patterns.PAST_BEFORE):
                continue
            yield repeating(m, units, plan)
