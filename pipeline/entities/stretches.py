"""Stretches of a text: covering those in which nothing is looked for, keeping finds apart.

In: spans as (start, end), end exclusive.  Out: the covered text, or whether a span is still free.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

MASK = "\x01"


def cover(text: str, masked: Iterable[tuple[int, int]]) -> str:
    """The text with every masked character replaced, offsets kept."""
    pieces = []
    at = 0
    for a, b in sorted(masked):
        if b > at:
            pieces.append(text[at : max(a, at)])
            pieces.append(MASK * (b - max(a, at)))
            at = b
    pieces.append(text[at:])
    return "".join(pieces)


class Taken:
    """Spans without overlap, in order; asking costs a bisection and not a walk over all."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def free(self, start: int, end: int) -> bool:
        """Does no taken span share a character with this one?"""
        at = bisect_left(self._starts, end)
        return at == 0 or self._ends[at - 1] <= start

    def take(self, start: int, end: int) -> None:
        """Take a span, which must be free and not empty."""
        at = bisect_left(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
