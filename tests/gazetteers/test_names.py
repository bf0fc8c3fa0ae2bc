"""Document types, issuers, laws, programmes and agencies as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest

from pipeline import gazetteers
from pipeline.gazetteers import AgencyRow
from pipeline.language.keys import toned

FILES = (
    "agencies",
    "document_types",
    "holidays",
    "issuer_codes",
    "laws",
    "programmes",
    "provinces",
)

# Words of the grammar, and how many crosses each may bear.
GRAMMAR = {"agency_heads": 4, "name_stops": 1, "class_nouns": 3, "class_qualities": 0}
# Their source is still to be found.
UNSOURCED = {"Đài Phát thanh và Truyền hình"}


@pytest.mark.parametrize("name", FILES)
def test_every_row_says_where_it_is_from(name: str) -> None:
    rows = list(gazetteers.rows(name))
    assert rows
    for row in rows:
        assert None not in row, "more cells than columns"
        assert None not in row.values(), "fewer cells than columns"
        assert row["source"] or row["name"] in UNSOURCED, row
        assert all(value == value.strip() for value in row.values()), row


@pytest.mark.parametrize("name", [*FILES, *GRAMMAR])
def test_no_row_stands_twice(name: str) -> None:
    rows = [tuple(row.values()) for row in gazetteers.rows(name)]
    assert len(rows) == len(set(rows))


def test_words_of_the_grammar_are_whole_and_flags_are_crosses() -> None:
    for name, flags in GRAMMAR.items():
        for row in gazetteers.rows(name):
            word, *uses = row.values()
            assert word and word == " ".join(word.split()), row
            assert set(uses[:flags]) <= {"", "x"}, row
    assert len({row.word for row in gazetteers.name_stops()}) == len(gazetteers.name_stops())
    assert len({row.name for row in gazetteers.agency_heads()}) == len(gazetteers.agency_heads())


def test_document_types_both_ways() -> None:
    types, codes = gazetteers.document_types(), gazetteers.document_codes()
    rows = list(gazetteers.rows("document_types"))
    assert len(types) == len(codes) == len(rows)
    for row in rows:
        assert types[row["code"].casefold()] == row["name"]
        assert codes[row["name"].casefold()] == row["code"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KH", "Kế hoạch"),
        ("CTr", "Chương trình"),
        ("TTr", "Tờ trình"),
        ("QyĐ", "Quy định"),
        ("KL", "Kết luận"),
        ("VBHN", "Văn bản hợp nhất"),
    ],
)
def test_types_of_the_decrees(code: str, name: str) -> None:
    assert gazetteers.document_types()[code.casefold()] == name


def test_issuer_codes_name_somebody() -> None:
    codes = gazetteers.issuer_codes()
    assert codes["TTg"] == "Thủ tướng Chính phủ"
    assert codes["CP"] == "Chính phủ"
    assert all(codes.values())


def test_laws_have_a_kind_and_a_name() -> None:
    for kind, name in gazetteers.laws():
        assert kind in ("Luật", "Bộ luật", "Pháp lệnh")
        assert name[0].isupper()


def test_programmes_name_their_document() -> None:
    programmes = dict(gazetteers.programmes())
    assert programmes["Đề án 06"] == "06/QĐ-TTg"
    assert programmes["Đề án số 06"] == "06/QĐ-TTg"


AGENCIES = gazetteers.agencies()


@pytest.mark.parametrize("row", AGENCIES, ids=lambda row: row.name)
def test_agencies(row: AgencyRow) -> None:
    assert row.kind in ("named", "collective", "generic")
    assert row.level in ("", "central", "province", "district", "commune", "internal")
    for day in filter(None, (row.valid_from, row.valid_to)):
        date.fromisoformat(day)
    if row.valid_from and row.valid_to:
        assert row.valid_from < row.valid_to
    assert row.name not in row.successors


def test_successors_exist() -> None:
    """What follows a closed body is itself in the list, unless no list can hold it."""
    names = {row.name for row in AGENCIES}
    outside = {"Công an tỉnh"}
    for row in AGENCIES:
        assert set(row.successors) - outside <= names, row.name


def spellings() -> Iterator[tuple[str, AgencyRow]]:
    for row in AGENCIES:
        for name in {toned(name) for name in (row.name, *row.aliases)}:
            yield name, row


def test_one_spelling_means_one_body_at_a_time() -> None:
    known: dict[str, list[AgencyRow]] = {}
    for name, row in spellings():
        known.setdefault(name, []).append(row)
    for name, rows in known.items():
        for one, other in combinations(rows, 2):
            apart = (one.valid_to or "9999") < (other.valid_from or "0000") or (
                other.valid_to or "9999"
            ) < (one.valid_from or "0000")
            assert apart, name


@pytest.mark.parametrize(
    ("name", "first_successor"),
    [
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
        ("Sở Giao thông vận tải", "Sở Xây dựng"),
        ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
        ("Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"),
    ],
)
def test_bodies_closed_in_march_2025(name: str, first_successor: str) -> None:
    (row,) = [row for row in AGENCIES if row.name == name]
    assert row.valid_to == "2025-02-28"
    assert row.successors[0] == first_successor
