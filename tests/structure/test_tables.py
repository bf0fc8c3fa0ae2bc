"""Task tables: columns by meaning, laid out or flattened."""

from __future__ import annotations

import pytest

from pipeline.structure import acts, tables
from pipeline.structure.tables import Grid, TaskTable

HEAD = "KẾ HOẠCH\nTrồng cây năm 2031\nI. NỘI DUNG\nTrồng cây.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
ANNEX = "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n"


def cells(text: str, table: TaskTable) -> list[list[str]]:
    return [[text[slice(*cell)].strip() for cell in row] for row in table.rows]


def find(text: str, grids: list[Grid] | None = None) -> list[TaskTable]:
    return tables.find(text, acts.find_layout(text), grids or [])


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("STT", "no"),
        ("TT", "no"),
        ("Số TT", "no"),
        ("Nhiệm vụ", "task"),
        ("Nội dung công việc", "task"),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Trách nhiệm", "lead"),
        ("Cơ quan phối hợp", "coordinate"),
        ("Đơn vị phối hợp thực hiện", "coordinate"),
        ("Thành phần tham gia", "coordinate"),
        ("Thời gian hoàn thành", "time"),
        ("Thời hạn", "time"),
        ("TIẾN ĐỘ", "time"),
        ("Sản phẩm", "output"),
        ("Kết quả đầu ra", "output"),
        ("Ghi chú", "note"),
        ("Đơn giá", "other"),
    ],
)
def test_meanings(name: str, meaning: str) -> None:
    assert tables.means(name) == meaning


FLAT = (
    HEAD + ANNEX + "TT\nNhiệm vụ\nChủ trì\nPhối hợp\nThời gian\n"
    "1\nChọn giống cây\nSở Xây dựng\nSở Tài chính\nQuý I\n"
    "2\nTrồng cây\nUBND các xã\nSở Xây dựng\nTháng 8\n"
)


def test_a_flattened_table() -> None:
    (table,) = find(FLAT)
    assert [column.means for column in table.columns] == [
        "no", "task", "lead", "coordinate", "time",
    ]  # fmt: skip
    assert cells(FLAT, table) == [
        ["1", "Chọn giống cây", "Sở Xây dựng", "Sở Tài chính", "Quý I"],
        ["2", "Trồng cây", "UBND các xã", "Sở Xây dựng", "Tháng 8"],
    ]
    assert table.in_annex
    assert table.title == "PHÂN CÔNG NHIỆM VỤ"
    assert FLAT[table.start : table.end].startswith("TT\n")
    assert FLAT[table.start : table.end].endswith("Tháng 8")


def test_a_row_with_an_empty_cell_is_filled_by_what_lines_look_like() -> None:
    text = FLAT.replace("UBND các xã\nSở Xây dựng\nTháng 8", "UBND các xã\nTháng 8")
    (table,) = find(text)
    assert cells(text, table)[1] == ["2", "Trồng cây", "UBND các xã", "", "Tháng 8"]


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    text = FLAT.replace("Trồng cây\nUBND", "Trồng cây\nvà chăm sóc\nUBND")
    (table,) = find(text)
    assert cells(text, table)[1] == [
        "2", "Trồng cây\nvà chăm sóc", "UBND các xã", "Sở Xây dựng", "Tháng 8",
    ]  # fmt: skip


def test_the_table_ends_where_a_heading_stands() -> None:
    text = FLAT + "II. KINH PHÍ\nNgân sách tỉnh.\n"
    (table,) = find(text)
    assert len(table.rows) == 2
    assert "KINH PHÍ" not in text[table.start : table.end]


def test_cells_by_meaning() -> None:
    (table,) = find(FLAT)
    assert [FLAT[slice(*cell)] for cell in table.cells("time")] == ["Quý I", "Tháng 8"]
    assert table.cells("output") == []


@pytest.mark.parametrize(
    "block",
    [
        "TT\nHọ và tên\nNăm sinh\n1\nTrần Văn Mẫu\n1990\n",  # people
        "TT\nNhiệm vụ\n1\nTrồng cây\n",  # nobody, no time
        "TT\nNhiệm vụ\nChủ trì\nMột đoạn văn không phải bảng.\n",  # no first row
    ],
)
def test_other_tables_are_none(block: str) -> None:
    assert find(HEAD + ANNEX + block) == []


def grid(rows: list[list[str]]) -> tuple[str, Grid]:
    text = HEAD + ANNEX
    start = len(text)
    spans: list[tuple[tuple[int, int] | None, ...]] = []
    for row in rows:
        line: list[tuple[int, int] | None] = []
        for cell in row:
            line.append((len(text), len(text) + len(cell)) if cell else None)
            text += cell + "\n"
        spans.append(tuple(line))
    return text, Grid(tuple(spans), start, len(text) - 1)


def test_a_laid_out_table_with_empty_cells() -> None:
    text, laid_out = grid(
        [
            ["STT", "Nội dung", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm"],
            ["1", "Chọn giống", "Sở Xây dựng", "", "Báo cáo"],
            ["", "", "", "", ""],
            ["2", "Trồng cây", "", "Quý II", ""],
        ]
    )
    (table,) = find(text, [laid_out])
    assert [column.means for column in table.columns] == ["no", "task", "lead", "time", "output"]
    assert cells(text, table) == [
        ["1", "Chọn giống", "Sở Xây dựng", "", "Báo cáo"],
        ["2", "Trồng cây", "", "Quý II", ""],
    ]


def test_a_head_of_two_rows() -> None:
    text, laid_out = grid(
        [
            ["STT", "Danh sách", "Phân", "Thời"],
            ["", "nhiệm vụ", "công", "gian"],
            ["1", "Chọn giống", "Sở Xây dựng", "Quý I"],
        ]
    )
    (table,) = find(text, [laid_out])
    assert [column.name for column in table.columns] == [
        "STT", "Danh sách nhiệm vụ", "Phân công", "Thời gian",
    ]  # fmt: skip
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Nội dung", "Chủ trì"]],
        [["STT", "Tên cây", "Đơn giá"], ["1", "Sao", "5.000"]],
    ],
)
def test_laid_out_tables_without_tasks(rows: list[list[str]]) -> None:
    text, laid_out = grid(rows)
    assert find(text, [laid_out]) == []
