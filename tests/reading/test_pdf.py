"""PDF: reading order, paragraphs, annotations, tables, signatures, refusals."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.errors import Damaged, Encrypted, TooLarge
from pipeline.reading import flow, pdf, pdf_layout
from pipeline.reading.document import Document
from pipeline.reading.pages import Draft
from pipeline.reading.pdf_signatures import iso_time
from pipeline.reading.pdf_words import PageWord
from pipeline.settings import settings
from tests.reading.making import HEIGHT, LEFT, RIGHT, WIDTH, Paper, annotated

LONG = (
    "Các sở, ban, ngành và địa phương phối hợp trồng mới tám mươi héc ta rừng phòng hộ ven biển, "
    "chăm sóc diện tích đã trồng và báo cáo kết quả về Sở Nông nghiệp trước ngày 15 tháng 11 năm "
    "2031 để tổng hợp."
)
ITEM = (
    "1. Giao Sở Nông nghiệp chủ trì, phối hợp với các địa phương ven biển rà soát quỹ đất, lập "
    "danh mục loài cây và hướng dẫn kỹ thuật trồng."
)


def read(data: bytes) -> Document:
    """The text layer alone: pages that wait for OCR stay as they are."""
    raw = pdf.read(data)
    if isinstance(raw, Draft):
        raw = raw.finish()
    return flow.build(raw, name="a.pdf", sha256="", media_type="application/pdf", size=len(data))


def plan(**letterhead: str) -> Paper:
    paper = Paper()
    paper.letterhead(**letterhead)
    paper.heading("KẾ HOẠCH")
    paper.heading("Trồng rừng ven biển năm 2031")
    paper.y += 10
    paper.paragraph(LONG)
    paper.paragraph(ITEM)
    paper.signature()
    return paper


def test_columns_and_paragraphs() -> None:
    assert read(plan().bytes()).text.split("\n") == [
        "ỦY BAN NHÂN DÂN TỈNH AN LẠC",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Lạc, ngày 03 tháng 02 năm 2031",
        "KẾ HOẠCH",
        "Trồng rừng ven biển năm 2031",
        LONG,
        ITEM,
        "Nơi nhận:",
        "- Như Điều 3;",
        "- Các sở, ngành;",
        "- Lưu: VT, NN.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lê Thị Ví Dụ",
    ]


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "Widget"])
def test_text_of_annotations_stands_at_its_place(kind: str) -> None:
    blank = plan(number="Số:           /KH-UBND").bytes()
    assert "Số: /KH-UBND" in read(blank).text
    document = read(annotated(blank, kind, "3954", (136, 90, 168, 106)))
    assert "Số: 3954/KH-UBND" in document.text.split("\n")
    word = next(word for word in document.words if document.text[word.start : word.end] == "3954")
    assert word.box[0] == pytest.approx(137, abs=2) and 88 < word.box[1] < 106


def test_flattening_leaves_the_bytes_alone() -> None:
    data = annotated(plan().bytes(), "Stamp", "3954", (140, 90, 172, 106))
    before = bytes(data)
    read(data)
    assert data == before


def test_signature_field() -> None:
    document = read(annotated(plan().bytes(), "Widget", "x", (140, 90, 172, 106)))
    assert document.signature_signer == "Le Thi Vi Du"
    assert document.signature_time == "2031-02-03T09:30:00+07:00"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"D:20310203093000+07'00'\0", "2031-02-03T09:30:00+07:00"),
        (b"D:20310203093000Z", "2031-02-03T09:30:00+00:00"),
        (b"D:20310203", "2031-02-03"),
        (b"D:2031", "2031"),
        (b"D:203102030930", "2031-02-03T09:30"),
        (b"D:203102", "2031-02"),
        (b"D:2031023009", None),
        (b"D:203113", None),
        (b"D:20310203259900", None),
        (b"03/02/2031", None),
        (b"", None),
    ],
)
def test_pdf_dates(raw: bytes, expected: str | None) -> None:
    assert iso_time(raw) == expected


@pytest.mark.parametrize("code", [r"\899", r"\9", r"\400", "\\"])
def test_a_name_with_a_code_that_is_none_costs_no_document(code: str) -> None:
    data = annotated(plan().bytes(), "Widget", "x", (140, 90, 172, 106))
    assert b"(Le Thi Vi Du)" in data
    document = read(data.replace(b"(Le Thi Vi Du)", f"({code:13})".encode()))
    assert document.signature_time == "2031-02-03T09:30:00+07:00"


def test_paragraph_goes_on_over_a_page_break_and_page_numbers_vanish() -> None:
    paper = Paper()
    words = LONG.split()
    cut = next(n for n in range(len(words)) if paper._width(words[:n]) > RIGHT - LEFT) - 1
    paper.paragraph(ITEM)
    paper._justified(LEFT, words[:cut], last=False)
    paper.page(2)
    paper.paragraph(" ".join(words[cut:]), indent=0)
    paper.paragraph(ITEM)
    paper.page(3)
    paper.paragraph(ITEM)
    document = read(paper.bytes())
    assert document.text.split("\n") == [ITEM, LONG, ITEM, ITEM]
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.page_at(document.text.index("2031")) == 2


def test_words_have_boxes_in_points_from_the_top_left() -> None:
    paper = Paper()
    paper.at(100, 200, "Kế hoạch")
    document = read(paper.bytes())
    (box,) = document.boxes(0, len(document.text))
    assert box[0] == pytest.approx(100, abs=1)
    assert box[1] < 200 < box[3] + 1 and box[3] - box[1] < 20


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages_have_boxes_inside_the_page(turn: int) -> None:
    with pikepdf.open(io.BytesIO(plan().bytes())) as file:
        file.pages[0].Rotate = turn
        out = io.BytesIO()
        file.save(out)
    document = read(out.getvalue())
    page = document.pages[0]
    assert page.width is not None and page.height is not None
    if turn != 180:
        assert page.width > page.height
    for word in document.words:
        x0, top, x1, bottom = word.box
        assert -1 <= x0 < x1 <= page.width + 1 and -1 <= top < bottom <= page.height + 1


ROWS = [
    ["TT", "Nhiệm vụ", "Thời gian"],
    ["1", "Trồng rừng phòng hộ\nven biển", "Quý II"],
    ["2", "Kiểm tra", ""],
]
EDGES = [LEFT, 120.0, 330.0, RIGHT]


def cells(document: Document, table: int = 0) -> dict[tuple[int, int], str]:
    return {
        (cell.row, cell.column): document.text[cell.start : cell.end]
        for cell in document.tables[table].cells
    }


def test_ruled_table_becomes_cells() -> None:
    paper = Paper()
    paper.paragraph(LONG)
    paper.grid(ROWS, EDGES)
    paper.paragraph(ITEM)
    document = read(paper.bytes())
    assert cells(document) == {
        (0, 0): "TT",
        (0, 1): "Nhiệm vụ",
        (0, 2): "Thời gian",
        (1, 0): "1",
        (1, 1): "Trồng rừng phòng hộ ven biển",
        (1, 2): "Quý II",
        (2, 0): "2",
        (2, 1): "Kiểm tra",
        (2, 2): "",
    }
    assert document.text.startswith(LONG + "\nTT") and document.text.endswith("\n" + ITEM)
    assert "pdfplumber" in document.engines


def test_table_goes_on_over_the_page_break() -> None:
    paper = Paper()
    paper.grid(ROWS, EDGES)
    paper.page(2)
    paper.grid([["3", "Tổng kết", "Quý IV"]], EDGES)
    paper.paragraph(ITEM)
    paper.grid([["Khác", "Bảng"], ["1", "2"]], [LEFT, 200.0, RIGHT])
    document = read(paper.bytes())
    assert len(document.tables) == 2
    assert cells(document)[3, 1] == "Tổng kết"
    assert cells(document, 1)[0, 0] == "Khác"


def test_rules_under_headings_are_no_table() -> None:
    document = read(plan().bytes())
    assert not document.tables and "pdfplumber" not in document.engines


def test_legacy_font_text_is_converted() -> None:
    paper = Paper()
    paper.canvas.setFont("Times-Roman", 12)
    paper.canvas.drawString(LEFT, HEIGHT - 80, "Céng hßa x· héi chñ nghÜa ViÖt Nam")
    document = read(paper.bytes())
    assert document.text == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert [notice.code for notice in document.notices] == ["legacy-encoding"]


def test_pages_without_text_are_named() -> None:
    paper = plan()
    paper.page()
    paper.canvas.showPage()
    document = read(paper.bytes())
    assert [(n.code, n.page) for n in document.notices] == [("page-without-text", 2)]
    assert document.pages[1].warnings == ("page-without-text",)


def test_english_text_layer_is_doubted() -> None:
    paper = Paper()
    paper.paragraph("Chi thj cua chu tjch tinh ve vlec tang cu6ng quan IY rirng " * 5)
    assert "doubtful-text-layer" in [notice.code for notice in read(paper.bytes()).notices]


def drawing() -> bytes:
    paper = Paper()
    paper.canvas.rect(100, 100, 50, 50, fill=1)
    return paper.bytes()


def test_a_scan_with_only_a_signature_stamp_waits_for_ocr() -> None:
    for data in (drawing(), annotated(drawing(), "Widget", "Signed by X", (140, 90, 272, 106))):
        draft = pdf.read(data)
        assert isinstance(draft, Draft)
        assert [wanted.index for wanted in draft.wanted] == [0]


def locked(user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plan().bytes())) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))
    return out.getvalue()


def test_encryption() -> None:
    assert "Số: 12/KH-UBND" in read(locked("")).text
    with pytest.raises(Encrypted):
        pdf.read(locked("secret"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_files_are_damaged(share: float) -> None:
    data = plan().bytes()
    with pytest.raises(Damaged):
        pdf.read(data[: int(len(data) * share)])


def test_incremental_update_that_broke_off_is_damaged() -> None:
    with pytest.raises(Damaged):
        pdf.read(plan().bytes() + b"\n9 0 obj\n<< /Type /Sig ")


def test_too_many_pages_are_refused_at_once() -> None:
    with pikepdf.new() as file:
        file.add_blank_page()
        first = file.pages[0]
        for _ in range(settings().max_pages):
            file.pages.append(first)
        out = io.BytesIO()
        file.save(out)
    with pytest.raises(TooLarge, match="KEHOACH_MAX_PAGES"):
        pdf.read(out.getvalue())


def test_body_gap_is_a_blank_not_a_column() -> None:
    paper = Paper()
    paper.at(LEFT, 100, "Kinh phí dự kiến:")
    paper.at(350, 100, "12 tỷ đồng")
    paper.at(LEFT, 120, "Nguồn vốn:")
    paper.at(350, 120, "ngân sách tỉnh")
    assert read(paper.bytes()).text.split("\n") == [
        "Kinh phí dự kiến: 12 tỷ đồng",
        "Nguồn vốn: ngân sách tỉnh",
    ]


def test_sizes_are_in_points() -> None:
    page = read(plan().bytes()).pages[0]
    assert (page.width, page.height) == (
        pytest.approx(WIDTH, abs=0.1),
        pytest.approx(HEIGHT, abs=0.1),
    )


def columns(left: list[tuple[float, str]], right: list[tuple[float, str]]) -> Paper:
    paper = Paper()
    for middle, column in ((165, left), (415, right)):
        for y, text in column:
            paper.centred(middle, y, text)
    return paper


def test_letterhead_of_a_department_with_uneven_rows() -> None:
    paper = columns(
        [
            (60, "UBND TỈNH AN LẠC"),
            (75, "SỞ NÔNG NGHIỆP"),
            (103, "Số: 345/SNN-LN"),
            (120, "V/v trồng cây chắn sóng"),
            (134, "năm 2031"),
        ],
        [
            (58, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (74, "Độc lập - Tự do - Hạnh phúc"),
            (104, "An Lạc, ngày 3 tháng 2 năm 2031"),
        ],
    )
    paper.y = 170
    paper.paragraph(LONG)
    assert read(paper.bytes()).text.split("\n") == [
        "UBND TỈNH AN LẠC",
        "SỞ NÔNG NGHIỆP",
        "Số: 345/SNN-LN",
        "V/v trồng cây chắn sóng năm 2031",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Lạc, ngày 3 tháng 2 năm 2031",
        LONG,
    ]


def test_letterhead_of_the_party_and_a_short_heading_below_the_title() -> None:
    paper = columns(
        [(60, "TỈNH ỦY AN LẠC"), (75, "*"), (100, "Số 12-KH/TU")],
        [(60, "ĐẢNG CỘNG SẢN VIỆT NAM"), (100, "An Lạc, ngày 3 tháng 2 năm 2031")],
    )
    paper.y = 130
    paper.heading("KẾ HOẠCH")
    paper.heading("năm 2031")
    paper.at(LEFT + 28, 170, "I. MỤC ĐÍCH")
    assert read(paper.bytes()).text.split("\n") == [
        "TỈNH ỦY AN LẠC",
        "*",
        "Số 12-KH/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "An Lạc, ngày 3 tháng 2 năm 2031",
        "KẾ HOẠCH",
        "năm 2031",
        "I. MỤC ĐÍCH",
    ]


def test_recipients_longer_than_the_signer_column() -> None:
    paper = Paper()
    paper.paragraph(LONG)
    top = paper.y + 20
    left = ["Nơi nhận:", "- Như trên;", "- Các sở, ban, ngành, đoàn thể", "tỉnh;"]
    left += ["- UBND các xã, phường;", "- Đài, Báo tỉnh;", "- Cổng TTĐT;", "- Lưu: VT."]
    for step, text in enumerate(left):
        paper.at(LEFT, top + 14 * step, text, 10)
    for step, text in ((-0.4, "TM. ỦY BAN NHÂN DÂN"), (0.7, "CHỦ TỊCH"), (5, "Lê Thị Ví Dụ")):
        paper.centred(430, top + 14 * step, text)
    assert read(paper.bytes()).text.split("\n")[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Các sở, ban, ngành, đoàn thể tỉnh;",
        "- UBND các xã, phường;",
        "- Đài, Báo tỉnh;",
        "- Cổng TTĐT;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lê Thị Ví Dụ",
    ]


def test_title_lines_of_an_annex() -> None:
    paper = Paper()
    paper.heading("PHỤ LỤC I")
    paper.heading("DANH MỤC NHIỆM VỤ TRỒNG RỪNG")
    paper.heading("GIAI ĐOẠN 2031 - 2035")
    paper.paragraph(LONG)
    assert read(paper.bytes()).text.split("\n") == [
        "PHỤ LỤC I",
        "DANH MỤC NHIỆM VỤ TRỒNG RỪNG GIAI ĐOẠN 2031 - 2035",
        LONG,
    ]


def test_a_tall_box_does_not_lift_a_word_into_the_row_above() -> None:
    left = [  # text, top, bottom, x0, x1: a list set tightly
        ("-", 362, 372, 85, 90), ("Thường", 362, 372, 92, 130), ("trực", 362, 372, 133, 155),
        ("-", 376, 386, 85, 90), ("Ủy", 373, 386, 92, 105), ("ban", 376, 386, 109, 128),
    ]  # fmt: skip
    right = [("CHỦ", 366, 380, 380, 410), ("TỊCH", 366, 380, 414, 450)]
    words = [PageWord(t, x0, top, x1, bottom) for t, top, bottom, x0, x1 in [*left, *right]]
    text = [" ".join(word.text for word in row.words) for row in pdf_layout.rows(words)]
    assert [line.removesuffix(" CHỦ TỊCH") for line in text if not line.startswith("CHỦ")] == [
        "- Thường trực", "- Ủy ban",
    ]  # fmt: skip


def test_running_heads_are_no_text() -> None:
    paper = Paper()
    words = LONG.split(" ")
    for page in range(3):
        paper.at(LEFT, 40, f"{page + 5} CÔNG BÁO/Số 9/Ngày 3-2-2031")
        paper.y = 80
        paper.paragraph(LONG)
        paper.page()
    text = read(paper.bytes()).text
    assert "CÔNG BÁO" not in text and len(words) * 3 == len(text.split())
