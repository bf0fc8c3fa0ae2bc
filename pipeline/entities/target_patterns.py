"""Grammar of quantified goals (chỉ tiêu): the patterns that ``entities.targets`` reads.

In: nothing.  Out: compiled patterns.  Named groups: ``cmp`` the words that compare (tối thiểu,
trên), ``value`` and ``max`` the figures, ``unit`` what is counted.
"""

from __future__ import annotations

import re

from pipeline.language.letters import UPPER

# "1.200", "9.045,6", "12,4"; a share may be printed with a point ("88.5%").
N = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+\.\d{1,2}(?=\s?%)|\d+(?:,\d+)?)"
DECIMAL_POINT = re.compile(r"\d+\.\d{1,2}")
WORDS = {
    "một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "sáu": 6.0, "bảy": 7.0, "tám": 8.0,
    "chín": 9.0, "mười": 10.0,
}  # fmt: skip
_WORD = "|".join(WORDS)
_NOT_MORE = r"không (?:được )?(?:vượt )?quá|không vượt|không (?:cao|lớn|nhiều) hơn"
_NOT_LESS = r"không dưới|không (?:ít|thấp|nhỏ|kém) hơn"
# "tối thiểu", "tối thiểu là", "tối thiểu đạt"
_LEAST = r"(?:tối thiểu|ít nhất|thấp nhất)(?: là| đạt| từ| có)?"
_MOST = r"(?:tối đa|nhiều nhất)(?: là)?"
COMPARING = (
    rf"(?:{_NOT_MORE}|{_NOT_LESS}|{_LEAST}|{_MOST}|trên(?: mức)?|hơn|từ|vượt(?: mức)?|dưới(?: mức)?"
    rf"|đạt(?:\s+(?:{_LEAST}|{_NOT_LESS}|từ|trên(?: mức)?))?|khoảng|tăng|giảm)"
)
AT_LEAST = re.compile(rf"(?i)tối thiểu|ít nhất|thấp nhất|trên|hơn|vượt|{_NOT_LESS}|từ\b")
AT_MOST = re.compile(rf"(?i){_NOT_MORE}|tối đa|nhiều nhất|(?<!không )dưới")

PERCENT = re.compile(
    rf"(?<![\d.,/])(?:(?P<sign>[<>≤≥]=?)\s?)?(?P<value>{N})\s?%?\s*(?:(?:[-–÷]"
    rf"|đến(?:\s+dưới)?)\s*(?P<max>{N})\s?)?%(?P<up>\s+trở (?:lên|xuống))?",
    re.I,
)
# "≤ 80 trường hợp tử vong", "<2,5/100.000 dân".
SIGNED = re.compile(
    rf"(?P<sign>[<>≤≥]=?)\s?(?P<value>{N})(?:\s?(?P<per>/\s?{N}\s+[^\W\d_]+)"
    r"|\s+(?P<unit>[^\W\d_]+(?:[ ][^\W\d_]+){0,3}))(?!\s?%)"
)
_NO_UNIT = (
    r"(?:và|hoặc|hay|được|có|để|cho|trong|của|tại|theo|với|là|đã|vào|trên|dưới|trước|sau|năm|từ"
    r"|đến|các|những|về|gồm|bao gồm|hạn chế|cụ thể|đảm bảo|bảo đảm|ngăn chặn|còn lại|trở|so|đạt"
    r"|thoát (?:nghèo|cận|khỏi)|thuộc|do|qua|khi|nhằm|như|tham gia|(?<!việc )làm(?! việc)|phục vụ"
    r"|mỗi|đi|hằng|hàng (?:tuần|tháng|quý|năm)|không|chưa|phải)"
)
# "không vượt quá 5/100.000 dân", "giảm còn 40/100.000 trẻ đẻ sống"
PER_HEAD = re.compile(
    rf"(?<!\w)(?P<cmp>{_NOT_MORE}|dưới|tối đa|còn|xuống|đạt|là)\s+(?P<value>{N})\s?"
    r"(?P<unit>/\s?1[0.]{2,9}\s+[^\W\d_]+)",
    re.I,
)
# Under a heading of goals a limit of time is one, too: "tối đa 30 phút/lượt".
LIMIT = re.compile(
    rf"(?<!\w)(?P<cmp>{_NOT_MORE}|tối đa|dưới|tối thiểu|ít nhất|đạt|còn)\s+(?:là\s+)?"
    rf"(?P<value>{N})(?:\s?[-–]\s?(?P<max>{N}))?\s+"
    r"(?P<unit>phút|giờ|ngày(?: làm việc)?|[µμu]g/m[3³]|[MG]bps|ms)(?!\w)",
    re.I,
)
_ONE_WORD = r"(?:buổi|cuộc|đội|lớp|người|em|xe|suất)"
COUNT = re.compile(
    rf"(?<!\w)(?P<cmp>tối thiểu|ít nhất|thấp nhất|tối đa|nhiều nhất|{_NOT_MORE}|{_NOT_LESS})[ ]+"
    rf"(?:từ[ ]+|là[ ]+|đạt[ ]+|có[ ]+)?(?P<value>{N}|(?:{_WORD})(?!\w|[ ]nửa))"
    rf"(?:[ ]?(?:(?:đồng[ ]?)?[-–]|đến)[ ]?(?P<max>{N}))?[ ]+"
    r"(?P<unit>k?m[23²³](?:/[ ]?[^\W\d_]+)?|[^\W\d_]+/(?:0?1[ ]?)?[^\W\d_]+"
    rf"|{_ONE_WORD}(?!\w)|mẫu[ ](?:(?:thực|sản)[ ]phẩm|xét nghiệm|nông sản)"
    rf"|[^\W\d_]+(?:[ ](?!{_NO_UNIT}\b)[^\W\d_]+)?)",
    re.I,
)
RANKED = r"(?:tỉnh|địa phương|bộ|đơn vị|xã|phường|huyện|thành phố|quốc gia|nước|trường|sở)"
RANK = re.compile(
    r"(?<!\w)(?:(?:trong|thuộc|nằm trong|lọt vào|vào)\s+(?:nhóm|top|tốp)|top|tốp)\s+(?:đầu\s+)?"
    rf"(?P<value>\d{{1,2}})(?!\d)(?:\s?[-–]\s?(?P<max>\d{{1,2}}))?(?P<rest>\s+{RANKED}(?!\w)"
    r"(?:[^.;\n]{0,80}?(?:dẫn đầu|đứng đầu|cao nhất|đầu)(?!\w)(?:\s+(?:cả nước|toàn quốc"
    r"|của cả nước))?|(?:, thành phố)?))?",
    re.I,
)
TIMES = re.compile(
    rf"(?<!\w)(?:(?P<cmp>tối thiểu|ít nhất)\s+)?(?P<value>\d{{1,3}}|(?:{_WORD})(?!\w))\s+lần"
    r"\s*(?:/\s*(?:\d{1,2}\s*)?|(?:mỗi|trong|trên)\s+(?:0?1\s*)?)"
    r"(?:tuần|tháng|quý|năm(?: học)?)(?!\s+\d)",
    re.I,
)
# "mỗi quý kiểm tra ít nhất 01 lần", "ít nhất 01 lần trong năm 2031"
TIMES_IN = re.compile(
    r"(?<!\w)(?:mỗi|hằng|hàng)\s+(?:tuần|tháng|quý|năm)[^.;:\n\d]{0,40}?(?<!\w)(?P<when>"
    rf"(?P<cmp>tối thiểu|ít nhất)\s+(?P<value>\d{{1,3}}|(?:{_WORD})(?!\w))\s+lần)(?!\w)"
    rf"|(?<!\w)(?P<when2>(?P<cmp2>tối thiểu|ít nhất)\s+(?P<value2>\d{{1,3}}|(?:{_WORD})(?!\w))"
    r"\s+lần)\s+trong\s+(?:năm|tháng|quý)\s",
    re.I,
)
# "tăng gấp 1,5 lần", "ít nhất 1,8 lần so với năm 2030", "gấp đôi"
MULTIPLE = re.compile(
    r"(?<!\w)(?:(?P<cmp>(?:tối thiểu|ít nhất|trên|hơn|khoảng)\s+)?gấp\s+(?:(?P<twice>đôi)"
    rf"|(?P<cmp2>(?:tối thiểu|ít nhất|trên|hơn|khoảng)\s+)?(?P<value>{N}|{_WORD})"
    rf"(?:\s?[-–]\s?(?P<max>{N}))?\s+lần)(?!\w)"
    r"|(?:tăng|cao|nâng)\s+(?:lên\s+)?(?P<by>(?P<cmp3>(?:tối thiểu|ít nhất|trên|hơn|khoảng)\s+)?"
    rf"(?P<value2>{N})(?:\s?[-–]\s?(?P<max2>{N}))?\s+lần)(?!\w))",
    re.I,
)
# "ít nhất một tuần một lần", "mỗi năm 02 lần"
ONCE_IN = re.compile(
    r"(?<!\w)(?:(?P<cmp>tối thiểu|ít nhất)\s+)?(?:một|mỗi|0?1)\s+(?:tuần|tháng|quý|năm)"
    # once a month is a schedule, twice a count
    rf"\s+(?P<value>(?(cmp)(?:\d{{1,2}}|{_WORD})|(?:0?[2-9]|\d\d)(?!\d)))\s+lần(?!\w)",
    re.I,
)
# "xếp thứ 10/63", "thứ hạng từ 10 trở lên": a place that is aimed at.
PLACE = re.compile(
    r"(?i:phấn đấu|duy trì|giữ|đưa|nâng|cải thiện|mục tiêu)[^.;:\n]{0,90}?"
    r"(?P<when>(?i:xếp (?:thứ|hạng)|đứng thứ|thứ hạng|vị trí)\s+(?:thứ\s+)?(?:từ\s+)?"
    r"(?P<value>\d{1,2})(?:/\d{2})?(?!\d)(?:\s+trở lên)?)"
)
# "đạt từ 85 điểm trở lên", "tăng 5-10 bậc", "đạt 19/19 tiêu chí": marks and ranks of the place
# itself, not those that pass an examination.
POINTS = re.compile(
    r"(?<!\w)(?P<verb>đạt|tăng(?: thêm)?|giảm|cải thiện|hoàn thành)\s+"
    r"(?P<cmp>(?:tối thiểu|ít nhất|từ|trên|khoảng)\s+)?"
    rf"(?P<value>{N})(?:/\d{{1,3}}|\s?(?:[-–]|đến)\s?(?P<max>{N}))?\s+"
    r"(?P<unit>điểm phần trăm|điểm|bậc|hạng|tiêu chí|[MG]bps)(?!\w)(?P<up>\s+trở lên)?",
    re.I,
)
EXAM = re.compile(r"(?i)\b(?:bài thi|môn|thí sinh|thi|xét|trúng tuyển|tốt nghiệp)\b[^.;\n]*$")
# "mỗi khóa từ 60 đến 70 đồng chí": so many for each.
EACH = re.compile(
    r"(?<!\w)(?P<each>mỗi\s+(?:khóa|khoá|lớp|đợt|xã|phường|huyện|tỉnh|thôn|trường|đơn vị|địa phương"
    rf"|cuộc|hội nghị|số))\s+(?:có\s+)?(?P<cmp>từ|khoảng|tối thiểu|ít nhất)\s+(?P<value>{N})"
    rf"(?:\s?(?:đến|[-–])\s?(?P<max>{N}))?\s+(?P<unit>[^\W\d_]+(?:[ ](?!{_NO_UNIT}\b)[^\W\d_]+)?)",
    re.I,
)
# What a comma may join to one unit: "tin, bài", "cơ quan, đơn vị".
_SAME_KIND = r"(?:bài|cá nhân|địa phương|đơn vị|hợp tác xã|lượt|ngành|phường|thành phố|thị|tổ chức)"
UNIT_WORDS = (
    r"(?:k?m[23²³](?!\w)|[^\W\d_]+(?:(?:[ ]+"
    rf"(?!{_NO_UNIT}\b)|,[ ]+(?={_SAME_KIND}\b))[^\W\d_]+){{0,2}})"
)
_FIGURE = (
    r"(?:[ ]+|\n(?=\d{1,3}\.\d{3}))"  # what is alone on a line may be the number of a row
    rf"(?P<cmp>khoảng\s+|trên\s+|hơn\s+|từ\s+)?(?P<value>{N})"
    rf"(?:\s?(?:[-–]|đến)\s?(?P<max>{N}))?"
    rf"(?:\s+|(?=k?m[23²³]))(?P<unit>{UNIT_WORDS})"
)
# Verbs of delivery: the count behind them is what the plan promises.
_VERBS = (
    r"phấn đấu|giải quyết|xóa|xoá|chuẩn bị|thu hút|tuyển(?: sinh| mới| dụng)?|thành lập|xây dựng"
    r"|tập huấn|trao tặng[^.;\n\d]{0,30}cho|tặng|trao|phát hành|lắp đặt|công nhận(?: mới| lại"
    r"| thêm)?(?: tăng thêm)?(?: được)?|tăng thêm(?: là| được)?|cấp phát|phát|treo|in|sửa chữa"
    r"|nâng cấp|cải tạo|chọn|đăng(?: tải)?|biên soạn"
    r"|đưa(?: vào (?:vận hành|sử dụng|hoạt động|khai thác))?"
    r"|(?:quà|việc làm)[^.;\n\d]{0,30}\scho|bồi dưỡng|đào tạo|tổ chức|hoàn thành|mở"
    r"|lựa chọn(?: mỗi [^\W\d_]+ [^\W\d_]+)?|tại|trồng(?: rừng)?|phát triển|vận động|thực hiện"
    r"|(?<!giá trị )sản xuất|trang bị|triển khai|tiếp nhận|kết nạp|cứng hóa|cứng hoá|bê tông hóa"
    r"|kiên cố hóa|huy động|hiến(?: tặng)?|số hóa|số hoá|cắt giảm|di dời|đón|đóng cửa|đóng mới"
    r"|khởi công|khánh thành|nhân rộng|ra mắt|chuyển đổi|hỗ trợ|cấp|kiểm tra|thanh tra|khám"
    r"|giúp(?: đỡ)?|đỡ đầu|đầu tư|mua sắm|xuất bản|làm(?= mới)|ký kết|giới thiệu|ươm tạo|bảo tồn"
    r"|tu bổ|tôn tạo|đề xuất|có thêm|cử|phục hồi|nạo vét|cải tiến|tiêm|nuôi|duy trì"
)
DELIVERED = re.compile(
    rf"(?<!\w)(?P<verb>(?:{_VERBS})(?: mới| thêm| được)?|(?:đào tạo|bồi dưỡng|tập huấn|năng lực"
    rf"|tuyên truyền|hướng dẫn|phổ biến|tư vấn|dạy nghề|chứng nhận)[^.;\n\d]{{0,60}}?"
    rf"(?:\d{{1,2}} (?:tháng|ngày|năm)(?!\w)[^.;\n\d]{{0,20}}?)?\scho){_FIGURE}",
    re.I,
)
CHOSEN = re.compile(
    rf"(?<!\w)lựa chọn[ ]+(?P<value>{_WORD})[ ]+(?P<unit>(?!số\b|cách\b|trong\b){UNIT_WORDS})",
    re.I,
)
_PEOPLE = r"(?:học sinh|học viên|thí sinh|sinh viên|trẻ em|trẻ|người|lớp|chỉ tiêu|biên chế)"
# "Tuyển vào trường công lập: khoảng 72.000 học sinh", "Số lượng: 40 học viên".
ENROLLED = re.compile(
    r"(?<!\w)(?:tuyển(?![ ]+dụng)[ ](?:[^.;\n\d(]|\n(?=\w)){3,70}?(?:\([^()\n]{1,160}\))?:?"
    r"|(?:chỉ tiêu(?: tuyển sinh)?|số lượng)[ ]?:)"
    rf"[ ]+(?P<cmp>khoảng[ ]+|trên[ ]+)?(?P<value>{N})[ ]+(?P<unit>{_PEOPLE})(?!\w)",
    re.I,
)
# "Chỉ tiêu tại trường: 07 giáo viên, 02 kế toán": as many posts as are open.
POSTS = re.compile(
    r"(?<!\w)chỉ tiêu[^.;:\n\d]{0,90}:[ ]{1,3}(?P<cmp>khoảng[ ]+|trên[ ]+)?"
    rf"(?P<value>{N})[ ]+(?P<unit>{UNIT_WORDS})",
    re.I,
)
# Under "Mục tiêu" or "Chỉ tiêu" a plain count is a goal too: "toàn tỉnh có 50 xã …".
AIMED = re.compile(rf"(?<!\w)(?:có|đạt|thêm|là){_FIGURE}", re.I)
# Sums and yields under such a heading: "thu nhập đạt 60 triệu đồng/người/năm".
YIELD = re.compile(
    r"(?<!\w)(?:đạt|vượt(?: mốc| mức)?|bình quân|huy động|thu hút|vay vốn|tổng vốn(?: đầu tư"
    r"| đăng ký)?)[ ]+(?P<cmp>khoảng\s+|trên\s+|hơn\s+|từ\s+)?"
    rf"(?P<value>{N})(?:\s?(?:[-–]|đến)\s?(?P<max>{N}))?[ ]+"
    r"(?P<unit>(?:(?:nghìn|ngàn|triệu|tỷ)[ ]+)?(?:đồng|tấn|tạ|USD|lượt|kg|con|MW|kWh)"
    r"(?:[ ]?/[ ]?[^\W\d_]+){0,2})(?!\w)",
    re.I,
)
# What a count goes on with: "… 400 hộ với 1.000 lượt người", "500 áp phích, 20 pa nô".
_ALSO = (
    rf"(?P<cmp>khoảng\s+|trên\s+|hơn\s+|từ\s+)?(?P<value>{N})"
    rf"(?:\s?(?:[-–]|đến)\s?(?P<max>{N}))?[ ]+(?P<unit>{UNIT_WORDS})"
)
ALSO = re.compile(
    rf"(?:\s+(?:với|và|cho)|(?:\s[^,.;:()\n\d]{{1,40}})?(?:,(?:\s+và)?|\s+và))[ ]+{_ALSO}", re.I
)
MEASURE = re.compile(
    r"(?i)(?:(?:nghìn|ngàn|triệu|tỷ) )?(?:ha|km|m|k?m[23²³]|tấn|tạ|kg|lít)(?= [^\W\d_])"
)
UP = re.compile(r"\s+(?P<up>trở (?:lên|xuống))")
UP_AT_END = re.compile(r"\s+(?P<up>trở (?:lên|xuống))$")
# "… 01 lớp (khoảng 45 học sinh)", "… 500 cây (tăng 50 cây so với năm 2030), chiếm tỷ lệ 20%".
BRACKETED = re.compile(
    rf"\s*\((?P<cmp>khoảng\s+|trên\s+|hơn\s+)?(?P<value>{N})\s+(?P<unit>{UNIT_WORDS})\)", re.I
)
NEXT = (ALSO, BRACKETED)
ITS_SHARE = re.compile(
    r"(?:\s*\([^()\n]{1,80}\))?,?\s+(?P<words>chiếm[ ]+(?:(?:tỷ|tỉ) lệ[ ]+)?"
    rf"(?P<cmp>khoảng\s+|trên\s+|hơn\s+)?(?P<value>{N})\s?%)",
    re.I,
)
# "- Lương thực: 33.863 tấn": one of a list of goods, each with its quantity.
QUANTITY = re.compile(
    rf"(?:^|(?<=[\s.;]))(?P<what>[{UPPER}][^:;\n%]{{2,60}}):\s{{0,3}}(?P<cmp>khoảng\s+|trên\s+|hơn\s+"
    rf"|tối thiểu\s+|ít nhất\s+)?(?P<value>{N})\s+(?P<unit>(?:(?:nghìn|ngàn|triệu|tỷ)\s+)?"
    r"(?:tấn|tạ|kg|lít|quả|con|ha|m[23²³]|cây|liều|chiếc|thùng|suất))(?!\w)",
    re.M,
)
NEXT_QUANTITY = re.compile(r"[.;,]?\s*(?:[-+*]\s|\d{1,2}[.)]\s?|[a-zđ]\)\s?)?")
IN_STOCK = re.compile(
    r"(?i)\b(?:hiện (?:có|nay)|(?<!% )nhu cầu|tính đến|đã|thống kê|kết quả|tồn|ước)\b[^.\n]*"
    r"[\s\d.)+-]*$"
)
PARTS = re.compile(r"[^.;\n\d]{0,40}?\b(?:trong đó|gồm|bao gồm)\b[^.\n]{0,400}", re.I)
TOTAL = re.compile(
    r"(?<!\w)Tổng(?! hợp| kết| thể| cục| công| [Tt]hư| [Ll]iên| [Gg]iám)(?: số"
    r"| cộng)?(?:\n|(?P<what>[^\n.;:\d]{0,60}?)[ ]*:?[ ]*)"
    rf"(?<!năm )(?<!tháng )(?<!quý )(?<!đoạn )(?<!ngày )(?P<value>{N})[ ]+"
    rf"(?P<unit>[^\W\d_]+(?:[ ](?!{_NO_UNIT}\b)[^\W\d_]+)?)",
    re.M,
)
SHARED = re.compile(rf"^(?P<value>{N})\s+(?P<unit>[^\W\d_]+)\s*\(\s*{N}\s?%\s*\)", re.M)
WORTH = re.compile(
    r"(?<!\w)(?:quà|suất|phần"
    rf"|giải)[^.;\n\d]{{0,25}}trị"
    rf" giá\s+(?P<value>{N})\s+(?P<unit>đồng(?:/(?:\d+\s+)?[^\W\d_]+)?)",
    re.I,
)
# "giá trị từ 18.000 đồng đến 22.000 đồng/1 suất", "mức hỗ trợ 500.000 đồng/người".
ALLOWANCE = re.compile(
    r"(?<!\w)(?:(?:có )?giá trị|trị giá|mức (?:hỗ trợ|chăm lo|tặng quà|quà tặng))[ ]+(?:là[ ]+)?"
    r"(?P<cmp>(?:(?:thấp nhất|tối thiểu|ít nhất|tối đa|không quá)[ ]+)?(?:từ[ ]+)?)"
    rf"(?P<value>{N})(?:[ ]đồng)?(?:\s?(?:[-–]|đến)\s?(?P<max>{N}))?[ ]"
    r"(?P<unit>(?:(?:nghìn|ngàn|triệu)[ ])?đồng\s?/\s?(?:0?1\s)?[^\W\d_]+)(?:[ ]trở lên)?",
    re.I,
)
# Elsewhere only where it is how long people wait.
WAITING = re.compile(r"(?i)\bthời gian (?:chờ|thông quan|mất điện)[^.;\n\d]{0,60}$")
# "tỷ lệ hộ nghèo là 4%"
SHARE_OF = re.compile(r"(?i)(?:tỷ lệ|tỉ lệ)\s(?P<of>[^,.;:\n%\d]{3,80}?)\slà\s$")
CRITERIA = re.compile(
    r"(?<!\w)(?:kiềm chế,? (?:và )?)?(?:kéo"
    r" )?giảm[^.;\n%]{0,70}?\s(?:(?P<value>0?\d)|(?P<word>ba|hai))\s+(?P<unit>tiêu chí)"
    r"(?:(?!,\s+(?:hạn chế|phục vụ|góp phần|bảo đảm|đảm bảo|không)\b|\svà\skhông\b)[^.;\n%])*",
    re.I,
)
# A point or comma inside a figure ends no clause.
_CLAUSE_REST = r"(?:[^.;\n]|(?<=\d)\.(?=\d))*"
STATISTIC = re.compile(
    r"(?i)(?:\b(?:đã|ghi nhận|xảy ra|(?:phát hiện|xử phạt)(?!\s*$)|thế giới|hiện có"
    r"|hiện nay|gồm(?! cả)|vẫn còn|theo kết quả|qua \d+ năm|đầu năm(?: 20\d\d)? (?:là|còn)"
    r"|tính (?:đến|tới)|đến nay|(?:theo|qua) thống kê|thống kê cho)\b"
    rf"|(?:nguồn cung|sản lượng|nhu cầu)\b[^.;\n]{{0,100}}\b(?:đáp ứng|đạt|là)\b){_CLAUSE_REST}$"
)
# "chiếm 40% dân số" tells, too, but not under a heading of goals and not with "tối thiểu".
TAKES_UP = re.compile(rf"(?i)\bchiếm\b(?!\s+(?:tối thiểu|ít nhất)){_CLAUSE_REST}$")
STRIVEN = re.compile(r"(?i)\b(?:phấn đấu|mục tiêu|chỉ tiêu)\b")
# "đến năm 2030 đạt 95%, năm 2029 là 90%": where it stands beside where it should go.
BASELINE = re.compile(r"(?i)[,(]\s*năm\s+(?:19|20)\d\d\s+(?:là|đạt)\s+$")
# "năm 2029 đạt 85%, năm 2030 phấn đấu đạt 90%"
BEFORE_GOAL = re.compile(r"(?i),\s*(?:đến\s+)?năm\s+(?:19|20)\d\d\s+phấn đấu\b")
# "từ 60% lên 70%": the second is the goal.
RISES = re.compile(r"\s*(?:năm\s+\d{4}\s+)?(?:lên|xuống|tăng lên|giảm xuống)(?: còn)?\s+\d")
LONE_SHARE = re.compile(rf"[ ]*{N}\s?%[ ]*(?:\n|$)")
NO_COUNT_UNIT = re.compile(
    r"(?i)(?:sao|nửa|đến|quốc gia|loại|miền|cấp|trường hợp|vụ|ca"
    r"|điểm(?:$| trở| thi| cộng)|(?:triệu|nghìn|ngàn|tỷ)(?! (?:cây|con|liều|lượt|tờ))"
    r"|điều(?! tra)|giờ|phút|ngày(?! công)|tháng|năm|tuần|tuổi|lần|mục|trở|nhóm|nhiệm vụ|nội dung"
    r"|bước|giải pháp|văn bản|khâu|là|và|có)\b"
)
# Rules of a contest or an application, not goals: "tối đa 02 nguyện vọng", "không quá 800 từ".
NO_LIMIT_UNIT = re.compile(
    r"(?i)(?:ngày|tháng|năm|tuần|giờ|phút|lần|tuổi|nguyện vọng|từ|trang|câu|chữ|phương án"
    r"|k?m(?:/h)?|cm|mm|mg|lít|độ"
    r"|điểm(?!\s+(?:[^\W\d_]*(?:đen|đỗ|dừng|trường)|ùn|bán|tiếp|sinh|du|truy|phát|cấp)))\b"
)
ELIGIBLE = re.compile(
    r"(?i)\b(?:thí sinh|ứng viên|người (?:dự|đăng ký|được cử)|đã tham gia|học sinh (?:phải|có đủ)"
    r"|có mặt|có quy định)"
    r"\b[^.;\n]*$"
)
TAIL_STOP = re.compile(
    r"[;:\n()“”\"\x01]|[.](?!\d)|,\s(?=(?:tối thiểu|ít nhất|tối đa|không quá)\s\d)"
    r"|,\s(?=(?:đến )?năm \d{4}\b|(?:Ủy ban|UBND|Sở|Bộ)\b"
    r"|(?:(?:trên|dưới|tối thiểu|ít nhất) )?"
    r"\d+(?:,\d+)?\s?%|(?:có|và|đồng thời|trong đó|qua|được|phấn đấu|cụ thể|còn lại|phục vụ"
    r"|góp phần|để|nhằm|bảo đảm|đảm bảo|hạn chế|ngăn chặn)\b)"
    r"|\svà\s(?=(?:tiếp tục|tại|từng bước)\b)|\s(?=trong đó\b)"
    r"|\s(?=(?:được|có|đã|phải|trong việc|để|nhằm|biết|nắm|tham gia|thực hiện"
    r"|đạt|vào|trước|theo|qua|khi|sử dụng|hoàn thành|đối với|kèm|do)\b)"
)
TAIL_OF_COUNT = re.compile(
    r",(?!\d)|\s(?:và|với|cho)\s(?=(?:(?:khoảng|trên|từ|tối thiểu|ít nhất|tối đa) )?\d)"
    rf"|\svới\s(?=tổng\s)|{TAIL_STOP.pattern}"
)
# "Doanh nghiệp có từ 20 lao động trở lên phải …": who must, not how many there shall be.
OBLIGED = re.compile(r"\s+trở (?:lên|xuống)[^.;\n]{0,40}?\s(?:phải|thì|bị|được)\b")
SHARE_BOUND = re.compile(r"\s(?:đạt|tối thiểu|ít nhất|tối đa|không|chỉ)(?!\w).*", re.S)
NO_SUBJECT = re.compile(
    r"(?i)[/,\d-]|(?:so với|trên|trong|năm|mỗi|cả|về|vào|đến|từ|tại|theo|so|và|hoặc|là|ít nhất"
    r"|tối thiểu|trở|bình quân|hằng|hàng)\b"
)
OTHER_SHARE = re.compile(rf"{TAIL_STOP.pattern}|\svà\s(?={N}\s?%|(?:tối thiểu|ít nhất|tối đa) \d)")
SHARE = re.compile(rf"{N}\s?%")
# "Đề án trồng 1 tỷ cây xanh": a name.
NAME = re.compile(r"(?i)(?:đề án|dự án)\s+$")
# "… tại 02 cơ quan theo Kế hoạch này": told before.
TOLD = re.compile(r"[^.;\n\d]{0,12}?\s*(?:theo Kế hoạch này|nêu trên|nói trên)")
LEAD = re.compile(
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|kéo giảm|giảm|tăng|nâng|hoàn thành|đạt|phấn đấu|hỗ trợ|bảo đảm"
    r"|đảm bảo|chỉ số|mức)\b[^.;:\n%]{0,140}$",
    re.I,
)
# Where the clause of a share begins: behind a stop, or a comma before another lead.
CLAUSE = re.compile(
    r"[.;:\n]|,\s(?=(?:phấn đấu|đảm bảo|bảo đảm|tỷ lệ|tỉ lệ|tỷ trọng|kéo giảm|giảm|tăng|nâng"
    r"|đạt)\b)|\bmục tiêu\s(?=(?:kéo giảm|giảm|tăng|nâng)\b)",
    re.I,
)
CONDITION = re.compile(
    r"(?i)(?:nếu|trường hợp|người có|suy giảm khả năng|sở hữu|nắm giữ|tài sản|vốn|lãi suất"
    r"|giá trị làm lợi)[^.;\n]{0,40}$"
)
# "có tỷ lệ giải ngân dưới 30% phải giải trình": whom a rule meets.
BELOW = re.compile(r"(?i)\bcó\b[^.;\n\d]{0,50}\b(?:dưới|trên|từ)\s*$")
MUST = re.compile(
    r"[^.;\n]{0,60}?\s(?:thì|không được|không xét|bị"
    r"|phải (?:giải trình|báo cáo|kiểm điểm|làm rõ))\b"
)
# "kinh phí công đoàn 2%", "nồng độ 70%": what is fixed elsewhere.
RATE = re.compile(
    r"(?i)(?:kinh phí công đoàn|đoàn phí(?: công đoàn)?|đảng phí|thuế suất|quỹ đất|nồng độ|cồn"
    r"|thuế (?:VAT|GTGT|giá trị gia tăng|thu nhập)|lãi suất)(?: là)?\s*$"
)
# "vẫn còn 15% cán bộ chưa có chứng chỉ": where it stands, not where it should go.
LACKING = re.compile(r"(?i)(?<!giảm )(?<!xuống )(?<!chỉ )\bcòn\s+(?:khoảng\s+|trên\s+|hơn\s+)?$")
LACKS = re.compile(r"[^.;,\n]{0,80}\b(?:chưa|thiếu|không có)\b")
