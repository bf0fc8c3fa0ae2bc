"""The same indicator in several plans, and the numbers they set for it.

In: a ``Board`` and its topics.  Out: indicators, most plans first.

Figures are one indicator where they have the same unit and their words, without the numbers, are
alike: fairly alike inside one topic, very much so across topics.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from pipeline.comparison.building import Board
from pipeline.comparison.naming import named
from pipeline.comparison.results import Figure, Indicator, IndicatorValue, Item, Topic
from pipeline.comparison.schedules import home
from pipeline.comparison.words import PLACE, Lexicon, fold

SAME_TOPIC, ANYWHERE, SURE = 0.5, 0.72, 0.7


@dataclass(slots=True)
class _Draft:
    code: str
    topic: int
    label: str
    unit: str | None
    values: list[IndicatorValue] = field(default_factory=list)


def indicators(board: Board, topics: Sequence[Topic]) -> tuple[Indicator, ...]:
    """All indicators, also those of one plan alone."""
    topic_of = home(topics)
    lexicon = Lexicon()
    drafts: defaultdict[tuple[str, str], list[_Draft]] = defaultdict(list)
    for item in board.items:
        for figure in item.figures:
            code = _signature(lexicon, figure)
            unit = (" ".join(map(fold, (figure.unit or "").split())), _sense(figure))
            best, strength = _best(drafts[unit], code, topic_of[item.index])
            if best is None:
                label = _label(board, item, figure)
                best = _Draft(code, topic_of[item.index], label, figure.unit)
                drafts[unit].append(best)
            best.values.append(
                IndicatorValue(item.plan, item.index, figure, round(strength, 3), strength < SURE)
            )
    rows = [_indicator(draft) for several in drafts.values() for draft in several]
    return tuple(
        sorted(
            rows, key=lambda row: (-len({v.plan for v in row.values}), not row.differs, row.label)
        )
    )


def _best(drafts: Sequence[_Draft], code: str, topic: int) -> tuple[_Draft | None, float]:
    best, strength = None, 0.0
    for draft in drafts:
        line = SAME_TOPIC if draft.topic == topic else ANYWHERE
        alike = Indel.normalized_similarity(code, draft.code, score_cutoff=max(line, strength))
        if alike > strength:
            best, strength = draft, alike
    return (best, strength) if best is not None else (None, 1.0)


def _signature(lexicon: Lexicon, figure: Figure) -> str:
    """What the figure measures, as words without numbers, for comparing."""
    text = figure.text
    if figure.subject and figure.subject not in text:
        text = f"{text} {figure.subject}"
    words = lexicon.read(text)
    return "".join(
        words.code[at] for at in range(len(words)) if not text[words.span(at)[0]].isdigit()
    )


def _label(board: Board, item: Item, figure: Figure) -> str:
    """What the figure measures, for reading, without the name of the plan's own place."""
    start = figure.span.start - item.span.start
    size = figure.span.end - figure.span.start
    if start < 0 or start + size > len(item.text):  # in a labelled line, or another cell of the row
        return named(figure.text, 0, len(figure.text), figure.value, item.text)
    words, text = board.words[item.index], item.text
    for at in range(len(words)):
        if words.code[at] == PLACE:
            first, last = words.span(at)
            text = text[:first] + " " * (last - first) + text[last:]
    heading = item.headings[-1] if item.headings else ""
    return named(text, start, start + size, figure.value, heading) or figure.text


def _sense(figure: Figure) -> str:
    """A rank ("trong nhóm 10") is no percentage, whatever its unit."""
    return "rank" if figure.comparator == "in" else "value"


def _indicator(draft: _Draft) -> Indicator:
    by_plan = Counter(value.plan for value in draft.values)
    low = [value.figure.value for value in draft.values]
    high = [value.figure.value_max or value.figure.value for value in draft.values]
    numbers = {
        (value.figure.value, value.figure.value_max, value.figure.comparator)
        for value in draft.values
    }
    return Indicator(
        draft.label,
        draft.unit,
        tuple(sorted(draft.values, key=lambda value: (value.plan, value.item))),
        len(by_plan) > 1 and len(numbers) > 1,
        min(low),
        max(high),
    )
