"""The benchmarks run and say what they promise; the figures themselves are no test's business."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.samples import make, truth
from pipeline.samples.text import render

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec and spec.loader
    module = sys.modules["accuracy"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def f1(table: str) -> dict[tuple[str, str], float]:
    """(category, found by) → F1; columns are two or more blanks apart."""
    lines = [line.split("  ") for line in table.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    return {(row[0], row[1]): float(row[4]) for row in cells if len(row) == 7 and row[4] != "F1"}


def test_two_samples_beside_the_peers(
    accuracy: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert accuracy.main(["--samples", "2"]) == 0
    figures = f1(capsys.readouterr().out)
    for category, peer in [
        ("agencies", "underthesea ner"),
        ("deadlines", "dateparser"),
        ("deadline values", "dateparser, references blanked"),
        ("references", "one regular expression"),
    ]:
        assert figures[category, "kehoach, a whole record"] > figures[category, peer], category


def test_gold_of_ones_own(
    accuracy: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = make(3)
    (tmp_path / "gold").mkdir()
    (tmp_path / "plans").mkdir()
    (tmp_path / "gold" / "x.json").write_text(truth.dumps(plan), "utf-8")
    (tmp_path / "gold" / "without-plan.json").write_text("{}", "utf-8")
    (tmp_path / "plans" / "x.txt").write_text(render(plan), "utf-8")
    arguments = ["--gold", str(tmp_path / "gold"), "--texts", str(tmp_path / "plans")]
    assert accuracy.main(arguments) == 0
    assert capsys.readouterr().out.startswith("1 plans, your own")


def test_formats(accuracy: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--samples", "2", "--formats", "txt", "md"]) == 0
    head, *rest = capsys.readouterr().out.splitlines()[2:]
    assert head.split() == ["F1", "gold", "txt", "md"]
    assert rest[0].split()[0] == "header"


@pytest.mark.parametrize(
    "arguments",
    [["--gold", "x"], ["--formats", "rtf"], ["--gold", "x", "--texts", "y", "--formats", "txt"]],
)
def test_wrong_usage(accuracy: ModuleType, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        accuracy.main(arguments)
    assert left.value.code == 2


def test_the_regular_expression_is_no_straw_man(accuracy: ModuleType) -> None:
    text = "Nghị quyết số 76/NQ-CP ngày 15/7/2021; Chỉ thị số 05-CT/TU ngày 01 tháng 3 năm 2024"
    found = [match.group("number", "year") for match in accuracy.CITED.finditer(text)]
    assert found == [("76/NQ-CP", "2021"), ("05-CT/TU", "2024")]
