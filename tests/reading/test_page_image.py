"""Cleaning of page pictures, columns below each other, strokes of numerals: no engine needed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading import ocr_numerals, page_blocks, page_image
from pipeline.reading.pdf_words import PageWord
from pipeline.reading.picture import resolution


def lines(count: int = 12, width: int = 1100, height: int = 1500) -> np.ndarray:
    """A white page with lines of dark marks of the size of letters."""
    page = np.full((height, width, 3), 245, np.uint8)
    for row in range(count):
        for at in range(100, width - 100, 26):
            page[200 + 45 * row : 222 + 45 * row, at : at + 14] = 30
    return page


def test_coloured_ink_goes_and_black_under_it_stays() -> None:
    page = lines()
    cv2.circle(page, (500, 400), 120, (40, 30, 210), 14)
    clean = page_image.clean(page, 200)
    before = page_image.clean(lines(), 200)
    assert np.abs(clean.pixels.astype(int) - before.pixels).mean() < 1.0


def test_a_page_printed_in_colour_keeps_its_letters() -> None:
    page = lines()
    page[(page == 30).all(axis=2)] = (170, 60, 20)
    assert (page_image.clean(page, 200).pixels < 100).mean() > 0.02


@pytest.mark.parametrize("angle", [-4.0, 1.5, 4.8])
def test_skew_is_measured_and_undone(angle: float) -> None:
    page = lines()
    turn = cv2.getRotationMatrix2D((550, 750), angle, 1)
    skewed = cv2.warpAffine(page, turn, (1100, 1500), borderValue=(245, 245, 245))
    clean = page_image.clean(skewed, 200)
    assert clean.skew == pytest.approx(-angle, abs=0.15)
    corner = clean.back @ (113, 211, 1)  # the middle of the first mark
    assert corner == pytest.approx(turn @ (107, 211, 1), abs=8)


def test_borders_and_holes_are_painted_white() -> None:
    page = lines()
    page[:, :40] = 20
    cv2.circle(page, (70, 700), 24, (10, 10, 10), -1)
    assert page_image.clean(page, 200).pixels[:, :98].min() > 200


def test_rulings_are_taken_out_and_named() -> None:
    page = lines(3)
    page[170:173, 90:1000] = 40
    page[160:400, 90:93] = 40
    found = page_image.clean(page, 200).lines
    assert len(found) == 2
    across = next(line for line in found if line.x1 - line.x0 > 500)
    assert across.x0 == pytest.approx(90, abs=4) and across.top == pytest.approx(170, abs=3)


def test_dust_goes_and_leaders_stay() -> None:
    page = lines(4)
    page[900:903, 300:303] = 20
    for at in range(200, 500, 9):
        page[1100:1103, at : at + 3] = 20
    pixels = page_image.clean(page, 200).pixels
    assert pixels[890:915, 290:315].min() > 200
    assert pixels[1095:1108, 250:450].min() < 100


def test_more_dust_than_short_numbers_can_count() -> None:
    page = lines(4, 2200, 3000)
    for row, column in np.ndindex(3, 3):
        page[1200 + row :: 6, column::6] = 20
    assert page_image.clean(page, 200).letter == 22


def test_a_blank_page_is_blank() -> None:
    assert page_image.clean(np.full((900, 700, 3), 240, np.uint8), 200).blank


def test_turning_leads_back() -> None:
    page = np.zeros((30, 20), np.uint8)
    page[4, 7] = 1
    for quarters in range(4):
        turned, back = page_image.turned(page, quarters)
        y, x = np.argwhere(turned)[0]
        assert back @ (x + 0.5, y + 0.5, 1) == pytest.approx((7.5, 4.5))


def test_columns_are_set_below_each_other_and_words_put_back() -> None:
    page = np.full((900, 1200), 255, np.uint8)
    for row in range(6):
        page[100 + 40 * row : 122 + 40 * row, 100:450] = 0
        page[118 + 40 * row : 140 + 40 * row, 700:1100] = 0
    stack = page_blocks.stack(page, 1.0, 22.0)
    assert len(stack.blocks) == 2
    left, right = stack.blocks
    assert (left.x1, right.x0) == (450, 700)
    y = right.top + right.down
    word = PageWord("a", 700 + right.across, y, 760 + right.across, y + 22)
    assert stack.put_back([word])[0].box == (700, 118, 760, 140)


def test_whole_lines_are_not_cut_and_margins_go() -> None:
    page = page_image.clean(lines(), 200).pixels
    stack = page_blocks.stack(page, 1.0, 22.0)
    assert len(stack.blocks) == 1
    ink = np.argwhere(page < 128)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    height, width = stack.pixels.shape
    assert (stack.pixels < 128).sum() == (page < 128).sum()
    assert right - left < width < right - left + 60 and bottom - top < height < bottom - top + 90


def test_ink_without_words_is_found() -> None:
    page = np.full((400, 600), 255, np.uint8)
    page[100:122, 50:300] = page[200:222, 50:64] = 0
    words = [PageWord("a", 50, 98, 300, 124)]
    assert page_blocks.unread(page, words, 22.0) == [(200, 222)]
    assert page_blocks.unread(page, [], 22.0) == [(100, 122), (200, 222)]


@pytest.mark.parametrize(
    ("read", "strokes", "expected"),
    [
        ("II.", 3, "III."),
        ("IL.", 2, "II."),
        ("IIIL", 3, "IIIL"),
        ("I.", 1, "I."),
        ("1.", 2, "1."),
        ("III.", 3, "III."),
    ],
)
def test_strokes_of_numerals_are_counted(read: str, strokes: int, expected: str) -> None:
    page = np.full((60, 120), 255, np.uint8)
    for number in range(strokes):
        page[15:43, 20 + 14 * number : 25 + 14 * number] = 0
    page[39:43, 20 + 14 * strokes : 24 + 14 * strokes] = 0
    word = PageWord(read, 18, 10, 26 + 14 * strokes, 48)
    ocr_numerals.recount([word], page)
    assert word.text == expected


@pytest.mark.parametrize(
    ("size", "limit", "dpi", "lowered"),
    [
        ((595, 842), 12_000_000, 200, False),
        ((842, 1191), 12_000_000, 200, False),
        ((2480, 3508), 12_000_000, 48, False),
        ((595, 842), 1_000_000, 101.7, True),
    ],
)
def test_resolution(size: tuple[float, float], limit: int, dpi: float, lowered: bool) -> None:
    found, less = resolution(*size, limit)
    assert found == pytest.approx(dpi, rel=0.02)
    assert less is lowered


def test_a_dark_sliver_at_the_edge_does_not_lay_the_page_on_its_side() -> None:
    page = lines(3)
    page[40:1400, :9] = 30
    clean = page_image.clean(page, 200)
    assert not clean.sideways
    assert clean.pixels[:, :12].min() > 200
