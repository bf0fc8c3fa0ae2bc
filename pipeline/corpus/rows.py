"""One plan as rows: which part of the record goes into which table.

In: a plan, its sections and passages, its number.  Out: rows, written in one go.  Every value that
was read keeps its stretch of the text and is tied to the passage it starts in.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence

from models import Deadline, Plan, Section, Span
from pipeline.corpus import documents, names, shared
from pipeline.corpus.passages import FlatSection, Passage, place_of
from pipeline.corpus.shared import Body

Value = str | int | float | bytes | None
Row = Sequence[Value]

_YEAR = re.compile(r"(?:19|20)\d{2}")
_MOST_YEARS = 50
_HEADING = 60


class PlanRows:
    """Writes one plan.

    Args:
        number: the plan's number in the corpus.
        plan: the record.
        sections: all of them, in reading order.
        passages: from ``passages.cut``, at least one.
    """

    def __init__(
        self, number: int, plan: Plan, sections: Sequence[FlatSection], passages: Sequence[Passage]
    ) -> None:
        self.number = number
        self.plan = plan
        self.sections = sections
        self.passages = passages
        self.starts = [one.start for one in passages]

    def write(self, connection: sqlite3.Connection, record: bytes) -> None:
        """All rows of the plan but the index's.

        Args:
            connection: inside a transaction.
            record: the packed record.
        """
        insert(connection, "plans", [self._plan(record)])
        plan = self.plan
        years = covered_years(plan.header.plan_period, plan.header.issued_on)
        self._insert(connection, "plan_years", ((year,) for year in years))
        self._insert(connection, "pages", self._pages())
        self._insert(connection, "sections", self._sections())
        self._insert(connection, "passages", self._passages())
        bodies = [
            shared.body(connection, one.canonical, one.kind, one.level) for one in plan.agencies
        ]
        self._insert(connection, "agencies", self._agencies(bodies))
        self._insert(connection, "deadlines", self._deadlines())
        self._insert(connection, "targets", self._targets())
        self._insert(connection, "citations", self._citations(connection))
        self._insert(connection, "tasks", self._tasks())
        self._insert(connection, "assignments", self._assignments(connection, bodies))
        self._links(connection)
        self._insert(connection, "warnings", self._warnings())

    def _insert(self, connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
        insert(connection, table, ((self.number, *row) for row in rows))

    def _passage(self, span: Span) -> int:
        return place_of(self.passages, self.starts, span.start)

    def _plan(self, record: bytes) -> Row:
        plan, header, source = self.plan, self.plan.header, self.plan.source
        issuer = header.issuer.canonical if header.issuer else None
        province, signer = header.province, header.signer
        return (
            self.number,
            plan.id,
            source.sha256,
            header.kind,
            header.kind_name,
            header.number,
            documents.number_key(header.number) if header.number else None,
            header.symbol,
            header.issued_on,
            header.place,
            issuer,
            names.agency_key(issuer) if issuer else None,
            header.title,
            header.plan_period,
            province.name if province else None,
            province.code if province else None,
            province.current_name or province.name if province else None,
            province.current_code or province.code if province else None,
            signer.name if signer else None,
            signer.position if signer else None,
            source.media_type,
            source.bytes,
            plan.schema_version,
            source.pipeline,
            plan.text,
            record,
        )

    def _pages(self) -> Iterable[Row]:
        for page in {page.number: page for page in self.plan.source.pages}.values():
            yield (
                page.number,
                page.width,
                page.height,
                page.read_by,
                percent(page.confidence),
                " ".join(page.warnings) or None,
            )

    def _sections(self) -> Iterable[Row]:
        for place, flat in enumerate(self.sections):
            section, span = flat.section, flat.section.span
            heading = self._heading(section) if is_heading(section) else (None, None)
            last = Span(start=max(span.start, span.end - 1), end=span.end)
            yield (
                place,
                path_text(section.path),
                *heading,
                span.start,
                span.end,
                section.page or span.page,
                percent(section.confidence),
                self._passage(span),
                self._passage(last),
            )

    def _heading(self, section: Section) -> tuple[int, int] | tuple[None, None]:
        """Where a heading stands; a title that is not on the page in these words is none."""
        at = self.plan.text.find(section.title, section.span.start, section.span.end)
        return (at, at + len(section.title)) if section.title and at >= 0 else (None, None)

    def _passages(self) -> Iterable[Row]:
        for place, one in enumerate(self.passages):
            boxes = json.dumps(one.boxes) if one.boxes else None
            yield place, one.kind, one.section, one.start, one.end, one.page, boxes

    def _agencies(self, bodies: Sequence[Body]) -> Iterable[Row]:
        for place, (one, body) in enumerate(zip(self.plan.agencies, bodies, strict=True)):
            yield (
                place,
                body.id,
                unlike(one.name, body.name),
                unlike(one.kind, body.kind),
                unlike(one.level, body.level),
                one.parent,
                "; ".join(one.successor) or None,
                percent(one.confidence),
                json.dumps([self._passage(span) for span in one.mentions], separators=(",", ":")),
            )

    def _deadlines(self) -> Iterable[Row]:
        for place, one in enumerate(self.plan.deadlines):
            yield (
                place,
                self._passage(one.span),
                one.kind,
                one.value,
                one.earliest,
                one.latest,
                one.relation,
                one.recurrence,
                one.anchor,
                one.year_from,
                *_quota(one),
                one.span.start,
                one.span.end,
                percent(one.confidence),
            )

    def _targets(self) -> Iterable[Row]:
        for place, one in enumerate(self.plan.targets):
            yield (
                place,
                self._passage(one.span),
                one.value,
                one.value_max,
                one.unit,
                one.comparator,
                one.per,
                one.subject,
                one.span.start,
                one.span.end,
                percent(one.confidence),
            )

    def _citations(self, connection: sqlite3.Connection) -> Iterable[Row]:
        """Full references first, so that a place among them is an index of the record."""
        full = self.plan.references
        known = [shared.document(connection, one) for one in full]
        for place, one in enumerate([*full, *self.plan.short_references]):
            short = place >= len(full)
            target = one.refers_to if isinstance(one.refers_to, int) else -1
            if not 0 <= target < len(full) or target == place:
                target = -1
            own = shared.document(connection, one) if short else known[place]
            # What only points elsewhere in the plan means the document that is named there.
            found = known[target] if own is None and target >= 0 else own
            yield (
                place,
                self._passage(one.span),
                found.id if found else None,
                target if target >= 0 else None,
                one.refers_to == "self",
                short,
                unlike(one.kind, found.kind if found else None),
                unlike(one.number, found.number if found else None),
                unlike(one.name, found.name if found else None),
                one.date,
                unlike(one.issuer, found.issuer if found else None),
                one.role,
                one.pinpoint,
                one.span.start,
                one.span.end,
                percent(one.confidence),
            )

    def _tasks(self) -> Iterable[Row]:
        for place, task in enumerate(self.plan.tasks):
            passage = self._passage(task.span)
            section = self.passages[passage].section
            known = None if section is None else self.sections[section].section.path
            yield (
                place,
                passage,
                None if task.section == known else path_text(task.section),
                task.span.start,
                task.span.end,
                task.from_table,
                "; ".join(task.outputs) or None,
            )

    def _assignments(self, connection: sqlite3.Connection, bodies: Sequence[Body]) -> Iterable[Row]:
        known = {one.id: body for one, body in zip(self.plan.agencies, bodies, strict=True)}
        for number, task in enumerate(self.plan.tasks):
            passage = self._passage(task.span)
            for place, one in enumerate(task.assignments):
                body = known.get(one.agency_id or "") or shared.body(connection, one.agency)
                yield (
                    number,
                    place,
                    passage,
                    body.id,
                    one.role,
                    one.span.start,
                    one.span.end,
                    percent(one.confidence),
                )

    def _links(self, connection: sqlite3.Connection) -> None:
        """Tasks with their deadlines, targets and citations; what points nowhere is left out."""
        plan = self.plan
        deadlines = {
            (number, place): inherited
            for number, task in enumerate(plan.tasks)
            for inherited, places in ((True, task.inherited_deadlines), (False, task.deadlines))
            for place in places
            if 0 <= place < len(plan.deadlines)
        }
        self._insert(
            connection, "task_deadlines", ((*pair, own) for pair, own in deadlines.items())
        )
        for table, count, places in (
            ("task_targets", len(plan.targets), [task.targets for task in plan.tasks]),
            ("task_citations", len(plan.references), [task.references for task in plan.tasks]),
        ):
            pairs = {(n, p) for n, own in enumerate(places) for p in own if 0 <= p < count}
            self._insert(connection, table, sorted(pairs))

    def _warnings(self) -> Iterable[Row]:
        for place, one in enumerate(self.plan.warnings):
            start, end = (one.span.start, one.span.end) if one.span else (None, None)
            yield place, one.code, one.message, start, end, one.page


def _quota(deadline: Deadline) -> Row:
    quota = deadline.quota
    if quota is None:
        return None, None, None, None
    return quota.comparator, quota.count, quota.unit, quota.per


def covered_years(period: str | None, issued_on: str | None) -> list[int]:
    """The years a plan is for: its period's, else the year of issue; at most fifty.

    >>> covered_years("2021/2023", "2021-01-04")
    [2021, 2022, 2023]
    """
    found = sorted(map(int, _YEAR.findall(period or ""))) or [
        int(year) for year in _YEAR.findall(issued_on or "")[:1]
    ]
    return list(range(found[0], min(found[-1], found[0] + _MOST_YEARS) + 1)) if found else []


def path_text(path: Sequence[str]) -> str:
    """A section's address in one string: "II/3/a"."""
    return "/".join(part.replace("/", "∕") for part in path)


def is_heading(section: Section) -> bool:
    """Whether a title is more than the beginning of the item's own words."""
    return bool(section.children) or section.title.isupper() or len(section.text) < _HEADING


def unlike(own: str | None, known: str | None) -> str | None:
    """What a plan says, where it is not what the corpus knows already."""
    return None if own == known else own


def percent(confidence: float) -> int:
    """A confidence as it is kept."""
    return round(confidence * 100)


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows that fill a table's columns in their order (one of ours: no stranger's name)."""
    every = list(rows)
    if every:
        marks = ", ".join("?" * len(every[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", every)
