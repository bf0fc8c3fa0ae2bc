"""Grammar of quantified goals (chỉ tiêu): the patterns that ``entities.targets`` reads.

In: nothing.  Out: compiled patterns.  Named groups: ``cmp`` the words that compare (tối thiểu,
trên), ``value`` and ``max`` the figures, ``unit`` what is counted.
"""

from __future__ import annotations

import re

from pipeline.language.letters import UPPER

N = r"(?:\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)"
WORDS = {
    "một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "sáu": 6.0, "bảy": 7.0, "tám": 8.0,
    "chín": 9.0, "mười": 10.0,
}  # fmt: skip
_WORD = "|".join(WORDS)
COMPARING = (
    r"(?:tối thiểu|ít nhất|trên|hơn|từ|đạt(?:\s+(?:tối thiểu|ít nhất|từ|trên))?"
    r"|không dưới|tối đa|không quá|dưới|khoảng|tăng|giảm)"
)
AT_LEAST = re.compile(r"(?i)tối thiểu|ít nhất|thấp nhất|trên|hơn|không dưới|từ\b")
AT_MOST = re.compile(r"(?i)tối đa|không quá|(?<!không )dưới")

PERCENT = re.compile(
    rf"(?<![\d.,/])(?:(?P<sign>[<>≤≥])\s?)?(?P<value>{N})\s?%?\s*(?:(?:[-–÷]"
    rf"|đến(?:\s+dưới)?)\s*(?P<max>{N})\s?)?%(?P<up>\s+trở (?:lên|xuống))?",
    re.I,
)
# "≤ 80 trường hợp tử vong", "<2,5/100.000 dân".
SIGNED = re.compile(
    rf"(?P<sign>[<>≤≥])\s?(?P<value>{N})(?:\s?(?P<per>/\s?{N}\s+[^\W\d_]+)"
    r"|\s+(?P<unit>[^\W\d_]+(?:[ ][^\W\d_]+){0,3}))(?!\s?%)"
)
_ONE_WORD = r"(?:buổi|cuộc|đội|lớp|người|em|xe|suất)"
COUNT = re.compile(
    r"(?<!\w)(?P<cmp>tối thiểu|ít nhất|thấp nhất|tối đa|không quá"
    rf"|không ít hơn)[ ]+(?:từ[ ]+|là[ ]+)?(?P<value>{N}|(?:{_WORD})(?!\w))"
    rf"(?:[ ]?(?:đồng[ ]?)?[-–][ ]?(?P<max>{N}))?[ ]+"
    r"(?P<unit>k?m[23²³](?:/[ ]?[^\W\d_]+)?|[^\W\d_]+/(?:0?1[ ]?)?[^\W\d_]+"
    rf"|{_ONE_WORD}(?!\w)|mẫu[ ](?:(?:thực|sản)[ ]phẩm|xét nghiệm|nông sản)"
    r"|[^\W\d_]+(?:[ ][^\W\d_]+)?)",
    re.I,
)
RANK = re.compile(
    r"(?<!\w)(?:trong|thuộc|nằm trong)\s+(?:nhóm|top"
    r"|tốp)\s+(?P<value>\d{1,2})(?P<rest>\s+(?:tỉnh|địa phương|bộ"
    r"|đơn vị)[^.;\n]{0,80}?(?:dẫn đầu|đứng đầu|cao nhất|đầu)(?:\s+(?:cả nước|toàn quốc"
    r"|của cả nước))?)?",
    re.I,
)
TIMES = re.compile(
    rf"(?<!\w)(?:(?P<cmp>tối thiểu|ít nhất)\s+)?(?P<value>\d{{1,3}}|(?:{_WORD})(?!\w))\s+lần"
    r"\s*(?:/\s*|(?:mỗi|trong|trên)\s+)(?:0?1\s*)?(?:tuần|tháng|quý|năm)(?!\s+\d)",
    re.I,
)
# "ít nhất một tuần một lần"
ONCE_IN = re.compile(
    r"(?<!\w)(?P<cmp>tối thiểu|ít nhất)\s+(?:một|mỗi|0?1)\s+(?:tuần|tháng|quý|năm)"
    rf"\s+(?P<value>\d{{1,2}}|{_WORD})\s+lần(?!\w)",
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
    r"(?<!\w)(?P<verb>đạt|tăng(?: thêm)?|cải thiện|hoàn thành)\s+"
    r"(?P<cmp>(?:tối thiểu|ít nhất|từ|trên|khoảng)\s+)?"
    rf"(?P<value>{N})(?:/\d{{1,3}}|\s?[-–]\s?(?P<max>{N}))?\s+"
    r"(?P<unit>điểm|bậc|hạng|tiêu chí)(?!\w)(?P<up>\s+trở lên)?",
    re.I,
)
EXAM = re.compile(r"(?i)\b(?:bài thi|môn|thí sinh|thi|xét|trúng tuyển|tốt nghiệp)\b[^.;\n]*$")
# "mỗi khóa từ 60 đến 70 đồng chí": so many for each.
EACH = re.compile(
    r"(?<!\w)(?P<each>mỗi\s+(?:khóa|khoá|lớp|đợt|xã|phường|huyện|tỉnh|thôn|trường|đơn vị|địa phương"
    rf"|cuộc|hội nghị|số))\s+(?:có\s+)?(?P<cmp>từ|khoảng|tối thiểu|ít nhất)\s+(?P<value>{N})"
    rf"(?:\s?(?:đến|[-–])\s?(?P<max>{N}))?\s+(?P<unit>[^\W\d_]+(?:[ ][^\W\d_]+)?)",
    re.I,
)
_NO_UNIT = (
    r"(?:và|được|có|để|cho|trong|của|tại|theo|với|là|đã|vào|trên|trước|năm|từ|đến|các|về|gồm"
    r"|bao gồm|hạn chế|cụ thể|đảm bảo|bảo đảm|ngăn chặn|còn lại)"
)
# What a comma may join to one unit: "tin, bài", "cơ quan, đơn vị".
_SAME_KIND = r"(?:bài|cá nhân|địa phương|đơn vị|hợp tác xã|lượt|ngành|phường|thành phố|thị|tổ chức)"
UNIT_WORDS = (
    r"(?:k?m[23²³](?!\w)|[^\W\d_]+(?:(?:[ ]+"
    rf"(?!{_NO_UNIT}\b)|,[ ]+(?={_SAME_KIND}\b))[^\W\d_]+){{0,2}})"
)
_FIGURE = (
    r"(?:[ ]+|\n(?=\d{1,3}\.\d{3}))"  # what is alone on a line may be the number of a row
    rf"(?P<cmp>khoảng\s+|trên\s+|hơn\s+|từ\s+)?(?P<value>{N})(?:\s?[-–]\s?(?P<max>{N}))?"
    rf"(?:\s+|(?=k?m[23²³]))(?P<unit>{UNIT_WORDS})"
)
# Verbs of delivery: the count behind them is what the plan promises.
DELIVERED = re.compile(
    r"(?<!\w)(?P<verb>phấn đấu|giải quyết|xóa|xoá|chuẩn bị|thu hút|tuyển(?: sinh| mới)?"
    r"|thành lập|xây dựng(?: mới)?|tập huấn|trao tặng[^.;\n\d]{0,30}cho|tặng|trao|phát hành"
    r"|lắp đặt|công nhận(?: mới| lại| thêm)?(?: tăng thêm)?(?: được)?|tăng thêm(?: là| được)?"
    r"|cấp phát|phát|treo|in|sửa chữa|nâng cấp|cải tạo|chọn|đăng(?: tải)?|biên soạn"
    r"|đưa(?: vào (?:vận hành|sử dụng|hoạt động|khai thác))?"
    r"|(?:quà|việc làm)[^.;\n\d]{0,30}\scho"
    r"|bồi dưỡng|đào tạo|tổ chức|hoàn thành|mở|lựa chọn(?: mỗi [^\W\d_]+ [^\W\d_]+)?|tại"
    r"|trồng(?: mới| rừng)?|phát triển|vận động"
    r"|thực hiện|sản xuất|trang bị|triển khai|tiếp nhận"
    rf"|(?:đào tạo|bồi dưỡng|tập huấn|năng lực)[^.;\n\d]{{0,60}}?\scho){_FIGURE}",
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
# Under "Mục tiêu" or "Chỉ tiêu" a plain count is a goal too: "toàn tỉnh có 50 xã …".
AIMED = re.compile(rf"(?<!\w)(?:có|đạt|thêm|là){_FIGURE}", re.I)
# Sums and yields under such a heading: "thu nhập đạt 60 triệu đồng/người/năm".
YIELD = re.compile(
    r"(?<!\w)đạt[ ]+(?P<cmp>khoảng\s+|trên\s+|hơn\s+|từ\s+)?"
    rf"(?P<value>{N})(?:\s?[-–]\s?(?P<max>{N}))?[ ]+"
    r"(?P<unit>(?:(?:nghìn|ngàn|triệu|tỷ)[ ]+)?(?:đồng|tấn|USD|lượt|kg)"
    r"(?:[ ]?/[ ]?[^\W\d_]+){0,2})",
    re.I,
)
# What a count goes on with: "… 400 hộ với 1.000 lượt người".
ALSO = re.compile(
    rf"\s+(?:với|và|cho)[ ]+(?P<cmp>khoảng\s+|trên\s+|hơn\s+)?(?P<value>{N})[ ]+"
    rf"(?P<unit>{UNIT_WORDS})",
    re.I,
)
# "… 01 lớp (khoảng 45 học sinh)", "… 500 cây (tăng 50 cây so với năm 2030), chiếm tỷ lệ 20%".
BRACKETED = re.compile(
    rf"\s*\((?P<cmp>khoảng\s+|trên\s+|hơn\s+)?(?P<value>{N})\s+(?P<unit>{UNIT_WORDS})\)", re.I
)
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
    rf"(?P<value>{N})[ ]+(?P<unit>[^\W\d_]+)",
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
# "tỷ lệ hộ nghèo là 4%"
SHARE_OF = re.compile(r"(?i)(?:tỷ lệ|tỉ lệ)\s(?P<of>[^,.;:\n%\d]{3,80}?)\slà\s$")
CRITERIA = re.compile(
    r"(?<!\w)(?:kiềm chế,? (?:và )?)?(?:kéo"
    r" )?giảm[^.;\n%]{0,70}?\s(?:(?P<value>0?\d)|(?P<word>ba|hai))\s+(?P<unit>tiêu chí)"
    r"(?:(?!,\s+(?:hạn chế|phục vụ|góp phần|bảo đảm|đảm bảo|không)\b|\svà\skhông\b)[^.;\n%])*",
    re.I,
)
STATISTIC = re.compile(
    r"(?i)(?:\b(?:đã|ghi nhận|xảy ra|(?:phát hiện|xử phạt)(?!\s*$)|thế giới|chiếm|hiện có"
    r"|hiện nay|gồm(?! cả)"
    r"|tính (?:đến|tới)|đến nay|(?:theo|qua) thống kê|thống kê cho)\b"
    r"|(?:nguồn cung|sản lượng|nhu cầu)\b[^.;\n]{0,100}\b(?:đáp ứng|đạt|là)\b)[^.;\n]*$"
)
# "đến năm 2030 đạt 95%, năm 2029 là 90%": where it stands beside where it should go.
BASELINE = re.compile(r"(?i)[,(]\s*năm\s+(?:19|20)\d\d\s+(?:là|đạt)\s+$")
# "năm 2029 đạt 85%, năm 2030 phấn đấu đạt 90%"
BEFORE_GOAL = re.compile(r"(?i),\s*(?:đến\s+)?năm\s+(?:19|20)\d\d\s+phấn đấu\b")
# "từ 60% lên 70%": the second is the goal.
RISES = re.compile(r"\s*(?:năm\s+\d{4}\s+)?(?:lên|xuống|tăng lên|giảm xuống)(?: còn)?\s+\d")
LONE_SHARE = re.compile(rf"[ ]*{N}\s?%[ ]*(?:\n|$)")
NO_COUNT_UNIT = re.compile(
    r"(?i)(?:quốc gia|loại|miền|cấp|trường hợp|vụ|ca"
    r"|điểm(?:$| trở| thi| cộng)|(?:triệu|nghìn|ngàn|tỷ)(?! (?:cây|con|liều|lượt|tờ))"
    r"|điều|giờ|phút|ngày|tháng|năm|tuần|tuổi|lần|mục|trở|nhóm|nhiệm vụ|nội dung|bước"
    r"|giải pháp|văn bản|khâu|là|và|có)\b"
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
    r"[.;:\n()“”\"]|,\s(?=(?:đến )?năm \d{4}\b|(?:Ủy ban|UBND|Sở|Bộ)\b"
    r"|(?:(?:trên|dưới|tối thiểu|ít nhất) )?"
    r"\d+(?:,\d+)?\s?%|(?:có|và|đồng thời|trong đó|qua|được|phấn đấu|cụ thể|còn lại|phục vụ"
    r"|góp phần|để|nhằm|bảo đảm|đảm bảo|hạn chế|ngăn chặn)\b)"
    r"|\svà\s(?=(?:tiếp tục|tại|từng bước)\b)|\s(?=trong đó\b)"
    r"|\s(?=(?:được|có|đã|phải|trong việc|để|nhằm|biết|nắm|tham gia|thực hiện"
    r"|đạt|vào|trước|theo|qua|khi|sử dụng|hoàn thành|đối với|kèm|do)\b)"
)
OTHER_SHARE = re.compile(rf"{TAIL_STOP.pattern}|\svà\s(?={N}\s?%)")
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
    r"(?i)(?:nếu|trường hợp|người có|sở hữu|nắm giữ|tài sản|vốn|lãi suất|giá trị làm lợi"
    r"|chiếm(?: tỷ lệ)?)[^.;\n]{0,40}$"
)
