"""Every table says what the corrected record says, after any decisions."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models import Plan
from pipeline import Pipeline, corpus, review
from pipeline.corpus import Corpus
from pipeline.corpus.tables import TABLES, Cell, rows
from pipeline.corrections import lay_over
from pipeline.errors import ValueChanged
from pipeline.samples import make
from pipeline.samples.text import render

NEW = {
    "deadline": {"value": "2033-03-01", "kind": "due"},
    "target": {"value": 17},
    "reference": {"number": "99/QĐ-TTg", "date": "2030-05-06"},
    "agency": {"canonical": "Sở Khí tượng"},
    "assignment": {"role": "supervise"},
    "section": {"title": "Tên khác"},
    "task": {"outputs": "Báo cáo"},
    "header": {"title": "Tên khác"},
}


@pytest.fixture(scope="module")
def sample() -> Plan:
    """The record of a sample plan."""
    return Pipeline().from_text(render(make(5)), "plan.txt")


def content(plans: Corpus) -> dict[str, list[dict[str, Cell]]]:
    """All tables without the numbers that depend on what was written before."""
    numbers = {"document", "citation", "agency", "resolved", "files"}
    return {
        table.name: [
            {c.name: v for c, v in zip(table.columns, row, strict=True) if c.name not in numbers}
            for row in rows(plans.store, table)
        ]
        for table in TABLES
        if table.name != "documents"
    }


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_rows_are_those_of_the_corrected_record(
    sample: Plan, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder: Path = tmp_path_factory.mktemp("rows")
    with corpus.open(folder / "a.db", write=True) as plans:
        plans.add(sample)
        for _ in range(data.draw(st.integers(1, 6))):
            if data.draw(st.booleans()) or not review.history(plans):
                items = review.items(plans, sample.id)
                item = items[data.draw(st.integers(0, len(items) - 1))]
                verdict = data.draw(st.sampled_from(["accept", "edit", "reject"]))
                new = NEW[item.kind] if verdict == "edit" else None
                if item.kind == "header" and verdict == "edit" and item.address != "header/title":
                    verdict, new = "reject", None
                review.decide(plans, sample.id, item.address, verdict, new=new, by="An")  # type: ignore[arg-type]
            else:
                last = review.history(plans)[-1]
                with suppress(ValueChanged):
                    review.undo(plans, sample.id, last.id, by="An")
        corrected = plans.plan(sample.id)
        assert corrected == lay_over(sample, review.history(plans)).plan
        with corpus.open(folder / "b.db", write=True) as fresh:
            fresh.add(corrected)
            assert content(fresh) == content(plans)
            words = " ".join(corrected.text.split()[40:43])
            assert fresh.search(words).total == plans.search(words).total
        assert not plans.faults()
