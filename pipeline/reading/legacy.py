"""The two 8-bit encodings that Vietnamese offices typed in before Unicode: TCVN3 (ABC) and VNI.

In: the Latin-1 face of the bytes (``Céng hßa``, ``Coäng hoøa``).  Out: Unicode (``Cộng hòa``), or
``None`` where a character stands outside the code's set: a codec that lets strangers pass would
make every text look decodable.  ``encode`` is the way back; the tests hold both together.

TCVN3 gives a letter one byte and has no codes for toned capitals: capitals came from fonts whose
name ends in H (``.VnTimeH``), in which the lower-case codes look like capitals.  VNI writes a base
letter and a mark byte, so it is decoded greedily, two bytes before one: ``ô`` alone is ơ, and
``ôù`` is ớ.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_BREVE, _CIRCUMFLEX = "\u0306", "\u0302"
# VNI mark byte (lower-case face) → combining marks put on the base letter before it.
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
}
_VNI_SINGLES = {
    "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư",
}  # fmt: skip
_LETTERS = frozenset("".join(_TCVN3.values()))  # keeps ĕ, ŏ and their like out of the VNI table
# Printing signs that both codes share with CP1252, and what word processors put in their place.
_SHARED = set("\u00a0‘’“”–—…•€«»°±§©®" + "\t\n\r\f\v")


@dataclass(frozen=True, slots=True)
class Legacy:
    """One 8-bit code as a table from the CP1252 face of its bytes to Unicode."""

    name: str
    table: dict[str, str]
    longest: int
    shared: frozenset[str] = field(default_factory=frozenset)

    def decode(self, text: str) -> str | None:
        """Unicode for a Latin-1/CP1252 face; ``None`` where a character is not of this code."""
        if text.isascii():
            return text
        out: list[str] = []
        at = 0
        while at < len(text):
            for width in range(self.longest, 0, -1):
                letter = self.table.get(text[at : at + width])
                if letter is not None:
                    out.append(letter)
                    at += width
                    break
            else:
                sign = text[at]
                if not (sign.isascii() or sign in self.shared):
                    return None
                out.append(sign)
                at += 1
        return "".join(out)

    def encode(self, text: str) -> str:
        """The CP1252 face of a Unicode text; letters outside the code raise ``ValueError``."""
        back: dict[str, str] = {}
        for face, letter in self.table.items():
            back.setdefault(letter, face)
        out = []
        for sign in unicodedata.normalize("NFC", text):
            same = sign.isascii() or sign in self.shared
            if sign not in back and not same:
                raise ValueError(f"{sign!r} is no letter of {self.name}")
            out.append(back.get(sign, sign))
        return "".join(out)


def _tcvn3() -> Legacy:
    table = {
        chr(start + step): letter
        for start, letters in _TCVN3.items()
        for step, letter in enumerate(letters)
    }
    return Legacy("TCVN3", table, 1, frozenset(_SHARED - set(table)))


def _vni() -> Legacy:
    table = dict(_VNI_SINGLES)
    for mark, combining in _VNI_MARKS.items():
        for base in "aeouyôö":
            letter = unicodedata.normalize("NFC", _VNI_SINGLES.get(base, base) + combining)
            if letter in _LETTERS:
                table[base + mark] = letter
    for face, letter in list(table.items()):
        table[face.upper()] = letter.upper()
    for face, letter in list(table.items()):  # a mark typed in the other case than its base
        table.setdefault(face[0] + face[1:].upper(), letter)
        table.setdefault(face[0] + face[1:].lower(), letter)
    return Legacy("VNI", table, 2, frozenset(_SHARED))


TCVN3 = _tcvn3()
VNI = _vni()
