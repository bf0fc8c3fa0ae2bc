"""Words found again in a text that was read anew.

In: a text and a stretch of it, later another text of the same file.  Out: a ``Place``, later the
stretch of the new text that holds the same words in the same neighbourhood, or None.

The words may have moved, lines may be broken elsewhere, and words that a plan says often are told
apart by what stands around them; where that is the same too (cells of a table), by their order
among as many as before.  Where the words themselves were read otherwise, the neighbourhood alone
shows their place.  What is still doubtful is not guessed.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from pipeline.corrections.entries import Place

NEAR = 40
LONG = 240
_HEAD, _TAIL = 120, 60
_GAP = "\x00"
_ALIKE = 0.5
_MOST = 2_000
_LONGER = 40


def place_of(text: str, start: int, end: int) -> Place:
    """A stretch of a text with its neighbourhood.

    Raises:
        ValueError: it does not lie in the text, or is empty.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is not inside the text of {len(text)} characters")
    words = text[start:end]
    if len(words) > LONG:
        words = words[:_HEAD] + _GAP + words[-_TAIL:]
    found = _occurrences(text, words, end - start)
    ordinal = next((i for i, (at, _) in enumerate(found) if at == start), 0)
    return Place(
        start,
        end,
        words,
        text[max(0, start - NEAR) : start],
        text[end : end + NEAR],
        ordinal,
        len(found),
    )


def find(text: str, place: Place) -> tuple[int, int] | None:
    """The stretch of a text that a place means, or None where that is not certain."""
    start, end = place.start, place.end
    if _stands(text, place, start, end) and _around(text, place, start, end) == 1:
        return start, end
    found = _occurrences(text, place.words, end - start)
    if not found:
        return _between(text, place)
    likeness = [_around(text, place, *each) for each in found]
    best = max(likeness)
    winners = [each for each, degree in zip(found, likeness, strict=True) if degree == best]
    if len(winners) == 1 and (best >= _ALIKE or len(found) == place.count == 1):
        return winners[0]
    if len(found) == place.count and found[place.ordinal] in winners:
        return found[place.ordinal]
    return None


def _stands(text: str, place: Place, start: int, end: int) -> bool:
    head, gap, tail = place.words.partition(_GAP)
    stretch = text[start:end]
    return stretch == head if not gap else stretch.startswith(head) and stretch.endswith(tail)


def _pattern(words: str) -> str:
    """The words, with any blanks between them."""
    return r"\s+".join(map(re.escape, words.split()))


def _occurrences(text: str, words: str, length: int) -> list[tuple[int, int]]:
    head, gap, tail = words.partition(_GAP)
    if not head.strip():
        return []
    found: list[tuple[int, int]] = []
    last = re.compile(_pattern(tail)) if gap else None
    for match in re.finditer(_pattern(head), text):
        if len(found) >= _MOST:
            break
        start, end = match.span()
        if last is not None:
            wanted = start + length
            tails = [each.end() for each in last.finditer(text, end, start + length * 2)]
            if not tails:
                continue
            end = min(tails, key=lambda at: abs(at - wanted))
        found.append((start, end))
    return found


def _around(text: str, place: Place, start: int, end: int) -> float:
    """How alike the neighbourhoods are, 0 to 1."""
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if (before, after) == (place.before, place.after):
        return 1.0
    return (_alike(before, place.before) + _alike(after, place.after)) / 2


def _alike(one: str, other: str) -> float:
    one, other = " ".join(one.split()), " ".join(other.split())
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one or other else 1.0


def _between(text: str, place: Place) -> tuple[int, int] | None:
    """What stands between the same neighbours, where they meet exactly once."""
    before, after = place.before.split(), place.after.split()
    if len(before) < 3 or len(after) < 3:
        return None
    # The outermost words may be cut in the middle.
    left, right = (r"\s+".join(map(re.escape, words)) for words in (before[1:], after[:-1]))
    room = max(2 * (place.end - place.start), place.end - place.start + _LONGER)
    found = list(re.finditer(f"{left}(.{{1,{room}}}?){right}", text, flags=re.DOTALL))
    if len(found) != 1:
        return None
    stretch = found[0].group(1)
    start = found[0].start(1) + len(stretch) - len(stretch.lstrip())
    end = found[0].end(1) - (len(stretch) - len(stretch.rstrip()))
    return (start, end) if start < end else None
