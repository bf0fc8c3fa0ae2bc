"""Which text layers are believed."""

from __future__ import annotations

import pytest

from pipeline.reading import text_trust

GOOD = (
    "Các sở, ban, ngành và địa phương phối hợp trồng mới rừng phòng hộ ven biển, chăm sóc diện "
    "tích đã trồng và báo cáo kết quả về Sở Nông nghiệp trước ngày 15 tháng 11 để tổng hợp "
)
TONELESS = "Cac so ban nganh va dia phuong phoi hop trong moi rung phong ho ven bien cham soc "
WRONG = "Chi thj cua chu tjch tinh ve vlec tang cu6ng quan IY rirng ven bjen "


@pytest.mark.parametrize(
    ("text", "picture", "trusted"),
    [
        (GOOD * 3, False, True),
        (GOOD * 3, True, True),
        (TONELESS * 4, True, False),
        (WRONG * 5, True, False),
        (WRONG * 5, False, False),
        ("Trung tâm Công báo 21.03.2018", True, False),
        ("Trung tâm Công báo 21.03.2018", False, True),
        (GOOD + "\ue001\ue002\ue003\ue004\ue005\ue006", False, False),
    ],
)
def test_trust(text: str, picture: bool, trusted: bool) -> None:
    trust = text_trust.judge(text.split(), picture=picture)
    assert (trust.why == "") is trusted
    assert 0 <= trust.score <= 1


def test_quality_falls_with_the_marks() -> None:
    assert text_trust.quality(GOOD) > 0.95
    assert text_trust.quality(TONELESS) < 0.1
    assert text_trust.quality("") == 0
