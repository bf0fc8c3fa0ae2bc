"""All pairs of items that may say the same thing, each with its score.

In: a ``Board``.  Out: ``Matches``: the distinct texts of the items, and scored pairs of them.

Items with exactly the same words are one text here: copies are what this corpus is full of, and
each of them need not be compared with each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.comparison.building import Board
from pipeline.comparison.likeness import Wording, of_items, signals, with_structure
from pipeline.comparison.vectors import Vectors

# Pairs whose wording is worse than this are forgotten at once: no structure could lift them.
FORGOTTEN = 0.25


@dataclass(frozen=True, slots=True)
class Matches:
    """Distinct texts and scored pairs of them.

    Attributes:
        texts: of each distinct text the items that have it, in order.
        text_of: of each item its text.
        first, second: texts of each pair, first < second.
        score: with structure, 0–1.
        wording: what it is made of.
        vectors: of the texts.
    """

    texts: tuple[tuple[int, ...], ...]
    text_of: tuple[int, ...]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: NDArray[np.float32]
    wording: Wording
    vectors: Vectors


def match(board: Board, progress: Callable[[float], None] | None = None) -> Matches:
    """Find and score the pairs.

    Args:
        board: from ``building.build``.
        progress: called with the share that is done, 0–1.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(board.words):
        places[own.code].append(index)
    codes = list(places)
    texts = tuple(tuple(places[code]) for code in codes)
    text_of = [0] * len(board.items)
    for number, several in enumerate(texts):
        for item in several:
            text_of[item] = number
    bare = [board.words[several[0]].bare for several in texts]
    vectors = Vectors(bare or [""])
    first, second = vectors.candidates(progress=progress)
    cosines = vectors.cosines(first, second)
    one = [texts[at][0] for at in first.tolist()]
    other = [texts[at][0] for at in second.tolist()]
    items, words = board.items, board.words
    found = of_items(
        [items[at] for at in one],
        [items[at] for at in other],
        [words[at] for at in one],
        [words[at] for at in other],
        cosines,
    )
    kept = found.score >= FORGOTTEN
    first, second = first[kept], second[kept]
    found = Wording(
        *(part[kept] for part in (found.words, found.weight, found.inside, found.score))
    )
    score = np.array(
        [
            with_structure(base, signals(board.items[texts[a][0]], board.items[texts[b][0]]))
            for a, b, base in zip(
                first.tolist(), second.tolist(), found.score.tolist(), strict=True
            )
        ],
        dtype=np.float32,
    )
    return Matches(texts, tuple(text_of), first, second, score, found, vectors)
