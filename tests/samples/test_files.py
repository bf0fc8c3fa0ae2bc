"""The files: same bytes each time, same words in every format, no boxes for letters."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.samples import SamplePlan, catalogue, make
from pipeline.samples.__main__ import main
from pipeline.samples.parts import Paragraph
from pipeline.samples.text import render, rows

docx_file = pytest.importorskip("docx", reason="python-docx reads the DOCX samples back")
pytest.importorskip("reportlab", reason="reportlab writes the PDF samples")
pytest.importorskip("fontTools", reason="fontTools checks the fonts")
pytest.importorskip("matplotlib", reason="matplotlib brings DejaVu Serif")
pypdfium2 = pytest.importorskip("pypdfium2")

from pipeline.samples import docx, fonts, pdf  # noqa: E402

RAW = Path(__file__).parents[2] / "data" / "raw"


def fold(text: str) -> str:
    return " ".join(text.split())


def words_of_docx(data: bytes) -> list[str]:
    from docx.table import Table

    document = docx_file.Document(io.BytesIO(data))
    out = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            out += [p.text for row in block.rows for cell in row.cells for p in cell.paragraphs]
        else:
            out.append(block.text)
    return " ".join(out).split()


def lines_of_pdf(data: bytes) -> str:
    """Text of all pages, page numbers left out."""
    document = pypdfium2.PdfDocument(data)
    pages = []
    for index, page in enumerate(document, 1):
        lines = page.get_textpage().get_text_range().splitlines()
        if index > 1:
            numbers = [line for line in lines if line.strip() == str(index)]
            assert numbers, f"no page number on page {index}"
            lines.remove(numbers[0] if lines[0].strip() != str(index) else lines[0])
        pages.append("\n".join(lines))
    document.close()
    return fold("\n".join(pages))


def pictures(data: bytes) -> list[list[int]]:
    """The pages as a dozen by a dozen levels of grey, in steps of 16."""
    out = []
    for page in pypdfium2.PdfDocument(data):
        small = page.render(scale=1).to_pil().convert("L").resize((12, 12))
        out.append([round(level / 16) for level in small.tobytes()])
    return out


def plain_words(plan: SamplePlan) -> list[str]:
    return re.sub(r"\||---", " ", render(plan)).split()


def test_docx_is_deterministic_and_has_the_words(plan: SamplePlan) -> None:
    data = docx.render(plan)
    assert docx.render(make(plan.seed)) == data
    expected = plain_words(plan)
    if plan.options.auto_numbering:  # Word counts these markers; they are not in the text
        found = words_of_docx(data)
        assert len(found) < len(expected)
        rest = iter(expected)
        assert all(word in rest for word in found), "words out of order"
    else:
        assert words_of_docx(data) == expected


def test_automatic_numbers_stand_on_the_right_levels() -> None:
    plan = make(2, numbering="roman", act="plan", auto_numbering=True, length=2, tasks="labelled")
    document = docx_file.Document(io.BytesIO(docx.render(plan)))
    numbered = [p for p in document.paragraphs if p._p.pPr.numPr is not None]
    blocks = [b for b in plan.blocks if isinstance(b, Paragraph) and b.marker and b.path != ("PL",)]
    levels = [p._p.pPr.numPr.ilvl.val for p in numbered if p._p.pPr.numPr.numId.val == 71]
    assert levels == [b.level - 1 for b in blocks if b.level]
    assert not any(re.match(r"[IVX\d]+\.\s", p.text) for p in numbered)


def test_pdf_is_deterministic_and_has_the_words(plan: SamplePlan) -> None:
    data = pdf.render(plan)
    assert pdf.render(make(plan.seed)) == data
    text = lines_of_pdf(data)
    for row in rows(plan):
        if row.kind != "cells":
            assert fold(row.text) in text
    assert sorted(text.split()) == sorted(plain_words(plan))


def test_letterhead_and_signature_stand_side_by_side() -> None:
    plan = make(7, act="plan", issuer="ubnd", blank="none")
    document = pypdfium2.PdfDocument(pdf.render(plan))

    def top(page: object, words: str) -> float:
        text = page.get_textpage()  # type: ignore[attr-defined]
        start, count = text.search(words).get_next()
        return max(text.get_charbox(i)[3] for i in range(start, start + count))

    first = document[0]
    assert abs(top(first, "Số:") - top(first, "ngày")) < 4
    assert abs(top(first, "ỦY BAN NHÂN DÂN") - top(first, "CỘNG HÒA")) < 4
    page = next(p for p in document if p.get_textpage().search("Nơi nhận:").get_next())
    assert abs(top(page, "Nơi nhận:") - top(page, "TM. ỦY BAN")) < 4


@pytest.mark.parametrize("kind", ["freetext", "stamp", "widget"])
def test_number_and_date_as_annotations(kind: str) -> None:
    plan = make(7, act="plan", blank="none")
    assert plan.facts.number is not None
    data = pdf.render(plan, issued_as=kind)  # type: ignore[arg-type]
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[0]
    bare = fold(page.get_textpage().get_text_range())
    assert f"Số: /{plan.facts.symbol}" in bare
    assert plan.facts.number not in bare
    contents = re.findall(rb"/Contents \((\d+)\)", data)
    _, month, day = plan.facts.issued_on.split("-")
    figures = [int(c) for c in contents]
    assert figures == [int(plan.facts.number.split("/")[0]), int(day), int(month)]
    image = page.render(scale=1).to_numpy()
    without = page.render(scale=1, may_draw_forms=False, draw_annots=False).to_numpy()
    assert (image != without).any(), "the figures are not seen on the page"


def test_a_font_without_vietnamese_is_refused() -> None:
    import matplotlib

    poor = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf"
    with pytest.raises(fonts.MissingGlyphs, match="no glyph for") as caught:
        pdf.render(make(1), fonts=fonts.Fonts.single(poor))
    assert caught.value.missing
    assert "STIXGeneral.ttf" in str(caught.value)


def test_one_face_may_serve_for_all() -> None:
    regular = fonts.default().regular
    data = pdf.render(make(1), fonts=fonts.Fonts.single(regular))
    assert data.startswith(b"%PDF-")


def test_another_program_s_fonts_change_nothing() -> None:
    """reportlab takes the first face of a PostScript name for all that follow."""
    code = (
        "import io, sys\n"
        "from reportlab.pdfbase import pdfmetrics\n"
        "from reportlab.pdfbase.ttfonts import TTFont\n"
        "from pipeline.samples import fonts, make, pdf\n"
        "if len(sys.argv) > 1:\n"
        "    pdfmetrics.registerFont(TTFont('Serif', str(fonts.default().regular)))\n"
        "print(len(pdf.render(make(1))))\n"
    )
    sizes = {
        subprocess.run([sys.executable, "-c", code, *extra], capture_output=True, check=True).stdout
        for extra in ([], ["first"])
    }
    assert len(sizes) == 1


def test_the_committed_samples_are_what_the_command_writes() -> None:
    written = dict(catalogue.files())
    assert written, "the catalogue is empty"
    for name, data in written.items():
        scanned = name.endswith((".scan.pdf", ".copy.pdf"))
        assert len(data) < (600_000 if scanned else 60_000), name
        if scanned:  # other versions of the libraries may round a grain differently
            assert pictures((RAW / name).read_bytes()) == pictures(data), name
        elif not name.endswith(".pdf"):
            assert (RAW / name).read_bytes() == data, name
        else:  # another version of the font or of reportlab may lay the same words out anew
            assert lines_of_pdf((RAW / name).read_bytes()) == lines_of_pdf(data), name


def test_the_command_writes_files_and_truth(tmp_path: Path) -> None:
    out = tmp_path / "samples"
    assert main([str(out), "--count", "2", "--first-seed", "5", "--truth"]) == 0
    assert sorted(p.name for p in out.iterdir()) == [
        f"sample-000{n}.{ending}" for n in (5, 6) for ending in ("docx", "json", "pdf", "txt")
    ]


def test_the_command_names_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--formats", "rtf"]) == 2
    assert "rtf" in capsys.readouterr().err
