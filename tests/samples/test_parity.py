"""One plan, four formats, one record: what a plan says does not depend on how it was saved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from models import Plan, Section
from pipeline import extract
from pipeline.samples import catalogue, make

RAW = Path(__file__).parents[2] / "data" / "raw"
# A long decision with Word's own numbering and its number blank, a plan in decimals with a task
# table and its date blank too, a department's plan, and a steering committee's in parts.
SEEDS = (0, 5, 7, 13)
FORMS = ("md", "docx", "pdf")


def paths(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        yield "/".join(section.path)
        yield from paths(section.children)


def values(plan: Plan) -> dict[str, Any]:
    """What must agree; offsets, confidence and pages depend on the file."""
    return {
        "header": plan.header.model_dump(exclude={"spans", "confidence", "signature"}),
        "attached": [(act.kind, act.title) for act in plan.attached],
        "outline": list(paths(plan.sections)),
        "references": [(r.number, r.kind, r.date) for r in plan.references],
        "agencies": [agency.name for agency in plan.agencies],
        "deadlines": [(deadline.text, deadline.value) for deadline in plan.deadlines],
        "targets": [(t.text, t.value, t.unit, t.comparator) for t in plan.targets],
        "assignments": [
            ("/".join(task.section), assignment.agency, assignment.role)
            for task in plan.tasks
            for assignment in task.assignments
        ],
    }


@pytest.fixture(scope="module")
def of_sample(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("parity")

    @cache
    def read(seed: int, form: str) -> dict[str, Any]:
        path = folder / f"{seed}.{form}"
        path.write_bytes(catalogue.render(make(seed), form))
        return values(extract(path))

    return read


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_sample_says_the_same_in_every_format(of_sample: Any, seed: int, form: str) -> None:
    expected = of_sample(seed, "txt")
    assert all(expected[name] for name in expected if name not in ("attached", "targets"))
    assert of_sample(seed, form) == expected


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_committed_plan_says_the_same_in_every_format(form: str) -> None:
    stem = "lao-cai-cai-cach-hanh-chinh-2024"
    expected = values(extract(RAW / f"{stem}.txt"))
    assert all(expected[name] for name in expected if name != "attached")
    assert values(extract(RAW / f"{stem}.{form}")) == expected
