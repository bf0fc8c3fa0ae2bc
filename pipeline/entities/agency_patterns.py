"""Grammar of organisations in plans: the words that ``entities.agencies`` reads.

In: nothing.  Out: compiled patterns and word lists: what may follow a body's own name, the nouns of
classes of offices ("các sở, ban, ngành"), the head nouns of names, and the words that end a name.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline import gazetteers
from pipeline.language.letters import LOWER, UPPER

_CAP = rf"[{UPPER}][\w&.]*"
_UNITS = r"(?:quận|huyện|thị xã|thành phố|xã(?! hội)|phường|thị trấn|đặc khu|tỉnh)"
_SHORT_UNITS = r"(?:\s*,\s*(?:thành|thị)(?!\s*(?:phố|xã|trấn)|\w)){0,2}"  # "huyện, thành, thị"
_NEXT_UNIT = rf"(?:\s*(?:,|/|và)\s*(?:các\s+)?{_UNITS}(?!\w))"
_UNIT_LIST = rf"(?:các\s+)?{_UNITS}{_NEXT_UNIT}*{_SHORT_UNITS}"
_LEVELS = (
    r"cấp\s+(?:tỉnh|huyện|xã|cơ sở)(?:\s*(?:,|và)\s*(?:cấp\s+)?(?:tỉnh|huyện|xã|thị xã"
    r"|thành phố|phường|thị trấn|cơ sở)(?!\w))*"
)
# "các huyện, thành phố Long Khánh và thành phố Biên Hòa": towns by name at the end of a class.
_TOWN = (
    rf"(?!(?:Sở|Ban|Bộ|Hội|Công|Văn)[ ])[{UPPER}][{LOWER}]+"
    rf"(?:[ ][{UPPER}][{LOWER}]+){{1,2}}(?!\w)"
)
_CITY = r"(?:[Tt]hành phố|TP\.?|tp\.?)"
_TOWNS = (
    rf"(?:(?:(?<=[,à][ ]thành phố)|(?<=[,à][ ]thị xã))[ ]|\s*(?:,|và)\s*{_CITY}[ ]?){_TOWN}"
    rf"(?:\s*(?:,|và)\s*(?:thành phố|thị xã|huyện)[ ]{_TOWN})*"
)
TOWNS = re.compile(_TOWNS)
# "thành phố Thủ Đức và 21 quận, huyện": the town stands first.
_TOWN_FIRST = (
    rf"{_CITY}[ ]?{_TOWN}(?:\s*,\s*|\s+và\s+)(?:\d+[ ]+|các[ ]+)?{_UNITS}(?!\w){_NEXT_UNIT}*"
)
_CENTRAL = r"(?:[ ]+trực thuộc[ ]+(?:[Tt]rung ương|TW|TƯ)(?!\w))"
_ABBREVIATED_UNITS = r"(?:các\s+)?(?:huyện|quận)\s*,\s*TX\s*,\s*TP"


@cache
def place() -> str:
    """Names of provinces, longest first, and the few initials that stand for one."""
    names = sorted(
        {row.name for row in gazetteers.provinces()}
        | {a for row in gazetteers.provinces() for a in row.aliases if len(a) > 4},
        key=len,
        reverse=True,
    )
    spelled = "|".join(
        re.escape(name).replace(r"\ ", r"\s").replace(r"\-", "[-–]") for name in names
    )
    variants = spelled.replace("òa", "(?:òa|oà)").replace("óa", "(?:óa|oá)")
    return rf"(?:{variants}|HN|HCM|QN)(?!\w)"


@cache
def qualifier() -> re.Pattern[str]:
    """What may follow a body's own name and still be part of it."""
    spot = place()
    return re.compile(
        r"[ ]+(?:(?:của[ ]+)?(?:tỉnh|thành phố|Thành phố|TP\.?"
        rf"|Tỉnh)(?:[ ]+{spot})?(?!\s*,?\s*(?:trực thuộc[ ]+)?Trung ương)(?!\w)|{spot}"
        rf"|hai cấp[ ]+tỉnh[ ]+{spot})"
    )


@cache
def people_committee() -> re.Pattern[str]:
    """People's committees and councils, of one place or of many."""
    spot = place()
    head = (
        r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban Nhân dân|Uỷ ban Nhân dân"
        r"|Hội đồng nhân dân|Hội đồng Nhân dân|ủy ban nhân dân|uỷ ban nhân dân"
        r"|hội đồng nhân dân)(?:\s*\((?:UBND|HĐND)\))?"
    )
    return re.compile(
        r"(?<!\w)(?:(?P<office>Văn phòng|VP)[ ]+(?:Đoàn[ ]+ĐBQH[ ]+(?:và"
        rf"|&)[ ]+)?)?(?P<head>{head})(?P<second>\s*(?:,|và)\s*(?:UBND|HĐND)(?=\s))?"
        rf"(?:[ ]+(?:(?P<many>{_ABBREVIATED_UNITS}(?!\w)"
        r"|\d\d[ ]+tỉnh(?:,?[ ]+thành phố)?(?!\w)|(?:cấp[ ]+huyện"
        rf"|các[ ]+cấp)\s*,\s*(?:huyện|xã|thị xã|thành phố)[^.;:()]{{0,20}}?(?=[\s.;:,)])"
        rf"|{_LEVELS}(?!\w)|các[ ]+cấp(?!\w)|{_TOWN_FIRST}"
        rf"|(?:các[ ]+){_UNITS}(?!\w){_NEXT_UNIT}*{_SHORT_UNITS}"
        rf"|{_UNITS}\s*[,/]\s*(?:các[ ]+)?{_UNITS}(?!\w){_NEXT_UNIT}*|các[ ]+địa phương(?!\w))"
        rf"(?:{_TOWNS})?{_CENTRAL}?"
        r"|(?P<one>tỉnh|Tỉnh|thành phố|Thành phố|TP\.?|huyện|quận|thị xã|xã"
        rf"|phường)(?:[ ]+(?P<place>{spot}|{_CAP}(?:[ ]{_CAP}){{0,3}}))?))?"
    )


_ITEM = (
    r"(?:[Ss]ở|[Bb]an|[Nn]gành|[Bb]an ngành|[Đđ]oàn thể|[Hh]ội"
    r"|[Mm]ặt trận(?: [Tt]ổ quốc)?|[Pp]hòng|[Tt]rung tâm|[Cc]ơ quan|[Đđ]ơn vị"
    r"|[Đđ]ịa phương"
    r"|[Tt]ổ chức|[Dd]oanh nghiệp|[Bb]ộ|[Cc]ấp|[Hh]ội quần chúng|[Qq]uỹ xã hội"
    r"|[Qq]uỹ từ thiện|[Qq]uỹ|[Nn]hà trường|[Cc]hi cục|[Cc]hi bộ|[Hh]uyện|[Tt]hị xã"
    r"|[Tt]hành phố|[Tt]rường học|[Đđ]oàn|[Cc]ơ sở|[Vv]ụ|[Cc]ục|[Ll]ực lượng|[Bb]ệnh viện"
    r"|[Hh]iệp hội|[Hh]ội ngành nghề|[Tt](?:òa|oà) án|[Tt]rường [Đđ]ại học"
    r"|[Tt]rường [Cc]ao đẳng|[Vv]iện nghiên cứu|[Qq]uận"
    r"|[Tt]rạm|[Vv]iện|[Tt]rường(?:[ ](?:[Tt]rung học|[Tt]iểu học|[Mm]ầm non|[Pp]hổ thông"
    r"|THPT|THCS)(?:[ ](?:phổ thông|cơ sở))?)?|[Hh]ợp tác xã|[Cc]hủ đầu tư|[Nn]hà thầu|[Nn]hà mạng)"
)
# Nouns that follow another without a comma; "tổ chức" there is mostly the verb.
_NEXT_ITEM = (
    r"(?:[Nn]gành|[Bb]an ngành|[Bb]an|[Đđ]oàn thể|[Đđ]ơn vị|[Đđ]ịa phương"
    r"|[Tt]ổ chức(?=\s+(?:chính trị|đoàn thể|xã hội|liên quan|có liên quan))"
    r"|(?<=tổ chức )[Đđ]oàn|[Qq]uần chúng)"
)
_QUALITY = (
    r"(?:,\s+chính trị\s*[-–]?\s*xã hội(?!\w)"
    r"|\s+(?:chức năng|chuyên môn|chuyên đề|Chuyên đề|Chuyên Đề|nghiệp vụ|truyền thông"
    r"|quản lý nhà nước|hành chính nhà nước|hành chính Nhà nước|hành chính|nhà nước"
    r"|Nhà nước"
    r"|sự nghiệp(?:\s+công lập)?|thông tin đại chúng|thông tin,? truyền thông"
    r"|truyền thông,? báo chí|thông tấn,? báo chí|báo chí|chính trị\s*[-–,]?\s*xã hội|Đảng"
    r"|đảng|quần chúng"
    r"|kinh doanh vận tải(?:\s+bằng xe ô ?tô)?|vận tải|khác|ngành dọc|y tế|Y tế"
    r"|giáo dục(?:\s+và\s+đào\s+tạo)?"
    r"|về giáo dục|thi hành pháp luật|thực thi công vụ|thi hành công vụ|quân sự|viễn thông"
    r"|tín dụng|thành viên|dự toán|[Bb]ộ, ngành"
    r"|khám(?: bệnh)?,? chữa bệnh|đào tạo(?:, bồi dưỡng)?|nghề nghiệp"
    r"|doanh nghiệp|bưu chính|tôn giáo|hữu nghị|phi chính phủ|quốc tế))*"
)
_SCOPE = (
    r"(?:\s*,?\s+(?:khác\s+)?(?:có\s+)?liên quan(?:\s+khác)?"
    r"|\s+(?:thuộc(?:\s+và|,)?\s+)?trực thuộc(?:\s+(?:Sở|sở|Bộ|tỉnh|Thành phố|UBND tỉnh"
    r"|UBND|cơ quan))?"
    rf"|\s+thuộc\s+(?:tỉnh|[Tt]hành phố)\s+{place()}"
    r"|\s+thuộc(?:,?\s+trực thuộc)?\s+(?:Sở|sở|Bộ|tỉnh|UBND tỉnh|Thành phố"
    r"|phạm vi quản lý|thẩm quyền|quyền quản lý)(?![^\W\d_])"
    r"|\s+cấp\s+(?:tỉnh|huyện|xã|Thành phố)|\s+(?:địa phương|Trung ương"
    r"|trung ương)(?:\s+và\s+(?:địa phương|Trung ương|trung ương))?(?:\s+(?:(?:đóng"
    r"|đặt)\s+)?(?:tại|trên)\s+địa\s+(?:phương|bàn)(?:\s+tỉnh)?)?"
    r"|\s+(?:của\s+)?(?:tỉnh|Tỉnh|Thành phố|thành phố)(?!\s*,\s*(?:xã|huyện"
    rf"|thị))(?!\s+(?:{place()}|[{UPPER}]\w*\s+[{UPPER}]))"
    r"|\s+ở\s+[Tt]rung ương|\s+của\s+[Nn]gành(?=\s*(?:[,;.:]|tổ chức|thực hiện|$))|\s+các cấp"
    r"|\s+trên\s+địa\s+bàn(?:\s+(?:tỉnh|thành phố"
    r"|Thành phố))?|\s+ở\s+(?:cơ sở|địa phương|tỉnh)"
    r"|\s+(?:đóng|đặt)\s+(?:trên|tại)\s+địa\s+(?:bàn|phương)(?:\s+tỉnh)?|\s+có thẩm quyền"
    r"|\s+tuyến\s+(?:[Tt]rung ương|tỉnh|huyện|xã|cuối|dưới|trên)"
    r"|\s+được xác minh|\s+thuộc đối tượng (?:kiểm tra|xác minh)|\s+trong (?:(?:toàn )?ngành"
    r"|và ngoài tỉnh))?"
)
DETERMINED = re.compile(
    r"(?<!\w)(?P<det>[Cc]ác\s+|[Nn]hững\s+"
    rf"|[Tt]oàn thể các\s+)?(?P<list>{_ITEM}(?!\w)(?:\s*[,/]\s*{_ITEM}(?!\w)|\s+(?:và"
    rf"|hoặc)\s+{_ITEM}(?!\w)|[ ]{_NEXT_ITEM}(?!\w)){{0,7}})(?P<qual>{_QUALITY}{_SCOPE})(?!\w)"
)
OPENS_ALONE = re.compile(
    r"(?:[Ss]ở\s*,\s*(?:[Bb]an|[Nn]gành)|[Bb]an\s*,\s*[Bb]ộ\s*,|[Cc]ơ quan\s*[,/]"
    r"|[Đđ]ơn vị\s*,\s*địa phương"
    r"|[Đđ]ịa phương\s*,\s*đơn vị|Bộ\s*,\s*[Nn]gành|[Cc]ơ quan\s+(?:báo chí|thông t"
    r"|có thẩm quyền|chức năng|hành chính|nhà nước|Trung ương|y tế|quản lý)"
    r"|[Đđ]ơn vị\s+(?:trực thuộc|được phân công)|[Đđ]oàn thể\s+(?:tỉnh|cấp|Thành phố)"
    r"|[Ll]ực lượng\s+chức năng)"
)
CLASS_NOUNS = re.compile(
    r"(?i)(?<!\w)(?:sở|ban|ngành|đoàn thể|phòng|bộ|quỹ|chi bộ|vụ|cục|chi cục|hội|t(?:òa"
    r"|oà) án)(?!\w)"
)
LOOSE_NOUNS = re.compile(
    r"(?i)(?<!\w)(?:cơ quan|đơn vị|địa phương|tổ chức|doanh nghiệp|cấp|cơ sở|lực lượng"
    r"|nhà trường)(?!\w)"
)
DEFINITE = re.compile(
    r"(?i)\bở trung ương|\bcủa ngành|\bbộ, ngành|dự toán|chính trị\s*[-–,]?\s*xã hội|sự nghiệp"
    r"|trực thuộc|thuộc (?:sở|bộ|tỉnh|thành phố|ubnd)"
    r"|đối tượng|chuyên đề|được xác minh"
)
# Classes of the centre's and the police's bodies; the names inside them are not meant.
CENTRAL_CLASSES = re.compile(
    r"(?<!\w)(?:(?:[Cc]ác\s+)?[Bb]ộ(?:\s*,\s*(?:ban,\s*)?ngành)?\s*,\s*cơ quan ngang [Bb]ộ"
    r"(?:\s*(?:,|và)\s*cơ quan thuộc Chính phủ)?"
    r"|(?:[Cc]ác\s+)?cơ quan thuộc Chính phủ|Công an các đơn vị, địa phương"
    rf"|công an (?:{_LEVELS}|các (?:cấp|(?:đơn vị, )?địa phương"
    rf"|{_UNITS}(?:\s*(?:,|và)\s*{_UNITS})*)))"
    r"(?!\w)"
)
GENERIC_PHRASES = re.compile(
    r"(?<!\w)(?:(?:[Tt]ừng|[Mm]ỗi)\s+cơ quan\s*,\s*đơn vị(?:\s*,\s*địa phương)?"
    r"|(?:[Tt]ừng|[Mm]ỗi)\s+sở\s*,\s*(?:ban\s*,?\s*)?ngành(?:\s*,\s*(?:đơn vị|địa phương)){0,2}"
    r"|[Cc]ác cấp, các ngành(?:, các địa phương)?"
    r"|(?:[Cc]ác\s+)?[Cc]ấp\s+(?:ủy|uỷ)(?:\s+(?:Đảng|đảng))?(?:\s+các\s+cấp)?"
    r"|(?:[Cc]ác\s+)?[Tt]ổ chức\s+[Đđ]ảng(?! viên)(?:\s+các\s+cấp)?"
    r"|(?:[Cc]ác\s+)?cấp\s+chính quyền|cấp\s+(?:[Cc]ông đoàn|MTTQ)"
    rf"|[Cc]hính quyền\s+các\s+{_UNITS}(?:\s*(?:,|/|và)\s*{_UNITS})*"
    rf"|[Cc]hính quyền\s+địa phương\s+(?:{_UNIT_LIST}{_CENTRAL}?|các cấp)"
    r"|[Cc]hính quyền\s+(?:(?:các\s+)?địa phương(?:\s+(?:2|hai)\s+cấp)?|các cấp|tỉnh|cơ sở)"
    r"|[Nn]gành\s+(?:[Yy] tế|[Gg]iáo dục(?: và [Đđ]ào tạo)?|[Cc]ông an|Thuế|[Đđ]iện lực|điện"
    r"|[Gg]iao thông(?: vận tải)?|[Vv]ăn hóa|[Nn]gân hàng|[Nn]ông nghiệp|[Kk]iểm sát|[Tt]òa án"
    r"|Nội vụ)(?:\s+địa phương)?|[Nn]hà trường|[Tt]ổ chức [Cc]ông đoàn|[Bb]áo đài"
    r"|hội xã hội tự nguyện)(?!\w)"
)
# Levels of one body, and forces by name: "các cấp Công đoàn", "lực lượng Hải quan".
LEVELS_OF = re.compile(r"(?<!\w)[Cc]ác\s+cấp\s+(?:[Cc]ông đoàn|MTTQ|Mặt trận Tổ quốc)(?!\w)")
FORCES = re.compile(
    r"(?<!\w)[Ll]ực lượng\s+(?:Bộ đội Biên phòng|Biên phòng|Cảnh sát (?:biển|giao thông)|Công an"
    r"|Hải quan|Kiểm lâm|Kiểm ngư|Quản lý thị trường|Thanh niên xung phong|Thuế)"
    r"(?!\s+(?:các|cấp|huyện|xã|nhân dân))(?:\s+(?:toàn quốc|tỉnh|Thành phố))?(?!\w)"
)
ONE_STOP = re.compile(
    r"(?<!\w)[Bb]ộ phận\s+(?:(?:[Mm]ột cửa"
    r"|[Tt]iếp nhận và [Tt]rả kết quả)(?:\s+(?:các cấp|cấp\s+(?:huyện|xã)(?:\s*(?:,"
    r"|và)\s*cấp\s+(?:huyện|xã))*))?)"
)
PORTAL = re.compile(
    r"(?<!\w)(?:Cổng|Trang|cổng|Cổng/[Tt]rang)\s+(?:[Tt]hông tin điện tử"
    r"|TTĐT)(?:\s+(?:của\s+)?(?:tỉnh|Thành phố|thành phố"
    r"|[A-ZĐ][\w&]*(?:\s[A-ZĐ][\w&]*)*))?"
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

_HEADS = tuple(head.name for head in gazetteers.agency_heads())
# Names of associations, funds, centres and companies are sentences of their own.
WIDE_HEADS = frozenset(head.name for head in gazetteers.agency_heads() if head.wide)
# Heads whose name may go on in small letters: "Hiệp hội vận tải".
LOWER_HEADS = frozenset(head.name for head in gazetteers.agency_heads() if head.lower)
STANDALONE = frozenset(head.name for head in gazetteers.agency_heads() if head.alone)
# Heads that stand before a place alone: "Bảo tàng tỉnh", "Kho bạc Nhà nước khu vực II".
LOCAL_HEADS = frozenset(head.name for head in gazetteers.agency_heads() if head.placed)

NOT_A_HEAD = re.compile(
    r"(?:Ban hành|Hội nghị|Hội thảo|Hội thi|Hội đàm|Hội nhập|Báo cáo|Báo chí|Báo in"
    r"|Báo điện tử(?!\s[A-ZĐ])|Báo:|Trường hợp|Đoàn kết|Đoàn viên|Tổ chức|tổ chức"
    r"|Tổ trưởng|Tổ phó|Tổ dân phố|Viện trợ|Viện trưởng|Vụ trưởng|Cục trưởng"
    r"|Phòng,|Phòng chống|Phòng thủ|Phòng cháy|Phòng không"
    r"|phòng chống|phòng,|phòng ngừa|phòng bệnh|phòng cháy|phòng thủ"
    r"|phòng họp|phòng khám|Cục bộ|Trung tâm của|Thanh tra,|Công an,|Đài,|Báo,|Tổng hợp"
    r"|Tổng kết|Tổng số|Tổng thể|Tổng cộng|Tổng kiểm|Tổng điều tra|Tổng vốn|Tổng mức"
    r"|Tổng Bí thư|Tổng Thư ký|Tổng thư ký|Tổng Giám đốc|Bộ trưởng|Bộ tiêu chí|Bộ chỉ số"
    r"|Bộ Chỉ số|Bộ luật"
    r"|Bộ KPI|Bộ câu hỏi|Bộ thủ tục|Bộ tài liệu|Ban đầu|Ban ngày|Cơ quan chủ trì"
    r"|Cơ quan phối hợp|Cơ quan thực hiện|Cơ quan,|Quỹ đất|Bộ phận,|Bộ,|Sở,|Ban,|Hội,"
    r"|Công an [Nn]hân dân"
    r"|Hội viên|Đoàn công tác|Phòng ngừa|Phòng bệnh|Cổng trường"
    r"|Cổng Dịch vụ|Cổng dịch vụ"
    r"|Trang thiết bị|Trang bị|Mặt trận,|Tổ [Qq]uốc|Phòng học|Trường chuẩn)"
)
# Syllables that are verbs alone and end a noun here: "Vụ Đào tạo", "Cục Hậu cần".
COMPOUND = re.compile(
    r"(?i)(?:đào tạo|cải tạo|chế tạo|hậu cần|văn xã|hợp tác xã|trung cấp|sơ cấp|cao cấp|xổ số"
    r"|tự vệ|tiếng nói|dân số|chuyển đổi số|công nghệ số|kinh tế số|kỹ thuật số|ngoại giao"
    r"|chương trình|công trình|công lập|độc lập|dân lập|tư lập|đăng ký|thư ký|bầu cử|thi cử"
    r"|công ích"
    r"|đại biểu|kiến thiết)(?!\w)"
)


def _stops(*, wide: bool) -> re.Pattern[str]:
    words = [
        re.escape(row.word).replace(r"\ ", " ")
        + (f"(?! (?:{'|'.join(row.unless)}))" if row.unless else "")
        for row in gazetteers.name_stops()
        if row.in_wide or not wide
    ]
    return re.compile(rf"(?:{'|'.join(words)}|số(?=[ ]\d))(?!\w)")


NAME_STOP = _stops(wide=False)
WIDE_NAME_STOP = _stops(wide=True)
# A figure right behind a small letter is the mark of a footnote.
_SYLLABLE = rf"([^\W\d_](?:[^\W\d_]|&|(?<![{LOWER}])\d|-(?=\w)|\.(?=\w))*)"
NEXT_WORD = re.compile(_SYLLABLE)
WORD = re.compile(rf"[ ]{_SYLLABLE}")
SCHOOL = re.compile(
    r"[ ](?:Đại học|Cao đẳng|Trung|Tiểu học|Mầm non|Mẫu giáo|Phổ thông|Chính trị|Đào tạo|Quản lý"
    r"|Bồi dưỡng|Cán bộ|Nghiệp vụ|Sĩ quan|Dân tộc|Dạy nghề|Giáo dục|Năng khiếu|Công an|Quân sự"
    r"|Quốc tế|Chuyên|TH|ĐH|CĐ|MN|PT|DT)"
)
HEAD = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(h) for h in sorted(_HEADS, key=len, reverse=True))})(?!\w)"
)
PREFIX_PERSON = re.compile(r"(?:Trưởng|Phó Trưởng|Phó trưởng|trưởng|Trường)\s+$")
# Rooms and bodies that are named by the body they belong to: "Thanh tra Bộ Nội vụ".
OWNED = re.compile(
    r"(?:Ban Tuyên giáo(?: và Dân vận)?|Ban Dân vận|Ban Tổ chức|Ban Nội chính"
    r"|Ban Thường vụ|Ban Chấp hành(?: Đảng bộ)?|Ban Kinh tế|Ban Biên tập|Ban Giám đốc"
    r"|Ban Chuyên đề|Thường trực|Văn phòng|Thanh tra|Đảng ủy|Đảng uỷ|Đảng bộ"
    r"|Ủy ban Kiểm tra|Cơ quan .*|Ban Chỉ đạo.*|Ban chỉ đạo.*|Đoàn [Kk]iểm tra.*"
    r"|Công đoàn|Đoàn Thanh niên|Đoàn Chủ tịch|Hội đồng .*|Tạp chí|Báo|Bộ phận .*"
    r"|(?:Ban|Tổ|Vụ|Cục|Phòng|Trung tâm|Viện|Thường trực|Thanh tra) .*"
    r"|[ỦU][ỷy] ?ban (?!nhân dân|Mặt trận|MTTQ).*)$"
)
LOWER_NAMES = re.compile(
    r"[ ](?:phòng, chống|phòng chống|cải cách|chuyển đổi|phòng thủ|quốc gia|kiểm tra"
    r"|liên ngành|tư vấn|vận tải|nghề cá|hữu nghị|các Doanh|các nhà|Các nhà|các trường"
    r"|truyền thanh|y tế"
    r"|kiểm soát|xác minh|đường bộ|công nghệ|an toàn|công tác|xây dựng|thực hiện|quản lý"
    r"|thi tuyển|thi đua|thi nâng ngạch|xét tuyển|nghĩa vụ|khoa học|thẩm định"
    r"|dự án đầu tư xây dựng(?: công trình)?|dự án|các dự án|đầu tư|giúp việc"
    r"|các Chương trình mục tiêu quốc gia(?: giai đoạn \d{4}\s*[-–]\s*\d{4})?|sức khỏe nghề nghiệp"
    r"|y dược|vệ sinh dịch tễ|cấp trên trực tiếp cơ sở|cơ sở|điện tử|công an|quân sự|các (?:[Kk]hu"
    r"|khu) (?:công nghiệp|kinh tế|chế xuất)"
    r"(?:(?:,| và) (?:[Kk]hu )?(?:[Cc]hế xuất|[Kk]inh tế|[Cc]ông nghiệp|[Cc]ông nghệ cao))?)(?!\w)"
)
BRANCH = re.compile(
    r"(?:[ ]Việt Nam)?(?:(?:[ ]|[ ]?[-–][ ]?)[Cc]hi nhánh)?(?:[ ][Kk]hu vực[ ](?:[IVX]+"
    r"|\d{1,2})(?!\w))?"
)
# One district or commune behind the name of its room.
DISTRICT = re.compile(
    rf"[ ](?:quận|huyện|thị xã|thành phố|TP\.?|tp\.?|xã|phường|thị trấn|đặc khu)[ ]?"
    rf"(?:{_CAP}(?:[ ]{_CAP}){{0,2}}|(?<=quận )\d{{1,2}})(?!\w)"
)
# "Trung tâm Y tế thành phố Thủ Đức": a town, not the province's city.
TOWN = re.compile(rf"[ ](?:thành phố|thị xã|tp\.?|TP\.?)[ ]?{_TOWN}")
# What joins the words of one name: the second half is no body of its own.
JOINT_COMMA = re.compile(
    r",[ ](?=(?:chống|sinh viên|Khen thưởng"
    r"|Trẻ em|Thể thao|Gia đình|Cao đẳng|Du lịch|kỹ thuật|nhân tài"
    r"|thu nhập"
    r"|Trung cấp|cứu nạn|tìm kiếm|bồi dưỡng cán bộ|giáo dục pháp luật|chữa bệnh|chữa cháy"
    r"|In và Phát hành|Tài chính(?=\s*[:\n])|Thông tin, Thể thao|Vệ sinh lao động|Tôn giáo"
    r"|gian lận thương mại|kinh tế, buôn lậu|buôn lậu|bồi dưỡng)\b)"
)
JOINT_DASH = re.compile(
    rf"[ ]?[-–][ ](?!Đồng chí|Ông |Bà )(?=[{UPPER}])"
    r"|[ ][-–][ ](?=(?:hành chính|kinh tế|xã hội|ngân sách|tổng hợp|đào tạo|kỹ thuật|khen thưởng"
    r"|tài chính|đầu tư|lao động|thương binh|gia đình|văn nghệ)(?!\w))"
)
JOINT_AND = re.compile(
    rf"[ ]và[ ](?!Thủ trưởng|Giám đốc|Chủ tịch|Trưởng|Chánh|Phó|Lãnh đạo)(?=(?:[{UPPER}]"
    r"|phát triển|xuất|hợp tác|đổi mới|tìm kiếm cứu nạn|phòng|đào tạo|trẻ em|truyền thanh"
    r"|cứu hộ|an ninh"
    r"|cải cách hành chính|chữa cháy|thông tin điện tử|theo dõi thi hành|bồi dưỡng|kiểm định"
    r"|hàng giả|bảo vệ|biến đổi khí hậu|hải đảo|chất lượng|truyền thông|giáo dục))"
)
_LOWER_ITEM = rf"(?:{_ITEM}|thủ trưởng|giám đốc|lãnh đạo|người|cán bộ|cá nhân)(?!\w)"
# "Viện Chiến lược và chính sách": what follows is neither a verb nor a body of its own.
WIDE_AND = re.compile(rf"[ ]và[ ](?=[{LOWER}])(?!{NAME_STOP.pattern})(?!{_LOWER_ITEM})")
# "Ủy ban Quốc gia về chuyển đổi số", but "báo cáo Ban Chỉ đạo Trung ương về kết quả …".
JOINT_ABOUT = re.compile(
    r"(?:(?<=[Qq]uốc gia)|(?<=Trung ương)|(?<=tội phạm)) về (?!kết quả|tình hình|việc|tiến độ"
    r"|các|những"
    r"|công tác|thực hiện|xây dựng|nhiệm vụ)"
)
# "Phó Chủ tịch Thường trực", "Phó Trưởng Ban Thường trực": a person.
STANDING_DEPUTY = re.compile(
    r"(?:Chủ tịch|Bí thư|Trưởng|Trưởng [Bb]an|Giám đốc)\s(?:Ban\s)?Thường trực[^\n]*$"
)
# "Văn phòng chủ trì", "Văn phòng, Vụ Pháp chế": the issuer's own office needs no more of a name.
BARE_OFFICE = re.compile(
    r"\s*(?:[,;]\s*(?:Vụ|Cục|Phòng|Ban|Thanh tra|Trung tâm)\s|(?:chủ trì|phối hợp|tham mưu"
    r"|có trách nhiệm|chịu trách nhiệm|tổng hợp)(?!\w))"
)
IN_ADDRESS = re.compile(r"(?:(?:[Ss]ố|đường|phố|ngõ)\s+\d*[\w/]*\s*(?:đường\s+)?|tòa nhà\s+)$")
# "các huyện Bảo Thắng, Văn Bàn": the places of a class by name.
_PLACES = (
    rf"các[ ]+(?:huyện|quận|xã|phường|thị xã|thành phố|tỉnh)[ ]+(?!(?:{'|'.join(_HEADS)})(?!\w))"
    rf"{_CAP}(?:[ ]{_CAP}){{0,2}}"
    rf"(?:\s*(?:,|và)\s*(?!(?:{'|'.join(_HEADS)})(?!\w))(?:(?:thị xã|thành phố|huyện)[ ])?"
    rf"{_CAP}(?:[ ]{_CAP}){{0,2}})+"
)
LOCAL = re.compile(
    rf"(?:[ ]\([{UPPER}&]{{2,10}}\)(?=[ ]các))?(?:[ ]của(?=[ ]các[ ]{_UNITS}))?[ ]"
    rf"(?:{_TOWN_FIRST}|{_PLACES}|{_UNIT_LIST}(?:{_TOWNS})?{_CENTRAL}?|{_LEVELS}|các cấp|cùng cấp"
    r"|(?:các )?địa phương)(?!\w)(?:\s+và tương đương(?!\w))?(?:\s+thuộc đối tượng (?:kiểm tra"
    r"|xác minh))?(?:\s+trên địa bàn(?:\s+tỉnh)?)?"
)
