"""Comparison keys."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.language.keys import folded, key, spelled, toned

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khánh Hòa", "Khánh Hoà"),
        ("thủy lợi", "thuỷ lợi"),
        ("Ủy ban", "Uỷ ban"),
        ("KHÁNH HOÀ", "Khánh Hòa"),
        ("Ủy ban nhân dân tỉnh", "UBND tỉnh"),
        ("Hội đồng nhân dân", "HĐND"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu"),
        ("Bà Rịa  -  Vũng Tàu", "Bà Rịa -Vũng Tàu"),
        ("Sở “Nội vụ”", 'Sở "Nội vụ"'),
        ("Sở Nội vụ;", "Sở Nội vụ"),
        ("Sở\nNội vụ", "Sở Nội vụ"),
        ("Ðà Nẵng", "Đà Nẵng"),  # Icelandic Eth
        ("Ho\u0300a Bi\u0300nh", "Hòa Bình"),  # decomposed
        ("Đài Phát thanh và Truyền hình", "Đài PT-TH"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoa Bình"),
        ("Bắc Kạn", "Bắc Cạn"),
        ("Sở Nội vụ", "Sở Ngoại vụ"),
        ("09-NQ/TW", "09 - NQ/TW"),
        ("má", "mà"),
    ],
)
def test_different_names(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_steps_of_folding() -> None:
    assert spelled(" ỦY BAN nhân dân. ") == "ủy ban nhân dân"
    assert toned("Ủy") == toned("Uỷ") != "ủy"
    assert folded("Đắk Lắk – Ủy ban") == "dak lak - uy ban"


# Open syllables in which the tone mark stands on the first or the second vowel.
SYLLABLES = st.sampled_from(
    [("hòa", "hoà"), ("thủy", "thuỷ"), ("hóa", "hoá"), ("khỏe", "khoẻ"), ("lũy", "luỹ")]
)


@UNHURRIED
@given(st.lists(SYLLABLES, min_size=1, max_size=6))
def test_tone_placement_never_matters(pairs: list[tuple[str, str]]) -> None:
    assert key(" ".join(a for a, _ in pairs)) == key(" ".join(b for _, b in pairs))


@UNHURRIED
@given(st.text(alphabet="abđêhòaoàủyuỷ -–.,;“”*UBNDỦYhân\n", max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert spelled(spelled(text)) == spelled(text)
    assert folded(folded(text)) == folded(text)
    assert key(key(text)) == key(text)
    assert key(text.upper()) == key(text.lower())
