"""Bodies that a heading names."""

from __future__ import annotations

import pytest

from pipeline.entities import agencies, headed
from pipeline.structure import acts, outline

PLAN = """ỦY BAN NHÂN DÂN
TỈNH THANH BÌNH
-------
Số: 12/KH-UBND
Thanh Bình, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Trồng cây năm 2024
I. MỤC ĐÍCH
1. Các cơ quan trồng cây
- Trồng ở trụ sở.
II. {title}
{items}
"""


def read(items: str, title: str = "TỔ CHỨC THỰC HIỆN") -> tuple[str, outline.Outline]:
    text = PLAN.format(title=title, items=items)
    return text, outline.build(text, acts.find_layout(text), [], [])


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (
            "1. Tỉnh Thanh Bình\n- Cây.\n2. Thành phố An Phú\n- Cây.\n3. Huyện Sơn Hạ\n- Cây.",
            ["Tỉnh Thanh Bình", "Thành phố An Phú", "Huyện Sơn Hạ"],
        ),
        ("1. Tỉnh Thanh Bình\n- Cây.\n2. Huyện Sơn Hạ\n- Cây.", []),
        ("1. Tỉnh nào trồng\n- Cây.\n2. Huyện nào\n- Cây.\n3. Xã nào\n- Cây.", []),
    ],
)
def test_places_of_one_list_are_addressed(items: str, found: list[str]) -> None:
    text, tree = read(items)
    assert [text[m.start : m.end] for m in headed.places(tree)] == found


@pytest.mark.parametrize(
    ("title", "items", "found"),
    [
        ("TỔ CHỨC THỰC HIỆN", "1. Sở Y tế miền núi:\n- Cây.", ["Sở Y tế miền núi"]),
        ("TỔ CHỨC THỰC HIỆN", "1. Đơn vị trồng rừng:\n- Cây.", ["Đơn vị trồng rừng"]),
        ("TỔ CHỨC THỰC HIỆN", "1. Đơn vị trồng rừng.\n2. Khác.", []),
        ("NỘI DUNG", "1. Đơn vị trồng rừng:\n- Cây.", []),
        ("TỔ CHỨC THỰC HIỆN", "1. Sở Y tế và bệnh viện:\n- Cây.", []),
    ],
)
def test_an_office_is_its_whole_heading(title: str, items: str, found: list[str]) -> None:
    text, tree = read(items, title)
    longer = headed.described(tree, agencies.find(text))
    assert [text[m.start : m.end] for m in longer] == found
