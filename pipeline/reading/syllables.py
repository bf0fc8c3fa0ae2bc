"""Is this word a syllable that Vietnamese can spell?

In: words.  Out: yes or no, and counts over a text.  The spelling of Vietnamese is a small closed
grammar (initial consonant, rime, one tone; a rime that ends in c, ch, p, t bears only two of the
six tones), so a few lines decide what a dictionary could only look up.  Reading uses it to judge
text layers and to choose among legacy encodings: the wrong choice yields words that no
Vietnamese syllable can look like.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
_STOPPED_TONES = {"", "\u0301", "\u0323"}  # only level (written for loans), acute and dot below

_ONSETS = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip

_RIME_LIST = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu ynh
    yt yn êng
"""
_RIMES = frozenset(_RIME_LIST.split())

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over the words of a text that bear a letter outside ASCII, and over all words."""

    spellable: int = 0
    unspellable: int = 0
    plain_spellable: int = 0
    plain: int = 0

    @property
    def marked(self) -> int:
        """Words with a letter outside ASCII."""
        return self.spellable + self.unspellable

    @property
    def share(self) -> float:
        """Share of marked words that Vietnamese can spell; 0 where there are none."""
        return self.spellable / self.marked if self.marked else 0.0


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """True for one Vietnamese syllable in lower case, Capitalised or UPPER CASE (NFC)."""
    if len(word) > 7 or not (word.islower() or word.isupper() or word.istitle()):
        return False
    tone = ""
    letters = []
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign not in _TONES:
            letters.append(sign)
        elif tone:
            return False
        else:
            tone = sign
    bare = unicodedata.normalize("NFC", "".join(letters))
    return any(
        _rime_fits(onset, bare[len(onset) :], tone) for onset in _ONSETS if bare.startswith(onset)
    )


def _rime_fits(onset: str, rime: str, tone: str) -> bool:
    if onset == "gi" and rime in ("", "n", "êng", "êt", "êc", "êm"):
        return True  # gì, gìn, giếng, giết, giếc, giêm: the i is written once
    if onset == "qu" and rime == "":
        return False
    if rime not in _RIMES:
        return False
    if onset == "qu" and rime[0] in "uưoôâ" and rime not in ("ôc", "ân", "ât", "ây", "âng", "ơ"):
        return False
    if onset in ("k", "gh", "ngh") and rime[0] not in "eêiy":
        return False
    return tone in _STOPPED_TONES or not rime.endswith(("c", "p", "t", "ch"))


def score(text: str) -> Score:
    """Count spellable and unspellable words of a text."""
    spellable = unspellable = plain_spellable = plain = 0
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        good = is_syllable(word)
        if word.isascii():
            plain += 1
            plain_spellable += good
        elif good:
            spellable += 1
        else:
            unspellable += 1
    return Score(spellable, unspellable, plain_spellable, plain)
