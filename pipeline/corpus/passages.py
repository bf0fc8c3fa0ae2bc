"""A plan cut into passages: what is searched, ranked and shown.

In: a ``models.Plan``.  Out: passages in text order that share no letter and leave no word out.

A passage is a duty with its labelled lines, a row of a task table, or a section's own words
without its children.  Cutting instead of collecting has a reason: sections and tasks overlap, and
a word that is indexed twice is counted and shown twice.  A long stretch (a page of prose, the
letterhead of a flattened file) is cut again at line and sentence ends, because a hit should lead
to the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from models import Plan, Section, Task
from models.record import Box

PassageKind = Literal["head", "section", "task", "row", "annex", "close"]

LONGEST = 800
MOST = 65000
_STOP = re.compile(r"\n+|(?<=[.;:!?])\s+|(?<=,)\s+")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FlatSection:
    """A section with its place among all sections of the plan; ``parent`` is an index or None."""

    section: Section
    parent: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of the plan's text: code points, end exclusive, no blank at either end.

    Attributes:
        kind: head (letterhead and opening, before or between sections), section, task, row (of a
            task table), annex (words of a table that are in no row), close (after all sections).
        section: index of the innermost section it stands in, or None.
        page: 1-based, where the source has pages.
        boxes: page boxes in points, where the source has them and the passage is a whole value.
    """

    kind: PassageKind
    start: int
    end: int
    section: int | None
    page: int | None
    boxes: tuple[Box, ...]


def flatten(sections: Sequence[Section]) -> list[FlatSection]:
    """All sections in reading order, each after its parent."""
    found: list[FlatSection] = []
    waiting: list[tuple[Section, int | None]] = [(section, None) for section in reversed(sections)]
    while waiting:
        section, parent = waiting.pop()
        index = len(found)
        found.append(FlatSection(section, parent))
        waiting.extend((child, index) for child in reversed(section.children))
    return found


def cut(plan: Plan, sections: Sequence[FlatSection]) -> list[Passage]:
    """The passages of a plan.

    Args:
        plan: the record.
        sections: ``flatten(plan.sections)``.

    Returns:
        Passages in text order; every word of ``plan.text`` is in exactly one.
    """
    duties = _leaf_tasks(plan.tasks)
    starts = {0, *(max(0, min(flat.section.span.start, len(plan.text))) for flat in sections)}
    starts |= {annex.span.start for annex in plan.annexes}
    starts |= {annex.span.end for annex in plan.annexes}
    if sections:
        starts.add(max(flat.section.span.end for flat in sections))
    for task in duties:
        starts = {at for at in starts if not task.span.start < at < task.span.end}
        starts |= {task.span.start, task.span.end}
    borders = [*sorted(at for at in starts if at < len(plan.text)), len(plan.text)]
    sheet = _Sheet(plan, sections, duties)
    found: list[Passage] = []
    for start, end in pairwise(borders):
        found.extend(sheet.passages(start, end))
    if len(found) > MOST:
        # A file of millions of one-word lines: the rest is one passage, so that no word is lost.
        rest, last = found[MOST - 1], found[-1]
        found[MOST - 1 :] = [Passage(rest.kind, rest.start, last.end, rest.section, rest.page, ())]
    return found


def place_of(passages: Sequence[Passage], starts: Sequence[int], offset: int) -> int:
    """The index of the passage an offset stands in, or of the one before it.

    Args:
        passages: of one plan, at least one.
        starts: their first code points.
        offset: into the plan's text.
    """
    return min(max(0, bisect_right(starts, offset) - 1), len(passages) - 1)


class _Sheet:
    """What stands where on one plan."""

    def __init__(self, plan: Plan, sections: Sequence[FlatSection], duties: Sequence[Task]) -> None:
        self.text = plan.text
        self.sections = sections
        self.tasks = {task.span.start: task for task in duties}
        self.annexes = [(annex.span.start, annex.span.end) for annex in plan.annexes]
        spans = [flat.section.span for flat in sections]
        self.last = max((span.end for span in spans), default=len(plan.text))
        self.whole = {(span.start, span.end): span for span in spans}
        self.owners = self._owners()
        self.pages = sorted(
            {(span.start, span.page) for span in spans if span.page}
            | {(task.span.start, task.span.page) for task in plan.tasks if task.span.page}
        )

    def _owners(self) -> tuple[list[int], list[int | None]]:
        """Borders of the text, and which section is the innermost from each border on."""
        events: list[tuple[int, int, int]] = []
        for index, flat in enumerate(self.sections):
            span = flat.section.span
            if span.end > span.start:
                events += [(span.start, 1, index), (span.end, 0, index)]
        at: list[int] = [-1]
        owner: list[int | None] = [None]
        open_: list[int] = []
        for place, opens, index in sorted(events):
            if opens:
                open_.append(index)
            elif index in open_:
                open_.remove(index)
            at.append(place)
            owner.append(open_[-1] if open_ else None)
        return at, owner

    def passages(self, start: int, end: int) -> Iterator[Passage]:
        """The passages between two borders."""
        task = self.tasks.get(start)
        at, owner = self.owners
        for left, right in _pieces(self.text, start, end):
            section = owner[bisect_right(at, left) - 1]
            span = task.span if task else self.whole.get((start, end))
            whole = span is not None and right - left >= end - start - 1
            boxes = tuple(span.boxes or ()) if span is not None and whole else ()
            yield Passage(
                self._kind(left, task, section), left, right, section, self._page(left, task), boxes
            )

    def _kind(self, start: int, task: Task | None, section: int | None) -> PassageKind:
        if task is not None:
            return "row" if task.from_table else "task"
        if any(first <= start < last for first, last in self.annexes):
            return "annex"
        if section is not None:
            return "section"
        return "close" if start >= self.last else "head"

    def _page(self, start: int, task: Task | None) -> int | None:
        if task is not None and task.span.page:
            return task.span.page
        index = bisect_right(self.pages, (start, 1 << 60)) - 1
        if index >= 0:
            return self.pages[index][1]
        return 1 if self.pages else None


def _leaf_tasks(tasks: Sequence[Task]) -> list[Task]:
    """Tasks that hold no other task: the smallest duties; of two alike the first."""
    ordered = sorted(tasks, key=lambda task: (task.span.start, -task.span.end))
    leaves: list[Task] = []
    for task in ordered:
        if task.span.end <= task.span.start:
            continue
        while leaves and leaves[-1].span.end > task.span.start:
            if (leaves[-1].span.start, leaves[-1].span.end) == (task.span.start, task.span.end):
                break
            if leaves[-1].span.end < task.span.end:
                break
            leaves.pop()
        else:
            leaves.append(task)
    return leaves


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without blanks at its ends, cut where it is longer than ``LONGEST``."""
    while start < end:
        stop = end if end - start <= LONGEST else _break(text, start, end)
        left, right = start, stop
        while left < right and text[left].isspace():
            left += 1
        while left < right and text[right - 1].isspace():
            right -= 1
        if left < right:
            yield left, right
        start = stop


def _break(text: str, start: int, end: int) -> int:
    """Where a long stretch is cut: the last line or sentence end, else a blank, else its end."""
    window = start + LONGEST
    best = 0
    for match in _STOP.finditer(text, start + LONGEST // 3, min(window, end)):
        weight = 2 if "\n" in match.group() or text[match.start() - 1] in ".;" else 1
        if weight >= best_weight(text, best):
            best = match.end()
    if best:
        return best
    blanks = [blank.end() for blank in _BLANK.finditer(text, start + 1, window)]
    if blanks:
        return blanks[-1]
    later = _BLANK.search(text, window, end)
    return later.end() if later else end


def best_weight(text: str, at: int) -> int:
    """How good a cut an offset is: 0 none, 1 after a comma or colon, 2 after a line or sentence."""
    if not at:
        return 0
    before = text[:at].rstrip(" ") if at < 2 else text[max(0, at - 8) : at].rstrip(" ")
    return 2 if before.endswith(("\n", ".", ";")) else 1
