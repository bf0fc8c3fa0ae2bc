"""Tables of what plans contain: the plans, coverage, who leads, section groups, only here.

In: a ``Comparison``.  Out: ``Table`` values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.comparison.report.places import Places
from pipeline.comparison.report.speech import Speech, shortened, whole_day
from pipeline.comparison.report.tables import EMPTY, Cell, Column, Proof, Quote, Table
from pipeline.comparison.results import Comparison, Lead, OnlyHere, PlanFacts

# Who bears a duty; the other roles stand beside.
BEARS = ("lead", "assignee")
_ENOUGH = 8


def count(number: int) -> Cell:
    """A whole number."""
    return Cell(str(number), float(number), "count")


def share(say: Speech, value: float | None) -> Cell:
    """A share of one, or nothing."""
    return EMPTY if value is None else Cell(say.share(value), value, "share")


def dated(say: Speech, edtf: str | None) -> Cell:
    """A date of a record: a real day where it is one, else words."""
    return Cell(say.date(edtf), day=whole_day(edtf), form="day") if edtf else EMPTY


def cautions(say: Speech, plan: PlanFacts) -> str:
    """What to mistrust about a plan, in words."""
    found = []
    for caution in plan.cautions:
        words = say(f"caution.{caution.code}")
        if caution.value is not None and caution.code == "badly-read":
            words += f" ({say('report.confidence', n=say.share(caution.value))})"
        elif caution.value is not None:
            words += f" ({say.number(caution.value)})"
        found.append(words)
    return "; ".join(found)


def plans(c: Comparison, say: Speech, side: Places) -> Table:
    """The plans compared."""
    table = Table(
        "plans",
        say("view.plans"),
        say("note.plans"),
        (
            Column(say("col.plan"), 26),
            Column(say("col.issuer"), 30),
            Column(say("col.number"), 16),
            Column(say("col.issued"), 13),
            Column(say("col.period"), 12),
            Column(say("col.title"), 60),
            Column(say("col.pages"), 8),
            Column(say("col.items"), 10),
            Column(say("col.today"), 18),
            Column(say("col.cautions"), 60),
        ),
    )
    for plan in c.plans:
        table.rows.append(
            (
                Cell(say.label(plan), proofs=plan.items[:1]),
                Cell(plan.issuer or ""),
                Cell(plan.number or ""),
                dated(say, plan.issued_on),
                Cell(say.date(plan.period)),
                Cell(plan.title or plan.name),
                count(plan.pages) if plan.pages else EMPTY,
                count(len(plan.items)),
                Cell(plan.place_today if plan.place_today != plan.place else ""),
                Cell(cautions(say, plan), low=bool(plan.cautions)),
            )
        )
    return table


def coverage(c: Comparison, say: Speech, side: Places) -> Table:
    """Topics × places, with strength."""
    cells: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
    for found in c.coverage:
        at = side.of_plan[found.plan]
        known = cells[found.topic].get(at, EMPTY)
        strength = max(known.value or 0.0, found.strength)
        cells[found.topic][at] = Cell(
            say.share(strength),
            strength,
            "share",
            proofs=(*known.proofs, *found.items),
            low=found.low and (known is EMPTY or known.low),
        )
    table = Table(
        "coverage",
        say("view.coverage"),
        say("note.coverage", **side.units(say)),
        (
            Column(say("col.topic"), 60),
            Column(say("col.kind"), 14),
            side.have(say),
            *side.columns(),
        ),
        heat=True,
    )
    for topic in c.topics:
        row = side.spread(cells[topic.index])
        have = sum(cell is not EMPTY for cell in row)
        head = Cell(topic.label, proofs=(topic.central,))
        table.rows.append((head, Cell(say(f"kind.{topic.kind}")), count(have), *row))
    return table


def leads(c: Comparison, say: Speech, side: Places) -> Table:
    """Who bears what; where many places stand side by side, by body instead of by place."""
    by_topic: defaultdict[int, list[Lead]] = defaultdict(list)
    for lead in c.leads:
        if lead.role.role in BEARS:
            by_topic[lead.topic].append(lead)

    def rank(topic: int) -> tuple[bool, bool]:
        found = by_topic[topic]
        alone = len({side.of_plan[lead.plan] for lead in found}) < 2
        return not any(lead.differs for lead in found), alone

    table = Table("leads", say("view.leads"), say("note.leads"), (), grouped=True)
    head = (Column(say("col.topic"), 56), Column(say("col.differs"), 12))
    if side.roomy:
        table.columns = (*head, *side.columns(30))
    else:
        table.columns = (
            *head,
            Column(say("col.body"), 34),
            Column(say("col.role"), 14),
            side.have(say),
            Column(say("col.places"), 70),
        )
    for topic in sorted(by_topic, key=rank):
        table.rows += _bearers(c, say, side, topic, by_topic[topic])
    return table


def _bearers(
    c: Comparison, say: Speech, side: Places, topic: int, found: list[Lead]
) -> Iterable[tuple[Cell, ...]]:
    differs = any(lead.differs for lead in found)
    head = (
        Cell(c.topics[topic].label, proofs=(c.topics[topic].central,)),
        Cell(say("report.differs") if differs else "", differs=differs),
    )
    if side.roomy:
        cells = {}
        for at, several in side.gather((lead.plan, lead) for lead in found).items():
            items = dict.fromkeys(lead.item for lead in several)
            cells[at] = Cell(
                _charges(say, several), proofs=tuple(items), focus="who", differs=several[0].differs
            )
        yield (*head, *side.spread(cells))
        return
    bodies: defaultdict[tuple[str, str], dict[int, list[Proof]]] = defaultdict(dict)
    for lead in found:
        behind = bodies[lead.role.today, lead.role.role].setdefault(side.of_plan[lead.plan], [])
        if lead.item not in behind:
            behind.append(lead.item)
    for (body, role), where in sorted(bodies.items(), key=lambda each: (-len(each[1]), each[0])):
        yield (
            *head,
            Cell(body),
            Cell(say(f"role.{role}")),
            count(len(where)),
            side.listed(where),
        )


def _charges(say: Speech, leads: list[Lead]) -> str:
    """One line per role: "chủ trì: Sở Nội vụ"."""
    lines = []
    for role in BEARS:
        names = dict.fromkeys(say.body(lead.role) for lead in leads if lead.role.role == role)
        if names:
            lines.append(f"{say(f'role.{role}')}: {'; '.join(names)}")
    return "\n".join(lines)


def groups(c: Comparison, say: Speech, side: Places) -> Table:
    """Sections that are the same part of several plans."""
    table = Table(
        "groups",
        say("report.groups"),
        say("note.groups"),
        (
            Column(say("col.heading"), 50),
            Column(say("col.body"), 26),
            Column(say("col.kind"), 14),
            side.have(say),
            *side.columns(12),
        ),
    )
    shared: list[int] = []
    for group in c.groups:
        cells = {}
        for at, members in side.gather((each.plan, each) for each in group.members).items():
            paths = dict.fromkeys(".".join(member.path) for member in members)
            cells[at] = Cell(
                "; ".join(paths) if side.roomy else "●",
                value=max(member.strength for member in members),
                proofs=tuple(
                    Quote(each.plan, each.title, say.path(each.path), each.span.page)
                    for each in members
                ),
                low=all(member.low for member in members),
            )
        if len(cells) > 1:
            shared.append(len(table.rows))
        table.rows.append(
            (
                Cell(group.label),
                Cell(group.agency or ""),
                Cell(say(f"kind.{group.kind}")),
                count(len(cells)),
                *side.spread(cells),
            )
        )
    # A few parts that plans share say more than many that they do not.
    table.brief = shared if len(shared) >= _ENOUGH else None
    return table


def only_here(c: Comparison, say: Speech, side: Places) -> Table:
    """What only one place has; the first rows of every place are the brief."""
    table = Table(
        "only",
        say("view.only"),
        say("note.only"),
        (
            Column(say("col.place"), 20),
            Column(say("col.topic"), 60),
            Column(say("col.kind"), 14),
            Column(say("col.sure"), 14),
            Column(say("col.nearest"), 50),
            Column(say("col.likeness"), 10),
            Column(say("col.doubts"), 44),
        ),
        grouped=True,
    )
    order = sorted(
        c.only_here,
        key=lambda row: (side.of_plan[c.topics[row.topic].plans[0]], not row.sure, row.likeness),
    )
    rank: defaultdict[str, int] = defaultdict(int)
    turn = []
    for row in order:
        turn.append((rank[row.place], len(table.rows)))
        rank[row.place] += 1
        table.rows.append(_only(c, say, row))
    table.brief = [at for _, at in sorted(turn)]
    return table


def _only(c: Comparison, say: Speech, row: OnlyHere) -> tuple[Cell, ...]:
    topic = c.topics[row.topic]
    near = EMPTY
    if row.nearest is not None:
        plan = c.plan_of(row.nearest)
        near = Cell(
            f"{say.label(plan)}: {shortened(c.items[row.nearest].text, 90)}",
            proofs=(row.nearest, topic.central),
        )
    return (
        Cell(say.place(row.place)),
        Cell(topic.label, proofs=tuple(member.item for member in topic.members)),
        Cell(say(f"kind.{topic.kind}")),
        Cell(say("sign.sure") if row.sure else say("sign.low"), low=not row.sure),
        near,
        share(say, row.likeness if row.nearest is not None else None),
        Cell("; ".join(say(f"doubt.{doubt}") for doubt in row.doubts)),
    )
