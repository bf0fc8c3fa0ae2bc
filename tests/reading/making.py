"""Small documents for the tests, made on the spot; every sentence is our own."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import pikepdf
import pypdfium2 as pdfium
from docx import Document as new_document
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, RIGHT = 85.0, WIDTH - 56.0
SIZE = 11
FONT = "Serif"

_TTF = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSerif.ttf")
pdfmetrics.registerFont(TTFont(FONT, str(_TTF)))


class Paper:
    """A PDF written line by line, as Word would set it; positions from the page's top, points."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=A4, pageCompression=0, invariant=1)
        self.canvas.setFont(FONT, SIZE)
        self.y = 70.0

    def at(self, x: float, y: float, text: str, size: int = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def centred(self, middle: float, y: float, text: str) -> None:
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawCentredString(middle, HEIGHT - y, text)

    def heading(self, text: str) -> None:
        self.centred((LEFT + RIGHT) / 2, self.y, text)
        self.y += 17

    def paragraph(self, text: str, indent: float = 28.0, left: float = LEFT) -> None:
        """Justified, wrapped at the right margin, first line indented."""
        words = text.split()
        first = True
        while words:
            x = left + (indent if first else 0)
            line: list[str] = []
            while words and self._width([*line, words[0]]) <= RIGHT - x:
                line.append(words.pop(0))
            self._justified(x, line, last=not words)
            self.y += 16
            first = False
        self.y += 6

    def _width(self, words: list[str]) -> float:
        return float(pdfmetrics.stringWidth(" ".join(words), FONT, SIZE))

    def _justified(self, x: float, words: list[str], *, last: bool) -> None:
        if last or len(words) == 1:
            self.at(x, self.y, " ".join(words))
            return
        gap = (RIGHT - x - sum(self._width([word]) for word in words)) / (len(words) - 1)
        for word in words:
            self.at(x, self.y, word)
            x += self._width([word]) + gap

    def letterhead(self, number: str = "Số: 12/KH-UBND", date: str = "ngày 03 tháng 02") -> None:
        left, right = 165.0, 410.0
        for at, text in ((60, "ỦY BAN NHÂN DÂN"), (75, "TỈNH AN LẠC"), (102, number)):
            self.centred(left, at, text)
        self.centred(right, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        self.centred(right, 75, "Độc lập - Tự do - Hạnh phúc")
        self.centred(right, 102, f"An Lạc, {date} năm 2031")
        self.canvas.line(140, HEIGHT - 80, 190, HEIGHT - 80)
        self.canvas.line(330, HEIGHT - 80, 490, HEIGHT - 80)
        self.y = 135.0

    def signature(self) -> None:
        top = self.y + 15
        left = ("Nơi nhận:", "- Như Điều 3;", "- Các sở, ngành;", "- Lưu: VT, NN.")
        for step, text in enumerate(left):
            self.at(LEFT, top + 14 * step, text)
        for step, text in (
            (0, "TM. ỦY BAN NHÂN DÂN"),
            (1, "KT. CHỦ TỊCH"),
            (2, "PHÓ CHỦ TỊCH"),
            (6, "Lê Thị Ví Dụ"),
        ):
            self.centred(430, top + 14.5 * step, text)
        self.y = top + 110

    def grid(self, rows: list[list[str]], edges: list[float], height: float = 36.0) -> None:
        top = self.y
        self.canvas.setLineWidth(0.5)
        for number in range(len(rows) + 1):
            y = HEIGHT - top - number * height
            self.canvas.line(edges[0], y, edges[-1], y)
        for x in edges:
            self.canvas.line(x, HEIGHT - top, x, HEIGHT - top - len(rows) * height)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                for step, line in enumerate(text.split("\n")):
                    self.at(edges[column] + 4, top + number * height + 13 + 14 * step, line, 9)
        self.y = top + len(rows) * height + 25

    def page(self, number: int | None = None) -> None:
        self.canvas.showPage()
        self.y = 70.0
        if number is not None:
            self.centred(WIDTH / 2, 40, str(number))

    def bytes(self) -> bytes:
        self.canvas.save()
        return self._buffer.getvalue()


def annotated(data: bytes, kind: str, text: str, box: tuple[float, float, float, float]) -> bytes:
    """Put an annotation with a drawn text on page 1; box from the page's top left.

    ``kind`` is "FreeText", "Stamp" or "Widget" (a signature field).
    """
    x0, top, x1, bottom = box
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        look = pdf.make_stream(f"BT /F 11 Tf 1 2 Td ({text}) Tj ET".encode())
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, x1 - x0, bottom - top])
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Times-Roman"),
        )
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=pikepdf.Array([x0, HEIGHT - bottom, x1, HEIGHT - top]),
            AP=pikepdf.Dictionary(N=look),
            F=4,
        )
        if kind == "Widget":
            note.FT, note.T = pikepdf.Name.Sig, pikepdf.String("Signature1")
            note.V = pikepdf.Dictionary(
                Type=pikepdf.Name.Sig,
                Filter=pikepdf.Name("/Adobe.PPKLite"),
                SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
                Name=pikepdf.String("Le Thi Vi Du"),
                M=pikepdf.String("D:20310203093000+07'00'"),
                Contents=pikepdf.String(b"\0" * 16),
                ByteRange=pikepdf.Array([0, 1, 2, 3]),
            )
        made = pdf.make_indirect(note)
        page.obj.Annots = pikepdf.Array([made])
        if kind == "Widget":
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made]), SigFlags=3)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def word(build) -> bytes:
    """A DOCX made by ``build(document)`` on python-docx's template."""
    document = new_document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(data: bytes, page: int = 0, dpi: int = 200) -> Image.Image:
    """A page of a PDF as a picture."""
    with pdfium.PdfDocument(data) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("RGB")


def scan(pictures: list[Image.Image], sizes: list[tuple[float, float]] | None = None) -> bytes:
    """A PDF whose pages are pictures and nothing else; sizes in points, A4 where not given."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for at, image in enumerate(pictures):
        width, height = sizes[at] if sizes else A4
        canvas.setPageSize((width, height))
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=85)
        packed.seek(0)
        canvas.drawImage(ImageReader(packed), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
