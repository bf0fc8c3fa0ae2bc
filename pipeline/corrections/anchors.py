"""Words found again in a text that was read anew.

In: a text and a stretch of it, later another text of the same file.  Out: a ``Place``, later the
stretch of the new text that holds the same words in the same neighbourhood, or None.

Words may have moved, lines may be broken elsewhere, and single letters may be read otherwise.  So
every place with the same words is a candidate, and so is the one where words and neighbourhood
together are most alike, letter by letter.  The best of them is taken where it is clearly better
than the others; where several are equal (cells of a table), their order tells, if there are as many
as before.  What is still doubtful is not guessed: a correction in the wrong place is worse than one
that waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.corrections.entries import Place

NEAR = 40
LONG = 240
_HEAD, _TAIL = 120, 60
_GAP = "\x00"
_MOST = 2_000
# Chosen on 3,200 values of real plans with 0.1 to 2 % of their letters changed (docs/review.md).
_ALIKE = 0.75
_BETTER = 0.08
_ONLY = 0.5
_WINDOW = 20_000
_WHOLE = 300_000
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Candidate:
    likeness: float
    start: int
    end: int


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
    around = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if around == (place.before, place.after) and _stands(text, place, start, end):
        return start, end
    same = _occurrences(text, place.words, end - start)
    found = [_Candidate(_likeness(text, place, *each), *each) for each in same]
    best = max((one.likeness for one in found), default=0.0)
    if len(found) == place.count > place.ordinal:
        one = found[place.ordinal]
        if one.likeness >= best - _BETTER and one.likeness >= (
            _ONLY if place.count == 1 else _ALIKE
        ):
            return one.start, one.end
    found += _aligned(text, place)
    found.sort(key=lambda one: -one.likeness)
    if not found or found[0].likeness < _ALIKE:
        return None
    first = found[0]
    for other in found[1:]:
        apart = other.end <= first.start or first.end <= other.start
        if apart and other.likeness > first.likeness - _BETTER:
            return None
    return first.start, first.end


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


def _likeness(text: str, place: Place, start: int, end: int) -> float:
    """How alike a stretch and its neighbourhood are to what they were, 0 to 1."""
    left, right = _needles(place)
    before, after = len(place.before), len(place.after)
    first = text[max(0, start - before) : start + len(left) - before]
    last = text[max(0, end - (len(right) - after)) : end + after]
    return (_ratio(left, first) + _ratio(right, last)) / 2


def _needles(place: Place) -> tuple[str, str]:
    """The words' beginning with what stands before, and their end with what stands behind."""
    head, gap, tail = place.words.partition(_GAP)
    return place.before + head, (tail if gap else head) + place.after


def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(_BLANK.sub(" ", one), _BLANK.sub(" ", other)) / 100


def _aligned(text: str, place: Place) -> list[_Candidate]:
    """Where words and neighbourhood are most alike; nothing where that is nowhere."""
    left, right = _needles(place)
    keep = len(place.words.partition(_GAP)[0])
    found = []
    for near in _windows(text, place.start):
        starts = _best(left, text, *near)
        if starts is None:
            continue
        start, behind = _mapped(left, len(place.before), len(place.before) + keep, text, *starts)
        end = behind
        if _GAP in place.words:
            limit = start + 2 * (place.end - place.start)
            ends = _best(right, text, behind, min(near[1], limit))
            if ends is None:
                continue
            _, end = _mapped(right, 0, len(right) - len(place.after), text, *ends)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append(_Candidate(_likeness(text, place, start, end), start, end))
            break
    return found


def _windows(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where to look: near the old place, then everywhere if that is not too much."""
    low, high = max(0, start - _WINDOW), min(len(text), start + _WINDOW)
    yield low, high
    if (low, high) != (0, len(text)) and len(text) <= _WHOLE:
        yield 0, len(text)


def _best(needle: str, text: str, low: int, high: int) -> tuple[int, int] | None:
    """The part of a stretch that is most like a needle, as offsets into the text."""
    if high - low < len(needle) // 2:
        return None
    stretch = _BLANK.sub(" ", text[low:high])
    plain = _BLANK.sub(" ", needle)
    found = fuzz.partial_ratio_alignment(plain, stretch, score_cutoff=_ALIKE * 100)
    return None if found is None else (low + found.dest_start, low + found.dest_end)


def _mapped(needle: str, start: int, end: int, text: str, low: int, high: int) -> tuple[int, int]:
    """Where two offsets into a needle lie in the part of the text that is most like it."""
    steps = Levenshtein.opcodes(_BLANK.sub(" ", needle), _BLANK.sub(" ", text[low:high]))

    def at(offset: int, *, last: bool) -> int:
        found = 0
        for step in steps:
            inside = step.src_start <= offset < step.src_end
            if inside or (last and offset == step.src_end > step.src_start):
                found = min(step.dest_start + offset - step.src_start, step.dest_end)
                break
            if step.src_end <= offset:
                found = step.dest_end
        return low + found

    return at(start, last=False), at(end, last=True)
