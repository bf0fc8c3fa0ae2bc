from __future__ import annotations

from collections.abc import Callable

import pytest

from models import Plan
from pipeline.comparison import compare
from tests.comparison.conftest import DUTIES

OTHER = """\
I. NHIỆM VỤ
1. Tổ chức thi đấu các môn thể thao dân tộc nhân ngày hội văn hóa của đồng bào vùng cao.
2. Sưu tầm truyện cổ, dân ca, in thành sách song ngữ và đưa vào thư viện của các trường nội trú.
"""


def test_direction_by_date(pair: list[Plan]) -> None:
    (found,) = compare(pair).reuse
    assert (found.direction, found.why, found.days) == ("a-to-b", "date", 5)
    assert len(found.passages) == 6
    assert found.share_a == pytest.approx(0.89, abs=0.03)


def test_the_spans_are_equal_words(pair: list[Plan]) -> None:
    result = compare(pair)
    texts = [next(p.text for p in pair if p.id == plan.id) for plan in result.plans]
    for passage in result.reuse[0].passages:
        for a, b in zip(passage.spans_a, passage.spans_b, strict=True):
            assert texts[0][a.start : a.end].split() == texts[1][b.start : b.end].split()


def test_strangers_share_nothing(read: Callable[..., Plan]) -> None:
    result = compare([read(), read(OTHER, province="Sơn La")])
    assert result.reuse == ()
    assert [row.shared for row in result.borrowed] == [0.0, 0.0]


def test_what_is_borrowed_from_earlier_plans(read: Callable[..., Plan]) -> None:
    result = compare([read(), read(province="Sơn La", day=20), read(OTHER, province="Lào Cai")])
    by_place = {result.plans[row.plan].place: row for row in result.borrowed}
    assert by_place["Nghệ An"].earlier == 0.0
    assert by_place["Nghệ An"].shared == 1.0
    assert by_place["Sơn La"].earlier == 1.0
    source = by_place["Sơn La"].main_source
    assert source is not None
    assert result.plans[source].place == "Nghệ An"
    assert by_place["Lào Cai"].main_source is None


def test_of_plans_of_one_day_nobody_knows_who_was_first(read: Callable[..., Plan]) -> None:
    (found,) = compare([read(), read(province="Sơn La")]).reuse
    assert (found.direction, found.why) == ("unknown", "same-time")


def test_who_cites_the_other_came_later(read: Callable[..., Plan]) -> None:
    cited = "Thực hiện Kế hoạch số 36/KH-UBND ngày 14/3/2023 của UBND tỉnh;\n\n"
    result = compare([read(), read(number=77, basis=cited)])
    (found,) = result.reuse
    named = result.documents[0]
    assert named.plan is not None
    assert found.direction == ("a-to-b" if named.plan == found.a else "b-to-a")
    assert found.why == "implements"


def test_copies_in_three_plans(read: Callable[..., Plan]) -> None:
    plans = [read(), read(province="Sơn La", day=20), read(province="Lào Cai", day=25)]
    result = compare(plans)
    assert len(result.copies) == 7
    for copies in result.copies:
        assert [result.plans[plan].place for plan in copies.plans] == [
            "Nghệ An", "Sơn La", "Lào Cai",
        ]  # fmt: skip
        assert copies.first is not None
        assert result.plans[copies.first].place == "Nghệ An"


def test_naming_a_law_is_not_copying(read: Callable[..., Plan]) -> None:
    cited = (
        "I. NHIỆM VỤ\n1. {} Quyết định số 12/QĐ-TTg ngày 05/01/2022 của Thủ tướng Chính phủ về phê "
        "duyệt Đề án phát triển vùng nguyên liệu gỗ rừng trồng bền vững đến năm 2030.\n"
    )
    result = compare(
        [
            read(cited.format("Phổ biến")),
            read(cited.format("Đánh giá việc thi hành"), province="Sơn La", day=20),
        ]
    )
    assert [row.shared for row in result.borrowed] == [0.0, 0.0]


def test_reworded_copies_are_found_too(read: Callable[..., Plan]) -> None:
    reworded = DUTIES.replace("các điểm xả thải lớn", "những nơi xả thải nhiều")
    result = compare([read(), read(reworded, province="Sơn La", day=20)])
    passage = next(
        each for each in result.reuse[0].passages if "Quan trắc" in result.items[each.a].text
    )
    assert 0.6 < passage.likeness < 1
    assert len(passage.spans_a) > 1


def test_a_common_source_is_named(read: Callable[..., Plan]) -> None:
    directive = (
        "Thực hiện Chỉ thị số 5/CT-TTg ngày 06/2/2023 của Thủ tướng Chính phủ về nguồn nước;\n\n"
    )
    result = compare([read(basis=directive), read(basis=directive, province="Sơn La", day=20)])
    (found,) = result.reuse
    assert [result.documents[number].label for number in found.common] == ["Chỉ thị 5/CT-TTg"]
