"""A record as a flat list of what it says, so that two records can be laid upon each other.

In: ``models.Plan``.  Out: ``Value``s by category.  Left out is what follows from other values or
changes with every reading: confidence, boxes, pages, indices and numbers of tasks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from models import Header, Plan, Reference, Span

CATEGORIES = (
    "header", "recipients", "attached", "outline", "references", "short references", "agencies",
    "deadlines", "targets", "assignments", "annexes", "warnings",
)  # fmt: skip
_HEADER = ("kind", "number", "symbol", "issued_on", "place", "title", "plan_period")


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that a record says.

    Attributes:
        category: of ``CATEGORIES``.
        words: as printed; of a header field its name.
        says: what it means, field by field; empty fields are left out.
        start, end: where the words stand in the record's text, None where no place is kept.
        section: address of the section it stands in.
    """

    category: str
    words: str
    says: dict[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None
    section: str = ""


def values(plan: Plan) -> dict[str, list[Value]]:
    """Everything a record says, by category, in its own order."""
    found: dict[str, list[Value]] = {category: [] for category in CATEGORIES}
    for value in (*_header(plan.header), *_body(plan), *_rest(plan)):
        found[value.category].append(value)
    return found


def _header(header: Header) -> Iterator[Value]:
    fields: dict[str, Any] = {name: getattr(header, name) for name in _HEADER}
    if header.issuer:
        fields["issuer"] = header.issuer.name
        fields["issuer.canonical"] = header.issuer.canonical
    if header.province:
        fields["province"] = header.province.name
        fields["province.code"] = header.province.code
    if header.signer:
        fields["signer"] = header.signer.name
        fields["signer.position"] = header.signer.position
        fields["signer.authority"] = "; ".join(header.signer.authority) or None
    for name, said in fields.items():
        if said is not None:
            yield Value("header", name, {"value": said})
    for line in header.recipients:
        yield Value("recipients", line)


def _body(plan: Plan) -> Iterator[Value]:
    for act in plan.attached:
        yield Value("attached", act.title or "", {"kind": act.kind})
    for section in plan.walk():
        # A section's end moves with its last child: its first letter is its place.
        place = Span(start=section.span.start, end=section.span.start + 1)
        yield _value(
            "outline", section.title, place, section.path, path=path(section.path),
            marker=section.marker,
        )  # fmt: skip
    for category, references in (
        ("references", plan.references),
        ("short references", plan.short_references),
    ):
        for reference in references:
            yield _value(
                category, reference.text, reference.span, reference.section, kind=reference.kind,
                number=reference.number, date=reference.date, issuer=reference.issuer,
                name=reference.name, role=reference.role, pinpoint=reference.pinpoint,
                refers_to=meant(plan, reference),
            )  # fmt: skip
    for deadline in plan.deadlines:
        yield _value(
            "deadlines", deadline.text, deadline.span, deadline.section,
            **deadline.model_dump(include={"kind", "value", "earliest", "latest", "relation",
                                           "recurrence", "quota", "anchor"}),
        )  # fmt: skip
    for target in plan.targets:
        yield _value(
            "targets", target.text, target.span, target.section,
            **target.model_dump(include={"value", "value_max", "unit", "comparator", "per",
                                         "subject"}),
        )  # fmt: skip
    for task in plan.tasks:
        for one in task.assignments:
            yield _value(
                "assignments", one.agency, one.span, task.section, role=one.role,
                agency_id=one.agency_id,
            )  # fmt: skip


def _rest(plan: Plan) -> Iterator[Value]:
    for agency in plan.agencies:
        yield Value(
            "agencies",
            agency.name,
            _said(
                canonical=agency.canonical, kind=agency.kind, level=agency.level, id=agency.id,
                parent=agency.parent, successor=", ".join(agency.successor) or None,
                mentions=len(agency.mentions),
            ),
        )  # fmt: skip
    for annex in plan.annexes:
        columns = ", ".join(column.means for column in annex.columns)
        yield _value(
            "annexes", annex.title or "", annex.span, [], columns=columns, rows=len(annex.rows)
        )
    for warning in plan.warnings:
        yield _value("warnings", warning.code, warning.span, [])


def _value(
    category: str, words: str, span: Span | None, section: Sequence[str], **says: Any
) -> Value:
    start, end = (span.start, span.end) if span else (None, None)
    return Value(category, words, _said(**says), start, end, path(section))


def _said(**says: Any) -> dict[str, Any]:
    return {name: said for name, said in says.items() if said is not None}


def meant(plan: Plan, reference: Reference) -> str | None:
    """The document that a short reference stands for: "self", or its number or words."""
    index = reference.refers_to
    if index is None or index == "self":
        return index
    if not 0 <= index < len(plan.references):  # nothing, in a record that is not ours
        return None
    full = plan.references[index]
    return full.number or full.text


def path(parts: Sequence[str]) -> str:
    """The address of a section in one string."""
    return "/".join(parts)
