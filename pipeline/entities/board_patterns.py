"""Grammar of boards and teams that are named by their topic: "Ban Chỉ đạo phát triển du lịch tỉnh".

In: nothing.  Out: the head nouns of boards, and the pattern of what follows them, mostly in small
letters, up to the level that closes the name.
"""

from __future__ import annotations

import re

from pipeline.entities.agency_patterns import NAME_STOP

HEADS = frozenset(
    {"Ban", "Ban Chỉ đạo", "Ban chỉ đạo", "BCĐ", "Ban Chỉ huy", "Ban chỉ huy", "Tổ", "Tổ giúp việc"}
    | {"Tổ Giúp việc", "Hội đồng", "Đoàn", "Văn phòng"}
)
_ACT = r"(?:Đề án|Chương trình|Dự án|Luật|Nghị quyết|Chỉ thị|Kết luận|Chiến lược|Cuộc vận động)"
# A verb opens a topic only where it cannot be what the board does.
_OPENS = (
    r"(?:phòng(?=, chống)|phòng thủ|phòng dịch|phòng cháy|chống|ứng phó(?: với)?|phát triển"
    r"|giảm nghèo|vận động|nhân quyền|thi hành|xây dựng(?! kế hoạch)|sắp xếp|đổi mới|cải cách"
    r"|chuyển đổi|kinh tế|hội nhập|công tác|chính sách|dân số|an toàn|an ninh|bảo vệ|cơ cấu lại"
    rf"|tái cơ cấu|xóa|phổ cập|tổng điều tra|(?:triển khai|thực hiện)(?: thực hiện)?(?= {_ACT})"
    r"|(?:thực hiện|triển khai)(?= (?:chính sách|công tác|các chương trình))|phong trào|thẩm định"
    r"|tư vấn|đặc biệt|liên ngành|quản lý|toàn dân|nông thôn|du lịch|khuyến|trật tự|vì sự"
    rf"|điều phối|thi đua|xét|nghiệm thu|{_ACT}|[Pp]hòng, chống|Phòng thủ|Phòng chống|Thi đua"
    r"|Xây dựng)(?!\w)"
)
# Words of a topic that elsewhere end a name.
_GOES_ON = (
    r"(?:và|về|các|với|phát triển|xây dựng|vận động|hoạt động|đầu tư|đổi mới|sắp xếp|thực hiện|cho"
    r"|kiểm tra|giám sát|sử dụng|khai thác|thống kê|mở|tăng|giảm|(?<=sáng )tạo|(?<=việc )làm"
    r"|(?<=trợ )giúp)(?!\w)"
)
_OTHER_BODY = (
    r"(?:UBND|HĐND|Ủy ban|Uỷ ban|Sở|Bộ|Ban|Công an|Văn phòng|Hội|Chi cục|Cục|Vụ|Phòng(?!,)"
    r"|Trung tâm|Thủ trưởng|Chủ tịch|Giám đốc|Trưởng|Phó|Kế hoạch số)(?!\w)"
)
_WORD = rf"(?:,?[ ](?!{_OTHER_BODY})(?:{_GOES_ON}|(?!{NAME_STOP.pattern})[“\"]?[\w&/-]+[”\"]?))"
# "trên địa bàn tỉnh", "của tỉnh" say where, and close no name.
_NO_WHERE = "".join(
    rf"(?<! {word})"
    for word in ("các", "cấp", "toàn", "trong", "của", "từ", "đến", "và", "địa bàn", "tại")
)
_LEVEL = (
    r"(?:tỉnh|[Tt]hành phố|huyện|quận|thị xã|xã(?! hội)|phường|đặc khu"
    r"|(?<!mục tiêu )[Qq]uốc gia|Trung ương|của (?:Chính phủ|Thủ tướng Chính phủ|tỉnh))(?!\w)"
    r"(?!\s*(?:,|và)\s*(?:huyện|xã|thị xã))"
)
TOPIC = re.compile(
    r"(?: Trung ương| [Qq]uốc gia)?(?:[ ][Cc]ông tác)?(?:[ ]đặc biệt)?(?:[ ]về)?"
    rf"[ ][“\"]?{_OPENS}{_WORD}{{0,24}}?{_NO_WHERE}[ ]{_LEVEL}"
)
