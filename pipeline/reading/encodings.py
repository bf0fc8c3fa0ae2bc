"""Bytes → Unicode text: UTF-8, UTF-16, Windows-1258 and the legacy TCVN3 and VNI codes.

In: bytes of a text file, or runs of text that a PDF or DOCX drew with a legacy font and that came
out as Latin letters.  Out: Unicode text in NFC where a code was converted, and a notice that says
which code it was.

A legacy code cannot be recognised by its bytes: every byte is legal in several.  So each candidate
decodes, the Vietnamese syllables in the result are counted, and only a clear winner is taken.
Text that already reads as Vietnamese is never touched.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipeline.errors import UnknownFormat
from pipeline.reading import syllables
from pipeline.reading.document import Notice
from pipeline.reading.legacy import TCVN3, VNI, Legacy

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd\ufffe\uffff]")
_TCVN3_FONT = re.compile(r"(?:^|\+)\.?vn", re.I)
_VNI_FONT = re.compile(r"(?:^|\+)vni[-_ ]", re.I)
_CAPITAL_FONT = re.compile(r"H(?:[,\-_ ]?(?i:bold|italic|bi|regular|mt))*$")
_SAMPLE = 200_000  # characters that are enough to tell the encoding of a file


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """Decode the bytes of a text file; line ends become ``\\n``.

    Args:
        data: the whole file.

    Returns:
        The text, and a notice where it was not Unicode.

    Raises:
        UnknownFormat: the bytes are no text, or no encoding reads clearly better than another.
    """
    text = _decode_unicode(data)
    notices: list[Notice] = []
    if text is None and (text := _mostly_utf8(data)) is not None:
        broken = text.count("\ufffd")
        notices.append(
            Notice("broken-characters", f"{broken} places hold bytes that are no UTF-8 (\ufffd).")
        )
    elif text is None:
        text, name = _decode_legacy(data)
        notices.append(Notice("legacy-encoding", f"Text in {name} was converted to Unicode."))
    elif not text.isascii():
        code = detect(text)  # UTF-8 that someone made by reading TCVN3 or VNI bytes as Latin-1
        converted = code.decode(text) if code else None
        if code and converted is not None:
            text = converted
            notices.append(
                Notice("legacy-encoding", f"Text in {code.name} was converted to Unicode.")
            )
    _refuse_rubbish(text)
    return text.replace("\r\n", "\n").replace("\r", "\n"), notices


def declared(data: bytes, charset: str | None) -> str | None:
    """Decode by a declared charset (of an HTML page); ``None`` where it is wrong or unknown."""
    if not charset:
        return None
    try:
        return data.decode(codecs.lookup(charset.strip()).name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def detect(text: str, font: str = "") -> Legacy | None:
    """Which legacy code a text in Latin letters was meant in, or ``None`` for none.

    Args:
        text: a run of text, or all the runs of one font (the longer, the surer).
        font: name of the font that drew it.  A legacy font's name settles what a short run
            cannot; without it only a text that Vietnamese cannot spell is a candidate.
    """
    if text.isascii():
        return None
    named = _by_font(font)
    now = syllables.score(text)
    if any("\u1ea0" <= sign <= "\u1ef9" or sign in "ăĂđĐĩĨũŨơƠưƯ" for sign in text):
        return None  # letters that only Unicode Vietnamese has: whoever wrote it meant it
    if named is None and now.spellable * 2 > now.marked:
        return None
    scores: list[tuple[float, int, Legacy]] = []
    for code in (TCVN3, VNI):
        converted = code.decode(text)
        if converted is None:
            continue
        then = syllables.score(converted)
        scores.append((then.share, then.spellable, code))
    scores.sort(key=lambda entry: entry[:2], reverse=True)
    if named is not None:
        for share, _, code in scores:
            if code is named:
                return code if share >= now.share else None
        return None
    if not scores:
        return None
    share, count, best = scores[0]
    if len(scores) > 1 and scores[1][0] >= share - 0.1:
        return None
    return best if share >= 0.8 and count >= 2 and share > now.share + 0.3 else None


def convert(text: str, code: Legacy, font: str = "") -> str:
    """A run of text in a known code as Unicode; upper case where the font draws capitals."""
    converted = code.decode(text)
    if converted is None:
        return text
    return converted.upper() if code is TCVN3 and draws_capitals(font) else converted


def repair(text: str, font: str = "") -> str:
    """Text that was meant as TCVN3 or VNI but came as Latin letters; all other text unchanged.

    ``font`` may end in H (``.VnTimeH``): such fonts draw capitals for lower-case codes.
    """
    code = detect(text, font)
    if code is None:
        return text.upper() if text.isascii() and draws_capitals(font) else text
    return convert(text, code, font)


def draws_capitals(font: str) -> bool:
    """True for TCVN3 fonts that draw every letter as a capital."""
    return _by_font(font) is TCVN3 and bool(_CAPITAL_FONT.search(font))


def _by_font(font: str) -> Legacy | None:
    if _VNI_FONT.search(font):
        return VNI
    if _TCVN3_FONT.search(font):
        return TCVN3
    return None


def _decode_unicode(data: bytes) -> str | None:
    """UTF-8 and UTF-16 (by BOM, or by the zero bytes that Latin letters have in it)."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    try:
        text = data.decode("utf-8-sig")
        if "\x00" not in text:
            return text
    except UnicodeDecodeError:
        pass
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and max(even, odd) > len(head) // 8 and min(even, odd) <= len(head) // 64:
        return _strict(data, "utf-16-le" if odd > even else "utf-16-be")
    if even or odd:
        raise UnknownFormat("The bytes hold zeros where text has none.")
    return None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 in which a few bytes are broken, for example where a file was cut off."""
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for sign in text if sign > "\x7f") - broken
    return text if whole >= 20 * broken else None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownFormat(f"The bytes are no {encoding} after all: {error.reason}.") from None


def _decode_legacy(data: bytes) -> tuple[str, str]:
    """The 8-bit code in which most words can be spelled."""
    candidates: list[tuple[float, int, str, str]] = []
    face = data.decode("cp1252", errors="replace")
    latin = data.decode("latin-1")
    for code in (TCVN3, VNI):
        converted = code.decode(face) or code.decode(latin)
        if converted is not None:
            candidates.append((*_rank(converted), code.name, converted))
    try:
        converted = unicodedata.normalize("NFC", data.decode("cp1258"))
        candidates.append((*_rank(converted), "Windows-1258", converted))
    except UnicodeDecodeError:
        pass
    candidates.sort(key=lambda entry: entry[:2], reverse=True)
    if not candidates or candidates[0][0] < 0.5:
        raise UnknownFormat("The bytes are neither Unicode nor Vietnamese in a code known here.")
    if len(candidates) > 1 and candidates[0][:2] == candidates[1][:2]:
        raise UnknownFormat(
            f"{candidates[0][2]} and {candidates[1][2]} fit equally well.",
            next_step="Save the file as UTF-8.",
        )
    return candidates[0][3], candidates[0][2]


def _rank(text: str) -> tuple[float, int]:
    found = syllables.score(text[:_SAMPLE])
    return round(found.share, 3), found.spellable


def _refuse_rubbish(text: str) -> None:
    """Raise ``UnknownFormat`` for bytes that decode by accident but are no text."""
    sample = text[:_SAMPLE]
    visible = len("".join(sample.split()))
    if not visible:
        return
    if len(_CONTROL.findall(sample)) * 50 > visible:
        raise UnknownFormat("The bytes are no text: too many control characters.")
    if sum(map(str.isalnum, sample)) * 4 < visible and visible > 40:
        raise UnknownFormat("The bytes are no text: hardly any letters or digits.")
