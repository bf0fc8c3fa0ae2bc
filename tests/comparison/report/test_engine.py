"""Reports of what the engine finds: in sample plans, and in real ones where they are."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import openpyxl
import pytest

from models import Plan
from pipeline import Pipeline
from pipeline.comparison import compare
from pipeline.comparison.report import html, workbook
from pipeline.comparison.results import Comparison


def check(comparison: Comparison, tmp_path: Path, language: str) -> None:
    """Links lead somewhere, sentences are the plans' own, links of the workbook too."""
    page = lxml.html.document_fromstring(html.render(comparison, language))  # type: ignore[arg-type]
    ids = set(page.xpath("//@id"))
    wanted = {link.removeprefix("#") for link in page.xpath("//@href")}
    wanted |= {each for links in page.xpath("//@data-e") for each in links.split()}
    assert wanted <= ids
    texts = {item.text for item in comparison.items}
    own = [
        entry.xpath("./p[2]")[0].text_content()
        for entry in page.xpath("//article[starts-with(@id, 'i')]")
    ]
    assert own and set(own) <= texts
    path = tmp_path / "comparison.xlsx"
    workbook.write(comparison, path, language)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(path)
    assert book.worksheets[-1].max_row >= len(comparison.items)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink is not None:
                    name, _, place = cell.hyperlink.location.rpartition("!")
                    assert book[name.strip("'")][place].value


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sample_plans(pair: list[Plan], tmp_path: Path, language: str) -> None:
    check(compare(pair), tmp_path, language)


def test_the_duty_that_only_one_has_is_told(pair: list[Plan]) -> None:
    page = lxml.html.document_fromstring(html.render(compare(pair)))
    only = page.xpath("//section[@id='only']")[0].text_content()
    assert "Trồng rừng phòng hộ" in only and "Quan trắc chất lượng nước" not in only


def test_real_plans(shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "seeds").glob("*.txt"))
    files += sorted((shared / "corpus" / "kh").glob("*-2025-*.txt"))
    if not files:
        pytest.skip("the real plans (../shared) are not here")
    pipeline = Pipeline()
    check(compare(pipeline(file) for file in files), tmp_path, "vi")
