"""Agreement of one record with one gold annotation, category by category.

In: ``Gold`` and ``models.Plan`` (or None where there is no record).  Out: a ``Score``.  What
counts as agreement is told, rule by rule, in ``docs/evaluation.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models import Deadline, Header, Plan, Reference, Section, Span, Target
from pipeline.evaluation import details
from pipeline.evaluation.case import Case
from pipeline.evaluation.counts import CATEGORIES, Count, Miss, Score
from pipeline.evaluation.gold import (
    Gold,
    GoldAgency,
    GoldAssignment,
    GoldDeadline,
    GoldReference,
    GoldTarget,
    Member,
)
from pipeline.evaluation.keys import likeness, number_key, text_key
from pipeline.evaluation.locating import Place, Sought
from pipeline.evaluation.pairing import pair
from pipeline.evaluation.values import path

__all__ = ["CATEGORIES", "Count", "Miss", "Score", "score"]

# Office-holders and bodies that an annotator may list or leave out.
_FREE_TO_LIST = frozenset(map(text_key, ("Thủ tướng Chính phủ", "Chủ tịch UBND tỉnh", "Chính phủ")))
_TITLES_AGREE = 0.9
_NAMED_LAWS_AGREE = 0.7
_DEADLINES_AGREE = 0.5
_TARGETS_AGREE = 0.3


def score(document: str, gold: Gold, plan: Plan | None) -> Score:
    """Compare one record with its gold; a plan that has no record misses everything.

    Categories that gold does not have are not in the score.
    """
    case = Case(document, gold, plan)
    for member, compare in _MEMBERS.items():
        if member in gold.annotated:
            compare(case)
    details.short_references(case)
    _spans(case)
    return case.score


def _header(case: Case) -> None:
    gold, found = case.gold.header, case.plan.header if case.plan else Header()
    pairs = {
        "kind": (gold.kind, found.kind),
        "number": (gold.number, found.number),
        "symbol": (gold.symbol, found.symbol),
        "issued_on": (gold.issued_on, found.issued_on),
        "place": (gold.place, found.place),
        "issuer": (gold.issuer, found.issuer.name if found.issuer else None),
        "title": (gold.title, found.title),
        "plan_period": (gold.plan_period, found.plan_period),
        "province": (gold.province, found.province.name if found.province else None),
        "signer": (gold.signer, found.signer.name if found.signer else None),
    }
    for name, (expected, read) in pairs.items():
        key = _number if name in ("number", "symbol") else _key
        agrees = key(expected) == key(read)
        if expected and read:
            if name == "issuer":
                agrees = agrees or _holds(text_key(expected), text_key(read))
            elif name == "title":
                agrees = likeness(expected, read) >= _TITLES_AGREE
        spans = found.spans.get(name, [])
        place = _place(spans[0]) if spans else case.place(Sought(expected or ""))
        case.compare("header", f"header.{name}", agrees, read, expected, place)
        if read is not None and name in found.confidence:
            case.score.sure("header", found.confidence[name], agrees)
    case.bag(
        "recipients",
        [_Item(text_key(line), line) for line in gold.recipients],
        [_Item(text_key(line), line) for line in found.recipients],
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that is compared by its key; ``place`` in the record's text where it is known."""

    key: str
    shown: str
    place: Place | None = None
    section: str = ""
    confidence: float | None = None


def _outline(case: Case) -> None:
    """Headings and items by their paths; an en dash is not taken for a bullet here."""
    sections = list(case.plan.walk()) if case.plan else []
    expected = [
        _Item(path(item.path), f"{path(item.path)} {item.title or ''}".strip())
        for item in case.gold.outline
    ]
    titles = {path(item.path): item.title or "" for item in case.gold.outline}
    found = [
        _Item(
            path(section.path), f"{path(section.path)} {section.title[:60]}".strip(),
            (section.span.start, section.span.start + len(section.marker)), path(section.path),
            section.confidence,
        )
        for section in sections
        if not _is_bullet(section, "-+•*")
    ]  # fmt: skip
    pairing = case.bag("outline", expected, found, lambda item: titles.get(item.key, ""))
    right = {id(item) for _, item in pairing.pairs}
    for item in found:
        assert item.confidence is not None
        case.score.sure("outline", item.confidence, id(item) in right)
    _bullets(case, sections)


def _bullets(case: Case, sections: Sequence[Section]) -> None:
    """Dashes and pluses are compared by their number in the whole document."""
    for signs, plus in (("-–•*", False), ("+", True)):
        bullets = case.gold.bullets or {}
        expected = sum(n for key, n in bullets.items() if key.endswith("+") == plus)
        found = sum(_is_bullet(section, signs) for section in sections)
        both = min(expected, found)
        case.score.count("bullets", both, found - both, expected - both)
        if expected != found:
            name = f"bullets {'+' if plus else '-'}"
            case.note("bullets", name, str(found), str(expected))


def _references(case: Case) -> None:
    def agreement(expected: GoldReference, index: int) -> float:
        read = found[index]
        if keys[index] == _reference_key(expected.number, expected.text):
            return 1
        if expected.number or read.number:
            return 0
        return float(likeness(expected.text, read.text) > _NAMED_LAWS_AGREE)

    found = case.plan.references if case.plan else []
    keys = [_reference_key(read.number, read.text) for read in found]
    gold = case.gold.references
    places = case.spans("references", map(_sought, gold), [_place(read.span) for read in found])
    pairing = pair(gold, range(len(found)), agreement)
    case.score.count("references", *pairing.counts)
    right = {index for _, index in pairing.pairs}
    for index, read in enumerate(found):
        case.score.sure("references", read.confidence, index in right)
        if index not in right:
            case.extra("references", read.text, read.span, read.section)
    for missed in pairing.missed:
        case.missed("references", missed.text, places[_position(gold, missed)])
    case.score.count("ref.date", 0, 0, 0)
    case.score.count("ref.kind", 0, 0, 0)
    for expected, index in pairing.pairs:
        read = found[index]
        for name, said, wanted in (
            ("ref.date", read.date, expected.date),
            ("ref.kind", read.kind, expected.kind),
        ):
            agrees = _key(said) == _key(wanted)
            what = f"{name} of {expected.text!r}"
            case.compare(name, what, agrees, said, wanted, _place(read.span), path(read.section))
        details.issuer(case, expected, read)


def _agencies(case: Case) -> None:
    """Indefinite groups ("các đơn vị liên quan") and some office-holders are free to list."""
    listed = {text_key(agency.name): agency for agency in case.gold.agencies}
    found = {text_key(agency.name): agency for agency in case.plan.agencies} if case.plan else {}
    kinds = {name: agency.type for name, agency in listed.items()}
    expected = {name for name, kind in kinds.items() if kind != "generic"} - _FREE_TO_LIST
    claimed = {name for name, agency in found.items() if agency.kind != "generic"}
    missed = expected - set(found)
    extra = claimed - set(listed) - _FREE_TO_LIST
    case.score.count("agencies", len(expected) - len(missed), len(extra), len(missed))
    for name in sorted(extra):
        case.extra("agencies", found[name].name, next(iter(found[name].mentions), None))
    for name in sorted(missed):
        case.missed("agencies", listed[name].name, case.place(_sought(listed[name])))
    for name in claimed - _FREE_TO_LIST:
        case.score.sure("agencies", found[name].confidence, name in listed)
    for name, agency in listed.items():
        details.canonical(case, agency, found.get(name))


def _deadlines(case: Case) -> None:
    def agreement(expected: GoldDeadline, index: int) -> float:
        alike = likeness(expected.text, found[index].text)
        if alike < _DEADLINES_AGREE:
            return 0
        return alike + (expected.value == found[index].value)

    found = case.plan.deadlines if case.plan else []
    gold = case.gold.deadlines
    places = case.spans("deadlines", map(_sought, gold), [_place(read.span) for read in found])
    pairing = pair(gold, range(len(found)), agreement)
    case.score.count("deadlines", *pairing.counts)
    for index in pairing.extra:
        read = found[index]
        case.score.sure("deadlines", read.confidence, False)
        case.extra("deadlines", read.text, read.span, read.section)
    for missed in pairing.missed:
        case.missed("deadlines", missed.text, places[_position(gold, missed)])
    right = 0
    for expected, index in pairing.pairs:
        read = found[index]
        agrees = read.value == expected.value
        right += agrees
        case.score.sure("deadlines", read.confidence, agrees)
        if not agrees:
            name = f"deadline value of {expected.text!r}"
            place, section = _place(read.span), path(read.section)
            case.note("deadline values", name, read.value, expected.value, place, section)
        details.deadline(case, expected, read)
    case.score.count("deadline values", right, len(found) - right, len(gold) - right)


def _targets(case: Case) -> None:
    def agreement(expected: GoldTarget, index: int) -> float:
        if _figure(expected.value) != found[index].value:
            return 0
        alike = likeness(expected.text, found[index].text)
        return alike if alike > _TARGETS_AGREE else 0

    found = case.plan.targets if case.plan else []
    gold = case.gold.targets
    places = case.spans("targets", map(_sought, gold), [_place(read.span) for read in found])
    pairing = pair(gold, range(len(found)), agreement)
    case.score.count("targets", *pairing.counts)
    for index in pairing.extra:
        case.score.sure("targets", found[index].confidence, False)
        case.extra("targets", found[index].text, found[index].span, found[index].section)
    for missed in pairing.missed:
        case.missed("targets", missed.text, places[_position(gold, missed)])
    for expected, index in pairing.pairs:
        case.score.sure("targets", found[index].confidence, True)
        details.target(case, expected, found[index])


@dataclass(frozen=True, slots=True, eq=False)
class _Role:
    """An assignment in comparable form, with what is shown of it."""

    section: str
    agency: str | None
    role: str
    shown: str
    span: Span | None = None
    confidence: float = 1.0

    def line(self) -> str:
        return f"[{self.section}] {self.role}: {self.shown}"


def _assignments(case: Case) -> None:
    def comparable(item: GoldAssignment) -> _Role:
        return _Role(path(item.section), _key(item.agency), item.role, item.agency or "")

    expected = [comparable(item) for item in case.gold.assignments]
    found = [
        _Role(
            path(task.section), text_key(one.agency), one.role, one.agency, one.span, one.confidence
        )
        for task in (case.plan.tasks if case.plan else [])
        for one in task.assignments
    ]
    pairing = pair(expected, found, _roles_agree)
    case.score.count("assignments", *pairing.counts)
    for wanted, read in pairing.pairs:
        case.score.detail("roles", wanted.role, 1, 0, 0)
        case.score.sure("assignments", read.confidence, True)
    for read in pairing.extra:
        case.score.detail("roles", read.role, 0, 1, 0)
        case.score.sure("assignments", read.confidence, False)
        place = _place(read.span) if read.span else None
        case.note("assignments", "assignments", read.line(), None, place, read.section)
    for wanted in pairing.missed:
        case.score.detail("roles", wanted.role, 0, 0, 1)
        place = case.place(Sought(wanted.shown, section=wanted.section))
        case.note("assignments", "assignments", None, wanted.line(), place, wanted.section)


def _roles_agree(one: _Role, other: _Role) -> float:
    """2 for the same, 1 for the same role of a like-named body in the section or one around it."""
    if (one.section, one.agency, one.role) == (other.section, other.agency, other.role):
        return 2
    same_role = one.role == other.role or {one.role, other.role} == {"via", "report_to"}
    same_agency = one.agency == other.agency or _holds(one.agency or "", other.agency or "")
    same_place = one.section.startswith(other.section) or other.section.startswith(one.section)
    return float(same_role and same_agency and same_place)


_MEMBERS: dict[Member, Callable[[Case], None]] = {
    "header": _header,
    "outline": _outline,
    "references": _references,
    "agencies": _agencies,
    "deadlines": _deadlines,
    "targets": _targets,
    "assignments": _assignments,
}


def _spans(case: Case) -> None:
    """Evidence needs no gold: the words at the span are the words of the value."""
    plan = case.plan
    if plan is None:
        return
    values: list[Reference | Deadline | Target]
    values = [*plan.references, *plan.deadlines, *plan.targets]
    case.score.count("spans", 0, 0, 0)
    for value in values:
        read = plan.text[value.span.start : value.span.end]
        right = read == value.text
        case.score.count("spans", int(right), int(not right), 0)
        if not right:
            case.note("spans", "spans", read, value.text, _place(value.span), path(value.section))


def _sought(item: GoldReference | GoldAgency | GoldDeadline | GoldTarget) -> Sought:
    words = item.name if isinstance(item, GoldAgency) else item.text
    section = None if isinstance(item, GoldAgency) or item.section is None else path(item.section)
    return Sought(words, item.span, section)


def _position(items: Sequence[object], item: object) -> int:
    """Where this very item stands; equal ones may stand there several times."""
    return next(index for index, other in enumerate(items) if other is item)


def _place(span: Span) -> Place:
    return span.start, span.end


def _is_bullet(section: Section, signs: str) -> bool:
    return section.marker.strip().startswith(tuple(signs))


def _key(text: str | None) -> str | None:
    return None if text is None else text_key(text)


def _number(number: str | None) -> str | None:
    return None if number is None else text_key(number_key(number))


def _reference_key(number: str | None, text: str) -> str:
    return number_key(number or "") or text_key(text)


def _holds(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _figure(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
