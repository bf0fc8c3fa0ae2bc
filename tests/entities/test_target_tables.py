"""Tables of goals, one cell a line."""

from __future__ import annotations

import pytest

from pipeline.entities import targets
from pipeline.entities.targets import Goal


def read(heads: str, *rows: str) -> list[Goal]:
    lines = ["I. VIỆC CẦN LÀM", *heads.split(" | ")]
    for row in rows:
        lines += row.split(" | ")
    return targets.find("\n".join([*lines, "II. TỔ CHỨC", "Các xã trồng cây."]))


def test_figure_unit_and_name_of_each_row() -> None:
    found = read(
        "TT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2031",
        "1 | Tỷ lệ vườn có rào | % | 90",
        "2 | Tỷ lệ cây sống | % | ≥ 95",
        "3 | Số xã có vườn ươm | Xã | 12",
        "4 | Tỷ lệ cây chết | % | < 2,5",
        "5 | Tỷ lệ vườn sạch | % | Từ 98 trở lên",
        "6 | Thu từ vườn | Tỷ đồng | 45.000",
        "7 | Diện tích mới | ha | 15 - 20",
    )
    assert [(g.value, g.value_max, g.comparator, g.unit) for g in found] == [
        (90, None, "=", "%"),
        (95, None, ">=", "%"),
        (12, None, "=", "xã"),
        (2.5, None, "<=", "%"),
        (98, None, ">=", "%"),
        (45_000, None, "=", "tỷ đồng"),
        (15, 20, ">=", "ha"),
    ]
    assert found[2].subject == "Số xã có vườn ươm"


def test_a_unit_beside_the_figure_or_in_brackets_behind_the_name() -> None:
    found = read(
        "STT | Nội dung chỉ tiêu | Mục tiêu đến năm 2031",
        "1 | Tỷ lệ vườn có rào | 90%",
        "2 | Số lớp nghề vườn | Ít nhất 05 lớp",
        "3 | Tỷ lệ cây sống (%) | 95",
        "4 | Vườn ươm | đủ giống",
        "5 | Năm hoàn thành | 2031",
        "6 | Điểm số | 80",
    )
    assert [(g.value, g.comparator, g.unit) for g in found] == [
        (90, "=", "%"),
        (5, ">=", "lớp"),
        (95, "=", "%"),
    ]


def test_what_was_reached_is_no_goal_and_every_aimed_column_is() -> None:
    found = read(
        "TT | Chỉ tiêu | Thực hiện năm 2030 | Kế hoạch năm 2031 | Mục tiêu năm 2035",
        "1 | Xã có vườn ươm | 10 xã | 12 xã | 15 xã",
        "2 | Vườn có rào | 85% | 90% | 99%",
    )
    assert [g.value for g in found] == [12, 15, 90, 99]


def test_a_row_of_a_group_is_passed_over() -> None:
    found = read(
        "TT | Chỉ tiêu | ĐVT | Kế hoạch",
        "I | Về vườn",
        "1 | Vườn có rào | % | 90",
        "II | Về rừng",
        "2 | Rừng mới | ha | 500",
    )
    assert [g.value for g in found] == [90, 500]


def test_a_missing_cell_ends_the_reading() -> None:
    found = read(
        "TT | Chỉ tiêu | ĐVT | Kế hoạch",
        "1 | Vườn có rào | % | 90",
        "2 | Rừng mới | 500",
        "3 | Xã có vườn | xã | 12",
    )
    assert [g.value for g in found] == [90]


@pytest.mark.parametrize(
    "heads",
    [
        "TT | Nhiệm vụ | Số lượng | Kế hoạch",  # no column of goals' names
        "TT | Chỉ tiêu | ĐVT | Thực hiện",  # nothing aimed at
        "TT | Chỉ tiêu | ĐVT | Ghi chú",
    ],
)
def test_other_tables(heads: str) -> None:
    assert read(heads, "1 | Vườn | xã | 90", "2 | Rừng | ha | 500") == []
