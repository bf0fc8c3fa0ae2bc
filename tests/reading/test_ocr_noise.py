"""What is kept out of the text of a scan."""

from __future__ import annotations

import pytest

from pipeline.reading.ocr_noise import without_noise
from pipeline.reading.pdf_words import PageWord, Ruling


def row(text: str, x: float, y: float, sure: float = 0.95, size: float = 14) -> list[PageWord]:
    words = []
    for part in text.split():
        words.append(PageWord(part, x, y, x + 6 * len(part), y + size, sure))
        x += 6 * len(part) + 4
    return words


def kept(words: list[PageWord], rulings: list[Ruling] | None = None) -> str:
    return " ".join(word.text for word in without_noise(words, rulings or [], 595, 842))


BODY = row("Các sở, ngành phối hợp thực hiện", 90, 300)


def test_dirt_at_the_edges() -> None:
    assert kept([*BODY, *row("lề trang", -40, 400), *row("đen", 300, 836)]) == kept(BODY)


def test_scribbles_go_and_hard_words_stay() -> None:
    scribble = row("/đA x4 —_ \\", 350, 400, sure=0.2)
    hard = row("Nghị định số 12/NĐ-CP", 90, 330, sure=0.4)
    assert kept([*BODY, *hard, *scribble]) == kept([*BODY, *hard])
    assert "12/NĐ-CP" in kept([*BODY, *hard])


def test_half_read_figures_beside_sure_words_stay() -> None:
    words = [*row("Số:", 90, 90), *row("2#", 115, 90, sure=0.3), *row("/KH-UBND", 140, 90)]
    assert kept([*words, *BODY]) == "Số: 2# /KH-UBND " + kept(BODY)


def test_bullets_stay_and_specks_go() -> None:
    words = row("- Sở Tài chính ; chủ trì", 90, 320)
    words[0].confidence, words[4].confidence = 0.3, 0.3
    assert kept([*BODY, *words]).endswith("- Sở Tài chính chủ trì")


def test_signing_marks_over_the_letterhead() -> None:
    motto = row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 60)
    mark = row("Ký bởi: Ủy ban nhân dân tỉnh", 400, 15, size=7)
    assert kept([*mark, *motto, *BODY]) == kept([*motto, *BODY])


def test_a_framed_receiving_stamp() -> None:
    stamp = [*row("ĐẾN", 20, 140), *row("Số: 2352", 60, 125), *row("Ngày: 21/3/2018", 60, 150)]
    frame = [
        Ruling(10, 120, 150, 121),
        Ruling(10, 170, 150, 171),
        Ruling(10, 120, 11, 170),
        Ruling(150, 120, 151, 170),
    ]
    assert kept([*stamp, *BODY], frame) == kept(BODY)
    assert "2352" in kept([*stamp, *BODY])


@pytest.mark.parametrize(("sure", "stays"), [(0.3, False), (0.9, True)])
def test_of_a_scrawled_stamp_one_label_is_enough(sure: float, stays: bool) -> None:
    stamp = [*row("ĐẾN", 20, 140, sure), *row("Ngày: 2I/#.7", 60, 150, sure)]
    frame = [Ruling(10, 120, 150, 121), Ruling(10, 170, 150, 171)]
    assert ("ĐẾN" in kept([*stamp, *row("Từ", 60, 125), *BODY], frame)) == stays
