"""A corrected record put together from a machine's record and what people decided about its values.

In: a record, then one ``Standing`` after another.  Out: a new record; the old one is not touched.

Lists keep their order, so that numbers that point into them (a duty's deadlines, a short
reference's full one) are moved along.  An added deadline, target or reference is tied to the
duties in whose words it stands, as the reader does it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from models import (
    Agency,
    Assignment,
    Check,
    Deadline,
    Header,
    Plan,
    Reference,
    Span,
    Target,
    Task,
    Warning_,
)
from models.record import Model
from pipeline.corrections import outline
from pipeline.corrections.entries import Fields, Kind
from pipeline.corrections.values import MODELS

if TYPE_CHECKING:
    from pipeline.corrections.laying import Standing

_M = TypeVar("_M", bound=Model)
_Places = dict[int, int]
# Warnings that ask for a look at a field of the header, which a verdict on it answers.
ASKED = {
    "number-blank": "number",
    "number-unsure": "number",
    "date-blank": "issued_on",
    "date-partial": "issued_on",
    "date-unsure": "issued_on",
    "date-differs": "issued_on",
}


class Building:
    """One record in the making.

    Args:
        plan: the machine's record.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.header = plan.header.model_copy(deep=True)
        self.outline = outline.Outline(plan)
        self.changed: dict[Kind, dict[int, Any]] = {}
        self.added: dict[Kind, list[Any]] = {}
        self.roles: dict[tuple[int, int], Assignment | None] = {}
        self.new_roles: list[tuple[Assignment, tuple[int, int] | None]] = []
        self.answered: set[tuple[int, int]] = set()
        self.answered_fields: set[str] = set()
        self._pages = sorted(_pages(plan))

    def lay(self, standing: Standing, then: Fields | None) -> Span | bool | None:
        """Take one value's verdicts in.

        Args:
            standing: what was decided.
            then: the value as the machine read it when that was decided.

        Returns:
            Its words, None where it has none, False where the value cannot be made.
        """
        slot = standing.slot
        try:
            if slot.kind == "header":
                return self._field(standing)
            if slot.kind == "section":
                return self.outline.lay(standing, then or {}, self.span)
            if slot.value is not None:
                return self._known(standing)
            return self._new(standing, then)
        except ValidationError:
            return False

    def span(self, start: int, end: int) -> Span:
        """A span with the page that the values around it stand on."""
        index = bisect_right(self._pages, (start, 1 << 60)) - 1
        page = self._pages[index][1] if index >= 0 else 1 if self._pages else None
        return Span(start=start, end=end, page=page)

    def _field(self, standing: Standing) -> Span | None:
        name = standing.slot.name
        spans = self.header.spans.get(name, [])
        first = spans[0] if spans else None
        self.answered |= {(span.start, span.end) for span in spans}
        self.answered_fields.add(name)
        if standing.rejected:
            blank = Header()
            setattr(self.header, name, getattr(blank, name))
            self.header.spans.pop(name, None)
            self.header.confidence.pop(name, None)
            return first
        made = Header.model_validate(standing.fields)
        for each in standing.fields:
            setattr(self.header, each, getattr(made, each))
        if standing.moved:
            first = self.span(*standing.moved)
            self.header.spans[name] = [first]
        if getattr(self.header, name) in (None, []):
            self.header.confidence.pop(name, None)
        else:
            self.header.confidence[name] = 1.0
        return first

    def _known(self, standing: Standing) -> Span:
        """A value that the machine's record has."""
        slot, value = standing.slot, standing.slot.value
        assert value is not None
        made: Model | None = None
        words = Span(start=slot.start, end=slot.end)
        if not isinstance(value, Agency):
            words = value.span  # type: ignore[attr-defined]
        self.answered.add((words.start, words.end))
        if not standing.rejected:
            changes: Fields = {**standing.fields, "confidence": 1.0}
            if slot.kind == "task":
                del changes["confidence"]
            if standing.moved:
                words = self.span(*standing.moved)
                changes |= self._words(slot.kind, words)
            made = type(value).model_validate({**_shallow(value), **changes})
        if isinstance(value, Assignment):
            self.roles[slot.index, slot.inner] = made if isinstance(made, Assignment) else None
        else:
            self.changed.setdefault(slot.kind, {})[slot.index] = made
        return words

    def _words(self, kind: Kind, span: Span) -> Fields:
        """The members that say where a value stands."""
        if kind == "agency":
            return {"mentions": [span]}
        if kind == "assignment":
            return {"span": span}
        return {"span": span, "text": self.plan.text[span.start : span.end]}

    def _new(self, standing: Standing, then: Fields | None) -> Span | None:
        """A value that the machine's record has not, or no longer."""
        if standing.rejected:
            return None
        slot = standing.slot
        span = self.span(*(standing.moved or (slot.start, slot.end)))
        kind, model = slot.kind, MODELS[slot.kind]
        known: Fields = {**(then or {}), **standing.fields, **self._words(kind, span)}
        if "section" in model.model_fields:
            known["section"] = self.outline.path_at(span.start)
        if kind == "task":
            known.setdefault("id", f"t{slot.start}")
        if kind == "agency":
            known.setdefault("id", f"a{slot.start}")
        made = model.model_validate(known)
        if isinstance(made, Assignment):
            self.new_roles.append((made, standing.task))
        else:
            self.added.setdefault(kind, []).append(made)
        return span

    # --- the record -------------------------------------------------------------------------------

    def built(self, checks: Sequence[Check]) -> Plan:
        """The corrected record.

        Args:
            checks: the verdicts, for ``Plan.checks``.
        """
        references, reference_at = self._list("reference", self.plan.references)
        deadlines, deadline_at = self._list("deadline", self.plan.deadlines)
        targets, target_at = self._list("target", self.plan.targets)
        agencies, _ = self._list("agency", self.plan.agencies)
        known = {agency.id for agency in agencies}
        moved = [_pointing(one, reference_at) for one in references]
        short = [_pointing(one, reference_at) for one in self.plan.short_references]
        tasks = [
            self._linked(task, deadlines, deadline_at, targets, target_at, references, reference_at)
            for task in self._tasks(known)
        ]
        issuer = self.header.issuer
        if issuer is not None and issuer.agency_id not in known:
            self.header.issuer = issuer.model_copy(update={"agency_id": None})
        plan = self.plan.model_copy(
            update={
                "header": self.header,
                "references": moved,
                "short_references": short,
                "agencies": agencies,
                "deadlines": deadlines,
                "targets": targets,
                "tasks": tasks,
                "warnings": [w for w in self.plan.warnings if not self._is_answered(w)],
                "checks": list(checks),
            }
        )
        return self.outline.applied(plan)

    def _list(self, kind: Kind, read: Sequence[_M]) -> tuple[list[_M], _Places]:
        """The values of a list and where each of the machine's went."""
        changed = self.changed.get(kind, {})
        kept = [(index, changed.get(index, value)) for index, value in enumerate(read)]
        left = [(index, value) for index, value in kept if value is not None]
        merged: list[tuple[int | None, _M]] = list(left)
        for value in self.added.get(kind, []):
            at = next(
                (i for i, (_, other) in enumerate(merged) if _start(other) > _start(value)),
                len(merged),
            )
            merged.insert(at, (None, value))
        places = {index: at for at, (index, _) in enumerate(merged) if index is not None}
        return [value for _, value in merged], places

    def _tasks(self, agencies: set[str]) -> list[tuple[Task, int | None]]:
        """Duties with their roles, each with its number in the machine's record."""
        changed = self.changed.get("task", {})
        found: list[tuple[Task, int | None]] = []
        for index, task in enumerate(self.plan.tasks):
            standing = changed.get(index, task)
            if standing is None:
                continue
            roles = [
                self.roles.get((index, inner), role) for inner, role in enumerate(task.assignments)
            ]
            kept = [role for role in roles if role is not None]
            found.append((standing.model_copy(update={"assignments": kept}), index))
        for task in self.added.get("task", []):
            at = next(
                (i for i, (one, _) in enumerate(found) if one.span.start > task.span.start),
                len(found),
            )
            found.insert(at, (task, None))
        for new, wanted in self.new_roles:
            place = _task_of([task for task, _ in found], new, wanted)
            if place is not None:
                task, number = found[place]
                several = sorted([*task.assignments, new], key=lambda one: one.span.start)
                found[place] = (task.model_copy(update={"assignments": several}), number)
        return [(_without_strangers(task, agencies), index) for task, index in found]

    def _linked(
        self,
        pair: tuple[Task, int | None],
        deadlines: Sequence[Deadline],
        deadline_at: _Places,
        targets: Sequence[Target],
        target_at: _Places,
        references: Sequence[Reference],
        reference_at: _Places,
    ) -> Task:
        """A duty with the numbers of what stands in it."""
        task, index = pair
        own = _inside(task, deadlines, index, task.deadlines, deadline_at)
        if own:
            inherited = []
        elif index is None or task.deadlines:
            inherited = [at for at, one in enumerate(deadlines) if _above(one, task)]
        else:
            kept = {deadline_at[i] for i in task.inherited_deadlines if i in deadline_at}
            new = {id(one) for one in self.added.get("deadline", [])}
            inherited = [
                at
                for at, one in enumerate(deadlines)
                if at in kept or (id(one) in new and _above(one, task))
            ]
        return task.model_copy(
            update={
                "deadlines": own,
                "inherited_deadlines": inherited,
                "targets": _inside(task, targets, index, task.targets, target_at),
                "references": _inside(task, references, index, task.references, reference_at),
            }
        )

    def _is_answered(self, warning: Warning_) -> bool:
        if ASKED.get(warning.code) in self.answered_fields:
            return True
        span = warning.span
        return (
            warning.code == "low-confidence"
            and span is not None
            and (span.start, span.end) in self.answered
        )


def _inside(
    task: Task,
    values: Sequence[Deadline | Target | Reference],
    index: int | None,
    read: Iterable[int],
    moved: _Places,
) -> list[int]:
    """What was tied to a duty and still stands, and what was added in its words."""
    kept = {moved[place] for place in read if place in moved}
    old = set() if index is None else set(moved.values())
    start, end = task.span.start, task.span.end
    return [
        at
        for at, value in enumerate(values)
        if at in kept or (at not in old and start <= value.span.start < end)
    ]


def _above(deadline: Deadline, task: Task) -> bool:
    """Whether a deadline stands directly in a section above a duty's."""
    above = deadline.section
    return bool(above) and len(above) < len(task.section) and task.section[: len(above)] == above


def _pointing(one: Reference, moved: _Places) -> Reference:
    if not isinstance(one.refers_to, int):
        return one
    return one.model_copy(update={"refers_to": moved.get(one.refers_to)})


def _task_of(tasks: Sequence[Task], role: Assignment, wanted: tuple[int, int] | None) -> int | None:
    """The duty that was named, else the smallest one in whose words the body is named."""
    start, end = wanted or (role.span.start, role.span.end)
    around = [
        (task.span.end - task.span.start, at)
        for at, task in enumerate(tasks)
        if task.span.start <= start and end <= task.span.end
    ]
    return min(around)[1] if around else None


def _without_strangers(task: Task, agencies: set[str]) -> Task:
    """Roles of a body that is none any more keep its words and lose its id."""
    if all(role.agency_id is None or role.agency_id in agencies for role in task.assignments):
        return task
    roles = [
        role
        if role.agency_id is None or role.agency_id in agencies
        else role.model_copy(update={"agency_id": None})
        for role in task.assignments
    ]
    return task.model_copy(update={"assignments": roles})


def _start(value: Model) -> int:
    if isinstance(value, Agency):
        return min((span.start for span in value.mentions), default=0)
    return int(value.span.start)  # type: ignore[attr-defined]


def _shallow(value: Model) -> Fields:
    return {name: getattr(value, name) for name in type(value).model_fields}


def _pages(plan: Plan) -> set[tuple[int, int]]:
    values: list[Reference | Deadline | Target | Task]
    values = [*plan.references, *plan.deadlines, *plan.targets, *plan.tasks]
    spans = [
        *(value.span for value in values),
        *(span for agency in plan.agencies for span in agency.mentions),
        *(span for several in plan.header.spans.values() for span in several),
    ]
    return {(span.start, span.page) for span in spans if span.page}
