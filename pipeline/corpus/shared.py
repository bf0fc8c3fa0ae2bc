"""What several plans share: bodies and cited documents, one row each in the whole corpus.

In: names and references of a record.  Out: their numbers, made known where they are new; and their
end, when the last plan that names them leaves.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from models import Reference
from pipeline.corpus import documents, names

Number = tuple[int]  # of a row, as SQLite hands it out and takes it


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the corpus knows it: what a plan says alike is not kept with the plan."""

    id: int
    name: str
    kind: str | None
    level: str | None


def body(
    connection: sqlite3.Connection, name: str, kind: str | None = None, level: str | None = None
) -> Body:
    """A body by its name, the same in all plans; a new one gets this kind and level."""
    key = names.agency_key(name)
    row = connection.execute(
        "SELECT id, name, kind, level FROM bodies WHERE key = ?", [key]
    ).fetchone()
    if row:
        return Body(*row)
    done = connection.execute(
        "INSERT INTO bodies (key, name, kind, level) VALUES (?, ?, ?, ?)", [key, name, kind, level]
    )
    return Body(int(done.lastrowid or 0), name, kind, level)


@dataclass(frozen=True, slots=True)
class Document:
    """A cited document as the corpus knows it."""

    id: int
    kind: str | None
    number: str | None
    name: str | None
    issuer: str | None


def document(connection: sqlite3.Connection, reference: Reference) -> Document | None:
    """The cited document; None for a short form."""
    found = documents.identity(reference)
    if found is None:
        return None
    row = connection.execute(
        "SELECT id, kind, number, name, issuer FROM documents WHERE family = ? AND year = ?",
        [found.family, found.year],
    ).fetchone()
    if row:
        return Document(*row)
    number = (reference.canonical_number or reference.number) if found.number_key else None
    done = connection.execute(
        "INSERT INTO documents (family, year, kind, number, number_key, name, name_key, place,"
        " issuer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            found.family, found.year, reference.kind, number, found.number_key, reference.name,
            found.name_key, found.place or None, reference.issuer,
        ],
    )  # fmt: skip
    place = int(done.lastrowid or 0)
    return Document(place, reference.kind, number, reference.name, reference.issuer)


def of_plan(connection: sqlite3.Connection, plan: int) -> tuple[list[Number], list[Number]]:
    """The documents and the bodies that a plan names."""
    return (
        connection.execute(
            "SELECT DISTINCT document FROM citations WHERE plan = ? AND document IS NOT NULL",
            [plan],
        ).fetchall(),
        connection.execute(
            "SELECT body FROM agencies WHERE plan = ?1"
            " UNION SELECT body FROM assignments WHERE plan = ?1",
            [plan],
        ).fetchall(),
    )


def forget(connection: sqlite3.Connection, documents: list[Number], bodies: list[Number]) -> None:
    """Take out those of them that no plan names any more."""
    connection.executemany(
        "DELETE FROM documents WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM citations WHERE document = documents.id)",
        documents,
    )
    connection.executemany(
        "DELETE FROM bodies WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM agencies WHERE body = bodies.id)"
        " AND NOT EXISTS (SELECT 1 FROM assignments WHERE body = bodies.id)",
        bodies,
    )
