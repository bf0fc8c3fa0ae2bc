"""The work on one file, the same wherever it runs: bytes to record, or a failure with its code.

In: a ``Job``.  Out: a ``Result``, always.  It writes nothing but the kept readings: what OCR made
of a file is kept by the file's hash and the revision of reading, so that a new rule of extraction
does not cost a second night of OCR.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.corpus.packing import pack
from pipeline.errors import (
    KehoachError,
    OcrMissing,
    PagesLost,
    ReaderCrashed,
    ReadTimeout,
    SourceChanged,
    WorkerDiffers,
)
from pipeline.files import write_whole
from pipeline.ingest import sources
from pipeline.ingest.job import Job, Result, Stage
from pipeline.revision import reading_revision, revision
from pipeline.settings import settings

if TYPE_CHECKING:
    from models import Plan
    from pipeline.reading import Document

LOST = ("ocr-failed", "page-unreadable")  # warnings that stand for a page without its words
# The same file may fare better another time.
_PASSING = (ReadTimeout, ReaderCrashed)
_HIGH_WATER = "/proc/self/clear_refs"


def work(job: Job) -> Result:
    """Make the record of one file; never raises."""
    started = time.monotonic()
    _reset_peak()
    stage: Stage = "load"
    read = None
    kept = False
    try:
        if job.revision != revision():
            raise WorkerDiffers(f"This worker is {revision()}, the coordinator {job.revision}.")
        data = sources.load(job.uri)
        if hashlib.sha256(data).hexdigest() != job.sha256:
            raise SourceChanged("The file changed after it was found.")
        stage = "read"
        document, kept = _read(data, job)
        read = time.monotonic()
        stage = "extract"
        plan = _extract(document)
        record, packed = plan.to_json().encode(), pack(plan)
    except Exception as error:
        return failure(
            job,
            stage,
            error,
            read_seconds=(read or time.monotonic()) - started,
            extract_seconds=time.monotonic() - read if read else 0.0,
            peak_memory=_peak(),
        )
    return Result(
        job.sha256,
        record,
        packed,
        read_seconds=round(read - started, 4),
        extract_seconds=round(time.monotonic() - read, 4),
        peak_memory=_peak(),
        kept=kept,
    )


def failure(
    job: Job,
    stage: Stage,
    error: BaseException,
    *,
    read_seconds: float = 0.0,
    extract_seconds: float = 0.0,
    peak_memory: int | None = None,
) -> Result:
    """A result that says what went wrong; whoever says it for a worker does not know its memory."""
    if isinstance(error, MemoryError):
        error = ReaderCrashed("The work took more memory than it may (KEHOACH_MEMORY_PER_FILE).")
    if not isinstance(error, KehoachError):
        error = KehoachError(
            f"unexpected {type(error).__name__}: {error}.",
            next_step="This is a fault of the program: report it with kehoach extract --debug.",
        )
    return Result(
        job.sha256,
        stage=stage,
        code=error.code,
        message=str(error),
        next_step=error.next_step,
        retry=isinstance(error, _PASSING),
        read_seconds=round(read_seconds, 4),
        extract_seconds=round(extract_seconds, 4),
        peak_memory=peak_memory,
    )


def _read(data: bytes, job: Job) -> tuple[Document, bool]:
    from pipeline.reading import read_bytes

    found = _kept(job)
    if found is not None:
        return found, True
    document = read_bytes(data, job.name)
    lost = [notice for notice in document.notices if notice.code in LOST]
    missing = [notice for notice in document.notices if notice.code == "ocr-missing"]
    if missing:
        raise OcrMissing(f"{len(missing)} pages need OCR.")
    share = len(lost) / max(1, len(document.pages))
    if share > settings().max_lost_pages:
        raise PagesLost(
            f"{len(lost)} of {len(document.pages)} pages could not be read, more than "
            f"{settings().max_lost_pages:.0%} (KEHOACH_MAX_LOST_PAGES)."
        )
    if not lost and any(page.read_by == "ocr" for page in document.pages):
        _keep(document, job)
    return document, False


def _extract(document: Document) -> Plan:
    from pipeline.extraction import Pipeline

    return Pipeline().from_document(document)


def _place(job: Job) -> Path | None:
    if job.readings is None:
        return None
    return Path(job.readings) / reading_revision() / job.sha256[:2] / job.sha256


def _kept(job: Job) -> Document | None:
    """What an earlier run read, under today's name of the file."""
    from dataclasses import replace

    from pipeline.reading import Document, sandbox

    place = _place(job)
    if place is None:
        return None
    try:
        document = sandbox.loads(zlib.decompress(place.read_bytes()))
    except (OSError, zlib.error, *sandbox.NOT_PICKLED):
        return None
    return replace(document, name=job.name) if isinstance(document, Document) else None


def _keep(document: Document, job: Job) -> None:
    """Keep a reading where there is room for it; it can always be made again."""
    import pickle

    place = _place(job)
    if place is None:
        return
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, zlib.compress(pickle.dumps(document, protocol=5)))


def _reset_peak() -> None:
    """Let the kernel count this process's highest memory anew (Linux)."""
    with contextlib.suppress(OSError), open(_HIGH_WATER, "w", encoding="ascii") as file:  # noqa: PTH123
        file.write("5")


def _peak() -> int | None:
    try:
        with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None
