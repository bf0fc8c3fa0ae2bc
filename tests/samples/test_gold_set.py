"""The set for evaluation: varied, repeatable, and a perfect record of it scores perfectly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.evaluation.gold import load_gold
from pipeline.samples.__main__ import main
from pipeline.samples.gold_set import TURNS, plans, write


def test_two_hundred_plans_are_varied() -> None:
    made = list(plans(200))
    options = [plan.options for plan, _ in made]
    assert len({plan.stem for plan, _ in made}) == 200
    assert Counter(form for _, form in made) == {f: 10 * n for f, n in Counter(TURNS).items()}
    for name, least in [
        ("issuer", 4), ("year", 4), ("numbering", 4), ("act", 2), ("blank", 4), ("tasks", 3),
        ("length", 3), ("topic", 5), ("province", 20), ("long_names", 2), ("long_dates", 2),
    ]:  # fmt: skip
        counted = Counter(getattr(option, name) for option in options)
        assert len(counted) >= least, name


def test_plans_and_gold_have_one_name(tmp_path: Path) -> None:
    paths = list(write(tmp_path, 9))
    assert [path.name.partition(".")[2] for path in paths] == list(TURNS[:9])
    for path in paths:
        gold = load_gold(tmp_path / "gold" / f"{path.stem}.json")
        assert gold.short_references is not None
        assert all(short.refers_to == "self" for short in gold.short_references)


def test_the_same_numbers_give_the_same_scan(tmp_path: Path) -> None:
    one, two = (list(write(tmp_path / name, 10))[-1].read_bytes() for name in "ab")
    assert one == two


def test_one_command(tmp_path: Path) -> None:
    assert main(["--gold", str(tmp_path), "--count", "2"]) == 0
    assert {path.name for path in tmp_path.rglob("*.*")} == {
        "sample-0000.txt", "sample-0000.json", "sample-0001.docx", "sample-0001.json",
    }  # fmt: skip
