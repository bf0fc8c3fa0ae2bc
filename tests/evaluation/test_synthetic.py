"""Generated gold, scored: the three commands belong together."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_four_plans_from_the_generator_to_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = importlib.util.spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
    assert spec and spec.loader
    synthetic = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(synthetic)
    assert synthetic.main(["--count", "4", "--keep", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "4 documents, 0 without a record" in out
    assert "text (2)  docx (1)  pdf (1)" in out
    rows = {line.split("  ")[0]: line.split() for line in out.splitlines()}
    assert float(rows["references"][3]) > 0.9
    assert (tmp_path / "report.html").stat().st_size > 5000
