"""A corpus of sample plans, made once per worker, and small plans for what is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models import Plan
from pipeline import Pipeline, corpus
from pipeline.corpus import Corpus
from pipeline.samples import make
from pipeline.samples.text import render

SEEDS = range(40)


@pytest.fixture(scope="session")
def plans() -> list[Plan]:
    """The records of forty sample plans."""
    pipeline = Pipeline()
    samples = map(make, SEEDS)
    return [pipeline.from_text(render(plan), f"{plan.stem}.txt") for plan in samples]


@pytest.fixture(scope="session")
def corpus_file(plans: list[Plan], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the sample plans; tests that write take a copy."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.db"
    with corpus.open(path, write=True) as writer:
        assert len(list(writer.add_many(plans))) == len(plans)
        assert not writer.faults()
    return path


@pytest.fixture(scope="session")
def library(corpus_file: Path) -> Iterator[Corpus]:
    """The corpus of the sample plans, open for reading."""
    with corpus.open(corpus_file) as reader:
        yield reader


@pytest.fixture
def little(small_plan: Callable[..., Plan]) -> Callable[..., Plan]:
    """Small plans that differ: ``little(3)`` is the fourth; words are put before its text's end."""

    def build(number: int = 0, words: str = "", **changes: object) -> Plan:
        plan = small_plan()
        digest = f"{number:064x}"
        text = plan.text + words
        source = plan.source.model_copy(update={"sha256": digest, "name": f"plan-{number}.txt"})
        return plan.model_copy(
            update={"id": f"{number:016x}", "source": source, "text": text, **changes}
        )

    return build
