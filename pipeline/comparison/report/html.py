"""The report: one HTML file that needs nothing else.

In: a ``Comparison``.  Out: the page as text.

The file may travel by mail, so its own policy forbids it every connection, and lets run only the
one script and the one style whose hashes it names: nothing that a document smuggles in can act.
Every text goes through the template's escaping.  Without scripts each cell still leads to its
sentences, by a link.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.comparison.report import findings, pictures
from pipeline.comparison.report.evidence import Evidence
from pipeline.comparison.report.places import places
from pipeline.comparison.report.speech import Speech, shortened
from pipeline.comparison.report.tables import EMPTY, Cell, Column, Table
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

# Strong from here; between this and low is fair.
STRONG = 0.8
_PAIRS, _PASSAGES, _YEARS, _CHANGES = 30, 6, 20, 120
_NODES, _ARCS, _LANES = 28, 90, 80
_SHADES = 5
_SHORT, _LONG = 14, 60
_DOT = "●"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell with its links; ``order`` is what it is sorted by, "" for its words."""

    cell: Cell
    words: str
    label: str
    ids: list[str]
    parts: list[tuple[str, list[str]]]
    classes: str
    order: str
    picture: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row; ``again`` where it is about the same thing as the row above."""

    cells: list[ShownCell]
    again: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The rows of a table that the page has room for."""

    table: Table
    rows: list[ShownRow]
    total: int
    style: str


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

    def render(self) -> str:
        c, say, side = self.c, self.say, self.side
        found = [
            (finding, self.evidence.refer(finding.proofs))
            for finding in findings.findings(c, say, side)
        ]
        parts = [part for part in self._parts() if part.blocks]
        shown = {part.key for part in parts}
        css, script = _asset("report.css"), _asset("report.js")
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
            policy=_policy(css, script),
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
        return Block(table.title, self.shown(table))

    def shown(self, table: Table) -> ShownTable:
        """As many rows as the page has room for, with links."""
        limits = settings()
        most = max(20, min(limits.report_rows, limits.report_cells // len(table.columns)))
        chosen = range(len(table.rows)) if table.brief is None else table.brief
        order = sorted(chosen[:most])
        largest = max(
            (
                cell.value or 0
                for at in order
                for cell, column in zip(table.rows[at], table.columns, strict=True)
                if column.place
            ),
            default=0.0,
        )
        narrow = table.places > 0 and not self.side.roomy
        styles = {
            "matrix": table.places,
            "narrow": narrow,
            "long": table.columns[0].width > _LONG // 2,
        }
        style = " ".join(name for name, holds in styles.items() if holds)
        rows: list[ShownRow] = []
        head = None
        for at in order:
            cells = [
                self._cell(cell, column, largest if table.heat else 0.0, narrow)
                for cell, column in zip(table.rows[at], table.columns, strict=True)
            ]
            rows.append(ShownRow(cells, table.grouped and head == table.rows[at][0]))
            head = table.rows[at][0]
        return ShownTable(table, rows, len(table.rows), style)

    def _cell(self, cell: Cell, column: Column, largest: float, narrow: bool) -> ShownCell:
        if cell is EMPTY:
            return _EMPTY_PLACE if column.place else _EMPTY
        words, label = cell.text, ""
        classes = []
        if column.place:
            classes.append("c" if cell.form != "text" or narrow else "t")
            if cell.low:
                classes.append("low")
                label = f"{cell.text} {self.say('sign.low')}"
                words = "?" if narrow else f"{cell.text} ?"
            elif largest and cell.value is not None:
                classes.append(f"s{_shade(cell, largest)}")
                if narrow and cell.form == "share":
                    words, label = (_DOT if cell.value >= STRONG else "◐"), cell.text
            elif cell.text == _DOT:
                label = self.say("report.open")
        else:
            classes += _kinds(cell, column)
            words = f"{cell.text} ?" if cell.low and cell.proofs else words
        if cell.differs:
            classes.append("differs")
        order = ""
        if cell.day is not None:
            order = str(cell.day.toordinal())
        elif cell.value is not None and (not column.place or cell.form != "text"):
            order = f"{cell.value:.10g}"
        return ShownCell(
            cell,
            words,
            label,
            self.evidence.refer(cell.proofs),
            [(part, self.evidence.refer(proofs)) for part, proofs in cell.parts],
            " ".join(classes),
            order,
            self._picture(cell),
        )

    def _picture(self, cell: Cell) -> str:
        if not cell.picture:
            return ""
        values = [value for value, _ in cell.picture]
        if cell.picture[0][1] == self.say("col.shared"):
            words = ", ".join(f"{name} {self.say.share(value)}" for value, name in cell.picture)
            return pictures.bars(values, words)
        ends = (self.say.number(min(values)), self.say.number(max(values)))
        return pictures.dots(cell.picture, f"{self.say('report.spread')}: {' – '.join(ends)}", ends)

    def _timeline(self) -> Block:
        c, say = self.c, self.say
        events = []
        used = sorted({self.side.of_plan[entry.plan] for entry in c.calendar if entry.due.latest})
        lane = {at: number for number, at in enumerate(used[:_LANES])}
        for entry in c.calendar:
            at = self.side.of_plan[entry.plan]
            if not entry.due.latest or at not in lane:
                continue
            ids = self.evidence.refer((entry.item,))
            first = date.fromisoformat(entry.due.earliest) if entry.due.earliest else None
            last = date.fromisoformat(entry.due.latest)
            duty = shortened(c.items[entry.item].text, 90)
            words = f"{say.date(entry.due.latest)} · {duty}"
            events.append(pictures.Event(lane[at], first, last, words, ids[0] if ids else ""))
        name = say("report.timeline")
        names = [self.side.names[at] for at in lane]
        picture = pictures.timeline(names, events, name, f"{say('report.after')} →", "{m}/{y}")
        return Block(name, picture=picture)

    def _network(self) -> Block:
        c, say = self.c, self.say
        nodes = sorted(
            {node for both in c.cocitations for node in (both.a, both.b)},
            key=lambda node: (-len(c.documents[node].plans), node),
        )[:_NODES]
        place = {node: at for at, node in enumerate(nodes)}
        edges = [
            (place[both.a], place[both.b], both.plans)
            for both in c.cocitations
            if both.a in place and both.b in place
        ][:_ARCS]
        name = say("report.network")
        picture = pictures.arcs(
            [c.documents[node].label for node in nodes],
            [len(c.documents[node].plans) for node in nodes],
            edges,
            name,
            say("report.together"),
        )
        return Block(name, picture=picture, caption=say("note.cocitations"))

    def _passages(self) -> Block:
        c, say = self.c, self.say
        folds = []
        whole = view("passages", c, say, self.side)
        for pair in c.reuse[:_PAIRS]:
            a, b = c.plans[pair.a], c.plans[pair.b]
            table = Table(
                "passages",
                whole.title,
                f"{direction(c, say, pair)}.",
                (Column(say.label(a)), Column(say.label(b)), *whole.columns[4:]),
            )
            for passage in pair.passages[:_PASSAGES]:
                _, text_a, _, text_b, *rest = passage_row(c, say, passage)
                table.rows.append((text_a, text_b, *rest))
            shown = self.shown(table)
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
        return Block(whole.title, folds=folds, caption=f"{whole.note} {more}".strip())

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
            shown = self.shown(table)
            total = ShownTable(table, shown.rows, len(rows), "sides changes")
            counts = findings.change_counts(say, pair.counts)
            folds.append(Fold(year_name(c, say, pair), counts, total))
        caption = say("note.years")
        if len(c.years) > _YEARS:
            caption += " " + say("report.pairs-shown", shown=_YEARS, total=len(c.years))
        return Block("", folds=folds, caption=caption)


_EMPTY = ShownCell(EMPTY, "", "", [], [], "", "", "")
_EMPTY_PLACE = ShownCell(EMPTY, "", "", [], [], "c", "", "")


def _filled(block: Block) -> bool:
    return bool(block.picture or block.folds or (block.table and block.table.rows))


def _kinds(cell: Cell, column: Column) -> list[str]:
    if cell.form in ("count", "number", "share"):
        return ["n"]
    if cell.form == "day":
        return ["d"]
    if len(cell.text) <= _SHORT:
        return ["k", "low"] if cell.low else ["k"]
    wide = column.width >= _LONG or len(cell.text) > _LONG * 2
    found = ["w"] if wide else ["m"] if column.width >= _LONG // 3 else []
    return [*found, "low"] if cell.low else found


def _shade(cell: Cell, largest: float) -> int:
    """1–5: a share by its own height from one half up, a count beside the largest."""
    value = cell.value or 0.0
    if cell.form == "share":
        return max(1, min(_SHADES, 1 + int((value - 0.5) * 10)))
    return max(1, math.ceil(_SHADES * math.log1p(value) / math.log1p(largest)))


def _policy(*inline: str) -> str:
    style, script = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline
    )
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline.comparison.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
    )


__all__: Sequence[str] = ("render",)
