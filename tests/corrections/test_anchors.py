"""Words found again in another text of the same file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corrections import anchors

TEXT = """\
I. MỤC TIÊU
Trồng 500 cây trước ngày 30 tháng 6; báo cáo trước ngày 15 tháng 12.
II. PHÂN CÔNG
1. Sở Xây dựng | hàng quý | báo cáo
2. Sở Tài chính | hàng quý | báo cáo
"""


def place(words: str, nth: int = 0) -> anchors.Place:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return anchors.place_of(TEXT, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "nth", "change", "expected"),
    [
        ("trước ngày 30 tháng 6", 0, lambda t: t, "trước ngày 30 tháng 6"),
        ("trước ngày 30 tháng 6", 0, lambda t: "Trang 1\n\n" + t, "trước ngày 30 tháng 6"),
        (
            "trước ngày 30 tháng 6",
            0,
            lambda t: t.replace("ngày 30 tháng", "ngày\n30  tháng"),
            "trước ngày\n30  tháng 6",
        ),
        # read otherwise: the neighbours show where
        ("trước ngày 30 tháng 6", 0, lambda t: t.replace("30 tháng 6", "3O tháng 6"),
         "trước ngày 3O tháng 6"),
        # gone, and nothing in its place
        ("hàng quý", 1, lambda t: t[: t.index("II.")], None),
        ("trước ngày 30 tháng 6", 0, lambda t: "", None),
    ],
)  # fmt: skip
def test_words_are_found_again(words: str, nth: int, change, expected: str | None) -> None:  # type: ignore[no-untyped-def]
    text = change(TEXT)
    found = anchors.find(text, place(words, nth))
    assert (text[found[0] : found[1]] if found else None) == expected


@pytest.mark.parametrize("nth", [0, 1])
def test_the_same_words_are_told_apart_by_their_neighbours(nth: int) -> None:
    text = "Một dòng mới.\n" + TEXT
    found = anchors.find(text, place("hàng quý", nth))
    assert found is not None
    assert text[: found[0]].rpartition("Sở ")[2].startswith(["Xây dựng", "Tài chính"][nth])


def test_the_same_words_in_the_same_neighbourhood_are_told_apart_by_their_order() -> None:
    rows = "hàng quý | báo cáo | ghi chú dài dòng để hết chỗ quanh đây\n" * 3
    start = rows.index("hàng quý", rows.index("hàng quý") + 1)
    kept = anchors.place_of(rows, start, start + 8)
    shifted = "x" * 100 + "\n" + rows
    assert anchors.find(shifted, kept) == (start + 101, start + 109)


def test_what_may_be_any_of_several_is_not_guessed() -> None:
    rows = "hàng quý | báo cáo | ghi chú dài dòng để hết chỗ quanh đây\n" * 4
    start = rows.index("hàng quý", 70)
    kept = anchors.place_of(rows, start, start + 8)
    assert anchors.find("y" * 7 + rows + rows, kept) is None


def test_a_long_passage_is_known_by_head_and_tail() -> None:
    long = "Sở Xây dựng " + "trồng cây và chăm cây " * 40 + "trong cả năm."
    text = f"Mở đầu.\n{long}\nKết thúc."
    kept = anchors.place_of(text, 8, 8 + len(long))
    assert len(kept.words) < anchors.LONG
    found = anchors.find("Trang 2\n" + text, kept)
    assert found is not None
    assert ("Trang 2\n" + text)[found[0] : found[1]] == long


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, 10_000)])
def test_a_place_lies_in_its_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="inside the text"):
        anchors.place_of(TEXT, start, end)


texts = st.text(st.sampled_from("ab \n.áđ1"), min_size=1, max_size=300)


@given(texts, st.data())
def test_a_place_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert anchors.find(text, anchors.place_of(text, start, end)) == (start, end)


@given(texts, texts, st.data())
def test_what_is_found_lies_in_the_text(text: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = anchors.find(other, anchors.place_of(text, start, end))
    assert found is None or 0 <= found[0] < found[1] <= len(other)
