"""Places behind the names of bodies: provinces, towns, levels, lists of units, and committees.

In: nothing.  Out: compiled patterns and the pieces that other patterns are made of.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline import gazetteers
from pipeline.language.letters import LOWER, UPPER

CAP = rf"[{UPPER}](?:[\w&]|\.(?=\w))*"
LOWER_UNITS = r"quận|huyện|thị xã|xã(?! hội)|phường|thị trấn|đặc khu"
UNITS = rf"(?:{LOWER_UNITS}|thành phố|tỉnh)"
_SHORT_UNITS = r"(?:\s*,\s*(?:thành|thị)(?!\s*(?:phố|xã|trấn)|\w)){0,2}"  # "huyện, thành, thị"
# "các quận huyện, thị xã": a comma is often left out
_LEFT_OUT = r"(?<=quận)[ ](?=huyện)|(?<=huyện)[ ](?=thị xã)|(?<=thị xã)[ ](?=thành phố)"
_NEXT_UNIT = (
    rf"(?:(?:\s*(?:,|/|và)\s*(?:các\s+)?|{_LEFT_OUT})(?:{UNITS}|TP(?=[ ]trực|\s*[;.,\n]))(?!\w))"
)
UNIT_LIST = rf"(?:các\s+)?{UNITS}{_NEXT_UNIT}*{_SHORT_UNITS}"
LEVELS = (
    r"cấp\s+(?:tỉnh|huyện|quận|xã|phường|cơ sở)(?:\s*(?:,|và)\s*(?:cấp\s+)?(?:tỉnh|huyện|xã"
    r"|thị xã|thành phố|phường|thị trấn|cơ sở)(?!\w))*"
)
# A duty begins, no place: "Công an thành phố Chủ trì".
_NO_DUTY = (
    r"(?!(?:Ban hành|Báo cáo|Bố trí|Các|Căn cứ|Cân đối|Chỉ đạo|Chịu|Chủ động|Chủ trì|Có|Đề nghị"
    r"|Đôn đốc|Giám sát|Hướng dẫn|Kiểm tra|Phối hợp|Rà soát|Tăng cường|Tham mưu|Theo dõi"
    r"|Thành phố|Thành viên|Thời gian|Thường xuyên|Thực hiện|Tiếp tục|Tổ chức|Tổng hợp|Triển khai"
    r"|Tuyên truyền|Xây dựng)(?!\w))"
)
# "các huyện, thành phố Long Khánh và thành phố Biên Hòa": towns by name at the end of a class.
_TOWN = (
    rf"(?!(?:Sở|Ban|Bộ|Hội|Công|Văn)[ ])[{UPPER}][{LOWER}]+"
    rf"(?:[ ]{_NO_DUTY}[{UPPER}][{LOWER}]+){{1,2}}(?!\w)"
)
_CITY = r"(?:[Tt]hành phố|TP\.?|tp\.?)"
_TOWNS = (
    rf"(?:(?:(?<=[,à][ ]thành phố)|(?<=[,à][ ]thị xã))[ ]|\s*(?:,|và)\s*{_CITY}[ ]?){_TOWN}"
    rf"(?:\s*(?:,|và)\s*(?:thành phố|thị xã|huyện)[ ]{_TOWN})*"
)
TOWNS = re.compile(_TOWNS)
# "thành phố Thủ Đức và 21 quận, huyện": the town stands first.
_TOWN_FIRST = (
    rf"{_CITY}[ ]?{_TOWN}(?:\s*,\s*|\s+và\s+)(?:\d+[ ]+|các[ ]+)?{UNITS}(?!\w){_NEXT_UNIT}*"
)
INITIALS = rf"\([{UPPER}&]{{2,10}}\)"  # a short form in its bracket
# "Ban An toàn giao thông (ATGT) tỉnh": the short form stands before the place.
BRACKETED = rf"(?:[ ]{INITIALS}(?=[ ](?:các|cấp|tỉnh|[Tt]hành phố|TP)(?!\w)))"
CENTRAL = r"(?:[ ]+trực thuộc[ ]+(?:[Tt]rung ương|TW|TƯ)(?!\w))"
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
def broken_place() -> re.Pattern[str]:
    """The break inside a province's name: "Cục Thống kê Hà / Nội"."""
    halves = {
        (" ".join(words[:at]), " ".join(words[at:]))
        for words in (row.name.split(" ") for row in gazetteers.provinces())
        for at in range(1, len(words))
    }
    # What may come next is looked for first: hardly any line begins with it.
    second = "|".join(sorted({b for _, b in halves}, reverse=True))
    breaks = "|".join(rf"(?<=(?<!\w){a}\n)(?={b}(?!\w))" for a, b in sorted(halves))
    return re.compile(rf"\n(?=(?:{second})(?!\w))(?:{breaks})")


@cache
def qualifier() -> re.Pattern[str]:
    """What may follow a body's own name and still be part of it."""
    spot = place()
    return re.compile(
        rf"{BRACKETED}?"
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
        r"(?<!\w)(?:(?P<office>TTr?\.?(?=[ ]HĐND(?!\s*(?:,|và)\s*UBND))|Văn [Pp]hòng|VP"
        r"|Ban[ ](?:VH-?XH|KT-?NS|PC|DT|Kinh tế[ ]?[-–][ ]?[Nn]gân sách"
        r"|Văn hóa[ ]?[-–][ ]?[Xx]ã hội|Kinh tế[ ]?[-–][ ]?[Xx]ã hội)"
        r"(?=[ ]?[-–]?[ ]?HĐND))(?:[ ]+|[ ]?[-–][ ]?(?=HĐND))"
        r"(?:Đoàn[ ]+(?:ĐBQH|đại biểu Quốc hội)[ ]+(?:và"
        rf"|&)[ ]+)?)?(?P<head>{head})(?P<second>\s*(?:,|và)\s*(?:UBND|HĐND)(?=\s))?"
        rf"(?:[ ]+(?:(?P<many>{_ABBREVIATED_UNITS}(?!\w)"
        r"|\d\d[ ]+tỉnh(?:,?[ ]+thành phố)?(?!\w)|(?:cấp[ ]+huyện"
        rf"|các[ ]+cấp)\s*,\s*(?:huyện|xã|thị xã|thành phố)[^.;:()]{{0,20}}?(?=[\s.;:,)])"
        rf"|{LEVELS}(?!\w)|các[ ]+cấp(?!\w)|{_TOWN_FIRST}"
        rf"|(?:các[ ]+){UNITS}(?!\w){_NEXT_UNIT}*{_SHORT_UNITS}"
        rf"|{UNITS}\s*[,/]\s*(?:các[ ]+)?{UNITS}(?!\w){_NEXT_UNIT}*|các[ ]+địa phương(?!\w))"
        rf"(?:{_TOWNS})?{CENTRAL}?"
        r"|(?P<one>tỉnh|Tỉnh|thành phố|Thành phố|TP\.?|huyện|quận|thị xã|xã"
        rf"|phường|thị trấn|đặc khu)(?:(?:[ ]+|(?<=TP\.))(?P<place>{spot}|{_NO_DUTY}{CAP}"
        rf"(?:[ ]{_NO_DUTY}{CAP}){{0,3}}))?))?"
    )


_HEADS = "|".join(head.name for head in gazetteers.agency_heads())
BRANCH = re.compile(
    r"(?:[ ]Việt Nam)?(?:(?:[ ]|[ ]?[-–][ ]?)[Cc]hi nhánh)?(?:[ ][Kk]hu vực[ ](?:[IVX]+"
    rf"|\d{{1,2}}(?:[ ]?[-–][ ]{_NO_DUTY}{CAP}(?:[ ]{CAP}){{0,2}})?)(?!\w))?"
)
# One district or commune behind the name of its room.
DISTRICT = re.compile(
    rf"[ ](?:[Qq]uân khu[ ]\d{{1,2}}|(?:quận|huyện|thị xã|thành phố|TP\.?|tp\.?|xã|phường"
    r"|thị trấn|đặc khu)[ ]?"
    rf"(?:{_NO_DUTY}{CAP}(?:[ ]{_NO_DUTY}{CAP}){{0,2}}|(?<=quận )\d{{1,2}}))(?!\w)"
)
# The level of a body that has no other name: "Công an huyện", but "Công an xã Tân Lập" has one.
LOWEST = rf"(?:{LOWER_UNITS})(?!\w)(?![ ](?:[{UPPER}]|\d))"
# "Trung tâm Y tế thành phố Thủ Đức": a town, not the province's city.
TOWN = re.compile(rf"[ ](?:thành phố|thị xã|tp\.?|TP\.?)[ ]?{_TOWN}")
# "các huyện Bảo Thắng, Văn Bàn": the places of a class by name.
_PLACES = (
    rf"các[ ]+(?:huyện|quận|xã|phường|thị xã|thành phố|tỉnh):?[ ]+(?!(?:{_HEADS})(?!\w))"
    rf"{CAP}(?:[ ]{CAP}){{0,2}}"
    rf"(?:\s*(?:,|và)\s*(?!(?:{_HEADS})(?!\w))(?:(?:thị xã|thành phố|huyện)[ ])?"
    rf"{CAP}(?:[ ]{CAP}){{0,2}})+"
)
# "các quân khu, địa phương", "Quân khu 1, 2, 4": the army's regions.
_REGIONS = (
    r"(?:các[ ]+)?[Qq]uân khu(?:[ ]\d(?:,[ ]\d)+|,[ ](?:cấp tỉnh|địa phương)|(?<=các quân khu)"
    r"|(?<=các Quân khu))(?![ ]\d)"
)
_VILLAGES = "thôn|bản|buôn|ấp|khóm|khu phố|khu dân cư|tổ dân phố"
LOCAL = re.compile(
    rf"{BRACKETED}?(?:[ ]của(?=[ ]các[ ]{UNITS}))?[ ]"
    rf"(?:{_TOWN_FIRST}|{_PLACES}|{_REGIONS}|{UNIT_LIST}(?:{_TOWNS})?{CENTRAL}?|{LEVELS}"
    rf"|các[ ](?:{_VILLAGES})(?:\s*,\s*(?:{_VILLAGES}))*"
    r"|các cấp|cùng cấp|(?:các )?địa phương)(?!\w)"
    r"(?:\s+và tương đương(?!\w))?(?:\s+thuộc đối tượng (?:kiểm tra"
    r"|xác minh))?(?:\s+trên địa bàn(?:\s+tỉnh)?)?"
)
