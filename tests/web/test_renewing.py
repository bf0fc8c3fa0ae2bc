"""A value made anew beside the requests: nobody waits but those who have nothing to be shown."""

from __future__ import annotations

import threading

import pytest

from pipeline.errors import CorpusBusy
from pipeline.web import renewing
from pipeline.web.renewing import Renewed


class Source:
    """Something that changes, and whose reading can be held up or fail."""

    def __init__(self) -> None:
        self.state = 0
        self.reads = 0
        self.open = threading.Event()
        self.open.set()
        self.busy = False

    def read(self) -> tuple[int, str]:
        self.reads += 1
        state = self.state
        assert self.open.wait(10)
        if self.busy:
            raise CorpusBusy("busy")
        return state, f"value {state}"


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setattr(renewing, "_SHARE", 0)
    return Source()


def test_it_is_made_once_for_a_state(source: Source) -> None:
    value = Renewed(source.read)
    assert [value.get(0, 0, fresh=0) for _ in range(5)] == ["value 0"] * 5
    assert source.reads == 1


def test_who_asks_is_not_kept_waiting(source: Source) -> None:
    value = Renewed(source.read)
    value.get(0, 0, fresh=0)
    source.state = 1
    source.open.clear()
    assert [value.get(1, 0, fresh=0) for _ in range(5)] == ["value 0"] * 5
    source.open.set()
    value.settle()
    assert value.get(1, 0, fresh=0) == "value 1"
    assert source.reads == 2


def test_a_fresh_one_is_not_made_anew(source: Source) -> None:
    value = Renewed(source.read)
    value.get(0, 0, fresh=0)
    source.state = 1
    assert value.get(1, 0, fresh=60) == "value 0"
    value.settle()
    assert source.reads == 1


def test_what_was_changed_here_is_seen_at_once(source: Source) -> None:
    value = Renewed(source.read)
    value.get(0, 0, fresh=60)
    source.state = 1
    assert value.get(1, 1, fresh=60) == "value 1"


def test_one_that_is_too_old_is_not_shown(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    value = Renewed(source.read)
    value.get(0, 0, fresh=0)
    source.state = 1
    monkeypatch.setattr(renewing, "SECONDS_OLDEST", 0.0)
    assert value.get(1, 0, fresh=0) == "value 1"


def test_a_busy_corpus_leaves_the_last_one(source: Source) -> None:
    value = Renewed(source.read)
    value.get(0, 0, fresh=0)
    source.state, source.busy = 1, True
    assert value.get(1, 0, fresh=0) == "value 0"
    value.settle()
    source.busy = False
    assert value.get(1, 0, fresh=0) == "value 0"
    value.settle()
    assert value.get(1, 0, fresh=0) == "value 1"
