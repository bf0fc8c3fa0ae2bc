"""What a goal counts: whole words, what each is of, and how often."""

from __future__ import annotations

import pytest

from pipeline.entities import target_units as units
from pipeline.entities import targets


@pytest.mark.parametrize(
    ("text", "cut", "unit"),
    [
        ("điểm du lịch cấp xã", "điểm du", "điểm du lịch"),
        ("trẻ mồ côi, người già", "trẻ mồ", "trẻ mồ côi"),
        ("hợp tác xã trồng rau", "hợp tác", "hợp tác xã"),
        ("xã nông thôn mới nâng cao", "xã nông thôn", "xã nông thôn mới"),
        ("vườn ươm.", "vườn ươm", "vườn ươm"),
        ("vườn", "vườn", "vườn"),
    ],
)
def test_no_word_is_cut(text: str, cut: str, unit: str) -> None:
    assert text[: units.word_end(text, 0, len(cut))] == unit


@pytest.mark.parametrize(
    ("text", "unit", "whole"),
    [
        ("bác sĩ/vạn dân.", "bác sĩ", "bác sĩ/vạn dân"),
        ("tạ/ha, tăng", "tạ", "tạ/ha"),
        ("giường/10.000 dân", "giường", "giường/10.000 dân"),
        ("cuộc/năm", "cuộc", "cuộc"),
        ("phút/khách hàng/năm", "phút", "phút/khách hàng"),
    ],
)
def test_what_each_is_of(text: str, unit: str, whole: str) -> None:
    assert text[: units.base_end(text, len(unit))] == whole


@pytest.mark.parametrize(
    ("text", "unit", "per"),
    [
        ("Mở ít nhất 02 cuộc/năm.", "cuộc", "P1Y"),
        ("Đi tuần ít nhất 01 lần/tháng.", "lần", "P1M"),
        ("Họp 02 lần/03 tháng.", "lần", "P3M"),
        ("Mở ít nhất 01 hội nghị đối thoại/năm.", "hội nghị", "P1Y"),
        ("Đăng tối thiểu 12 tin/bài trong năm.", "tin/bài", "P1Y"),
        ("Mỗi quý trồng tối thiểu 03 vườn ươm.", "vườn ươm", "P3M"),
        ("Mỗi quý tưới cây ít nhất 01 lần.", "lần", "P3M"),
        ("Tưới cây ít nhất 01 lần trong năm 2031.", "lần", "P1Y"),
        ("Định kỳ một năm 02 lần tưới cây.", "lần", "P1Y"),
        ("Tăng 20 - 25%/năm.", "%", "P1Y"),
        ("Mỗi vườn có ít nhất 20 m2 sàn/người.", "m2 sàn/người", None),
        ("Không quá 35 người.", "người", None),
        ("Tối thiểu 10% số bản kê khai hằng năm.", "%", None),
        ("Cử 20 cán bộ đi học nghề vườn.", "cán bộ", None),
        ("Hằng năm trồng 500 cây dừa.", "cây dừa", "P1Y"),
        ("Xóa 500 nhà tạm trong năm 2031.", "nhà tạm", None),
        ("Trồng ít nhất 20 vườn ươm.", "vườn ươm", None),
        ("Không quá 35 học sinh/lớp.", "học sinh/lớp", None),
        ("Trồng 500 ha rừng phòng hộ.", "ha", None),
    ],
)
def test_unit_and_period_of_a_goal(text: str, unit: str, per: str | None) -> None:
    (goal,) = targets.find(text)
    assert (goal.unit, goal.per) == (unit, per)
