"""Tables as the page shows them: as many rows as it has room for, links, shades, signs.

In: a ``Table``.  Out: a ``ShownTable`` for the template.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.comparison.report import pictures
from pipeline.comparison.report.evidence import Evidence
from pipeline.comparison.report.places import Places
from pipeline.comparison.report.speech import Speech
from pipeline.comparison.report.tables import EMPTY, Cell, Column, Table
from pipeline.settings import settings

# Strong from here; between this and low is fair.
STRONG = 0.8
_SHADES = 5
# Characters: a word that is not broken, a text that needs width.
_SHORT, _LONG = 14, 60
_FEWEST_ROWS = 20
_DOT = "●"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell with its links; ``order`` is what it is sorted by, "" for its words."""

    cell: Cell
    words: str
    label: str
    ids: list[str]
    parts: list[tuple[str, list[str]]]
    classes: str
    order: str
    picture: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row; ``again`` where it is about the same thing as the row above."""

    cells: list[ShownCell]
    again: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The rows of a table that the page has room for."""

    table: Table
    rows: list[ShownRow]
    total: int
    style: str


class Shower:
    """Shows tables.

    Args:
        say: the reader's language.
        side: what stands side by side.
        evidence: where the links lead.
    """

    def __init__(self, say: Speech, side: Places, evidence: Evidence) -> None:
        self.say, self.side, self.evidence = say, side, evidence

    def table(self, table: Table) -> ShownTable:
        """As many rows as the page has room for, with links."""
        limits = settings()
        most = max(_FEWEST_ROWS, min(limits.report_rows, limits.report_cells // len(table.columns)))
        chosen = range(len(table.rows)) if table.brief is None else table.brief
        order = sorted(chosen[:most])
        largest = max(
            (
                cell.value or 0
                for at in order
                for cell, column in zip(table.rows[at], table.columns, strict=True)
                if column.place
            ),
            default=0.0,
        )
        narrow = table.places > 0 and not self.side.roomy
        styles = {
            "matrix": table.places,
            "narrow": narrow,
            "long": table.columns[0].width > _LONG // 2,
        }
        style = " ".join(name for name, holds in styles.items() if holds)
        rows: list[ShownRow] = []
        head = None
        for at in order:
            cells = [
                self._cell(cell, column, largest if table.heat else 0.0, narrow)
                for cell, column in zip(table.rows[at], table.columns, strict=True)
            ]
            rows.append(ShownRow(cells, table.grouped and head == table.rows[at][0]))
            head = table.rows[at][0]
        return ShownTable(table, rows, len(table.rows), style)

    def _cell(self, cell: Cell, column: Column, largest: float, narrow: bool) -> ShownCell:
        if cell is EMPTY:
            return _EMPTY_PLACE if column.place else _EMPTY
        words, label = cell.text, ""
        classes = []
        if column.place:
            classes.append("c" if cell.form != "text" or narrow else "t")
            if cell.low:
                classes.append("low")
                label = f"{cell.text} {self.say('sign.low')}"
                words = "?" if narrow else f"{cell.text} ?"
            elif largest and cell.value is not None:
                classes.append(f"s{_shade(cell, largest)}")
                if narrow and cell.form == "share":
                    words, label = (_DOT if cell.value >= STRONG else "◐"), cell.text
            elif cell.text == _DOT:
                label = self.say("report.open")
        else:
            classes += _kinds(cell, column)
            words = f"{cell.text} ?" if cell.low and cell.proofs else words
        if cell.differs:
            classes.append("differs")
        order = ""
        if cell.day is not None:
            order = str(cell.day.toordinal())
        elif cell.value is not None and (not column.place or cell.form != "text"):
            order = f"{cell.value:.10g}"
        return ShownCell(
            cell,
            words,
            label,
            self.evidence.refer(cell.proofs),
            [(part, self.evidence.refer(proofs)) for part, proofs in cell.parts],
            " ".join(classes),
            order,
            self._picture(cell),
        )

    def _picture(self, cell: Cell) -> str:
        if not cell.picture:
            return ""
        values = [value for value, _ in cell.picture]
        if cell.form == "share":
            words = ", ".join(f"{name} {self.say.share(value)}" for value, name in cell.picture)
            return pictures.bars(values, words)
        ends = (self.say.number(min(values)), self.say.number(max(values)))
        return pictures.dots(cell.picture, f"{self.say('report.spread')}: {' – '.join(ends)}", ends)


_EMPTY = ShownCell(EMPTY, "", "", [], [], "", "", "")
_EMPTY_PLACE = ShownCell(EMPTY, "", "", [], [], "c", "", "")


def _kinds(cell: Cell, column: Column) -> list[str]:
    if cell.form in ("count", "number", "share"):
        return ["n"]
    if cell.form == "day":
        return ["d"]
    if len(cell.text) <= _SHORT:
        return ["k", "low"] if cell.low else ["k"]
    wide = column.width >= _LONG or len(cell.text) > _LONG * 2
    found = ["w"] if wide else ["m"] if column.width >= _LONG // 3 else []
    return [*found, "low"] if cell.low else found


def _shade(cell: Cell, largest: float) -> int:
    """1–5: a share by its own height from one half up, a count beside the largest."""
    value = cell.value or 0.0
    if cell.form == "share":
        return max(1, min(_SHADES, 1 + int((value - 0.5) * 10)))
    return max(1, math.ceil(_SHADES * math.log1p(value) / math.log1p(largest)))
