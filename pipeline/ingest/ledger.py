"""What became of every file: one row per content and revision, in the corpus's own file.

In: files that were found, results that came back.  Out: the queue of what is left to do, counts,
and what failed.  The ledger and the plan are written in one transaction, so that a run may be
killed at any moment: what is not done is found waiting by the next one, each plan exactly once.

States: ``waiting`` → ``running`` → ``done``, ``partial`` (a page is missing), ``failed`` (the same
file would fail the same way again) or ``quarantined`` (it hung, crashed or ate memory as often as
``KEHOACH_MAX_ATTEMPTS``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from models import Plan
from pipeline.corpus.store import Store
from pipeline.ingest.job import Job, Result
from pipeline.ingest.sources import Source
from pipeline.ingest.work import LOST
from pipeline.revision import revision
from pipeline.settings import settings

State = Literal["waiting", "running", "done", "partial", "failed", "quarantined"]
GOOD: tuple[State, ...] = ("done", "partial")
BAD: tuple[State, ...] = ("failed", "quarantined")

_DRAWN_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that has no record, and what to do about it."""

    uri: str
    state: State
    stage: str
    code: str
    message: str
    next_step: str
    attempts: int
    when: str


class Ledger:
    """The ledger of one run.

    Args:
        store: the corpus, open for writing.
        runner: what does the work, for the rows.
    """

    def __init__(self, store: Store, runner: str) -> None:
        self._store = store
        self._runner = runner
        self.revision = revision()
        self._drawn: list[Job] = []
        # Nobody else runs (the coordinator holds a lock): what runs was interrupted.
        self.release()
        self.run = 1 + max(
            store.connection.execute(f"SELECT coalesce(max(run), 0) FROM {table}").fetchone()[0]
            for table in ("files", "ledger")
        )

    def known(self, source: Source) -> str | None:
        """The hash of a file that did not change since an earlier run, by size and mark."""
        if source.mark is None:
            return None
        row = self._store.connection.execute(
            "SELECT sha256 FROM files WHERE uri = ? AND bytes = ? AND mark = ?",
            [source.uri, source.bytes, source.mark],
        ).fetchone()
        return str(row[0]) if row else None

    def found(self, files: Iterable[tuple[Source, str]], *, retry_failed: bool) -> None:
        """Note files of this run and queue what has no outcome yet.

        Args:
            files: each with its hash.
            retry_failed: queue failures too.
        """
        run, today = self.run, self.revision
        files = list(files)
        if not files:
            return
        with self._store.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO files (uri, name, sha256, bytes, mark, run)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(f.uri, f.name, sha256, f.bytes, f.mark, run) for f, sha256 in files],
            )
            connection.executemany(
                "INSERT INTO ledger (sha256, revision, state, run, bytes)"
                " VALUES (?, ?, 'waiting', ?, ?)"
                " ON CONFLICT (sha256, revision) DO UPDATE SET run = excluded.run,"
                " state = CASE WHEN ? AND state IN ('failed', 'quarantined') THEN 'waiting'"
                " ELSE state END,"
                " attempts = CASE WHEN ? AND state IN ('failed', 'quarantined') THEN 0"
                " ELSE attempts END",
                [(sha256, today, run, f.bytes, retry_failed, retry_failed) for f, sha256 in files],
            )
            # What a person took out comes back as long as its file is there.
            connection.execute(
                "UPDATE ledger SET state = 'waiting', attempts = 0 WHERE run = ? AND revision = ?"
                " AND state IN ('done', 'partial') AND NOT EXISTS"
                " (SELECT 1 FROM plans WHERE plans.sha256 = ledger.sha256)",
                [run, today],
            )
            # A second name of bytes that are in the corpus already.
            connection.executemany(
                "INSERT OR IGNORE INTO sources (plan, name) SELECT id, ? FROM plans"
                " WHERE sha256 = ?",
                [(f.name, sha256) for f, sha256 in files],
            )

    def unreadable(self, source: Source, key: str, result: Result) -> None:
        """Note a file whose bytes nobody could read, under a key made from its address."""
        with self._store.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, NULL, ?)",
                [source.uri, source.name, key, source.bytes, self.run],
            )
            connection.execute(
                "INSERT OR REPLACE INTO ledger (sha256, revision, state, run, bytes)"
                " VALUES (?, ?, 'waiting', ?, ?)",
                [key, self.revision, self.run, source.bytes],
            )
            self._failed(connection, Job(source.uri, source.name, key, self.revision), result)

    def waiting(self) -> int:
        """How many of this run's files wait or run."""
        return self._count(("waiting", "running"))

    def draw(self, readings: str | None) -> Job | None:
        """The next file to do, the largest first: a long scan begun last would keep one core busy
        when all the others are done."""
        if not self._drawn:
            self._drawn = list(self._draw(readings))
        return self._drawn.pop(0) if self._drawn else None

    def _draw(self, readings: str | None) -> Iterator[Job]:
        with self._store.transaction() as connection:
            rows = connection.execute(
                "SELECT sha256, attempts, bytes FROM ledger"
                " WHERE state = 'waiting' AND revision = ? AND run = ?"
                " ORDER BY bytes DESC LIMIT ?",
                [self.revision, self.run, _DRAWN_AT_ONCE],
            ).fetchall()
            for sha256, attempts, size in rows:
                uri, name = connection.execute(
                    "SELECT uri, name FROM files WHERE sha256 = ? AND run = ? ORDER BY uri LIMIT 1",
                    [sha256, self.run],
                ).fetchone()
                yield Job(uri, name, sha256, self.revision, readings, attempts + 1, size)
            connection.executemany(
                "UPDATE ledger SET state = 'running', runner = ?, started = ?"
                " WHERE sha256 = ? AND revision = ?",
                [(self._runner, _now(), sha256, self.revision) for sha256, *_ in rows],
            )

    def done(self, connection: sqlite3.Connection, job: Job, result: Result, plan: Plan) -> State:
        """Note a record, inside the transaction that puts its plan into the corpus."""
        lost = sum(warning.code in LOST for warning in plan.warnings)
        pages = plan.source.pages
        facts: dict[str, Any] = {
            "record_id": plan.id,
            "media_type": plan.source.media_type,
            "pages": len(pages),
            "pages_ocr": sum(page.read_by == "ocr" for page in pages),
            "pages_lost": lost,
            "characters": len(plan.text),
            "warnings": len(plan.warnings),
            "confidence": min((page.confidence for page in pages), default=None),
            "stage": None,
            "code": None,
            "message": None,
            "next_step": None,
        }
        state: State = "partial" if lost else "done"
        self._end(connection, job, result, state, facts)
        connection.executemany(
            "INSERT OR IGNORE INTO sources (plan, name) SELECT id, ? FROM plans WHERE sha256 = ?",
            [
                (name, job.sha256)
                for (name,) in connection.execute(
                    "SELECT name FROM files WHERE sha256 = ?", [job.sha256]
                ).fetchall()
            ],
        )
        return state

    def failed(self, job: Job, result: Result) -> State:
        """Note a failure; the file waits again where another try may help."""
        with self._store.transaction() as connection:
            return self._failed(connection, job, result)

    def _failed(self, connection: sqlite3.Connection, job: Job, result: Result) -> State:
        state: State = "failed"
        if result.retry:
            state = "quarantined" if job.attempt >= settings().max_attempts else "waiting"
        facts = {
            "stage": result.stage,
            "code": result.code,
            "message": result.message,
            "next_step": result.next_step,
        }
        self._end(connection, job, result, state, facts)
        return state

    def _end(
        self,
        connection: sqlite3.Connection,
        job: Job,
        result: Result,
        state: State,
        facts: dict[str, Any],
    ) -> None:
        facts = {
            "state": state,
            "attempts": job.attempt,
            "read_seconds": result.read_seconds,
            "extract_seconds": result.extract_seconds,
            "peak_memory": result.peak_memory,
            "kept": result.kept,
            "finished": _now(),
            **facts,
        }
        changes = ", ".join(f"{name} = ?" for name in facts)
        connection.execute(
            f"UPDATE ledger SET {changes} WHERE sha256 = ? AND revision = ?",
            [*facts.values(), job.sha256, job.revision],
        )

    def release(self) -> None:
        """Put back what was drawn and has no outcome.

        A look into a watched folder that finds nothing changes nothing: every transaction counts
        as a change of the corpus, after which the pages count everything anew.
        """
        self._drawn = []
        running = "SELECT 1 FROM ledger WHERE state = 'running' LIMIT 1"
        if self._store.connection.execute(running).fetchone():
            with self._store.transaction() as connection:
                connection.execute("UPDATE ledger SET state = 'waiting' WHERE state = 'running'")

    def counts(self) -> dict[State, int]:
        """This run's files by state; one with several names counts once."""
        return dict(
            self._store.connection.execute(
                "SELECT state, count(*) FROM ledger WHERE run = ? AND revision = ? GROUP BY state",
                [self.run, self.revision],
            ).fetchall()
        )

    def _count(self, states: tuple[State, ...]) -> int:
        counts = self.counts()
        return sum(counts.get(state, 0) for state in states)


def failures(store: Store) -> list[Failure]:
    """Every file that has no record, by address."""
    rows = store.connection.execute(
        "SELECT uri, state, stage, code, message, next_step, attempts, finished"
        " FROM read_failures ORDER BY uri"
    ).fetchall()
    return [Failure(*row) for row in rows]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
