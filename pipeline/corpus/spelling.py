"""Words as the corpus compares them: an exact form, a folded form, and where they stand.

In: text in any normal form.  Out: tokens with their place in that text, and the line of words that
is indexed.

The exact form folds case, NFC and tone placement (hòa = hoà) and keeps every mark; the folded form
keeps letters only (đ as d, quý as quí).  Both are made here and nowhere else, so SQLite's tokenizer
has nothing left to decide than where a blank is: its own folding knows neither đ nor Vietnamese
tones.  A token is letters, digits and the marks on them, so that a letter is never parted from its
mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline.language.keys import toned

# Stored beside the index: an index whose words were made in another way is made anew.
VERSION = 3

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TOKEN = re.compile(rf"(?:[^\W_][{_MARKS}]*)+")
_HAS_MARK = re.compile(f"[{_MARKS}]")
# The same where no mark stands apart, as in composed text: three times as fast.
_COMPOSED = re.compile(r"[^\W_]+")
_LONGEST = 64

# Syllables that are written with i or y as the writer likes: quý and quí, kỹ and kĩ, tỷ and tỉ.
_ONE_VOWEL = {f"{head}y": f"{head}i" for head in ("h", "k", "l", "m", "qu", "s", "t")}

# Behind a word of the index that stands in the passage so often; no word holds it.
OFTEN = "×"
_MANY = 4


def matches(text: str) -> Iterator[re.Match[str]]:
    """The words of a text with their places, in order."""
    return _pattern(text).finditer(text)


def split(text: str) -> list[str]:
    """The words of a text as they stand, in order."""
    return _pattern(text).findall(text)


def _pattern(text: str) -> re.Pattern[str]:
    return _TOKEN if _HAS_MARK.search(text) else _COMPOSED


@lru_cache(maxsize=131072)
def exact(word: str) -> str:
    """The exact form of one word; of an endless one its first 64 letters.

    >>> exact("HOÀ") == exact("hòa") == exact("hoa\\u0300")
    True
    """
    if word.isascii():
        return word[:_LONGEST].lower()
    # What is left after the tone was moved may hold signs that are no letters ("½" → "1⁄2").
    return "".join(_TOKEN.findall(toned(word)))[:_LONGEST] or "0"


@lru_cache(maxsize=131072)
def bare(word: str) -> str:
    """One word without its marks, spelled as it is otherwise."""
    if word.isascii():
        return word[:_LONGEST].lower()
    letters = "".join(
        letter
        for letter in unicodedata.normalize("NFD", exact(word))
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Me"
    )
    return letters.replace("đ", "d") or "0"


@lru_cache(maxsize=131072)
def folded(word: str) -> str:
    """The folded form of one word: no marks, and i for y where both are written.

    >>> folded("Đường"), folded("Quý") == folded("quí")
    ('duong', True)
    """
    found = bare(word)
    return _ONE_VOWEL.get(found, found)


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return list(map(folded, split(text)))


def key(text: str) -> str:
    """Folded words with one blank between them: equal for every spelling of a name."""
    return " ".join(words(text))


def spelled(text: str, phrase: str) -> bool:
    """Whether words stand side by side in a text in exactly this spelling.

    Args:
        text: any.
        phrase: exact forms with one blank between them.
    """
    return f" {phrase} " in f" {' '.join(map(exact, split(text)))} "


def indexed(text: str) -> str:
    """The words of a passage as the index takes them.

    Three kinds of words that never equal each other stand one after the other: every folded word
    that the passage has four times or more, with ``OFTEN`` behind it; every spelling with marks
    that it has, once; and all folded words in their order, which phrases are found by.

    >>> indexed("Sở Y tế, sở; sở, sở")
    'so× sở tế so y te so so so'
    """
    return indexed_and_key(text)[0]


def indexed_and_key(text: str) -> tuple[str, str]:
    """``indexed`` and ``key`` of a passage, whose words are split and folded once for both."""
    found = split(text)
    plain = list(map(folded, found))
    counts = Counter(plain)
    often = [word + OFTEN for word, count in counts.items() if count >= _MANY]
    marked = dict.fromkeys(map(exact, filter(is_marked, found)))
    folds = " ".join(plain)
    return " ".join([*often, *marked, folds]), folds


def is_marked(word: str) -> bool:
    """Whether a word carries a mark."""
    return exact(word) != bare(word)
