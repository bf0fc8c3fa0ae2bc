"""Roman numerals that begin a heading, counted on the picture.

In: the words of a page and its clean picture, pixels.  Out: the same words, with "II." made "III."
where three strokes stand.  The engine drops strokes of "III" and reads "I." as "IL." however clean
the page is; counting upright strokes is what the eye does, and needs no knowledge of the series.
"""

from __future__ import annotations

import re

import numpy as np

from pipeline.reading.pdf_words import PageWord
from pipeline.reading.picture import Pixels

_NUMERAL = re.compile(r"(X{0,2}V?|X{1,2})(?=.*I)([Il|L1!]{1,4})([.,])$")
_STROKE = 0.85  # share of the middle of a letter that an upright stroke fills
_INK = 128


def recount(words: list[PageWord], pixels: Pixels) -> None:
    """Put the numerals right, in place.

    Args:
        words: boxes in pixels of ``pixels``.
        pixels: grey, black on white, upright.
    """
    for word in words:
        match = _NUMERAL.match(word.text)
        if match:
            strokes = _strokes(word, pixels)
            if 1 <= strokes <= 3:
                word.text = f"{match[1]}{'I' * strokes}."


def _strokes(word: PageWord, pixels: Pixels) -> int:
    """Upright strokes in a word's picture; 0 where they differ too much to be told."""
    height, width = pixels.shape
    top, bottom = max(round(word.top), 0), min(round(word.bottom), height)
    left, right = max(round(word.x0) - 2, 0), min(round(word.x1) + 2, width)
    ink = pixels[top:bottom, left:right] < _INK
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 8:
        return 0
    first, last = int(rows[0]), int(rows[-1]) + 1
    quarter = (last - first) // 4
    upright = ink[first + quarter : last - quarter].mean(axis=0) >= _STROKE
    edges = np.flatnonzero(np.diff(np.concatenate(([0], upright.view(np.int8), [0]))))
    runs = edges[1::2] - edges[::2]
    if not len(runs):
        return 0
    runs = runs[runs >= 0.5 * runs.max()]
    return len(runs)
