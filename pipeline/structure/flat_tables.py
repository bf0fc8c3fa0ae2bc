"""Task tables that a web page or an old converter flattened to one cell a line.

In: clean text.  Out: the columns and rows of such a table, cells as spans of the text.

The head is a run of short lines with the names of columns.  A row begins where the next number of
its series stands alone on a line; headings of groups stand between rows.  Empty cells leave no line
and cells of several paragraphs leave many, so the lines of a row are laid over its columns by the
best-scoring alignment: what a line looks like (a time, a body, a sentence), which columns stay
empty, and where a cell plainly goes on.  A cell merged over several rows is printed once: the
alignment may step back to an earlier column, and what stands before that is the row's above.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.language.letters import UPPER
from pipeline.structure.columns import Column, Means, is_task_table, means, task_column

Span = tuple[int, int]
Row = tuple[Span, ...]
Heading = tuple[Span, list[Span]]  # number and lines of the title

HEAD = re.compile(r"(?:^|\s)(?:STT|TT|Stt|Số TT)$", re.M)
_TIME_LIKE = re.compile(
    r"(?i)^(?:(?:trong\s+)?(?:các\s+)?(?:quý|tháng|năm)\s|thường xuyên|hàng\s|hằng\s|trước\s"
    r"|từ\s+(?:tháng|ngày|quý|năm|\d)|định kỳ|cả năm|cuối\s|đầu\s|giai đoạn\s|đột xuất"
    r"|đã hoàn thành|hoàn thành (?:trong|trước)|trong (?:ngày|suốt)"
    r"|trong năm|sau khi|ngay sau|khi có|ngày\s+\d"
    r"|theo\s+(?:quy định|kế hoạch|yêu cầu|tiến độ|quyết định|chương trình|hướng dẫn"
    r"|đề nghị|đề xuất|thời|lịch)"
    r"|\d{1,2}\s*/\s*\d{1,2}|\d{1,2}\s*/\s*20\d\d|đến\s|20\d\d\b|6 tháng|[IVX]{1,3}\s*/\s*20\d\d)"
)
_BODY_LIKE = re.compile(
    r"^(?:[-–+]\s*)?(?:(?:Lãnh đạo|Chánh|Thủ trưởng)\s+)?(?:Các\s|Sở\b|Bộ\s|Ban\s|UBND|Ủy ban"
    r"|Uỷ ban|Văn phòng|VP\b|Cục\s|Vụ\s|Phòng\s|Công an|Viện\s|Thanh tra|Trung tâm|TT\s|Đài\s|Báo\s"
    r"|Hội\s|Tổ\s|Đơn vị|Cơ quan|Chi cục|Trường\s|Tổng cục|Tổng công ty|Chính phủ|Bệnh viện"
    r"|Ngân hàng|Tòa án|Tỉnh\b|MTTQ|Mặt trận|Đoàn\s|Liên đoàn|Kho bạc|Tạp chí|Học viện|Như trên"
    r"|Bảo hiểm|Hiệp hội|Doanh nghiệp|HĐND|Hội đồng|Quân khu|Bưu điện|Điện lực)"
)
_ALLOWED_NAME = 90  # characters of the longest column name seen is 78
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)")
_LABEL = re.compile(r"(?P<int>\d{1,3})\.?|(?P<dec>\d{1,2}(?:\.\d{1,2}){1,2})\.?")
_GROUP_LABEL = re.compile(r"(?P<label>[IVX]{1,6}|[A-HĐ])[.)]?")
_GROUP = re.compile(
    rf"(?P<label>(?:[IVX]{{1,6}}|[A-HĐ])(?=[.)]|\s*[-–])|\d{{1,2}}(?:\.\d{{1,2}})?(?=\.))"
    rf"(?:[.)]|\s*[-–])\s*(?P<title>[{UPPER}])"
)
_AFTER = re.compile(
    r"\s*(?:(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu|Mẫu)\s|Nơi nhận|\(?Ghi chú\b|Tổng (?:cộng|số)\b|\[\d"
    r"|(?:DANH MỤC|DANH SÁCH|KẾ HOẠCH|LỊCH|CỘNG HÒA|CỘNG HOÀ|TM\.|KT\.)\s*\S*)"
)
_FAR = 60  # lines; a row in which a merged cell has many rows beside it is that long
_PERIOD_NAMES = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Columns and rows of one flattened table, and the stretch it covers."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    start: int
    end: int


def find(text: str, start: int, end: int) -> FlatTable | None:
    """The flattened task table whose head begins with the match of ``HEAD`` at ``start``.

    Args:
        text: clean text.
        start: where the name of the number column stands.
        end: where the act or annex ends.
    """
    first_line = text.find("\n", start, end)
    if first_line < 0:
        return None
    name = text[start:first_line].strip()
    lines = _lines(text, first_line + 1, end)
    columns, at = _columns(text, lines)
    columns = (Column(name, "no"), *columns)
    if at is None or not is_task_table(columns):
        return None
    rows: list[Row] = []
    for headings, label, cells in _rows(text, lines[at:], len(columns)):
        rows.extend(_heading(*heading, columns) for heading in headings)
        rows.extend(_align(text, label, cells, columns))
    if not rows:
        return None
    return FlatTable(columns, tuple(rows), start, max(b for _, b in rows[-1]))


def _lines(text: str, start: int, end: int) -> list[Span]:
    spans = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if line.strip():
            spans.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at = stop + 1
    return spans


def _printed(text: str, line: Span) -> str:
    return text[line[0] : line[1]]


def _columns(text: str, lines: Sequence[Span]) -> tuple[tuple[Column, ...], int | None]:
    """Names of the columns after the first, and the index of the line after them."""
    columns: list[Column] = []
    ticks = 0
    for index, line in enumerate(lines[:16]):
        printed = _printed(text, line)
        if _sub_head(columns) and ticks < 4 and printed == _PERIOD_NAMES[ticks]:
            ticks += 1
            continue  # "Thời gian (Quý)" over "I", "II", "III", "IV": ticks leave no text
        if columns and _COLUMN_NUMBER.fullmatch(printed):
            continue
        if _label(printed) or _group_ahead(text, lines, index):
            if len(columns) < 2:
                return (), None
            return tuple(_with_children(columns)), _over_numbering(text, lines, index, len(columns))
        if _TIME_LIKE.match(printed) and means(printed) != "time" and len(columns) >= 2:
            return tuple(_with_children(columns)), index
        if len(printed) > _ALLOWED_NAME or printed.endswith((".", ";")):
            return (), None
        columns.append(Column(printed, means(printed)))
    return (), None


def _sub_head(columns: Sequence[Column]) -> bool:
    return bool(columns) and columns[-1].means == "time" and "quý" in columns[-1].name.casefold()


def _over_numbering(text: str, lines: Sequence[Span], index: int, columns: int) -> int:
    """Over a row that numbers the columns: "1", "2", …"""
    run = [_printed(text, line) for line in lines[index : index + columns + 1]]
    counted = [str(number) for number in range(1, len(run) + 1)]
    if len(run) >= 3 and run == counted:
        return index + len(run)
    return index


def _with_children(columns: list[Column]) -> list[Column]:
    """ "Đơn vị thực hiện" over "Chủ trì", "Phối hợp", printed after all names of the first row."""
    if len(columns) > 3 and [c.means for c in columns[-2:]] == ["lead", "coordinate"]:
        parents = [i for i, c in enumerate(columns[:-2]) if c.means in ("lead", "coordinate")]
        if len(parents) == 1:
            at = parents[0]
            return [*columns[:at], *columns[-2:], *columns[at + 1 : -2]]
    return columns


def _label(printed: str) -> tuple[int, ...] | None:
    """The number of a row: (4,) or (1, 2)."""
    m = _LABEL.fullmatch(printed)
    return tuple(int(part) for part in (m["int"] or m["dec"]).split(".")) if m else None


def _group_ahead(text: str, lines: Sequence[Span], index: int) -> bool:
    """Does the heading of a group stand here: a label or a labelled title, a row not far below?"""
    printed = _printed(text, lines[index])
    alone = _GROUP_LABEL.fullmatch(printed)
    if alone is None and not _GROUP.match(printed):
        return False
    ahead = [_printed(text, line) for line in lines[index + 1 : index + 6]]
    return any(_label(line) for line in ahead) or (
        alone is not None and any(_GROUP_LABEL.fullmatch(line) for line in ahead)
    )


def _follows(number: tuple[int, ...], last: tuple[int, ...] | None, fresh: bool) -> bool:
    """May a row with this number come next?  ``fresh``: the heading of a group stands between."""
    if last is None or (fresh and number[-1] == 1):
        return number[-1] <= 2 or last is None
    if number == (*last, 1) or number == (1,):
        return True
    for depth in range(1, min(len(last), len(number)) + 1):
        if number[: depth - 1] == last[: depth - 1] and number[depth - 1] - last[depth - 1] in (
            1,
            2,
        ):
            return all(part == 1 for part in number[depth:])
    return False


def _heading(label: Span, title: list[Span], columns: Sequence[Column]) -> Row:
    """The heading of a group as a row: its number, its title, and nothing else."""
    cells = [(label[1], label[1])] * len(columns)
    task = task_column(columns)
    cells[0], cells[task] = label, (title[0][0], title[-1][1])
    return tuple(cells)


def _group(text: str, line: Span) -> Heading:
    """Label and title of a group's heading, as far as its first line has them."""
    if m := _GROUP.match(text, *line):
        return m.span("label"), [(m.start("title"), line[1])]
    alone = _GROUP_LABEL.fullmatch(text, *line)
    return (alone.span("label") if alone else line), []


def _rows(
    text: str, lines: Sequence[Span], columns: int
) -> Iterator[tuple[list[Heading], Span, list[Span]]]:
    """The headings of groups above each row, its number and its lines."""
    above: list[Heading] = []
    group: Heading | None = None
    label: Span | None = None
    last: tuple[int, ...] | None = None
    cells: list[Span] = []
    longest = columns - 1
    fresh = True
    titled = False  # the line belongs to the label of the group above it
    for index, line in enumerate(lines):
        printed = _printed(text, line)
        number = _label(printed)
        if titled and not number:
            titled = False
            if group:
                group[1].append(line)
        elif number and _follows(number, last, fresh):
            if label and cells:
                longest = max(longest, _opened(text, cells))
                yield above, label, cells
                above = []
            if group and group[1]:
                above.append(group)
            group = None
            label, last, cells, fresh, titled = line, number, [], False, False
        elif _group_ahead(text, lines, index) and (label is None or cells):
            if label and cells:
                yield above, label, cells
                above = []
            if group and group[1]:
                above.append(group)
            group = _group(text, line)
            label, cells, fresh = None, [], True
            titled = bool(_GROUP_LABEL.fullmatch(printed))
        elif label is None:
            if last is not None and not fresh:
                return
            if group:
                group[1].append(line)
        elif cells and (HEAD.fullmatch(printed) or _AFTER.match(printed)):
            break
        elif cells and not _more(text, lines, index, last):
            goes_on = _goes_on(_printed(text, cells[-1]), printed)
            if _GROUP.match(printed) or (not goes_on and _opened(text, cells) >= longest):
                break  # after the last row: prose
            cells.append(line)
        else:
            cells.append(line)
    if label and cells:
        yield above, label, cells


def _more(text: str, lines: Sequence[Span], index: int, last: tuple[int, ...] | None) -> bool:
    """Does another row of the table begin not far below?"""
    numbers = (_label(_printed(text, line)) for line in lines[index : index + _FAR])
    return any(number and _follows(number, last, False) for number in numbers)


def _opened(text: str, cells: Sequence[Span]) -> int:
    """How many cells the lines of a row open at the least."""
    printed = [_printed(text, cell) for cell in cells]
    return 1 + sum(not _goes_on(a, b) for a, b in itertools.pairwise(printed))


def _goes_on(before: str, line: str) -> bool:
    """Does a line plainly belong to the cell of the line above?"""
    if before.endswith((";", ",", ":")) or line[0].islower():
        return True
    return bool(_DASH.match(line) and _DASH.match(before))


_EMPTY: dict[Means, float] = {
    "task": -6, "lead": -2, "coordinate": -0.8, "time": -1.2, "output": -0.8, "note": 0,
    "other": -0.6, "no": 0,
}  # fmt: skip
_BACK = -3.0
_DASH = re.compile(r"[-–+•*]\s*\S")
_BODY_NAME = re.compile(r"(?i)cơ quan|đơn vị|sở|lãnh đạo|thành phần|người")


def _suits(line: str, column: Column) -> float:
    """How well a line fits a column."""
    time = bool(_TIME_LIKE.match(line)) and len(line) < 90
    body = bool(_BODY_LIKE.match(line)) and not re.search(rf"[.]\s+[{UPPER}]", line)
    meaning = column.means
    if meaning == "time":
        return 3 if time else (-3 if body or len(line) > 60 else -1)
    if meaning in ("lead", "coordinate") or (meaning == "other" and _BODY_NAME.search(column.name)):
        return 2 if body else (-3 if time else (-2 if len(line) > 120 else -0.3))
    if meaning == "task":
        return -3 if time else (-0.5 if body and len(line) < 80 else 1)
    return -1.5 if time else (-0.5 if body else 0)


def _stay(before: str, line: str, column: Column) -> float:
    """The cost of one more line in the same cell."""
    if column.means == "time":
        return -3.0
    if _goes_on(before, line):
        return 0.0
    return -0.8 if _DASH.match(line) else -1.6


def _align(text: str, label: Span, cells: list[Span], columns: Sequence[Column]) -> Iterator[Row]:
    """Lay a row's lines over its columns; several rows where a cell is merged over them."""
    width = len(columns)
    printed = [_printed(text, cell) for cell in cells]
    task = task_column(columns)
    skipped = [0.0] * (width + 1)  # cost of leaving the columns before this one empty
    for i, column in enumerate(columns):
        skipped[i + 1] = skipped[i] + (_EMPTY[column.means] if i else 0)
    best: list[list[float]] = []
    came: list[list[int]] = []
    for at, line in enumerate(printed):
        scores, froms = [-1e9] * width, [-1] * width
        goes_on = bool(at) and _goes_on(printed[at - 1], line)
        for j in range(1, width):
            fit = _suits(line, columns[j])
            if goes_on and columns[j].means != "time":
                fit = max(fit, 0.0)
            if at == 0:
                scores[j] = fit + skipped[j] - skipped[1]
                continue
            for i in range(1, width):
                if i < j:
                    step = skipped[j] - skipped[i + 1] - (2.0 if goes_on else 0)
                elif i == j:
                    step = _stay(printed[at - 1], line, columns[j])
                elif j <= task:
                    step = _BACK + skipped[width] - skipped[i + 1]
                else:
                    continue
                value = best[-1][i] + step + fit
                if value > scores[j]:
                    scores[j], froms[j] = value, i
        best.append(scores)
        came.append(froms)
    at = max(range(1, width), key=lambda j: best[-1][j] + skipped[width] - skipped[j + 1])
    path = [at]
    for froms in reversed(came[1:]):
        path.append(froms[path[-1]])
    path.reverse()
    empty = (label[1], label[1])
    row: list[Span] = [label, *[empty] * (width - 1)]
    before = 0
    for j, cell in zip(path, cells, strict=True):
        if j < before:
            yield tuple(row)
            row = [*row[:j], *[empty] * (width - j)]
        row[j] = (row[j][0], cell[1]) if row[j] != empty and j == before else cell
        before = j
    yield tuple(row)
