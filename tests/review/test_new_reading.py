"""Verdicts about a whole plan, and the same file read again with other letters and line ends."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models import Plan
from pipeline import Pipeline, corpus, review
from pipeline.corrections import Correction, anchors, lay_over, values
from pipeline.samples import make
from pipeline.samples.text import render


@pytest.fixture(scope="module")
def read_plan() -> Plan:
    """The record of a sample plan."""
    return Pipeline().from_text(render(make(3)), "plan.txt")


def worn(text: str, rate: float, seed: int = 7) -> tuple[str, list[int]]:
    """A text with some letters changed and lines broken elsewhere, and where each sign went."""
    chance = random.Random(seed)
    out, places, at = ["Trang 1\n"], [], len("Trang 1\n")
    for sign in text:
        places.append(at)
        if sign == " " and chance.random() < 0.02:
            sign = "\n"
        elif sign.isalpha() and chance.random() < rate:
            sign = chance.choice(["", "x", sign + "i"])
        out.append(sign)
        at += len(sign)
    return "".join(out), [*places, at]


@pytest.mark.parametrize(("rate", "least"), [(0.0, 1.0), (0.002, 0.99), (0.01, 0.97)])
def test_values_are_found_again_or_given_up_never_misplaced(
    read_plan: Plan, rate: float, least: float
) -> None:
    text, places = worn(read_plan.text, rate)
    slots = [one for one in values.slots(read_plan) if one.kind != "header"]
    assert len(slots) > 60
    found = 0
    for slot in slots:
        got = anchors.find(text, anchors.place_of(read_plan.text, slot.start, slot.end))
        if got is not None:
            start, end = places[slot.start], places[slot.end]
            common = min(end, got[1]) - max(start, got[0])
            assert common > (end - start) / 2, (slot.address, text[got[0] : got[1]])
            found += 1
    assert found >= least * len(slots)


NEW = {
    "deadline": {"value": "2033-03-01", "kind": "due"},
    "target": {"value": 17.0},
    "reference": {"number": "99/QĐ-TTg", "date": "2030-05-06"},
    "agency": {"canonical": "Sở Khí tượng"},
    "section": {"title": "Tên khác"},
    "header": {"title": "Tên khác"},
}


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_corrections_survive_another_reading_of_the_file(
    read_plan: Plan, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """What people fixed stands in the new record where its words are found; else it is listed."""
    text, _ = worn(read_plan.text, 0.001, data.draw(st.integers(0, 1000), label="wear"))
    again = Pipeline().from_text(text, "plan.txt")
    again = again.model_copy(update={"id": read_plan.id, "source": read_plan.source})
    with corpus.open(tmp_path_factory.mktemp("again") / "corpus.db", write=True) as plans:
        plans.add(read_plan)
        items = review.items(plans, read_plan.id)
        chosen = data.draw(
            st.lists(st.integers(0, len(items) - 1), min_size=3, max_size=12, unique=True)
        )
        log = []
        for item in (items[number] for number in chosen):
            fixed = NEW.get(item.kind)
            if item.kind == "header" and item.address != "header/title":
                fixed = None
            verdict = data.draw(
                st.sampled_from(["accept", "reject", "edit"] if fixed else ["accept", "reject"])
            )
            new = fixed if verdict == "edit" else None
            log.append(review.decide(plans, read_plan.id, item.address, verdict, new=new, by="An"))
        before = review.history(plans)
        plans.add(again)
        assert review.history(plans) == before
        record = plans.plan(read_plan.id)
        lost = {one.entry for _, one in review.conflicts(plans) if one.code == "lost"}
        kept = [one for one in log if one.id not in lost]
        # A value that was rejected and is not read any more needs no verdict.
        silent = len(kept) - len(record.checks)
        assert len(lost) <= 1 + len(log) // 4
        values_now = repr(record)
        for one in kept:
            if one.verdict == "edit":
                assert str(next(iter(NEW[one.address.split("/")[0]].values()))) in values_now
        rejected = [check for check in record.checks if check.verdict == "rejected"]
        assert silent >= 0
        assert len(rejected) == sum(one.verdict == "reject" for one in kept) - silent
        assert not plans.faults()


def test_a_plan_accepted_in_all_is_accepted_in_its_next_reading(read_plan: Plan) -> None:
    log = []
    for number, slot in enumerate(values.slots(read_plan), 1):
        machine = values.fields(read_plan, slot)
        place = None
        if slot.kind != "header":
            place = anchors.place_of(read_plan.text, slot.start, slot.end)
        fixed = values.checked(slot.kind, machine)
        log.append(
            Correction(number, "", "", "An", "accept", slot.address, place, machine, machine, fixed)
        )
    text, _ = worn(read_plan.text, 0.0)
    again = Pipeline().from_text(text, "plan.txt")
    laid = lay_over(again, log)
    assert not [one for one in laid.conflicts if one.code == "lost"]
    verdicts = [check.verdict for check in laid.plan.checks]
    assert len(verdicts) == len(log)
    assert verdicts.count("accepted") > 0.9 * len(log)
    # what the machine reads otherwise in broken lines is listed, and the person's reading stands
    listed = [one for one in laid.conflicts if one.code == "changed"]
    assert verdicts.count("edited") == len(listed)
