"""Values as people give them: made into the record's, or refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Plan
from pipeline import review
from pipeline.corpus import Corpus
from pipeline.corrections import values
from pipeline.corrections.values import Slot
from pipeline.errors import BadCorrection
from pipeline.review import checking


def address(plan: Plan, kind: str) -> str:
    """The first value of a kind, or the field of the header itself."""
    if "/" in kind:
        return kind
    return next(one.address for one in values.slots(plan) if one.kind == kind)


@pytest.mark.parametrize(
    ("kind", "new", "expected"),
    [
        ("header/number", {"number": "8 / KH-UBND"},
         {"number": "8/KH-UBND", "symbol": "KH-UBND"}),
        ("header/issued_on", {"issued_on": "4/2/2031"}, {"issued_on": "2031-02-04"}),
        ("header/issued_on", {"issued_on": ""}, {"issued_on": None}),
        ("header/plan_period", {"plan_period": "2031/2035"}, {"plan_period": "2031/2035"}),
        ("header/province", {"province": "hue"}, {"province": {
            "name": "Huế", "code": "46", "current_name": "Huế", "current_code": "46"}}),
        ("header/kind", {"kind": "QĐ"}, {"kind": "QĐ", "kind_name": "Quyết định"}),
        ("header/issuer", {"issuer": "UBND tỉnh Lào Cai"}, {"issuer": {
            "name": "UBND tỉnh Lào Cai", "canonical": "Ủy ban nhân dân tỉnh Lào Cai",
            "agency_id": None}}),
        ("header/recipients", {"recipients": "Như trên\n\nLưu: VT"},
         {"recipients": ["Như trên", "Lưu: VT"]}),
        ("deadline", {"value": "31/7/2031"}, {"value": "../2031-07-31", "latest": "2031-07-30"}),
        ("deadline", {"value": "2031-07", "kind": "within"},
         {"value": "2031-07", "latest": "2031-07-31", "relation": None}),
        ("deadline", {"kind": "continuous"}, {"value": None, "latest": None}),
        ("deadline", {"relation": "no_later_than"}, {"latest": "2031-06-30"}),
        ("target", {"value": "99,5"}, {"value": 99.5}),
        ("target", {"value": "80%", "unit": "%"}, {"value": 80.0, "unit": "%"}),
        ("target", {"value_max": 700}, {"value_max": 700.0}),
        ("reference", {"number": "13 /QĐ-UBND"},
         {"number": "13/QĐ-UBND", "canonical_number": "13/QĐ-UBND"}),
        ("reference", {"date": "6/1/2031"}, {"date": "2031-01-06"}),
        ("agency", {"name": "Sở Giao thông"},
         {"name": "Sở Giao thông", "canonical": "Sở Giao thông"}),
        ("assignment", {"agency": "Sở  Tài chính"}, {"agency": "Sở Tài chính", "agency_id": "a2"}),
        ("assignment", {"agency": "Sở Y tế"}, {"agency_id": None}),
        ("section", {"path": "III/1"}, {"path": ["III", "1"]}),
        ("task", {"outputs": "Báo cáo\nTờ trình"}, {"outputs": ["Báo cáo", "Tờ trình"]}),
    ],
)  # fmt: skip
def test_what_an_edit_fixes(
    plans: Corpus, plan: Plan, kind: str, new: dict[str, Any], expected: dict[str, Any]
) -> None:
    where = address(plan, kind)
    made = review.decide(plans, plan.id, where, "edit", new=new, by="An").new or {}
    assert {name: made[name] for name in expected} == expected
    item = review.item(plans, plan.id, where)
    assert item.verdict == "edited"
    for name in set(expected) & set(item.fields):
        assert item.fields[name] == expected[name]


def test_a_corrected_reference_is_another_document(plans: Corpus, plan: Plan) -> None:
    where = address(plan, "reference")
    review.decide(plans, plan.id, where, "edit", new={"number": "13/QĐ-UBND"}, by="An")
    documents, citations = plans.cites("13/QĐ-UBND")
    assert [(one.number, one.year, one.place) for one in documents] == [
        ("13/QĐ-UBND", "2031", "ha noi")
    ]
    assert len(citations) == 1
    assert review.items(plans, plan.id, category="references")[0].fields["date"] == "2031-01-05"


def test_an_edit_to_what_was_read_is_an_acceptance(plans: Corpus, plan: Plan) -> None:
    review.decide(
        plans, plan.id, "header/issued_on", "edit", new={"issued_on": "3/2/2031"}, by="An"
    )
    assert review.item(plans, plan.id, "header/issued_on").verdict == "accepted"


@pytest.mark.parametrize(
    ("kind", "new", "words"),
    [
        ("header/issued_on", {"issued_on": "30/2/2031"}, "no day"),
        ("header/issued_on", {"title": "x"}, "no field"),
        ("header/province", {"province": "Atlantis"}, "no province"),
        ("header/kind", {"kind": "XX"}, "none of"),
        ("deadline", {"value": "sớm"}, "no date"),
        ("deadline", {"kind": "due", "value": "R/P1M"}, "no date"),
        ("deadline", {"kind": "always"}, "none of"),
        ("deadline", {"kind": ""}, "must not be blank"),
        ("deadline", {"confidence": 2}, "no field"),
        ("target", {"value": "1.200"}, "two numbers"),
        ("target", {"value": "nhiều"}, "no number"),
        ("target", {"value": None}, "must not be blank"),
        ("target", {"value": float("inf")}, "no number"),
        ("target", {"value": True}, "no number"),
        ("target", {"value_max": 3}, "below"),
        ("reference", {"number": "", "name": ""}, "has a number"),
        ("agency", {"kind": "person"}, "none of"),
        ("agency", {"canonical": " "}, "must not be blank"),
        ("agency", {"name": ["a"]}, "no text"),
        ("agency", {"name": "x" * 3000}, "longer than"),
        ("agency", {"name": "a\x1b[31m"}, "no text"),
        ("agency", {"name": "a\u202eb"}, "no text"),
        ("agency", {"name": "a\ud800"}, "no text"),
        ("assignment", {"role": "boss"}, "none of"),
        ("section", {"path": ""}, "no address"),
        ("section", {"path": "/".join("1" * 40)}, "no address"),
        ("task", {"outputs": "x\n" * 600}, "lines"),
        ("task", {"outputs": 5}, "no list"),
        ("section", {"path": 5}, "no list"),
        ("target", {"value": 10**400}, "no number"),
        ("deadline", {"kind": "due", "value": "0001-01-01", "relation": "before"}, "no day before"),
    ],
)
def test_what_is_refused_leaves_no_entry(
    plans: Corpus, plan: Plan, kind: str, new: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadCorrection, match=words):
        review.decide(plans, plan.id, address(plan, kind), "edit", new=new, by="An")
    assert review.history(plans) == []
    assert plans.plan(plan.id) == plan


@pytest.mark.parametrize(
    ("kind", "words", "new", "reason"),
    [
        ("deadline", None, {"value": "2031"}, "inside"),
        ("deadline", "\n", {"value": "2031"}, "no word"),
        ("deadline", "năm 2031", {}, "kind or a value"),
        ("target", "năm 2031", {}, "a value"),
        ("reference", "năm 2031", {"kind": "Luật"}, "has a number"),
        ("assignment", "Sở Tài chính", {}, "has a role"),
        ("assignment", "Thực hiện", {"role": "lead"}, "stand in no duty"),
        ("section", "MỤC TIÊU", {}, "address"),
        ("agency", "Sở Tài chính", {}, "in these words"),
        ("header", "năm 2031", {}, "cannot be added"),
        ("rubbish", "năm 2031", {}, "cannot be added"),
    ],
)
def test_what_cannot_be_added(
    plans: Corpus, plan: Plan, kind: Any, words: str | None, new: dict[str, Any], reason: str
) -> None:
    start = plan.text.index(words) if words else len(plan.text)
    with pytest.raises(BadCorrection, match=reason):
        review.add(plans, plan.id, kind, (start, start + len(words or "x")), new, by="An")
    assert review.history(plans) == []


@pytest.mark.parametrize("by", ["", "  ", "x" * 101, "a\x00b"])
def test_somebody_decides(plans: Corpus, plan: Plan, by: str) -> None:
    with pytest.raises(BadCorrection, match=r"who decides|name or reason"):
        review.decide(plans, plan.id, "header/number", "accept", by=by)


SLOT = Slot("target", "", 0, 3)
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["value", "unit", "comparator", "per", "x"]), anything))
def test_any_fields_are_typed_or_refused(given_: dict[str, Any]) -> None:
    try:
        found = checking.typed(SLOT, given_)
    except BadCorrection:
        return
    assert isinstance(found.get("value", 0.0), float | int)
    assert all(one is None or isinstance(one, str | float) for one in found.values())
