"""Planted changes are found: the promise of docs/comparison.md, on a few of the seeds it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import ModuleType

import pytest

from pipeline import Pipeline
from pipeline.samples import make
from pipeline.samples.planting import duties, plant

SEEDS = range(3)


@pytest.fixture(scope="module")
def benchmark(benchmarks: Callable[[str], ModuleType]) -> ModuleType:
    return benchmarks("comparison")


@pytest.mark.parametrize(("rate", "line"), [(0.05, 0.97), (0.15, 0.95), (0.30, 0.85)])
def test_reworded_copies_are_aligned(benchmark: ModuleType, rate: float, line: float) -> None:
    counts: Counter[str] = Counter()
    pipeline = Pipeline()
    for seed in SEEDS:
        counts += benchmark.aligned(pipeline, seed, rate)
    assert counts["right"] > 40
    wrong = counts["wrong"] + counts["missed"]
    assert 2 * counts["right"] / (2 * counts["right"] + wrong) >= line
    assert not counts["false only here"]


def test_no_planted_change_is_missed(benchmark: ModuleType) -> None:
    counts: Counter[str] = Counter()
    pipeline = Pipeline()
    for seed in SEEDS:
        counts += benchmark.changed(pipeline, seed)
    found = {name.removeprefix("found ") for name in counts if name.startswith("found")}
    assert found == {"added", "agency", "deadline", "dropped", "moved", "reworded", "target"}
    assert not [name for name in counts if name.startswith(("missed", "false"))]


@pytest.mark.parametrize("seed", range(8))
def test_a_variant_says_what_was_done(seed: int) -> None:
    base = make(seed, act="plan")
    planted = plant(base, seed, dropped=2, added=1, changed=1, reworded=0.3, rate=0.2)
    original = duties(base)
    origins = [unit.origin for unit in planted.units if unit.origin is not None]
    assert Counter(origins) + Counter(planted.dropped) == Counter(original)
    assert [unit.words for unit in planted.units] == duties(planted.plan)
    for unit in planted.units:
        if unit.origin is not None and not unit.acts:
            assert unit.words == unit.origin
    assert plant(base, seed, dropped=2, added=1, changed=1, reworded=0.3, rate=0.2) == planted


def test_nothing_asked_for_nothing_done() -> None:
    base = make(3, act="plan")
    assert plant(base, 3).plan == base
