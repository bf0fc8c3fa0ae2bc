"""Duties of task tables: one per row, with the roles that its columns and its cells say.

In: a task table, the mentions of the text, its outline.  Out: a ``Duty`` per row, filed under the
heading of its group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.structure.columns import task_column
from pipeline.structure.outline import Outline
from pipeline.structure.tables import TaskTable
from pipeline.tasks.cells import in_cell
from pipeline.tasks.duty import Duty
from pipeline.tasks.mentions import Mentions

_SERIES = (
    ("roman", re.compile(r"[IVX]+")),
    ("capital", re.compile(r"[A-ZĐ]")),
    ("number", re.compile(r"\d+(?:\.\d+)*")),
    ("letter", re.compile(r"[a-zđ]\)?")),
)


def rows(text: str, bodies: Mentions, table: TaskTable, outline: Outline) -> Iterator[Duty]:
    """One duty per table row; the columns say the roles."""
    groups: list[str] = []
    task = task_column(table.columns)
    for index, row in enumerate(table.rows, 1):
        label = text[slice(*row[0])].strip().rstrip(".")
        kind = _numbering(label)
        if kind:  # a number of its kind ends the group that has the last one, and all below it
            same = (at for at, group in enumerate(groups) if _numbering(group) == kind)
            groups = groups[: next(same, len(groups))]
        if row[task][1] <= row[task][0] or _is_group(table, row):
            groups += [label] if kind else []
            continue
        section = _row_section(table, row, label or str(index), groups, outline)
        duty = Duty(
            section,
            row[0][0] if row[0][1] > row[0][0] else row[task][0],
            max(c[1] for c in row),
            from_table=True,
        )
        for column, cell in zip(table.columns, row, strict=True):
            if cell[1] <= cell[0]:
                continue
            if column.means in ("lead", "coordinate"):
                duty.roles.extend(in_cell(text, bodies, column, cell))
            elif column.means == "time":
                duty.schedule = cell
            elif column.means == "output":
                duty.outputs.append(cell)
        yield duty


def _is_group(table: TaskTable, row: tuple[tuple[int, int], ...]) -> bool:
    """The heading of a group of rows: nothing but a number and a title, in one cell or in all."""
    said = {cell for cell in row[1:] if cell[1] > cell[0]}
    return len(said) == 1 and len(table.rows) > 1 and len(table.columns) > 3


def _row_section(
    table: TaskTable,
    row: tuple[tuple[int, int], ...],
    label: str,
    groups: list[str],
    outline: Outline,
) -> list[str]:
    """Where a row stands: under the heading of its group, between the rows or among them."""
    at = max(table.start, min((a for a, b in row if b > a), default=table.start))
    home: list[str] = []
    level = outline.nodes
    while holder := next((n for n in level if n.start <= at < n.end and n.kind != "row"), None):
        home, level = holder.path, holder.children
    return [*home, *(group for group in groups if group not in home[1:]), label]


def _numbering(label: str) -> str:
    """What series a row's number is of: "I", "A", "1", "1.1", "a"; empty for no number."""
    for name, pattern in _SERIES:
        if pattern.fullmatch(label):
            return name + "." * label.count(".")
    return ""
