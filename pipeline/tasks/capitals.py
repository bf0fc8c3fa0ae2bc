"""Headings in capitals ("I. SỞ Y TẾ") that address bodies.

In: such a heading.  Out: the bodies it names.  It adds no names to the plan's bodies, for the text
names them again in its own words; here it is read as if it were spelled like a sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.entities import agencies
from pipeline.tasks.mentions import Mentions

_WORDS = re.compile(r"([^\W\d_]+)")  # splits into what is between words, word, what is between
_OPENS = re.compile(r"(?:^|[,;]\s|\bvà\s)\W*$")
_PLACE = re.compile(r"(?i)quận|huyện|thị|xã|phường|thành|tỉnh|đặc")
_BACK = 20  # code points; so near stands what opens the list's next name
_LETTERS_ALONE = re.compile(r"(?!NGH)[BCDĐGHKLMNPQRSTVX]{3}")  # no syllable: "UBND", "THPT"


def in_capitals(text: str, start: int, end: int) -> Mentions:
    """The mentions of a stretch in capitals; offsets into the text."""
    spelled = ""
    for number, part in enumerate(_WORDS.split(text[start:end])):
        if number % 2 and not _LETTERS_ALONE.search(part):
            near = max(0, len(spelled) - _BACK)
            opens = not spelled or (_OPENS.search(spelled, near) and not _PLACE.fullmatch(part))
            part = part.capitalize() if opens else part.lower()
        spelled += part
    if len(spelled) != end - start:
        return Mentions(text, [])
    return Mentions(
        text,
        [replace(m, start=m.start + start, end=m.end + start) for m in agencies.find(spelled)],
    )
