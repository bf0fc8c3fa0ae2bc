"""What the pictures of the report show.

In: a ``Comparison``.  Out: SVG as text; "" where there is nothing to draw.
"""

from __future__ import annotations

from pipeline.comparison.report import pictures
from pipeline.comparison.report.evidence import Evidence
from pipeline.comparison.report.places import Places
from pipeline.comparison.report.speech import Speech, shortened, whole_day
from pipeline.comparison.results import Comparison

_NODES, _ARCS, _LANES = 28, 90, 80
_DUTY = 90


def timeline(c: Comparison, say: Speech, side: Places, evidence: Evidence) -> str:
    """Deadlines of each place over time."""
    dated = [
        (entry, last) for entry in c.calendar if (last := whole_day(entry.due.latest)) is not None
    ]
    used = sorted({side.of_plan[entry.plan] for entry, _ in dated})[:_LANES]
    lane = {at: number for number, at in enumerate(used)}
    events = []
    for entry, last in dated:
        at, due = side.of_plan[entry.plan], entry.due
        if at not in lane:
            continue
        ids = evidence.refer((entry.item,))
        first = whole_day(due.earliest)
        words = f"{say.date(due.latest)} · {shortened(c.items[entry.item].text, _DUTY)}"
        events.append(pictures.Event(lane[at], first, last, words, ids[0] if ids else ""))
    return pictures.timeline(
        [side.names[at] for at in used],
        events,
        say("report.timeline"),
        f"{say('report.after')} →",
        "{m}/{y}",
    )


def network(c: Comparison, say: Speech) -> str:
    """Documents that the same plans cite."""
    nodes = sorted(
        {node for both in c.cocitations for node in (both.a, both.b)},
        key=lambda node: (-len(c.documents[node].plans), node),
    )[:_NODES]
    row = {node: at for at, node in enumerate(nodes)}
    edges = [
        (row[both.a], row[both.b], both.plans)
        for both in c.cocitations
        if both.a in row and both.b in row
    ]
    return pictures.arcs(
        [c.documents[node].label for node in nodes],
        [len(c.documents[node].plans) for node in nodes],
        edges[:_ARCS],
        say("report.network"),
        say("report.together"),
    )
