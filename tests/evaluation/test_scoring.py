"""Each rule of agreement, by one small difference between a record and its gold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models import Plan
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.scoring import CATEGORIES, Count, Score, score

GOLD: dict[str, Any] = {
    "header": {
        "kind": "KH",
        "number": "7/KH-UBND",
        "symbol": "KH-UBND",
        "issued_on": "2031-02-03",
        "place": "Hà Nội",
        "issuer": "UBND thành phố Hà Nội",
        "title": "Trồng cây năm 2031",
        "plan_period": "2031",
        "province": "Hà Nội",
        "signer": None,
        "recipients": ["Như trên"],
    },
    "outline": [{"path": ["I"]}, {"path": ["II"]}, {"path": ["II", "1"]}],
    "bullets": {"I": 1},
    "references": [
        {
            "text": "Quyết định số 12/QĐ-UBND ngày 05/01/2031",
            "kind": "Quyết định",
            "number": "12/QĐ-UBND",
            "date": "2031-01-05",
        }
    ],
    "agencies": [
        {"name": "Sở Xây dựng", "type": "named"},
        {"name": "Sở Tài chính", "type": "named"},
    ],
    "deadlines": [{"text": "trước ngày 30 tháng 6", "value": "../2031-06-30"}],
    "targets": [{"text": "500 cây", "value": 500}],
    "assignments": [
        {"section": ["II", "1"], "agency": "Sở Xây dựng", "role": "lead"},
        {"section": ["II", "1"], "agency": "Sở Tài chính", "role": "coordinate"},
    ],
}  # fmt: skip


@pytest.fixture
def compare(small_plan: Callable[..., Plan]) -> Callable[..., Score]:
    """Score the small plan against ``GOLD`` with some members replaced."""

    def run(plan: Plan | None = None, header: dict[str, Any] | None = None, **gold: Any) -> Score:
        content = GOLD | gold
        content["header"] = GOLD["header"] | (header or {})
        return score("000", Gold.model_validate(content), plan or small_plan())

    return run


def figures(count: Count) -> tuple[int, int, int]:
    return count.hits, count.extra, count.missed


def test_a_perfect_record(compare: Callable[..., Score]) -> None:
    result = compare()
    assert {c: n.f1 for c, n in result.counts.items()} == dict.fromkeys(CATEGORIES, 1.0)
    assert result.misses == []


def test_no_record_misses_everything() -> None:
    result = score("000", Gold.model_validate(GOLD), None)
    assert figures(result.counts["header"]) == (1, 0, 9)  # nobody signed: nothing to miss
    assert figures(result.counts["outline"]) == (0, 0, 3)
    assert figures(result.counts["assignments"]) == (0, 0, 2)
    assert figures(result.counts["deadline values"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("number", "7 /kh-ubnd", (10, 0, 0)),
        ("number", "8/KH-UBND", (9, 1, 1)),
        ("number", None, (9, 1, 0)),
        ("signer", "Trần Thị B", (9, 0, 1)),
        ("issuer", "Ủy ban nhân dân thành phố Hà Nội và các sở", (10, 0, 0)),
        ("issuer", "Sở Xây dựng", (9, 1, 1)),
        ("title", "Trồng cây năm 2031.", (10, 0, 0)),
        ("title", "Trồng rừng ven biển năm 2031", (9, 1, 1)),
        ("place", "HÀ NỘI", (10, 0, 0)),
        ("issued_on", "2031-02", (9, 1, 1)),
    ],
)
def test_header_fields(
    compare: Callable[..., Score], field: str, value: str | None, expected: tuple[int, int, int]
) -> None:
    assert figures(compare(header={field: value}).counts["header"]) == expected


def test_recipients_are_a_bag(compare: Callable[..., Score]) -> None:
    result = compare(header={"recipients": ["Như trên", "Như trên", "Lưu: VT"]})
    assert figures(result.counts["recipients"]) == (1, 0, 2)


def test_outline_compares_whole_paths(compare: Callable[..., Score]) -> None:
    result = compare(outline=[{"path": ["I"]}, {"path": ["II"]}, {"path": ["1"]}])
    assert figures(result.counts["outline"]) == (2, 1, 1)
    said = {((m.found or "").partition(" ")[0], m.expected) for m in result.misses}
    assert said == {("II/1", None), ("", "1")}


@pytest.mark.parametrize(
    ("bullets", "expected"),
    [
        ({"I": 1}, (1, 0, 0)),
        ({"I": 2, "II": 1}, (1, 0, 2)),
        ({}, (0, 1, 0)),
        ({"I+": 1}, (0, 1, 1)),
    ],
)
def test_bullets_are_counted(
    compare: Callable[..., Score], bullets: dict[str, int], expected: tuple[int, int, int]
) -> None:
    assert figures(compare(bullets=bullets).counts["bullets"]) == expected


class TestReferences:
    def test_paired_by_number(self, compare: Callable[..., Score]) -> None:
        reference = {"text": "QĐ 12", "number": "12/QĐ-UBND", "kind": "Quy định"}
        result = compare(references=[reference])
        assert figures(result.counts["references"]) == (1, 0, 0)
        assert figures(result.counts["ref.kind"]) == (0, 1, 1)
        assert figures(result.counts["ref.date"]) == (0, 1, 0)

    def test_another_number_is_another_document(self, compare: Callable[..., Score]) -> None:
        reference = GOLD["references"][0] | {"number": "12/QĐ-UBN"}
        result = compare(references=[reference])
        assert figures(result.counts["references"]) == (0, 1, 1)
        assert figures(result.counts["ref.date"]) == (0, 0, 0)

    def test_named_laws_pair_by_likeness(
        self, compare: Callable[..., Score], small_plan: Callable[..., Plan]
    ) -> None:
        law = (
            small_plan()
            .references[0]
            .model_copy(
                update={
                    "text": "Luật Lâm nghiệp năm 2017",
                    "number": None,
                    "kind": "Luật",
                    "date": None,
                }
            )
        )
        result = compare(
            small_plan(references=[law]),
            references=[{"text": "Luật Lâm nghiệp 2017", "kind": "Luật"}],
        )
        assert figures(result.counts["references"]) == (1, 0, 0)

    def test_each_mention_counts(self, compare: Callable[..., Score]) -> None:
        assert figures(compare(references=GOLD["references"] * 3).counts["references"]) == (1, 0, 2)


@pytest.mark.parametrize(
    ("agencies", "expected"),
    [
        ([("Sở Xây dựng", "named")], (1, 1, 0)),
        ([("Sở Xây dựng", "named"), ("Sở Tài chính", "generic")], (1, 0, 0)),
        ([("Sở Xây dựng", "named"), ("Sở Tài chính", "named"), ("Sở Y tế", "named")], (2, 0, 1)),
        ([("SỞ XÂY DỰNG", "named"), ("Sở Tài chính", "named"), ("Chính phủ", "named")], (2, 0, 0)),
    ],
)
def test_agencies(
    compare: Callable[..., Score], agencies: list[tuple[str, str]], expected: tuple[int, int, int]
) -> None:
    gold = [{"name": name, "type": kind} for name, kind in agencies]
    assert figures(compare(agencies=gold).counts["agencies"]) == expected


@pytest.mark.parametrize(
    ("text", "value", "found", "values"),
    [
        ("trước ngày 30 tháng 6", "2031-06-30", (1, 0, 0), (0, 1, 1)),
        ("xong trước ngày 30 tháng 6", "../2031-06-30", (1, 0, 0), (1, 0, 0)),
        ("hàng quý", "R/P3M", (0, 1, 1), (0, 1, 1)),
    ],
)
def test_deadlines(
    compare: Callable[..., Score],
    text: str,
    value: str,
    found: tuple[int, ...],
    values: tuple[int, ...],
) -> None:
    result = compare(deadlines=[{"text": text, "value": value}])
    assert figures(result.counts["deadlines"]) == found
    assert figures(result.counts["deadline values"]) == values


@pytest.mark.parametrize(
    ("value", "expected"),
    [(500, (1, 0, 0)), ("500", (1, 0, 0)), (501, (0, 1, 1)), (None, (0, 1, 1)), ("nửa", (0, 1, 1))],
)
def test_targets(
    compare: Callable[..., Score], value: object, expected: tuple[int, int, int]
) -> None:
    result = compare(targets=[{"text": "trồng 500 cây", "value": value}])
    assert figures(result.counts["targets"]) == expected


@pytest.mark.parametrize(
    ("section", "agency", "role", "agrees"),
    [
        (["II", "1"], "Sở Xây dựng", "lead", True),
        (["II"], "Sở Xây dựng", "lead", True),
        ([], "Sở Xây dựng", "lead", True),
        (["II", "1", "a"], "Sở Xây dựng", "lead", True),
        (["I"], "Sở Xây dựng", "lead", True),  # "I" is a prefix of "II/1" as text
        (["III"], "Sở Xây dựng", "lead", False),
        (["II", "1"], "Sở Xây dựng tỉnh", "lead", True),
        (["II", "1"], "Sở Y tế", "lead", False),
        (["II", "1"], "Sở Xây dựng", "assignee", False),
    ],
)
def test_assignments(
    compare: Callable[..., Score], section: list[str], agency: str, role: str, agrees: bool
) -> None:
    other = GOLD["assignments"][1]
    result = compare(assignments=[{"section": section, "agency": agency, "role": role}, other])
    expected = (2, 0, 0) if agrees else (1, 1, 1)
    assert figures(result.counts["assignments"]) == expected


def test_spans_must_hold_the_words(
    compare: Callable[..., Score], small_plan: Callable[..., Plan]
) -> None:
    plan = small_plan()
    moved = plan.targets[0].model_copy(update={"text": "500 cay"})
    result = compare(small_plan(targets=[moved]))
    assert figures(result.counts["spans"]) == (2, 1, 0)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert (Count().precision, Count().recall, Count().f1) == (1.0, 1.0, 1.0)
    assert Count(extra=1).f1 == 0.0


def test_what_was_not_annotated_is_not_scored(small_plan: Callable[..., Plan]) -> None:
    gold = Gold.model_validate({"annotated": ["targets"], "targets": []})
    result = score("1", gold, small_plan())
    assert (result.counts["targets"].extra, result.counts["targets"].missed) == (1, 0)
    others = [count for name, count in result.counts.items() if name not in ("targets", "spans")]
    assert all(count == Count() for count in others)
    assert [miss.category for miss in result.misses] == ["targets"]
