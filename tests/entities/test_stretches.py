"""Covering stretches of a text, and keeping finds apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.stretches import MASK, Taken, cover

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda s: (s[0], s[0] + s[1])), max_size=30
)


@given(st.text(max_size=50), SPANS)
def test_covering_hides_those_characters_and_no_others(
    text: str, spans: list[tuple[int, int]]
) -> None:
    inside = [(a, min(b, len(text))) for a, b in spans if a < len(text)]
    covered = cover(text, inside)
    assert len(covered) == len(text)
    for at, (shown, was) in enumerate(zip(covered, text, strict=True)):
        assert shown == (MASK if any(a <= at < b for a, b in inside) else was)


@given(SPANS)
def test_a_span_is_free_exactly_when_nothing_taken_overlaps(spans: list[tuple[int, int]]) -> None:
    taken = Taken()
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        free = not any(a < end and start < b for a, b in kept)
        assert taken.free(start, end) is free
        if free:
            taken.take(start, end)
            kept.append((start, end))
