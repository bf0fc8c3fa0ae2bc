"""What has to hold of every record and every refusal.

In: a ``Plan``, or what was said of an input.  Out: sentences about what does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from fuzz import edtf
from models import Plan, Section, Span, Target
from pipeline import errors
from pipeline.corpus.packing import pack, unpack

# Said where an exception was not foreseen: the batch goes on, but a person learns nothing.
UNFORESEEN = re.compile(
    r"The reader could not follow the file|could not be read \(\w+(Error|Exception)"
)

# A mark between two figures: the comma of "tháng 6,12/2022" joins two dates.
_CUT = re.compile(r"\d(?:[.,]?\0|\0[.,])\d", re.ASCII)
_HALVED = re.compile(r"\d\0\d", re.ASCII)
# "ngày 05/01/20311": a footnote's mark is printed right behind a year.
_YEAR_LAST = re.compile(r"[/\s](?:19|20)\d\d$")
_CUT_ANYWHERE = re.compile(r"\d(?:\.?\0|\0\.)\d", re.ASCII)


def codes() -> frozenset[str]:
    """Codes that may be given for an input: all that are documented but ``error``."""

    def all_of(base: type[errors.KehoachError]) -> Iterator[str]:
        for child in base.__subclasses__():
            yield child.code
            yield from all_of(child)

    return frozenset(all_of(errors.KehoachError))


def of_refusal(code: str, message: str) -> Iterator[str]:
    """What is wrong with a refusal."""
    if code not in codes():
        yield f"no documented code: {code}: {message[:200]}"
    if not message.strip() or "\n" in message:
        yield f"not one line: {message[:200]!r}"
    if UNFORESEEN.search(message):
        yield f"not foreseen: {message[:200]}"


def of_record(plan: Plan) -> Iterator[str]:
    """What is wrong with a record that was read: every value stands where its span says."""
    text = plan.text

    def words(span: Span) -> str:
        return text[span.start : span.end]

    for span in spans(plan):
        if not 0 <= span.start <= span.end <= len(text):
            yield f"a span outside the text: {span}"
    for item in (*plan.references, *plan.short_references, *plan.deadlines, *plan.targets):
        if words(item.span) != item.text:
            yield f"{type(item).__name__} says {item.text[:60]!r}, not {words(item.span)[:60]!r}"
    ids = {agency.id for agency in plan.agencies}
    if len(ids) != len(plan.agencies):
        yield "two agencies under one id"
    for agency in plan.agencies:
        if not agency.mentions or not all(words(mention).strip() for mention in agency.mentions):
            yield f"an agency that is named nowhere: {agency.id}"
    for task in plan.tasks:
        if words(task.span) != task.text:
            yield f"a task that does not stand in its span: {task.id}"
        for assignment in task.assignments:
            # "Bộ: Tư pháp, Y tế" names two bodies, the second by its last words alone.
            here = words(assignment.span).split()
            if not here or here[-1] != assignment.agency.split()[-1]:
                yield f"an assignment without its words: {task.id}"
            if assignment.agency_id not in ids:
                yield f"an assignment without its body: {task.id}"
        for indices, items in (
            (task.deadlines, plan.deadlines),
            (task.inherited_deadlines, plan.deadlines),
            (task.targets, plan.targets),
            (task.references, plan.references),
        ):
            if not all(0 <= index < len(items) for index in indices):
                yield f"a task that points to what is not there: {task.id}"
    if plan.preamble and words(plan.preamble.span) != plan.preamble.text:
        yield "a preamble that does not stand in its span"
    for name in ("number", "symbol", "place", "title"):
        if not all(words(span).strip() for span in plan.header.spans.get(name, [])):
            yield f"the header's {name} stands on no words"
    yield from _of_numbers(plan)
    yield from _of_outline(plan)
    yield from edtf.of_plan(plan)
    try:
        if Plan.model_validate_json(plan.to_json()) != plan:
            yield "another record when read again from its JSON"
        if unpack(pack(plan), text) != plan:
            yield "another record when unpacked"
    except ValueError as error:
        yield f"no record when read again: {error}"
    yield from (f"a warning that was not foreseen: {one.message}" for one in plan.warnings
                if UNFORESEEN.search(one.message))  # fmt: skip


def _of_numbers(plan: Plan) -> Iterator[str]:
    """Places where a value begins or ends in the middle of a number."""
    text = plan.text
    for item in (*plan.references, *plan.deadlines, *plan.targets):
        # "98,6 triệu đồng năm 2031": the words behind a number end where they like.
        trailing = re.search(r"\d\D+\d+$", item.text) is not None
        begins = _CUT if isinstance(item, Target) else _CUT_ANYWHERE
        sought = [(item.span.start, begins)]
        if not trailing:
            sought.append((item.span.end, begins))
        elif not isinstance(item, Target) and getattr(item, "anchor", None) is None:
            sought.append((item.span.end, _HALVED))
        for at, cut in sought:
            if _YEAR_LAST.search(text, max(at - 5, 0), at):
                continue
            if cut.search(text[max(at - 2, 0) : at] + "\0" + text[at : at + 2]):
                yield f"a number cut at {text[max(at - 20, 0) : at]!r} | {text[at : at + 20]!r}"


def _of_outline(plan: Plan) -> Iterator[str]:
    """A tree: children inside their parent, one behind the other, the address growing by one."""
    # OCR reads "I." as "1."; the marker is what its series says, with a warning.
    seen = any(page.read_by == "ocr" for page in plan.source.pages)
    waiting: list[tuple[list[Section], Span, list[str]]] = [
        (plan.sections, Span(start=0, end=len(plan.text)), [])
    ]
    while waiting:
        nodes, outer, path = waiting.pop()
        at = outer.start
        for node in nodes:
            here = plan.text[node.span.start : node.span.end]
            # "- 1/ …" is one item: its dash stands before its marker; lines may end inside one.
            marker = r"\s+".join(map(re.escape, node.marker.split()))
            if not (seen or re.match(rf"(?:[-–+]\s?)?{marker}", here)):
                yield f"a section without its marker: {node.path} {node.marker!r}"
            if not at <= node.span.start <= node.span.end <= outer.end:
                yield f"a section outside its place: {node.path}"
            if not node.path or node.path[:-1] != path:
                yield f"a section whose address is not its parent's: {node.path} in {path}"
            at = node.span.end
            waiting.append((node.children, node.span, node.path))


def spans(value: object) -> Iterator[Span]:
    """Every span in a record."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Span):
            yield one
        elif isinstance(one, BaseModel):
            waiting += [getattr(one, name) for name in type(one).model_fields]
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
