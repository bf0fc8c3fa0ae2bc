"""The laws themselves: a sound record keeps them, and each of these changes breaks one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fuzz import edtf, laws
from models import Plan, Signature, Span
from pipeline import Pipeline
from pipeline.errors import KehoachError, TooLarge

Make = Callable[..., Plan]


def changed(plan: Plan, way: str) -> Plan:
    """A record with one thing wrong."""
    plan = plan.model_copy(deep=True)
    first = plan.sections[0]
    match way:
        case "span outside":
            plan.header.spans["number"] = [Span(start=0, end=9999)]
        case "words elsewhere":
            plan.deadlines[0].span = Span(start=0, end=20)
        case "index":
            plan.tasks[0].deadlines = [7]
        case "body":
            next(t for t in plan.tasks if t.assignments).assignments[0].agency_id = "a9"
        case "agency":
            plan.agencies[0].mentions = []
        case "twice":
            plan.agencies[0].id = plan.agencies[1].id
        case "marker":
            first.marker = "X."
        case "child outside":
            first.children[0].span = Span(start=0, end=5)
        case "child's address":
            first.children[0].path = ["II", "-1"]
        case "overlap":
            plan.sections.append(first)
        case "cut number":
            span = plan.targets[0].span
            plan.targets[0].span = Span(start=span.start + 1, end=span.end)
            plan.targets[0].text = plan.targets[0].text[1:]
        case "order of days":
            plan.deadlines[0].earliest, plan.deadlines[0].latest = "2031-07-01", "2031-06-30"
        case "no day":
            plan.deadlines[0].latest = "2031-06-31"
        case "days beyond the value":
            plan.deadlines[0].latest = "2031-07-01"
        case "no EDTF":
            plan.deadlines[0].value = "30/6/2031"
        case "issued":
            plan.header.issued_on = "2031-02-30"
        case "period":
            plan.header.plan_period = "2031/2026"
        case "signature":
            plan.header.signature = Signature(time="2031-02-30T25:00")
        case "reference":
            plan.references[0].date = "5/1/2031"
        case "no JSON":
            plan.targets[0].value = float("nan")
    return plan


WAYS = (
    "span outside", "words elsewhere", "index", "body", "agency", "twice", "marker",
    "child outside", "child's address", "overlap", "cut number", "order of days", "no day",
    "days beyond the value", "no EDTF", "issued", "period", "reference", "no JSON", "signature",
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(small_plan: Make) -> Plan:
    """The record of the small plan as it is read."""
    return Pipeline().from_text(small_plan().text)


def test_a_sound_record_breaks_no_law(sound: Plan) -> None:
    assert list(laws.of_record(sound)) == []


@pytest.mark.parametrize("way", WAYS)
def test_each_law_can_be_broken(sound: Plan, way: str) -> None:
    assert list(laws.of_record(changed(sound, way)))


@pytest.mark.parametrize(
    ("code", "message", "right"),
    [
        (TooLarge.code, "9 bytes, more than 5 (KEHOACH_MAX_BYTES).", True),
        (KehoachError.code, "unexpected ZeroDivisionError: division by zero.", False),
        ("new-code", "Nobody wrote of it.", False),
        ("damaged", "", False),
        ("damaged", "The reader could not follow the file (ValueError: 9).", False),
        ("damaged", "The page could not be read (ValueError: 9).", False),
    ],
)
def test_refusals(code: str, message: str, right: bool) -> None:
    assert (not list(laws.of_refusal(code, message))) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2031", True), ("2031-02", True), ("2028-02-29", True), ("2031/2035", True),
        ("../2031-06-30", True), ("2031-06/..", True), ("2031-01/2031-03", True),
        ("", False), ("31", False), ("2031-13", False), ("2031-02-29", False), ("2035/2031", False),
        ("../..", False), ("/", False), ("2031/", False), ("٢٠٣١", False), ("2031-6", False),
        ("2031-06-30T08:00", False), ("2031/2032/2033", False), ("0000", False),
    ],
)  # fmt: skip
def test_dates_and_intervals(text: str, right: bool) -> None:
    assert (edtf.ends(text) is not None) is right
