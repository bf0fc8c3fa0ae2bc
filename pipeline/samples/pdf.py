"""Sample plan → digital PDF in the decree's page: A4, margins 20/20/30/18 mm.

In: a ``SamplePlan``, fonts.  Out: the file's bytes, the same every time.  Letterhead and signature
stand side by side at one height; page numbers are centred on top from page 2.  Offices often issue
a PDF whose number and date were typed in afterwards as annotations over the blanks: ``issued_as``
makes such files, which a reader of the page's text alone takes for drafts.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Words
from reportlab.platypus import Table as Grid

from pipeline.samples import fonts as faces
from pipeline.samples import text
from pipeline.samples.markup import plain
from pipeline.samples.parts import (
    Block,
    Letterhead,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pipeline.samples.sample import SamplePlan

IssuedAs = Literal["text", "freetext", "stamp", "widget"]
_WIDTH = A4[0] - 48 * mm


def render(
    plan: SamplePlan, *, fonts: faces.Fonts | None = None, issued_as: IssuedAs = "text"
) -> bytes:
    """The plan as a PDF with a text layer.

    Args:
        plan: what to write.
        fonts: faces to embed; DejaVu Serif by default.
        issued_as: "text" prints number and date; the others leave them blank on the page and lay
            them over it as a FreeText annotation, a stamp, or a signature field's appearance.

    Raises:
        MissingGlyphs: a face lacks a character of the plan.
        NoFont: no font given and none found.
    """
    return render_blocks(plan.blocks, plan.stem, fonts=fonts, issued_as=issued_as)


def render_blocks(
    blocks: Sequence[Block], title: str = "", *, fonts: faces.Fonts | None = None,
    issued_as: IssuedAs = "text",
) -> bytes:  # fmt: skip
    """The blocks of any document as a PDF; ``title`` goes into its properties, else ``render``."""
    chosen = fonts or faces.default()
    faces.check(chosen, "".join(row.text for row in text.rows_of(blocks)) + "0123456789")
    return _Writer(blocks, title, _register(chosen), issued_as).write()


def _register(fonts: faces.Fonts) -> tuple[str, str, str, str]:
    """Register the slimmed faces with reportlab under names made from the files' content."""
    names = []
    for path in fonts.files():
        slim = faces.slim(path)
        name = f"{path.stem}-{hashlib.sha256(slim).hexdigest()[:8]}"
        if name not in pdfmetrics.getRegisteredFontNames():
            font = TTFont(name, io.BytesIO(slim))
            # Of two faces of one PostScript name reportlab keeps the first, and another program's
            # may be the whole one: ours goes in under its own.
            printed, font.face.name = font.face.name, name.encode()
            pdfmetrics.registerFont(font)
            font.face.name = printed
        names.append(name)
    return names[0], names[1], names[2], names[3]


class _Issued(Flowable):  # type: ignore[misc]
    """A centred line of the letterhead: "Số: 36/KH-UBND" or the date.

    With ``as_annotation`` its figures are blanks in the page and annotations over them.  A line of
    our own rather than a paragraph, because a paragraph would fold the blanks to one space.
    """

    def __init__(self, line: str, font: str, size: float, issued_as: IssuedAs) -> None:
        super().__init__()
        self.line, self.font, self.size, self.issued_as = line, font, size, issued_as

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Takes the cell's whole width."""
        self.width, self.height = width, self.size * 1.4
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line; where asked, lift its figures off the page."""
        line = self.line
        lifted: list[tuple[str, int]] = []
        if self.issued_as != "text":
            line, lifted = _lift(line)
        x = (self.width - pdfmetrics.stringWidth(line, self.font, self.size)) / 2
        self.canv.setFont(self.font, self.size)
        self.canv.drawString(x, self.size * 0.4, line)
        for figure, at in lifted:
            left = x + pdfmetrics.stringWidth(line[:at], self.font, self.size)
            style = (self.font, self.size)
            _annotate(self.canv, self.issued_as, figure, left, self.size * 0.4, *style)


class _Rule(Flowable):  # type: ignore[misc]
    """The short centred line under the issuer, the motto and the title."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Takes the whole width, draws a share of it."""
        self.width = width
        return width, 6

    def draw(self) -> None:
        """Draw the line."""
        margin = self.width * (1 - self.share) / 2
        self.canv.setLineWidth(0.7)
        self.canv.line(margin, 4, self.width - margin, 4)


def _lift(line: str) -> tuple[str, list[tuple[str, int]]]:
    """Blank out the number, or day and month; (blanked line, [(figures, where)])."""
    pattern = r"(?<=Số: )\d+" if line.startswith("Số") else r"(?<=ngày )\d+|(?<=tháng )\d+"
    out, lifted, at = "", [], 0
    for match in re.finditer(pattern, line):
        out += line[at : match.start()]
        lifted.append((match.group(), len(out)))
        out += " " * (2 * len(match.group()) + 2)
        at = match.end()
    return out + line[at:], lifted


def _annotate(
    canvas: Any, kind: str, figure: str, x: float, y: float, font: str, size: float
) -> None:
    """Lay figures over the page as an annotation with an appearance of its own."""
    width = pdfmetrics.stringWidth(figure, font, size)
    left, bottom = canvas.absolutePosition(x, y - size * 0.2)
    right, top = left + width + 2, bottom + size * 1.2
    count = getattr(canvas, "_lifted", 0) + 1
    canvas._lifted = count
    form = f"issued{count}"
    canvas.beginForm(form, 0, 0, right - left, top - bottom)
    canvas.setFont(font, size)
    canvas.drawString(1, size * 0.2, figure)
    canvas.endForm()
    entries: dict[str, Any] = {
        "Type": pdfdoc.PDFName("Annot"),
        "Rect": pdfdoc.PDFArray([left, bottom, right, top]),
        "F": 4,
        "Contents": pdfdoc.PDFString(figure),
        "AP": pdfdoc.PDFDictionary({"N": pdfdoc.PDFObjectReference(pdfdoc.xObjectName(form))}),
    }
    if kind == "freetext":
        entries |= {"Subtype": pdfdoc.PDFName("FreeText"), "DA": pdfdoc.PDFString("0 g")}
    elif kind == "stamp":
        entries |= {"Subtype": pdfdoc.PDFName("Stamp"), "Name": pdfdoc.PDFName("Issued")}
    else:
        entries |= {
            "Subtype": pdfdoc.PDFName("Widget"),
            "FT": pdfdoc.PDFName("Sig"),
            "T": pdfdoc.PDFString(f"Signature{count}"),
        }
    canvas._addAnnotation(pdfdoc.PDFDictionary(entries), form)
    if kind == "widget":
        document = canvas._doc
        names = [f"issued{n}" for n in range(1, count + 1)]
        document.Catalog.AcroForm = pdfdoc.PDFDictionary(
            {"Fields": pdfdoc.PDFArray([document.refAnnotation(n) for n in names]), "SigFlags": 1}
        )


@contextmanager
def _binary_streams() -> Iterator[None]:
    """Streams without reportlab's ASCII-85 coat, which would add a quarter to the file."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


class _Writer:
    """One PDF while it is being written."""

    def __init__(
        self,
        blocks: Sequence[Block],
        title: str,
        fonts: tuple[str, str, str, str],
        issued_as: IssuedAs,
    ) -> None:
        self.blocks, self.title, self.issued_as = blocks, title, issued_as
        self.regular, self.bold, self.italic, self.bold_italic = fonts

    def write(self) -> bytes:
        """All blocks on pages."""
        out = io.BytesIO()
        document = BaseDocTemplate(
            out, pagesize=A4, leftMargin=30 * mm, rightMargin=18 * mm, topMargin=20 * mm,
            bottomMargin=20 * mm, invariant=1, title=self.title, author="", creator="",
        )  # fmt: skip
        frame = Frame(30 * mm, 20 * mm, _WIDTH, A4[1] - 40 * mm, 0, 0, 0, 0)
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=self._page_number))
        story: list[Flowable] = []
        for block in self.blocks:
            if isinstance(block, Letterhead):
                story += self._letterhead(block)
            elif isinstance(block, Title):
                story += self._title(block)
            elif isinstance(block, Paragraph):
                story += self._paragraph(block)
            elif isinstance(block, Table):
                story.append(self._table(block))
            elif isinstance(block, Signature):
                story.append(KeepTogether(self._signature(block)))
            else:
                assert isinstance(block, PageBreak)
                story.append(NewPage())
        with _binary_streams():
            document.build(story)
        return out.getvalue()

    def _page_number(self, canvas: Any, document: Any) -> None:
        if document.page > 1:
            canvas.setFont(self.regular, 12)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 14 * mm, str(document.page))

    def _words(
        self, words: str, *, size: float = 12, align: int = TA_CENTER, font: str | None = None,
        indent: float = 0, after: float = 0, before: float = 0,
    ) -> Words:  # fmt: skip
        style = ParagraphStyle(
            "sample", fontName=font or self.regular, fontSize=size, leading=size * 1.35,
            alignment=align, firstLineIndent=indent, spaceAfter=after, spaceBefore=before,
            splitLongWords=0,
        )  # fmt: skip
        return Words(escape(words), style)

    def _side_by_side(self, left: list[Any], right: list[Any], share: float) -> Grid:
        grid = Grid([[left, right]], colWidths=[_WIDTH * share, _WIDTH * (1 - share)])
        grid.setStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ])  # fmt: skip
        return grid

    def _letterhead(self, block: Letterhead) -> list[Flowable]:
        left: list[Flowable] = [
            self._words(line, size=11) for line in (block.parent or "").split("\n") if line
        ]
        left += [self._words(line, size=11, font=self.bold) for line in block.issuer.split("\n")]
        country, motto = block.MOTTO
        right: list[Flowable] = [
            self._words(country, size=10, font=self.bold),
            self._words(motto, size=11, font=self.bold),
            _Rule(0.6),
        ]
        out: list[Flowable] = [self._side_by_side([*left, _Rule(0.35)], right, 0.4)]
        if block.number:
            number = _Issued(block.number, self.regular, 11, self.issued_as)
            date = _Issued(block.date, self.italic, 11, self.issued_as)
            out.append(self._side_by_side([number], [date], 0.4))
        return out

    def _title(self, block: Title) -> list[Flowable]:
        out: list[Flowable] = [
            self._words(block.kind, size=13, font=self.bold, before=10),
            self._words(plain(block.subject), size=13, font=self.bold),
        ]
        if block.carrier:
            out.append(self._words(plain(block.carrier), size=12, font=self.italic))
        return [*out, _Rule(0.33), Spacer(1, 6)]

    def _paragraph(self, block: Paragraph) -> list[Flowable]:
        if block.path == ("PL",) and block.style == "heading":
            return [
                self._words(block.marker, size=13, font=self.bold),
                self._words(block.words, size=13, font=self.bold),
            ]
        if block.style in ("centred", "note"):
            font = self.italic if block.style == "note" else self.bold
            return [self._words(block.words, font=font, after=6)]
        words = f"{block.marker} {block.words}" if block.marker else block.words
        font = {"heading": self.bold, "basis": self.italic}.get(block.style, self.regular)
        return [self._words(words, align=TA_JUSTIFY, font=font, indent=10 * mm, after=5)]

    def _table(self, block: Table) -> Grid:
        shares = (0.06, 0.28, 0.18, 0.2, 0.13, 0.15)
        head = [self._words(name, size=9, font=self.bold) for name in block.columns]
        cells = [
            [self._words(plain(cell), size=9, align=TA_LEFT) for cell in row] for row in block.rows
        ]
        grid = Grid([head, *cells], colWidths=[_WIDTH * s for s in shares], repeatRows=1)
        grid.setStyle([
            ("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ])  # fmt: skip
        return grid

    def _signature(self, block: Signature) -> list[Flowable]:
        left = [self._words("Nơi nhận:", size=11, font=self.bold_italic, align=TA_LEFT)]
        for index, line in enumerate(block.recipients):
            end = "." if index == len(block.recipients) - 1 else ";"
            left.append(self._words(f"- {plain(line)}{end}", size=10, align=TA_LEFT))
        right: list[Flowable] = [
            self._words(line, font=self.bold) for line in (*block.authority, block.position)
        ]
        right += [Spacer(1, 22 * mm), self._words(block.name, font=self.bold)]
        return [Spacer(1, 8), self._side_by_side(left, right, 0.5)]
