"""Covering stretches of a text, and keeping finds apart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.stretches import MASK, Taken, cover, near

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


def test_stretches_around_a_word() -> None:
    text = "một lần nữa, hai lần; " + "x" * 50 + " lần cuối"
    found = near(text, ("lần",), before=5, after=6, span=(0, len(text)))
    assert [text[a:b] for a, b in found] == ["một lần nữ", " hai lần; x", "xxxx lần cu"]


@given(st.text(alphabet="ab ", max_size=60), st.integers(0, 9), st.integers(1, 9))
def test_every_place_of_a_word_is_in_one_stretch(text: str, before: int, after: int) -> None:
    found = list(near(text, ("ab",), before=before, after=after, span=(0, len(text))))
    assert all(b < c for (_, b), (c, _) in pairwise(found))
    for at in (i for i in range(len(text)) if text.startswith("ab", i)):
        assert sum(a <= max(0, at - before) and at < b for a, b in found) == 1


def test_stretches_around_words_stay_inside_a_span() -> None:
    assert list(near("lần lần lần", ("lần",), before=9, after=9, span=(4, 8))) == [(4, 8)]
    assert list(near("hai buổi", ("lần",), before=9, after=9, span=(0, 8))) == []
