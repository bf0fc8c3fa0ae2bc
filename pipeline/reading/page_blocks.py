"""Columns and table cells of a page → one column, so that one engine call reads them all.

In: the clean picture of a page.  Out: a picture in which columns and cells stand below each other,
and the way back for the words read from it.

Tesseract's own page analysis joins the lines of neighbouring columns and of table cells.  So the
columns are found here: white corridors between ink, where rows side by side share them.  A cut too
many does no harm, because it runs through white, and rows are put together by their baselines
afterwards.

It also leaves out whole lines now and then, on clean pages too.  ``unread`` finds them, so that
they can be read by themselves.  (Told that a page is one block of text it loses no line, but it
then cuts marks off the letters: a third of the tones on ê, ô and â were gone.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.reading.pdf_words import PageWord
from pipeline.reading.picture import Pixels

_DEEPEST = 12
_WHITE = 255
_INK = 160  # grey level of the clean picture below which there is ink


@dataclass(slots=True)
class Block:
    """A part of the page, pixels; ``across`` and ``down`` say how far it was moved."""

    x0: int
    top: int
    x1: int
    bottom: int
    across: int = 0
    down: int = 0
    whole: bool = False


@dataclass(slots=True)
class Stack:
    """The picture that the engine reads, and the blocks it is made of."""

    pixels: Pixels
    blocks: list[Block]

    def put_back(self, words: list[PageWord]) -> list[PageWord]:
        """Move words to where they stand on the page."""
        if not self.blocks:
            return words
        found = []
        for word in words:
            middle = (word.top + word.bottom) / 2
            block = min(self.blocks, key=lambda b: _distance(b, middle))
            dx, dy = block.across, block.down
            found.append(
                PageWord(
                    word.text,
                    word.x0 - dx,
                    word.top - dy,
                    word.x1 - dx,
                    word.bottom - dy,
                    word.confidence,
                )
            )
        return found


def _distance(block: Block, y: float) -> float:
    top, bottom = block.top + block.down, block.bottom + block.down
    return max(top - y, y - bottom, 0.0)


def stack(pixels: Pixels, unit: float, letter: float) -> Stack:
    """Put the columns of a page below each other, without the page's margins.

    Args:
        pixels: the clean picture.
        unit: pixels for each 1/200 inch.
        letter: usual height of letters, pixels.
    """
    ink = (pixels < _INK).view(np.uint8)
    cutter = _Cutter(ink, unit, letter)
    blocks = cutter.blocks()
    if not blocks:
        return Stack(pixels, [])
    margin, gap = round(5 * unit), round(24 * unit)
    left = min(block.x0 for block in blocks)
    for block in blocks:
        block.across = gap - (block.x0 if block.x0 > left + 8 * letter else left)
    height = sum(block.bottom - block.top + gap for block in blocks) + 2 * gap
    width = max(block.x1 + block.across for block in blocks) + gap
    out = np.full((height, width), _WHITE, np.uint8)
    at = gap
    for block in blocks:
        block.down = at - block.top
        x0, x1 = max(block.x0 - margin, 0), min(block.x1 + margin, pixels.shape[1])
        piece = pixels[block.top : block.bottom, x0:x1]
        to = x0 + block.across
        out[at : at + piece.shape[0], to : to + piece.shape[1]] = piece
        at += piece.shape[0] + gap
    return Stack(out, blocks)


def unread(pixels: Pixels, words: list[PageWord], letter: float) -> list[tuple[int, int]]:
    """Rows of ink that hold lines of letters but no words: (top, bottom), pixels.

    Args:
        pixels: what the engine read.
        words: what it found there.
        letter: usual height of letters, pixels.
    """
    ink = (pixels < _INK).view(np.uint8)
    edge = round(0.5 * letter)
    for word in words:
        top, bottom = max(round(word.top) - edge, 0), round(word.bottom) + edge
        ink[top:bottom, max(round(word.x0) - edge, 0) : round(word.x1) + edge] = 0
    found: list[tuple[int, int]] = []
    for top, bottom in _runs(ink.max(axis=1) > 0):
        high = bottom - top
        wide = int(ink[top:bottom].any(axis=0).sum())
        if not (0.7 * letter <= high <= 2.9 * letter and wide >= 0.3 * letter):
            continue
        if found and top - found[-1][1] < 2 * letter:
            found[-1] = (found[-1][0], bottom)
        else:
            found.append((top, bottom))
    return found


_Run = tuple[int, int]  # from, to


@dataclass(slots=True)
class _Strip:
    """A row of ink, and the white runs along it that are wide enough for a corridor."""

    top: int
    bottom: int
    left: int
    right: int
    white: list[_Run]


class _Cutter:
    """Cuts a page at its white corridors."""

    def __init__(self, ink: Pixels, unit: float, letter: float) -> None:
        self._ink = ink
        self._unit = unit
        self._tall = 2.9 * letter  # higher than a line: lines side by side that do not align

    def blocks(self) -> list[Block]:
        """The parts of the page, columns one after the other."""
        height, width = self._ink.shape
        return _joined(self._cut(0, 0, width, height, 0))

    def _cut(self, x0: int, top: int, x1: int, bottom: int, depth: int) -> list[Block]:
        """Blocks of an area from top to bottom; rows that were not cut are marked ``whole``."""
        area = self._ink[top:bottom, x0:x1]
        strips = [self._strip(first, last, x0, x1) for first, last in self._rows(area, top)]
        found: list[Block] = []
        at = 0
        while at < len(strips):
            end, cut = self._zone(strips, at) if depth < _DEEPEST else (at + 1, None)
            first, last = strips[at].top, strips[end - 1].bottom
            if cut is None:
                strip = strips[at]
                found.append(Block(strip.left, first, strip.right, last, whole=True))
            else:
                for left, right in ((x0, cut), (cut, x1)):
                    found.extend(_joined(self._cut(left, first, right, last, depth + 1)))
            at = end
        return found

    def _rows(self, area: Pixels, top: int) -> list[tuple[int, int]]:
        """Rows of ink; marks that stand apart from their letters are put to the nearer row."""
        strips = [(top + a, top + b) for a, b in _runs(area.sum(axis=1, dtype=np.int32) > 1)]
        low = 0.7 * self._tall / 2.9
        at = 0
        while len(strips) > 1 and at < len(strips):
            start, end = strips[at]
            if end - start >= low:
                at += 1
                continue
            above = start - strips[at - 1][1] if at else 10_000
            below = strips[at + 1][0] - end if at + 1 < len(strips) else 10_000
            if min(above, below) > 2 * low:
                at += 1
            elif above < below:
                strips[at - 1 : at + 1] = [(strips[at - 1][0], end)]
            else:
                strips[at : at + 2] = [(start, strips[at + 1][1])]
        return strips

    def _strip(self, top: int, bottom: int, x0: int, x1: int) -> _Strip:
        filled = self._ink[top:bottom, x0:x1].max(axis=0) > 0
        least = 10 * self._unit
        white = [(x0 + a, x0 + b) for a, b in _runs(~filled) if b - a >= least]
        inked = np.flatnonzero(filled)
        return _Strip(top, bottom, x0 + int(inked[0]), x0 + int(inked[-1]) + 1, white)

    def _zone(self, strips: list[_Strip], at: int) -> tuple[int, int | None]:
        """The end of the strips from ``at`` on that share a corridor, and where to cut them."""
        best: tuple[int, int | None] = (at + 1, None)
        left, right, white = strips[at].left, strips[at].right, strips[at].white
        tall = True
        for end in range(at, len(strips)):
            strip = strips[end]
            if end > at:
                if strip.top - strips[end - 1].bottom > 3 * self._tall:
                    break
                white = self._shared(white, strip.white)
            left, right = min(left, strip.left), max(right, strip.right)
            if not white:
                break
            tall = tall and strip.bottom - strip.top > self._tall
            cut = self._corridor(white, left, right, end - at + 1, tall)
            if cut is not None:
                best = (end + 1, cut)
        return best

    def _shared(self, some: list[_Run], others: list[_Run]) -> list[_Run]:
        least = 10 * self._unit
        both = ((max(a, c), min(b, d)) for a, b in some for c, d in others if a < d and c < b)
        return [(a, b) for a, b in both if b - a >= least]

    def _corridor(
        self, white: list[_Run], left: int, right: int, rows: int, tall: bool
    ) -> int | None:
        """Where to cut, if anywhere."""
        least = 10 if tall else 22 if rows >= 4 else 40 if rows >= 2 else 10_000
        best, widest = None, 0.0
        for a, b in white:
            side = min(a - left, right - b) / self._unit
            wide = (b - a) / self._unit
            narrow = side < 140 and not (wide >= 24 and rows + 2 * tall >= 3)
            if wide >= least and side > 0 and not narrow and wide > widest:
                best, widest = (a + b) // 2, wide
        return best


def _joined(column: list[Block]) -> list[Block]:
    """Rows of a column that follow each other uncut as one block."""
    merged: list[Block] = []
    for block in column:
        last = merged[-1] if merged else None
        if last is not None and block.whole and last.whole:
            last.x0, last.x1 = min(last.x0, block.x0), max(last.x1, block.x1)
            last.bottom = block.bottom
        else:
            merged.append(block)
    for block in merged:
        block.whole = False
    return merged


def _runs(filled: np.ndarray) -> list[tuple[int, int]]:
    """Start and end of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.view(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
