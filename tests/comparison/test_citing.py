from __future__ import annotations

import pytest

from pipeline.comparison.citing import title_end


@pytest.mark.parametrize(
    ("cited", "behind", "rest"),
    [
        ("Nghị quyết 7/NQ-CP", " của Chính phủ về nước sạch; trồng rừng", "; trồng rừng"),
        ("Quyết định 12/QĐ-TTg", " phê duyệt Đề án vùng gỗ. Các sở", ". Các sở"),
        ("Kế hoạch 36/KH-UBND", " của UBND tỉnh trên địa bàn", " của UBND tỉnh trên địa bàn"),
        ("Chỉ thị 31/CT-TTg", " đến toàn thể cán bộ", " đến toàn thể cán bộ"),
        ("Chỉ thị 31/CT-TTg", ", Nghị quyết số 48", ", Nghị quyết số 48"),
        ("Chỉ thị 31/CT-TTg", " về rừng, Nghị quyết số 48", ", Nghị quyết số 48"),
        ("Luật Đê điều", " về " + "cây " * 40, "cây " * 9),
    ],
)
def test_where_a_title_ends(cited: str, behind: str, rest: str) -> None:
    text = cited + behind
    assert text[title_end(text, len(cited)) :] == rest
