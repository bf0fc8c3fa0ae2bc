"""What a figure measures, in the words of its own sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models import Plan
from pipeline.comparison import compare
from pipeline.comparison.naming import MOST_WORDS, named


@pytest.mark.parametrize(
    ("before", "figure", "after", "value", "name"),
    [
        # the number follows what it measures
        ("- ", "Tỷ lệ hồ sơ đúng hạn đạt 95%", ".", 95, "Tỷ lệ hồ sơ đúng hạn"),
        ("Phấn đấu ", "tỷ lệ che phủ rừng đạt từ 52,5% trở lên", ".", 52.5, "Tỷ lệ che phủ rừng"),
        ("Đến năm 2030, ", "tỷ lệ hộ có nước sạch đạt 80 - 85%", "", 80, "Tỷ lệ hộ có nước sạch"),
        ("", "Tổng số người được tập huấn: 35 người", ".", 35, "Tổng số người được tập huấn"),
        ("1. ", "Giảm tỷ lệ hộ nghèo từ 1,5%/năm trở lên", ".", 1.5, "Giảm tỷ lệ hộ nghèo"),
        ("", "Diện tích cây xanh đạt khoảng 12 m2", "", 12, "Diện tích cây xanh"),
        # the number stands before it
        ("a) ", "Xử lý 100% các điểm đen", " về tai nạn.", 100, "Xử lý các điểm đen về tai nạn"),
        ("- ", "Ít nhất 80% trường học", " có thư viện.", 80, "Trường học có thư viện"),
        ("Tiếp tục ", "giảm từ 5-10% số vụ cháy so với năm 2023", "; …", 5, "Giảm số vụ cháy"),
        ("Mỗi huyện tổ chức ", "01 lớp", "", 1, "Mỗi huyện tổ chức lớp"),
        ("Mỗi huyện có ", "ít nhất 2 bến xe", " đạt chuẩn", 2, "Mỗi huyện có bến xe đạt chuẩn"),
        ("Hỗ trợ vốn cho ", "1.200 hộ nghèo", " trong năm 2024.", 1200, "Hỗ trợ vốn cho hộ nghèo"),
        # too bare: what stands above helps
        ("Chỉ tiêu tuyển sinh: dự kiến tuyển ", "02 lớp", " (70 em).", 2,
         "Chỉ tiêu tuyển sinh: tuyển lớp"),
        ("", "20 người", "", 20, "Tập huấn: người"),
        # other figures, brackets and years are no part of it
        ("", "30% số xã có nhà văn hóa", ", trong đó 10% đạt chuẩn", 30, "Số xã có nhà văn hóa"),
        ("", "100% cán bộ (cả hợp đồng)", " ký cam kết", 100, "Cán bộ ký cam kết"),
        ("Trồng ", "2 triệu cây", " và 30% giống bản địa", 2, "Tập huấn: Trồng cây"),
    ],
)  # fmt: skip
def test_names(before: str, figure: str, after: str, value: float, name: str) -> None:
    text = before + figure + after
    assert named(text, len(before), len(before) + len(figure), value, "Tập huấn") == name


def test_a_long_name_ends_at_a_comma() -> None:
    text = "100% " + "cán bộ xã được bồi dưỡng kỹ năng số, " * 6
    name = named(text, 0, 4, 100)
    assert name.endswith("kỹ năng số…") and len(name.split()) <= MOST_WORDS


def test_indicators_have_readable_names(pair: list[Plan], read: Callable[..., Plan]) -> None:
    """Without the name of the plan's own province."""
    body = (
        "I. CHỈ TIÊU\n"
        "- Phấn đấu trên địa bàn tỉnh {province} tỷ lệ hộ dân dùng nước sạch đạt 85% trở lên.\n"
        "II. NHIỆM VỤ\n- Sở Y tế tổ chức 01 lớp.\n"
    )
    plans = [read(body), read(body.replace("85%", "90%"), province="Sơn La", number=44)]
    (indicator,) = (row for row in compare(plans).indicators if row.unit == "%")
    assert indicator.label == "Tỷ lệ hộ dân dùng nước sạch"
    assert indicator.differs and (indicator.smallest, indicator.largest) == (85, 90)


@pytest.mark.parametrize("run", [",", ", ", "\u00a0"])
def test_endless_runs_of_signs_do_not_hold_it_up(run: str) -> None:
    before, after = f"Tỷ lệ hộ dân dùng nước sạch {run * 20_000}", run * 20_000
    assert len(named(f"{before}95%{after}", len(before), len(before) + 3, 95).split()) <= 8
