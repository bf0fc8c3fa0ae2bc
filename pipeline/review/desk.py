"""One plan on the desk: decisions about its values.

In: a connection to a corpus inside a transaction, and a plan's number.  Out: entries of the log;
the plan's rows are made anew once, by ``Desk.finish``.

Everything is read inside the transaction that writes, so that of two people who decide about one
value the second is told that it changed since it was looked at (``seen``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.corpus import writing
from pipeline.corpus.plain import shown
from pipeline.corrections import anchors, log, values
from pipeline.corrections.entries import (
    CATEGORIES,
    CATEGORY_OF,
    Category,
    Correction,
    Fields,
    Kind,
    Place,
    Verdict,
)
from pipeline.corrections.laying import in_force
from pipeline.corrections.values import Slot
from pipeline.errors import BadCorrection, ValueChanged
from pipeline.review import checking
from pipeline.review.looking import Item, Looking

LONGEST_NAME = 100
LONGEST_REASON = 1_000


class Desk(Looking):
    """One plan of which something is decided; the connection is inside a transaction."""

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
        if verdict == "edit":
            moved = None if span is None else self._place(*checking.within(self.machine.text, span))
            return self._edit(item, new or {}, moved, by=by, why=why)
        if verdict not in ("accept", "reject"):
            raise BadCorrection(f"{shown(verdict, 20)!r} is no verdict about a value.")
        if new or span:
            raise BadCorrection(
                "what is accepted is not changed: use edit."
                if verdict == "accept"
                else "what is rejected has no new value."
            )
        if verdict == "accept":
            return self._accept(item, by=by, why=why)
        return self._judge(item, "reject", None, None, by=by, why=why)

    def accept_rest(self, category: Category, *, by: str, why: str = "") -> list[Correction]:
        """Accept what nobody decided about; see ``review.accept_rest``."""
        made = [
            self._accept(item, by=by, why=why)
            for item in self.items(category)
            if item.verdict is None
        ]
        return [*made, self._complete(f"complete/{category}", "accept", by=by, why=why)]

    def _accept(self, item: Item, *, by: str, why: str) -> Correction:
        fixed = values.checked(item.kind, item.fields)
        return self._judge(item, "accept", fixed, None, by=by, why=why)

    def _edit(
        self, item: Item, new: Mapping[str, Any], moved: Place | None, *, by: str, why: str
    ) -> Correction:
        if not new and moved is None:
            raise BadCorrection("an edit names at least one field and its new value.")
        slot = self._slot(item)
        fields = checking.typed(slot, new)
        made = checking.completed(self.machine, slot, item.fields, fields, item.words)
        fixed = {**values.checked(item.kind, item.fields), **made}
        if item.kind == "header" and moved is None:
            moved = self._found_words(made.get(slot.name))
        elif item.kind == "assignment" and moved is not None and item.machine is None:
            raise BadCorrection(
                "the words of an added role stay.", next_step="Reject it and add another one."
            )
        return self._judge(item, "edit", fixed, moved, by=by, why=why)

    def _judge(
        self,
        item: Item,
        verdict: Verdict,
        fixed: Fields | None,
        moved: Place | None,
        *,
        by: str,
        why: str,
    ) -> Correction:
        slot = self._slot(item)
        if item.machine is None and verdict != "reject":
            # Neither the machine nor anybody else says so any more: this person does.
            verdict, fixed = "add", {**item.fields, **(fixed or {})}
        return self._append(
            verdict,
            item.address,
            by=by,
            why=why,
            place=None if item.kind == "header" else self._place(slot.start, slot.end),
            machine=item.machine,
            old=None if item.verdict == "rejected" else item.fields,
            new=fixed,
            evidence=moved,
        )

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
            place=self._place(start, end),
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

    def _slot(self, item: Item) -> Slot:
        return self.slots.get(item.address) or self.laid.standings[item.address].slot

    def _place(self, start: int, end: int) -> Place:
        return anchors.place_of(self.machine.text, start, end)

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
        return self._place(start, start + len(value))

    def _duty(self, task: str | None, start: int, end: int) -> Place | None:
        """The place of the duty that a new assignment belongs to."""
        if task is not None:
            where = self.item(task)
            if where.kind != "task":
                raise BadCorrection(f"{shown(task, 60)} is no duty.")
            first, last = where.spans[0].start, where.spans[0].end
            return self._place(first, last)
        around = [
            (one.span.end - one.span.start, one.span.start, one.span.end)
            for one in self.laid.plan.tasks
            if one.span.start <= start and end <= one.span.end
        ]
        if not around:
            raise BadCorrection(
                "these words stand in no duty.", next_step="Say which duty the body has a role in."
            )
        return self._place(*min(around)[1:])
