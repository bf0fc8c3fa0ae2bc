"""Generated gold, scored: the three commands belong together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


def test_four_plans_from_the_generator_to_the_figures(
    benchmarks: Callable[[str], ModuleType], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    arguments = ["--count", "4", "--keep", str(tmp_path), "--json", str(file)]
    assert benchmarks("synthetic").main(arguments) == 0
    out = capsys.readouterr().out
    assert "4 documents, 0 without a record" in out
    assert "text (2)  docx (1)  pdf (1)" in out
    rows = {line.split("  ")[0]: line.split() for line in out.splitlines()}
    assert float(rows["references"][3]) > 0.9
    assert (tmp_path / "report.html").stat().st_size > 5000
    told = {row["figure"]: row["value"] for row in json.loads(file.read_text("utf-8"))}
    assert told["references"] == pytest.approx(float(rows["references"][3]), abs=0.001)
