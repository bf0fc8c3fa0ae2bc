"""A small plan of our own words around the lines that a test is about."""

from __future__ import annotations

from models import Plan
from pipeline.extraction import Pipeline

Roles = set[tuple[str, str]]

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH BẮC NINH
-------
Số: 41/KH-UBND
Bắc Ninh, ngày 05 tháng 3 năm 2031

KẾ HOẠCH
Trồng cây xanh năm 2031

"""
SIGNED = "\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n"


def plan_of(body: str) -> Plan:
    """The plan with these lines between its letterhead and its signature."""
    return Pipeline().from_text(HEAD + body + SIGNED, "ke-hoach.txt")


def roles(plan: Plan) -> Roles:
    """All roles of a plan, with the bodies that bear them."""
    return {(role.role, role.agency) for task in plan.tasks for role in task.assignments}
