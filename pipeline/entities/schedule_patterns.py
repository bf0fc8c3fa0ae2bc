"""Grammar of time expressions in plans: the patterns that ``entities.schedules`` reads.

In: nothing.  Out: compiled patterns.  Named groups: ``rel`` the words that bind (trước, chậm nhất,
đến hết), ``d1 m1 y1`` or ``D1 M1 Y1`` the parts of a day as figures or in words (``2`` for the end
of a range), ``mo1 my1 mY1`` of a month, ``q1 q2 qy qY`` of quarters, ``unit`` a period's name.
"""

from __future__ import annotations

import re

_Y = r"(?:19|20)\d\d"

_DAY = (
    rf"(?:ngày\s+|(?=\d{{{{1,2}}}}\s?(?:/|[.\-]\s?\d{{{{1,2}}}}\s?[.\-]\s?{_Y})))"
    rf"(?P<d{{n}}>\d{{{{1,2}}}})\s?[/.\-]\s?(?P<m{{n}}>\d{{{{1,2}}}})"
    rf"(?:\s?[/.\-]\s?(?P<y{{n}}>{_Y}))?(?![\d/%])"
    rf"|ngày\s+(?P<D{{n}}>\d{{{{1,2}}}})\s+tháng\s+(?P<M{{n}}>\d{{{{1,2}}}})(?!\d)"
    rf"(?:(?:\s*,?\s*năm\s+|\s?/\s?)(?P<Y{{n}}>{_Y}))?"
)


def _day(n: int) -> str:
    return "(?:" + _DAY.replace("{n}", str(n)).replace("{{", "{").replace("}}", "}") + ")"


def _month(n: int) -> str:
    return (
        rf"tháng\s+(?P<mo{n}>\d{{1,2}})(?!\d)"
        rf"(?:\s?[/\-]\s?(?P<my{n}>{_Y})|\s+năm\s+(?P<mY{n}>{_Y}))?"
    )


_QUARTER = (
    rf"quý\s+(?P<q1>I{{1,3}}|IV|[1-4])(?![\w])(?:\s*(?:,|và|-|–|đến(?:\s+quý)?)\s*(?:quý\s+)?"
    rf"(?P<q2>I{{1,3}}|IV|[1-4])(?![\w])){{0,4}}(?:\s?[/\-]\s?(?P<qy>{_Y})|\s+năm\s+(?P<qY>{_Y}))?"
)
UNIT = (
    r"(?:0?[2369]\s+tháng|0?2\s+tuần|(?:0?[1235]|10)\s+năm|nửa\s+năm"
    r"|ngày|tuần|tháng|quý|năm(?![ ]+\d))"
)
_EVERY = rf"(?:hàng|hằng|mỗi)\s+{UNIT}"
_LIST = (
    rf"(?:\s*(?:,|và|/|;|hoặc)\s*(?:(?:hàng|hằng|mỗi|sơ kết|tổng kết)\s+){{0,3}}{UNIT}"
    rf"(?!\s+(?:đầu|cuối|tới|qua|học|nay))){{0,8}}"
)
_BEFORE = (
    r"(?:(?:xong|hoàn thành|hoàn tất|kết thúc|gửi|báo cáo)\s+)?"
    r"(?:trước|(?:chậm|muộn) nhất(?:\s+(?:là|vào|đến|trước))*(?:\s+hết)?|đến hết|hết"
    r"|không (?:quá|(?:muộn|chậm) hơn)|hạn (?:cuối|chót)(?:\s+(?:là|vào|đến))?|trước và trong)"
)
# "trước 17 giờ 00 ngày 21/7/2022": until that hour the day itself still keeps the deadline.
_HOUR = (
    r"(?:lúc\s+)?\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2}(?!\d))?(?:\s*phút)?,?\s*"
    r"(?:của\s+|ngày\s+(?=ngày))?"
)

DUE_DAY = re.compile(
    rf"(?<!\w)(?P<rel>{_BEFORE})\s+(?P<hour>{_HOUR})?{_day(1)}"
    r"(?P<every>\s+(?:hàng|hằng)\s+(?:năm|tháng|quý))?",
    re.I,
)
# "trước ngày 10/6 và 10/12": the same words bind each of them.
MORE_DAY = re.compile(rf"\s*(?:,|;|và|hoặc)\s*(?P<day>{_day(1)})", re.I)
# "không quá 1/3", "hết 2/3", "trước 1.5": shares and decimals, without "ngày" and without a year.
FRACTION = re.compile(
    r"(?:không quá|hết)\s+\d{1,2}\s?[/.\-]\s?\d{1,2}|(?!.*ngày).*\s\d{1,2}\s?[.\-]\s?\d{1,2}",
    re.I | re.S,
)
DUE_MONTHLY_DAY = re.compile(
    rf"(?<!\w)(?P<rel>{_BEFORE})\s+ngày\s+\d{{1,2}}\s+(?:hàng tháng|hằng tháng|của tháng"
    rf"|tháng (?:sau|kế tiếp|cuối|đầu)|mỗi tháng)(?:[^.;,()]{{0,30}}?\b(?P<unit>quý|năm)\b)?",
    re.I,
)
DUE_MONTH = re.compile(rf"(?<!\w)(?P<rel>{_BEFORE})\s+{_month(1)}", re.I)
DUE_QUARTER = re.compile(rf"(?<!\w)(?P<rel>{_BEFORE})\s+{_QUARTER}", re.I)
DUE_YEAR = re.compile(
    r"(?<!\w)(?P<rel>đến hết|đến cuối|trước|hết|chậm nhất (?:là |vào |đến )?(?:cuối )?"
    rf"|muộn nhất (?:vào )?)\s*năm\s+(?P<year>{_Y})",
    re.I,
)
_TO = r"\s*(?:đến|tới|[-–])\s*(?:hết\s+)?(?:\d{1,2}\s+giờ(?:\s+\d{2})?(?:\s+phút)?,?\s+)?"
RANGE_DAY = re.compile(
    rf"(?<!\w)(?:(?P<from>từ|trong)\s+)?(?:các\s+)?(?P<word>ngày\s+)?(?P<fd>\d{{1,2}})"
    rf"(?:\s?/\s?(?P<fm>\d{{1,2}})|\s+tháng\s+(?P<fM>\d{{1,2}}))?"
    rf"(?:\s?/\s?(?P<fy>{_Y})|\s+năm\s+(?P<fY>{_Y}))?{_TO}{_day(2)}",
    re.I,
)
RANGE_MONTH = re.compile(
    rf"(?<!\w)(?:(?:từ|trong)\s+)?(?P<word>tháng\s+)?(?P<mo1>\d{{1,2}})"
    rf"(?:\s?/\s?(?P<my1>{_Y})|\s+năm\s+(?P<mY1>{_Y}))?"
    rf"(?:\s*(?:đến|tới|[-–]|,|và)\s*(?:hết\s+)?)(?P<word2>tháng\s+)?(?P<mo2>\d{{1,2}})(?!\d)"
    rf"(?:\s?[/\-]\s?(?P<my2>{_Y})|\s+năm\s+(?P<mY2>{_Y}))?(?![\d/])",
    re.I,
)
# "tháng 6, 7, 8/2024", "các tháng 4, 7 và 10": a month each, or one window where they follow on.
MONTH_LIST = re.compile(
    rf"(?<!\w)(?:(?:trong|vào)\s+)?(?:các\s+)?tháng\s+(?P<list>\d{{1,2}}"
    rf"(?:\s*(?:,|;|và)\s*(?:tháng\s+)?\d{{1,2}}(?![\d/.]\d)){{1,10}}\s*(?:,|;|và)\s*"
    rf"(?:tháng\s+)?(?P<mo1>\d{{1,2}}))(?!\d)"
    rf"(?:\s?/\s?(?P<my1>{_Y})|\s+năm\s+(?P<mY1>{_Y}))?(?!\s?/\s?\d)",
    re.I,
)
# From a month, a quarter or a day to the end of a larger or smaller one: "từ tháng 3/2024 đến hết
# năm 2024", "từ quý II đến quý IV/2024".
RANGE_MIXED = re.compile(
    rf"(?<!\w)từ\s+(?:{_month(1)}|quý\s+(?P<q1>I{{1,3}}|IV|[1-4])(?!\w)(?:\s?/\s?(?P<qy1>{_Y})"
    rf"|\s+năm\s+(?P<qY1>{_Y}))?)\s*(?:đến|tới|[-–])\s*(?:(?:hết|cuối)\s+)*(?:năm\s+(?P<last>{_Y})"
    rf"|{_month(2)}|quý\s+(?P<q2>I{{1,3}}|IV|[1-4])(?!\w)(?:\s?/\s?(?P<qy2>{_Y})"
    rf"|\s+năm\s+(?P<qY2>{_Y}))?)(?!\d)",
    re.I,
)
# "ngày 12, 13/3/2024", "các ngày 12, 13 và 14 tháng 3".
DAY_LIST = re.compile(
    rf"(?<!\w)(?:(?:trong|vào)\s+)?(?:các\s+|\d\s+)?ngày\s+(?P<list>\d{{1,2}}(?:\s*(?:,|và)\s*"
    rf"\d{{1,2}}){{0,6}})\s*(?:,|và)\s*(?:ngày\s+)?(?P<d1>\d{{1,2}})"
    rf"(?:\s?/\s?(?P<m1>\d{{1,2}})(?:\s?/\s?(?P<y1>{_Y}))?|\s+tháng\s+(?P<M1>\d{{1,2}})"
    rf"(?:\s*,?\s*năm\s+(?P<Y1>{_Y}))?)(?P<D1>)(?![\d/])",
    re.I,
)
NEXT_YEAR = re.compile(r"\s+(?:của\s+)?năm\s+(?:sau|kế tiếp|tiếp theo|liền kề)(?!\w)", re.I)
RANGE_YEAR = re.compile(
    rf"(?<!\w)từ\s+năm\s+(?P<first>{_Y})\s*(?:đến|tới"
    rf"|[-–])\s*(?:hết\s+)?(?:năm\s+)?(?P<last>{_Y})",
    re.I,
)
FROM_YEAR = re.compile(
    rf"(?<!\w)(?:kể\s+)?từ\s+năm\s+(?P<first>{_Y})(?:(?<=kể từ năm \d\d\d\d)"
    r"|(?=\s*:|\s+(?:trở đi|và\s+(?:các|những)\s+năm)))",
    re.I,
)
RATED = re.compile(r"\s+(?:xếp loại|quy mô|vẫn)\b")
AND_LATER = re.compile(r"\s*(?:,\s*)?và\s+(?:các|những)\s+năm\s+(?:tiếp theo|sau|tới)", re.I)
FROM_MONTH = re.compile(rf"(?<!\w)(?:kể\s+)?từ\s+{_month(1)}", re.I)
FROM_DAY = re.compile(rf"(?<!\w)(?:kể\s+)?từ\s+{_day(1)}", re.I)
BEGINS = re.compile(r"(?i)\b(?:bảo đảm|đảm bảo|bắt đầu|thực hiện|triển khai)[ ]+$")
FORECAST = re.compile(r"(?i)dự báo[ ]+$")
QUARTERS = re.compile(rf"(?<!\w)(?:trong\s+)?{_QUARTER}", re.I)
HALF = re.compile(
    rf"(?<!\w)(?:trong\s+)?0?6\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<year>{_Y}))?", re.I
)
# "trong 6 tháng đầu năm, tình hình … phức tạp", "… đã xảy ra": a look back.
TOLD_AFTER = re.compile(
    r"(?i),?\s*(?:tình hình|số vụ|đã|còn|xảy ra"
    r"|(?:toàn (?:tỉnh|thành phố|quốc)|cả nước|trên địa bàn"
    r"|công tác|các)\b[^.;\n]{0,80}?\s(?:đã|xảy ra))\b"
)
# "hoàn thành tháng 8/2024", "trình Quốc hội tháng 10/2024": the act binds the month.
ACT_MONTH = re.compile(
    r"(?<!\w)(?i:hoàn thành|trình(?:\s+[^\s.,;:()]+){0,4}|ban hành|tổ chức|thực hiện|triển khai"
    r"|thông qua|cho ý kiến|công bố|sơ kết|tổng kết|khai mạc|họp|bắt đầu)"
    rf"\s+(?P<when>{_month(1)})"
)
IN_MONTH = re.compile(
    r"(?<!\w)(?P<in>(?:trong|vào|đầu|cuối|giữa)\s+(?:(?:toàn bộ|suốt|cả"
    rf"|các)\s+)?)?{_month(1)}",
    re.I,
)
ON_DAY = re.compile(
    rf"(?<!\w)(?P<in>(?:vào|trong|(?P<to>đến))\s+(?:(?:các|sáng|chiều)\s+)?)?{_day(1)}", re.I
)
# "sơ kết vào năm 2025", "phấn đấu … vào năm 2030": a verb that looks ahead binds the year.
BY_YEAR = re.compile(
    r"(?i:sơ kết|tổng kết|hoàn thành|phấn đấu|đạt|ban hành|đưa vào sử dụng|không để|giảm"
    r"|(?:xử lý|giải quyết) dứt điểm|chấm dứt|gỡ cảnh báo)"
    rf"[^.;:\n]{{0,110}}?(?P<when>(?:vào|trong)\s+(?:cuối\s+|đầu\s+)?năm\s+(?P<year>{_Y})"
    rf"(?:\s*[-–]\s*(?P<last>{_Y}))?)(?!\s*[-–])"
)
# The same without such a verb, where the year lies ahead; "đạt 90% năm 2030".
# "đến năm 2030 đạt 50%", "tới năm 2025 có 90% số xã": by then.
REACHED_BY = re.compile(
    rf"(?<!\w)(?P<when>(?:đến|tới)\s+(?:hết\s+|cuối\s+)?năm\s+(?P<year>{_Y}))"
    r"\s*,?\s+(?:đạt|phấn đấu|hoàn thành|giảm|tăng|có\s+(?:trên|ít nhất|tối thiểu|\d)"
    r"|(?:trên|ít nhất|tối thiểu)?\s*\d+(?:,\d+)?\s?%)",
    re.I,
)
SCHOOL_YEAR = re.compile(
    rf"(?<!\w)trong\s+(?:cả\s+)?năm\s+học\s+(?P<first>{_Y})\s*[-–]\s*(?P<last>{_Y})", re.I
)
STAGE_FIELD = re.compile(
    rf"(?<!\w)(?:trong\s+)?giai\s+đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<first>{_Y})\s*(?:[-–]|đến)"
    rf"\s*(?:năm\s+)?(?P<last>{_Y})",
    re.I,
)
# "Đến tháng 6/2024, hoàn thành …", "từ ngày ban hành đến ngày 31/12/2024".
BY_DAY = re.compile(rf"(?<!\w)đến\s+{_day(1)}", re.I)
BY_MONTH = re.compile(rf"(?<!\w)đến\s+{_month(1)}", re.I)
# "III. NHIỆM VỤ ĐẾN THÁNG 5 NĂM 2023": the end of a heading in capitals says by when.
HEADING_MONTH = re.compile(rf"(?m)^[IVX\d]+\.\s[^\n]*?\s(?P<when>(?i:đến\s+{_month(1)}))$")
FROM_ISSUE = re.compile(r"(?i)(?<!\w)(?:kể\s+)?từ\s+(?:ngày|khi)\s+[^.;\d\n]{2,40}\s$")
ROUND = re.compile(rf"(?<!\w)Đợt\s+\d\s*[:(]\s*(?:vào\s+|trong\s+)?(?P<when>{_month(1)})", re.I)
YEAR_AHEAD = re.compile(
    rf"(?<!\w)(?:(?P<when>vào\s+(?:cuối\s+|đầu\s+)?năm\s+(?P<year>{_Y}))(?!\s*[-–])"
    r"|(?i:phấn đấu|đảm bảo|bảo đảm)\s+"
    rf"(?P<when2>(?:trong\s+|cuối\s+)?năm\s+(?P<year2>{_Y}))(?!\s*[-–])"
    rf"|[\d,]+%(?:\s+trở lên)?\s+(?P<when3>(?:trong\s+)?năm\s+(?P<year3>{_Y}))(?!\s*[-–]))"
)
# "áp dụng từ năm 2024": nothing before that year.
AS_OF_YEAR = re.compile(
    rf"(?i:áp dụng|thực hiện|triển khai|bắt đầu|phấn đấu)\s+(?P<when>từ\s+năm\s+(?P<year>{_Y}))"
    r"(?!\s*(?:đến|tới|[-–]))"
)
# "Giai đoạn đến năm 2030:" opens what is to be reached by then.
# "hoàn thành trong giai đoạn 2022 - 2023", "Trong năm 2022, các sở …": an act or the opening of a
# sentence binds the years.
STAGE_ACT = re.compile(
    r"(?<!\w)(?i:hoàn thành|thực hiện|triển khai|tiến hành)\b(?!\s+tiễn)[^.,;:()\n]{0,90}?"
    rf"\s(?P<when>trong\s+giai\s+đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<first>{_Y})\s*(?:[-–]|đến)"
    rf"\s*(?:năm\s+)?(?P<last>{_Y}))"
)
OPENING_YEAR = re.compile(rf"(?m)(?:^|(?<=[.;]\s)|(?<=[-+]\s))Trong\s+năm\s+(?P<year>{_Y})(?=,\s)")
STAGE = re.compile(rf"(?<!\w)(?P<when>(?:Giai đoạn )?[Đđ]ến năm (?P<year>{_Y}))(?=\s*:)")
STAGE_TITLE = re.compile(
    rf"(?m)^(?:[IVX\d]+\.[ ]?)?(?P<when>Giai đoạn đến năm (?P<year>{_Y}))[ ]*$"
)
# "trình Quốc hội vào kỳ họp thứ 4 (tháng 10/2022)": the month of the meeting.
MEETING_MONTH = re.compile(
    rf"(?<!\w)(?:vào|tại)\s+kỳ\s+họp\s+[^.,;:()\n]{{1,40}}\({_month(1)}\)", re.I
)
# "1. Giai đoạn 2021 - 2025": a heading that opens what belongs to those years.
STAGE_YEARS = re.compile(
    rf"(?m)(?<!\w)Giai đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<first>{_Y})\s*(?:[-–]|đến)"
    rf"\s*(?:năm\s+)?(?P<last>{_Y})"
    r"(?=\s*(?::|$|\d+\.\d|[a-zđ]\)\s|[-+]\s))"
)
# "3. Năm 2023: …" opens what belongs to that year.
STAGE_YEAR = re.compile(rf"(?<!\w)Năm\s+(?P<first>{_Y})(?:\s*[-–]\s*(?P<last>{_Y}))?(?=\s*:)")
MORE_YEARS = re.compile(
    rf"(?P<years>(?:,\s*(?:năm\s+)?{_Y})*)\s*(?:,|và)\s*(?:năm\s+)?(?P<last>{_Y})(?!\d)"
)
# "sơ kết công tác 6 tháng đầu năm": the half year of a report's name.
HALF_NAME = re.compile(r"(?i)\b(?:sơ kết|tổng kết|báo cáo|tình hình|kết quả)\b[^.;:\n]{0,90}$")
# "từ nay đến cuối năm": the end of the plan's year.
UNTIL_YEAR_END = re.compile(
    rf"(?<!\w)từ nay (?:cho )?(?:đến|tới)\s+(?:hết|cuối)\s+năm(?:\s+(?P<year>{_Y}))?", re.I
)
# "Riêng năm 2024, các Bộ …" and "hết thời hạn nộp hồ sơ (ngày 01/4/2024)".
THIS_YEAR = re.compile(rf"(?<!\w)(?P<when>(?:Riêng |riêng )năm\s+(?P<year>{_Y}))(?=\s*,)")
LIMIT_DAY = re.compile(
    rf"(?i:hết (?:thời hạn|hạn))[^.;:\n]{{0,70}}?[(:]?\s*(?P<when>(?:là\s+)?{_day(1)})"
)
EXPECTED = re.compile(r"(?i)dự kiến\s*(?:vào\s*)?:?\s*$")
IN_YEAR = re.compile(
    r"(?<!\w)(?P<in>trong\s+|cả\s+"
    rf"|(?P<to>đến)\s+)?(?:các\s+)?năm\s+(?P<year>{_Y})(?:\s*[-–]\s*(?P<year2>{_Y}))?",
    re.I,
)
WHOLE_YEAR = re.compile(r"(?<!\w)(?:trong|cả)\s+năm(?![ ]+\d)", re.I)
STARTING = re.compile(
    rf"(?<!\w)ngay\s+từ\s+(?:những\s+)?(?:tháng|quý|ngày)?\s*đầu[^.;\n]{{0,40}}?năm(?!\s+học)"
    rf"(?:\s+(?P<year>{_Y}))?"
    rf"(?P<whole>\s*(?:và|,)\s[^.;\n]{{0,20}}?(?:cả|suốt)\s+năm(?:\s+(?P<year2>{_Y}))?)?",
    re.I,
)
ONLY_YEARS = re.compile(
    rf"(?:[,;]\s*)?(?P<years>(?P<first>{_Y})(?:\s*[-–]\s*(?P<last>{_Y}))?)(?=\W|$)"
)
# A day with "hằng năm" on either side is one day of every year.
YEARLY_DAY = re.compile(
    rf"(?<!\w)(?:(?:hàng|hằng)\s+năm\s*[,(]?\s*(?:{_BEFORE}\s+|vào\s+)?{_day(1)}\)?"
    rf"|(?:{_BEFORE}\s+|vào\s+)?{_day(2)}(?:\s*(?:,"
    rf"|và)\s*{_day(3)})?\s*,?\s+(?:của\s+)?(?:hàng|hằng)\s+năm)",
    re.I,
)
# "vào Quý I hằng năm", "tháng 3 hằng năm": the same months of every year.
YEARLY_PERIOD = re.compile(
    rf"(?<!\w)(?:định kỳ\s+)?(?:(?:vào|trong|trước)\s+)?(?:{_QUARTER}|{_month(1)})"
    r"\s*,?\s+(?:của\s+)?(?:hàng|hằng)\s+năm",
    re.I,
)
# Sessions of an examination or a visit: "Buổi sáng ngày 06/6: thi Toán", "(ngày thi 06/6/2023)".
SESSION = re.compile(
    rf"(?<!\w)(?:(?:buổi\s+)?(?:sáng|chiều|tối)\s*,?\s*{_day(1)}"
    rf"|ngày\s+(?:thi|khai mạc|khai giảng|bế mạc)\s*:?\s*(?:là\s+)?(?:ngày\s+)?"
    rf"(?P<d2>\d{{1,2}})\s?/\s?(?P<m2>\d{{1,2}})(?:\s?/\s?(?P<y2>{_Y}))?"
    r"(?P<D2>)(?P<M2>)(?P<Y2>)(?![\d/]))",
    re.I,
)
TIME_HEAD = re.compile(r"^(?:Thời gian|Thời hạn|Tiến độ|Thời điểm)[^\n]{0,40}$", re.M)
TIME_LINE = re.compile(
    r"^[ ]*(?:(?:Trong|Vào|Cả|Đầu|Cuối|Giữa|Năm|Quý|Tháng|Từ|Đến|Trước|Chậm nhất"
    rf"|Hoàn thành|Thường xuyên|Hàng|Hằng|Định kỳ|Giai đoạn|Ngay|Sau|Theo)\b[^\n]{{0,70}}"
    rf"|{_Y}(?:\s*[-–]\s*{_Y})?|\d{{1,2}}\s?/\s?{_Y}|\d{{1,2}}\s?/\s?\d{{1,2}}\s?/\s?{_Y}"
    rf"|\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s?/\s?{_Y})[.;]?[ ]*$",
    re.M,
)
BY_PLAN = re.compile(r"\s*(?P<what>(?:Theo|Sau|Ngay|Khi)\s[^\n.;]{3,80})", re.I)
RECURRING = re.compile(rf"(?<!\w)(?:định kỳ\s+)?{_EVERY}{_LIST}", re.I)
PERIODIC = re.compile(rf"(?<!\w)định kỳ\s+(?:theo\s+)?(?:\(?)(?:vào\s+)?{UNIT}{_LIST}", re.I)
TERMS = re.compile(
    r"(?<!\w)(?:trong\s+)?(?:từng|mỗi)\s+(?:học kỳ|kỳ(?=\s+(?:có|phải|tổ chức)\b))"
    r"(?P<year>(?:\s+và|,)\s+(?:cả\s+)?năm học)?",
    re.I,
)
YEARLY_TIMES = re.compile(
    r"(?<!\w)(?:định kỳ\s+)?(?:một|mỗi|0?1|hàng|hằng)\s+(?P<unit>năm|quý|tháng"
    r"|tuần)\s+(?P<count>\d{1,2})\s+lần",
    re.I,
)
TIMES = re.compile(
    rf"(?<!\w)(?:(?P<cmp>tối thiểu|ít nhất|tối đa|không quá)\s+)?(?:"
    rf"(?P<count>\d{{1,3}}|một|hai|ba)\s+(?P<what>lần)\s*(?:/|mỗi|trong|một|trên)"
    r"|(?P<n>\d{1,3})\s+(?P<thing>buổi|cuộc|đợt|kỳ|phiên|tin|bài|tin/bài|tin, bài|số"
    r"|chuyên mục)\s*/)"
    rf"\s*(?:0?1\s*)?(?P<unit>{UNIT})",
    re.I,
)
PER_TIMES = re.compile(
    r"(?<!\w)(?:mỗi\s+)?(?P<n>\d{1,2}|một)?\s*(?P<unit>tuần|tháng|quý|năm)\s*"
    r"(?:/|một|\s+0?1)\s*lần",
    re.I,
)
QUOTA = re.compile(
    r"(?<!\w)(?P<cmp>tối thiểu|ít nhất|tối đa|không quá|không ít hơn)\s+(?P<count>\d{1,5})\s+"
    r"(?P<what>[^\d.;,:()]{2,40}?)\s*(?P<per>(?:trong|/|mỗi|hàng|hằng|trên)\s*(?:0?1\s*)?"
    r"(?P<unit>tuần|tháng|quý|năm)(?!\s+\d))",
    re.I,
)
CONTINUOUS = re.compile(
    r"(?<!\w)(?:thường xuyên(?:\s*,?\s*(?:liên tục|hàng năm))?|liên tục)(?!\w)", re.I
)

FIELD = re.compile(
    r"(?<!\w)(?:(?:Dự kiến t|T)hời gian|Thời hạn|Tiến độ|Lộ trình|Thời điểm|Ngày thi|Lịch thi)"
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
    rf"\s+(?:\d|I)[^.;:()\n]{{0,40}}?\s?[/ ]\s?{_Y})(?=[.;]?[ ]*(?:\n|$)|[.;]\s)",
    re.I,
)
FIELDS = (FIELD, BRACKET_FIELD, BARE_FIELD)
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
BUDGET_BEFORE = re.compile(
    r"(?:kinh phí|ngân sách|dự toán|được (?:cấp|giao|bố trí)|kê khai"
    r"|chi thường xuyên)[^.;\n]{0,60}$",
    re.I,
)
REPORT_NAME = re.compile(
    r"(?:báo cáo|sơ kết|tổng kết|kế hoạch|kết quả|số liệu|chương trình|phong trào thi đua)[ ]*"
    r"(?:(?<=báo cáo )(?:tình hình|kết quả|công tác)[^.;:,\n]{0,40}[ ])?$",
    re.I,
)
# One unit of a list like "hàng tháng, quý".
EACH_UNIT = re.compile(rf"(?i)(?<!\w){UNIT}(?!\w)")
# "người có nghĩa vụ kê khai hằng năm": part of a name, no rhythm of a duty.
NAME_BEFORE = re.compile(
    r"(?i)(?:nghĩa vụ|chi tiêu|nghỉ phép|nghỉ|kế hoạch sử dụng"
    r"|(?<!xây dựng )kế hoạch(?: công tác)?|phong trào|hội nghị|chương trình công tác"
    r"|trung bình|bình quân|căn cứ số liệu)"
    r"[ ]+(?:[^\s.;,:]+[ ]+){0,3}(?<!và )$"
)
PAST_BEFORE = re.compile(
    r"(?i)\b(?:đã (?:được |có |tổ chức |thực hiện )?|ghi nhận|xảy ra|chiếm|tồn tại"
    r"|(?:theo|qua) thống kê|số (?:ca )?(?:mắc|tử vong|vụ)|vẫn còn)[^.;\n]{0,60}$"
)
REPORTING = re.compile(r"(?i)\b(?:báo cáo|chế độ|cập nhật|giao ban)\b[^.;\n]*$")
