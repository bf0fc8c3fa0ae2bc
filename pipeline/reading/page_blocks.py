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
        if len(self.blocks) < 2:
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
    """Put the columns of a page below each other.

    Args:
        pixels: the clean picture.
        unit: pixels for each 1/200 inch.
        letter: usual height of letters, pixels.
    """
    ink = (pixels < _INK).view(np.uint8)
    cutter = _Cutter(ink, unit, letter)
    blocks = cutter.blocks()
    if len(blocks) < 2:
        return Stack(pixels, [])
    margin, gap = round(5 * unit), round(24 * unit)
    height = sum(block.bottom - block.top + gap for block in blocks) + 2 * gap
    left = min(block.x0 for block in blocks)
    out = np.full((height, pixels.shape[1]), _WHITE, np.uint8)
    at = gap
    for block in blocks:
        block.across = left - block.x0 if block.x0 > left + 8 * letter else 0
        block.down = at - block.top
        x0, x1 = max(block.x0 - margin, 0), min(block.x1 + margin, pixels.shape[1])
        to = max(x0 + block.across, 0)
        piece = pixels[block.top : block.bottom, x0 : min(x1, x0 + pixels.shape[1] - to)]
        block.across = to - x0
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
        strips = self._strips(area, top)
        found: list[Block] = []
        at = 0
        while at < len(strips):
            end, cut = self._zone(strips, x0, x1, at) if depth < _DEEPEST else (at + 1, None)
            first, last = strips[at][0], strips[end - 1][1]
            if cut is None:
                columns = np.flatnonzero(self._ink[first:last, x0:x1].any(axis=0))
                left, right = x0 + int(columns[0]), x0 + int(columns[-1]) + 1
                found.append(Block(left, first, right, last, whole=True))
            else:
                for left, right in ((x0, cut), (cut, x1)):
                    found.extend(_joined(self._cut(left, first, right, last, depth + 1)))
            at = end
        return found

    def _strips(self, area: Pixels, top: int) -> list[tuple[int, int]]:
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

    def _zone(
        self, strips: list[tuple[int, int]], x0: int, x1: int, at: int
    ) -> tuple[int, int | None]:
        """The end of the strips from ``at`` on that share a corridor, and where to cut them."""
        best: tuple[int, int | None] = (at + 1, None)
        filled = np.zeros(x1 - x0, bool)
        tall = True
        for end in range(at, len(strips)):
            top, bottom = strips[end]
            if end > at and top - strips[end - 1][1] > 3 * self._tall:
                break
            filled |= self._ink[top:bottom, x0:x1].any(axis=0)
            tall = tall and bottom - top > self._tall
            cut, possible = self._corridor(filled, end - at + 1, tall)
            if cut is not None:
                best = (end + 1, x0 + cut)
            if not possible:
                break
        return best

    def _corridor(self, filled: np.ndarray, rows: int, tall: bool) -> tuple[int | None, bool]:
        """Where to cut, if anywhere, and whether any corridor is left."""
        inner = np.flatnonzero(filled)
        if not len(inner):
            return None, True
        first, last = int(inner[0]), int(inner[-1]) + 1
        gaps = [(a, b) for a, b in _runs(~filled) if b - a >= 10 * self._unit]
        least = 10 if tall else 22 if rows >= 4 else 40 if rows >= 2 else 10_000
        best, widest = None, 0.0
        for a, b in gaps:
            side = min(a - first, last - b) / self._unit
            wide = (b - a) / self._unit
            narrow = side < 140 and not (wide >= 24 and rows + 2 * tall >= 3)
            if wide >= least and side > 0 and not narrow and wide > widest:
                best, widest = (a + b) // 2, wide
        return best, bool(gaps)


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
