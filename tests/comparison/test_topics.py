"""Topics, cells, leads, calendar, rhythms, indicators, documents, recipients, only here."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable

import pytest

from models import Plan
from pipeline.comparison import Comparison, compare
from tests.comparison.conftest import DUTIES


@pytest.fixture(scope="module")
def result(pair: list[Plan]) -> Comparison:
    return compare(pair)


def test_shared_duties_are_one_topic_each(result: Comparison) -> None:
    assert [len(topic.plans) for topic in result.topics] == [2] * 6 + [1] * 2
    for topic in result.topics[:6]:
        texts = {result.items[member.item].text for member in topic.members}
        assert len(texts) == 1
        assert not any(member.low for member in topic.members)


def test_every_item_has_its_topic_and_every_cell_its_items(result: Comparison) -> None:
    members = [member.item for topic in result.topics for member in topic.members]
    assert sorted(members) == list(range(len(result.items)))
    for cell in result.coverage:
        assert cell.items
        assert {result.items[item].plan for item in cell.items} == {cell.plan}
    for item in result.items:
        plan = result.plans[item.plan]
        assert item.index in plan.items


def test_only_here(result: Comparison) -> None:
    rows = {row.place: row for row in result.only_here}
    assert set(rows) == {"Nghệ An", "Sơn La"}
    assert all(row.sure and not row.doubts for row in rows.values())
    assert result.topics[rows["Sơn La"].topic].label.startswith("Trồng rừng phòng hộ")


def test_a_plan_that_is_cut_leaves_nothing_sure(read: Callable[..., Plan]) -> None:
    body = "I. NHIỆM VỤ\n- Trồng cây chắn sóng dọc theo các tuyến đê biển xung yếu của huyện."
    short = read(body, province="Cà Mau", end="Các đơn vị trồng cây trước mùa mưa và")
    rows = compare([read(), short]).only_here
    by_place = {row.place: row for row in rows}
    assert by_place["Nghệ An"].doubts == ("incomplete",)
    assert by_place["Cà Mau"].sure


def test_one_place_has_nothing_alone(read: Callable[..., Plan]) -> None:
    assert compare([read(), read(year=2024)]).only_here == ()


def test_who_leads(result: Comparison) -> None:
    told = {
        (result.plans[lead.plan].place, lead.role.agency, lead.role.today, lead.role.role)
        for lead in result.leads
        if "Quan trắc" in result.items[lead.item].text
    }
    assert told == {
        (place, "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", "lead")
        for place in ("Nghệ An", "Sơn La")
    }
    assert not any(lead.differs for lead in result.leads)


def test_leads_of_different_types_differ_and_successors_do_not(
    read: Callable[..., Plan],
) -> None:
    later = DUTIES.replace("Sở Công Thương chủ trì", "Sở Y tế chủ trì").replace(
        "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"
    )
    result = compare([read(), read(later, province="Lạng Sơn", year=2025, month=5)])
    differing = {
        result.topics[lead.topic].label.split()[0] for lead in result.leads if lead.differs
    }
    assert len(differing) == 1
    assert {lead.role.agency for lead in result.leads if lead.differs} >= {
        "Sở Công Thương",
        "Sở Y tế",
    }


def test_calendar(result: Comparison) -> None:
    days = [entry.due.latest for entry in result.calendar]
    assert days == sorted(days, key=lambda day: day or "9999")
    assert days[:4] == ["2023-06-29", "2023-06-29", "2023-09-14", "2023-09-14"]
    assert result.calendar[0].leads == ("Sở Tài nguyên và Môi trường",)


def test_reporting_rhythms(result: Comparison) -> None:
    assert [
        (rhythm.plan, rhythm.every, [(role.agency, role.role) for role in rhythm.reports_to])
        for rhythm in result.rhythms
    ] == [(plan, "P3M", [("Sở Tài nguyên và Môi trường", "report_to")]) for plan in (0, 1)]


def test_the_same_indicator_with_other_numbers(read: Callable[..., Plan]) -> None:
    lower = DUTIES.replace("85%", "70%")
    result = compare([read(), read(lower, province="Sơn La"), read(province="Lào Cai")])
    (row,) = result.indicators
    assert (row.unit, row.differs, row.smallest, row.largest) == ("%", True, 70, 85)
    assert {result.plans[value.plan].place: value.figure.value for value in row.values} == {
        "Nghệ An": 85, "Sơn La": 70, "Lào Cai": 85,
    }  # fmt: skip


def test_cited_documents_and_those_cited_together(read: Callable[..., Plan]) -> None:
    law = "Căn cứ Quyết định số 12/QĐ-TTg ngày 05/01/2022 của Thủ tướng Chính phủ;\n\n"
    resolution = "Căn cứ Nghị quyết số 7/NQ-CP ngày 08/02/2022 của Chính phủ;\n\n"
    result = compare(
        [
            read(basis=law + resolution),
            read(basis=law + resolution, province="Sơn La"),
            read(basis=law, province="Lào Cai"),
        ]
    )
    assert [(each.label, each.date, len(each.plans)) for each in result.documents] == [
        ("Quyết định 12/QĐ-TTg", "2022-01-05", 3),
        ("Nghị quyết 7/NQ-CP", "2022-02-08", 2),
    ]
    assert [(pair.a, pair.b, pair.plans, pair.likeness) for pair in result.cocitations] == [
        (0, 1, 2, 0.667)
    ]
    for document in result.documents:
        for citation in document.citations:
            assert citation.role == "basis"
            assert citation.item is None


def test_recipients_by_type(result: Comparison) -> None:
    assert {row.label: len(row.lines) for row in result.recipients} == {
        "Các sở, ban, ngành": 2,
        "Văn phòng Chính phủ": 2,
    }


def test_groups_hold_the_same_sections(result: Comparison) -> None:
    labels = {group.label: group for group in result.groups}
    assert labels["Sở Tài chính"].agency == "Sở Tài chính"
    assert [member.plan for member in labels["Sở Tài chính"].members] == [0, 1]
    for topic in result.topics:
        assert topic.index in result.groups[topic.group].topics


@pytest.mark.parametrize("province", ["Khánh Hòa", "Bà Rịa - Vũng Tàu"])
def test_headings_that_differ_by_their_own_place_are_the_same(
    read: Callable[..., Plan], province: str
) -> None:
    body = DUTIES.replace("II. NHIỆM VỤ", "II. Việc chung của tỉnh {province}")
    result = compare([read(body), read(body, province=province, day=19, number=41)])
    titles = [[member.title for member in group.members] for group in result.groups]
    assert ["Việc chung của tỉnh Nghệ An", f"Việc chung của tỉnh {province}"] in titles
    same = [
        member
        for group in result.groups
        for member in group.members
        if member.title.startswith("Việc chung")
    ]
    assert [member.strength for member in same] == [1.0, 1.0]


def test_spans_hold_the_words(result: Comparison, pair: list[Plan]) -> None:
    texts = {plan.id: plan.text for plan in pair}
    for item in result.items:
        text = texts[result.plans[item.plan].id]
        assert " ".join(text[item.span.start : item.span.end].split()) == item.text
        for role in item.roles:
            assert text[role.span.start : role.span.end] == role.text
        for due in item.dues:
            assert text[due.span.start : due.span.end] == due.text


def test_the_order_of_the_plans_does_not_matter(
    pair: list[Plan], read: Callable[..., Plan]
) -> None:
    plans = [*pair, read(year=2024), read(province="Lào Cai", day=2)]
    expected = compare(plans)
    for seed in range(3):
        shuffled = plans.copy()
        random.Random(seed).shuffle(shuffled)
        assert compare(shuffled) == expected


@pytest.mark.parametrize("count", [0, 1])
def test_few_plans(pair: list[Plan], count: int) -> None:
    result = compare(pair[:count])
    assert len(result.plans) == count
    assert len(result.topics) == len(result.items)
    assert not result.only_here
    assert not result.reuse


def test_a_plan_without_items(read: Callable[..., Plan]) -> None:
    result = compare([read(), read("Xong.", province="Sơn La")])
    codes = [caution.code for caution in result.plans[1].cautions]
    assert "few-items" in codes


def test_results_are_plain_data(result: Comparison) -> None:
    data = result.to_dict()
    assert data["version"] == result.version
    assert set(data) == {field.name for field in dataclasses.fields(result)}
    assert data["topics"][0]["members"][0]["strength"] == 1.0
