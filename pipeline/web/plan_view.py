"""A plan as its page shows it: every value with the place it was read from.

In: a record.  Out: ``View``: rows, lists and pages, ready for the template.

Each value has a key that lasts as long as the record (``d3`` the fourth deadline, ``t7-0`` the
first role of the eighth duty): it is the value's address on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models import Plan, Section, Span, Task
from pipeline.settings import settings
from pipeline.web.rendering import Html

LONGEST_TEXT = 1_000_000
_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was read.

    Attributes:
        key: its address on the page.
        kind: deadline, target, reference, agency, header, task, section, annex or warning.
        text: what is shown of it.
        span: where it was read; None where nowhere.
        confidence: 0 to 1.
        note: what else to say.
    """

    key: str
    kind: str
    text: str
    span: Span | None
    confidence: float = 1.0
    note: str = ""

    @property
    def unsure(self) -> bool:
        """Whether a person should look at it."""
        return self.confidence < settings().low_confidence

    @property
    def place(self) -> Html:
        """The attributes that tell the page's script where the value stands."""
        return place(self.span)


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the letterhead: its name, and its values with their places."""

    field: str
    text: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Duty:
    """A task with the values that belong to it."""

    value: Value
    path: str
    by_role: tuple[tuple[str, tuple[Value, ...]], ...]
    deadlines: tuple[tuple[Value, bool], ...]
    targets: tuple[Value, ...]
    references: tuple[Value, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text and its place."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """All that the page shows."""

    plan: Plan
    rows: tuple[Row, ...]
    check: tuple[Value, ...]
    duties: tuple[Duty, ...]
    deadlines: tuple[Value, ...]
    targets: tuple[Value, ...]
    references: tuple[Value, ...]
    short_references: tuple[Value, ...]
    agencies: tuple[tuple[Value, ...], ...]
    annexes: tuple[Value, ...]
    lines: tuple[Line, ...]
    cut: bool

    @property
    def name(self) -> str:
        """Kind and number, or what there is."""
        header = self.plan.header
        kind = header.kind_name or "Văn bản"
        own = header.number or header.symbol or (None if header.title else self.plan.source.name)
        return " ".join(filter(None, [kind, own]))

    def outline(self) -> Iterator[tuple[int, Value, Section]]:
        """Sections in reading order with their depth."""
        number = 0

        def walk(sections: list[Section], depth: int) -> Iterator[tuple[int, Value, Section]]:
            nonlocal number
            for section in sections:
                key = f"o{number}"
                number += 1
                title = section.title or section.text[:60]
                yield depth, Value(key, "section", title, section.span, section.confidence), section
                yield from walk(section.children, depth + 1)

        yield from walk(self.plan.sections, 0)


def place(span: Span | None) -> Html:
    """Where a span stands, as attributes: code points, page and boxes in points."""
    if span is None:
        return Html()
    made = f'data-s="{span.start}" data-e="{span.end}"'
    if span.page is not None:
        made += f' data-p="{span.page}"'
    if span.boxes:
        boxes = ";".join(" ".join(f"{side:g}" for side in box) for box in span.boxes)
        made += f' data-b="{boxes}"'
    return Html(made)  # numbers only


def view(plan: Plan) -> View:
    """The view of a record."""
    deadlines = tuple(
        Value(f"d{at}", "deadline", each.text, each.span, each.confidence)
        for at, each in enumerate(plan.deadlines)
    )
    targets = tuple(
        Value(f"g{at}", "target", each.text, each.span, each.confidence)
        for at, each in enumerate(plan.targets)
    )
    references = tuple(
        Value(f"r{at}", "reference", each.text, each.span, each.confidence)
        for at, each in enumerate(plan.references)
    )
    short = tuple(
        Value(f"s{at}", "reference", each.text, each.span, each.confidence)
        for at, each in enumerate(plan.short_references)
    )
    agencies = tuple(
        tuple(
            Value(f"a{at}-{number}", "agency", each.name, span, each.confidence)
            for number, span in enumerate(each.mentions)
        )
        for at, each in enumerate(plan.agencies)
    )
    annexes = tuple(
        Value(f"x{at}", "annex", each.title or "", each.span)
        for at, each in enumerate(plan.annexes)
    )
    rows = tuple(_rows(plan))
    duties = tuple(
        _duty(at, task, deadlines, targets, references) for at, task in enumerate(plan.tasks)
    )
    warned = [
        Value(f"w{at}", "warning", warning.code, _where(warning.span, warning.page), 0.0,
              warning.message)
        for at, warning in enumerate(plan.warnings)
    ]  # fmt: skip
    spans = {(v.span.start, v.span.end) for v in warned if v.span is not None}
    roles = [value for duty in duties for _, values in duty.by_role for value in values]
    unsure = [
        value
        for value in (
            *(row.value for row in rows if row.value is not None),
            *deadlines, *targets, *references, *roles,
        )
        if value.unsure and value.span and (value.span.start, value.span.end) not in spans
    ]  # fmt: skip
    return View(
        plan,
        rows,
        (*warned, *sorted(unsure, key=lambda value: value.confidence)),
        duties,
        deadlines,
        targets,
        references,
        short,
        agencies,
        annexes,
        tuple(_lines(plan.text[:LONGEST_TEXT])),
        len(plan.text) > LONGEST_TEXT,
    )


def _where(span: Span | None, page: int | None) -> Span | None:
    """A warning about a page as a whole stands at no words, but on the page."""
    return span if span is not None or page is None else Span(start=0, end=0, page=page)


def _rows(plan: Plan) -> Iterator[Row]:
    header = plan.header
    province = header.province
    shown: dict[str, str | None] = {
        "kind": header.kind_name,
        "number": header.number,
        "symbol": None if header.number else header.symbol,
        "issued_on": header.issued_on,
        "place": header.place,
        "issuer": header.issuer.canonical if header.issuer else None,
        "province": province.name if province else None,
        "title": header.title,
        "plan_period": header.plan_period,
        "signer": _signer(plan),
        "signature": header.signature.signer if header.signature else None,
        "recipients": "\n".join(header.recipients) or None,
    }
    for field, text in shown.items():
        if text is None and field in ("symbol", "signature", "plan_period", "place", "recipients"):
            continue
        spans = header.spans.get(field, [])
        value = None
        if text is not None and spans:
            confidence = header.confidence.get(field, 1.0)
            value = Value(f"h-{field}", "header", text, joined(spans), confidence)
        yield Row(field, text or "", value)


def _signer(plan: Plan) -> str | None:
    signer = plan.header.signer
    if signer is None:
        return None
    return ", ".join(filter(None, [signer.name, signer.position])) or None


def joined(spans: Sequence[Span]) -> Span:
    """Several places of one value as one, with the boxes of those on the first one's page."""
    first = spans[0]
    same = [span for span in spans if span.page == first.page]
    boxes = [box for span in same for box in span.boxes or []]
    return Span(start=first.start, end=first.end, page=first.page, boxes=boxes or None)


def _duty(
    at: int,
    task: Task,
    deadlines: tuple[Value, ...],
    targets: tuple[Value, ...],
    references: tuple[Value, ...],
) -> Duty:
    by_role: dict[str, list[Value]] = {}
    for number, each in enumerate(task.assignments):
        value = Value(f"t{at}-{number}", "agency", each.agency, each.span, each.confidence)
        by_role.setdefault(each.role, []).append(value)

    def some(values: tuple[Value, ...], wanted: list[int]) -> tuple[Value, ...]:
        return tuple(values[index] for index in wanted if 0 <= index < len(values))

    return Duty(
        Value(f"t{at}", "task", task.text, task.span),
        " / ".join(task.section),
        tuple((role, tuple(values)) for role, values in by_role.items()),
        (
            *((value, False) for value in some(deadlines, task.deadlines)),
            *((value, True) for value in some(deadlines, task.inherited_deadlines)),
        ),
        some(targets, task.targets),
        some(references, task.references),
        tuple(task.outputs),
    )


def _lines(text: str) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        if match.group().strip():
            yield Line(match.start(), match.group().rstrip("\n"))
