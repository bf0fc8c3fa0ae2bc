"""What a comparison of plans finds, as frozen values that reports, frames and JSON are made from.

In: nothing.  Out: ``Comparison`` and its parts.

Everything that a view shows is an *item* (mục, nhiệm vụ) of a plan: the smallest numbered or
bulleted piece of its outline, a paragraph, or a row of a task table.  Items are stored once, in
``Comparison.items``; a view points to them by index and never repeats their words.  So do plans
(``Comparison.plans``) and topics (``Comparison.topics``).  All offsets are code points of the
plan's own clean text, end exclusive, as in the record.

Words for people are not in here: reasons, kinds and cautions are codes, and ``wording`` says them
in Vietnamese or English.

Longer than 400 lines because it is one vocabulary: values and what their fields mean, no logic.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

RESULTS_VERSION = "1.0"

Kind = Literal[
    "aim", "requirement", "target", "task", "organisation", "funding", "reporting", "other"
]
Level = Literal["central", "province", "district", "commune", "other"]
Fact = Literal["deadline", "agency", "target", "reference", "wording", "place"]
ChangeKind = Literal["added", "dropped", "reworded", "moved", "same"]
Direction = Literal["a-to-b", "b-to-a", "unknown"]
CautionCode = Literal[
    "cut-short", "badly-read", "pages-missing", "no-outline", "few-items", "no-date", "no-place"
]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one plan's text.

    Attributes:
        start, end: code points, end exclusive.
        page: 1-based, or None where the source has no pages.
        boxes: [x0, top, x1, bottom] in points from the page's top left, one per printed line;
            empty where they are not known.
    """

    start: int
    end: int
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a plan's part in the comparison must be read with care.

    Attributes:
        code: "cut-short" (the text ends before its signature: what it does not say proves
            nothing), "badly-read" (OCR or a bad text layer), "pages-missing" (pages that could not
            be read), "no-outline", "few-items" (fewer than three items), "no-date" (direction of
            reuse and order of years unknown), "no-place" (no province and no central issuer).
        value: the figure behind it (mean confidence of the pages, number of pages), or None.
    """

    code: CautionCode
    value: float | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One of the plans compared: what a reader must know of it to judge a cell.

    Attributes:
        index: its place in ``Comparison.plans``.
        id: the record's id.
        name: the source's file name.
        label: short and unlike every other one's: "Hà Nội 2024", "Bộ Y tế 2023",
            "Hà Nội 2024 (62/KH-UBND)" where a place has several plans of one year.
        place: what columns are grouped by: the province's name at the plan's date, else the
            issuer's; "?" where neither is known.
        place_today: the province that the place belongs to today (63 → 34); equals ``place`` for
            others.
        level: of the issuer.
        issuer: canonical name, or None.
        issuer_key: the same for the same issuer in every year, whatever the spelling; "" unknown.
        title: trích yếu without the kind, or None.
        number: the plan's own number, or None.
        issued_on: EDTF date as in the record, or None.
        earliest, latest: first and last ISO day that ``issued_on`` may mean; None without a date.
        period: years the plan is for, EDTF ("2024", "2021/2025"), or None.
        year: the first year of the period, else of issue; None where neither is known.
        pages: number of pages, or None.
        words: syllables in the items that were compared.
        items: indices of its items, in reading order.
        recipients: lines of Nơi nhận.
        cautions: what to mistrust.
        copies: names of other files of the same plan (scan, signed copy, Word file) that were left
            out; the one that was read best was taken.
    """

    index: int
    id: str
    name: str
    label: str
    place: str
    place_today: str
    level: Level
    issuer: str | None
    issuer_key: str
    title: str | None
    number: str | None
    issued_on: str | None
    earliest: str | None
    latest: str | None
    period: str | None
    year: int | None
    pages: int | None
    words: int
    items: tuple[int, ...]
    recipients: tuple[str, ...]
    cautions: tuple[Caution, ...]
    copies: tuple[str, ...] = ()

    @property
    def own_name(self) -> str:
        """What its words call its own province; "" for others."""
        return self.place if self.level == "province" else ""


@dataclass(frozen=True, slots=True)
class Role:
    """A body charged with something in an item.

    Attributes:
        agency: the body's type, comparable between provinces: "Sở Nội vụ".
        today: the type that has its work today, main successor ("Sở Kế hoạch và Đầu tư" → "Sở Tài
            chính"); equals ``agency`` where nothing changed.
        named: False for a collective or an indefinite group ("các sở, ban, ngành").
        role: as in the record: lead, coordinate, assignee, advise, supervise, report_to, via, fund.
        text: the name as written.
        span: of the name.
        inherited: it stands in a heading above the item, not in the item.
    """

    agency: str
    today: str
    named: bool
    role: str
    text: str
    span: Span
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline or schedule of an item.

    Attributes:
        text: as printed.
        kind: as in the record: due, within, recurring, continuous, relative, event.
        value: EDTF or ISO 8601, or None.
        earliest, latest: ISO days, or None.
        span: of the words.
        inherited: it holds for the whole section the item stands in.
    """

    text: str
    kind: str
    value: str | None
    earliest: str | None
    latest: str | None
    span: Span
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantified goal (chỉ tiêu) of an item.

    Attributes:
        text: as printed.
        value: the number; of a range the lower bound.
        value_max: upper bound of a range, or None.
        unit: "%", or what is counted, or None.
        comparator: "=", ">=", "<=", "in".
        subject: what is to reach the value, or None.
        span: of the words.
    """

    text: str
    value: float
    value_max: float | None
    unit: str | None
    comparator: str
    subject: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Item:
    """The unit of comparison: one duty, aim, target, paragraph or table row of one plan.

    Attributes:
        index: its place in ``Comparison.items``.
        plan: index of its plan.
        section: path of the section it stands in or is, e.g. ("II", "3", "a").
        headings: titles of the sections above it, outermost first.
        kind: what the headings say it is.
        from_table: it is a row of a task table.
        text: its words, one line, without the marker.
        span: of those words in the plan's text.
        roles, dues, figures: who, by when, how much.
        cites: indices in ``Comparison.documents``, in text order.
    """

    index: int
    plan: int
    section: tuple[str, ...]
    headings: tuple[str, ...]
    kind: Kind
    from_table: bool
    text: str
    span: Span
    roles: tuple[Role, ...] = ()
    dues: tuple[Due, ...] = ()
    figures: tuple[Figure, ...] = ()
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two items were held to say the same thing; every part is between 0 and 1.

    Attributes:
        words: likeness of the wording, word by word in order.
        weight: likeness of the telling words (TF-IDF cosine of words 1–3).
        inside: share of the shorter one that stands in the longer one.
        signals: codes of the structure that spoke for or against: "+heading" (same heading),
            "+kind", "-kind" (an aim beside a task), "+agency", "-agency", "+reference",
            "+deadline", "+figure", "-figure", "+table"; in the order of their weight.
    """

    words: float
    weight: float
    inside: float
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """An item in a topic.

    Attributes:
        item: index of the item.
        strength: 0–1, how surely it says what the topic's central item says; 1 for that one.
        reason: what the strength is made of; None for the central item.
        low: a person should look before relying on it (``Parameters.low``).
    """

    item: int
    strength: float
    reason: Reason | None
    low: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A cluster of items that say the same thing in several plans, or one item that is alone.

    Attributes:
        index: its place in ``Comparison.topics``.
        label: readable, from the central item: its first clause, place names taken out.
        central: index of the central item (medoid).
        kind: the commonest kind of its members.
        group: index in ``Comparison.groups`` of the section group it belongs to.
        members: the central item first, then by falling strength.
        plans: indices of the plans that have it, in order.
        places: number of different places among them.
    """

    index: int
    label: str
    central: int
    kind: Kind
    group: int
    members: tuple[Member, ...]
    plans: tuple[int, ...]
    places: int


@dataclass(frozen=True, slots=True)
class SectionMember:
    """A section in a group of sections.

    Attributes:
        plan: index of the plan.
        path: the section's path.
        title: its heading.
        span: from its marker to the end of its last descendant.
        strength, low: as in ``Member``.
    """

    plan: int
    path: tuple[str, ...]
    title: str
    span: Span
    strength: float
    low: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Sections of several plans that are the same part: "TỔ CHỨC THỰC HIỆN", "Sở Nội vụ".

    Attributes:
        index: its place in ``Comparison.groups``.
        label: the commonest heading.
        kind: as of an item.
        agency: the type of body the section is addressed to, or None.
        members: in the order of plans.
        topics: indices of the topics whose items stand mostly here, most plans first.
    """

    index: int
    label: str
    kind: Kind
    agency: str | None
    members: tuple[SectionMember, ...]
    topics: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one plan has on one topic; a missing cell means that nothing was found.

    Attributes:
        topic, plan: indices.
        strength: of its strongest item.
        items: indices, strongest first.
        low: no item of it is sure.
    """

    topic: int
    plan: int
    strength: float
    items: tuple[int, ...]
    low: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """Who bears a topic in one plan.

    Attributes:
        topic, plan, item: indices.
        role: the item's role of that body.
        differs: plans give the lead on this topic to bodies of different types (by ``today``).
    """

    topic: int
    plan: int
    item: int
    role: Role
    differs: bool


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A dated duty; sorted by ``latest``, those without a last day behind.

    Attributes:
        plan, item: indices; ``topic`` is the item's topic.
        topic: index.
        due: the deadline.
        leads: types of the bodies that lead or are charged, in text order, without repeats.
    """

    plan: int
    item: int
    topic: int
    due: Due
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a plan wants to be reported to (chế độ báo cáo).

    Attributes:
        plan, item: indices.
        every: ISO 8601 duration: "P1M", "P3M", "P6M", "P1Y"; None for a report due once.
        due: the words and dates it was read from.
        reports_to: types of bodies the report goes to, and through which ("via").
    """

    plan: int
    item: int
    every: str | None
    due: Due
    reports_to: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One plan's figure for an indicator.

    Attributes:
        plan, item: indices.
        figure: the goal.
        strength: how surely it is this indicator.
        low: look before relying on it.
    """

    plan: int
    item: int
    figure: Figure
    strength: float
    low: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """The same indicator in several plans.

    Attributes:
        label: what is measured.
        unit: the unit they share, or None.
        values: by plan.
        differs: the plans set different numbers.
        smallest, largest: over all values.
    """

    label: str
    unit: str | None
    values: tuple[IndicatorValue, ...]
    differs: bool
    smallest: float
    largest: float


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where a plan cites a document.

    Attributes:
        plan: index.
        item: index of the item it stands in, or None (căn cứ, opening).
        text: as printed.
        role: basis, implements, carrier, amends, replaces, cites.
        span: of the mention.
    """

    plan: int
    item: int | None
    text: str
    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that the plans cite.

    Attributes:
        index: its place in ``Comparison.documents``.
        key: the same for the same document in every plan.
        label: kind and number, or name: "Chỉ thị 31/CT-TTg".
        date: EDTF, or None.
        plan: index of the plan compared that this document is, or None.
        citations: in the order of plans.
        plans: indices of the plans that cite it.
    """

    index: int
    key: str
    label: str
    date: str | None
    plan: int | None
    citations: tuple[Citation, ...]
    plans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CoCitation:
    """Two documents that the same plans cite.

    Attributes:
        a, b: indices of documents, a < b.
        plans: how many plans cite both.
        likeness: plans that cite both, over plans that cite one of them (Jaccard).
    """

    a: int
    b: int
    plans: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Recipient:
    """A kind of recipient (Nơi nhận) and the plans that are sent to it.

    Attributes:
        label: the body's type, or the line as written.
        lines: (plan, line as written, span or None), in the order of plans.
    """

    label: str
    lines: tuple[tuple[int, str, Span | None], ...]


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """A topic that only one place has.

    Attributes:
        topic: index.
        place: whose it is.
        nearest: index of the most similar item of another place, or None.
        likeness: how similar that one is, 0–1.
        doubts: "near" (something elsewhere comes near), "incomplete" (some other plan is cut or
            badly read, so that it may have it too).
        sure: there is no doubt; else somebody should look before it is said in public.
    """

    topic: int
    place: str
    nearest: int | None
    likeness: float
    doubts: tuple[Literal["near", "incomplete"], ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that two plans share.

    Attributes:
        a, b: indices of the items; the plan of a comes before the plan of b.
        likeness: 0–1, share of the longer passage's words that are the same in the same order.
        spans_a, spans_b: runs of equal words in either plan's text, pair by pair.
        words: equal words in those runs.
    """

    a: int
    b: int
    likeness: float
    spans_a: tuple[Span, ...]
    spans_b: tuple[Span, ...]
    words: int


@dataclass(frozen=True, slots=True)
class ReusePair:
    """Two plans that share passages; sorted by ``words``, most first.

    Attributes:
        a, b: indices of the plans, a < b.
        direction: who may have taken from whom.
        why: "date" (issued before), "cites" (names the other one's number), "implements" (names it
            as what it carries out), "period" (plans for an earlier year); for "unknown":
            "no-date", "same-time".
        days: days between the two, where both dates are whole; else None.
        passages: longest first.
        words: equal words over all passages, each word of a plan counted once.
        share_a, share_b: of the words of a (of b) that were compared.
        common: indices of documents that both carry out (role "implements"): where there are any,
            both may have taken the passages from there, whoever was first.
    """

    a: int
    b: int
    direction: Direction
    why: str
    days: int | None
    passages: tuple[Passage, ...]
    words: int
    share_a: float
    share_b: float
    common: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Borrowed:
    """How much of one plan stands in others.

    Attributes:
        plan: index.
        shared: 0–1, words that stand in any other plan compared.
        earlier: 0–1, words that stand in a plan that came before; None without a date.
        central: 0–1, words that stand in a central document that it implements or cites and that
            is among the plans compared; None where there is none.
        main_source: the earlier plan that holds the most of it, or None.
        from_main: 0–1, words that stand in that one.
    """

    plan: int
    shared: float
    earlier: float | None
    central: float | None
    main_source: int | None
    from_main: float


@dataclass(frozen=True, slots=True)
class Copies:
    """A passage that travelled: nearly the same words in three plans or more.

    Attributes:
        label: its first words.
        items: indices, earliest plan first, undated ones behind.
        plans: indices of the plans, in the same order.
        first: the plan that surely has it first, or None where dates do not tell.
        words: length of the first item.
    """

    label: str
    items: tuple[int, ...]
    plans: tuple[int, ...]
    first: int | None
    words: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that differ between an old and a new item; offsets into each ``Item.text``.

    ``old_start == old_end`` for words that were put in, ``new_start == new_end`` for words that
    were taken out.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that changed, said in the plan's own words.

    Attributes:
        fact: "deadline", "agency", "target" or "reference".
        old, new: the words that changed, or None where the fact is new or gone.
        old_span, new_span: where they stand in the plans' texts.
    """

    fact: Fact
    old: str | None
    new: str | None
    old_span: Span | None
    new_span: Span | None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one item from one year to the next.

    Attributes:
        kind: "added", "dropped", "reworded" (other words, or another deadline, agency, target or
            document in its labelled lines), "moved" (the same elsewhere), "same" (nothing but the
            year, if anything).  A moved item that also changed is "reworded" with "place" among
            ``facts``.
        facts: what changed: "wording", "place", "deadline", "agency", "target", "reference".
        old, new: indices of the items, or None.
        likeness: 0–1 of the two wordings; 0 for added and dropped.
        reason: why they were held to be the same item, or None.
        low: the pairing is unsure: look at both.
        edits: the differing words.
        changed: each changed fact with both readings.
        year_only: the wording differs in nothing but the year of the plan.
    """

    kind: ChangeKind
    facts: tuple[Fact, ...]
    old: int | None
    new: int | None
    likeness: float
    reason: Reason | None
    low: bool
    edits: tuple[Edit, ...] = ()
    changed: tuple[FactChange, ...] = ()
    year_only: bool = False


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """Two successive plans of one issuer on one subject.

    Attributes:
        old, new: indices of the plans.
        why: "same-issuer", or "successor" where the province was merged in between, or "asked".
        changes: in the order of the new plan; what was dropped stands where it stood.
        counts: kind of change → number, plus each fact.
    """

    old: int
    new: int
    why: str
    changes: tuple[Change, ...]
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The thresholds the comparison was made with (0–1), for the report's opening page.

    Attributes:
        aligned: items this alike are one topic.
        mutual: items this alike are one topic where neither has a better partner in the plan of the
            other; such members are always low.
        low: below this an alignment is marked for a person.
        near: an item with anything this alike elsewhere is not surely "only here".
        reused: passages this alike are reuse.
        copied: items this alike are copies.
    """

    aligned: float
    mutual: float
    low: float
    near: float
    reused: float
    copied: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Plans side by side.

    Attributes:
        version: of this form.
        parameters: thresholds.
        plans: by date of issue, without one by year; those without either last.
        items: of all plans, plan by plan in reading order.
        topics: most places first.
        groups: sections that are the same part, in the order a plan has them.
        coverage: cells of the matrix topic × plan that are not empty, by topic, then plan.
        leads: who bears what; by topic, then plan.
        calendar: dated duties by date.
        rhythms: reporting rhythms by plan.
        indicators: most plans first.
        documents: cited documents, most plans first.
        cocitations: most plans first.
        recipients: most plans first.
        only_here: by place.
        reuse: pairs of plans that share passages; where there are very many, those that share most.
        reuse_total: number of such pairs, also of those that are not listed.
        borrowed: one per plan.
        copies: travelling passages, most plans first.
        years: year on year, one per pair of successive plans.
    """

    version: str
    parameters: Parameters
    plans: tuple[PlanFacts, ...]
    items: tuple[Item, ...]
    topics: tuple[Topic, ...] = ()
    groups: tuple[Group, ...] = ()
    coverage: tuple[Cell, ...] = ()
    leads: tuple[Lead, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    documents: tuple[CitedDocument, ...] = ()
    cocitations: tuple[CoCitation, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    only_here: tuple[OnlyHere, ...] = ()
    reuse: tuple[ReusePair, ...] = ()
    reuse_total: int = 0
    borrowed: tuple[Borrowed, ...] = ()
    copies: tuple[Copies, ...] = ()
    years: tuple[YearOnYear, ...] = ()

    def plan_of(self, item: int) -> PlanFacts:
        """The plan an item stands in."""
        return self.plans[self.items[item].plan]

    def to_dict(self) -> dict[str, Any]:
        """The whole as plain data: what ``kehoach compare --json`` prints."""
        return asdict(self)
