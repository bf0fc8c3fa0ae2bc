"""What is mutated: small documents of our own words in every format that is read.

In: nothing.  Out: bytes per kind of reader.  They are small, so that a mutation hits something that
matters, and so that ten thousand of them take minutes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import matplotlib
import pikepdf
from docx import Document
from docx.document import Document as Word
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_TTF = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSerif.ttf")

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH BẮC NINH
Số: 41/KH-UBND
Bắc Ninh, ngày 05 tháng 3 năm 2031

KẾ HOẠCH
Trồng cây xanh năm 2031

Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2031 của UBND tỉnh;
I. MỤC TIÊU
- Trên 80% xã trồng ít nhất 500 cây; 60 - 70% thôn có vườn ươm.
II. NHIỆM VỤ
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính chọn giống; xong trước ngày 30 tháng 6.
a) UBND các huyện, thị xã, thành phố báo cáo hàng quý;
b) Trong Quý II, Đài PT-TH tỉnh phát ít nhất 02 tin/bài mỗi tháng.
2. Thực hiện Nghị quyết số 9-NQ/TU và Luật Đất đai năm 2024 trong vòng 15 ngày kể từ ngày ký.
III. TỔ CHỨC THỰC HIỆN
| TT | Nhiệm vụ | Chủ trì | Thời gian |
|----|----------|---------|-----------|
| 1 | Trồng cây | Sở Xây dựng | Tháng 8/2031 |
| 2 | Báo cáo | Sở Tài chính | Quý IV |

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""

HTML = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>Kế hoạch</title></head><body>
<table border="0"><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH BẮC NINH<br>Số: 41/KH-UBND</td>
<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>
<i>Bắc Ninh, ngày 05 tháng 3 năm 2031</i></td></tr></table>
<h1>KẾ HOẠCH</h1><p><b>Trồng cây xanh năm 2031</b></p>
<p>Căn cứ <a href="x">Quyết định số 12/QĐ-UBND</a> ngày 05/01/2031;</p>
<h2>I. MỤC TIÊU</h2><ul><li>Trên 80% xã trồng ít nhất 500 cây.</li><li>Quý II xong.</li></ul>
<h2>II. NHIỆM VỤ</h2><ol start="1" type="a"><li>Sở Xây dựng chủ trì, phối hợp với Sở Tài chính;</li>
<li>Báo cáo hàng quý, trước ngày 30 tháng 6.</li></ol><pre>1. Một
2. Hai</pre>
<table border="1"><thead><tr><th>TT</th><th>Nhiệm vụ</th><th colspan="2">Chủ trì</th></tr></thead>
<tr><td rowspan="2">1</td><td>Trồng cây</td><td>Sở Xây dựng</td><td>Tháng 8/2031</td></tr>
<tr><td>Báo cáo</td><td>Sở Tài chính</td><td>Quý IV</td></tr></table>
<script>x</script><p style="display:none">ẩn</p>
<p>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH<br>Trần Văn Mẫu</p>
</body></html>
"""


@cache
def texts() -> tuple[bytes, ...]:
    """Plans as plain text: as it should be, Markdown, flat, and in other encodings."""
    flat = " ".join(PLAN.split())
    return (
        PLAN.encode(),
        PLAN.encode(),
        PLAN.replace("\n", "\r\n").encode(),
        f"# {PLAN}".replace("I. MỤC TIÊU", "## I. MỤC TIÊU").encode(),
        flat.encode(),
        PLAN.encode("utf-16"),
        PLAN.encode("utf-8-sig"),
        # As TCVN3 bytes, the code of fonts before Unicode.
        "KÕ ho¹ch trång c©y n¨m 2031. Së X©y dùng chñ tr×, b¸o c¸o hµng quý.".encode("latin-1"),
    )


@cache
def pages() -> tuple[bytes, ...]:
    """Web pages: in UTF-8, in UTF-16, without a head."""
    body = HTML[HTML.index("<h1>") :]
    return (HTML.encode(), HTML.encode(), HTML.encode("utf-16"), body.encode())


@cache
def pdfs() -> tuple[bytes, ...]:
    """PDFs: text and a ruled table, packed, with stamp and signature field, a scan, locked."""
    plain = _paper()
    return (
        plain,
        _small(),
        _small(),
        _saved(plain, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        _saved(plain, compress_streams=True, recompress_flate=True),
        _saved(_signed(plain), qdf=True),
        _scan(),
        # Opens without a password; later codes take random keys, and seeds are always the same.
        _saved(plain, encryption=pikepdf.Encryption("chu", "", R=3, aes=False, metadata=False)),
    )


@cache
def packages() -> tuple[bytes, ...]:
    """DOCX: with Word's own numbering, tables in tables, tracked changes, text boxes."""
    return (_word(_plain_word), _word(_rich_word))


@cache
def pictures() -> tuple[bytes, ...]:
    """A line of words as PNG, JPEG and TIFF in the modes that scanners and cameras write."""
    made: list[bytes] = []
    page = _picture()
    for mode in ("1", "L", "RGB", "P", "RGBA", "I;16"):
        made.append(_saved_picture(page.convert("L").convert(mode), "PNG", dpi=(100, 100)))
    for mode in ("L", "RGB", "CMYK"):
        made.append(_saved_picture(page.convert(mode), "JPEG", quality=60, dpi=(100, 100)))
    exif = Image.Exif()
    exif[0x0112] = 6
    made.append(_saved_picture(page, "JPEG", exif=exif))
    for mode, packed in (("1", "group4"), ("L", "tiff_lzw"), ("RGB", "tiff_deflate"), ("L", None)):
        made.append(_saved_picture(page.convert(mode), "TIFF", compression=packed, dpi=(100, 100)))
    first, second = page.convert("L"), page.convert("L").rotate(90, expand=True)
    made.append(_saved_picture(first, "TIFF", save_all=True, append_images=[second]))
    made.append(_saved_picture(first, "PNG", save_all=True, append_images=[first.copy()]))
    return tuple(made)


def _picture() -> Image.Image:
    image = Image.new("RGB", (360, 120), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(_TTF), 18)
    draw.text((15, 15), "KẾ HOẠCH", font=font, fill="black")
    draw.text((15, 50), "Sở Xây dựng báo cáo trước", font=font, fill="black")
    draw.text((15, 80), "ngày 30 tháng 6 năm 2031.", font=font, fill="black")
    return image


def _saved_picture(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _canvas(out: io.BytesIO) -> Canvas:
    if "Seed" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Seed", str(_TTF)))
    canvas = Canvas(out, pagesize=A5, pageCompression=0, invariant=1)
    canvas.setFont("Seed", 8)
    return canvas


def _paper() -> bytes:
    """Two pages of text, the second with a ruled table."""
    out = io.BytesIO()
    canvas = _canvas(out)
    y = A5[1] - 30
    for line in PLAN.splitlines():
        if line.startswith("|"):
            continue
        canvas.drawString(30, y, line)
        y -= 12
    canvas.showPage()
    canvas.setFont("Seed", 8)
    canvas.drawString(30, A5[1] - 30, "PHỤ LỤC")
    edges, top = (30, 60, 180, 280, 380), A5[1] - 60
    rows = [line.strip("| ").split(" | ") for line in PLAN.splitlines() if line.startswith("| ")]
    for number in range(len(rows) + 1):
        canvas.line(edges[0], top - 20 * number, edges[-1], top - 20 * number)
    for edge in edges:
        canvas.line(edge, top, edge, top - 20 * len(rows))
    for number, row in enumerate(rows):
        for edge, cell in zip(edges, row, strict=False):
            canvas.drawString(edge + 3, top - 20 * number - 14, cell)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _small() -> bytes:
    """One page, one built-in font: nothing in it but structure."""
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setFont("Helvetica", 9)
    for step, line in enumerate(("KE HOACH", "So: 41/KH-UBND", "I. MUC TIEU", "1. So Xay dung.")):
        canvas.drawString(30, A5[1] - 30 - 12 * step, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _scan() -> bytes:
    out = io.BytesIO()
    canvas = _canvas(out)
    canvas.setPageSize((260, 90))
    canvas.drawImage(ImageReader(_picture()), 0, 0, 260, 90)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _signed(data: bytes) -> bytes:
    """With a stamp that draws text, and a signature field."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        look = pdf.make_stream(b"BT /F 11 Tf 1 2 Td (So 77) Tj ET")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 80, 20])
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica")
        )
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        notes = []
        for kind in ("Stamp", "Widget"):
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name(f"/{kind}"),
                Rect=pikepdf.Array([50, 500, 130, 520]),
                AP=pikepdf.Dictionary(N=look),
                F=4,
            )
            if kind == "Widget":
                note.FT, note.T = pikepdf.Name.Sig, pikepdf.String("Signature1")
                note.V = pikepdf.Dictionary(
                    Type=pikepdf.Name.Sig,
                    Filter=pikepdf.Name("/Adobe.PPKLite"),
                    SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
                    Name=pikepdf.String("Tran Van Mau"),
                    M=pikepdf.String("D:20310305093000+07'00'"),
                    Contents=pikepdf.String(b"\x30\x82\x00\x10" + bytes(16)),
                    ByteRange=pikepdf.Array([0, 1, 2, 3]),
                )
            notes.append(pdf.make_indirect(note))
        pdf.pages[0].obj.Annots = pikepdf.Array(notes)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(notes[1:]), SigFlags=3)
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def _saved(data: bytes, **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, static_id=True, **options)
    return out.getvalue()


def _word(build: Callable[[Word], None]) -> bytes:
    document = Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as package:
        return packed({name: package.read(name) for name in package.namelist()})


def packed(members: dict[str, bytes]) -> bytes:
    """A package of these members, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _plain_word(document: Word) -> None:
    for line in PLAN.splitlines():
        if not line.startswith("|"):
            document.add_paragraph(line)


def _rich_word(document: Word) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    head = document.add_table(1, 2)
    head.cell(0, 0).text, head.cell(0, 1).text = PLAN[:46], "Bắc Ninh, ngày 05 tháng 3 năm 2031"
    document.add_heading("KẾ HOẠCH", 0)
    for style in ("List Number", "List Number 2", "List Bullet", "List Number"):
        document.add_paragraph("Sở Xây dựng chủ trì, xong trước ngày 30 tháng 6.", style=style)
    table = document.add_table(3, 4, style="Table Grid")
    for at, words in enumerate(("TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "1", "Trồng cây")):
        table.cell(at // 4, at % 4).text = words
    table.cell(1, 2).merge(table.cell(2, 3)).text = "Sở Tài chính"
    table.cell(2, 0).add_table(1, 2).cell(0, 0).text = "trong"
    changed = document.add_paragraph("Báo cáo ")
    for xml in (
        '<w:ins {0} w:id="1" w:author="a"><w:r><w:t>hàng quý</w:t></w:r></w:ins>',
        '<w:del {0} w:id="2" w:author="a"><w:r><w:delText>hàng năm</w:delText></w:r></w:del>',
        '<w:r {0}><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>c©y</w:t></w:r>',
        '<w:r {0}><w:sym w:font="Wingdings" w:char="F0B7"/><w:tab/><w:br w:type="page"/></w:r>',
        "<w:sdt {0}><w:sdtContent><w:r><w:t>trong khung</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r {0}><w:pict><w:txbxContent><w:p><w:r><w:t>Hộp chữ</w:t></w:r></w:p></w:txbxContent>"
        "</w:pict></w:r>",
    ):
        changed._p.append(parse_xml(xml.format(nsdecls("w"))))
