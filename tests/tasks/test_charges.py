"""Whose a verb without a bearer is: of those of whom its own sentence speaks, or of its item."""

from __future__ import annotations

import pytest

from tests.tasks import sample
from tests.tasks.sample import Roles

BEFORE = "I. NHIỆM VỤ\n1. Chọn giống.\nII. TỔ CHỨC THỰC HIỆN\n"


def roles(body: str) -> Roles:
    """Roles in the chapter "Tổ chức thực hiện" of a plan."""
    return sample.roles(sample.plan_of(BEFORE + body))


def charge(body: str) -> Roles:
    """Roles of one item that addresses Sở Y tế, without this address itself."""
    found = roles(f"1. Sở Y tế\n{body}\n2. Khen thưởng.")
    assert ("assignee", "Sở Y tế") in found
    return found - {("assignee", "Sở Y tế")}


ENTRUSTED = ("assignee", "Chi cục Dân số")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "- Giao Chi cục Dân số có trách nhiệm tham mưu, đôn đốc các sở.",
            {ENTRUSTED, ("advise", "Chi cục Dân số"), ("supervise", "Chi cục Dân số")},
        ),
        (
            "- Chỉ đạo Chi cục Dân số chủ trì, theo dõi, đôn đốc việc trồng cây.",
            {ENTRUSTED, ("lead", "Chi cục Dân số"), ("supervise", "Chi cục Dân số")},
        ),
        # behind its clause, who directs acts again; behind its sentence, who entrusts
        (
            "- Chỉ đạo Chi cục Dân số tổ chức trồng cây; theo dõi, đôn đốc việc tưới cây.",
            {ENTRUSTED, ("supervise", "Sở Y tế")},
        ),
        (
            "- Giao Chi cục Dân số tổ chức trồng cây. Theo dõi, đôn đốc việc tưới cây.",
            {ENTRUSTED, ("supervise", "Sở Y tế")},
        ),
        # a later sentence has a subject of its own
        (
            "- Trồng cây. Sở Nội vụ tổ chức tưới cây; theo dõi, đôn đốc việc chăm sóc.",
            {("assignee", "Sở Nội vụ"), ("supervise", "Sở Nội vụ")},
        ),
        # verbs without an object, in a chain
        ("- Theo dõi, kiểm tra, đôn đốc.", {("supervise", "Sở Y tế")}),
        ("- Trồng cây; theo dõi, đôn đốc, tổng hợp.", {("supervise", "Sở Y tế")}),
        ("- Trồng cây; theo dõi và đôn đốc.", {("supervise", "Sở Y tế")}),
        ("- Có trách nhiệm theo dõi, đôn đốc và báo cáo.", {("supervise", "Sở Y tế")}),
        ("- Tổ chức các hoạt động kiểm tra, giám sát.", set()),
        # who is helped does not do the work
        (
            "- Tham mưu Ban Chỉ đạo tỉnh kiểm tra tiến độ.",
            {("advise", "Sở Y tế")},
        ),
        ("- Giúp Ban Chỉ đạo tỉnh theo dõi tiến độ.", {("supervise", "Sở Y tế")}),
        # either, or
        ("- Chủ trì hoặc phối hợp trồng cây.", set()),
    ],
)
def test_charges(body: str, expected: Roles) -> None:
    assert charge(body) == expected


def test_who_leads_with_partners_follows_the_work() -> None:
    assert roles(
        "Giao Sở Nội vụ chủ trì, phối hợp với các đơn vị liên quan kiểm tra việc thực hiện "
        "Kế hoạch này."
    ) == {
        ("assignee", "Sở Nội vụ"),
        ("lead", "Sở Nội vụ"),
        ("supervise", "Sở Nội vụ"),
        ("coordinate", "các đơn vị liên quan"),
    }


# --- the paragraph that closes a plan ------------------------------------------------------------

ALL = {("assignee", "các sở, ngành"), ("assignee", "UBND cấp xã")}


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "Căn cứ Kế hoạch này, các sở, ngành; UBND cấp xã tổ chức triển khai thực hiện; "
            "báo cáo kết quả về UBND tỉnh (qua Sở Nội vụ).",
            {*ALL, ("report_to", "UBND tỉnh"), ("via", "Sở Nội vụ")},
        ),
        (
            "Căn cứ Kế hoạch này, Giám đốc các sở, ngành, Chủ tịch UBND cấp xã chủ động làm.",
            ALL,
        ),
        (
            "Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện.",
            {("assignee", "các cơ quan, đơn vị")},
        ),
        (
            "Giao Sở Nội vụ theo dõi, kiểm tra, đôn đốc việc thực hiện Kế hoạch này.",
            {("assignee", "Sở Nội vụ"), ("supervise", "Sở Nội vụ")},
        ),
        # what has to be done only where something goes wrong charges nobody
        (
            "Trong quá trình thực hiện, nếu có vướng mắc, Sở Nội vụ kịp thời báo cáo UBND tỉnh.",
            {("report_to", "UBND tỉnh")},
        ),
    ],
)
def test_closing_paragraphs(paragraph: str, expected: Roles) -> None:
    assert roles(f"1. Sở Y tế\n- Tưới cây.\n\n{paragraph}") == {("assignee", "Sở Y tế"), *expected}


# --- where clauses and sentences begin -----------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- Kịp thời tham mưu UBND tỉnh.", {("advise", "Sở Y tế")}),
        ("- Hằng tháng, chủ động tham mưu UBND tỉnh.", {("advise", "Sở Y tế")}),
        ("- Chủ trì tham mưu UBND tỉnh.", {("lead", "Sở Y tế"), ("advise", "Sở Y tế")}),
        # behind the semicolon somebody else acts
        (
            "- Phối hợp với Công an tỉnh; Sở Nội vụ có trách nhiệm trồng cây.",
            {("coordinate", "Công an tỉnh"), ("assignee", "Sở Nội vụ")},
        ),
        (
            "- Gửi hồ sơ về Công an tỉnh; Sở Nội vụ chủ trì thẩm định.",
            {("report_to", "Công an tỉnh"), ("lead", "Sở Nội vụ")},
        ),
        # one name in two lengths
        ("- Sở Y tế tỉnh Bắc Ninh tổ chức trồng cây.", set()),
        # more verbs of offices
        ("- Sở Nội vụ hoàn thành danh mục cây.", {("assignee", "Sở Nội vụ")}),
        ("- Sở Nội vụ khảo sát đất trống.", {("assignee", "Sở Nội vụ")}),
        # behind adverbs and topics
        ("- Ngoài ra, Sở Nội vụ tổ chức trồng cây.", {("assignee", "Sở Nội vụ")}),
        ("- Bên cạnh đó, Sở Nội vụ tổ chức trồng cây.", {("assignee", "Sở Nội vụ")}),
        ("- Công tác trồng cây: Sở Nội vụ tổ chức thực hiện.", {("assignee", "Sở Nội vụ")}),
        ("- Đối với đợt hai, Sở Nội vụ có trách nhiệm trồng cây.", {("assignee", "Sở Nội vụ")}),
        ("- Đối với đợt hai, Sở Nội vụ trồng cây ven đường.", set()),
        ("- Đoàn Kiểm tra do Sở Nội vụ thành lập.", set()),
        ("- Việc tưới cây do Sở Nội vụ đảm nhận.", {("assignee", "Sở Nội vụ")}),
    ],
)
def test_clauses(body: str, expected: Roles) -> None:
    assert charge(body) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "UBND tỉnh giao Sở Nội vụ theo dõi, đôn đốc việc trồng cây.",
            {("assignee", "Sở Nội vụ"), ("supervise", "Sở Nội vụ")},
        ),
        ("UBND tỉnh đề nghị Sở Nội vụ trồng cây.", {("assignee", "Sở Nội vụ")}),
        ("UBND tỉnh đề nghị bà con trồng cây.", set()),
    ],
)
def test_who_asks_is_not_charged(item: str, expected: Roles) -> None:
    assert roles(f"1. {item}\n2. Khen thưởng.") == expected
