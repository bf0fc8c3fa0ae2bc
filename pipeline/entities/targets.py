"""Quantified goals (chỉ tiêu): percentages, counts and ranks with comparator, unit and subject.

In: clean text with citations masked.  Out: ``Goal`` objects.  A number is a goal when something
makes it one: a percent sign, "tối thiểu", "ít nhất", "đạt", "trong nhóm … dẫn đầu"; ages, shares of
conditions, article numbers and amounts of a rule are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.record import Comparator
from pipeline.entities.schedules import cover

_N = r"(?:\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)"
_CMP = (
    r"(?:tối thiểu|ít nhất|trên|hơn|từ|đạt(?:\s+(?:tối thiểu|ít nhất|từ|trên))?"
    r"|không dưới|tối đa|không quá|dưới|khoảng|tăng|giảm)"
)
_AT_LEAST = re.compile(r"(?i)tối thiểu|ít nhất|trên|hơn|không dưới|từ\b")
_AT_MOST = re.compile(r"(?i)tối đa|không quá|(?<!không )dưới")
_SIMPLE_PERCENT = re.compile(
    rf"(?<![\d.,/])(?:(?P<sign>[<>≤≥])\s?)?(?P<value>{_N})\s?%?\s*(?:(?:[-–÷]"
    rf"|đến)\s*(?P<max>{_N})\s?)?%(?P<up>\s+trở (?:lên|xuống))?",
    re.I,
)
_COUNT = re.compile(
    r"(?<!\w)(?P<cmp>tối thiểu|ít nhất|tối đa|không quá"
    rf"|không ít hơn)\s+(?:từ\s+)?(?P<value>{_N})\s+(?P<unit>(?:[^\W\d_]+/)?[^\W\d_]+(?:"
    r"[ ][^\W\d_]+)?)",
    re.I,
)
_RANK = re.compile(
    r"(?<!\w)(?:trong|thuộc|nằm trong)\s+(?:nhóm|top"
    r"|tốp)\s+(?P<value>\d{1,2})(?P<rest>\s+(?:tỉnh|địa phương|bộ"
    r"|đơn vị)[^.;\n]{0,80}?(?:dẫn đầu|đứng đầu|cao nhất|đầu)(?:\s+(?:cả nước|toàn quốc"
    r"|của cả nước))?)?",
    re.I,
)
_TIMES = re.compile(
    r"(?<!\w)(?:(?P<cmp>tối thiểu"
    r"|ít nhất)\s+)?(?P<value>\d{1,3})\s+lần\s*/\s*(?:0?1\s*)?(?:tuần|tháng|quý|năm)",
    re.I,
)
_UNIT_WORDS = (
    r"[^\W\d_]+(?:[ ,]+(?!(?:và|được|có|để|cho|trong|của|tại|theo|với|là|đã|vào|trên"
    r"|trước|năm|từ|đến|các|về)\b)[^\W\d_]+){0,2}"
)
# Verbs of delivery: the count behind them is what the plan promises.
_DELIVERED = re.compile(
    r"(?<!\w)(?P<verb>phấn đấu|giải quyết|xóa|xoá|chuẩn bị|thu hút|tuyển(?: sinh| mới)?"
    rf"|thành lập|xây dựng(?: mới)?|tập huấn|trao tặng[^.;\n\d]{{0,30}}cho|tặng|phát hành"
    r"|lắp đặt|công nhận(?: mới| lại)?(?: tăng thêm)?(?: được)?|tăng thêm(?: là| được)?"
    r"|bồi dưỡng|đào tạo|tổ chức|hoàn thành|mở|lựa chọn|tại|trồng(?: mới| rừng)?|phát triển"
    r"|thực hiện|sản xuất|trang bị|triển khai|tiếp nhận"
    r"|(?:đào tạo|bồi dưỡng|tập huấn|năng lực)[^.;\n\d]{0,60}?\scho)"
    rf"[ ]+(?P<cmp>khoảng\s+|trên\s+|hơn\s+|từ\s+)?(?P<value>{_N})(?:\s?[-–]\s?(?P<max>{_N}))?"
    rf"\s+(?P<unit>{_UNIT_WORDS})",
    re.I,
)
# Under "Mục tiêu" or "Chỉ tiêu" a plain count is a goal too: "toàn tỉnh có 50 xã …".
_AIMED = re.compile(
    rf"(?<!\w)(?:có|đạt|thêm|là)[ ]+(?P<cmp>khoảng\s+|trên\s+|hơn\s+|từ\s+)?(?P<value>{_N})"
    rf"\s+(?P<unit>{_UNIT_WORDS})",
    re.I,
)
_TOTAL = re.compile(
    r"(?<!\w)Tổng(?! hợp| kết| thể| cục| công| thư| [Ll]iên)(?: số"
    r"| cộng)?(?P<what>[^\n.;:\d]{0,60}?)"
    rf"\s*:?\s*(?P<value>{_N})\s+(?P<unit>[^\W\d_]+)",
    re.M,
)
_SHARED = re.compile(rf"^(?P<value>{_N})\s+(?P<unit>[^\W\d_]+)\s*\(\s*{_N}\s?%\s*\)", re.M)
_WORTH = re.compile(
    r"(?<!\w)(?:quà|suất|phần"
    rf"|giải)[^.;\n\d]{{0,25}}trị"
    rf" giá\s+(?P<value>{_N})\s+(?P<unit>đồng(?:/(?:\d+\s+)?[^\W\d_]+)?)",
    re.I,
)
_CRITERIA = re.compile(
    r"(?<!\w)(?:kiềm chế,? (?:và )?)?(?:kéo"
    r" )?giảm[^.;\n%]{0,70}?\s(?P<value>0?\d)\s+(?P<unit>tiêu chí)[^.;\n%]*",
    re.I,
)
_STATISTIC = re.compile(
    r"(?i)\b(?:đã|ghi nhận|xảy ra|phát hiện|thế giới|chiếm|xử phạt|hiện có|hiện nay|gồm"
    r"|tính đến|thống kê)\b[^.;\n]*$"
)
# "đến năm 2030 đạt 95%, năm 2029 là 90%": where it stands beside where it should go.
_BASELINE = re.compile(r"(?i)[,(]\s*năm\s+(?:19|20)\d\d\s+(?:là|đạt)\s+$")
# "từ 60% lên 70%": the second is the goal.
_RISES = re.compile(r"\s*(?:lên|xuống|tăng lên|giảm xuống)(?: còn)?\s+\d")
_LONE_SHARE = re.compile(rf"[ ]*{_N}\s?%[ ]*(?:\n|$)")
_COUNT_UNIT_NOT = re.compile(
    r"(?i)(?:quốc gia|loại|miền|cấp|trường hợp|vụ|ca|triệu|nghìn|tỷ|điều|giờ|phút|ngày"
    r"|tháng|năm|tuần|tuổi|lần|mục|nhóm|nhiệm vụ|nội dung|bước|giải pháp|văn bản|khâu|là|và|có)\b"
)
_TAIL_STOP = re.compile(
    r"[.;:\n()“”\"]|,\s(?=(?:Ủy ban|UBND|Sở|Bộ)\b|(?:(?:trên|dưới|tối thiểu|ít nhất) )?"
    r"\d+(?:,\d+)?\s?%|(?:có|và|đồng thời|trong đó|qua|được|phấn đấu"
    r"|góp phần|để"
    r"|nhằm)\b)|\s(?=(?:được|có|đã|phải|trong việc|để|nhằm|biết|nắm|tham gia|thực hiện"
    r"|đạt|vào|trước|theo|qua|khi|sử dụng|hoàn thành|đối với|kèm|do)\b)"
)
_OTHER_SHARE = re.compile(rf"{_TAIL_STOP.pattern}|\svà\s(?={_N}\s?%)")
_LEAD = re.compile(
    r"(?:tỷ lệ|tỉ lệ|kéo giảm|giảm|tăng|nâng|hoàn thành|đạt|phấn đấu|hỗ trợ|bảo đảm"
    r"|đảm bảo|chỉ số|mức)\b[^.;:\n%]{0,140}$",
    re.I,
)
_CONDITION = re.compile(
    r"(?i)(?:nếu|trường hợp|người có|sở hữu|tài sản|vốn|lãi suất|giá trị làm lợi"
    r"|chiếm(?: tỷ lệ)?)[^.;\n]{0,40}$"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; offsets into the clean text."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    subject: str | None
    confidence: float = 0.85


def number(printed: str) -> float:
    """Vietnamese number → float: "200.000" is two hundred thousand, "12,4" twelve point four."""
    return float(printed.replace(".", "").replace(",", "."))


def find(
    text: str,
    *,
    masked: Iterable[tuple[int, int]] = (),
    aims: Iterable[tuple[int, int]] = (),
    span: tuple[int, int] | None = None,
) -> list[Goal]:
    """Goals of a text, in order, without overlaps.

    Args:
        text: clean text.
        masked: spans in which nothing is looked for.
        aims: spans under a heading that announces goals.
        span: only inside this stretch.
    """
    covered = cover(text, masked)
    start, end = span or (0, len(text))
    found: list[Goal] = []
    for rule in (_ranks, _times, _counts, _delivered, _totals, _percents, _criteria):
        for goal in rule(covered, start, end):
            if not any(g.start < goal.end and goal.start < g.end for g in found):
                found.append(goal)
    for a, b in aims:
        for goal in _delivered(covered, a, b, (_AIMED,)):
            if not any(g.start < goal.end and goal.start < g.end for g in found):
                found.append(goal)
    return sorted(found, key=lambda goal: goal.start)


def _ranks(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in _RANK.finditer(text, start, end):
        unit = re.match(
            r"\s+((?:tỉnh|địa phương|bộ|đơn vị)(?:, thành phố)?)", m.group("rest") or ""
        )
        yield Goal(
            m.start(),
            m.end(),
            float(m.group("value")),
            None,
            unit.group(1) if unit else None,
            "in",
            None,
        )


def _times(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in _TIMES.finditer(text, start, end):
        yield Goal(
            m.start(),
            m.end(),
            float(m.group("value")),
            None,
            "lần",
            ">=" if m.group("cmp") else "=",
            None,
        )


def _counts(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in _COUNT.finditer(text, start, end):
        if text[m.end() : m.end() + 1] == "%" or re.match(
            r"(?i)(?:ngày|tháng|năm|tuần|giờ|phút|lần|tuổi)", m.group("unit")
        ):
            continue
        after = re.match(
            r"\s+(?:trong năm|mỗi (?:năm|quý|tháng)|/(?:năm|quý|tháng))",
            text[m.end() : m.end() + 14],
        )
        unit = m.group("unit").strip()
        unit = unit if "/" not in unit else unit.split()[0]
        stop = m.start("unit") + len(unit)
        if after:
            stop = m.end() + after.end()
        yield Goal(
            m.start(),
            stop,
            number(m.group("value")),
            None,
            unit,
            _comparator(m.group("cmp")),
            None,
            0.8,
        )


def _percents(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in _SIMPLE_PERCENT.finditer(text, start, end):
        before = text[max(start, m.start() - 150) : m.start()]
        if _CONDITION.search(before[-60:]) or before.endswith(("(-", "(", "+")):
            continue
        if _STATISTIC.search(before[-90:]) or re.search(r"(?i)ví dụ[^.;]*$", before):
            continue
        if re.match(r"\s*số (?:câu hỏi|điểm)", text[m.end() : m.end() + 14]):
            continue  # the mark that passes an examination
        if _LONE_SHARE.match(text, text.rfind("\n", 0, m.start()) + 1):
            continue
        if _BASELINE.search(before) or _RISES.match(text, m.end()):
            continue
        begin = m.start()
        comparator: Comparator = "="
        cmp = re.search(rf"(?i)(?<!\w)({_CMP})\s*$", before)
        if cmp:
            begin -= len(before) - cmp.start()
            comparator = _comparator(cmp.group(1))
        if m.group("up"):
            comparator = ">=" if "lên" in m.group("up") else "<="
        if m.group("sign"):
            comparator = ">=" if m.group("sign") in ">≥" else "<="
        if m.group("max"):
            comparator = ">="
        line = re.split(r"[.;:\n]", before)[-1]
        lead = _LEAD.search(line)
        subject = None
        stop = m.end()
        if lead and (
            cmp or m.group("up") or re.match(r"(?i)hỗ trợ|kéo giảm|giảm|tăng", lead.group())
        ):
            begin = m.start() - (len(line) - lead.start())
        if not m.group("up"):
            tail = text[m.end() : min(end, m.end() + 140)]
            shares = tail.startswith(" là ")  # "50% là nam và 50% là nữ" is one goal
            cut = (_TAIL_STOP if shares else _OTHER_SHARE).search(tail)
            stop = m.end() + len(tail[: cut.start() if cut else len(tail)].rstrip(" ,"))
            subject = " ".join(text[m.end() : stop].split()) or None
        most = number(m.group("max")) if m.group("max") else None
        yield Goal(begin, stop, number(m.group("value")), most, "%", comparator, subject)


def _delivered(
    text: str, start: int, end: int, verbs: tuple[re.Pattern[str], ...] = (_DELIVERED,)
) -> Iterator[Goal]:
    """Counts of what the plan delivers; statistics of the past are none."""
    for pattern in verbs:
        for m in pattern.finditer(text, start, end):
            unit = " ".join(m.group("unit").split())
            if _COUNT_UNIT_NOT.match(unit) or _STATISTIC.search(
                text, max(start, m.start() - 90), m.start()
            ):
                continue
            tail = text[m.end("unit") : min(end, m.end("unit") + 60)]
            cut = _TAIL_STOP.search(tail)
            stop = m.end("unit") + len(tail[: cut.start() if cut else len(tail)].rstrip(" ,"))
            value = number(m.group("value"))
            begin = m.start("cmp") if m.group("cmp") else m.start("value")
            most = m.groupdict().get("max")
            comparator = ">=" if most else _comparator(m.group("cmp"))
            highest = number(most) if most else None
            yield Goal(begin, stop, value, highest, unit, comparator, None, 0.65)


def _totals(text: str, start: int, end: int) -> Iterator[Goal]:
    """Totals, shares of a table's lines and the worth of gifts."""
    for pattern in (_TOTAL, _SHARED, _WORTH):
        for m in pattern.finditer(text, start, end):
            if not _COUNT_UNIT_NOT.match(m.group("unit")):
                value, unit = number(m.group("value")), m.group("unit")
                yield Goal(m.start(), m.end(), value, None, unit, "=", None, 0.65)


def _criteria(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in _CRITERIA.finditer(text, start, end):
        if _STATISTIC.search(text, max(start, m.start() - 90), m.start() + 6):
            continue
        yield Goal(
            m.start(),
            m.start() + len(m.group().rstrip()),
            float(m.group("value")),
            None,
            "tiêu chí",
            "=",
            None,
            0.6,
        )


def _comparator(printed: str | None) -> Comparator:
    if printed is None:
        return "="
    if _AT_MOST.search(printed):
        return "<="
    return ">=" if _AT_LEAST.search(printed) else "="
