"""Tables whose rulings are lost: every cell a line of its own, and where the table ends."""

from __future__ import annotations

import pytest

from pipeline.reading import cells, flow, text

PROSE = """Thực hiện chủ trương của cấp trên về

chăm sóc cây xanh, phòng ban hành kế hoạch

này để các tổ dân phố cùng triển khai trong

năm tới.
"""


def clean(source: str) -> list[str]:
    data = source.encode()
    raw = text.read(data)
    return flow.build(raw, name="a", sha256="", media_type="", size=len(data)).text.split("\n")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            ["TT", "Nội", "  dung", "Chủ trì", "Thời gian", "1", "Trồng cây ven", "  đường lớn",
             "Tổ cây xanh, các tổ dân phố", "2024-2025", "2", "Tưới", "  cây", "Đội xe", "Quý",
             "  III/2024", "3.1.", "Cắt cành", "Đội xe", "Thường xuyên"],
            ["TT", "Nội dung", "Chủ trì", "Thời gian", "1", "Trồng cây ven đường lớn",
             "Tổ cây xanh, các tổ dân phố", "2024-2025", "2", "Tưới cây", "Đội xe",
             "Quý III/2024", "3.1.", "Cắt cành", "Đội xe", "Thường xuyên"],
            id="the indent says which lines go on",
        ),
        pytest.param(
            ["Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn", "I", "Dọn vệ sinh tại các khu nhà và",
             "30/6/2024", "Tổ một và", "Tổ hai", "Hằng năm"],
            ["Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn", "I", "Dọn vệ sinh tại các khu nhà và",
             "30/6/2024", "Tổ một và Tổ hai", "Hằng năm"],
            id="numbers and dates stand alone without indent too",
        ),
        pytest.param(
            ["STT", "Việc", "  làm", "1", "Sơn ghế", "- Tổ một;", "  - Tổ hai", "  cùng làm"],
            ["STT", "Việc làm", "1", "Sơn ghế", "- Tổ một;", "- Tổ hai cùng làm"],
            id="bullets inside a cell",
        ),
    ],
)  # fmt: skip
def test_cells_of_a_wrapped_file(table: list[str], expected: list[str]) -> None:
    found = clean(PROSE + "\n" + "\n\n".join(table))
    assert found[1:] == expected


def test_prose_behind_a_table_is_joined_again() -> None:
    table = ["TT", "Việc", "  làm", "1", "Sơn", "  ghế"]
    prose = [
        "Các tổ dân phố báo cáo kết quả về",
        "phòng trước cuối năm để Tổ trưởng tổng hợp và",
        "Phòng xem xét.",
    ]
    found = clean(PROSE + "\n" + "\n\n".join([*table, *prose]))
    assert found[-2:] == ["Sơn ghế", " ".join(prose)]


@pytest.mark.parametrize("line", ["PHỤ LỤC II", "Nơi nhận:", "(Kèm theo Kế hoạch số 1/KH-X)"])
def test_a_table_ends_at_a_fixed_part(line: str) -> None:
    lines = ["TT", "Việc", "làm", "1", line, "2024"]
    found = cells.starts(lines, lines, [1] * len(lines))
    assert found[3] is True and found[4:] == [None, None]


def test_lines_outside_of_tables_are_not_told() -> None:
    lines = ["Nội dung", "gồm hai việc.", "2024", "1", "Thời gian"]
    assert cells.starts(lines, lines, [0] * len(lines)) == [None] * 5
