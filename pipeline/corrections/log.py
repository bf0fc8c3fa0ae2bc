"""The append-only log in the corpus's file: entries in, entries out.

In: a connection to a corpus and ``Correction`` values.  Out: rows of ``corrections``, and
``Correction`` values of one file's bytes.  Triggers of the table refuse to change or remove a row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from models import Plan
from pipeline.corrections.entries import Conflict, Correction, Place
from pipeline.corrections.laying import Laid, lay_over

_COLUMNS = (
    "id", "sha256", "at", "by", "verdict", "address", "place", "machine", "old", "new", "evidence",
    "why", "undoes", "pipeline",
)  # fmt: skip
_MOST = (1 << 63) - 1
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM corrections"
_CONFLICTS = (
    "SELECT c.plan, c.place, p.record_id, c.code, c.entry, c.address, c.was, c.now"
    " FROM contradictions c JOIN plans p ON p.id = c.plan"
)


def append(connection: sqlite3.Connection, entry: Correction) -> Correction:
    """Write an entry; its ``id`` is given by the log.

    Args:
        connection: inside a transaction.
        entry: its ``id`` is not looked at.

    Returns:
        The entry as it stands in the log.
    """
    values = [
        entry.sha256, entry.at, entry.by, entry.verdict, entry.address,
        _place_json(entry.place), _json(entry.machine), _json(entry.old), _json(entry.new),
        _place_json(entry.evidence), entry.why, entry.undoes, entry.pipeline,
    ]  # fmt: skip
    done = connection.execute(
        f"INSERT INTO corrections ({', '.join(_COLUMNS[1:])})"
        f" VALUES ({', '.join('?' * len(values))})",
        values,
    )
    return replace(entry, id=int(done.lastrowid or 0))


def entries(connection: sqlite3.Connection, sha256: str) -> list[Correction]:
    """All entries about one file, by number."""
    rows = connection.execute(f"{_SELECT} WHERE sha256 = ? ORDER BY id", [sha256])
    return [_entry(row) for row in rows]


def every(
    connection: sqlite3.Connection, *, limit: int | None = None, before: int | None = None
) -> list[Correction]:
    """All entries, by number.

    Args:
        connection: to the corpus.
        limit: only so many, the newest.
        before: only entries with lower numbers.
    """
    rows = connection.execute(
        f"{_SELECT} WHERE id < ? ORDER BY id DESC LIMIT ?",
        [_MOST if before is None else before, -1 if limit is None else limit],
    ).fetchall()
    return [_entry(row) for row in reversed(rows)]


def keep_conflicts(
    connection: sqlite3.Connection, plan: int, conflicts: Sequence[Conflict]
) -> None:
    """Note what a plan's reading contradicts, for ``conflicts``; in the writing transaction."""
    connection.executemany(
        "INSERT INTO contradictions (plan, place, code, entry, address, was, now)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (plan, place, one.code, one.entry, one.address, _json(one.then), _json(one.now))
            for place, one in enumerate(conflicts)
        ],
    )


def conflicts(
    connection: sqlite3.Connection, plan: int | None = None
) -> list[tuple[str, Conflict]]:
    """What the present readings contradict, each with its record's id; by plan."""
    rows = connection.execute(
        f"{_CONFLICTS} WHERE ?1 IS NULL OR c.plan = ?1 ORDER BY c.plan, c.place", [plan]
    )
    return [(record, _conflict(rest)) for _, _, record, *rest in rows]


def conflicts_after(
    connection: sqlite3.Connection, after: tuple[int, int] | None, limit: int
) -> list[tuple[tuple[int, int], str, Conflict]]:
    """The same from a place on, at most ``limit``: the place of each, its record's id, and it.

    Args:
        connection: to the corpus.
        after: place of the last one that was seen; None from the first.
        limit: how many.
    """
    rows = connection.execute(
        f"{_CONFLICTS} WHERE (c.plan, c.place) > (?, ?) ORDER BY c.plan, c.place LIMIT ?",
        [*(after or (-1, -1)), limit],
    )
    return [((plan, place), record, _conflict(rest)) for plan, place, record, *rest in rows]


def laid_over(connection: sqlite3.Connection, plan: Plan) -> Laid:
    """A machine's record with what the log says of its file."""
    return lay_over(plan, entries(connection, plan.source.sha256))


def _conflict(row: Sequence[Any]) -> Conflict:
    code, entry, address, then, now = row
    return Conflict(
        code, entry, address, json.loads(then) if then else None, json.loads(now) if now else None
    )


def _entry(row: tuple[Any, ...]) -> Correction:
    found = dict(zip(_COLUMNS, row, strict=True))
    for name in ("machine", "old", "new"):
        found[name] = json.loads(found[name]) if found[name] else None
    for name in ("place", "evidence"):
        found[name] = Place(**json.loads(found[name])) if found[name] else None
    return Correction(**found)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _place_json(place: Place | None) -> str | None:
    return None if place is None else _json(asdict(place))
