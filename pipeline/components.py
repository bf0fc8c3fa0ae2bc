"""The stages as spaCy components: each leaves typed values on the Doc and spans for spaCy users.

In: a ``Doc`` over the clean text.  Out: the same Doc with ``doc._.kehoach`` filled and
``doc.spans["references" | "agencies" | "deadlines" | "targets"]``.  The finders themselves know
nothing of spaCy; this module is where they meet it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import tasks
from pipeline.entities import (
    agencies,
    agency_classes,
    headed,
    references,
    schedules,
    scope,
    short_names,
    targets,
)
from pipeline.entities.agency_mentions import Mention
from pipeline.entities.bodies import Body, merge
from pipeline.entities.references import Mention as Citation
from pipeline.structure import acts, letterhead, outline, signoff, tables

NAMES = (
    "kehoach_structure",
    "kehoach_references",
    "kehoach_schedules",
    "kehoach_agencies",
    "kehoach_targets",
    "kehoach_tasks",
)


@dataclass(slots=True)
class Findings:
    """What the stages have found so far; offsets into ``text``."""

    text: str = ""  # spaCy puts ``doc.text`` together anew at every look
    laid_out: tuple[tables.Grid, ...] = ()
    sureness: letterhead.Sureness = letterhead.certain
    layout: acts.Layout | None = None
    outline: outline.Outline | None = None
    facts: letterhead.Facts = field(default_factory=letterhead.Facts)
    signoffs: list[signoff.SignOff] = field(default_factory=list)
    grids: list[tables.TaskTable] = field(default_factory=list)
    references: list[Citation] = field(default_factory=list)
    short_references: list[Citation] = field(default_factory=list)
    masked: list[tuple[int, int]] = field(default_factory=list)
    schedules: list[schedules.Schedule] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    goals: list[targets.Goal] = field(default_factory=list)
    duties: list[tasks.Duty] = field(default_factory=list)


if not Doc.has_extension("kehoach"):
    Doc.set_extension("kehoach", default=None)


def _mark(doc: Doc, name: str, spans: Iterable[tuple[int, int]]) -> None:
    marked = (doc.char_span(a, b, label=name, alignment_mode="expand") for a, b in spans)
    doc.spans[name] = [span for span in marked if span is not None]


@Language.component("kehoach_structure")
def structure(doc: Doc) -> Doc:
    """Acts, outline, letterhead, sign-off and annex tables."""
    found: Findings = doc._.kehoach or Findings()
    text = found.text = doc.text
    found.layout = acts.find_layout(text)
    found.facts = letterhead.read(text, found.layout, found.sureness)
    found.signoffs = [signoff.read(text, act.signoff) for act in found.layout.acts if act.signoff]
    found.grids = tables.find(text, found.layout, found.laid_out)
    cells = [(grid.start, grid.end) for grid in found.laid_out if len(grid.rows) > 1]
    found.outline = outline.build(text, found.layout, found.grids, cells)
    doc._.kehoach = found
    return doc


@Language.component("kehoach_references")
def find_references(doc: Doc) -> Doc:
    """Citations; the document's own number in its letterhead is none."""
    found: Findings = doc._.kehoach
    own = [f.span for f in (found.facts.number, found.facts.symbol) if f]
    found.references = [
        m for m in references.find(found.text) if not any(a < m.end and m.start < b for a, b in own)
    ]
    taken = [(m.start, m.end) for m in found.references]
    found.short_references = [
        m
        for m in references.find_short(found.text)
        if not any(a < m.end and m.start < b for a, b in taken)
    ]
    assert found.layout is not None and found.outline is not None
    found.masked = scope.silent(found.text, found.layout, found.outline, taken)
    _mark(doc, "references", taken)
    return doc


@Language.component("kehoach_schedules")
def find_schedules(doc: Doc) -> Doc:
    """Deadlines, looked for where a plan speaks: not in letterhead, citations and sign-off."""
    found: Findings = doc._.kehoach
    assert found.layout is not None and found.outline is not None
    facts = found.facts
    plan = schedules.PlanTime.of(
        facts.plan_period.value if facts.plan_period else None,
        facts.issued_on.value if facts.issued_on else None,
    )
    fields = [
        (node.text_start, node.end)
        for node in found.outline.walk()
        if schedules.is_schedule_title(node.title) and node.end - node.text_start < 600
    ]
    for grid in found.grids:
        fields.extend(cell for cell in grid.cells("time") if cell[1] > cell[0])
    body = found.layout.acts[0].body_start
    fields.extend(line for line in schedules.whole_lines(found.text) if line[0] > body)
    found.schedules = schedules.find(
        found.text,
        plan,
        masked=found.masked,
        fields=fields,
        subject=facts.title.value if facts.title else "",
    )
    _mark(doc, "deadlines", ((s.start, s.end) for s in found.schedules))
    return doc


@Language.component("kehoach_agencies")
def find_agencies(doc: Doc) -> Doc:
    """Organisations named in the body and the recipients, merged into bodies."""
    found: Findings = doc._.kehoach
    assert found.layout is not None and found.outline is not None
    facts = found.facts
    text = found.text
    mentions: list[Mention] = []
    spoken = [(act.body_start, act.body_end) for act in found.layout.acts]
    spoken += [(annex.title_end, annex.end) for annex in found.layout.annexes]
    for stretch in spoken:
        mentions.extend(agencies.find(text, span=stretch))
    mentions = short_names.learned(text, mentions, spoken)
    for sign in found.signoffs:
        for recipient in sign.recipients:
            if not re.match(r"(?i)(?:lưu|như\s)", recipient.text):
                mentions.extend(agencies.find_recipient(text, recipient.start, recipient.end))
    mentions.extend(agency_classes.unnamed(text, _role_fields(found, text), tuple(mentions)))
    mentions.extend(agency_classes.in_lists(text, sorted(mentions, key=lambda m: m.start)))
    mentions.extend(headed.places(found.outline))
    longer = list(headed.described(found.outline, mentions))
    replaced = {mention.start for mention in longer}
    mentions = [m for m in mentions if m.start not in replaced] + longer
    found.mentions = sorted(mentions, key=lambda m: m.start)
    found.bodies = merge(
        found.mentions,
        text,
        province=facts.province.value if facts.province else None,
        day=facts.issued_on.value if facts.issued_on else None,
        issuer=facts.issuer.value if facts.issuer else None,
    )
    _mark(doc, "agencies", ((m.start, m.end) for m in found.mentions))
    return doc


def _role_fields(found: Findings, text: str) -> Iterator[tuple[int, int]]:
    """Cells and labelled lines that hold nothing but who leads and who helps."""
    for grid in found.grids:
        for meaning in ("lead", "coordinate"):
            yield from grid.cells(meaning)
    yield from tasks.role_lines(text)


@Language.component("kehoach_targets")
def find_targets(doc: Doc) -> Doc:
    """Quantified goals."""
    found: Findings = doc._.kehoach
    assert found.outline is not None
    masked = found.masked + scope.conditions(found.outline)
    found.goals = targets.find(found.text, masked=masked, aims=scope.aims(found.outline))
    _mark(doc, "targets", ((g.start, g.end) for g in found.goals))
    return doc


@Language.component("kehoach_tasks")
def find_tasks(doc: Doc) -> Doc:
    """Duties: who does what by when."""
    found: Findings = doc._.kehoach
    assert found.layout is not None and found.outline is not None
    found.duties = tasks.find(found.text, found.layout, found.outline, found.mentions, found.grids)
    return doc
