"""Who belongs to whom: gold and record paired one to one.

In: two lists and a measure of agreement, or two bags of keys.  Out: pairs and what is left over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_G = TypeVar("_G")
_P = TypeVar("_P")


@dataclass(slots=True)
class Pairing(Generic[_G, _P]):
    """Who was paired with whom, and who is left over."""

    pairs: list[tuple[_G, _P]]
    extra: list[_P]
    missed: list[_G]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Hits, extra, missed."""
        return len(self.pairs), len(self.extra), len(self.missed)


def pair(
    gold: Sequence[_G], found: Sequence[_P], agreement: Callable[[_G, _P], float]
) -> Pairing[_G, _P]:
    """Pair one to one, the best agreement first; among equals the later ones first."""
    candidates = [
        (degree, i, j)
        for i, expected in enumerate(gold)
        for j, read in enumerate(found)
        if (degree := agreement(expected, read)) > 0
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return Pairing(
        pairs=[(gold[i], found[j]) for i, j in partner.items()],
        extra=[read for j, read in enumerate(found) if j not in taken],
        missed=[expected for i, expected in enumerate(gold) if i not in partner],
    )


def pair_keys(
    gold: Iterable[_G], found: Iterable[_P], key: Callable[[_G | _P], str]
) -> Pairing[_G, _P]:
    """Pair what has the same key, in order."""
    waiting: dict[str, list[_G]] = {}
    for expected in gold:
        waiting.setdefault(key(expected), []).append(expected)
    pairs, extra = [], []
    for read in found:
        same = waiting.get(key(read))
        if same:
            pairs.append((same.pop(0), read))
        else:
            extra.append(read)
    return Pairing(pairs, extra, [expected for rest in waiting.values() for expected in rest])
