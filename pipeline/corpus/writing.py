"""Plans into the corpus, one transaction each, and out of it.

In: ``models.Plan``.  Out: rows; nothing is read from a clock or the network.

A plan is known by its file's SHA-256: the same bytes under a second name are one plan with two
names, and a record of a newer pipeline takes the older one's place.  Only this plan's rows and
words are touched.  The index keeps no text, so its words are taken out by giving them again: they
are made from the stored text by the same rules, whose version stands in the file.

``plans.record`` is what the machine read.  Rows and words are made from the record with people's
corrections laid over it, which stands in ``corrected`` where the two differ.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from models import Plan
from pipeline.corpus import copies, schema, shared, soundness, spelling
from pipeline.corpus.packing import pack, unpack
from pipeline.corpus.passages import cut, flatten
from pipeline.corpus.plain import shown
from pipeline.corpus.rows import PlanRows
from pipeline.corpus.store import Store, explained
from pipeline.corrections import log
from pipeline.errors import BadRecord, CannotWrite, CorpusBusy

_OPTIMIZE_SHARE = 20


class Outcome(Enum):
    """What adding a plan did."""

    ADDED = "added"
    UPDATED = "updated"
    NAMED = "named"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Added:
    """One plan that was given: its number in the corpus and what became of it."""

    plan: int
    outcome: Outcome


def add(store: Store, plan: Plan) -> Added:
    """Add one plan, or bring it up to date, in one transaction.

    Args:
        store: open for writing.
        plan: the record.

    Returns:
        ADDED, UPDATED (another record of the same bytes took the old one's place), NAMED (known,
        but not under this name) or KNOWN (nothing changed).

    Raises:
        BadRecord: spans that lie outside the record's text.
    """
    with store.transaction() as connection:
        return put(connection, plan)


def add_many(store: Store, plans: Iterable[Plan], *, batch: int = 50) -> Iterator[Added]:
    """Add many plans over one connection; each batch is one transaction.

    Args:
        store: open for writing.
        plans: records, read one at a time.
        batch: plans per transaction; what was yielded is committed.
    """
    left = iter(plans)
    while several := list(islice(left, max(1, batch))):
        with store.transaction() as connection:
            done = [put(connection, plan) for plan in several]
        yield from done


def tidy(store: Store, added: int) -> None:
    """Merge the index's pieces and fill half-empty pages, where a run added enough to be worth it.

    What was added is committed: where another process writes, or the disk has no room for a second
    file, the corpus stays as it is, sound and somewhat larger.

    Args:
        store: open for writing.
        added: how many plans the run wrote.
    """
    total = store.connection.execute("SELECT count(*) FROM plans").fetchone()[0]
    if added * _OPTIMIZE_SHARE < total:
        return
    with suppress(CorpusBusy, CannotWrite), explained(store.path):
        with store.transaction() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
            connection.execute("ANALYZE")
        # Rows that come in order leave an eighth of their pages empty.
        store.connection.execute("VACUUM")
        store.empty_log()


def rebuild(store: Store) -> int:
    """Make the index and all rows anew from the stored records; returns how many plans there are.

    Needed only where the rules of words changed (``spelling.VERSION``).
    """
    with store.transaction() as connection:
        connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        plans = [row[0] for row in connection.execute("SELECT id FROM plans ORDER BY id")]
        for plan in plans:
            refresh(connection, plan, indexed=False)
        connection.execute(
            "UPDATE about SET value = ? WHERE name = 'spelling'", [str(spelling.VERSION)]
        )
    return len(plans)


def put(connection: sqlite3.Connection, plan: Plan, record: bytes | None = None) -> Added:
    """``add``, inside a transaction of the caller's.

    Args:
        connection: inside a transaction.
        plan: the record.
        record: the same, packed; bulk loading lets its workers do that.
    """
    with soundness.kept(plan):
        return _put(connection, plan, pack(plan) if record is None else record)


def _put(connection: sqlite3.Connection, plan: Plan, record: bytes) -> Added:
    name = plan.source.name
    known = connection.execute(
        "SELECT id, record = ? AND text = ? FROM plans WHERE sha256 = ?",
        [record, plan.text, plan.source.sha256],
    ).fetchone()
    if known is None:
        number = _next(connection)
        _insert(connection, number, plan, record)
        _name(connection, number, name)
        return Added(number, Outcome.ADDED)
    number, same = known
    if plan.checks and not same:
        raise BadRecord(
            f"the record {shown(plan.id)} holds people's corrections, not what was read.",
            next_step="Bring corrections in with kehoach correct.",
        )
    # The name is part of the record, so a second name alone must not count as another record.
    if not same:
        old = machine_record(connection, number)
        renamed = old.model_copy(
            update={"source": old.source.model_copy(update={"name": plan.source.name})}
        )
        same = renamed == plan
    if same:
        outcome = Outcome.NAMED if _name(connection, number, name) else Outcome.KNOWN
        return Added(number, outcome)
    _replace(connection, number, plan, record, name)
    return Added(number, Outcome.UPDATED)


def machine_record(connection: sqlite3.Connection, number: int) -> Plan:
    """A plan's record as it was read, without corrections; ``number`` is one of the corpus."""
    return unpack(
        *connection.execute("SELECT record, text FROM plans WHERE id = ?", [number]).fetchone()
    )


def refresh(connection: sqlite3.Connection, number: int, *, indexed: bool = True) -> None:
    """Make a plan's rows and words anew from its record and the log of corrections.

    Args:
        connection: inside a transaction.
        number: the plan's number in the corpus, which it keeps.
        indexed: False where its words are not in the index.
    """
    record, text = connection.execute(
        "SELECT record, text FROM plans WHERE id = ?", [number]
    ).fetchone()
    _replace(connection, number, unpack(record, text), record, indexed=indexed)


def _replace(
    connection: sqlite3.Connection,
    number: int,
    plan: Plan,
    record: bytes,
    *names: str,
    indexed: bool = True,
) -> None:
    kept = [
        row[0] for row in connection.execute("SELECT name FROM sources WHERE plan = ?", [number])
    ]
    remove(connection, number, indexed=indexed)
    _insert(connection, number, plan, record)
    for each in (*kept, *names):
        _name(connection, number, each)


def _next(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM plans").fetchone()[0])


def _name(connection: sqlite3.Connection, plan: int, name: str) -> bool:
    done = connection.execute("INSERT OR IGNORE INTO sources VALUES (?, ?)", [plan, name])
    return done.rowcount > 0


def remove(connection: sqlite3.Connection, plan: int, *, indexed: bool = True) -> None:
    """Take a plan out, inside a transaction of the caller's; ``indexed`` as in ``refresh``."""
    found = connection.execute("SELECT text FROM plans WHERE id = ?", [plan]).fetchone()
    if found is None:
        return
    if indexed:
        rows = connection.execute(
            "SELECT id, start, end FROM passages WHERE plan = ?", [plan]
        ).fetchall()
        connection.executemany(
            "INSERT INTO words (words, rowid, line) VALUES ('delete', ?, ?)",
            [(row, spelling.indexed(found[0][start:end])) for row, start, end in rows],
        )
    named = shared.of_plan(connection, plan)
    for table in schema.OF_A_PLAN:
        connection.execute(f"DELETE FROM {table} WHERE plan = ?", [plan])
    connection.execute("DELETE FROM plans WHERE id = ?", [plan])
    shared.forget(connection, *named)


def _insert(connection: sqlite3.Connection, number: int, machine: Plan, record: bytes) -> None:
    laid = log.laid_over(connection, machine)
    plan = laid.plan
    sections = flatten(plan.sections)
    found = cut(plan, sections)
    soundness.check(plan, found)
    rows = PlanRows(number, plan, sections, found)
    rows.write(connection, record)
    if plan is not machine:
        connection.execute("INSERT INTO corrected VALUES (?, ?)", [number, pack(plan)])
    log.keep_conflicts(connection, number, laid.conflicts)
    words = [spelling.indexed_and_key(plan.text[one.start : one.end]) for one in found]
    connection.executemany(
        "INSERT INTO words (rowid, line) VALUES (?, ?)",
        [(number * schema.PLACES + place, line) for place, (line, _) in enumerate(words)],
    )
    copies.link(connection, number, [key for _, key in words])
