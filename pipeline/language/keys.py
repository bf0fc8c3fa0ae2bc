"""Comparison keys: two spellings of the same name get the same key.

In: words as printed.  Out: a string for comparison only, never for display.  Folded are case,
tone placement (hòa/hoà, thủy/thuỷ), dashes, quotes, spaces, and the field's stock abbreviations
(UBND = Ủy ban nhân dân).  ``folded`` also drops all diacritics, đ included, for typing without
them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
_LONG_DASH = re.compile(r"[–—−‐‑]")
_DASH = re.compile(r"(?<=\s)-+|-+(?=\s)")
_QUOTES = re.compile(r"[“”„\"'‘’«»*]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATIONS = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("mặt trận tổ quốc", "mttq"),
    ("cải cách hành chính", "cchc"),
    ("thủ tục hành chính", "tthc"),
    ("phát thanh - truyền hình", "pt-th"),
    ("phát thanh và truyền hình", "pt-th"),
)


def _move_tone(word: str) -> str:
    """The word with its tone mark behind it, so that its place no longer matters."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = _TONE.findall(decomposed)
    return unicodedata.normalize("NFC", _TONE.sub("", decomposed)) + "".join(tones)


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    return word if word.isascii() else _move_tone(word)


def spelled(text: str) -> str:
    """Case, dashes, quotes and spaces folded; tones kept where they stand."""
    text = unicodedata.normalize("NFC", text).casefold().replace("ð", "đ")
    text = _QUOTES.sub("", text)
    text = _DASH.sub(" - ", _LONG_DASH.sub(" - ", text))
    return _SPACE.sub(" ", text).strip(" .;:,")


def toned(text: str) -> str:
    """``spelled`` with tone placement folded, abbreviations left as they are."""
    return _WORD.sub(lambda match: _word_key(match.group()), spelled(text))


_TONED_ABBREVIATIONS = tuple((toned(long), short) for long, short in _ABBREVIATIONS)


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """The comparison key of a name.

    >>> key("Uỷ ban nhân dân tỉnh Khánh Hoà") == key("UBND tỉnh Khánh Hòa")
    True
    """
    folded = toned(text)
    for long, short in _TONED_ABBREVIATIONS:
        folded = folded.replace(long, short)
    return folded


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Letters only: no case, no diacritics, đ as d."""
    decomposed = unicodedata.normalize("NFD", spelled(text))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d")
