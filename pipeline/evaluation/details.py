"""Finer agreement: fields of values that were paired, and what short forms stand for.

In: a ``Case`` and a pair of gold and record.  Out: counts of the groups "values" and
"resolution".  Every field is optional in gold: where it is left out, nothing is counted; null
means that the page says nothing.
"""

from __future__ import annotations

from models import Agency, Deadline, Reference, Target
from pipeline.evaluation.case import Case
from pipeline.evaluation.counts import Resolved
from pipeline.evaluation.gold import (
    GoldAgency,
    GoldDeadline,
    GoldReference,
    GoldShort,
    GoldTarget,
)
from pipeline.evaluation.keys import number_key, text_key
from pipeline.evaluation.locating import Place, Sought, overlap
from pipeline.evaluation.pairing import pair
from pipeline.evaluation.values import meant, path

Said = str | float | None
_Gold = GoldReference | GoldDeadline | GoldTarget
_Read = Reference | Deadline | Target


def issuer(case: Case, gold: GoldReference, read: Reference) -> None:
    """Who issued a cited document."""
    _field(case, "reference issuer", "issuer", gold, read, gold.issuer, read.issuer)


def deadline(case: Case, gold: GoldDeadline, read: Deadline) -> None:
    """Which kind of deadline it is."""
    _field(case, "deadline kind", "kind", gold, read, gold.kind, read.kind)


def target(case: Case, gold: GoldTarget, read: Target) -> None:
    """Unit, comparator and upper bound."""
    _field(case, "target unit", "unit", gold, read, gold.unit, read.unit)
    _field(case, "target comparator", "comparator", gold, read, gold.comparator, read.comparator)
    _field(case, "target upper bound", "value_max", gold, read, gold.value_max, read.value_max)


def _field(
    case: Case, name: str, member: str, gold: _Gold, read: _Read, wanted: Said, said: Said
) -> None:
    if member not in gold.model_fields_set:
        return
    if _comparable(wanted) == _comparable(said):
        case.score.detail("values", name, 1, 0, 0)
        return
    case.score.detail("values", name, 0, int(said is not None), int(wanted is not None))
    found, expected = (None if value is None else str(value) for value in (said, wanted))
    place = (read.span.start, read.span.end)
    case.note("values", f"{name} of {gold.text!r}", found, expected, place, path(read.section))


def _comparable(value: Said) -> Said:
    return text_key(value) if isinstance(value, str) else value


def canonical(case: Case, gold: GoldAgency, read: Agency | None) -> None:
    """Which body a name stands for; a name that the record leaves as it is, is unresolved."""
    if gold.canonical is None:
        return
    said = read.canonical if read else None
    wanted, name = text_key(gold.canonical), text_key(gold.name)
    right = said is not None and text_key(said) == wanted
    silent = said is None or text_key(said) == name
    span = next(iter(read.mentions), None) if read else None
    place = (span.start, span.end) if span else case.place(Sought(gold.name, gold.span))
    _resolved(case, "agencies", gold.name, right, silent, said, gold.canonical, place)


def short_references(case: Case) -> None:
    """What "Kế hoạch này" and "Nghị quyết 09" refer to.

    Those that gold does not list are not counted, since they may stand for nothing in particular.
    """
    gold = case.gold.short_references
    if gold is None:
        return
    found = case.plan.short_references if case.plan else []
    claimed = [(read.span.start, read.span.end) for read in found]
    places = case.text.locate(
        (Sought(s.text, s.span, None if s.section is None else path(s.section)) for s in gold),
        claimed,
    )

    def agreement(index: int, read: Place) -> float:
        place = places[index]
        return overlap(place, read) if place else 0

    pairing = pair(range(len(gold)), claimed, agreement)
    partner = {index: found[claimed.index(place)] for index, place in pairing.pairs}
    for index, short in enumerate(gold):
        read = partner.get(index)
        said = meant(case.plan, read) if case.plan and read else None
        right = _document(said) == _document(short.refers_to) and (
            read is not None or short.refers_to is None
        )
        _resolved(
            case, "short references", short.text, right, said is None, said, short.refers_to,
            places[index], _section(short, read),
        )  # fmt: skip


def _section(gold: GoldShort, read: Reference | None) -> str:
    return path(read.section if read else gold.section or [])


def _document(said: str | None) -> str | None:
    return None if said is None else number_key(text_key(said))


def _resolved(
    case: Case,
    kind: str,
    words: str,
    right: bool,
    silent: bool,
    said: str | None,
    wanted: str | None,
    place: Place | None,
    section: str = "",
) -> None:
    count = case.score.resolution.setdefault(kind, Resolved())
    if right:
        count.right += 1
        return
    if silent:
        count.unresolved += 1
    else:
        count.wrong += 1
    case.note("resolution", f"meaning of {words!r}", said, wanted, place, section)
