"""Boards named by their topic, and what boards do, which is no part of their name."""

from __future__ import annotations

import pytest

from pipeline.entities import agencies


@pytest.mark.parametrize(
    "name",
    [
        "Ban Chỉ đạo ứng phó với nước biển dâng tỉnh",
        "Ban Chỉ đạo phát triển làng nghề tỉnh",
        "Ban Chỉ đạo phòng, chống lãng phí, tiêu cực tỉnh",
        "Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh",
        "Ban Chỉ đạo Chương trình mục tiêu quốc gia xây dựng nông thôn mới huyện",
        "Ban Chỉ đạo phong trào “Toàn dân trồng cây” tỉnh",
        "Ban Chỉ đạo thực hiện Chiến lược phát triển thanh niên tỉnh",
        "Ban Chỉ đạo phát triển khoa học, đổi mới sáng tạo và Đề án 06 tỉnh",
        "Tổ công tác triển khai Đề án 06 xã",
        "Tổ công tác đặc biệt về tháo gỡ khó khăn cho doanh nghiệp tỉnh",
        "Hội đồng thẩm định Kế hoạch trồng rừng tỉnh",
    ],
)
def test_the_level_closes_the_name(name: str) -> None:
    text = f"Giao {name} họp hằng tháng."
    assert [text[m.start : m.end] for m in agencies.find(text)] == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ban Chỉ đạo kịp thời chỉ đạo tỉnh Đoàn.", ["Ban Chỉ đạo"]),
        ("Ban Chỉ đạo xây dựng kế hoạch, trình UBND tỉnh.", ["Ban Chỉ đạo", "UBND tỉnh"]),
        ("Ban Chỉ đạo phát triển hạ tầng trên địa bàn tỉnh.", ["Ban Chỉ đạo"]),
        ("Tổ công tác thực hiện nhiệm vụ do tỉnh giao.", ["Tổ công tác"]),
        (
            "Ban Chỉ đạo phát triển nhà ở, Sở Xây dựng và UBND tỉnh.",
            ["Ban Chỉ đạo", "Sở Xây dựng", "UBND tỉnh"],
        ),
    ],
)
def test_what_a_board_does_is_no_name(text: str, names: list[str]) -> None:
    assert [text[m.start : m.end] for m in agencies.find(text)] == names
