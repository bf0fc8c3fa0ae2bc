"""Worker processes: what a file does to one costs that file only."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from pipeline.errors import OK, SOME_FAILED, ReaderCrashed
from pipeline.ingest import job as jobs
from pipeline.ingest import worker
from pipeline.ingest.job import Job, Result
from pipeline.ingest.runners import InProcess, Processes
from pipeline.ingest.work import failure

FAULTY = "tests.ingest.faulty"
# A kill by the clock costs its whole limit; the machine may be busy.
LIMITS = {
    "KEHOACH_SECONDS_PER_DOCUMENT": "12",
    "KEHOACH_SECONDS_PER_FILE": "5",
    "KEHOACH_MEMORY_PER_FILE": "600000000",
}


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(worker.WORK, FAULTY)
    for name, value in LIMITS.items():
        monkeypatch.setenv(name, value)
    from pipeline.ingest import runners
    from pipeline.limits import Settings

    monkeypatch.setattr(runners, "settings", Settings)


def failures(place: Any, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    cli.main(["failures", "--corpus", str(place.corpus), "--json"])
    found = json.loads(capsys.readouterr().out)
    return {Path(each["uri"]).stem: each for each in found}


FAULTS = {
    "hang": "timeout",
    "spin": "timeout",
    "eat": "reader-crashed",
    "abort": "reader-crashed",
    "rubbish": "reader-crashed",
}


@pytest.mark.parametrize(
    ("engine", "faults"), [("local", [*FAULTS]), ("dask", ["abort", "rubbish"])]
)
@pytest.mark.usefixtures("faulty")
def test_poison(
    folder: Callable[..., Path],
    place: Any,
    capsys: pytest.CaptureFixture[str],
    engine: str,
    faults: list[str],
) -> None:
    top = folder(6)
    for name in (*faults, "once"):
        (top / f"{name}.txt").write_text(f"KẾ HOẠCH\n{name}\n")
    code, summary = place.run(top, "--engine", engine, "--workers", 2)
    assert code == SOME_FAILED
    assert summary["states"] == {"done": 7, "quarantined": len(faults)}
    assert summary["tried_again"] == len(faults) + 1
    found = failures(place, capsys)
    assert {
        name: (each["code"], each["state"], each["attempts"]) for name, each in found.items()
    } == {name: (FAULTS[name], "quarantined", 2) for name in faults}
    assert len(place.records()) == 7


@pytest.mark.usefixtures("faulty")
def test_closing_a_pool_is_no_failure_of_a_file(tmp_path: Path) -> None:
    """A site that stops would else count a try of what it was reading."""
    jobs_ = iter([Job(str(tmp_path / "hang.txt"), "hang.txt", "0" * 64, "1")])
    pool = Processes(1)
    threading.Timer(0.5, pool.close).start()
    assert list(pool.run(lambda: next(jobs_, None))) == []


def test_who_speaks_for_a_worker_does_not_know_its_memory() -> None:
    job = Job("/a.txt", "a.txt", "0" * 64, "1")
    assert failure(job, "work", ReaderCrashed("It died.")).peak_memory is None


@pytest.mark.usefixtures("faulty")
def test_workers_stand_back(
    folder: Callable[..., Path], place: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People who wait for a page go before a night's work."""
    monkeypatch.setenv("KEHOACH_NICENESS", "7")
    monkeypatch.setenv("KEHOACH_TEST_SIGN", str(tmp_path))
    (folder(1) / "nice.txt").write_text("KẾ HOẠCH\nI. MỤC TIÊU\n")
    place.run(tmp_path / "plans", "--workers", 1)
    assert [path.name for path in tmp_path.glob("nice *")] == ["nice 7"]


def test_records_do_not_depend_on_the_runner(
    folder: Callable[..., Path], place: Any, tmp_path: Path
) -> None:
    top = folder(8)
    found = []
    for engine in ("in-process", "local", "dask"):
        place.corpus, place.extracted = tmp_path / f"{engine}.db", tmp_path / engine
        assert place.run(top, "--engine", engine, "--workers", 2)[0] == OK
        found.append({path.name: path.read_bytes() for path in place.extracted.glob("*.json")})
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 8


@pytest.mark.parametrize("make", [InProcess, lambda: Processes(2)], ids=["here", "processes"])
def test_back_pressure(folder: Callable[..., Path], make: Callable[[], Any]) -> None:
    """No more jobs are drawn than the workers can hold, however slow the caller is."""
    files = iter(sorted(folder(12).rglob("*.txt")))
    drawn = 0

    def following() -> Job | None:
        nonlocal drawn
        path = next(files, None)
        if path is None:
            return None
        drawn += 1
        return Job(str(path), path.name, "0" * 64, "another")

    runner = make()
    try:
        for done, (_, result) in enumerate(runner.run(following), 1):
            assert result.code == "worker-differs"
            assert drawn - done <= 4
        assert done == 12
    finally:
        runner.close()


@pytest.mark.parametrize(
    "value",
    [
        Job("/a/b.txt", "b.txt", "0" * 64, "1", None, 2),
        Result("0" * 64, b"{}", peak_memory=1),
    ],
)
def test_values_travel_as_bytes(value: Job | Result) -> None:
    assert jobs.loads(jobs.dumps(value)) == value


@pytest.mark.parametrize(
    "data", [b"", b"rubbish", b"cos\nsystem\n(S'true'\ntR.", b"\x80\x05N.", b"\x80\x05]."]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        jobs.loads(data)
