"""Which documents the plans cite, and which of the plans compared are cited themselves.

In: records, one after the other.  Out: ``CitedDocument`` values, most plans first.

What makes a cited document one is decided where the corpus decides it (``corpus.documents``): its
number and place, or its name, in one year.  A citation without a year means the dated document of
its family where the plans know exactly one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models import Plan, Reference
from pipeline.comparison.results import (
    Citation,
    CitedDocument,
    CoCitation,
    PlanFacts,
    Span,
)
from pipeline.corpus import spelling
from pipeline.corpus.documents import Identity, identity, number_key


@dataclass(slots=True)
class _Mention:
    plan: int
    item: int | None
    reference: Reference


class Documents:
    """Collects citations, plan by plan."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._identities: list[Identity] = []
        self._mentions: list[list[_Mention]] = []
        self._plan = -1
        self._known: list[tuple[int, int, Reference]] = []
        self._starts: list[int] = []
        self._taken: set[int] = set()

    def _open(self, plan: Plan, index: int) -> None:
        """The citations of a plan by place, each with its document's number."""
        if index == self._plan:
            return
        self._plan, self._taken = index, set()
        known: list[tuple[int, int, Reference]] = []
        for reference in plan.references:
            meant = reference
            if isinstance(reference.refers_to, int) and reference.refers_to < len(plan.references):
                meant = plan.references[reference.refers_to]
            what = identity(meant) or identity(reference)
            if what is not None:
                known.append((reference.span.start, self._number(what), reference))
        for reference in plan.short_references:
            if isinstance(reference.refers_to, int) and reference.refers_to < len(plan.references):
                what = identity(plan.references[reference.refers_to])
                if what is not None:
                    known.append((reference.span.start, self._number(what), reference))
        self._known = sorted(known, key=lambda each: each[:2])
        self._starts = [start for start, _, _ in self._known]

    def _number(self, what: Identity) -> int:
        place = (what.family, what.year)
        if place not in self._numbers:
            self._numbers[place] = len(self._identities)
            self._identities.append(what)
            self._mentions.append([])
        return self._numbers[place]

    def cites(
        self, plan: Plan, index: int, reach: Sequence[tuple[int, int]], item: int
    ) -> tuple[int, ...]:
        """What an item cites.

        Args:
            plan, index: the record and its place; all items of a plan come in a row.
            reach: stretches that are the item's own.
            item: its number.
        """
        self._open(plan, index)
        found = []
        for start, end in reach:
            for at in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
                if at not in self._taken:
                    self._taken.add(at)
                    _, number, reference = self._known[at]
                    self._mentions[number].append(_Mention(index, item, reference))
                    found.append(number)
        return tuple(dict.fromkeys(found))

    def rest(self, plan: Plan, index: int) -> None:
        """The citations of a plan that stand in no item: căn cứ, opening, headings."""
        self._open(plan, index)
        for at, (_, number, reference) in enumerate(self._known):
            if at not in self._taken:
                self._mentions[number].append(_Mention(index, None, reference))

    def settle(
        self, records: Sequence[Plan], sheets: Sequence[PlanFacts]
    ) -> tuple[tuple[CitedDocument, ...], dict[int, int]]:
        """The documents, and where each number that ``cites`` gave stands among them."""
        families: defaultdict[str, list[int]] = defaultdict(list)
        for number, what in enumerate(self._identities):
            families[what.family].append(number)
        home: dict[int, int] = {}
        for numbers in families.values():
            dated = [number for number in numbers if self._identities[number].year]
            for number in numbers:
                same = len(dated) == 1 and not self._identities[number].year
                home[number] = dated[0] if same else number
        gathered: defaultdict[int, list[_Mention]] = defaultdict(list)
        for number, target in home.items():
            gathered[target] += self._mentions[number]
        own = _own(records, sheets)
        drafts = []
        for number, mentions in gathered.items():
            what = self._identities[number]
            mentions.sort(key=lambda each: (each.plan, each.reference.span.start))
            plans = tuple(dict.fromkeys(each.plan for each in mentions))
            drafts.append((-len(plans), _label(mentions), what.key, number, mentions, plans))
        drafts.sort(key=lambda draft: draft[:4])
        place_of = {draft[3]: place for place, draft in enumerate(drafts)}
        documents = tuple(
            CitedDocument(
                place,
                name,
                label,
                _date(mentions),
                own.get(name),
                tuple(map(_citation, mentions)),
                plans,
            )
            for place, (_, label, name, _, mentions, plans) in enumerate(drafts)
        )
        return documents, {number: place_of[home[number]] for number in home}


def _own(records: Sequence[Plan], sheets: Sequence[PlanFacts]) -> dict[str, int]:
    """Key of a plan's own number, as others cite it → its index."""
    found: dict[str, int] = {}
    for plan, sheet in zip(records, sheets, strict=True):
        if plan.header.number is None or sheet.earliest is None:
            continue
        place = spelling.key(sheet.place) if sheet.level != "central" else ""
        number = number_key(plan.header.number)
        found.setdefault(f"{number}|{place}|{sheet.earliest[:4]}", sheet.index)
    return found


def _label(mentions: Sequence[_Mention]) -> str:
    """Kind and number, or kind and name, as most plans write it."""
    names = Counter(
        " ".join(
            filter(
                None,
                [
                    each.reference.kind or each.reference.kind_from_code,
                    each.reference.canonical_number or each.reference.number or each.reference.name,
                ],
            )
        )
        for each in mentions
        if not each.reference.short
    )
    names.pop("", None)
    if not names:
        return mentions[0].reference.text
    return min(names, key=lambda name: (-names[name], name))


def _date(mentions: Sequence[_Mention]) -> str | None:
    dates = Counter(each.reference.date for each in mentions if each.reference.date)
    return min(dates, key=lambda day: (-dates[day], -len(day), day)) if dates else None


def _citation(mention: _Mention) -> Citation:
    reference = mention.reference
    span = reference.span
    return Citation(
        mention.plan,
        mention.item,
        reference.text,
        reference.role,
        Span(span.start, span.end, span.page, tuple(span.boxes or ())),
    )


def cocitations(documents: Sequence[CitedDocument], most: int = 200) -> tuple[CoCitation, ...]:
    """Documents that the same plans cite.

    Args:
        documents: from ``Documents.settle``.
        most: documents that are paired, those with most plans first; every pair of so many is
            looked at.
    """
    paired = [document for document in documents if len(document.plans) > 1][:most]
    members = {document.index: set(document.plans) for document in paired}
    found = []
    for place, a in enumerate(paired):
        for b in paired[place + 1 :]:
            both = len(members[a.index] & members[b.index])
            if both > 1:
                either = len(members[a.index] | members[b.index])
                first, second = sorted((a.index, b.index))
                found.append(CoCitation(first, second, both, round(both / either, 3)))
    return tuple(sorted(found, key=lambda pair: (-pair.plans, -pair.likeness, pair.a, pair.b)))
