"""Corrections of the outline: headings and items, and the sections that values stand in.

In: a record and ``Standing``s of its sections.  Out: the record with the corrected tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models import Plan, Section, SectionPath, Span
from pipeline.corrections import values

if TYPE_CHECKING:
    from pipeline.corrections.laying import Standing


class Outline:
    """The sections of one record in the making.

    Args:
        plan: the machine's record.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.titles: dict[int, str] = {}
        self.sure: set[int] = set()

    def lay(self, standing: Standing, span: Callable[[int, int], Span]) -> Span | bool:
        """Take the verdicts on one section in; False where there is no such section."""
        slot = standing.slot
        if slot.value is None:
            return False
        self.sure.add(slot.index)
        if "title" in standing.fields:
            self.titles[slot.index] = standing.fields["title"]
        return span(slot.start, slot.end)

    def path_at(self, offset: int) -> SectionPath:
        """The path of the innermost section that an offset stands in."""
        found: SectionPath = []
        for section in values.walk(self.plan.sections):
            if section.span.start <= offset < section.span.end:
                found = section.path
        return found

    def applied(self, plan: Plan) -> Plan:
        """The record with the corrected tree."""
        if not self.sure:
            return plan
        return plan.model_copy(update={"sections": self._tree(plan.sections, [0])})

    def _tree(self, sections: Sequence[Section], counter: list[int]) -> list[Section]:
        made = []
        for section in sections:
            index = counter[0]
            counter[0] += 1
            changes: dict[str, object] = {"children": self._tree(section.children, counter)}
            if index in self.sure:
                changes["confidence"] = 1.0
            if index in self.titles:
                changes["title"] = self.titles[index]
            made.append(section.model_copy(update=changes))
        return made
