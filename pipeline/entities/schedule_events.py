"""Times that an event names instead of a date: feasts, named days, before or after something.

In: ``Ground``.  Out: groups of ``Schedule`` objects, as in ``schedule_rules``.  Patterns and rules
stand together here, because each pattern has a rule of its own.  A feast has no value: how many
days it takes is decided every year anew (Bộ luật Lao động 2019, Điều 112), and the lunar ones move.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pipeline import gazetteers
from pipeline.entities.schedule_patterns import PAST_BEFORE
from pipeline.entities.schedule_values import (
    LENGTHS,
    Ground,
    Schedule,
    count_of,
    month_end,
    window,
)
from pipeline.entities.stretches import MASK
from pipeline.language.letters import UPPER

# --- feasts and named days ----------------------------------------------------------------------

_FEAST = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in gazetteers.holidays())
_YEAR_NAME = (
    r"(?:\s+(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)"
    r"\s+(?:Tý|Tí|Sửu|Dần|Mão|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi))?(?:\s+(?:năm\s+)?20\d\d)?"
)
_DAY_MONTH = r"\(?(?:ngày\s+)?\d{1,2}\s?/\s?\d{1,2}\)?(?![\d/%])"
# "Lễ tổng kết" is a ceremony, "Lễ" alone the holidays.
_ONE = (
    rf"(?:(?:các|mùa|những|ngày)\s+)?(?:(?:{_FEAST})(?!\w)"
    rf"(?!\s+(?:tổng kết|trao|khai|phát động|ký|công bố|kỷ niệm)\b)"
    rf"{_YEAR_NAME}(?:\s*{_DAY_MONTH})?|{_DAY_MONTH})"
)
_AROUND = r"(?:(?:trước\s*,?\s*)?trong(?:\s+và\s+sau)?|vào|nhân|trước|sau)\s+"
FEASTS = re.compile(
    rf"(?<!\w)(?:(?:(?:{_AROUND})(?:(?:các|những|mỗi|suốt)\s+)?|(?:các|những|mỗi)\s+|(?<=là ))"
    r"(?:dịp|kỳ\s+nghỉ|đợt\s+nghỉ|kỳ|ngày\s+nghỉ|thời\s+gian\s+nghỉ|(?:đợt\s+)?cao\s+điểm)\s+"
    r"(?:(?:nghỉ|cao\s+điểm|trước\s*,\s*trong\s+và\s+sau)\s+)*"
    r"|trước\s*,\s*trong\s+và\s+sau\s+(?=[^\d]))"
    rf"(?:(?:cuối|đầu)\s+năm(?!\s+học)|{_ONE}(?:\s*(?:,|và|hoặc|-|–)\s*{_ONE}){{0,8}})"
    r"(?:\s*(?:,|và)\s+(?:các\s+)?(?:kỳ|dịp|ngày)\s+(?:nghỉ\s+)?(?:lễ|tết)\s+khác)?"
    r"(?:\s+(?:trong\s+)?năm\s+20\d\d)?(?!\w)",
    re.I,
)
_DAYS = re.compile(r"(\d{1,2})\s?/\s?(\d{1,2})")
_NAMED_FEAST = re.compile(rf"(?<!\w)(?:{_FEAST})(?!\w)", re.I)
_NAME_OF_DAY = re.compile(r"^nhân\s+(?:dịp\s+)?")
_PRINTED_YEAR = re.compile(r"20\d\d")
# "Chỉ thị số … về bảo đảm an toàn trong dịp Tết": the feast is the cited title's.
_CITED_TITLE = re.compile(rf"{MASK}[^.;:\n{MASK}]{{0,120}}?\s(?:về|quy định|phê duyệt)\s[^.;:\n]*$")

# What goods are wanted for, who lost work: no time of a duty.
_NEED = re.compile(
    r"(?i)(?:nhu cầu (?:sử dụng|tiêu dùng|cao|thị trường)|mất việc)[^.;\n]*$|nhiều\s+$"
)

_DATE = r"(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})(?:\s?[-/.]\s?(?P<y>(?:19|20)\d\d))?\)?(?![\d/%])"
NAMED_DAY = re.compile(
    rf"(?<!\w)(?:nhân|hưởng ứng|kỷ niệm|vào)\s+(?:dịp\s+)?"
    rf"(?:ngày|Ngày)\s+[{UPPER}][^.;:\n\d]{{3,60}}?\s*\(?(?:ngày\s+)?{_DATE}"
)
# The further days of a list: "…, Ngày thế giới phòng, chống lao (24/3)".
NEXT_DAY = re.compile(
    rf"(?<!\w)[Nn]gày\s+(?:[{UPPER}]|hội|pháp luật|quốc tế|thành lập|thế giới|toàn|truyền thống)"
    rf"[^.;:\n\d()]{{2,60}}?\s*\(?(?:ngày\s+)?{_DATE}"
)
NAMED_MONTH = re.compile(
    r"(?<!\w)Tháng\s+(?!\d)[^.;:\n\d()]{3,80}?\s*\(tháng\s+(?P<mo1>\d{1,2})"
    r"(?:\s?/\s?(?P<my1>20\d\d))?(?P<mY1>)\)"
)
_OCCASION = re.compile(
    r"(?i)\b(?:nhân|hưởng ứng|kỷ niệm|chào mừng|dịp|sự kiện|các ngày|trong"
    r"|tháng hành động)\b[^\n]*$"
)
# "thông xe dịp 30/4/2025", "dịp lễ 30/4 - 01/5/2025": the days themselves are the occasion.
_SHORT_DAY = r"\d{1,2}\s?/\s?\d{1,2}(?:\s?/\s?(?:20)\d\d)?(?![\d/%])"
DATED_FEAST = re.compile(
    rf"(?<!\w)(?:chào mừng\s+)?dịp\s+(?:(?:nghỉ|lễ|ngày)\s+){{0,3}}{_SHORT_DAY}"
    rf"(?:\s*(?:,|và|-|–)\s*{_SHORT_DAY}){{0,3}}(?:\s+năm\s+20\d\d)?",
    re.I,
)
UNDATED_DAY = re.compile(
    rf"(?<!\w)nhân\s+(?:dịp\s+)?(?:Ngày|ngày|Tuần lễ|Tháng)\s+[{UPPER}][^.,;:()\n\d]{{3,60}}?"
    r"(?=\s+(?:tại|trên|của|và|để|theo|hằng|hàng|năm|thông qua|trong|cho|với)\b|[.,;:()\n]|$)"
)


def is_subject(text: str, schedule: Schedule, title: str) -> bool:
    """Is an event without a value what the plan is about: "… dịp Tết Nguyên đán" in its title?"""
    if schedule.kind != "event" or schedule.value:
        return False
    words = text[schedule.start : schedule.end]
    if _NAMED_FEAST.search(words):
        return bool(_NAMED_FEAST.search(title))
    return _NAME_OF_DAY.sub("", words).casefold() in title.casefold()


def feasts(ground: Ground) -> Iterator[list[Schedule]]:
    """ "trong dịp Tết Nguyên đán", "dịp 30/4 - 01/5", "nhân Ngày Pháp luật (09/11)"."""
    for m in ground.all(NAMED_DAY):
        yield from _named_day(ground, m)
    for m in ground.all(NEXT_DAY):
        if ground.before(m, 300, _OCCASION):
            yield from _named_day(ground, m)
    for m in ground.all(NAMED_MONTH):
        month, source = ground.month(m, 1)
        if month and ground.before(m, 400, _OCCASION):
            yield window(m, f"{month:%Y-%m}", month, month_end(month), source, confidence=0.7)
    for m in ground.all(FEASTS):
        if not (ground.before(m, 300, _CITED_TITLE) or ground.before(m, 120, _NEED)):
            yield [_feast(ground, m)]
    for m in ground.all(DATED_FEAST):
        if not (ground.before(m, 300, _CITED_TITLE) or ground.before(m, 60, PAST_BEFORE)):
            yield [_feast(ground, m, dated=True)]
    for m in ground.all(UNDATED_DAY):
        yield [Schedule(m.start(), m.end(), "event", relation="on", confidence=0.6)]


def _named_day(ground: Ground, m: re.Match[str]) -> Iterator[list[Schedule]]:
    year, source = ground.year(m.group("y"))
    try:
        day = date(year or 0, int(m.group("m")), int(m.group("d")))
    except ValueError:
        return
    yield window(m, day.isoformat(), day, day, source, confidence=0.8)


def _feast(ground: Ground, m: re.Match[str], *, dated: bool = False) -> Schedule:
    """A feast by name has no value; one by its days ("30/4 - 01/5") has them."""
    printed = _PRINTED_YEAR.search(m.group())
    year, source = ground.year(printed.group() if printed else None)
    try:
        days = [date(year or 0, int(month), int(day)) for day, month in _DAYS.findall(m.group())]
    except ValueError:
        days = []
    if not days or (not dated and _NAMED_FEAST.search(m.group())):
        return Schedule(m.start(), m.end(), "event", relation="within", confidence=0.6)
    first, last = min(days), max(days)
    value = f"{first}" if first == last else f"{first}/{last}"
    return Schedule(
        m.start(), m.end(), "event", value, first.isoformat(), last.isoformat(), "within",
        year_from=source, confidence=0.7,
    )  # fmt: skip


# --- counted from an event, before it or after it -----------------------------------------------

WITHIN_DAYS = re.compile(
    r"(?<!\w)(?:(?:chậm nhất|muộn nhất|không quá)\s+(?:là\s+)?(?:trong\s+|sau\s+)?"
    r"|(?:trong|sau)\s+(?:vòng|thời hạn|thời gian)?\s*)(?:\(?)(?P<n>\d{1,3}|một|hai|ba)\s*"
    r"(?P<unit>ngày|giờ|h|tháng|tuần)"
    r"(?P<work>\s+làm việc)?\s*,?\s*(?P<anchor>(?:kể\s+)?(?:từ|sau|trước)"
    r"(?:\s+(?:ngày|khi|thời điểm))?\s+[^.;,()\n]{3,80}?(?=\s+(?:theo|để|phải|gửi)\s|[.;,()\n]|$))",
    re.I,
)
DAYS_BEFORE = re.compile(
    r"(?<!\w)(?:chậm nhất\s+)?(?P<anchor>trước\s+(?:(?:khi|ngày|thời điểm|khai mạc|Tết"
    r"|(?:phiên|cuộc|kỳ)\s+họp)\s+[^.;,()\n\d]{3,50}?|khai mạc|Tết))\s+"
    r"(?:ít nhất\s+|tối thiểu\s+)?(?P<n>\d{1,3})\s*(?P<unit>ngày|tuần)(?!\w)",
    re.I,
)
# "trong thời hạn 10 ngày làm việc phải trả lời": counted from what the sentence tells of.
WITHIN_MUST = re.compile(
    r"(?<!\w)(?:chậm nhất\s+)?trong\s+(?:vòng|thời hạn)\s+(?P<n>\d{1,3})\s*"
    r"(?P<unit>ngày|giờ|h|tuần|tháng)(?:\s+làm việc)?"
    r"(?=,?\s+(?:phải|có trách nhiệm|tiến hành)(?!\w))",
    re.I,
)
# "phải báo cáo trong vòng 24 giờ", "gửi trước ít nhất 05 ngày": counted from the event itself.
WITHIN_BARE = re.compile(
    r"(?<!\w)(?:báo cáo|phải|gửi|trả lời|hoàn thành|xử lý|thông báo|cung cấp)\b[^.;:\n]{0,80}?"
    r"(?P<when>trong (?:vòng|thời hạn)\s+(?P<n>\d{1,3})\s*(?P<unit>ngày|giờ|tuần)(?:\s+làm việc)?)"
    r"(?!\s*(?:,?\s*(?:kể\s+)?từ|sau|trước|tính))",
    re.I,
)
AHEAD = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|thông báo|đăng ký|nộp|trình)\b[^.;:\n]{0,60}?"
    r"(?P<when>trước\s+(?P<least>(?:ít nhất|tối thiểu)\s+)?(?P<n>\d{1,2})\s+(?P<unit>ngày|tuần|giờ)"
    r"(?:\s+làm việc)?(?P<than>\s+so với\s+[^.;,\n]{3,40})?)(?!\s*/)",
    re.I,
)
AS_SOON = re.compile(
    r"(?<!\w)ngay\s+(?:sau\s+)?khi\s+[^.;\n]{3,130}?(?=\s*"
    rf"(?:[.;\n]|,(?!\s*{MASK})|\((?:từ|ngày|kể)|đảm bảo|bảo đảm|phải"
    r"|các\s+\w+\s+có|\d{1,2}\s*\.|$))",
    re.I,
)
_REPORT = r"(?:báo cáo|thông báo|công bố|tổng kết|sơ kết|đánh giá|gửi)"
AFTER_DUTY = re.compile(
    r"(?<!\w)(?P<when>sau khi hoàn thành nhiệm vụ)"
    r"|(?:^|(?<=[.;\n])[ ]?|(?<=- ))(?P<end>Kết thúc\s+(?:đợt|mỗi đợt|cuộc|kiểm tra|thanh tra"
    r"|giám sát|chiến dịch|tháng|kỳ)[^,.;:\n]{0,50}?)"
    r"(?=,|\s+(?:phải|báo cáo|tiến hành|tổ chức|đoàn)\b)"
    rf"|{_REPORT}\b[^.;:\n]{{0,120}}?(?P<told>sau khi\s+(?:kết thúc|hoàn thành|hoàn tất)"
    r"\s+[^.;,:()\n]{3,80})"
    rf"|(?P<then>sau khi\s+(?:kết thúc|hoàn thành|hoàn tất)\s+[^.;,:()\n]{{3,80}}?)"
    rf"(?=,[^.;\n]{{0,50}}?\b{_REPORT}\b)",
    re.I | re.M,
)
# What must be done "trước khi …": said of a duty, not of how a thing is used.
BEFORE_ACT = re.compile(
    r"(?<!\w)(?:phải|có trách nhiệm|báo cáo|thông báo|trình|nộp|hoàn thành|hoàn thiện"
    r"|(?:xin|cho|lấy) ý kiến)\b[^.;:\n]{0,120}?(?P<when>trước khi\s+[^.;,:()\n]{3,90})",
    re.I,
)


def relative(ground: Ground) -> Iterator[list[Schedule]]:
    """Counted from an event: "trong vòng 15 ngày kể từ ngày …", "ngay sau khi …"."""
    for pattern in (WITHIN_DAYS, WITHIN_MUST):
        for m in _some(ground.all(pattern)):
            yield [_counted(m, "no_later_than")]
    for m in _some(ground.all(DAYS_BEFORE)):
        yield [_counted(m, "before")]
    for pattern, relation in ((WITHIN_BARE, "no_later_than"), (AHEAD, "before")):
        for m in _some(ground.all(pattern)):
            if relation == "before" and _is_clock(ground, m):
                continue
            found = _counted(m, relation)
            yield [replace(found, start=m.start("when"), end=m.end("when"), confidence=0.75)]
    for m in ground.all(AS_SOON):
        yield [_around(m, m.start(), m.end(), "from")]
    for m in ground.all(AFTER_DUTY) if ground.says("sau khi", "kết thúc") else ():
        group = next(name for name, words in m.groupdict().items() if words)
        yield [_around(m, m.start(group), m.end(group), "from")]
    for m in ground.all(BEFORE_ACT) if ground.says("trước khi") else ():
        yield [_around(m, m.start("when"), m.end("when"), "before")]


_CLOCK = re.compile(r"\s*(?:\d|phút|ngày|thứ|hằng|hàng|mỗi|trong ngày|cùng ngày|sáng|chiều)", re.I)

_TOLD_WHEN = re.compile(r"\s+(?:khi|trước|kể từ)\b", re.I)


def _is_clock(ground: Ground, m: re.Match[str]) -> bool:
    """ "gửi trước 16 giờ 30 phút" is an hour of the day, "gửi trước 24 giờ" a length."""
    if m["unit"].casefold() != "giờ" or m["least"] or m["than"]:
        return False
    if _CLOCK.match(ground.text, m.end()):
        return True
    return int(m["n"]) < 24 and not _TOLD_WHEN.match(ground.text, m.end())


def _some(found: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Without lengths of nothing: "trong vòng 0 ngày" is a slip of the pen."""
    return (m for m in found if int(count_of(m["n"])))


def _counted(m: re.Match[str], relation: str) -> Schedule:
    length = LENGTHS[m.group("unit").casefold()].format(int(count_of(m.group("n"))))
    anchor = " ".join((m.groupdict().get("anchor") or "").split()) or None
    return Schedule(
        m.start(), m.end(), "relative", length,
        relation="before" if relation == "before" else "no_later_than", anchor=anchor,
    )  # fmt: skip


def _around(m: re.Match[str], start: int, end: int, relation: str) -> Schedule:
    """Before or after something, without a length."""
    words = m.string[start:end].rstrip(" " + MASK)
    anchor = " ".join(words.replace(MASK, " ").split())
    return Schedule(
        start, start + len(words), "relative",
        relation="before" if relation == "before" else "from", anchor=anchor, confidence=0.6,
    )  # fmt: skip
