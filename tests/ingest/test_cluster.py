"""A Dask scheduler and two workers as a cluster has them, on this machine's loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from pipeline import cli
from pipeline.errors import NONE_READ, OK
from pipeline.ingest import ledger, worker
from pipeline.ingest.cluster import handful
from pipeline.ingest.job import Job
from tests.ingest.conftest import ROOT
from tests.ingest.test_killed import check, until


class Dask:
    """A scheduler and workers, each a program of its own."""

    def __init__(self, log: Path, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._log = log.open("wb")
        paths = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        self._environment = {**os.environ, "PYTHONPATH": paths, **environment}
        port = self.address.rsplit(":", 1)[1]
        self.scheduler = self._start("scheduler", "--port", port, "--no-dashboard")
        self.workers = [self.add() for _ in range(2)]

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1"],
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
        )

    def add(self) -> subprocess.Popen[bytes]:
        """One more worker."""
        return self._start(
            *("worker", self.address, "--nthreads", "1", "--no-dashboard"),
            *("--memory-limit", "3GB", "--no-nanny"),
        )

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        self._log.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Callable[..., Dask]]:
    started: list[Dask] = []

    def start(**environment: str) -> Dask:
        started.append(Dask(tmp_path / "dask.log", **environment))
        return started[-1]

    yield start
    for each in started:
        each.close()


def test_a_worker_is_killed_in_the_middle(
    folder: Callable[..., Path], place: Any, cluster: Callable[..., Dask], tmp_path: Path
) -> None:
    """Its jobs are done by the other one; every plan is there once."""
    top = folder(24)
    for path in list(top.rglob("*.txt"))[:4]:
        path.rename(path.with_name(f"slow-{path.name}"))
    signs = tmp_path / "signs"
    signs.mkdir()
    dask = cluster(**{worker.WORK: "tests.ingest.faulty", "KEHOACH_TEST_SIGN": str(signs)})
    run = place.start(top, "--engine", "dask", "--scheduler", dask.address)

    def at_work() -> list[int]:
        return [int(path.name) for path in signs.iterdir()]

    until(lambda: bool(at_work()))
    busy = psutil.Process(at_work()[0]).ppid()
    assert busy in {each.pid for each in dask.workers}
    psutil.Process(busy).kill()
    out, err = run.communicate(timeout=120)
    assert run.returncode == OK, err
    assert '"done": 24' in out
    check(place, 24)


def test_the_scheduler_is_lost_and_comes_back(
    folder: Callable[..., Path], place: Any, cluster: Callable[..., Dask]
) -> None:
    top = folder(24)
    dask = cluster()
    run = place.start(
        top, "--engine", "dask", "--scheduler", dask.address, KEHOACH_SECONDS_FOR_CLUSTER="3"
    )
    until(lambda: bool(place.records()))
    dask.close()
    _, err = run.communicate(timeout=120)
    assert run.returncode == NONE_READ
    assert "cluster-lost" in err and "Traceback" not in err
    again = cluster()
    code, summary = place.run(top, "--engine", "dask", "--scheduler", again.address)
    assert (code, summary["states"]) == (OK, {"done": 24})
    check(place, 24)


def test_a_worker_of_another_version_is_refused(
    folder: Callable[..., Path],
    place: Any,
    cluster: Callable[..., Dask],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dask = cluster()
    monkeypatch.setattr(ledger, "revision", lambda: "another")
    code, summary = place.run(folder(2), "--engine", "dask", "--scheduler", dask.address)
    assert (code, summary["states"]) == (NONE_READ, {"failed": 2})
    cli.main(["failures", "--corpus", str(place.corpus)])
    assert "worker-differs" in capsys.readouterr().out


def test_nobody_at_the_address(
    folder: Callable[..., Path],
    place: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from pipeline.ingest import cluster as module

    monkeypatch.setattr(module, "_SECONDS_TO_CONNECT", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    begun = time.monotonic()
    arguments = place.arguments(folder(1), "--engine", "dask", "--scheduler", address)
    assert cli.main(["ingest", *arguments]) == NONE_READ
    assert time.monotonic() - begun < 60
    assert "cluster-lost" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sizes", "attempts", "together"),
    [
        ([9_000] * 6, [1] * 6, [4, 2]),
        ([9_000, 9_000], [1, 1], [2]),
        ([900_000, 9_000, 9_000], [1, 1, 1], [1, 2]),  # a scan goes alone
        ([60_000, 9_000, 1_000], [1, 1, 1], [1, 2]),
        ([9_000, 9_000, 9_000], [1, 2, 1], [1, 1, 1]),  # so does a second attempt
        ([], [], []),
    ],
)
def test_small_files_go_in_handfuls(
    sizes: list[int], attempts: list[int], together: list[int]
) -> None:
    waiting = [
        Job(f"{at}.txt", f"{at}.txt", f"{at}", "r", attempt=attempt, size=size)
        for at, (size, attempt) in enumerate(zip(sizes, attempts, strict=True))
    ]
    drawn = iter(waiting)
    tasks: list[list[Job]] = []
    left: Job | None = None
    while (first := left or next(drawn, None)) is not None:
        several, left = handful(lambda: next(drawn, None), first)
        tasks.append(several)
    assert [len(several) for several in tasks] == together
    assert [job for several in tasks for job in several] == waiting
