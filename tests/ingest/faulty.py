"""Work that misbehaves as the file's name says; everything else is done as always."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pipeline.ingest.job import Job, Result
from pipeline.ingest.work import work as real_work


def work(job: Job) -> Result:
    name = job.name
    if "hang" in name:
        time.sleep(600)
    if "spin" in name:
        while True:
            pass
    if "eat" in name:
        held = [bytearray(50_000_000) for _ in range(200)]
        return Result(job.sha256, str(len(held)).encode())
    if "abort" in name:
        os.abort()
    if "once" in name and job.attempt == 1:
        os.abort()
    if "rubbish" in name:
        return Result("0" * 64, b"{}")
    if "nice" in name:
        nice = os.getpriority(os.PRIO_PROCESS, 0)
        Path(os.environ["KEHOACH_TEST_SIGN"], f"nice {nice}").touch()
    if "slow" in name:
        Path(os.environ["KEHOACH_TEST_SIGN"], f"{os.getpid()}").touch()
        time.sleep(1)
    return real_work(job)
