"""The opening sentences: counted from the results, in both languages, nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.comparison.report import findings
from pipeline.comparison.report.places import places
from pipeline.comparison.report.speech import Speech
from pipeline.comparison.results import Comparison
from tests.comparison.report import made

SAY = Speech("vi")


def told(comparison: Comparison, language: str = "vi") -> list[str]:
    say = Speech(language)  # type: ignore[arg-type]
    side = places(comparison, say)
    return [finding.text for finding in findings.findings(comparison, say, side)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nội dung nhiều nơi cùng có nhất: “Chung 0” (4/4).",
        "3 nội dung có từ hai nơi trở lên.",
        "1 nội dung được giao cho cơ quan khác nhau giữa các nơi; ví dụ “Chung 0”: Sở Nội vụ ở "
        "Hà Nội, Cà Mau; Sở Tài chính ở Đà Nẵng, An Giang.",
        "1 chỉ tiêu có con số khác nhau; ví dụ “hộ dân dùng nước sạch”: từ ≥ 70 % (Hà Nội) đến "
        "≥ 73 % (An Giang).",
        "4 thời hạn có ngày; dồn nhiều nhất vào tháng 06/2023: 1 thời hạn của 1 nơi.",
        "4/4 nơi quy định báo cáo định kỳ: hằng quý (4).",
        "2 văn bản được từ hai nơi trở lên viện dẫn; nhiều nhất: Chỉ thị 5/CT-TTg (4), Luật Nước "
        "(4).",
        "4 nội dung chỉ thấy ở một nơi, trong đó chắc chắn: 1. Nhiều nhất: Hà Nội (1).",
        "3 cặp kế hoạch có đoạn giống nhau; nhiều nhất là Hà Nội 2020 và Đà Nẵng 2021: 9 tiếng "
        "giống nhau (20 % của bản thứ nhất, 25 % của bản thứ hai). Không rõ chiều: thiếu ngày "
        "ban hành.",
        "1 đoạn có gần như nguyên văn trong ba kế hoạch trở lên.",
        "Hà Nội 2020 → Đà Nẵng 2021: thêm mới 1, bỏ đi 1, sửa lời 1 (trong đó thay đổi thời hạn "
        "1).",
    ],
)  # fmt: skip
def test_sentences(sentence: str) -> None:
    assert sentence in told(made.comparison(4))


def test_plans_of_one_place_are_spoken_of_as_plans() -> None:
    assert "3 nội dung có từ hai kế hoạch trở lên." in told(made.comparison(3, one_place=True))


def test_nothing_is_said_of_what_was_not_found() -> None:
    bare = made.comparison(3)
    bare = replace(
        bare, leads=(), calendar=(), rhythms=(), indicators=(), documents=(), only_here=(),
        reuse=(), copies=(), years=(),
    )  # fmt: skip
    assert len(told(bare)) == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_to_mistrust(language: str) -> None:
    say = Speech(language)  # type: ignore[arg-type]
    doubts = findings.doubts(made.comparison(4), say)
    expected = {
        "vi": ["1/4 kế hoạch: đọc từ bản quét", "1/4 kế hoạch: không rõ ngày", "trong 9 chỗ ghép",
               "2 trong 3 cặp dùng lại", "3 cặp câu giữa hai năm"],
        "en": ["1 of 4 plans: read from a poor scan", "1 of 4 plans: no date", "of 9 matches",
               "2 of 3 pairs", "3 pairings"],
    }[language]  # fmt: skip
    assert len(doubts) == len(expected)
    assert all(part in doubt for part, doubt in zip(expected, doubts, strict=True))


def with_titles(*titles: str) -> Comparison:
    comparison = made.comparison(len(titles))
    plans = zip(comparison.plans, titles, strict=True)
    return replace(comparison, plans=tuple(replace(plan, title=title) for plan, title in plans))


@pytest.mark.parametrize(
    ("titles", "subject"),
    [
        (
            ("Bảo vệ nguồn nước năm 2023", "Bảo vệ nguồn nước tỉnh Huế năm 2024"),
            "Bảo vệ nguồn nước",
        ),
        (("BẢO VỆ NGUỒN NƯỚC", "VỀ BẢO VỆ NGUỒN NƯỚC"), "Bảo vệ nguồn nước"),
        (("Dọn rác ven sông năm 2023", "Dọn rác ven sông năm 2024"), "Dọn rác ven sông"),
        (("Trồng rừng phòng hộ", "Bảo vệ nguồn nước"), ""),
        (("Bảo vệ nguồn nước", "Tăng cường bảo vệ nguồn nước", "Trồng rừng"), "bảo vệ nguồn nước"),
    ],
)
def test_the_subject_is_what_most_titles_share(titles: tuple[str, ...], subject: str) -> None:
    assert findings.subject(with_titles(*titles)).casefold() == subject.casefold()


def test_dates_are_as_coarse_as_the_plans_say() -> None:
    comparison = made.comparison(2)
    plans = (replace(comparison.plans[0], issued_on="2020", earliest="2020-01-01"),)
    comparison = replace(comparison, plans=(*plans, *comparison.plans[1:]))
    text = findings.scope(comparison, SAY, places(comparison, SAY))
    assert "Ban hành 2020. Chỉ 1 kế hoạch ghi ngày ban hành." in text


@pytest.mark.parametrize("fault", ["collective", "several"])
def test_no_example_where_none_is_clear(fault: str) -> None:
    """Groups of bodies, and places that charge several, show no contrast."""
    comparison = made.comparison(2)
    leads = comparison.leads
    if fault == "collective":
        leads = tuple(replace(each, role=replace(each.role, named=False)) for each in leads)
    else:
        other = replace(leads[0].role, agency="Công an tỉnh", today="Công an tỉnh")
        leads = (*leads, replace(leads[0], role=other))
    text = "1 nội dung được giao cho cơ quan khác nhau giữa các nơi."
    assert text in told(replace(comparison, leads=leads))


def test_an_indicator_of_one_word_is_no_example() -> None:
    comparison = made.comparison(2)
    short = replace(comparison.indicators[0], label="lớp")
    assert "1 chỉ tiêu có con số khác nhau." in told(replace(comparison, indicators=(short,)))
