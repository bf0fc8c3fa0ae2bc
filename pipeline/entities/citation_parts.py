"""What a citation is made of: kinds of documents, issuer, date, pin cite.

In: clean text and a place in it.  Out: ``Mention``, and the parts read around that place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.entities import agencies
from pipeline.structure import numbers

KINDS = (
    "Nghị quyết liên tịch",
    "Thông tư liên tịch",
    "Thông báo kết luận",
    "Văn bản hợp nhất",
    "Chương trình hành động",
    "Chương trình phối hợp",
    "Chương trình công tác",
    "Kế hoạch hành động",
    "Kế hoạch phối hợp",
    "Kế hoạch liên tịch",
    "Kế hoạch liên ngành",
    "Quy chế phối hợp",
    "Hướng dẫn liên ngành",
    "Quyết định",
    "Nghị quyết",
    "Nghị định",
    "Thông tư",
    "Chỉ thị",
    "Kế hoạch",
    "Kết luận",
    "Chương trình",
    "Công văn",
    "Công điện",
    "Văn bản",
    "Tờ trình",
    "Báo cáo",
    "Thông báo",
    "Hướng dẫn",
    "Quy định",
    "Quy chế",
    "Quy trình",
    "Đề án",
    "Dự án",
    "Phương án",
    "Thông tri",
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Hiến pháp",
    "Lệnh",
    "Sắc lệnh",
    "Biên bản",
    "Giấy mời",
    "Giấy phép",
    "Chiến lược",
    "Điều lệ",
    "Phiếu chuyển",
    "Hợp đồng",
    "Tiêu chuẩn",
    "Quy hoạch",
    "Thỏa thuận",
)
_KIND_NAMES = {kind.casefold(): kind for kind in KINDS}
SHORT_KINDS = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "NĐ": "Nghị định", "TT": "Thông tư", "CT": "Chỉ thị",
    "KH": "Kế hoạch", "CV": "Công văn", "KL": "Kết luận", "TB": "Thông báo",
    "TTLT": "Thông tư liên tịch",
}  # fmt: skip
KIND = "|".join(re.escape(kind).replace(r"\ ", r"\s+") for kind in KINDS)
_PIN = (
    r"(?:(?:điểm|tiết)\s+[a-zđ](?:\s*,\s*[a-zđ]\b)*|(?:khoản|Điều|mục|Chương|Phần|Phụ lục)\s+"
    r"(?:\d+(?:\.\d+)*|[IVX]+)(?:\s*(?:,|và|đến|-)\s*(?:\d+|[IVX]+)\b)*)"
)
_PIN_BEFORE = re.compile(rf"({_PIN}(?:\s*,?\s*{_PIN})*)\s*(?:của\s+)?(?:các\s+)?$", re.I)
_PIN_PART = re.compile(_PIN, re.I)
_PIN_ORDER = ("phụ lục", "phần", "chương", "mục", "điều", "khoản", "điểm", "tiết")

_ISSUER_HEAD = (
    r"(?:Quốc hội|Chính phủ|Thủ tướng(?: Chính phủ)?|Chủ tịch|Phó Chủ tịch|Bộ trưởng"
    r"|Bộ Chính trị|Bộ|Ban|Ủy ban|Uỷ ban"
    r"|UBND|HĐND|Hội đồng|Thường trực|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Đảng ủy"
    r"|Đảng bộ|Trung ương|Văn phòng"
    r"|Sở|Giám đốc|Chánh|Viện|Tòa án|Toà án|Tổng|Ngân hàng|Thanh tra|Kiểm toán|Liên đoàn"
    r"|Mặt trận|Đoàn|Hội|Công an"
    r"|Bảo hiểm|Cục|Thống đốc|BCH|BTV|Đài|Liên ngành|liên bộ|tỉnh|thành phố)"
)
_ISSUER = re.compile(
    rf"\s*,?\s*(?:do|của)\s+(?P<issuer>{_ISSUER_HEAD}\b(?:"
    rf"(?!\s+(?:và\s+(?:{KIND}|các)|về|ban hành|phê duyệt|quy định|sửa đổi|bổ sung|thực hiện"
    r"|triển khai|hướng dẫn|trong|đối với|để|thì|tại|nhằm|tiếp tục|đẩy mạnh|tăng cường|công bố"
    r"|thông qua|có hiệu lực|kèm"
    r"|cho|V/v|v/v|giai đoạn|năm|được|với|là|khóa|khoá|gồm)\b)[^.;:,()\n“”\"]){0,90})",
    re.I,
)
_ISSUER_BEFORE = re.compile(
    rf"\bcủa\s+(?P<issuer>{_ISSUER_HEAD}\b[^.;:,()\n\d]{{0,60}}?)\s+tại\s+$"
)
_COMMA_NAME = re.compile(
    r",\s+(?:Thể thao và Du lịch|Trẻ em và Gia đình|Gia đình và Trẻ em|chống \w+(?: \w+){0,4}"
    r"|Thể thao|Tài nguyên và Môi trường)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation as found; offsets into the clean text."""

    start: int
    end: int
    kind: str | None
    number: numbers.ParsedNumber | None
    date: str | None
    issuer: str | None = None
    name: str | None = None
    pinpoint: str | None = None
    short: bool = False
    is_self: bool = False
    confidence: float = 1.0
    notices: tuple[str, ...] = field(default=())


def kind_name(printed: str) -> str:
    """The kind of a document as its list spells it: "kế  hoạch" → "Kế hoạch"."""
    folded = " ".join(printed.split()).casefold()
    return _KIND_NAMES.get(folded, folded.capitalize())


def date_after(text: str, end: int) -> tuple[int, str | None]:
    """The date that directly follows, and the new end of the mention."""
    day = numbers.DATE.match(text, end)
    if day and "(" not in text[end : day.end()]:
        date = numbers.edtf_date(day)
        if date:
            return day.end(), date
    month = numbers.MONTH.match(text, end)
    if month:
        return month.end(), f"{month.group(2)}-{int(month.group(1)):02d}"
    return end, None


def year_after(text: str, end: int) -> tuple[int, str | None]:
    """The year that directly follows ("năm 2024"), and the new end of the mention."""
    year = numbers.YEAR.match(text, end)
    return (year.end(), year.group(1)) if year else (end, None)


_OF = re.compile(r"\s*,?\s*(?:do|của)\s+(?=[^\W\d_])")
_HOLDER = re.compile(
    r"(?:(?:Phó\s+)?(?:Chủ tịch|Thủ tướng|Bộ trưởng|Giám đốc|Chánh án|Chánh Thanh tra"
    r"|Chánh Văn phòng|Viện trưởng|Thống đốc"
    r"|Tổng Thanh tra|Trưởng ban|Trưởng Ban|Cục trưởng|Tổng cục trưởng|Bí thư)\s+)?",
    re.I,
)


def _known_issuer(text: str, end: int) -> str | None:
    """The organisation (with its head's title) that follows "của", as far as its name goes."""
    of = _OF.match(text, end, end + 12)
    if of is None:
        return None
    piece = text[of.end() : of.end() + 150].split("\n", 1)[0]
    holder = _HOLDER.match(piece)
    at = holder.end() if holder else 0
    first = next(iter(agencies.find(piece[at:])), None)
    if first is None or first.start != 0 or first.kind == "generic":
        return None
    return " ".join(piece[: at + first.end].split())


def with_issuer(text: str, mention: Mention) -> Mention:
    """A mention with the issuer printed behind it ("của Bộ Nội vụ") or before it."""
    if mention.issuer:
        return mention
    known = _known_issuer(text, mention.end)
    if known:
        return replace(mention, issuer=known)
    m = _ISSUER.match(text, mention.end)
    if m:
        end = m.end()
        while comma := _COMMA_NAME.match(text, end):
            end = comma.end()
        issuer = " ".join(text[m.start("issuer") : end].split())
        issuer = re.sub(r"\s+(?:và|ngày|số|[-–])$", "", issuer)
        return replace(mention, issuer=issuer)
    before = _ISSUER_BEFORE.search(text, max(0, mention.start - 100), mention.start)
    if before:
        return replace(mention, issuer=" ".join(before.group("issuer").split()))
    return mention


def pinpoint_before(text: str, start: int) -> str | None:
    """ "khoản 2 Điều 15 của" before a mention → "Điều 15, khoản 2"."""
    m = _PIN_BEFORE.search(text, max(0, start - 120), start)
    if not m:
        return None
    parts = [" ".join(part.split()) for part in _PIN_PART.findall(m.group(1))]
    parts.sort(key=lambda part: _PIN_ORDER.index(_pin_level(part)))
    return ", ".join(parts)


def _pin_level(part: str) -> str:
    folded = part.casefold()
    return next(level for level in _PIN_ORDER if folded.startswith(level))
