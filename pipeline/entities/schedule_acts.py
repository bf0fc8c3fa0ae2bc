"""Days, months and years that an act, a goal or a heading ties to the plan, outside its fields.

In: ``Ground``.  Out: groups of ``Schedule`` objects, as in ``schedule_rules``.  Patterns and rules
stand together here: a bare date is a deadline only where such words bind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from pipeline.entities import schedule_patterns as patterns
from pipeline.entities.schedule_patterns import QUARTER, YEAR, day_group, month_group
from pipeline.entities.schedule_values import (
    QUARTERS,
    Ground,
    Schedule,
    due,
    month_end,
    window,
    year_window,
)

# "hoàn thành tháng 8/2024", "trình Quốc hội tháng 10/2024": the act binds the month.
ACT_MONTH = re.compile(
    r"(?<!\w)(?i:hoàn thành|trình(?:\s+[^\s.,;:()]+){0,4}|ban hành|tổ chức|thực hiện|triển khai"
    r"|thông qua|cho ý kiến|công bố|sơ kết|tổng kết|khai mạc|họp|bắt đầu)"
    rf"\s+(?P<when>{month_group(1)})"
)
# "sơ kết vào năm 2025", "phấn đấu … vào năm 2030": a verb that looks ahead binds the year.
BY_YEAR = re.compile(
    r"(?i:sơ kết|tổng kết|hoàn thành|phấn đấu|đạt|ban hành|đưa vào sử dụng|không để|giảm"
    r"|(?:xử lý|giải quyết) dứt điểm|chấm dứt|gỡ cảnh báo)"
    rf"[^.;:\n]{{0,110}}?(?P<when>(?:vào|trong)\s+(?:cuối\s+|đầu\s+)?năm\s+(?P<year>{YEAR})"
    rf"(?:\s*[-–]\s*(?P<last>{YEAR}))?)(?!\s*[-–])"
)
# The same without such a verb, where the year lies ahead; "đạt 90% năm 2030".
# "đến năm 2030 đạt 50%", "tới năm 2025 có 90% số xã": by then.
REACHED_BY = re.compile(
    rf"(?<!\w)(?P<when>(?:đến|tới)\s+(?:hết\s+|cuối\s+)?năm\s+(?P<year>{YEAR}))"
    r"\s*,?\s+(?:đạt|phấn đấu|hoàn thành|giảm|tăng|có\s+(?:trên|ít nhất|tối thiểu|\d)"
    r"|(?:trên|ít nhất|tối thiểu)?\s*\d+(?:,\d+)?\s?%)",
    re.I,
)
SCHOOL_YEAR = re.compile(
    rf"(?<!\w)(?P<in>trong\s+)?(?:cả\s+)?năm\s+học\s+(?P<first>{YEAR})\s*[-–]\s*(?P<last>{YEAR})",
    re.I,
)
STAGE_FIELD = re.compile(
    rf"(?<!\w)(?:trong\s+)?giai\s+đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<first>{YEAR})\s*(?:[-–]|đến)"
    rf"\s*(?:năm\s+)?(?P<last>{YEAR})",
    re.I,
)
# "Đến tháng 6/2024, hoàn thành …", "từ ngày ban hành đến ngày 31/12/2024".
_UNTIL = r"(?<!\w)(?P<now>từ\s+nay\s+(?:cho\s+)?)?(?:đến|tới)\s+"
BY_DAY = re.compile(rf"{_UNTIL}{day_group(1)}", re.I)
BY_MONTH = re.compile(rf"{_UNTIL}(?:hết\s+|cuối\s+)?{month_group(1)}", re.I)
BY_QUARTER = re.compile(rf"(?<!\w)(?:đến|tới)\s+(?:cuối\s+)?{QUARTER}", re.I)
# "Phấn đấu đến ngày 31/01 giải ngân …", "hoàn thành số hóa đến ngày 30 tháng 6".
AIMED = re.compile(
    r"(?i)(?<!\w)(?:phấn đấu|bảo đảm|đảm bảo|kéo dài|duy trì"
    r"|(?<!đã )(?:hoàn thành|hoàn tất|giải ngân|xong)(?![^.;:\n]{0,60}?(?<!\w)từ\s)"
    r"[^.;:\n]{0,50}?)[ ]*$"
)
# "đến 2/3" without a word for the day is a share.
DAY_WORDS = re.compile(r"(?i)ngày|tháng|/\s?\d+\s?/")
DONE = re.compile(r"[^.;\n]{0,110}?\s(?:đã|tăng)\s")
TOLD = re.compile(r"[^.;\n]{0,110}?\s(?:đã|đạt|còn|giảm|tăng|có)\s")
# "tổ chức hội nghị ngày 15/6", "Ra quân đồng loạt ngày 15/6": something is held on that day.
HELD = re.compile(
    r"(?i)(?<!\w)(?:tổ chức|hoàn thành|khai mạc|bế mạc|khai giảng|khai trương|khởi công|khánh thành"
    r"|ra quân|xuất quân|phát động|mít tinh|diễn ra|họp|hội nghị|hội thảo|đại hội|lễ|công bố|sơ kết"
    r"|tổng kết|chung kết|vòng thi|báo cáo|gửi|nộp|trình|bắt đầu|kết thúc|thực hiện|triển khai|trao"
    r"|vận hành|dự kiến|tập huấn|bàn giao|bầu cử|tiêm|đồng loạt|hưởng ứng)[^.;:\n]{0,80}?$"
)
# What a day is counted from, drawn up on, or looked at on.
NO_DAY_BEFORE = re.compile(
    r"(?i)(?<!\w)(?:từ|kể|sau|trước|nhất|đến|tới|tính|qua|ngoài|sinh|hiệu lực|ký|số|công văn"
    r"|văn bản|quyết định|nghị quyết|thông báo|kế hoạch|biên bản|kết luận|luật|nghị định"
    r"|thông tư|chỉ thị)"
    r"(?:\s+(?:hết|cuối|đủ|ngày|lúc|hồi|vào))?[ ,(]*$"
)
# "III. NHIỆM VỤ ĐẾN THÁNG 5 NĂM 2023": the end of a heading in capitals says by when.
HEADING_MONTH = re.compile(rf"(?m)^[IVX\d]+\.\s[^\n]*?\s(?P<when>(?i:đến\s+{month_group(1)}))$")
FROM_ISSUE = re.compile(r"(?i)(?<!\w)(?:kể\s+)?từ\s+(?:ngày|khi)\s+[^.;\d\n]{2,40}\s$")
ROUND = re.compile(
    rf"(?<!\w)Đợt\s+\d\s*[:(]?\s*(?:vào\s+|trong\s+)?(?P<when>{month_group(1)})", re.I
)
YEAR_AHEAD = re.compile(
    rf"(?<!\w)(?:(?P<when>vào\s+(?:cuối\s+|đầu\s+)?năm\s+(?P<year>{YEAR}))(?!\s*[-–])"
    r"|(?i:phấn đấu|đảm bảo|bảo đảm)\s+"
    rf"(?P<when2>(?:trong\s+|cuối\s+)?năm\s+(?P<year2>{YEAR}))(?!\s*[-–])"
    rf"|[\d,]+%(?:\s+trở lên)?\s+(?P<when3>(?:trong\s+)?năm\s+(?P<year3>{YEAR}))(?!\s*[-–]))"
)
# "Giai đoạn đến năm 2030:" opens what is to be reached by then.
# "hoàn thành trong giai đoạn 2022 - 2023", "Trong năm 2022, các sở …": an act or the opening of a
# sentence binds the years.
STAGE_ACT = re.compile(
    r"(?<!\w)(?i:hoàn thành|thực hiện|triển khai|tiến hành)\b(?!\s+tiễn)[^.,;:()\n]{0,90}?"
    rf"\s(?P<when>trong\s+giai\s+đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<first>{YEAR})\s*(?:[-–]|đến)"
    rf"\s*(?:năm\s+)?(?P<last>{YEAR}))"
)
# "trong hai năm 2025 - 2026", "Giai đoạn I (2026 - 2027)".
SPAN_YEARS = re.compile(
    rf"(?<!\w)trong\s+(?:hai|ba|0?[2-5])\s+năm\s+\(?(?P<first>{YEAR})\s*(?:[-–]|và|,)\s*(?:năm\s+)?"
    rf"(?P<last>{YEAR})(?!\s*(?:,|và|[-–])\s*(?:năm\s+)?\d)\)?",
    re.I,
)
STAGE_SPAN = re.compile(
    rf"(?<!\w)Giai đoạn\s+(?:I{{1,3}}|IV|[1-4])\s*[(:]\s*(?:từ\s+)?(?:năm\s+)?"
    rf"(?P<first>{YEAR})\s*(?:[-–]|đến)\s*(?:năm\s+)?(?P<last>{YEAR})\)?",
    re.I,
)
OPENING_YEAR = re.compile(
    rf"(?m)(?:^|(?<=[.;]\s)|(?<=[-+]\s))Trong\s+năm\s+(?P<year>{YEAR})(?=,\s)"
)
STAGE = re.compile(rf"(?<!\w)(?P<when>(?:Giai đoạn )?[Đđ]ến năm (?P<year>{YEAR}))(?=\s*:)")
STAGE_TITLE = re.compile(
    rf"(?m)^(?:[IVX\d]+\.[ ]?)?(?P<when>Giai đoạn đến năm (?P<year>{YEAR}))[ ]*$"
)
# "1. Giai đoạn 2021 - 2025": a heading that opens what belongs to those years.
STAGE_YEARS = re.compile(
    rf"(?m)(?<!\w)Giai đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<first>{YEAR})\s*(?:[-–]|đến)"
    rf"\s*(?:năm\s+)?(?P<last>{YEAR})"
    r"(?=\s*(?::|$|\d+\.\d|[a-zđ]\)\s|[-+]\s))"
)
# "3. Năm 2023: …" opens what belongs to that year.
STAGE_YEAR = re.compile(rf"(?<!\w)Năm\s+(?P<first>{YEAR})(?:\s*[-–]\s*(?P<last>{YEAR}))?(?=\s*:)")
# "- Tháng 4: …" in a calendar of work.
STAGE_MONTH = re.compile(rf"(?<!\w)(?=T){month_group(1)}(?=\s*:)", re.I)
# "từ nay đến cuối năm": the end of the plan's year.
UNTIL_YEAR_END = re.compile(
    rf"(?<!\w)từ nay (?:cho )?(?:đến|tới)\s+(?:hết|cuối)\s+năm(?:\s+(?P<year>{YEAR}))?", re.I
)
# "Riêng năm 2024, các Bộ …" and "hết thời hạn nộp hồ sơ (ngày 01/4/2024)".
THIS_YEAR = re.compile(rf"(?<!\w)(?P<when>(?:Riêng |riêng )năm\s+(?P<year>{YEAR}))(?=\s*,)")
FORECAST = re.compile(r"(?i)dự báo[ ]+$")


def is_held(ground: Ground, m: re.Match[str], day: date) -> bool:
    """Is a bare day, still to come, the day of an act: "tổ chức hội nghị ngày 15/6/2025"?"""
    if not DAY_WORDS.search(m.group()) or not ground.coming(day):
        return False
    if ground.before(m, 40, NO_DAY_BEFORE):
        return False
    if patterns.LUNAR.match(ground.text, m.end()):
        return False
    next_sign = ground.text[m.end() : m.end() + 1]
    opened = m.group().startswith("N") and ground.opens(m) and next_sign in (":", ",")
    return opened or ground.before(m, 110, HELD)


def looks_back(ground: Ground, m: re.Match[str], day: date) -> bool:
    """Do the words behind a time that is over, or ends in the month of issue, tell of a result?"""
    told = TOLD if ground.over(day) else DONE
    return ground.begun(day) and bool(told.match(ground.text, m.end()))


def by_quarter(ground: Ground) -> Iterator[list[Schedule]]:
    """ "Đến quý III/2025 hoàn thành …": due by its end."""
    for m in ground.all(BY_QUARTER) if ground.has_quarters else ():
        year, source = ground.year(m.group("qy") or m.group("qY"))
        opening = m.group().startswith("Đ") and ground.opens(m)
        if year and not m.group("q2") and (opening or ground.before(m, 60, AIMED)):
            last = month_end(date(year, QUARTERS[m.group("q1").upper()] * 3, 1))
            yield due(m, f"{last:%Y-%m}", last, source, strict=False, confidence=0.8)


def by_then(ground: Ground) -> Iterator[list[Schedule]]:
    """ "Đến ngày 30/6, …" opens what is due, "từ ngày ký đến ngày 31/12" ends it."""
    for m in ground.all(BY_DAY):
        day, source = ground.day(m, 1)
        if day and _is_end(ground, m, day):
            yield due(m, day.isoformat(), day, source, strict=False, confidence=0.8)
    for m in ground.all(BY_MONTH):
        month, source = ground.month(m, 1)
        if month and _is_end(ground, m, month_end(month)):
            last = month_end(month)
            yield due(m, f"{month:%Y-%m}", last, source, strict=False, confidence=0.8)
    for m in ground.all(HEADING_MONTH):
        month, source = ground.month(m, 1)
        if month and m.group().isupper():
            (found,) = due(m, f"{month:%Y-%m}", month_end(month), source, strict=False)
            yield [replace(found, start=m.start("when"), confidence=0.75)]


def _is_end(ground: Ground, m: re.Match[str], day: date) -> bool:
    """Does "đến …" open a sentence, end what began with an act, or follow an aim?"""
    if ground.before(m, 60, FROM_ISSUE):
        return True
    if m.group().startswith("Đ") and ground.opens(m):
        return not looks_back(ground, m, day)
    if not ground.coming(day):
        return False
    return bool(m.group("now")) or (
        bool(DAY_WORDS.search(m.group())) and ground.before(m, 60, AIMED)
    )


def act_months(ground: Ground) -> Iterator[list[Schedule]]:
    """ "hoàn thành tháng 8/2024": a printed year that is not over yet, and an act."""
    for m in chain(ground.all(ACT_MONTH), ground.all(ROUND)):
        month, source = ground.month(m, 1)
        issued = ground.plan.issued_on or ""
        if month and (source == "text" or m.re is ROUND) and f"{month:%Y-%m}" >= issued[:7]:
            (found,) = window(m, f"{month:%Y-%m}", month, month_end(month), source)
            yield [replace(found, start=m.start("when"), confidence=0.8)]


def opening_months(ground: Ground) -> Iterator[list[Schedule]]:
    """ "- Tháng 4: tổ chức …": an item that opens with its month."""
    for m in ground.all(STAGE_MONTH):
        month, source = ground.month(m, 1)
        opened = m.group().startswith("T") and ground.opens_item(m)
        if month and opened and ground.coming(month_end(month)):
            (found,) = window(m, f"{month:%Y-%m}", month, month_end(month), source)
            yield [replace(found, confidence=0.75)]


def bound_years(ground: Ground) -> Iterator[list[Schedule]]:
    """Years that an act, a goal or a heading ties to the plan."""
    for m in ground.all(REACHED_BY):
        (found,) = due(m, m["year"], date(int(m["year"]), 12, 31), "text", strict=False)
        if ground.ahead(int(m["year"])) and not ground.before(m, 60, patterns.PAST_BEFORE):
            yield [replace(found, end=m.end("when"), confidence=0.8)]
    for pattern in (SCHOOL_YEAR, STAGE_FIELD):
        for m in ground.all(pattern):
            first, last = int(m.group("first")), int(m.group("last"))
            bound = (pattern is SCHOOL_YEAR and m["in"]) or ground.fills_field(m)
            if first < last and bound and ground.ahead(last):
                yield year_window(m, first, last, "text", 0.8)
    for pattern in (BY_YEAR, THIS_YEAR, YEAR_AHEAD):
        for m in ground.all(pattern):
            groups = m.groupdict()
            n = next(n for n in ("", "2", "3") if groups.get(f"when{n}"))
            first = int(groups[f"year{n}"])
            last = int(groups.get("last") or first)
            late = pattern is not YEAR_AHEAD or ground.ahead(first)
            if first <= last and late and not ground.before(m, 60, patterns.PAST_BEFORE):
                (found,) = year_window(m, first, last, "text", 0.75)
                yield [replace(found, start=m.start(f"when{n}"), end=m.end(f"when{n}"))]
    for m in ground.all(STAGE_ACT):
        first, last = int(m.group("first")), int(m.group("last"))
        told = ground.before(m, 60, patterns.PAST_BEFORE)
        if first < last and ground.ahead(last) and not told:
            (found,) = year_window(m, first, last, "text", 0.75)
            yield [replace(found, start=m.start("when"))]
    for m in chain(ground.all(SPAN_YEARS), ground.all(STAGE_SPAN)):
        first, last = int(m.group("first")), int(m.group("last"))
        if first < last <= first + 10 and ground.ahead(last):
            yield year_window(m, first, last, "text", 0.75)
    for m in ground.all(OPENING_YEAR):
        opened = int(m.group("year"))
        if ground.ahead(opened) and opened >= (ground.plan.first_year or 0):
            yield year_window(m, opened, opened, "text", 0.75)
    for m in chain(ground.all(STAGE), ground.all(STAGE_TITLE)):
        end = date(int(m.group("year")), 12, 31)
        (found,) = due(m, m.group("year"), end, "text", strict=False)
        yield [replace(found, start=m.start("when"))]
    for m in chain(ground.all(STAGE_YEARS), ground.all(STAGE_YEAR)):
        first, last = int(m.group("first")), int(m.group("last") or m.group("first"))
        if first <= last and ground.ahead(last) and ground.opens_item(m):
            yield year_window(m, first, last, "text", 0.75)
    for m in ground.all(UNTIL_YEAR_END):
        year, source = ground.year(m.group("year"))
        if year and not ground.before(m, 12, FORECAST):
            yield due(m, f"{year}", date(year, 12, 31), source, strict=False, confidence=0.8)
