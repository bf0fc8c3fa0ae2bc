"""Closed sets of words that OCR misread: what is meant, beside what was read.

In: clean text and the stretches of it that an OCR engine read.  Out: a text of the same length in
which document types, names of bodies, provinces and laws and the fixed words of the decree's page
are spelled as their lists have them, and the list of what was changed.  The text as read is kept;
only the finders see what is meant.

Nothing outside the lists is touched, and no figure ever: a word is repaired where its letters
without marks are those of a name in a list, or where a heading or symbol has one form only
("Điêu 5." → "Điều 5.", "QĐ-TTS" → "QĐ-TTg").  A phrase that two names of the lists share stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick

from pipeline import gazetteers
from pipeline.language.keys import toned
from pipeline.language.letters import UPPER


@dataclass(frozen=True, slots=True)
class Repair:
    """One stretch that means something else than its letters; offsets into the clean text."""

    start: int
    end: int
    meant: str


_SHORTEST = 7  # letters of a phrase without marks; shorter ones are too easily another word
# Dust before and behind the number of an item: "-:3., Hình thức" is "3. Hình thức".
_DUSTY = re.compile(
    r"(?m)^(?:[-–.:,'’‘ ]{1,4}(?P<dust>)|)(?P<number>\d{1,2}(?:\.\d{1,2})?)"
    rf"(?:[.][,.:]|(?(dust)[.]|(?!)))[ ](?=[{UPPER}])"
)
_DOUBLED = re.compile(r"(?<=[\d/])QĐĐ(?P<rest>-[A-Za-zĐđ]+)(?!\w)")
_SYMBOLS = (
    (re.compile(r"(?<=[QCT][ĐTD][-–])TT[S8qe9](?!\w)"), "TTg"),
    (re.compile(r"(?<=[NQ][ĐQ][-–])C[RF](?!\w)"), "CP"),
    (re.compile(r"(?<=[-–/])UBN[ĐPO](?!\w)"), "UBND"),
    (re.compile(r"(?<=\d/)Q[DÐ](?=[-–])"), "QĐ"),
    (re.compile(r"(?<=\d/)N[DÐ](?=[-–])"), "NĐ"),
    (re.compile(r"(?<=/[A-ZĐ]{2})[:;~_](?=[A-ZĐ]{3})"), "-"),
    (re.compile(r"(?m)^[ĐDÐ][iíìỉĩị][eêéèẽẻẹếềểễệ][uúùủũụ](?=[ ]\d{1,2}[ ]?[.:])"), "Điều"),
    (
        re.compile(r"(?m)(?:^|(?<=^[.,'’`]))[^\W\d][ơờớởỡợo][iíìl][ ][nr]h[aâậăạấầẫ][nm](?=[ ]?:)"),
        "Nơi nhận",
    ),
    (re.compile(rf"(?m)(?:(?<=^\d)|(?<=^\d\d)),(?=[ ][{UPPER}])"), "."),
    (re.compile(r"(?m)^C[aăâáàãạ]n[ ]c[uưúùủũụứừửữự](?=[ ])"), "Căn cứ"),
    (re.compile(r"(?<!\w)S[ôóòõọốồổỗộo](?=[ ]?:|[ ]\d+/)"), "Số"),
    (re.compile(r"(?<!\w)s[ôóòõọồổỗộ](?=[ ]\d+[a-z]?[ ]?[/-])"), "số"),
)


# A numeral read for another: its strokes.
_STROKES = {"H": "II", "L": "I", "l": "I", "T": "I", "i": "I", "1": "I", "|": "I", "Í": "I"}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMANS = {numeral: value for value, numeral in enumerate(_NUMERALS, 1)}
_HEADING = re.compile(
    rf"(?m)^(?P<numeral>[IVXHLTli1|Í]{{1,5}})[.,][ ]?(?=[{UPPER}]{{2,}}[ ][{UPPER}]{{2,}})"
)
_POINT = re.compile(r"(?m)^(?:[-–][ ])?(?P<letter>[a-zđøð])\)[ ]")
_MISREAD = {"ø": "g", "ð": "đ"}


def closed_sets(text: str, stretches: Iterable[tuple[int, int]]) -> tuple[str, list[Repair]]:
    """What a text means where OCR read it.

    Args:
        text: clean text.
        stretches: (start, end) of the parts that were read by OCR.

    Returns:
        A text of the same length for the finders, and what differs from ``text``, in order.
    """
    repairs: list[Repair] = []
    whole: list[tuple[int, int]] = []
    for start, end in stretches:  # a series of numbers goes on over the page's end
        if whole and start - whole[-1][1] <= 1:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    for start, end in whole:
        repairs.extend(_in_stretch(text, start, end))
    if not repairs:
        return text, []
    letters = list(text)
    for repair in repairs:
        letters[repair.start : repair.end] = repair.meant
    return "".join(letters), sorted(repairs, key=lambda repair: repair.start)


def _in_stretch(text: str, start: int, end: int) -> Iterator[Repair]:
    taken = bytearray(end - start)
    series = (*_numerals(text, start, end), *_letters(text, start, end))
    for found in (*series, *_symbols(text, start, end), *_phrases(text, start, end)):
        a, b = found.start - start, found.end - start
        if any(taken[a:b]):
            continue
        taken[a:b] = b"\x01" * (b - a)
        if text[found.start : found.end] != found.meant:
            yield found


def _symbols(text: str, start: int, end: int) -> Iterator[Repair]:
    for m in _DUSTY.finditer(text, start, end):
        yield Repair(m.start(), m.end(), f"{m['number']}.".ljust(m.end() - m.start()))
    for m in _DOUBLED.finditer(text, start, end):
        yield Repair(m.start(), m.end(), f"QĐ{m['rest']} ")
    for pattern, meant in _SYMBOLS:
        for m in pattern.finditer(text, start, end):
            if len(m.group()) == len(meant):
                yield Repair(m.start(), m.end(), meant)


def _numerals(text: str, start: int, end: int) -> Iterator[Repair]:
    """Roman numerals of headings in capitals, by their place in the series.

    Bold "III." is often read "II." or "IH."; where the letters can be the next number they are it.
    A numeral longer than what was read takes the space behind its dot, so that lengths agree.
    """
    before = 0
    for m in _HEADING.finditer(text, start, end):
        strokes = "".join(_STROKES.get(c, c) for c in m["numeral"])
        values = {_ROMANS.get(strokes), _ROMANS.get(m["numeral"])} - {None}
        if before and strokes.endswith("I"):  # a stroke lost or one too many
            values |= {_ROMANS.get(strokes + "I"), _ROMANS.get(strokes[:-1])} - {None}
        value = before + 1 if before + 1 in values else _ROMANS.get(m["numeral"])
        if value is None:
            continue
        before = value
        numeral = f"{_NUMERALS[value - 1]}."
        room = m.end() - m.start()
        if m["numeral"] != numeral[:-1] and len(numeral) <= room:
            yield Repair(m.start(), m.end(), numeral.ljust(room))


def _letters(text: str, start: int, end: int) -> Iterator[Repair]:
    """ "đ)" behind "c)" is "d)", and "e)" before another "e)" is "đ)": points run a b c d đ e g."""
    points = list(_POINT.finditer(text, start, end))
    read = [_MISREAD.get(m["letter"], m["letter"]) for m in points]
    for i, m in enumerate(points):
        before = read[i - 1] if i else ""
        after = read[i + 1] if i + 1 < len(points) else ""
        if (before, read[i]) == ("c", "đ"):
            read[i] = "d"
        elif (before, read[i], after) == ("d", "e", "e") or (before, read[i]) == ("d", "d"):
            read[i] = "đ"
        if read[i] != m["letter"]:
            yield Repair(m.start("letter"), m.end("letter"), read[i])


def _phrases(text: str, start: int, end: int) -> Iterator[Repair]:
    """Names of the lists by their letters without marks, the longest first."""
    bare = _bare(text[start:end])
    hits = []
    for last, (size, meant) in _automaton().iter(bare):
        first = last - size + 1
        inside_word = bare[first - 1 : first].isalnum() and first > 0
        if not inside_word and not bare[last + 1 : last + 2].isalnum():
            hits.append((first, last + 1, meant))
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    at = 0
    for first, stop, meant in hits:
        if first < at:
            continue
        read = text[start + first : start + stop]
        if not _capitals_kept(meant, read):
            continue
        at = stop
        yield Repair(start + first, start + stop, _cased(meant, read))


def _capitals_kept(meant: str, read: str) -> bool:
    """ "năm định kỳ" is not "Nam Định": a proper name needs its capitals."""
    return all(r.isupper() for m, r in zip(meant, read, strict=True) if m.isupper())


def _cased(meant: str, read: str) -> str:
    """The meant letters with the case of those read; old or new place of a tone as read."""
    if toned(meant) == toned(read):
        return read
    return "".join(
        m.upper() if r.isupper() else m.lower() for m, r in zip(meant, read, strict=True)
    )


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if character in "đĐÐð":
        return "d"
    if character in "–—":
        return "-"
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def _bare(text: str) -> str:
    """Letters without marks, one for one."""
    return "".join(map(_letter, text))


@cache
def _automaton() -> ahocorasick.Automaton:
    """All phrases of the closed sets by their bare letters; what two phrases share is left out."""
    meanings: dict[str, set[str]] = {}
    for phrase in _vocabulary():
        if len(phrase.replace(" ", "")) >= _SHORTEST - 1 and " " in phrase:
            meanings.setdefault(_bare(phrase), set()).add(phrase)
    automaton = ahocorasick.Automaton()
    for bare, phrases in meanings.items():
        if len(set(map(toned, phrases))) == 1:
            automaton.add_word(bare, (len(bare), max(phrases)))
    automaton.make_automaton()
    return automaton


def _vocabulary() -> Iterator[str]:
    """Phrases; capitals where they must stand, small letters where both cases do."""
    for row in gazetteers.rows("fixed_words"):
        yield row["words"].casefold()
    for row in gazetteers.rows("document_types"):
        yield row["name"].casefold()
    for agency in gazetteers.agencies():
        yield agency.name
        yield from (alias for alias in agency.aliases if not alias.isupper())
    for province in gazetteers.provinces():
        for name in (province.name, *province.aliases):
            yield from (f"{kind} {name}" for kind in ("tỉnh", "thành phố"))
            yield name
    for kind, name in gazetteers.laws():
        yield f"{kind} {name}"
    for row in gazetteers.rows("issuer_codes"):
        yield row["name"]
