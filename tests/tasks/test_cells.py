"""What a cell of a task table says of its bodies, against what its column says."""

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
"""
SIGNED = "\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n"


def row(column: str, *cell: str) -> set[tuple[str, str]]:
    """Roles in the one row of a table that a web page flattened to one cell a line."""
    table = ["TT", "Nhiệm vụ", column, "Thời gian", "1", "Trồng cây ven hồ", *cell, "Quý II/2031"]
    plan = Pipeline().from_text(HEAD + "\n".join(table) + SIGNED, "ke-hoach.txt")
    (task,) = (task for task in plan.tasks if task.from_table)
    return {(role.role, role.agency) for role in task.assignments}


X_LEADS_Y_HELPS = {("lead", "Sở Xây dựng"), ("coordinate", "Sở Y tế")}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (("Sở Xây dựng, Sở Y tế",), {("lead", "Sở Xây dựng"), ("lead", "Sở Y tế")}),
        (("Sở Xây dựng chủ trì, phối hợp với Sở Y tế",), X_LEADS_Y_HELPS),
        (("Sở Xây dựng chủ trì; Sở Y tế phối hợp",), X_LEADS_Y_HELPS),
        (("Sở Xây dựng phối hợp với Sở Y tế",), X_LEADS_Y_HELPS),
        (("Sở Xây dựng phối hợp Sở Y tế",), X_LEADS_Y_HELPS),
        (("Chủ trì: Sở Xây dựng; phối hợp: Sở Y tế",), X_LEADS_Y_HELPS),
        (("- Chủ trì: Sở Xây dựng", "- Phối hợp: Sở Y tế"), X_LEADS_Y_HELPS),
        (("Sở Xây dựng (chủ trì), Sở Y tế (phối hợp)",), X_LEADS_Y_HELPS),
        (("Sở Xây dựng; Sở Y tế phối hợp",), X_LEADS_Y_HELPS),
        (("Sở Xây dựng, Sở Y tế (phối hợp thực hiện)",), X_LEADS_Y_HELPS),
        (
            ("Sở Xây dựng chủ trì, phối hợp với Sở Y tế; Sở Nội vụ",),
            {*X_LEADS_Y_HELPS, ("coordinate", "Sở Nội vụ")},
        ),
        (
            ("Sở Xây dựng (chủ trì), Sở Y tế, Sở Nội vụ (phối hợp)",),
            {*X_LEADS_Y_HELPS, ("coordinate", "Sở Nội vụ")},
        ),
        # the word is part of a name
        (
            ("Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh",),
            {("lead", "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh")},
        ),
    ],
)
def test_cells_say_more_than_their_column(
    cell: tuple[str, ...], expected: set[tuple[str, str]]
) -> None:
    assert row("Đơn vị thực hiện", *cell) == expected


def test_a_stroke_parts_who_leads_from_who_helps() -> None:
    assert row("Cơ quan chủ trì/phối hợp", "Sở Xây dựng/Sở Y tế") == X_LEADS_Y_HELPS


def test_a_column_of_partners_may_name_who_leads() -> None:
    assert row("Đơn vị phối hợp", "Sở Xây dựng (chủ trì); Sở Y tế") == X_LEADS_Y_HELPS
