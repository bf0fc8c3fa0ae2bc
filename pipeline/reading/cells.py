"""Tables of a text file that lost their rulings: which lines begin a cell.

In: the lines of a file, cleaned and as they stood.  Out: for every line True where it begins a
cell, False where it goes on with the cell before it, None where it stands in no table or the table
does not tell.

A table pasted from the web puts each cell on lines of its own.  It begins with a line such as "TT"
or with a run of column names, and ends where an act, an annex, a sign-off or running prose begins.
Row numbers and dates always fill a cell alone.  Where the lines after a cell's first are indented
by two spaces, the indent says the rest.
"""

from __future__ import annotations

import re

_NUMBER_COLUMN = re.compile(r"(?:S?TT|S(?:ố|Ố)\s?(?:TT|thứ tự|THỨ TỰ))\.?$", re.I)
_COLUMN = re.compile(
    r"(?:nội dung|nhiệm vụ|công việc|hoạt động|(?:cơ quan|đơn vị|tổ chức|bộ phận|cá nhân)\b|chủ trì"
    r"|phối hợp|thời (?:gian|hạn|điểm)|tiến độ|sản phẩm|kết quả|ghi chú|kinh phí|người )"
    r"[^.;:]{0,40}$",
    re.I,
)
_END = re.compile(
    r"PHỤ LỤC|(?:Phụ lục|Điều|Mẫu số)\s[IVX\d]|Nơi nhận|(?:TM|KT|TL|TUQ)\.|CỘNG H[OÒ]"
    r"|Độc lập\s?[-–]|\((?:Ban hành )?[Kk]èm theo|(?:KẾ HOẠCH|QUYẾT ĐỊNH|QUY CHẾ|ĐỀ ÁN)\b"
    r"|DANH MỤC\b|(?:PHẦN|CHƯƠNG)\s"
)
_ROW_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5})\.?$")
_DAY = r"(?:ngày\s)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?"
_TIME = re.compile(
    rf"(?:(?:20\d\d)(?:\s?[-–]\s?20\d\d)?|(?:Quý|QUÝ)\s(?:[IV]+|\d)\b.{{0,30}}"
    r"|(?:Tháng|Trước|Từ|Đến|Trong|Cuối|Đầu)\s(?=.{0,14}\d).{0,35}|Thường xuyên.{0,12}"
    rf"|H[àằ]ng\s(?:năm|quý|tháng|tuần|ngày)|Cả năm.{{0,8}}|Năm\s\d{{4}}.{{0,14}}|{_DAY}"
    r"|Theo\s(?:kế hoạch|quy định|tiến độ|yêu cầu|chương trình).{0,30})$"
)
_BULLET = re.compile(r"[-–+•*]\s")
_INDENT = re.compile(r"\u0020{1,4}(?=\S)")
_CLOSED = re.compile(r"[.;:!?…][”\")\]]*$")
_PROSE = 30  # characters; a cell this long would go on in an indented line


def starts(texts: list[str], raws: list[str], blanks: list[int]) -> list[bool | None]:
    """Say for every line of a file whether it begins a table's cell.

    Args:
        texts: the cleaned lines.
        raws: the same lines with the white space they began with.
        blanks: the number of empty lines before each.
    """
    indented = [bool(_INDENT.match(raw)) for raw in raws]
    found: list[bool | None] = [None] * len(texts)
    at = 0
    while at < len(texts):
        if not _is_header(texts, indented, at):
            at += 1
            continue
        end = next((i for i in range(at + 1, len(texts)) if _END.match(texts[i])), len(texts))
        body = range(at, end)
        speaks = sum(1 for i in body if indented[i] and texts[i][:1].islower()) > 1
        if speaks:
            end = next((i for i in body if _is_prose(texts, indented, i)), end)
        for i in range(at, end):
            found[i] = i == at or _begins(texts, indented, blanks, i, speaks=speaks)
        at = end if end > at else at + 1
    return found


def _is_header(texts: list[str], indented: list[bool], at: int) -> bool:
    if indented[at]:
        return False
    if _NUMBER_COLUMN.match(texts[at]):
        return True
    names = 0
    while at < len(texts) and names < 3:
        cell = texts[at]
        at += 1
        while at < len(texts) and indented[at]:
            cell += " " + texts[at]
            at += 1
        if not _COLUMN.match(cell):
            return False
        names += 1
    return names == 3


def _is_prose(texts: list[str], indented: list[bool], at: int) -> bool:
    """A line that goes on in one without indent, in a table where cells go on indented."""
    after = at + 1
    return (
        after < len(texts)
        and not indented[at]
        and not indented[after]
        and texts[after][:1].islower()
        and not re.match(r"[a-zđ]\s?[.)]", texts[after])
        and len(texts[at]) > _PROSE
    )


def _begins(
    texts: list[str], indented: list[bool], blanks: list[int], at: int, *, speaks: bool
) -> bool | None:
    text, before = texts[at], texts[at - 1] if at else ""
    alone = _ROW_NUMBER.match(text) or _TIME.match(text)
    if speaks and indented[at]:
        if _BULLET.match(text) or blanks[at] > 1:
            return True
        return None if _CLOSED.search(before) and not text[:1].islower() else False
    if alone or _ROW_NUMBER.match(before):
        return True
    if speaks:
        return not text[:1].islower() or None
    return True if _TIME.match(before) and not text[:1].islower() else None
