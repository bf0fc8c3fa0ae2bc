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

Relation = Literal["before", "no_later_than", "on", "within", "from"]

MASK = "\x01"
_Y = r"(?:19|20)\d\d"
_ROMAN_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PERIOD_WORDS = {
    "ngày": "P1D", "tuần": "P1W", "tháng": "P1M", "quý": "P3M", "3 tháng": "P3M", "6 tháng": "P6M",
    "9 tháng": "P9M", "năm": "P1Y", "nửa năm": "P6M", "học kỳ": None, "năm học": "P1Y",
    "2 năm": "P2Y", "5 năm": "P5Y", "2 tháng": "P2M", "1 năm": "P1Y", "1 tháng": "P1M",
}  # fmt: skip
_RRULES = {
    "P1D": "FREQ=DAILY", "P1W": "FREQ=WEEKLY", "P1M": "FREQ=MONTHLY",
    "P2M": "FREQ=MONTHLY;INTERVAL=2", "P3M": "FREQ=MONTHLY;INTERVAL=3",
    "P6M": "FREQ=MONTHLY;INTERVAL=6", "P9M": "FREQ=MONTHLY;INTERVAL=9", "P1Y": "FREQ=YEARLY",
    "P2Y": "FREQ=YEARLY;INTERVAL=2", "P5Y": "FREQ=YEARLY;INTERVAL=5",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanTime:
    """What a plan says of its own time: first and last year, and when it was issued (EDTF)."""

    first_year: int | None = None
    last_year: int | None = None
    issued_on: str | None = None

    @classmethod
    def of(cls, plan_period: str | None, issued_on: str | None) -> PlanTime:
        """From the header's ``plan_period`` and ``issued_on``."""
        years = [int(y) for y in re.findall(_Y, plan_period or "")]
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
    """One deadline; offsets into the clean text, ISO dates, EDTF ``value``."""

    start: int
    end: int
    kind: DeadlineKind
    value: str | None = None
    earliest: str | None = None
    latest: str | None = None
    relation: Relation | None = None
    period: str | None = None
    recurrence: str | None = None
    quota: tuple[Comparator, float, str, str | None] | None = None
    anchor: str | None = None
    year_from: YearSource | None = None
    confidence: float = 0.9


# --- pieces of the grammar ----------------------------------------------------------------------

_DAY = (
    rf"(?:ngày\s+)?(?P<d{{n}}>\d{{{{1,2}}}})\s?[/.\-]\s?(?P<m{{n}}>\d{{{{1,2}}}})(?:\s?[/.\-]\s?(?P<y{{n}}>{_Y}))?(?![\d/%])"
    rf"|ngày\s+(?P<D{{n}}>\d{{{{1,2}}}})\s+tháng\s+(?P<M{{n}}>\d{{{{1,2}}}})(?:\s*,?\s*năm\s+(?P<Y{{n}}>{_Y}))?"
)


def _day(n: int) -> str:
    return "(?:" + _DAY.replace("{n}", str(n)).replace("{{", "{").replace("}}", "}") + ")"


def _month(n: int) -> str:
    return rf"tháng\s+(?P<mo{n}>\d{{1,2}})(?!\d)(?:\s?[/\-]\s?(?P<my{n}>{_Y})|\s+năm\s+(?P<mY{n}>{_Y}))?"


_QUARTER = rf"quý\s+(?P<q1>I{{1,3}}|IV|[1-4])(?![\w])(?:\s*(?:,|và|-|–|đến(?:\s+quý)?)\s*(?:quý\s+)?(?P<q2>I{{1,3}}|IV|[1-4])(?![\w]))*(?:\s?[/\-]\s?(?P<qy>{_Y})|\s+năm\s+(?P<qY>{_Y}))?"
_UNIT = r"(?:0?6\s+tháng|0?3\s+tháng|0?9\s+tháng|0?2\s+tháng|0?1\s+năm|0?2\s+năm|0?5\s+năm|nửa\s+năm|ngày|tuần|tháng|quý|năm(?!\s+\d))"
_EVERY = rf"(?:hàng|hằng|mỗi)\s+{_UNIT}"
_LIST = rf"(?:\s*(?:,|và|/|;|hoặc)\s*(?:(?:hàng|hằng|mỗi)\s+)?{_UNIT}(?!\s+(?:đầu|cuối|tới|qua|học|nay)))*"
_BEFORE = r"(?:(?:xong|hoàn thành|hoàn tất|kết thúc|gửi|báo cáo)\s+)?(?:trước|chậm nhất(?:\s+(?:là|vào|đến|trước))?|muộn nhất(?:\s+là)?|đến hết|hết|không (?:quá|muộn hơn)|trước và trong)"

_DUE_DAY = re.compile(rf"(?<!\w)(?P<rel>{_BEFORE})\s+{_day(1)}(?P<every>\s+(?:hàng|hằng)\s+(?:năm|tháng|quý))?", re.I)
_DUE_MONTHLY_DAY = re.compile(
    rf"(?<!\w)(?P<rel>{_BEFORE})\s+ngày\s+\d{{1,2}}\s+(?:hàng tháng|hằng tháng|của tháng|tháng (?:sau|kế tiếp|cuối|đầu)|mỗi tháng)(?:[^.;,()]{{0,30}}?\b(?P<unit>quý|năm)\b)?", re.I
)
_DUE_MONTH = re.compile(rf"(?<!\w)(?P<rel>{_BEFORE})\s+{_month(1)}", re.I)
_DUE_QUARTER = re.compile(rf"(?<!\w)(?P<rel>{_BEFORE})\s+{_QUARTER}", re.I)
_DUE_YEAR = re.compile(rf"(?<!\w)(?P<rel>đến hết|trước|hết)\s+năm\s+(?P<year>{_Y})", re.I)
_RANGE_DAY = re.compile(rf"(?<!\w)từ\s+{_day(1)}\s+(?:đến|tới)\s+(?:hết\s+)?{_day(2)}", re.I)
_RANGE_MONTH = re.compile(rf"(?<!\w)(?:từ\s+)?{_month(1)}\s*(?:đến|tới|-|–)\s*(?:hết\s+)?{_month(2)}", re.I)
_FROM_MONTH = re.compile(rf"(?<!\w)(?:kể\s+)?từ\s+{_month(1)}", re.I)
_FROM_DAY = re.compile(rf"(?<!\w)(?:kể\s+)?từ\s+{_day(1)}", re.I)
_QUARTERS = re.compile(rf"(?<!\w)(?:trong\s+)?{_QUARTER}", re.I)
_HALF = re.compile(rf"(?<!\w)(?:trong\s+)?0?6\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<year>{_Y}))?", re.I)
_IN_MONTH = re.compile(rf"(?<!\w)(?P<in>(?:trong|vào|đầu|cuối|giữa)\s+)?{_month(1)}", re.I)
_ON_DAY = re.compile(rf"(?<!\w)(?P<in>(?:vào|trong)\s+)?{_day(1)}", re.I)
_IN_YEAR = re.compile(rf"(?<!\w)(?P<in>trong\s+|cả\s+)?(?:các\s+)?năm\s+(?P<year>{_Y})(?:\s*[-–]\s*(?P<year2>{_Y}))?", re.I)
_WHOLE_YEAR = re.compile(r"(?<!\w)(?:trong|cả)\s+năm(?!\s+\d)", re.I)
_STARTING = re.compile(rf"(?<!\w)ngay\s+từ\s+(?:những\s+)?(?:tháng|quý|ngày)?\s*đầu[^.;\n]{{0,30}}?năm(?:\s+(?P<year>{_Y}))?", re.I)
_NAMED_DAY = re.compile(
    rf"(?<!\w)(?:nhân|hưởng ứng|kỷ niệm|vào)\s+(?:dịp\s+)?(?:ngày|Ngày)\s+[A-ZĐÀ-Ỹ][^.;:\n\d]{{3,60}}?\s*\(?(?:ngày\s+)?(?P<d>\d{{1,2}})\s?[-/.]\s?(?P<m>\d{{1,2}})(?:\s?[-/.]\s?(?P<y>{_Y}))?\)?(?!\d)"
)
_FEASTS = re.compile(r"(?<!\w)(?:trong|vào|nhân)\s+(?:các|những|mỗi)\s+(?:dịp|ngày)\s+(?:nghỉ\s+)?(?:lễ|Lễ|Tết|tết)(?:\s*,\s*(?:lễ|Lễ|Tết|tết))*(?!\w)")
_RECURRING = re.compile(rf"(?<!\w)(?:định kỳ\s+)?{_EVERY}{_LIST}", re.I)
_PERIODIC = re.compile(rf"(?<!\w)định kỳ\s+(?:theo\s+)?(?:\(?)(?:vào\s+)?{_UNIT}{_LIST}", re.I)
_TERMS = re.compile(r"(?<!\w)(?:trong\s+)?(?:từng|mỗi)\s+học kỳ(?P<year>\s+và\s+(?:cả\s+)?năm học)?", re.I)
_TIMES = re.compile(
    rf"(?<!\w)(?:(?P<cmp>tối thiểu|ít nhất|tối đa|không quá)\s+)?(?P<count>\d{{1,3}})\s+lần\s*(?:/|mỗi|trong|một|trên)\s*(?:0?1\s*)?(?P<unit>{_UNIT})", re.I
)
_PER_TIMES = re.compile(rf"(?<!\w)(?:mỗi\s+)?(?P<n>\d{{1,2}}|một)?\s*(?P<unit>tuần|tháng|quý|năm)\s*(?:/|một|\s+0?1)\s*lần", re.I)
_QUOTA = re.compile(
    rf"(?<!\w)(?P<cmp>tối thiểu|ít nhất|tối đa|không quá|không ít hơn)\s+(?P<count>\d{{1,5}})\s+(?P<what>[^\d.;,:()]{{2,40}}?)\s*(?P<per>(?:trong|/|mỗi|hàng|hằng|trên)\s*(?:0?1\s*)?(?P<unit>tuần|tháng|quý|năm)(?!\s+\d))", re.I
)
_WITHIN_DAYS = re.compile(
    r"(?<!\w)(?:(?:chậm nhất|muộn nhất|không quá)\s+(?:là\s+)?(?:trong\s+)?|(?:trong|sau)\s+(?:vòng|thời hạn|thời gian)?\s*)(?:\(?)(?P<n>\d{1,3})\s*(?P<unit>ngày|giờ|tháng|tuần)"
    r"(?P<work>\s+làm việc)?\s*,?\s*(?P<anchor>(?:kể\s+)?(?:từ|sau|trước)(?:\s+(?:ngày|khi|thời điểm))?\s+[^.;,()\n]{3,80})", re.I
)
_DAYS_BEFORE = re.compile(r"(?<!\w)(?P<anchor>trước khi\s+[^.;,()\n\d]{3,50}?)\s+(?:ít nhất\s+)?(?P<n>\d{1,3})\s*(?P<unit>ngày|tuần)(?!\w)", re.I)
_AS_SOON = re.compile(r"(?<!\w)ngay\s+(?:sau\s+)?khi\s+[^.;\n]{3,130}?(?=\s*(?:[.;,\n]|đảm bảo|bảo đảm|phải|các\s+\w+\s+có|$))", re.I)
_AFTER_DUTY = re.compile(r"(?<!\w)(?:sau khi hoàn thành nhiệm vụ|(?<=\n)Kết thúc (?:đợt|mỗi đợt) [^,.;\n]{3,40}(?=,))", re.I)
_CONTINUOUS = re.compile(r"(?<!\w)(?:thường xuyên(?:\s*,?\s*(?:liên tục|hàng năm))?|liên tục)(?!\w)", re.I)

FIELD = re.compile(
    r"(?<!\w)(?:Thời gian|Thời hạn|Tiến độ|Lộ trình|Thời điểm)(?:\s+(?!của\b|qua\b|tới\b)[^\s.:;,\n]+){0,6}\s*:\s*(?P<field>[^\n]{1,400}?)(?=\n|[.;]\s|[.;]?$)", re.M
)
_FIELD_TITLE = re.compile(r"(?i)^(?:thời gian|tiến độ|thời hạn|lộ trình|thời điểm)\b")
_NO_DUTY_BEFORE = re.compile(
    r"(?:hiệu lực(?: thi hành)?(?: kể)?|tính(?: đến| từ)?|so với(?: cùng kỳ)?|sinh|kể|áp dụng|trở về|giai đoạn|công bố|xếp hạng|thông qua|đã|được ban hành|ký|ban hành|ngày ký|số liệu)\s*$", re.I
)
_BUDGET_BEFORE = re.compile(r"(?:kinh phí|ngân sách|dự toán|được (?:cấp|giao|bố trí)|kê khai|chi thường xuyên)[^.;\n]{0,60}$", re.I)
_REPORT_NAME = re.compile(r"(?:báo cáo|sơ kết|tổng kết|kế hoạch|kết quả|số liệu|chương trình)\s*$", re.I)


# --- finding ------------------------------------------------------------------------------------


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
    covered = _cover(text, masked)
    start, end = span or (0, len(text))
    zones = sorted({*_fields(covered), *fields})
    found: list[Schedule] = []
    read: list[tuple[int, int]] = []
    for rule in _RULES:
        for group in rule(covered, plan, zones, start, end):
            first = group[0]
            if any(a < first.end and first.start < b for a, b in read):
                continue
            read.append((first.start, first.end))
            found.extend(_plausible(schedule, plan) for schedule in group if _keep(schedule, plan))
    return sorted(found, key=lambda s: (s.start, s.end))


def _cover(text: str, masked: Iterable[tuple[int, int]]) -> str:
    pieces = []
    at = 0
    for a, b in sorted(masked):
        if b > at:
            pieces.append(text[at : max(a, at)])
            pieces.append(MASK * (b - max(a, at)))
            at = b
    pieces.append(text[at:])
    return "".join(pieces)


def _fields(text: str) -> Iterator[tuple[int, int]]:
    for m in FIELD.finditer(text):
        yield m.span("field")


def is_schedule_title(title: str) -> bool:
    """Does a heading promise that its text is a schedule?"""
    return bool(_FIELD_TITLE.match(title))


def _inside(start: int, end: int, zones: list[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b + 1 for a, b in zones)


def _keep(schedule: Schedule, plan: PlanTime) -> bool:
    """Nothing that ended before the plan was issued schedules a duty of it."""
    if not schedule.latest:
        return True
    issued = plan.issued_on or (f"{plan.first_year}" if plan.first_year else None)
    if issued is None:
        return True
    if schedule.earliest and schedule.earliest[:4] < issued[:4] and schedule.latest[:7] <= issued[:7]:
        return False
    return schedule.latest >= issued[:7]


def _plausible(schedule: Schedule, plan: PlanTime) -> Schedule:
    """Far from the plan's own years: keep, but do not be sure."""
    if plan.last_year and schedule.earliest and int(schedule.earliest[:4]) > plan.last_year + 10:
        return replace(schedule, confidence=0.5)
    return schedule


Zones = list[tuple[int, int]]
Rule = Callable[[str, PlanTime, Zones, int, int], Iterator[list[Schedule]]]


def _year_or_plan(year: str | None, plan: PlanTime) -> tuple[int | None, YearSource | None]:
    if year:
        return int(year), "text"
    return plan.year()


def _date_of(m: re.Match[str], n: int, plan: PlanTime, like: int | None = None) -> tuple[date | None, YearSource | None]:
    day = m.group(f"d{n}") or m.group(f"D{n}")
    month = m.group(f"m{n}") or m.group(f"M{n}")
    printed = m.group(f"y{n}") or m.group(f"Y{n}")
    year, source = (like, "text") if printed is None and like else _year_or_plan(printed, plan)
    if year is None:
        return None, None
    try:
        return date(year, int(month), int(day)), source  # type: ignore[return-value]
    except ValueError:
        return None, None


def _month_of(m: re.Match[str], n: int, plan: PlanTime, like: int | None = None) -> tuple[int, int, YearSource] | None:
    month = int(m.group(f"mo{n}"))
    printed = m.group(f"my{n}") or m.group(f"mY{n}")
    year, source = (like, "text") if printed is None and like else _year_or_plan(printed, plan)
    if year is None or source is None or not 1 <= month <= 12:
        return None
    return year, month, source  # type: ignore[return-value]


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _strict(printed: str) -> bool:
    return bool(re.search(r"(?i)\btrước\b", printed)) and not re.search(r"(?i)chậm nhất|muộn nhất|và trong", printed)


def _rejected(text: str, start: int) -> bool:
    return bool(_NO_DUTY_BEFORE.search(text, max(0, start - 40), start))


def _due_days(text: str, plan: PlanTime, zones: Zones, start: int, end: int) -> Iterator[list[Schedule]]:
    for m in _DUE_DAY.finditer(text, start, end):
        if _rejected(text, m.start()):
            continue
        if m.group("every"):
            yield _repeating(m.start(), m.end(), [m.group("every").split()[-1]], plan)
            continue
        day, source = _date_of(m, 1, plan)
        if day is None:
            continue
        strict = _strict(m.group("rel"))
        latest = day - timedelta(days=1) if strict else day
        yield [Schedule(m.start(), m.end(), "due", f"../{day.isoformat()}", None, latest.isoformat(),
                        "before" if strict else "no_later_than", year_from=source, confidence=0.95)]  # fmt: skip
    for m in _DUE_MONTHLY_DAY.finditer(text, start, end):
        yield _repeating(m.start(), m.end(), [m.group("unit") or "tháng"], plan)


def _due_periods(text: str, plan: PlanTime, zones: Zones, start: int, end: int) -> Iterator[list[Schedule]]:
    for m in _DUE_MONTH.finditer(text, start, end):
        found = _month_of(m, 1, plan)
        if found is None or _rejected(text, m.start()):
            continue
        year, month, source = found
        if _strict(m.group("rel")):
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
            relation: Relation = "before"
        else:
            relation = "no_later_than"
        yield [Schedule(m.start(), m.end(), "due", f"../{year}-{month:02d}", None,
                        _last_day(year, month).isoformat(), relation, year_from=source)]  # fmt: skip
    for m in _DUE_QUARTER.finditer(text, start, end):
        year_found, source_found = _year_or_plan(m.group("qy") or m.group("qY"), plan)
        if year_found is None:
            continue
        month = _ROMAN_QUARTERS[m.group("q1").upper()] * 3
        strict = _strict(m.group("rel"))
        if strict:
            month -= 3
        year = year_found if month else year_found - 1
        month = month or 12
        yield [Schedule(m.start(), m.end(), "due", f"../{year}-{month:02d}", None,
                        _last_day(year, month).isoformat(), "before" if strict else "no_later_than", year_from=source_found)]  # fmt: skip
    for m in _DUE_YEAR.finditer(text, start, end):
        if _rejected(text, m.start()):
            continue
        year = int(m.group("year")) - (1 if _strict(m.group("rel")) else 0)
        yield [Schedule(m.start(), m.end(), "due", f"../{year}", None, f"{year}-12-31",
                        "before" if _strict(m.group("rel")) else "no_later_than", year_from="text")]  # fmt: skip


def _ranges(text: str, plan: PlanTime, zones: Zones, start: int, end: int) -> Iterator[list[Schedule]]:
    for m in _RANGE_DAY.finditer(text, start, end):
        second, source = _date_of(m, 2, plan)
        first, _ = _date_of(m, 1, plan, second.year if second else None)
        if first and second and first <= second and not _rejected(text, m.start()):
            yield [Schedule(m.start(), m.end(), "within", f"{first}/{second}", first.isoformat(),
                            second.isoformat(), "within", year_from=source)]  # fmt: skip
    for m in _RANGE_MONTH.finditer(text, start, end):
        last = _month_of(m, 2, plan)
        first_month = _month_of(m, 1, plan, last[0] if last else None)
        if last and first_month and first_month[:2] <= last[:2] and not _rejected(text, m.start()):
            a, b = first_month, last
            yield [Schedule(m.start(), m.end(), "within", f"{a[0]}-{a[1]:02d}/{b[0]}-{b[1]:02d}",
                            date(a[0], a[1], 1).isoformat(), _last_day(b[0], b[1]).isoformat(), "within", year_from=b[2])]  # fmt: skip
    for m in _FROM_MONTH.finditer(text, start, end):
        opened = _month_of(m, 1, plan)
        if opened and not _rejected(text, m.start()) and _is_scheduled(text, m, zones):
            year, month, source_month = opened
            yield [Schedule(m.start(), m.end(), "within", f"{year}-{month:02d}/..",
                            date(year, month, 1).isoformat(), None, "from", year_from=source_month)]  # fmt: skip
    for m in _FROM_DAY.finditer(text, start, end):
        day, source = _date_of(m, 1, plan)
        if day and not _rejected(text, m.start()) and _is_scheduled(text, m, zones):
            yield [Schedule(m.start(), m.end(), "within", f"{day}/..", day.isoformat(), None, "from", year_from=source)]


def _is_scheduled(text: str, m: re.Match[str], zones: Zones) -> bool:
    """In a schedule field, or at the start of its sentence, item or cell."""
    before = text[max(0, m.start() - 3) : m.start()].rstrip(" ")
    return _inside(m.start(), m.end(), zones) or not before or before[-1] in "\n.:;(-+"


def _periods(text: str, plan: PlanTime, zones: Zones, start: int, end: int) -> Iterator[list[Schedule]]:
    for m in _QUARTERS.finditer(text, start, end):
        if _REPORT_NAME.search(text, max(0, m.start() - 20), m.start()) or _rejected(text, m.start()):
            continue
        year, source = _year_or_plan(m.group("qy") or m.group("qY"), plan)
        quarters = [_ROMAN_QUARTERS[q.upper()] for q in re.findall(r"(?i)(?<!\w)(I{1,3}|IV|[1-4])(?!\w)", m.group())[:4]]
        if year is None or not quarters:
            continue
        first, last = min(quarters) * 3 - 2, max(quarters) * 3
        yield [Schedule(m.start(), m.end(), "within", f"{year}-{first:02d}/{year}-{last:02d}",
                        date(year, first, 1).isoformat(), _last_day(year, last).isoformat(), "within", year_from=source)]  # fmt: skip
    for m in _HALF.finditer(text, start, end):
        if _REPORT_NAME.search(text, max(0, m.start() - 20), m.start()):
            continue
        year, source = _year_or_plan(m.group("year"), plan)
        if year is None:
            continue
        first, last = (1, 6) if m.group("half").casefold() == "đầu" else (7, 12)
        yield [Schedule(m.start(), m.end(), "within", f"{year}-{first:02d}/{year}-{last:02d}",
                        date(year, first, 1).isoformat(), _last_day(year, last).isoformat(), "within", year_from=source)]  # fmt: skip
    for m in _STARTING.finditer(text, start, end):
        year, source = _year_or_plan(m.group("year"), plan)
        if year is None:
            continue
        whole = re.search(r"(?i)cả\s+năm", m.group())
        value = f"{year}" if whole else f"{year}-01/.."
        yield [Schedule(m.start(), m.end(), "within", value, f"{year}-01-01",
                        f"{year}-12-31" if whole else None, "within" if whole else "from", year_from=source, confidence=0.7)]  # fmt: skip
    for m in _NAMED_DAY.finditer(text, start, end):
        year, source = _year_or_plan(m.group("y"), plan)
        try:
            day = date(year or 0, int(m.group("m")), int(m.group("d")))
        except ValueError:
            continue
        yield [Schedule(m.start(), m.end(), "within", day.isoformat(), day.isoformat(), day.isoformat(), "on", year_from=source, confidence=0.8)]
    for m in _FEASTS.finditer(text, start, end):
        yield [Schedule(m.start(), m.end(), "within", None, confidence=0.6)]


def _recurring(text: str, plan: PlanTime, zones: Zones, start: int, end: int) -> Iterator[list[Schedule]]:
    for m in _TERMS.finditer(text, start, end):
        group = [Schedule(m.start(), m.end(), "recurring", None, confidence=0.7)]
        if m.group("year"):
            group.extend(_repeating(m.start(), m.end(), ["năm học"], plan))
        yield group
    for m in _TIMES.finditer(text, start, end):
        unit = _unit(m.group("unit"))
        group = _repeating(m.start(), m.end(), [unit], plan)
        quota = (_comparator(m.group("cmp")), float(m.group("count")), "lần", _PERIOD_WORDS.get(unit))
        yield [replace(schedule, quota=quota) for schedule in group]
    for m in _PER_TIMES.finditer(text, start, end):
        n = m.group("n") or "1"
        count = 1 if n == "một" else int(n)
        unit = m.group("unit") if count == 1 else f"{count} {m.group('unit')}"
        if unit in _PERIOD_WORDS:
            yield _repeating(m.start(), m.end(), [unit], plan)
    for m in _QUOTA.finditer(text, start, end):
        unit = _unit(m.group("unit"))
        quota = (_comparator(m.group("cmp")), float(m.group("count")), m.group("what").strip(), _PERIOD_WORDS.get(unit))
        year, source = plan.year()
        if unit == "năm" and m.group("per").casefold().startswith("trong") and year:
            yield [Schedule(m.start(), m.end(), "within", str(year), f"{year}-01-01", f"{year}-12-31",
                            "within", quota=quota, year_from=source, confidence=0.85)]  # fmt: skip
        else:
            yield [replace(s, quota=quota) for s in _repeating(m.start(), m.end(), [unit], plan)]
    for pattern in (_RECURRING, _PERIODIC):
        for m in pattern.finditer(text, start, end):
            units = [_unit(u) for u in re.findall(rf"(?i)(?<!\w){_UNIT}(?!\w)", m.group())]
            if _BUDGET_BEFORE.search(text, max(0, m.start() - 90), m.start()) or units == ["ngày"]:
                continue
            if m.group()[0].islower() and units == ["năm"] and _is_name(text, m.start()):
                continue
            yield _repeating(m.start(), m.end(), units, plan)


def _is_name(text: str, start: int) -> bool:
    """"người có nghĩa vụ kê khai hằng năm": part of a name, no rhythm of a duty."""
    return bool(re.search(r"(?i)(?:nghĩa vụ|chi tiêu|nghỉ phép|nghỉ)\s+(?:\S+\s+){0,3}$", text[max(0, start - 40) : start]))


def _unit(printed: str) -> str:
    words = re.sub(r"\s+", " ", printed.casefold()).strip()
    return re.sub(r"^0(?=\d)", "", words)


def _comparator(printed: str | None) -> Comparator:
    if printed is None:
        return "="
    return "<=" if printed.casefold() in ("tối đa", "không quá") else ">="


def _repeating(start: int, end: int, units: list[str], plan: PlanTime) -> list[Schedule]:
    group = []
    seen = set()
    until = f";UNTIL={plan.last_year}1231" if plan.last_year else ""
    for unit in units:
        period = _PERIOD_WORDS.get(unit)
        if period is None or period in seen:
            continue
        seen.add(period)
        group.append(Schedule(start, end, "recurring", f"R/{period}", period=period, recurrence=_RRULES[period] + until, confidence=0.92))
    return group or [Schedule(start, end, "recurring", None, confidence=0.5)]


def _relative(text: str, plan: PlanTime, zones: Zones, start: int, end: int) -> Iterator[list[Schedule]]:
    for m in _WITHIN_DAYS.finditer(text, start, end):
        unit = {"ngày": "D", "giờ": "H", "tháng": "M", "tuần": "W"}[m.group("unit").casefold()]
        value = f"PT{int(m.group('n'))}H" if unit == "H" else f"P{int(m.group('n'))}{unit}"
        yield [Schedule(m.start(), m.end(), "relative", value, relation="no_later_than", anchor=" ".join(m.group("anchor").split()))]
    for m in _DAYS_BEFORE.finditer(text, start, end):
        unit = "D" if m.group("unit").casefold() == "ngày" else "W"
        yield [Schedule(m.start(), m.end(), "relative", f"P{int(m.group('n'))}{unit}", relation="before", anchor=" ".join(m.group("anchor").split()))]
    for pattern in (_AS_SOON, _AFTER_DUTY):
        for m in pattern.finditer(text, start, end):
            yield [Schedule(m.start(), m.start() + len(m.group().rstrip(" " + MASK)), "relative", None, relation="from", anchor=" ".join(m.group().replace(MASK, " ").split()), confidence=0.6)]


def _in_fields(text: str, plan: PlanTime, zones: Zones, start: int, end: int) -> Iterator[list[Schedule]]:
    """Expressions that are deadlines only where a schedule stands."""
    for m in _IN_MONTH.finditer(text, start, end):
        found = _month_of(m, 1, plan)
        printed_year = m.group("my1") or m.group("mY1")
        in_field = _inside(m.start(), m.end(), zones)
        if found is None or _rejected(text, m.start()) or not (in_field or m.group("in") and (printed_year or True)):
            continue
        if not in_field and not printed_year and not re.match(r"(?i)trong|vào", m.group("in") or ""):
            continue
        year, month, source = found
        yield [Schedule(m.start(), m.end(), "within", f"{year}-{month:02d}", date(year, month, 1).isoformat(),
                        _last_day(year, month).isoformat(), "within", year_from=source)]  # fmt: skip
    for m in _ON_DAY.finditer(text, start, end):
        day, source = _date_of(m, 1, plan)
        if day and _inside(m.start(), m.end(), zones) and not _rejected(text, m.start()):
            yield [Schedule(m.start(), m.end(), "within", day.isoformat(), day.isoformat(), day.isoformat(), "on", year_from=source)]
    for m in _IN_YEAR.finditer(text, start, end):
        year = int(m.group("year"))
        last = int(m.group("year2") or year)
        in_field = _inside(m.start(), m.end(), zones)
        will = m.group("in") and re.match(r"[^.;\n]{0,110}?\bsẽ\b", text[m.end() :])
        if (in_field or will) and not _rejected(text, m.start()):
            value = f"{year}" if last == year else f"{year}/{last}"
            yield [Schedule(m.start(), m.end(), "within", value, f"{year}-01-01", f"{last}-12-31", "within", year_from="text")]
    for m in _WHOLE_YEAR.finditer(text, start, end):
        plan_year, source = plan.year()
        if plan_year and _inside(m.start(), m.end(), zones):
            yield [Schedule(m.start(), m.end(), "within", str(plan_year), f"{plan_year}-01-01", f"{plan_year}-12-31", "within", year_from=source)]
    for m in _CONTINUOUS.finditer(text, start, end):
        if _inside(m.start(), m.end(), zones) and _fills(text, m, zones):
            yield [Schedule(m.start(), m.end(), "continuous", None)]


def _fills(text: str, m: re.Match[str], zones: Zones) -> bool:
    """"Thường xuyên" is the schedule itself: it opens the field or is all of it."""
    for a, b in zones:
        if a <= m.start() and m.end() <= b + 1:
            return not text[a : m.start()].strip(" -–,;") or len(text[a:b]) < 60
    return False


_RULES: tuple[Rule, ...] = (_due_days, _ranges, _due_periods, _relative, _periods, _recurring, _in_fields)
