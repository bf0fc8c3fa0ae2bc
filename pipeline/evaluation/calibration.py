"""Whether `confidence` means what it says: of the values at .9, are nine of ten right?

In: pairs of confidence and whether the value was right.  Out: a reliability table, and the
expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015): the mean distance between
confidence and share of right values over ten bins of equal width, weighted by their values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The values whose confidence lies in [``low``, ``high``), 1 in the last bin."""

    low: float
    high: float
    values: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidence fits, for one kind of value.

    Attributes:
        values: how many were judged.
        confidence: their mean confidence.
        right: the share of right ones.
        error: the expected calibration error, 0 to 1.
        bins: those that are not empty.
    """

    values: int
    confidence: float
    right: float
    error: float
    bins: tuple[Bin, ...]


def calibrate(pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """The reliability table of at least one pair of confidence and being right.

    Raises:
        ValueError: there are no pairs.
    """
    if not pairs:
        raise ValueError("no values, no calibration")
    binned: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in pairs:
        # Rounded, so that .3 / .1 does not fall below 3.
        binned[min(BINS - 1, int(round(confidence * BINS, 9)))].append((confidence, right))
    bins = tuple(
        Bin(index / BINS, (index + 1) / BINS, len(part), *_means(part))
        for index, part in enumerate(binned)
        if part
    )
    error = sum(part.values * abs(part.confidence - part.right) for part in bins) / len(pairs)
    return Calibration(len(pairs), *_means(pairs), error, bins)


def _means(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    count = len(pairs)
    return sum(sure for sure, _ in pairs) / count, sum(right for _, right in pairs) / count
