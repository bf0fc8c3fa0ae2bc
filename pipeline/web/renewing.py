"""A value that many requests need and that is made anew beside them.

In: how to make it, and how old it may be.  Out: the last one, while a thread makes the next.

What facets are counted from is read from the whole corpus.  While another process writes, it is out
of date every second; were it read anew by whoever asks next, that person would wait for all others.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.errors import KehoachError

T = TypeVar("T")
SECONDS_OLDEST = 60.0
_SHARE = 10  # of the time at most one tenth goes into making it


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    value: T
    state: int
    written: int
    made: float
    took: float


class Renewed(Generic[T]):
    """The value.

    Args:
        make: gives the corpus's state and the value of that state; called by one thread at a time.
    """

    def __init__(self, make: Callable[[], tuple[int, T]]) -> None:
        self._make = make
        self._held: _Held[T] | None = None
        self._making = threading.Lock()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def get(self, state: int, written: int, fresh: float) -> T:
        """The value; made by the asker only where there is none, or none that may be shown.

        Args:
            state: the corpus's, now.
            written: changes that were made here: they are seen at once.
            fresh: seconds for which an older one serves and no newer one is made.
        """
        held = self._held
        if held is None or held.written != written:
            return self._renew(written)
        age = time.monotonic() - held.made
        if held.state == state or age < max(fresh, _SHARE * held.took):
            return held.value
        if age >= SECONDS_OLDEST + _SHARE * held.took:
            return self._renew(written)
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._beside, args=[written], daemon=True)
                self._thread.start()
        return held.value

    def settle(self) -> None:
        """Wait for what is being made."""
        if self._thread is not None:
            self._thread.join()

    def _renew(self, written: int) -> T:
        asked = time.monotonic()
        with self._making:
            held = self._held
            if held is not None and held.written == written and held.made >= asked:
                return held.value  # made while this one waited
            begun = time.monotonic()
            state, value = self._make()
            self._held = _Held(value, state, written, begun, time.monotonic() - begun)
            return value

    def _beside(self, written: int) -> None:
        # Where the corpus is busy the last one serves on, and the next asker tries again.
        with contextlib.suppress(KehoachError):
            self._renew(written)
