"""Stretches around words, merged and apart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.target_places import near


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
