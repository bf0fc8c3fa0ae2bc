"""The report of an evaluation as one HTML file that needs nothing else.

In: a ``Report``.  Out: the page as text, Vietnamese first with English beside.

Texts come from documents of strangers: every one goes through the template's escaping, and the
page's own policy allows no script, no connection, and no style but the one whose hash it names.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline import packaged, standalone
from pipeline.evaluation.counts import BESIDE, CATEGORIES, Miss
from pipeline.evaluation.report import Report, cells

if TYPE_CHECKING:
    from jinja2 import Environment

# Differences whose words must stand somewhere in the text.
_PLACED = frozenset(
    ("recipients", "references", "agencies", "deadlines", "targets", "assignments", "resolution")
)


def render(report: Report) -> str:
    """The page; the same report gives the same text."""
    differences = _by_category(report.misses)
    order = list(report.counts)
    anchors = {
        name: f"d-{order.index(name) + 1 if name in order else name}" for name in differences
    }
    css = packaged.text("pipeline.evaluation", "templates/page.css")
    return _environment().get_template("page.html.j2").render(
        report=report,
        kinds=report.present(),
        resolution=report.resolution(),
        fits=report.calibration(),
        differences=differences,
        anchors=anchors,
        placed=_PLACED,
        cells=cells,
        vi=lambda key: _words()[key][0],
        en=lambda key: _words()[key][1],
        css=css,
        policy=standalone.policy(css),
    )  # fmt: skip


def _by_category(misses: list[Miss]) -> dict[str, list[Miss]]:
    found: dict[str, list[Miss]] = {}
    for name in (*CATEGORIES, *BESIDE):
        if of_it := [miss for miss in misses if miss.category == name]:
            found[name] = of_it
    return found


@cache
def _words() -> dict[str, tuple[str, str]]:
    rows = packaged.rows("pipeline.evaluation", "words")
    return {row["key"]: (row["vi"], row["en"]) for row in rows}


@cache
def _environment() -> Environment:
    return standalone.environment("pipeline.evaluation")
