"""A signal between two steps, and never inside one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from pipeline.ingest.stopping import later, terminated_like_interrupted

BOTH = [signal.SIGINT, signal.SIGTERM]


@pytest.fixture(autouse=True)
def _in_front() -> Iterator[None]:
    """A shell starts what runs in the background with Ctrl-C ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", BOTH)
def test_a_signal_waits_for_the_step_to_end(number: int) -> None:
    done = False
    with pytest.raises(KeyboardInterrupt), terminated_like_interrupted():
        with later():
            signal.raise_signal(number)
            done = True
        pytest.fail("The signal was lost.")
    assert done


@pytest.mark.parametrize("number", BOTH)
def test_a_second_signal_does_not_wait(number: int) -> None:
    with pytest.raises(KeyboardInterrupt), terminated_like_interrupted(), later():
        signal.raise_signal(number)
        signal.raise_signal(number)
        pytest.fail("The second signal waited too.")


def test_handlers_are_as_before_after_a_step_that_failed() -> None:
    before = [signal.getsignal(each) for each in BOTH]
    with pytest.raises(ValueError, match="step"), later():
        raise ValueError("step")
    assert [signal.getsignal(each) for each in BOTH] == before


def test_outside_the_main_thread_there_is_nothing_to_wait_for() -> None:
    done: list[bool] = []

    def step() -> None:
        with later():
            done.append(True)

    thread = threading.Thread(target=step)
    thread.start()
    thread.join()
    assert done
