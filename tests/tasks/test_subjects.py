"""Who a sentence begins with, and what sentences say of those who are directed, told or asked."""

from __future__ import annotations

import pytest

from pipeline.extraction import Pipeline
from tests.tasks.sample import HEAD, SIGNED, Roles, roles


def measure(body: str) -> Roles:
    """Roles in one measure of a plan."""
    text = f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\n{body}\n2. Dọn vườn.\n{SIGNED}"
    return roles(Pipeline().from_text(text, "ke-hoach.txt"))


def charge(body: str) -> Roles:
    """Roles in one item of "Tổ chức thực hiện"."""
    text = f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\nII. TỔ CHỨC THỰC HIỆN\n1. {body}\n2. Khen thưởng.\n"
    return roles(Pipeline().from_text(text + SIGNED, "ke-hoach.txt"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # behind words of time or ground, wherever their commas stand
        ("Năm 2031: Các sở, ngành tổ chức trồng cây.", {("assignee", "Các sở, ngành")}),
        (
            "Giai đoạn 2031 - 2035: Các sở, ngành và UBND cấp xã trồng cây, tổ chức chăm sóc.",
            {("assignee", "Các sở, ngành"), ("assignee", "UBND cấp xã")},
        ),
        (
            "Căn cứ chức năng, nhiệm vụ, quyền hạn, các sở, ngành xây dựng kế hoạch trồng cây.",
            {("assignee", "các sở, ngành")},
        ),
        ("Trong năm 2030, tại Huế, Hội đồng Cây xanh đã họp.", set()),
        ("Khi cây chết thì Sở Y tế tổ chức trồng lại.", {("assignee", "Sở Y tế")}),
        ("Trường hợp thiếu nước: Sở Y tế tổ chức tưới cây.", {("assignee", "Sở Y tế")}),
        (
            "Căn cứ chức năng, nhiệm vụ, các đơn vị trực thuộc Sở Y tế tổ chức trồng cây.",
            {("assignee", "các đơn vị trực thuộc Sở Y tế")},
        ),
        (
            "- Trong quá trình thực hiện, các đơn vị, nhóm trồng cây phải tưới đều.",
            {("assignee", "các đơn vị")},
        ),
        # heads of bodies before a body
        (
            "Bộ trưởng, Thủ trưởng cơ quan lạ, Chủ tịch UBND cấp xã tổ chức trồng cây.",
            {("assignee", "UBND cấp xã")},
        ),
        (
            "Chủ nhiệm Ủy ban Dân tộc, Thống đốc Ngân hàng Nhà nước tổ chức trồng cây.",
            {("assignee", "Ủy ban Dân tộc"), ("assignee", "Ngân hàng Nhà nước")},
        ),
        (
            "Sở Y tế, các Bộ trưởng, Chủ tịch UBND cấp xã có trách nhiệm trồng cây.",
            {("assignee", "Sở Y tế"), ("assignee", "UBND cấp xã")},
        ),
        (
            "Các thành viên Hội đồng Cây xanh, các Bộ trưởng, Thủ trưởng cơ quan lạ, Chủ tịch "
            "UBND cấp xã chịu trách nhiệm chỉ đạo trồng cây.",
            {("assignee", "Hội đồng Cây xanh"), ("assignee", "UBND cấp xã")},
        ),
        ("- Thanh tra Sở Y tế: do Sở Nội vụ phân công.", set()),
        # who leads is not addressed besides, nor who works together
        (
            "Sở Xây dựng chủ trì, phối hợp với các sở, ngành liên quan trồng cây.",
            {("lead", "Sở Xây dựng"), ("coordinate", "các sở, ngành liên quan")},
        ),
        (
            "Sở Nội vụ (Thanh tra Sở Nội vụ) chủ trì trồng cây.",
            {("lead", "Sở Nội vụ"), ("lead", "Thanh tra Sở Nội vụ")},
        ),
        (
            "- Sở Y tế, Sở Nội vụ phối hợp chặt chẽ thực hiện việc trồng cây.",
            {("coordinate", "Sở Y tế"), ("coordinate", "Sở Nội vụ")},
        ),
        (
            "Sở Y tế chủ trì trồng cây tại các địa phương; Sở Nội vụ trực tiếp tổ chức tưới cây.",
            {("lead", "Sở Y tế"), ("assignee", "Sở Nội vụ")},
        ),
        ("Lực lượng bảo vệ do Sở Y tế điều động.", {("assignee", "Sở Y tế")}),
        (
            "Khi thiếu nước, cơ quan thường trực - Sở Y tế đề xuất cách tưới.",
            {("assignee", "Sở Y tế")},
        ),
        (
            "Sở Y tế; các cơ quan: Sở Nội vụ, Tỉnh đoàn là cơ quan phối hợp.",
            {
                ("coordinate", "Sở Y tế"),
                ("coordinate", "các cơ quan"),
                ("coordinate", "Sở Nội vụ"),
                ("coordinate", "Tỉnh đoàn"),
            },
        ),
        (
            "Sở Y tế là đơn vị chuyên môn chủ trì trồng cây.",
            {("lead", "Sở Y tế"), ("assignee", "Sở Y tế")},
        ),
        # at a starred line, behind the number of a step
        (
            "Quy trình trồng cây:\n* Sở Y tế chuẩn bị cây.\nBước 2: Sở Nội vụ tổ chức tưới.",
            {("assignee", "Sở Y tế"), ("assignee", "Sở Nội vụ")},
        ),
        # a list goes on over bodies that nobody knows
        (
            "Phối hợp với Sở Y tế, các vườn lạ trên đồi và UBND cấp xã trồng cây.",
            {("coordinate", "Sở Y tế"), ("coordinate", "UBND cấp xã")},
        ),
        (
            "- Sở Y tế, UBND cấp xã và các nhóm trồng cây căn cứ tình hình tổ chức tưới.",
            {("assignee", "Sở Y tế"), ("assignee", "UBND cấp xã")},
        ),
        (
            "Tưới cây, phối hợp với Vườn lạ, Sở Nội vụ dọn vườn.",
            {("coordinate", "Sở Nội vụ")},
        ),
        ("Giữ mối quan hệ phối hợp giữa gia đình, Sở Y tế.", set()),
        (
            "Phối hợp với Sở Y tế ở địa phương, UBND cấp xã trồng cây.",
            {("coordinate", "Sở Y tế"), ("coordinate", "UBND cấp xã")},
        ),
    ],
)
def test_who_acts(body: str, expected: Roles) -> None:
    assert measure(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- Chỉ đạo UBND cấp xã tổ chức trồng cây.", {("assignee", "UBND cấp xã")}),
        ("- Chỉ đạo các đơn vị tổ chức trồng cây.", set()),
        ("- Chỉ đạo các đơn vị: trồng cây, tưới cây.", {("assignee", "các đơn vị")}),
        (
            "Sở Y tế chỉ đạo UBND cấp xã trồng cây.",
            {("assignee", "Sở Y tế"), ("assignee", "UBND cấp xã")},
        ),
        ("- Tham mưu UBND tỉnh chỉ đạo UBND cấp xã trồng cây.", set()),
        (
            "- Tưới cây; chỉ đạo các sở, ngành, địa phương trồng cây.",
            {("assignee", "các sở, ngành, địa phương")},
        ),
        (
            "- Chỉ đạo Công an cấp xã huy động lực lượng tưới cây và Tỉnh đoàn trồng cây.",
            {("assignee", "Công an cấp xã")},
        ),
        ("- Tăng cường sự chỉ đạo UBND cấp xã.", set()),
    ],
)
def test_who_is_directed_is_charged(body: str, expected: Roles) -> None:
    assert measure(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # whoever is told so as to advise, advises
        (
            "UBND cấp xã báo cáo Sở Tài chính để tổng hợp, tham mưu UBND tỉnh xem xét.",
            {("assignee", "UBND cấp xã"), ("report_to", "Sở Tài chính"),
             ("advise", "Sở Tài chính")},
        ),
        (
            "- Báo cáo kịp thời, đầy đủ tình hình, kết quả trồng cây, chăm sóc cây, cắt tỉa cây và "
            "thay cây chết tại các vườn trên địa bàn về Sở Y tế.",
            {("report_to", "Sở Y tế")},
        ),
        (
            "- Vướng mắc thì báo cáo xin ý kiến UBND tỉnh (thông qua Sở Y tế).",
            {("report_to", "UBND tỉnh"), ("via", "Sở Y tế")},
        ),
        ("- Trình cấp trên (qua Sở Y tế) danh mục cây.", {("via", "Sở Y tế")}),
        (
            "- Báo cáo Sở Y tế (qua Thanh tra tỉnh, số 2 phố Mẫu) và Sở Nội vụ (qua Tỉnh đoàn).",
            {("report_to", "Sở Y tế"), ("via", "Thanh tra tỉnh"), ("report_to", "Sở Nội vụ"),
             ("via", "Tỉnh đoàn")},
        ),
        ("- Thời gian trình Chủ tịch UBND tỉnh: tháng 9.", set()),
        ("- Tổng hợp, báo cáo Giám đốc Sở xem xét.", {("report_to", "Giám đốc Sở")}),
        ("- Báo cáo Bộ trưởng những vướng mắc.", {("report_to", "Bộ trưởng")}),
        ("- Báo cáo Bộ trưởng Bộ Y tế những vướng mắc.", {("report_to", "Bộ Y tế")}),
        ("- Báo cáo Chánh án Tòa án nhân dân tối cao.", {("report_to", "Tòa án nhân dân tối cao")}),
        ("- Báo cáo lãnh đạo Sở xử lý kịp thời.", {("report_to", "lãnh đạo Sở")}),
    ],
)  # fmt: skip
def test_who_is_told(body: str, expected: Roles) -> None:
    assert measure(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Sở Y tế\nThực hiện việc trồng cây.",
            {("assignee", "Sở Y tế")},
        ),
        (
            "Trước ngày 10 tháng 12 hằng năm, các sở, ngành báo cáo kết quả về Sở Y tế.",
            {("assignee", "các sở, ngành"), ("report_to", "Sở Y tế")},
        ),
        (
            "Sở Y tế chủ trì trồng cây.",
            {("assignee", "Sở Y tế"), ("lead", "Sở Y tế")},
        ),
        (
            "Sở Y tế có trách nhiệm phối hợp với các đơn vị liên quan theo dõi việc trồng cây.",
            {("assignee", "Sở Y tế"), ("coordinate", "các đơn vị liên quan"),
             ("supervise", "Sở Y tế")},
        ),
        (
            "Sở Y tế\n- Là đầu mối giúp UBND tỉnh theo dõi, tổng hợp, định kỳ báo cáo Bộ Y tế.",
            {("assignee", "Sở Y tế"), ("supervise", "Sở Y tế"), ("report_to", "Bộ Y tế")},
        ),
        (
            "Sở Y tế\nTheo dõi, đôn đốc, tổng hợp tình hình trồng cây.",
            {("assignee", "Sở Y tế"), ("supervise", "Sở Y tế")},
        ),
        (
            "Sở Y tế\n- Tăng cường kiểm tra, giám sát, đôn đốc triển khai trồng cây.",
            {("assignee", "Sở Y tế"), ("supervise", "Sở Y tế")},
        ),
        (
            "Sở Y tế theo chức năng, nhiệm vụ, quyền hạn giám sát việc trồng cây.",
            {("assignee", "Sở Y tế"), ("supervise", "Sở Y tế")},
        ),
        (
            "Sở Y tế\n- Trồng cây nhằm theo dõi, giám sát quá trình xanh hóa.",
            {("assignee", "Sở Y tế")},
        ),
        (
            "Sở Y tế và các đơn vị liên quan tiến hành theo dõi việc trồng cây.",
            {("assignee", "Sở Y tế"), ("assignee", "các đơn vị liên quan"),
             ("supervise", "Sở Y tế"), ("supervise", "các đơn vị liên quan")},
        ),
        (
            "Sở Y tế là đầu mối phối hợp với Sở Nội vụ trồng cây.",
            {("assignee", "Sở Y tế"), ("coordinate", "Sở Nội vụ")},
        ),
    ],
)  # fmt: skip
def test_duties_of_an_addressee(body: str, expected: Roles) -> None:
    assert charge(body) == expected


def test_a_last_item_that_names_a_plan_is_no_closing_paragraph() -> None:
    text = (
        f"{HEAD}I. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\nTrồng cây.\n2. Phòng Y tế\n"
        f"Căn cứ Kế hoạch của Sở Y tế, phối hợp các đơn vị trực thuộc tưới cây.\n{SIGNED}"
    )
    found = roles(Pipeline().from_text(text, "ke-hoach.txt"))
    assert ("coordinate", "các đơn vị trực thuộc") in found


@pytest.mark.parametrize(
    "body",
    [
        "- Tưới cây, phối hợp với Vườn lạ; Sở Y tế xây dựng lịch tưới.",
        "- Đôn đốc Sở Nội vụ; Sở Y tế xây dựng lịch tưới.",
    ],
)
def test_a_list_over_a_semicolon_is_no_new_sentence(body: str) -> None:
    assert ("assignee", "Sở Y tế") not in measure(body)


def test_bodies_of_a_field_are_no_subjects_of_sentences() -> None:
    found = measure("b) Đơn vị phối hợp: Sở Y tế; Các sở, ngành; Sở Nội vụ có liên quan.")
    assert {role for role, _ in found} == {"coordinate"}


@pytest.mark.parametrize("head", ["Thành viên", "Thành viên tổ", "Thành phần"])
def test_who_belongs_to_a_group_is_not_charged(head: str) -> None:
    """Members do nothing yet by being named, whatever verb stands behind them."""
    assert measure(f"- {head}:\n+ Sở Y tế cử một người;\n+ Sở Nội vụ cử hai người.") == set()


def test_rows_that_run_into_another_section_are_none_of_the_first() -> None:
    plan = Pipeline().from_text(
        f"{HEAD}I. NHIỆM VỤ\n| TT | Nhiệm vụ | Chủ trì | Thời gian |\n|---|---|---|---|\n"
        "| 1 | Trồng cây | Sở Y tế | Quý I II. TỔ CHỨC Tháng 8 |\n"
        f"| 2 | Tưới | Sở Y tế | Quý II |\n{SIGNED}"
    )
    for section in plan.sections:
        assert all(child.span.end <= section.span.end for child in section.children)


def test_rows_stand_under_the_heading_of_their_group() -> None:
    plan = Pipeline().from_text(
        f"{HEAD}I. NHIỆM VỤ\nTrồng cây.\n{SIGNED}\nPHỤ LỤC\nPHÂN CÔNG\nTT\nNhiệm vụ\nChủ trì\n"
        "Thời gian\nI. Đợt đầu của năm\n1\nChọn giống\nSở Y tế\nQuý I\nII. Đợt sau của năm\n"
        "2\nĐào hố\nSở Xây dựng\nQuý II\n",
        "ke-hoach.txt",
    )
    rows = [(task.section, task.assignments[0].agency) for task in plan.tasks if task.from_table]
    assert rows == [(["PL", "I", "1"], "Sở Y tế"), (["PL", "II", "2"], "Sở Xây dựng")]
