"""Words as spaCy tokens: the text stays what it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.language.tokens import blank, segment


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank()


ODD = [
    "",
    " ",
    "\n",
    "\n\n  \n",
    " đầu và cuối ",
    "hai  khoảng   trắng",
    "dòng một\ndòng hai\n",
    "tab\tvà\u00a0khoảng cứng",
    "Khánh Hoà, thuỷ lợi",
    "số 09-NQ/TW, ngày 02/02/2031;",
    "Ho\u0300a Bi\u0300nh",
    "a) Đúng vụ;b) Tiết kiệm.",
    "…/…",
    "🌳 trồng 500 cây 🌳",
    "\u200bký tự ẩn\u200b",
    "http://vanban.vn/?a=1&b=2",
    "ỦY BAN NHÂN DÂN",
    "1.2.3.4.5",
    "\r\nxuống dòng\r\n",
]


@pytest.mark.parametrize("text", ODD)
def test_no_letter_is_lost(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(
        alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \n.,-/ủyòađĐ09")),
        max_size=60,
    )
)
def test_no_letter_of_any_text_is_lost(text: str) -> None:
    assert blank()(text).text == text
    at = 0
    for start, end in segment(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


def test_words_are_words(nlp: Language) -> None:
    words = [token.text for token in nlp("Cải cách hành chính nhà nước")]
    assert "hành chính" in words


def test_numbers_can_be_cut_out(nlp: Language) -> None:
    doc = nlp("theo 09-NQ/TW, các cấp")
    found = doc.char_span(5, 13, alignment_mode="expand")
    assert found is not None
    assert "09-NQ/TW" in found.text


def test_sentences_start_after_stops_and_line_ends(nlp: Language) -> None:
    doc = nlp("Trồng cây. Chăm cây\nTưới cây")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Trồng cây.",
        "Chăm cây",
        "Tưới cây",
    ]


def test_the_tokenizer_can_be_saved(nlp: Language, tmp_path: object) -> None:
    again = blank().from_bytes(nlp.to_bytes())
    assert [t.text for t in again("cải cách hành chính")] == [
        t.text for t in nlp("cải cách hành chính")
    ]


@pytest.mark.parametrize("endless", ["1.1" * 20_000, "x" * 60_000])
def test_what_has_no_space_is_one_word(endless: str) -> None:
    """The segmenter's time would grow with the square of it."""
    text = f"trồng cây {endless} ở xã"
    assert (10, 10 + len(endless)) in segment(text)
    assert next(text[a:b] for a, b in segment(text)).startswith("trồng")
