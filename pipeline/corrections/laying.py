"""The log laid over a machine's record: the corrected record, and what contradicts it.

In: a record as it was read, and every entry about its file.  Out: ``Laid``.  Pure: the same record
and log give the same result, and entries about different values may come in any order.

Entries are grouped by the value they mean, which is found by its words (``anchors``) and not by a
number in a list, so that they hold for a record that was made anew.  Of one value the last entry
decides whether it stands, and every edit fixes the fields it names.  What a person decided stands
until a person decides otherwise: where the machine reads another value now, both are listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models import Plan
from models.record import Check
from pipeline.corrections import anchors, values
from pipeline.corrections.building import Building
from pipeline.corrections.entries import Category, Conflict, Correction, Fields
from pipeline.corrections.values import Slot

_OVERLAP = 0.5
_ALONE = ("reference", "agency", "deadline", "target")
_Key = tuple[str, int, int, str, int]


@dataclass(slots=True)
class Standing:
    """What people decided about one value.

    Attributes:
        slot: the value in the machine's record, or where an added or vanished one belongs.
        entries: those in force, in the order of the log.
        fields: what they fix.
        moved: words the value stands on now, where they are others than the slot's.
        task: start and end of the duty that an added assignment belongs to.
    """

    slot: Slot
    entries: list[Correction]
    fields: Fields = field(default_factory=dict)
    moved: tuple[int, int] | None = None
    task: tuple[int, int] | None = None

    @property
    def last(self) -> Correction:
        """The entry that decides."""
        return self.entries[-1]

    @property
    def rejected(self) -> bool:
        """Whether the value is none."""
        return self.last.verdict == "reject"

    def verdict(self, machine: Fields | None) -> str:
        """What the record says of the value: accepted, edited, rejected or added."""
        if self.rejected:
            return "rejected"
        if machine is None and self.last.machine is None:
            return "added"
        read = machine if machine is not None else self.last.machine or {}
        same = all(read.get(name) == value for name, value in self.fields.items())
        return "accepted" if same and self.moved is None else "edited"


@dataclass(frozen=True, slots=True)
class Laid:
    """A corrected record.

    Attributes:
        plan: the record with the log laid over it; ``plan.checks`` lists the verdicts.
        conflicts: in the order of the record.
        standings: what people decided, by the value's address in the machine's record.
        complete: categories in which a person found nothing missing, with that entry.
    """

    plan: Plan
    conflicts: tuple[Conflict, ...]
    standings: dict[str, Standing]
    complete: dict[Category, Correction]


def in_force(log: Iterable[Correction]) -> list[Correction]:
    """The entries that no other one takes back, by number; entries that take back are left out."""
    undone: set[int] = set()
    kept = []
    for entry in sorted(log, key=lambda entry: entry.id, reverse=True):
        if entry.id in undone:
            continue
        if entry.verdict == "undo":
            if entry.undoes is not None:
                undone.add(entry.undoes)
        else:
            kept.append(entry)
    return kept[::-1]


def lay_over(plan: Plan, log: Sequence[Correction]) -> Laid:
    """Lay corrections over a machine's record.

    Args:
        plan: the record as it was read.
        log: entries about the same file, in any order.

    Returns:
        The corrected record; without entries in force it is ``plan`` itself.
    """
    active = in_force(log)
    if not active:
        return Laid(plan, (), {}, {})
    return _Laying(plan, active).laid()


class _Laying:
    def __init__(self, plan: Plan, active: list[Correction]) -> None:
        self.plan = plan
        self.active = active
        self.slots = values.slots(plan)
        self.conflicts: list[tuple[_Key, Conflict]] = []

    def laid(self) -> Laid:
        complete: dict[Category, Correction] = {}
        groups: dict[_Key, list[Correction]] = defaultdict(list)
        for entry in self.active:
            where = values.parse(entry.address)
            if where.kind == "complete":
                complete.pop(where.name, None)  # type: ignore[call-overload]
                if entry.verdict == "accept":
                    complete[where.name] = entry  # type: ignore[index]
                continue
            if where.name:
                groups[where.kind, 0, 0, where.name, 1].append(entry)
                continue
            stretch = anchors.find(self.plan.text, entry.place) if entry.place else None
            if stretch is None:
                key: _Key = (where.kind, where.start, where.end, where.label, where.nth)
                self.conflicts.append((key, Conflict("lost", entry.id, entry.address)))
                continue
            groups[where.kind, *stretch, where.label, where.nth].append(entry)
        standings = self._standings(groups)
        building = Building(self.plan)
        checks = []
        decided = set(standings)
        for each, standing in sorted(standings.items()):
            check = self._lay(building, each, standing, decided)
            if check is not None:
                checks.append(check)
        plan = building.built(checks)
        conflicts = tuple(conflict for _, conflict in sorted(self.conflicts, key=_order))
        by_address = {one.slot.address: one for one in standings.values()}
        return Laid(plan, conflicts, by_address, complete)

    # --- which value an entry means ---------------------------------------------------------------

    def _standings(self, groups: dict[_Key, list[Correction]]) -> dict[_Key, Standing]:
        """Each group with its value: the same words first, then words that overlap."""
        free = {_key(slot): slot for slot in self.slots}
        found: dict[_Key, Slot] = {}
        for key in sorted(groups):
            if key in free:
                found[key] = free.pop(key)
        for match in (_same_words, _overlapping):
            for key in sorted(groups.keys() - found.keys()):
                if any(entry.verdict == "add" for entry in groups[key]):
                    continue  # a value of its own beside the machine's
                best = max(free.values(), key=lambda slot: match(key, slot), default=None)
                if best is not None and match(key, best) > 0:
                    found[key] = free.pop(_key(best))
        standings: dict[_Key, Standing] = {}
        for key, entries in groups.items():
            entries.sort(key=lambda entry: entry.id)
            kind, start, end, label, nth = key
            slot = found.get(key) or Slot(kind, "", start, end, label, nth)  # type: ignore[arg-type]
            standing = standings.setdefault(_key(slot), Standing(slot, []))
            standing.entries = sorted([*standing.entries, *entries], key=lambda entry: entry.id)
        return standings

    # --- what becomes of it -----------------------------------------------------------------------

    def _lay(
        self, building: Building, key: _Key, standing: Standing, decided: set[_Key]
    ) -> Check | None:
        slot, last = standing.slot, standing.last
        for entry in standing.entries:
            if entry.verdict != "reject":
                standing.fields.update(entry.new or {})
                self._second_place(standing, entry)
        present = slot.kind == "header" or slot.value is not None
        machine = values.fields(self.plan, slot) if present else None
        if machine is not None:
            self._compare(key, standing, machine)
        elif standing.rejected:
            return None  # the machine has come to the same view
        elif last.machine is not None:
            self._conflict(key, Conflict("gone", last.id, slot.address, last.machine))
        elif any(entry.verdict == "add" for entry in standing.entries):
            self._overlap(key, standing, decided)
        else:
            return None
        verdict = standing.verdict(machine)
        span = building.lay(standing, last.machine)
        if span is False:
            self.conflicts = [each for each in self.conflicts if each[0] != key]
            self._conflict(key, Conflict("lost", last.id, slot.address))
            return None
        return Check(
            value=slot.address,
            verdict=verdict,
            machine=machine if verdict in ("edited", "rejected") else None,
            span=span or None,
        )

    def _second_place(self, standing: Standing, entry: Correction) -> None:
        if entry.evidence is None:
            return
        stretch = anchors.find(self.plan.text, entry.evidence)
        if standing.slot.kind == "assignment" and entry.verdict == "add":
            standing.task = stretch
        else:
            standing.moved = stretch

    def _compare(self, key: _Key, standing: Standing, now: Fields) -> None:
        """Note where the machine reads another value than when the person looked."""
        last = standing.last
        then = last.machine
        if standing.rejected:
            asked = values.checked(standing.slot.kind, now)
            wanted = None
        else:
            asked, wanted = standing.fields, standing.fields
        names = [
            name
            for name in asked
            if name in now
            and (then is None or name not in then or then[name] != now[name])
            and (wanted is None or wanted[name] != now[name])
        ]
        if names:
            before = {name: then[name] for name in names if name in then} if then else None
            current = {name: now[name] for name in names}
            conflict = Conflict("changed", last.id, standing.slot.address, before, current)
            self._conflict(key, conflict)

    def _overlap(self, key: _Key, standing: Standing, decided: set[_Key]) -> None:
        """Note where the machine finds something that nobody looked at in an added value's words.

        Duties, headings and roles of one body may well share words.
        """
        slot = standing.slot
        if slot.kind not in _ALONE:
            return
        for other in self.slots:
            if (
                other.kind == slot.kind
                and _key(other) not in decided
                and _share(slot.start, slot.end, other.start, other.end) > 0
            ):
                now = values.fields(self.plan, other)
                self._conflict(key, Conflict("overlaps", standing.last.id, slot.address, None, now))
                return

    def _conflict(self, key: _Key, conflict: Conflict) -> None:
        self.conflicts.append((key, conflict))


def _key(slot: Slot) -> _Key:
    return (slot.kind, slot.start, slot.end, slot.name or slot.label, slot.nth)


def _order(item: tuple[_Key, Conflict]) -> tuple[_Key, int]:
    return item[0], item[1].entry


def _same_words(key: _Key, slot: Slot) -> float:
    """The same words under another label or count."""
    kind, start, end, _, _ = key
    return float((slot.kind, slot.start, slot.end) == (kind, start, end) and not slot.name)


def _overlapping(key: _Key, slot: Slot) -> float:
    kind, start, end, label, _ = key
    if slot.kind != kind or slot.name or slot.label != label:
        return 0.0
    share = _share(start, end, slot.start, slot.end)
    return share if share >= _OVERLAP else 0.0


def _share(start: int, end: int, other_start: int, other_end: int) -> float:
    """Common words over the longer of the two."""
    common = min(end, other_end) - max(start, other_start)
    return max(0, common) / max(end - start, other_end - other_start, 1)
