"""Provinces of both eras: 63 before July 2025, 34 since, and the way from one to the other."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from pipeline import gazetteers
from pipeline.gazetteers import ProvinceRow
from pipeline.language.keys import key

ROWS = gazetteers.provinces()
CURRENT = [row for row in ROWS if not row.valid_to]
DAYS = {"2024-06-01": 63, "2025-01-15": 63, "2025-08-01": 34, "2026-05-01": 34}
# Codes that meant another province before July 2025.
REUSED = {
    "15": ("Yên Bái", "Lào Cai"),
    "24": ("Bắc Giang", "Bắc Ninh"),
    "44": ("Quảng Bình", "Quảng Trị"),
    "52": ("Bình Định", "Gia Lai"),
    "80": ("Long An", "Tây Ninh"),
    "82": ("Tiền Giang", "Đồng Tháp"),
    "91": ("Kiên Giang", "An Giang"),
}
FORMED = {
    "Tuyên Quang": {"Hà Giang", "Tuyên Quang"},
    "Lào Cai": {"Yên Bái", "Lào Cai"},
    "Thái Nguyên": {"Bắc Kạn", "Thái Nguyên"},
    "Phú Thọ": {"Vĩnh Phúc", "Hòa Bình", "Phú Thọ"},
    "Bắc Ninh": {"Bắc Giang", "Bắc Ninh"},
    "Hưng Yên": {"Thái Bình", "Hưng Yên"},
    "Hải Phòng": {"Hải Dương", "Hải Phòng"},
    "Ninh Bình": {"Hà Nam", "Nam Định", "Ninh Bình"},
    "Quảng Trị": {"Quảng Bình", "Quảng Trị"},
    "Đà Nẵng": {"Quảng Nam", "Đà Nẵng"},
    "Quảng Ngãi": {"Kon Tum", "Quảng Ngãi"},
    "Gia Lai": {"Bình Định", "Gia Lai"},
    "Khánh Hòa": {"Ninh Thuận", "Khánh Hòa"},
    "Lâm Đồng": {"Đắk Nông", "Bình Thuận", "Lâm Đồng"},
    "Đắk Lắk": {"Phú Yên", "Đắk Lắk"},
    "Hồ Chí Minh": {"Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"},
    "Đồng Nai": {"Bình Phước", "Đồng Nai"},
    "Tây Ninh": {"Long An", "Tây Ninh"},
    "Cần Thơ": {"Sóc Trăng", "Hậu Giang", "Cần Thơ"},
    "Vĩnh Long": {"Bến Tre", "Trà Vinh", "Vĩnh Long"},
    "Đồng Tháp": {"Tiền Giang", "Đồng Tháp"},
    "Cà Mau": {"Bạc Liêu", "Cà Mau"},
    "An Giang": {"Kiên Giang", "An Giang"},
}
UNCHANGED = {
    "Hà Nội", "Huế", "Cao Bằng", "Điện Biên", "Lai Châu", "Sơn La", "Lạng Sơn", "Quảng Ninh",
    "Thanh Hóa", "Nghệ An", "Hà Tĩnh",
}  # fmt: skip


def on(day: str) -> list[ProvinceRow]:
    return [row for row in ROWS if row.valid_on(day)]


@pytest.mark.parametrize(("day", "count"), DAYS.items())
def test_how_many_there_are(day: str, count: int) -> None:
    assert len(on(day)) == count


@pytest.mark.parametrize("day", DAYS)
def test_no_code_and_no_name_twice_on_one_day(day: str) -> None:
    rows = on(day)
    assert max(Counter(row.code for row in rows).values()) == 1
    assert max(Counter(row.name for row in rows).values()) == 1


def test_every_row_is_complete() -> None:
    for row in ROWS:
        assert row.name
        assert row.source, row.name
        assert len(row.code) == 2
        assert row.code.isdigit()
        assert row.kind in ("tỉnh", "thành phố")
        for day in filter(None, (row.valid_from, row.valid_to)):
            date.fromisoformat(day)
        if row.valid_from and row.valid_to:
            assert row.valid_from < row.valid_to
        assert bool(row.valid_to) == bool(row.successor), row.name


def test_rows_of_one_name_do_not_overlap() -> None:
    for row in ROWS:
        for other in ROWS:
            if row is not other and row.name == other.name:
                assert (row.valid_to or "9999") < (other.valid_from or "0000") or (
                    other.valid_to or "9999"
                ) < (row.valid_from or "0000")


def test_every_province_leads_to_one_of_todays() -> None:
    for row in ROWS:
        assert gazetteers.current(row) in CURRENT, row.name


def test_sixty_three_became_thirty_four() -> None:
    before = {row.name: gazetteers.current(row).name for row in on("2025-01-15")}
    grouped: dict[str, set[str]] = {}
    for old, new in before.items():
        grouped.setdefault(new, set()).add(old)
    assert {new: olds for new, olds in grouped.items() if new in FORMED} == FORMED
    assert {new for new, olds in grouped.items() if olds == {new}} == UNCHANGED
    assert len(grouped) == len(FORMED) + len(UNCHANGED) == 34


def test_todays_codes_are_the_official_ones() -> None:
    codes = """
        01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82
        86 91 92 96
    """
    assert sorted(row.code for row in CURRENT) == codes.split()


@pytest.mark.parametrize(("code", "names"), REUSED.items())
def test_reused_codes(code: str, names: tuple[str, str]) -> None:
    before = {row.code: row.name for row in on("2025-06-30")}
    after = {row.code: row.name for row in on("2025-07-01")}
    assert (before[code], after[code]) == names


def test_no_other_code_was_reused() -> None:
    before = {row.code: row.name for row in on("2025-06-30")}
    after = {row.code: row.name for row in on("2025-07-01")}
    assert {code for code in after if before.get(code, after[code]) != after[code]} == set(REUSED)


@pytest.mark.parametrize(
    ("name", "day", "code", "kind"),
    [
        ("Sóc Trăng", "2019-05-01", "94", "tỉnh"),
        ("Thừa Thiên Huế", "2024-12-31", "46", "tỉnh"),
        ("Huế", "2025-01-01", "46", "thành phố"),
        ("Huế", "2025-08", "46", "thành phố"),
        ("Đồng Nai", "2026-04-29", "75", "tỉnh"),
        ("Đồng Nai", "2026-04-30", "75", "thành phố"),
        ("Lào Cai", "2025-06-30", "10", "tỉnh"),
        ("Lào Cai", "2025-07-01", "15", "tỉnh"),
        ("Lào Cai", None, "10", "tỉnh"),
        ("Tây Ninh", "2031", "80", "tỉnh"),
    ],
)
def test_a_province_on_a_day(name: str, day: str | None, code: str, kind: str) -> None:
    row = gazetteers.province_on(name, day)
    assert row is not None
    assert (row.code, row.kind) == (code, kind)


@pytest.mark.parametrize(
    ("name", "day", "today", "code"),
    [
        ("Sóc Trăng", "2019-05-01", "Cần Thơ", "92"),
        ("Thừa Thiên Huế", "2020-01-01", "Huế", "46"),
        ("Đồng Nai", "2020-01-01", "Đồng Nai", "75"),
        ("Bình Phước", "2020-01-01", "Đồng Nai", "75"),
        ("Quảng Nam", "2024-01-01", "Đà Nẵng", "48"),
        ("Hà Nội", "2024-01-01", "Hà Nội", "01"),
    ],
)
def test_todays_province(name: str, day: str, today: str, code: str) -> None:
    row = gazetteers.province_on(name, day)
    assert row is not None
    current = gazetteers.current(row)
    assert (current.name, current.code) == (today, code)


def test_an_unknown_province_is_none() -> None:
    assert gazetteers.province_on("Atlantis", "2031") is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("KHÁNH HOÀ", "Khánh Hòa"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("Bắc Cạn", "Bắc Kạn"),
        ("Huế", "Huế"),
    ],
)
def test_names_as_printed(printed: str, name: str) -> None:
    assert gazetteers.province_names()[key(printed)] == name
