"""Records as a board: every plan cut into items, every item with its facts.

In: records.  Out: ``Board``: plans by date, items, their words, and the documents they cite.

Longer than 400 lines because a plan's reading and the board of all plans are one pass: a record is
held only until its sheet is written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models import Header, Plan
from models import Span as ReadSpan
from pipeline.comparison import facts, items
from pipeline.comparison.bodies import body_type
from pipeline.comparison.citing import Mention, mentions, settle, title_end
from pipeline.comparison.items import Heading, RawItem
from pipeline.comparison.results import (
    Caution,
    CitedDocument,
    Due,
    Figure,
    Item,
    PlanFacts,
    Role,
    Span,
)
from pipeline.comparison.words import Lexicon, Words
from pipeline.corpus.documents import number_key
from pipeline.language.keys import key

FEWEST_ITEMS = 3
_BLANK = re.compile(r"\s")
# A body that has several roles in one item is shown with the first of these.
_ROLES = (
    "lead", "assignee", "advise", "coordinate", "supervise", "report_to", "via", "fund"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardSection:
    """A section of a plan; ``agency`` is the type of body it is addressed to, "" for none."""

    plan: int
    heading: Heading
    agency: str


@dataclass(frozen=True, slots=True)
class Board:
    """What is compared.

    Attributes:
        plans: by date; undated ones last.
        items: of all plans, plan by plan.
        words: of each item, in the same order.
        documents: cited documents, most plans first.
        sections: the sections that stand over items, plan by plan in reading order.
        sizes: code points of each plan's text.
        recipients: of each plan the span of every line of Nơi nhận; empty where not known.
    """

    plans: tuple[PlanFacts, ...]
    items: tuple[Item, ...]
    words: tuple[Words, ...]
    documents: tuple[CitedDocument, ...]
    sections: tuple[BoardSection, ...]
    sizes: tuple[int, ...]
    recipients: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is kept of a record, so that the records need not all be held at once."""

    id: str
    name: str
    facts: facts.Facts
    header: Header
    size: int
    doubt: float
    items: tuple[Item, ...]
    headings: tuple[tuple[Heading, str], ...]
    cited: tuple[Mention, ...]


def build(plans: Iterable[Plan], progress: Callable[[int], None] | None = None) -> Board:
    """Make the board.

    Args:
        plans: records, in any order; one that comes twice (by its id) is taken once.  They are read
            one by one and not kept.
        progress: called with the number of plans that were read.

    Returns:
        The board; the same for the same records, whatever their order.
    """
    spelling = _Spelling()
    read: dict[str, _Sheet] = {}
    for number, plan in enumerate(plans, 1):
        if plan.id not in read:
            read[plan.id] = _read(plan, spelling)
        if progress is not None:
            progress(number)
    copies = _copies(read)
    ordered = sorted(
        (read[number] for number in copies),
        key=lambda sheet: (facts.since(sheet.facts), sheet.facts.place, sheet.id),
    )
    names = facts.labels([(sheet.facts, sheet.header, sheet.name, sheet.id) for sheet in ordered])
    items: list[Item] = []
    sheets: list[PlanFacts] = []
    for index, (sheet, label) in enumerate(zip(ordered, names, strict=True)):
        first = len(items)
        for item in sheet.items:
            items.append(replace(spelling.settle(item), index=len(items), plan=index))
        own = tuple(range(first, len(items)))
        sheets.append(_plan(index, sheet, label, own, copies[sheet.id]))
    documents, cites = settle(sheets, [sheet.cited for sheet in ordered])
    for number, places in cites.items():
        items[number] = replace(items[number], cites=places)
    words = _words(sheets, items, documents)
    sheets = [replace(plan, words=sum(len(words[item]) for item in plan.items)) for plan in sheets]
    return Board(
        tuple(sheets),
        tuple(items),
        tuple(words),
        documents,
        tuple(
            BoardSection(index, heading, spelling.best(agency))
            for index, sheet in enumerate(ordered)
            for heading, agency in sheet.headings
        ),
        tuple(sheet.size for sheet in ordered),
        tuple(tuple(map(span_of, sheet.header.spans.get("recipients", []))) for sheet in ordered),
    )


def _read(plan: Plan, spelling: _Spelling) -> _Sheet:
    reader = _Reader(plan, spelling)
    raws, headings = items.cut(plan)
    pages = plan.source.pages
    return _Sheet(
        plan.id,
        plan.source.name,
        facts.facts(plan),
        plan.header,
        len(plan.text),
        round(sum(1 - page.confidence for page in pages) / len(pages), 2) if pages else 0.0,
        tuple(map(reader.item, raws)),
        tuple((heading, reader.addressee(heading)) for heading in headings),
        tuple(mentions(plan, [raw.reach for raw in raws])),
    )


def _words(
    plans: Sequence[PlanFacts], items: Sequence[Item], documents: Sequence[CitedDocument]
) -> list[Words]:
    """The words of all items, each item knowing its plan's place and what it cites."""
    lexicon = Lexicon()
    cited: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for document in documents:
        for citation in document.citations:
            if citation.item is not None:
                item = items[citation.item]
                start = citation.span.start - item.span.start
                end = citation.span.end - item.span.start
                # A citation in a labelled line stands outside the item's own words.
                if start >= 0 and end <= len(item.text):
                    stretch = (start, title_end(item.text, end), _sign(document.key))
                    cited[item.index].append(stretch)
    found = []
    for plan in plans:
        for number in plan.items:
            found.append(lexicon.read(items[number].text, plan.own_name, cited[number]))
    return found


def _sign(key: str) -> str:
    """What stands for a document among the words: for one of a province's own only its series.

    Every province has its "Kế hoạch …/KH-UBND"; the number says nothing about another one's.
    """
    number, place, _ = key.rsplit("|", 2)
    series = re.sub(r"\d+", "", number)
    return "\x02" + (series if place and series != number else key)


def _plan(
    index: int, sheet: _Sheet, label: str, items: tuple[int, ...], copies: tuple[str, ...]
) -> PlanFacts:
    fact, header = sheet.facts, sheet.header
    cautions = fact.cautions
    if len(items) < FEWEST_ITEMS:
        cautions = (*cautions, Caution("few-items", float(len(items))))
    return PlanFacts(
        index=index,
        id=sheet.id,
        name=sheet.name,
        label=label,
        place=fact.place,
        place_today=fact.place_today,
        level=fact.level,
        issuer=fact.issuer,
        issuer_key=fact.issuer_key,
        title=header.title,
        number=header.number,
        issued_on=header.issued_on,
        earliest=fact.earliest,
        latest=fact.latest,
        period=header.plan_period,
        year=fact.year,
        pages=fact.pages,
        words=0,
        items=items,
        recipients=tuple(header.recipients),
        cautions=cautions,
        copies=copies,
    )


def _copies(read: dict[str, _Sheet]) -> dict[str, tuple[str, ...]]:
    """The file of each plan that was read best → names of its other files.

    Files are of one plan where number, issuer, place and day of issue are the same; without a
    number or a whole date nothing is taken for a copy.
    """
    held: defaultdict[tuple[str, ...], list[_Sheet]] = defaultdict(list)
    for sheet in read.values():
        fact, own = sheet.facts, sheet.header.number
        if own and fact.issuer_key and fact.earliest and fact.earliest == fact.latest:
            held[number_key(own), fact.issuer_key, fact.place, fact.earliest].append(sheet)
        else:
            held[(sheet.id,)].append(sheet)
    found = {}
    for several in held.values():
        best, *others = sorted(several, key=lambda sheet: (sheet.doubt, -sheet.size, sheet.id))
        found[best.id] = tuple(sorted(other.name for other in others))
    return found


class _Spelling:
    """One spelling for one type of body: the commonest."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._chosen: dict[str, str] = {}

    def note(self, name: str) -> None:
        self._seen[key(name)][name] += 1

    def settle(self, item: Item) -> Item:
        if not item.roles:
            return item
        return replace(
            item,
            roles=tuple(
                replace(role, agency=self.best(role.agency), today=self.best(role.today))
                for role in item.roles
            ),
        )

    def best(self, name: str) -> str:
        """The commonest spelling of a name; the name itself where it was never noted."""
        if name not in self._chosen:
            seen = self._seen.get(key(name)) or {name: 1}
            self._chosen[name] = min(seen, key=lambda each: (-seen[each], each))
        return self._chosen[name]


class _Reader:
    """Reads the facts of the items of one plan."""

    def __init__(self, plan: Plan, spelling: _Spelling) -> None:
        self.plan, self.spelling = plan, spelling
        types = {agency.id: body_type(agency) for agency in plan.agencies}
        roles: dict[tuple[int, int, str], Role] = {}
        for task in plan.tasks:
            for charge in task.assignments:
                kind = types.get(charge.agency_id or "")
                name = kind.name if kind else charge.agency
                today = kind.today if kind else charge.agency
                place = (charge.span.start, charge.span.end, charge.role)
                roles[place] = Role(
                    name,
                    today,
                    bool(kind and kind.named),
                    charge.role,
                    charge.agency,
                    span_of(charge.span),
                )
        self.roles = [roles[place] for place in sorted(roles)]
        self.role_starts = [role.span.start for role in self.roles]
        self.deadlines = sorted(plan.deadlines, key=lambda deadline: deadline.span.start)
        self.deadline_starts = [deadline.span.start for deadline in self.deadlines]
        self.targets = sorted(plan.targets, key=lambda target: target.span.start)
        self.target_starts = [target.span.start for target in self.targets]
        self.tasks = sorted(plan.tasks, key=lambda task: task.span.start)
        self.whole = {}
        pages = set()
        for section in plan.walk():
            if not section.children:
                self.whole[tuple(section.path)] = section.span
            pages.add((section.span.start, section.span.page or section.page or 0))
        pages |= {(task.span.start, task.span.page or 0) for task in plan.tasks}
        real = any(page.width is not None for page in plan.source.pages)
        self.pages = sorted(place for place in pages if place[1]) if real else []

    def item(self, raw: RawItem) -> Item:
        """One item with its facts; its number and plan are filled in once all plans are known."""
        return Item(
            index=-1,
            plan=-1,
            section=raw.section,
            headings=tuple(title for title, _, _ in raw.headings),
            kind=raw.kind,
            from_table=raw.from_table,
            text=_BLANK.sub(" ", self.plan.text[raw.start : raw.end]),
            span=self._span(raw),
            roles=tuple(self._roles(raw)),
            dues=tuple(self._dues(raw)),
            figures=tuple(self._figures(raw)),
        )

    def addressee(self, heading: Heading) -> str:
        """The type of the one body that a section is addressed to, or ""."""
        bodies = [
            self.roles[at].agency
            for at in range(*_between(self.role_starts, heading.start, heading.end))
        ]
        return bodies[0] if len(set(bodies)) == 1 else ""

    def _span(self, raw: RawItem) -> Span:
        whole = self.whole.get(raw.section)
        if (
            whole is not None
            and whole.boxes
            and raw.end - raw.start > 0.8 * (whole.end - whole.start)
        ):
            return Span(raw.start, raw.end, whole.page, tuple(whole.boxes))
        at = bisect_right(self.pages, (raw.start, 1 << 60)) - 1
        page = self.pages[at][1] if at >= 0 else (1 if self.pages else None)
        return Span(raw.start, raw.end, page)

    def _roles(self, raw: RawItem) -> Iterator[Role]:
        """Roles that the item names, then those of the headings above it."""
        best: dict[str, Role] = {}
        for start, end in raw.reach:
            for at in range(*_between(self.role_starts, start, end)):
                self._better(best, self.roles[at])
        for _, start, end in raw.headings:
            for at in range(*_between(self.role_starts, start, end)):
                self._better(best, replace(self.roles[at], inherited=True))
        for role in best.values():
            self.spelling.note(role.agency)
            self.spelling.note(role.today)
            yield role

    @staticmethod
    def _better(best: dict[str, Role], role: Role) -> None:
        """Keep of each body one role: its own before an inherited one, then the weightiest.

        A heading charges whom it addresses: what else that body is to do somewhere below it says
        nothing about this item.
        """
        order = ("assignee", *_ROLES) if role.inherited else _ROLES
        known = best.get(role.agency)
        if known is None or (
            known.inherited == role.inherited and order.index(role.role) < order.index(known.role)
        ):
            best[role.agency] = role

    def _dues(self, raw: RawItem) -> Iterator[Due]:
        seen = set()
        for start, end in raw.reach:
            for at in range(*_between(self.deadline_starts, start, end)):
                if at not in seen:
                    seen.add(at)
                    yield self._due(at, inherited=False)
        if seen:
            return
        for _, start, end in raw.headings:
            for at in range(*_between(self.deadline_starts, start, end)):
                yield self._due(at, inherited=True)

    def _due(self, at: int, *, inherited: bool) -> Due:
        deadline = self.deadlines[at]
        return Due(
            deadline.text,
            deadline.kind,
            deadline.value,
            deadline.earliest,
            deadline.latest,
            span_of(deadline.span),
            inherited,
        )

    def _figures(self, raw: RawItem) -> Iterator[Figure]:
        for start, end in raw.reach:
            for at in range(*_between(self.target_starts, start, end)):
                target = self.targets[at]
                yield Figure(
                    target.text,
                    target.value,
                    target.value_max,
                    target.unit,
                    target.comparator,
                    target.subject,
                    span_of(target.span),
                )


def span_of(span: ReadSpan) -> Span:
    """A span of the record as a span of the results."""
    return Span(span.start, span.end, span.page, tuple(span.boxes or ()))


def _between(starts: list[int], start: int, end: int) -> tuple[int, int]:
    return bisect_left(starts, start), bisect_left(starts, end)
