"""The report of an evaluation as one HTML file that needs nothing else.

In: a ``Report``.  Out: the page as text, Vietnamese first with English beside.

Texts come from documents of strangers: every one goes through the template's escaping, and the
page's own policy allows no script, no connection, and no style but the one whose hash it names.
"""

from __future__ import annotations

import base64
import csv
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.evaluation.counts import BESIDE, CATEGORIES, Miss
from pipeline.evaluation.report import Report, cells

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
    css = _asset("page.css")
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
        policy=_policy(css),
    )  # fmt: skip


def _by_category(misses: list[Miss]) -> dict[str, list[Miss]]:
    found: dict[str, list[Miss]] = {}
    for name in (*CATEGORIES, *BESIDE):
        if of_it := [miss for miss in misses if miss.category == name]:
            found[name] = of_it
    return found


def _policy(css: str) -> str:
    style = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"


@cache
def _words() -> dict[str, tuple[str, str]]:
    text = (resources.files(__package__) / "words.csv").read_text(encoding="utf-8")
    return {row["key"]: (row["vi"], row["en"]) for row in csv.DictReader(text.splitlines())}


def _asset(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline.evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
