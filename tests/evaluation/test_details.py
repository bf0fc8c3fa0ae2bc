"""Spans, fields, roles, resolution and sureness, by one small difference each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models import Plan, Reference, Span
from pipeline.evaluation.counts import Score
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.scoring import score

DUE = "trước ngày 30 tháng 6"


@pytest.fixture
def compare(small_plan: Callable[..., Plan]) -> Callable[..., Score]:
    """Score the small plan, with changes, against gold of some members alone."""

    def run(gold: dict[str, Any], **changes: Any) -> Score:
        return score("a", Gold.model_validate(gold), small_plan(**changes))

    return run


def figures(result: Score, group: str) -> dict[str, tuple[int, int, int]]:
    return {n: (c.hits, c.extra, c.missed) for n, c in result.groups[group].items()}


@pytest.mark.parametrize(
    ("words", "exact", "overlapping"),
    [
        (DUE, (1, 0, 0), (1, 0, 0)),
        ("ngày 30 tháng 6", (0, 1, 1), (1, 0, 0)),
        ("Trồng 500 cây", (0, 1, 1), (0, 1, 1)),
        ("trước ngày 31 tháng 7", (0, 1, 1), (0, 1, 1)),  # not in the text
    ],
)
def test_spans(
    compare: Callable[..., Score],
    words: str,
    exact: tuple[int, int, int],
    overlapping: tuple[int, int, int],
) -> None:
    result = compare({"deadlines": [{"text": words}]})
    assert figures(result, "exact spans") == {"deadlines": exact}
    assert figures(result, "overlapping spans") == {"deadlines": overlapping}


def test_other_borders_are_shown_in_their_sentence(compare: Callable[..., Score]) -> None:
    result = compare({"deadlines": [{"text": "ngày 30 tháng 6", "value": "../2031-06-30"}]})
    (miss,) = result.misses
    assert (miss.category, miss.name) == ("exact spans", "deadlines")
    assert (miss.found, miss.expected) == (DUE, "ngày 30 tháng 6")
    assert miss.quote and miss.quote.words == "ngày 30 tháng 6"


def test_two_values_of_one_phrase_have_one_place(compare: Callable[..., Score]) -> None:
    result = compare({"deadlines": [{"text": DUE, "value": "R/P6M"}, {"text": DUE}]})
    assert figures(result, "exact spans") == {"deadlines": (1, 0, 0)}


@pytest.mark.parametrize(
    ("gold", "name", "expected"),
    [
        ({"unit": "cây"}, "target unit", (1, 0, 0)),
        ({"unit": "ha"}, "target unit", (0, 1, 1)),
        ({"unit": None}, "target unit", (0, 1, 0)),
        ({"comparator": ">="}, "target comparator", (0, 1, 1)),
        ({"value_max": 600}, "target upper bound", (0, 0, 1)),
    ],
)
def test_fields_that_gold_has(
    compare: Callable[..., Score], small_plan: Callable[..., Plan], gold: dict[str, Any],
    name: str, expected: tuple[int, int, int],
) -> None:  # fmt: skip
    targets = [t.model_copy(update={"unit": "cây"}) for t in small_plan().targets]
    result = compare({"targets": [{"text": "500 cây", "value": 500} | gold]}, targets=targets)
    assert figures(result, "values") == {name: expected}
    assert [m.category for m in result.misses] == ["values"] * (expected != (1, 0, 0))


def test_fields_that_gold_leaves_out_are_not_counted(compare: Callable[..., Score]) -> None:
    result = compare({"targets": [{"text": "500 cây", "value": 500}]})
    assert result.groups["values"] == {}
    assert set(result.counts) == {"targets", "spans"}


def test_roles(compare: Callable[..., Score]) -> None:
    section = ["II", "1"]
    gold = [
        {"section": section, "agency": "Sở Xây dựng", "role": "lead"},
        {"section": section, "agency": "Sở Tài chính", "role": "lead"},
    ]
    result = compare({"assignments": gold})
    assert figures(result, "roles") == {"lead": (1, 0, 1), "coordinate": (0, 1, 0)}


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        ("12/QĐ-UBND", 0, (1, 0, 0)),
        ("12 / qđ-ubnd", 0, (1, 0, 0)),
        ("13/QĐ-UBND", 0, (0, 1, 0)),
        ("12/QĐ-UBND", "self", (0, 1, 0)),
        ("self", "self", (1, 0, 0)),
        ("self", None, (0, 0, 1)),
        (None, None, (1, 0, 0)),
        (None, 0, (0, 1, 0)),
    ],
)
def test_resolution_of_short_references(
    compare: Callable[..., Score], small_plan: Callable[..., Plan], gold: str | None,
    read: object, expected: tuple[int, int, int],
) -> None:  # fmt: skip
    at = small_plan().text.index("Trồng 500 cây")
    short = Reference(
        text="Trồng 500 cây", key="x", refers_to=read, span=Span(start=at, end=at + 13),
        section=["I"], short=True,
    )  # fmt: skip
    content = {"targets": [], "short_references": [{"text": short.text, "refers_to": gold}]}
    count = compare(content, short_references=[short]).resolution["short references"]
    assert (count.right, count.wrong, count.unresolved) == expected


def test_a_short_reference_that_was_not_found_is_unresolved(compare: Callable[..., Score]) -> None:
    content = {"targets": [], "short_references": [{"text": "500 cây", "refers_to": "self"}]}
    result = compare(content)
    assert result.resolution["short references"].unresolved == 1
    assert [(m.category, m.expected) for m in result.misses if m.category == "resolution"] == [
        ("resolution", "self")
    ]


@pytest.mark.parametrize(
    ("canonical", "said", "expected"),
    [
        ("Sở Xây dựng", "Sở Xây dựng", (1, 0, 0)),
        ("Sở Xây dựng Hà Nội", "Sở Xây dựng", (0, 0, 1)),
        ("Sở Xây dựng Hà Nội", "Sở Xây dựng Huế", (0, 1, 0)),
    ],
)
def test_resolution_of_names(
    compare: Callable[..., Score], small_plan: Callable[..., Plan], canonical: str, said: str,
    expected: tuple[int, int, int],
) -> None:  # fmt: skip
    agencies = [a.model_copy(update={"canonical": said}) for a in small_plan().agencies[:1]]
    gold = {"agencies": [{"name": "Sở Xây dựng", "type": "named", "canonical": canonical}]}
    count = compare(gold, agencies=agencies).resolution["agencies"]
    assert (count.right, count.wrong, count.unresolved) == expected


def test_sureness_is_of_values_that_were_judged(compare: Callable[..., Score]) -> None:
    result = compare({"deadlines": [{"text": DUE, "value": "wrong"}], "targets": []})
    assert result.sureness == {"deadlines": [(1.0, False)], "targets": [(1.0, False)]}


def test_a_difference_stands_in_its_sentence(compare: Callable[..., Score]) -> None:
    result = compare({"deadlines": []})
    quote = result.misses[0].quote
    assert quote is not None
    assert quote.words == DUE
    assert quote.before.endswith("xong ")
    assert quote.after == "."
