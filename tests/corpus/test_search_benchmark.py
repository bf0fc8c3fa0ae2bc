"""The benchmark grows sound plans and prints what it promises; figures are no test's business."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from models import Plan


@pytest.fixture(scope="module")
def benchmark(benchmarks: Callable[[str], ModuleType]) -> ModuleType:
    return benchmarks("search")


def test_values_keep_their_words(benchmark: ModuleType, plans: list[Plan]) -> None:
    grown = benchmark.grow(plans[:5], 200, random.Random(1))
    assert len(grown.passages) >= 200
    assert len({plan.id for plan in grown.plans}) == len(grown.plans)
    for plan in grown.plans:
        for value in (*plan.references, *plan.deadlines, *plan.targets):
            assert plan.text[value.span.start : value.span.end] == value.text


def test_a_small_run(
    benchmark: ModuleType,
    benchmarks: Callable[[str], ModuleType],
    plans: list[Plan],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    grown = benchmark.grow(plans[:5], 200, random.Random(1))
    told = benchmarks("figures").Figures("search")
    benchmark.report(grown, tmp_path, 10, random.Random(2), told)
    out = capsys.readouterr().out
    for words in ("indexing: ", "file: ", "kehoach, with diacritics", "facets (six)"):
        assert words in out
    found = {row.figure for row in told.rows}
    assert {"file to text", "six facets to a query, p95", "query without, p95, clock"} <= found
