"""Folders of sample plans, and ways to run an ingest over them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from pipeline.samples import make
from pipeline.samples.text import render

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Thirty sample plans as text."""
    return [render(make(seed)) for seed in range(30)]


@pytest.fixture
def folder(tmp_path: Path, texts: list[str]) -> Callable[..., Path]:
    """A folder with ``count`` plans in it, some of them in folders of folders."""

    def build(count: int, name: str = "plans") -> Path:
        top = tmp_path / name
        for number in range(count):
            place = top / ("a/b", "c", "")[number % 3]
            place.mkdir(parents=True, exist_ok=True)
            (place / f"plan-{number}.txt").write_text(texts[number], encoding="utf-8")
        return top

    return build


class Place:
    """Where one test ingests to, and what came of it."""

    def __init__(self, top: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.corpus = top / "corpus.db"
        self.extracted = top / "extracted"
        self._capsys = capsys

    def arguments(self, *arguments: object) -> list[str]:
        return [
            *map(str, arguments),
            *("--corpus", str(self.corpus), "--extracted", str(self.extracted)),
        ]

    def run(self, *arguments: object) -> tuple[int, dict[str, Any]]:
        """In this process; exit code and summary."""
        self._capsys.readouterr()
        code = cli.main(["ingest", *self.arguments(*arguments, "--json")])
        out = self._capsys.readouterr().out
        return code, json.loads(out) if out else {}

    def start(self, *arguments: object, **more: str) -> subprocess.Popen[str]:
        """As a program of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline", "ingest", *self.arguments(*arguments, "--json")],
            cwd=ROOT,
            env={**os.environ, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # A shell's background job ignores Ctrl-C, and so would what it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def records(self) -> set[str]:
        return {path.stem for path in self.extracted.glob("*.json")}


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    return Place(tmp_path / "out", capsys)
