"""Which lines of a text go on with the paragraph before, where the reader does not know.

In: all lines of a file.  Out: ``Habits.joins`` for one line after another.  Files pasted from the
web wrap anywhere, put blank lines between wrapped lines, or have lost all paragraph ends; a file's
own habits (share of lines that start in lower case, usual width) say which it is.
"""

from __future__ import annotations

import itertools
import re
import statistics

from pipeline.reading import cells
from pipeline.reading.document import RawLine

_MARKER = re.compile(
    r"(?:[-–+•●▪*]\s|[IVX]{1,6}\s?[.)/]|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)]\s?"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\s|[a-zđ]\s?[.)]\s|[A-ZĐ]\s?[.)]\s|(?:Điều|ĐIỀU)\s\d"
    r"|(?:Phụ lục|Phần|PHẦN|Chương|CHƯƠNG)\s(?:[IVX\d]|thứ|THỨ)|PHỤ LỤC\b)"
)
_FINISHED = re.compile(r"[.;:!?…][”\")\]]*$")
_UNFINISHED = re.compile(
    r"(?:[,(\-–/&“]|\b(?:của|và|các|những|về|cho|tại|theo|ngày|tháng|số|từ|đến|do|với|trong|là|được|để"
    r"|ở|hoặc|bởi|bằng|qua|trên|dưới|cùng|như|khi|một|mỗi|vào|ra|thuộc|Ủy|Uỷ|Quyết|Nghị|Luật|khoản"
    r"|Nghị định|Thông tư|Chỉ thị|Điều)|\b(?:TP|TM|KT|TL)\.)$"
)
# "1. Vụ", "4. Ban Chỉ đạo 389 Bộ": the name of a body broken behind its first word.
_BROKEN_NAME = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-–+])\s(?:(?:Đề nghị|Giao|Các)\s)?"
    r"(?:Ban|Vụ|Bộ|Sở|Cục|Tổng|Viện|Hội|Phòng|Văn|Công|Thanh|Liên|Trung|Đài|Mặt|Bảo|Ngân|Tòa|Toà|Kho|Đoàn|Chi"
    r"|Ban Chỉ đạo(?: \d{2,4})?(?: Bộ)?)$"
)
_INTEGER = re.compile(r"\d{1,4}$")
_COUNTED = re.compile(
    r"(?:[,(\-–/]|\b(?:ngày|tháng|năm|số|Điều|khoản|lần|thứ|quý|mũi|cấp|từ|đến|và|Quý|Phụ lục"
    r"|khóa))$",
    re.I,
)
# What stands on a line of its own wherever it stands: carriers and labelled fields.
OPENS = re.compile(
    r"\((?:Ban hành )?[Kk]èm theo\b|(?:Cơ quan|Đơn vị|Bộ phận) (?:chủ trì|phối hợp|thực hiện"
    r"|tham mưu)(?: thực hiện| chính)?\s?:|Thời gian(?: thực hiện| hoàn thành)?\s?:"
    r"|Thời hạn(?: hoàn thành)?\s?:|Sản phẩm(?: đầu ra)?\s?:"
)
_RULE = re.compile(r"[-–_=*~\s]{3,}$")
_SIGNING = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?\.|(?:PHÓ |THỨ )?(?:CHỦ TỊCH|BỘ TRƯỞNG|TRƯỞNG"
    r"|GIÁM ĐỐC|CHÁNH|VIỆN TRƯỞNG)|Độc lập|CỘNG\b|KẾ HOẠCH$|QUYẾT ĐỊNH\b|Số\s?:|Nơi nhận)"
)


_ITEM = re.compile(
    r"[“\"]?(?:(?P<article>Điều\s\d{1,3}[a-zđ]?\s?[.:])|(?P<roman>[IVX]{1,6}\s?\.\s)"
    r"|\d{1,2}(?:\.\d{1,2})+\.?\s|(?P<alone>\d{1,2}(?:\.\d{1,2})+\.$)|(?P<number>\d{1,2}\.\s)"
    r"|(?P<letter>[a-zđ]\)\s))"
)
_REFERRING = {
    "article": re.compile(r"(?:\b(?:tại|theo|của)|\bkhoản \d{1,2})$", re.I),
    "roman": re.compile(r"\b(?:khóa|khoá|quý|kỳ|hạng|loại|cấp|khu vực|thế kỷ)$", re.I),
    "number": re.compile(r"\b(?:khoản|lần|mũi|đợt|thứ|ngày|tháng|lớp|cấp|Điều|từ|đến)$", re.I),
    "letter": re.compile(r"(?<!địa )\bđiểm$", re.I),
}
_YEAR_WANTED = re.compile(r"\bnăm$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_TO_YEAR = re.compile(r"[-–]\s?20\d\d\b")
_DASHED = re.compile(r"(?=(?<!\w)(\w+)\s[-–]\s(\w+))")
_DASH = re.compile(r"[-–]\s(\w+)(?!\s?[.)])")
_DASHED_EVERYWHERE = {("trị", "xã"), ("tế", "xã"), ("động", "Thương"), ("hoạch", "Tài")}
_PARTED_OFFICE = re.compile(
    r"(?:BỘ|THỨ|VIỆN|CỤC|VỤ|HIỆU|ĐOÀN)\nTRƯỞNG|CHỦ\n(?:TỊCH|NHIỆM|NGHĨA)|GIÁM\nĐỐC"
    r"|CHÁNH\n(?:ÁN|VĂN|THANH)|(?:PHÓ|QUYỀN)\n(?:CHỦ|GIÁM|CHÁNH|VIỆN|CỤC|VỤ|TRƯỞNG|THỦ|TỔNG|BÍ)"
    r"|THỦ\n(?:TƯỚNG|TRƯỞNG)|NHÂN\nDÂN|THƯỜNG\n(?:VỤ|TRỰC)|(?:ỦY|UỶ)\nBAN|BÍ\nTHƯ|TRƯỞNG\nBAN$"
)
_OFFICE_BEGINS = re.compile(r"(?:CHỦ|GIÁM|BỘ|VIỆN|CHÁNH|PHÓ|THỨ|THỦ|BÍ)$")


def _starts_lower(text: str) -> bool:
    """First letter in lower case, an opening quote or bracket before it allowed."""
    return text.lstrip("(“\"'‘")[:1].islower()


class Habits:
    """How this file breaks its lines."""

    def __init__(self, texts: list[str], raws: list[RawLine]) -> None:
        lower = sum(1 for text in texts[1:] if _starts_lower(text) and not _MARKER.match(text))
        self.wrapped = len(texts) > 5 and lower / len(texts) > 0.12
        self.no_blanks = not any(raw.blank_before for raw in raws)
        widths = [len(a) for a, b in itertools.pairwise(texts) if _starts_lower(b)]
        self.width = statistics.median(widths) if widths else 80.0
        firsts = [
            len(b)
            for a, b, c in zip(texts, texts[1:], texts[2:], strict=False)
            if _starts_lower(c) and (_FINISHED.search(a) or _MARKER.match(b))
        ]
        self.first_width = statistics.median(firsts) if firsts else self.width
        blanks = [raw.blank_before for raw in raws]
        self.cells = cells.starts(texts, [raw.text for raw in raws], blanks)

        self.texts, self.raws = texts, raws
        self.names = _DASHED_EVERYWHERE.union(*map(_DASHED.findall, texts))

    def joins(self, index: int, *, first: bool) -> bool:
        """Does line ``index`` go on with the paragraph of the line before?

        ``first`` where that line is the first of its paragraph.
        """
        raw, before, after = self.raws[index], self.texts[index - 1], self.texts[index]
        if raw.joins is not None:
            return raw.joins
        if OPENS.match(after):
            return False
        begins_cell = self.cells[index]
        if (
            before
            and after
            and (self._ends_name(before, after, begins_cell) or _office(before, after))
        ):
            return True
        if begins_cell is not None:
            return not begins_cell
        if not before or not after or _RULE.match(after) or _RULE.match(before):
            return self.wrapped and self.no_blanks
        if not self.wrapped:
            return self._joins_whole(before, after, raw)
        if self.no_blanks:
            return True
        return self._joins_wrapped(before, after, raw, first=first)

    def _ends_name(self, before: str, after: str, begins_cell: bool | None) -> bool:
        """A dash that parts the halves of a name or of a span of years, not a bullet."""
        if before[-1].isdigit() and _TO_YEAR.match(after):
            return bool(_YEAR.match(before[-4:]))
        dash = _DASH.match(after)
        if not dash or not before[-1].isalpha():
            return False
        last = re.split(r"\W", before)[-1]
        if (last, dash.group(1)) in self.names:
            return True
        full = self.wrapped and begins_cell is None and len(before) > 0.7 * self.width
        return full and dash.group(1)[0].islower()

    def _joins_whole(self, before: str, after: str, raw: RawLine) -> bool:
        """In a file whose lines are paragraphs, with a break here and there."""
        if _starts_lower(after) and not _MARKER.match(after):
            return not _FINISHED.search(before) and not before.endswith("./.")
        wanted = _UNFINISHED.search(before) or (_YEAR_WANTED.search(before) and _YEAR.match(after))
        return bool(wanted) and not _MARKER.match(after) and raw.blank_before < 1

    def _joins_wrapped(self, before: str, after: str, raw: RawLine, *, first: bool) -> bool:
        """In a file whose lines end anywhere."""
        lower = _starts_lower(after) and not _MARKER.match(after)
        if raw.blank_before > 1:
            return lower and not _FINISHED.search(before)
        if lower:
            return not before.endswith(("./.", ":")) or bool(re.search(r"\bsố\s?:$", before))
        item = _is_item(before, after)
        if item is not None:
            return not item
        if _YEAR_WANTED.search(before) and after[0].isdigit():
            return bool(_YEAR.match(after))
        if _INTEGER.match(after):
            return bool(_COUNTED.search(before)) and not _INTEGER.match(before)
        if _INTEGER.match(before):
            return False
        if _BROKEN_NAME.match(before) and after[0].isupper() and not _MARKER.match(after):
            return True
        if _UNFINISHED.search(before) and not re.match(r"[-–+]\s", after):
            return not _SIGNING.match(after) or before in ("TM.", "KT.", "TL.")
        if _MARKER.match(after) or _SIGNING.match(after) or _FINISHED.search(before):
            return False
        if before.isupper() and after.isupper():
            return before == "CỘNG" or not (_SIGNING.match(before) or _OFFICE_BEGINS.match(after))
        if after[0].isdigit():
            return True
        if raw.text.startswith("  ") and not before.isupper():
            return True
        width = self.first_width if first else self.width
        return len(before) > 0.85 * width and not before.isupper()


def _is_item(before: str, after: str) -> bool | None:
    """True for a line that begins with a marker, False where the number ends a reference."""
    found = _ITEM.match(after)
    if not found:
        return None
    kind = found.lastgroup or ""
    if kind in _REFERRING and _REFERRING[kind].search(before):
        return False
    rest = after[found.end() :].lstrip(' “"(')[:1]
    return True if kind in ("article", "alone") or rest.isupper() or rest.isdigit() else None


def _office(before: str, after: str) -> bool:
    """The two parts of an office or a body in a letterhead or a sign-off."""
    if not (before.isupper() and after.isupper()):
        return False
    ending = re.split(r"[\s.]", before)[-1]
    return bool(_PARTED_OFFICE.match(f"{ending}\n{after}"))
