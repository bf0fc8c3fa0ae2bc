"""The words of an item as they are compared, and where each stands.

In: text.  Out: ``Words``: one code point per syllable, so that rapidfuzz compares sequences of
words at the speed of strings.

Folded are case, tone placement, known abbreviations (TTATGT becomes its five words, all at the
same place) and the name of the plan's own place: "tỉnh Nam Định" and "tỉnh Lai Châu" are the same
word to a comparison.  Diacritics are kept, because "đường" is not "dương".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline import gazetteers
from pipeline.language.keys import toned

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
PLACE = "\x01"
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text.

    Attributes:
        code: one character per word; equal characters are equal words.
        keys: the words as compared.
        spans: start and end of each in the text.
    """

    code: str
    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.code)


class Lexicon:
    """Gives every word one character; one per comparison."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def read(self, text: str, place: Sequence[str] = ()) -> Words:
        """The words of a text.

        Args:
            text: as printed.
            place: the words of the plan's own place, folded by ``fold``; where they stand in a row
                they become one word.
        """
        keys: list[str] = []
        spans: list[tuple[int, int]] = []
        for match in _WORD.finditer(text):
            word = match.group()
            long = _abbreviations().get(word) if word.isupper() else None
            for key in long or (fold(word),):
                keys.append(key)
                spans.append(match.span())
        if place:
            keys, spans = _without_place(keys, spans, tuple(place))
        code = "".join([self._code(key) for key in keys])
        return Words(code, tuple(keys), tuple(spans))

    def _code(self, key: str) -> str:
        found = self._codes.get(key)
        if found is None:
            number = len(self._codes) + 0x100
            # Vocabularies of half a million words would be needed to pass the last code point.
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
        row["short"]: tuple(fold(match.group()) for match in _WORD.finditer(row["long"]))
        for row in gazetteers.rows("abbreviations")
        if row["short"].isalpha()
    }


def _without_place(
    keys: list[str], spans: list[tuple[int, int]], place: tuple[str, ...]
) -> tuple[list[str], list[tuple[int, int]]]:
    size, at = len(place), 0
    out: list[str] = []
    places: list[tuple[int, int]] = []
    while at < len(keys):
        if keys[at] == place[0] and tuple(keys[at : at + size]) == place:
            out.append(PLACE)
            places.append((spans[at][0], spans[at + size - 1][1]))
            at += size
        else:
            out.append(keys[at])
            places.append(spans[at])
            at += 1
    return out, places
