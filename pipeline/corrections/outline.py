"""Corrections of the outline: headings and items, and the sections that values stand in.

In: a record and ``Standing``s of its sections.  Out: the record with the corrected tree.

A rejected heading gives its words to the node before it and its children to the node above.  An
added one takes the words from its place on.  Where a node's path changes, its children's change
with it, and so do the sections that values name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from models import Deadline, Plan, Reference, Section, SectionPath, Span, Target, Task
from pipeline.corrections.entries import Fields

if TYPE_CHECKING:
    from pipeline.corrections.laying import Standing

_V = TypeVar("_V", Reference, Deadline, Target, Task)


@dataclass(slots=True)
class _Node:
    """One section in the making; ``own_end`` is where its own words end."""

    section: Section
    path: SectionPath
    start: int
    text_start: int
    own_end: int
    touched: bool = False
    children: list[_Node] = field(default_factory=list)

    def end(self) -> int:
        """Where its last descendant ends."""
        return max([self.own_end, *(child.end() for child in self.children)])


class Outline:
    """The sections of one record in the making.

    Args:
        plan: the machine's record.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sections = list(plan.walk())
        self.fixed: dict[int, Fields] = {}
        self.rejected: set[int] = set()
        self.added: list[Section] = []

    def lay(
        self, standing: Standing, then: Fields, span: Callable[[int, int], Span]
    ) -> Span | None:
        """Take the verdicts on one section in.

        Args:
            standing: what was decided.
            then: the section as the machine had read it, {} for an added one.
            span: makes a span of two offsets.

        Raises:
            ValidationError: the section cannot be made.
        """
        slot = standing.slot
        words = span(slot.start, slot.end)
        if slot.value is not None:
            if standing.rejected:
                self.rejected.add(slot.index)
            else:
                checked = {**_shallow(self.sections[slot.index]), **standing.fields}
                Section.model_validate(checked)
                self.fixed[slot.index] = standing.fields
        elif standing.rejected:
            return None
        else:
            known: Fields = {"marker": "", **then, **standing.fields}
            own = {"text": "", "span": words, "page": words.page, "confidence": 1.0}
            self.added.append(Section.model_validate({**known, **own}))
        return words

    def path_at(self, offset: int) -> SectionPath:
        """The path of the innermost section that an offset stands in, as the machine read it."""
        found: SectionPath = []
        for section in self.sections:
            if section.span.start <= offset < section.span.end:
                found = section.path
        return found

    def applied(self, plan: Plan) -> Plan:
        """The record with the corrected tree."""
        if not (self.fixed or self.rejected or self.added):
            return plan
        nodes = [_node(plan.text, section) for section in self.sections]
        self._rename(nodes)
        kept = self._words(nodes)
        roots = _nested(kept)
        changes: Fields = {"sections": [_section(plan.text, node) for node in roots]}
        moved = any(node.path != node.section.path for node in kept)
        if moved or self.rejected or self.added:
            where = _Whereabouts(nodes, kept, self.rejected)
            for name in ("references", "short_references", "deadlines", "targets", "tasks"):
                changes[name] = [where.moved(value) for value in getattr(plan, name)]
        return plan.model_copy(update=changes)

    def _rename(self, nodes: list[_Node]) -> None:
        """Titles and paths; a child's path follows its parent's."""
        above: list[tuple[Section, SectionPath]] = []
        for index, node in enumerate(nodes):
            section = node.section
            while above and above[-1][0].span.end <= section.span.start:
                above.pop()
            while above and section.path[: len(above[-1][0].path)] != above[-1][0].path:
                above.pop()
            fixed = self.fixed.get(index, {})
            if above:
                parent, path = above[-1]
                node.path = [*path, *section.path[len(parent.path) :]]
            if fixed.get("path", section.path) != section.path:
                node.path = list(fixed["path"])
            if index in self.fixed:
                node.section = section.model_copy(
                    update={
                        "title": fixed.get("title", section.title),
                        "marker": fixed.get("marker", section.marker),
                        "confidence": 1.0,
                    }
                )
            here = node.path
            if index in self.rejected:
                here = above[-1][1] if above else []
            above.append((section, here))

    def _words(self, nodes: list[_Node]) -> list[_Node]:
        """The nodes that stand, in text order, each with its own words."""
        kept: list[_Node] = []
        for index, node in enumerate(nodes):
            if index not in self.rejected:
                kept.append(node)
            elif kept and not self.plan.text[kept[-1].own_end : node.start].strip():
                kept[-1].own_end = node.own_end
                kept[-1].touched = True
        for section in sorted(self.added, key=lambda one: (one.span.start, one.path)):
            node = _node(self.plan.text, section)
            node.touched = True
            for other in kept:
                if other.text_start <= node.start < other.own_end:
                    node.own_end = max(node.own_end, other.own_end)
                    other.own_end, other.touched = node.start, True
            kept.append(node)
            kept.sort(key=lambda one: one.start)
        return kept


class _Whereabouts:
    """Which section a value stands in now."""

    def __init__(self, nodes: list[_Node], kept: list[_Node], rejected: set[int]) -> None:
        self.old = nodes
        self.kept = kept
        self.gone = {id(nodes[index]) for index in rejected}

    def moved(self, value: _V) -> _V:
        """The value with the path of its section as it is now."""
        path = self._path(value.section, value.span.start)
        return value if path == value.section else value.model_copy(update={"section": path})

    def _path(self, path: SectionPath, start: int) -> SectionPath:
        around = [node for node in self.old if _holds(node.section.span, start)]
        if around and around[-1].section.path == path:
            return self._innermost(start)
        # The reader put the value elsewhere on purpose: a row of a table, the closing words.
        same = [node for node in self.old if node.section.path == path]
        node = next((one for one in same if one in around), same[0] if same else None)
        if node is None:
            return path
        return self._innermost(start) if id(node) in self.gone else node.path

    def _innermost(self, start: int) -> SectionPath:
        around = [node for node in self.kept if node.start <= start < node.end()]
        return around[-1].path if around else []


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset < span.end


def _node(text: str, section: Section) -> _Node:
    start = section.span.start
    if section.text:
        at = text.find(section.text, start, section.span.end)
        at = at if at >= 0 else min(start + len(section.marker), section.span.end)
        return _Node(
            section, section.path, start, at, min(at + len(section.text), section.span.end)
        )
    behind = min(start + len(section.marker), section.span.end)
    while behind < section.span.end and text[behind].isspace():
        behind += 1
    own_end = section.children[0].span.start if section.children else section.span.end
    return _Node(section, section.path, start, behind, max(behind, own_end))


def _nested(nodes: Sequence[_Node]) -> list[_Node]:
    """The tree: a node belongs to the last one before it whose path begins its own."""
    roots: list[_Node] = []
    open_: list[_Node] = []
    for node in nodes:
        while open_ and not (
            len(open_[-1].path) < len(node.path)
            and node.path[: len(open_[-1].path)] == open_[-1].path
        ):
            open_.pop()
        (open_[-1].children if open_ else roots).append(node)
        open_.append(node)
    return roots


def _section(text: str, node: _Node) -> Section:
    section = node.section
    children = [_section(text, child) for child in node.children]
    changes: Fields = {"path": node.path, "children": children}
    if node.touched:
        changes["text"] = text[node.text_start : node.own_end].strip()
    if node.touched or [one.span for one in children] != [one.span for one in section.children]:
        changes["span"] = section.span.model_copy(update={"end": node.end()})
    return section.model_copy(update=changes)


def _shallow(section: Section) -> Fields:
    return {name: getattr(section, name) for name in Section.model_fields}
