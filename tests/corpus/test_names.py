"""Names that people shorten: the data, and what is one name in queries and in the corpus."""

from __future__ import annotations

import pytest

from pipeline import gazetteers
from pipeline.corpus import names, spelling


def test_the_abbreviations_are_sound() -> None:
    rows = list(gazetteers.rows("abbreviations"))
    shorts = [spelling.key(row["short"]) for row in rows]
    assert len(set(shorts)) == len(shorts)
    for row in rows:
        assert row["source"]
        assert len(spelling.words(row["long"])) > len(spelling.words(row["short"]))
        assert len(row["short"]) >= 3, "two letters mean too much"


def test_no_abbreviation_is_a_syllable() -> None:
    """A form of one word that Vietnamese writes too would bring foreign passages in."""
    syllables = {
        word
        for row in gazetteers.agencies()
        for word in spelling.words(row.name)
        if len(word) > 4 or not set(word).isdisjoint("aeiouy")
    } | {"tu", "so", "ban", "uy"}
    forms = {form[0] for form in names.abbreviations() if len(form) == 1}
    assert not forms & syllables


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SNV", "Sở Nội vụ"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Uỷ ban nhân dân tỉnh", "uy ban nhan dan tinh"),
        ("Sở KH&CN", "Sở Khoa học và Công nghệ"),
        ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
    ],
)
def test_one_agency(first: str, second: str) -> None:
    assert names.agency_key(first) == names.agency_key(second)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("quang nam", "Quảng Nam"),
        ("tỉnh Quảng Nam", "Quảng Nam"),
        ("TP Đà Nẵng", "Đà Nẵng"),
        ("HUẾ", "Huế"),
        ("Atlantis", None),
    ],
)
def test_provinces(typed: str, name: str | None) -> None:
    assert names.province(typed) == name


@pytest.mark.parametrize(
    ("word", "exact", "folded"),
    [
        ("Đường", "đường", "duong"),
        ("HOÀ", "hoà", "hoa"),
        ("½", "½", "½"),
        ("a\u0301", "á", "a"),
        ("ﬁ", "fi", "fi"),
        ("İ", "i\u0307", "i"),
    ],
)
def test_forms_of_words(word: str, exact: str, folded: str) -> None:
    assert (spelling.exact(word), spelling.folded(word)) == (spelling.exact(exact), folded)
    assert spelling.exact(spelling.exact(word)) == spelling.exact(word)
