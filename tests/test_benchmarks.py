"""The benchmarks run and say what they promise; the figures themselves are no test's business."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.samples import make, truth
from pipeline.samples.text import render

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def accuracy(benchmarks: Callable[[str], ModuleType]) -> ModuleType:
    return benchmarks("accuracy")


@pytest.fixture(scope="module")
def every(benchmarks: Callable[[str], ModuleType]) -> ModuleType:
    return benchmarks("all")


def f1(table: str) -> dict[tuple[str, str], float]:
    """(category, found by) → F1; columns are two or more blanks apart."""
    lines = [line.split("  ") for line in table.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    return {(row[0], row[1]): float(row[4]) for row in cells if len(row) == 7 and row[4] != "F1"}


def told(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def test_two_samples_beside_the_peers(
    accuracy: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert accuracy.main(["--samples", "2", "--json", str(tmp_path / "x.json")]) == 0
    figures = f1(capsys.readouterr().out)
    rows = {
        (row["figure"], row["peer"]): row["value"]
        for row in told(tmp_path / "x.json")
        if row["unit"] == "F1"
    }
    for category, peer in [
        ("agencies", "underthesea ner"),
        ("deadlines", "dateparser"),
        ("deadline values", "dateparser, references blanked"),
        ("references", "one regular expression"),
    ]:
        ours = figures[category, "kehoach, a whole record"]
        assert ours > figures[category, peer], category
        assert rows[category, None] == pytest.approx(ours, abs=0.001)
        assert rows[category, peer] < ours


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


def test_formats(accuracy: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.json"
    assert accuracy.main(["--samples", "2", "--formats", "txt", "md", "--json", str(file)]) == 0
    head, *rest = capsys.readouterr().out.splitlines()[2:]
    assert head.split() == ["F1", "gold", "txt", "md"]
    assert rest[0].split()[0] == "header"
    chief = [row["figure"] for row in told(file) if not row["detail"]]
    assert chief == ["txt: all values", "md: all values"]


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


# The driver and the pages that come from it.


@pytest.mark.parametrize(
    ("value", "bounds", "aim", "holds"),
    [
        (2.0, {"at_most": 2}, "≤ 2", True),
        (2.001, {"at_most": 2}, "≤ 2", False),
        (1.8, {"at_least": 1.8}, "≥ 1.8", True),
        (1.7999, {"at_least": 1.8}, "≥ 1.8", False),
        (5.0, {}, None, None),
        (1.0, {"at_most": 0}, "≤ 0", False),
    ],
)
def test_an_aim_is_judged_before_rounding(
    benchmarks: Callable[[str], ModuleType],
    value: float, bounds: dict[str, float], aim: str | None, holds: bool | None,
) -> None:  # fmt: skip
    figures = benchmarks("figures").Figures("x")
    figures.add("a", "s", value, **bounds)
    assert (figures.rows[0].aim, figures.rows[0].holds) == (aim, holds)


def test_a_median_with_its_middle_half(benchmarks: Callable[[str], ModuleType]) -> None:
    figures = benchmarks("figures").Figures("x")
    figures.median("several turns", "s", [1.0, 2.0, 3.0, 4.0, 100.0])
    figures.median("one turn", "s", [1.23456])
    several, one = figures.rows
    assert (several.value, several.spread) == (3.0, (2.0, 4.0))
    assert (one.value, one.spread) == (1.235, None)


FINE = """
import sys
sys.path.insert(0, {folder!r})
import figures
rows = figures.Figures("fake")
rows.median("work", "s", [{value}, {value}], at_most=2)
rows.add("theirs", "s", 9, peer="peer | name")
rows.add("hidden", "s", 7, detail=True)
rows.write(figures.Path(sys.argv[-1]))
sys.exit({code})
"""
HANGING = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open({pids!r}, "w").write(str(child.pid))
time.sleep(600)
"""


@pytest.fixture
def fakes(every: ModuleType, tmp_path: Path) -> Callable[..., list[Any]]:
    """Benchmarks that measure, miss their aim, crash and hang."""

    def make_them(value: float = 1.5) -> list[Any]:
        folder = str(ROOT / "benchmarks")
        programs = {
            "fine": FINE.format(folder=folder, value=value, code=0),
            "missed": FINE.format(folder=folder, value=3, code=1),
            "crashing": "raise SystemExit('no engine here')",
            "hanging": HANGING.format(pids=str(tmp_path / "pids")),
            "last": FINE.format(folder=folder, value=1, code=0),
        }
        entries = []
        for name, program in programs.items():
            path = tmp_path / f"{name}.py"
            path.write_text(program, encoding="utf-8")
            minutes = 3 / 60 if name == "hanging" else 2
            entries.append(every.Entry(name, f"is {name}", shlex.quote(str(path)), "", minutes))
        return entries

    return make_them


def test_one_that_fails_or_hangs_costs_its_own_rows_only(
    every: ModuleType, fakes: Callable[..., list[Any]], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    docs = tmp_path / "docs"
    assert every.main(["--docs", str(docs)], fakes()) == 1
    data = json.loads((docs / "benchmarks.json").read_text(encoding="utf-8"))
    assert {name: run["state"] for name, run in data["runs"].items()} == {
        "fine": "done", "missed": "done", "crashing": "failed",
        "hanging": "stopped after 0.05 minutes", "last": "done",
    }  # fmt: skip
    assert {row["benchmark"] for row in data["figures"]} == {"fine", "missed", "last"}
    assert {"cpu", "cores", "memory_gb", "system"} == set(data["machine"])
    assert data["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    told = capsys.readouterr().err
    assert "[3/5] crashing" in told and "no engine here" in told
    assert "not measured: crashing, hanging" in told
    child = Path("/proc", (tmp_path / "pids").read_text(encoding="utf-8"), "stat")
    assert not child.exists() or ") Z " in child.read_text(encoding="utf-8")
    table = (docs / "benchmarks.md").read_text(encoding="utf-8")
    assert "| fine | work | 1.5 s | 1.5–1.5 |  | ≤ 2 |" in table
    assert "| missed | work | 3 s | 3–3 |  | ≤ 2 **missed** |" in table
    assert "peer / name" in table and "hidden" not in table
    assert "**failed**" in table


def test_again_is_one_benchmark_and_the_others_stay(
    every: ModuleType, fakes: Callable[..., list[Any]], tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    page = "before\n<!-- the table is written by benchmarks/all.py from benchmarks.json -->\n"
    (docs / "benchmarks.md").write_text(f"{page}old\n<!-- end of the table -->\nafter\n", "utf-8")
    assert every.main(["--docs", str(docs), "--only", "fine", "last"], fakes()) == 0
    assert every.main(["--docs", str(docs), "--only", "fine"], fakes(value=1.25)) == 0
    data = json.loads((docs / "benchmarks.json").read_text(encoding="utf-8"))
    assert [(row["benchmark"], row["value"]) for row in data["figures"]] == [
        ("fine", 1.25), ("fine", 9), ("fine", 7), ("last", 1), ("last", 9), ("last", 7),
    ]  # fmt: skip
    table = (docs / "benchmarks.md").read_text(encoding="utf-8")
    assert table.startswith("before\n") and table.endswith("\nafter\n") and "old" not in table
    # All of it anew: what is measured here no more goes, what was somebody's documents stays.
    data["runs"]["own-gold"] = data["runs"]["last"]
    data["figures"] += [row | {"benchmark": "own-gold"} for row in data["figures"][:1]]
    (docs / "benchmarks.json").write_text(json.dumps(data), "utf-8")
    assert every.main(["--docs", str(docs)], fakes()[:1]) == 0
    data = json.loads((docs / "benchmarks.json").read_text(encoding="utf-8"))
    assert set(data["runs"]) == {"fine", "own-gold"}
    assert len(data["figures"]) == 4
    data["machine"]["cpu"] = "another one"
    (docs / "benchmarks.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(SystemExit, match="another machine"):
        every.main(["--docs", str(docs), "--only", "fine"], fakes())


def test_quick_prints_and_keeps_nothing(
    every: ModuleType, fakes: Callable[..., list[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (DOCS / "benchmarks.json").read_bytes()
    entries = [entry for entry in fakes() if entry.name == "fine"]
    assert every.main(["--quick"], entries) == 0
    assert "| fine | work |" in capsys.readouterr().out
    assert (DOCS / "benchmarks.json").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--only", "nothing"], "no benchmark 'nothing'"), (["--gold", "x"], "--gold needs --texts")],
)
def test_wrong_usage_of_the_driver(
    every: ModuleType, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        every.main(arguments)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_own_documents_leave_no_path_behind(every: ModuleType, tmp_path: Path) -> None:
    parsed = every.argparse.Namespace(gold=tmp_path, texts=[tmp_path, tmp_path], scans=tmp_path)
    found = every.own(parsed)
    assert [entry.name for entry, _ in found] == [
        "own-gold", "own-search", "own-search-quality", "own-scans"
    ]  # fmt: skip
    for entry, words in found:
        assert str(tmp_path) not in entry.command
        assert all(placeholder in entry.command for placeholder in words)
        assert str(tmp_path) in " ".join(words.values())


def test_every_benchmark_is_run_with_options_that_it_has(every: ModuleType) -> None:
    scripts = set()
    for entry in every.ENTRIES:
        for command in filter(None, (entry.command, entry.quick)):
            script, *arguments = shlex.split(command)
            scripts.add(script)
            source = (ROOT / "benchmarks" / script).read_text(encoding="utf-8")
            for option in (a for a in arguments if a.startswith("--")):
                assert f'"{option}"' in source, (entry.name, option)
    programs = {
        path.name
        for path in (ROOT / "benchmarks").glob("*.py")
        if "figures.option(" in path.read_text(encoding="utf-8")
    }
    # Queries over real words are judged on texts of the caller's only.
    assert scripts == programs - {"search_quality.py"}


@pytest.mark.parametrize(
    ("script", "arguments", "figure"),
    [
        ("comparison.py", "accuracy --seeds 1", "alignment, 5% of the words changed"),
        ("comparison.py", "speed --plans 40", "40 plans"),
        ("ingest.py", "--texts 0 --scans 0 --kinds 0 --many 0 --unchanged 2",
         "a second run over 2 unchanged files"),
        ("speed.py", "--rounds 2", "references"),
        ("web.py", "--plans 2 --later 200 --seconds 3 --readers 4 --pause 0.2",
         "search, alone, p95"),
    ],
)  # fmt: skip
def test_the_smallest_run_of_a_benchmark(
    every: ModuleType, script: str, arguments: str, figure: str, tmp_path: Path
) -> None:
    entry = every.Entry("small", "", f"{script} {arguments}", None, 5)
    run, rows = every.measure(entry, {}, False, 5)
    assert run["state"] == "done"
    assert figure in {row["figure"] for row in rows}


def test_the_table_is_what_the_data_say(benchmarks: Callable[[str], ModuleType]) -> None:
    page = benchmarks("page")
    data = json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8"))
    text = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    assert page.between(text) == page.table(data), "run make docs"


def test_the_page_of_quality_is_what_the_data_say(
    benchmarks: Callable[[str], ModuleType],
) -> None:
    quality = benchmarks("quality")
    data = json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8"))
    assert (DOCS / "quality.md").read_text(encoding="utf-8") == quality.render(
        data, quality.measured()
    ), "run make docs"


def test_what_is_weak_stands_first(benchmarks: Callable[[str], ModuleType]) -> None:
    figures = benchmarks("figures").Figures("speed")
    figures.add("slow", "s", 3, at_most=2)
    figures.add("good", "F1", 0.95)
    figures.add("poor", "F1", 0.4)
    figures.add("poor peer", "F1", 0.1, peer="peer")
    data = benchmarks("page").empty({}, {}, {})
    run = {
        "date": "2031-01-02", "command": "again", "state": "done", "about": "x", "load": 0,
    }  # fmt: skip
    rows = [benchmarks("dataclasses").asdict(row) for row in figures.rows]
    benchmarks("page").put(data, "speed", run, rows)
    text = benchmarks("quality").render(data, [])
    weak = text.partition("## Where it is weak")[2].partition("\n## ")[0]
    assert "| slow | 3 s | ≤ 2 **missed** | 2031-01-02 | `again` |" in weak
    assert "| poor | 0.400 F1 |" in weak and "| good |" not in weak
    assert "poor peer" not in text and "| good |" in text
