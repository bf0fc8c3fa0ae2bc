"""Labelled lines: under which names they stand, and how they say who is meant."""

from __future__ import annotations

import pytest

from pipeline.extraction import Pipeline

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH BẮC NINH
-------
Số: 41/KH-UBND
Bắc Ninh, ngày 05 tháng 3 năm 2031

KẾ HOẠCH
Trồng cây xanh năm 2031

I. NHIỆM VỤ
1. Chọn giống.
"""
SIGNED = "\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n"
X_LEADS = ("lead", "Sở Xây dựng")
Y_HELPS = ("coordinate", "Sở Y tế")
Z_HELPS = ("coordinate", "Sở Nội vụ")
Roles = set[tuple[str, str]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- Cơ quan/đơn vị chủ trì: Sở Xây dựng.", {X_LEADS}),
        ("- Sở, ban, ngành phối hợp: Sở Y tế.", {Y_HELPS}),
        ("- Các cơ quan phối hợp: Sở Y tế, Sở Nội vụ.", {Y_HELPS, Z_HELPS}),
        ("- Đơn vị cùng phối hợp: Sở Y tế.", {Y_HELPS}),
        ("- Cơ quan phối hợp soạn thảo: Sở Y tế.", {Y_HELPS}),
        ("- Cơ quan chủ trì xây dựng: Sở Xây dựng.", {X_LEADS}),
        ("- Đơn vị phụ trách: Sở Xây dựng.", {X_LEADS}),
        ("- Đơn vị chịu trách nhiệm chính: Sở Xây dựng.", {X_LEADS}),
        ("- Đơn vị tham gia: Sở Y tế.", {Y_HELPS}),
        ("- Đơn vị hỗ trợ: Sở Y tế.", {Y_HELPS}),
        # two on a line
        (
            "- Đơn vị tham mưu: Sở Xây dựng; đơn vị phối hợp: Sở Y tế.",
            {("advise", "Sở Xây dựng"), Y_HELPS},
        ),
        ("- Cơ quan chủ trì là Sở Xây dựng; cơ quan phối hợp là Sở Y tế.", {X_LEADS, Y_HELPS}),
        ("Trồng cây (Cơ quan chủ trì: Sở Xây dựng) trước Sở Y tế.", {X_LEADS}),
        # a role behind each
        ("- Cơ quan thực hiện: Sở Xây dựng (chủ trì), Sở Y tế (phối hợp).", {X_LEADS, Y_HELPS}),
        # a role and a list
        ("- Chủ trì, phối hợp với: Sở Y tế, Sở Nội vụ.", {Y_HELPS, Z_HELPS}),
        # below the label
        ("- Cơ quan chủ trì:\n+ Sở Xây dựng.\n- Cơ quan phối hợp:\n+ Sở Y tế;\n+ Sở Nội vụ.",
         {X_LEADS, Y_HELPS, Z_HELPS}),
        ("a) Cơ quan chủ trì:\n- Sở Xây dựng.\nb) Cơ quan phối hợp:\n- Sở Y tế;\n- Sở Nội vụ.",
         {X_LEADS, Y_HELPS, Z_HELPS}),
    ],
)  # fmt: skip
def test_labels(body: str, expected: Roles) -> None:
    plan = Pipeline().from_text(f"{HEAD}2. Trồng cây\n{body}\n3. Dọn vườn.{SIGNED}", "kh.txt")
    assert {
        (role.role, role.agency) for task in plan.tasks for role in task.assignments
    } == expected


def test_an_item_may_be_a_label() -> None:
    plan = Pipeline().from_text(
        f"{HEAD}II. TỔ CHỨC THỰC HIỆN\n1. Đơn vị phối hợp:\n- Sở Y tế;\n- Sở Nội vụ.{SIGNED}",
        "kh.txt",
    )
    roles = {(role.role, role.agency) for task in plan.tasks for role in task.assignments}
    assert roles == {Y_HELPS, Z_HELPS}


@pytest.mark.parametrize(
    ("line", "output"),
    [
        ("- Sản phẩm dự kiến: Danh mục cây.", "Danh mục cây"),
        ("- Kết quả cần đạt: Danh mục cây.", "Danh mục cây"),
        ("- Sản phẩm: Danh mục cây; thời gian: Quý II/2031.", "Danh mục cây"),
    ],
)
def test_outputs(line: str, output: str) -> None:
    plan = Pipeline().from_text(f"{HEAD}2. Trồng cây\n{line}{SIGNED}", "kh.txt")
    assert [said for task in plan.tasks for said in task.outputs] == [output]
