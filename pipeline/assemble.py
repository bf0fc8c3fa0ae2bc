"""Document → spaCy Doc → ``models.Plan``: the stages in their order, and the record they make.

In: a ``Document``.  Out: the record.  The components leave what they found on the Doc; here it gets
page and boxes, confidence and warnings, and the indices that tie duties to their deadlines, targets
and references.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import metadata

from spacy.language import Language

import models
from models import Plan, SectionPath, Span
from pipeline import components
from pipeline.components import Findings
from pipeline.entities import issuing
from pipeline.entities.bodies import same_body
from pipeline.entities.references import Mention as Citation
from pipeline.entities.resolution import resolve, resolve_short
from pipeline.language.tokens import blank
from pipeline.reading.document import Document
from pipeline.settings import settings
from pipeline.structure import repair
from pipeline.structure.letterhead import Fact
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
    return _Assembly(document, doc._.kehoach, meaning, repairs).plan()


def _grids(document: Document) -> tuple[Grid, ...]:
    """Tables of the source as rows of cell spans."""
    grids = []
    for table in document.tables:
        height = max(cell.row for cell in table.cells) + 1
        width = max(cell.column for cell in table.cells) + 1
        rows: list[list[tuple[int, int] | None]] = [[None] * width for _ in range(height)]
        for cell in table.cells:
            rows[cell.row][cell.column] = (cell.start, cell.end)
        grids.append(Grid(tuple(map(tuple, rows)), table.start, table.end))
    return tuple(grids)


_SIGNED_WITHIN = 31  # days


class _Assembly:
    """One record in the making."""

    def __init__(
        self, document: Document, found: Findings, meaning: str, repairs: list[repair.Repair]
    ) -> None:
        assert found.layout is not None and found.outline is not None
        self.document = document
        self.found = found
        self.layout = found.layout
        self.outline = found.outline
        self.text = document.text
        self.meaning = meaning  # the same length; closed sets as their lists spell them
        self.repairs = repairs
        self.warnings: list[models.Warning_] = []
        ordered = list(self.outline.walk())
        self._nodes = [node for node in ordered if node.kind != "bullet"]
        self._node_starts = [node.start for node in self._nodes]

    # --- spans ----------------------------------------------------------------------------------

    def span(self, start: int, end: int) -> Span:
        """A span with page and boxes, where the source has them."""
        paged = self.document.pages and self.document.pages[0].width is not None
        return Span(
            start=start,
            end=end,
            page=self.document.page_at(start) if paged else None,
            boxes=self.document.boxes(start, end) or None if self.document.words else None,
        )

    def section(self, position: int) -> SectionPath:
        """Path of the deepest numbered node that holds a position."""
        index = bisect.bisect_right(self._node_starts, position) - 1
        while index >= 0:
            node = self._nodes[index]
            if node.start <= position < node.end:
                return list(node.path)
            index -= 1
        return []

    def warn(
        self, code: str, message: str, start: int | None = None, end: int | None = None
    ) -> None:
        """Add a warning; one per code and place."""
        span = None if start is None else self.span(start, start if end is None else end)
        page = None if start is None else self.document.page_at(start)
        self.warnings.append(models.Warning_(code=code, message=message, span=span, page=page))

    # --- the record -----------------------------------------------------------------------------

    def plan(self) -> Plan:
        """All parts, in the order in which warnings should be read."""
        for notice in self.document.notices:
            span = None
            if notice.start is not None and notice.end is not None:
                span = self.span(notice.start, notice.end)
            self.warnings.append(
                models.Warning_(
                    code=notice.code, message=notice.message, span=span, page=notice.page
                )
            )
        header = self.header()
        references = self.references(header)
        short = resolve_short(
            self.found.short_references,
            references,
            self.text,
            own_kinds=self._own_kinds(),
            span=self.span,
            section=self.section,
        )
        bodies = self.agencies(header)
        deadlines = self.deadlines()
        targets = self.targets()
        tasks = self.tasks(references, deadlines, targets)
        for code, message, position in self.outline.notices:
            self.warn(code, message, position)
        self._list_repairs()
        self._low_confidence(header, references, deadlines, targets)
        return Plan(
            id=self.document.sha256[:16],
            source=self.source(),
            text=self.text,
            header=header,
            attached=self.attached(),
            preamble=self.preamble(),
            sections=[self._section(node) for node in self.outline.nodes],
            references=references,
            short_references=short,
            agencies=bodies,
            deadlines=deadlines,
            targets=targets,
            tasks=tasks,
            annexes=self.annexes(),
            warnings=sorted(self.warnings, key=_warning_order),
        )

    def _own_kinds(self) -> list[str]:
        return [act.kind_name for act in self.layout.acts if act.kind_name]

    def source(self) -> models.Source:
        """The file and what read it."""
        document = self.document
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

    def header(self) -> models.Header:
        """Letterhead, title and sign-off of the first act."""
        facts = self.found.facts
        act = self.layout.acts[0]
        header = models.Header(kind=act.kind, kind_name=act.kind_name)
        if act.kind_span:
            header.spans["kind"] = [self.span(*act.kind_span)]

        def take(name: str, fact: Fact | None) -> str | None:
            if fact is None:
                return None
            header.spans[name] = [self.span(*fact.span)]
            header.confidence[name] = self._sure(fact.confidence, *fact.span)
            return fact.value

        for name in ("number", "symbol", "issued_on", "place", "title", "plan_period"):
            setattr(header, name, take(name, getattr(facts, name)))
        province = take("province", facts.province)
        if province:
            header.province = issuing.province(province, header.issued_on or header.plan_period)
        issuer = take("issuer", facts.issuer)
        if issuer:
            header.issuer = models.Issuer(name=issuer, canonical=issuing.canonical(issuer))
        if act.signoff and self.found.signoffs:
            sign = self.found.signoffs[0]
            header.recipients = [recipient.text for recipient in sign.recipients]
            if sign.recipients:
                header.spans["recipients"] = [self.span(r.start, r.end) for r in sign.recipients]
            if sign.signer or sign.position or sign.authority:
                header.signer = models.Signer(
                    name=sign.signer[0] if sign.signer else None,
                    position=sign.position[0] if sign.position else None,
                    authority=[line for line, _, _ in sign.authority],
                )
                marks = [m for m in (sign.signer, sign.position, *sign.authority) if m]
                header.spans["signer"] = [self.span(a, b) for _, a, b in marks]
        if self.document.signature_signer or self.document.signature_time:
            header.signature = models.Signature(
                signer=self.document.signature_signer, time=self.document.signature_time
            )
            self._compare_signature(header)
        for code, message, start, end in facts.notices:
            self.warn(code, message, start, end)
        return header

    def _sure(self, confidence: float, start: int, end: int) -> float:
        """A rule's confidence, no higher than that of the words it stands on.

        No dictionary helps OCR with figures: of two that look alike either may be read with .9.
        """
        read = self.document.sureness(start, end)
        figures = any(c.isdigit() for c in self.text[start:end])
        return round(min(confidence, read**4 if figures else read), 3)

    def _compare_signature(self, header: models.Header) -> None:
        """The signature's time is a second witness for the date: set on that day or soon after."""
        time = self.document.signature_time
        if not time or not header.issued_on:
            return
        printed = header.issued_on
        if len(printed) == len("2031-01-01"):
            days = (date.fromisoformat(time[:10]) - date.fromisoformat(printed)).days
            agrees = 0 <= days <= _SIGNED_WITHIN
        else:
            agrees = printed <= time[:10]
        if not agrees:
            header.confidence["issued_on"] = min(header.confidence["issued_on"], 0.5)
            self.warn(
                "date-differs",
                f"The document says {printed}, its digital signature {time[:10]}.",
            )

    def _list_repairs(self) -> None:
        """Each word of a closed set that OCR misread, once."""
        seen: set[tuple[str, str]] = set()
        for found in self.repairs:
            read = self.text[found.start : found.end]
            if (read, found.meant) not in seen:
                seen.add((read, found.meant))
                self.warn(
                    "ocr-repaired", f"“{read}” is read as “{found.meant}”.", found.start, found.end
                )

    def attached(self) -> list[models.AttachedAct]:
        """The acts after the first."""
        return [
            models.AttachedAct(
                kind=act.kind or "", title=act.title, span=self.span(act.start, act.body_end)
            )
            for act in self.layout.acts[1:]
        ]

    def preamble(self) -> models.Preamble | None:
        """Căn cứ and opening paragraph."""
        if self.outline.preamble is None:
            return None
        start, end = self.outline.preamble
        return models.Preamble(text=self.text[start:end], span=self.span(start, end))

    def _section(self, node: Node) -> models.Section:
        return models.Section(
            path=node.path,
            marker=node.marker,
            title=node.title,
            text=self.text[node.text_start : node.text_end],
            span=Span(start=node.start, end=node.end, page=self.span(node.start, node.start).page),
            page=self.document.page_at(node.start),
            confidence=node.confidence,
            children=[self._section(child) for child in node.children],
        )

    def references(self, header: models.Header) -> list[models.Reference]:
        """Citations with roles, keys and links."""
        found = self.found.references
        for mention in found:
            for code in mention.notices:
                self.warn(code, _repair_message(mention), mention.start, mention.end)
        references = resolve(
            found,
            self.text,
            province=header.province.name if header.province else None,
            span=self.span,
            section=self.section,
        )
        for reference in references:
            reference.confidence = self._sure(
                reference.confidence, reference.span.start, reference.span.end
            )
        return references

    def agencies(self, header: models.Header) -> list[models.Agency]:
        """Bodies with all their mentions; the issuer gets its id."""
        bodies = self.found.bodies
        if header.issuer:
            wanted = same_body(bodies, header.issuer.name, self._province_name())
            header.issuer.agency_id = wanted.id if wanted else None
        return [
            models.Agency(
                id=body.id,
                name=body.name,
                canonical=body.canonical,
                kind=body.kind,
                level=body.level,
                province=body.province,
                parent=body.parent,
                mentions=[self.span(m.start, m.end) for m in body.mentions],
                successor=list(body.successors),
                confidence=body.confidence,
            )
            for body in bodies
        ]

    def _province_name(self) -> str | None:
        return self.found.facts.province.value if self.found.facts.province else None

    def deadlines(self) -> list[models.Deadline]:
        """Schedules as the record has them."""
        return [
            models.Deadline(
                text=self.text[s.start : s.end],
                kind=s.kind,
                value=s.value,
                earliest=s.earliest,
                latest=s.latest,
                relation=s.relation,
                recurrence=s.recurrence,
                quota=models.Quota(
                    comparator=s.quota[0], count=s.quota[1], unit=s.quota[2], per=s.quota[3]
                )
                if s.quota
                else None,
                anchor=s.anchor,
                year_from=s.year_from,
                span=self.span(s.start, s.end),
                section=self.section(s.start),
                confidence=self._sure(s.confidence, s.start, s.end),
            )
            for s in self.found.schedules
        ]

    def targets(self) -> list[models.Target]:
        """Goals as the record has them."""
        return [
            models.Target(
                text=self.text[g.start : g.end],
                value=g.value,
                value_max=g.value_max,
                unit=g.unit,
                comparator=g.comparator,
                subject=g.subject,
                span=self.span(g.start, g.end),
                section=self.section(g.start),
                confidence=self._sure(g.confidence, g.start, g.end),
            )
            for g in self.found.goals
        ]

    def tasks(
        self,
        references: list[models.Reference],
        deadlines: list[models.Deadline],
        targets: list[models.Target],
    ) -> list[models.Task]:
        """Duties with the deadlines, targets and references that stand inside them."""
        ids = {
            (mention.start, mention.end): body.id
            for body in self.found.bodies
            for mention in body.mentions
        }
        names = {(m.start, m.end): m.name for m in self.found.mentions}
        tasks = []
        for number, duty in enumerate(self.found.duties, 1):
            inside = lambda items, duty=duty: [  # noqa: E731
                i for i, item in enumerate(items) if duty.start <= item.span.start < duty.end
            ]
            own = inside(deadlines)
            tasks.append(
                models.Task(
                    id=f"t{number}",
                    section=duty.section,
                    text=self.text[duty.start : duty.end],
                    span=self.span(duty.start, duty.end),
                    assignments=[
                        models.Assignment(
                            agency=names.get((role.start, role.end))
                            or self.meaning[role.start : role.end],
                            agency_id=ids.get((role.start, role.end)),
                            role=role.role,
                            span=self.span(role.start, role.end),
                            confidence=role.confidence,
                        )
                        for role in duty.roles
                    ],
                    deadlines=own,
                    inherited_deadlines=[] if own else self._inherited(duty.section, deadlines),
                    targets=inside(targets),
                    references=inside(references),
                    outputs=[self.text[a:b].strip() for a, b in duty.outputs],
                    from_table=duty.from_table,
                )
            )
        return tasks

    def _inherited(self, section: SectionPath, deadlines: list[models.Deadline]) -> list[int]:
        """Schedules that stand directly in a section above, or in its part titled "Thời gian"."""
        found = []
        for index, deadline in enumerate(deadlines):
            above = deadline.section
            if above and len(above) < len(section) and section[: len(above)] == above:
                found.append(index)
        return found

    def annexes(self) -> list[models.Annex]:
        """Task tables, cells verbatim."""
        return [
            models.Annex(
                title=table.title,
                columns=[models.AnnexColumn(name=c.name, means=c.means) for c in table.columns],
                rows=[[self.text[a:b].strip() for a, b in row] for row in table.rows],
                span=self.span(table.start, table.end),
                page=self.document.page_at(table.start),
            )
            for table in self.found.grids
        ]

    def _low_confidence(
        self,
        header: models.Header,
        *groups: Iterable[models.Reference | models.Deadline | models.Target],
    ) -> None:
        limit = settings().low_confidence
        for name, confidence in header.confidence.items():
            if confidence < limit:
                span = header.spans[name][0]
                self.warn("low-confidence", f"Header field {name} is unsure.", span.start, span.end)
        for group in groups:
            for item in group:
                if item.confidence < limit:
                    self.warn(
                        "low-confidence",
                        f"Unsure: {item.text[:80]}",
                        item.span.start,
                        item.span.end,
                    )


def _warning_order(warning: models.Warning_) -> tuple[int, str]:
    return (warning.span.start if warning.span else -1, warning.code)


def _repair_message(mention: Citation) -> str:
    number = mention.number
    assert number is not None
    return f"{number.printed} is read as {number.canonical}."
