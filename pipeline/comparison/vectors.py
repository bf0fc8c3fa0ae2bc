"""Which texts are worth comparing: TF-IDF of words 1–3, nearest neighbours in blocks.

In: texts, a character per word.  Out: pairs of texts with the cosine of their telling words.

Runs of words are hashed, so no vocabulary grows with the corpus; words that stand in very many
texts find no candidates (they would pair everything with everything) but count in the cosine.
The similarities are made block by block and only the nearest few of each text are kept: memory is
bound by the block, not by the square of the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

RUNS = (1, 2, 3)
FEATURES = 1 << 20
BLOCK = 512
NEAREST = 32
LEAST = 0.1
# A run of words in more texts than this finds no candidates (as a share of texts, and at least).
COMMON_SHARE, COMMON_LEAST = 0.02, 200


class Vectors:
    """Weighted runs of words of many texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        hashing = HashingVectorizer(
            analyzer=_runs,
            n_features=FEATURES,
            norm=None,
            alternate_sign=False,
            dtype=np.float32,
        )
        counts = hashing.transform(texts)
        self._weights: Any = TfidfTransformer(sublinear_tf=True).fit_transform(counts).tocsr()
        self._weights.sort_indices()

    def candidates(
        self, nearest: int = NEAREST, progress: Callable[[float], None] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of texts that are near each other.

        Args:
            nearest: neighbours kept of each text.
            progress: called with the share that is done, 0–1.

        Returns:
            Two arrays of equal length, first < second, without repeats, in ascending order.
        """
        matrix = self._weights
        size = matrix.shape[0]
        found = []
        telling = self._telling()
        other = telling.T.tocsr()
        for start in range(0, size, BLOCK):
            block = telling[start : start + BLOCK] @ other
            for row, column in self._nearest(block, start, nearest):
                found.append(np.stack([np.minimum(row, column), np.maximum(row, column)]))
            if progress is not None:
                progress(min(1.0, (start + BLOCK) / size))
        if not found:
            empty = np.zeros(0, dtype=np.int64)
            return empty, empty
        pairs = np.unique(np.concatenate(found, axis=1), axis=1)
        return pairs[0], pairs[1]

    def cosines(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of each pair, over all runs of words."""
        out = np.zeros(len(first), dtype=np.float32)
        for start in range(0, len(first), 20_000):
            part = slice(start, start + 20_000)
            product = self._weights[first[part]].multiply(self._weights[second[part]])
            out[part] = np.asarray(product.sum(axis=1)).ravel()
        return out

    def _telling(self) -> Any:
        """The weights without the runs that stand in too many texts or in one only."""
        matrix = self._weights
        size = matrix.shape[0]
        spread = np.bincount(matrix.indices, minlength=matrix.shape[1])
        most = max(COMMON_LEAST, int(COMMON_SHARE * size))
        kept = np.flatnonzero((spread > 1) & (spread <= most))
        return matrix[:, kept]

    @staticmethod
    def _nearest(
        block: Any, start: int, nearest: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        for at in range(block.shape[0]):
            left, right = block.indptr[at], block.indptr[at + 1]
            columns, values = block.indices[left:right], block.data[left:right]
            good = (values >= LEAST) & (columns != start + at)
            columns, values = columns[good], values[good]
            if len(columns) > nearest:
                # Ties are broken by place, so that the same texts give the same pairs.
                order = np.lexsort((columns, -values))[:nearest]
                columns = columns[order]
            if len(columns):
                yield np.full(len(columns), start + at, dtype=np.int64), columns.astype(np.int64)


def _runs(text: str) -> list[str]:
    """Runs of one to three words; a character is a word."""
    return [text[at : at + size] for size in RUNS for at in range(len(text) - size + 1)]
