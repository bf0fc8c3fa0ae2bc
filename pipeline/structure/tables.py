"""Task tables (phụ lục phân công nhiệm vụ): columns by meaning, cells as spans.

In: clean text and, where the source had real tables, their cells.  Out: ``TaskTable``: rows of cell
spans under columns that mean number, task, lead, coordinate, time or output, under all the names
these columns have in real plans.

Tables that a web page or an old converter flattened to one cell a line are found by
``structure.flat_tables``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure import flat_tables
from pipeline.structure.acts import Layout
from pipeline.structure.columns import Column, Means, is_task_table, means

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the source laid it out: rows of cell spans, ``None`` where nothing stands."""

    rows: tuple[tuple[Span | None, ...], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A task table; ``rows`` hold one span per column, empty spans for empty cells."""

    title: str | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Span, ...], ...]
    start: int
    end: int
    in_annex: bool

    def cells(self, means: Means) -> list[Span]:
        """Spans of all cells in columns of one meaning."""
        wanted = [i for i, column in enumerate(self.columns) if column.means == means]
        return [row[i] for row in self.rows for i in wanted if row[i][1] > row[i][0]]


def region(text: str, start: int, end: int) -> int | None:
    """Where a flattened table begins in an annex: from there on, numbers and dashes are cells."""
    m = flat_tables.HEAD.search(text, start, end)
    return m.start() if m else None


def find(text: str, layout: Layout, grids: Sequence[Grid] = ()) -> list[TaskTable]:
    """Task tables of a text, in order.

    Args:
        text: clean text.
        layout: acts and annexes, to know which table stands in an annex.
        grids: tables that the source laid out; without any, flattened ones are looked for.
    """
    found = [table for grid in grids if (table := _from_grid(text, grid, layout))]
    taken = [(table.start, table.end) for table in found]
    for table in _flattened(text, layout):
        if not any(a < table.end and table.start < b for a, b in taken):
            found.append(table)
    return sorted(found, key=lambda table: table.start)


def _title_at(layout: Layout, position: int) -> tuple[str | None, bool]:
    for annex in layout.annexes:
        if annex.start <= position < annex.end:
            return annex.title or None, True
    return None, False


def _from_grid(text: str, grid: Grid, layout: Layout) -> TaskTable | None:
    """A laid-out table whose first row (or first two, merged) names task columns."""
    if len(grid.rows) < 2:
        return None
    for depth in (1, 2):
        width = max(len(row) for row in grid.rows)
        names = [_head(text, grid.rows[:depth], index) for index in range(width)]
        columns = tuple(Column(name, means(name)) for name in names)
        if is_task_table(columns):
            rows = tuple(
                tuple(
                    (row[i] if i < len(row) else None) or (grid.start, grid.start)
                    for i in range(len(columns))
                )
                for row in grid.rows[depth:]
                if any(cell and cell[1] > cell[0] for cell in row)
            )
            title, in_annex = _title_at(layout, grid.start)
            return TaskTable(title, columns, rows, grid.start, grid.end, in_annex)
    return None


def _head(text: str, rows: Sequence[tuple[Span | None, ...]], index: int) -> str:
    """The printed name of a column over the rows of the table's head."""
    cells = (row[index] for row in rows if index < len(row))
    return " ".join(" ".join(text[slice(*cell)].split()) for cell in cells if cell)


def _flattened(text: str, layout: Layout) -> list[TaskTable]:
    found = []
    at = 0
    while m := flat_tables.HEAD.search(text, at):
        at = m.end()
        start = m.end() - len(m.group().strip())
        flat = flat_tables.find(text, start, _end_of(layout, start, len(text)))
        if flat is not None:
            title, in_annex = _title_at(layout, start)
            found.append(TaskTable(title, flat.columns, flat.rows, flat.start, flat.end, in_annex))
            at = flat.end
    return found


def _end_of(layout: Layout, position: int, limit: int) -> int:
    for act in layout.acts:
        if act.start <= position < act.body_end:
            return act.body_end
    for annex in layout.annexes:
        if annex.start <= position < annex.end:
            return annex.end
    return limit
