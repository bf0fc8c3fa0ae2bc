"""Numbers of documents: their parts, their canonical spelling, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.structure import numbers

# Others use the processor too: no clock.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("printed", "serial", "year", "kind", "bodies"),
    [
        ("41/KH-UBND", "41", None, "KH", ("UBND",)),
        ("123/2025/NĐ-CP", "123", "2025", "NĐ", ("CP",)),
        ("66.3/2025/NQ-CP", "66.3", "2025", "NQ", ("CP",)),
        ("47c/NQ-CP", "47c", None, "NQ", ("CP",)),
        ("08/2021/QH15", "08", "2021", None, ("QH15",)),
        ("917/NQ-UBTVQH15", "917", None, "NQ", ("UBTVQH15",)),
        ("31/2020/UBTVQH14", "31", "2020", None, ("UBTVQH14",)),
        ("52/2014/TTLT-BNV-BTC", "52", "2014", "TTLT", ("BNV", "BTC")),
        ("52/2014/TTLT/BNV-BTC", "52", "2014", "TTLT", ("BNV", "BTC")),
        ("771/UBND-VX", "771", None, None, ("UBND", "VX")),
        ("18-NQ/TW", "18", None, "NQ", ("TW",)),
        ("07-CTr/TU", "07", None, "CTr", ("TU",)),
        ("19-LCT/HĐNN7", "19", None, None, ("LCT", "HĐNN7")),
        ("21/VBHN-BTP", "21", None, "VBHN", ("BTP",)),
        ("88/QĐ-SNV-CCHC", "88", None, "QĐ", ("SNV", "CCHC")),
    ],
)
def test_parts(
    printed: str, serial: str, year: str | None, kind: str | None, bodies: tuple[str, ...]
) -> None:
    parsed = numbers.parse(printed)
    assert (parsed.serial, parsed.year, parsed.type_code, parsed.body_codes) == (
        serial,
        year,
        kind,
        bodies,
    )
    assert parsed.canonical == printed
    assert not parsed.repaired


@pytest.mark.parametrize(
    ("printed", "party", "term", "symbol"),
    [
        ("18-NQ/TW", True, None, "NQ/TW"),
        ("18/NQ-CP", False, None, "NQ-CP"),
        ("08/2021/QH15", False, "15", "2021/QH15"),
        ("917/NQ-UBTVQH15", False, "15", "NQ-UBTVQH15"),
    ],
)
def test_party_term_and_symbol(printed: str, party: bool, term: str | None, symbol: str) -> None:
    parsed = numbers.parse(printed)
    assert (parsed.party, parsed.term, parsed.symbol) == (party, term, symbol)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("5/2023/TT-BTС", "5/2023/TT-BTC"),  # the last letter is Cyrillic
        ("5/2023/NDCP", "5/2023/NĐ-CP"),
        ("5/2023/NĐCP", "5/2023/NĐ-CP"),
        ("5/2023/ND-CP", "5/2023/NĐ-CP"),
        ("5/NQCP", "5/NQ-CP"),
        ("5/QDTTg", "5/QĐ-TTg"),
        ("5/QÐ-TTg", "5/QĐ-TTg"),  # Icelandic Eth
        ("5/OĐ-TTg", "5/QĐ-TTg"),  # OCR
        ("5/2023/NQ-HDND", "5/2023/NQ-HĐND"),
        ("5/2023NQ-HĐND", "5/2023/NQ-HĐND"),
        ("5/2023/NQ_HĐND", "5/2023/NQ-HĐND"),
        ("5/Ctr-UBND", "5/CTr-UBND"),
        ("5/TTR-UBND", "5/TTr-UBND"),
        ("5/QĐ-TTG", "5/QĐ-TTg"),
        ("5/2023/UBTV QH15", "5/2023/UBTVQH15"),
    ],
)
def test_repairs(printed: str, canonical: str) -> None:
    parsed = numbers.parse(printed)
    assert parsed.canonical == canonical
    assert parsed.printed == printed.replace(" ", "")


@pytest.mark.parametrize(
    ("printed", "repaired"),
    [
        ("5/2023/TT-BTС", True),
        ("5/2023/NQ_HĐND", True),
        ("5/Ctr-UBND", True),
        ("5 / 2023 / NQ - HĐND", False),  # spaces are dropped, not repaired
        ("5/QĐ-\nUBND", False),
        ("5/QĐ–UBND", False),  # a dash is a dash
        ("5/QĐ-TTG", False),  # all in capitals, as titles are
    ],
)
def test_only_misspellings_are_repairs(printed: str, repaired: bool) -> None:
    assert numbers.parse(printed).repaired is repaired


@pytest.mark.parametrize("odd", ["", "abc", "12", "-", "/KH-UBND", "12/", "1.2.3/4", "số"])
def test_what_is_no_number_is_kept_as_it_is(odd: str) -> None:
    parsed = numbers.parse(odd)
    assert parsed.printed == odd
    assert parsed.type_code is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("số 41/KH-UBND ngày", ["41/KH-UBND"]),
        ("số 41/KH-UBND.", ["41/KH-UBND"]),
        ("(18-NQ/TW)", ["18-NQ/TW"]),
        ("số 1234567/KH-UBND", []),  # no serial has seven digits
        ("số 41/K" + "H" * 60, []),  # no sign is that long
        ("số 41/KH-U" + "9" * 60, ["41/KH"]),
        ("ngày 12/3/2024", []),
        ("3/4 số hộ", []),
        ("http://a.vn/12/KH-UBND", []),  # inside an address
        ("12/QĐ-UBND, 13/QĐ-UBND", ["12/QĐ-UBND", "13/QĐ-UBND"]),
    ],
)
def test_where_numbers_stand(text: str, found: list[str]) -> None:
    assert [m.group().rstrip(".,") for m in numbers.NUMBER.finditer(text)] == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" ngày 05/01/2024", "2024-01-05"),
        (" ngày 5-1-2024", "2024-01-05"),
        (" ngày 5.1.2024", "2024-01-05"),
        (", ngày 05 tháng 01 năm 2024", "2024-01-05"),
        (" ngày\n05/01/2024", "2024-01-05"),
        (" ngày 31/02/2024", None),
        (" ngày 29/02/2024", "2024-02-29"),
        (" ngày 29/02/2023", None),
        (" ngày 12/13/2024", None),
        (" ngày 00/01/2024", None),
    ],
)
def test_dates(text: str, value: str | None) -> None:
    match = numbers.DATE.match(text)
    assert match is not None
    assert numbers.edtf_date(match) == value


SERIALS = st.one_of(
    st.integers(1, 99999).map(str),
    st.tuples(st.integers(1, 99), st.integers(1, 99)).map(lambda pair: f"{pair[0]}.{pair[1]}"),
    st.tuples(st.integers(1, 99), st.sampled_from("abcđ")).map(lambda pair: f"{pair[0]}{pair[1]}"),
)
BODIES = st.sampled_from(["UBND", "HĐND", "TTg", "CP", "BTC", "SNV", "TW", "TU", "BGDĐT", "QH15"])
KINDS = st.sampled_from(["KH", "QĐ", "NQ", "CTr", "TTr", "NĐ", "QD", "Ctr", "OĐ", "ND"])
SEPARATORS = st.sampled_from(["-", "–", "_", " - ", "- ", "-\n"])
STATE = st.builds(
    lambda n, year, kind, mark, body: f"{n}/{year}{kind}{mark}{body}",
    SERIALS,
    st.sampled_from(["", "2024/", "2024"]),
    KINDS,
    SEPARATORS,
    BODIES,
)
PARTY = st.builds(lambda n, kind, body: f"{n}-{kind}/{body}", SERIALS, KINDS, BODIES)


@UNHURRIED
@given(st.one_of(STATE, PARTY, st.text(max_size=20)))
def test_canonical_spelling_is_stable(printed: str) -> None:
    canonical = numbers.parse(printed).canonical
    assert numbers.parse(canonical).canonical == canonical


@UNHURRIED
@given(st.one_of(STATE, PARTY))
def test_serials_are_never_cut_short(printed: str) -> None:
    parsed = numbers.parse(printed)
    assert printed.startswith(parsed.serial)
    assert not printed[len(parsed.serial)].isalnum()
