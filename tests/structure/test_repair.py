"""Closed sets that OCR misread: what is meant, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure import repair


def meant(text: str) -> str:
    return repair.closed_sets(text, [(0, len(text))])[0]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("CHÍ THỊ", "CHỈ THỊ"),
        ("ỦY BẠN NHÂN DÂN TĨNH QUẢNG NGÃI", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("Sở Nông nghiệp và Phát triên nông thôn", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Luật Đât đai", "Luật Đất đai"),
        ("Số 12/QĐ-TTS ngày", "Số 12/QĐ-TTg ngày"),
        ("số 5/NQ-CR ngày", "số 5/NQ-CP ngày"),
        ("Nghị định sô 10/2031/NĐ-CP", "Nghị định số 10/2031/NĐ-CP"),
        ("Điêu 5. Thi hành", "Điều 5. Thi hành"),
        ("Noi nhậm: ", "Nơi nhận: "),
        ("Căn cú Luật", "Căn cứ Luật"),
        ("Chủ tich ký", "Chủ tịch ký"),
    ],
)
def test_repaired(read: str, right: str) -> None:
    assert meant(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "hằng năm định kỳ báo cáo",  # "Nam Định" needs its capitals
        "Uỷ ban nhân dân tỉnh Khánh Hoà",  # another place of the tone is no fault
        "trồng 30 cây phượng",
        "Số 12/QĐ-STC ngày 3/4/2031",  # an issuer that no list knows
        "Số: 07/CT-UBND",
        "điều 5 cây",
    ],
)
def test_left_alone(text: str) -> None:
    assert meant(text) == text


def test_only_what_ocr_read_is_repaired_and_each_change_is_listed() -> None:
    text = "QUYÉT ĐỊNH\nQUYÉT ĐỊNH"
    found, repairs = repair.closed_sets(text, [(11, 21)])
    assert found == "QUYÉT ĐỊNH\nQUYẾT ĐỊNH"
    assert [(r.start, r.end, r.meant) for r in repairs] == [(11, 21, "QUYẾT ĐỊNH")]


@given(st.text(alphabet="QUYÉTĐỊNHsôốSở Tàichín0123456789/-.\n", max_size=60))
def test_the_length_stays_and_no_figure_changes(text: str) -> None:
    found = meant(text)
    assert len(found) == len(text)
    assert [c for c in found if c.isdigit()] == [c for c in text if c.isdigit()]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["I. MỤC ĐÍCH", "II. NỘI DUNG", "II. KINH PHÍ", "IV. PHÂN CÔNG"],
         ["I. MỤC ĐÍCH", "II. NỘI DUNG", "III.KINH PHÍ", "IV. PHÂN CÔNG"]),
        (["I. MỤC ĐÍCH", "H. NỘI DUNG", "IH. KINH PHÍ"],
         ["I. MỤC ĐÍCH", "II.NỘI DUNG", "III.KINH PHÍ"]),
        (["I. MỤC ĐÍCH", "IIL. NỘI DUNG"], ["I. MỤC ĐÍCH", "II.  NỘI DUNG"]),
        (["I. MỤC ĐÍCH", "II. NỘI DUNG", "I. CHƯƠNG TRÌNH"],
         ["I. MỤC ĐÍCH", "II. NỘI DUNG", "I. CHƯƠNG TRÌNH"]),
        (["II. NỘI DUNG", "V. KINH PHÍ"], ["II. NỘI DUNG", "V. KINH PHÍ"]),
    ],
)  # fmt: skip
def test_numerals_by_their_place_in_the_series(read: list[str], right: list[str]) -> None:
    assert meant("\n".join(read)).split("\n") == right


def test_a_doubled_letter_of_a_symbol() -> None:
    assert meant("số 12/QĐĐ-TTg ngày") == "số 12/QĐ-TTg  ngày"
    assert meant("Số: 20/KH:UBND") == "Số: 20/KH-UBND"


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["c) một", "đ) hai", "e) ba"], ["c) một", "d) hai", "e) ba"]),
        (["d) một", "e) hai", "e) ba"], ["d) một", "đ) hai", "e) ba"]),
        (["e) một", "ø) hai", "h) ba"], ["e) một", "g) hai", "h) ba"]),
        (["- c) một", "- đ) hai"], ["- c) một", "- d) hai"]),
        (["a) một", "b) hai", "a) ba"], ["a) một", "b) hai", "a) ba"]),
    ],
)
def test_points_by_their_place_in_the_series(read: list[str], right: list[str]) -> None:
    assert meant("\n".join(read)).split("\n") == right


def test_a_series_goes_on_over_the_end_of_a_page() -> None:
    text = "I. MỤC ĐÍCH CHUNG\nII. NỘI DUNG CHÍNH\nII. KINH PHÍ CHUNG"
    cut = text.rindex("\n")
    found, _ = repair.closed_sets(text, [(0, cut), (cut + 1, len(text))])
    assert found.endswith("III.KINH PHÍ CHUNG")


def test_dust_before_the_number_of_an_item() -> None:
    assert meant("-:3., Hình thức") == "3.    Hình thức"
    assert meant("- 20 xã") == "- 20 xã"
