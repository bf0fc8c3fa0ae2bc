"""Document → spaCy Doc → ``models.Plan``: the stages in their order, and the record they make.

In: a ``Document``.  Out: the record.  The components leave what they found on the Doc; here it gets
page and boxes, confidence and warnings, and the indices that tie duties to their deadlines, targets
and references.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import metadata

from spacy.language import Language

import models
from models import Plan, Span
from pipeline import components
from pipeline.assemble import header, values
from pipeline.assemble.making import Making
from pipeline.components import Findings
from pipeline.entities.resolution import resolve_short
from pipeline.language.tokens import blank
from pipeline.reading.document import Document
from pipeline.reading.tabular import MOST_COLUMNS
from pipeline.settings import settings
from pipeline.structure import repair
from pipeline.structure.outline import Node
from pipeline.structure.tables import Grid


@cache
def spacy_pipeline() -> Language:
    """The spaCy pipeline of this process: Vietnamese tokens, then our components in order."""
    nlp = blank()
    for name in components.NAMES:
        nlp.add_pipe(name)
    nlp.max_length = settings().max_characters
    return nlp


def plan(document: Document) -> Plan:
    """The record of a document.

    Args:
        document: from ``pipeline.reading``.

    Returns:
        The record; the same document gives the same record.
    """
    nlp = spacy_pipeline()
    scanned = [(page.start, page.end) for page in document.pages if page.read_by == "ocr"]
    meaning, repairs = repair.closed_sets(document.text, scanned)
    doc = nlp.make_doc(meaning)
    doc._.kehoach = Findings(laid_out=_grids(document), sureness=document.sureness)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return _record(Making(document, doc._.kehoach, meaning), repairs)


def _grids(document: Document) -> tuple[Grid, ...]:
    """Tables of the source as rows of cell spans."""
    grids = []
    for table in document.tables:
        height = max(cell.row for cell in table.cells) + 1
        width = max(cell.column for cell in table.cells) + 1
        if width > MOST_COLUMNS:
            continue
        rows: list[list[tuple[int, int] | None]] = [[None] * width for _ in range(height)]
        for cell in table.cells:
            rows[cell.row][cell.column] = (cell.start, cell.end)
        grids.append(Grid(tuple(map(tuple, rows)), table.start, table.end))
    return tuple(grids)


def _record(making: Making, repairs: list[repair.Repair]) -> Plan:
    """All parts of the record."""
    for notice in making.document.notices:
        span = None
        if notice.start is not None and notice.end is not None:
            span = making.span(notice.start, notice.end)
        making.warnings.append(
            models.Warning_(code=notice.code, message=notice.message, span=span, page=notice.page)
        )
    head = header.make(making)
    references = values.references(making, head)
    short = resolve_short(
        making.found.short_references,
        references,
        making.text,
        own_kinds=[act.kind_name for act in making.layout.acts if act.kind_name],
        span=making.span,
        section=making.section,
    )
    agencies = values.agencies(making, head)
    deadlines = values.deadlines(making)
    targets = values.targets(making)
    tasks = values.tasks(making, references, deadlines, targets)
    for code, message, position in making.outline.notices:
        making.warn(code, message, position)
    _list_repairs(making, repairs)
    _low_confidence(making, head, references, deadlines, targets)
    return Plan(
        id=making.document.sha256[:16],
        source=_source(making.document),
        text=making.text,
        header=head,
        attached=_attached(making),
        preamble=_preamble(making),
        sections=[_section(making, node) for node in making.outline.nodes],
        references=references,
        short_references=short,
        agencies=agencies,
        deadlines=deadlines,
        targets=targets,
        tasks=tasks,
        annexes=values.annexes(making),
        warnings=sorted(making.warnings, key=_warning_order),
    )


def _source(document: Document) -> models.Source:
    """The file and what read it."""
    return models.Source(
        name=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        bytes=document.size,
        pages=[
            models.Page(
                number=page.number,
                width=page.width,
                height=page.height,
                read_by=page.read_by,
                confidence=page.confidence,
                warnings=list(page.warnings),
            )
            for page in document.pages
        ],
        pipeline=metadata.version("kehoach"),
        engines={
            **document.engines,
            **{name: metadata.version(name) for name in ("spacy", "underthesea")},
        },
    )


def _list_repairs(making: Making, repairs: list[repair.Repair]) -> None:
    """Each word of a closed set that OCR misread, once."""
    seen: set[tuple[str, str]] = set()
    for found in repairs:
        read = making.text[found.start : found.end]
        if (read, found.meant) not in seen:
            seen.add((read, found.meant))
            making.warn(
                "ocr-repaired", f"“{read}” is read as “{found.meant}”.", found.start, found.end
            )


def _attached(making: Making) -> list[models.AttachedAct]:
    """The acts after the first."""
    return [
        models.AttachedAct(
            kind=act.kind or "", title=act.title, span=making.span(act.start, act.body_end)
        )
        for act in making.layout.acts[1:]
    ]


def _preamble(making: Making) -> models.Preamble | None:
    """Căn cứ and opening paragraph."""
    if making.outline.preamble is None:
        return None
    start, end = making.outline.preamble
    return models.Preamble(text=making.text[start:end], span=making.span(start, end))


def _section(making: Making, node: Node) -> models.Section:
    return models.Section(
        path=node.path,
        marker=node.marker,
        title=node.title,
        text=making.text[node.text_start : node.text_end],
        span=Span(start=node.start, end=node.end, page=making.span(node.start, node.start).page),
        page=making.document.page_at(node.start),
        confidence=node.confidence,
        children=[_section(making, child) for child in node.children],
    )


def _low_confidence(
    making: Making,
    header: models.Header,
    *groups: Iterable[models.Reference | models.Deadline | models.Target],
) -> None:
    limit = settings().low_confidence
    for name, confidence in header.confidence.items():
        if confidence < limit:
            span = header.spans[name][0]
            making.warn("low-confidence", f"Header field {name} is unsure.", span.start, span.end)
    for group in groups:
        for item in group:
            if item.confidence < limit:
                making.warn(
                    "low-confidence",
                    f"Unsure: {item.text[:80]}",
                    item.span.start,
                    item.span.end,
                )


def _warning_order(warning: models.Warning_) -> tuple[int, str]:
    return (warning.span.start if warning.span else -1, warning.code)
