"""The queue of pages that wait for OCR, and the worker processes that empty it.

In: page requests of any documents.  Out: futures of ``ReadPage`` values, or of errors of
``pipeline.errors``.  One queue for all: a long scan uses every core, and so do many short ones.

Each worker is a child process in the manner of ``reading.sandbox``: a page that hangs it, crashes
it or eats its memory is lost alone, and the next page gets a new child.
"""

from __future__ import annotations

import atexit
import os
import queue
from concurrent.futures import Future, ThreadPoolExecutor

from pipeline.errors import ReaderCrashed
from pipeline.reading import cores
from pipeline.reading.child import PageRequest
from pipeline.reading.pages import ReadPage
from pipeline.reading.pdf_words import PageWord
from pipeline.reading.sandbox import Reader
from pipeline.settings import settings

ENGINE = "pipeline.reading.ocr_engine"
_WORKER = "pipeline.reading.ocr"


class Pool:
    """Worker processes, started when pages come.

    Args:
        engine: dotted name of the module that reads pictures (``read(pixels, dpi) -> words``).
        workers: how many processes; 0 for the setting, and there 0 for one per core.
    """

    def __init__(self, engine: str = ENGINE, workers: int = 0) -> None:
        self.engine = engine
        self._workers = workers
        self._executor: ThreadPoolExecutor | None = None
        self._idle: queue.LifoQueue[Reader] = queue.LifoQueue()
        self._owner = 0

    @property
    def workers(self) -> int:
        """How many pages are read at the same time."""
        return self._workers or settings().ocr_workers or available_cores()

    def submit(self, source: str, path: str, index: int, known: list[PageWord]) -> Future[ReadPage]:
        """Queue a page.

        Args:
            source: module whose ``picture`` draws it.
            path: the file.
            index: page index from 0.
            known: words that the file itself tells, points.
        """
        limits = settings()
        request = PageRequest(
            source,
            self.engine,
            path,
            index,
            known,
            limits.seconds_per_page,
            limits.memory_per_page,
            limits.max_pixels,
        )
        return self._threads().submit(self._read, request)

    def start(self) -> None:
        """Start the workers while it is still being found out which pages they are to read."""
        if self._executor is None or self._owner != os.getpid():
            for _ in range(self.workers):
                self._threads().submit(self._start)

    def _threads(self) -> ThreadPoolExecutor:
        if self._executor is None or self._owner != os.getpid():
            self._executor = ThreadPoolExecutor(self.workers, thread_name_prefix="ocr")
            self._idle = queue.LifoQueue()
            self._owner = os.getpid()
        return self._executor

    def _start(self) -> None:
        reader = Reader(_WORKER)
        reader.start()
        self._idle.put(reader)

    def _read(self, request: PageRequest) -> ReadPage:
        try:
            reader = self._idle.get_nowait()
        except queue.Empty:
            reader = Reader(_WORKER)
        try:
            with cores.turn():
                answer = reader.read(request)
        finally:
            self._idle.put(reader)
        if not isinstance(answer, ReadPage) or answer.number != request.index + 1:
            raise ReaderCrashed("The reading process answered with another page.")
        return answer

    def close(self) -> None:
        """End the workers; pages that wait are dropped."""
        executor, self._executor = self._executor, None
        if executor is None or self._owner != os.getpid():
            return
        executor.shutdown(wait=True, cancel_futures=True)
        while not self._idle.empty():
            self._idle.get_nowait().close()


def available_cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


POOL = Pool()
atexit.register(POOL.close)
