"""DOCX: numbering, tracked changes, text boxes, tables, refusals."""

from __future__ import annotations

import copy
import io
import re
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.errors import Damaged, Encrypted, TooLarge
from pipeline.reading import docx, flow
from pipeline.reading.document import Document
from pipeline.reading.docx_numbering import spell
from pipeline.settings import settings
from tests.reading.making import word

W = nsdecls("w")


def read(data: bytes) -> Document:
    return flow.build(docx.read(data), name="a.docx", sha256="", media_type="", size=len(data))


def lines(build) -> list[str]:
    return read(word(build)).text.split("\n")


def level(at: int, kind: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


PLAN = (
    level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "\uf02d")
    + level(4, "decimal", "%1.%5.", "<w:isLgl/>")
)


def numbering(document, levels: str = PLAN, number: int = 77, override: str = "") -> None:
    root = document.part.numbering_part.element
    if not root.xpath('w:abstractNum[@w:abstractNumId="77"]'):
        abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>')
        root.insert(0, abstract)
    root.append(
        parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="77"/>{override}</w:num>')
    )


def item(document, text: str, at: int, number: int = 77) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_levels_count_and_restart_as_in_word() -> None:
    def build(document) -> None:
        numbering(document)
        for text, at in (
            ("Mục đích", 0), ("Chung", 1), ("Riêng", 1), ("điểm", 2), ("điểm", 2), ("ý", 3),
            ("Nhiệm vụ", 0), ("Chung", 1), ("điểm", 2), ("thập phân", 4),
        ):  # fmt: skip
            item(document, text, at)

    assert lines(build) == [
        "I. Mục đích", "1. Chung", "2. Riêng", "a) điểm", "b) điểm", "- ý",
        "II. Nhiệm vụ", "1. Chung", "a) điểm", "2.1. thập phân",
    ]  # fmt: skip


def test_second_list_goes_on_unless_it_overrides_the_start() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'

    def build(document) -> None:
        numbering(document)
        numbering(document, number=78)
        numbering(document, number=79, override=override)
        for number in (77, 78, 79, 79):
            item(document, "Mục", 0, number)

    assert lines(build) == ["I. Mục", "II. Mục", "I. Mục", "II. Mục"]


def test_number_from_the_paragraph_style() -> None:
    def build(document) -> None:
        numbering(document)
        style = document.styles["Heading 1"].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))
        document.add_paragraph("Mục đích", style="Heading 1")
        document.add_paragraph("Không số")
        document.add_paragraph("Yêu cầu", style="Heading 1")

    assert lines(build) == ["I. Mục đích", "Không số", "II. Yêu cầu"]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "upperRoman", "XIV"),
        (9, "lowerRoman", "ix"),
        (5, "lowerLetter", "e"),
        (28, "upperLetter", "BB"),
        (0, "lowerLetter", "0"),
        (3, "ideographDigital", "3"),
    ],
)
def test_spelling_of_counters(value: int, kind: str, text: str) -> None:
    assert spell(value, kind) == text


def test_tracked_changes() -> None:
    def build(document) -> None:
        paragraph = document.add_paragraph("Hoàn thành trước ")
        for tag, inner in (("del", "delText"), ("ins", "t"), ("moveFrom", "t")):
            text = {"del": "tháng 5", "ins": "tháng 6", "moveFrom": "xa"}[tag]
            paragraph._p.append(
                parse_xml(f"<w:{tag} {W}><w:r><w:{inner}>{text}</w:{inner}></w:r></w:{tag}>")
            )

    assert lines(build) == ["Hoàn thành trước tháng 6"]


def test_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Số: 12/KH-UBND</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def build(document) -> None:
        document.add_paragraph("Trước")._p.append(parse_xml(xml))
        document.add_paragraph("Sau")

    assert lines(build) == ["Trước", "Số: 12/KH-UBND", "Sau"]


def test_breaks_tabs_and_hidden_text() -> None:
    def build(document) -> None:
        run = document.add_paragraph().add_run("Số:\t12")
        run.add_break()
        run.add_text("Ngày 3")
        document.add_paragraph().add_run("ẩn").font.hidden = True

    assert lines(build) == ["Số: 12", "Ngày 3"]


def test_letterhead_table_is_read_by_column() -> None:
    def build(document) -> None:
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).text = "UBND TỈNH AN LẠC\nSỞ NỘI VỤ"
        table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        table.cell(1, 0).text = "Số: 12/KH-SNV"
        table.cell(1, 1).text = "An Lạc, ngày 03 tháng 02 năm 2031"

    assert lines(build) == [
        "UBND TỈNH AN LẠC",
        "SỞ NỘI VỤ",
        "Số: 12/KH-SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "An Lạc, ngày 03 tháng 02 năm 2031",
    ]


def test_data_table_keeps_cells_and_merged_ones_once() -> None:
    def build(document) -> None:
        document.add_paragraph("Phụ lục")
        table = document.add_table(rows=3, cols=3, style="Table Grid")
        for row, texts in enumerate(
            (("TT", "Việc", "Hạn"), ("1", "Trồng", "Quý II"), ("", "", ""))
        ):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(2, 1).merge(table.cell(2, 2)).text = "Chung"

    document = read(word(build))
    (table,) = document.tables
    found = {(c.row, c.column): document.text[c.start : c.end] for c in table.cells}
    assert found == {
        (0, 0): "TT", (0, 1): "Việc", (0, 2): "Hạn",
        (1, 0): "1", (1, 1): "Trồng", (1, 2): "Quý II", (2, 1): "Chung",
    }  # fmt: skip


def test_empty_cells_are_there() -> None:
    def build(document) -> None:
        table = document.add_table(rows=2, cols=3, style="Table Grid")
        table.cell(0, 1).text = "Việc"
        document.add_paragraph("Sau bảng")

    document = read(word(build))
    assert len(document.tables[0].cells) == 6
    assert all(cell.end <= document.text.index("Sau") for cell in document.tables[0].cells)


def test_headers_and_footers_are_not_the_plan() -> None:
    def build(document) -> None:
        document.sections[0].footer.paragraphs[0].text = "7"
        document.sections[0].header.paragraphs[0].text = "Trang"
        document.add_paragraph("Nội dung")

    assert lines(build) == ["Nội dung"]


def test_legacy_fonts_by_run() -> None:
    def build(document) -> None:
        paragraph = document.add_paragraph()
        for text, font in (
            ("ñy ban nh©n d©n ", ".VnTimeH"),
            ("tØnh", ".VnTime"),
            (" Mẫu", "Arial"),
        ):
            paragraph.add_run(text).font.name = font

    document = read(word(build))
    assert document.text == "ỦY BAN NHÂN DÂN tỉnh Mẫu"
    assert [notice.code for notice in document.notices] == ["legacy-encoding"]


def simple() -> bytes:
    return word(lambda document: document.add_paragraph("Kế hoạch"))


def repacked(change, data: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or simple())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(copy.copy(info), change(info.filename, old.read(info.filename)))
    return out.getvalue()


def test_broken_packages_are_damaged() -> None:
    data = simple()
    for broken in (
        data[: len(data) // 2],
        repacked(lambda name, body: body[:-20] if name == "word/document.xml" else body),
    ):
        with pytest.raises(Damaged):
            docx.read(broken)


def test_zip_bombs_are_refused_before_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(lambda name, body: b" " * 60_000_000 if name == "word/styles.xml" else body)
    with pytest.raises(TooLarge, match="KEHOACH_MAX_UNZIP_RATIO"):
        docx.read(bomb)
    monkeypatch.setattr(settings(), "max_unzip_ratio", 100_000)
    monkeypatch.setattr(settings(), "max_unzipped_bytes", 20_000_000)
    with pytest.raises(TooLarge, match="KEHOACH_MAX_UNZIPPED_BYTES"):
        docx.read(bomb)
    monkeypatch.setattr(settings(), "max_zip_members", 3)
    with pytest.raises(TooLarge, match="KEHOACH_MAX_ZIP_MEMBERS"):
        docx.read(bomb)


def test_entities_are_not_expanded() -> None:
    def change(name: str, body: bytes) -> bytes:
        if name != "word/document.xml":
            return body
        head = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        start = body.index(b"<w:document")
        return body[:start] + head + body[start:].replace("Kế hoạch".encode(), b"&a;")

    assert read(repacked(change)).text == ""


def test_encrypted_members() -> None:
    data = bytearray(simple())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(Encrypted):
        docx.read(bytes(data))


@pytest.mark.parametrize("number", ["x", "", "-5", "1.5", "9" * 5000, "2147483647", "99999999999"])
def test_numbers_that_word_does_not_write_cost_no_document(number: str) -> None:
    """In every place where a number is read."""

    def build(document) -> None:
        document.add_paragraph("Trồng cây.", style="List Number")
        table = document.add_table(2, 3, style="Table Grid")
        for at in range(6):
            table.cell(at // 3, at % 3).text = f"ô {at}"
        table.cell(0, 0).merge(table.cell(0, 1))

    def change(name: str, body: bytes) -> bytes:
        for element in (b"gridSpan", b"ilvl", b"start", b"numId", b"abstractNumId"):
            pattern = rb"<w:" + element + rb' w:val="\d+"/>'
            body = re.sub(pattern, b"<w:" + element + b' w:val="' + number.encode() + b'"/>', body)
        return body

    assert "Trồng cây." in read(repacked(change, word(build))).text


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (2**31 - 1, "upperLetter", "2147483647"),
        (780, "lowerLetter", "z" * 30),
        (781, "lowerLetter", "781"),
        (2**31 - 1, "upperRoman", "2147483647"),
        (-3, "lowerLetter", "-3"),
    ],
)
def test_markers_stay_short(value: int, kind: str, expected: str) -> None:
    assert spell(value, kind) == expected
