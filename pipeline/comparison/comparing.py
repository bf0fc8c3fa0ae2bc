"""All plans through all views.

In: records.  Out: a ``Comparison``.
"""

from __future__ import annotations

from collections.abc import Iterable

from models import Plan
from pipeline.comparison.building import build
from pipeline.comparison.citing import cocitations
from pipeline.comparison.results import RESULTS_VERSION, Comparison, Parameters

PARAMETERS = Parameters(aligned=0.5, low=0.65, near=0.4, reused=0.6, copied=0.85)


def compare(plans: Iterable[Plan]) -> Comparison:
    """Lay plans side by side.

    Args:
        plans: records, in any order.

    Returns:
        The comparison; the same plans give the same comparison, whatever their order.
    """
    board = build(plans)
    return Comparison(
        RESULTS_VERSION,
        PARAMETERS,
        board.plans,
        board.items,
        documents=board.documents,
        cocitations=cocitations(board.documents),
    )
