"""Which documents the plans cite, and which of the plans compared are cited themselves.

In: records, one after the other.  Out: ``CitedDocument`` values, most plans first.

What makes a cited document one is decided where the corpus decides it (``corpus.documents``): its
number and place, or its name, in one year.  A citation without a year means the dated document of
its family where the plans know exactly one.
"""

from __future__ import annotations

import re
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

# "… của Thủ tướng Chính phủ về …": what follows a citation is its title where it begins like this,
# up to the end of the clause, and no longer than titles are.
_TITLE = re.compile(
    r"\s*,?\s*(?:(?:của|do)\s+(?:[^\s;.:()]+\s+){1,10}?)?(?:về|ban hành|phê duyệt|quy định)\b"
)
_TITLE_END = re.compile(r"[;.:()“”\"]|,\s+(?=[^\W\d_]+(?:\s+[^\W\d_]+)?\s+(?:số|ngày)\b)")
_TITLE_WORDS = 32


def title_end(text: str, start: int) -> int:
    """Where the title of a document ends whose citation ends at an offset.

    >>> title_end("Nghị quyết 7/NQ-CP của Chính phủ về nước sạch; và", 18)
    45
    """
    if not _TITLE.match(text, start):
        return start
    closing = _TITLE_END.search(text, start)
    stop = closing.start() if closing else len(text)
    words = list(re.finditer(r"\S+", text[start:stop]))
    return start + words[_TITLE_WORDS].start() if len(words) > _TITLE_WORDS else stop


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation: what it means, where it stands, how it is printed.

    Attributes:
        identity: the document.
        item: number of the item it stands in among the plan's items, or None.
        name: kind and number or name; "" for a short form.
        text, date, role, span: as in the record.
    """

    identity: Identity
    item: int | None
    name: str
    text: str
    date: str | None
    role: str
    span: Span


def mentions(plan: Plan, reaches: Sequence[Sequence[tuple[int, int]]]) -> list[Mention]:
    """The citations of a plan, in text order.

    Args:
        plan: the record.
        reaches: of each item the stretches that are its own.
    """
    found: dict[int, tuple[Identity, Reference]] = {}
    for reference in (*plan.references, *plan.short_references):
        meant = reference
        if isinstance(reference.refers_to, int) and reference.refers_to < len(plan.references):
            meant = plan.references[reference.refers_to]
        what = identity(meant) or identity(reference)
        if what is not None:
            found.setdefault(reference.span.start, (what, reference))
    starts = sorted(found)
    home: dict[int, int] = {}
    for item, reach in enumerate(reaches):
        for start, end in reach:
            for at in range(bisect_left(starts, start), bisect_left(starts, end)):
                home.setdefault(starts[at], item)
    return [_mention(*found[start], home.get(start)) for start in starts]


def _mention(what: Identity, reference: Reference, item: int | None) -> Mention:
    kind = reference.kind or reference.kind_from_code
    number = reference.canonical_number or reference.number or reference.name
    span = reference.span
    return Mention(
        what,
        item,
        "" if reference.short else " ".join(filter(None, [kind, number])),
        reference.text,
        reference.date,
        reference.role,
        Span(span.start, span.end, span.page, tuple(span.boxes or ())),
    )


def settle(
    sheets: Sequence[PlanFacts], cited: Sequence[Sequence[Mention]]
) -> tuple[tuple[CitedDocument, ...], dict[int, tuple[int, ...]]]:
    """The documents that plans cite, and what each item cites.

    Args:
        sheets: the plans.
        cited: the citations of each, from ``mentions``.

    Returns:
        The documents, most plans first, and item → indices of documents in text order.
    """
    families: defaultdict[str, set[str]] = defaultdict(set)
    for several in cited:
        for mention in several:
            families[mention.identity.family].add(mention.identity.year)
    held: defaultdict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for sheet, several in zip(sheets, cited, strict=True):
        for mention in several:
            years = families[mention.identity.family] - {""}
            year = mention.identity.year or (min(years) if len(years) == 1 else "")
            held[f"{mention.identity.family}|{year}"].append((sheet.index, mention))
    own = _own(sheets)
    order = sorted(held, key=lambda name: (-len({plan for plan, _ in held[name]}), name))
    documents = []
    cites: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, name in enumerate(order):
        citations = []
        for plan, mention in held[name]:
            item = sheets[plan].items[mention.item] if mention.item is not None else None
            citations.append(Citation(plan, item, mention.text, mention.role, mention.span))
            if item is not None:
                cites[item].append((mention.span.start, place))
        several = [mention for _, mention in held[name]]
        plans = tuple(dict.fromkeys(plan for plan, _ in held[name]))
        documents.append(
            CitedDocument(
                place, name, _label(several), _date(several), own.get(name), tuple(citations), plans
            )
        )
    by_item = {
        item: tuple(dict.fromkeys(place for _, place in sorted(places)))
        for item, places in cites.items()
    }
    return tuple(documents), by_item


def _own(sheets: Sequence[PlanFacts]) -> dict[str, int]:
    """Key of a plan's own number, as others cite it → its index."""
    found: dict[str, int] = {}
    for sheet in sheets:
        if sheet.number is None or sheet.earliest is None:
            continue
        place = spelling.key(sheet.place) if sheet.level != "central" else ""
        name = f"{number_key(sheet.number)}|{place}|{sheet.earliest[:4]}"
        found.setdefault(name, sheet.index)
    return found


def _label(several: Sequence[Mention]) -> str:
    """Kind and number, or kind and name, as most plans write it."""
    names = Counter(mention.name for mention in several if mention.name)
    if not names:
        return several[0].text
    return min(names, key=lambda name: (-names[name], name))


def _date(several: Sequence[Mention]) -> str | None:
    dates = Counter(mention.date for mention in several if mention.date)
    return min(dates, key=lambda day: (-dates[day], -len(day), day)) if dates else None


def cocitations(documents: Sequence[CitedDocument], most: int = 200) -> tuple[CoCitation, ...]:
    """Documents that the same plans cite.

    Args:
        documents: from ``settle``.
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
