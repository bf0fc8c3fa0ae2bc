"""Where a plan speaks of what is to be done: times and figures elsewhere bind nobody.

In: clean text, its layout and outline, and the citations found.  Out: stretches in which no
deadline or goal is looked for, the stretches that announce goals, and those that say who qualifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.structure.acts import Layout
from pipeline.structure.outline import Outline

# "… về “Việc trồng cây từ năm 2009 đến hết năm 2023”": the years are the title's; a quoted goal
# has its figure.
_QUOTED_TITLE = re.compile(r"“[^“”\n%]{25,400}”")
_REVIEW = re.compile(
    r"(?i)^(?:khái quát |đánh giá |một số |dự báo )?(?:tình hình|đặc điểm|thực trạng"
    r"|kết quả (?:đạt được|thực hiện|[^\n]*\bnăm 20\d\d$)"
    r"|đánh giá(?=$| chung| tình hình| thực trạng| kết quả)"
    r"|sự cần thiết|bối cảnh|tồn tại|hạn chế|nguyên nhân|nhận định)"
)
# "Đánh giá thực trạng và nâng cao năng lực …" is a duty, not a look back.
_ALSO_DUTY = re.compile(
    r"(?i)\bvà (?:nâng cao|đề xuất|xây dựng|tổ chức|triển khai|hoàn thiện)\b|thời gian thực hiện"
)
# … and so is what names its time or who does it on a line of its own.
_LABELLED = re.compile(r"(?:Thời gian|Đơn vị|Cơ quan) (?:thực hiện|hoàn thành|chủ trì)\s*:")
_DUTIES = re.compile(
    r"(?i)tổ chức (?:triển khai )?thực hiện|phân công|trách nhiệm (?:thực hiện|của)"
    r"|nhiệm vụ của các|tổ chức triển khai"
)
_AIM = re.compile(r"(?i)^(?:các\s+)?(?:mục tiêu|chỉ tiêu)")
_CONDITIONS = re.compile(
    r"(?i)^(?:các )?(?:tiêu chuẩn|điều kiện(?! (?:bảo đảm|đảm bảo|thực hiện|tổ chức))"
    r"|đối tượng,? (?:và )?(?:điều kiện|dự|đăng ký|tham gia dự|tuyển)|xác định người"
    r"|nguyên tắc (?:xét|tuyển)|cách (?:tính|xét)|điểm (?:xét|cộng|ưu tiên)|chế độ ưu tiên"
    r"|hồ sơ(?=$|[:,]| (?:đăng ký|dự|xét|đề nghị|tham gia|tuyển|gồm|bao gồm|và|cần|xin|thi)\b)"
    r"|thể lệ|đăng ký (?:dự|nguyện vọng)|thang điểm|miễn thi|tuyển thẳng)"
)
_ISSUED = re.compile(r"ngày\s+\d{0,2}\s*tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>20\d\d)", re.I)
# "Năm 2030, tỷ lệ hồ sơ đúng hạn đạt 97%", "(năm 2030: 41%)", "Quý I/2031, chỉ số tăng 10%": a
# clause that begins with a time.
_TIMED = re.compile(
    r"(?:(?<=[\n(])|(?<=[.;:+*•-] )|^)(?:(?:kết quả|trong|hết|cuối|tính đến(?: hết)?|đến(?: hết)?"
    r"|theo kết quả [^.;,\n\d]{3,40}) )?(?:(?:(?P<school>năm học)|giai đoạn) 20\d\d ?[-–] ?"
    r"(?P<to>20\d\d)|(?:(?P<half>(?:0?6|0?9) tháng(?: đầu)?) năm "
    r"|quý (?P<quarter>I{1,3}|IV|[1-4]) ?(?:/|năm )"
    r"|(?:hết )?tháng (?P<month>\d{1,2}) ?(?:/|năm )|năm )(?P<year>20\d\d))(?![\d/-]| ?[-–] ?\d)",
    re.I | re.M,
)
_CLAUSE_END = re.compile(
    r"\n|;|\)|\.(?!\d)|,\s(?=(?:đến )?(?:năm|quý|tháng)\s|phấn đấu|mục tiêu)", re.I
)
_STRIVES = re.compile(
    r"(?i)\b(?:phấn đấu|mục tiêu|chỉ tiêu (?:đề ra|là|đến)|yêu cầu|tiếp tục|sẽ)\b"
)
_RESULT = re.compile(
    r"(?i)\d\s?%|\b(?:đạt|được|có|đón|thu|vượt|tăng|giảm|còn|là)\s(?:(?:trên|hơn|gần|khoảng)\s)?\d"
)
_QUARTERS = {"I": 3, "II": 6, "III": 9, "IV": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PURPOSE = re.compile(r"(?:^|(?<=[.;]\s)|(?<=\d\s))(?:Để|Nhằm)\s", re.M)
# Notes at the end of a web page's text: "[1] …" anywhere, "1 …" behind the last words of the act.
_BRACKET_NOTE = re.compile(r"^\[\d{1,3}\][ ]?[^\n]*", re.M)
_NOTES = re.compile(
    r"(?:\./\.|^\*[ ]?Ghi chú[ ]?:[^\n]+)[ ]*\n+(?P<notes>1[ \n][^\n]*\n(?:.*\n){0,60}?2[ \n])",
    re.M,
)


def is_review(title: str) -> bool:
    """Does a heading announce what has been, not what is planned?"""
    return bool(_REVIEW.match(title)) and not _ALSO_DUTY.search(title)


def is_aim(title: str) -> bool:
    """Does a heading announce goals?"""
    return bool(_AIM.match(title))


def is_condition(title: str) -> bool:
    """Does a heading say who qualifies: its thresholds are no goals of the plan?"""
    return bool(_CONDITIONS.match(title))


def hands_out(title: str) -> bool:
    """Does a heading announce duties of the bodies named below it ("Tổ chức thực hiện")?"""
    return bool(_DUTIES.search(title))


def silent(
    text: str, layout: Layout, outline: Outline, cited: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where nothing is to be done: citations, fixed parts, preambles, looks back, notes.

    Args:
        text: clean text.
        layout: its acts and annexes.
        outline: the tree of its headings.
        cited: spans of the citations.
    """
    found = list(cited)
    for act in layout.acts:
        found.append((act.start, act.body_start))
        if act.signoff:
            found.append(act.signoff)
        found.extend(_preamble(text, act.body_start, act.body_end, outline))
    found.extend(_results(text, layout))
    found.extend((annex.start, annex.title_end) for annex in layout.annexes)
    found.extend(m.span() for m in _QUOTED_TITLE.finditer(text))
    for node in outline.walk():
        if is_review(node.title) and not _LABELLED.search(text, node.start, node.end):
            found.append((node.start, node.end))
    found.extend(m.span() for m in _BRACKET_NOTE.finditer(text))
    found.extend(_end_notes(text, layout))
    return found


def aims(outline: Outline) -> list[tuple[int, int]]:
    """Stretches under a heading that announces goals."""
    return [(node.start, node.end) for node in outline.walk() if is_aim(node.title)]


def conditions(outline: Outline) -> list[tuple[int, int]]:
    """Stretches under a heading that says who qualifies."""
    return [(node.start, node.end) for node in outline.walk() if is_condition(node.title)]


def _preamble(text: str, start: int, end: int, outline: Outline) -> Iterator[tuple[int, int]]:
    """From the title to the first heading: why the plan is made, and what has been so far.

    What opens with "Để" or "Nhằm" looks ahead again.
    """
    first = next((node.start for node in outline.nodes if start <= node.start < end), None)
    if first is None:
        return
    purpose = _PURPOSE.search(text, start, first)
    if start < (stop := purpose.start() if purpose else first):
        yield start, stop


def _results(text: str, layout: Layout) -> Iterator[tuple[int, int]]:
    """Clauses with figures of a time that was over when the plan was issued."""
    first = layout.acts[0]
    issued = _ISSUED.search(text, first.start, first.body_start)
    if not issued:
        return
    day = (int(issued.group("year")), int(issued.group("month")))
    for m in _TIMED.finditer(text, first.body_start):
        over = (int(m.group("to") or m.group("year")), _last_month(m))
        stop = _CLAUSE_END.search(text, m.end(), m.end() + 400)
        end = stop.start() if stop else m.end()
        told = text[m.end() : end]
        if over < day and _RESULT.search(told) and not _STRIVES.search(told):
            yield m.end(), end  # the time itself may still bind: "Quý I/2031 ban hành …"


def _last_month(m: re.Match[str]) -> int:
    if m.group("school"):
        return 6
    if m.group("half"):
        return int(m.group("half")[:2].strip())
    if m.group("quarter"):
        return _QUARTERS[m.group("quarter").upper()]
    return int(m.group("month") or 12)


def _end_notes(text: str, layout: Layout) -> Iterator[tuple[int, int]]:
    """Numbered notes behind the end of an act, up to the next annex or act."""
    starts = sorted([*(annex.start for annex in layout.annexes), *(a.start for a in layout.acts)])
    for m in _NOTES.finditer(text):
        begin = m.start("notes")
        yield begin, next((start for start in starts if start > begin), len(text))
