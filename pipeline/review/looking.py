"""One plan's values with what was decided about them, in the order in which to check them.

In: a connection to a corpus, and a plan's number.  Out: ``Item`` values and ``Progress``; nothing
is written here.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models import Agency, Plan, SectionPath, Span
from pipeline.corpus import writing
from pipeline.corpus.plain import shown
from pipeline.corrections import log, values
from pipeline.corrections.building import ASKED, Building
from pipeline.corrections.entries import (
    CATEGORIES,
    CATEGORY_OF,
    Category,
    Conflict,
    Fields,
    Kind,
)
from pipeline.corrections.laying import Laid, Standing, lay_over
from pipeline.corrections.values import Slot
from pipeline.errors import BadCorrection
from pipeline.settings import settings

Decided = Literal["accepted", "edited", "rejected", "added"]


@dataclass(frozen=True, slots=True)
class Item:
    """One value to check.

    Attributes:
        address: names it in this record ("deadline/1204-1226"); changes only with a new reading.
        kind, category: what it is; categories are those of ``kehoach evaluate`` and "tasks".
        fields: what it says now, corrections included; may be put back into ``decide``.
        machine: what was read; None for an added value.
        words: as printed; "" where a field of the header has none.
        spans: where they stand, with page and boxes where the source has them.
        section: path of the section.
        task: words of the duty that an assignment belongs to.
        confidence: of the reading; None where it has none.
        warnings: codes of the record's warnings about it.
        verdict: None where nobody decided.
        by, at, why: of the last decision.
        conflict: where the machine's present reading contradicts the decision.
        entry: number of the last decision, for ``undo``.
        seen: to be given back to ``decide``; differs as soon as anything about the value does.
    """

    address: str
    kind: Kind
    category: Category
    fields: Fields
    machine: Fields | None
    words: str
    spans: tuple[Span, ...]
    section: tuple[str, ...]
    task: str
    confidence: float | None
    warnings: tuple[str, ...]
    verdict: Decided | None
    by: str
    at: str
    why: str
    conflict: Conflict | None
    entry: int | None
    seen: str

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it first."""
        unsure = self.confidence is not None and self.confidence < settings().low_confidence
        return self.conflict is not None or unsure or bool(self.warnings)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the check of one category has come.

    Attributes:
        total: values, rejected ones included.
        checked: values with a verdict.
        doubtful: values without one that a person should look at.
        complete: every value has a verdict, and a person said that none is missing.
    """

    category: Category
    total: int
    checked: int
    doubtful: int
    conflicts: int
    complete: bool


class Looking:
    """One plan as a person looks at it.

    Args:
        connection: to a corpus.
        number: the plan's number in the corpus.
    """

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.connection = connection
        self.number = number
        self.machine: Plan = writing.machine_record(connection, number)
        self.sha256 = self.machine.source.sha256
        self.log = log.entries(connection, self.sha256)
        self._laid: Laid | None = None
        self._pages = Building(self.machine)
        self.slots = {slot.address: slot for slot in values.slots(self.machine)}

    @property
    def laid(self) -> Laid:
        """The record with the log laid over it."""
        if self._laid is None:
            self._laid = lay_over(self.machine, self.log)
        return self._laid

    def items(self, category: Category | None = None) -> list[Item]:
        """Values in the order in which to check them: conflicts, doubtful ones, the others as they
        stand in the plan, and what was decided last."""
        warnings = _Warnings(self.machine)
        found = []
        standings = self.laid.standings
        new = [one.slot for address, one in standings.items() if address not in self.slots]
        conflicts = {conflict.address: conflict for conflict in self.laid.conflicts}
        for slot in (*self.slots.values(), *new):
            if category is not None and CATEGORY_OF[slot.kind] != category:
                continue
            standing = standings.get(slot.address)
            if slot.kind != "header" and slot.value is None and not _stands(standing):
                continue
            item = self._item(slot, standing, conflicts.get(slot.address), warnings)
            found.append((_rank(item), CATEGORIES.index(item.category), slot.start, item))
        return [item for *_, item in sorted(found, key=lambda each: each[:3])]

    def item(self, address: str) -> Item:
        """One value.

        Raises:
            BadCorrection: the record has none with this address.
        """
        try:
            kind = values.parse(address).kind
        except ValueError as error:
            raise BadCorrection(f"{shown(address, 60)!r} is no address of a value.") from error
        if kind != "complete":
            for item in self.items(CATEGORY_OF[kind]):
                if item.address == address:
                    return item
        raise BadCorrection(f"the record has no value {shown(address, 60)}.")

    def progress(self) -> list[Progress]:
        """How far each category has come."""
        by_category: dict[Category, list[Item]] = defaultdict(list)
        for item in self.items():
            by_category[item.category].append(item)
        found = []
        for category in CATEGORIES:
            items = by_category[category]
            checked = sum(item.verdict is not None for item in items)
            found.append(
                Progress(
                    category,
                    len(items),
                    checked,
                    sum(item.doubtful and item.verdict is None for item in items),
                    sum(item.conflict is not None for item in items),
                    checked == len(items) and category in self.laid.complete,
                )
            )
        return found

    def _item(
        self,
        slot: Slot,
        standing: Standing | None,
        conflict: Conflict | None,
        warnings: _Warnings,
    ) -> Item:
        machine = None
        if slot.kind == "header" or slot.value is not None:
            machine = values.fields(self.machine, slot)
        fields = dict(machine or {})
        last = standing.last if standing else None
        verdict: Decided | None = None
        if standing is not None and last is not None:
            fields = {**(fields or last.machine or {}), **standing.fields}
            verdict = standing.verdict(machine)  # type: ignore[assignment]
        spans, section, confidence = self._evidence(slot, standing)
        text = self.machine.text
        words = text[spans[0].start : spans[0].end] if spans else ""
        task = ""
        if slot.kind == "assignment":
            task = self._task_words(slot, standing)
        entry = last.id if last else None
        return Item(
            address=slot.address,
            kind=slot.kind,
            category=CATEGORY_OF[slot.kind],
            fields=fields,
            machine=machine,
            words=words,
            spans=spans,
            section=tuple(section),
            task=task,
            confidence=confidence,
            warnings=warnings.of(slot, spans),
            verdict=verdict,
            by=last.by if last else "",
            at=last.at if last else "",
            why=last.why if last else "",
            conflict=conflict,
            entry=entry,
            seen=_token(fields, machine, entry),
        )

    def _evidence(
        self, slot: Slot, standing: Standing | None
    ) -> tuple[tuple[Span, ...], SectionPath, float | None]:
        plan, value = self.machine, slot.value
        moved = standing.moved if standing else None
        spans: tuple[Span, ...]
        if slot.kind == "header":
            spans = tuple(plan.header.spans.get(slot.name, ()))
            confidence = plan.header.confidence.get(slot.name)
        elif isinstance(value, Agency):
            spans, confidence = tuple(value.mentions), value.confidence
        elif value is None or slot.kind == "section":
            spans, confidence = (self._span(slot.start, slot.end),), None
            confidence = getattr(value, "confidence", None)
        else:
            spans = (value.span,)  # type: ignore[attr-defined]
            confidence = getattr(value, "confidence", None)
        if moved:
            spans = (self._span(*moved),)
        path: SectionPath = getattr(value, "path", None) or getattr(value, "section", None) or []
        if not path and spans and slot.kind != "header":
            path = self._path_at(spans[0].start)
        return spans, path, confidence

    def _span(self, start: int, end: int) -> Span:
        return self._pages.span(start, end)

    def _path_at(self, offset: int) -> SectionPath:
        found: SectionPath = []
        for section in self.machine.walk():
            if section.span.start <= offset < section.span.end:
                found = section.path
        return found

    def _task_words(self, slot: Slot, standing: Standing | None) -> str:
        if slot.value is not None:
            return self.machine.tasks[slot.index].text
        start, end = (standing.task if standing else None) or (slot.start, slot.end)
        for task in self.laid.plan.tasks:
            if task.span.start <= start and end <= task.span.end:
                return task.text
        return ""


class _Warnings:
    """The record's warnings by the values they are about."""

    def __init__(self, plan: Plan) -> None:
        self.found = [(one.span.start, one.span.end, one.code) for one in plan.warnings if one.span]
        self.fields: dict[str, list[str]] = defaultdict(list)
        for one in plan.warnings:
            if one.code in ASKED:
                self.fields[ASKED[one.code]].append(one.code)

    def of(self, slot: Slot, spans: Sequence[Span]) -> tuple[str, ...]:
        """Codes of warnings about a value."""
        codes = list(self.fields.get(slot.name, ())) if slot.kind == "header" else []
        if slot.kind not in ("section", "task"):
            for start, end, code in self.found:
                if code not in ASKED and any(
                    start < span.end and span.start < end for span in spans
                ):
                    codes.append(code)
        return tuple(dict.fromkeys(codes))


def _stands(standing: Standing | None) -> bool:
    """Whether a value that the machine does not have is there because of people."""
    if standing is None or standing.rejected:
        return False
    added = any(entry.verdict == "add" for entry in standing.entries)
    return added or standing.last.machine is not None


def _rank(item: Item) -> int:
    if item.conflict is not None:
        return 0
    if item.verdict is not None:
        return 3
    return 1 if item.doubtful else 2


def _token(fields: Fields, machine: Fields | None, entry: int | None) -> str:
    data = json.dumps([fields, machine, entry], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:16]
