"""When two annotators' strings count as the same.

In: a string as someone typed or read it.  Out: a key to compare.  These keys stand apart from
those of ``pipeline.language`` on purpose: a change of the reader's keys must not move the figures
that it is judged by.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_DASH = re.compile("[–—−]")
_DECORATION = re.compile("[“”\"'*#]")
_SPACE = re.compile(r"\s+")
_EDGE = " .;:,"
# In this order: the second sees what the first has written.
_SAME = (
    ("uỷ ban", "ủy ban"),
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("cải cách hành chính", "cchc"),
    ("thủ tục hành chính", "tthc"),
)


@lru_cache(maxsize=50_000)
def text_key(text: str) -> str:
    """Fold case, place of the tone mark, dashes, quotes, marks of emphasis, spaces, UBND."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = _DECORATION.sub("", _DASH.sub("-", text))
    text = _SPACE.sub(" ", text).strip(_EDGE)
    for long, short in _SAME:
        text = text.replace(long, short)
    return " ".join(map(_tone_last, text.split(" ")))


def _tone_last(syllable: str) -> str:
    """ "hoà" and "hòa" become the same letters, the tone at the end."""
    letters = unicodedata.normalize("NFD", syllable)
    tones = [letter for letter in letters if letter in _TONES]
    return "".join([letter for letter in letters if letter not in _TONES] + tones)


def number_key(number: str) -> str:
    """A document number without its spaces, in one case."""
    return _SPACE.sub("", unicodedata.normalize("NFC", number)).casefold()


def likeness(one: str, other: str) -> float:
    """How much two strings overlap, 0 to 1; at least .5 where one holds the other."""
    return _likeness(text_key(one), text_key(other))


@lru_cache(maxsize=200_000)
def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one in other or other in one:
        return max(0.5, min(len(one), len(other)) / max(len(one), len(other)))
    return SequenceMatcher(None, one, other).ratio()
