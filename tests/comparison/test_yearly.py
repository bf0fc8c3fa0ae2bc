from __future__ import annotations

from collections.abc import Callable

import pytest

from models import Plan
from pipeline.comparison import changes, compare
from pipeline.comparison.results import Change, Comparison
from pipeline.comparison.words import Lexicon
from pipeline.comparison.yearly import _longest_rising as longest_rising
from pipeline.comparison.yearly import differing
from tests.comparison.conftest import DUTIES

WATER = (
    "1. Quan trắc chất lượng nước tại các điểm xả thải lớn và công bố kết quả lên trang thông tin."
)


def year_on_year(read: Callable[..., Plan], new: str) -> tuple[Comparison, list[Change]]:
    result = compare([read(), read(new, year=2024)])
    (year,) = result.years
    return result, [change for change in year.changes if change.kind != "same"]


def test_the_same_plan_of_another_year_is_the_same(read: Callable[..., Plan]) -> None:
    result, found = year_on_year(read, DUTIES)
    assert not found
    assert result.years[0].counts == {"same": 7}
    assert any(change.year_only for change in result.years[0].changes)


@pytest.mark.parametrize(
    ("old", "new", "kind", "facts", "changed"),
    [
        ("trước ngày 30 tháng 6", "trước ngày 31 tháng 7", "reworded", ("deadline",),
         [("deadline", "trước ngày 30 tháng 6 năm 2023", "trước ngày 31 tháng 7 năm 2024")]),
        ("- Cơ quan chủ trì: Sở Tài nguyên và Môi trường", "- Cơ quan chủ trì: Sở Y tế",
         "reworded", ("agency",), [("agency", "Sở Tài nguyên và Môi trường", "Sở Y tế")]),
        ("85%", "90%", "reworded", ("wording", "target"),
         [("target", "85% hộ dân nông thôn", "90% hộ dân nông thôn")]),
        ("cơ sở dệt nhuộm", "nhà máy hóa dệt", "reworded", ("wording",), []),
    ],
)  # fmt: skip
def test_one_change(
    read: Callable[..., Plan], old: str, new: str, kind: str, facts: tuple[str, ...],
    changed: list[tuple[str, str, str]],
) -> None:  # fmt: skip
    assert old in DUTIES
    _, found = year_on_year(read, DUTIES.replace(old, new))
    (change,) = found
    assert (change.kind, change.facts) == (kind, facts)
    assert [(each.fact, each.old, each.new) for each in change.changed] == changed


def test_added_and_dropped(read: Callable[..., Plan]) -> None:
    result, found = year_on_year(
        read, DUTIES.replace(WATER, "1. Trồng rừng phòng hộ đầu nguồn bằng giống cây bản địa.")
    )
    assert {change.kind for change in found} == {"added", "dropped"}
    dropped = next(change for change in found if change.kind == "dropped")
    assert dropped.old is not None
    assert result.items[dropped.old].text == WATER[3:]


def test_what_is_put_in_before_moves_nothing(read: Callable[..., Plan]) -> None:
    more = DUTIES.replace(
        "1. Quan trắc", "1. Vớt bèo trên các hồ điều hòa của thành phố.\n2. Quan trắc"
    )
    more = more.replace("\n2. Sở Công", "\n3. Sở Công").replace("\n3. Phấn đấu", "\n4. Phấn đấu")
    _, found = year_on_year(read, more)
    assert [change.kind for change in found] == ["added"]


def test_a_section_that_changed_its_place_is_moved(read: Callable[..., Plan]) -> None:
    head, _, rest = DUTIES.partition("1. Sở Tài chính\n")
    duty, _, other = rest.partition("2. UBND các huyện")
    swapped = f"{head}1. UBND các huyện{other}2. Sở Tài chính\n{duty}"
    _, found = year_on_year(read, swapped)
    assert [change.kind for change in found] == ["moved"]
    assert found[0].facts == ("place",)


def test_successors_of_2025_are_no_change_of_agency(read: Callable[..., Plan]) -> None:
    later = DUTIES.replace("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường")
    result = compare([read(year=2024), read(later, year=2025, month=5)])
    assert not any("agency" in change.facts for change in result.years[0].changes)


def test_a_merged_province_follows_its_parts(read: Callable[..., Plan]) -> None:
    plans = [
        read(province="Kon Tum", year=2024),
        read(province="Quảng Ngãi", year=2024),
        read(province="Quảng Ngãi", year=2026, month=5),
    ]
    result = compare(plans)
    told = {(result.plans[y.old].place, result.plans[y.new].year, y.why) for y in result.years}
    assert told == {("Kon Tum", 2026, "successor"), ("Quảng Ngãi", 2026, "same-issuer")}


def test_before_the_merger_they_were_strangers(read: Callable[..., Plan]) -> None:
    plans = [read(province="Kon Tum", year=2023), read(province="Quảng Ngãi", year=2024)]
    assert compare(plans).years == ()


def test_plans_on_other_subjects_are_no_successors(read: Callable[..., Plan]) -> None:
    other = "I. NHIỆM VỤ\n" + "\n".join(
        f"{n}. Sưu tầm truyện cổ và dân ca của vùng {word}, in thành sách song ngữ."
        for n, word in enumerate(("thượng du", "ven biển", "trung du"), 1)
    )
    result = compare([read(), read(other, year=2024)])
    assert result.years == ()
    asked = changes(read(), read(other, year=2024))
    assert asked.years[0].why == "asked"
    assert {change.kind for change in asked.years[0].changes} == {"added", "dropped"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Trồng năm trăm cây", "Trồng năm trăm cây", []),
        ("Trồng năm trăm cây", "Trồng sáu trăm cây", [("năm", "sáu")]),
        ("Trồng cây xanh", "Trồng cây", [("xanh", "")]),
        ("Trồng cây", "Nay trồng cây", [("", "Nay")]),
        ("một hai ba bốn", "một năm sáu bốn", [("hai ba", "năm sáu")]),
    ],
)
def test_the_differing_words(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    lexicon = Lexicon()
    edits = differing(lexicon.read(old), lexicon.read(new))
    assert [
        (old[edit.old_start : edit.old_end], new[edit.new_start : edit.new_end]) for edit in edits
    ] == expected


@pytest.mark.parametrize(
    ("numbers", "size"), [([], 0), ([5], 1), ([1, 2, 3], 3), ([3, 1, 2], 2), ([4, 5, 1, 2, 3], 3)]
)
def test_the_longest_rising_run(numbers: list[int], size: int) -> None:
    kept = sorted(longest_rising(numbers))
    assert len(kept) == size
    values = [numbers[at] for at in kept]
    assert values == sorted(values)
