"""How alike two items are, and why.

In: the words of two items and the structure around them.  Out: a score from 0 to 1 and a
``Reason``.

The wording decides: words in order (rapidfuzz) and telling words (TF-IDF) half and half; where one
item is much longer, the best stretch of it.  Structure moves the score a little, and the less the
surer the wording is: it can lift a reworded duty over the line, never make two out of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from pipeline.comparison.results import Item, Reason
from pipeline.comparison.words import Words, fold

WORDS_SHARE = 0.55
# The cosine of runs of words falls faster than the wording: .8 is as good as the same.
WEIGHT_SCALE = 1.25
# Of two items whose lengths differ more than this the best stretch of the longer one counts,
# at a discount, and only where the shorter one is long enough to mean something.
UNEQUAL, PART_DISCOUNT, PART_WORDS = 0.66, 0.85, 10
# An item of which so much is names of cited documents is compared with them, at a discount.
MOSTLY, NAMES_SHARE = 0.4, 0.85
SIGNALS = {
    "+heading": 0.06,
    "+agency": 0.05,
    "+reference": 0.05,
    "+deadline": 0.03,
    "+figure": 0.03,
    "+table": 0.02,
    "+kind": 0.02,
    "-kind": -0.04,
    "-agency": -0.02,
    "-figure": 0.0,
}
_MANY = 5000
_CHARGED = ("lead", "assignee", "advise")


@dataclass(frozen=True, slots=True)
class Wording:
    """Likeness of the words of many pairs, 0–1 each; ``score`` without structure."""

    words: NDArray[np.float32]
    weight: NDArray[np.float32]
    inside: NDArray[np.float32]
    score: NDArray[np.float32]


def wording(first: Sequence[str], second: Sequence[str], cosines: NDArray[np.float32]) -> Wording:
    """Likeness of pairs of texts, a character per word.

    Args:
        first, second: texts of equal number.
        cosines: of the same pairs.
    """
    # Threads cost more than they save on a few pairs.
    workers = -1 if len(first) > _MANY else 1
    words = process.cpdist(
        first, second, scorer=Indel.normalized_similarity, dtype=np.float32, workers=workers
    )
    size_a, size_b = (
        np.fromiter(map(len, texts), np.int64, len(texts)) for texts in (first, second)
    )
    shorter, longer = np.minimum(size_a, size_b), np.maximum(1, np.maximum(size_a, size_b))
    inside = words.copy()
    part = np.flatnonzero((shorter / longer < UNEQUAL) & (shorter >= PART_WORDS)).tolist()
    weight = np.minimum(1.0, cosines * WEIGHT_SCALE)
    if len(part):
        inside[part] = (
            process.cpdist(
                [first[at] for at in part],
                [second[at] for at in part],
                scorer=fuzz.partial_ratio,
                dtype=np.float32,
                workers=workers,
            )
            / 100
        )
    score = WORDS_SHARE * words + (1 - WORDS_SHARE) * weight
    if len(part):
        fair = np.minimum(1.0, weight[part] / np.sqrt(shorter[part] / longer[part]))
        partly = PART_DISCOUNT * ((1 - WORDS_SHARE) * inside[part] + WORDS_SHARE * fair)
        score[part] = np.maximum(score[part], partly)
    return Wording(words, weight, inside, score.astype(np.float32))


def signals(a: Item, b: Item) -> tuple[str, ...]:
    """What the structure around two items says, weightiest first."""
    found = []
    if a.headings and b.headings and _alike(a.headings[-1], b.headings[-1]):
        found.append("+heading")
    charged_a, charged_b = charged(a), charged(b)
    if charged_a & charged_b:
        found.append("+agency")
    elif charged_a and charged_b:
        found.append("-agency")
    if set(a.cites) & set(b.cites):
        found.append("+reference")
    if {due.value for due in a.dues if due.value} & {due.value for due in b.dues if due.value}:
        found.append("+deadline")
    figures_a, figures_b = _figures(a), _figures(b)
    if figures_a & figures_b:
        found.append("+figure")
    elif figures_a and figures_b:
        found.append("-figure")
    if a.from_table and b.from_table:
        found.append("+table")
    if "other" not in (a.kind, b.kind):
        found.append("+kind" if a.kind == b.kind else "-kind")
    return tuple(sorted(found, key=lambda signal: -abs(SIGNALS[signal])))


def charged(item: Item) -> frozenset[str]:
    """Types of the bodies of their own that lead an item or are charged with it, as of today."""
    return frozenset(role.today for role in item.roles if role.named and role.role in _CHARGED)


def with_structure(score: float, told: Sequence[str]) -> float:
    """The score after the structure was heard; the surer the wording, the less it says."""
    moved = score + sum(SIGNALS[signal] for signal in told) * min(1.0, 2 * (1 - score))
    return max(0.0, min(1.0, moved))


def of_items(
    a: Sequence[Item],
    b: Sequence[Item],
    words_a: Sequence[Words],
    words_b: Sequence[Words],
    cosines: NDArray[np.float32],
) -> Wording:
    """Likeness of the words of pairs of items.

    What they say themselves is compared; but where two items cite the same document and naming it
    is most of what one of them says, the names count as well.
    """
    found = wording([each.bare for each in words_a], [each.bare for each in words_b], cosines)
    for at, (one, other) in enumerate(zip(words_a, words_b, strict=True)):
        if (_mostly_names(one) or _mostly_names(other)) and set(a[at].cites) & set(b[at].cites):
            whole = Indel.normalized_similarity(one.code, other.code)
            found.words[at] = max(found.words[at], whole)
            found.score[at] = max(found.score[at], NAMES_SHARE * whole)
    return found


def _mostly_names(words: Words) -> bool:
    return words.named.count(1) > MOSTLY * len(words)


def reason(found: Wording, at: int, told: tuple[str, ...]) -> Reason:
    """The reason of one of many pairs."""
    return Reason(
        round(float(found.words[at]), 3),
        round(float(found.weight[at]), 3),
        round(float(found.inside[at]), 3),
        told,
    )


def _alike(a: str, b: str) -> bool:
    first, second = ([fold(word) for word in text.split()] for text in (a, b))
    return Indel.normalized_similarity(first, second) >= 0.8


def _figures(item: Item) -> set[tuple[float, str]]:
    return {(figure.value, figure.unit or "") for figure in item.figures}
