"""The values of a record that people check, each with a stable address.

In: a ``models.Plan``.  Out: ``Slot`` values in reading order.

An address is the kind of value and the words it was read from: "deadline/1204-1226", and
"header/number" for fields of the header.  A role of a body in a duty is told apart by the role
("assignment/310-319/lead"); of several values with the same address the second ends in "/2".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models import Agency, Assignment, Deadline, Plan, Reference, Section, Target, Task
from models.record import Model
from pipeline.corrections.entries import Fields, Kind

HEADER_FIELDS = (
    "kind", "number", "symbol", "issued_on", "place", "issuer", "title", "plan_period", "province",
    "signer", "recipients",
)  # fmt: skip
# What a person sees and vouches for when accepting a value.
CHECKED: dict[Kind, tuple[str, ...]] = {
    "section": ("path", "title"),
    "reference": ("kind", "number", "date"),
    "agency": ("name", "canonical", "kind"),
    "deadline": ("kind", "value"),
    "target": ("value", "value_max", "unit", "comparator"),
    "task": (),
    "assignment": ("agency", "role"),
}
# What may be corrected beside that, and what follows from a correction.
FURTHER: dict[Kind, tuple[str, ...]] = {
    "section": ("marker",),
    "reference": ("issuer", "name", "role", "canonical_number", "key"),
    "agency": ("level", "id"),
    "deadline": (
        "relation", "earliest", "latest", "recurrence", "anchor", "quota", "year_from",
    ),
    "target": ("per", "subject"),
    "task": ("outputs",),
    "assignment": ("agency_id",),
}  # fmt: skip
_HEADING = 80


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of a record.

    Attributes:
        kind: which part of the record it belongs to.
        name: field of the header; "" elsewhere.
        start, end: its words in the text; (0, 0) for fields of the header.
        label: what else tells it apart: an assignment's role.
        nth: 1, or more where kind, words and label are the same.
        value: the model itself; None for fields of the header.
        index: its place in the record's list; of an assignment that of its task.
        inner: the place of an assignment in its task.
    """

    kind: Kind
    name: str = ""
    start: int = 0
    end: int = 0
    label: str = ""
    nth: int = 1
    value: Model | None = None
    index: int = 0
    inner: int = 0

    @property
    def address(self) -> str:
        """The value's address in this record."""
        return address(self.kind, self.name, self.start, self.end, self.label, self.nth)


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; see the module's head."""

    kind: Kind
    name: str = ""
    start: int = 0
    end: int = 0
    label: str = ""
    nth: int = 1


def address(
    kind: Kind, name: str = "", start: int = 0, end: int = 0, label: str = "", nth: int = 1
) -> str:
    """The address of a value."""
    if name:
        return f"{kind}/{name}"
    parts = [kind, f"{start}-{end}", *filter(None, [label]), *([str(nth)] if nth > 1 else [])]
    return "/".join(parts)


def parse(text: str) -> Address:
    """An address taken apart.

    Raises:
        ValueError: it is none.
    """
    kind, *rest = text.split("/")
    if kind in ("header", "complete") and len(rest) == 1 and rest[0].isidentifier():
        return Address(kind, rest[0])  # type: ignore[arg-type]
    if kind not in CHECKED or not 1 <= len(rest) <= 3:
        raise ValueError(f"{text[:60]!r} is no address of a value")
    try:
        start, end = map(_count, rest[0].split("-"))
        nth = _count(rest.pop()) if len(rest) > 1 and rest[-1].isdecimal() else 1
    except ValueError:
        raise ValueError(f"{text[:60]!r} is no address of a value") from None
    label = rest[1] if len(rest) > 1 else ""
    if len(rest) > 2 or (label != "" and kind != "assignment"):
        raise ValueError(f"{text[:60]!r} is no address of a value")
    return Address(kind, "", start, end, label, nth)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(text[:20])
    return int(text)


def slots(plan: Plan) -> list[Slot]:
    """Every value of a record, by kind and in the record's own order."""
    found = [Slot("header", name) for name in HEADER_FIELDS]
    seen: Counter[tuple[Kind, int, int, str]] = Counter()
    for kind, start, end, label, value, index, inner in _spanned(plan):
        seen[kind, start, end, label] += 1
        nth = seen[kind, start, end, label]
        found.append(Slot(kind, "", start, end, label, nth, value, index, inner))
    return found


_Spanned = tuple[Kind, int, int, str, Model, int, int]


def _spanned(plan: Plan) -> Iterator[_Spanned]:
    for index, section in enumerate(plan.walk()):
        yield "section", *section_words(plan.text, section), "", section, index, 0
    groups: tuple[tuple[Kind, Sequence[Reference | Deadline | Target | Task]], ...] = (
        ("reference", plan.references),
        ("deadline", plan.deadlines),
        ("target", plan.targets),
        ("task", plan.tasks),
    )
    for kind, values in groups:
        for index, value in enumerate(values):
            yield kind, value.span.start, value.span.end, "", value, index, 0
    for index, agency in enumerate(plan.agencies):
        first = min(agency.mentions, key=lambda span: span.start, default=None)
        if first is not None:
            yield "agency", first.start, first.end, "", agency, index, 0
    for index, task in enumerate(plan.tasks):
        for inner, one in enumerate(task.assignments):
            yield "assignment", one.span.start, one.span.end, one.role, one, index, inner


def section_words(text: str, section: Section) -> tuple[int, int]:
    """Marker and first words of a section: its own words end where its children begin."""
    start, stop = section.span.start, min(section.span.end, section.span.start + _HEADING)
    if section.children:
        stop = min(stop, section.children[0].span.start)
    while stop > start + 1 and text[stop - 1 : stop].isspace():
        stop -= 1
    return start, max(stop, min(start + 1, len(text)))


def fields(plan: Plan, slot: Slot) -> Fields:
    """What a value says, as JSON data: the fields that can be checked or corrected."""
    if slot.kind == "header":
        value = getattr(plan.header, slot.name)
        return {slot.name: value.model_dump(mode="json") if isinstance(value, Model) else value}
    assert slot.value is not None
    names = {*CHECKED[slot.kind], *FURTHER[slot.kind]}
    return slot.value.model_dump(mode="json", include=names)


def checked(slot_kind: Kind, all_fields: Fields) -> Fields:
    """The part of a value's fields that a person vouches for."""
    if slot_kind == "header":
        return dict(all_fields)
    return {name: all_fields[name] for name in CHECKED[slot_kind] if name in all_fields}


MODELS: dict[Kind, type[Model]] = {
    "section": Section,
    "reference": Reference,
    "agency": Agency,
    "deadline": Deadline,
    "target": Target,
    "task": Task,
    "assignment": Assignment,
}
