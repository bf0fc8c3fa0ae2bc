"""One PDF page → its words with boxes, its rulings, and the text of its annotations in place.

In: a page opened by pypdfium2.  Out: ``PageWord`` and ``Ruling`` values in points from the page's
top left, rotation undone.

Numbers and dates that a clerk fills in when signing stand in annotations (signature widgets,
stamps, FreeText), which no extractor of the page's content sees.  So annotations are first
flattened into the page, in the in-memory copy only: their text then stands where it is printed.

PDFium is not thread-safe, not even for two documents: call this from one thread per process.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.reading import encodings, syllables
from pipeline.reading.document import Box

_THIN = 3.0  # points; a drawn rectangle thinner than this is a line
_SPACES = " \t\r\n\f\v\u00a0\u0000"
_LINE_END_HYPHEN = "\u0002\ufffe"  # what PDFium puts for a hyphen at the end of a line
_NOT_PRINTED = {
    pdfium_c.FPDF_ANNOT_LINK,
    pdfium_c.FPDF_ANNOT_POPUP,
    pdfium_c.FPDF_ANNOT_HIGHLIGHT,
    pdfium_c.FPDF_ANNOT_UNDERLINE,
    pdfium_c.FPDF_ANNOT_STRIKEOUT,
    pdfium_c.FPDF_ANNOT_TEXT,
}


@dataclass(slots=True)
class PageWord:
    """A printed word and its box, in points from the page's top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Ruling:
    """A horizontal or vertical line drawn on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


Place = Callable[[float, float, float, float], Box]


def flatten(document: pdfium.PdfDocument, index: int) -> tuple[pdfium.PdfPage, bool | None]:
    """Open a page with its printed annotations made part of the content.

    Args:
        document: opened from memory; its forms are initialised if it has any.
        index: page index from 0.

    Returns:
        The page, and whether it had text before; ``None`` where nothing was added to it.
    """
    page = document[index]
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind not in _NOT_PRINTED:
            break
    else:
        return page, None
    own_text = _has_text(page)
    result = pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    if result != pdfium_c.FLATTEN_SUCCESS:
        return page, None
    page.close()
    return document[index], own_text


def _has_text(page: pdfium.PdfPage) -> bool:
    textpage = page.get_textpage()
    try:
        return bool(textpage.count_chars() > 0)
    finally:
        textpage.close()


def placement(page: pdfium.PdfPage) -> Place:
    """The change from PDF user space (from the bottom left) to points from the top left."""
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation()

    def place(x0: float, y0: float, x1: float, y1: float) -> Box:
        if rotation == 90:
            corners = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        elif rotation == 180:
            corners = (right - x1, y0 - bottom, right - x0, y1 - bottom)
        elif rotation == 270:
            corners = (top - y1, right - x1, top - y0, right - x0)
        else:
            corners = (x0 - left, top - y1, x1 - left, top - y0)
        a, b, c, d = corners
        return (
            round(a if a < c else c, 2),
            round(b if b < d else d, 2),
            round(c if a < c else a, 2),
            round(d if b < d else b, 2),
        )

    return place


def words(textpage: pdfium.PdfTextPage, place: Place) -> tuple[list[PageWord], str | None]:
    """The words of a page, in the order of its content stream.

    Returns:
        The words, and the name of the legacy encoding that some of them were converted from.
    """
    signs = _signs(textpage)
    spans = _spans(signs)
    found: list[PageWord] = []
    firsts: list[int] = []
    for start, end in spans:
        box = _box(textpage, start, end, place)
        if box is None:
            continue
        text = "".join(signs[start:end])
        for hyphen in _LINE_END_HYPHEN:
            text = text.replace(hyphen, "-")
        found.append(PageWord(text, *box))
        firsts.append(start)
    return found, _convert_legacy(textpage, found, firsts)


def _signs(textpage: pdfium.PdfTextPage) -> list[str]:
    """One string per PDFium character; one call where no character is hidden from it."""
    count = textpage.count_chars()
    if count <= 0:
        return []
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    written = pdfium_c.FPDFText_GetText(textpage, 0, count, pointer)
    text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return list(text)
    codes = (pdfium_c.FPDFText_GetUnicode(textpage, at) for at in range(count))
    return [chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "" for code in codes]


def _spans(signs: list[str]) -> list[tuple[int, int]]:
    spans = []
    start = -1
    for at, sign in enumerate(signs):
        if sign in _SPACES:
            if start >= 0:
                spans.append((start, at))
                start = -1
        elif start < 0:
            start = at
    if start >= 0:
        spans.append((start, len(signs)))
    return spans


_RECT = pdfium_c.FS_RECTF()
_RECT_REF = ctypes.byref(_RECT)


def _loose(textpage: pdfium.PdfTextPage, at: int) -> tuple[float, float, float, float] | None:
    if not pdfium_c.FPDFText_GetLooseCharBox(textpage, at, _RECT_REF):
        return None
    return _RECT.left, _RECT.bottom, _RECT.right, _RECT.top


def _box(textpage: pdfium.PdfTextPage, start: int, end: int, place: Place) -> Box | None:
    first = _loose(textpage, start)
    last = _loose(textpage, end - 1) if end - start > 1 else first
    if first is None or last is None:
        return None
    return place(
        min(first[0], last[0]),
        min(first[1], last[1]),
        max(first[2], last[2]),
        max(first[3], last[3]),
    )


def _font(textpage: pdfium.PdfTextPage, at: int) -> str:
    buffer = ctypes.create_string_buffer(256)
    size = pdfium_c.FPDFText_GetFontInfo(textpage, at, buffer, 256, ctypes.c_int())
    return buffer.raw[: max(min(size, 256) - 1, 0)].decode("utf-8", errors="replace")


def _convert_legacy(
    textpage: pdfium.PdfTextPage, found: list[PageWord], firsts: list[int]
) -> str | None:
    """Convert words drawn with TCVN3 or VNI fonts, font by font; name what was converted.

    The fonts are only asked for where some words cannot be spelled.  A font is judged by all its
    words on the page together, because a single short word fits several encodings.
    """
    if syllables.score(" ".join(word.text for word in found)).unspellable < 2:
        return None
    by_font: dict[str, list[PageWord]] = {}
    for word, at in zip(found, firsts, strict=True):
        by_font.setdefault(_font(textpage, at), []).append(word)
    name = None
    for font, group in by_font.items():
        code = encodings.detect(" ".join(word.text for word in group), font)
        for word in group:
            if code is not None:
                word.text = encodings.convert(word.text, code, font)
            elif encodings.draws_capitals(font):
                word.text = encodings.repair(word.text, font)
        name = code.name if code else name
    return name


def rulings(page: pdfium.PdfPage, place: Place) -> list[Ruling]:
    """The horizontal and vertical lines drawn on a page, those inside form objects included."""
    found: list[Ruling] = []
    for number in range(pdfium_c.FPDFPage_CountObjects(page)):
        _collect(pdfium_c.FPDFPage_GetObject(page, number), (1, 0, 0, 1, 0, 0), place, found, 0)
    return found


def picture_share(page: pdfium.PdfPage) -> float:
    """Share of the page's area that its largest picture covers, 0–1."""
    width, height = page.get_size()
    largest = 0.0
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            x0, y0, x1, y1 = item.get_bounds()
        except pdfium.PdfiumError:
            continue
        largest = max(largest, (x1 - x0) * (y1 - y0))
    return float(min(largest / max(width * height, 1.0), 1.0))


Matrix = tuple[float, float, float, float, float, float]


def _matrix(item: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix) -> Matrix:
    raw = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, raw):
        return outer
    a, b, c, d, e, f = outer
    return (
        raw.a * a + raw.b * c,
        raw.a * b + raw.b * d,
        raw.c * a + raw.d * c,
        raw.c * b + raw.d * d,
        raw.e * a + raw.f * c + e,
        raw.e * b + raw.f * d + f,
    )


def _collect(
    item: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix, place: Place, found: list[Ruling], depth: int
) -> None:
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 3:
        inner = _matrix(item, outer)
        for number in range(pdfium_c.FPDFFormObj_CountObjects(item)):
            child = pdfium_c.FPDFFormObj_GetObject(item, number)
            _collect(child, inner, place, found, depth + 1)
    elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
        _collect_path(item, _matrix(item, outer), place, found)


def _collect_path(
    item: pdfium_c.FPDF_PAGEOBJECT, matrix: Matrix, place: Place, found: list[Ruling]
) -> None:
    """Straight strokes of a path, and filled rectangles thin enough to be lines."""
    count = pdfium_c.FPDFPath_CountSegments(item)
    if not 2 <= count <= 5000:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    pieces: list[Box] = []
    start = at = (0.0, 0.0)
    for number in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, number)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            pieces.append((*at, *point))
        at = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            pieces.append((*at, *start))
            at = start
    boxes = [place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for x0, y0, x1, y1 in pieces]
    if not boxes:
        return
    whole = Ruling(
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    if min(whole.x1 - whole.x0, whole.bottom - whole.top) < _THIN:
        found.append(whole)
    elif stroke.value:
        found.extend(
            Ruling(*box) for box in boxes if min(box[2] - box[0], box[3] - box[1]) < _THIN / 3
        )
