"""Strings that two annotators may write differently and mean the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.keys import likeness, number_key, text_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh", "Uỷ ban nhân dân tỉnh"),
        ("UBND tỉnh", "ỦY BAN NHÂN DÂN TỈNH"),
        ("HĐND xã", "Hội đồng nhân dân xã"),
        ("Hoà Bình", "Hòa Bình"),
        ("Thuý", "Thúy"),
        ("công tác CCHC", "Công tác cải cách hành chính"),
        ("kiểm soát TTHC", "kiểm soát thủ tục hành chính"),
        ("“Đề án 06”", "Đề án  06."),
        ("**Mục tiêu**", "Mục tiêu:"),
        ("A – B", "A - B"),
        ("một\n hai", "một hai"),
        (unicodedata.normalize("NFD", "Sở Nội vụ"), "Sở Nội vụ"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert text_key(one) == text_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sở Nội vụ", "Bộ Nội vụ"), ("má", "mà"), ("dân", "đân"), ("tư", "tu"), ("cân", "can")],
)
def test_not_the_same(one: str, other: str) -> None:
    assert text_key(one) != text_key(other)


def test_numbers_fold_spaces_and_case_only() -> None:
    assert number_key("36 /KH-UBND") == number_key("36/kh-ubnd")
    assert number_key("36/KH-UBND") != number_key("36/KH–UBND")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0.0),
        ("một", "", 0.0),
        ("trước ngày 30", "TRƯỚC NGÀY 30", 1.0),
        ("hàng quý", "báo cáo định kỳ hàng quý năm", 0.5),
        ("trong quý II năm 2031", "quý II năm 2031", 17 / 23),
    ],
)
def test_likeness(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected, abs=0.001)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
