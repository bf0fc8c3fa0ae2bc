"""One run: look for files, have them read, keep the books.

In: paths and a runner.  Out: record files, the corpus, the ledger, and a ``Summary``.

The coordinator alone writes: workers hand records back, so that a cluster needs no shared disk for
them and two workers never meet at a file.  A record's file comes first, written whole or not at
all; then one transaction puts plan and ledger row into the corpus.  A run killed between the two
reads that file once more and writes the same bytes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from models import Plan
from pipeline.corpus import writing
from pipeline.corpus.packing import unpack
from pipeline.corpus.store import Store, explained
from pipeline.errors import BadRecord, CannotWrite, IngestBusy, KehoachError
from pipeline.files import write_whole
from pipeline.ingest import sources
from pipeline.ingest.job import Job, Result
from pipeline.ingest.ledger import BAD, GOOD, Ledger, State
from pipeline.ingest.progress import Progress
from pipeline.ingest.runners import Runner
from pipeline.ingest.sources import Source, Walk
from pipeline.ingest.stopping import later
from pipeline.ingest.work import failure

READINGS = ".readings"
_FILES_PER_TRANSACTION = 500
_PLANS_PER_TRANSACTION = 32
_SECONDS_PER_TRANSACTION = 1.0
_NAMED = 5  # files that the summary names


@dataclass(frozen=True, slots=True)
class Note:
    """One file in the summary."""

    uri: str
    seconds: float
    pages: int
    warnings: int
    confidence: float


@dataclass
class Summary:
    """What a run did.

    Attributes:
        states: this run's contents by outcome, those of earlier runs included.
        worked: contents that were worked on in this run.
        tried_again: tries that came to nothing and were followed by another.
        files: names found; ``passed`` counts what a walk passed over, by reason.
        pages, ocr_pages, kept: pages read, by OCR, and documents whose pages were kept from before.
        restored: record files that were missing and were written again from the corpus.
        copies: plans that were linked as copies.
        slowest, worst: a few files to look at.
        stopped: whether somebody ended the run before it was done.
    """

    states: dict[State, int] = field(default_factory=dict)
    worked: int = 0
    tried_again: int = 0
    files: int = 0
    passed: dict[str, int] = field(default_factory=dict)
    pages: int = 0
    ocr_pages: int = 0
    kept: int = 0
    restored: int = 0
    copies: int = 0
    plans: int = 0
    seconds: float = 0.0
    slowest: list[Note] = field(default_factory=list)
    worst: list[Note] = field(default_factory=list)
    stopped: bool = False

    def count(self, *states: State) -> int:
        """Contents with one of these outcomes."""
        return sum(self.states.get(state, 0) for state in states)

    @property
    def good(self) -> int:
        """Contents that have a record."""
        return self.count(*GOOD)

    @property
    def bad(self) -> int:
        """Contents that have none."""
        return self.count(*BAD)

    @property
    def left(self) -> int:
        """Contents that still wait."""
        return self.count("waiting", "running")


@contextmanager
def alone(corpus: Path) -> Iterator[None]:
    """Hold the corpus for one ingest; the lock goes with its process.

    Raises:
        IngestBusy: another one holds it.
        CannotWrite: there is no place for the lock.
    """
    path = corpus.with_name(corpus.name + "-ingest")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotWrite(
            f"{path} cannot be written: {error.strerror}.",
            next_step="Name another corpus with --corpus FILE.",
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever held it until now took the file away: the next one would lock another file.
            held = os.path.samestat(path.stat(), os.fstat(descriptor))
        except OSError:
            held = False
        if not held:
            raise IngestBusy(f"another ingest writes {corpus}.")
        yield
        with contextlib.suppress(OSError):
            path.unlink()
    finally:
        os.close(descriptor)


def write_record(path: Path, data: bytes) -> None:
    """Write a record's file, whole or not at all.

    Raises:
        CannotWrite: the disk is full, for example.
    """
    try:
        write_whole(path, data)
    except OSError as error:
        raise CannotWrite(
            f"{path} cannot be written: {error.strerror}.",
            next_step="Make room, then run the same command: what is done is kept.",
        ) from error


class Coordinator:
    """Runs over one corpus and one folder of records.

    Args:
        store: the corpus, open for writing.
        extracted: the folder of records; made if it is missing.

    Raises:
        CannotWrite: the folder cannot be written; found out before any work is done.
    """

    def __init__(self, store: Store, extracted: Path) -> None:
        self._store = store
        self._extracted = extracted
        self._leave = frozenset(
            Path(os.path.abspath(each))  # noqa: PTH100
            for each in (
                extracted,
                *(store.path.with_name(store.path.name + end) for end in ("", "-wal", "-shm")),
                store.path.with_name(store.path.name + "-ingest"),
            )
        )
        try:
            extracted.mkdir(parents=True, exist_ok=True)
            write_whole(extracted / ".kehoach-probe", b"")
            (extracted / ".kehoach-probe").unlink()
        except OSError as error:
            raise CannotWrite(
                f"{extracted} cannot be written: {error.strerror}.",
                next_step="Choose another folder with --extracted DIR.",
            ) from error
        # A run that was killed in the middle of a file left its part behind.
        for part in extracted.glob(".*.part"):
            part.unlink(missing_ok=True)

    def run(
        self,
        paths: list[str],
        start: Callable[[], Runner],
        progress: Progress,
        *,
        retry_failed: bool = False,
        take: Callable[[Source], bool] | None = None,
    ) -> Summary:
        """Look for files and do what is not done yet.

        Args:
            paths: files, folders, addresses.
            start: makes the runner; called only when there is work.
            progress: is told how far it is.
            retry_failed: failures too.
            take: which of the files found count, for a folder that is watched.

        Raises:
            FileMissing: something named is not there.
            CannotWrite: the disk is full, for example; what is done is kept.
            ClusterLost: likewise.
        """
        begun = time.monotonic()
        summary = Summary()
        ledger = Ledger(self._store, start.__name__)
        copies = self._one("SELECT count(*) FROM copies")
        walk = Walk(paths, self._leave)
        try:
            self._look(walk, ledger, summary, progress, retry_failed, take)
            summary.restored = self._restore(ledger)
            if (waiting := ledger.waiting()) > 0:
                self._work(ledger, start, summary, progress, waiting)
        except KeyboardInterrupt:
            summary.stopped = True
        finally:
            progress.close()
            # On a full disk this fails too; the next run releases what it finds.
            with contextlib.suppress(KehoachError, sqlite3.Error):
                ledger.release()
        if summary.worked and not summary.stopped:
            writing.tidy(self._store, summary.worked)
        summary.passed = dict(walk.passed.most_common())
        summary.states = ledger.counts()
        summary.copies = self._one("SELECT count(*) FROM copies") - copies
        summary.plans = self._one("SELECT count(*) FROM plans")
        summary.seconds = time.monotonic() - begun
        return summary

    def _look(
        self,
        walk: Walk,
        ledger: Ledger,
        summary: Summary,
        progress: Progress,
        retry_failed: bool,
        take: Callable[[Source], bool] | None,
    ) -> None:
        found: list[tuple[Source, str]] = []
        for source in walk:
            if take is not None and not take(source):
                continue
            sha256 = ledger.known(source)
            if sha256 is None:
                try:
                    sha256, wanted = sources.digest(source)
                except KehoachError as error:
                    key = hashlib.sha256(f"unreadable {source.uri}".encode()).hexdigest()
                    job = Job(source.uri, source.name, key, ledger.revision)
                    ledger.unreadable(source, key, failure(job, "load", error))
                    summary.files += 1
                    continue
                if not wanted:
                    walk.passed["no document"] += 1
                    continue
            found.append((source, sha256))
            summary.files += 1
            progress.looking(summary.files)
            if len(found) >= _FILES_PER_TRANSACTION:
                ledger.found(found, retry_failed=retry_failed)
                found = []
        ledger.found(found, retry_failed=retry_failed)

    def _restore(self, ledger: Ledger) -> int:
        """Write the records again that are in the corpus, but not in the folder."""
        restored = 0
        rows = self._store.connection.execute(
            "SELECT p.id, p.record_id FROM ledger l JOIN plans p ON p.sha256 = l.sha256"
            " WHERE l.run = ? AND l.revision = ? AND l.state IN ('done', 'partial')",
            [ledger.run, ledger.revision],
        )
        missing = [plan for plan, record in rows if not self.path(record).exists()]
        for plan in missing:
            record, text = self._store.connection.execute(
                "SELECT record, text FROM plans WHERE id = ?", [plan]
            ).fetchone()
            with explained(self._store.path):
                kept = unpack(record, text)
            write_record(self.path(kept.id), kept.to_json().encode())
            restored += 1
        return restored

    def _work(
        self,
        ledger: Ledger,
        start: Callable[[], Runner],
        summary: Summary,
        progress: Progress,
        waiting: int,
    ) -> None:
        progress.start(waiting)
        readings = str(Path(os.path.abspath(self._extracted)) / READINGS)  # noqa: PTH100
        several: list[tuple[Job, Result, Plan]] = []
        due = time.monotonic() + _SECONDS_PER_TRANSACTION
        with later():
            runner = start()
        try:
            for job, result in runner.run(lambda: ledger.draw(readings)):
                with later():
                    self._take(ledger, job, result, several, summary, progress)
                    if len(several) >= _PLANS_PER_TRANSACTION or time.monotonic() >= due:
                        self._commit(ledger, several)
                        several.clear()
                        due = time.monotonic() + _SECONDS_PER_TRANSACTION
        finally:
            with later():
                runner.close()
                self._commit(ledger, several)

    def _take(
        self,
        ledger: Ledger,
        job: Job,
        result: Result,
        several: list[tuple[Job, Result, Plan]],
        summary: Summary,
        progress: Progress,
    ) -> None:
        plan = None
        if result.record is not None:
            try:
                plan = Plan.model_validate_json(result.record)
            except ValueError as error:
                bad = BadRecord(f"the worker's record does not fit: {error}.")
                result = failure(job, "write", bad)
        if plan is None or result.record is None:
            state = ledger.failed(job, result)
            summary.tried_again += state == "waiting"
            progress.done(job, result, state, 0)
            return
        write_record(self.path(plan.id), result.record)
        several.append((job, result, plan))
        self._count(summary, job, result, plan)
        progress.done(job, result, "done", len(plan.source.pages))

    def _commit(self, ledger: Ledger, several: list[tuple[Job, Result, Plan]]) -> None:
        """Plans and their rows in one transaction; where one is refused, each in its own."""
        try:
            with self._store.transaction() as connection:
                for job, result, plan in several:
                    writing.put(connection, plan, result.packed)
                    ledger.done(connection, job, result, plan)
        except BadRecord as error:
            if len(several) > 1:
                for each in several:
                    self._commit(ledger, [each])
            else:
                job = several[0][0]
                self.path(several[0][2].id).unlink(missing_ok=True)
                ledger.failed(job, failure(job, "write", error))

    def _count(self, summary: Summary, job: Job, result: Result, plan: Plan) -> None:
        summary.worked += 1
        pages = plan.source.pages
        summary.pages += len(pages)
        summary.ocr_pages += 0 if result.kept else sum(page.read_by == "ocr" for page in pages)
        summary.kept += result.kept
        note = Note(
            job.uri,
            result.read_seconds + result.extract_seconds,
            len(pages),
            len(plan.warnings),
            min((page.confidence for page in pages), default=1.0),
        )
        summary.slowest = sorted([*summary.slowest, note], key=lambda n: -n.seconds)[:_NAMED]
        if note.confidence < 1:
            summary.worst = sorted([*summary.worst, note], key=lambda n: n.confidence)[:_NAMED]

    def path(self, record: str) -> Path:
        """Where a record's file is."""
        return self._extracted / f"{record}.json"

    def _one(self, sql: str) -> int:
        return int(self._store.connection.execute(sql).fetchone()[0])
