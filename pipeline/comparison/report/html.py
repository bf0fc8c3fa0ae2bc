"""The report: one HTML file that needs nothing else.

In: a ``Comparison``.  Out: the page as text.

The file may travel by mail, so its own policy forbids it every connection, and lets run only the
one script and the one style whose hashes it names: nothing that a document smuggles in can act.
Every text goes through the template's escaping.  Without scripts each cell still leads to its
sentences, by a link.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pipeline import packaged, standalone
from pipeline.comparison.report import drawings, findings
from pipeline.comparison.report.evidence import Evidence
from pipeline.comparison.report.places import places
from pipeline.comparison.report.shown import Shower, ShownTable
from pipeline.comparison.report.speech import Speech
from pipeline.comparison.report.tables import Column, Table
from pipeline.comparison.report.views import view
from pipeline.comparison.report.views_change import (
    change_row,
    direction,
    passage_row,
    year_columns,
    year_name,
)
from pipeline.comparison.results import Comparison
from pipeline.comparison.wording import Language
from pipeline.settings import settings

if TYPE_CHECKING:
    from jinja2 import Environment

# Pairs of plans with their passages, pairs of years with their changes.
_PAIRS, _PASSAGES, _YEARS, _CHANGES = 30, 6, 20, 120


@dataclass(frozen=True, slots=True)
class Fold:
    """A table behind a heading that opens it."""

    title: str
    note: str
    table: ShownTable


@dataclass(frozen=True, slots=True)
class Block:
    """A picture, a table or folds, under a heading."""

    title: str = ""
    table: ShownTable | None = None
    picture: str = ""
    caption: str = ""
    folds: list[Fold] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page."""

    key: str
    title: str
    blocks: list[Block]
    style: str = ""


def render(comparison: Comparison, language: Language = "vi") -> str:
    """The report.

    Args:
        comparison: what to show.
        language: "vi" or "en".

    Returns:
        A whole HTML document; the same comparison gives the same text.
    """
    return _Page(comparison, Speech(language)).render()


class _Page:
    def __init__(self, comparison: Comparison, say: Speech) -> None:
        self.c, self.say = comparison, say
        self.side = places(comparison, say)
        self.evidence = Evidence(comparison, say, settings().report_characters)
        self.shower = Shower(say, self.side, self.evidence)

    def render(self) -> str:
        c, say, side = self.c, self.say, self.side
        found = [
            (finding, self.evidence.refer(finding.proofs))
            for finding in findings.findings(c, say, side)
        ]
        parts = [part for part in self._parts() if part.blocks]
        shown = {part.key for part in parts}
        css, script = (
            packaged.text("pipeline.comparison.report", f"templates/report.{end}")
            for end in ("css", "js")
        )
        words = {
            "sentences": say("report.evidence"),
            "list": say("report.in-list"),
            "sort": say("report.sort"),
            "none": say("report.no-match"),
        }
        return _environment().get_template("page.html.j2").render(
            say=say,
            title=findings.title(c, say, side),
            scope=findings.scope(c, say, side),
            policy=standalone.policy(css, script),
            css=css,
            script=script,
            words=json.dumps(words, ensure_ascii=False),
            findings=[(each, ids, each.view if each.view in shown else "") for each, ids in found],
            doubts=findings.doubts(c, say),
            dropped=self.evidence.dropped,
            method=findings.method(c, say),
            parts=parts,
            evidence=[
                (say.label(c.plans[plan]), c.plans[plan].title or c.plans[plan].name, entries)
                for plan, entries in self.evidence.plans()
            ],
        )  # fmt: skip

    def _parts(self) -> Iterator[Part]:
        say = self.say
        yield self._part("plans")
        wide = "wide" if not self.side.roomy else ""
        yield self._part("coverage", style=wide)
        yield self._part("leads")
        yield self._part(
            "calendar", after=[self._block("months")], before=[self._timeline()], style=wide
        )
        yield self._part("rhythms")
        yield self._part("targets")
        yield self._part("documents", after=[self._network()], style=wide)
        yield self._part("recipients", style=wide)
        yield self._part("only")
        blocks = [self._passages(), self._block("borrowed"), self._block("copies")]
        yield self._part("reuse", after=blocks)
        years = self._years()
        if years.folds:
            yield Part("years", say("view.years"), [years])
        yield self._part("groups", style=wide)

    def _part(
        self,
        key: str,
        *,
        before: Sequence[Block] = (),
        after: Sequence[Block] = (),
        style: str = "",
    ) -> Part:
        block = self._block(key)
        blocks = [*before, block, *after] if _filled(block) else []
        return Part(key, block.title, [each for each in blocks if _filled(each)], style)

    def _block(self, key: str) -> Block:
        table = view(key, self.c, self.say, self.side)
        return Block(table.title, self.shower.table(table))

    def _timeline(self) -> Block:
        picture = drawings.timeline(self.c, self.say, self.side, self.evidence)
        key = self.say("report.timeline-key")
        return Block(self.say("report.timeline"), picture=picture, caption=key)

    def _network(self) -> Block:
        name, caption = self.say("report.network"), self.say("report.network-key")
        return Block(name, picture=drawings.network(self.c, self.say), caption=caption)

    def _passages(self) -> Block:
        c, say = self.c, self.say
        folds = []
        measures = (Column(say("col.likeness"), 10), Column(say("col.words"), 9))
        for pair in c.reuse[:_PAIRS]:
            a, b = c.plans[pair.a], c.plans[pair.b]
            table = Table(
                "passages",
                say("report.passages"),
                f"{direction(c, say, pair)}.",
                (Column(say.label(a)), Column(say.label(b)), *measures),
            )
            for passage in pair.passages[:_PASSAGES]:
                _, text_a, _, text_b, *rest = passage_row(c, say, passage)
                table.rows.append((text_a, text_b, *rest))
            shown = self.shower.table(table)
            total = ShownTable(table, shown.rows, len(pair.passages), "sides")
            name = f"{say.label(a)} – {say.label(b)}"
            note = " · ".join(
                (
                    f"{say('col.words').lower()}: {say.integer(pair.words)}",
                    f"{say.share(pair.share_a)} / {say.share(pair.share_b)}",
                )
            )
            folds.append(Fold(name, note, total))
        more = ""
        if len(c.reuse) > _PAIRS:
            more = say("report.pairs-shown", shown=_PAIRS, total=say.integer(c.reuse_total))
        return Block(
            say("report.passages"), folds=folds, caption=f"{say('note.passages')} {more}".strip()
        )

    def _years(self) -> Block:
        c, say = self.c, self.say
        folds = []
        for pair in c.years[:_YEARS]:
            table = Table("years", say("view.years"), say("note.years"), year_columns(say)[1:])
            rows = [
                change_row(c, say, pair, change)[1:]
                for change in pair.changes
                if change.kind != "same"
            ]
            table.rows = rows[:_CHANGES]
            shown = self.shower.table(table)
            total = ShownTable(table, shown.rows, len(rows), "sides changes")
            counts = findings.change_counts(say, pair.counts)
            folds.append(Fold(year_name(c, say, pair), counts, total))
        caption = say("note.years")
        if len(c.years) > _YEARS:
            caption += " " + say("report.pairs-shown", shown=_YEARS, total=len(c.years))
        return Block("", folds=folds, caption=caption)


def _filled(block: Block) -> bool:
    return bool(block.picture or block.folds or (block.table and block.table.rows))


@cache
def _environment() -> Environment:
    return standalone.environment("pipeline.comparison.report")
