from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.comparison.words import PLACE, Lexicon


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bảo đảm TTATGT", "bảo đảm trật tự, an toàn giao thông"),
        ("UBND huyện", "Ủy ban nhân dân huyện"),
        ("hoà giải", "hòa giải"),
        ("Xây dựng – sửa chữa", "xây dựng, sửa chữa."),
    ],
)
def test_spellings_of_one_wording(a: str, b: str) -> None:
    lexicon = Lexicon()
    assert lexicon.read(a).code == lexicon.read(b).code


@pytest.mark.parametrize(("a", "b"), [("đường", "dương"), ("5%", "10%"), ("Sở A", "Sở B")])
def test_what_stays_apart(a: str, b: str) -> None:
    lexicon = Lexicon()
    assert lexicon.read(a).code != lexicon.read(b).code


def test_the_own_place_is_one_word() -> None:
    lexicon = Lexicon()
    a, b = (
        lexicon.read(f"trên địa bàn tỉnh {name}", name) for name in ("Nam Định", "Thừa Thiên Huế")
    )
    assert a.code == b.code
    assert a.code[-1] == PLACE
    assert a.span(len(a) - 1) == (len("trên địa bàn tỉnh "), len("trên địa bàn tỉnh Nam Định"))
    assert a.code != lexicon.read("trên địa bàn tỉnh Nam Định", "Sơn La").code


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("trên địa bàn tỉnh Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("trên địa bàn tỉnh THANH HOÁ", "Thanh Hóa"),
    ],
)
def test_the_own_place_however_it_is_spelled(text: str, place: str) -> None:
    lexicon = Lexicon()
    assert lexicon.read(text, place).code == lexicon.read("trên địa bàn tỉnh Huế", "Huế").code


def test_a_place_without_letters_is_none() -> None:
    assert Lexicon().read("Trồng rừng", "…").code == Lexicon().read("Trồng rừng").code


@settings(deadline=None)
@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    words = Lexicon().read(text)
    assert 2 * len(words) == len(words.bounds)
    spans = [words.span(at) for at in range(len(words))]
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert not text[start:end].isspace()
    assert spans == sorted(spans)


def test_names_and_titles_of_cited_documents_are_one_word_each() -> None:
    lexicon = Lexicon()
    text = "Phổ biến Nghị quyết số 7/NQ-CP về nước đến mọi người ở các xã ven biển"
    stop = text.index(" đến")
    words = lexicon.read(text, "", [(9, stop, "7/nq-cp")])
    assert len(words.bare) == len(lexicon.read("Phổ biến đến mọi người ở các xã ven biển")) + 1
    assert [bool(named) for named in words.named] == [
        9 <= words.span(at)[0] < stop for at in range(len(words))
    ]
    assert lexicon.read(text).bare == words.code
