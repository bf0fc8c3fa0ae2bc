"""Agreement of one record with one gold annotation, category by category.

In: ``Gold`` and ``models.Plan`` (or None where there is no record).  Out: a ``Tally`` and the
differences.  What counts as agreement is told, rule by rule, in ``docs/evaluation.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from models import Deadline, Header, Plan, Reference, Section, Target
from pipeline.evaluation.gold import (
    Gold,
    GoldAssignment,
    GoldDeadline,
    GoldHeader,
    GoldReference,
    GoldTarget,
    Member,
)
from pipeline.evaluation.keys import likeness, number_key, text_key

CATEGORIES = (
    "header", "recipients", "outline", "bullets",
    "references", "ref.date", "ref.kind",
    "agencies", "deadlines", "deadline values", "targets", "assignments", "spans",
)  # fmt: skip

# Office-holders and bodies that an annotator may list or leave out.
_FREE_TO_LIST = frozenset(map(text_key, ("Thủ tướng Chính phủ", "Chủ tịch UBND tỉnh", "Chính phủ")))
_TITLES_AGREE = 0.9
_NAMED_LAWS_AGREE = 0.7
_DEADLINES_AGREE = 0.5
_TARGETS_AGREE = 0.3

_G = TypeVar("_G")
_P = TypeVar("_P")


@dataclass(slots=True)
class Count:
    """How often record and gold agree (hits), and what only one of them holds."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, other: Count) -> None:
        """Add another document's counts."""
        self.hits += other.hits
        self.extra += other.extra
        self.missed += other.missed

    @property
    def gold(self) -> int:
        """How many there are in gold."""
        return self.hits + self.missed

    @property
    def precision(self) -> float:
        """Right among those found; 1 where none was found."""
        found = self.hits + self.extra
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """Found among those in gold; 1 where gold has none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference: what the record says and what gold says, None where it says nothing."""

    document: str
    category: str
    found: str | None
    expected: str | None

    def line(self) -> str:
        """For people: document, category, what was found, what was expected."""
        found = "nothing" if self.found is None else repr(self.found)
        expected = "nothing" if self.expected is None else repr(self.expected)
        return f"{self.document}  {self.category}: found {found}, expected {expected}"


@dataclass(slots=True)
class Score:
    """The counts of one document, and its differences."""

    document: str
    counts: dict[str, Count] = field(default_factory=lambda: {c: Count() for c in CATEGORIES})
    misses: list[Miss] = field(default_factory=list)

    def count(self, category: str, hits: int, extra: int, missed: int) -> None:
        """Add to a category."""
        self.counts[category].add(Count(hits, extra, missed))

    def compare(
        self, category: str, name: str, agrees: bool, found: str | None, expected: str | None
    ) -> None:
        """Count a field that stands on both sides, each perhaps empty: an error on the sides
        that say something."""
        if agrees:
            self.count(category, 1, 0, 0)
            return
        self.count(category, 0, int(found is not None), int(expected is not None))
        self.misses.append(Miss(self.document, name, found, expected))

    def differ(self, category: str, extra: Iterable[str], missed: Iterable[str]) -> None:
        """Note what only one side holds."""
        self.misses += [Miss(self.document, category, text, None) for text in extra]
        self.misses += [Miss(self.document, category, None, text) for text in missed]


def score(document: str, gold: Gold, plan: Plan | None) -> Score:
    """Compare one record with its gold; a plan that has no record misses everything."""
    result = Score(document)
    if "header" in gold.annotated:
        _header(result, gold.header, plan.header if plan else Header())
    if "outline" in gold.annotated:
        sections = list(_walk(plan.sections)) if plan else []
        _outline(result, gold, sections)
        _bullets(result, gold, sections)
    for member, compare in _MEMBERS.items():
        if member in gold.annotated:
            compare(result, gold, plan)
    _spans(result, plan)
    return result


def _header(result: Score, gold: GoldHeader, found: Header) -> None:
    pairs = {
        "kind": (gold.kind, found.kind),
        "number": (_number(gold.number), _number(found.number)),
        "symbol": (_number(gold.symbol), _number(found.symbol)),
        "issued_on": (gold.issued_on, found.issued_on),
        "place": (gold.place, found.place),
        "issuer": (gold.issuer, found.issuer.name if found.issuer else None),
        "title": (gold.title, found.title),
        "plan_period": (gold.plan_period, found.plan_period),
        "province": (gold.province, found.province.name if found.province else None),
        "signer": (gold.signer, found.signer.name if found.signer else None),
    }
    for name, (expected, read) in pairs.items():
        agrees = _key(expected) == _key(read)
        if expected and read:
            if name == "issuer":
                agrees = agrees or _holds(text_key(expected), text_key(read))
            elif name == "title":
                agrees = likeness(expected, read) >= _TITLES_AGREE
        result.compare("header", f"header.{name}", agrees, read, expected)
    _bag(result, "recipients", map(text_key, gold.recipients), map(text_key, found.recipients))


def _outline(result: Score, gold: Gold, sections: Sequence[Section]) -> None:
    """Headings and items by their paths; an en dash is not taken for a bullet here."""
    numbered = (section for section in sections if not _is_bullet(section, "-+•*"))
    expected = (_path(item.path) for item in gold.outline)
    _bag(result, "outline", expected, (_path(section.path) for section in numbered))


def _bullets(result: Score, gold: Gold, sections: Sequence[Section]) -> None:
    """Dashes and pluses are compared by their number in the whole document."""
    for signs, plus in (("-–•*", False), ("+", True)):
        expected = sum(n for key, n in (gold.bullets or {}).items() if key.endswith("+") == plus)
        found = sum(_is_bullet(section, signs) for section in sections)
        both = min(expected, found)
        result.count("bullets", both, found - both, expected - both)
        if expected != found:
            name = f"bullets {'+' if plus else '-'}"
            result.misses.append(Miss(result.document, name, str(found), str(expected)))


def _references(result: Score, gold: Gold, plan: Plan | None) -> None:
    def agreement(expected: GoldReference, index: int) -> float:
        read = found[index]
        if keys[index] == _reference_key(expected.number, expected.text):
            return 1
        if expected.number or read.number:
            return 0
        return float(likeness(expected.text, read.text) > _NAMED_LAWS_AGREE)

    found = plan.references if plan else []
    keys = [_reference_key(read.number, read.text) for read in found]
    pairing = _pair(gold.references, range(len(found)), agreement)
    result.count("references", *pairing.counts)
    result.differ(
        "references",
        (found[index].text for index in pairing.extra),
        (reference.text for reference in pairing.missed),
    )
    for expected, index in pairing.pairs:
        read = found[index]
        for name, said, wanted in (
            ("ref.date", read.date, expected.date),
            ("ref.kind", read.kind, expected.kind),
        ):
            agrees = _key(said) == _key(wanted)
            result.compare(name, f"{name} of {expected.text!r}", agrees, said, wanted)


def _agencies(result: Score, gold: Gold, plan: Plan | None) -> None:
    """Indefinite groups ("các đơn vị liên quan") and some office-holders are free to list."""
    listed = {text_key(agency.name): agency.type for agency in gold.agencies}
    found = {text_key(agency.name): agency.kind for agency in plan.agencies} if plan else {}
    expected = {name for name, kind in listed.items() if kind != "generic"} - _FREE_TO_LIST
    claimed = {name for name, kind in found.items() if kind != "generic"}
    missed = expected - set(found)
    extra = claimed - set(listed) - _FREE_TO_LIST
    result.count("agencies", len(expected) - len(missed), len(extra), len(missed))
    result.differ("agencies", sorted(extra), sorted(missed))


def _deadlines(result: Score, gold: Gold, plan: Plan | None) -> None:
    def agreement(expected: GoldDeadline, index: int) -> float:
        alike = likeness(expected.text, found[index].text)
        if alike < _DEADLINES_AGREE:
            return 0
        return alike + (expected.value == found[index].value)

    found = plan.deadlines if plan else []
    pairing = _pair(gold.deadlines, range(len(found)), agreement)
    result.count("deadlines", *pairing.counts)
    result.differ(
        "deadlines",
        (found[index].text for index in pairing.extra),
        (deadline.text for deadline in pairing.missed),
    )
    right = 0
    for expected, index in pairing.pairs:
        read = found[index]
        if read.value == expected.value:
            right += 1
        else:
            name = f"deadline value of {expected.text!r}"
            result.misses.append(Miss(result.document, name, read.value, expected.value))
    result.count("deadline values", right, len(found) - right, len(gold.deadlines) - right)


def _targets(result: Score, gold: Gold, plan: Plan | None) -> None:
    def agreement(expected: GoldTarget, index: int) -> float:
        if _figure(expected.value) != found[index].value:
            return 0
        alike = likeness(expected.text, found[index].text)
        return alike if alike > _TARGETS_AGREE else 0

    found = plan.targets if plan else []
    pairing = _pair(gold.targets, range(len(found)), agreement)
    result.count("targets", *pairing.counts)
    result.differ(
        "targets",
        (found[index].text for index in pairing.extra),
        (target.text for target in pairing.missed),
    )


@dataclass(frozen=True, slots=True)
class _Role:
    """An assignment in comparable form."""

    section: str
    agency: str | None
    role: str

    def line(self) -> str:
        return f"[{self.section}] {self.role}: {self.agency}"


def _assignments(result: Score, gold: Gold, plan: Plan | None) -> None:
    def comparable(item: GoldAssignment) -> _Role:
        return _Role(_path(item.section), _key(item.agency), item.role)

    expected = [comparable(item) for item in gold.assignments]
    found = [
        _Role(_path(task.section), text_key(assignment.agency), assignment.role)
        for task in (plan.tasks if plan else [])
        for assignment in task.assignments
    ]
    pairing = _pair(expected, found, _roles_agree)
    result.count("assignments", *pairing.counts)
    result.differ(
        "assignments",
        (role.line() for role in pairing.extra),
        (role.line() for role in pairing.missed),
    )


def _roles_agree(one: _Role, other: _Role) -> float:
    """2 for the same, 1 for the same role of a like-named body in the section or one around it."""
    if one == other:
        return 2
    same_role = one.role == other.role or {one.role, other.role} == {"via", "report_to"}
    same_agency = one.agency == other.agency or _holds(one.agency or "", other.agency or "")
    same_place = one.section.startswith(other.section) or other.section.startswith(one.section)
    return float(same_role and same_agency and same_place)


_MEMBERS: dict[Member, Callable[[Score, Gold, Plan | None], None]] = {
    "references": _references,
    "agencies": _agencies,
    "deadlines": _deadlines,
    "targets": _targets,
    "assignments": _assignments,
}


def _spans(result: Score, plan: Plan | None) -> None:
    """Evidence needs no gold: the words at the span are the words of the value."""
    if plan is None:
        return
    values: list[Reference | Deadline | Target]
    values = [*plan.references, *plan.deadlines, *plan.targets]
    for value in values:
        read = plan.text[value.span.start : value.span.end]
        right = read == value.text
        result.count("spans", int(right), int(not right), 0)
        if not right:
            result.misses.append(Miss(result.document, "spans", read, value.text))


@dataclass(slots=True)
class _Pairing(Generic[_G, _P]):
    """Who was paired with whom, and who is left over."""

    pairs: list[tuple[_G, _P]]
    extra: list[_P]
    missed: list[_G]

    @property
    def counts(self) -> tuple[int, int, int]:
        return len(self.pairs), len(self.extra), len(self.missed)


def _pair(
    gold: Sequence[_G], found: Sequence[_P], agreement: Callable[[_G, _P], float]
) -> _Pairing[_G, _P]:
    """Pair one to one, the best agreement first; among equals the later ones first."""
    candidates = [
        (degree, i, j)
        for i, expected in enumerate(gold)
        for j, read in enumerate(found)
        if (degree := agreement(expected, read)) > 0
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return _Pairing(
        pairs=[(gold[i], found[j]) for i, j in partner.items()],
        extra=[read for j, read in enumerate(found) if j not in taken],
        missed=[expected for i, expected in enumerate(gold) if i not in partner],
    )


def _bag(result: Score, category: str, gold: Iterable[str], found: Iterable[str]) -> None:
    """Agreement of two bags of strings, order aside."""
    expected, read = Counter(gold), Counter(found)
    extra, missed = read - expected, expected - read
    result.count(category, (expected & read).total(), extra.total(), missed.total())
    result.differ(category, extra.elements(), missed.elements())


def _walk(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def _is_bullet(section: Section, signs: str) -> bool:
    return section.marker.strip().startswith(tuple(signs))


def _path(path: Sequence[str]) -> str:
    return "/".join(path)


def _key(text: str | None) -> str | None:
    return None if text is None else text_key(text)


def _number(number: str | None) -> str | None:
    return None if number is None else number_key(number)


def _reference_key(number: str | None, text: str) -> str:
    return number_key(number or "") or text_key(text)


def _holds(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _figure(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
