"""Tables of what travels: shared passages, how much is borrowed, changes from year to year.

In: a ``Comparison``.  Out: ``Table`` values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.comparison.report.places import Places
from pipeline.comparison.report.speech import Speech, shortened, whole_day
from pipeline.comparison.report.tables import EMPTY, Cell, Column, Proof, Quote, Table
from pipeline.comparison.report.views_content import count, share
from pipeline.comparison.report.views_facts import figure_words
from pipeline.comparison.results import (
    Change,
    Comparison,
    FactChange,
    Item,
    Passage,
    Reason,
    ReusePair,
    Span,
    YearOnYear,
)

Runs = tuple[tuple[str, bool], ...]


def runs(text: str, marked: Iterable[tuple[int, int]]) -> Runs:
    """A text in pieces: (words, marked)."""
    pieces = []
    last = 0
    for start, end in sorted(marked):
        start = max(start, last)
        words = text[start:end]
        start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if end <= start:
            continue
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    pieces.append((text[last:], False))
    return tuple(piece for piece in pieces if piece[0])


def unlike(item: Item, equal: Sequence[Span]) -> Runs:
    """The words of an item, those outside the equal runs marked."""
    same = sorted((span.start - item.span.start, span.end - item.span.start) for span in equal)
    gaps, last = [], 0
    for start, end in [*same, (len(item.text), len(item.text))]:
        if item.text[last:start].strip(" ,.;:"):
            gaps.append((last, start))
        last = max(last, end)
    return runs(item.text, gaps)


def direction(c: Comparison, say: Speech, pair: ReusePair) -> str:
    """Who may have taken from whom, and how that is known, in one sentence."""
    if pair.direction == "unknown":
        return f"{say('direction.unknown')}: {say(f'why.{pair.why}')}"
    first, second = (pair.a, pair.b) if pair.direction == "a-to-b" else (pair.b, pair.a)
    words = say("report.took", later=say.label(c.plans[second]), earlier=say.label(c.plans[first]))
    why = say(f"why.{pair.why}")
    if pair.days is not None and pair.why == "date":
        why += f", {say('report.days-apart', n=say.integer(pair.days))}"
    return f"{words} ({why})"


def reuse(c: Comparison, say: Speech, side: Places) -> Table:
    """Pairs of plans that share passages."""
    table = Table(
        "reuse",
        say("view.reuse"),
        say("note.reuse"),
        (
            Column(say("col.plan-a"), 26),
            Column(say("col.plan-b"), 26),
            Column(say("col.words"), 9),
            Column(say("col.share-a"), 11),
            Column(say("col.share-b"), 11),
            Column(say("col.passages"), 9),
            Column(say("col.direction"), 70),
        ),
    )
    for pair in c.reuse:
        proofs: dict[Proof, None] = {}
        for passage in pair.passages:
            proofs |= {passage.a: None, passage.b: None}
        table.rows.append(
            (
                Cell(say.label(c.plans[pair.a])),
                Cell(say.label(c.plans[pair.b])),
                count(pair.words),
                share(say, pair.share_a),
                share(say, pair.share_b),
                Cell(str(len(pair.passages)), len(pair.passages), "count", proofs=tuple(proofs)),
                Cell(direction(c, say, pair), low=pair.direction == "unknown"),
            )
        )
    return table


def passages(c: Comparison, say: Speech, side: Places) -> Table:
    """Shared passages with both readings."""
    columns = (
        Column(say("col.plan-a"), 24),
        Column(say("col.text-a"), 70),
        Column(say("col.plan-b"), 24),
        Column(say("col.text-b"), 70),
        Column(say("col.likeness"), 10),
        Column(say("col.words"), 9),
    )
    table = Table("passages", say("report.passages"), say("note.passages"), columns)
    for pair in c.reuse:
        table.rows += (passage_row(c, say, passage) for passage in pair.passages)
    return table


def passage_row(c: Comparison, say: Speech, passage: Passage) -> tuple[Cell, ...]:
    """One shared passage."""
    a, b = c.items[passage.a], c.items[passage.b]
    return (
        Cell(say.label(c.plans[a.plan])),
        Cell(a.text, proofs=(a.index,), runs=unlike(a, passage.spans_a)),
        Cell(say.label(c.plans[b.plan])),
        Cell(b.text, proofs=(b.index,), runs=unlike(b, passage.spans_b)),
        share(say, passage.likeness),
        count(passage.words),
    )


def borrowed(c: Comparison, say: Speech, side: Places) -> Table:
    """How much of each plan stands in others."""
    table = Table(
        "borrowed",
        say("report.borrowed"),
        say("note.borrowed"),
        (
            Column(say("col.plan"), 28),
            Column(say("col.shared"), 14),
            Column(say("col.from-earlier"), 14),
            Column(say("col.from-central"), 14),
            Column(say("col.main-source"), 28),
            Column(say("col.from-main"), 14),
            Column(say("report.share-picture"), picture=True),
        ),
    )
    for row in c.borrowed:
        main = row.main_source
        bars = ((row.shared, say("col.shared")), (row.earlier or 0.0, say("col.from-earlier")))
        table.rows.append(
            (
                Cell(say.label(c.plans[row.plan])),
                share(say, row.shared),
                share(say, row.earlier),
                share(say, row.central),
                Cell(say.label(c.plans[main]) if main is not None else ""),
                share(say, row.from_main if main is not None else None),
                Cell(form="share", picture=bars),
            )
        )
    table.rows.sort(key=lambda row: -(row[1].value or 0.0))
    return table


def copies(c: Comparison, say: Speech, side: Places) -> Table:
    """Passages that travelled through several plans."""
    table = Table(
        "copies",
        say("report.copies"),
        say("note.copies"),
        (
            Column(say("col.passage"), 60),
            Column(say("col.plans"), 9),
            Column(say("col.words"), 9),
            Column(say("col.first"), 26),
            Column(say("col.where"), 80),
        ),
    )
    for row in c.copies:
        first = say.label(c.plans[row.first]) if row.first is not None else ""
        names = dict.fromkeys(say.label(c.plans[plan]) for plan in row.plans)
        parts: list[tuple[str, tuple[Proof, ...]]] = []
        for name in names:
            here = [item for item in row.items if say.label(c.plan_of(item)) == name]
            parts.append((name, tuple(here)))
        table.rows.append(
            (
                Cell(row.label, proofs=row.items[:1]),
                count(len(row.plans)),
                count(row.words),
                Cell(first or say("report.undecided"), low=row.first is None),
                Cell("; ".join(names), parts=tuple(parts)),
            )
        )
    return table


def years(c: Comparison, say: Speech, side: Places) -> Table:
    """Every change of every pair of years."""
    table = Table(
        "years", say("view.years"), say("note.years"), year_columns(say), brief=[]
    )  # fmt: skip
    for pair in c.years:
        for change in pair.changes:
            if change.kind != "same" and table.brief is not None:
                table.brief.append(len(table.rows))
            table.rows.append(change_row(c, say, pair, change))
    return table


def year_columns(say: Speech) -> tuple[Column, ...]:
    """Heads of the table of changes."""
    return (
        Column(say("col.years"), 34),
        Column(say("col.change"), 12),
        Column(say("col.facts"), 20),
        Column(say("col.old"), 70),
        Column(say("col.new"), 70),
        Column(say("col.changed"), 44),
        Column(say("col.likeness"), 10),
    )


def year_name(c: Comparison, say: Speech, pair: YearOnYear) -> str:
    """ "Hà Nội 2023 → Hà Nội 2024"."""
    return f"{say.label(c.plans[pair.old])} → {say.label(c.plans[pair.new])}"


def change_row(c: Comparison, say: Speech, pair: YearOnYear, change: Change) -> tuple[Cell, ...]:
    """One change with both sentences."""
    old = new = EMPTY
    if change.old is not None:
        item = c.items[change.old]
        cut = [(edit.old_start, edit.old_end) for edit in change.edits]
        old = Cell(item.text, proofs=(item.index,), runs=runs(item.text, cut))
    if change.new is not None:
        item = c.items[change.new]
        put = [(edit.new_start, edit.new_end) for edit in change.edits]
        new = Cell(item.text, proofs=(item.index,), runs=runs(item.text, put))
    facts = [say(f"fact.{fact}") for fact in change.facts]
    if change.year_only:
        facts.append(say("report.year-only"))
    return (
        Cell(year_name(c, say, pair)),
        Cell(say(f"change.{change.kind}"), low=change.low),
        Cell("; ".join(facts)),
        old,
        new,
        Cell("\n".join(fact_words(say, fact) for fact in change.changed)),
        share(say, change.likeness if change.likeness else None),
    )


def fact_words(say: Speech, fact: FactChange) -> str:
    """ "thời hạn: trước ngày 30/6 → trước ngày 15/6"."""
    none = say("report.nothing")
    return f"{say(f'fact.{fact.fact}')}: {fact.old or none} → {fact.new or none}"


def alignment(c: Comparison, say: Speech, side: Places) -> Table:
    """Every item of every topic that several have, with score and reason."""
    table = Table(
        "alignment",
        say("report.alignment"),
        say("note.alignment"),
        (
            Column(say("col.topic"), 46),
            Column(say("col.plan"), 24),
            Column(say("col.sentence"), 80),
            Column(say("col.likeness"), 10),
            Column(say("col.sure"), 12),
            Column(say("reason.words"), 9),
            Column(say("reason.weight"), 9),
            Column(say("reason.inside"), 9),
            Column(say("col.signals"), 44),
        ),
    )
    for topic in c.topics:
        if len(topic.members) < 2:
            continue
        for member in topic.members:
            item, why = c.items[member.item], member.reason
            table.rows.append(
                (
                    Cell(topic.label),
                    Cell(say.label(c.plans[item.plan])),
                    Cell(item.text, proofs=(item.index,)),
                    share(say, member.strength),
                    Cell(_sure(say, why, member.low), low=member.low),
                    share(say, why.words if why else None),
                    share(say, why.weight if why else None),
                    share(say, why.inside if why else None),
                    Cell("; ".join(signals(say, why))),
                )
            )
    return table


def _sure(say: Speech, why: Reason | None, low: bool) -> str:
    if why is None:
        return say("report.central")
    return say("sign.low") if low else say("sign.sure")


def signals(say: Speech, why: Reason | None) -> Iterator[str]:
    """What the structure spoke for and against, in words."""
    for signal in why.signals if why else ():
        yield say(f"signal.{signal}")


def sentences(c: Comparison, say: Speech, side: Places) -> Table:
    """All items, in their order: what the other tables point to."""
    table = Table(
        "sentences",
        say("report.sentences"),
        say("note.sentences"),
        (
            Column(say("col.plan"), 24),
            Column(say("col.section"), 18),
            Column(say("col.heading"), 40),
            Column(say("col.page"), 7),
            Column(say("col.kind"), 14),
            Column(say("col.sentence"), 90),
            Column(say("role.lead"), 28),
            Column(say("role.assignee"), 28),
            Column(say("role.coordinate"), 36),
            Column(say("col.printed"), 28),
            Column(say("col.latest"), 13),
            Column(say("col.figures"), 28),
            Column(say("col.document"), 36),
        ),
    )
    for item in c.items:
        table.rows.append(sentence_row(c, say, item))
    return table


def sentence_row(c: Comparison, say: Speech, item: Item) -> tuple[Cell, ...]:
    """One item with its facts in columns."""

    def bodies(role: str) -> Cell:
        return Cell("; ".join(each.agency for each in item.roles if each.role == role))

    latest = max((due.latest for due in item.dues if due.latest), default=None)
    return (
        Cell(say.label(c.plans[item.plan])),
        Cell(say.path(item.section)),
        Cell(" › ".join(shortened(heading, 90) for heading in item.headings)),
        count(item.span.page) if item.span.page else EMPTY,
        Cell(say(f"kind.{item.kind}")),
        Cell(item.text),
        bodies("lead"),
        bodies("assignee"),
        bodies("coordinate"),
        Cell("; ".join(due.text for due in item.dues)),
        Cell(say.date(latest), day=whole_day(latest), form="day") if latest else EMPTY,
        Cell("; ".join(figure_words(say, figure) for figure in item.figures)),
        Cell("; ".join(c.documents[cite].label for cite in item.cites)),
    )


def quotations(say: Speech, c: Comparison, quotes: Sequence[Quote]) -> list[tuple[Cell, ...]]:
    """Rows for quotations, in the columns of the table of sentences."""
    rows = []
    for quote in quotes:
        page = count(quote.page) if quote.page else EMPTY
        cells = (
            Cell(say.label(c.plans[quote.plan])), Cell(quote.where), EMPTY, page,
            Cell(say("report.quotation")), Cell(quote.text),
        )  # fmt: skip
        rows.append((*cells, *[EMPTY] * 7))
    return rows
