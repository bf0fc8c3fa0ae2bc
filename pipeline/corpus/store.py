"""The file: opening it for reading or writing, transactions, and what waits for whom.

In: a path.  Out: a ``Store``, whose connection the other modules of this room use.

Write-ahead logging lets many read while one writes.  A writer begins with ``BEGIN IMMEDIATE``, so
that a second one waits at the start (``KEHOACH_BUSY_SECONDS``) instead of failing in the middle,
and ``synchronous=FULL`` means that what was committed survives the machine, not only the process.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import pathname2url

from pipeline.corpus import schema, spelling
from pipeline.corpus.packing import NotPacked
from pipeline.corpus.plain import shown
from pipeline.errors import CannotWrite, CorpusBusy, CorpusMissing, KehoachError, NotACorpus
from pipeline.settings import settings

_CACHE_KIB = 65_536
_WRITING_CACHE_KIB = 16_384
_MAPPED_BYTES = 1 << 30
_PAGE_BYTES = 2048
_WAIT_FOR_READERS_MS = 500


class Closing:
    """What is given back at the end of ``with``."""

    def close(self) -> None:
        """Give it back."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Store(Closing):
    """One connection to one corpus.

    Args:
        path: the file.
        write: open for writing; the file is made if it is missing, and brought to today's version.

    Raises:
        CorpusMissing: opened for reading and not there.
        NotACorpus, CorpusTooNew, CorpusBusy, CannotWrite: see ``pipeline.errors``.
    """

    def __init__(self, path: str | Path, *, write: bool = False) -> None:
        self.path = Path(path)
        self.writable = write
        self._counted = (-1, 0)
        if not write and not self.path.is_file():
            raise CorpusMissing(f"{self.path} is not there.")
        self.connection = _connect(self.path, write)
        try:
            with explained(self.path):
                self._prepare(write)
        except BaseException:
            self.connection.close()
            raise

    @property
    def needs_rebuild(self) -> bool:
        """Whether the index was made by other rules of words than today's."""
        return int(self.about("spelling") or 0) != spelling.VERSION

    def _prepare(self, write: bool) -> None:
        run = self.connection.execute
        run(f"PRAGMA busy_timeout = {settings().busy_seconds * 1000}")
        # The views and tables of a hostile file must not run functions of ours.
        run("PRAGMA trusted_schema = OFF")
        found = schema.version(self.connection)
        run("PRAGMA foreign_keys = ON")
        for name, function in (("folded", spelling.key), ("spelled", spelling.spelled)):
            arguments = function.__code__.co_argcount
            self.connection.create_function(name, arguments, function, deterministic=True)
        run(f"PRAGMA cache_size = -{_WRITING_CACHE_KIB if write else _CACHE_KIB}")
        if not write:  # a long run that writes would hold the whole file as its own memory
            run(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        if write:
            # Takes hold in an empty file only.  A plan fills its pages to the end with few of them
            # half empty; larger ones made the file an eighth larger and no search faster.
            run(f"PRAGMA page_size = {_PAGE_BYTES}")
            run("PRAGMA journal_mode = WAL")
            run("PRAGMA synchronous = FULL")
            if found < schema.VERSION:
                with self.transaction():
                    schema.migrate(self.connection)
        elif found < schema.VERSION:
            if found == 0:
                raise NotACorpus(f"{self.path} is an empty database.")
            raise NotACorpus(
                f"{self.path} has the older version {found}.",
                next_step="kehoach add, with any record, brings it to today's version.",
            )
        elif self.needs_rebuild:
            raise NotACorpus(
                f"the index of {self.path} was made by another version.",
                next_step="kehoach add, with any record, makes the index anew.",
            )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; waits for another writer, and counts as one change of the corpus."""
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("UPDATE about SET value = value + 1 WHERE name = 'changes'")
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Several reads of one state, whatever is written meanwhile."""
        with explained(self.path):
            if self.connection.in_transaction:
                yield self.connection
                return
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                self.connection.execute("ROLLBACK")

    def empty_log(self) -> None:
        """Take the log into the file; where somebody reads on for long, it is left to a later one.

        SQLite would wait for readers as long as for another writer.
        """
        run = self.connection.execute
        run(f"PRAGMA busy_timeout = {_WAIT_FOR_READERS_MS}")
        run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        run(f"PRAGMA busy_timeout = {settings().busy_seconds * 1000}")

    def about(self, name: str) -> str | None:
        """A fact about the file: "spelling" (version of the words), "changes" (a counter)."""
        row = self.connection.execute("SELECT value FROM about WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def changes(self) -> int:
        """Grows with every committed change; equal numbers mean an equal corpus."""
        return int(self.about("changes") or 0)

    def passages(self) -> int:
        """How many passages there are; counted once as long as the corpus does not change."""
        changes = self.changes()
        if self._counted[0] != changes:
            row = self.connection.execute("SELECT count(*) FROM passages").fetchone()
            self._counted = (changes, int(row[0]))
        return self._counted[1]

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()


def faults(store: Store) -> list[str]:
    """What is broken in the file, one line each; empty where all is sound."""
    run = store.connection.execute
    found = [row[0] for row in run("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"{row[0]} row {row[1]}: no {row[2]}" for row in run("PRAGMA foreign_key_check")]
    try:
        with store.transaction() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except (sqlite3.DatabaseError, KehoachError) as error:
        found.append(f"index: {error}")
    return found


def _connect(path: Path, write: bool) -> sqlite3.Connection:
    with explained(path):
        if write:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CannotWrite(
                    f"{path.parent} cannot be a folder for a corpus: {error.strerror}.",
                    next_step="Name another file with --corpus FILE.",
                ) from error
        address = f"file:{pathname2url(str(path.resolve()))}?mode={'rwc' if write else 'ro'}"
        log = path.with_name(path.name + "-wal")
        if not write and not log.exists() and not os.access(path.parent, os.W_OK):
            # On a read-only medium there is no place for the log, and nobody who could write.
            address += "&immutable=1"
        return sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=settings().busy_seconds,
            check_same_thread=False,
        )  # fmt: skip


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's errors as ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise CorpusBusy(f"another process is writing {path}.") from error
        if any(sign in text for sign in ("unable to open", "readonly", "full", "disk I/O")):
            raise CannotWrite(
                f"{path} cannot be opened or written: {text}.",
                next_step="Check the path, the permissions and the room on the disk.",
            ) from error
        if any(sign in text for sign in ("no such table", "malformed", "Could not decode")):
            raise NotACorpus(f"{path} is damaged: {shown(text, 120)}.") from error
        raise
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise NotACorpus(f"{path} is no corpus, or damaged: {error}.") from error
    except (NotPacked, UnicodeDecodeError) as error:
        raise NotACorpus(f"{path} is damaged: {error}.") from error
