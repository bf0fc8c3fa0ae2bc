"""Scans: read end to end by the real engine, and what a failing engine costs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from rapidfuzz.distance.Levenshtein import normalized_similarity as similarity

from pipeline import reading
from pipeline.errors import Damaged, KehoachError, OcrMissing, ReaderCrashed, ReadTimeout
from pipeline.reading import ocr_engine, ocr_pool
from pipeline.reading.document import Document
from pipeline.samples import scan as scanner
from pipeline.samples.look import CLEAN
from pipeline.settings import settings
from tests.reading.faulty_engine import FAULTS, INKED, MISSING
from tests.reading.making import Paper, picture, scan

BICUBIC = Image.Resampling.BICUBIC
LONG = (
    "Các sở, ban, ngành và địa phương phối hợp trồng mới tám mươi héc ta rừng phòng hộ ven biển, "
    "chăm sóc diện tích đã trồng và báo cáo kết quả về Sở Nông nghiệp trước ngày 15 tháng 11 năm "
    "2031 để tổng hợp."
)
ITEM = (
    "1. Giao Sở Nông nghiệp chủ trì, phối hợp với các địa phương ven biển rà soát quỹ đất, lập "
    "danh mục loài cây và hướng dẫn kỹ thuật trồng."
)

tesseract = pytest.mark.skipif(
    ocr_engine.model_folder() is None, reason="Tesseract's Vietnamese model is not installed"
)


def paper() -> Paper:
    made = Paper()
    made.letterhead()
    made.heading("KẾ HOẠCH")
    made.heading("Trồng rừng ven biển năm 2031")
    made.y += 10
    made.paragraph(LONG)
    made.paragraph(ITEM)
    made.signature()
    return made


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return picture(paper().bytes())


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pool = ocr_pool.Pool("tests.reading.faulty_engine", workers=2)
    monkeypatch.setattr(ocr_pool, "POOL", pool)
    yield
    pool.close()


def pages(widths: list[int]) -> bytes:
    blot = Image.new("L", (300, 400), 255)
    blot.paste(0, (60, 100, 60 + round(300 * INKED), 104))
    return scan([blot] * len(widths), [(width, 600) for width in widths])


@tesseract
def test_a_scan_reads_as_its_original_does(page: Image.Image) -> None:
    original = reading.read_bytes(paper().bytes(), "a.pdf")
    document = reading.read_bytes(scan([page]), "a.pdf")
    assert similarity(document.text, original.text) > 0.99
    lines, wanted = document.text.split("\n"), original.text.split("\n")
    assert len(lines) == len(wanted)
    assert all(similarity(*pair) > 0.8 for pair in zip(lines, wanted, strict=True))
    assert [p.read_by for p in document.pages] == ["ocr"]
    assert 0.8 < document.pages[0].confidence < 1
    assert set(document.engines) == {"pypdfium2", "tesseract", "opencv"}
    word = next(w for w in document.words if document.text[w.start : w.end] == "12/KH-UBND")
    assert 138 < word.box[0] < word.box[2] < 215 and 85 < word.box[1] < word.box[3] < 110
    assert 0.5 < word.confidence <= 1


@tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_image_files(page: Image.Image, kind: str) -> None:
    out = io.BytesIO()
    if kind == "TIFF":
        black = page.convert("L").point(lambda level: 255 * (level > 140)).convert("1")
        black.save(out, kind, save_all=True, append_images=[page.copy()], dpi=(200, 200))
    else:
        page.save(out, kind, dpi=(200, 200))
    document = reading.read_bytes(out.getvalue(), f"a.{kind.lower()}")
    assert document.media_type == f"image/{kind.lower()}"
    assert len(document.pages) == (2 if kind == "TIFF" else 1)
    assert document.text.split("\n")[1] == "Số: 12/KH-UBND"
    assert similarity(document.text.split("\n")[0], "ỦY BAN NHÂN DÂN TỈNH AN LẠC") > 0.9
    assert document.pages[0].width == pytest.approx(595, abs=2)


@pytest.mark.parametrize("magic", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00"])
def test_broken_pictures(magic: bytes) -> None:
    with pytest.raises(Damaged):
        reading.read_bytes(magic + bytes(99), "a.png")


@tesseract
def test_digital_and_scanned_pages_in_one_file(page: Image.Image) -> None:
    import pikepdf

    out = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(paper().bytes())) as digital,
        pikepdf.open(io.BytesIO(scan([page]))) as scanned,
    ):
        digital.pages.extend(scanned.pages)
        digital.save(out)
    document = reading.read_bytes(out.getvalue(), "a.pdf")
    assert [p.read_by for p in document.pages] == ["text-layer", "ocr"]
    assert document.pages[0].confidence == 1
    assert document.text.count("Trồng rừng ven biển năm 2031") == 2


@tesseract
@pytest.mark.parametrize(("angle", "noted"), [(90, True), (180, True), (3.5, False)])
def test_turned_and_skewed_pages(page: Image.Image, angle: float, noted: bool) -> None:
    turned = page.rotate(angle, expand=angle >= 90, fillcolor="white", resample=BICUBIC)
    size = (turned.width * 0.36, turned.height * 0.36)
    document = reading.read_bytes(scan([turned], [size]), "a.pdf")
    assert "Số: 12/KH-UBND" in document.text.split("\n")
    assert document.pages[0].warnings == (("page-turned",) if noted else ())
    assert (document.pages[0].width or 0) == pytest.approx(size[0], abs=1)
    assert all(0 <= w.box[0] <= size[0] and 0 <= w.box[1] <= size[1] for w in document.words)


@tesseract
def test_a_ruled_table_becomes_cells() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì"],
        ["1", "Rà soát quỹ đất\nven biển", "Sở Nông nghiệp"],
        ["2", "Trồng rừng mới", "Các địa phương"],
    ]
    made = Paper()
    made.paragraph(LONG)
    made.grid(rows, [90, 130, 320, 530])
    made.paragraph(ITEM)
    document = reading.read_bytes(scan([picture(made.bytes())]), "a.pdf")
    (table,) = document.tables
    cells = {(c.row, c.column): document.text[c.start : c.end] for c in table.cells}
    assert len(cells) == 9
    assert cells[0, 1] == "Nhiệm vụ" and cells[2, 2] == "Các địa phương"
    assert cells[1, 1].replace("\n", " ") == "Rà soát quỹ đất ven biển"


@tesseract
def test_a_bad_hidden_layer_is_replaced() -> None:
    look = replace(CLEAN, dpi=200, hidden_text=True)
    document = reading.read_bytes(scanner.scan(paper().bytes(), look), "a.pdf")
    assert document.pages[0].read_by == "ocr"
    assert "text-layer-replaced" in document.pages[0].warnings
    assert "Trồng rừng ven biển năm 2031" in document.text


@pytest.mark.parametrize(("width", "fault"), FAULTS.items())
def test_one_page_is_lost_at_most(
    faulty: None, monkeypatch: pytest.MonkeyPatch, width: int, fault: str
) -> None:
    if fault == "hang":
        monkeypatch.setattr(settings(), "seconds_per_page", 8)
    document = reading.read_bytes(pages([500, 510, width, 520]), "a.pdf")
    said = [(n.code, n.page) for n in document.notices if n.code == "ocr-failed"]
    if fault == "rubbish" and not said:  # it may hit no descriptor that matters
        return
    assert said == [("ocr-failed", 3)]
    assert " ".join(document.text.split()) == " ".join(
        f"Trang rộng {other} được đọc đầy đủ." for other in (500, 510, 520)
    )
    assert document.pages[2].warnings == ("ocr-failed",)


def test_a_file_of_which_nothing_could_be_read(
    faulty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "seconds_per_page", 5)
    by_fault = {fault: width for width, fault in FAULTS.items()}
    for width, error in (
        (by_fault["crash"], ReaderCrashed),
        (by_fault["hang"], ReadTimeout),
        (by_fault["stumble"], Damaged),
        (MISSING, OcrMissing),
    ):
        with pytest.raises(error):
            reading.read_bytes(pages([width]), "a.pdf")


def test_without_the_engine_the_digital_pages_are_read(faulty: None) -> None:
    import pikepdf

    out = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(paper().bytes())) as digital,
        pikepdf.open(io.BytesIO(pages([MISSING]))) as scanned,
    ):
        digital.pages.extend(scanned.pages)
        digital.save(out)
    document = reading.read_bytes(out.getvalue(), "a.pdf")
    assert "Trồng rừng ven biển năm 2031" in document.text
    assert [(n.code, n.page) for n in document.notices] == [("ocr-missing", 2)]


def test_many_files_keep_their_order(faulty: None, tmp_path: Path) -> None:
    paths = []
    for at, data in enumerate(
        (pages([500, 510]), b"Van ban thuong.", b"%PDF-1.7 broken", pages([520, 400]), b"Hai.")
    ):
        paths.append(tmp_path / f"{at}.bin")
        paths[-1].write_bytes(data)
    paths.append(tmp_path / "none.pdf")
    found = list(reading.read_many(paths))
    assert [path for path, _ in found] == paths
    kinds = [type(result).__name__ for _, result in found]
    assert kinds == ["Document", "Document", "Damaged", "Document", "Document", "FileMissing"]
    third = found[3][1]
    assert isinstance(third, Document)
    assert third.text == "Trang rộng 520 được đọc đầy đủ."
    assert all(isinstance(result, Document | KehoachError) for _, result in found)


def test_what_was_not_asked_for_is_given_up(faulty: None, tmp_path: Path) -> None:
    paths = [tmp_path / f"{at}.pdf" for at in range(4)]
    for path in paths:
        path.write_bytes(pages([500]))
    results = reading.read_many(paths)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert reading.read_bytes(pages([530]), "a.pdf").text.startswith("Trang rộng 530")
