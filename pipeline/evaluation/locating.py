"""Where words of gold stand in a record's text, and the sentence around a place.

In: the record's text; words, and what gold knows about their place.  Out: places (start, end) and
``Quote``s.  Gold copies words letter for letter but folds line breaks, and its own offsets count
in the file that was annotated, which need not be the text of the record.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from models import Plan
from pipeline.evaluation.counts import Quote
from pipeline.evaluation.values import path

Place = tuple[int, int]
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.;!?]\s")
# Longest part of a sentence that is shown before and after a value, characters.
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Sought:
    """Words of gold with what is known of their place."""

    words: str
    span: Place | None = None
    section: str | None = None


class Text:
    """The text of a record, searchable whatever its line breaks and case."""

    def __init__(self, plan: Plan | None) -> None:
        self.text = plan.text if plan else ""
        self.sections = {path(s.path): s.span for s in plan.walk()} if plan else {}

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The text with single blanks in lower case, and where each letter of it came from."""
        letters, places = [], []
        for match in re.finditer(r"\s+|\S", self.text):
            letters.append(" " if match.group().isspace() else _lower(match.group()))
            places.append(match.start())
        return "".join(letters), places

    def find(self, words: str) -> list[Place]:
        """All places of the words, case and blanks aside."""
        wanted = "".join(map(_lower, _SPACE.sub(" ", words).strip()))
        if not wanted:
            return []
        folded, places = self._folded
        found, at = [], folded.find(wanted)
        while at >= 0:
            found.append((places[at], places[at + len(wanted) - 1] + 1))
            at = folded.find(wanted, at + 1)
        return found

    def locate(self, sought: Iterable[Sought], claimed: Sequence[Place] = ()) -> list[Place | None]:
        """A place for each of the words.

        Where they stand several times, gold's own offset decides if the same words are there,
        then its section, then whether the record claims a value just there, then whether other
        words of gold are there already, then whether the record claims something near, then the
        order.
        """
        taken: set[Place] = set()
        places: list[Place | None] = []
        for one in sought:
            options = self.find(one.words)
            free = [place for place in options if place not in taken] or options
            if not free:
                places.append(None)
                continue
            span = self.sections.get(one.section) if one.section is not None else None
            inside = (span.start, span.end) if span else None
            best = min(free, key=partial(_rank, one.span, inside, claimed, taken))
            taken.add(best)
            places.append(best)
        return places

    def quote(self, place: Place | None) -> Quote | None:
        """The sentence around a place."""
        if place is None:
            return None
        start, end = place
        before, after = self.text[:start][-_AROUND:], self.text[end:][:_AROUND]
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
        ends = [match.end() for match in _SENTENCE_END.finditer(before)]
        # A sentence that is very short says too little: "1. Sở Y tế".
        before = next((before[at:] for at in ends if len(before) - at <= _AROUND // 2), before)
        stop = _SENTENCE_END.search(after)
        after = after[: stop.start() + 1] if stop else after
        return Quote(before, _SPACE.sub(" ", self.text[start:end]), after)


def _rank(
    span: Place | None,
    inside: Place | None,
    claimed: Sequence[Place],
    taken: Collection[Place],
    place: Place,
) -> tuple[bool, ...]:
    """The least is the best.  A short form must not be found inside a longer one of gold."""
    return (
        span is not None and place != span,
        inside is not None and not overlap(place, inside),
        place not in claimed,
        any(overlap(place, other) for other in taken),
        not any(overlap(place, other) for other in claimed),
    )


def overlap(one: Place, other: Place) -> int:
    """How many characters two places share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _lower(letter: str) -> str:
    """In lower case where that is one letter too, so that places stay countable."""
    low = letter.lower()
    return low if len(low) == len(letter) else letter
