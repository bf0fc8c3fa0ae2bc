"""All plans through all views.

In: records.  Out: a ``Comparison``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized

from models import Plan
from pipeline.comparison import reuse, schedules, topics
from pipeline.comparison.building import build
from pipeline.comparison.citing import cocitations
from pipeline.comparison.clustering import cluster
from pipeline.comparison.grouping import group
from pipeline.comparison.indicators import indicators
from pipeline.comparison.matching import match
from pipeline.comparison.order import Order
from pipeline.comparison.results import RESULTS_VERSION, Comparison, Parameters, YearOnYear
from pipeline.comparison.yearly import years

# Chosen on sample plans with planted changes and on real plans read by eye: docs/comparison.md.
PARAMETERS = Parameters(aligned=0.5, mutual=0.42, low=0.65, near=0.36, reused=0.6, copied=0.85)

Progress = Callable[[str, float], None]


def compare(
    plans: Iterable[Plan], *, parameters: Parameters = PARAMETERS, progress: Progress | None = None
) -> Comparison:
    """Lay plans side by side.

    Args:
        plans: records, in any order; files of one plan (the same number, issuer and day) count
            as one, see ``PlanFacts.copies``.
        parameters: the lines for "the same", "look at it" and the like.
        progress: called with the name of a stage and the share of it that is done, 0–1.

    Returns:
        The comparison; the same plans give the same comparison, whatever their order.
    """
    tell = progress or (lambda stage, share: None)
    size = len(plans) if isinstance(plans, Sized) else 0
    board = build(plans, progress=lambda done: tell("plans", done / size if size else 0.0))
    matches = match(board, progress=lambda share: tell("pairs", share))
    tell("views", 0.0)
    found = topics.topics(board, matches, cluster(board, matches, parameters), parameters)
    groups, found = group(board, found)
    tell("views", 0.4)
    order = Order(board.plans, board.documents)
    shared = reuse.find(board, matches, order, parameters)
    tell("views", 0.7)
    result = Comparison(
        version=RESULTS_VERSION,
        parameters=parameters,
        plans=board.plans,
        items=board.items,
        topics=found,
        groups=groups,
        coverage=topics.coverage(board, found),
        leads=topics.leads(board, found),
        calendar=schedules.calendar(board, found),
        rhythms=schedules.rhythms(board),
        indicators=indicators(board, found),
        documents=board.documents,
        cocitations=cocitations(board.documents),
        recipients=schedules.recipients(board),
        only_here=topics.only_here(board, matches, found, parameters),
        reuse=shared.pairs,
        reuse_total=shared.total,
        borrowed=shared.borrowed,
        copies=shared.copies,
        years=years(board, matches, parameters),
    )
    tell("views", 1.0)
    return result


def changes(old: Plan, new: Plan, *, parameters: Parameters = PARAMETERS) -> Comparison:
    """What changed from one plan to another, whatever they are.

    Args:
        old, new: two records; they are taken in the order of their dates where they have them.
        parameters: as in ``compare``.

    Returns:
        A comparison whose ``years`` holds exactly this pair; its other views are empty.
    """
    board = build((old, new))
    matches = match(board)
    pair: tuple[YearOnYear, ...] = years(board, matches, parameters, asked=True)
    return Comparison(
        version=RESULTS_VERSION,
        parameters=parameters,
        plans=board.plans,
        items=board.items,
        documents=board.documents,
        years=pair,
    )
