"""Text of strangers made safe to show: on a terminal, in a cell, in one line of an error.

In: any string.  Out: the same words without what a terminal or a spreadsheet would obey.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.printing import OBEYED

_BLANKS = re.compile(r"\s+")
_FORMULA = re.compile(r"^(?:[=@\t\r]|[+\-](?![\s\d]|$))")


def shown(text: str, width: int | None = None) -> str:
    """One line: controls become "�", blanks one blank; what is longer than ``width`` ends in …."""
    line = _BLANKS.sub(" ", OBEYED.sub("\ufffd", text.replace("\r", "\n"))).strip()
    if width is None or len(line) <= width:
        return line
    return line[: safe_break(line, width - 1)].rstrip() + "…"


def lines(text: str) -> str:
    """Like ``shown``, with its line ends kept."""
    return OBEYED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def cell(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula: such a one begins with an apostrophe."""
    return "'" + text if _FORMULA.match(text) else text


def safe_break(text: str, at: int) -> int:
    """The last place at or before ``at`` where cutting parts no character from its marks.

    >>> safe_break("e\\u0301", 1)
    0
    """
    at = max(0, min(at, len(text)))
    while 0 < at < len(text) and not _may_cut(text[at - 1], text[at]):
        at -= 1
    return at


def _may_cut(before: str, after: str) -> bool:
    """Whether a person sees two characters here; emoji and flags are kept whole."""
    joined = after == "\u200d" or before == "\u200d" or unicodedata.category(after) in ("Mn", "Me")
    modifier = "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f"
    flag = all("\U0001f1e6" <= sign <= "\U0001f1ff" for sign in (before, after))
    # Hangul syllables and Indic letters may be spelled with several spacing signs.
    spacing = unicodedata.category(after) == "Mc" or "\u1160" <= after <= "\u11ff"
    return not (joined or modifier or flag or spacing)
