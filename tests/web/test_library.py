"""Connections and kept answers: made once, fresh after changes made here."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pipeline import corpus
from pipeline.web import library as module
from pipeline.web import renewing
from pipeline.web.library import Kept, Library


def test_two_who_ask_at_once_wait_for_one_answer() -> None:
    kept = Kept[int](4)
    made: list[int] = []
    inside, go_on = threading.Event(), threading.Event()

    def make() -> int:
        made.append(1)
        inside.set()
        go_on.wait(10)
        return 7

    threads = [threading.Thread(target=lambda: kept.get("a", make)) for _ in range(5)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert made == [1]


def test_a_failure_is_not_kept() -> None:
    kept = Kept[int](4)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 3) == 3


def test_the_oldest_goes() -> None:
    kept = Kept[str](2)
    for name in ("a", "b", "a", "c"):
        kept.get(name, lambda name=name: name)  # type: ignore[misc]
    assert list(kept) == ["a", "c"]


@pytest.mark.parametrize("here", [True, False])
def test_changes_made_here_are_seen_at_once(
    place: Path, monkeypatch: pytest.MonkeyPatch, here: bool
) -> None:
    """What another process changes is seen when an answer is no longer fresh, facets soon after."""
    shelf = Library(place, size=1)

    def count() -> tuple[int, int]:
        with shelf.reading() as one:
            run = one.store.connection.execute
            plans = shelf.answered(
                one, "plans", lambda: run("SELECT count(*) FROM plans").fetchone()[0]
            )
            return plans, shelf.facets(one, "", 5).plans

    before = count()
    with corpus.open(place) as other:
        name = other.store.connection.execute("SELECT record_id FROM plans").fetchone()[0]
    if here:
        with shelf.writing() as writer:
            writer.remove(name)
    else:
        with corpus.open(place, write=True) as writer:
            writer.remove(name)
        assert count()[0] == before[0]
        monkeypatch.setattr(module, "_SECONDS_FRESH", 0.0)
        monkeypatch.setattr(renewing, "_SHARE", 0)
        count()
        shelf.settle()
    assert count() == (before[0] - 1, before[1] - 1)
    shelf.close()


def test_few_changes_of_a_young_corpus_are_seen_at_once(tmp_path: Path) -> None:
    """A corpus that changed twice, and one that was changed twice from here, are two things."""
    path = tmp_path / "corpus.db"
    corpus.open(path, write=True).close()
    shelf = Library(path, size=1)
    for _ in range(4):
        with shelf.reading() as one:
            assert shelf.answered(one, "n", one.store.changes, 60) == one.store.changes()
        with shelf.writing() as writer, writer.store.transaction():
            pass
    shelf.close()


def test_changes_before_a_refusal_are_seen_too(place: Path) -> None:
    shelf = Library(place, size=1)
    with pytest.raises(ZeroDivisionError), shelf.writing():
        raise ZeroDivisionError
    assert shelf.written == 1
    shelf.close()
