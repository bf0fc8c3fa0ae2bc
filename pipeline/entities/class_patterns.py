"""Grammar of classes of bodies: "các sở, ban, ngành", forces, portals, and members without a name.

In: the nouns of classes and what their members do, from the gazetteers.  Out: compiled patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline import gazetteers
from pipeline.entities.place_patterns import CENTRAL, LEVELS, LOWEST, UNIT_LIST, UNITS, place
from pipeline.gazetteers import QualityRow
from pipeline.language.letters import LOWER, UPPER

# Branches of the administration that act as one, and those that only have bodies.
_ACTING = (
    r"[Yy] tế|[Gg]iáo dục(?: và [Đđ]ào tạo)?|[Cc]ông an|Thuế|[Đđ]iện lực|điện"
    r"|[Gg]iao thông(?: vận tải)?|[Vv]ăn hóa|[Nn]gân hàng|[Nn]ông nghiệp"
    r"|[Kk]iểm sát(?: nhân dân)?|[Tt]òa án(?: nhân dân)?|Nội vụ"
)
_BRANCH = (
    rf"(?:{_ACTING}|Hải quan|[Xx]ây dựng|[Tt]ư pháp|[Tt]ài nguyên và [Mm]ôi trường|[Tt]ài chính"
    r"|[Cc]ông [Tt]hương|[Dd]u lịch)(?!\w)"
)
# What may not follow a noun: "các thành phố Huế và …" names towns, "tổ chức xã hội" no commune.
_NOT_BEFORE = {
    "thành phố": rf"(?![ ][{UPPER}][{LOWER}])",
    "xã": "(?! hội)",
    "bộ": "(?! (?:Tư lệnh|Chỉ huy|Tổng|Chính trị|đội|trưởng))",
}


def _noun(noun: str) -> str:
    """A noun with or without capitals; letters that stand for words are capital always."""
    words = (w if w.isupper() else f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in noun.split(" "))
    return " ".join(words).replace("òa", "(?:òa|oà)") + _NOT_BEFORE.get(noun, "")


def _nouns(nouns: Iterable[str]) -> str:
    return "|".join(_noun(noun) for noun in sorted(nouns, key=len, reverse=True))


ITEM = rf"(?:{_nouns(row.noun for row in gazetteers.class_nouns())})"
# Nouns that follow another without a comma; "tổ chức" there is mostly the verb.
_NEXT_ITEM = (
    rf"(?:[Nn]gành(?!\s+dọc)(?!\s+{_BRANCH})|[Bb]an ngành|[Bb]an|[Đđ]oàn thể|[Đđ]ơn vị"
    r"|[Đđ]ịa phương"
    r"|[Tt]ổ chức(?=\s+(?:chính trị|đoàn thể|xã hội|liên quan|có liên quan))"
    r"|(?<=tổ chức )[Đđ]oàn|[Qq]uần chúng)"
)


def _quality(row: QualityRow) -> str:
    """What members of a class do, over line ends; "tiêm chủng" only behind "cơ sở"."""
    words = row.words.replace(" - ", r"\s*[-–]\s*").replace(" ", r"\s+")
    return rf"(?<={row.behind[1:]}\s){words}" if row.behind else words


_QUALITIES = [
    _quality(row)
    for row in sorted(gazetteers.class_qualities(), key=lambda row: len(row.words), reverse=True)
]
_QUALITY = (
    r"(?:,\s+chính trị\s*[-–]?\s*xã hội(?!\w)"
    rf"|\s+(?:chính trị\s*[-–,]?\s*xã hội(?:\s*[-–]\s*nghề nghiệp)?|{'|'.join(_QUALITIES)}))*"
)
_SCOPE = (
    r"(?:\s*,?\s+(?:khác\s+)?(?:có\s+)?liên quan(?:\s+khác)?"
    r"|\s+(?:thuộc(?:\s+và|,)?\s+)?trực thuộc(?:\s+(?:Sở|sở|Bộ|tỉnh|Thành phố|UBND tỉnh"
    r"|UBND|cơ quan|[Tt]rung ương))?"
    rf"|\s+thuộc\s+(?:tỉnh|[Tt]hành phố)\s+{place()}"
    r"|\s+thuộc(?:,?\s+trực thuộc)?\s+(?:Sở|sở|Bộ|tỉnh|UBND tỉnh|Thành phố"
    r"|phạm vi quản lý|thẩm quyền(?:\s+quản lý)?|quyền quản lý)(?![^\W\d_])"
    r"|\s+cấp\s+(?:tỉnh|huyện|xã|Thành phố)|\s+(?:địa phương|Trung ương"
    r"|trung ương)(?:\s+và\s+(?:địa phương|Trung ương|trung ương))?(?:\s+(?:(?:đóng"
    r"|đặt)\s+)?(?:tại|trên)\s+địa\s+(?:phương|bàn)(?:\s+tỉnh)?)?"
    r"|\s+TP(?=\s*(?:[;,.]|\n|$))|\s+(?:của\s+)?(?:tỉnh|Tỉnh|Thành phố"
    r"|thành phố)(?!\s*,\s*(?:xã|huyện"
    rf"|thị))(?!\s+(?:{place()}|[{UPPER}]\w*\s+[{UPPER}]))"
    rf"|\s+(?:thuộc\s+)?{LOWEST}(?!\s*[,/]\s*(?:các\s+)?{UNITS})"
    r"|\s+từ [Tt]rung ương đến (?:địa phương|cơ sở)"
    rf"|(?:\s+(?:trong|thuộc|của))?\s+ngành\s+{_BRANCH}(?:\s+(?:tại|ở)\s+(?:các\s+)?địa phương)?"
    r"|\s+trên (?:toàn quốc|cả nước)|\s+thuộc (?:[Tt]rung ương|địa phương) quản lý"
    r"|\s+trong lực lượng (?:[Cc]ông an(?: nhân dân)?|vũ trang(?: nhân dân)?|[Qq]uân đội)"
    r"|\s+ở\s+[Tt]rung ương(?:\s+và\s+(?:ở\s+)?địa phương)?"
    r"|\s+của\s+[Nn]gành(?=\s*(?:[,;.:]|tổ chức|thực hiện|$))|\s+các cấp"
    rf"|\s+trên\s+địa\s+bàn(?:\s+(?:tỉnh|[Tt]hành phố)(?:\s{place()})?)?"
    r"|\s+ở\s+(?:cơ sở|địa phương|tỉnh)"
    r"|\s+(?:đóng|đặt)\s+(?:trên|tại)\s+địa\s+(?:bàn|phương)(?:\s+tỉnh)?|\s+có thẩm quyền"
    r"|\s+tuyến\s+(?:[Tt]rung ương|tỉnh|huyện|xã|cuối|dưới|trên)"
    r"(?:\s*[,/]\s*(?:tỉnh|thành phố|huyện|xã)(?!\w))*"
    r"|\s+được (?:xác minh|kiểm tra|thanh tra|giám sát|kiểm toán)"
    r"|\s+thuộc đối tượng (?:kiểm tra|xác minh)|\s+trong (?:(?:toàn )?ngành"
    r"|và ngoài tỉnh))?"
)
DETERMINED = re.compile(
    r"(?<!\w)(?P<det>[Cc]ác\s+|[Nn]hững\s+"
    rf"|[Tt]oàn thể các\s+)?(?P<list>{ITEM}(?!\w)(?:\s*[,/]\s*{ITEM}(?!\w)|\s+(?:và"
    rf"|hoặc)\s+{ITEM}(?!\w)|[ ]{_NEXT_ITEM}(?!\w)){{0,7}})(?P<qual>{_QUALITY}{_SCOPE})(?!\w)"
)
OPENS_ALONE = re.compile(
    r"(?:[Ss]ở\s*,\s*(?:[Bb]an|[Nn]gành)|[Bb]an\s*,\s*[Bb]ộ\s*,|[Cc]ơ quan\s*[,/]"
    r"|[Đđ]ơn vị\s*,\s*địa phương"
    r"|[Đđ]ịa phương\s*,\s*đơn vị|Bộ\s*,\s*[Nn]gành|[Cc]ơ quan\s+(?:báo chí|thông t"
    r"|có thẩm quyền|chức năng|hành chính|nhà nước|Trung ương|y tế|quản lý)"
    r"|[Đđ]ơn vị\s+(?:trực thuộc|được (?:phân công|kiểm tra|thanh tra|giám sát))"
    r"|[Đđ]oàn thể\s+(?:tỉnh|cấp|Thành phố)"
    r"|[Ll]ực lượng\s+chức năng|[Cc]ơ sở\s+(?:giáo dục|y tế|khám|đào tạo|tiêm)"
    r"|[Tt]ổ chức\s+tín dụng|[Dd]oanh nghiệp\s+nhà nước|[Tt]ập đoàn)"
)
OFFICES = re.compile(
    rf"(?<!\w)(?:{_nouns(row.noun for row in gazetteers.class_nouns() if row.office)})(?!\w)"
)
LOOSE_NOUNS = re.compile(
    rf"(?<!\w)(?:{_nouns(row.noun for row in gazetteers.class_nouns() if row.loose)})(?!\w)"
)
# One noun that is a class without more.
ALONE = re.compile(_nouns(row.noun for row in gazetteers.class_nouns() if row.alone))
DEFINITE = re.compile(
    r"(?i)\bở trung ương|\bcủa ngành|\bngành [a-zđ]|\bbộ, ngành|trong lực lượng|dự toán"
    r"|chính trị\s*[-–,]?\s*xã hội|sự nghiệp|trực thuộc|thuộc (?:sở|bộ|tỉnh|thành phố|ubnd)"
    r"|đối tượng|chuyên đề|được (?:xác minh|kiểm tra|thanh tra|giám sát|kiểm toán)"
)
# Classes of the centre's and the police's bodies; the names inside them are not meant.
CENTRAL_CLASSES = re.compile(
    r"(?<!\w)(?:(?:[Cc]ác\s+)?[Bb]ộ(?:\s*,\s*(?:ban,\s*)?ngành)?\s*,\s*cơ quan ngang [Bb]ộ"
    r"(?:\s*(?:,|và)\s*cơ quan thuộc Chính phủ)?"
    r"|(?:[Cc]ác\s+)?(?:Đại sứ quán|[Cc]ơ quan đại diện(?: ngoại giao)?)(?: của)?"
    r" (?:các nước|Việt Nam (?:ở|tại) nước ngoài)"
    r"|(?:[Cc]ác\s+)?cơ quan thuộc Chính phủ|Công an các đơn vị, địa phương"
    rf"|công an (?:{LEVELS}|các (?:cấp|(?:đơn vị, )?địa phương"
    rf"|{UNITS}(?:\s*(?:,|và)\s*{UNITS})*)|{LOWEST}))"
    r"(?!\w)"
)
_SEATS = r"(?:[Hh]uyện|[Tt]hị|[Tt]hành|[Qq]uận|[Tt]ỉnh|[Đđ]ảng)"
_PARTY = (
    rf"(?:{_SEATS}(?:\s*(?:,|và)\s*{_SEATS})*\s+(?:[Ủủ]y|[Uu]ỷ|[Đđ]oàn)|[Đđ]ảng bộ|[Cc]hi bộ"
    r"|[Bb]an cán sự [Đđ]ảng|[Đđ]ảng đoàn)"
)
# "các Huyện ủy, Thành ủy, Đảng ủy trực thuộc Tỉnh ủy": committees of the Party as a class.
PARTY_CLASSES = re.compile(
    rf"[Cc]ác(?<!\w[Cc]ác)\s+{_PARTY}(?:\s*(?:,|và)\s*(?:các\s+)?{_PARTY})*"
    r"(?:\s+(?:trực )?thuộc(?:\s+(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) (?:ủy|uỷ)|\s+[Tt]rung ương)?"
    rf"|\s+(?:{UNIT_LIST}{CENTRAL}?|{LEVELS}))?(?!\w)"
)
GENERIC_PHRASES = re.compile(
    r"(?<!\w)(?:(?:[Tt]ừng|[Mm]ỗi)\s+cơ quan\s*,\s*đơn vị(?:\s*,\s*địa phương)?"
    r"|(?:[Tt]ừng|[Mm]ỗi)\s+sở\s*,\s*(?:ban\s*,?\s*)?ngành(?:\s*,\s*(?:đơn vị|địa phương)){0,2}"
    r"|[Cc]ác cấp, các ngành(?:, các địa phương)?|(?:Từng|Mỗi)\s+địa phương"
    r"|(?:[Cc]ác\s+)?tổ chức Đoàn\s*,\s*(?:Hội\s*,\s*)?Đội"
    r"|(?:[Cc]ác\s+)?[Cc]ấp\s+(?:ủy|uỷ)(?:\s+(?:Đảng|đảng))?(?:\s+các\s+cấp)?"
    r"|(?:[Cc]ác\s+)?[Tt]ổ chức\s+[Đđ]ảng(?! viên)(?:\s+các\s+cấp)?"
    r"|(?:[Cc]ác\s+)?cấp\s+chính quyền|cấp\s+(?:[Cc]ông đoàn|MTTQ)"
    rf"|[Cc]hính quyền\s+các\s+{UNITS}(?:\s*(?:,|/|và)\s*{UNITS})*"
    rf"|[Cc]hính quyền\s+địa phương\s+(?:{UNIT_LIST}{CENTRAL}?|các cấp)"
    r"|[Cc]hính quyền\s+(?:(?:các\s+)?địa phương(?:\s+(?:2|hai)\s+cấp)?|các cấp|tỉnh|cơ sở)"
    r"|[Nn]hà trường|[Tt]ổ chức [Cc]ông đoàn|[Bb]áo đài"
    r"|hội xã hội tự nguyện)(?!\w)"
)
# "ngành Y tế địa phương": a branch of the administration that acts as one.
BRANCH = re.compile(rf"(?<!\w)[Nn]gành\s+(?:{_ACTING})(?:\s+địa phương)?(?!\w)")
# Courts, procuracies and their committees by level: "VKS quân sự các cấp", "Ủy ban kiểm sát".
_JUSTICE = r"(?:VKS(?:ND)?|[Vv]iện [Kk]iểm sát(?: nhân dân)?|TAND|T(?:òa|oà) án(?: nhân dân)?)"
_MILITARY = r"(?:VKS|[Vv]iện [Kk]iểm sát|T(?:òa|oà) án) quân sự"
JUSTICE = re.compile(
    rf"(?<!\w)(?:[ỦU][ỷy] ban [Kk]iểm sát (?:{_JUSTICE} (?:các cấp|cấp cao|{LEVELS})|các cấp"
    rf"|cùng cấp)|{_JUSTICE} (?:cấp cao(?! tại)|khu vực(?! (?:[IVX\d])))|Viện [Kk]iểm sát các cấp"
    rf"|{_MILITARY} (?:các cấp|cấp thứ hai|khu vực(?! [IVX\d])"
    r"|cấp quân khu(?: và tương đương)?))(?!\w)"
)
TOP_JUSTICE = re.compile(
    r"(?<!\w)(?:[ỦU][ỷy] ban [Kk]iểm sát (?:VKSND|Viện [Kk]iểm sát nhân dân) tối cao"
    rf"|{_MILITARY} [Tt]rung ương"
    rf"|{_JUSTICE} cấp cao tại (?:(?:TP\.?|[Tt]hành phố) ?)?{place()})(?!\w)"
)
# Levels of one body, and forces by name: "các cấp Công đoàn", "lực lượng Hải quan".
LEVELS_OF = re.compile(r"(?<!\w)[Cc]ác\s+cấp\s+(?:[Cc]ông đoàn|MTTQ|Mặt trận Tổ quốc)(?!\w)")
FORCES = re.compile(
    r"(?<!\w)(?<![Cc]ác )[Ll]ực lượng\s+(?:Bộ đội Biên phòng|Biên phòng|Cảnh sát (?:biển"
    r"|giao thông)|Công an"
    r"|Hải quan|Kiểm lâm|Kiểm ngư|Quản lý thị trường|Thanh niên xung phong|Thuế)"
    r"(?!\s+(?:các|cấp|huyện|xã|nhân dân))(?:\s+(?:toàn quốc|tỉnh|Thành phố))?(?!\w)"
    r"|(?<!\w)bộ đội biên phòng(?!\w)"
)
# An office that only its field names: "Cơ quan chuyên môn thuộc UBND tỉnh … về công thương".
_FIELD_ENDS = (
    r"(?:chủ trì|phối hợp|có|chịu|tham mưu|tổ chức|hướng dẫn|báo cáo|cập nhật|rà soát|triển khai"
    r"|thực hiện|căn cứ|các|của|cấp|ở|tại|trên|để|trong|theo|được|là|cho|với)(?!\w)"
)
BY_FIELD = re.compile(
    r"[Cc]ơ quan chuyên môn(?<![Cc]ác cơ quan chuyên môn) (?:trực )?thuộc (?:UBND|Ủy ban nhân dân)"
    r" (?:cấp )?(?:tỉnh|huyện|xã|[Tt]hành phố)"
    r" (?:(?:thực hiện|có) (?:công tác|chức năng|nhiệm vụ) )?quản lý nhà nước về"
    rf"(?:(?:,| và)? (?!{_FIELD_ENDS})[{LOWER}]+){{1,14}}"
)
ONE_STOP = re.compile(
    r"(?<!\w)[Bb]ộ phận\s+(?:(?:[Mm]ột cửa"
    r"|[Tt]iếp nhận và [Tt]rả kết quả)(?:\s+(?:các cấp|cấp\s+(?:huyện|xã)(?:\s*(?:,"
    r"|và)\s*cấp\s+(?:huyện|xã))*))?)"
)
PORTAL = re.compile(
    r"(?<!\w)(?:Cổng|Trang|cổng|Cổng/[Tt]rang)\s+(?:(?:[Tt]hông )?[Tt]in điện tử"
    r"|TT[ -]?ĐT(?:TP)?)(?:\s+(?:của\s+)?(?:tỉnh|Thành phố|thành phố"
    r"|[A-ZĐ][\w&]*(?:\s[A-ZĐ][\w&]*)*(?:\stối cao)?))?"
)
# "các trường: THPT Kim Đồng, THCS Hoa Mai": schools by level and name alone.
SCHOOL = re.compile(
    r"(?:(?<=[:;,(][ ])|(?<=và[ ])|(?<!\w)[Tt]rường[ ])"
    r"(?:THPT|THCS|TH&THCS|THCS&THPT|THCS (?:và|-) THPT)[ ](?:[Cc]huyên[ ])?"
    rf"(?!Quốc gia|Việt Nam|Công lập)[{UPPER}][{LOWER}]+(?:[ ][{UPPER}][{LOWER}]+){{1,3}}"
    rf"(?:[ ]?[-–][ ]?[{UPPER}][{LOWER}]+)?(?![{UPPER}{LOWER}])"
)
# Who may stand in a field of roles without a name of its own.
UNNAMED = re.compile(
    rf"[{UPPER}][{UPPER}&]{{2,7}}\d{{0,2}}|[{UPPER}]\d{{1,2}}"
    r"|(?:[Cc]ác\s+)?(?:[Tt]hí sinh|[Nn]gười học|[Gg]ia đình"
    r"|[Cc]ơ sở|[Tt]ổ chức|[Dd]oanh nghiệp|[Hh]ợp tác xã|[Nn]hóm|[Tt]rường|[Hh]ọc viện|[Vv]iện"
    r"|[Tt]ổng cục|[Cc]ục|[Vv]ụ|[Pp]hòng|[Bb]an|[Cc]hi cục|[Tt]hanh tra|[Cc]ông an"
    r"|[Cc]ơ quan|[Đđ]ơn vị|[Bb]ộ đội|[Kk]ho bạc|[Ss]ở|[Vv]ăn phòng|[Đđ]oàn thể"
    r"|[Hh]ội|[Hh]iệp hội|[Qq]uỹ|[Nn]gười dân|[Hh]ộ gia đình|[Nn]gành|[Đđ]ại học|[Tt]rung tâm"
    r"|[Tt]ập đoàn|[Tt]ổng công ty|[Cc]ông ty|[Nn]gân hàng|[Bb]ệnh viện|[Cc]hủ rừng|[Cc]hủ tàu"
    r"|[Ll]ực lượng|[Đđ]ịa phương|[Đđ]ội|[Tt]ổ)(?:\s+\S+){0,8}"
)
UNREAD_MEMBER = re.compile(
    r"(?:(?P<opens>phối hợp (?:chặt chẽ )?(?:với|cùng)\s+)|\s*(?:,|;|\bvà\b)\s*)"
    r"(?:(?:thủ trưởng|người đứng đầu|lãnh đạo)\s+)?"
    r"(?P<name>(?:[Cc]ác\s+)?(?!\w+ trưởng)(?:[Bb]an|[Hh]ội|[Cc]ông đoàn|[Cc]hính quyền"
    r"|[Cc]ơ sở|[Tt]rung tâm|[Vv]ăn phòng|[Vv]iện|[Bb]ệnh viện|[Pp]hòng|[Hh]ãng|[Nn]gành"
    r"|[Cc]ấp ủy|[Nn]hóm|[Đđ]ội|[Đđ]oàn"
    r"|[Nn]gân hàng|[Dd]oanh nghiệp|[Tt]rường|[Tt]ổ chức|[Cc]hi nhánh|[Ll]ực lượng|[Đđ]ơn vị|[Cc]ục"
    r"|[Tt]ổng cục|[Cc]hi cục|[Tt]hanh tra|[Vv]ụ|[Hh]iệp hội)(?:[ ](?!(?:chủ|phối|thực|xây|tổ|triển"
    r"|tham|để|và|có|trong|theo|được|phải|cần|về|tại|trên)\b)[^\s,;:.()]+){0,7})"
    r"\s*(?:,|;|\bvà\b|,\s*và\b)\s*(?:các\s+)?(?=$|\S)"
)
ROLE_LABEL = re.compile(r"(?i)(?:chủ trì|phối hợp|thực hiện)[^\n:]{0,20}:[^\n]*$")
