"""Do corpus, records, ledger and sources say the same, and what can be mended.

In: an open corpus and a folder of records.  Out: differences, each with a code.  Four places hold
what a run did; a disk, a person or a restore from backup may change one of them alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models import Plan
from pipeline.corpus import writing
from pipeline.corpus.packing import NotPacked, unpack
from pipeline.corpus.plain import shown
from pipeline.corpus.store import Store, faults
from pipeline.errors import BadRecord, KehoachError
from pipeline.ingest import sources
from pipeline.ingest.coordinator import READINGS, write_record
from pipeline.revision import revision

Code = Literal[
    "corpus-damaged",
    "record-missing",
    "record-unreadable",
    "record-differs",
    "record-orphaned",
    "plan-missing",
    "source-missing",
    "source-changed",
    "interrupted",
    "stale",
]

MEANINGS: dict[Code, str] = {
    "corpus-damaged": "SQLite finds a fault in the corpus file",
    "record-missing": "the corpus has the plan, the folder has no record of it",
    "record-unreadable": "the record's file is no record",
    "record-differs": "the record's file differs from what the corpus holds",
    "record-orphaned": "a record that the corpus does not know",
    "plan-missing": "the ledger says done, the corpus has no such plan",
    "source-missing": "the file that a plan was read from is not there",
    "source-changed": "the file that a plan was read from holds other bytes now",
    "interrupted": "a run was ended before this file was done",
    "stale": "the record was made by another revision of the program",
}
MENDED: frozenset[Code] = frozenset(
    ("record-missing", "record-unreadable", "record-differs", "record-orphaned", "plan-missing")
)
"""What ``repair`` mends; the rest needs ``kehoach ingest`` or a person."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two of them disagree."""

    code: Code
    where: str
    repaired: bool = False

    def line(self) -> str:
        """For people and logs."""
        done = " (repaired)" if self.repaired else ""
        return f"{self.code}: {shown(self.where)}: {MEANINGS[self.code]}{done}."


def verify(
    store: Store, extracted: Path, *, repair: bool = False, deep: bool = False
) -> Iterator[Difference]:
    """Compare the four.

    Args:
        store: the corpus; open for writing (SQLite checks its index only then).
        extracted: the folder of records.
        repair: mend what can be mended without reading a plan again: the corpus wins over a
            record's file, a record's file over nothing.
        deep: read every source again and compare its bytes, not only size and time.
    """
    for fault in faults(store):
        yield Difference("corpus-damaged", fault)
    yield from _records(store, extracted, repair)
    yield from _orphans(store, extracted, repair)
    yield from _ledger(store, repair)
    yield from _sources(store, deep)


def _records(store: Store, extracted: Path, repair: bool) -> Iterator[Difference]:
    plans = store.connection.execute("SELECT id, record_id FROM plans ORDER BY id").fetchall()
    for number, record_id in plans:
        path = extracted / f"{record_id}.json"
        packed = store.connection.execute(
            "SELECT record, text FROM plans WHERE id = ?", [number]
        ).fetchone()
        try:
            kept = unpack(*packed)
        except NotPacked as error:
            yield Difference("corpus-damaged", f"{record_id}: {error}")
            continue
        code: Code
        try:
            found = _record(path)
        except FileNotFoundError:
            code = "record-missing"
        except BadRecord:
            code = "record-unreadable"
        else:
            if _nameless(found) == _nameless(kept):
                continue
            code = "record-differs"
        if repair:
            write_record(path, kept.to_json().encode())
        yield Difference(code, str(path), repair)


def _orphans(store: Store, extracted: Path, repair: bool) -> Iterator[Difference]:
    known = "SELECT 1 FROM plans WHERE record_id = ?"
    for path in sorted(extracted.rglob("*.json")):
        if READINGS in path.parts or path.name.startswith("."):
            continue
        if store.connection.execute(known, [path.stem]).fetchone():
            continue
        try:
            plan = _record(path)
        except (BadRecord, FileNotFoundError):
            yield Difference("record-unreadable", str(path))
            continue
        if store.connection.execute(known, [plan.id]).fetchone():
            continue  # under another name, as kehoach extract gives it
        if repair:
            try:
                with store.transaction() as connection:
                    writing.put(connection, plan)
            except BadRecord:
                yield Difference("record-unreadable", str(path))
                continue
        yield Difference("record-orphaned", str(path), repair)


def _ledger(store: Store, repair: bool) -> Iterator[Difference]:
    latest = " AND l.run = (SELECT max(m.run) FROM ledger m WHERE m.sha256 = l.sha256)"
    uri = "(SELECT min(uri) FROM files f WHERE f.sha256 = l.sha256)"
    lost = store.connection.execute(
        f"SELECT l.sha256, coalesce({uri}, l.sha256) FROM ledger l"
        " WHERE l.state IN ('done', 'partial') AND NOT EXISTS"
        " (SELECT 1 FROM plans p WHERE p.sha256 = l.sha256)" + latest
    ).fetchall()
    for sha256, where in lost:
        if repair:  # the next ingest reads it again
            with store.transaction() as connection:
                connection.execute("DELETE FROM ledger WHERE sha256 = ?", [sha256])
        yield Difference("plan-missing", where, repair)
    for (where,) in store.connection.execute(
        f"SELECT coalesce({uri}, l.sha256) FROM ledger l"
        " WHERE l.state IN ('waiting', 'running')" + latest
    ).fetchall():
        yield Difference("interrupted", where)
    for (where,) in store.connection.execute(
        f"SELECT coalesce({uri}, l.sha256) FROM ledger l"
        " WHERE l.state IN ('done', 'partial') AND l.revision <> ?" + latest,
        [revision()],
    ).fetchall():
        yield Difference("stale", where)


def _sources(store: Store, deep: bool) -> Iterator[Difference]:
    rows = store.connection.execute(
        "SELECT f.uri, f.sha256, f.bytes, f.mark FROM files f"
        " JOIN plans p ON p.sha256 = f.sha256 ORDER BY f.uri"
    ).fetchall()
    for uri, sha256, size, mark in rows:
        if deep:
            try:
                same = hashlib.sha256(sources.load(uri)).hexdigest() == sha256
            except KehoachError:
                yield Difference("source-missing", uri)
                continue
        elif "://" in uri:
            continue  # a store is only asked when everything is read again
        else:
            try:
                status = Path(uri).stat()
            except OSError:
                yield Difference("source-missing", uri)
                continue
            same = (status.st_size, str(status.st_mtime_ns)) == (size, mark)
        if not same:
            yield Difference("source-changed", uri)


def _record(path: Path) -> Plan:
    try:
        return Plan.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise BadRecord(f"{path} is no record.") from error


def _nameless(plan: Plan) -> Plan:
    """Without the file's name: the same bytes may have several."""
    return plan.model_copy(update={"source": plan.source.model_copy(update={"name": ""})})
