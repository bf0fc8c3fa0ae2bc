"""Ctrl-C and SIGTERM end a run between two steps, never inside one.

In: the signals of a terminal or a scheduler.  Out: ``KeyboardInterrupt`` where a run can bear it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """SIGTERM, as a scheduler or a shutdown sends it, ends a run as cleanly as Ctrl-C."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def later() -> Iterator[None]:
    """A signal waits until what is inside is done; a second one does not.

    An exception out of a signal's handler can come up anywhere, in the middle of an import of
    compiled code too, which such an import does not survive.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals arrive in the main thread alone
        return
    asked: list[int] = []

    def wait(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    before = {each: signal.signal(each, wait) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    if asked:
        signal.raise_signal(asked[0])
