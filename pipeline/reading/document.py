"""What reading hands on: one ``Document`` with its clean text, pages, lines, words and offsets.

In: the raw lines that a format's reader found.  Out: frozen dataclasses; every offset in them is
into ``Document.text`` (clean, NFC).  ``OffsetMap`` leads from there back to the raw text, so that
nothing that cleaning did is lost.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import Literal

ReadBy = Literal["text-layer", "ocr", "docx", "html", "text"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about the reading; becomes a warning of the record."""

    code: str
    message: str
    page: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word: clean-text span, page, box in points from the page's top left."""

    start: int
    end: int
    page: int
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or the part of it that stands in one column or cell."""

    start: int
    end: int
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page; width and height in points, ``None`` where the format has no pages."""

    number: int
    start: int
    end: int
    read_by: ReadBy
    width: float | None = None
    height: float | None = None
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; an empty one has ``start == end``."""

    row: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as laid out in the source: cells in reading order, rows and columns from 0."""

    page: int
    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        return min(cell.start for cell in self.cells)

    @property
    def end(self) -> int:
        return max(cell.end for cell in self.cells)


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Runs of clean text and where they stand in the raw text.

    ``clean[i] : clean[i] + lengths[i]`` came letter for letter from ``raw[i]`` on; between runs
    something was dropped, folded or composed, and a position there maps to the nearest run's edge.
    """

    clean: tuple[int, ...] = ()
    raw: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()

    def to_raw(self, position: int) -> int:
        """Raw position of a clean position (monotonic; total on 0..len(text))."""
        if not self.clean:
            return 0
        run = max(bisect.bisect_right(self.clean, position) - 1, 0)
        offset = min(max(position - self.clean[run], 0), self.lengths[run])
        return self.raw[run] + offset

    def to_clean(self, position: int) -> int:
        """Clean position of a raw position (monotonic)."""
        if not self.raw:
            return 0
        run = max(bisect.bisect_right(self.raw, position) - 1, 0)
        offset = min(max(position - self.raw[run], 0), self.lengths[run])
        return self.clean[run] + offset


@dataclass(frozen=True, slots=True)
class Document:
    """A source, read.  ``text`` is the one base of all offsets downstream."""

    name: str
    sha256: str
    media_type: str
    size: int
    raw: str
    text: str
    offsets: OffsetMap
    pages: tuple[Page, ...]
    lines: tuple[Line, ...] = ()
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    engines: dict[str, str] = field(default_factory=dict)
    signature_signer: str | None = None
    signature_time: str | None = None

    def page_at(self, position: int) -> int:
        """1-based number of the page on which a clean position stands."""
        index = bisect.bisect_right(self.pages, position, key=lambda page: page.start) - 1
        return self.pages[max(index, 0)].number

    def sureness(self, start: int, end: int) -> float:
        """How sure the reader was of the least sure word in a clean span; 1.0 for text as such."""
        first = bisect.bisect_right(self.words, start, key=lambda word: word.end)
        least = 1.0
        for word in self.words[first:]:
            if word.start >= end:
                break
            least = min(least, word.confidence)
        return least

    def boxes(self, start: int, end: int) -> list[Box]:
        """One box per printed line for a clean span, on the page where the span starts."""
        boxes: list[list[float]] = []
        page = bottom = None
        first = bisect.bisect_right(self.words, start, key=lambda word: word.end)
        for word in self.words[first:]:
            if word.start >= end or (page is not None and word.page != page):
                break
            x0, top, x1, low = word.box
            if boxes and bottom is not None and top < bottom and x0 >= boxes[-1][0]:
                box = boxes[-1]
                box[1], box[2], box[3] = min(box[1], top), max(box[2], x1), max(box[3], low)
            else:
                boxes.append([x0, top, x1, low])
            page, bottom = word.page, low
        return [(box[0], box[1], box[2], box[3]) for box in boxes]


@dataclass(slots=True)
class RawWord:
    """A word inside a raw line: offsets into that line's text."""

    start: int
    end: int
    box: Box
    confidence: float = 1.0


@dataclass(slots=True)
class RawLine:
    """One line as a format's reader found it, before any cleaning.

    ``joins`` says what the reader knows about the break before it: True, the same paragraph goes
    on; False, a new one begins; None, the flow has to find out.  ``cell`` is (table, row, column).
    """

    text: str
    page: int = 1
    box: Box | None = None
    words: list[RawWord] = field(default_factory=list)
    joins: bool | None = None
    blank_before: int = 0
    cell: tuple[int, int, int] | None = None


@dataclass(slots=True)
class RawDocument:
    """What every format's reader returns; ``reading.flow`` makes the ``Document`` of it.

    ``pages`` are (width, height, read by); sizes in points, ``None`` where there are no pages.
    """

    lines: list[RawLine]
    pages: list[tuple[float | None, float | None, ReadBy]]
    confidence: dict[int, float] = field(default_factory=dict)  # page number → less than sure
    notices: list[Notice] = field(default_factory=list)
    engines: dict[str, str] = field(default_factory=dict)
    markdown: bool = False
    signature_signer: str | None = None
    signature_time: str | None = None
