"""Files that people send in: kept under their hash, read by the coordinator of bulk loading.

In: a file's bytes and the name a person gave it.  Out: an ``Upload`` to watch, in the end a plan in
the corpus or a failure with its code.

The name never reaches the file system: a file is called by its hash and the ending of its format.
One thread reads what came in, through the same coordinator, ledger, limits and quarantine as
``kehoach ingest``; where such a run holds the corpus, uploads wait for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from pipeline.corpus.plain import shown
from pipeline.corpus.store import Store
from pipeline.errors import (
    CannotWrite,
    CorpusBusy,
    IngestBusy,
    KehoachError,
    SourceMissing,
    TooLarge,
)
from pipeline.ingest.coordinator import Coordinator, alone
from pipeline.ingest.job import Job, Result
from pipeline.ingest.ledger import State as LedgerState
from pipeline.ingest.progress import Progress
from pipeline.ingest.runners import Next, Processes, Runner
from pipeline.reading import bounds
from pipeline.revision import revision
from pipeline.settings import settings

State = Literal["waiting", "reading", "done", "partial", "failed", "quarantined"]
ENDED: tuple[State, ...] = ("done", "partial", "failed", "quarantined")

_REMEMBERED = 1_000
_SECONDS_BETWEEN_TRIES = 3.0
_SECONDS_IDLE = 300.0
_SECONDS_OF_PART = 3_600.0  # another site over the same corpus may be writing a younger one
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
}
_MARKDOWN = (".md", ".markdown")
_GONE = SourceMissing("the file that was sent in is not there any more.")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was sent in.

    Attributes:
        id: its hash's first 16 digits: the id of its record, when it has one.
        name: as the person called it; only ever shown.
        bytes: its size.
        state: how far it is.
        note: why it waits, or what happened.
        code, next_step: of a failure.
        pages: when it was read.
        seconds: since it was sent in, until it was done.
    """

    id: str
    name: str
    bytes: int
    state: State
    note: str = ""
    code: str = ""
    next_step: str = ""
    pages: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Entry:
    upload: Upload
    sha256: str
    path: Path
    begun: float


class Uploads:
    """Uploads of one site.

    Args:
        corpus: where plans go.
        extracted: the folder of records.
        folder: where the files are kept; made with the first one.
        changed: told when plans have come into the corpus.
    """

    def __init__(
        self,
        corpus: Path,
        extracted: Path,
        folder: Path,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._changed = changed
        self._corpus = corpus
        self._extracted = extracted
        self._folder = folder
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._receiving = threading.Lock()
        self._thread: threading.Thread | None = None
        self._runner: _Warm | None = None
        self._closed = False

    def receive(self, file: IO[bytes], name: str) -> Upload:
        """Take a file in; it is read as soon as the thread gets to it.

        Args:
            file: open for reading.
            name: as its owner calls it.

        Raises:
            KehoachError: empty, too large, of an unknown format, or there is no room.
        """
        with self._receiving:  # one at a time: each is held in memory once, to tell its format
            file.seek(0)
            data = file.read(settings().max_bytes + 1)
            bounds.check(data)
            kind = bounds.recognise(data, name)
            ending = _ENDINGS[kind.media_type]
            if ending == ".txt" and Path(name).suffix.lower() in _MARKDOWN:
                ending = ".md"
            sha256 = hashlib.sha256(data).hexdigest()
            path = self._folder / f"{sha256}{ending}"
            try:
                self._keep(path, data)
            except OSError as error:
                raise CannotWrite(
                    f"the file cannot be kept: {error.strerror}.",
                    next_step="Make room on the disk of the corpus, then send it again.",
                ) from error
        upload = Upload(sha256[:16], shown(name, 120) or path.name, len(data), "waiting")
        with self._lock:
            known = self._entries.get(upload.id)
            if known is not None and known.upload.state not in ENDED:
                return known.upload
            self._entries[upload.id] = _Entry(upload, sha256, path, time.monotonic())
            self._entries.move_to_end(upload.id)
            while len(self._entries) > _REMEMBERED:
                self._entries.popitem(last=False)
        self._queue.put(upload.id)
        self._start()
        return upload

    def resume(self) -> None:
        """Queue what came in before the last stop and was never read."""
        with contextlib.suppress(OSError, KehoachError), Store(self._corpus) as store:
            for path in sorted(self._folder.iterdir()):
                sha256 = path.stem
                if path.suffix == ".part" and time.time() - path.stat().st_mtime > _SECONDS_OF_PART:
                    path.unlink()  # a kill left it behind, and it takes up the room for uploads
                if len(sha256) != 64 or path.name.startswith("."):
                    continue
                done = store.connection.execute(
                    "SELECT 1 FROM ledger WHERE sha256 = ? AND state NOT IN ('waiting', 'running')",
                    [sha256],
                ).fetchone()
                if done is None:
                    upload = Upload(sha256[:16], path.name, path.stat().st_size, "waiting")
                    entry = _Entry(upload, sha256, path, time.monotonic())
                    self._entries[upload.id] = entry
                    self._queue.put(upload.id)
        if self._entries:
            self._start()

    def all(self) -> list[Upload]:
        """The uploads since the start, newest first."""
        with self._lock:
            return [self._shown(entry) for entry in reversed(self._entries.values())]

    def get(self, upload_id: str) -> Upload | None:
        """One upload."""
        with self._lock:
            entry = self._entries.get(upload_id)
            return self._shown(entry) if entry else None

    def close(self) -> None:
        """Stop reading; what waits is read after the next start."""
        self._closed = True
        self._queue.put(None)
        runner = self._runner
        if runner is not None:
            runner.stop()
        if self._thread is not None:
            self._thread.join(10)

    @staticmethod
    def _shown(entry: _Entry) -> Upload:
        upload = entry.upload
        if upload.state in ENDED:
            return upload
        return replace(upload, seconds=round(time.monotonic() - entry.begun, 1))

    def _keep(self, path: Path, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size == len(data):
            return
        there = sum(entry.stat().st_size for entry in os.scandir(self._folder))
        if there + len(data) > settings().max_uploads_bytes:
            raise TooLarge(
                f"All uploads together take more than {settings().max_uploads_bytes} bytes"
                " (KEHOACH_MAX_UPLOADS_BYTES)."
            )
        handle, part = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def _start(self) -> None:
        with self._lock:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, name="uploads", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        """The thread: read what waits, together; keep the worker warm for a while."""
        while not self._closed:
            try:
                first = self._queue.get(timeout=_SECONDS_IDLE)
            except queue.Empty:
                self._cool()
                continue
            several = [first]
            with contextlib.suppress(queue.Empty):
                while True:
                    several.append(self._queue.get_nowait())
            ids = [each for each in several if each is not None]
            if self._closed or len(ids) < len(several):
                break
            with self._lock:
                entries = [self._entries[each] for each in ids if each in self._entries]
            self._read(entries)
        self._cool()

    def _read(self, entries: list[_Entry]) -> None:
        while not self._closed:
            try:
                with alone(self._corpus), Store(self._corpus, write=True) as store:
                    self._run(store, entries)
                return
            except (CorpusBusy, IngestBusy) as error:
                self._note(entries, str(error))
                time.sleep(_SECONDS_BETWEEN_TRIES)
            except Exception as error:
                known = error if isinstance(error, KehoachError) else KehoachError(f"{error}.")
                for entry in entries:
                    self._fail(entry, known)
                return

    def _run(self, store: Store, entries: list[_Entry]) -> None:
        gone = [entry for entry in entries if not entry.path.exists()]
        for entry in gone:
            self._fail(entry, _GONE)
        entries = [entry for entry in entries if entry not in gone]
        if not entries:
            return
        paths = [str(entry.path.resolve()) for entry in entries]
        if self._runner is None:
            self._runner = _Warm()
        runner = self._runner

        def uploads() -> Runner:
            return runner

        watch = _Watch(self, {entry.sha256: entry for entry in entries})
        self._note(entries, "")
        Coordinator(store, self._extracted).run(paths, uploads, watch, retry_failed=True)
        self._changed()
        for entry in entries:
            row = store.connection.execute(
                "SELECT state, code, message, next_step, pages FROM ledger"
                " WHERE sha256 = ? AND revision = ?",
                [entry.sha256, revision()],
            ).fetchone()
            if row is None:
                self._fail(entry, _GONE)
                continue
            if row[0] not in ENDED:  # the site is being stopped
                self._set(entry, "waiting")
                continue
            state, code, message, next_step, pages = row
            if state in ("done", "partial"):
                with store.transaction() as connection:
                    connection.execute(
                        "INSERT OR IGNORE INTO sources (plan, name)"
                        " SELECT id, ? FROM plans WHERE sha256 = ?",
                        [entry.upload.name, entry.sha256],
                    )
            self._set(
                entry,
                state,
                note=message or "",
                code=code or "",
                next_step=next_step or "",
                pages=pages or 0,
            )

    def _note(self, entries: list[_Entry], note: str) -> None:
        for entry in entries:
            self._set(entry, "waiting", note=note)

    def _fail(self, entry: _Entry, error: KehoachError) -> None:
        self._set(entry, "failed", note=str(error), code=error.code, next_step=error.next_step)

    def _set(self, entry: _Entry, state: State, **facts: str | int) -> None:
        with self._lock:
            seconds = round(time.monotonic() - entry.begun, 1)
            entry.upload = replace(entry.upload, state=state, seconds=seconds, **facts)  # type: ignore[arg-type]

    def _cool(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.stop()


class _Warm:
    """A runner that outlives its runs: loading the models takes longer than reading a plan."""

    def __init__(self) -> None:
        self._processes = Processes(1)

    def run(self, following: Next) -> Iterator[tuple[Job, Result]]:
        """Do the jobs."""
        return self._processes.run(following)

    def close(self) -> None:
        """The coordinator is done with it; the processes stay."""

    def stop(self) -> None:
        """End the processes."""
        self._processes.close()


class _Watch(Progress):
    """Tells the uploads how far they are."""

    def __init__(self, uploads: Uploads, entries: dict[str, _Entry]) -> None:
        super().__init__()
        self._uploads = uploads
        self._entries = entries

    def looking(self, files: int) -> None:
        """Nothing to say."""

    def start(self, total: int) -> None:
        """The files of this run are being read now."""
        for entry in self._entries.values():
            self._uploads._set(entry, "reading")

    def done(self, job: Job, result: Result, state: LedgerState, pages: int) -> None:
        """One file has an outcome; a good one is told when its plan is in the corpus."""
        entry = self._entries.get(job.sha256)
        if entry is not None and result.record is None and state != "waiting":
            self._uploads._set(
                entry,
                "quarantined" if state == "quarantined" else "failed",
                note=result.message or "",
                code=result.code or "",
                next_step=result.next_step or "",
            )

    def _say(self, line: str) -> None:
        pass
