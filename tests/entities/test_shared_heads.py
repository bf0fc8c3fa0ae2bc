"""Lists of bodies under one head noun."""

from __future__ import annotations

import pytest

from pipeline.entities import agencies, shared_heads


def names(text: str) -> list[str]:
    return [member.name for member in shared_heads.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "các Sở: Tài chính, Nội vụ, Giáo dục và Đào tạo, Lao động - Thương binh và Xã hội.",
            ["Sở Tài chính", "Sở Nội vụ", "Sở Giáo dục và Đào tạo",
             "Sở Lao động - Thương binh và Xã hội"],
        ),
        ("các sở Y tế, Nội vụ và các đơn vị", ["Sở Y tế", "Sở Nội vụ"]),
        ("các Sở, ngành: Tài chính, Công an tỉnh, Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
        ("các Sở, ban, ngành tỉnh: Tài chính và Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
        ("Giám đốc các Sở: Tài chính; Y tế", ["Sở Tài chính", "Sở Y tế"]),
        ("các Bộ: Quốc phòng, Y tế; UBND các tỉnh", ["Bộ Quốc phòng", "Bộ Y tế"]),
        ("các Hội: Nông dân, Cựu chiến binh tỉnh", ["Hội Nông dân", "Hội Cựu chiến binh"]),
        # the head is printed for the first: that one is no matter of a list
        ("Sở Tài chính, Nội vụ, Tư pháp", ["Sở Nội vụ", "Sở Tư pháp"]),
        ("Sở Tài chính, Sở Nội vụ và Sở Y tế", []),
        ("Bộ Quốc phòng, Công an tỉnh", []),
        # rooms: what stands after the colon
        (
            "các phòng: Nội vụ, Tài chính - Kế hoạch, Giáo dục và Đào tạo.",
            ["Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Giáo dục và Đào tạo"],
        ),
        ("các Vụ: Pháp chế, Vụ Tổ chức cán bộ, Thủ trưởng các đơn vị", ["Vụ Pháp chế"]),
        ("các Vụ: Tổ chức cán bộ; Pháp chế", ["Vụ Tổ chức cán bộ", "Vụ Pháp chế"]),
        ("Các bộ, ngành; Quốc phòng, Y tế", ["Bộ Quốc phòng", "Bộ Y tế"]),
        ("Sở: Nội vụ, Tài chính; Phòng: Nội vụ, Tư pháp",
         ["Sở Nội vụ", "Sở Tài chính", "Phòng Nội vụ", "Phòng Tư pháp"]),
        ("các Sở: làm tốt việc này", []),
        ("các sở, ngành liên quan", []),
        ("chỉ đạo các Sở Y tế rà soát", []),  # no list, but that of every province
    ],
)  # fmt: skip
def test_members(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_members_are_mentions_beside_other_bodies() -> None:
    text = "phối hợp với các Sở: Tài chính, Nội vụ; UBND các huyện"
    found = [m.name or text[m.start : m.end] for m in agencies.find(text)]
    assert found == ["Sở Tài chính", "Sở Nội vụ", "UBND các huyện"]


@pytest.mark.parametrize("text", ["các Sở: Tài chính, Nội vụ", "Sở Y tế, Nội vụ"])
def test_spans_hold_the_name_after_the_head(text: str) -> None:
    for member in shared_heads.find(text, 0, len(text)):
        assert text[member.start : member.end].endswith(member.name.split(maxsplit=1)[1])
