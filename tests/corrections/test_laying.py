"""A log laid over a record: what becomes of values, links, warnings; what contradicts it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Deadline, Plan, Span, Warning_
from pipeline.corrections import Correction, Laid, lay_over
from pipeline.corrections.laying import in_force
from tests.corrections.building import addition, entry, undoing

Make = Callable[..., Plan]


@pytest.fixture
def plan(small_plan: Make) -> Plan:
    return small_plan()


@pytest.mark.parametrize(
    ("address", "verdict", "new", "look", "expected"),
    [
        ("deadline", "edit", {"value": "../2031-07-31", "latest": "2031-07-30"},
         lambda p: (p.deadlines[0].value, p.deadlines[0].latest, p.deadlines[0].confidence),
         ("../2031-07-31", "2031-07-30", 1.0)),
        ("deadline", "reject", None, lambda p: (p.deadlines, p.tasks[0].deadlines), ([], [])),
        ("deadline", "accept", None, lambda p: p.deadlines[0].value, "../2031-06-30"),
        ("target", "edit", {"value": 600.0}, lambda p: p.targets[0].value, 600.0),
        ("target", "reject", None, lambda p: p.targets, []),
        ("reference", "edit", {"number": "13/QĐ-UBND"},
         lambda p: p.references[0].number, "13/QĐ-UBND"),
        ("reference", "reject", None, lambda p: p.references, []),
        ("agency", "edit", {"canonical": "Sở Giao thông"},
         lambda p: (p.agencies[0].canonical, p.agencies[0].name), ("Sở Giao thông", "Sở Xây dựng")),
        ("agency", "reject", None,
         lambda p: (p.agencies[0].id, p.tasks[0].assignments[0].agency_id), ("a2", None)),
        ("assignment", "edit", {"role": "coordinate"},
         lambda p: [a.role for a in p.tasks[0].assignments], ["coordinate", "coordinate"]),
        ("assignment", "reject", None,
         lambda p: [a.agency for a in p.tasks[0].assignments], ["Sở Tài chính"]),
        ("task", "reject", None, lambda p: p.tasks, []),
        ("header/number", "edit", {"number": "8/KH-UBND"}, lambda p: p.header.number, "8/KH-UBND"),
        ("header/number", "reject", None,
         lambda p: (p.header.number, p.header.confidence.get("number")), (None, None)),
        ("header/recipients", "reject", None, lambda p: p.header.recipients, []),
        ("header/signer", "edit", {"signer": {"name": "Trần Bình"}},
         lambda p: p.header.signer.name, "Trần Bình"),
        ("header/issued_on", "accept", None,
         lambda p: (p.header.issued_on, p.header.confidence["issued_on"]), ("2031-02-03", 1.0)),
        ("section", "edit", {"title": "MỤC ĐÍCH"}, lambda p: p.sections[0].title, "MỤC ĐÍCH"),
    ],
)  # fmt: skip
def test_one_verdict(
    plan: Plan, address: str, verdict: str, new: dict | None, look: Callable[[Plan], Any],
    expected: Any,
) -> None:  # fmt: skip
    laid = lay_over(plan, [entry(1, plan, address, verdict, new)])
    assert look(laid.plan) == expected
    assert not laid.conflicts
    said = {"accept": "accepted", "edit": "edited", "reject": "rejected"}[verdict]
    assert [check.verdict for check in laid.plan.checks] == [said]
    assert (laid.plan.checks[0].machine is None) == (verdict == "accept")


def test_an_added_deadline_binds_the_duty_it_stands_in(plan: Plan) -> None:
    new = {"kind": "continuous", "value": None}
    laid = lay_over(plan, [addition(1, plan, "deadline", "phối hợp", new)])
    added = laid.plan.deadlines[0]
    assert (added.text, added.section, added.kind) == ("phối hợp", [], "continuous") or (
        added.section == ["II", "1"]
    )
    assert laid.plan.text[added.span.start : added.span.end] == added.text
    assert laid.plan.tasks[0].deadlines == [0, 1]
    assert [check.verdict for check in laid.plan.checks] == ["added"]


def test_numbers_that_point_into_lists_are_moved_along(plan: Plan) -> None:
    second = plan.references[0].model_copy(update={"number": "1/NQ-CP", "refers_to": 0})
    short = plan.references[0].model_copy(update={"refers_to": 1, "short": True})
    plan = plan.model_copy(
        update={
            "references": [plan.references[0], second],
            "short_references": [short],
            "tasks": [plan.tasks[0].model_copy(update={"references": [0, 1]})],
        }
    )
    laid = lay_over(plan, [entry(1, plan, "reference", "reject")])
    assert [one.number for one in laid.plan.references] == ["1/NQ-CP"]
    assert laid.plan.references[0].refers_to is None
    assert laid.plan.short_references[0].refers_to == 0
    assert laid.plan.tasks[0].references == [0]


def test_a_role_can_be_added_and_an_unknown_one_has_no_duty(plan: Plan) -> None:
    new = {"agency": "Sở Tài chính", "role": "fund", "agency_id": "a2"}
    laid = lay_over(plan, [addition(1, plan, "assignment", "Sở Tài chính", new)])
    roles = [(one.agency, one.role) for one in laid.plan.tasks[0].assignments]
    assert ("Sở Tài chính", "fund") in roles
    assert len(roles) == 3


def test_several_values_in_the_same_words_are_kept_apart(plan: Plan) -> None:
    due = plan.deadlines[0]
    yearly = due.model_copy(update={"kind": "recurring", "value": "R/P1Y"})
    plan = plan.model_copy(update={"deadlines": [due, yearly]})
    first = f"deadline/{due.span.start}-{due.span.end}"
    log = [
        entry(1, plan, first, "reject"),
        entry(2, plan, f"{first}/2", "edit", {"value": "R/P6M"}),
    ]
    assert [one.value for one in lay_over(plan, log).plan.deadlines] == ["R/P6M"]
    assert [one.value for one in lay_over(plan, log[:1]).plan.deadlines] == ["R/P1Y"]


def test_other_words_of_a_value(plan: Plan) -> None:
    from pipeline.corrections import anchors

    start = plan.text.index("ngày 30 tháng 6")
    moved = anchors.place_of(plan.text, start, start + len("ngày 30 tháng 6"))
    laid = lay_over(plan, [entry(1, plan, "deadline", "edit", evidence=moved)])
    assert laid.plan.deadlines[0].text == "ngày 30 tháng 6"
    assert laid.plan.checks[0].verdict == "edited"


def test_the_last_verdict_decides_and_edits_stay(plan: Plan) -> None:
    log = [
        entry(1, plan, "deadline", "edit", {"value": "2031-07", "kind": "within"}),
        entry(2, plan, "deadline", "reject"),
        entry(3, plan, "deadline", "edit", {"relation": "within"}),
    ]
    assert lay_over(plan, log[:2]).plan.deadlines == []
    made = lay_over(plan, log).plan.deadlines[0]
    assert (made.kind, made.value, made.relation) == ("due", "../2031-06-30", "within")


def test_a_warning_that_was_answered_goes(plan: Plan) -> None:
    span = plan.deadlines[0].span
    kept = Warning_(code="numbering-gap", message="…", span=span)
    plan = plan.model_copy(
        update={
            "warnings": [
                Warning_(code="low-confidence", message="…", span=span),
                Warning_(code="number-unsure", message="…"),
                kept,
            ]
        }
    )
    log = [entry(1, plan, "deadline", "accept"), entry(2, plan, "header/number", "accept")]
    assert lay_over(plan, log).plan.warnings == [kept]
    assert lay_over(plan, log[:1]).plan.warnings == plan.warnings[1:]


# --- read anew ------------------------------------------------------------------------------------


def read_anew(plan: Plan, before: str = "", **changes: Any) -> Plan:
    """The same file read again: text moved by ``before``, spans with it, other values changed."""
    shift = len(before)
    data = plan.model_dump()

    def move(value: Any) -> Any:
        if isinstance(value, dict):
            if {"start", "end"} <= value.keys():
                return {**value, "start": value["start"] + shift, "end": value["end"] + shift}
            return {name: move(inner) for name, inner in value.items()}
        return [move(inner) for inner in value] if isinstance(value, list) else value

    moved = Plan.model_validate({**move(data), "text": before + plan.text})
    return moved.model_copy(update=changes)


KINDS = [
    "deadline", "target", "reference", "agency", "task", "assignment", "section", "header/number",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_verdicts_hold_where_the_text_moved(plan: Plan, kind: str, verdict: str) -> None:
    log = [entry(1, plan, kind, verdict)]
    again = read_anew(plan, "Trang 1\n")
    laid = lay_over(again, log)
    assert not laid.conflicts
    expected = lay_over(again, [entry(1, again, kind, verdict)])
    assert laid.plan == expected.plan


def changed(plan: Plan, **fields: Any) -> Plan:
    return plan.model_copy(update={"deadlines": [plan.deadlines[0].model_copy(update=fields)]})


@pytest.mark.parametrize(
    ("verdict", "new", "now", "code", "value"),
    [
        ("accept", None, {"value": "../2031-07-30"}, "changed", "../2031-06-30"),
        ("edit", {"value": "../2031-08-31"}, {"value": "../2031-07-30"}, "changed",
         "../2031-08-31"),
        # the machine has come to read what the person said
        ("edit", {"value": "../2031-08-31"}, {"value": "../2031-08-31"}, None, "../2031-08-31"),
        ("accept", None, {"year_from": "text"}, None, "../2031-06-30"),
        ("reject", None, {"value": "../2031-07-30"}, "changed", None),
        ("reject", None, {"confidence": 0.3}, None, None),
    ],
)  # fmt: skip
def test_what_the_machine_reads_otherwise_is_listed(
    plan: Plan, verdict: str, new: dict | None, now: dict, code: str | None, value: str | None
) -> None:
    laid = lay_over(changed(plan, **now), [entry(1, plan, "deadline", verdict, new)])
    assert [one.code for one in laid.conflicts] == ([code] if code else [])
    assert [one.value for one in laid.plan.deadlines] == ([value] if value else [])
    if code:
        assert laid.conflicts[0].then == {"value": "../2031-06-30"}
        assert laid.conflicts[0].now == now


@pytest.mark.parametrize(("verdict", "code", "left"), [("accept", "gone", 1), ("reject", None, 0)])
def test_what_the_machine_no_longer_finds(
    plan: Plan, verdict: str, code: str | None, left: int
) -> None:
    again = plan.model_copy(
        update={"deadlines": [], "tasks": [plan.tasks[0].model_copy(update={"deadlines": []})]}
    )
    laid = lay_over(again, [entry(1, plan, "deadline", verdict)])
    assert [one.code for one in laid.conflicts] == ([code] if code else [])
    assert len(laid.plan.deadlines) == left
    if left:
        assert laid.plan.deadlines[0].value == "../2031-06-30"
        assert laid.plan.tasks[0].deadlines == [0]


def test_words_that_are_gone_are_a_conflict_and_nothing_is_guessed(plan: Plan) -> None:
    log = [entry(1, plan, "deadline", "edit", {"value": "2031"})]
    other = plan.model_copy(update={"text": "KẾ HOẠCH", "deadlines": [], "tasks": []})
    laid = lay_over(other.model_copy(update={"sections": [], "targets": []}), log)
    assert [(one.code, one.entry) for one in laid.conflicts] == [("lost", 1)]
    assert laid.plan.deadlines == []


def test_a_value_that_was_added_and_is_now_found(plan: Plan) -> None:
    without = plan.model_copy(
        update={"deadlines": [], "tasks": [plan.tasks[0].model_copy(update={"deadlines": []})]}
    )
    words = plan.deadlines[0].text
    log = [addition(1, without, "deadline", words, {"kind": "due", "value": "../2031-06-30"})]
    assert len(lay_over(without, log).plan.deadlines) == 1
    laid = lay_over(plan, log)
    assert len(laid.plan.deadlines) == 1
    assert not laid.conflicts
    other = lay_over(changed(plan, value="../2031-05-30"), log)
    assert [one.code for one in other.conflicts] == ["changed"]
    assert other.plan.deadlines[0].value == "../2031-06-30"


def test_a_longer_reading_is_the_same_value(plan: Plan) -> None:
    due = plan.deadlines[0]
    longer = Span(start=due.span.start - len("xong "), end=due.span.end)
    text = plan.text[longer.start : longer.end]
    again = changed(plan, span=longer, text=text)
    laid = lay_over(
        again, [entry(1, plan, "deadline", "edit", {"value": "2031", "kind": "within"})]
    )
    assert [(one.text, one.value) for one in laid.plan.deadlines] == [(text, "2031")]


def test_a_value_found_in_the_words_of_an_added_one_is_listed(plan: Plan) -> None:
    log = [addition(1, plan, "deadline", "xong trước ngày 30 tháng 6", {"kind": "continuous"})]
    laid = lay_over(plan, log)
    assert [one.code for one in laid.conflicts] == ["overlaps"]
    assert len(laid.plan.deadlines) == 2
    # who accepts the machine's value knows of both
    assert not lay_over(plan, [*log, entry(2, plan, "deadline", "accept")]).conflicts


def test_one_body_may_have_two_roles_in_the_same_words(plan: Plan) -> None:
    new = {"agency": "Sở Tài chính", "role": "fund"}
    assert not lay_over(plan, [addition(1, plan, "assignment", "Sở Tài chính", new)]).conflicts


def test_entries_that_no_model_can_hold_are_not_applied(plan: Plan) -> None:
    log = [entry(1, plan, "target", "edit", {"value": "many"})]
    laid = lay_over(plan, log)
    assert [one.code for one in laid.conflicts] == ["lost"]
    assert laid.plan.targets == plan.targets


# --- laws -----------------------------------------------------------------------------------------

EDITS: dict[str, dict[str, Any]] = {
    "deadline": {"value": "../2031-07-31"},
    "target": {"value": 7.0},
    "reference": {"number": "9/QĐ-UBND"},
    "agency": {"canonical": "Sở Y tế"},
    "task": {"outputs": ["Báo cáo"]},
    "assignment": {"role": "supervise"},
    "section": {"title": "KHÁC"},
    "header/number": {"number": "9/KH-UBND"},
    "header/title": {"title": "Khác"},
}


@st.composite
def logs(draw: st.DrawFn, plan: Plan) -> list[Correction]:
    """At most one verdict about each of some values, and some additions."""
    chosen = draw(st.lists(st.sampled_from(sorted(EDITS)), unique=True))
    log = []
    for number, kind in enumerate(chosen, 1):
        verdict = draw(st.sampled_from(["accept", "edit", "reject"]))
        log.append(entry(number, plan, kind, verdict, EDITS[kind] if verdict == "edit" else None))
    words = draw(
        st.lists(st.sampled_from(["Trồng cây", "xong", "chủ trì", "của UBND"]), unique=True)
    )
    for number, each in enumerate(words, len(log) + 1):
        log.append(addition(number, plan, "deadline", each, {"kind": "within", "value": "2031"}))
    return log


relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@relaxed
@given(data=st.data())
def test_the_order_of_independent_entries_does_not_matter(plan: Plan, data: st.DataObject) -> None:
    log = data.draw(logs(plan))
    mixed = random.Random(data.draw(st.integers())).sample(log, len(log))
    renumbered = [
        Correction(**{**{n: getattr(one, n) for n in one.__slots__}, "id": number})
        for number, one in enumerate(mixed, 1)
    ]
    assert lay_over(plan, renumbered).plan == lay_over(plan, log).plan


@relaxed
@given(data=st.data())
def test_what_is_taken_back_leaves_no_trace(plan: Plan, data: st.DataObject) -> None:
    log = data.draw(logs(plan))
    back = [undoing(100 + number, one) for number, one in enumerate(log)]
    laid = lay_over(plan, [*log, *back])
    assert laid.plan is plan
    again = [undoing(200 + number, one) for number, one in enumerate(back)]
    assert lay_over(plan, [*log, *back, *again]).plan == lay_over(plan, log).plan


@relaxed
@given(data=st.data())
def test_values_keep_their_evidence(plan: Plan, data: st.DataObject) -> None:
    made = lay_over(plan, data.draw(logs(plan))).plan
    for value in (*made.references, *made.deadlines, *made.targets, *made.tasks):
        assert made.text[value.span.start : value.span.end] == value.text
    for task in made.tasks:
        assert all(place < len(made.deadlines) for place in task.deadlines)
        for place in task.deadlines:
            assert task.span.start <= made.deadlines[place].span.start < task.span.end
    starts = [one.span.start for one in made.deadlines]
    assert starts == sorted(starts)
    assert Plan.model_validate_json(made.to_json()) == made


@relaxed
@given(data=st.data())
def test_an_equal_reading_brings_no_conflict(plan: Plan, data: st.DataObject) -> None:
    log = data.draw(logs(plan))
    laid: Laid = lay_over(plan, log)
    assert not [one for one in laid.conflicts if one.code != "overlaps"]
    assert len(laid.plan.checks) == len(log)


def test_no_entries_no_change(plan: Plan) -> None:
    assert lay_over(plan, []).plan is plan


def test_an_undo_of_an_undo_is_in_force_again(plan: Plan) -> None:
    first = entry(1, plan, "deadline", "reject")
    back = undoing(2, first)
    assert in_force([first, back]) == []
    assert in_force([first, back, undoing(3, back)]) == [first]


def test_the_machine_s_record_is_not_touched(plan: Plan, small_plan: Make) -> None:
    log = [entry(n, plan, kind, "edit", new) for n, (kind, new) in enumerate(EDITS.items(), 1)]
    lay_over(plan, log)
    assert plan == small_plan()


def test_a_deadline_without_value_can_be_added(plan: Plan) -> None:
    laid = lay_over(plan, [addition(1, plan, "deadline", "xong", {"kind": "continuous"})])
    assert isinstance(laid.plan.deadlines[0], Deadline)
