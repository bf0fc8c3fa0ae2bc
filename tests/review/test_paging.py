"""A long log is read a page at a time, and pages stay what they are while others decide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import Plan
from pipeline import corpus
from pipeline.corpus import Corpus
from pipeline.corrections import log
from pipeline.corrections.entries import Conflict, Correction
from pipeline.errors import UsageError
from pipeline.review import paging

ENTRIES, CONFLICTS = 30_000, 1_203


def entry(plan: Plan, number: int) -> Correction:
    return Correction(0, plan.source.sha256, "2031-01-01T00:00:00Z", "An", "accept",
                      f"deadline/{number}-{number + 1}", why="đúng")  # fmt: skip


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a corpus with a long log is; its plan is added by ``library``."""
    return tmp_path_factory.mktemp("log") / "corpus.db"


@pytest.fixture
def library(long: Path, plan: Plan) -> Iterator[Corpus]:
    made = not long.exists()
    with corpus.open(long, write=True) as opened:
        if made:
            opened.add(plan)
            with opened.store.transaction() as connection:
                for number in range(ENTRIES):
                    log.append(connection, entry(plan, number))
                several = [Conflict("gone", number + 1, "x") for number in range(CONFLICTS)]
                log.keep_conflicts(connection, opened.find(plan.id), several)
        yield opened


def test_pages_of_the_log_add_up(
    library: Corpus, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    monkeypatch.setattr(log, "_entry", lambda row, own=log._entry: read.append(row[0]) or own(row))
    first = paging.log_page(library, 7_000)
    assert len(read) == 7_001  # one more tells whether there is another page
    with library.store.transaction() as connection:
        log.append(connection, entry(plan, 77))
    found = [one.id for one in first.entries]
    before = first.before
    while before is not None:
        page = paging.log_page(library, 7_000, before)
        assert page.total == first.total + 1
        found += [one.id for one in page.entries]
        before = page.before
    assert found == list(range(first.total, 0, -1))


def test_pages_of_conflicts_add_up(library: Corpus) -> None:
    found: list[int] = []
    after: str | None = None
    while True:
        page = paging.conflict_page(library, 500, after)
        assert page.total == CONFLICTS and len(page.conflicts) <= 500
        found += [one.conflict.entry for one in page.conflicts]
        if (after := page.after) is None:
            break
    assert found == list(range(1, CONFLICTS + 1))


@pytest.mark.parametrize("cursor", ["", "7", "1-", "a-b", "1-2-3", "-1-2", "١-٢", "1" * 30 + "-1"])
def test_a_strange_cursor(library: Corpus, cursor: str) -> None:
    with pytest.raises(UsageError):
        paging.conflict_page(library, 10, cursor)
