"""A short seeded run of the hostile inputs, and that the run would see what it looks for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fuzz import inputs, running, trials
from fuzz.commanding import Commander
from fuzz.inputs import KINDS, Input
from fuzz.outcomes import Report
from fuzz.records import Ground
from fuzz.trials import Limits

SEED, COUNT = 31, 72


def test_no_input_breaks_a_law(tmp_path: Path) -> None:
    report = running.run(SEED, COUNT, keep=tmp_path)
    assert not report.batches
    assert not [(one.input.name, one.broken) for one in report.broken]
    assert report.total == COUNT
    assert set(report.counts) == set(KINDS)


def test_the_same_seed_gives_the_same_inputs() -> None:
    ground = Ground(('{"source": {}, "text": "a", "sections": []}',), "a" * 16, ("deadline/1-2",))
    made = [inputs.make(SEED, number, ground) for number in range(60)]
    assert made == [inputs.make(SEED, number, ground) for number in range(60)]
    others = [inputs.make(SEED + 1, number, ground) for number in range(60)]
    assert sum(one.data == other.data for one, other in zip(made, others, strict=True)) < 6


def test_faults_of_the_program_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_WORK", "tests.fuzz.faulty")
    report = Report()
    files = [
        Input(0, "text", "text-0.txt", "Kế hoạch trồng cây.".encode()),
        Input(1, "html", "html-1.html", "<p>Kế hoạch</p><p>Trồng cây, xong ngày 5/6.</p>".encode()),
        Input(2, "pdf", "pdf-2.pdf", b"%PDF-1.7 nothing"),
    ]
    text, html, pdf = trials.ingest(files, tmp_path / "in", Limits(), report)
    assert report.batches == []
    assert text.code == "error" and text.broken
    assert html.code == "record" and html.broken
    assert (pdf.code, pdf.broken) == ("damaged", ())


def test_a_command_that_hangs_is_stopped(tmp_path: Path) -> None:
    """Reading from a pipe that nobody writes to."""
    commander = Commander(seconds=2, memory=500_000_000)
    os.mkfifo(tmp_path / "pipe")
    try:
        assert commander.run("schema").code == 0
        ended = commander.run("search", "--batch", tmp_path / "pipe", "--corpus", tmp_path / "none")
        assert ended.code is not None  # the corpus is looked for first
        ended = commander.run("add", tmp_path / "pipe", "--corpus", tmp_path / "corpus.db")
        assert ended.code is None and ended.fault.startswith("timeout")
        assert commander.run("schema").code == 0
    finally:
        commander.close()
