"""The flow's laws: clean text is stable, and every position leads back to the raw text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.reading import cleaning, flow
from pipeline.reading.cleaning import clean_line
from pipeline.reading.document import Document, RawDocument, RawLine, RawWord

LETTERS = "aăâđeêioôơuưyạếộữẮỲbcdhkmnt. ,;:()/-\t0123456789"
DIRT = "\u00ad\u200b\u00a0\u3000\ufeff\u0301\u0323\u0302\u0306Ðð\u0001\u212b"
TEXTS = st.lists(st.text(alphabet=LETTERS + DIRT, max_size=60), max_size=12)


def build(lines: list[RawLine], pages: int = 1) -> Document:
    raw = RawDocument(lines, [(None, None, "text")] * pages)
    return flow.build(raw, name="a", sha256="", media_type="text/plain", size=0)


def plain(texts: list[str]) -> Document:
    return build([RawLine(text) for text in texts])


@given(TEXTS)
def test_every_run_stands_letter_for_letter_in_the_raw_text(texts: list[str]) -> None:
    document = plain(texts)
    offsets = document.offsets
    for clean, raw, length in zip(offsets.clean, offsets.raw, offsets.lengths, strict=True):
        there = document.raw[raw : raw + length].replace("Ð", "Đ").replace("ð", "đ")
        here = document.text[clean : clean + length]
        if length > 1:  # a run of one letter may have been folded or composed
            signs = (
                " " if sign.isspace() else unicodedata.normalize("NFC", sign) for sign in there
            )
            assert here == "".join(signs)
        assert length >= 1 and raw + length <= len(document.raw)


@given(TEXTS)
def test_the_map_is_monotonic_and_total(texts: list[str]) -> None:
    document = plain(texts)
    back = [document.offsets.to_raw(at) for at in range(len(document.text) + 1)]
    assert back == sorted(back)
    assert all(0 <= at <= len(document.raw) for at in back)


@given(TEXTS)
@example(["a\u00ad\u0301"])
@example(["0\x01 \u00ad 0"])
@example([" \u00ad 0"])
@example(["\u00d0 \u00e2"])
def test_clean_text_is_composed_and_stable(texts: list[str]) -> None:
    document = plain(texts)
    assert unicodedata.is_normalized("NFC", document.text)
    assert "  " not in document.text and "\u00ad" not in document.text
    for line in document.text.split("\n"):
        again, _, _ = cleaning.clean_line(line)
        assert again.text == line


@given(TEXTS)
def test_lines_and_pages_lie_inside_the_text(texts: list[str]) -> None:
    document = plain(texts)
    for line in document.lines:
        assert 0 <= line.start < line.end <= len(document.text)
    assert [page.number for page in document.pages] == [1]


@pytest.mark.parametrize(
    ("known", "expected"),
    [(True, "Giao các Sở. Nội vụ"), (False, "Giao các Sở.\nNội vụ")],
)
@pytest.mark.parametrize("page", [1, 2])
def test_what_the_reader_knows_is_kept(known: bool, expected: str, page: int) -> None:
    lines = [RawLine("Giao các Sở."), RawLine("Nội vụ", page, joins=known)]
    assert build(lines, pages=2).text == expected


def test_words_follow_the_cleaning() -> None:
    line = RawLine("Kê\u0301  hoa\u0323ch", words=[
        RawWord(0, 3, (1, 1, 2, 2)), RawWord(5, 11, (3, 1, 4, 2)),
    ])  # fmt: skip
    document = build([line])
    assert [document.text[word.start : word.end] for word in document.words] == ["Kế", "hoạch"]
    assert [notice.code for notice in document.notices] == ["unicode-decomposed"]


def test_empty_cells_keep_their_place() -> None:
    document = build(
        [
            RawLine("Trước", joins=False),
            RawLine("", cell=(0, 0, 0)),
            RawLine("Việc", joins=False, cell=(0, 0, 1)),
            RawLine("", cell=(0, 1, 0)),
            RawLine("Sau", joins=False),
        ]
    )
    assert document.text == "Trước\nViệc\nSau"
    assert [(c.row, c.column, c.start, c.end) for c in document.tables[0].cells] == [
        (0, 0, 6, 6), (0, 1, 6, 10), (1, 0, 10, 10),
    ]  # fmt: skip


def test_page_numbers_are_dropped_but_not_figures_in_cells() -> None:
    lines = [
        RawLine("Một.", 1), RawLine("2", 2), RawLine("Hai.", 2), RawLine("7", 2, cell=(0, 0, 0)),
    ]  # fmt: skip
    assert build(lines, pages=2).text == "Một.\nHai.\n7"


@pytest.mark.parametrize(
    ("heads", "dropped"),
    [
        (["CÔNG BÁO/Số 12/Ngày 3-2-2031", "CÔNG BÁO/Số 12/Ngày 3-2-2031",
          "CÔNG BÁO/Số 12/Ngày 3-2-2031"], True),
        (["7 TẬP SAN CÂY XANH", "TẬP SAN CÂY XANH 8", "9 TẬP SAN CÂY XANH"], True),
        (["Đợt trồng cây 4", "Đợt trồng cây 9", "Đợt trồng cây 2"], False),
        (["Tổ cây xanh", "Tổ cây xanh", "Tổ cây xanh"], False),
        (["7 TẬP SAN CÂY XANH", "TẬP SAN CÂY XANH 8", "Một."], False),
    ],
)  # fmt: skip
def test_running_heads_are_dropped(heads: list[str], dropped: bool) -> None:
    bodies = ["Hai.", "Ba.", "Bốn."]
    lines = [
        RawLine(text, page, joins=False)
        for page, pair in enumerate(zip(heads, bodies, strict=True), 1)
        for text in pair
    ]
    found = build(lines, pages=3).text.split("\n")
    assert found == (bodies if dropped else [line.text for line in lines])


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("K ế t luận s ố 45", "Kết luận số 45"),
        ("Th ủ tướng ph ố i hợp", "Thủ tướng phối hợp"),
        ("U BND các xã; Ủ y ban nhân dân", "UBND các xã; Ủy ban nhân dân"),
        ("dài 5 m ở đây", "dài 5 m ở đây"),
        ("đ) ở đó; a) ở đây", "đ) ở đó; a) ở đây"),
        ("1. ở các xã", "1. ở các xã"),
    ],
)
def test_torn_syllables_are_whole_again(torn: str, whole: str) -> None:
    assert clean_line(torn)[0].text == whole
