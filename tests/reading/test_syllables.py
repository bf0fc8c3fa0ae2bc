"""The spelling grammar: what can be a Vietnamese syllable."""

import pytest

from pipeline.reading.syllables import is_syllable, score

GOOD = (
    "nghiêng giếng gì quyết khuya huỳnh ỦY Uỷ ban đoàn xoong Khuyến ước ngoằn quận quả y yểu "
    "hoạch hòa hoà thuế người NGƯỜI"
)
BAD = "QĐ thÓ hoäi kết̀ cầp ngah kă wữ phôc® Thủy-lợi nghạ thộnh"


@pytest.mark.parametrize("word", GOOD.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", BAD.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_score_counts_marked_words_only() -> None:
    found = score("Uû ban nhân dân, 12 kế hoạch")
    assert (found.spellable, found.unspellable, found.plain) == (4, 1, 1)
    assert found.share == 0.8
