"""What a cell of a task table says of its bodies, against what its column says."""

from __future__ import annotations

import pytest

from tests.tasks.sample import Roles, plan_of


def row(column: str, *cell: str) -> Roles:
    """Roles in the one row of a table that a web page flattened to one cell a line."""
    table = ["TT", "Nhiệm vụ", column, "Thời gian", "1", "Trồng cây ven hồ", *cell, "Quý II/2031"]
    plan = plan_of("I. NHIỆM VỤ\n" + "\n".join(table))
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
def test_cells_say_more_than_their_column(cell: tuple[str, ...], expected: Roles) -> None:
    assert row("Đơn vị thực hiện", *cell) == expected


def test_a_stroke_parts_who_leads_from_who_helps() -> None:
    assert row("Cơ quan chủ trì/phối hợp", "Sở Xây dựng/Sở Y tế") == X_LEADS_Y_HELPS


def test_a_column_of_partners_may_name_who_leads() -> None:
    assert row("Đơn vị phối hợp", "Sở Xây dựng (chủ trì); Sở Y tế") == X_LEADS_Y_HELPS
