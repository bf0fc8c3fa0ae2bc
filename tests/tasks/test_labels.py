"""Labelled lines: under which names they stand, and how they say who is meant."""

from __future__ import annotations

import pytest

from tests.tasks.sample import Roles, plan_of, roles

BEFORE = "I. NHIỆM VỤ\n1. Chọn giống.\n"
X_LEADS = ("lead", "Sở Xây dựng")
Y_HELPS = ("coordinate", "Sở Y tế")
Z_HELPS = ("coordinate", "Sở Nội vụ")


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
    plan = plan_of(f"{BEFORE}2. Trồng cây\n{body}\n3. Dọn vườn.")
    assert roles(plan) == expected


def test_an_item_may_be_a_label() -> None:
    plan = plan_of(f"{BEFORE}II. TỔ CHỨC THỰC HIỆN\n1. Đơn vị phối hợp:\n- Sở Y tế;\n- Sở Nội vụ.")
    assert roles(plan) == {Y_HELPS, Z_HELPS}


@pytest.mark.parametrize(
    ("line", "output"),
    [
        ("- Sản phẩm dự kiến: Danh mục cây.", "Danh mục cây"),
        ("- Kết quả cần đạt: Danh mục cây.", "Danh mục cây"),
        ("- Sản phẩm: Danh mục cây; thời gian: Quý II/2031.", "Danh mục cây"),
    ],
)
def test_outputs(line: str, output: str) -> None:
    plan = plan_of(f"{BEFORE}2. Trồng cây\n{line}")
    assert [said for task in plan.tasks for said in task.outputs] == [output]
