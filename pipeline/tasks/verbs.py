"""Words that say of an office what it does or must do; what follows a name tells who acts.

In: nothing.  Out: alternatives for patterns; each module says how near to the name they stand.
"""

from __future__ import annotations

MUST = "phải|cần|có trách nhiệm|chịu trách nhiệm"
# What opens the duty of an office, hardly ever a thing or a person.
ACTS = (
    "tập trung|tiếp tục|chủ động|tăng cường|tổ chức|triển khai|thực hiện|chỉ đạo|xây dựng"
    "|căn cứ|phối hợp|nghiêm túc|khẩn trương|đẩy mạnh|quán triệt|rà soát|bố trí|bám sát"
    "|nâng cao|thường xuyên|kịp thời|báo cáo|cụ thể hóa|theo chức năng|ra quân|xác định"
    "|trực tiếp|chủ trì"
)
DUTIES = (
    rf"{ACTS}|{MUST}"
    r"|tham mưu|hướng dẫn|vận động|tiến hành|đảm bảo|bảo đảm|kiểm tra|theo dõi"
    r"|lập|cung cấp|ban hành|lựa chọn|mời|giúp|gắn|làm|chuẩn bị|tuyên truyền"
    r"|phổ biến|đôn đốc|có|cân đối|tham gia|nắm bắt|tiếp nhận|tổng hợp|phân công|cử"
    r"|hỗ trợ|thông báo|đánh giá|nghiên cứu|phân bổ|quản lý(?! \d)|giám sát|đăng tải|duy trì"
    r"|xử lý|ưu tiên|phát huy|định kỳ|thẩm định|thống nhất|công khai|huy động|gửi"
    r"|thành lập|kiện toàn|sử dụng|lồng ghép|phát động|ứng dụng|vận hành|nêu cao"
    r"|biên soạn|xem xét|biểu dương|đề cao|cùng vào cuộc|cam kết|đề xuất|đầu mối|lên kế hoạch"
    r"|quyết định(?! số)|hoàn thành|hoàn thiện|khảo sát|cung ứng|kết nối|chi trả|công bố|nâng cấp"
    r"|quảng bá|xác nhận|tập huấn"
)
# What cannot be the rest of a name either: where, why, whose, or who comes next.
LINKS = (
    "về|để|trong|tại|theo|cho|khi|với|là|bằng|nhằm|từ|đến|do|được|như|sẽ|đã|chịu|chỉ|không|ra"
    "|vào|nêu|quy định|qua|và|hoặc|giao cho|chấp hành|tuần tra|liên hệ|trình|cùng|nếu|mà|sau"
    "|trước|ngoài|gồm|bao gồm|nắm|các|những|mọi|tất cả"
)
