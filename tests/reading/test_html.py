"""HTML: blocks, breaks, lists, tables, charsets."""

from __future__ import annotations

import pytest

from pipeline.errors import EmptyFile
from pipeline.reading import flow, html
from pipeline.reading.document import Document
from pipeline.reading.legacy import TCVN3


def read(data: bytes | str) -> Document:
    data = data.encode() if isinstance(data, str) else data
    return flow.build(html.read(data), name="a.html", sha256="", media_type="", size=len(data))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Một</p><p>Hai</p>", ["Một", "Hai"]),
        ("<div>Một <b>hai</b>\n  ba<div>bốn</div>Năm</div>", ["Một hai ba", "bốn", "Năm"]),
        ("<p>Một<br>Hai</p>", ["Một", "Hai"]),
        ("<p>Giao cho các<br>sở, ngành.</p>", ["Giao cho các sở, ngành."]),
        ("<ol><li>Một</li><li>Hai</li></ol>", ["1. Một", "2. Hai"]),
        ('<ol start="3" type="a"><li>Một</li></ol>', ["c) Một"]),
        ("<ol><li>a) Một</li></ol>", ["a) Một"]),
        ("<ul><li>Một</li></ul>", ["- Một"]),
        ("<script>x</script><style>y</style><nav>z</nav><p>Một</p>", ["Một"]),
        ('<p style="display: none">x</p><p hidden>y</p><p>Một</p>', ["Một"]),
        ("<pre>Một\nHai.\nBa</pre>", ["Một", "Hai.", "Ba"]),
        ("<p>Một&nbsp;&amp; hai<!-- không --></p>", ["Một & hai"]),
    ],
)
def test_blocks(source: str, expected: list[str]) -> None:
    assert read(f"<html><head><title>t</title></head><body>{source}</body></html>").text == (
        "\n".join(expected)
    )


def test_layout_table_is_read_by_column() -> None:
    source = (
        "<table><tr><td>UBND TỈNH AN LẠC</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>"
        "<tr><td>Số: 12/KH-UBND</td><td>An Lạc, ngày 03 tháng 02 năm 2031</td></tr></table>"
    )
    document = read(source)
    assert not document.tables
    assert document.text.split("\n")[:2] == ["UBND TỈNH AN LẠC", "Số: 12/KH-UBND"]


def test_data_table_with_merged_cells() -> None:
    document = read(
        '<table border="1"><tr><th>TT</th><th>Việc</th><th>Hạn</th></tr>'
        '<tr><td rowspan="2">1</td><td>Trồng</td><td></td></tr>'
        '<tr><td colspan="2">Tưới</td></tr></table>'
    )
    found = {(c.row, c.column): document.text[c.start : c.end] for c in document.tables[0].cells}
    assert found == {
        (0, 0): "TT", (0, 1): "Việc", (0, 2): "Hạn",
        (1, 0): "1", (1, 1): "Trồng", (1, 2): "", (2, 1): "Tưới",
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        "<p>Kế hoạch của tỉnh</p>".encode("utf-16"),
        '<meta charset="utf-8"><p>Kế hoạch của tỉnh</p>'.encode(),
        '<meta charset="iso-8859-1"><p>Kế hoạch của tỉnh</p>'.encode(),
        ("<p>" + TCVN3.encode("kế hoạch của tỉnh") + "</p>").encode("latin-1"),
    ],
)
def test_charsets(data: bytes) -> None:
    assert read(data).text.lower() == "kế hoạch của tỉnh"


def test_no_body_is_empty() -> None:
    with pytest.raises(EmptyFile):
        html.read(b"<!-- x -->")


def test_deep_nesting_ends() -> None:
    assert read("<div>" * 5000 + "x" + "</div>" * 5000).text in ("", "x")


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "x", "²", ""])
@pytest.mark.parametrize("name", ["colspan", "rowspan", "start"])
def test_numbers_that_no_browser_takes_count_as_one(name: str, number: str) -> None:
    document = read(
        f'<table border=1><tr><td {name}="{number}">Một<td>Hai<tr><td>Ba<td>Bốn</table>'
        f'<ol {name}="{number}"><li>Năm<li>Sáu</ol>'
    )
    assert document.text.split("\n")[-2:] == ["1. Năm", "2. Sáu"]
    assert len(document.tables[0].cells) == 4


def test_columns_that_nobody_can_see_are_not_counted() -> None:
    document = read("<table border=1><tr>" + '<td colspan="1000">x' * 300 + "<tr><td>y</table>")
    assert max(cell.column for cell in document.tables[0].cells) < 500


def test_blank_lines_in_a_cell_are_passed_over_once() -> None:
    """Time grows with them, not with their square."""
    blank = "&nbsp;<br>" * 60_000
    assert read(f"<table><tr><td>Một{blank}hai<td>Ba</table>").text.startswith("Một")


def test_lists_of_any_length_are_counted_once() -> None:
    """Time grows with the list, not with its square."""
    items = "<li>x" * 60_000
    document = read(f"<ol>{items}</ol>")
    assert document.text.endswith("\n60000. x")
