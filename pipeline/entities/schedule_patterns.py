"""Grammar of time expressions in plans: the patterns that ``entities.schedules`` reads.

In: nothing.  Out: compiled patterns.  Named groups: ``rel`` the words that bind (trước, chậm nhất,
đến hết), ``d1 m1 y1`` or ``D1 M1 Y1`` the parts of a day as figures or in words (``2`` for the end
of a range), ``mo1 my1 mY1`` of a month, ``q1 q2 qy qY`` of quarters, ``unit`` a period's name.
"""

from __future__ import annotations

import re

YEAR = r"(?:19|20)\d\d"

_DAY = (
    rf"(?:ngày\s*|(?=\d{{{{1,2}}}}\s?(?:/|[.\-]\s?\d{{{{1,2}}}}\s?[.\-]\s?{YEAR})))"
    rf"(?P<d{{n}}>\d{{{{1,2}}}})\s?[/.\-]\s?(?P<m{{n}}>\d{{{{1,2}}}})"
    rf"(?:\s?[/.\-]\s?(?P<y{{n}}>{YEAR}))?(?![\d/%])"
    rf"|(?:ngày\s*|(?=\d{{{{1,2}}}}\s+tháng\s+\d{{{{1,2}}}}\s*,?\s*năm\s*{YEAR}))"
    rf"(?P<D{{n}}>\d{{{{1,2}}}})\s+tháng\s*(?P<M{{n}}>\d{{{{1,2}}}})(?!\d)"
    rf"(?:(?:\s*,?\s*năm\s*|\s?/\s?)(?P<Y{{n}}>{YEAR}))?"
)


def day_group(n: int) -> str:
    """Pattern of day number ``n``: groups ``d m y`` in figures, ``D M Y`` in words."""
    return "(?:" + _DAY.replace("{n}", str(n)).replace("{{", "{").replace("}}", "}") + ")"


def month_group(n: int) -> str:
    """Pattern of month number ``n``: groups ``mo my mY``."""
    return (
        rf"tháng\s+(?P<mo{n}>\d{{1,2}})(?!\d)"
        rf"(?:\s?[/\-]\s?(?P<my{n}>{YEAR})|\s+năm\s+(?P<mY{n}>{YEAR}))?"
    )


QUARTER = (
    rf"qu[ýí]\s+(?P<q1>I{{1,3}}|IV|[1-4])(?![\w])(?:\s*(?:,|và|[-–+]|đến(?:\s+qu[ýí])?)\s*(?:qu[ýí]\s+)?"
    rf"(?P<q2>I{{1,3}}|IV|[1-4])(?![\w])){{0,4}}"
    rf"(?:\s?[/\-]\s?(?P<qy>{YEAR})|\s+năm\s+(?P<qY>{YEAR}))?"
)
BEFORE = (
    r"(?:(?:xong|hoàn thành|hoàn tất|kết thúc|gửi|báo cáo)\s+)?"
    r"(?:trước(?:\s+cuối(?=\s+(?:tháng|qu[ýí])))?"
    r"|(?:chậm|muộn) nhất(?:\s+(?:là|vào|đến|trước|trong|cuối))*(?:\s+hết)?|đến hết|hết"
    r"|không (?:quá|(?:muộn|chậm) hơn)|hạn (?:cuối|chót)(?:\s+(?:là|vào|đến))?|trước và trong)"
)
# "trước 17 giờ 00 ngày 21/7/2022": until that hour the day itself still keeps the deadline.
HOUR = (
    r"(?:lúc\s+)?\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2}(?!\d))?(?:\s*phút)?,?\s*"
    r"(?:của\s+|ngày\s+(?=ngày))?"
)

DUE_DAY = re.compile(
    rf"(?<!\w)(?P<rel>{BEFORE})\s+(?P<hour>{HOUR})?{day_group(1)}"
    r"(?P<every>\s+(?:hàng|hằng)\s+(?:năm|tháng|quý))?",
    re.I,
)
# "trước ngày 10/6 và 10/12": the same words bind each of them.
MORE_DAY = re.compile(rf"\s*(?:,|;|và|hoặc)\s*(?P<day>{day_group(1)})", re.I)
# "không quá 1/3", "hết 2/3", "trước 1.5": shares and decimals, without "ngày" and without a year.
FRACTION = re.compile(
    r"(?:không quá|hết)\s+\d{1,2}\s?[/.\-]\s?\d{1,2}|(?!.*ngày).*\s\d{1,2}\s?[.\-]\s?\d{1,2}",
    re.I | re.S,
)
DUE_MONTH = re.compile(rf"(?<!\w)(?P<rel>{BEFORE})\s+{month_group(1)}", re.I)
DUE_QUARTER = re.compile(rf"(?<!\w)(?P<rel>{BEFORE})\s+{QUARTER}", re.I)
DUE_YEAR = re.compile(
    r"(?<!\w)(?P<rel>đến hết|đến cuối|trước|hết|chậm nhất (?:là |vào |đến )?(?:cuối )?"
    rf"|muộn nhất (?:vào )?)\s*năm\s+(?P<year>{YEAR})",
    re.I,
)
_TO = rf"\s*(?:đến|tới|[-–÷])\s*(?:(?:hết|trước)\s+)?(?:{HOUR})?"
RANGE_DAY = re.compile(
    rf"(?<!\w)(?:(?P<from>từ|trong)\s+(?:{HOUR})?)?(?:các\s+)?(?P<word>ngày\s*)?(?P<fd>\d{{1,2}})"
    rf"(?:\s?/\s?(?P<fm>\d{{1,2}})|\s+tháng\s+(?P<fM>\d{{1,2}}))?"
    rf"(?:\s?/\s?(?P<fy>{YEAR})|\s+năm\s+(?P<fY>{YEAR}))?{_TO}{day_group(2)}",
    re.I,
)
RANGE_MONTH = re.compile(
    rf"(?<!\w)(?:(?:từ|trong)\s+)?(?P<word>tháng\s+)?(?P<mo1>\d{{1,2}})"
    rf"(?:\s?/\s?(?P<my1>{YEAR})|\s+năm\s+(?P<mY1>{YEAR}))?"
    rf"(?:\s*(?:đến|tới|[-–]|,|và)\s*(?:hết\s+)?)(?P<word2>tháng\s+)?(?P<mo2>\d{{1,2}})(?!\d)"
    rf"(?:\s?[/\-]\s?(?P<my2>{YEAR})|\s+năm\s+(?P<mY2>{YEAR}))?(?![\d/])",
    re.I,
)
# "tháng 6, 7, 8/2024", "các tháng 4, 7 và 10": a month each, or one window where they follow on.
MONTH_LIST = re.compile(
    rf"(?<!\w)(?:(?:trong|vào)\s+)?(?:các\s+)?tháng\s+(?P<list>\d{{1,2}}"
    rf"(?:\s*(?:,|;|và)\s*(?:tháng\s+)?\d{{1,2}}(?![\d/.]\d)){{1,10}}\s*(?:,|;|và)\s*"
    rf"(?:tháng\s+)?(?P<mo1>\d{{1,2}}))(?!\d)"
    rf"(?:\s?/\s?(?P<my1>{YEAR})|\s+năm\s+(?P<mY1>{YEAR}))?(?!\s?/\s?\d)",
    re.I,
)
# From a month, a quarter or a day to the end of a larger or smaller one: "từ tháng 3/2024 đến hết
# năm 2024", "từ quý II đến quý IV/2024".
RANGE_MIXED = re.compile(
    rf"(?<!\w)từ\s+(?:{month_group(1)}|quý\s+(?P<q1>I{{1,3}}|IV|[1-4])(?!\w)(?:\s?/\s?(?P<qy1>{YEAR})"
    rf"|\s+năm\s+(?P<qY1>{YEAR}))?)\s*(?:đến|tới|[-–])\s*(?:(?:hết|cuối)\s+)*"
    rf"(?:năm\s+(?P<last>{YEAR})"
    rf"|{month_group(2)}|quý\s+(?P<q2>I{{1,3}}|IV|[1-4])(?!\w)(?:\s?/\s?(?P<qy2>{YEAR})"
    rf"|\s+năm\s+(?P<qY2>{YEAR}))?)(?!\d)",
    re.I,
)
# "Quý IV/2025 - Quý I/2026": the first has a year of its own, or both have one.
RANGE_QUARTER = re.compile(
    rf"(?<!\w)(?:từ\s+)?qu[ýí]\s+(?P<q1>I{{1,3}}|IV|[1-4])(?:\s?/\s?|\s+năm\s+)(?P<y1>{YEAR})"
    rf"\s*(?:đến|tới|[-–])\s*(?:(?:hết|cuối)\s+)?qu[ýí]\s+(?P<q2>I{{1,3}}|IV|[1-4])"
    rf"(?:\s?/\s?|\s+năm\s+)(?P<y2>{YEAR})",
    re.I,
)
# "ngày 12, 13/3/2024", "các ngày 12, 13 và 14 tháng 3".
DAY_LIST = re.compile(
    rf"(?<!\w)(?:(?:trong|vào)\s+)?(?:các\s+|\d\s+)?ngày\s+(?P<list>\d{{1,2}}(?:\s*(?:,|và)\s*"
    rf"\d{{1,2}}){{0,6}})\s*(?:,|và)\s*(?:ngày\s+)?(?P<d1>\d{{1,2}})"
    rf"(?:\s?/\s?(?P<m1>\d{{1,2}})(?:\s?/\s?(?P<y1>{YEAR}))?|\s+tháng\s+(?P<M1>\d{{1,2}})"
    rf"(?:\s*,?\s*năm\s+(?P<Y1>{YEAR}))?)(?P<D1>)(?![\d/])",
    re.I,
)
NEXT_YEAR = re.compile(r"\s+(?:của\s+)?năm\s+(?:sau|kế tiếp|tiếp theo|liền kề)(?!\w)", re.I)
RANGE_YEAR = re.compile(
    rf"(?<!\w)từ\s+năm\s+(?P<first>{YEAR})\s*(?:đến|tới"
    rf"|[-–])\s*(?:hết\s+)?(?:năm\s+)?(?P<last>{YEAR})",
    re.I,
)
FROM_YEAR = re.compile(
    rf"(?<!\w)(?:kể\s+)?từ\s+năm\s+(?P<first>{YEAR})(?:(?<=kể từ năm \d\d\d\d)"
    r"|(?=\s*:|\s+(?:trở đi|và\s+(?:các|những)\s+năm)))",
    re.I,
)
AND_LATER = re.compile(r"\s*(?:,\s*)?và\s+(?:các|những)\s+năm\s+(?:tiếp theo|sau|tới)", re.I)
# "Từ năm 2026, 100% hộ …" opens a sentence, "Từ năm 2026" fills a cell.
OPEN_YEAR = re.compile(rf"(?<!\w)Từ\s+năm\s+(?P<first>{YEAR})(?=\s*(?P<next>[,.;\n]|$))")
FROM_QUARTER = re.compile(
    rf"(?<!\w)(?:bắt đầu\s+)?từ\s+(?:(?:đầu|cuối)\s+)?{QUARTER}(?!\s*(?:đến|tới|[-–]|hằng|hàng))",
    re.I,
)
FROM_MONTH = re.compile(rf"(?<!\w)(?:kể\s+)?từ\s+(?:(?:đầu|giữa|cuối)\s+)?{month_group(1)}", re.I)
FROM_DAY = re.compile(rf"(?<!\w)(?:kể\s+)?từ\s+{day_group(1)}", re.I)
BEGINS = re.compile(r"(?i)\b(?:bảo đảm|đảm bảo|bắt đầu|thực hiện|triển khai)[ ]+$")
QUARTERS = re.compile(rf"(?<!\w)(?:trong\s+)?{QUARTER}", re.I)
# "6 tháng đầu năm", "9 tháng cuối năm 2025", "2 quý đầu năm".
HALF = re.compile(
    r"(?<!\w)(?:trong\s+)?(?:(?:0?(?P<n>[2-9])|(?P<word>sáu))\s+tháng|0?(?P<quarters>[23]|hai|ba)\s+quý)"
    rf"\s+(?P<half>đầu|cuối)\s+năm(?!\s+học)(?:\s+(?P<year>{YEAR}))?",
    re.I,
)
# "trong 6 tháng đầu năm, tình hình … phức tạp", "… đã xảy ra": a look back.
TOLD_AFTER = re.compile(
    r"(?i),?\s*(?:tình hình|số vụ|đã|còn|xảy ra"
    r"|(?:toàn (?:tỉnh|thành phố|quốc)|cả nước|trên địa bàn"
    r"|công tác|các)\b[^.;\n]{0,80}?\s(?:đã|xảy ra))\b"
)
IN_MONTH = re.compile(
    r"(?<!\w)(?P<in>(?:trong|vào|đầu|cuối|giữa)\s+(?:(?:toàn bộ|suốt|cả"
    r"|các|đầu|cuối|giữa)\s+)?(?:(?:thượng|trung|hạ)\s+tuần\s+)?|(?:(?:trong|vào)\s+)?"
    r"(?:(?:thượng|trung|hạ)\s+tuần|tuần\s+(?:thứ\s+)?(?:[1-5]|nhất|hai|ba|tư|đầu|cuối))"
    rf"(?:\s+(?:tiên|cùng))?\s+(?:của\s+)?)?{month_group(1)}",
    re.I,
)
ON_DAY = re.compile(
    rf"(?<!\w)(?P<in>(?:vào|trong|(?P<to>đến))\s+(?:(?:các|sáng|chiều|lúc)\s+)?)?(?:{HOUR}(?=ngày|thứ))?"
    rf"(?:thứ\s+\w{{1,4}}\s*,?\s*)?{day_group(1)}",
    re.I,
)
AFTER_DAY = re.compile(rf"(?<!\w)sau\s+{day_group(1)}", re.I)
# "ngày 10/3 âm lịch": no day of the calendar until someone counts it out.
LUNAR = re.compile(r"\s*(?:\((?:tức\s+)?(?:âm lịch|ÂL)\)|(?:âm lịch|ÂL)(?!\w))", re.I)
# "ngày 25 tháng 10": the month belongs to a day.
DAY_BEFORE = re.compile(r"(?i)ngày\s*\d{1,2}\s+$")
# "áp dụng từ năm 2024": nothing before that year.
AS_OF_YEAR = re.compile(
    rf"(?i:áp dụng|thực hiện|triển khai|bắt đầu|phấn đấu)\s+(?P<when>từ\s+năm\s+(?P<year>{YEAR}))"
    r"(?!\s*(?:đến|tới|[-–]))"
)
# "trình Quốc hội vào kỳ họp thứ 4 (tháng 10/2022)": the month of the meeting.
MEETING_MONTH = re.compile(
    rf"(?<!\w)(?:vào|tại)\s+kỳ\s+họp\s+[^.,;:()\n]{{1,40}}\({month_group(1)}\)", re.I
)
MORE_YEARS = re.compile(
    rf"(?P<years>(?:,\s*(?:năm\s+)?{YEAR})*)\s*(?:,|và)\s*(?:năm\s+)?(?P<last>{YEAR})(?!\d)"
)
# "sơ kết công tác 6 tháng đầu năm": the half year of a report's name.
HALF_NAME = re.compile(r"(?i)\b(?:sơ kết|tổng kết|báo cáo|tình hình|kết quả)\b[^.;:\n]{0,90}$")
LIMIT_DAY = re.compile(
    rf"(?i:hết (?:thời hạn|hạn))[^.;:\n]{{0,70}}?[(:]?\s*(?P<when>(?:là\s+)?{day_group(1)})"
)
# "Hạn nộp hồ sơ: 17 giờ ngày 10/5".
LAST_DAY = re.compile(
    r"(?<!\w)(?:Thời h|H)ạn\s+(?:(?:cuối(?:\s+cùng)?|chót)\s+)?"
    rf"(?:nộp|gửi|nhận|đăng ký|báo cáo|tiếp nhận|trả)[^.;:\n]{{0,40}}:\s*"
    rf"(?P<when>(?:{HOUR})?{day_group(1)})(?!\s*(?:đến|tới|[-–]))",
    re.I,
)
EXPECTED = re.compile(r"(?i)dự kiến\s*(?:vào\s*)?:?\s*$")
IN_YEAR = re.compile(
    r"(?<!\w)(?P<in>trong\s+|cả\s+"
    rf"|(?P<to>đến)\s+)?(?:các\s+)?năm\s+(?P<year>{YEAR})(?:\s*[-–]\s*(?P<year2>{YEAR}))?",
    re.I,
)
WHOLE_YEAR = re.compile(r"(?<!\w)(?:trong|cả)\s+năm(?![ ]+\d)", re.I)
STARTING = re.compile(
    rf"(?<!\w)ngay\s+từ\s+(?:những\s+)?(?:tháng|quý|ngày)?\s*đầu[^.;\n]{{0,40}}?năm(?!\s+học)"
    rf"(?:\s+(?P<year>{YEAR}))?"
    rf"(?P<whole>\s*(?:và|,)\s[^.;\n]{{0,20}}?(?:cả|suốt)\s+năm(?:\s+(?P<year2>{YEAR}))?)?",
    re.I,
)
ONLY_YEARS = re.compile(
    rf"(?:[,;]\s*)?(?P<years>(?P<first>{YEAR})(?:\s*[-–]\s*(?P<last>{YEAR}))?)(?=\W|$)"
)
# Sessions of an examination or a visit: "Buổi sáng ngày 06/6: thi Toán", "(ngày thi 06/6/2023)".
SESSION = re.compile(
    rf"(?<!\w)(?:(?:buổi\s+)?(?:sáng|chiều|tối)\s*,?\s*{day_group(1)}"
    rf"|ngày\s+(?:thi|khai mạc|khai giảng|bế mạc)\s*:?\s*(?:là\s+)?(?:ngày\s+)?"
    rf"(?P<d2>\d{{1,2}})\s?/\s?(?P<m2>\d{{1,2}})(?:\s?/\s?(?P<y2>{YEAR}))?"
    r"(?P<D2>)(?P<M2>)(?P<Y2>)(?![\d/]))",
    re.I,
)
TIME_HEAD = re.compile(r"^(?:Thời gian|Thời hạn|Tiến độ|Thời điểm)[^\n]{0,40}$", re.M)
TIME_LINE = re.compile(
    r"^[ ]*(?:(?:Trong|Vào|Cả|Đầu|Cuối|Giữa|Năm|Quý|Tháng|Từ|Đến|Trước|Chậm nhất"
    rf"|Hoàn thành|Thường xuyên|Hàng|Hằng|Định kỳ|Giai đoạn|Ngay|Sau|Theo)\b[^\n]{{0,70}}"
    rf"|{YEAR}(?:\s*[-–]\s*{YEAR})?|\d{{1,2}}\s?/\s?{YEAR}|\d{{1,2}}\s?/\s?\d{{1,2}}\s?/\s?{YEAR}"
    rf"|\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s?/\s?{YEAR})[.;]?[ ]*$",
    re.M,
)
BY_PLAN = re.compile(r"\s*(?P<what>(?:Theo|Sau|Ngay|Khi)\s[^\n.;]{3,80})", re.I)
CONTINUOUS = re.compile(
    r"(?<!\w)(?:thường xuyên(?:\s*,?\s*(?:liên tục|hàng năm))?|liên tục)(?!\w)", re.I
)

FIELD = re.compile(
    r"(?<!\w)(?:(?:Dự kiến t|T)hời gian|Thời hạn|Tiến độ|Lộ trình|Thời điểm|Ngày thi|Lịch thi"
    r"|Hoàn thành(?=\s*:))"
    r"(?:\s+(?!của\b|qua\b|tới\b)[^\s.:;,\n]+){0,6}\s*:\s*(?P<field>[^\n]{1,400}?)"
    r"(?=\n|[.;]\s|[.;]?$|\s(?:[a-zđ]\)|[-+])\s+(?:Sản phẩm|Kết quả|Đơn vị|Cơ quan|Địa điểm)\b)",
    re.M,
)
# "… thân thiện với môi trường (Triển khai thực hiện thường xuyên trong giai đoạn 2022-2025)": the
# bracket at the end of an item says when; "Họp Ban soạn thảo: ngày 17/6/2022." does so bare.
BRACKET_FIELD = re.compile(
    r"\((?:dự kiến\s+)?(?:(?:triển khai|thực hiện|hoàn thành|tổ chức|tiến hành)\s+){1,2}"
    r"(?P<field>[^()\n]{4,100})\)",
    re.I,
)
BARE_FIELD = re.compile(
    rf":\s+(?P<field>(?:(?:vào|trong|trước|từ|đầu|cuối)\s+)?(?:các\s+)?(?:ngày|tháng|quý)"
    rf"\s+(?:\d|I)[^.;:()\n]{{0,40}}?\s?[/ ]\s?{YEAR})(?=[.;]?[ ]*(?:\n|$)|[.;]\s)",
    re.I,
)
# "Nâng cấp vườn ươm: năm 2025 - 2026.", "Hội thi: 01 - 31/7/2025": a line that ends in its time.
LINE_FIELD = re.compile(
    r"^(?![^\n]*(?i:kinh phí|nguồn vốn|dự toán|ngân sách|số liệu|kết quả|tình hình))"
    rf"[^:\n]{{3,200}}:\s+(?P<field>(?:(?:giai đoạn\s+|năm học\s+|Năm học\s+|Giai đoạn\s+)?"
    rf"(?:[Nn]ăm\s+)?(?<=[mnc]\s){YEAR}(?:\s*[-–]\s*{YEAR})?(?:\s+và\s+(?:các|những)\s+năm\s+[^\n.]{{3,10}})?"
    rf"|\d{{1,2}}(?:\s?/\s?\d{{1,2}})?\s*[-–]\s*\d{{1,2}}\s?/\s?\d{{1,2}}\s?/\s?{YEAR}))[.;]?[ ]*$",
    re.M,
)
# "2 lần (tháng 6 và tháng 11)": a bracket that is nothing but months.
BRACKET_MONTHS = re.compile(
    r"\((?:dự kiến\s+)?(?P<field>(?:(?:trong|vào|đầu|cuối|từ)\s+)?tháng\s+\d{1,2}"
    rf"(?:\s?/\s?{YEAR})?(?:\s*(?:,|và|-|–|đến)\s*(?:tháng\s+)?\d{{1,2}}(?:\s?/\s?{YEAR})?){{0,3}})\)",
    re.I,
)
FIELDS = (FIELD, BRACKET_FIELD, BARE_FIELD, LINE_FIELD, BRACKET_MONTHS)
# Short forms of a cell: "6/2025", "T6/2025", "Q.II-III/2025", "QII".
CELL_MONTH = re.compile(
    rf"\s*(?P<when>(?:T\.?\s?)?(?P<mo1>\d{{1,2}})\s?[/\-]\s?(?P<my1>{YEAR})(?P<mY1>))\s*[.;]?\s*"
)
CELL_QUARTER = re.compile(
    rf"\s*(?P<when>Q\.?\s?(?P<q1>I{{1,3}}|IV|[1-4])(?:\s*[-–,+]\s*(?:Q\.?\s?)?(?P<q2>I{{1,3}}|IV|[1-4]))?"
    rf"(?:\s?[/\-]\s?(?P<year>{YEAR}))?)\s*[.;]?\s*"
)
FIELD_TITLE = re.compile(
    r"(?i)^(?:dự kiến\s+)?(?:thời gian|tiến độ|thời hạn|lộ trình|thời điểm"
    r"|(?:ngày|lịch)\s+(?:thi|kiểm tra|làm việc|tổ chức|họp|xét tuyển|tuyển sinh|tiêm))\b"
)
NO_DUTY_BEFORE = re.compile(
    r"(?:hiệu lực(?: thi hành)?(?: kể)?|tính(?: đến| từ)?|so với(?: cùng kỳ)?|sinh|kể|áp dụng"
    r"|trở về|giai đoạn|công bố|xếp hạng|thông qua|đã(?: hoàn thành)?"
    r"|được ban hành|ký|ban hành|ngày ký"
    r"|số liệu)[ ]*\Z",
    re.I,
)
# "ký ban hành trước tháng 8" binds; what is past ("đã ban hành trước …") or counted does not.
NOT_DUE_BEFORE = re.compile(
    r"(?:hiệu lực(?: thi hành)?(?: kể)?|tính(?: đến| từ)?|so với(?: cùng kỳ)?|sinh|xếp hạng"
    r"|(?:còn |vi phạm )?tồn tại|đã(?:[ ]+\S+){0,2}|được ban hành|số liệu)[ ]*\Z",
    re.I,
)
REPORT_NAME = re.compile(
    r"(?:báo cáo|sơ kết|tổng kết|kế hoạch|kết quả|số liệu|chương trình|phong trào thi đua)[ ]*"
    r"(?:(?<=báo cáo )(?:tình hình|kết quả|công tác)[^.;:,\n]{0,40}[ ])?$",
    re.I,
)
PAST_BEFORE = re.compile(
    r"(?i)\b(?:đã (?:được |có |tổ chức |thực hiện )?|ghi nhận|xảy ra|chiếm|tồn tại"
    r"|(?:theo|qua) thống kê|số (?:ca )?(?:mắc|tử vong|vụ)|vẫn còn)[^.;\n]{0,60}$"
)
