"""Short names that a plan gives its bodies, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities import agencies, bodies, short_names


def named(text: str) -> dict[str, int]:
    """Body → how often it is named."""
    mentions = short_names.learned(text, agencies.find(text), [(0, len(text))])
    found = bodies.merge(mentions, text, province="Bắc Ninh", day="2024")
    return {body.name: len(body.mentions) for body in found if body.kind != "generic"}


CENTRE = "Trung tâm Kiểm soát bệnh tật tỉnh"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # what is said to be a short name
        (f"{CENTRE} (sau đây gọi tắt là CDC) gửi. CDC nhận; giao CDC tỉnh lo.", {CENTRE: 3}),
        (f"{CENTRE} (sau đây viết tắt là: CDC) gửi. CDC nhận.", {CENTRE: 2}),
        (f"{CENTRE} (gọi tắt là “CDC”) gửi. CDC nhận.", {CENTRE: 2}),
        (
            "Trung tâm Giống cây trồng tỉnh (sau đây gọi là Trung tâm) gửi. Trung tâm cấp giống.",
            {"Trung tâm Giống cây trồng tỉnh": 2},
        ),
        # letters in a bracket
        (f"{CENTRE} (CDC) gửi. CDC nhận.", {CENTRE: 2}),
        (
            "Trung tâm Kiểm soát bệnh tật (CDC) tỉnh gửi. CDC tỉnh nhận.",
            {"Trung tâm Kiểm soát bệnh tật (CDC) tỉnh": 2},
        ),
        # the matter, not the body
        (
            "Ban An toàn giao thông (ATGT) tỉnh gửi. Tình hình ATGT tốt.",
            {"Ban An toàn giao thông (ATGT) tỉnh": 1},
        ),
        (
            "Sở Văn hóa, Thể thao và Du lịch (VHTTDL) gửi. Việc VHTTDL khó.",
            {"Sở Văn hóa, Thể thao và Du lịch": 1},
        ),
        # another thing is meant
        ("Việc của Sở Y tế (sau đây gọi tắt là Đề án) khó. Đề án kéo dài.", {"Sở Y tế": 1}),
        ("Lệnh của Bộ Y tế (sau đây gọi là Sở lệnh 5/SL) khó. Sở lệnh 5/SL dài.", {"Bộ Y tế": 1}),
        # a class keeps its own name; a longer name is not cut
        (
            "Trung tâm Giống cây trồng tỉnh (gọi là Trung tâm) gửi. Các Trung tâm nhận; "
            "Trung tâm Y tế nhận.",
            {"Trung tâm Giống cây trồng tỉnh": 1, "Trung tâm Y tế": 1},
        ),
        # nothing counts before it is defined
        (f"Vắc xin CDC đặt. {CENTRE} (CDC) gửi.", {CENTRE: 1}),
        # no part of a number
        (f"{CENTRE} (CDC) ra Kế hoạch số 5/KH-CDC.", {CENTRE: 1}),
    ],
)  # fmt: skip
def test_short_names(text: str, found: dict[str, int]) -> None:
    assert named(text) == found


def test_a_use_stands_where_it_is_printed_and_bears_the_full_name() -> None:
    text = f"{CENTRE} (CDC) gửi. Giao CDC báo cáo."
    *_, use = short_names.learned(text, agencies.find(text), [(0, len(text))])
    assert (text[use.start : use.end], use.name) == ("CDC", CENTRE)


@given(
    st.lists(
        st.sampled_from(
            [CENTRE, " (CDC)", " (gọi tắt là Trung tâm)", " CDC", " Trung tâm", ".", " và ", "; "]
        ),
        max_size=25,
    )
)
def test_mentions_stay_in_order_and_apart(parts: list[str]) -> None:
    text = "".join(parts)
    mentions = short_names.learned(text, agencies.find(text), [(0, len(text))])
    for before, after in pairwise(mentions):
        assert before.end <= after.start
