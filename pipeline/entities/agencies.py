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

import ahocorasick

from models.record import AgencyKind, AgencyLevel
from pipeline import gazetteers
from pipeline.gazetteers import AgencyRow
from pipeline.language.keys import folded, key
from pipeline.structure.numbers import NUMBER

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
    lower = lower.replace("–", "-").replace("—", "-")
    return _TONE_NEW.sub(lambda m: _TONE_PAIRS[m.group()], lower)


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named at one place; offsets into the clean text."""

    start: int
    end: int
    kind: AgencyKind
    row: AgencyRow | None = None
    confidence: float = 0.9
    name: str | None = None  # where the printed words leave out the head: "Phòng KSTT, TH"


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
_UNITS = r"(?:quận|huyện|thị xã|thành phố|xã(?! hội)|phường|thị trấn|đặc khu|tỉnh)"
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
        rf"[ ]+(?:(?:của[ ]+)?(?:tỉnh|thành phố|Thành phố|TP\.?|Tỉnh)(?:[ ]+{place})?(?!\s*,?\s*(?:trực thuộc[ ]+)?Trung ương)(?!\w)|{place}|hai cấp[ ]+tỉnh[ ]+{place})"
    )


@cache
def _people_committee() -> re.Pattern[str]:
    place = _place()
    head = r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban Nhân dân|Uỷ ban Nhân dân|Hội đồng nhân dân|Hội đồng Nhân dân)(?:\s*\((?:UBND|HĐND)\))?"
    return re.compile(
        rf"(?<!\w)(?:(?P<office>Văn phòng|VP)[ ]+(?:Đoàn[ ]+ĐBQH[ ]+(?:và|&)[ ]+)?)?(?P<head>{head})(?P<second>\s*(?:,|và)\s*(?:UBND|HĐND)(?=\s))?"
        rf"(?:[ ]+(?:(?P<many>{_ABBREVIATED_UNITS}(?!\w)|(?:cấp[ ]+huyện|các[ ]+cấp)\s*,\s*(?:huyện|xã|thị xã|thành phố)[^.;:()]{{0,20}}?(?=[\s.;:,)])|{_LEVELS}(?!\w)|các[ ]+cấp(?!\w)|(?:các[ ]+){_UNITS}(?!\w)(?:\s*(?:,|và)\s*(?:các[ ]+)?{_UNITS}(?!\w))*|{_UNITS}\s*,\s*(?:các[ ]+)?{_UNITS}(?!\w)(?:\s*(?:,|và)\s*(?:các[ ]+)?{_UNITS}(?!\w))*)(?P<central>[ ]+trực thuộc Trung ương)?"
        rf"|(?P<one>tỉnh|Tỉnh|thành phố|Thành phố|TP\.?|huyện|quận|thị xã|xã|phường)(?:[ ]+(?P<place>{place}|{_CAP}(?:[ ]{_CAP}){{0,3}}))?))?"
    )


_ITEM = (
    r"(?:[Ss]ở|[Bb]an|[Nn]gành|[Bb]an ngành|[Đđ]oàn thể|[Hh]ội|[Mm]ặt trận(?: [Tt]ổ quốc)?|[Pp]hòng|[Tt]rung tâm|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương"
    r"|[Tt]ổ chức|[Dd]oanh nghiệp|[Bb]ộ|[Cc]ấp|[Hh]ội quần chúng|[Qq]uỹ xã hội|[Qq]uỹ từ thiện|[Qq]uỹ|[Nn]hà trường|[Cc]hi cục|[Cc]hi bộ|[Hh]uyện|[Tt]hị xã"
    r"|[Tt]hành phố|[Tt]rường học|[Đđ]oàn|[Cc]ơ sở|[Vv]ụ|[Cc]ục|[Ll]ực lượng|[Bb]ệnh viện|[Tt]rạm|[Vv]iện)"
)
_QUALITY = (
    r"(?:\s+(?:chức năng|chuyên môn|chuyên đề|Chuyên đề|Chuyên Đề|nghiệp vụ|truyền thông|quản lý nhà nước|hành chính nhà nước|hành chính Nhà nước|hành chính|nhà nước|Nhà nước"
    r"|sự nghiệp(?:\s+công lập)?|thông tin đại chúng|thông tin,? truyền thông|truyền thông,? báo chí|thông tấn,? báo chí|báo chí|chính trị\s*[-–]?\s*xã hội|Đảng|đảng|quần chúng"
    r"|kinh doanh vận tải|vận tải|khác|ngành dọc|y tế|Y tế|giáo dục(?:\s+và\s+đào\s+tạo)?|về giáo dục|thi hành pháp luật|thực thi công vụ|quân sự))*"
)
_SCOPE = (
    r"(?:\s*,?\s+(?:khác\s+)?(?:có\s+)?liên quan(?:\s+khác)?"
    r"|\s+(?:thuộc(?:\s+và|,)?\s+)?trực thuộc(?:\s+(?:Sở|sở|Bộ|tỉnh|Thành phố|UBND tỉnh|UBND|cơ quan))?"
    r"|\s+thuộc(?:,?\s+trực thuộc)?\s+(?:Sở|sở|Bộ|tỉnh|UBND tỉnh|Thành phố|phạm vi quản lý|thẩm quyền|quyền quản lý)(?![^\W\d_])"
    r"|\s+cấp\s+(?:tỉnh|huyện|xã|Thành phố)|\s+(?:địa phương|Trung ương|trung ương)(?:\s+và\s+(?:địa phương|Trung ương|trung ương))?(?:\s+(?:(?:đóng|đặt)\s+)?(?:tại|trên)\s+địa\s+(?:phương|bàn)(?:\s+tỉnh)?)?"
    r"|\s+(?:của\s+)?(?:tỉnh|Tỉnh|Thành phố|thành phố)(?!\s*,\s*(?:xã|huyện|thị))(?!\s+[A-ZĐ])|\s+các cấp|\s+trên\s+địa\s+bàn(?:\s+(?:tỉnh|thành phố|Thành phố))?|\s+ở\s+(?:cơ sở|địa phương|tỉnh)"
    r"|\s+(?:đóng|đặt)\s+(?:trên|tại)\s+địa\s+(?:bàn|phương)(?:\s+tỉnh)?|\s+có thẩm quyền|\s+được xác minh|\s+thuộc đối tượng (?:kiểm tra|xác minh)|\s+trong (?:ngành|và ngoài tỉnh))?"
)
_DETERMINED = re.compile(
    rf"(?<!\w)(?P<det>[Cc]ác\s+|[Nn]hững\s+|[Tt]oàn thể các\s+)?(?P<list>{_ITEM}(?!\w)(?:\s*[,/]\s*{_ITEM}(?!\w)|\s+(?:và|hoặc)\s+{_ITEM}(?!\w)|[ ]{_ITEM}(?!\w)){{0,7}})(?P<qual>{_QUALITY}{_SCOPE})(?!\w)"
)
_OPENS_ALONE = re.compile(
    r"(?:[Ss]ở\s*,\s*(?:[Bb]an|[Nn]gành)|[Cc]ơ quan\s*[,/]|[Đđ]ơn vị\s*,\s*địa phương|[Đđ]ịa phương\s*,\s*đơn vị|Bộ\s*,\s*[Nn]gành|[Cc]ơ quan\s+(?:báo chí|thông t|có thẩm quyền|chức năng|hành chính|nhà nước|Trung ương|y tế|quản lý)|[Đđ]ơn vị\s+(?:trực thuộc|được phân công)|[Đđ]oàn thể\s+(?:tỉnh|cấp|Thành phố))"
)
_CLASS_NOUNS = re.compile(r"(?i)(?<!\w)(?:sở|ban|ngành|đoàn thể|phòng|bộ|quỹ|chi bộ|vụ|cục|chi cục|hội)(?!\w)")
_LOOSE_NOUNS = re.compile(r"(?i)(?<!\w)(?:cơ quan|đơn vị|địa phương|tổ chức|doanh nghiệp|cấp|cơ sở|lực lượng|nhà trường)(?!\w)")
_DEFINITE = re.compile(r"(?i)chính trị\s*[-–]?\s*xã hội|sự nghiệp|trực thuộc|thuộc (?:sở|bộ|tỉnh|ubnd)|đối tượng|chuyên đề|được xác minh")
_GENERIC_PHRASES = re.compile(
    r"(?<!\w)(?:(?:[Cc]ác\s+)?cấp\s+(?:ủy|uỷ)(?:\s+(?:Đảng|đảng))?(?:\s+các\s+cấp)?|(?:[Cc]ác\s+)?cấp\s+(?:[Cc]ông đoàn|chính quyền|MTTQ)"
    r"|[Cc]hính quyền\s+(?:địa phương(?:\s+(?:2|hai)\s+cấp)?|các cấp|tỉnh|cơ sở)|[Nn]gành\s+(?:Y tế|y tế|giáo dục|Giáo dục|Công an|công an|Thuế|Nội vụ)(?:\s+địa phương)?|[Nn]hà trường|[Tt]ổ chức [Cc]ông đoàn|[Bb]áo đài|hội xã hội tự nguyện)(?!\w)"
)
_ONE_STOP = re.compile(
    r"(?<!\w)[Bb]ộ phận\s+(?:(?:[Mm]ột cửa|[Tt]iếp nhận và [Tt]rả kết quả)(?:\s+(?:các cấp|cấp\s+(?:huyện|xã)(?:\s*(?:,|và)\s*cấp\s+(?:huyện|xã))*))?)"
)
_PORTAL = re.compile(
    r"(?<!\w)(?:Cổng|Trang|cổng|Cổng/[Tt]rang)\s+(?:[Tt]hông tin điện tử|TTĐT)(?:\s+(?:của\s+)?(?:tỉnh|Thành phố|thành phố|[A-ZĐ][\w&]*(?:\s[A-ZĐ][\w&]*)*))?"
)
_ROLE_LABEL = re.compile(r"(?i)(?:chủ trì|phối hợp|thực hiện)[^\n:]{0,20}:[^\n]*$")

_HEADS = (
    "Ban Chỉ đạo", "Ban chỉ đạo", "Ban Quản lý", "Ban quản lý", "Ban An toàn giao thông", "Ban ATGT", "Ban Tuyên giáo và Dân vận",
    "Ban Tuyên giáo", "Ban Dân vận", "Ban Tổ chức", "Ban Nội chính", "Ban Thường vụ", "Ban Chấp hành", "Ban Biên tập", "Ban Giám đốc",
    "Ban Giám hiệu", "Ban Kinh tế", "Ban Pháp chế", "Ban", "Ủy ban Kiểm tra", "Ủy ban", "Uỷ ban", "Văn phòng", "Phòng", "phòng", "Trung tâm", "Chi cục",
    "Tổng cục", "Cục", "Vụ", "Viện", "Học viện", "Trường", "Thanh tra", "Công an", "Cảnh sát", "Kho bạc Nhà nước", "Kho bạc", "Ngân hàng",
    "Bưu điện", "Báo", "Đài", "Tạp chí", "Hội", "Hiệp hội", "Liên đoàn", "Liên minh", "Liên hiệp", "Quỹ", "Công ty", "Tổng công ty", "Tập đoàn", "Đảng ủy",
    "Đảng uỷ", "Đảng bộ", "Huyện ủy", "Quận ủy", "Thị ủy", "Tổ", "Đoàn", "Hội đồng", "Bệnh viện", "Tòa án", "Toà án", "Công đoàn", "Câu lạc bộ", "Câu lạc Bộ",
    "Thường trực", "Đoàn Chủ tịch", "Cơ quan", "Sở", "Bộ Chỉ huy", "Bộ Tư lệnh", "Bộ", "Nhà xuất bản", "Thư viện", "Bảo tàng", "Trạm", "Lữ đoàn", "Đồn", "Hạt Kiểm lâm", "Phân hiệu",
    "Viện kiểm sát", "Tổng", "Mặt trận", "Thành ủy", "Tỉnh ủy", "Thành uỷ", "Tỉnh uỷ",
)  # fmt: skip
_NOT_A_HEAD = re.compile(
    r"(?:Ban hành|Hội nghị|Hội thảo|Hội thi|Hội đàm|Hội nhập|Báo cáo|Báo chí|Báo in|Báo điện tử(?!\s[A-ZĐ])|Báo:|Trường hợp|Đoàn kết|Đoàn viên|Tổ chức|tổ chức|Tổ trưởng|Tổ phó|Tổ dân phố|Viện trợ|Viện trưởng|Vụ trưởng|Cục trưởng"
    r"|Phòng,|Phòng chống|phòng chống|phòng,|phòng ngừa|phòng bệnh|phòng cháy|phòng thủ|phòng họp|phòng khám|Cục bộ|Trung tâm của|Thanh tra,|Công an,|Đài,|Báo,|Tổng hợp|Tổng kết|Tổng số|Tổng thể|Tổng cộng|Tổng kiểm|Tổng điều tra|Tổng vốn|Tổng mức|Tổng Bí thư|Bộ trưởng|Bộ tiêu chí|Bộ chỉ số|Bộ Chỉ số|Bộ luật"
    r"|Bộ KPI|Bộ câu hỏi|Bộ thủ tục|Bộ tài liệu|Ban đầu|Ban ngày|Cơ quan chủ trì|Cơ quan phối hợp|Cơ quan thực hiện|Cơ quan,|Quỹ đất|Bộ phận,|Bộ,|Sở,|Ban,|Hội,|Hội viên|Đoàn công tác|Phòng ngừa|Phòng bệnh|Cổng trường|Cổng Dịch vụ|Cổng dịch vụ|Trang thiết bị|Trang bị|Mặt trận,|Tổ quốc|Phòng học|Trường chuẩn)"
)
_ROLE_STOP = (
    r"chủ trì|phối hợp|phối kết hợp|tham mưu|chịu|có|là|làm|được|đã|đang|sẽ|phải|cần|theo|để|trong|tại|về|với|cho|do|từ|đến|nhằm|khi|nếu|trên|ở|qua|và|hoặc|các|những|mỗi|cùng|như|này|đó|năm|thì|mà|nhưng|vào|ra|của"
    r"|thuộc|trực thuộc|gồm|bao gồm|giai đoạn|căn cứ|triển khai|thực hiện|hướng dẫn|báo cáo|yêu cầu|đề nghị|ban hành|số|không|tự|sau|trước|đối với|nêu|giúp|định kỳ|thường xuyên|kịp thời|chủ động|xây dựng kế hoạch"
)
_VERB_STOP = (
    r"|tổ chức|xây dựng|theo dõi|kiểm tra|giám sát|đôn đốc|tổng hợp|phê duyệt|thành lập|quyết định|trình|xem xét|tiếp tục|tăng cường|đẩy mạnh|gửi|cung cấp|bố trí|đảm bảo|bảo đảm|nghiên cứu|đề xuất|rà soát|hàng|hằng|lập|thẩm định|tuyên truyền"
    r"|đăng tải|cập nhật|vận động|ký|giao(?! thông| dịch| lưu| nhận)|mời|cử|chuẩn bị|tham gia|xử lý|giải quyết|mở|đưa|duy trì|nâng cao|chỉ đạo|công bố|khẩn trương|phân công|hoàn thành|tiến hành|thông qua|liên quan|hỗ trợ|khai thác|lồng ghép|tập trung|quán triệt|phổ biến"
    r"|đồng thời|thông báo|cấp|phân bổ|kêu gọi|huy động|đánh giá|sử dụng|tiếp nhận|tạo|phát hành|sản xuất|thiết kế|chưa|đầu tư|dự|điều hành|đăng|tùy|tuỳ|cũng|nghiêm|tăng|giảm|khác|nơi|đặt|đóng|nói|nay|hiện|sắp xếp|dưới|gắn|vẫn|ngay|cụ thể"
    r"|lãnh đạo|quan tâm|xác định|thống nhất|lấy|chấn chỉnh|trao|thống kê|tặng|tổng kết|sơ kết|phát huy|phát động|đề ra|ứng dụng|quản lý hiệu quả|kiến nghị|ủy quyền|chấp hành|đưa vào|hoạt động|phát triển"
)
_NAME_STOP = re.compile(rf"(?:{_ROLE_STOP}{_VERB_STOP})(?!\w)")
_WIDE_NAME_STOP = re.compile(rf"(?:{_ROLE_STOP})(?!\w)")
# Names of associations, funds, centres and companies are sentences of their own.
_WIDE_HEADS = frozenset(
    ("Hội", "Hiệp hội", "Quỹ", "Trường", "Học viện", "Bệnh viện", "Ngân hàng", "Liên hiệp", "Công ty", "Tổng công ty", "Câu lạc bộ", "Câu lạc Bộ", "Viện", "Trung tâm", "Tạp chí")
)
_WORD = re.compile(r"[ ]([^\W\d_](?:[\w&]|-(?=\w)|\.(?=\w))*)")
_HEAD_RE = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(h) for h in sorted(_HEADS, key=len, reverse=True))})(?!\w)")
_PREFIX_PERSON = re.compile(r"(?:Trưởng|Phó Trưởng|Phó trưởng|trưởng|Trường)\s+$")
# Rooms and bodies that are named by the body they belong to: "Thanh tra Bộ Nội vụ".
_OWNED = re.compile(
    r"(?:Ban Tuyên giáo(?: và Dân vận)?|Ban Dân vận|Ban Tổ chức|Ban Nội chính|Ban Thường vụ|Ban Chấp hành(?: Đảng bộ)?|Ban Kinh tế|Ban Biên tập|Ban Giám đốc|Ban Chuyên đề|Thường trực|Văn phòng|Thanh tra|Đảng ủy|Đảng uỷ|Đảng bộ"
    r"|Ủy ban Kiểm tra|Cơ quan .*|Ban Chỉ đạo.*|Ban chỉ đạo.*|Đoàn [Kk]iểm tra.*|Công đoàn|Đoàn Thanh niên|Đoàn Chủ tịch|Hội đồng .*)$"
)
_LOWER_NAMES = re.compile(
    r"[ ](?:phòng, chống|phòng chống|cải cách|chuyển đổi|phòng thủ|quốc gia|kiểm tra|liên ngành|tư vấn|hữu nghị|các Doanh|các nhà|Các nhà|các trường|truyền thanh|y tế|kiểm soát|xác minh|công nghệ|an toàn|công tác|xây dựng|thực hiện|quản lý|cấp trên trực tiếp cơ sở|cơ sở|điện tử|công an|quân sự|các (?:[Kk]hu|khu) (?:công nghiệp|kinh tế|chế xuất))(?!\w)"
)
_LOWER_HEADS = frozenset(
    ("Ban Chỉ đạo", "Ban chỉ đạo", "Đoàn", "Hiệp hội", "Hội", "Tổ", "Ban quản lý", "Ban Quản lý", "Trạm", "Công đoàn", "Đài", "Báo")
)
_STANDALONE = frozenset(("Đảng ủy", "Tỉnh ủy", "Thành ủy", "Tỉnh uỷ", "Thành uỷ", "Huyện ủy", "Ban Chỉ đạo", "Ban chỉ đạo", "Ban An toàn giao thông", "Ban ATGT", "Công an", "Bưu điện", "Mặt trận"))
_IN_ADDRESS = re.compile(r"(?:(?:[Ss]ố|đường|phố|ngõ)\s+\d*[\w/]*\s*(?:đường\s+)?|tòa nhà\s+)$")
_LOCAL = re.compile(rf"[ ](?:{_UNIT_LIST}|{_LEVELS}|các cấp|cùng cấp|địa phương)(?!\w)(?:\s+thuộc đối tượng (?:kiểm tra|xác minh))?(?:\s+trên địa bàn(?:\s+tỉnh)?)?")


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in gazetteers.agencies():
        for name in (row.name, *row.aliases):
            automaton.add_word(fold(name), (fold(name), row, name))
    automaton.make_automaton()
    return automaton


def find(text: str, *, span: tuple[int, int] | None = None, recipients: bool = False) -> list[Mention]:
    """All mentions of organisations, in order, without overlaps.

    Args:
        text: clean text.
        span: only inside this stretch.
        recipients: the stretch is a line of Nơi nhận, where web portals are addressees too.
    """
    start, end = span or (0, len(text))
    taken = _Taken(end)
    for m in NUMBER.finditer(text, start, end):
        taken.block(m.start(), m.end())
    for rule in (_one_stops, _committees, _listed):
        for mention in rule(text, start, end):
            taken.add(mention)
    for mention in _portals(text, start, end, recipients):
        taken.add(mention, over=True)
    for mention in _by_grammar(text, start, end, taken):
        taken.add(mention, over=True)
    for mention in _classes(text, start, end, taken):
        taken.add(mention, around=True)
    return [m for m in taken.sorted() if not _heading_capitals(text[m.start : m.end])]


def find_recipient(text: str, start: int, end: int) -> list[Mention]:
    """Organisations in one line of Nơi nhận; the mark in brackets is none.

    "Các Phòng KSTT, TH, QT" names three rooms with one head.
    """
    mark = re.compile(r"\s*[(“]\s*(?:để\s+)?[^)”]{1,30}[)”]\s*$").search(text, start, end)
    end = mark.start() if mark else end
    listed = _ROOMS.search(text, start, end)
    if listed is None:
        return find(text, span=(start, end), recipients=True)
    found = find(text, span=(start, listed.start()), recipients=True)
    for m in re.finditer(r"[^\s,;:]+(?:[ ](?!và)[^\s,;:]+)*", text[listed.start("names") : end]):
        a, b = listed.start("names") + m.start(), listed.start("names") + m.end()
        head = listed.group("head")
        alone = re.match(r"TTXVN|VTV|VOV", m.group())
        found.append(Mention(a, b, "named", None, 0.7, m.group() if alone else f"{head} {m.group()}"))
    return found


_ROOMS = re.compile(
    rf"(?:[Cc]ác\s+)?(?P<head>Phòng|Báo|Ban|Đài|Vụ)\s*:?\s+(?P<names>[{_U}][{_U}&]+(?:\s*,\s*[{_U}][\w&-]+(?:[ ][\w]+){{0,2}})+)$"
)


def _heading_capitals(printed: str) -> bool:
    """Headings and stamps in capitals name bodies that the text names again in its own words."""
    return printed.isupper() and len(printed.split()) > 1 and bool(re.search(r"[ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]", printed))


class _Taken:
    """Mentions so far; a new one is only kept where nothing stands yet, or over smaller ones."""

    def __init__(self, size: int) -> None:
        self._owner: list[Mention | None] = [None] * size
        self._blocked = bytearray(size)
        self._around: list[Mention] = []

    def block(self, start: int, end: int) -> None:
        """Nothing may stand here."""
        self._blocked[start:end] = b"\x01" * (end - start)

    def add(self, mention: Mention, *, over: bool = False, around: bool = False) -> None:
        """Keep a mention: ``over`` replaces smaller ones inside it, ``around`` keeps them too."""
        cells = self._owner[mention.start : mention.end]
        inside = {id(m): m for m in cells if m is not None}
        swallows = all(mention.start <= m.start and m.end <= mention.end for m in inside.values())
        if any(self._blocked[mention.start : mention.end]):
            return
        if inside and not ((over or around) and swallows):
            return
        if inside and around:
            self._around.append(mention)
            return
        self._owner[mention.start : mention.end] = [mention] * (mention.end - mention.start)

    def first_in(self, start: int, end: int) -> Mention | None:
        """The first mention that touches a stretch."""
        return next((m for m in self._owner[start:end] if m is not None), None)

    def covers(self, start: int, end: int) -> bool:
        return any(m is not None for m in self._owner[start:end]) or any(self._blocked[start:end])

    def starting_at(self, position: int) -> Mention | None:
        mention = self._owner[position] if position < len(self._owner) else None
        return mention if mention is not None and mention.start == position else None

    def sorted(self) -> list[Mention]:
        kept = {id(m): m for m in self._owner if m is not None}
        return sorted([*kept.values(), *self._around], key=lambda m: (m.start, -m.end))


def _one_stops(text: str, start: int, end: int) -> Iterator[Mention]:
    for m in _ONE_STOP.finditer(text, start, end):
        yield Mention(m.start(), m.end(), "collective", None, 0.9)


def _portals(text: str, start: int, end: int, recipients: bool) -> Iterator[Mention]:
    """Web portals are channels; they are bodies where they are addressed or bear a role."""
    for m in _PORTAL.finditer(text, start, end):
        line = text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
        if recipients or _ROLE_LABEL.search(line):
            yield Mention(m.start(), m.end(), "named", None, 0.7)


def _committees(text: str, start: int, end: int) -> Iterator[Mention]:
    for m in _people_committee().finditer(text, start, end):
        many = m.group("many")
        stop = m.end()
        if many is None and m.group("one") is None:
            if m.group("second"):
                stop = m.start("second")
            elif m.group("head").isupper() and text[m.end() : m.end() + 1] in ("-", "/"):
                continue
        yield Mention(m.start(), stop, "collective" if many else "named", None, 0.95)


def _listed(text: str, start: int, end: int) -> Iterator[Mention]:
    """Gazetteer names, longest first, with the place that follows."""
    folded_text = fold(text[start:end])
    hits: list[tuple[int, int, AgencyRow]] = []
    for last, (name, row, spelled) in _automaton().iter(folded_text):
        first = last - len(name) + 1
        if not _word_edge(folded_text, first, last + 1) or not text[start + first].isupper():
            continue
        if text[start + first - 1 : start + first] in ("-", "/") and spelled.isupper():
            continue  # the tail of a symbol: "/QĐ-SCT"
        if spelled.isupper() and not text[start + first : start + last + 1].isupper():
            continue  # an abbreviation counts only in capitals
        hits.append((start + first, start + last + 1, row))
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    at = -1
    for first, stop, row in hits:
        if first < at:
            continue
        stop, kind = _placed(text, stop, end)
        at = stop
        yield Mention(first, stop, kind, row, 0.97)


def _placed(text: str, stop: int, end: int) -> tuple[int, AgencyKind]:
    """A name's end with the place or class of places after it, and the kind that makes it."""
    own = _qualifier().match(text, stop, end)
    if own:
        return own.end(), "named"
    many = _LOCAL.match(text, stop, end)
    if many and re.search(r"các|,|cấp|địa phương", many.group()):
        return many.end(), "collective"
    return stop, "named"


def _word_edge(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _is_head(text: str, position: int) -> bool:
    """Does another organisation's name begin here?"""
    m = _HEAD_RE.match(text, position)
    return bool(m and not _NOT_A_HEAD.match(text, position) and _WORD.match(text, m.end()))


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
        kind: AgencyKind = "named"
        owner = re.compile(r"[ ](?:của )?").match(text, stop, end)
        inner = taken.starting_at(owner.end()) if owner else None
        if inner is not None and _OWNED.match(text[m.start() : stop]):
            stop = inner.end
            kind = inner.kind if inner.kind != "generic" else "named"
        elif stop == m.end() and head not in _STANDALONE and not re.match(r"\s*(?::|\n|$)", text[stop:end]):
            continue
        else:
            stop, kind = _placed(text, stop, end)
        if _IN_ADDRESS.search(text, max(0, m.start() - 25), m.start()):
            continue
        first = m.start()
        if re.search(r"(?:^|\W)[Cc]ác\s$", text[max(0, first - 5) : first]) and stop > m.end():
            kind, first = "collective", first - 4
        yield Mention(first, stop, kind, None, 0.8)


def _name_end(text: str, at: int, end: int, head: str, taken: _Taken) -> int | None:
    """Where the name after a head noun ends: at the head itself when no own name follows."""
    stop_words = _WIDE_NAME_STOP if head in _WIDE_HEADS else _NAME_STOP
    first = _WORD.match(text, at, end)
    if first is None or taken.covers(first.start(1), first.end(1)):
        return at if head in _STANDALONE or _OWNED.match(head) or head == "Văn phòng" else None
    if not first.group(1)[0].isupper():
        lower = _LOWER_NAMES.match(text, at, end) if head in _LOWER_HEADS or head == "Cơ quan" else None
        if lower is None or (head == "Cơ quan" and not re.match(r"[ ](?:kiểm soát|công an|quân sự)", lower.group())):
            return at if head in _STANDALONE else None
        stop = lower.end()
    else:
        stop = first.end(1)
    words = 1
    while words < 16:
        comma = re.compile(r",[ ](?=(?:chống|Trẻ em|Thể thao|Gia đình|Cao đẳng|Du lịch|kỹ thuật|nhân tài|thu nhập|Trung cấp|cứu nạn|tìm kiếm)\b)").match(text, stop, end)
        dash = re.compile(rf"[ ]?[-–][ ](?=[{_U}])").match(text, stop, end)
        both = re.compile(
            rf"[ ]và[ ](?=(?:[{_U}]|phát triển|xuất|hợp tác|đổi mới|tìm kiếm|phòng|đào tạo|trẻ em|truyền thanh|cứu hộ))"
        ).match(text, stop, end)
        joint = comma or dash or both
        jump = joint.end() if joint else stop
        if joint and (_is_head(text, jump) or taken.covers(jump, jump + 1)):
            break
        nxt = re.compile(r"([^\W\d_](?:[\w&]|-(?=\w)|\.(?=\w))*)").match(text, jump if joint else stop + 1, end)
        if nxt is None or (not joint and text[stop : stop + 1] != " "):
            number = re.compile(r"[ ](?:389|138|35|COVID-19|\d{1,3})(?![\w%/])").match(text, stop, end)
            if number and head.startswith(("Ban Chỉ đạo", "Ban chỉ đạo", "Tổ")):
                stop = number.end()
                words += 1
                continue
            break
        word = nxt.group(1)
        proper = words > 2 and text[text.rfind(" ", 0, stop) + 1].isupper()
        if not joint and word[0].islower() and (_NAME_STOP if proper else stop_words).match(text, nxt.start(1)):
            break
        if word == "Số":  # an address begins
            break
        if taken.covers(nxt.start(1), nxt.end(1)) or (not joint and _LOCAL.match(text, stop, end)):
            break
        if not joint and (word in ("tỉnh", "Thành", "TP") or word == "thành" and text[nxt.end() : nxt.end() + 4] == " phố"):
            break
        if word[0].isupper() and not joint and head != "Trường" and head not in _WIDE_HEADS and _is_head(text, nxt.start(1)):
            break
        stop = nxt.end(1)
        words += 1
    return stop


def _classes(text: str, start: int, end: int, taken: _Taken) -> Iterator[Mention]:
    for m in _GENERIC_PHRASES.finditer(text, start, end):
        yield Mention(m.start(), m.end(), "generic", None, 0.7)
    for m in _DETERMINED.finditer(text, start, end):
        items, qual = m.group("list"), m.group("qual")
        det = m.group("det")
        if not det and not _OPENS_ALONE.match(text, m.start("list")):
            continue
        if re.search(r"(?i)\b(?:một số|mỗi|từng|nhiều)\s+$", text[max(0, m.start() - 10) : m.start()]):
            continue
        stop = m.end()
        inner = taken.first_in(m.start(), stop)
        if inner is not None:  # a name of its own stands in the list: the class ends before it
            stop = m.start() + len(_LIST_TAIL.sub("", text[m.start() : inner.start]))
            items, qual = text[m.start("list") : stop], ""
            if stop <= m.start("list"):
                continue
        single = not re.search(r"[,/]|\s", items)
        if single and not qual.strip() and not re.match(
            r"(?i)(?:cơ quan|đơn vị|địa phương|phòng|chi bộ|sở|nhà trường)", items
        ):
            continue
        owner = re.compile(r"\s+(?:(?:thuộc|trực thuộc|trong|của)\s+)?").match(text, stop, end)
        whose = taken.starting_at(owner.end()) if owner else None
        if whose is not None and not det:
            whose = None
        yield Mention(m.start(), whose.end if whose else stop, _class_kind(det, items, qual, whose), None, 0.75)


_LIST_TAIL = re.compile(r"(?:[\s,;]|\b(?:và|hoặc|thuộc|trực thuộc|của|trong)\b)*$")


def _class_kind(det: str | None, items: str, qual: str, whose: Mention | None) -> AgencyKind:
    """A definite class of offices, or an indefinite group of them."""
    if "liên quan" in qual or "khác" in qual:
        return "generic"
    if whose is not None or _DEFINITE.search(qual):
        return "collective"
    offices = _CLASS_NOUNS.search(items) and not re.match(r"(?i)ban\b", items)
    if offices and re.search(r"thuộc|tỉnh|Thành phố", qual):
        return "collective"
    return "collective" if det and offices and not _LOOSE_NOUNS.search(items) else "generic"


# --- one body, many forms -----------------------------------------------------------------------

_LEADING = re.compile(r"(?i)^(?:các|những|mỗi|toàn thể)\s+")
_SPELLED = (
    (re.compile(r"\s*\((?:UBND|HĐND)\)"), ""),
    (re.compile(r"\bTX\b"), "thị xã"),
    (re.compile(r"\bTP\b\.?"), "thành phố"),
    (re.compile(r"\bATGT\b"), "an toàn giao thông"),
    (re.compile(r"\bBTV\b"), "Ban Thường vụ"),
    (re.compile(r"\bVP\b"), "Văn phòng"),
    (re.compile(r"(?:đặt|đóng) (?=(?:tại|trên) địa)"), ""),
    (re.compile(r"\s+trên địa bàn(?: tỉnh| thành phố| Thành phố)?$"), ""),
    (re.compile(r"\s*,\s*|\s*/\s*"), " "),
)
_OWN = "@"


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
        mentions: from ``find``, in order.
        text: the clean text.
        province: the plan's province, which "tỉnh" means here.
        day: the plan's date (EDTF), for codes.
        issuer: who issued the plan, as written in the letterhead.
    """
    row = gazetteers.province_on(province, day) if province else None
    bodies: dict[str, Body] = {}
    for mention in mentions:
        printed = mention.name or " ".join(text[mention.start : mention.end].split())
        printed = _SPELLED[0][0].sub("", printed)
        identity = _identity(printed, mention.row, mention.kind, province)
        identity = _known(bodies, _short_owner(identity, issuer), mention)
        body = bodies.get(identity)
        if body is None:
            canonical = mention.row.name if mention.row else _LEADING.sub("", printed)
            local = _is_local(printed, mention)
            body = Body(
                _id(canonical, mention.kind, row.code if row and local else None),
                printed,
                canonical,
                mention.kind,
                _level(printed, mention),
                row.code if row and local else None,
                successors=mention.row.successors if mention.row else (),
                confidence=mention.confidence,
            )
            bodies[identity] = body
        body.mentions.append(mention)
    return _unique_ids(list(bodies.values()))


def same_body(bodies: Iterable[Body], name: str, province: str | None) -> Body | None:
    """The body that a name means, among those of a text."""
    wanted = _identity(name, None, "named", province)
    for body in bodies:
        if _identity(body.name, None, body.kind, province) == wanted:
            return body
    return None


def _identity(printed: str, row: AgencyRow | None, kind: AgencyKind, province: str | None) -> str:
    """What two mentions of one body have in common; "tỉnh" and the plan's own province are one."""
    spelled = row.name + _tail(printed) if row is not None else _LEADING.sub("", printed)
    for pattern, right in _SPELLED:
        spelled = pattern.sub(right, spelled)
    identity = key(spelled)
    if kind == "generic":
        return f"*{identity}"
    identity = re.sub(rf"^({_KEY_DESK}) .*$", r"\1", identity)
    if province:
        own = key(province)
        initials = "".join(word[0] for word in province.split() if word[0].isalpha()).casefold()
        for place in (own, initials):
            identity = re.sub(rf" (?:(?:{_KEY_OF}) )?(?:(?:{_KEY_PROVINCE}|{_KEY_CITY}) )?{re.escape(place)}$", f" {_OWN}", identity)
    identity = re.sub(rf" (?:(?:{_KEY_OF}) )?(?:{_KEY_PROVINCE}|{_KEY_CITY})$", f" {_OWN}", identity)
    if re.fullmatch(r"(?:ubnd|hđnd)", identity):
        identity += f" {_OWN}"
    if not re.match(r"(?:.* )?(?:ubnd|hđnd)\b", identity):
        identity = identity.removesuffix(f" {_OWN}")
    return f"{'*' if kind != 'named' else ''}{identity}"


def _short_owner(identity: str, issuer: str | None) -> str:
    """In a ministry's or department's own plan "Văn phòng Bộ X" and "Văn phòng Bộ" are one."""
    if not issuer:
        return identity
    whole = key(issuer)
    head = whole.split(" ")[0]
    if head in (key("bộ"), key("sở")) and identity.endswith(f" {whole}"):
        identity = identity.removesuffix(whole).removesuffix(f"{_KEY_OF} ") + head
    return identity


_KEY_OF, _KEY_PROVINCE, _KEY_CITY = key("của"), key("tỉnh"), key("thành phố")
_KEY_DESK = f"{key('bộ phận một cửa')}|{key('bộ phận tiếp nhận và trả kết quả')}"


def _tail(printed: str) -> str:
    """The place behind a gazetteer name in one of its spellings."""
    m = re.search(rf"\s(?:(?:của )?(?:tỉnh|Tỉnh|thành phố|Thành phố|TP\.?)(?:\s.*)?|{_place()}|(?:các|cấp|hai cấp|cùng cấp)\s.*)$", printed)
    return m.group() if m else ""


def _known(bodies: dict[str, Body], identity: str, mention: Mention) -> str:
    """The identity under which a shorter or abbreviated form is already known."""
    if identity in bodies:
        return identity
    other = identity.removeprefix("*") if identity.startswith("*") else f"*{identity}"
    if mention.kind != "generic" and other in bodies:
        return other
    longer = [known for known in bodies if known.startswith(identity + " ") and not known.endswith(f"{identity} {_OWN}")]
    if mention.kind == "named" and longer and mention.row is None:
        return longer[-1]
    if mention.kind == "collective" and len(longer) == 1 and re.search(r"thuộc", longer[0]):
        return longer[0]
    words = identity.split(" ")
    if mention.kind == "named" and len(words) >= 2 and len(words[-1]) >= 3:
        for known in bodies:
            spelled = known.split(" ")
            head = len(words) - 1
            if spelled[:head] == words[:-1] and "".join(w[0] for w in spelled[head:]) == words[-1]:
                return known
    return identity


def _unique_ids(bodies: list[Body]) -> list[Body]:
    seen: dict[str, int] = {}
    for body in bodies:
        count = seen[body.id] = seen.get(body.id, 0) + 1
        if count > 1:
            body.id = f"{body.id}-{count}"
    return bodies


def _is_local(printed: str, mention: Mention) -> bool:
    if mention.row is not None:
        return mention.row.level == "province"
    return mention.kind == "named" and _level(printed, mention) != "central"


def _level(printed: str, mention: Mention) -> AgencyLevel | None:
    if mention.row is not None and mention.row.level:
        return mention.row.level  # type: ignore[return-value]
    for pattern, level in _LEVELS_BY_WORD:
        if re.search(pattern, printed):
            return level
    return None


_LEVELS_BY_WORD: tuple[tuple[str, AgencyLevel], ...] = (
    (r"(?i)trung ương|quốc gia|tối cao|chính phủ|quốc hội|^Bộ |^Tổng cục|Việt Nam$", "central"),
    (r"(?i)cấp huyện|\bhuyện\b|\bquận\b|\bthị xã\b", "district"),
    (r"(?i)cấp xã|\bxã\b|\bphường\b|\bthị trấn\b|đặc khu", "commune"),
    (r"(?i)^(?:phòng|văn phòng sở|các phòng|vụ)\b", "internal"),
    (r"(?i)\btỉnh\b|thành phố|^Sở ", "province"),
)
_SLUG = re.compile(r"[^a-z0-9]+")


def _id(canonical: str, kind: AgencyKind, code: str | None) -> str:
    slug = _SLUG.sub("-", folded(canonical)).strip("-")[:60]
    return f"{slug}@{code}" if code and kind != "generic" else slug
