"""Tables as every reader of them needs them: typed cells with the sentences behind them.

In: nothing.  Out: the value classes that ``views`` fills, and that HTML and workbook show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Form = Literal["text", "number", "share", "count", "day"]
Focus = Literal["", "who", "when", "figure", "cite"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a plan that stand in no item: căn cứ, Nơi nhận, a heading.

    Attributes:
        plan: index of the plan.
        text: the words.
        where: what part of the plan, in the reader's language.
        page: 1-based, or None.
    """

    plan: int
    text: str
    where: str
    page: int | None = None


# What stands behind a cell: the index of an item, or a quotation.
Proof = int | Quote


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what it says.
        value: the number behind it: sorted by, shaded by, written into the workbook.
        form: how ``value`` is to be read: "share" is of one, "count" a whole number.
        day: the calendar day behind it.
        proofs: what stands behind it, weightiest first.
        parts: (words, proofs) where one cell speaks of several plans; ``text`` has them all.
        low: a person should look before relying on it.
        differs: it is unlike the others of its row, and that is the point of the table.
        focus: which words of the sentences matter here.
        picture: numbers for a small picture in HTML, (value, words) each: bars where ``form`` is
            "share", else dots on a line.
        runs: ``text`` in pieces, each with whether it is unlike its counterpart.
    """

    text: str = ""
    value: float | None = None
    form: Form = "text"
    day: date | None = None
    proofs: tuple[Proof, ...] = ()
    parts: tuple[tuple[str, tuple[Proof, ...]], ...] = ()
    low: bool = False
    differs: bool = False
    focus: Focus = ""
    picture: tuple[tuple[float, str], ...] = ()
    runs: tuple[tuple[str, bool], ...] = ()


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        title: its head.
        width: characters, for the workbook.
        place: it is one of the places or plans that stand beside each other.
        picture: it holds pictures only, which the workbook leaves out.
    """

    title: str
    width: int = 12
    place: bool = False
    picture: bool = False


@dataclass(slots=True)
class Table:
    """A table.

    Attributes:
        key: names it in both files: "coverage".
        title: its heading.
        note: one sentence on how to read it.
        columns: heads.
        rows: cells, as many as there are columns.
        brief: indices of the rows that a reader should see first; None for all.
        heat: cells of places are shaded by their value.
        grouped: rows that begin alike belong together.
    """

    key: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    brief: list[int] | None = None
    heat: bool = False
    grouped: bool = False

    @property
    def places(self) -> int:
        """Number of places or plans that stand beside each other."""
        return sum(column.place for column in self.columns)
