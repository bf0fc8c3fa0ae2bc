"""Codes of a comparison as words for people: Vietnamese first, English on request.

In: ``words.csv``.  Out: ``say``.  Terminal, report and workbook take their words from here, so that
one thing has one name everywhere.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pipeline import packaged

Language = Literal["vi", "en"]


@cache
def catalogue(language: Language = "vi") -> dict[str, str]:
    """All words of a language by key."""
    rows = packaged.rows("pipeline.comparison", "words")
    return {row["key"]: row[language] for row in rows}


def say(code: str, family: str = "", language: Language = "vi") -> str:
    """The words for a code.

    Args:
        code: as in the results: "cut-short", "lead".
        family: what kind of code it is: "caution", "role", "kind", "view", "change", "fact",
            "why", "signal", "direction", "every", "sign".
        language: "vi" or "en".

    Returns:
        The words; the code itself where the catalogue does not know it (an unusual interval).
    """
    return catalogue(language).get(f"{family}.{code}" if family else code, code)
