"""Short names that a plan gives its bodies: "Trung tâm … tỉnh (sau đây gọi tắt là CDC)".

In: clean text and the mentions found by name.  Out: ``Mention`` objects where a short name stands
for its body later on.

Letters in a bracket are a short name of the body when they abbreviate the whole of its name, or no
part of it ("CDC"); "Ban An toàn giao thông (ATGT)" abbreviates the matter, not the body.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline import gazetteers
from pipeline.entities import place_patterns
from pipeline.entities.agency_mentions import Mention
from pipeline.language.letters import UPPER

_LETTERS = rf"[{UPPER}][{UPPER}&-]{{1,9}}"
_GIVEN = re.compile(
    rf"\s*\((?:(?P<letters>{_LETTERS})|(?:(?:sau|từ|dưới) đây\s+|sau\s+)?(?:xin\s+)?(?:được\s+)?"
    r"(?:gọi|viết)(?:\s+(?:tắt|gọn|chung))?(?:\s+là)?\s*[:“\"]?\s*(?P<said>[^()“”\"]{2,50}?)[”\"]?)"
    r"\s*\)"
)
_INSIDE = re.compile(rf"\s\((?P<letters>{_LETTERS})\)(?=\s)")
_LONGEST = 120  # code points of a name with its bracket
_MOST = 50  # short names in one plan
_NESTED = 4  # mentions that can touch the words of one use


def learned(
    text: str, mentions: Iterable[Mention], stretches: Iterable[tuple[int, int]]
) -> list[Mention]:
    """The mentions of a text with the later uses of the short names that it defines.

    Args:
        text: clean text.
        mentions: of the stretches.
        stretches: where the plan speaks; uses outside them do not count.

    Returns:
        The mentions in order; a use bears the body's full name, and takes the place of what stood
        in its words.
    """
    found = sorted(mentions, key=lambda m: (m.start, -m.end))
    given: dict[str, tuple[int, Mention]] = {}
    for mention in found:
        if mention.kind != "generic" and len(given) < _MOST and (said := _given(text, mention)):
            given.setdefault(said[0], (said[1], mention))
    if not given:
        return found
    uses = _uses(given)
    new: list[Mention] = []
    for start, end in stretches:
        at = bisect.bisect_left(found, start, key=lambda m: m.start)
        for use in uses.finditer(text, start, end):
            after, body = given[" ".join(use["short"].split())]
            while at < len(found) and found[at].end <= use.start():
                at += 1
            around = found[at : at + _NESTED]
            around = [m for m in around if m.start < use.end()]
            if use.start() >= after and all(
                use.start() <= m.start and m.end <= use.end() and m.row is None for m in around
            ):
                name = body.name or text[body.start : body.end]
                name = " ".join(_INSIDE.sub("", name).split())
                new.append(replace(body, start=use.start(), end=use.end(), name=name))
    taken = {m.start for use in new for m in found if use.start <= m.start < use.end}
    return sorted([m for m in found if m.start not in taken] + new, key=lambda m: m.start)


def _given(text: str, mention: Mention) -> tuple[str, int] | None:
    """The short name that a bracket in or behind a mention gives it, and where the bracket ends."""
    inside = _INSIDE.search(text, mention.start, min(mention.end, mention.start + _LONGEST))
    given = inside or _GIVEN.match(text, mention.end)
    if given is None:
        return None
    name = mention.name or text[mention.start : given.start()]
    if short := given["letters"]:
        if short in gazetteers.abbreviations() or _abbreviates_a_part(short, name):
            return None
        return short, given.end()
    short = " ".join(given["said"].split())
    first = short.split(" ")[0]
    if first.casefold() != name.split(" ")[0].casefold() and not re.fullmatch(_LETTERS, first):
        return None  # "Đề án", "người có nghĩa vụ kê khai": something else is meant
    return (short, given.end()) if not re.search(r"\d/", short) else None


def _abbreviates_a_part(letters: str, name: str) -> bool:
    words = [word for word in re.findall(r"\w+", name) if word != "và"]
    initials = "".join(word[0] for word in words).upper()
    wanted = letters.replace("&", "").replace("-", "")
    return wanted in initials[1:] and not initials.startswith(wanted)


def _uses(shorts: Iterable[str]) -> re.Pattern[str]:
    """Short names with their place, as no class and as no part of a longer name or number."""
    spelled = (
        re.escape(short).replace(r"\ ", r"\s+")
        + ("" if re.fullmatch(_LETTERS, short) else rf"(?!\s[{UPPER}\d])")
        for short in sorted(shorts, key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![\w/.(&-])(?<![Cc]ác )(?<!là )(?P<short>{'|'.join(spelled)})(?![\w/&-])"
        rf"(?:{place_patterns.qualifier().pattern})?"
    )
