"""A plan cut into items: the smallest duties, aims, targets and table rows that can be compared.

In: a ``models.Plan``.  Out: ``RawItem`` values in reading order.

The record's tasks are too coarse for this (a task may hold a page of bullets), so the outline is
walked: a node's own words are an item unless they are only the heading of what stands below.
Labelled lines ("Cơ quan chủ trì: …", "Thời gian: …") belong to the item above them: they are facts
of it and not items.  What every plan says whatever it plans is left out (``boilerplate.csv``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models import Plan, Section
from pipeline.comparison.data import boilerplate, section_kinds
from pipeline.comparison.results import Kind
from pipeline.language.keys import spelled

FEWEST_WORDS = 5
LONGEST_WORDS = 140
_END = 700
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[-–+•]|[^\W\d_a-zà-ỹ]|\d)")
# A bullet is no letter, digit, opening quote or bracket; word processors have dozens of them.
_MARKER = re.compile(
    r"\s*(?:[^\w\s\"'“‘«(\[≥≤<>=]+\s*)?(?:(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s+)?"
)
_DUTY = "chủ trì|phối hợp|đầu mối|thực hiện|tham mưu|theo dõi"
_SUBJECT = (
    "thời gian|thời hạn|lộ trình|tiến độ|hoàn thành|sản phẩm|kết quả|đầu ra|kinh phí|nguồn kinh phí"
    "|địa điểm|cơ quan thực hiện|đơn vị thực hiện|người thực hiện|phân công"
)
_LABEL = re.compile(
    rf"(?i)^\s*(?:[-–+•*]\s*)?(?:(?:cơ quan|đơn vị|tổ chức)?\s*(?:được giao )?(?:{_DUTY})"
    rf"(?:,? (?:{_DUTY}))*\s*:|(?:{_SUBJECT})[^:.\n]{{0,40}}:)"
)
# Words of a heading: whatever its end; without a full stop; as the opening of a list.
_SHORT_HEADING, _HEADING, _LEAD_IN = 8, 25, 70


@dataclass(slots=True)
class RawItem:
    """An item before its facts are read.

    Attributes:
        start, end: its words in the plan's text.
        reach: stretches whose facts are its own: its words and its labelled lines.
        section: path of the node.
        headings: (title, start, end) of the headings above, outermost first.
        kind: what the headings say.
        from_table: a row of a task table.
    """

    start: int
    end: int
    reach: list[tuple[int, int]]
    section: tuple[str, ...]
    headings: tuple[tuple[str, int, int], ...]
    kind: Kind
    from_table: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A section that stands over items.

    Attributes:
        path: its address.
        title: its heading, one line.
        start, end: of the heading's words.
        first, last: of the whole section, code points.
        page: 1-based, or None.
        kind: what it says its items are.
    """

    path: tuple[str, ...]
    title: str
    start: int
    end: int
    first: int
    last: int
    page: int | None
    kind: Kind


def cut(plan: Plan) -> tuple[list[RawItem], list[Heading]]:
    """The items of a plan and the sections above them, in reading order."""
    tables = [(annex.span.start, annex.span.end) for annex in plan.annexes]
    found = list(_rows(plan))
    covered = sorted({item.reach[0] for item in found})
    walker = _Walker(plan.text, tables, covered)
    if plan.sections:
        for section in plan.sections:
            walker.walk(section, ())
    else:
        walker.pieces([_body(plan)], (), ())
    found += walker.found
    return sorted(found, key=lambda item: (item.start, item.end)), walker.headings


def kind_of(headings: Sequence[str]) -> Kind:
    """What items under these headings are; the innermost heading that says it decides.

    >>> kind_of(["MỤC ĐÍCH, YÊU CẦU", "Yêu cầu"])
    'requirement'
    """
    for heading in reversed(headings):
        folded = spelled(heading)
        for pattern, kind in section_kinds():
            if pattern.search(folded):
                return kind
    return "other"


def titled(heading: str) -> str:
    """The heading itself, without the sentence that web pages run into it.

    >>> titled("NHIỆM VỤ TRỌNG TÂM Để đạt mục tiêu trên, các sở cần:")
    'NHIỆM VỤ TRỌNG TÂM'
    """
    words = heading.split()
    capitals = 0
    while capitals < len(words) and words[capitals].upper() == words[capitals]:
        capitals += 1
    return " ".join(words[:capitals] if capitals > 1 else words).rstrip(" :")


class _Walker:
    """Walks the outline of one plan."""

    def __init__(
        self, text: str, tables: list[tuple[int, int]], covered: list[tuple[int, int]]
    ) -> None:
        self.text = text
        self.tables = sorted(tables)
        self.covered = covered
        self.found: list[RawItem] = []
        self.headings: list[Heading] = []

    def walk(self, section: Section, above: tuple[tuple[str, int, int], ...]) -> None:
        """A node and all below it."""
        start = section.span.start + self._marker(section)
        own = list(_minus(start, section.span.end, section.children))
        heading = self._heading(own, section, above)
        if heading is not None:
            first, last = heading
            title = titled(self.text[first:last])
            above = (*above, (title, first, last))
            self.headings.append(
                Heading(
                    tuple(section.path),
                    title,
                    first,
                    last,
                    section.span.start,
                    section.span.end,
                    section.span.page or section.page,
                    kind_of([heading for heading, _, _ in above]),
                )
            )
            own = [(max(left, last), right) for left, right in own if right > last]
        before = len(self.found)
        path = tuple(section.path)
        stretches = [(left, right, None) for left, right in own]
        parts: list[tuple[int, int, Section | None]] = [
            *stretches,
            *((child.span.start, child.span.end, child) for child in section.children),
        ]
        for left, right, child in sorted(parts, key=lambda part: part[:2]):
            if child is None:
                self.pieces([(left, right)], path, above)
            elif not child.children and len(self.found) > before and self._label(child):
                self.found[-1].reach.append((left, right))
            else:
                self.walk(child, above)

    def _label(self, child: Section) -> bool:
        return bool(_LABEL.match(self.text[child.span.start : child.span.end]))

    def _marker(self, section: Section) -> int:
        """Length of the printed marker and the blanks behind it."""
        body = self.text[section.span.start : section.span.end]
        size = len(section.marker) if body.startswith(section.marker) else 0
        while size < len(body) and body[size].isspace():
            size += 1
        return size

    def _heading(
        self,
        own: Sequence[tuple[int, int]],
        section: Section,
        above: tuple[tuple[str, int, int], ...],
    ) -> tuple[int, int] | None:
        """The stretch that is only the heading of what follows, or None."""
        if not own:
            return None
        left, right = own[0]
        lines = [match.span() for match in _LINE.finditer(self.text, left, right)]
        lines = [span for span in lines if self.text[slice(*span)].strip()]
        if not lines:
            return None
        first = self.text[slice(*lines[0])]
        if len(lines) == 1 and len(own) == 1 and not section.children:
            return None
        if all(_LABEL.match(self.text[slice(*line)]) for line in lines[1:]) and all(
            self._label(child) for child in section.children
        ):
            return None  # the task itself, with labelled lines below it
        words = len(first.split())
        open_end = not first.rstrip().endswith((".", ";", "!"))
        if words <= _SHORT_HEADING or (open_end and words <= _HEADING):
            return lines[0]
        if open_end and section.children and words <= _LEAD_IN:
            return lines[0]
        charged = words <= _HEADING and kind_of([title for title, _, _ in above]) == "organisation"
        return lines[0] if charged and section.children else None

    def pieces(
        self,
        stretches: Sequence[tuple[int, int]],
        path: tuple[str, ...],
        above: tuple[tuple[str, int, int], ...],
    ) -> None:
        """Items of plain stretches: a line each, long ones cut at sentence ends."""
        kind = kind_of([title for title, _, _ in above])
        for start, end in stretches:
            for line in _LINE.finditer(self.text, start, end):
                if _inside(line.start(), self.tables):
                    continue
                if _LABEL.match(line.group()) and self.found:
                    self.found[-1].reach.append(line.span())
                    continue
                for left, right in _sentences(self.text, *line.span()):
                    self._keep(left, right, path, above, kind)

    def _keep(
        self,
        start: int,
        end: int,
        path: tuple[str, ...],
        above: tuple[tuple[str, int, int], ...],
        kind: Kind,
    ) -> None:
        marker = _MARKER.match(self.text, start, end) if start < end else None
        start = marker.end() if marker else start
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        words = self.text[start:end]
        if len(words.split()) < FEWEST_WORDS or _stock(words):
            return
        self.found.append(RawItem(start, end, [(start, end)], path, above, kind))


def _body(plan: Plan) -> tuple[int, int]:
    """What stands between title and signature where there is no outline."""
    spans = plan.header.spans
    head = [span.end for name in ("number", "issued_on", "title") for span in spans.get(name, ())]
    start = max(head, default=0)
    tail = [
        span.start
        for name in ("recipients", "signer")
        for span in spans.get(name, ())
        if span.start > start
    ]
    return start, min(tail, default=len(plan.text))


def _stock(words: str) -> bool:
    """Stock phrases are known by their beginning or their end."""
    line = " ".join(words.casefold().split())
    ends = line if len(line) <= 2 * _END else f"{line[:_END]} {line[-_END:]}"
    return bool(boilerplate().search(ends))


def _minus(start: int, end: int, children: Sequence[Section]) -> Iterator[tuple[int, int]]:
    """What of a stretch is in no child."""
    for child in sorted(children, key=lambda child: child.span.start):
        if child.span.start > start:
            yield start, child.span.start
        start = max(start, child.span.end)
    if start < end:
        yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch itself, or groups of its sentences where it is longer than one item should be."""
    if len(text[start:end].split()) <= LONGEST_WORDS:
        yield start, end
        return
    borders = [match.start() for match in _SENTENCE.finditer(text, start, end)]
    left, last = start, start
    for border in [*borders, end]:
        if last > left and len(text[left:border].split()) > LONGEST_WORDS:
            yield from _pieces(text, left, last)
            left = last
        last = border
    if left < end:
        yield from _pieces(text, left, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch, cut at blanks where it is a sentence of a length that no sentence has."""
    words = [match.start() for match in _WORD.finditer(text, start, end)]
    left = start
    for at in words[2 * LONGEST_WORDS :: 2 * LONGEST_WORDS]:
        yield left, at
        left = at
    yield left, end


def _rows(plan: Plan) -> Iterator[RawItem]:
    """Rows of task tables: the task's cell is the item, the whole row its reach."""
    seen: set[int] = set()
    for task in plan.tasks:
        span = task.span
        if not task.from_table or span.start in seen:
            continue
        seen.add(span.start)
        cell = _task_cell(plan, span.start, span.end)
        if cell is None:
            continue
        start, end = cell
        words = plan.text[start:end]
        if len(words.split()) < FEWEST_WORDS or _stock(words):
            continue
        reach = [(span.start, span.end)]
        path = tuple(task.section)
        yield RawItem(start, end, reach, path, (), "task", from_table=True)


def _task_cell(plan: Plan, start: int, end: int) -> tuple[int, int] | None:
    """Where the cell with the task stands in a row: by its column, else the longest line."""
    lines = [match.span() for match in _LINE.finditer(plan.text, start, end)]
    for annex in plan.annexes:
        if not annex.span.start <= start < annex.span.end:
            continue
        columns = [i for i, column in enumerate(annex.columns) if column.means == "task"]
        for row in annex.rows if columns else ():
            cell = row[columns[0]].strip() if columns[0] < len(row) else ""
            at = plan.text.find(cell, start, end) if len(cell.split()) >= FEWEST_WORDS else -1
            if at >= 0:
                return at, at + len(cell)
    if not lines:
        return None
    return max(lines, key=lambda span: span[1] - span[0])


def _inside(at: int, stretches: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(stretches, (at, 1 << 60)) - 1
    return index >= 0 and stretches[index][0] <= at < stretches[index][1]
