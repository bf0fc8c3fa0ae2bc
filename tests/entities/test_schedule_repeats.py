"""Duties that come again: lists of rhythms, and the days that a period's duty falls on."""

from __future__ import annotations

import pytest

from pipeline.entities.schedules import PlanTime, find

PLAN = PlanTime(2024, 2024, "2024-02-15")
UNTIL = ";UNTIL=20241231"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Định kỳ 6 tháng, hằng năm rà soát", ["R/P6M", "R/P1Y"]),
        ("định kỳ 06 tháng và hằng năm rà soát", ["R/P6M", "R/P1Y"]),
        ("Thời gian: 6 tháng và hằng năm.", ["R/P6M", "R/P1Y"]),
        ("rà soát quý, 6 tháng và hàng năm", ["R/P3M", "R/P6M", "R/P1Y"]),
        ("định kỳ 3 tháng, 9 tháng, 12 tháng", ["R/P3M", "R/P9M", "R/P1Y"]),
        ("kiểm kê 10 ngày/lần", ["R/P10D"]),
        ("định kỳ 15 ngày một lần", ["R/P15D"]),
        ("họp tổ 06 tháng một kỳ", ["R/P6M"]),
        ("họp tổ mỗi tháng một lần", ["R/P1M"]),
        ("mỗi năm hai lần", ["R/P1Y"]),
        ("Thời gian: Theo quý", ["R/P3M"]),
        ("làm sạch theo quý được giao", []),
    ],
)
def test_rhythms(text: str, values: list[str]) -> None:
    assert [s.value for s in find(text, PLAN)] == values


@pytest.mark.parametrize(
    ("text", "found", "value", "rule"),
    [
        ("họp ngày 05 hằng tháng", "ngày 05 hằng tháng", "R/P1M", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("vào ngày 08 và 22 hàng tháng", "vào ngày 08 và 22 hàng tháng", "R/P1M",
         "FREQ=MONTHLY;BYMONTHDAY=8,22"),
        ("xong trước 15h ngày 20 hằng tháng", "xong trước 15h ngày 20 hằng tháng", "R/P1M",
         "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("Ngày 20 của tháng cuối quý", "Ngày 20 của tháng cuối quý", "R/P3M",
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
        ("trước ngày 05 tháng đầu quý sau", "trước ngày 05 tháng đầu quý", "R/P3M",
         "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
        ("trước ngày 05 của tháng cuối năm", "trước ngày 05 của tháng cuối năm", "R/P1Y",
         "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"),
        ("báo cáo tháng vào ngày 18, ký số", "vào ngày 18", "R/P1M",
         "FREQ=MONTHLY;BYMONTHDAY=18"),
        ("số liệu mới: Tháng (trước ngày 14)", "Tháng (trước ngày 14)", "R/P1M",
         "FREQ=MONTHLY;BYMONTHDAY=14"),
        ("Định kỳ hằng tháng (trước ngày 20) rà soát", "Định kỳ hằng tháng (trước ngày 20)",
         "R/P1M", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("Hằng tháng, trước ngày 25, rà soát", "Hằng tháng, trước ngày 25", "R/P1M",
         "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("từ ngày 01 đến ngày 03 hằng tháng", "từ ngày 01 đến ngày 03 hằng tháng", "R/P1M",
         "FREQ=MONTHLY;BYMONTHDAY=1,2,3"),
        ("định kỳ 02 tháng/01 lần", "định kỳ 02 tháng/01 lần", "R/P2M",
         "FREQ=MONTHLY;INTERVAL=2"),
        ("giao ban thứ Sáu hằng tuần", "thứ Sáu hằng tuần", "R/P1W", "FREQ=WEEKLY;BYDAY=FR"),
        ("gửi trước 14 giờ thứ Tư hàng tuần", "gửi trước 14 giờ thứ Tư hàng tuần", "R/P1W",
         "FREQ=WEEKLY;BYDAY=WE"),
        ("chiều thứ Ba tuần cuối của tháng", "chiều thứ Ba tuần cuối của tháng", "R/P1M",
         "FREQ=MONTHLY;BYDAY=-1TU"),
        ("từ tháng 4 đến tháng 6 hằng năm", "từ tháng 4 đến tháng 6 hằng năm", "R/P1Y",
         "FREQ=YEARLY;BYMONTH=4,5,6"),
        ("tháng 3, tháng 9 hằng năm", "tháng 3, tháng 9 hằng năm", "R/P1Y",
         "FREQ=YEARLY;BYMONTH=3,9"),
    ],
)  # fmt: skip
def test_the_days_of_a_period_are_kept(text: str, found: str, value: str, rule: str) -> None:
    (schedule,) = find(text, PLAN)
    assert text[schedule.start : schedule.end] == found
    assert (schedule.value, schedule.recurrence) == (value, rule + UNTIL)


def test_a_day_of_a_month_with_a_number_is_no_rhythm() -> None:
    assert all(s.kind != "recurring" for s in find("làm vào ngày 20 của tháng 6", PLAN))
