"""Small plans of our own words, read by the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from models import Plan
from pipeline import Pipeline

Read = Callable[..., Plan]

DUTIES = """\
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao ý thức giữ gìn nguồn nước của mọi người dân sống ven sông và ven hồ chứa.
2. Yêu cầu
- Mỗi việc chỉ giao cho một đầu mối, có thời hạn rõ ràng và có sản phẩm để kiểm đếm.
II. NHIỆM VỤ
1. Quan trắc chất lượng nước tại các điểm xả thải lớn và công bố kết quả lên trang thông tin.
- Cơ quan chủ trì: Sở Tài nguyên và Môi trường
- Thời gian: trước ngày 30 tháng 6 năm {year}
2. Sở Công Thương chủ trì, phối hợp với Công an tỉnh kiểm tra việc lưu giữ hóa chất của các cơ \
sở dệt nhuộm, hoàn thành trước ngày 15 tháng 9 năm {year}.
3. Phấn đấu 85% hộ dân nông thôn được dùng nước sạch đạt quy chuẩn trong năm {year}.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
- Thẩm định dự toán của các đơn vị và bố trí vốn mua sắm thiết bị quan trắc tự động.
2. UBND các huyện, thị xã, thành phố
- Định kỳ hằng quý báo cáo kết quả về Sở Tài nguyên và Môi trường để tổng hợp.
"""


def letter(
    body: str = DUTIES,
    *,
    province: str = "Nghệ An",
    year: int = 2023,
    day: int = 14,
    month: int = 3,
    number: int = 36,
    basis: str = "",
    end: str | None = None,
) -> str:
    """The text of a plan; ``end`` replaces closing and signature."""
    signed = (
        "Trên đây là Kế hoạch bảo vệ nguồn nước, yêu cầu các cơ quan nghiêm túc thực hiện./.\n\n"
        "Nơi nhận:\n- Văn phòng Chính phủ (b/c);\n- Các sở, ban, ngành;\n- Lưu: VT.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bình\n"
    )
    paragraphs = "\n\n".join(body.format(year=year, province=province).splitlines())
    return (
        f"ỦY BAN NHÂN DÂN\n\nTỈNH {province.upper()}\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nĐộc lập - Tự do - Hạnh phúc\n\n"
        f"Số: {number}/KH-UBND\n\n"
        f"{province}, ngày {day:02d} tháng {month:02d} năm {year}\n\n"
        f"KẾ HOẠCH\n\nBảo vệ nguồn nước trên địa bàn tỉnh {province} năm {year}\n\n"
        f"{basis}UBND tỉnh {province} ban hành Kế hoạch như sau:\n\n"
        f"{paragraphs}\n\n{signed if end is None else end}"
    )


@cache
def _read(text: str, name: str) -> Plan:
    return Pipeline().from_text(text, name)


@pytest.fixture(scope="session")
def read() -> Read:
    """``read(body, province=…, year=…)`` → record; the arguments are those of ``letter``."""

    def build(body: str = DUTIES, **head: object) -> Plan:
        text = letter(body, **head)  # type: ignore[arg-type]
        return _read(text, f"{head.get('province', 'Nghệ An')}-{head.get('year', 2023)}.txt")

    return build


@pytest.fixture(scope="session")
def pair(read: Read) -> list[Plan]:
    """Two provinces; the second one copied five days later, has one duty less and one more."""
    other = DUTIES.replace(
        "3. Phấn đấu 85% hộ dân nông thôn được dùng nước sạch đạt quy chuẩn trong năm {year}.",
        "3. Trồng rừng phòng hộ đầu nguồn bằng giống cây bản địa trên các sườn đồi dốc.",
    )
    return [read(), read(other, province="Sơn La", day=19, number=41)]
