"""Tables of goals: "TT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2031", one cell a line.

In: clean text, in which every table stands with one cell a line.  Out: a ``Goal`` for each figure
of a column that is headed as a plan or an aim.  A row is read only where its cells are as many as
the heads and the next number follows: a missing cell shifts the rest, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.record import Comparator
from pipeline.entities.target_patterns import N
from pipeline.entities.target_values import Goal, comparator_of, number, upward

_HEAD = re.compile(
    r"^(?:S?TT|Số TT)[ ]*\n(?P<heads>(?:(?!1[ ]*\n)[^\n]{1,80}\n){2,9}?)"
    r"(?:(?:[IVX]+|[A-Z])\.?[ ]*\n[^\n]{1,200}\n)?(?=1\.?[ ]*\n)",
    re.M | re.I,
)
_NAME = re.compile(r"(?i)(?:tên |nội dung |các )?(?:chỉ tiêu|mục tiêu|tiêu chí|nội dung|chỉ số)\b")
_UNIT = re.compile(r"(?i)(?:đơn vị(?: tính)?|đvt|đv tính)\W*")
_AIM = re.compile(r"(?i)\b(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|giao|KH)\b")
_NO_AIM = re.compile(
    r"(?i)\b(?:thực hiện|kết quả|ước|hiện trạng|so với|ghi chú|cơ quan|đơn vị|thời gian|tiến độ)\b"
)
_FIGURE = re.compile(
    r"(?i)\s*(?:đạt )?(?:(?P<sign>[<>≤≥]=?)\s?|(?P<cmp>trên|dưới|tối thiểu|ít nhất|tối đa|từ|khoảng"
    rf"|không quá)\s+)?(?P<value>{N})(?:\s?[-–]\s?(?P<max>{N}))?\s?"
    r"(?P<unit>%|[^\W\d_][^\d\n,.;:()]{0,30}?)??(?P<up>\s*trở (?:lên|xuống))?\s*"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_BRACKETS = re.compile(r"\(\s*(?:đơn vị(?: tính)?:?\s*)?(?P<unit>%|[^\W\d_][^()\d]{0,20})\)\W*$")
_GROUP = re.compile(r"(?:[IVX]+|[A-Z])[.)]?\s*")
_MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cell of a row is what, counted from the cell behind its number."""

    width: int
    name: int
    unit: int | None
    aims: tuple[int, ...]


def find(text: str, start: int, end: int) -> Iterator[Goal]:
    """Goals of the tables in a stretch, in order."""
    for head in _HEAD.finditer(text, start, end):
        heads = [" ".join(line.split()) for line in head.group("heads").splitlines()]
        if columns := _columns(heads):
            for row in _rows(text, head.end(), end, columns.width):
                yield from _goals(text, row, columns)


def _columns(heads: list[str]) -> _Columns | None:
    name = next((i for i, head in enumerate(heads) if _NAME.match(head)), None)
    if name is None:
        return None
    unit = next((i for i, head in enumerate(heads) if i > name and _UNIT.fullmatch(head)), None)
    aims = tuple(
        i
        for i, head in enumerate(heads)
        if i > name and i != unit and _AIM.search(head) and not _NO_AIM.search(head)
    )
    return _Columns(len(heads), name, unit, aims) if aims else None


def _rows(text: str, start: int, end: int, width: int) -> Iterator[list[tuple[int, int]]]:
    """Rows that begin with 1, 2, 3 …, each as the spans of its cells; the first odd one ends it."""
    at = start
    for count in range(1, _MOST_ROWS):
        lines: list[tuple[int, int]] = []
        while len(lines) < width + 4 and at < end:
            stop = text.find("\n", at, end)
            stop = end if stop < 0 else stop
            lines.append((at, stop))
            at = stop + 1
        if len(lines) <= width or text[slice(*lines[0])].strip(" .") != str(count):
            return
        yield lines[1 : width + 1]
        following = _row_at(text, lines[width + 1 :], count + 1)
        if following is None:
            return
        at = following


def _row_at(text: str, lines: list[tuple[int, int]], count: int) -> int | None:
    """Where the next row begins: at its number, or behind one row that names a group."""
    if len(lines) > 2 and _GROUP.fullmatch(text, *lines[0]):
        lines = lines[2:]
    if lines and text[slice(*lines[0])].strip(" .") == str(count):
        return lines[0][0]
    return None


def _goals(text: str, row: list[tuple[int, int]], columns: _Columns) -> Iterator[Goal]:
    name_start, name_end = row[columns.name]
    name = " ".join(text[name_start:name_end].split())
    if not re.search(r"[^\W\d_]{2}", name):
        return
    for index in columns.aims:
        a, b = row[index]
        m = _FIGURE.fullmatch(text, a, b)
        unit = m and _unit(text, m, row, columns, name)
        if not m or not unit:
            continue
        comparator: Comparator = comparator_of(m.group("cmp"))
        if m.group("sign"):
            comparator = ">=" if m.group("sign")[0] in ">≥" else "<="
        if m.group("up"):
            comparator = upward(m)
        most = number(m.group("max")) if m.group("max") else None
        beside = index - columns.name == 1 + (columns.unit is not None)
        begin = name_start if beside else a + len(text[a:b]) - len(text[a:b].lstrip())
        stop = a + len(text[a:b].rstrip())
        value = number(m.group("value"))
        yield Goal(begin, stop, value, most, unit, ">=" if most else comparator, name, 0.7)


def _unit(
    text: str, m: re.Match[str], row: list[tuple[int, int]], columns: _Columns, name: str
) -> str | None:
    """The unit of a figure: behind it, in its column, or in brackets behind the name."""
    printed = m.group("unit")
    if not printed and columns.unit is not None:
        printed = text[slice(*row[columns.unit])]
        if not re.fullmatch(r"\s*(?:%|[^\W\d_].{0,40})\s*", printed):
            return None
    if not printed and (bracketed := _IN_BRACKETS.search(name)):
        printed = bracketed.group("unit")
    if not printed or (m.group("unit") is None and _YEAR.fullmatch(m.group("value"))):
        return None
    words = " ".join(printed.split())
    return words if words.isupper() else words[0].lower() + words[1:]
