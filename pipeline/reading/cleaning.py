"""One raw line → its clean text, with where every run of it stood.

In: a line as a reader found it.  Out: NFC text without invisible signs, look-alike letters, doubled
spaces and Markdown marks, and the runs that came letter for letter.  What is dropped stays in the
raw text, and the runs lead back to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Invisible characters that split words for a reader of code points: soft hyphen, zero-width
# spaces and joiners, directional marks, BOM; and the control characters.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DIRT = re.compile(rf"[{_INVISIBLE}\x00-\x08\x0e-\x1f\x7f-\x9f]+")
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# Ð (Eth) is what several legacy converters write for Đ; no Vietnamese word has an Eth.
_LOOKALIKE = {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}
_LOOKALIKES = re.compile("[" + "".join(_LOOKALIKE) + "]")

# Old converters tear syllables: "K ế t luận s ố", "U BND".  A consonant alone is no syllable and
# a vowel with a mark needs one before it; "dài 5 m ở" stays.
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_TORN = re.compile(
    r"(?<!\w)(?<!\d )(?:[bcdđghklmnpqrstvx]|th|ch|kh|ph|nh|ngh?|tr|gh|qu)(?P<first> )"
    rf"[{_MARKED}][a-zđ]{{0,2}}(?:(?P<second> )(?:[tnmcpiyuoa]|nh|ng|ch)(?!\w))?(?![\w)])"
    r"|(?<!\w)(?:U|HĐ)(?P<code> )(?=BND\b|ND\b)|(?<!\w)Ủ(?P<office> )(?=y ban\b)",
    re.I,
)

_MD_HEADING = re.compile(r"^\s*#{1,6}\s+")
_MD_EMPHASIS = re.compile(
    r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|^\s*\*{2,3}\s*$|(?<!\w)_{2}(?=\w)|(?<=\w)_{2}(?!\w)"
)
_MD_LINK = re.compile(r"<(?=https?://)|(?<=\S)>(?=\W|$)(?<=[/\w]>)")
_MD_ESCAPE = re.compile(r"\\(?=[\\.\-+*_#()\[\]!])")
_MD_SIGNS = re.compile(r"^(#{1,6}\s+\S|\*\*\S|\*{3}\S)", re.M)


@dataclass(slots=True)
class Clean:
    """A cleaned line: its text and, for every run of it, where the run stood in the raw line."""

    text: str
    runs: list[tuple[int, int, int]]  # clean start, raw start, length


def looks_like_markdown(text: str) -> bool:
    """True where headings or bold marks of Markdown stand at line starts."""
    return len(_MD_SIGNS.findall(text)) >= 2


def _torn(text: str) -> list[tuple[int, int]]:
    """The spaces that tear syllables."""
    return [m.span(name) for m in _TORN.finditer(text) for name in _TORN.groupindex if m[name]]


def tears(before: str, after: str) -> bool:
    """Does a syllable stand half at the end of one line, half at the start of the next?"""
    end = before[-12:]
    return (len(end), len(end) + 1) in _torn(f"{end} {after[:12]}")


def clean_line(raw: str, markdown: bool = False) -> tuple[Clean, bool, bool]:
    """One raw line → (clean line, was decomposed Unicode, had a look-alike letter)."""
    dropped: list[tuple[int, int]] = [m.span() for m in _DIRT.finditer(raw)]
    if markdown:
        for pattern in (_MD_HEADING, _MD_EMPHASIS, _MD_LINK, _MD_ESCAPE):
            dropped.extend(m.span() for m in pattern.finditer(raw))
        dropped.sort()
    kept: list[tuple[int, int]] = []
    at = 0
    for start, end in dropped:
        if start > at:
            kept.append((at, start))
        at = max(at, end)
    if at < len(raw):
        kept.append((at, len(raw)))

    found = _Runs()
    for start, end in kept:
        for text, raw_start, kind in _pieces(raw, start, end):
            if kind == "text":
                found.put(text, raw_start)
            elif found.parts and not found.parts[-1].endswith(" "):
                found.put(" ", raw_start)
    decomposed = not unicodedata.is_normalized("NFC", "".join(found.parts))
    if decomposed:
        found = _composed(raw, kept)
    clean = "".join(found.parts)
    runs = found.runs
    lookalike = bool(_LOOKALIKES.search(clean))
    if lookalike:
        clean = _LOOKALIKES.sub(lambda m: _LOOKALIKE[m.group()], clean)
    if clean.endswith(" "):
        clean = clean.rstrip(" ")
        runs = [(c, r, min(n, len(clean) - c)) for c, r, n in runs if c < len(clean)]
    made = Clean(clean, runs)
    for start, _ in reversed(_torn(clean)):  # in clean text: a raw one hides them in many ways
        made = _without(made, start)
    return made, decomposed, lookalike


def _without(line: Clean, at: int) -> Clean:
    """The line without the character at ``at``."""
    runs = []
    for start, raw, length in line.runs:
        if start + length <= at:
            runs.append((start, raw, length))
        elif start > at:
            runs.append((start - 1, raw, length))
        else:
            before = at - start
            runs += [(start, raw, before)] * (before > 0)
            after = length - before - 1
            runs += [(at, raw + before + 1, after)] * (after > 0)
    return Clean(line.text[:at] + line.text[at + 1 :], runs)


class _Runs:
    """Clean text while it is put together, with where each run of it stood."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[tuple[int, int, int]] = []
        self._length = 0

    def put(self, text: str, raw_start: int, *, same: bool = True) -> None:
        """Append text; ``same`` where it stands in the raw line letter for letter."""
        before = self.runs[-1] if self.runs and same else (0, -1, 0)
        if before[1] + before[2] == raw_start and before[0] + before[2] == self._length:
            self.runs[-1] = (before[0], before[1], before[2] + len(text))
        else:
            self.runs.append((self._length, raw_start, len(text) if same else 1))
        self.parts.append(text)
        self._length += len(text)


def _composed(raw: str, kept: list[tuple[int, int]]) -> _Runs:
    """The same for a line that is not NFC: letters are composed with the marks behind them.

    A mark may follow its letter over something that was dropped, so this looks at what is left
    after dropping, letter by letter; only such lines pay for it.
    """
    signs: list[tuple[str, int]] = []
    for start, end in kept:
        for at in range(start, end):
            sign = " " if _SPACE.match(raw[at]) else raw[at]
            if sign != " " or (signs and signs[-1][0] != " "):
                signs.append((sign, at))
    found = _Runs()
    at = 0
    while at < len(signs):
        cluster, raw_start = signs[at]
        normal = unicodedata.normalize("NFC", cluster)
        at += 1
        while at < len(signs) and _interact(cluster, normal, signs[at][0]):
            cluster += signs[at][0]
            normal = unicodedata.normalize("NFC", cluster)
            at += 1
        found.put(normal, raw_start, same=normal == cluster and len(normal) == 1)
    return found


def _interact(cluster: str, normal: str, after: str) -> bool:
    """Whether a sign changes the normal form of what stands before it, or is a mark on it."""
    if unicodedata.combining(after):
        return True
    if after.isascii():
        return False
    joined = unicodedata.normalize("NFC", cluster + after)
    return joined != normal + unicodedata.normalize("NFC", after)


def _pieces(raw: str, start: int, end: int) -> list[tuple[str, int, str]]:
    pieces: list[tuple[str, int, str]] = []
    at = start
    for m in _SPACE.finditer(raw, start, end):
        if m.group() == " ":
            continue  # a single plain space needs no folding
        if m.start() > at:
            pieces.append((raw[at : m.start()], at, "text"))
        pieces.append((" ", m.start(), "space"))
        at = m.end()
    if at < end:
        pieces.append((raw[at:end], at, "text"))
    return _trim_doubled_spaces(pieces)


def _trim_doubled_spaces(pieces: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    if pieces and pieces[0][2] == "text" and pieces[0][0].startswith(" "):
        text, at, _ = pieces[0]
        pieces[0] = (" ", at, "space")
        if len(text) > 1:
            pieces.insert(1, (text[1:], at + 1, "text"))
    return pieces
