"""Issuer and province under the names of the gazetteers."""

from __future__ import annotations

import pytest

from pipeline.entities import issuing


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UBND TỈNH KHÁNH HOÀ", "Ủy ban nhân dân tỉnh Khánh Hòa"),
        ("HĐND TỈNH LÂM ĐỒNG", "Hội đồng nhân dân tỉnh Lâm Đồng"),
        ("BỘ NỘI VỤ", "Bộ Nội vụ"),
        ("UBND thành phố Cần Thơ", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("TRUNG TÂM TRỒNG CÂY", "Trung tâm trồng cây"),
    ],
)
def test_the_issuer_is_spelled_out_in_mixed_case(printed: str, name: str) -> None:
    assert issuing.canonical(printed) == name


def test_a_province_is_what_it_was_and_what_it_is_part_of() -> None:
    then = issuing.province("Sóc Trăng", "2024-02-01")
    assert (then.name, then.current_name) == ("Sóc Trăng", "Cần Thơ")


def test_an_unknown_province_keeps_its_name_alone() -> None:
    assert issuing.province("Thanh Bình", "2024").code is None
