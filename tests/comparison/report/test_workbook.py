"""The workbook read back: every view, real values, links that lead somewhere, no formula."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.comparison.report import workbook
from pipeline.comparison.report.views import VIEWS
from pipeline.comparison.results import Comparison
from pipeline.errors import CannotWrite
from tests.comparison.report import made

HEAD = 4  # row of the heads, counted from 1


def book(tmp_path: Path, comparison: Comparison, language: str = "vi") -> Workbook:
    path = tmp_path / "comparison.xlsx"
    workbook.write(comparison, path, language)  # type: ignore[arg-type]
    return openpyxl.load_workbook(path)


def heads(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[HEAD]]


def values(sheet: Worksheet, title: str) -> list[object]:
    at = heads(sheet).index(title)
    return [row[at].value for row in sheet.iter_rows(min_row=HEAD + 1)]


def test_every_view_has_a_sheet_with_frozen_heads_and_filters(tmp_path: Path) -> None:
    found = book(tmp_path, made.comparison())
    first, *others = found.worksheets
    assert first.title == "Đọc trước"
    assert len(others) == len(VIEWS)
    for sheet in others:
        assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith(str(HEAD + 1))
        assert sheet.auto_filter.ref is not None and sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert sheet.max_row > HEAD
        assert len(sheet.title) <= 31
        assert sheet.cell(1, 1).hyperlink.location == "'Đọc trước'!A1"


def test_the_opening_sheet_says_what_was_compared_and_what_to_mistrust(tmp_path: Path) -> None:
    sheet = book(tmp_path, made.comparison()).worksheets[0]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "Đối chiếu 3 kế hoạch của 3 nơi" in text
    assert "không rõ ngày ban hành (Đà Nẵng 2021)" in text
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(VIEWS)


@pytest.mark.parametrize(("plans", "one_place"), [(2, False), (12, False), (4, True)])
def test_every_link_leads_to_a_cell_that_says_something(
    tmp_path: Path, plans: int, one_place: bool
) -> None:
    found = book(tmp_path, made.comparison(plans, one_place=one_place))
    links = 0
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is None:
                    continue
                links += 1
                assert cell.hyperlink.target is None
                name, _, place = cell.hyperlink.location.rpartition("!")
                assert found[name.strip("'")][place].value, (sheet.title, cell.coordinate)
    assert links > 10 * plans


def test_a_cell_leads_to_its_own_sentence(tmp_path: Path) -> None:
    found = book(tmp_path, made.comparison(3))
    sheet = found["Nội dung theo nơi"]
    cell = sheet.cell(HEAD + 1, heads(sheet).index("Hà Nội") + 1)
    place = cell.hyperlink.location.rpartition("!")[2]
    row = found["Câu trích"][int(place[1:])]
    said = [one.value for one in row]
    assert said[0] == "Hà Nội 2020" and said[1] == "mục II › 1" and said[3] == 1
    assert "dọn rác ven sông" in str(said[5])


def test_values_are_numbers_shares_and_days(tmp_path: Path) -> None:
    found = book(tmp_path, made.comparison(3))
    coverage = found["Nội dung theo nơi"]
    cell = coverage.cell(HEAD + 1, heads(coverage).index("Đà Nẵng") + 1)
    assert cell.value == 0.6 and cell.number_format == '0%" ?"'
    assert coverage.conditional_formatting
    due = found["Thời hạn"].cell(HEAD + 1, 1)
    assert due.value == datetime(2020, 6, 29) and due.number_format == "dd/mm/yyyy"
    assert values(found["Kế hoạch"], "Ngày ban hành")[0] == datetime(2020, 3, 1)
    assert values(found["Chỉ tiêu"], "Hà Nội")[0] == 70


def test_differing_words_stand_out(tmp_path: Path) -> None:
    path = tmp_path / "comparison.xlsx"
    workbook.write(made.comparison(4, one_place=True), path)
    sheet = openpyxl.load_workbook(path, rich_text=True)["Qua các năm"]
    old, new = values(sheet, "Câu cũ")[0], values(sheet, "Câu mới")[0]
    assert [str(part) for part in old if getattr(part, "font", None) and part.font.b] == ["2020"]
    assert [str(part) for part in new if getattr(part, "font", None) and part.font.b] == ["2021"]


def test_no_cell_is_a_formula_and_nothing_points_outside(tmp_path: Path) -> None:
    comparison = made.comparison(9, hostile=True)
    found = book(tmp_path, comparison)
    kinds = {cell.data_type for sheet in found for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds and "e" not in kinds
    texts = set(values(found["Câu trích"], "Câu"))
    assert {item.text for item in comparison.items} <= texts
    with zipfile.ZipFile(tmp_path / "comparison.xlsx") as packed:
        for name in packed.namelist():
            if name.endswith(".rels"):
                assert b"External" not in packed.read(name), name
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in packed.read(name), name


@pytest.mark.parametrize("language", ["vi", "en"])
def test_heads_are_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    found = book(tmp_path, made.comparison(), language)
    assert found.sheetnames[0] == {"vi": "Đọc trước", "en": "Read first"}[language]
    for sheet in found.worksheets[1:]:
        assert not [head for head in heads(sheet) if "." in head or "{" in head]


def test_the_same_comparison_gives_the_same_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for path in paths:
        workbook.write(made.comparison(5), path)
    one, two = (path.read_bytes() for path in paths)
    assert one == two


def test_more_rows_than_a_sheet_holds_are_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", HEAD + 5)
    found = book(tmp_path, made.comparison(6))
    assert found["Câu trích"].max_row == HEAD + 5
    text = "\n".join(str(row[0].value) for row in found.worksheets[0].iter_rows())
    assert "Câu trích: Bảng tính không chứa được quá 5 dòng" in text


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        workbook.write(made.comparison(2), tmp_path / "file" / "x.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_failure_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(waiting))
    monkeypatch.setattr("pipeline.comparison.report.workbook._Book._opening", _full)
    with pytest.raises(CannotWrite):
        workbook.write(made.comparison(), tmp_path / "comparison.xlsx")
    assert [path.name for path in tmp_path.rglob("*")] == ["waiting"]


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")
