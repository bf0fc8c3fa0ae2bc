"""Citations: a table of sentences and what is found in them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.entities import references
from pipeline.entities.references import Mention

# Others use the processor too: no clock.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def only(text: str) -> Mention:
    found = references.find(text)
    assert len(found) == 1, [text[m.start : m.end] for m in found]
    return found[0]


FORMS = [
    # state, with and without a year in the number
    (
        "thực hiện Kế hoạch số 41/KH-UBND ngày 07/3/2019 của UBND tỉnh về cây xanh",
        ("Kế hoạch số 41/KH-UBND ngày 07/3/2019", "Kế hoạch", "41/KH-UBND", "2019-03-07"),
    ),
    (
        "theo Nghị định số 15/2031/NĐ-CP ngày 09 tháng 6 năm 2031 của Chính phủ",
        (
            "Nghị định số 15/2031/NĐ-CP ngày 09 tháng 6 năm 2031",
            "Nghị định",
            "15/2031/NĐ-CP",
            "2031-06-09",
        ),
    ),
    (
        "Thông tư 22/2021/TT-BNV quy định",
        ("Thông tư 22/2021/TT-BNV", "Thông tư", "22/2021/TT-BNV", None),
    ),
    (
        "Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025",
        (
            "Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025",
            "Nghị quyết",
            "66.7/2025/NQ-CP",
            "2025-11-15",
        ),
    ),
    # letter suffixes
    ("Nghị quyết số 47c/NQ-CP", ("Nghị quyết số 47c/NQ-CP", "Nghị quyết", "47c/NQ-CP", None)),
    ("Quyết định số 9a/QĐ-UBND", ("Quyết định số 9a/QĐ-UBND", "Quyết định", "9a/QĐ-UBND", None)),
    # the assembly: the word before the number says what it is
    ("Luật số 33/2029/QH16", ("Luật số 33/2029/QH16", "Luật", "33/2029/QH16", None)),
    (
        "Nghị quyết số 34/2029/QH16",
        ("Nghị quyết số 34/2029/QH16", "Nghị quyết", "34/2029/QH16", None),
    ),
    # its standing committee
    (
        "Nghị quyết số 917/NQ-UBTVQH15 ngày 05/7/2022",
        (
            "Nghị quyết số 917/NQ-UBTVQH15 ngày 05/7/2022",
            "Nghị quyết",
            "917/NQ-UBTVQH15",
            "2022-07-05",
        ),
    ),
    (
        "Nghị quyết số 1801/2015/UBTVQH13",
        ("Nghị quyết số 1801/2015/UBTVQH13", "Nghị quyết", "1801/2015/UBTVQH13", None),
    ),
    (
        "Pháp lệnh số 06/2021/UBTVQH14",
        ("Pháp lệnh số 06/2021/UBTVQH14", "Pháp lệnh", "06/2021/UBTVQH14", None),
    ),
    # joint acts
    (
        "Thông tư liên tịch số 52/2014/TTLT-BNV-BTC ngày 08/11/2014",
        (
            "Thông tư liên tịch số 52/2014/TTLT-BNV-BTC ngày 08/11/2014",
            "Thông tư liên tịch",
            "52/2014/TTLT-BNV-BTC",
            "2014-11-08",
        ),
    ),
    (
        "Thông tư liên tịch số 52/2008/TTLT/BNV-BTC",
        (
            "Thông tư liên tịch số 52/2008/TTLT/BNV-BTC",
            "Thông tư liên tịch",
            "52/2008/TTLT/BNV-BTC",
            None,
        ),
    ),
    # official letters, with no type in the number
    (
        "Công văn số 771/UBND-VX ngày 12/02/2026",
        ("Công văn số 771/UBND-VX ngày 12/02/2026", "Công văn", "771/UBND-VX", "2026-02-12"),
    ),
    ("Văn bản số 62/SNV-CCHC", ("Văn bản số 62/SNV-CCHC", "Văn bản", "62/SNV-CCHC", None)),
    # the Party
    (
        "Nghị quyết số 18-NQ/TW ngày 02/02/2032 của Bộ Chính trị",
        ("Nghị quyết số 18-NQ/TW ngày 02/02/2032", "Nghị quyết", "18-NQ/TW", "2032-02-02"),
    ),
    (
        "Kết luận số 83-KL/TU ngày 15/8/2025",
        ("Kết luận số 83-KL/TU ngày 15/8/2025", "Kết luận", "83-KL/TU", "2025-08-15"),
    ),
    ("Quy định số 71-QĐ/TW", ("Quy định số 71-QĐ/TW", "Quy định", "71-QĐ/TW", None)),
    ("Quyết định số 71-QĐ/TU", ("Quyết định số 71-QĐ/TU", "Quyết định", "71-QĐ/TU", None)),
    ("Chương trình số 07-CTr/TU", ("Chương trình số 07-CTr/TU", "Chương trình", "07-CTr/TU", None)),
    ("Công văn số 235-CV/BTGTU", ("Công văn số 235-CV/BTGTU", "Công văn", "235-CV/BTGTU", None)),
    # merged texts, old forms, orders
    (
        "Văn bản hợp nhất số 21/VBHN-BTP",
        ("Văn bản hợp nhất số 21/VBHN-BTP", "Văn bản hợp nhất", "21/VBHN-BTP", None),
    ),
    ("Luật số 19-LCT/HĐNN7", ("Luật số 19-LCT/HĐNN7", "Luật", "19-LCT/HĐNN7", None)),
    ("Lệnh số 17/2004/L-CTN", ("Lệnh số 17/2004/L-CTN", "Lệnh", "17/2004/L-CTN", None)),
    # a unit or an office behind the body
    (
        "Quyết định số 88/QĐ-UBND-NC ngày 03/01/2024",
        (
            "Quyết định số 88/QĐ-UBND-NC ngày 03/01/2024",
            "Quyết định",
            "88/QĐ-UBND-NC",
            "2024-01-03",
        ),
    ),
    # a comma before the date, month and year alone
    (
        "Chỉ thị số 05/CT-UBND, ngày 12/12/2023",
        ("Chỉ thị số 05/CT-UBND, ngày 12/12/2023", "Chỉ thị", "05/CT-UBND", "2023-12-12"),
    ),
    (
        "Kế hoạch số 05/KH-UBND tháng 3/2023",
        ("Kế hoạch số 05/KH-UBND tháng 3/2023", "Kế hoạch", "05/KH-UBND", "2023-03"),
    ),
    # line ends and spaces inside
    (
        "Quyết định số 2345/QĐ-\nUBND ngày\n03/01/2024",
        (
            "Quyết định số 2345/QĐ-\nUBND ngày\n03/01/2024",
            "Quyết định",
            "2345/QĐ-UBND",
            "2024-01-03",
        ),
    ),
    (
        "Quyết định số 08 / 2024 / QĐ - UBND ngày 03/01/2024",
        (
            "Quyết định số 08 / 2024 / QĐ - UBND ngày 03/01/2024",
            "Quyết định",
            "08/2024/QĐ-UBND",
            "2024-01-03",
        ),
    ),
    # abbreviated kinds, no kind at all
    ("NQ số 18-NQ/TW", ("NQ số 18-NQ/TW", "Nghị quyết", "18-NQ/TW", None)),
    ("xem 22/2021/TT-BNV thì rõ", ("22/2021/TT-BNV", None, "22/2021/TT-BNV", None)),
    # a day that no calendar has is no date
    (
        "Nghị quyết số 98/NQ-CP ngày 31/02/2024",
        ("Nghị quyết số 98/NQ-CP", "Nghị quyết", "98/NQ-CP", None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms_of_numbers(text: str, expected: tuple[str, str | None, str, str | None]) -> None:
    mention = only(text)
    assert mention.number is not None
    found = (text[mention.start : mention.end], mention.kind, mention.number.printed, mention.date)
    assert found == expected
    assert mention.notices == ()


@pytest.mark.parametrize(
    ("text", "printed", "canonical"),
    [
        ("Thông tư số 12/2023/TT-BTС ngày 01/02/2023", "12/2023/TT-BTС", "12/2023/TT-BTC"),
        ("Nghị định số 45/2020/NDCP ngày 08/4/2020", "45/2020/NDCP", "45/2020/NĐ-CP"),
        ("Nghị quyết số 07/2022/NQ-HDND", "07/2022/NQ-HDND", "07/2022/NQ-HĐND"),
        ("Nghị quyết số 14/2026NQ-HĐND", "14/2026NQ-HĐND", "14/2026/NQ-HĐND"),
        ("Nghị quyết số 14/2026/NQ_HĐND", "14/2026/NQ_HĐND", "14/2026/NQ-HĐND"),
        ("Chương trình số 12823/Ctr-UBND", "12823/Ctr-UBND", "12823/CTr-UBND"),
        ("Quyết định số 749/QÐ-TTg", "749/QÐ-TTg", "749/QĐ-TTg"),
        ("Quyết định số 749/OĐ-TTg", "749/OĐ-TTg", "749/QĐ-TTg"),
    ],
)
def test_dirty_numbers_are_repaired_with_a_notice(text: str, printed: str, canonical: str) -> None:
    mention = only(text)
    assert mention.number is not None
    assert (mention.number.printed, mention.number.canonical) == (printed, canonical)
    assert mention.notices == ("number-repaired",)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Quyết định số 5/QĐ-UBND ngày 03/01/2024 của UBND tỉnh về việc", "UBND tỉnh"),
        ("Quyết định số 5/QĐ-TTg của Thủ tướng Chính phủ phê duyệt", "Thủ tướng Chính phủ"),
        ("Chỉ thị của Chủ tịch UBND tỉnh số 5/CT-UBND ngày 03/01/2024", "Chủ tịch UBND tỉnh"),
        ("Tờ trình số 70/TTr-UBND của Sở Xây dựng", "Sở Xây dựng"),
        (
            "Kế hoạch số 5/KH-SVHTTDL của Sở Văn hóa, Thể thao và Du lịch, đơn vị",
            "Sở Văn hóa, Thể thao và Du lịch",
        ),
        (
            "theo đề nghị của Sở Nội vụ tại Tờ trình số 19/TTr-SNV ngày 02/01/2024",
            "Sở Nội vụ",
        ),
        ("Quyết định số 5/QĐ-UBND ngày 03/01/2024 về việc", None),
    ],
)
def test_issuers(text: str, issuer: str | None) -> None:
    assert only(text).issuer == issuer


def listed(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(text[m.start : m.end], m.kind, m.issuer) for m in references.find(text)]


def test_a_list_shares_its_head() -> None:
    assert listed("các Quyết định số 11/QĐ-UBND, 12/QĐ-UBND và 13/QĐ-UBND ngày 02/01/2024") == [
        ("Quyết định số 11/QĐ-UBND", "Quyết định", None),
        ("12/QĐ-UBND", "Quyết định", None),
        ("13/QĐ-UBND ngày 02/01/2024", "Quyết định", None),
    ]


def test_a_list_with_dates_and_one_issuer() -> None:
    text = (
        "Chỉ thị số 10/CT-TTg ngày 18/4/2023 của Thủ tướng Chính phủ; số 31/CT-TTg ngày 04/10/2019"
    )
    assert listed(text) == [
        ("Chỉ thị số 10/CT-TTg ngày 18/4/2023", "Chỉ thị", "Thủ tướng Chính phủ"),
        ("số 31/CT-TTg ngày 04/10/2019", "Chỉ thị", "Thủ tướng Chính phủ"),
    ]


@pytest.mark.parametrize(
    ("text", "cited", "name", "date"),
    [
        ("theo Luật Đất đai năm 2024", "Luật Đất đai năm 2024", "Đất đai", "2024"),
        ("theo Luật Đất đai và hướng dẫn", "Luật Đất đai", "Đất đai", None),
        (
            "Luật Tổ chức chính quyền địa phương ngày 16/6/2025",
            "Luật Tổ chức chính quyền địa phương ngày 16/6/2025",
            "Tổ chức chính quyền địa phương",
            "2025-06-16",
        ),
        ("Luật Thanh niên số 57/2020/QH14", "Luật Thanh niên số 57/2020/QH14", "Thanh niên", None),
        (
            "Luật Phòng, chống tham nhũng năm 2018",
            "Luật Phòng, chống tham nhũng năm 2018",
            "Phòng, chống tham nhũng",
            "2018",
        ),
        (
            "Bộ luật Lao động ngày 20/11/2019",
            "Bộ luật Lao động ngày 20/11/2019",
            "Lao động",
            "2019-11-20",
        ),
        ("Hiến pháp năm 2013", "Hiến pháp năm 2013", "Hiến pháp", "2013"),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Quảng cáo số 95/2031/QH16",
            "Luật sửa đổi, bổ sung một số điều của Luật Quảng cáo số 95/2031/QH16",
            "sửa đổi, bổ sung một số điều của Luật Quảng cáo",
            None,
        ),
        # a law that no list knows
        ("Luật Nuôi ong được thông qua", "Luật Nuôi ong", "Nuôi ong", None),
    ],
)
def test_laws_by_name(text: str, cited: str, name: str, date: str | None) -> None:
    mention = only(text)
    assert (text[mention.start : mention.end], mention.name, mention.date) == (cited, name, date)


def test_laws_in_a_row() -> None:
    text = "Luật Đầu tư công, Luật Xây dựng và Luật Đấu thầu"
    cited = [text[m.start : m.end] for m in references.find(text)]
    assert cited == ["Luật Đầu tư công", "Luật Xây dựng", "Luật Đấu thầu"]


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("điểm b khoản 2 Điều 15 Nghị định số 30/2031/NĐ-CP", "Điều 15, khoản 2, điểm b"),
        ("khoản 1 Điều 5 của Luật Đất đai", "Điều 5, khoản 1"),
        ("Điều 5, khoản 2 Nghị định số 30/2031/NĐ-CP", "Điều 5, khoản 2"),
        ("Phụ lục III Nghị định số 30/2031/NĐ-CP", "Phụ lục III"),
        ("các Điều 5, 6 và 7 Nghị định số 30/2031/NĐ-CP", "Điều 5, 6 và 7"),
        ("theo Nghị định số 30/2031/NĐ-CP", None),
    ],
)
def test_pin_cites(text: str, pinpoint: str | None) -> None:
    assert only(text).pinpoint == pinpoint


@pytest.mark.parametrize(
    ("text", "cited", "number"),
    [
        ("Nghị quyết số 18 của Bộ Chính trị", "Nghị quyết số 18", "18"),
        ("Kế hoạch 2514 ngày 03/4/2024", "Kế hoạch 2514 ngày 03/4/2024", "2514"),
    ],
)
def test_serials_alone(text: str, cited: str, number: str) -> None:
    mention = only(text)
    assert mention.number is not None
    assert (text[mention.start : mention.end], mention.number.printed) == (cited, number)
    assert mention.short


def test_a_resolution_of_the_central_committee_has_no_number() -> None:
    mention = only("quán triệt Nghị quyết Trung ương 4 (khóa XII) về xây dựng Đảng")
    assert (mention.kind, mention.number) == ("Nghị quyết", None)


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số      /QĐ-UBND ngày     /    /2024",
        "Công văn số:      /SNV-CCHC",
        "Kế hoạch số …/KH-UBND",
        "tỷ lệ 3/4 số hộ dân",
        "ngày 21/3/2024",
        "kế hoạch 30 ngày đầu",
        "Nghị quyết 5 điểm của hội nghị",
        "đoạn Km12/QL1A",
        "trang http://vanban.vn/12/KH-UBND",
        "Luật sư bào chữa",
        "pháp luật lao động",
    ],
)
def test_look_alikes_are_none(text: str) -> None:
    assert references.find(text) == []


@pytest.mark.parametrize(
    ("text", "cited", "is_self"),
    [
        ("Kế hoạch này thay thế", "Kế hoạch này", True),
        ("nội dung Đề án 06 được", "Đề án 06", False),
        ("Chương trình số 12 của tỉnh", "Chương trình số 12", False),
    ],
)
def test_short_forms(text: str, cited: str, is_self: bool) -> None:
    (mention,) = references.find_short(text)
    assert (text[mention.start : mention.end], mention.is_self) == (cited, is_self)
    assert mention.short
    assert mention.number is None


@pytest.mark.parametrize("text", ["Đề án 06/QĐ-TTg", "kế hoạch nảy mầm", "đề án số liệu"])
def test_no_short_forms(text: str) -> None:
    assert references.find_short(text) == []


@UNHURRIED
@given(
    st.lists(
        st.sampled_from(
            [
                *(text for text, _ in FORMS),
                "và",
                "của UBND tỉnh",
                ";",
                ",",
                "\n",
                "số",
                "ngày 2/3/2024",
            ]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_spans_are_in_order_and_numbers_whole(text: str) -> None:
    found = references.find(text)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        if mention.number is not None:
            words = re.sub(r"\s", "", text[mention.start : mention.end])
            assert mention.number.printed in words
            rest = text[mention.end : mention.end + 1]
            assert not rest.isalnum()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Công văn số §5/VP-HC ngày 08/01/2031)", "Công văn số §5/VP-HC ngày 08/01/2031"),
        ("Quyết định số 1$6/QĐ-UBND ngày 5/2/2031", "Quyết định số 1$6/QĐ-UBND ngày 5/2/2031"),
        ("Công văn số …/VP-HC ngày 08/01/2031", None),
        ("Kế hoạch số    /KH-UBND ngày 08/01/2031", None),
    ],
)
def test_a_number_that_a_scan_garbled_stays_open_and_is_unsure(
    text: str, expected: str | None
) -> None:
    found = [(text[m.start : m.end], m.number, m.confidence < 0.5) for m in references.find(text)]
    assert found == ([(expected, None, True)] if expected else [])
