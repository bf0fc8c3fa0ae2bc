"""Task tables (phụ lục phân công nhiệm vụ): columns by meaning, cells as spans.

In: clean text and, where the source had real tables, their cells.  Out: ``TaskTable``: rows of cell
spans under columns that mean number, task, lead, coordinate, time or output, under all the names
these columns have in real plans.

Web pages and old converters flatten a table to one cell a line.  Then the header is a run of short
lines with column names, a row starts where the next number stands, and a row with fewer lines than
columns is filled by what its lines look like, never by position alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.structure.acts import Layout

Means = Literal["no", "task", "lead", "coordinate", "time", "output", "note", "other"]
Span = tuple[int, int]

_MEANS: tuple[tuple[Means, re.Pattern[str]], ...] = (
    ("no", re.compile(r"(?i)^(?:s?tt|số tt|số thứ tự|no\.?|tt\s*/\s*no)\.?$")),
    ("output", re.compile(r"(?i)^(?:dự kiến\s+)?(?:sản phẩm|kết quả)")),
    ("coordinate", re.compile(r"(?i)^(?!.*chủ trì)(?:.*phối hợp|.*tham gia thực hiện)")),
    (
        "lead",
        re.compile(
            r"(?i)chủ trì|đơn vị thực hiện|cơ quan thực hiện"
            r"|(?:đơn vị|tổ chức),? cá nhân thực hiện|trách nhiệm"
            r"|phân công|đầu mối|bộ phận thực hiện|người thực hiện|thực hiện chính"
            r"|^(?:cơ quan|đơn vị)$|tham mưu"
        ),
    ),
    (
        "time",
        re.compile(
            r"(?i)thời gian|thời hạn|tiến độ|thời điểm|hoàn thành|lộ trình|kế hoạch thực hiện"
        ),
    ),
    ("output", re.compile(r"(?i)sản phẩm|kết quả|đầu ra|hình thức văn bản|dự kiến đạt")),
    ("note", re.compile(r"(?i)ghi chú|kinh phí|căn cứ")),
    (
        "task",
        re.compile(
            r"(?i)nhiệm vụ|nội dung|công việc|hoạt động|hạng mục|giải pháp|đề án|văn bản|mục tiêu"
        ),
    ),
)
_FLAT_HEAD = re.compile(r"(?:^|\s)(?:STT|TT|Stt|Số TT)$", re.M)
_NUMBER = re.compile(r"^(?:\d{1,3}|[IVX]{1,5}|\d{1,2}\.\d{1,2})\.?$")
_TIME_LIKE = re.compile(
    r"(?i)^(?:(?:trong\s+)?(?:quý|tháng|năm)\s|thường xuyên|hàng\s|hằng\s|trước\s"
    r"|từ\s+(?:tháng|ngày|quý)|định kỳ|cả năm|theo\s|\d{1,2}/\d{1,2}|\d{1,2}/20\d\d|đến\s"
    r"|20\d\d|6 tháng)"
)
_BODY_LIKE = re.compile(
    r"^(?:[-–+]\s*)?(?:Các\s|Sở\s|Bộ\s|Ban\s|UBND|Ủy ban|Văn phòng|Cục\s|Vụ\s|Phòng\s|Công an"
    r"|Viện\s"
    r"|Thanh tra|Trung tâm|Đài\s|Báo\s|Hội\s|Tổ\s|Đơn vị|Cơ quan|Chi cục|Trường)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its printed name and its meaning."""

    name: str
    means: Means


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
    m = _FLAT_HEAD.search(text, start, end)
    return m.start() if m else None


def means(name: str) -> Means:
    """What a column's printed name means."""
    for meaning, pattern in _MEANS:
        if pattern.search(name.strip()):
            return meaning
    return "other"


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


def _is_task_table(columns: Sequence[Column]) -> bool:
    kinds = {column.means for column in columns}
    return "task" in kinds and bool(kinds & {"lead", "coordinate", "time", "output"})


def _from_grid(text: str, grid: Grid, layout: Layout) -> TaskTable | None:
    """A laid-out table whose first row (or first two, merged) names task columns."""
    if len(grid.rows) < 2:
        return None
    for depth in (1, 2):
        width = max(len(row) for row in grid.rows)
        names = [_head(text, grid.rows[:depth], index) for index in range(width)]
        columns = tuple(Column(name, means(name)) for name in names)
        if _is_task_table(columns):
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
    while m := _FLAT_HEAD.search(text, at):
        at = m.end()
        end = _end_of(layout, m.start(), len(text))
        lines = _lines(text, m.end() + 1, end)
        names, first = _header(text, lines)
        columns = (Column(m.group().strip(), "no"), *names)
        if first is None or not _is_task_table(columns):
            continue
        rows, stop = _flat_rows(text, lines[first:], columns)
        if rows:
            start = m.end() - len(m.group().strip())
            title, in_annex = _title_at(layout, m.start())
            found.append(TaskTable(title, columns, tuple(rows), start, stop, in_annex))
            at = stop
    return found


def _lines(text: str, start: int, end: int) -> list[Span]:
    spans = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            spans.append((at, stop))
        at = stop + 1
    return spans


def _header(text: str, lines: list[Span]) -> tuple[tuple[Column, ...], int | None]:
    """Column names up to the line that numbers the first row; its index, or ``None``."""
    columns: list[Column] = []
    for index, (a, b) in enumerate(lines[:14]):
        line = text[a:b].strip()
        first = _NUMBER.match(line) and line.rstrip(".") in ("1", "01", "I", "1.1")
        grouped = _GROUP.match(line) or (_TIME_LIKE.match(line) and "thời" not in line.casefold())
        if first or (grouped and len(columns) >= 2):
            return tuple(columns), index if len(columns) >= 2 else None
        if len(line) > 60 or _NUMBER.match(line):
            return (), None
        columns.append(Column(line, means(line)))
    return (), None


# A heading over a group of rows: "I. CÔNG TÁC CHUẨN BỊ", "A", "II".
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])(?:[.)]?\s+\S|[.)]?$)")


def _flat_rows(
    text: str, lines: list[Span], columns: Sequence[Column]
) -> tuple[list[tuple[Span, ...]], int]:
    """Rows of a flattened table: from each number in its series to the next."""
    rows: list[tuple[Span, ...]] = []
    stop = lines[0][0]
    index = 0
    expected = 1
    while index < len(lines):
        found = _row_start(text, lines, index, expected)
        if found is None:
            break
        index, number = found
        expected = number + 1
        last = index + 1
        while last < len(lines) and last - index <= 3 * len(columns):
            ahead = _number(text, lines[last])
            if ahead is not None and ahead in (expected, 1):
                break
            if _ends_table(text[slice(*lines[last])], last - index, len(columns)):
                break
            last += 1
        cells = lines[index + 1 : last]
        if not cells:
            break
        rows.append(_fill(text, lines[index], cells, columns))
        stop = cells[-1][1]
        index = last
    return rows, stop


def _number(text: str, line: Span) -> int | None:
    printed = text[slice(*line)].strip().rstrip(".")
    return int(printed) if printed.isdigit() and len(printed) <= 3 else None


def _row_start(text: str, lines: list[Span], index: int, expected: int) -> tuple[int, int] | None:
    """The line that numbers the next row, over the heading of a group; numbers may begin anew."""
    for ahead in range(index, min(index + 3, len(lines))):
        number = _number(text, lines[ahead])
        if number == expected or (number == 1 and ahead > index):
            return ahead, number
        if ahead == index and not _GROUP.match(text[slice(*lines[index])].strip()):
            return None
    return None


def _ends_table(line: str, offset: int, columns: int) -> bool:
    """A heading after a full row ends the table."""
    return offset >= min(columns, 3) and bool(
        re.match(
            r"\s*(?:[IVX]{1,5}(?:\.\s|$)|[A-ZĐ]$|(?:PHỤ LỤC|Phụ lục)\b|Nơi nhận"
            r"|\d{1,2}\.\s+[A-ZĐ]|Ghi chú"
            r"|\(Ghi chú)",
            line,
        )
    )


def _fill(
    text: str, number: Span, cells: list[Span], columns: Sequence[Column]
) -> tuple[Span, ...]:
    """One span per column.  With a line per cell by position, otherwise by what lines look like."""
    wanted = len(columns) - 1
    empty = (number[1], number[1])
    if len(cells) > wanted:
        cells = _joined(text, cells)
    if len(cells) == wanted:
        return (number, *cells)
    row: list[Span] = [number, *([empty] * wanted)]
    order = range(1, len(columns))
    at = 1
    previous = ""
    for cell in cells:
        line = text[slice(*cell)].strip()
        goes_on = previous.endswith((";", ",")) or line.startswith(("-", "+"))
        if at > 1 and goes_on and not _TIME_LIKE.match(line) and columns[at - 1].means != "task":
            row[at - 1] = (row[at - 1][0], cell[1])
            previous = line
            continue
        previous = line
        choice = next((i for i in order if i >= at and _suits(columns[i].means, line)), None)
        if choice is None:
            choice = min(at, wanted)
        if row[choice] != empty:
            row[choice] = (row[choice][0], cell[1])
        else:
            row[choice] = cell
        at = choice + 1
    return tuple(row)


def _joined(text: str, lines: list[Span]) -> list[Span]:
    """Lines in small letters go on with the cell above."""
    cells: list[Span] = []
    for start, end in lines:
        if cells and text[start:end].lstrip()[:1].islower():
            cells[-1] = (cells[-1][0], end)
        else:
            cells.append((start, end))
    return cells


def _suits(meaning: Means, line: str) -> bool:
    if meaning == "time":
        return bool(_TIME_LIKE.match(line))
    if meaning in ("lead", "coordinate"):
        return bool(_BODY_LIKE.match(line))
    return meaning == "task" and not _TIME_LIKE.match(line) and not _BODY_LIKE.match(line)


def _end_of(layout: Layout, position: int, limit: int) -> int:
    for act in layout.acts:
        if act.start <= position < act.body_end:
            return act.body_end
    for annex in layout.annexes:
        if annex.start <= position < annex.end:
            return annex.end
    return limit
