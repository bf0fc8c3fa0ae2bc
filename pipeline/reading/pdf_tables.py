"""Rulings of a page → its tables: where each cell stands, and which words are in it.

In: rulings and words in points from the top left.  Out: ``Grid`` values.  The geometry (edges →
crossings → cells → tables) is pdfplumber's; it gets the rulings that PDFium found, so that a page
is parsed once and only pages with rulings pay anything.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from pipeline.reading.document import Box
from pipeline.reading.pdf_words import PageWord, Ruling

_SNAP = 3.0  # points within which two rulings are one
_MINIMUM_EDGE = 3.0


@dataclass(slots=True)
class Grid:
    """A ruled table on one page."""

    box: Box
    cells: dict[tuple[int, int], Box]
    words: dict[tuple[int, int], list[PageWord]] = field(default_factory=dict)
    edges: tuple[float, ...] = ()  # left edges of the columns, points

    def continues(self, before: Grid) -> bool:
        """True when the columns stand where those of the table before stood."""
        return len(self.edges) == len(before.edges) and all(
            abs(a - b) < 2 * _SNAP for a, b in zip(self.edges, before.edges, strict=True)
        )


def may_hold_table(rulings: list[Ruling]) -> bool:
    """At least two lines each way: a rule under a heading is no table."""
    across = sum(1 for ruling in rulings if ruling.horizontal)
    return across >= 2 and len(rulings) - across >= 2


def grids(rulings: list[Ruling], words: list[PageWord]) -> tuple[list[Grid], list[PageWord]]:
    """The tables of a page from top to bottom, and the words outside of them."""
    from pdfplumber.table import (  # costs a third of a second: only where a table may be
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    edges = [_edge(ruling) for ruling in rulings if _length(ruling) >= _MINIMUM_EDGE]
    merged = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    cells = intersections_to_cells(edges_to_intersections(merged, _SNAP, _SNAP))
    found = [
        grid
        for grid in (_grid(list(table)) for table in cells_to_tables(cells))
        if grid is not None
    ]
    found.sort(key=lambda grid: (grid.box[1], grid.box[0]))
    rest = []
    for word in words:
        if not any(_put(word, grid) for grid in found):
            rest.append(word)
    return [grid for grid in found if grid.words], rest


def _length(ruling: Ruling) -> float:
    return max(ruling.x1 - ruling.x0, ruling.bottom - ruling.top)


def _edge(ruling: Ruling) -> dict[str, object]:
    x, y = (ruling.x0 + ruling.x1) / 2, (ruling.top + ruling.bottom) / 2
    across = ruling.horizontal
    return {
        "object_type": "line",
        "orientation": "h" if across else "v",
        "x0": ruling.x0 if across else x,
        "x1": ruling.x1 if across else x,
        "top": y if across else ruling.top,
        "bottom": y if across else ruling.bottom,
        "width": ruling.x1 - ruling.x0 if across else 0,
        "height": 0 if across else ruling.bottom - ruling.top,
    }


def _grid(boxes: list[Box]) -> Grid | None:
    """Number rows and columns; a box around text, or a single row of no columns, is no table."""
    lefts = _levels([box[0] for box in boxes])
    tops = _levels([box[1] for box in boxes])
    if len(lefts) < 2 or len(boxes) < 3:
        return None
    cells = {(_level(tops, box[1]), _level(lefts, box[0])): box for box in boxes}
    whole = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return Grid(whole, cells, edges=tuple(lefts))


def _levels(values: list[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _SNAP:
            levels.append(value)
    return levels


def _level(levels: list[float], value: float) -> int:
    return max(bisect.bisect_right(levels, value + _SNAP / 2) - 1, 0)


def _put(word: PageWord, grid: Grid) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    x0, top, x1, bottom = grid.box
    if not (x0 <= x <= x1 and top <= y <= bottom):
        return False
    for place, (left, upper, right, lower) in grid.cells.items():
        if left <= x <= right and upper <= y <= lower:
            grid.words.setdefault(place, []).append(word)
            return True
    return False
