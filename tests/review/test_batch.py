"""Corrections from files: what is read, what is refused, the sheet that people fill in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BadCorrection
from pipeline.review import batch
from pipeline.review.batch import Decision


def read(text: str, *, is_csv: bool = True) -> list[Decision | BadCorrection]:
    return list(batch.read(text.encode(), is_csv=is_csv))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", None),
        ("2024-07-31", "2024-07-31"),
        ("value=2024-07-31", {"value": "2024-07-31"}),
        ("value=2024; relation=before", {"value": "2024", "relation": "before"}),
        ("unit=xã; phường; comparator=>=", {"unit": "xã; phường", "comparator": ">="}),
        ('{"value": 5}', {"value": 5}),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("value=", {"value": ""}),
    ],
)
def test_new_fields_in_a_cell(cell: str, expected: Any) -> None:
    assert batch.parse_new(cell) == expected


@pytest.mark.parametrize("mark", [",", ";"])
def test_rows_of_a_sheet(mark: str) -> None:
    rows = ["plan,value,verdict,new,start,end,why", "a,deadline/1-2,Accept,,,,", "a,x,,,,,",
            "a,deadline,add,2031,3,9,trang 2", "a,header/title,edit,'=1,,,"]  # fmt: skip
    found = read("\ufeff" + "\r\n".join(rows).replace(",", mark))
    assert found == [
        Decision(1, "a", "deadline/1-2", "accept", None, None, None, "", None),
        Decision(3, "a", "deadline", "add", "2031", (3, 9), None, "trang 2", None),
        Decision(4, "a", "header/title", "edit", "'=1", None, None, "", None),
    ]  # fmt: skip


def test_rows_of_a_list() -> None:
    data = [
        {"plan": "a", "value": "target/1-2", "verdict": "edit", "new": {"value": 5}, "seen": "f"},
        {"plan": "a", "value": "target/1-2", "verdict": "edit", "new": 5},
        {"plan": "a", "value": 7, "verdict": "undo"},
        "rubbish",
    ]
    found = read(json.dumps(data), is_csv=False)
    assert [one.new for one in found if isinstance(one, Decision)] == [{"value": 5}, "5", None]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"verdict": "accept"}, "must be given"),
        ({"plan": "a", "value": [1], "verdict": "accept"}, "no text"),
        ({"plan": "a", "value": "b", "verdict": "add", "start": "x"}, "invalid literal"),
        ({"plan": "a", "value": "b", "verdict": "edit", "new": [1]}, "neither text"),
        ({"plan": "a", "value": "b", "verdict": "edit", "new": "{"}, "row 1"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_on(row: dict, reason: str) -> None:
    good = {"plan": "a", "value": "b", "verdict": "reject"}
    found = read(json.dumps([row, good]), is_csv=False)
    assert reason in str(found[0])
    assert isinstance(found[1], Decision)


@pytest.mark.parametrize(
    ("data", "is_csv"),
    [
        (b"\xff\xfe", True), (b"", True), (b"plan,value\na,b", True), (b"{}", False),
        (b"[", False), (b"[" * 100_000, False), (b'plan,value,verdict\n"a,b,c', True),
    ],
)  # fmt: skip
def test_what_is_no_file_of_corrections(data: bytes, is_csv: bool) -> None:
    with pytest.raises(BadCorrection):
        list(batch.read(data, is_csv=is_csv))


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, is_csv: bool) -> None:
    head = b"plan,value,verdict,new,start\n" if is_csv else b""
    try:
        found = list(batch.read(head + data, is_csv=is_csv))
    except BadCorrection:
        return
    assert all(isinstance(one, Decision | BadCorrection) for one in found)


def test_new_values_without_bottom_are_refused_row_by_row() -> None:
    deep = '{"a":' * 3000
    row = {"plan": "p", "value": "deadline/1-2", "verdict": "edit"}
    rows = [{**row, "new": new} for new in (deep, "1")]
    refused, taken = batch.read(json.dumps(rows).encode(), is_csv=False)
    assert isinstance(refused, BadCorrection)
    assert isinstance(taken, Decision)
