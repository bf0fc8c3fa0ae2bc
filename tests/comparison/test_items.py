from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import Plan
from pipeline.comparison.items import LONGEST_WORDS, cut, kind_of, titled
from pipeline.comparison.items import _sentences as sentences


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["MỤC ĐÍCH, YÊU CẦU"], "aim"),
        (["MỤC ĐÍCH, YÊU CẦU", "Yêu cầu"], "requirement"),
        (["NHIỆM VỤ, GIẢI PHÁP"], "task"),
        (["TỔ CHỨC THỰC HIỆN", "Sở Tài chính"], "organisation"),
        (["TỔ CHỨC THỰC HIỆN", "Kinh phí thực hiện"], "funding"),
        (["TỔ CHỨC THỰC HIỆN", "Chế độ báo cáo"], "reporting"),
        (["MỤC TIÊU", "Chỉ tiêu cụ thể"], "target"),
        (["Sở Xây dựng"], "other"),
        ([], "other"),
    ],
)
def test_what_a_heading_says(headings: list[str], expected: str) -> None:
    assert kind_of(headings) == expected


def words(plan: Plan) -> list[str]:
    return [plan.text[item.start : item.end] for item in cut(plan)[0]]


@pytest.mark.parametrize(
    "mark", ["-", "–", "+", "*", "•", "●", "▪", "➢", "✓", "\uf0b7", "- a)", "1.2."]
)
def test_items_have_no_bullets(read: Callable[..., Plan], mark: str) -> None:
    duty = "Trồng cây chắn sóng dọc theo các tuyến đê biển xung yếu của huyện."
    assert words(read(f"I. NHIỆM VỤ\n{mark} {duty}")) == [duty]


@pytest.mark.parametrize(
    "duty",
    [
        "“Ngày không rác” tổ chức mỗi tháng một lần tại các khu dân cư.",
        "≥ 95% hộ dân được dùng nước sạch đạt quy chuẩn quốc gia.",
        "100% hộ dân nông thôn được dùng nước sạch đạt quy chuẩn.",
    ],
)
def test_what_looks_like_a_bullet_and_is_none(read: Callable[..., Plan], duty: str) -> None:
    assert words(read(f"I. NHIỆM VỤ\n{duty}")) == [duty]


def test_headings_labels_and_closing_are_no_items(read: Callable[..., Plan]) -> None:
    items, headings = cut(read())
    assert [(item.kind, item.section) for item in items] == [
        ("aim", ("I", "1", "-1")),
        ("requirement", ("I", "2", "-1")),
        ("task", ("II", "1")),
        ("task", ("II", "2")),
        ("task", ("II", "3")),
        ("organisation", ("III", "1", "-1")),
        ("organisation", ("III", "2", "-1")),
    ]
    assert [heading.title for heading in headings] == [
        "MỤC ĐÍCH, YÊU CẦU", "Mục đích", "Yêu cầu", "NHIỆM VỤ", "TỔ CHỨC THỰC HIỆN",
        "Sở Tài chính", "UBND các huyện, thị xã, thành phố",
    ]  # fmt: skip


def test_labelled_lines_are_facts_of_the_duty_above(read: Callable[..., Plan]) -> None:
    plan = read()
    duty = next(item for item in cut(plan)[0] if item.section == ("II", "1"))
    reach = [plan.text[start:end] for start, end in duty.reach]
    assert len(reach) == 3
    assert "Sở Tài nguyên và Môi trường" in reach[1]
    assert "30 tháng 6" in reach[2]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("- Căn cứ Luật Tài nguyên nước số 28/2023/QH15 ngày 27 tháng 11 năm 2023;", False),
        ("- Căn cứ Kế hoạch này, chủ động xây dựng lịch quan trắc của cơ quan, đơn vị.", True),
        ("- Trong quá trình thực hiện nếu có khó khăn, vướng mắc thì kịp thời phản ánh về "
         "Sở Xây dựng để tổng hợp.", False),
        ("- Trên đây là Kế hoạch bảo vệ nguồn nước trên địa bàn tỉnh trong năm tới.", False),
        ("- UBND tỉnh yêu cầu các sở, ngành nghiêm túc thực hiện Kế hoạch này; quá trình thực hiện "
         "nếu phát sinh vướng mắc, kịp thời báo cáo.", False),
        ("- Giám đốc các sở, Chủ tịch UBND huyện chịu trách nhiệm thi hành Kế hoạch này.", False),
        ("- Tháo gỡ khó khăn, vướng mắc trong quá trình thực hiện các dự án cấp nước.", True),
        ("- Trong quá trình vận hành hồ chứa phải duy trì dòng chảy tối thiểu phía hạ du.", True),
    ],
)  # fmt: skip
def test_what_every_plan_says_is_left_out(read: Callable[..., Plan], line: str, kept: bool) -> None:
    plan = read("I. NHIỆM VỤ\n- Trồng cây chắn sóng dọc theo các tuyến đê biển xung yếu.\n" + line)
    assert len(words(plan)) == 1 + kept


def test_a_plan_without_outline_is_cut_into_paragraphs(small_plan: Callable[..., Plan]) -> None:
    plan = small_plan(
        sections=[], tasks=[], text="Trồng năm trăm cây xanh ở các trường.\nDọn sạch bãi rác cũ.\n"
    )
    assert words(plan) == ["Trồng năm trăm cây xanh ở các trường.", "Dọn sạch bãi rác cũ."]


def test_a_row_of_a_task_table_is_one_item(read: Callable[..., Plan]) -> None:
    table = (
        "I. NHIỆM VỤ\n- Trồng cây chắn sóng dọc theo các tuyến đê biển xung yếu.\nPHỤ LỤC\n"
        "| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n| --- | --- | --- | --- |\n"
        "| 1 | Nạo vét các trục kênh tiêu chính trước mùa mưa bão | Sở Xây dựng | Quý II |\n"
    )
    rows = [item for item in cut(read(table))[0] if item.from_table]
    plan = read(table)
    assert [plan.text[row.start : row.end] for row in rows] == [
        "Nạo vét các trục kênh tiêu chính trước mùa mưa bão"
    ]
    assert "Sở Xây dựng" in plan.text[slice(*rows[0].reach[0])]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["một", "hai.", "Ba", "bốn;", "- Năm", "6"]), max_size=600))
def test_long_stretches_are_cut_without_loss(words: list[str]) -> None:
    text = " ".join(words)
    parts = [text[start:end] for start, end in sentences(text, 0, len(text))]
    assert " ".join(" ".join(parts).split()) == " ".join(text.split())
    if len(text.split()) <= LONGEST_WORDS:
        assert len(parts) <= 1


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("NHIỆM VỤ TRỌNG TÂM Để đạt mục tiêu trên, các sở cần:", "NHIỆM VỤ TRỌNG TÂM"),
        ("MỤC ĐÍCH, YÊU CẦU", "MỤC ĐÍCH, YÊU CẦU"),
        ("Yêu cầu:", "Yêu cầu"),
        ("UBND các huyện, thị xã", "UBND các huyện, thị xã"),
        ("Sở  Tài\nchính", "Sở Tài chính"),
    ],
)
def test_the_heading_alone(heading: str, expected: str) -> None:
    assert titled(heading) == expected
