"""All tables of a comparison, in the order in which people read them.

In: a ``Comparison``.  Out: tables by key.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.comparison.report import views_change, views_content, views_facts
from pipeline.comparison.report.places import Places
from pipeline.comparison.report.speech import Speech
from pipeline.comparison.report.tables import Table
from pipeline.comparison.results import Comparison

View = Callable[[Comparison, Speech, Places], Table]

VIEWS: dict[str, View] = {
    "plans": views_content.plans,
    "coverage": views_content.coverage,
    "leads": views_content.leads,
    "calendar": views_facts.calendar,
    "months": views_facts.months,
    "rhythms": views_facts.rhythms,
    "targets": views_facts.targets,
    "documents": views_facts.documents,
    "cocitations": views_facts.cocitations,
    "recipients": views_facts.recipients,
    "only": views_content.only_here,
    "groups": views_content.groups,
    "reuse": views_change.reuse,
    "passages": views_change.passages,
    "borrowed": views_change.borrowed,
    "copies": views_change.copies,
    "years": views_change.years,
    "alignment": views_change.alignment,
    "sentences": views_change.sentences,
}

# Others rely on the columns of these.
_FIXED = {"borrowed", "passages", "sentences"}


def view(key: str, comparison: Comparison, say: Speech, side: Places) -> Table:
    """One table, without the columns that say nothing about these plans."""
    table = VIEWS[key](comparison, say, side)
    if key in _FIXED or not table.rows:
        return table
    kept = [
        at
        for at, column in enumerate(table.columns)
        if at == 0 or column.place or any(row[at].text or row[at].picture for row in table.rows)
    ]
    table.columns = tuple(table.columns[at] for at in kept)
    table.rows = [tuple(row[at] for at in kept) for row in table.rows]
    return table
