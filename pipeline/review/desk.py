"""One plan on the desk: its values with what was decided about them, and new decisions.

In: a connection to a corpus inside a transaction, and a plan's number.  Out: ``Item`` values,
entries of the log; the plan's rows are made anew once, by ``Desk.finish``.

Everything is read inside the transaction that writes, so that of two people who decide about one
value the second is told that it changed since it was looked at (``seen``).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from models import Agency, Plan, SectionPath, Span
from pipeline.corpus import writing
from pipeline.corpus.plain import shown
from pipeline.corrections import anchors, log, values
from pipeline.corrections.building import Building
from pipeline.corrections.entries import (
    CATEGORIES,
    CATEGORY_OF,
    Category,
    Conflict,
    Correction,
    Fields,
    Kind,
    Place,
    Verdict,
)
from pipeline.corrections.laying import Laid, Standing, in_force, lay_over
from pipeline.corrections.values import Slot
from pipeline.errors import BadCorrection, ValueChanged
from pipeline.review import checking
from pipeline.settings import settings

Decided = Literal["accepted", "edited", "rejected", "added"]
LONGEST_NAME = 100
LONGEST_REASON = 1_000
_HEADER_WARNINGS = {
    "number-blank": "number", "number-unsure": "number", "date-blank": "issued_on",
    "date-partial": "issued_on", "date-unsure": "issued_on", "date-differs": "issued_on",
}  # fmt: skip


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


class Desk:
    """One plan.

    Args:
        connection: to a corpus; inside a transaction where something is decided.
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
        self._slots = {slot.address: slot for slot in values.slots(self.machine)}

    @property
    def laid(self) -> Laid:
        """The record with the log laid over it."""
        if self._laid is None:
            self._laid = lay_over(self.machine, self.log)
        return self._laid

    # --- looking ----------------------------------------------------------------------------------

    def items(self, category: Category | None = None) -> list[Item]:
        """Values in the order in which to check them: conflicts, doubtful ones, the others as they
        stand in the plan, and what was decided last."""
        warnings = _Warnings(self.machine)
        found = []
        standings = self.laid.standings
        new = [one.slot for address, one in standings.items() if address not in self._slots]
        conflicts = {conflict.address: conflict for conflict in self.laid.conflicts}
        for slot in (*self._slots.values(), *new):
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
        for section in values.walk(self.machine.sections):
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

    # --- deciding ---------------------------------------------------------------------------------

    def decide(
        self,
        address: str,
        verdict: Verdict,
        *,
        by: str,
        new: Mapping[str, Any] | None = None,
        span: Sequence[int] | None = None,
        why: str = "",
        seen: str | None = None,
    ) -> Correction:
        """Write a verdict about a value that the record has; see ``review.decide``."""
        if address.startswith("complete/"):
            return self._complete(address, verdict, by=by, why=why)
        item = self.item(address)
        if seen is not None and seen != item.seen:
            who = f" by {shown(item.by, 60)} at {item.at}" if item.by else ""
            raise ValueChanged(f"{address} was changed{who}.")
        return self.judge(item, verdict, by=by, new=new, span=span, why=why)

    def judge(
        self,
        item: Item,
        verdict: Verdict,
        *,
        by: str,
        new: Mapping[str, Any] | None = None,
        span: Sequence[int] | None = None,
        why: str = "",
    ) -> Correction:
        """``decide`` about a value that this desk has listed since the last decision about it."""
        address = item.address
        where = values.parse(address)
        slot = self._slots.get(address) or self.laid.standings[address].slot
        moved: Place | None = None
        fixed: Fields | None = None
        if verdict == "accept":
            if new or span:
                raise BadCorrection("what is accepted is not changed: use edit.")
            fixed = values.checked(item.kind, item.fields)
        elif verdict == "edit":
            if span is not None:
                moved = anchors.place_of(
                    self.machine.text, *checking.within(self.machine.text, span)
                )
            if not new and moved is None:
                raise BadCorrection("an edit names at least one field and its new value.")
            fields = checking.typed(slot, new or {})
            words = item.words
            made = checking.completed(self.machine, slot, item.fields, fields, words)
            fixed = {**values.checked(item.kind, item.fields), **made}
            if item.kind == "header" and moved is None:
                moved = self._found_words(made.get(where.name))
        elif verdict != "reject":
            raise BadCorrection(f"{shown(verdict, 20)!r} is no verdict about a value.")
        elif new or span:
            raise BadCorrection("what is rejected has no new value.")
        machine = item.machine
        if machine is None and span is not None and item.kind == "assignment":
            raise BadCorrection(
                "the words of an added role stay.", next_step="Reject it and add another one."
            )
        kept: Verdict = verdict
        if machine is None and verdict != "reject":
            # Neither the machine nor anybody else says so any more: this person does.
            kept, fixed = "add", {**item.fields, **(fixed or {})}
        place = None
        if item.kind != "header":
            place = anchors.place_of(self.machine.text, slot.start, slot.end)
        old = None if item.verdict == "rejected" else item.fields
        return self._append(
            kept, address, by=by, why=why, place=place, machine=machine, old=old, new=fixed,
            evidence=moved,
        )  # fmt: skip

    def add(
        self,
        kind: Kind,
        span: Sequence[int],
        new: Mapping[str, Any],
        *,
        by: str,
        task: str | None = None,
        why: str = "",
    ) -> Correction:
        """Write a value that the machine did not find; see ``review.add``."""
        if kind not in values.CHECKED:
            raise BadCorrection(f"a value of the kind {shown(str(kind), 20)!r} cannot be added.")
        text = self.machine.text
        start, end = checking.within(text, span)
        label = str(new.get("role") or "") if kind == "assignment" else ""
        taken = {
            (one.start, one.end, one.label, one.nth)
            for one in (values.parse(item.address) for item in self.items(CATEGORY_OF[kind]))
        }
        nth = next(n for n in range(1, len(taken) + 2) if (start, end, label, n) not in taken)
        if nth > 1 and kind != "deadline":
            raise BadCorrection(
                "the record has such a value in these words.", next_step="Edit that one."
            )
        slot = Slot(kind, "", start, end, label, nth)
        fields = checking.typed(slot, new)
        made = checking.completed(self.machine, slot, {}, fields, text[start:end])
        duty = None
        if kind == "assignment":
            duty = self._duty(task, start, end)
        return self._append(
            "add", slot.address, by=by, why=why, new=made, evidence=duty,
            place=anchors.place_of(text, start, end),
        )  # fmt: skip

    def undo(self, entry: int, *, by: str, why: str = "") -> Correction:
        """Take an entry back by another one; see ``review.undo``."""
        found = next((one for one in self.log if one.id == entry), None)
        if found is None:
            raise BadCorrection(f"the plan's log has no entry {entry}.")
        undone = {one.undoes for one in self._unrevoked() if one.verdict == "undo"}
        if entry in undone or found not in self._unrevoked():
            raise ValueChanged(f"entry {entry} was taken back before.")
        later = self._later(found)
        if later:
            raise ValueChanged(
                f"entry {later[-1].id} decided about the same value after entry {entry}.",
                next_step=f"Take back entry {later[-1].id} first.",
            )
        return self._append("undo", found.address, by=by, why=why, undoes=entry)

    def finish(self) -> None:
        """Make the plan's rows and words anew; at the end of a transaction that decided."""
        writing.refresh(self.connection, self.number)

    def _unrevoked(self) -> list[Correction]:
        """Entries that no entry in force takes back, those that take back included."""
        revoked: set[int | None] = set()
        kept = []
        for one in reversed(self.log):
            if one.id not in revoked:
                kept.append(one)
                if one.verdict == "undo":
                    revoked.add(one.undoes)
        return kept[::-1]

    def _later(self, entry: Correction) -> list[Correction]:
        """Entries in force about the same value after one."""
        same = {entry.address}
        for standing in self.laid.standings.values():
            if any(one.address == entry.address for one in standing.entries):
                same |= {one.address for one in standing.entries}
        active = in_force(self.log)
        return [one for one in active if one.id > entry.id and one.address in same]

    def _complete(self, address: str, verdict: Verdict, *, by: str, why: str) -> Correction:
        if address.partition("/")[2] not in CATEGORIES:
            raise BadCorrection(f"categories are {', '.join(CATEGORIES)}.")
        if verdict not in ("accept", "reject"):
            raise BadCorrection("a category is complete (accept) or not (reject).")
        return self._append(verdict, address, by=by, why=why)

    def _append(
        self,
        verdict: Verdict,
        address: str,
        *,
        by: str,
        why: str,
        place: Place | None = None,
        machine: Fields | None = None,
        old: Fields | None = None,
        new: Fields | None = None,
        evidence: Place | None = None,
        undoes: int | None = None,
    ) -> Correction:
        try:
            by = checking.plain_text(by, LONGEST_NAME)
            why = checking.plain_text(why, LONGEST_REASON)
        except ValueError as error:
            raise BadCorrection(f"name or reason: {error}.") from error
        if not by:
            raise BadCorrection("say who decides.", next_step="Give a name with --by NAME.")
        entry = Correction(
            0, self.sha256, datetime.now(UTC).isoformat(timespec="milliseconds"), by, verdict,
            address, place, machine, old, new, evidence, why, undoes, self.machine.source.pipeline,
        )  # fmt: skip
        written = log.append(self.connection, entry)
        self.log.append(written)
        self._laid = None
        return written

    def _found_words(self, value: Any) -> Place | None:
        """Where the words of a header's field stand, if that is one place."""
        text = self.machine.text
        if not isinstance(value, str) or len(value) < 2 or text.count(value) != 1:
            return None
        start = text.index(value)
        return anchors.place_of(text, start, start + len(value))

    def _duty(self, task: str | None, start: int, end: int) -> Place | None:
        """The place of the duty that a new assignment belongs to."""
        if task is not None:
            where = self.item(task)
            if where.kind != "task":
                raise BadCorrection(f"{shown(task, 60)} is no duty.")
            first, last = where.spans[0].start, where.spans[0].end
            return anchors.place_of(self.machine.text, first, last)
        around = [
            (one.span.end - one.span.start, one.span.start, one.span.end)
            for one in self.laid.plan.tasks
            if one.span.start <= start and end <= one.span.end
        ]
        if not around:
            raise BadCorrection(
                "these words stand in no duty.", next_step="Say which duty the body has a role in."
            )
        return anchors.place_of(self.machine.text, *min(around)[1:])


class _Warnings:
    """The record's warnings by the values they are about."""

    def __init__(self, plan: Plan) -> None:
        self.found = [(one.span.start, one.span.end, one.code) for one in plan.warnings if one.span]
        self.fields: dict[str, list[str]] = defaultdict(list)
        for one in plan.warnings:
            if one.code in _HEADER_WARNINGS:
                self.fields[_HEADER_WARNINGS[one.code]].append(one.code)

    def of(self, slot: Slot, spans: Sequence[Span]) -> tuple[str, ...]:
        """Codes of warnings about a value."""
        codes = list(self.fields.get(slot.name, ())) if slot.kind == "header" else []
        if slot.kind not in ("section", "task"):
            for start, end, code in self.found:
                if code not in _HEADER_WARNINGS and any(
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
