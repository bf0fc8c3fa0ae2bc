"""Where a plan speaks of what is to be done, and where it does not."""

from __future__ import annotations

import pytest

from pipeline.entities import scope
from pipeline.structure import acts, outline

PLAN = """ỦY BAN NHÂN DÂN
TỈNH THANH BÌNH
-------
Số: 12/KH-UBND
Thanh Bình, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Trồng cây năm 2024
Năm 2023 toàn tỉnh trồng 30% diện tích.
Để trồng đủ 40% diện tích, Ủy ban nhân dân tỉnh ban hành kế hoạch.
I. TÌNH HÌNH
Đã trồng 20% diện tích.
II. MỤC TIÊU
Trồng 50% diện tích theo đề án “Phát triển rừng gỗ lớn giai đoạn 2021 - 2030”.
III. TIÊU CHUẨN, ĐIỀU KIỆN
Chủ rừng giữ 60% diện tích.
IV. TỔ CHỨC THỰC HIỆN
1. Đánh giá thực trạng
Thời gian thực hiện: Quý III
Các xã giao 70% diện tích./.
1 Số liệu năm 2020: 80% diện tích.
2 Số liệu năm 2021: 90% diện tích.
"""


def read() -> tuple[acts.Layout, outline.Outline]:
    layout = acts.find_layout(PLAN)
    return layout, outline.build(PLAN, layout, [], [])


def test_what_has_been_is_silent_and_what_is_planned_is_not() -> None:
    layout, tree = read()
    silent = scope.silent(PLAN, layout, tree, [])
    heard = {
        share
        for share in ("20%", "30%", "40%", "50%", "60%", "70%", "80%", "90%", "2021", "Quý III")
        if not any(a <= PLAN.index(share) < b for a, b in silent)
    }
    assert heard == {"40%", "50%", "60%", "70%", "Quý III"}


def test_aims_and_conditions_are_told_by_their_headings() -> None:
    _, tree = read()
    ((start, end),) = scope.aims(tree)
    assert "50%" in PLAN[start:end]
    ((start, end),) = scope.conditions(tree)
    assert "60%" in PLAN[start:end]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tiêu chuẩn, điều kiện", True),
        ("Điều kiện dự thi", True),
        ("Hồ sơ đăng ký", True),
        ("Điều kiện bảo đảm", False),
        ("Đối tượng được xác minh", False),
        ("Chỉ tiêu tuyển sinh", False),
    ],
)
def test_headings_that_say_who_qualifies(title: str, expected: bool) -> None:
    assert scope.is_condition(title) is expected


def test_a_table_s_last_column_is_no_note() -> None:
    text = PLAN.replace("./.\n1 Số", ".\nGhi chú\n1 Số")
    layout = acts.find_layout(text)
    silent = scope.silent(text, layout, outline.build(text, layout, [], []), [])
    assert not any(a <= text.index("80%") < b for a, b in silent)


@pytest.mark.parametrize(
    ("title", "review"),
    [
        ("Tình hình chung", True),
        ("Khái quát tình hình", True),
        ("Đánh giá kết quả năm trước", True),
        ("KẾT QUẢ ĐẠT ĐƯỢC", True),
        ("Tồn tại, hạn chế", True),
        ("Sự cần thiết", True),
        ("Nguyên nhân", True),
        ("Mục tiêu", False),
        ("Kết quả đầu ra", False),
        ("Nhiệm vụ và giải pháp", False),
        ("Tổ chức thực hiện", False),
    ],
)
def test_headings_that_look_back(title: str, review: bool) -> None:
    assert scope.is_review(title) is review


@pytest.mark.parametrize(
    ("title", "aim", "review"),
    [
        ("Mục tiêu", True, False),
        ("Chỉ tiêu cụ thể", True, False),
        ("Đánh giá tình hình", False, True),
        ("Đánh giá", False, True),
        ("Đánh giá chỉ số của các sở", False, False),
        ("Nhiệm vụ", False, False),
    ],
)
def test_headings_of_goals_and_reviews(title: str, aim: bool, review: bool) -> None:
    assert (scope.is_aim(title), scope.is_review(title)) == (aim, review)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Đánh giá tình hình", True),
        ("Đánh giá thực trạng và nâng cao năng lực cấp cứu", False),
        ("KẾT QUẢ HỢP TÁC VỚI CÁC ĐỊA PHƯƠNG NĂM 2021", True),
        ("Kết quả cần đạt", False),
    ],
)
def test_looks_back(title: str, expected: bool) -> None:
    assert scope.is_review(title) is expected


@pytest.mark.parametrize(
    ("line", "silent"),
    [
        ("Năm 2023, tỷ lệ cây sống đạt 91%.", True),
        ("Kết quả năm 2023: 91% số xã có vườn.", True),
        ("Năm học 2022 - 2023, cả tỉnh có 91% trường trồng cây.", True),
        ("Giai đoạn 2021 - 2023, cả tỉnh trồng được 12 ha, đạt 91% kế hoạch.", True),
        ("Quý IV/2023, diện tích tăng 91%.", True),
        ("Tỷ lệ che phủ đạt 45% (năm 2023: 91%).", True),
        # not over when the plan was issued, still striven for, or a year later in the clause
        ("Năm 2024, tỷ lệ cây sống đạt 91%.", False),
        ("Quý I/2024, diện tích tăng 91%.", False),
        ("Năm 2023 chưa đủ, phấn đấu đạt 91%.", False),
        ("Năm 2023 đạt 85%, năm 2024 đạt 91%.", False),
        ("So với năm 2023 tăng 91%.", False),
    ],
)
def test_results_of_a_time_that_is_over(line: str, silent: bool) -> None:
    text = PLAN.replace("III. TIÊU CHUẨN", f"{line}\nIII. TIÊU CHUẨN")
    layout = acts.find_layout(text)
    masked = scope.silent(text, layout, outline.build(text, layout, [], []), [])
    assert any(a <= text.index("91%") < b for a, b in masked) is silent


def test_the_time_of_a_result_is_not_silent_itself() -> None:
    text = PLAN.replace("III. TIÊU CHUẨN", "Quý IV/2023, đạt 91%.\nIII. TIÊU CHUẨN")
    layout = acts.find_layout(text)
    masked = scope.silent(text, layout, outline.build(text, layout, [], []), [])
    assert not any(a <= text.index("Quý IV/2023") < b for a, b in masked)


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Hồ sơ", True), ("Hồ sơ dự tuyển", True), ("Hồ sơ trễ hạn dưới 2%", False)],
)
def test_files_of_applicants_and_files_that_are_counted(title: str, expected: bool) -> None:
    assert scope.is_condition(title) is expected
