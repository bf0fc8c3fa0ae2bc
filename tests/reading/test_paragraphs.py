"""Wrapped lines: what a paragraph goes on with, and what it never takes in."""

from __future__ import annotations

import pytest

from pipeline.reading import flow, text

PROSE = """Thực hiện chủ trương của cấp trên về

chăm sóc cây xanh, phòng ban hành kế hoạch

này để các tổ dân phố cùng triển khai trong

thời gian tới.
"""


def clean(*lines: str) -> list[str]:
    data = (PROSE + "\n" + "\n\n".join(lines)).encode()
    raw = text.read(data)
    whole = flow.build(raw, name="a", sha256="", media_type="", size=len(data)).text
    return whole.split("\n")[1:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Thời gian làm: đều đặn trong năm", "2. Nâng cao tay nghề cho thợ"),
        ("Thời hạn: hằng năm", "4.2. Trồng thêm cây"),
        ("Thời hạn: hằng năm", "4.2."),
        (
            "Nay ban hành “Kế hoạch trồng cây năm 2031”,",
            "Điều 2. Phòng Cây xanh tổ chức thực hiện.",
        ),
        ("3. Kinh tế số", "a) Số hộ bán cây qua mạng đạt một nửa."),
        ("2. Thời gian và địa điểm", "a) Thời gian: tháng ba."),
        ("Việc làm đều trong năm", "Dự án 2: Dựng vườn ươm"),
        ("Các khu vực trọng điểm", "Dự án 1: Trồng cây"),
        ("1. Các việc phải làm của", "II. “Mùa xuân xanh”"),
    ],
)
def test_a_line_that_begins_with_a_marker_stands_alone(before: str, after: str) -> None:
    assert clean(before, after) == [before, after]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Việc này làm theo Điều", "12 của Quy chế chung."),
        ("Việc này làm theo khoản", "2 Điều 5 Quy chế chung."),
        ("Việc này làm theo Nghị định số", "104/2030/NĐ-CP của Chính phủ."),
        ("Việc này xong trước ngày", "22 tháng ba."),
        ("Việc này xong trong năm", "2031."),
        ("Đề nghị thực hiện theo quy định tại", "Điều 2. Khi cần thì hỏi phòng."),
        ("Bài thi viết được tính theo hệ số", "1) của người dự thi."),
        ("Theo Nghị quyết đại hội khóa", "XII. Phòng giao việc cho tổ."),
        ("Các hộ dân đều tham gia đầy đủ vào", "Chương trình trồng cây."),
        ("Các phòng thuộc Sở Lao động", "- Thương binh cùng làm."),
        ("Giao cho các tổ chức chính trị", "- xã hội trong khu phố."),
        ("Kết quả trồng cây của năm học 2030", "- 2031 được công bố."),
        ("1. Ban", "Quản lý vườn ươm thành phố"),
        ("4. Ban Chỉ đạo 17 Bộ", "Xây dựng"),
        ("7. Đề nghị Tổng", "Công ty Cây xanh"),
        ("Các hộ ở trong khu vườn ươm và khu nhà", "- kho cùng nhau làm việc này."),
    ],
)
def test_a_reference_or_a_name_is_joined_over_the_break(before: str, after: str) -> None:
    assert clean(before, after) == [f"{before} {after}"]


def test_a_name_with_a_dash_is_known_from_elsewhere_in_the_file() -> None:
    whole = "Ban quản lý vườn Đồi Cao - Suối Mơ có mặt."
    assert clean(whole, "Họp ở Đồi Cao", "- Suối Mơ.")[1:] == ["Họp ở Đồi Cao - Suối Mơ."]
    assert clean("Họp ở:", "- Suối Mơ;", "- Đồi Cao.")[1:] == ["- Suối Mơ;", "- Đồi Cao."]
    assert clean("Họp ở Đồi Cao", "- Suối Mơ.") == ["Họp ở Đồi Cao", "- Suối Mơ."]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["BỘ", "  TRƯỞNG", "Lê An"], ["BỘ TRƯỞNG", "Lê An"]),
        (["KT. VIỆN", "TRƯỞNG", "PHÓ VIỆN", "TRƯỞNG"], ["KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"]),
        (["TM. ỦY BAN NHÂN", "  DÂN", "CHỦ", "TỊCH"], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (["TM. BAN THƯỜNG", "  VỤ", "  PHÓ CHỦ TỊCH"], ["TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"]),
        (["TRƯỞNG BAN", "PHÓ THỦ TƯỚNG"], ["TRƯỞNG BAN", "PHÓ THỦ TƯỚNG"]),
    ],
)
def test_an_office_is_complete(lines: list[str], expected: list[str]) -> None:
    assert clean(*lines) == expected
