"""Gold of checked plans, by the evaluation it is written for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import Plan
from pipeline import Pipeline, corpus, review
from pipeline.corrections.entries import CATEGORIES
from pipeline.evaluation.report import evaluate
from pipeline.review import gold
from pipeline.samples import make
from pipeline.samples.text import render


@pytest.fixture(scope="module")
def read_plans() -> list[Plan]:
    """Records of some sample plans."""
    pipeline = Pipeline()
    samples = [make(seed) for seed in range(4)]
    return [pipeline.from_text(render(one), f"{one.stem}.txt") for one in samples]


def test_a_machine_that_was_right_in_all_scores_one(
    path: Path, read_plans: list[Plan], tmp_path: Path
) -> None:
    records = tmp_path / "records"
    records.mkdir()
    with corpus.open(path, write=True) as plans:
        for plan in read_plans:
            plans.add(plan)
            (records / f"{plan.id}.json").write_text(plan.to_json(), encoding="utf-8")
            for category in CATEGORIES:
                review.accept_rest(plans, plan.id, category, by="An")
        written = gold.write(plans, tmp_path / "gold")
        assert not review.conflicts(plans)
        for plan in read_plans:
            corrected = plans.plan(plan.id)
            assert len(corrected.checks) == len(review.items(plans, plan.id))
            assert {check.verdict for check in corrected.checks} == {"accepted"}
    assert len(written) == len(read_plans)
    report = evaluate(tmp_path / "gold", records)
    for category, count in report.counts.items():
        assert (category, count.f1) == (category, 1.0)
        assert count.gold or category in ("bullets", "spans"), category
    assert not report.misses


def test_each_correction_is_one_difference(
    path: Path, read_plans: list[Plan], tmp_path: Path
) -> None:
    plan = read_plans[0]
    records = tmp_path / "records"
    records.mkdir()
    (records / f"{plan.id}.json").write_text(plan.to_json(), encoding="utf-8")
    with corpus.open(path, write=True) as plans:
        plans.add(plan)
        for category in ("references", "agencies", "assignments", "outline"):
            item = review.items(plans, plan.id, category=category)[-1]  # type: ignore[arg-type]
            review.decide(plans, plan.id, item.address, "reject", by="An")
        for category in CATEGORIES:
            review.accept_rest(plans, plan.id, category, by="An")
        gold.write(plans, tmp_path / "gold")
    counts = evaluate(tmp_path / "gold", records).counts
    for category in ("references", "assignments"):
        assert (category, counts[category].extra, counts[category].missed) == (category, 1, 0)
    assert counts["outline"].extra + counts["bullets"].extra == 1
    assert counts["deadlines"].f1 == counts["targets"].f1 == counts["header"].f1 == 1


def test_a_gold_file_says_where_it_comes_from(path: Path, plan: Plan, tmp_path: Path) -> None:
    with corpus.open(path, write=True) as plans:
        plans.add(plan)
        review.accept_rest(plans, plan.id, "header", by="Bình")
        review.accept_rest(plans, plan.id, "targets", by="An")
        (file,) = gold.write(plans, tmp_path)
    made = json.loads(file.read_text(encoding="utf-8"))
    assert made["source"] == {"name": plan.source.name, "sha256": plan.source.sha256}
    assert (made["checked_by"], made["annotated"]) == (["An", "Bình"], ["header", "targets"])
    assert "deadlines" not in made
