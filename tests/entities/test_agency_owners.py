"""Names that their neighbours complete."""

from __future__ import annotations

import pytest

from pipeline.entities import agencies


def printed(text: str) -> list[str]:
    return [text[m.start : m.end] for m in agencies.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # whose room, board or paper it is
        ("Vụ Pháp chế Bộ Y tế soạn.", ["Vụ Pháp chế Bộ Y tế"]),
        ("Cục Thú y của Bộ Quốc phòng nhận.", ["Cục Thú y của Bộ Quốc phòng"]),
        ("Ban Chỉ đạo 777 Bộ Xây dựng họp.", ["Ban Chỉ đạo 777 Bộ Xây dựng"]),
        ("Ủy ban Biên giới của Chính phủ dự.", ["Ủy ban Biên giới của Chính phủ"]),
        (
            "Thường trực Đoàn Chủ tịch Tổng Liên đoàn ký.",
            ["Thường trực Đoàn Chủ tịch Tổng Liên đoàn"],
        ),
        (
            "Ban Thường trực Hội đồng Thi đua Trung ương gửi.",
            ["Ban Thường trực Hội đồng Thi đua Trung ương"],
        ),
        (
            "Cơ quan Thường trực Hội đồng Thi đua Trung ương gửi.",
            ["Cơ quan Thường trực Hội đồng Thi đua Trung ương"],
        ),
        (
            "Bộ phận Tiếp nhận và Trả kết quả của Sở Tư pháp thu.",
            ["Bộ phận Tiếp nhận và Trả kết quả của Sở Tư pháp"],
        ),
        (
            "Tổ công tác giúp việc Ủy ban Quốc gia về chuyển đổi số ghi.",
            ["Tổ công tác giúp việc Ủy ban Quốc gia về chuyển đổi số"],
        ),
        # one that every member of a class has
        (
            "Ban Chỉ đạo chuyển đổi số của các bộ, ngành, địa phương họp.",
            ["Ban Chỉ đạo chuyển đổi số của các bộ, ngành, địa phương"],
        ),
        ("Hội đồng tuyển sinh của các trường THPT", ["Hội đồng tuyển sinh của các trường THPT"]),
        ("Sở Y tế của các cơ quan báo chí", ["Sở Y tế", "các cơ quan báo chí"]),
        # … and one that has its places only once
        ("UBND, Sở Y tế các tỉnh, thành phố gửi.", ["UBND", "Sở Y tế các tỉnh, thành phố"]),
        # one after the other, nobody's room
        ("Vụ Pháp chế, Bộ Y tế soạn.", ["Vụ Pháp chế", "Bộ Y tế"]),
        ("Vụ Pháp chế\nBộ Y tế", ["Vụ Pháp chế", "Bộ Y tế"]),
        ("Sở Y tế của Bộ Y tế", ["Sở Y tế", "Bộ Y tế"]),
        ("Ủy ban nhân dân tỉnh của Chính phủ", ["Ủy ban nhân dân tỉnh", "Chính phủ"]),
        # the house without a name
        ("Đoàn Thanh niên Bộ vẽ tranh.", ["Đoàn Thanh niên Bộ"]),
        ("Ban Cán sự đảng Bộ nội dung này", ["Ban Cán sự đảng Bộ"]),
        ("Ban Chấp hành Công đoàn Bộ tham dự", ["Ban Chấp hành Công đoàn Bộ"]),
        ("Đoàn Thanh niên Bộ Công an vẽ tranh.", ["Đoàn Thanh niên Bộ Công an"]),
        # what stands before the head
        (
            "cơ quan Thường trực Hội đồng Thi đua tỉnh gửi.",
            ["cơ quan Thường trực Hội đồng Thi đua tỉnh"],
        ),
        (
            "Trung ương Hội Cựu chiến binh Việt Nam dự.",
            ["Trung ương Hội Cựu chiến binh Việt Nam"],
        ),
        ("Trung ương\nHiệp hội Gốm sứ Việt Nam", ["Trung ương\nHiệp hội Gốm sứ Việt Nam"]),
    ],
)
def test_grown_names(text: str, names: list[str]) -> None:
    assert printed(text) == names
