"""A run that is ended at any moment goes on with the same command: each plan exactly once."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from models import Plan
from pipeline import cli, corpus
from pipeline.errors import OK
from pipeline.ingest.commands import INTERRUPTED

SEED = 20261121


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def check(place: Any, expected: int) -> None:
    """Corpus, ledger and records agree, and every plan is there once."""
    with corpus.open(place.corpus, write=True) as plans:
        assert not plans.faults()
        rows = plans.store.connection.execute("SELECT record_id, sha256 FROM plans").fetchall()
        assert len(rows) == len(set(rows)) == expected
        assert place.records() == {record for record, _ in rows}
        ledger = plans.store.connection.execute(
            "SELECT state, count(*) FROM ledger GROUP BY state"
        ).fetchall()
        assert ledger == [("done", expected)]
    for path in place.extracted.glob("*.json"):
        assert Plan.model_validate_json(path.read_bytes()).id == path.stem
    assert not list(place.extracted.glob(".*.part"))
    assert cli.main(["verify", *place.arguments()]) == OK


def test_killed_ten_times(folder: Callable[..., Path], place: Any) -> None:
    """SIGKILL at random moments, each time continued by another runner than before."""
    top = folder(30)
    chance = random.Random(SEED)
    engines = ("local", "in-process")
    for attempt in range(10):
        run = place.start(top, "--engine", engines[attempt % 2], "--workers", 2)
        # Importing takes a moment: the first kills hit the start, the later ones the work.
        time.sleep(chance.uniform(0.1, 2.5))
        run.kill()
        run.communicate()
    code, summary = place.run(top, "--engine", "local", "--workers", 2)
    assert (code, summary["states"]) == (OK, {"done": 30})
    check(place, 30)


def test_children_end_with_a_killed_run(folder: Callable[..., Path], place: Any) -> None:
    run = place.start(folder(30), "--workers", 2)
    found: list[psutil.Process] = []

    def working() -> bool:
        found[:] = psutil.Process(run.pid).children(recursive=True)
        return len(found) >= 2 and bool(place.records())

    until(working)
    run.kill()
    run.communicate()
    until(lambda: not any(each.is_running() and each.status() != "zombie" for each in found), 10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_cleanly(folder: Callable[..., Path], place: Any, number: int) -> None:
    top = folder(30)
    run = place.start(top, "--workers", 1)
    until(lambda: bool(place.records()))
    run.send_signal(number)
    out, err = run.communicate(timeout=60)
    assert run.returncode == INTERRUPTED, err
    summary = json.loads(out)
    assert summary["stopped"] and summary["left"] + summary["states"]["done"] == 30
    assert "the same command goes on" in err or not summary["left"]
    with sqlite3.connect(place.corpus) as connection:
        (running,) = connection.execute("SELECT count(*) FROM ledger WHERE state = 'running'")
        assert running == (0,)
    code, again = place.run(top, "--workers", 2)
    assert (code, again["worked"]) == (OK, summary["left"])
    check(place, 30)


def test_a_full_disk_for_real(folder: Callable[..., Path], place: Any, tmp_path: Path) -> None:
    """A file system of three megabytes; more room, and the same command goes on."""
    mount = tmp_path / "small"
    mount.mkdir()
    if os.system(f"mount -t tmpfs -o size=3m tmpfs '{mount}' 2>/dev/null"):
        pytest.skip("mounting a small file system is not allowed here")
    try:
        top = folder(30)
        place.corpus, place.extracted = mount / "corpus.db", mount / "extracted"
        run = place.start(top, "--engine", "in-process")
        _, err = run.communicate(timeout=120)
        assert run.returncode not in (OK, INTERRUPTED)
        assert "cannot-write" in err
        assert "Traceback" not in err
        assert not os.system(f"mount -o remount,size=60m '{mount}'")
        code, summary = place.run(top, "--engine", "in-process")
        assert (code, summary["states"]) == (OK, {"done": 30})
        check(place, 30)
    finally:
        os.system(f"umount -l '{mount}'")


def test_a_folder_that_is_watched(folder: Callable[..., Path], place: Any) -> None:
    top = folder(2)
    run = place.start(top, "--watch", "--workers", 1, KEHOACH_SECONDS_BETWEEN_LOOKS="1")
    try:
        until(lambda: len(place.records()) == 2)
        (top / "late.txt").write_text("KẾ HOẠCH\nTuyên truyền năm 2025\n", encoding="utf-8")
        until(lambda: len(place.records()) == 3)
    finally:
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=60)
    assert run.returncode == INTERRUPTED, err
    check(place, 3)
