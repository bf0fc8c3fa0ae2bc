"""Pages as they were read, from a text layer or by OCR → the raw lines of a document.

In: one ``ReadPage`` per page: rows and tables in reading order, in points.  Out: a ``RawDocument``
whose lines say where a paragraph goes on, over page breaks too.

A ``Draft`` is a document some of whose pages still wait for OCR: the pages of all documents are
read in one queue, and a draft is finished when its own have come back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.reading import pdf_layout, pdf_paragraphs, running
from pipeline.reading.document import Box, Notice, RawDocument, RawLine, RawWord, ReadBy
from pipeline.reading.pdf_layout import Row
from pipeline.reading.pdf_paragraphs import Margins
from pipeline.reading.pdf_tables import Grid
from pipeline.reading.pdf_words import PageWord

Affine = tuple[float, float, float, float, float, float]
"""x' = a·x + b·y + c, y' = d·x + e·y + f."""


@dataclass(slots=True)
class ReadPage:
    """One page with its words in rows and tables.

    ``width``, ``height`` and all boxes are those of the page set upright, in points; ``back`` leads
    from there to the page as it is stored, where a scan was deskewed or turned.
    """

    number: int
    width: float
    height: float
    rows: list[Row] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    legacy: str | None = None
    words: int = 0
    read_by: ReadBy = "text-layer"
    confidence: float = 1.0
    notices: list[Notice] = field(default_factory=list)
    engines: dict[str, str] = field(default_factory=dict)
    back: Affine | None = None
    stored: tuple[float, float] | None = None  # size as stored, where it is not (width, height)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is stored, points."""
        return self.stored or (self.width, self.height)

    def place(self, box: Box) -> Box:
        """A box on the page as it is stored."""
        if self.back is None:
            return box
        a, b, c, d, e, f = self.back
        x0, top, x1, bottom = box
        corners = [(x, y) for x in (x0, x1) for y in (top, bottom)]
        xs = [a * x + b * y + c for x, y in corners]
        ys = [d * x + e * y + f for x, y in corners]
        return (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


@dataclass(slots=True)
class Wanted:
    """A page that waits for OCR, and what is known of it without.

    ``known`` are words that the file itself tells (stamped numbers): they stand instead of what
    OCR reads in their place.  ``why`` is empty for a plain scan, else the reason to distrust the
    page's own text.
    """

    index: int
    known: list[PageWord] = field(default_factory=list)
    why: str = ""


@dataclass(slots=True)
class Draft:
    """A document with pages that wait for OCR.

    ``source`` is the module whose ``picture(path, index, …)`` draws them.
    """

    source: str
    pages: list[ReadPage]
    wanted: list[Wanted]
    notices: list[Notice] = field(default_factory=list)
    engines: dict[str, str] = field(default_factory=dict)
    signature_signer: str | None = None
    signature_time: str | None = None

    def finish(self) -> RawDocument:
        """The document's raw lines, from its pages as they are now."""
        legacy = sorted({page.legacy for page in self.pages if page.legacy})
        notices = [*self.notices, *(notice for page in self.pages for notice in page.notices)]
        if legacy:
            names = " and ".join(legacy)
            notices.append(Notice("legacy-encoding", f"Text in {names} was converted to Unicode."))
        engines = dict(self.engines)
        for page in self.pages:
            engines |= page.engines
        return RawDocument(
            lines=_lines(self.pages),
            pages=[(*page.size, page.read_by) for page in self.pages],
            confidence={p.number: p.confidence for p in self.pages if p.confidence < 1},
            notices=notices,
            engines=engines,
            signature_signer=self.signature_signer,
            signature_time=self.signature_time,
        )


def _lines(pages: list[ReadPage]) -> list[RawLine]:
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
            lines.append(_line(row, page))
        for grid in pending:
            table, base = _put_grid(lines, grid, page, table, before, base)
            before = grid
        ends_with_grid = bool(pending)
        last = body[-1] if body and not ends_with_grid else None
    return lines


def _edge_rows(page: ReadPage) -> list[Row]:
    return [page.rows[0], page.rows[-1]] if page.rows else []


def _is_furniture(row: Row, page: ReadPage, heads: set[tuple[int, str]]) -> bool:
    """A page number or a running head."""
    if row is not page.rows[0] and row is not page.rows[-1]:
        return False
    return pdf_paragraphs.is_page_number(row) or (page.number, row.text()[0]) in heads


def _starts_with_grid(page: ReadPage, body: list[Row]) -> bool:
    return bool(page.grids) and page.grids[0].box[1] < body[0].top


def _margins(pages: list[ReadPage]) -> dict[tuple[int, int], Margins | None]:
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
    lines: list[RawLine], grid: Grid, page: ReadPage, table: int, before: Grid | None, base: int
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
            lines.append(RawLine("", page.number, page.place(box), cell=cell))
        for index, part in enumerate(found):
            if index:
                part.joins = _cell_continues(found[index - 1], part, inside)
            line = _line(part, page)
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


def _line(row: Row, page: ReadPage) -> RawLine:
    text, starts = row.text()
    words = [
        RawWord(start, start + len(word.text), page.place(word.box), word.confidence)
        for word, start in zip(row.words, starts, strict=True)
    ]
    return RawLine(text, page.number, page.place(row.box), words, row.joins)
