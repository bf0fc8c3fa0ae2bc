"""The benchmark grows sound plans and prints what it promises; figures are no test's business."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from models import Plan

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("search", ROOT / "benchmarks" / "search.py")
    assert spec and spec.loader
    module = sys.modules["search"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_values_keep_their_words(benchmark: ModuleType, plans: list[Plan]) -> None:
    grown = benchmark.grow(plans[:5], 200, random.Random(1))
    assert len(grown.passages) >= 200
    assert len({plan.id for plan in grown.plans}) == len(grown.plans)
    for plan in grown.plans:
        for value in (*plan.references, *plan.deadlines, *plan.targets):
            assert plan.text[value.span.start : value.span.end] == value.text


def test_a_small_run(
    benchmark: ModuleType,
    plans: list[Plan],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    grown = benchmark.grow(plans[:5], 200, random.Random(1))
    benchmark.report(grown, tmp_path, 10, random.Random(2))
    out = capsys.readouterr().out
    for words in ("indexing: ", "file: ", "kehoach, with diacritics", "facets (six)"):
        assert words in out
