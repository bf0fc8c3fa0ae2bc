"""PDF with a text layer → ``RawDocument``.

In: the file's bytes.  Out: lines in reading order with word boxes in points from the page's top
left; the text of stamps, signature widgets and FreeText annotations stands at its place, tables
with drawn rulings come as cells, and the lines of a paragraph are marked as belonging together.

PDFium reads (30 to 40 times faster than pdfminer); the input is never written to.  One thread per
process only: PDFium is not thread-safe.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import Damaged, Encrypted, NoTextLayer, TooLarge
from pipeline.reading import (
    pdf_layout,
    pdf_paragraphs,
    pdf_signatures,
    pdf_tables,
    pdf_words,
    running,
    syllables,
)
from pipeline.reading.document import Notice, RawDocument, RawLine, RawWord
from pipeline.reading.pdf_layout import Row
from pipeline.reading.pdf_paragraphs import Margins
from pipeline.reading.pdf_tables import Grid
from pipeline.reading.pdf_words import PageWord
from pipeline.settings import settings


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    rows: list[Row] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    legacy: str | None = None
    words: int = 0


def read(data: bytes) -> RawDocument:
    """Read the text layer of a PDF.

    Args:
        data: the whole file.

    Raises:
        Encrypted: a password other than the empty one is needed.
        Damaged: PDFium cannot open it, or its end is missing.
        TooLarge: more pages or characters than the settings allow.
        NoTextLayer: no page has any text.
    """
    document = _open(data)
    try:
        signer, time = pdf_signatures.read(document, data)
        pages: list[_Page] = []
        notices: list[Notice] = []
        characters = 0
        for index in range(len(document)):
            page = _read_page(document, index, notices)
            characters += sum(len(word.text) + 1 for row in page.rows for word in row.words)
            if characters > settings().max_characters:
                raise TooLarge(
                    f"More than {settings().max_characters} characters "
                    f"(KEHOACH_MAX_CHARACTERS) up to page {index + 1}."
                )
            pages.append(page)
    finally:
        document.close()
    if not any(page.words for page in pages):
        raise NoTextLayer(f"None of the {len(pages)} pages has text in it.")
    engines = {"pypdfium2": version("pypdfium2")}
    if any(page.grids for page in pages):
        engines["pdfplumber"] = version("pdfplumber")
    legacy = sorted({page.legacy for page in pages if page.legacy})
    if legacy:
        names = " and ".join(legacy)
        notices.append(Notice("legacy-encoding", f"Text in {names} was converted to Unicode."))
    return RawDocument(
        lines=_lines(pages),
        pages=[(page.width, page.height, "text-layer") for page in pages],
        notices=notices,
        engines=engines,
        signature_signer=signer,
        signature_time=time,
    )


def _open(data: bytes) -> pdfium.PdfDocument:
    tail = data[data.rfind(b"%%EOF") :] if b"%%EOF" in data else None
    if tail is None or b" obj" in tail:
        raise Damaged("The PDF ends early: part of it is missing.")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted("The PDF opens only with a password.") from None
        raise Damaged("The PDF cannot be opened: its structure is broken.") from None
    count = len(document)
    if count == 0:
        document.close()
        raise Damaged("The PDF has no pages.")
    if count > settings().max_pages:
        document.close()
        raise TooLarge(f"{count} pages, more than {settings().max_pages} (KEHOACH_MAX_PAGES).")
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()
    return document


def _read_page(document: pdfium.PdfDocument, index: int, notices: list[Notice]) -> _Page:
    number = index + 1
    try:
        page, own_text = pdf_words.flatten(document, index)
    except pdfium.PdfiumError:
        notices.append(Notice("page-unreadable", f"Page {number} cannot be opened.", number))
        return _Page(number, 595.0, 842.0)
    try:
        width, height = page.get_size()
        result = _Page(number, round(width, 2), round(height, 2))
        place = pdf_words.placement(page)
        textpage = page.get_textpage()
        try:
            found, result.legacy = pdf_words.words(textpage, place)
        finally:
            textpage.close()
        own_text = bool(found) if own_text is None else own_text
        result.words = len(found) if own_text else 0  # a scan stays one under a signature's stamp
        if not own_text:
            notices.append(Notice("page-without-text", f"Page {number} has no text.", number))
        if not found:
            return result
        _doubt(found, number, notices)
        rulings = pdf_words.rulings(page, place)
        if pdf_tables.may_hold_table(rulings):
            result.grids, found = pdf_tables.grids(rulings, found)
        result.rows = pdf_layout.in_reading_order(pdf_layout.rows(found))
        return result
    finally:
        page.close()


def _doubt(words: list[PageWord], number: int, notices: list[Notice]) -> None:
    """A notice where few words are Vietnamese: a scanner's English OCR, or a broken font map."""
    found = syllables.score(" ".join(word.text for word in words))
    total = found.marked + found.plain
    good = found.spellable + found.plain_spellable
    if total >= 40 and (good < 0.6 * total or found.marked < 0.1 * total):
        notices.append(
            Notice(
                "doubtful-text-layer",
                f"Page {number}: only {good} of {total} words can be Vietnamese.",
                number,
            )
        )


def _lines(pages: list[_Page]) -> list[RawLine]:
    """Rows and table cells of all pages as raw lines, in reading order."""
    edges = _margins(pages)
    lines: list[RawLine] = []
    table = -1
    before: Grid | None = None
    last: Row | None = None  # the row that a paragraph may go on from over the page break
    base = 0
    ends = [(page.number, row.text()[0]) for page in pages for row in _edge_rows(page)]
    heads = running.heads(ends, len(pages))
    for page in pages:
        margins = edges[round(page.width), round(page.height)]
        body = [row for row in page.rows if not _is_furniture(row, page, heads)]
        _set_joins(body, page.grids, margins)
        if body and last is not None and margins is not None and not _starts_with_grid(page, body):
            body[0].joins = body[0].column == last.column == "body" and pdf_paragraphs.continues(
                last, body[0], margins, 0.0, first=False, new_page=True
            )
        pending = list(page.grids)
        for row in page.rows:
            while pending and row.column == "body" and pending[0].box[1] < row.top:
                table, base = _put_grid(lines, pending.pop(0), page, table, before, base)
                before = page.grids[len(page.grids) - len(pending) - 1]
            if row in body and before is not None and not pending:
                before = None
            lines.append(_line(row, page.number))
        for grid in pending:
            table, base = _put_grid(lines, grid, page, table, before, base)
            before = grid
        ends_with_grid = bool(pending)
        last = body[-1] if body and not ends_with_grid else None
    return lines


def _edge_rows(page: _Page) -> list[Row]:
    return [page.rows[0], page.rows[-1]] if page.rows else []


def _is_furniture(row: Row, page: _Page, heads: set[tuple[int, str]]) -> bool:
    """A page number or a running head."""
    if row is not page.rows[0] and row is not page.rows[-1]:
        return False
    return pdf_paragraphs.is_page_number(row) or (page.number, row.text()[0]) in heads


def _starts_with_grid(page: _Page, body: list[Row]) -> bool:
    return bool(page.grids) and page.grids[0].box[1] < body[0].top


def _margins(pages: list[_Page]) -> dict[tuple[int, int], Margins | None]:
    """The text block's edges, for all pages of one size together."""
    by_size: dict[tuple[int, int], list[Row]] = {}
    for page in pages:
        by_size.setdefault((round(page.width), round(page.height)), []).extend(page.rows)
    return {size: pdf_paragraphs.margins(found, size[0]) for size, found in by_size.items()}


def _set_joins(body: list[Row], grids: list[Grid], margins: Margins | None) -> None:
    pdf_paragraphs.set_joins(body, margins)
    for grid in grids:  # nothing goes on from above a table to below it
        below = next((row for row in body if row.top >= grid.box[1]), None)
        if below is not None:
            below.joins = False


def _put_grid(
    lines: list[RawLine], grid: Grid, page: _Page, table: int, before: Grid | None, base: int
) -> tuple[int, int]:
    """Append a table's cells; the table index and first row go on from the page before."""
    if before is None or not grid.continues(before):
        table, base = table + 1, 0
    for row, column in sorted(grid.cells):
        box = grid.cells[row, column]
        inside = Margins(box[0] + 4, box[2] - 4)
        cell = (table, base + row, column)
        found = pdf_layout.rows(grid.words.get((row, column), []))
        if not found:
            lines.append(RawLine("", page.number, box, cell=cell))
        for index, part in enumerate(found):
            if index:
                part.joins = _cell_continues(found[index - 1], part, inside)
            line = _line(part, page.number)
            line.cell = cell
            lines.append(line)
    return table, base + 1 + max(row for row, _ in grid.cells)


def _cell_continues(before: Row, row: Row, inside: Margins) -> bool:
    text, previous = row.text()[0], before.text()[0]
    if row.words[0].text in ("-", "+", "–", "•") and len(row.words) > 1:
        return False
    if text[:1].islower():
        return True
    if previous.endswith((".", ";", ":")):
        room = inside.right - before.x1
        return room < row.words[0].x1 - row.x0 + 4 and not text[:1].isupper()
    return True


def _line(row: Row, number: int) -> RawLine:
    text, starts = row.text()
    words = [
        RawWord(start, start + len(word.text), word.box)
        for word, start in zip(row.words, starts, strict=True)
    ]
    return RawLine(text, number, row.box, words, row.joins)
