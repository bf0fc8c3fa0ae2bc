"""Where the work is done: in this process, in a pool of processes, or on a Dask cluster.

In: jobs, drawn one at a time.  Out: each job with its result, in the order in which they end.  A
runner holds no more than a window of jobs, so that a million files cost no memory here, and it
never loses one: whatever happens to a worker becomes a result.
"""

from __future__ import annotations

import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Protocol

from pipeline.children import NICENESS, Child
from pipeline.errors import KehoachError, ReaderCrashed
from pipeline.ingest import job as jobs
from pipeline.ingest.job import Job, Result
from pipeline.ingest.work import failure, work
from pipeline.reading import cores, ocr_pool
from pipeline.settings import settings

Next = Callable[[], Job | None]
"""The next job; None when there is none now (there may be one later, after a failure)."""

_JOBS_PER_WORKER = 500  # then a fresh process: what a library leaks stays bounded


class Runner(Protocol):
    """Does jobs."""

    def run(self, following: Next) -> Iterator[tuple[Job, Result]]:
        """Do jobs until ``following`` has none and all are done."""
        ...

    def close(self) -> None:
        """Let go of the workers; jobs that run are dropped."""
        ...


class InProcess:
    """Everything in this process, one after the other: to debug, and for few files."""

    def run(self, following: Next) -> Iterator[tuple[Job, Result]]:
        """Do the jobs."""
        while (job := following()) is not None:
            yield job, work(job)

    def close(self) -> None:
        """Nothing to let go of."""


class Worker:
    """One worker process and what it needs; also used by the workers of a cluster."""

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        self._child = Child(
            "pipeline.ingest.worker", requests=_JOBS_PER_WORKER, environment=environment
        )

    def do(self, job: Job) -> Result:
        """Do one job in the process; a process that hangs or dies is a result like any other."""
        try:
            answer = self._child.ask(
                jobs.dumps(job), settings().seconds_per_document, "KEHOACH_SECONDS_PER_DOCUMENT"
            )
            result = jobs.loads(answer)
            if not isinstance(result, Result) or result.sha256 != job.sha256:
                raise ValueError("another job's result")
        except ValueError as error:
            self._child.close()
            return failure(job, "work", ReaderCrashed(f"The worker answered with {error}."))
        except KehoachError as error:
            return failure(job, "work", error)
        if result.retry:
            self._child.close()
        return result

    def close(self) -> None:
        """End the process."""
        self._child.close()


def side_by_side(turns: Path, workers: int) -> dict[str, str]:
    """The environment of so many workers that share this machine.

    Args:
        turns: a folder of this run's own.
        workers: how many.
    """
    return {
        **cores.set_up(turns, workers),
        "KEHOACH_OCR_WORKERS": str(min(2, workers)),
        NICENESS: str(settings().niceness),
    }


class Processes:
    """A pool of worker processes on this machine.

    Args:
        workers: how many; 0 for one per core.
    """

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers or ocr_pool.available_cores()
        self._turns = Path(tempfile.mkdtemp(prefix="kehoach-turns-"))
        environment = side_by_side(self._turns, self.workers)
        self._all = [Worker(environment) for _ in range(self.workers)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="ingest")
        self._closed = threading.Event()

    def run(self, following: Next) -> Iterator[tuple[Job, Result]]:
        """Do the jobs; a window of one waiting per worker keeps all of them busy."""
        running: dict[Future[Result], Job] = {}
        while not self._closed.is_set():
            while len(running) < 2 * self.workers and (job := following()) is not None:
                running[self._threads.submit(self._do, job)] = job
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            if self._closed.is_set():  # by another thread: what it killed is no failure of the file
                return
            for future in done:
                job = running.pop(future)
                yield job, future.result()

    def _do(self, job: Job) -> Result:
        worker = self._idle.get()
        try:
            return worker.do(job)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """Kill the workers; their jobs end with a failure that nobody sees."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.close()
        self._threads.shutdown(wait=True)
        shutil.rmtree(self._turns, ignore_errors=True)
