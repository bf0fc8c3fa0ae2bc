"""Sample plan → plain text, web-flattened text or Markdown.

In: a ``SamplePlan``.  Out: a string.  ``rows`` is the one place that says in which order the words
stand; the three forms only differ in line ends and signs, and the truth takes its offsets from
the plain form.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.samples.markup import Mark, Rich, plain
from pipeline.samples.parts import (
    Block,
    Letterhead,
    PageBreak,
    Paragraph,
    Path,
    Signature,
    Table,
    Title,
)
from pipeline.samples.sample import SamplePlan

Form = Literal["plain", "web", "flat", "markdown"]
RowKind = Literal[
    "letterhead", "kind", "subject", "note", "body", "heading", "recipients", "recipient",
    "authority", "signer", "cells",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of the text.

    Attributes:
        kind: what it is, for the forms that mark headings.
        before: marker and blank before the words, "a) ".
        runs: the words; for "cells" with the bars of the table in them.
        path: the section it stands in.
        level: depth of a heading, else 0.
        tight: no blank line before it (rows of one table).
    """

    kind: RowKind
    before: str
    runs: Rich
    path: Path = ()
    level: int = 0
    tight: bool = False

    @property
    def text(self) -> str:
        """Marker and words."""
        return self.before + plain(self.runs)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark and where it stands in the plain text; ``row`` counts the paragraphs."""

    mark: Mark
    start: int
    end: int
    path: Path
    row: int


def rows(plan: SamplePlan) -> Iterator[Row]:
    """All paragraphs of a plan in reading order."""
    return rows_of(plan.blocks)


def rows_of(blocks: Iterable[Block]) -> Iterator[Row]:
    """All paragraphs in reading order: 2, 1, 3, 4, 5, 6, 9b, 7 of the decree's cells."""
    for block in blocks:
        if isinstance(block, Letterhead):
            yield from _letterhead(block)
        elif isinstance(block, Title):
            yield Row("kind", "", (block.kind,))
            yield Row("subject", "", block.subject)
            if block.carrier:
                yield Row("note", "", block.carrier)
        elif isinstance(block, Paragraph):
            yield from _paragraph(block)
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Signature):
            yield from _signature(block)
        else:
            assert isinstance(block, PageBreak)


def _letterhead(block: Letterhead) -> Iterator[Row]:
    lines = [*(block.parent or "").split("\n"), *block.issuer.split("\n"), *block.MOTTO]
    for printed in [*lines, block.number, block.date]:
        if printed:
            yield Row("letterhead", "", (printed,))


def _paragraph(block: Paragraph) -> Iterator[Row]:
    if block.path == ("PL",) and block.style == "heading":
        yield Row("kind", "", (block.marker,), block.path)
        yield Row("subject", "", block.runs, block.path)
        return
    before = f"{block.marker} " if block.marker else ""
    kind: RowKind = "heading" if block.style == "heading" else "body"
    if block.style in ("note", "centred"):
        kind = "note" if block.style == "note" else "subject"
    yield Row(kind, before, block.runs, block.path, block.level)


def _table(block: Table) -> Iterator[Row]:
    head: tuple[Rich, ...] = tuple((name,) for name in block.columns)
    rule: tuple[Rich, ...] = tuple(("---",) for _ in block.columns)
    for index, cells in enumerate((head, rule, *block.rows)):
        runs: Rich = ()
        for cell in cells:
            runs = (*runs, "| ", *cell, " ")
        yield Row("cells", "", (*runs, "|"), block.path, tight=index > 0)


def _signature(block: Signature) -> Iterator[Row]:
    yield Row("recipients", "", ("Nơi nhận:",))
    for index, line in enumerate(block.recipients):
        end = "." if index == len(block.recipients) - 1 else ";"
        yield Row("recipient", "- ", (*line, end))
    for printed in (*block.authority, block.position):
        yield Row("authority", "", (printed,))
    yield Row("signer", "", (block.name,))


def lay_out(plan: SamplePlan) -> tuple[str, list[Placed]]:
    """The plain text and the place of every mark in it."""
    out: list[str] = []
    placed: list[Placed] = []
    at = 0
    for index, row in enumerate(rows(plan)):
        gap = "" if not out else "\n" if row.tight else "\n\n"
        at += len(gap) + len(row.before)
        for piece in row.runs:
            length = len(piece) if isinstance(piece, str) else len(piece.text)
            if not isinstance(piece, str):
                placed.append(Placed(piece, at, at + length, row.path, index))
            at += length
        out.append(gap + row.text)
    return "".join(out) + "\n", placed


def render(plan: SamplePlan, form: Form = "plain") -> str:
    """The plan as text.

    Args:
        plan: what to write.
        form: "plain", one paragraph per line with blank lines between; "web", as pasted from a
            web page: whole sections run together, wrapped at 80 columns, headings inside lines;
            "flat", as pages of law portals come through a converter: no paragraph ends at all,
            letterhead included; "markdown".
    """
    if form == "plain":
        return lay_out(plan)[0]
    if form == "flat":
        return _flat(plan)
    return _web(plan) if form == "web" else _markdown(plan)


def _web(plan: SamplePlan) -> str:
    paragraphs: list[str] = []
    flowing = False
    for row in rows(plan):
        flows = row.kind in ("body", "heading") and row.level != 1
        if flows and flowing:
            paragraphs[-1] += " " + row.text
        elif row.kind == "cells":
            cells = [cell.strip() for cell in row.text.strip("| ").split("|")]
            paragraphs.extend(cell for cell in cells if cell != "---")
        else:
            paragraphs.append(row.text)
        flowing = flows or (row.kind in ("body", "heading") and row.level == 1)
    wrapped = (
        textwrap.fill(p, 80, break_long_words=False, break_on_hyphens=False) for p in paragraphs
    )
    return "\n\n".join(wrapped) + "\n"


def _flat(plan: SamplePlan) -> str:
    """Everything in one run; the rules under issuer and motto have become dashes."""
    words: list[str] = []
    for row in rows(plan):
        if row.kind == "letterhead" and row.text == Letterhead.MOTTO[0]:
            words.append("-------")
        if row.kind == "cells":
            cells = [cell.strip() for cell in row.text.strip("| ").split("|")]
            words.extend(cell for cell in cells if cell != "---")
        else:
            words.append(row.text)
        if row.kind == "letterhead" and row.text == Letterhead.MOTTO[1]:
            words.append("---------------")
    return textwrap.fill(" ".join(words), 80, break_long_words=False, break_on_hyphens=False) + "\n"


def _markdown(plan: SamplePlan) -> str:
    out: list[str] = []
    for row in rows(plan):
        text = row.text
        if row.kind == "kind":
            text = f"# **{text}**"
        elif row.kind in ("subject", "letterhead", "authority", "signer"):
            text = f"**{text}**"
        elif row.kind == "recipients":
            text = f"***{text}***"
        elif row.kind == "note":
            text = f"*{text}*"
        elif row.kind == "heading":
            text = f"{'#' * (row.level + 1)} **{text}**"
        out.append(("\n" if row.tight else "\n\n") + text)
    return "".join(out).lstrip("\n") + "\n"
