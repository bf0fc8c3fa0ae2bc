"""The work on a Dask cluster: one that runs already, or one on this machine.

In: jobs.  Out: results; see ``runners``.  Dask only carries jobs to machines and finds another
worker when one is gone; limits, tries and what was done are ours.  Each Dask worker does its jobs
in a worker process of its own, so that a poison file never kills a Dask worker.

Jobs are submitted in a window, not as one graph: a graph of a million tasks slows the scheduler.
Small files go in handfuls: a task costs some 15 ms of processor time, a short plan 70.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import ClusterLost, ReaderCrashed
from pipeline.ingest import job as jobs
from pipeline.ingest.job import Job, Result
from pipeline.ingest.runners import Next, Worker, side_by_side
from pipeline.ingest.work import failure
from pipeline.settings import settings

_WINDOW = 2  # tasks per thread of the cluster: one that runs and one that waits
_HANDFUL = 4  # small files in one task
_BYTES_IN_A_HANDFUL = 64_000  # a scan has more: it goes alone
_SECONDS_TO_CONNECT = 30
_SECONDS_TO_LOOK = 2
_worker: Worker | None = None


def do(bodies: list[bytes]) -> list[bytes]:
    """A handful of jobs, on a worker of the cluster; its process is kept for the next ones."""
    global _worker
    if _worker is None:
        # A cluster runs one worker per core: each reads one page at a time, where nobody says more.
        _worker = Worker({"KEHOACH_OCR_WORKERS": os.environ.get("KEHOACH_OCR_WORKERS", "1")})
    answers = []
    for body in bodies:
        job = jobs.loads(body)
        assert isinstance(job, Job)
        answers.append(jobs.dumps(_worker.do(job)))
    return answers


def handful(following: Next, first: Job) -> tuple[list[Job], Job | None]:
    """The jobs of one task, and the job that was drawn but did not go in.

    A second attempt goes alone: what it suffers, or does, touches no other file.
    """
    found = [first]
    room = _BYTES_IN_A_HANDFUL - first.size
    while len(found) < _HANDFUL and first.attempt == 1 and room > 0:
        job = following()
        if job is None:
            break
        if job.size > room or job.attempt > 1:
            return found, job
        room -= job.size
        found.append(job)
    return found, None


def _hush() -> None:
    """Keep the tracebacks of lost connections off the screen: what matters becomes our error."""
    for name in ("distributed", "tornado", "asyncio", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class Cluster:
    """A Dask cluster.

    Args:
        scheduler: address of one that runs; None for one on this machine, over loopback.
        workers: of the one on this machine; 0 for one per core.

    Raises:
        ClusterLost: there is no scheduler at the address, or it has no workers.
    """

    def __init__(self, scheduler: str | None = None, workers: int = 0) -> None:
        from distributed import Client, LocalCluster

        from pipeline.reading import ocr_pool

        _hush()
        self._local: LocalCluster | None = None
        self._turns: Path | None = None
        self._counted = (0.0, 0)  # when, and how many threads there were
        if scheduler is None:
            workers = workers or ocr_pool.available_cores()
            self._turns = Path(tempfile.mkdtemp(prefix="kehoach-turns-"))
            self._local = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                env=side_by_side(self._turns, workers),
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=50,
            )
        try:
            self._client = Client(
                self._local or scheduler, timeout=_SECONDS_TO_CONNECT, set_as_default=False
            )
            self._client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            place = scheduler or "the cluster on this machine"
            raise ClusterLost(f"{place} does not answer: {error}.") from error

    def run(self, following: Next) -> Iterator[tuple[Job, Result]]:
        """Do the jobs."""
        running: dict[str, tuple[list[Job], Any]] = {}
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        heard = time.monotonic()
        left: Job | None = None  # drawn, but not yet in a task
        while True:
            if window := _WINDOW * self._threads():
                while len(running) < max(2, window) and (first := left or following()) is not None:
                    several, left = handful(following, first)
                    future = self._submit(several)
                    running[future.key] = (several, future)
                    future.add_done_callback(ended.put)
                if not running:
                    return
            try:
                future = ended.get(timeout=_SECONDS_TO_LOOK)
            except queue.Empty:
                if self._threads():
                    heard = time.monotonic()
                elif time.monotonic() - heard > settings().seconds_for_cluster:
                    raise ClusterLost("The scheduler is gone, or has no workers left.") from None
                continue
            heard = time.monotonic()
            several, _ = running.pop(future.key)
            yield from zip(several, self._results(several, future), strict=True)
            future.release()

    def _submit(self, several: list[Job]) -> Any:
        key = f"kehoach-{several[0].sha256}-{several[0].attempt}"
        bodies = [jobs.dumps(job) for job in several]
        try:
            return self._client.submit(do, bodies, key=key, pure=False, retries=0)
        except Exception as error:  # the connection may break at any moment, in many ways
            raise ClusterLost(f"A job could not be given to the scheduler: {error}.") from error

    def _threads(self) -> int:
        """Threads of the cluster; 0 while the scheduler is away."""
        now = time.monotonic()
        if now - self._counted[0] > _SECONDS_TO_LOOK or not self._counted[1]:
            count = 0
            if self._client.status == "running":
                with contextlib.suppress(Exception):
                    count = sum(self._client.nthreads().values())
            self._counted = (now, count)
        return self._counted[1] if self._client.status == "running" else 0

    def _results(self, several: list[Job], future: Any) -> list[Result]:
        try:
            if future.status == "error":
                cause = future.exception()
                crashed = ReaderCrashed(f"{type(cause).__name__}: {cause}.")
                return [failure(job, "work", crashed) for job in several]
            answers = future.result()
        except BaseException as error:  # a cancelled future raises one that is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            raise ClusterLost(f"The scheduler has given up a job: {error}.") from error
        try:
            found = [jobs.loads(answer) for answer in answers]
            results = [one for one in found if isinstance(one, Result)]
            if [result.sha256 for result in results] != [job.sha256 for job in several]:
                raise ValueError("another job's result")
        except (TypeError, ValueError) as error:
            wrong = ReaderCrashed(f"The worker answered with {error}.")
            return [failure(job, "work", wrong) for job in several]
        return results

    def close(self) -> None:
        """Leave the cluster; one of our own is ended."""
        client = getattr(self, "_client", None)
        if client is not None:
            client.close(timeout=5)
        if self._local is not None:
            self._local.close(timeout=5)
        if self._turns is not None:
            shutil.rmtree(self._turns, ignore_errors=True)
