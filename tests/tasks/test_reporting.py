"""Whom a body reports to, and through whom."""

from __future__ import annotations

import pytest

from tests.tasks.sample import Roles, plan_of, roles

BEFORE = "I. NHIỆM VỤ\n1. Chọn giống.\nII. TỔ CHỨC THỰC HIỆN\n"
PROVINCE = ("report_to", "UBND tỉnh")


def told(item: str) -> Roles:
    """Who is reported to, and through whom, in one item of "Tổ chức thực hiện"."""
    found = roles(plan_of(f"{BEFORE}1. {item}\n2. Khen thưởng."))
    return {(role, agency) for role, agency in found if role in ("report_to", "via")}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # more verbs before the one who hears
        ("Sở Xây dựng\n- Kịp thời báo cáo, đề xuất UBND tỉnh.", {PROVINCE}),
        ("Sở Xây dựng\n- Tổng hợp, báo cáo và kiến nghị UBND tỉnh xem xét.", {PROVINCE}),
        ("Sở Xây dựng\n- Báo cáo ngay UBND tỉnh khi cây đổ.", {PROVINCE}),
        # what is done besides tells nobody
        (
            "Sở Xây dựng\n- Báo cáo số cây đổ, đồng thời phối hợp với Công an tỉnh dọn đường.",
            set(),
        ),
        # the head of the house
        (
            "Trung tâm Cây xanh\n- Báo cáo Giám đốc Sở trước ngày 20 hằng tháng.",
            {("report_to", "Giám đốc Sở")},
        ),
        (
            "Vụ Kế hoạch\n- Báo cáo Lãnh đạo Bộ (qua Văn phòng Bộ).",
            {("report_to", "Lãnh đạo Bộ"), ("via", "Văn phòng Bộ")},
        ),
        (
            "Vụ Kế hoạch\n- Báo cáo kết quả về Bộ (qua Văn phòng Bộ).",
            {("report_to", "Bộ"), ("via", "Văn phòng Bộ")},
        ),
        # who is inspected gets the findings
        ("Sở Xây dựng\n- Gửi đơn vị được kiểm tra bản kết luận.", set()),
        # who stands behind the bracket hears it himself
        (
            "Sở Xây dựng gửi UBND tỉnh (qua Sở Y tế) và Sở Nội vụ.",
            {PROVINCE, ("via", "Sở Y tế"), ("report_to", "Sở Nội vụ")},
        ),
        # who stands under a title reports
        ("Chế độ báo cáo\nCác sở, ngành báo cáo UBND tỉnh.", {PROVINCE}),
        ("Thông tin, báo cáo\nSở Xây dựng tổng hợp số cây.", set()),
        (
            "Sở Xây dựng tổng hợp số cây đã trồng trên các tuyến đường, rồi báo cáo\nUBND tỉnh.",
            {PROVINCE},
        ),
    ],
)
def test_reports(item: str, expected: Roles) -> None:
    assert told(item) == expected
