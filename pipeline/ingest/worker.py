"""The worker process: does the work on one file at a time, within limits it sets on itself.

In: pickled jobs.  Out: pickled results; see ``pipeline.children``.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable

from pipeline import children
from pipeline.extraction import Pipeline
from pipeline.ingest import job as jobs
from pipeline.ingest.job import Job, Result
from pipeline.settings import settings

WORK = "KEHOACH_WORK"  # the tests put a module here whose ``work`` misbehaves


def main() -> None:
    """Serve jobs until the coordinator is gone."""
    module = importlib.import_module(os.environ.get(WORK, "pipeline.ingest.work"))
    work: Callable[[Job], Result] = module.work
    # Models and libraries are loaded once, before limits and clocks count for a document.
    Pipeline().from_text("KẾ HOẠCH\nI. MỤC TIÊU\nSở Nội vụ chủ trì, báo cáo trước ngày 01/6/2024.")
    base = children.address_space()

    def answer(body: bytes) -> tuple[bytes, bool]:
        limits = settings()
        task = jobs.loads(body)
        assert isinstance(task, Job)
        children.limit(limits.seconds_per_file, limits.memory_per_file, base)
        result = work(task)
        return jobs.dumps(result), result.retry

    children.serve(answer)
