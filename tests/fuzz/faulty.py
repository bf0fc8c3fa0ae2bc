"""Work that has a fault of the program: what the runner of hostile inputs is there to see."""

from __future__ import annotations

from pipeline.ingest.job import Job, Result
from pipeline.ingest.work import failure
from pipeline.ingest.work import work as real_work


def work(job: Job) -> Result:
    if job.name.startswith("text-"):
        return failure(job, "extract", ZeroDivisionError("division by zero"))
    if job.name.startswith("html-"):
        done = real_work(job)
        record = (done.record or b"").replace(b'"start": 0', b'"start": 1')
        return Result(job.sha256, record, done.packed)
    return real_work(job)
