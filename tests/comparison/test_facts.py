from __future__ import annotations

from collections.abc import Callable

import pytest

from models import Issuer, Plan, Province
from pipeline.comparison import compare
from pipeline.comparison.facts import days, facts


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2024-03-05", ("2024-03-05", "2024-03-05")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        (None, (None, None)),
        ("năm nay", (None, None)),
        ("2023-02-30", (None, None)),
        ("2024-13", (None, None)),
    ],
)
def test_first_and_last_day(edtf: str | None, expected: tuple[str | None, str | None]) -> None:
    assert days(edtf) == expected


@pytest.mark.parametrize(
    ("end", "codes"),
    [
        (None, []),
        ("Các đơn vị báo cáo kết quả trước ngày 15 và đồng thời", ["cut-short"]),
        ("Các đơn vị báo cáo kết quả đầy đủ, đúng hạn./.\n", []),
    ],
)
def test_a_text_that_stops_in_a_sentence_is_cut_short(
    read: Callable[..., Plan], end: str | None, codes: list[str]
) -> None:
    assert [caution.code for caution in facts(read(end=end)).cautions] == codes


def test_pages_read_badly_or_not_at_all_are_said(read: Callable[..., Plan]) -> None:
    plan = read()
    page = plan.source.pages[0]
    pages = [
        page.model_copy(update={"read_by": "ocr", "confidence": 0.6}),
        page.model_copy(update={"number": 2, "read_by": "ocr", "warnings": ["ocr-failed"]}),
        page.model_copy(update={"number": 3, "read_by": "ocr", "warnings": ["ocr-failed"]}),
    ]
    source = plan.source.model_copy(update={"pages": pages})
    cautions = facts(plan.model_copy(update={"source": source})).cautions
    assert [(caution.code, caution.value) for caution in cautions] == [
        ("badly-read", 0.6),
        ("pages-missing", 2.0),
    ]


def test_provinces_are_followed_through_the_merger(read: Callable[..., Plan]) -> None:
    old, new = (
        facts(read(province="Kon Tum", year=2024)),
        facts(read(province="Quảng Ngãi", year=2026, month=5)),
    )
    assert (old.place, old.place_today) == ("Kon Tum", "Quảng Ngãi")
    assert (new.place, new.place_today) == ("Quảng Ngãi", "Quảng Ngãi")
    assert old.issuer_key == new.issuer_key


def test_a_central_body_is_its_own_place(small_plan: Callable[..., Plan]) -> None:
    plan = small_plan()
    header = plan.header.model_copy(
        update={"province": None, "issuer": Issuer(name="BỘ Y TẾ", canonical="Bộ Y tế")}
    )
    found = facts(plan.model_copy(update={"header": header}))
    assert (found.place, found.level) == ("Bộ Y tế", "central")


def test_nothing_known_is_said(small_plan: Callable[..., Plan]) -> None:
    plan = small_plan()
    header = plan.header.model_copy(update={"province": None, "issuer": None, "issued_on": None})
    found = facts(plan.model_copy(update={"header": header}))
    assert found.place == "?"
    assert {"no-date", "no-place"} <= {caution.code for caution in found.cautions}


def test_a_province_without_todays_name_is_looked_up(small_plan: Callable[..., Plan]) -> None:
    plan = small_plan()
    header = plan.header.model_copy(
        update={"province": Province(name="Hà Giang", code="02"), "issued_on": "2024-05-01"}
    )
    assert facts(plan.model_copy(update={"header": header})).place_today == "Tuyên Quang"


@pytest.mark.parametrize(
    ("period", "issued_on", "year"),
    [
        ("2024", "2023-12-20", 2024),
        ("2021/2025", "2021-03-01", 2021),
        ("../2030", "2024-05-01", 2024),
        ("2026/..", "2025-05-01", 2026),
        ("../2030", None, None),
        (None, "2024-05", 2024),
    ],
)
def test_the_year_a_plan_begins_with(
    small_plan: Callable[..., Plan], period: str | None, issued_on: str | None, year: int | None
) -> None:
    plan = small_plan()
    header = plan.header.model_copy(update={"plan_period": period, "issued_on": issued_on})
    assert facts(plan.model_copy(update={"header": header})).year == year


def test_labels_tell_plans_apart(read: Callable[..., Plan]) -> None:
    body = "I. NHIỆM VỤ\n- Trồng cây chắn sóng dọc theo các tuyến đê biển xung yếu của huyện."
    result = compare([read(), read(body, number=50, day=20), read(province="Sơn La")])
    assert [plan.label for plan in result.plans] == [
        "Nghệ An 2023 (36/KH-UBND)",
        "Sơn La 2023",
        "Nghệ An 2023 (50/KH-UBND)",
    ]


def test_files_of_one_plan_count_once(read: Callable[..., Plan]) -> None:
    plan = read()
    page = plan.source.pages[0].model_copy(update={"read_by": "ocr", "confidence": 0.7})
    source = plan.source.model_copy(update={"name": "scan.pdf", "pages": [page]})
    scan = plan.model_copy(update={"id": "0" * 16, "source": source})
    result = compare([scan, plan, read(province="Sơn La")])
    assert [(each.id, each.copies) for each in result.plans if each.place == "Nghệ An"] == [
        (plan.id, ("scan.pdf",))
    ]
