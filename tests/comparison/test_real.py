"""Real plans, where they are: structure holds, and known copies are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import Plan
from pipeline import Pipeline
from pipeline.comparison import Comparison, compare


@pytest.fixture(scope="module")
def plans(shared: Path) -> list[Plan]:
    files = sorted((shared / "corpus" / "kh").glob("*-10-KH-UBND-*.txt"))
    files += sorted((shared / "seeds").glob("*.txt"))
    pipeline = Pipeline()
    return [pipeline.from_text(path.read_text("utf-8"), path.name) for path in files]


@pytest.fixture(scope="module")
def result(plans: list[Plan]) -> Comparison:
    return compare(plans)


def test_every_item_has_words_of_its_plan(result: Comparison, plans: list[Plan]) -> None:
    texts = {plan.id: plan.text for plan in plans}
    assert len(result.items) > 200
    for item in result.items:
        own = texts[result.plans[item.plan].id][item.span.start : item.span.end]
        assert own.split() == item.text.split()
        assert len(item.text.split()) >= 5


def test_cut_plans_say_so(result: Comparison) -> None:
    cut = {plan.name for plan in result.plans if any(c.code == "cut-short" for c in plan.cautions)}
    assert cut
    assert all(name.startswith("Ke-hoach") for name in cut)


def test_one_issuers_years_follow_each_other(result: Comparison) -> None:
    told = [(result.plans[y.old].year, result.plans[y.new].year) for y in result.years]
    assert (2022, 2024) in told
    assert (2024, 2025) in told


def test_shares_are_shares(result: Comparison) -> None:
    for row in result.borrowed:
        assert 0 <= (row.earlier or 0) <= row.shared <= 1
        assert row.from_main <= (row.earlier or 0) + 0.001
