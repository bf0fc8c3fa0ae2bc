"""Tables of facts side by side: deadlines, reporting, targets, cited documents, recipients.

In: a ``Comparison``.  Out: ``Table`` values.
"""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.comparison.report.places import Places
from pipeline.comparison.report.speech import Speech, shortened, whole_day
from pipeline.comparison.report.tables import EMPTY, Cell, Column, Proof, Quote, Table
from pipeline.comparison.report.views_content import count, dated, share
from pipeline.comparison.results import CitedDocument, Comparison, Figure, Indicator

# Rhythms that always have a column, so that a gap is seen.
_USUAL = ("P1M", "P3M", "P6M", "P1Y")
_PERIOD = re.compile(r"^P(\d+)([DWMY])$")
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
COCITED = 5_000


def calendar(c: Comparison, say: Speech, side: Places) -> Table:
    """Dated duties by last day."""
    table = Table(
        "calendar",
        say("view.calendar"),
        say("note.calendar"),
        (
            Column(say("col.latest"), 13),
            Column(say("col.earliest"), 13),
            Column(say("col.plan"), 26),
            Column(say("col.duty"), 70),
            Column(say("col.bodies"), 36),
            Column(say("col.printed"), 32),
            Column(say("col.due-kind"), 14),
        ),
    )
    for entry in c.calendar:
        due = entry.due
        proofs = (entry.item,)
        table.rows.append(
            (
                Cell(
                    say.date(due.latest), day=whole_day(due.latest), form="day", proofs=proofs,
                    focus="when",
                ),
                dated(say, due.earliest),
                Cell(say.label(c.plans[entry.plan])),
                Cell(shortened(c.items[entry.item].text, 160), proofs=proofs, focus="when"),
                Cell("; ".join(entry.leads)),
                Cell(due.text),
                Cell(say(f"due.{due.kind}")),
            )
        )  # fmt: skip
    return table


def months(c: Comparison, say: Speech, side: Places) -> Table:
    """Months × places: how much falls due."""
    cells: defaultdict[str, dict[int, list[Proof]]] = defaultdict(dict)
    for entry in c.calendar:
        if entry.due.latest:
            due = cells[entry.due.latest[:7]].setdefault(side.of_plan[entry.plan], [])
            if entry.item not in due:
                due.append(entry.item)
    table = Table(
        "months",
        say("report.months"),
        say("note.months", **side.units(say)),
        (
            Column(say("col.month"), 12),
            side.have(say),
            Column(say("col.deadlines"), 10),
            *side.columns(),
        ),
        heat=True,
    )
    for month in sorted(cells):
        row = {
            at: Cell(str(len(items)), float(len(items)), "count", proofs=tuple(items), focus="when")
            for at, items in cells[month].items()
        }
        total = sum(len(items) for items in cells[month].values())
        head = Cell(say.date(month), whole_month(month))
        table.rows.append((head, count(len(row)), count(total), *side.spread(row)))
    return table


def whole_month(month: str) -> float:
    """A month as a number that sorts: 202406."""
    return float(month.replace("-", ""))


def rhythms(c: Comparison, say: Speech, side: Places) -> Table:
    """Places × how often they want a report."""
    found = {rhythm.every for rhythm in c.rhythms}
    order = sorted({*_USUAL, *filter(None, found)}, key=lambda every: (_length(every), every))
    kinds: list[str | None] = [*order, None]
    table = Table(
        "rhythms",
        say("view.rhythms"),
        say("note.rhythms"),
        (
            Column(say("col.plan") if side.by_plan else say("col.place"), 24),
            *(Column(say.every(kind), 30) for kind in kinds),
            Column(say("col.reports-to"), 36),
        ),
    )
    by_column = side.gather((rhythm.plan, rhythm) for rhythm in c.rhythms)
    for at, name in enumerate(side.names):
        several = by_column.get(at, [])
        if not several:
            continue
        cells = []
        for kind in kinds:
            these = [rhythm for rhythm in several if rhythm.every == kind]
            words = dict.fromkeys(rhythm.due.text for rhythm in these)
            items = dict.fromkeys(rhythm.item for rhythm in these)
            cells.append(
                Cell("; ".join(words), proofs=tuple(items), focus="when") if these else EMPTY
            )
        bodies = dict.fromkeys(
            role.agency + (f" ({say('role.via')})" if role.role == "via" else "")
            for rhythm in several
            for role in rhythm.reports_to
        )
        table.rows.append((Cell(name), *cells, Cell("; ".join(bodies))))
    without = [name for at, name in enumerate(side.names) if at not in by_column]
    if without:
        table.note += " " + say("note.rhythms-none", names=", ".join(without))
    return table


def _length(duration: str) -> int:
    match = _PERIOD.match(duration)
    return int(match.group(1)) * _DAYS[match.group(2)] if match else 10_000


def figure_words(say: Speech, figure: Figure) -> str:
    """A goal as people write it: "≥ 80 %"."""
    sign = {">=": "≥ ", "<=": "≤ "}.get(figure.comparator, "")
    value = say.number(figure.value)
    if figure.value_max is not None:
        value += f"–{say.number(figure.value_max)}"
    return f"{sign}{value} {figure.unit or ''}".strip()


def targets(c: Comparison, say: Speech, side: Places) -> Table:
    """Indicators and what each place sets for them."""
    head = (
        Column(say("col.indicator"), 56),
        Column(say("col.unit"), 12),
        side.have(say),
        Column(say("col.smallest"), 10),
        Column(say("col.largest"), 10),
        Column(say("col.differs"), 12),
        Column(say("report.spread"), picture=True),
    )
    table = Table("targets", say("view.targets"), say("note.targets", **side.units(say)), head)
    table.columns += side.columns(16) if side.roomy else (Column(say("col.values"), 90),)
    several = [len({side.of_plan[value.plan] for value in row.values}) for row in c.indicators]
    order = sorted(
        range(len(several)), key=lambda at: (-(several[at] > 1), -c.indicators[at].differs)
    )
    for at in order:
        row = c.indicators[at]
        proofs = tuple(value.item for value in row.values)
        table.rows.append(
            (
                Cell(row.label[:1].upper() + row.label[1:], proofs=proofs, focus="figure"),
                Cell(row.unit or ""),
                count(several[at]),
                Cell(say.number(row.smallest), row.smallest, "number"),
                Cell(say.number(row.largest), row.largest, "number"),
                Cell(say("report.differs") if row.differs else "", differs=row.differs),
                _spread(c, say, row),
                *_values(say, side, row),
            )
        )
    return table


def _spread(c: Comparison, say: Speech, row: Indicator) -> Cell:
    dots = []
    for value in row.values:
        name = say.label(c.plans[value.plan])
        dots.append((value.figure.value, name))
        if value.figure.value_max is not None:
            dots.append((value.figure.value_max, name))
    return Cell(picture=tuple(sorted(dots)) if row.differs else ())


def _values(say: Speech, side: Places, row: Indicator) -> tuple[Cell, ...]:
    if side.roomy:
        cells = {}
        for at, values in side.gather((value.plan, value) for value in row.values).items():
            words = dict.fromkeys(figure_words(say, value.figure) for value in values)
            single = len(words) == 1
            cells[at] = Cell(
                "; ".join(words),
                values[0].figure.value if single else None,
                "number" if single and values[0].figure.value_max is None else "text",
                proofs=tuple(dict.fromkeys(value.item for value in values)),
                low=all(value.low for value in values),
                differs=row.differs,
                focus="figure",
            )
        return side.spread(cells)
    by_words: defaultdict[tuple[float, str], dict[int, list[Proof]]] = defaultdict(dict)
    for value in row.values:
        goal = (value.figure.value, figure_words(say, value.figure))
        by_words[goal].setdefault(side.of_plan[value.plan], []).append(value.item)
    parts: list[tuple[str, tuple[Proof, ...]]] = []
    levels = []
    for (_, level), where in sorted(by_words.items()):
        listed = side.listed(where)
        parts += [(f"{level}:", ()), *listed.parts]
        levels.append(f"{level}: {listed.text}")
    return (Cell("; ".join(levels), parts=tuple(parts), focus="figure"),)


def documents(c: Comparison, say: Speech, side: Places) -> Table:
    """Cited documents × places."""
    table = Table(
        "documents",
        say("view.documents"),
        say("note.documents"),
        (
            Column(say("col.document"), 44),
            Column(say("col.date"), 13),
            side.have(say),
            Column(say("col.compared"), 20),
            *side.columns(),
        ),
        heat=True,
    )
    have = [len({side.of_plan[plan] for plan in document.plans}) for document in c.documents]
    for at in sorted(range(len(have)), key=lambda at: -have[at]):
        document = c.documents[at]
        cells = {
            column: Cell(
                str(len(proofs)), float(len(proofs)), "count", proofs=tuple(proofs), focus="cite"
            )
            for column, proofs in side.gather(_mentions(document, say)).items()
        }
        table.rows.append(
            (
                Cell(document.label),
                dated(say, document.date),
                count(have[at]),
                Cell(say.label(c.plans[document.plan]) if document.plan is not None else ""),
                *side.spread(cells),
            )
        )
    return table


def _mentions(document: CitedDocument, say: Speech) -> list[tuple[int, Proof]]:
    found: dict[tuple[int, Proof], None] = {}
    for mention in document.citations:
        proof: Proof
        if mention.item is not None:
            proof = mention.item
        else:
            where = f"{say('report.opening')} · {say(f'cited.{mention.role}')}"
            proof = Quote(mention.plan, mention.text, where, mention.span.page)
        found[mention.plan, proof] = None
    return list(found)


def cocitations(c: Comparison, say: Speech, side: Places) -> Table:
    """Documents that the same plans cite."""
    table = Table(
        "cocitations",
        say("report.cocitations"),
        say("note.cocitations"),
        (
            Column(say("col.document"), 44),
            Column(say("col.document"), 44),
            Column(say("col.plans"), 10),
            Column(say("col.likeness"), 12),
        ),
    )
    for both in c.cocitations[:COCITED]:
        table.rows.append(
            (
                Cell(c.documents[both.a].label),
                Cell(c.documents[both.b].label),
                count(both.plans),
                share(say, both.likeness),
            )
        )
    return table


def recipients(c: Comparison, say: Speech, side: Places) -> Table:
    """Kinds of recipients × places."""
    table = Table(
        "recipients",
        say("view.recipients"),
        say("note.recipients"),
        (
            Column(say("col.recipient"), 50),
            side.have(say),
            *side.columns(),
        ),
    )
    for row in c.recipients:
        lines = [
            (plan, Quote(plan, line, say("view.recipients"), span.page if span else None))
            for plan, line, span in row.lines
        ]
        cells = {
            at: Cell("●", 1.0, proofs=tuple(dict.fromkeys(quotes)))
            for at, quotes in side.gather(lines).items()
        }
        table.rows.append((Cell(row.label), count(len(cells)), *side.spread(cells)))
    return table
