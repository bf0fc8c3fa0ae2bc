"""``docs/review.md`` says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.corrections.entries import CONFLICTS, VERDICTS
from pipeline.corrections.values import CHECKED, HEADER_FIELDS
from pipeline.review.batch import COLUMNS, MAIN
from pipeline.review.forms import form

PAGE = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")


def table(heading: str) -> dict[str, str]:
    """The first table under a heading: first cell to the last one."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("|")]
    return {row[0].strip().strip("`"): row[-1].strip() for row in rows[2:]}


def test_verdicts() -> None:
    assert set(table("Verdicts")) == set(VERDICTS)


def test_conflicts() -> None:
    assert set(table("When a plan is read anew")) == set(CONFLICTS)


def test_columns() -> None:
    named = {word for cell in table("Columns of a file") for word in re.findall(r"\w+", cell)}
    assert named <= set(COLUMNS)
    assert {"plan", "value", "verdict", "new", "seen"} <= named


@pytest.mark.parametrize("kind", ["header", *CHECKED])
def test_fields(kind: str) -> None:
    cell = table("What can be corrected")[kind]
    first, _, further = cell.partition(";")
    if kind == "header":
        assert set(re.findall(r"`(\w+)`", cell)) == set(HEADER_FIELDS)
        return
    named = re.findall(r"`(\w+)`", first)
    assert tuple(named) == CHECKED[kind]  # type: ignore[index]
    fields = {field.name for field in form(kind)}  # type: ignore[arg-type]
    assert {*named, *re.findall(r"`(\w+)`", further)} == fields
    assert MAIN[kind] in fields  # type: ignore[index]
