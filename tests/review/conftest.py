"""A corpus with one small plan, for what is decided about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models import Plan
from pipeline import corpus
from pipeline.corpus import Corpus


@pytest.fixture
def plan(small_plan: Callable[..., Plan]) -> Plan:
    return small_plan()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the corpus is."""
    return tmp_path / "corpus.db"


@pytest.fixture
def plans(path: Path, plan: Plan) -> Iterator[Corpus]:
    """A corpus with the small plan, open for writing; sound at the end."""
    with corpus.open(path, write=True) as opened:
        opened.add(plan)
        yield opened
        assert not opened.faults()
