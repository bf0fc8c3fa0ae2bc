"""Roles, identity and links of citations inside one document."""

from __future__ import annotations

import pytest

from models import Reference, Span
from pipeline.entities import references, resolution


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


def section(position: int) -> list[str]:
    return []


def resolve(text: str, province: str | None = None) -> list[Reference]:
    return resolution.resolve(
        references.find(text), text, province=province, span=span, section=section
    )


def resolve_short(text: str, *own_kinds: str) -> list[Reference]:
    return resolution.resolve_short(
        references.find_short(text),
        resolve(text),
        text,
        own_kinds=own_kinds or ("Kế hoạch",),
        span=span,
        section=section,
    )


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Căn cứ Luật Đất đai năm 2024;", "basis"),
        ("Căn cứ vào Nghị định số 5/2031/NĐ-CP;", "basis"),
        ("theo quy định tại Nghị định số 5/2031/NĐ-CP", "basis"),
        ("Trên cơ sở Kế hoạch số 5/KH-UBND", "basis"),
        ("Thực hiện Quyết định số 5/QĐ-TTg", "implements"),
        ("triển khai có hiệu quả Nghị quyết số 5-NQ/TU", "implements"),
        ("quán triệt Chỉ thị số 5/CT-TTg", "implements"),
        ("(Ban hành kèm theo Quyết định số 5/QĐ-UBND)", "carrier"),
        ("kế hoạch được phê duyệt tại Quyết định số 5/QĐ-UBND", "carrier"),
        ("sửa đổi, bổ sung một số điều của Nghị định số 5/2031/NĐ-CP", "amends"),
        ("thay thế Kế hoạch số 5/KH-UBND", "replaces"),
        ("bãi bỏ Quyết định số 5/QĐ-UBND", "replaces"),
        ("báo cáo nêu tại Công văn số 5/UBND-VX", "cites"),
    ],
)
def test_roles(text: str, role: str) -> None:
    (reference,) = resolve(text)
    assert reference.role == role


def test_a_whole_line_of_bases() -> None:
    text = "Căn cứ Luật Đất đai năm 2024 và Luật Xây dựng năm 2014;\n"
    assert [r.role for r in resolve(text)] == ["basis", "basis"]


@pytest.mark.parametrize(
    ("text", "kind", "from_code"),
    [
        ("Quyết định số 5/QĐ-TTg", "Quyết định", "Quyết định"),
        ("Quy định số 5-QĐ/TW", "Quy định", "Quy định"),
        ("Quyết định số 5-QĐ/TU", "Quyết định", "Quyết định"),
        ("Kế hoạch số 5/CTr-UBND", "Kế hoạch", "Chương trình"),
        ("Luật số 5/2031/QH16", "Luật", None),
        ("Công văn số 5/UBND-VX", "Công văn", None),
    ],
)
def test_the_word_and_the_code_may_differ(text: str, kind: str, from_code: str | None) -> None:
    (reference,) = resolve(text)
    assert (reference.kind, reference.kind_from_code) == (kind, from_code)


def test_a_repeat_points_to_its_full_reference() -> None:
    text = (
        "Thực hiện Quyết định số 5/QĐ-TTg ngày 03/01/2031 của Thủ tướng Chính phủ. "
        "Nội dung của Quyết định số 5/QĐ-TTg được phổ biến rộng rãi."
    )
    full, repeat = resolve(text)
    assert full.refers_to is None
    assert repeat.refers_to == 0


def test_a_serial_alone_points_to_the_one_it_can_mean() -> None:
    text = (
        "Thực hiện Nghị quyết số 18-NQ/TW ngày 02/02/2031 và Kế hoạch số 18/KH-UBND ngày "
        "03/02/2031. Các cấp học tập Nghị quyết số 18 nghiêm túc."
    )
    resolution_18 = resolve(text)[2]
    assert resolution_18.number == "18"
    assert resolution_18.refers_to == 0


def test_a_serial_that_can_mean_two_points_nowhere() -> None:
    text = (
        "Nghị quyết số 18-NQ/TW ngày 02/02/2031; Nghị quyết số 18/NQ-CP ngày 03/03/2031. "
        "Học tập Nghị quyết số 18 nghiêm túc."
    )
    assert resolve(text)[2].refers_to is None


def test_another_date_is_another_document() -> None:
    text = "Quyết định số 5/QĐ-TTg ngày 03/01/2031. Quyết định số 5/QĐ-TTg ngày 04/01/2032."
    assert [r.refers_to for r in resolve(text)] == [None, None]


def test_one_number_in_two_provinces_is_two_keys() -> None:
    text = "Nghị quyết số 16-NQ/TU ngày 14/10/2031"
    (one,), (other,) = resolve(text, "Khánh Hòa"), resolve(text, "Lâm Đồng")
    assert one.key != other.key


def test_a_national_number_is_one_key_everywhere() -> None:
    text = "Quyết định số 5/QĐ-TTg ngày 03/01/2031"
    (one,), (other,) = resolve(text, "Khánh Hòa"), resolve(text, "Lâm Đồng")
    assert one.key == other.key


def test_the_named_issuers_province_counts() -> None:
    text = "Kế hoạch số 5/KH-UBND ngày 03/01/2031 của UBND tỉnh Lâm Đồng"
    (at_home,), (abroad,) = resolve(text, "Lâm Đồng"), resolve(text, "Khánh Hòa")
    assert at_home.key == abroad.key


def test_spelling_faults_do_not_change_the_identity() -> None:
    (clean,) = resolve("Nghị quyết số 5/2031/NQ-HĐND ngày 03/01/2031", "Lâm Đồng")
    (dirty,) = resolve("Nghị quyết số 5/2031/NQ_HDND ngày 03/01/2031", "Lâm Đồng")
    assert clean.key == dirty.key
    assert clean.number != dirty.number


@pytest.mark.parametrize(
    ("own_kinds", "refers_to"),
    [
        (("Kế hoạch",), "self"),
        (("Quyết định",), None),
        (("Quyết định", "Kế hoạch"), "self"),
    ],
)
def test_this_plan_is_the_document_itself(
    own_kinds: tuple[str, ...], refers_to: str | None
) -> None:
    (reference,) = resolve_short("Kinh phí của Kế hoạch này do tỉnh cấp.", *own_kinds)
    assert reference.refers_to == refers_to
    assert reference.short


def test_a_name_learned_in_the_document() -> None:
    text = (
        "Quyết định số 77/QĐ-TTg ngày 03/01/2031 phê duyệt đề án phủ xanh (Đề án 77). "
        "Các sở tổng kết Đề án 77 hằng năm."
    )
    first, later = resolve_short(text)
    assert (first.refers_to, later.refers_to) == (0, 0)


def test_a_name_known_from_the_registry() -> None:
    text = "Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022. Kết quả Đề án 06 rất tốt."
    (reference,) = resolve_short(text)
    assert reference.refers_to == 0


def test_an_unknown_name_points_nowhere() -> None:
    text = "Thực hiện Quyết định số 5/QĐ-TTg ngày 03/01/2031. Kết quả Đề án 88 rất tốt."
    (reference,) = resolve_short(text)
    assert reference.refers_to is None
    assert reference.confidence < 0.9


def test_the_verb_of_a_list_holds_for_all_of_it() -> None:
    text = (
        "Thực hiện nghiêm túc, hiệu quả Chỉ thị số 11/CT-TTg ngày 02/3/2030 của Thủ tướng Chính phủ"
        " về trồng cây; Nghị quyết số 12/NQ-CP ngày 03/3/2030 của Chính phủ và Quyết định số"
        " 13/QĐ-TTg ngày 04/3/2030 của Thủ tướng Chính phủ."
    )
    assert [r.role for r in resolve(text)] == ["implements"] * 3


def test_thousands_of_repeats_are_linked_in_one_walk() -> None:
    """Each was compared with all others: minutes for a text of nothing but citations."""
    full = "Quyết định số 12/QĐ-UBND ngày 05/01/2031 của UBND tỉnh; "
    found = resolve(full + "Quyết định số 12/QĐ-UBND; " * 3000)
    assert len(found) == 3001
    assert {reference.refers_to for reference in found[1:]} == {0}
