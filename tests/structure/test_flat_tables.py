"""Task tables flattened to one cell a line: rows, empty and merged cells, heads of two levels."""

from __future__ import annotations

import pytest

from pipeline.structure import flat_tables

LEAD = "TT\nNhiệm vụ\nChủ trì\nPhối hợp\nThời gian\n"
OUTPUT = "STT\nNội dung\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian hoàn thành\nSản phẩm\n"


def rows(text: str) -> list[list[str]]:
    found = flat_tables.find(text, 0, len(text))
    return [[text[a:b] for a, b in row] for row in found.rows] if found else []


CASES = {
    "a group between rows, numbers begin anew": (
        LEAD + "I\nCHUẨN BỊ\n1\nChọn giống\nSở Xây dựng\nSở Y tế\nQuý I\n"
        "II\nTRỒNG CÂY\n1\nĐào hố\nSở Xây dựng\nSở Y tế\nQuý II\n",
        [["I", "CHUẨN BỊ", "", "", ""],
         ["1", "Chọn giống", "Sở Xây dựng", "Sở Y tế", "Quý I"],
         ["II", "TRỒNG CÂY", "", "", ""],
         ["1", "Đào hố", "Sở Xây dựng", "Sở Y tế", "Quý II"]],
    ),
    "a year as the first group": (
        LEAD + "Năm 2031\nI\nCHUẨN BỊ\n1\nChọn giống\nSở Xây dựng\nSở Y tế\nQuý I\n",
        [["I", "CHUẨN BỊ", "", "", ""],
         ["1", "Chọn giống", "Sở Xây dựng", "Sở Y tế", "Quý I"]],
    ),
    "quarters as a sub-head leave no text": (
        "TT\nNỘI DUNG\nCHỦ TRÌ\nCƠ QUAN PHỐI HỢP\nTHỜI GIAN (Quý)\nI\nII\nIII\nIV\n"
        "I\nCHUẨN BỊ\n1\nChọn giống\nSở Xây dựng\nSở Y tế\n2\nĐào hố\nSở Xây dựng\nSở Y tế\n",
        [["I", "CHUẨN BỊ", "", "", ""],
         ["1", "Chọn giống", "Sở Xây dựng", "Sở Y tế", ""],
         ["2", "Đào hố", "Sở Xây dựng", "Sở Y tế", ""]],
    ),
    "two columns under one name": (
        "STT\nNội dung công việc\nĐơn vị thực hiện\nThời gian\nChủ trì\nPhối hợp\n"
        "1. Công tác chuẩn bị\n1.1.\nChọn giống\nSở Xây dựng\nSở Y tế\nQuý I\n"
        "1.2.\nĐào hố\nSở Y tế\nSở Xây dựng\nQuý II\n",
        [["1", "Công tác chuẩn bị", "", "", ""],
         ["1.1.", "Chọn giống", "Sở Xây dựng", "Sở Y tế", "Quý I"],
         ["1.2.", "Đào hố", "Sở Y tế", "Sở Xây dựng", "Quý II"]],
    ),
    "numbered columns": (
        LEAD + "(1)\n(2)\n(3)\n(4)\n(5)\n1\nChọn giống\nSở Xây dựng\nSở Y tế\nQuý I\n",
        [["1", "Chọn giống", "Sở Xây dựng", "Sở Y tế", "Quý I"]],
    ),
    "columns numbered without brackets": (
        LEAD + "1\n2\n3\n4\n5\n1\nChọn giống\nSở Xây dựng\nSở Y tế\nQuý I\n",
        [["1", "Chọn giống", "Sở Xây dựng", "Sở Y tế", "Quý I"]],
    ),
    "dashes in a cell after a cell of one line": (
        OUTPUT + "1\nChọn giống\nSở Xây dựng\n- Sở Y tế;\n- UBND các xã.\nQuý I\n- Danh mục giống\n"
        "2\nĐào hố\nSở Xây dựng\n- Sở Y tế\n- UBND các xã\nNăm 2031\n- Báo cáo\n- Biểu số liệu\n",
        [["1", "Chọn giống", "Sở Xây dựng", "- Sở Y tế;\n- UBND các xã.", "Quý I",
          "- Danh mục giống"],
         ["2", "Đào hố", "Sở Xây dựng", "- Sở Y tế\n- UBND các xã", "Năm 2031",
          "- Báo cáo\n- Biểu số liệu"]],
    ),
    "no partner": (
        LEAD + "1\nChọn giống\nSở Xây dựng\nQuý I\n2\nĐào hố\nSở Xây dựng\nSở Y tế\nQuý II\n",
        [["1", "Chọn giống", "Sở Xây dựng", "", "Quý I"],
         ["2", "Đào hố", "Sở Xây dựng", "Sở Y tế", "Quý II"]],
    ),
    "a body merged over the rows beside it": (
        "TT\nĐơn vị\nNội dung thực hiện\nThời gian\n1\nSở Xây dựng\nChọn giống\nQuý I\n"
        "Đào hố\nQuý II\nTưới cây\nQuý III\n2\nSở Y tế\nKhám sức khỏe\nQuý I\n",
        [["1", "Sở Xây dựng", "Chọn giống", "Quý I"], ["1", "Sở Xây dựng", "Đào hố", "Quý II"],
         ["1", "Sở Xây dựng", "Tưới cây", "Quý III"], ["2", "Sở Y tế", "Khám sức khỏe", "Quý I"]],
    ),
    "a lost number": (
        LEAD + "1\nChọn giống\nSở Xây dựng\nSở Y tế\nQuý I\n"
        "3\nĐào hố\nSở Y tế\nSở Xây dựng\nQuý II\n",
        [["1", "Chọn giống", "Sở Xây dựng", "Sở Y tế", "Quý I"],
         ["3", "Đào hố", "Sở Y tế", "Sở Xây dựng", "Quý II"]],
    ),
    "prose after the last row": (
        LEAD + "1\nChọn giống\nSở Xây dựng\nSở Y tế\nQuý I\n"
        "2\nĐào hố\nSở Y tế\nSở Xây dựng\nQuý II\n"
        "III. TỔ CHỨC THỰC HIỆN\nCác cơ quan thực hiện Kế hoạch này.\n",
        [["1", "Chọn giống", "Sở Xây dựng", "Sở Y tế", "Quý I"],
         ["2", "Đào hố", "Sở Y tế", "Sở Xây dựng", "Quý II"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_rows(case: str) -> None:
    text, expected = CASES[case]
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "TT\nHọ và tên\nNăm sinh\n1\nTrần Văn Mẫu\n1990\n",
        "TT\nTỉnh\nNhu cầu\n1\nCây sao\n15.429\n",
        LEAD + "Một đoạn văn không phải bảng.\n",
        LEAD,
        "TT\n",
    ],
)
def test_no_task_table(text: str) -> None:
    assert rows(text) == []
