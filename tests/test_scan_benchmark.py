"""The benchmark of scans: its yardstick is fair, its table says what was run."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("cv2", reason="opencv draws the scans")
pytest.importorskip("reportlab", reason="reportlab writes the pages that are scanned")

from pipeline.samples import make, pdf, text
from pipeline.samples.look import Look


@pytest.fixture(scope="module")
def scans(benchmarks: Callable[[str], ModuleType]) -> ModuleType:
    return benchmarks("scans")


@pytest.fixture
def quick(scans: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """One small clean set, and tools that have no errors, one error, or are not installed."""
    tools = importlib.import_module("scan_tools")

    def perfect(files: list[Path], workers: int, **_: bool) -> object:
        plans = [make(s, act="plan", blank="none", annex=False, length=3) for s in scans.SEEDS]
        words = "\n2\n".join(row.text for plan in plans for row in text.rows(plan))
        return tools.Run(2.0 / workers, 1.0, {files[0].name: words})

    def careless(files: list[Path], workers: int, **flags: bool) -> object:
        run = perfect(files, workers, **flags)
        return tools.Run(8.0, 1.0, {name: words + " x" for name, words in run.texts.items()})

    def absent(files: list[Path], workers: int, **_: bool) -> object:
        raise tools.Missing("it is not here")

    monkeypatch.setattr(scans, "LOOKS", {"quick": Look(dpi=150)})
    monkeypatch.setattr(
        scans, "TOOLS", {"kehoach": perfect, "OCRmyPDF": careless, "another": absent}
    )
    return scans


def test_a_table_with_ratios_and_error_rates(
    quick: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quick.main([]) == 0
    out, errors = capsys.readouterr()
    rows = [[cell for cell in line.split("  ") if cell.strip()] for line in out.splitlines()]
    ours, with_two, peer = ([cell.strip() for cell in row] for row in rows[1:])
    assert ours[:3] == ["quick", "kehoach", "1"]
    assert with_two[2] == "2" and with_two[7] == "8.0" and with_two[8] == "0.0000"
    assert peer[1] == "OCRmyPDF" and peer[7] == "1.0" and float(peer[8]) > 0
    assert "another: it is not here" in errors


def test_texts_and_what_was_read_are_kept(quick: ModuleType, tmp_path: Path) -> None:
    assert quick.main(["--keep", str(tmp_path), "--tools", "kehoach"]) == 0
    assert (tmp_path / "quick" / "samples.pdf").exists()
    assert (tmp_path / "quick" / "kehoach" / "samples.pdf.txt").exists()


def test_figures_of_several_turns(quick: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    assert quick.main(["--rounds", "3", "--json", str(file)]) == 0
    told = {(row["figure"], row["peer"]): row for row in json.loads(file.read_text("utf-8"))}
    assert told["quick, pages/s", "OCRmyPDF"]["value"] == 8.0
    assert told["quick, pages/s", "OCRmyPDF"]["spread"] == [8.0, 8.0]
    assert told["quick, two workers to one", None]["holds"] is True
    assert told["quick, errors", None]["value"] == 0 < told["quick, errors", "OCRmyPDF"]["value"]


def test_every_order_of_reading_is_allowed(scans: ModuleType) -> None:
    plan = make(7, act="plan", issuer="ubnd", blank="none", annex=False)
    number, date = plan.facts.number or "", plan.facts.issued_on[:4]
    allowed = scans.orders(plan.blocks, pdf.render(plan))
    assert len(allowed) == 6  # three for the letterhead, two for the signature
    assert len({len(order) for order in allowed}) == 1
    places = {order.index(number) < order.index("CỘNG HÒA") for order in allowed}
    assert places == {True, False}
    assert all(number in order and date in order for order in allowed)


@pytest.mark.parametrize(
    ("read", "truth", "rate"),
    [
        ("một  hai\nba", "một hai ba", 0.0),
        ("một hai\n 12 \nba", "một hai ba", 0.0),
        ("mốt hai ba", "một hai ba", 0.1),
        ("", "một hai ba", 1.0),
    ],
)
def test_error_rate(scans: ModuleType, read: str, truth: str, rate: float) -> None:
    assert scans.error_rate(read, [["ba hai một", truth]]) == pytest.approx(rate)


def test_each_document_takes_its_own_order(scans: ModuleType) -> None:
    documents = [["a b", "b a"], ["c d", "d c"], ["e f", "f e"]]
    assert scans.error_rate("b a c d f e", documents) == 0


def test_memory_of_a_child_with_its_children(scans: ModuleType) -> None:
    memory = importlib.import_module("scan_memory")
    if not Path("/proc/self/statm").exists():
        pytest.skip("there is no /proc here")
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert memory.subtrees(os.getpid())[child.pid] > 0
    finally:
        child.communicate(b"\n")


def test_gold_needs_texts(scans: ModuleType) -> None:
    with pytest.raises(SystemExit) as left:
        scans.main(["--gold", "x"])
    assert left.value.code == 2
