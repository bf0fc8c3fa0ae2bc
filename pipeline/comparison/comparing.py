"""All plans through all views.

In: records.  Out: a ``Comparison``.
"""

from __future__ import annotations

from collections.abc import Iterable

from models import Plan
from pipeline.comparison import reuse, schedules, topics
from pipeline.comparison.building import build
from pipeline.comparison.citing import cocitations
from pipeline.comparison.clustering import cluster
from pipeline.comparison.grouping import group
from pipeline.comparison.indicators import indicators
from pipeline.comparison.matching import match
from pipeline.comparison.order import Order
from pipeline.comparison.results import RESULTS_VERSION, Comparison, Parameters
from pipeline.comparison.yearly import years

PARAMETERS = Parameters(aligned=0.5, low=0.65, near=0.45, reused=0.6, copied=0.85)


def compare(plans: Iterable[Plan]) -> Comparison:
    """Lay plans side by side.

    Args:
        plans: records, in any order.

    Returns:
        The comparison; the same plans give the same comparison, whatever their order.
    """
    board = build(plans)
    matches = match(board)
    found = topics.topics(board, matches, cluster(board, matches, PARAMETERS), PARAMETERS)
    groups, found = group(board, found)
    order = Order(board.plans, board.documents)
    shared = reuse.find(board, matches, order, PARAMETERS)
    return Comparison(
        RESULTS_VERSION,
        PARAMETERS,
        board.plans,
        board.items,
        found,
        groups,
        topics.coverage(board, found),
        topics.leads(board, found),
        schedules.calendar(board, found),
        schedules.rhythms(board),
        indicators(board, found),
        board.documents,
        cocitations(board.documents),
        schedules.recipients(board),
        topics.only_here(board, matches, found, PARAMETERS),
        shared.pairs,
        shared.total,
        shared.borrowed,
        shared.copies,
        years(board, matches, PARAMETERS),
    )
