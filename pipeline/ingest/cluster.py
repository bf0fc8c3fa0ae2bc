"""The work on a Dask cluster: one that runs already, or one on this machine.

In: jobs.  Out: results; see ``runners``.  Dask only carries jobs to machines and finds another
worker when one is gone; limits, tries and what was done are ours.  Each Dask worker does its jobs
in a worker process of its own, so that a poison file never kills a Dask worker.

Jobs are submitted in a window, not as one graph: a graph of a million tasks slows the scheduler.
"""

from __future__ import annotations

import logging
import os
import queue
import time
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ClusterLost, ReaderCrashed
from pipeline.ingest import job as jobs
from pipeline.ingest.job import Job, Result
from pipeline.ingest.runners import Next, Worker
from pipeline.ingest.work import failure
from pipeline.settings import settings

_WINDOW = 2  # jobs per thread of the cluster: one that runs and one that waits
_SECONDS_TO_CONNECT = 30
_SECONDS_TO_LOOK = 2
_worker: Worker | None = None


def do(body: bytes) -> bytes:
    """One job, on a worker of the cluster; its process is kept for the next one."""
    global _worker
    if _worker is None:
        # A cluster runs one worker per core: each reads one page at a time.
        _worker = Worker({"KEHOACH_OCR_WORKERS": os.environ.get("KEHOACH_OCR_WORKERS", "1")})
    job = jobs.loads(body)
    assert isinstance(job, Job)
    return jobs.dumps(_worker.do(job))


class Cluster:
    """A Dask cluster.

    Args:
        scheduler: address of one that runs; None for one on this machine, over loopback.
        workers: of the one on this machine; 0 for one per core.

    Raises:
        ClusterLost: there is no scheduler at the address, or it has no workers.
    """

    name = "dask"

    def __init__(self, scheduler: str | None = None, workers: int = 0) -> None:
        from distributed import Client, LocalCluster

        from pipeline.reading import ocr_pool

        for name in ("distributed", "tornado", "asyncio"):  # what matters becomes an error of ours
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._local: LocalCluster | None = None
        if scheduler is None:
            self._local = LocalCluster(
                n_workers=workers or ocr_pool.available_cores(),
                threads_per_worker=1,
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
        running: dict[str, tuple[Job, Any]] = {}
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        heard = time.monotonic()
        while True:
            while len(running) < self._window() and (job := following()) is not None:
                key = f"kehoach-{job.sha256}-{job.attempt}-{len(running)}"
                future = self._client.submit(do, jobs.dumps(job), key=key, pure=False, retries=0)
                running[key] = (job, future)
                future.add_done_callback(ended.put)
            if not running:
                return
            try:
                future = ended.get(timeout=_SECONDS_TO_LOOK)
            except queue.Empty:
                if self._alive():
                    heard = time.monotonic()
                elif time.monotonic() - heard > settings().seconds_for_cluster:
                    raise ClusterLost("The scheduler is gone, or has no workers left.") from None
                continue
            heard = time.monotonic()
            job, _ = running.pop(str(future.key))
            yield job, self._result(job, future)
            future.release()

    def _alive(self) -> bool:
        return self._client.status == "running" and bool(self._client.nthreads())

    def _window(self) -> int:
        if self._client.status != "running":
            return 0
        return max(2, _WINDOW * sum(self._client.nthreads().values()))

    def _result(self, job: Job, future: Any) -> Result:
        if future.status == "finished":
            try:
                result = jobs.loads(future.result())
            except ValueError as error:
                return failure(job, "work", ReaderCrashed(f"The worker answered with {error}."))
            assert isinstance(result, Result)
            return result
        if future.status != "error":
            raise ClusterLost(f"The scheduler has given up a job ({future.status}).")
        cause = future.exception()
        return failure(job, "work", ReaderCrashed(f"{type(cause).__name__}: {cause}."))

    def close(self) -> None:
        """Leave the cluster; one of our own is ended."""
        client = getattr(self, "_client", None)
        if client is not None:
            client.close(timeout=5)
        if self._local is not None:
            self._local.close(timeout=5)
