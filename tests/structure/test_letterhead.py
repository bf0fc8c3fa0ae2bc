"""Letterhead: every field with the words it was read from, and blanks that stay blank."""

from __future__ import annotations

import re

import pytest

from pipeline.structure import acts, letterhead
from pipeline.structure.letterhead import Fact, Facts

FIELDS = (
    "number", "symbol", "issued_on", "place", "issuer", "title", "plan_period", "province",
)  # fmt: skip
HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 41/KH-UBND
Lâm Đồng, ngày 05 tháng 3 năm 2031
"""
TITLE = "Trồng cây xanh trên địa bàn tỉnh Lâm Đồng năm 2031"
REST = "Thực hiện chỉ đạo của Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:\nI. NỘI DUNG\nLàm.\n"


def document(head: str = HEAD, title: str = TITLE, rest: str = REST) -> str:
    return f"{head}\nKẾ HOẠCH\n{title}\n{rest}"


def read(text: str) -> Facts:
    facts = letterhead.read(text, acts.find_layout(text))
    for name in FIELDS:
        fact: Fact | None = getattr(facts, name)
        if fact is not None:
            start, end = fact.span
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
    return facts


def value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def codes(facts: Facts) -> list[str]:
    return [code for code, *_ in facts.notices]


def test_every_field() -> None:
    text = document()
    facts = read(text)
    assert {name: value(getattr(facts, name)) for name in FIELDS} == {
        "number": "41/KH-UBND",
        "symbol": "KH-UBND",
        "issued_on": "2031-03-05",
        "place": "Lâm Đồng",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        "title": TITLE,
        "plan_period": "2031",
        "province": "Lâm Đồng",
    }
    assert facts.notices == []
    assert facts.issued_on is not None
    assert text[slice(*facts.issued_on.span)] == "ngày 05 tháng 3 năm 2031"


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 41/KH-UBND", "41/KH-UBND", "KH-UBND"),
        ("Số 41/KH-UBND", "41/KH-UBND", "KH-UBND"),
        ("Số: 41 /KH-UBND", "41/KH-UBND", "KH-UBND"),
        ("Số: 41/ KH - UBND", "41/KH-UBND", "KH-UBND"),
        ("Số: 02/2031/QĐ-UBND", "02/2031/QĐ-UBND", "QĐ-UBND"),
        ("Số: 07-KH/TU", "07-KH/TU", "KH/TU"),
        ("Số: 41a/KH-UBND", "41a/KH-UBND", "KH-UBND"),
        ("Số:      /KH-UBND", None, "KH-UBND"),
        ("Số:/KH-SNV", None, "KH-SNV"),
        ("", None, None),
    ],
)
def test_numbers(line: str, number: str | None, symbol: str | None) -> None:
    facts = read(document(HEAD.replace("Số: 41/KH-UBND", line)))
    assert (value(facts.number), value(facts.symbol)) == (number, symbol)
    assert ("number-blank" in codes(facts)) == (symbol is not None and number is None)


@pytest.mark.parametrize(
    ("line", "date", "place", "code"),
    [
        ("Lâm Đồng, ngày 05 tháng 3 năm 2031", "2031-03-05", "Lâm Đồng", None),
        ("Lâm Đồng, ngày 5 tháng 12 năm 2031", "2031-12-05", "Lâm Đồng", None),
        ("Lâm Đồng, ngày    tháng 3 năm 2031", "2031-03", "Lâm Đồng", "date-partial"),
        ("Lâm Đồng, ngày     tháng     năm 2031", "2031", "Lâm Đồng", "date-partial"),
        ("Lâm Đồng, ngày … tháng … năm 2031", "2031", "Lâm Đồng", "date-partial"),
        ("Lâm Đồng, ngày     tháng     năm", None, "Lâm Đồng", "date-blank"),
        ("Lâm Đồng, ngày 31 tháng 02 năm 2031", None, "Lâm Đồng", "date-blank"),
        ("Lâm Đồng, ngày 05 tháng 13 năm 2031", None, "Lâm Đồng", "date-blank"),
        ("TP. Hồ Chí Minh, ngày 05 tháng 3 năm 2031", "2031-03-05", "TP. Hồ Chí Minh", None),
        ("Bà Rịa - Vũng Tàu, ngày 05 tháng 3 năm 2031", "2031-03-05", "Bà Rịa - Vũng Tàu", None),
        ("HẠNH PHÚC Lâm Đồng, ngày 05 tháng 3 năm 2031", "2031-03-05", "Lâm Đồng", None),
        ("Lâm Đồng, ngày 05 tháng 3 năm 20 31", "2031-03-05", "Lâm Đồng", None),
        ("", None, None, None),
    ],
)
def test_dates_and_places(line: str, date: str | None, place: str | None, code: str | None) -> None:
    facts = read(document(HEAD.replace("Lâm Đồng, ngày 05 tháng 3 năm 2031", line)))
    assert (value(facts.issued_on), value(facts.place)) == (date, place)
    assert codes(facts) == ([code] if code else [])


def test_a_receiving_stamp_is_nobodys_number() -> None:
    stamp = "VĂN PHÒNG\nĐẾN Số: .....532.....\nNgày: 09/3/2031\nChuyển: ......\n"
    facts = read(document(stamp + HEAD))
    assert value(facts.number) == "41/KH-UBND"
    assert value(facts.issued_on) == "2031-03-05"


def test_a_stamp_beside_a_blank_number() -> None:
    head = HEAD.replace(
        "Số: 41/KH-UBND", "Số:     /KH-UBND\nĐẾN Số: .....532.....\nNgày: 09/3/2031"
    )
    facts = read(document(head))
    assert (value(facts.number), value(facts.symbol)) == (None, "KH-UBND")


@pytest.mark.parametrize(
    ("left", "issuer"),
    [
        ("UBND TỈNH LÂM ĐỒNG", "UBND TỈNH LÂM ĐỒNG"),
        ("ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG", "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"),
        ("UBND TỈNH LÂM ĐỒNG\nSỞ NỘI VỤ", "SỞ NỘI VỤ"),
        ("UBND TỈNH LÂM ĐỒNG\nVĂN PHÒNG", "VĂN PHÒNG"),
        (
            "TỈNH LÂM ĐỒNG\nBAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ",
            "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ",
        ),
        ("BỘ NỘI VỤ", "BỘ NỘI VỤ"),
        ("TỈNH ỦY LÂM ĐỒNG", "TỈNH ỦY LÂM ĐỒNG"),
    ],
)
def test_issuers(left: str, issuer: str) -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG", left)
    assert value(read(document(head)).issuer) == issuer


def test_the_motto_may_stand_first() -> None:
    lines = HEAD.splitlines(keepends=True)
    facts = read(document("".join([*lines[3:6], *lines[:3], *lines[6:]])))
    assert value(facts.issuer) == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"


@pytest.mark.parametrize(
    ("opening", "issuer"),
    [
        (
            "Ủy ban nhân dân tỉnh Lâm Đồng ban hành Kế hoạch như sau:",
            "Ủy ban nhân dân tỉnh Lâm Đồng",
        ),
        ("Thực hiện chỉ đạo chung, Sở Nội vụ xây dựng Kế hoạch như sau:", "Sở Nội vụ"),
        ("Căn cứ tình hình, UBND tỉnh ban hành kế hoạch:", "UBND tỉnh"),
    ],
)
def test_without_a_letterhead_the_opening_says_who(opening: str, issuer: str) -> None:
    facts = read(document("", rest=f"{opening}\nI. NỘI DUNG\nLàm.\n"))
    assert value(facts.issuer) == issuer
    assert facts.issuer is not None
    assert facts.issuer.confidence < 1


def test_the_carrier_line_says_who() -> None:
    line = "(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 03/01/2031 của UBND tỉnh Lâm Đồng)\n"
    facts = read(document("", rest=line + "I. NỘI DUNG\nLàm.\n"))
    assert value(facts.issuer) == "UBND tỉnh Lâm Đồng"
    assert value(facts.number) is None


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Trồng cây năm 2031", "2031"),
        ("Trồng cây giai đoạn 2031-2035", "2031/2035"),
        ("Trồng cây giai đoạn 2031 - 2035", "2031/2035"),
        ("Trồng cây từ năm 2031 đến năm 2035", "2031/2035"),
        ("Năm học 2031-2032 của ngành giáo dục", "2031/2032"),
        ("Thực hiện Nghị quyết số 5/NQ-CP ngày 03/01/2029 trong năm 2031", "2031"),
        ("Thực hiện Nghị quyết số 5/NQ-CP ngày 03/01/2029 của Chính phủ", None),
        ("Trồng cây trên địa bàn tỉnh", None),
    ],
)
def test_plan_periods(title: str, period: str | None) -> None:
    assert value(read(document(title=title)).plan_period) == period


@pytest.mark.parametrize(
    ("head", "title", "province"),
    [
        (HEAD, TITLE, "Lâm Đồng"),
        (re.sub("LÂM ĐỒNG", "THỪA THIÊN HUẾ", HEAD), "Trồng cây", "Thừa Thiên Huế"),
        (re.sub("TỈNH LÂM ĐỒNG", "THÀNH PHỐ HUẾ", HEAD), "Trồng cây", "Huế"),
        (re.sub("LÂM ĐỒNG", "KHÁNH HOÀ", HEAD), "Trồng cây", "Khánh Hòa"),
        ("", "Trồng cây trên địa bàn tỉnh Bà Rịa - Vũng Tàu năm 2031", "Bà Rịa - Vũng Tàu"),
        ("BỘ NỘI VỤ\n-----\nSố: 41/KH-BNV\nHà Nội, ngày 05 tháng 3 năm 2031\n", "Trồng cây", None),
    ],
)
def test_provinces(head: str, title: str, province: str | None) -> None:
    assert value(read(document(head, title)).province) == province


def test_a_province_named_only_in_the_text_is_less_sure() -> None:
    body = "Sở Nội vụ tỉnh Lâm Đồng làm. " * 4
    sure = read(document("", "Trồng cây", f"I. NỘI DUNG\n{body}\n"))
    unsure = read(document("", "Trồng cây", "I. NỘI DUNG\nHọc tập tỉnh Lâm Đồng.\n"))
    assert value(sure.province) == value(unsure.province) == "Lâm Đồng"
    assert sure.province is not None
    assert unsure.province is not None
    assert unsure.province.confidence < sure.province.confidence < 1


def test_nothing_at_all() -> None:
    assert read("") == Facts()


SCAN = "ỦY BAN NHÂN DÂN\nTỈNH CÀ MAU\nSố: {number}\nCà Mau, {date}\nKẾ HOẠCH\nTrồng cây\n"


@pytest.mark.parametrize(
    ("number", "date", "unsure", "expected", "issued_on", "codes"),
    [
        ("12/KH-UBND", "ngày 03 tháng 4 năm 2031", "", "12/KH-UBND", "2031-04-03", []),
        ("12/KH-UBND", "ngày 03 tháng 4 năm 2031", "12", None, "2031-04-03", ["number-unsure"]),
        ("2L /KH-UBND", "ngày 03 tháng 4 năm 2031", "2L", None, "2031-04-03", ["number-unsure"]),
        ("12/KH-UBND", "ngày 03 tháng 4 năm 2031", "03", "12/KH-UBND", "2031-04", ["date-unsure"]),
        ("12/KH-UBND", "ngày 03 tháng 4 năm:2031", "", "12/KH-UBND", "2031-04-03", []),
        ("12/KH-UBND", "ngày2 tháng 4 năm 2031", "", "12/KH-UBND", "2031-04", ["date-unsure"]),
        ("12/KH-UBND", "ngày 12 tháng 1 năm 2031", "", "12/KH-UBND", "2031", ["date-unsure"]),
        ("12/KH-UBND", "ngày 2# tháng 4 năm 2031", "2#", "12/KH-UBND", "2031-04", ["date-partial"]),
        ("12/KH-UBND", "ngày @3 tháng? năm 2031", "@3", "12/KH-UBND", "2031", ["date-partial"]),
    ],
)
def test_what_is_written_by_hand_is_read_only_when_sure(
    number: str, date: str, unsure: str, expected: str | None, issued_on: str, codes: list[str]
) -> None:
    text = SCAN.format(number=number, date=date)
    doubtful = text.index(unsure) if unsure else -1

    def sureness(start: int, end: int) -> float:
        return 0.5 if start < doubtful + len(unsure) and doubtful < end else 0.95

    facts = letterhead.read(text, acts.find_layout(text), sureness)
    assert (facts.number.value if facts.number else None) == expected
    assert facts.symbol is not None and facts.symbol.value == "KH-UBND"
    assert facts.issued_on is not None and facts.issued_on.value == issued_on
    assert [code for code, *_ in facts.notices] == codes


@pytest.mark.parametrize("kind", ["Nghị định số", "Công văn: Số", "Thông báo số:"])
def test_the_number_of_a_cited_document_is_never_the_own_one(kind: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\nTỈNH CÀ MAU\nTheo {kind} 123/2030/NĐ-CP ngày 1/1/2030\n"
    facts = letterhead.read(text, acts.find_layout(text))
    assert facts.number is None and facts.symbol is None
