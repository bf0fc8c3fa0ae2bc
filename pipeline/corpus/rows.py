"""One plan as rows: which part of the record goes into which table.

In: a plan, its sections and passages, its number.  Out: rows, written in one go.  Every value that
was read keeps its span and is tied to the passage it starts in.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence

from models import Plan, Reference, Section, Span
from pipeline.corpus import documents, names, schema, spelling
from pipeline.corpus.passages import FlatSection, Passage, place_of

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
        self._plan(connection, record)
        self._pages(connection)
        self._passages(connection)
        bodies = self._agencies(connection)
        deadlines = self._deadlines(connection)
        targets = self._targets(connection)
        citations = self._citations(connection)
        self._tasks(connection, bodies, deadlines, targets, citations)
        many(
            connection,
            "warnings (plan, code, message, start, end, page)",
            (
                (
                    self.number,
                    warning.code,
                    warning.message,
                    warning.span.start if warning.span else None,
                    warning.span.end if warning.span else None,
                    warning.page,
                )
                for warning in self.plan.warnings
            ),
        )

    def _passage(self, span: Span) -> int:
        place = place_of(self.passages, self.starts, span.start)
        return self.number * schema.PLACES + place

    def _plan(self, connection: sqlite3.Connection, record: bytes) -> None:
        plan, header, source = self.plan, self.plan.header, self.plan.source
        issuer = header.issuer.canonical if header.issuer else None
        province, signer = header.province, header.signer
        many(
            connection,
            "plans (id, record_id, sha256, kind, kind_name, number, number_key, symbol, issued_on,"
            " place, issuer, issuer_key, title, title_key, plan_period, province, province_code,"
            " province_now, province_now_code, signer, signer_position, media_type, bytes,"
            " schema_version, pipeline, text, record)",
            [
                (
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
                    spelling.key(header.title) if header.title else None,
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
            ],
        )
        years = covered_years(header.plan_period, header.issued_on)
        many(connection, "plan_years (plan, year)", ((self.number, year) for year in years))

    def _pages(self, connection: sqlite3.Connection) -> None:
        pages = {page.number: page for page in self.plan.source.pages}
        many(
            connection,
            "pages (plan, number, width, height, read_by, confidence, warnings)",
            (
                (
                    self.number,
                    page.number,
                    page.width,
                    page.height,
                    page.read_by,
                    page.confidence,
                    " ".join(page.warnings) or None,
                )
                for page in pages.values()
            ),
        )

    def _passages(self, connection: sqlite3.Connection) -> None:
        first = following(connection, "sections")
        base = self.number * schema.PLACES
        rows = []
        for index, flat in enumerate(self.sections):
            section = flat.section
            span = section.span
            held = [
                place_of(self.passages, self.starts, at)
                for at in (span.start, max(span.start, span.end - 1))
            ]
            rows.append(
                (
                    first + index,
                    self.number,
                    None if flat.parent is None else first + flat.parent,
                    path_text(section.path),
                    section.title if is_heading(section) else None,
                    spelling.key(section.title) if is_heading(section) else None,
                    span.start,
                    span.end,
                    section.page or span.page,
                    section.confidence,
                    base + held[0],
                    base + held[1],
                )
            )
        many(
            connection,
            "sections (id, plan, parent, path, heading, heading_key, start, end, page,"
            " confidence, first_passage, last_passage)",
            rows,
        )
        many(
            connection,
            "passages (id, plan, kind, section, start, end, page, boxes)",
            (
                (
                    base + place,
                    self.number,
                    one.kind,
                    None if one.section is None else first + one.section,
                    one.start,
                    one.end,
                    one.page,
                    json.dumps(one.boxes) if one.boxes else None,
                )
                for place, one in enumerate(self.passages)
            ),
        )

    def _agencies(self, connection: sqlite3.Connection) -> dict[str, int]:
        """Agencies and where they are named; returns the record's ids with the bodies' numbers."""
        bodies = {
            agency.id: body(connection, agency.canonical) for agency in reversed(self.plan.agencies)
        }
        known = (
            dict(
                connection.execute(
                    f"SELECT id, name FROM bodies WHERE id IN ({', '.join('?' * len(bodies))})",
                    list(bodies.values()),
                ).fetchall()
            )
            if len(bodies) < 900
            else {}
        )
        many(
            connection,
            "agencies (plan, body, local_id, name, canonical, kind, level, province_code, parent,"
            " successors, confidence)",
            (
                (
                    self.number,
                    bodies[agency.id],
                    agency.id,
                    agency.name if agency.name != agency.canonical else None,
                    agency.canonical if agency.canonical != known.get(bodies[agency.id]) else None,
                    agency.kind,
                    agency.level,
                    agency.province,
                    agency.parent,
                    "; ".join(agency.successor) or None,
                    agency.confidence,
                )
                for agency in self.plan.agencies
            ),
        )
        many(
            connection,
            "mentions (body, passage, start, end)",
            {
                (bodies[agency.id], self._passage(span), span.start, span.end)
                for agency in self.plan.agencies
                for span in agency.mentions
            },
        )
        return bodies

    def _deadlines(self, connection: sqlite3.Connection) -> list[int]:
        first = following(connection, "deadlines")
        found = list(enumerate(self.plan.deadlines, first))
        many(
            connection,
            "deadlines (id, passage, text, kind, value, earliest, latest, relation,"
            " recurrence, anchor, year_from, quota_comparator, quota_count, quota_unit, quota_per,"
            " start, end, confidence)",
            (
                (
                    number,
                    self._passage(one.span),
                    one.text,
                    one.kind,
                    one.value,
                    one.earliest,
                    one.latest,
                    one.relation,
                    one.recurrence,
                    one.anchor,
                    one.year_from,
                    *(
                        (one.quota.comparator, one.quota.count, one.quota.unit, one.quota.per)
                        if one.quota
                        else (None, None, None, None)
                    ),
                    one.span.start,
                    one.span.end,
                    one.confidence,
                )
                for number, one in found
            ),
        )
        return [number for number, _ in found]

    def _targets(self, connection: sqlite3.Connection) -> list[int]:
        first = following(connection, "targets")
        found = list(enumerate(self.plan.targets, first))
        many(
            connection,
            "targets (id, passage, text, value, value_max, unit, comparator, per, subject,"
            " start, end, confidence)",
            (
                (
                    number,
                    self._passage(one.span),
                    one.text,
                    one.value,
                    one.value_max,
                    one.unit,
                    one.comparator,
                    one.per,
                    one.subject,
                    one.span.start,
                    one.span.end,
                    one.confidence,
                )
                for number, one in found
            ),
        )
        return [number for number, _ in found]

    def _citations(self, connection: sqlite3.Connection) -> list[int]:
        """Full references first, so that an index of the record is a place in what is returned."""
        first = following(connection, "citations")
        both = [*self.plan.references, *self.plan.short_references]
        full = len(self.plan.references)
        rows: list[Row] = []
        for place, one in enumerate(both):
            target = one.refers_to if isinstance(one.refers_to, int) else None
            inside = target is not None and 0 <= target < full and target != place
            rows.append(
                (
                    first + place,
                    self._passage(one.span),
                    document(connection, one),
                    first + target if inside and target is not None else None,
                    one.refers_to == "self",
                    place >= full,
                    one.text,
                    one.kind,
                    one.number,
                    one.name,
                    one.date,
                    one.issuer,
                    one.role,
                    one.pinpoint,
                    one.span.start,
                    one.span.end,
                    one.confidence,
                )
            )
        # A citation may refer to a later one: all exist before the links are set.
        many(
            connection,
            "citations (id, passage, document, refers_to, is_self, is_short, text, kind,"
            " number, name, date, issuer, role, pinpoint, start, end, confidence)",
            ((*row[:3], None, *row[4:]) for row in rows),
        )
        connection.executemany(
            "UPDATE citations SET refers_to = ? WHERE id = ?",
            [(row[3], row[0]) for row in rows if row[3] is not None],
        )
        # What only points elsewhere in the plan means the document that is named there.
        connection.execute(
            "UPDATE citations SET document = (SELECT o.document FROM citations o"
            " WHERE o.id = citations.refers_to)"
            " WHERE passage BETWEEN ? AND ? AND document IS NULL AND refers_to IS NOT NULL",
            schema.passages_of(self.number),
        )
        return [first + place for place in range(full)]

    def _tasks(
        self,
        connection: sqlite3.Connection,
        bodies: dict[str, int],
        deadlines: list[int],
        targets: list[int],
        citations: list[int],
    ) -> None:
        first = following(connection, "tasks")
        found = list(enumerate(self.plan.tasks, first))
        many(
            connection,
            "tasks (id, passage, local_id, section_path, start, end, from_table, outputs)",
            (
                (
                    number,
                    self._passage(task.span),
                    task.id,
                    path_text(task.section),
                    task.span.start,
                    task.span.end,
                    task.from_table,
                    "; ".join(task.outputs) or None,
                )
                for number, task in found
            ),
        )
        many(
            connection,
            "assignments (task, passage, body, role, start, end, confidence)",
            (
                (
                    number,
                    self._passage(task.span),
                    bodies[one.agency_id]
                    if one.agency_id in bodies
                    else body(connection, one.agency),
                    one.role,
                    one.span.start,
                    one.span.end,
                    one.confidence,
                )
                for number, task in found
                for one in task.assignments
            ),
        )
        links = {
            (number, deadlines[place]): inherited
            for number, task in found
            for inherited, places in ((1, task.inherited_deadlines), (0, task.deadlines))
            for place in places
            if 0 <= place < len(deadlines)
        }
        many(
            connection,
            "task_deadlines (task, deadline, inherited)",
            ((task, deadline, inherited) for (task, deadline), inherited in links.items()),
        )
        many(
            connection,
            "task_targets (task, target)",
            {(n, targets[p]) for n, t in found for p in t.targets if 0 <= p < len(targets)},
        )
        many(
            connection,
            "task_citations (task, citation)",
            {(n, citations[p]) for n, t in found for p in t.references if 0 <= p < len(citations)},
        )


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


def body(connection: sqlite3.Connection, name: str) -> int:
    """The number of a body by its name, the same in all plans; made known where it is new."""
    key = names.agency_key(name)
    row = connection.execute("SELECT id FROM bodies WHERE key = ?", [key]).fetchone()
    if row:
        return int(row[0])
    done = connection.execute("INSERT INTO bodies (key, name) VALUES (?, ?)", [key, name])
    return int(done.lastrowid or 0)


def document(connection: sqlite3.Connection, reference: Reference) -> int | None:
    """The number of the cited document, which is made known where it is new."""
    found = documents.identity(reference)
    if found is None:
        return None
    row = connection.execute("SELECT id FROM documents WHERE key = ?", [found.key]).fetchone()
    if row:
        return int(row[0])
    number = following(connection, "documents")
    many(
        connection,
        "documents (id, key, family, year, kind, number, number_key, name, name_key, place,"
        " issuer)",
        [
            (
                number,
                found.key,
                found.family,
                found.year,
                reference.kind,
                (reference.canonical_number or reference.number) if found.number_key else None,
                found.number_key,
                reference.name,
                found.name_key,
                found.place or None,
                reference.issuer,
            )
        ],
    )
    return number


def following(connection: sqlite3.Connection, table: str) -> int:
    """The first free number of a table (one of ours: the name is never a stranger's)."""
    row = connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()
    return int(row[0])


def many(connection: sqlite3.Connection, into: str, rows: Iterable[Row]) -> None:
    """Insert rows; ``into`` is "table (column, …)" as written in this file."""
    marks = ", ".join("?" * (into.count(",") + 1))
    connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)
