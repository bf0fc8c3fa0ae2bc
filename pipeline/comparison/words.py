"""The words of an item as they are compared, and where each stands.

In: text.  Out: ``Words``: one code point per syllable, so that rapidfuzz compares sequences of
words at the speed of strings.

Folded are case, tone placement, known abbreviations (TTATGT becomes its five words, all at the
same place) and the name of the plan's own place: "tỉnh Nam Định" and "tỉnh Lai Châu" are the same
word to a comparison.  Diacritics are kept, because "đường" is not "dương".
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline import gazetteers
from pipeline.language.keys import toned

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
PLACE = "\x01"
_FIRST = 0x100
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text.

    Attributes:
        code: one character per word; equal characters are equal words, ``PLACE`` is the own place.
        bounds: start and end of the first word, of the second one, and so on.
        named: of every word 1 where it belongs to the name or title of a cited document, else 0.
        bare: like ``code``, with one character for each cited document, so that their titles do not
            drown what the text itself says.
    """

    code: str
    bounds: array[int]
    named: bytes
    bare: str

    def __len__(self) -> int:
        return len(self.code)

    def span(self, first: int, last: int | None = None) -> tuple[int, int]:
        """Start and end in the text of a word, or of a run of words, ``last`` included."""
        return self.bounds[2 * first], self.bounds[2 * (first if last is None else last) + 1]


class Lexicon:
    """Gives every word one character; one per comparison."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def read(
        self,
        text: str,
        place: str = "",
        cited: Sequence[tuple[int, int, str]] = (),
    ) -> Words:
        """The words of a text.

        Args:
            text: as printed.
            place: name of the plan's own place; where it stands it becomes one word.
            cited: start and end of the name and title of each cited document, and its key.
        """
        codes: list[str] = []
        bounds = array("I")
        for match in _WORD.finditer(text):
            word = match.group()
            long = _abbreviations().get(word) if word.isupper() else None
            for key in long or (fold(word),):
                codes.append(self._code(key))
                bounds.extend(match.span())
        code = "".join(codes)
        name = "".join(self._code(fold(word)) for word in _WORD.findall(place))
        if name:
            code, bounds = _without_place(code, bounds, name)
        named = bytearray(len(code))
        bare = list(code)
        for start, end, key in cited:
            inside = [at for at in range(len(code)) if start <= bounds[2 * at] < end]
            for at in inside:
                named[at], bare[at] = 1, ""
            if inside:
                bare[inside[0]] = self._code(key)
        return Words(code, bounds, bytes(named), "".join(bare))

    def _code(self, key: str) -> str:
        found = self._codes.get(key)
        if found is None:
            number = len(self._codes) + _FIRST
            # Vocabularies of a million words would be needed to pass the last code point.
            number += len(_SURROGATES) if number >= _SURROGATES.start else 0
            found = self._codes[key] = chr(min(number, 0x10FFFF))
        return found


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One word as it is compared."""
    return toned(word)


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Abbreviation of letters only → its folded words."""
    return {
        short: tuple(fold(match.group()) for match in _WORD.finditer(long))
        for short, long in gazetteers.abbreviations().items()
        if short.isalpha()
    }


def _without_place(code: str, bounds: array[int], name: str) -> tuple[str, array[int]]:
    """The words with every run that is the place's name made one word."""
    at = code.find(name)
    while at >= 0:
        last = at + len(name) - 1
        bounds = bounds[: 2 * at + 1] + bounds[2 * last + 1 :]
        code = code[:at] + PLACE + code[last + 1 :]
        at = code.find(name, at + 1)
    return code, bounds
