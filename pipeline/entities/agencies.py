"""Organisations (cơ quan, đơn vị): every mention, and which mentions are one body.

In: clean text, the province and date of the plan.  Out: ``Mention`` objects and the ``Body``
objects they belong to: named, collective ("UBND các huyện, thị xã, thành phố") or generic ("các cơ
quan, đơn vị liên quan").

Order of work: the longest gazetteer name first; then grammar (a head noun with a capital after it,
up to a word that cannot be in a name); then lists of class nouns.  A comma or "và" belongs to a
name when the gazetteer says so or when what follows cannot stand alone; only then is a list split.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import ahocorasick

from models.record import AgencyKind, AgencyLevel
from pipeline import gazetteers
from pipeline.gazetteers import AgencyRow
from pipeline.language.keys import folded, key

# --- folding that keeps every position ----------------------------------------------------------

_TONE_PAIRS = {}
for _base, _first in (("oa", "o"), ("oe", "o"), ("uy", "u")):
    for _tone in "\u0300\u0301\u0303\u0309\u0323":
        _old = unicodedata.normalize("NFC", _base[0] + _tone) + _base[1]
        _new = _base[0] + unicodedata.normalize("NFC", _base[1] + _tone)
        _TONE_PAIRS[_new] = _old
_TONE_NEW = re.compile("|".join(_TONE_PAIRS))


def fold(text: str) -> str:
    """Lower case, old tone placement, plain hyphens; same length as the text."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lower = lower.replace("–", "-").replace("—", "-").replace("\n", " ")
    return _TONE_NEW.sub(lambda m: _TONE_PAIRS[m.group()], lower)


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named at one place; offsets into the clean text."""

    start: int
    end: int
    kind: AgencyKind
    row: AgencyRow | None = None
    confidence: float = 0.9


@dataclass(slots=True)
class Body:
    """One organisation with all its mentions; ``name`` is the form first written."""

    id: str
    name: str
    canonical: str
    kind: AgencyKind
    level: AgencyLevel | None
    province: str | None
    mentions: list[Mention] = field(default_factory=list)
    successors: tuple[str, ...] = ()
    parent: str | None = None
    confidence: float = 0.9


# --- grammar ------------------------------------------------------------------------------------

_U = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_CAP = rf"[{_U}][\w&.]*"
_UNITS = r"(?:quận|huyện|thị xã|thành phố|xã|phường|thị trấn|đặc khu|tỉnh)"
_UNIT_LIST = rf"(?:các\s+)?{_UNITS}(?:\s*,\s*(?:các\s+)?{_UNITS})*(?:\s*(?:,|và)\s*(?:các\s+)?{_UNITS})*"
_LEVELS = r"cấp\s+(?:tỉnh|huyện|xã|cơ sở)(?:\s*(?:,|và)\s*(?:cấp\s+)?(?:tỉnh|huyện|xã|thị xã|thành phố|phường|thị trấn|cơ sở)(?!\w))*"
_ABBREVIATED_UNITS = r"(?:các\s+)?(?:huyện|quận)\s*,\s*TX\s*,\s*TP"


@cache
def _place() -> str:
    names = sorted({row.name for row in gazetteers.provinces()} | {a for row in gazetteers.provinces() for a in row.aliases if len(a) > 4}, key=len, reverse=True)
    spelled = "|".join(re.escape(name).replace(r"\ ", r"\s").replace(r"\-", "[-–]") for name in names)
    variants = spelled.replace("òa", "(?:òa|oà)").replace("óa", "(?:óa|oá)")
    return rf"(?:{variants}|HN|HCM|QN)(?!\w)"


@cache
def _qualifier() -> re.Pattern[str]:
    """What may follow a body's own name and still be part of it."""
    place = _place()
    return re.compile(
        rf"\s+(?:(?:của\s+)?(?:tỉnh|thành phố|Thành phố|TP\.?|Tỉnh)(?:\s+{place})?(?!\s*,?\s*(?:trực thuộc\s+)?Trung ương)(?!\w)|{place}|hai cấp\s+tỉnh\s+{place})"
    )


@cache
def _people_committee() -> re.Pattern[str]:
    place = _place()
    head = r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban Nhân dân|Uỷ ban Nhân dân|Hội đồng nhân dân|Hội đồng Nhân dân)(?:\s*\((?:UBND|HĐND)\))?"
    return re.compile(
        rf"(?<!\w)(?:(?P<office>Văn phòng|VP)\s+(?:Đoàn\s+ĐBQH\s+(?:và|&)\s+)?)?(?P<head>{head})(?P<second>\s*(?:,|và)\s*(?:UBND|HĐND)(?=\s))?"
        rf"(?:\s+(?:(?P<many>{_ABBREVIATED_UNITS}(?!\w)|(?:cấp\s+huyện|các\s+cấp)\s*,\s*(?:huyện|xã|thị xã|thành phố)[^.;:()]{{0,20}}?(?=[\s.;:,)])|{_LEVELS}(?!\w)|các\s+cấp(?!\w)|(?:các\s+){_UNITS}(?!\w)(?:\s*(?:,|và)\s*(?:các\s+)?{_UNITS}(?!\w))*|{_UNITS}\s*,\s*(?:các\s+)?{_UNITS}(?!\w)(?:\s*(?:,|và)\s*(?:các\s+)?{_UNITS}(?!\w))*)(?P<central>\s+trực thuộc Trung ương)?"
        rf"|(?P<one>tỉnh|Tỉnh|thành phố|Thành phố|TP\.?|huyện|quận|thị xã|xã|phường)(?:\s+(?P<place>{place}|{_CAP}(?:\s{_CAP}){{0,3}}))?))?"
    )


_ITEM = (
    r"(?:[Ss]ở|[Bb]an|[Nn]gành|[Bb]an ngành|[Đđ]oàn thể|[Hh]ội|[Mm]ặt trận|[Mm]ặt trận [Tt]ổ quốc|[Pp]hòng|[Tt]rung tâm|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương"
    r"|[Tt]ổ chức|[Dd]oanh nghiệp|[Bb]ộ|[Cc]ấp|[Hh]ội quần chúng|[Qq]uỹ|[Qq]uỹ xã hội|[Qq]uỹ từ thiện|[Nn]hà trường|[Cc]hi cục|[Cc]hi bộ|[Cc]ấp ủy|[Cc]ấp uỷ|[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Tt]rường học|[Đđ]oàn|[Cc]ơ sở|[Vv]ụ|[Cc]ục)"
)
_CLASS = re.compile(
    rf"(?<!\w)(?P<det>[Cc]ác\s+|[Nn]hững\s+|[Mm]ỗi\s+|[Tt]oàn thể các\s+)?(?P<list>{_ITEM}(?!\w)(?:\s*[,/]\s*{_ITEM}(?!\w)|\s+(?:và|hoặc)\s+(?:các\s+)?{_ITEM}(?!\w)|\s+{_ITEM}(?!\w)){{0,7}})"
    r"(?P<qual>(?:\s+(?:chức năng|chuyên môn|nghiệp vụ|truyền thông|quản lý nhà nước|hành chính nhà nước|nhà nước|Nhà nước|sự nghiệp(?:\s+công lập)?|thông tin đại chúng|thông tin, truyền thông|thông tấn,? báo chí"
    r"|báo chí|chính trị\s*[-–]?\s*xã hội|Đảng|đảng|quần chúng|kinh doanh vận tải|vận tải|khác|Trung ương|trung ương|ngành dọc|y tế|Y tế|giáo dục|thi hành pháp luật|thực thi công vụ|quân sự|tham gia))*"
    r"(?:\s*,?\s+(?:có\s+)?liên quan(?:\s+khác)?|\s+(?:thuộc(?:\s+và|,)?\s+)?trực thuộc(?:\s+(?:Sở|Bộ|tỉnh|Thành phố|UBND tỉnh|UBND|cơ quan))?|\s+thuộc(?:,?\s+trực thuộc)?\s+(?:Sở|Bộ|tỉnh|UBND tỉnh|Thành phố|phạm vi quản lý|thẩm quyền|quyền quản lý)"
    r"|\s+cấp\s+(?:tỉnh|huyện|xã|Thành phố)|\s+(?:của\s+)?(?:tỉnh|Tỉnh|Thành phố|thành phố|địa phương)(?!\s*,\s*(?:xã|huyện|thị))|\s+các cấp|\s+trên\s+địa\s+bàn(?:\s+(?:tỉnh|thành phố|Thành phố))?|\s+ở\s+(?:cơ sở|địa phương|tỉnh)|\s+(?:đóng|đặt)\s+(?:trên|tại)\s+địa\s+(?:bàn|phương)(?:\s+tỉnh)?"
    r"|\s+có thẩm quyền|\s+được (?:giao|phân công|xác minh)(?:\s+(?:chủ trì|nhiệm vụ))?|\s+thuộc đối tượng (?:kiểm tra|xác minh)|\s+trong (?:ngành|và ngoài tỉnh))?(?!\w))"
)
_COLLECTIVE_ITEMS = re.compile(r"(?i)(?<!\w)(?:sở|ban|ngành|đoàn thể|phòng|bộ|quỹ|chi bộ|vụ|cục|chi cục)(?!\w)")
_COLLECTIVE_PHRASES = re.compile(r"(?i)chính trị\s*[-–]?\s*xã hội|sự nghiệp|trực thuộc|thuộc (?:Sở|Bộ|tỉnh|UBND)|trên địa bàn|Trung ương|đối tượng|cấp tỉnh")
_NOT_CLASS = re.compile(r"(?i)^(?:tổ chức|cấp|bộ|ban|hội|đoàn|phòng|huyện|thành phố|thị xã|cơ sở|ngành|quỹ|cục|vụ|sở|trung tâm|địa phương|doanh nghiệp|đơn vị|cơ quan|nhà trường|trường học|chi cục|chi bộ|mặt trận|đoàn thể|cấp ủy|cấp uỷ)$")

_HEADS = (
    "Ban Chỉ đạo", "Ban chỉ đạo", "Ban Quản lý", "Ban quản lý", "Ban An toàn giao thông", "Ban ATGT", "Ban Tuyên giáo và Dân vận",
    "Ban Tuyên giáo", "Ban Dân vận", "Ban Tổ chức", "Ban Nội chính", "Ban Thường vụ", "Ban Chấp hành", "Ban Biên tập", "Ban Giám đốc",
    "Ban Giám hiệu", "Ban Kinh tế", "Ban Pháp chế", "Ban", "Ủy ban Kiểm tra", "Ủy ban", "Uỷ ban", "Văn phòng", "Phòng", "phòng", "Trung tâm", "Chi cục",
    "Tổng cục", "Cục", "Vụ", "Viện", "Học viện", "Trường", "Thanh tra", "Công an", "Cảnh sát", "Kho bạc Nhà nước", "Kho bạc", "Ngân hàng",
    "Bưu điện", "Báo", "Đài", "Tạp chí", "Hội", "Hiệp hội", "Liên đoàn", "Liên minh", "Liên hiệp", "Quỹ", "Công ty", "Tổng công ty", "Tập đoàn", "Đảng ủy",
    "Đảng uỷ", "Đảng bộ", "Huyện ủy", "Quận ủy", "Thị ủy", "Tổ", "Đoàn", "Hội đồng", "Bệnh viện", "Tòa án", "Toà án", "Công đoàn", "Câu lạc bộ", "Câu lạc Bộ",
    "Thường trực", "Đoàn Chủ tịch", "Cơ quan", "Sở", "Bộ Chỉ huy", "Bộ Tư lệnh", "Bộ", "Nhà xuất bản", "Thư viện", "Bảo tàng", "Trạm", "Lữ đoàn", "Đồn", "Hạt Kiểm lâm", "Phân hiệu",
    "Viện kiểm sát", "Cổng", "Trang", "Bộ phận", "Tổng", "Mặt trận", "Thành ủy", "Tỉnh ủy", "Thành uỷ", "Tỉnh uỷ",
)  # fmt: skip
_NOT_A_HEAD = re.compile(
    r"(?:Ban hành|Hội nghị|Hội thảo|Hội thi|Hội đàm|Hội nhập|Báo cáo|Báo chí|Báo in|Báo điện tử(?!\s[A-ZĐ])|Báo:|Trường hợp|Đoàn kết|Đoàn viên|Tổ chức|tổ chức|Tổ trưởng|Tổ phó|Tổ dân phố|Viện trợ|Viện trưởng|Vụ trưởng|Cục trưởng"
    r"|Phòng,|Phòng chống|phòng chống|phòng,|phòng ngừa|phòng bệnh|phòng cháy|phòng thủ|phòng họp|phòng khám|Cục bộ|Trung tâm của|Thanh tra,|Công an,|Đài,|Báo,|Tổng hợp|Tổng kết|Tổng số|Tổng thể|Tổng cộng|Tổng kiểm|Tổng điều tra|Tổng vốn|Tổng mức|Tổng Bí thư|Bộ trưởng|Bộ tiêu chí|Bộ chỉ số|Bộ Chỉ số|Bộ luật"
    r"|Bộ KPI|Bộ câu hỏi|Bộ thủ tục|Bộ tài liệu|Ban đầu|Ban ngày|Cơ quan chủ trì|Cơ quan phối hợp|Cơ quan thực hiện|Cơ quan,|Quỹ đất|Bộ phận,|Bộ,|Sở,|Ban,|Hội,|Hội viên|Đoàn công tác|Phòng ngừa|Phòng bệnh|Cổng trường|Cổng Dịch vụ|Cổng dịch vụ|Trang thiết bị|Trang bị|Mặt trận,|Tổ quốc|Phòng học|Trường chuẩn)"
)
_NAME_STOP = re.compile(
    r"(?:chủ trì|phối hợp|phối kết hợp|tham mưu|chịu|có|là|làm|được|đã|đang|sẽ|phải|cần|thực hiện|triển khai|tổ chức|xây dựng|hướng dẫn|theo|theo dõi|kiểm tra|giám sát|đôn đốc|báo cáo|tổng hợp|căn cứ|để|trong|tại|về|với|cho|do|từ|đến|nhằm|khi|nếu|trên|ở|qua"
    r"|giúp|yêu cầu|đề nghị|ban hành|phê duyệt|thành lập|quyết định|trình|xem xét|tiếp tục|tăng cường|đẩy mạnh|gửi|cung cấp|bố trí|đảm bảo|bảo đảm|nghiên cứu|đề xuất|rà soát|thường xuyên|kịp thời|định kỳ|hàng|hằng|lập|thẩm định|tuyên truyền|đăng tải|cập nhật|và|hoặc|các|những|mỗi|cùng"
    r"|như|này|đó|chủ động|vận động|ký|giao|mời|cử|chuẩn bị|tham gia|xử lý|giải quyết|mở|đưa|duy trì|nâng cao|sau|trước|năm|thì|mà|nhưng|vào|ra|đối|nêu|chỉ đạo|công bố|khẩn trương|phân công|hoàn thành|tiến hành|thông qua|liên quan|thuộc|trực thuộc|của|gồm|bao gồm|hỗ trợ|khai thác|lồng ghép|tập trung|quán triệt|phổ biến"
    r"|đồng|thông báo|cấp|phân|bổ|kêu|huy động|đánh giá|sử dụng|tiếp nhận|tạo|phát hành|sản xuất|thiết kế|chia|không|chưa|đầu tư|dự|điều hành|đăng|rà|tùy|tuỳ|cũng|nghiêm|tăng|giảm|khác|nơi|dự trù|đặt|đóng|nói|nay|hiện|sắp xếp|dưới|gắn|vẫn|ngay|hiện|cụ thể|lãnh đạo|quan tâm|xác định|thống nhất|lấy|chấn chỉnh|trao|thống kê|tặng|thường|tổng kết|sơ kết)(?!\w)"
)
_WORD = re.compile(r"\s+([^\W\d_][\w&.]*)")
_HEAD_RE = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(h) for h in sorted(_HEADS, key=len, reverse=True))})(?!\w)")
_PREFIX_PERSON = re.compile(
    r"(?:Trưởng|Phó Trưởng|Phó trưởng|trưởng|Giám đốc|Phó Giám đốc|Chánh|Phó Chánh|Chủ tịch|Phó Chủ tịch|Bộ trưởng|Thủ trưởng|Cục trưởng|Vụ trưởng|Viện trưởng|Bí thư|Lãnh đạo|Đồng chí|Trưởng ban|Trưởng Ban|người đứng đầu|Người đứng đầu)\s+$"
)
_TALENT = re.compile(r"(?:Ban Chỉ đạo|Ban chỉ đạo|Ban An toàn|Ban ATGT|Đoàn Kiểm tra|Đoàn kiểm tra|Tổ)")


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in gazetteers.agencies():
        for name in (row.name, *row.aliases):
            automaton.add_word(fold(name), (fold(name), row, name))
    automaton.make_automaton()
    return automaton


def find(text: str, *, span: tuple[int, int] | None = None) -> list[Mention]:
    """All mentions of organisations, in order, without overlaps.

    Args:
        text: clean text.
        span: only inside this stretch.
    """
    start, end = span or (0, len(text))
    folded_text = fold(text)
    taken = _Taken()
    for mention in sorted(_committees(text, start, end), key=lambda m: m.start):
        taken.add(mention)
    for mention in _listed(text, folded_text, start, end):
        taken.add(mention)
    for mention in _by_grammar(text, start, end, taken):
        taken.add(mention)
    for mention in _classes(text, start, end):
        taken.add(mention)
    return taken.sorted()


def find_recipient(text: str, start: int, end: int) -> list[Mention]:
    """Organisations in one line of Nơi nhận; the mark in brackets is none."""
    mark = re.compile(r"\s*\((?:để\s+)?[^)]{1,30}\)\s*$").search(text, start, end)
    return find(text, span=(start, mark.start() if mark else end))


class _Taken:
    """Mentions so far; a new one is only kept where nothing stands yet."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self._cells: set[int] = set()

    def add(self, mention: Mention) -> None:
        cells = range(mention.start, mention.end)
        if not self.covers(mention.start, mention.end):
            self.mentions.append(mention)
            self._cells.update(cells)

    def covers(self, start: int, end: int) -> bool:
        return any(cell in self._cells for cell in range(start, end))

    def sorted(self) -> list[Mention]:
        return sorted(self.mentions, key=lambda m: m.start)


def _committees(text: str, start: int, end: int) -> Iterator[Mention]:
    for m in _people_committee().finditer(text, start, end):
        many = m.group("many")
        kind: AgencyKind = "collective" if many else "named"
        stop = m.end()
        if many is None and m.group("one") is None and m.group("second"):
            stop = m.start("second")
        yield Mention(m.start(), stop, kind, confidence=0.95)


def _listed(text: str, folded_text: str, start: int, end: int) -> Iterator[Mention]:
    """Gazetteer names, longest first, with the place that follows."""
    hits: list[tuple[int, int, AgencyRow, str]] = []
    for last, (name, row, spelled) in _automaton().iter(folded_text, start, end):
        first = last - len(name) + 1
        if _word_edge(folded_text, first, last + 1):
            if spelled.isupper() and not text[first : last + 1].isupper():
                continue  # an abbreviation only in capitals
            if not text[first].isupper():
                continue
            hits.append((first, last + 1, row, spelled))
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    at = -1
    for first, stop, row, _ in hits:
        if first < at:
            continue
        stop = _with_qualifier(text, stop, end)
        at = stop
        kind: AgencyKind = "named"
        many = re.match(rf"\s+(?:{_UNIT_LIST}|{_LEVELS}|các cấp)(?!\w)", text[stop:end])
        if many and re.search(r"các|,|cấp", many.group()):
            stop += many.end()
            kind = "collective"
        yield Mention(first, stop, kind, row, 0.97)


def _word_edge(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _with_qualifier(text: str, stop: int, end: int) -> int:
    m = _qualifier().match(text, stop, end)
    return m.end() if m else stop


def _by_grammar(text: str, start: int, end: int, taken: _Taken) -> Iterator[Mention]:
    for m in _HEAD_RE.finditer(text, start, end):
        if taken.covers(m.start(), m.end()) or _NOT_A_HEAD.match(text, m.start()):
            continue
        head = m.group()
        if head == "phòng" and not _PREFIX_PERSON.search(text[max(0, m.start() - 20) : m.start()]):
            continue
        stop = _name_end(text, m.end(), end, head, taken)
        if stop is None:
            continue
        stop = _with_qualifier(text, stop, end)
        owner = re.match(rf"\s+(?:của\s+)?(?=(?:Bộ|Sở|UBND|tỉnh|Tỉnh ủy|Thành ủy|Viện|Liên đoàn|Tổng)\b)", text[stop:end])
        if owner and re.match(r"Ban Chỉ đạo|Ban chỉ đạo|Đoàn [Kk]iểm tra|Ban Biên tập|Ban Thường vụ|Ban Tuyên giáo|Văn phòng|Thanh tra|Ban Tổ chức|Ban Dân vận|Đảng ủy|Thường trực|Cơ quan", head):
            inner = next((t for t in taken.mentions if t.start == stop + owner.end()), None)
            if inner is not None:
                yield Mention(m.start(), inner.end, "named", None, 0.85)
                continue
        many = re.match(rf"\s+(?:{_UNIT_LIST}|{_LEVELS}|các cấp|cùng cấp|địa phương)(?!\w)", text[stop:end])
        kind: AgencyKind = "named"
        if many and re.search(r"các|,|cấp|địa phương", many.group()):
            stop += many.end()
            area = re.match(r"\s+trên địa bàn(?: tỉnh)?", text[stop:end])
            stop += area.end() if area else 0
            kind = "collective"
        before = text[max(0, m.start() - 5) : m.start()]
        first = m.start()
        if re.search(r"(?:^|\s)[Cc]ác\s$", before):
            kind, first = "collective", m.start() - 4
        yield Mention(first, stop, kind, None, 0.8)


def _name_end(text: str, at: int, end: int, head: str, taken: _Taken) -> int | None:
    """Where the name after a head noun ends; ``None`` when no name follows."""
    first = _WORD.match(text, at, end)
    bare_ok = head in ("Đảng ủy", "Tỉnh ủy", "Thành ủy", "Tỉnh uỷ", "Thành uỷ", "Huyện ủy", "Ban Chỉ đạo", "Ban chỉ đạo", "Ban Giám hiệu")
    if first is None or taken.covers(first.start(1), first.end(1)) and head not in ("Văn phòng", "Thanh tra", "Đảng ủy", "Ban Thường vụ", "Thường trực", "Cơ quan"):
        return at if bare_ok else None
    word = first.group(1)
    lower_heads = ("Công an", "Bưu điện", "Ban Chỉ đạo", "Ban chỉ đạo", "Bộ phận", "Ban An toàn giao thông", "Ban ATGT", "Đoàn", "Cổng", "Hiệp hội", "Ban quản lý", "Ban Quản lý", "Trạm", "Hội", "Công đoàn", "Cơ quan", "Tổ", "Kho bạc", "Viện kiểm sát")
    if not word[0].isupper():
        if head in lower_heads and re.match(
            r"\s+(?:tỉnh|thành phố|huyện|phòng, chống|phòng chống|cải cách|một cửa|các cấp|các huyện|các cơ sở|cấp|chuyển đổi|phòng thủ|quốc gia|kiểm tra|liên ngành|thông tin|tư vấn|hữu nghị|các doanh|các nhà|các trường|truyền thanh|y tế|nhân dân|kiểm soát|xác minh|cơ sở|các khu|về)", text[at:end]
        ):
            pass
        else:
            return at if bare_ok else None
    stop = first.end(1)
    words = 1
    while words < 16:
        comma = re.match(r",\s+(?=(?:chống|Trẻ em|Thể thao|Gia đình|Cao đẳng|Du lịch|kỹ thuật|nhân tài|thu nhập|Trung cấp|ngành)\b)", text[stop:end])
        dash = re.match(rf"\s+[-–]\s+(?=[{_U}])", text[stop:end])
        both = re.match(rf"\s+và\s+(?=(?:[{_U}]|phát triển|xuất|hợp tác|đổi mới|tìm kiếm|phòng|đào tạo|trẻ em|truyền thanh))(?!(?:{'|'.join(_HEADS)})\b)", text[stop:end])
        joint = comma or dash or both
        jump = joint.end() if joint else 0
        if joint is not None and dash is not None and _HEAD_RE.match(text, stop + jump):
            break
        nxt = re.compile(r"\s*([^\W\d_][\w&.]*(?:-\w+)*)").match(text, stop + jump, end)
        if nxt is None or (not joint and text[stop : stop + 1] != " "):
            number = re.match(r"\s+(?:389|138|35|COVID-19|\d{1,3})(?![\w%/])", text[stop:end])
            if number and _TALENT.match(head):
                stop += number.end()
                words += 1
                continue
            break
        word = nxt.group(1)
        if not joint and word[0].islower() and _NAME_STOP.match(text, nxt.start(1)):
            break
        if taken.covers(nxt.start(1), nxt.end(1)):
            break
        if word[0].isupper() and _HEAD_RE.match(text, nxt.start(1)) and head not in ("Văn phòng", "Thanh tra", "Đảng ủy", "Ban Thường vụ", "Thường trực", "Trường", "Hiệp hội") and not joint:
            break
        if not joint and re.match(r"(?:tỉnh|thành phố|Thành phố|TP)(?!\w)", word):
            break
        stop = nxt.end(1)
        words += 1
    return stop if text[stop - 1] != "." else stop - 1


def _classes(text: str, start: int, end: int) -> Iterator[Mention]:
    for m in _CLASS.finditer(text, start, end):
        det = m.group("det")
        items = m.group("list")
        qual = m.group("qual") or ""
        single = bool(_NOT_CLASS.match(items.strip()))
        if single and not qual.strip() and not (det and re.match(r"(?i)\s*(?:cơ quan|đơn vị|địa phương|phòng|chi bộ|sở)", items)):
            continue
        if single and re.match(r"(?i)(?:tổ chức|huyện|thành phố|cơ sở|doanh nghiệp|cấp|đoàn|hội|bộ|phòng|ban|trung tâm|ngành|quỹ|cục|vụ)$", items) and not det and not re.search(r"chính trị|trực thuộc|liên quan", qual):
            continue
        if not det and items[0].islower() and single and "liên quan" not in qual:
            if not re.match(r"(?i)(?:cơ quan|đơn vị)", items):
                continue
        collective = bool(_COLLECTIVE_PHRASES.search(qual)) or (
            len(_COLLECTIVE_ITEMS.findall(items)) >= 1 and not re.search(r"liên quan|khác", qual) and (bool(det) or "," in items)
        )
        stop = m.end()
        printed = text[m.start() : stop]
        stop = m.start() + len(printed.rstrip(" ,"))
        yield Mention(m.start(), stop, "collective" if collective else "generic", None, 0.75)


# --- one body, many forms -----------------------------------------------------------------------

_LEADING = re.compile(r"(?i)^(?:các|những|mỗi|toàn thể)\s+")


def group(
    mentions: Iterable[Mention],
    text: str,
    *,
    province: str | None,
    day: str | None,
    issuer: str | None = None,
) -> list[Body]:
    """Merge mentions that name one body; the first form written is its name.

    Args:
        mentions: from ``find``.
        text: the clean text.
        province: the plan's province, which "tỉnh" means here.
        day: the plan's date (EDTF), for successors and codes.
    """
    bodies: dict[str, Body] = {}
    code = None
    if province:
        row = gazetteers.province_on(province, day)
        code = row.code if row else None
    for mention in mentions:
        printed = " ".join(text[mention.start : mention.end].split())
        identity, canonical = _identity(printed, mention, province)
        body = bodies.get(identity)
        if body is None:
            body = Body(
                _id(canonical, mention.kind, code, province, printed),
                printed,
                canonical,
                mention.kind,
                _level(printed, mention),
                code if _is_local(printed, mention) else None,
                [],
                mention.row.successors if mention.row else (),
                confidence=mention.confidence,
            )
            bodies[identity] = body
        body.mentions.append(mention)
    return list(bodies.values())


def same_body(bodies: Iterable[Body], name: str, province: str | None) -> Body | None:
    """The body that a name means, among those of a text."""
    wanted = _identity(name, Mention(0, 0, "named"), province)[0]
    for body in bodies:
        if _identity(body.name, Mention(0, 0, "named"), province)[0] == wanted:
            return body
    return None


def _identity(printed: str, mention: Mention, province: str | None) -> tuple[str, str]:
    """Comparison identity and canonical name of one mention."""
    if mention.row is not None and mention.kind == "named":
        canonical = mention.row.name
        place = _trailing_place(printed)
        if place and province and key(place) != key(province):
            return key(f"{canonical} {place}"), f"{canonical} {place}"
        return key(canonical), canonical
    bare = _LEADING.sub("", printed)
    bare = re.sub(r"\s*\((?:UBND|HĐND)\)", "", bare)
    identity = key(bare)
    if province:
        own = key(province)
        for suffix in (f" tỉnh {own}", f" thành phố {own}"):
            identity = identity.removesuffix(key(suffix)) + (" @" if identity.endswith(key(suffix)) else "")
        for suffix in ("tỉnh", "thành phố", "của tỉnh"):
            identity = re.sub(rf" {re.escape(key(suffix))}$", " @", identity)
        identity = re.sub(rf" {re.escape(own)}$", " @", identity)
    identity = identity.removesuffix(" @") if not re.match(r"(?:ubnd|hđnd)", identity) else identity
    identity = re.sub(r"\s*,\s*", " ", identity)
    identity = identity.replace("chung", "chung")
    if identity in ("ubnd", "ubnd @", "hđnd", "hđnd @"):
        identity = identity.split()[0] + " @"
    return f"{identity}", bare


def _trailing_place(printed: str) -> str | None:
    words = printed.split()
    names = gazetteers.province_names()
    for size in (4, 3, 2, 1):
        if len(words) > size and (name := names.get(key(" ".join(words[-size:])))):
            return name
    return None


def _is_local(printed: str, mention: Mention) -> bool:
    return mention.row is None and mention.kind == "named" or bool(mention.row and mention.row.level == "province")


def _level(printed: str, mention: Mention) -> AgencyLevel | None:
    if mention.row is not None and mention.row.level:
        return mention.row.level  # type: ignore[return-value]
    for pattern, level in _LEVELS_BY_WORD:
        if re.search(pattern, printed):
            return level
    return None


_LEVELS_BY_WORD: tuple[tuple[str, AgencyLevel], ...] = (
    (r"(?i)trung ương|quốc gia|tối cao|chính phủ|quốc hội|^Bộ |^Tổng cục", "central"),
    (r"(?i)cấp huyện|\bhuyện\b|\bquận\b|\bthị xã\b", "district"),
    (r"(?i)cấp xã|\bxã\b|\bphường\b|\bthị trấn\b|đặc khu", "commune"),
    (r"(?i)^(?:phòng|văn phòng sở|các phòng|vụ)\b", "internal"),
    (r"(?i)\btỉnh\b|thành phố|^Sở ", "province"),
)
_SLUG = re.compile(r"[^a-z0-9]+")


def _id(canonical: str, kind: AgencyKind, code: str | None, province: str | None, printed: str) -> str:
    slug = _SLUG.sub("-", folded(canonical)).strip("-")[:60]
    return f"{slug}@{code}" if code and kind != "generic" else slug
