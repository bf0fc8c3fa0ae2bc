"""Deadlines: every form with its value and bounds, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.entities import references
from pipeline.entities.schedules import (
    PlanTime,
    Schedule,
    find,
    is_schedule_title,
    whole_lines,
)

# Others use the processor too: no clock.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

PLAN = PlanTime(2024, 2024, "2024-02-15")


def only(text: str, plan: PlanTime = PLAN) -> Schedule:
    found = find(text, plan)
    assert len(found) == 1, [(text[s.start : s.end], s.value) for s in found]
    return found[0]


DUE = [
    ("hoàn thành trước ngày 30 tháng 6", "../2024-06-30", "2024-06-29", "before"),
    ("trước ngày 30 tháng 6/2024", "../2024-06-30", "2024-06-29", "before"),
    ("xong trước 30/6/2024", "../2024-06-30", "2024-06-29", "before"),
    ("chậm nhất ngày 20/04/2024", "../2024-04-20", "2024-04-20", "no_later_than"),
    ("chậm nhất vào ngày 20 tháng 4 năm 2024", "../2024-04-20", "2024-04-20", "no_later_than"),
    ("chậm nhất trước ngày 20/04/2024", "../2024-04-20", "2024-04-20", "no_later_than"),
    ("đến hết ngày 20/04/2024", "../2024-04-20", "2024-04-20", "no_later_than"),
    ("muộn nhất là ngày 20/04/2024", "../2024-04-20", "2024-04-20", "no_later_than"),
    ("không quá ngày 20/04/2024", "../2024-04-20", "2024-04-20", "no_later_than"),
    ("trước ngày 01/01/2025", "../2025-01-01", "2024-12-31", "before"),
    ("trước ngày 01.12.2024", "../2024-12-01", "2024-11-30", "before"),
    ("trước ngày 01-12-2024", "../2024-12-01", "2024-11-30", "before"),
    ("trước tháng 11 năm 2024", "../2024-10", "2024-10-31", "before"),
    ("trước tháng 01/2025", "../2024-12", "2024-12-31", "before"),
    ("chậm nhất tháng 11/2024", "../2024-11", "2024-11-30", "no_later_than"),
    ("đến hết tháng 2/2024", "../2024-02", "2024-02-29", "no_later_than"),
    ("trước quý III năm 2024", "../2024-06", "2024-06-30", "before"),
    ("trước quý I/2025", "../2024-12", "2024-12-31", "before"),
    ("hết quý III/2024", "../2024-09", "2024-09-30", "no_later_than"),
    ("đến hết năm 2026", "../2026", "2026-12-31", "no_later_than"),
    ("trước năm 2026", "../2025", "2025-12-31", "before"),
]


@pytest.mark.parametrize(("text", "value", "latest", "relation"), DUE)
def test_due(text: str, value: str, latest: str, relation: str) -> None:
    schedule = only(text)
    assert schedule.kind == "due"
    assert (schedule.value, schedule.latest, schedule.relation) == (value, latest, relation)
    assert schedule.earliest is None


WITHIN = [
    ("hoàn thành trong tháng 8/2024", "2024-08", "2024-08-01", "2024-08-31"),
    ("tổ chức vào tháng 8 năm 2024", "2024-08", "2024-08-01", "2024-08-31"),
    ("tổ chức trong tháng 8", "2024-08", "2024-08-01", "2024-08-31"),
    ("thực hiện trong Quý II", "2024-04/2024-06", "2024-04-01", "2024-06-30"),
    ("thực hiện quý 2/2024", "2024-04/2024-06", "2024-04-01", "2024-06-30"),
    ("thực hiện Quý II, III năm 2024", "2024-04/2024-09", "2024-04-01", "2024-09-30"),
    ("thực hiện quý III và quý IV/2024", "2024-07/2024-12", "2024-07-01", "2024-12-31"),
    ("thực hiện 6 tháng cuối năm 2024", "2024-07/2024-12", "2024-07-01", "2024-12-31"),
    ("thực hiện trong 06 tháng đầu năm", "2024-01/2024-06", "2024-01-01", "2024-06-30"),
    ("từ tháng 3 đến tháng 5/2024", "2024-03/2024-05", "2024-03-01", "2024-05-31"),
    ("từ tháng 11/2024 đến tháng 02/2025", "2024-11/2025-02", "2024-11-01", "2025-02-28"),
    ("từ ngày 05/3 đến ngày 10/4/2024", "2024-03-05/2024-04-10", "2024-03-05", "2024-04-10"),
    ("Từ tháng 3/2024, triển khai", "2024-03/..", "2024-03-01", None),
    ("Từ ngày 10/3/2024, triển khai", "2024-03-10/..", "2024-03-10", None),
    ("Thời gian thực hiện: năm 2024.", "2024", "2024-01-01", "2024-12-31"),
    ("Thời gian: Năm 2024 - 2026", "2024/2026", "2024-01-01", "2026-12-31"),
    ("Thời gian hoàn thành: Tháng 9", "2024-09", "2024-09-01", "2024-09-30"),
    ("Thời gian: ngày 12/9/2024", "2024-09-12", "2024-09-12", "2024-09-12"),
    ("Thời gian: trong năm", "2024", "2024-01-01", "2024-12-31"),
    ("ngay từ đầu năm 2024", "2024-01/..", "2024-01-01", None),
    ("Trong năm 2024, Sở sẽ mở lớp", "2024", "2024-01-01", "2024-12-31"),
    ("nhân ngày Chuyển đổi số quốc gia 10-10", "2024-10-10", "2024-10-10", "2024-10-10"),
]


@pytest.mark.parametrize(("text", "value", "earliest", "latest"), WITHIN)
def test_within(text: str, value: str, earliest: str, latest: str | None) -> None:
    schedule = only(text)
    assert schedule.kind == "within"
    assert (schedule.value, schedule.earliest, schedule.latest) == (value, earliest, latest)
    expected = "from" if latest is None else "on" if earliest == latest else "within"
    assert schedule.relation == expected


RECURRING = [
    ("báo cáo hàng quý", ["R/P3M"]),
    ("định kỳ hàng tháng báo cáo", ["R/P1M"]),
    ("hằng năm đánh giá", ["R/P1Y"]),
    ("giao ban hàng tuần", ["R/P1W"]),
    ("định kỳ 06 tháng, năm", ["R/P6M", "R/P1Y"]),
    ("hàng quý, 6 tháng, năm", ["R/P3M", "R/P6M", "R/P1Y"]),
    ("mỗi tháng họp", ["R/P1M"]),
    ("01 lần/1 tháng", ["R/P1M"]),
    ("một quý/lần", ["R/P3M"]),
    ("6 tháng một lần", ["R/P6M"]),
    ("Báo cáo trước ngày 15 hàng tháng", ["R/P1M"]),
    ("báo cáo trước ngày 15 của tháng cuối quý", ["R/P3M"]),
    ("báo cáo trước ngày 10/12 hàng năm", ["R/P1Y"]),
]


@pytest.mark.parametrize(("text", "values"), RECURRING)
def test_recurring(text: str, values: list[str]) -> None:
    found = find(text, PLAN)
    assert [s.value for s in found] == values
    assert {s.kind for s in found} == {"recurring"}
    assert len({(s.start, s.end) for s in found}) == 1


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("báo cáo hàng tuần", "FREQ=WEEKLY;UNTIL=20241231"),
        ("báo cáo hàng tháng", "FREQ=MONTHLY;UNTIL=20241231"),
        ("báo cáo hàng quý", "FREQ=MONTHLY;INTERVAL=3;UNTIL=20241231"),
        ("báo cáo định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6;UNTIL=20241231"),
        ("báo cáo hàng năm", "FREQ=YEARLY;UNTIL=20241231"),
    ],
)
def test_recurrence_rules_end_with_the_plan(text: str, rule: str) -> None:
    assert only(text).recurrence == rule


def test_without_a_plan_period_a_repetition_is_open() -> None:
    assert only("báo cáo hàng quý", PlanTime()).recurrence == "FREQ=MONTHLY;INTERVAL=3"


@pytest.mark.parametrize(
    ("text", "kind", "value", "quota"),
    [
        ("ít nhất 01 tin/bài mỗi quý", "recurring", "R/P3M", (">=", 1.0, "tin/bài", "P3M")),
        ("tối thiểu 12 tin/bài trong năm", "within", "2024", (">=", 12.0, "tin/bài", "P1Y")),
        ("không quá 02 cuộc họp mỗi tháng", "recurring", "R/P1M", ("<=", 2.0, "cuộc họp", "P1M")),
        ("tối thiểu 02 lần/tháng", "recurring", "R/P1M", (">=", 2.0, "lần", "P1M")),
        ("01 lần/quý", "recurring", "R/P3M", ("=", 1.0, "lần", "P3M")),
    ],
)
def test_quotas(text: str, kind: str, value: str, quota: tuple[str, float, str, str]) -> None:
    schedule = only(text)
    assert (schedule.kind, schedule.value, schedule.quota) == (kind, value, quota)


@pytest.mark.parametrize(
    ("text", "value", "anchor"),
    [
        ("trong vòng 15 ngày kể từ ngày ký", "P15D", "kể từ ngày ký"),
        ("trong thời hạn 05 ngày làm việc kể từ ngày nhận đơn", "P5D", "kể từ ngày nhận đơn"),
        ("chậm nhất 24 giờ sau khi nhận tin", "PT24H", "sau khi nhận tin"),
        ("trước khi họp ít nhất 03 ngày", "P3D", "trước khi họp"),
    ],
)
def test_relative(text: str, value: str, anchor: str) -> None:
    schedule = only(text)
    assert (schedule.kind, schedule.value, schedule.anchor) == ("relative", value, anchor)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thời gian thực hiện: Thường xuyên.", 1),
        ("Thời gian: liên tục trong năm", 2),
        ("tuyên truyền thường xuyên trên báo", 0),
        ("thường xuyên kiểm tra", 0),
    ],
)
def test_continuous_only_where_a_schedule_stands(text: str, found: int) -> None:
    schedules = find(text, PLAN)
    assert len(schedules) == found
    assert all(s.value is None for s in schedules if s.kind == "continuous")


@pytest.mark.parametrize(
    "text",
    [
        "mức độ 3 và 4",
        "chính quyền 2 cấp",
        "khóa XII",
        "đạt 100% trước hạn",
        "tuổi từ 18 đến 35",
        "có hiệu lực từ ngày 01/7/2024",
        "so với cùng kỳ năm 2023",
        "giai đoạn 2021-2025, định hướng đến năm 2030",
        "trong năm 2024",  # no schedule stands here
        "tuyên truyền trong 06 tháng qua",
        "báo cáo quý II",  # the report's name
        "sơ kết 6 tháng đầu năm",
        "số liệu tính đến ngày 30/6/2024",
        "kinh phí chi thường xuyên hàng năm",
        "không quá 1/3 số thành viên",
        "không quá 1.5 lần mức cũ",
        "hết 2/3 chặng đường",
        "trước ngày 31/02/2024",
        "trước tháng 13/2024",
        "trước ngày 30 tháng 127",  # a number is read whole or not at all
        "hoàn thành trước ngày 30/6/2019",  # before the plan was issued
    ],
)
def test_look_alikes_are_none(text: str) -> None:
    assert find(text, PLAN) == []


@pytest.mark.parametrize(
    ("plan", "value", "source"),
    [
        (PlanTime(2030, 2030, "2029-12-01"), "../2030-06-30", "plan"),
        (PlanTime(2031, 2035, "2031-02-01"), "../2031-06-30", "issue date"),
        (PlanTime(None, None, "2031-02"), "../2031-06-30", "issue date"),
        (PlanTime(2031, 2035, None), "../2031-06-30", "plan"),
    ],
)
def test_a_missing_year_is_taken_from_the_plan(plan: PlanTime, value: str, source: str) -> None:
    schedule = only("trước ngày 30 tháng 6", plan)
    assert (schedule.value, schedule.year_from) == (value, source)


def test_a_printed_year_wins() -> None:
    assert only("trước ngày 30 tháng 6 năm 2025").year_from == "text"


def test_without_any_year_nothing_is_guessed() -> None:
    assert find("trước ngày 30 tháng 6", PlanTime()) == []


@pytest.mark.parametrize(
    ("period", "issued", "expected"),
    [
        ("2024", "2024-02-15", PlanTime(2024, 2024, "2024-02-15")),
        ("2021/2025", None, PlanTime(2021, 2025, None)),
        (None, "2024", PlanTime(None, None, "2024")),
    ],
)
def test_plan_time_from_the_header(
    period: str | None, issued: str | None, expected: PlanTime
) -> None:
    assert PlanTime.of(period, issued) == expected


def test_cells_are_fields() -> None:
    text = "Rà soát\nTháng 9\nSở Nội vụ"
    cell = (text.index("Tháng"), text.index("\nSở"))
    assert find(text, PLAN) == []
    assert [s.value for s in find(text, PLAN, fields=[cell])] == ["2024-09"]


def test_nothing_is_found_under_a_mask() -> None:
    text = "theo văn bản trước ngày 30 tháng 6, xong trước ngày 30 tháng 9"
    masked = [(0, text.index(","))]
    assert [s.value for s in find(text, PLAN, masked=masked)] == ["../2024-09-30"]


def test_far_from_the_plan_is_unsure() -> None:
    near, far = find("trong tháng 8/2024 và trong tháng 8/2044", PLAN)
    assert far.confidence < near.confidence
    assert replace(far, start=0).value == "2044-08"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Thời gian thực hiện", True),
        ("TIẾN ĐỘ", True),
        ("Lộ trình", True),
        ("Kinh phí thực hiện", False),
        ("Mục tiêu về thời gian", False),
        ("Dự kiến lịch thi", True),
        ("Lịch sử địa phương", False),
    ],
)
def test_titles_that_promise_a_schedule(title: str, expected: bool) -> None:
    assert is_schedule_title(title) is expected


SENTENCES = st.sampled_from(
    [*(text for text, *_ in DUE), *(text for text, *_ in WITHIN), *(text for text, _ in RECURRING)]
)
CITATIONS = st.builds(
    lambda number, day, month, year: (
        f"Quyết định số {number}/QĐ-UBND ngày {day:02d}/{month:02d}/{year} của UBND tỉnh"
    ),
    st.integers(1, 9999),
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(2015, 2035),
)


@UNHURRIED
@given(SENTENCES, CITATIONS, st.booleans())
def test_masking_citations_removes_no_deadline(sentence: str, cited: str, before: bool) -> None:
    text = f"Căn cứ {cited};\n{sentence}" if before else f"{sentence}; căn cứ {cited}."
    masked = [(m.start, m.end) for m in references.find(text)]
    assert masked
    values = [s.value for s in find(sentence, PLAN)]
    assert [s.value for s in find(text, PLAN, masked=masked)] == values


@UNHURRIED
@given(st.lists(SENTENCES, max_size=5).map("; ".join), st.text(max_size=20))
def test_spans_are_in_order_and_not_empty(text: str, noise: str) -> None:
    text = text + noise
    found = find(text, PLAN)
    assert [s.start for s in found] == sorted(s.start for s in found)
    for schedule in found:
        assert 0 <= schedule.start < schedule.end <= len(text)
        assert text[schedule.start : schedule.end].strip() == text[schedule.start : schedule.end]


def test_days_of_every_year_are_an_entry_each() -> None:
    found = find("báo cáo trước ngày 20/6 và 20/11 hằng năm", PLAN)
    assert [(s.value, s.recurrence) for s in found] == [
        ("R/P1Y", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20;UNTIL=20241231"),
        ("R/P1Y", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20;UNTIL=20241231"),
    ]


@pytest.mark.parametrize(
    "text", ["từ ngày 05 đến ngày 10/4/2024", "từ ngày 05 đến ngày 10 tháng 4 năm 2024"]
)
def test_a_range_shares_its_month(text: str) -> None:
    assert only(text).value == "2024-04-05/2024-04-10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xem trước ngày 10/6 và 10/12", [("trước ngày 10/6", "../2024-06-10"),
                                              ("10/12", "../2024-12-10")]),
        ("trước ngày 05/6; trước ngày 05/12", [("trước ngày 05/6", "../2024-06-05"),
                                               ("trước ngày 05/12", "../2024-12-05")]),
        ("trước ngày 15 tháng 6, ngày 15 tháng 9 và ngày 15 tháng 12",
         [("trước ngày 15 tháng 6", "../2024-06-15"), ("ngày 15 tháng 9", "../2024-09-15"),
          ("ngày 15 tháng 12", "../2024-12-15")]),
        ("Thời gian: tháng 6, tháng 9 và tháng 12", [("tháng 6", "2024-06"), ("tháng 9", "2024-09"),
                                                     ("tháng 12", "2024-12")]),
        ("Thời gian: tháng 6, 7", [("tháng 6, 7", "2024-06/2024-07")]),
        ("họp định kỳ hàng quý, sơ kết 6 tháng, tổng kết năm",
         [("định kỳ hàng quý, sơ kết 6 tháng, tổng kết năm", value)
          for value in ("R/P3M", "R/P6M", "R/P1Y")]),
        ("trong 15 ngày kể từ ngày ký ban hành theo mẫu", [
            ("trong 15 ngày kể từ ngày ký ban hành", "P15D")]),
    ],
)  # fmt: skip
def test_lists_of_days_months_and_rhythms(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[s.start : s.end], s.value) for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    ("text", "months"),
    [("định kỳ vào Quý I hằng năm", "1,2,3"), ("tháng 3 hàng năm tổ chức", "3")],
)
def test_the_same_months_of_every_year(text: str, months: str) -> None:
    schedule = only(text)
    assert schedule.value == "R/P1Y"
    assert schedule.recurrence == f"FREQ=YEARLY;BYMONTH={months};UNTIL=20241231"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trình ký ban hành trước tháng 8 năm 2024", [("due", "../2024-07")]),
        ("Kế hoạch đã ban hành trước ngày 05/3/2024", []),
        (
            "Từ ngày 15 tháng 9 năm 2024 đến hết ngày 15 tháng 9 năm 2025",
            [("within", "2024-09-15/2025-09-15")],
        ),
        ("thực hiện từ năm 2025 và các năm tiếp theo", [("within", "2025/..")]),
        ("thực hiện kể từ năm 2025", [("within", "2025/..")]),
    ],
)
def test_windows_and_due_dates_after_verbs(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(s.kind, s.value) for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Từ năm 2025: trồng cây", [("Từ năm 2025", "2025/..")]),
        ("Giai đoạn đến năm 2030: trồng cây", [("Giai đoạn đến năm 2030", "../2030")]),
        (
            "Sơ kết vào năm 2025 và tổng kết vào năm 2030",
            [("vào năm 2025", "2025"), ("vào năm 2030", "2030")],
        ),
        ("Dự kiến ngày 27/5/2024 họp", [("ngày 27/5/2024", "2024-05-27")]),
        ("Luật ban hành năm 2015", []),
    ],
)
def test_milestones(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[s.start : s.end], s.value) for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Riêng năm 2024, các Bộ bố trí kinh phí", [("Riêng năm 2024", "2024")]),
        ("hết thời hạn nộp hồ sơ (ngày 01/04/2024)", [("ngày 01/04/2024", "../2024-04-01")]),
        ("Thời gian thực hiện: Quý I-III/2024", [("Quý I-III/2024", "2024-01/2024-09")]),
    ],
)
def test_years_apart_and_limits(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[s.start : s.end], s.value) for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trước 17 giờ 00 ngày 21/7/2024",
            [("Trước 17 giờ 00 ngày 21/7/2024", "../2024-07-21")],
        ),
        ("xong trước 16h30 ngày 05/8", [("xong trước 16h30 ngày 05/8", "../2024-08-05")]),
        ("Buổi sáng ngày 06/6: thi Toán", [("Buổi sáng ngày 06/6", "2024-06-06")]),
        ("theo lịch (ngày thi 06/6/2024)", [("ngày thi 06/6/2024", "2024-06-06")]),
        ("các tháng 4, 5, 6/2024", [("các tháng 4, 5, 6/2024", "2024-04/2024-06")]),
        (
            "Thời gian: tháng 2, 5 và 11",
            [("tháng 2", "2024-02"), ("5", "2024-05"), ("11", "2024-11")],
        ),
        ("trình Hội đồng tháng 10/2024", [("tháng 10/2024", "2024-10")]),
        ("đã trình Hội đồng tháng 10/2023", []),
        ("lộ trình để bảo đảm từ ngày 01/01/2025", [("từ ngày 01/01/2025", "2025-01-01/..")]),
        ("có hiệu lực từ ngày 01/01/2025", []),
        ("Phấn đấu năm 2024 trồng thêm cây", [("năm 2024", "2024")]),
        ("đạt 90% năm 2030", [("năm 2030", "2030")]),
        ("phát thải bằng không vào năm 2050", [("vào năm 2050", "2050")]),
        ("đã bỏ hoang vào năm 2019", []),
        ("trình ban hành vào năm 2024 - 2025", [("vào năm 2024 - 2025", "2024/2025")]),
        ("phấn đấu từ năm 2025, các xã có chợ", [("từ năm 2025", "2025/..")]),
        ("1. Giai đoạn 2024 - 2030:", [("Giai đoạn 2024 - 2030", "2024/2030")]),
        ("theo chiến lược giai đoạn 2024 - 2030:", []),
        ("từ nay đến cuối năm, các xã rà soát", [("từ nay đến cuối năm", "../2024")]),
        ("2. Trong năm, giảm số vụ", [("Trong năm", "2024")]),
        ("trong năm 2024 cần trồng rừng", [("trong năm 2024", "2024")]),
        ("- Thời hạn: Hàng năm\n4.2. Phát triển", [("Hàng năm", "R/P1Y")]),
        ("báo cáo tình hình sản xuất quý IV và cả năm", []),
        ("thống kê, báo cáo định kỳ và hàng năm", [("hàng năm", "R/P1Y")]),
        ("theo thống kê hàng năm có lũ", []),
        (
            "đã ký\nTháng 3/2024 - Tháng 5/2024",
            [("Tháng 3/2024 - Tháng 5/2024", "2024-03/2024-05")],
        ),
        (
            "Thời gian thực hiện: Quý II c) Sản phẩm: báo cáo năm 2024",
            [("Quý II", "2024-04/2024-06")],
        ),
    ],
)  # fmt: skip
def test_hours_sessions_and_years_that_an_act_binds(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(text[s.start : s.end], s.value) for s in find(text, PLAN)] == expected


def test_the_same_words_in_the_next_cell_are_no_second_time() -> None:
    text = "Thời gian hoàn thành\nSở Y tế\nTheo quyết định của Sở\nTheo quyết định của Sở\n2"
    cells = whole_lines(text)
    assert [text[a:b] for a, b in cells] == ["Theo quyết định của Sở"]


def test_years_in_one_cell() -> None:
    text = "Sơ kết\n2025, 2030"
    found = find(text, PLAN, fields=[(text.index("2025"), len(text))])
    assert [(text[s.start : s.end], s.value) for s in found] == [("2025", "2025"), ("2030", "2030")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("từ tháng 3/2024 đến hết năm 2025", ["2024-03/2025-12"]),
        ("Thời gian: từ quý II/2024 đến quý IV/2024", ["2024-04/2024-12"]),
        ("Thời gian: ngày 12, 13/3/2024", ["2024-03-12/2024-03-13"]),
        ("Thời gian: các ngày 12 và 15/3/2024", ["2024-03-12", "2024-03-15"]),
        ("Đến tháng 6/2024, trồng xong", ["../2024-06"]),
        ("Đến ngày 30/6/2024 trồng xong", ["../2024-06-30"]),
        ("số liệu tính đến ngày 30/6/2024", []),
        ("từ ngày ban hành đến ngày 31/12/2024", ["../2024-12-31"]),
        ("đến năm 2030 đạt 50% số xã", ["../2030"]),
        ("chiến lược đến năm 2030 và tầm nhìn", []),
        ("dạy thử trong năm học 2024-2025", ["2024/2025"]),
        ("ngay từ đầu năm học", []),
        ("Thời gian thực hiện: giai đoạn 2021-2025", ["2021/2025"]),
        ("trước ngày 05/7 và ngày 05/01 năm sau", ["../2024-07-05", "../2025-01-05"]),
        ("phát thanh 02 buổi/tuần", ["R/P1W"]),
        ("ít nhất một lần trong năm", ["R/P1Y"]),
        ("đánh giá 3 năm/lần", ["R/P3Y"]),
        ("Đợt 1 (tháng 3/2024) và đợt 2", ["2024-03"]),
        ("thực hiện ngay từ đầu năm và xuyên suốt cả năm 2024", ["2024"]),
        ("hoàn thành rà soát trong năm 2024, 2025 và 2026 thì báo cáo", ["2024/2026"]),
        ("duy trì đến năm 2030", ["../2030"]),
        ("3. Năm 2025: các xã trồng cây", ["2025"]),
        ("mỗi kỳ có một buổi", [None]),
        ("mỗi năm xếp loại giỏi được 3 điểm", []),
        ("vi phạm còn tồn tại trước năm 2025", []),
        ("Thời gian thực hiện: Đã hoàn thành ngày 21/2/2024", []),
        ("Hội nghị sơ kết công tác 6 tháng đầu năm", []),
        ("Trong 6 tháng đầu năm, tình hình cháy rừng phức tạp", []),
        ("Trong 6 tháng đầu năm 2024, toàn tỉnh đã trồng 3 ha", []),
        ("phong trào thi đua 6 tháng cuối năm", []),
        ("Trồng cây (triển khai thực hiện thường xuyên trong giai đoạn 2024-2026).",
         [None, "2024/2026"]),
        ("thực hiện thường xuyên việc trồng cây", []),
        ("Hoàn thành cấp nước trong giai đoạn 2024 - 2025.", ["2024/2025"]),
        ("Hoàn thành cấp nước trong giai đoạn 2020 - 2023.", []),
        ("sát thực tiễn và xu thế trong giai đoạn 2024 - 2030", []),
        ("Trong năm 2024, các sở trồng cây", ["2024"]),
        ("Trong năm 2023, các sở trồng cây", []),
        ("III. NHIỆM VỤ ĐẾN THÁNG 5 NĂM 2024\n1. Trồng cây", ["../2024-05"]),
        ("III. Nhiệm vụ đến tháng 5 năm 2024\n1. Trồng cây", []),
        ("I. Giai đoạn đến năm 2025\n1. Trồng cây", ["../2025"]),
        ("- Họp Tổ biên tập: ngày 17/6/2024.\n- Khác", ["2024-06-17"]),
        ("trình Hội đồng vào kỳ họp thứ 4 (tháng 10/2024)", ["2024-10"]),
        ("theo Kế hoạch và hàng tuần báo cáo Giám đốc", ["R/P1W"]),
        ("căn cứ số liệu hằng năm để dự trù", []),
        ("Giải quyết dứt điểm nạn xả rác trong năm 2024", ["2024"]),
    ],
)  # fmt: skip
def test_mixed_ranges_lists_and_horizons(text: str, expected: list[str | None]) -> None:
    assert [s.value for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a day in words is no whole month
        ("Thời gian: ngày 25 tháng 10 năm 2024", [("within", "2024-10-25")]),
        ("Thời hạn hoàn thành: 28 tháng 6 năm 2024", [("within", "2024-06-28")]),
        ("xong trước ngày15 tháng 12 năm2024", [("due", "../2024-12-15")]),
        ("xong trước ngày30/6/2024", [("due", "../2024-06-30")]),
        # an act binds a bare day that is still to come
        ("mở hội thi ngày 15/6/2024", []),
        ("tổ chức hội thi ngày 15/6/2024", [("within", "2024-06-15")]),
        ("Ra quân đồng loạt ngày 15/6", [("within", "2024-06-15")]),
        ("Ngày 15/6/2024: mở cửa", [("within", "2024-06-15")]),
        ("Ngày 15/6/2024, hội thi mở cửa", [("within", "2024-06-15")]),
        ("- Tháng 4: tổ chức hội thi", [("within", "2024-04")]),
        ("- Tháng 01: tổ chức hội thi", []),
        ("vườn ươm tháng 4: trồng cây", []),
        ("họp vào thứ Bảy, ngày 18/5/2024", [("within", "2024-05-18")]),
        ("làm vào 08 giờ 00 phút ngày 20/4/2024", [("within", "2024-04-20")]),
        ("tổ chức hội thi ngày 15/01/2024", []),
        ("tổ chức hội thi sớm nhất ngày 15/6/2024", []),
        ("thực hiện theo biên bản ngày 15/6/2024", []),
        ("Từ 8h00 ngày 15/6 đến 17h00 ngày 16/6/2024", [("within", "2024-06-15/2024-06-16")]),
        # "đến …" after an aim or at the start
        ("Phấn đấu đến ngày 31/05/2024 trồng xong", [("due", "../2024-05-31")]),
        ("Phấn đấu đến 2/3 số hộ trồng xong", []),
        ("Hoàn thành việc trồng đến ngày 30 tháng 6", [("due", "../2024-06-30")]),
        ("trồng cây từ nay đến 30/11/2024", [("due", "../2024-11-30")]),
        ("Đến quý III/2024 hoàn thành việc trồng", [("due", "../2024-09")]),
        ("số cây tính đến ngày 31/12/2024", []),
        # beginnings without an end
        ("vận hành vườn ươm từ Quý IV/2024", [("within", "2024-10/..")]),
        ("Thời gian: Từ Quý II/2024", [("within", "2024-04/..")]),
        ("Thời gian: Từ năm 2025", [("within", "2025/..")]),
        ("Từ năm 2025, 100% vườn ươm có nước", [("within", "2025/..")]),
        ("Từ năm 2019, vườn ươm có nước", []),
        ("đã dựng vườn ươm từ quý II/2023", []),
        ("mở hội hoa trong 02 ngày (15 - 16/6/2024)", [("within", "2024-06-15/2024-06-16")]),
        ("bắt đầu từ đầu tháng 12", [("within", "2024-12/..")]),
        # what the plan looks back on
        ("Đến hết năm 2023, xã đã trồng 300 cây", []),
        ("Đến hết tháng 2/2024, xã đã trồng 300 cây", []),
        ("Đến hết tháng 2/2024, trồng 300 cây", [("due", "../2024-02")]),
        ("Quý I/2024, sản lượng tăng 3%", [("within", "2024-01/2024-03")]),
        ("Quý IV/2023, sản lượng tăng 3%", []),
        # over the turn of the year
        ("từ ngày 15/12 đến ngày 15/01/2025", [("within", "2024-12-15/2025-01-15")]),
        ("từ tháng 11 đến tháng 02/2025", [("within", "2024-11/2025-02")]),
        ("Từ 16/8 đến trước ngày 25/8/2024", [("within", "2024-08-16/2024-08-25")]),
        ("Thời gian: 15/4 ÷ 31/7/2024", [("within", "2024-04-15/2024-07-31")]),
        ("Thời gian: Ngày 10/3 âm lịch", [("event", None)]),
    ],
)  # fmt: skip
def test_days_of_acts_aims_and_beginnings(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [(s.kind, s.value) for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # quarters and parts of a year
        ("Thời gian: Quý II+III/2024", ["2024-04/2024-09"]),
        ("trồng cây quí II, quí III", ["2024-04/2024-09"]),
        ("Thời gian: Quý IV/2024 - Quý I/2025", ["2024-10/2025-03"]),
        ("Thời gian: Quý IV/2024 đến Quý II/2025", ["2024-10/2025-06"]),
        ("Thời gian: 9 tháng cuối năm 2024", ["2024-04/2024-12"]),
        ("Thời gian: 3 tháng đầu năm 2024", ["2024-01/2024-03"]),
        ("trồng cây trong 2 quý đầu năm 2024", ["2024-01/2024-06"]),
        ("trồng cây sáu tháng đầu năm", ["2024-01/2024-06"]),
        # months
        ("trồng cây trong tháng 3, 4", ["2024-03/2024-04"]),
        ("trồng cây trong tháng 4 và tháng 10", ["2024-04", "2024-10"]),
        ("trồng cây 2 lần (tháng 6 và tháng 11)", ["2024-06", "2024-11"]),
        ("đợt 1 tháng 5, đợt 2 tháng 10", ["2024-05", "2024-10"]),
        ("Hội thi: Tuần thứ 2 của tháng 10", ["2024-10"]),
        ("trồng cây vào trung tuần tháng 12/2024", ["2024-12"]),
        # years behind a colon, in brackets
        ("Mở rộng vườn ươm: Năm 2024 - 2025.", ["2024/2025"]),
        ("Mở rộng vườn ươm: giai đoạn 2024 - 2026", ["2024/2026"]),
        ("Mở rộng vườn ươm: năm 2024 và những năm tiếp theo", ["2024/.."]),
        ("Kinh phí mở rộng vườn ươm: năm 2024", []),
        ("Hội hoa: 01 - 31/7/2024", ["2024-07-01/2024-07-31"]),
        ("Giai đoạn I (2024 - 2025): trồng cây", ["2024/2025"]),
        ("trồng cây trong hai năm 2024 - 2025", ["2024/2025"]),
        ("trồng cây trong 02 năm 2024 và 2025", ["2024/2025"]),
        ("Thời gian: Năm 2024 và năm 2025", ["2024/2025"]),
        ("Thời gian: Năm học 2024 - 2025", ["2024/2025"]),
        # due
        ("trồng cây chậm nhất trong quý IV năm 2024", ["../2024-12"]),
        ("trồng cây chậm nhất cuối tháng 9/2024", ["../2024-09"]),
        ("trồng cây trước cuối tháng 11", ["../2024-11"]),
        ("Hạn nộp hồ sơ: 17 giờ ngày 10/5", ["../2024-05-10"]),
        ("Hạn gửi báo cáo: 10/5/2024", ["../2024-05-10"]),
        ("Thời gian: Sau 01/7/2024", ["2024-07-01/.."]),
        ("Sau ngày 30/9/2024, thu hồi giống", ["2024-09-30/.."]),
        ("ươm giống sau ngày 30/9/2024", []),
        ("Hoàn thành: Quý II/2024.", ["2024-04/2024-06"]),
        ("trồng cây trong 02 tháng đầu năm 2024", ["2024-01/2024-02"]),
        # the years of a feast are counted, its last day is meant
        ("Kỷ niệm Ngày trồng cây (ngày 26/3/1950 - 26/3/2024)", ["2024-03-26"]),
    ],
)
def test_parts_of_years_and_due_dates_by_other_words(text: str, expected: list[str]) -> None:
    assert [s.value for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("6/2024", "2024-06"), ("T6/2024", "2024-06"), ("Q.II", "2024-04/2024-06"),
        ("QII/2024", "2024-04/2024-06"), ("Q.II-III/2024", "2024-04/2024-09"), ("6", None),
        ("13/2024", None),
    ],
)  # fmt: skip
def test_short_forms_of_cells(cell: str, expected: str | None) -> None:
    text = f"Rà soát\n{cell}\nSở Nội vụ"
    found = find(text, PLAN, fields=[(8, 8 + len(cell))])
    assert [s.value for s in found] == ([expected] if expected else [])
    assert all(text[s.start : s.end] == cell for s in found)


@pytest.mark.parametrize(
    ("plan", "value"),
    [
        (PlanTime(2024, 2025, "2024-07-03"), "../2025-01-20"),  # a school year
        (PlanTime(2024, 2024, "2024-07-03"), "../2024-01-20"),
        (PlanTime(2024, 2025, "2024-01-03"), "../2024-01-20"),
    ],
)
def test_a_day_that_was_over_at_issue_is_next_year_s(plan: PlanTime, value: str) -> None:
    assert only("sơ kết học kỳ I trước ngày 20 tháng 01", plan).value == value
