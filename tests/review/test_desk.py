"""Looking at a plan's values and deciding about them, through the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from models import Plan, Warning_
from pipeline import corpus, review
from pipeline.corpus import Corpus
from pipeline.corrections.entries import CATEGORIES
from pipeline.errors import BadCorrection, CannotWrite, CorpusBusy, NotInCorpus, ValueChanged


def deadline(plan: Plan) -> str:
    span = plan.deadlines[0].span
    return f"deadline/{span.start}-{span.end}"


def test_search_calendar_tables_and_export_have_it_at_once(
    plans: Corpus, plan: Plan, tmp_path: Path
) -> None:
    review.decide(plans, plan.id, deadline(plan), "edit", new={"value": "2031-09-15"}, by="An")
    assert [one.latest for one in plans.due()] == ["2031-09-14"]
    assert plans.search("due:2031-09").total == 1
    assert plans.search("due:2031-06").total == 0
    assert list(plans.frame("deadlines")["value"]) == ["../2031-09-15"]
    (written,) = plans.export(tmp_path / "out.jsonl", "jsonl")
    assert Plan.model_validate_json(written.read_bytes()) == plans.plan(plan.id)
    assert plans.plan(plan.id, machine=True) == plan


def test_a_body_s_name_and_role_are_searched_corrected(plans: Corpus, plan: Plan) -> None:
    agency = next(i for i in review.items(plans, plan.id, category="agencies"))
    review.decide(plans, plan.id, agency.address, "edit", new={"canonical": "Sở Y tế"}, by="An")
    assert plans.search('lead:"Sở Y tế"').total == 1
    assert plans.search('lead:"Sở Xây dựng"').total == 0
    role = next(
        i for i in review.items(plans, plan.id, category="assignments") if "lead" in i.address
    )
    review.decide(plans, plan.id, role.address, "edit", new={"role": "supervise"}, by="An")
    assert plans.search('lead:"Sở Y tế"').total == 0
    assert plans.search('supervise:"Sở Y tế"').total == 1
    facet = plans.facets("", names=("agency",)).facets[0]
    assert {(value.value, value.role) for value in facet.values} == {
        ("Sở Y tế", "supervise"), ("Sở Tài chính", "coordinate"),
    }  # fmt: skip


def test_header_fields_are_searched_corrected(plans: Corpus, plan: Plan) -> None:
    review.decide(plans, plan.id, "header/province", "edit", new={"province": "Lào Cai"}, by="An")
    assert plans.search('province:"Lào Cai"').total > 0
    assert plans.search('province:"Hà Nội"').total == 0


def test_only_this_plan_is_indexed_anew(
    plans: Corpus, plan: Plan, small_plan: Callable[..., Plan]
) -> None:
    source = plan.source.model_copy(update={"sha256": "f" * 64, "name": "other.txt"})
    plans.add(plan.model_copy(update={"id": "f" * 16, "source": source}))
    select = (
        "SELECT * FROM passages WHERE plan = 2",
        "SELECT * FROM deadlines WHERE passage >= 131072",
    )
    before = [plans.store.connection.execute(sql).fetchall() for sql in select]
    review.decide(plans, plan.id, deadline(plan), "reject", by="An")
    assert [plans.store.connection.execute(sql).fetchall() for sql in select] == before
    assert plans.find(plan.id) == 1
    assert plans.find("trong-cay.txt") == 1


def test_what_to_check_first(plans: Corpus, plan: Plan) -> None:
    span = plan.targets[0].span
    unsure = plan.targets[0].model_copy(update={"confidence": 0.3})
    noted = Warning_(code="number-repaired", message="…", span=plan.references[0].span)
    plans.add(plan.model_copy(update={"targets": [unsure], "warnings": [noted]}))
    review.decide(plans, plan.id, "header/kind", "accept", by="An")
    found = review.items(plans, plan.id)
    assert [item.kind for item in found[:2]] == ["reference", "target"]
    assert found[0].warnings == ("number-repaired",)
    assert (found[1].spans[0].start, found[1].confidence) == (span.start, 0.3)
    assert found[-1].address == "header/kind"
    assert found[-1].verdict == "accepted"
    assert all(item.verdict is None for item in review.items(plans, plan.id, unchecked=True))


def test_the_second_of_two_editors_is_told(path: Path, plans: Corpus, plan: Plan) -> None:
    with corpus.open(path, write=True) as other:
        mine = review.item(plans, plan.id, deadline(plan))
        theirs = review.item(other, plan.id, deadline(plan))
        review.decide(plans, plan.id, mine.address, "reject", by="An", seen=mine.seen)
        with pytest.raises(ValueChanged, match="by An at 2"):
            review.decide(other, plan.id, theirs.address, "accept", by="Bình", seen=theirs.seen)
        # another value of the same plan is not disturbed
        fresh = review.item(other, plan.id, "header/number")
        review.decide(other, plan.id, "header/number", "accept", by="Bình", seen=fresh.seen)
    assert [one.by for one in review.history(plans, plan.id)] == ["An", "Bình"]


def test_a_new_reading_changes_what_was_seen(plans: Corpus, plan: Plan) -> None:
    seen = review.item(plans, plan.id, deadline(plan)).seen
    other = plan.deadlines[0].model_copy(update={"value": "../2031-05-30"})
    plans.add(plan.model_copy(update={"deadlines": [other]}))
    with pytest.raises(ValueChanged):
        review.decide(plans, plan.id, deadline(plan), "accept", by="An", seen=seen)


def test_undo_restores_exactly_and_can_be_undone(plans: Corpus, plan: Plan) -> None:
    first = review.decide(plans, plan.id, deadline(plan), "edit", new={"value": "2031"}, by="An")
    edited = plans.plan(plan.id)
    second = review.decide(plans, plan.id, deadline(plan), "reject", by="Bình")
    with pytest.raises(ValueChanged, match=f"entry {second.id} decided"):
        review.undo(plans, plan.id, first.id, by="An")
    back = review.undo(plans, plan.id, second.id, by="An", why="nhầm")
    assert plans.plan(plan.id) == edited
    with pytest.raises(ValueChanged, match="before"):
        review.undo(plans, plan.id, second.id, by="An")
    review.undo(plans, plan.id, first.id, by="An")
    assert plans.plan(plan.id) == plan
    assert plans.store.connection.execute("SELECT count(*) FROM corrected").fetchone() == (0,)
    with pytest.raises(BadCorrection, match="no entry 99"):
        review.undo(plans, plan.id, 99, by="An")
    review.undo(plans, plan.id, back.id, by="An")
    assert plans.plan(plan.id).deadlines == []


def test_corrections_outlive_new_readings_and_removal(plans: Corpus, plan: Plan) -> None:
    review.decide(plans, plan.id, deadline(plan), "edit", new={"value": "2031-09-15"}, by="An")
    corrected = plans.plan(plan.id)
    plans.remove(plan.id)
    assert len(review.history(plans)) == 1
    with pytest.raises(NotInCorpus):
        review.items(plans, plan.id)
    plans.add(plan)
    assert plans.plan(plan.id) == corrected
    newer = plan.header.model_copy(update={"title": "Trồng rừng năm 2031"})
    plans.add(plan.model_copy(update={"header": newer}))
    again = plans.plan(plan.id)
    assert (again.header.title, again.deadlines) == ("Trồng rừng năm 2031", corrected.deadlines)
    assert review.conflicts(plans) == []


def test_a_conflict_comes_first_and_a_new_verdict_settles_it(plans: Corpus, plan: Plan) -> None:
    review.decide(plans, plan.id, deadline(plan), "accept", by="An")
    other = plan.deadlines[0].model_copy(update={"value": "../2031-05-30"})
    plans.add(plan.model_copy(update={"deadlines": [other]}))
    first = review.items(plans, plan.id)[0]
    assert (first.address, first.fields["value"]) == (deadline(plan), "../2031-06-30")
    assert first.conflict is not None
    assert [(name, one.code) for name, one in review.conflicts(plans)] == [(plan.id, "changed")]
    assert review.progress(plans, plan.id)[CATEGORIES.index("deadlines")].conflicts == 1
    review.decide(plans, plan.id, first.address, "accept", by="Bình", seen=first.seen)
    assert review.conflicts(plans) == []
    assert plans.plan(plan.id).deadlines[0].value == "../2031-06-30"


def test_a_value_that_is_gone_can_be_confirmed_or_given_up(plans: Corpus, plan: Plan) -> None:
    review.decide(plans, plan.id, deadline(plan), "accept", by="An")
    bare = [plan.tasks[0].model_copy(update={"deadlines": []})]
    plans.add(plan.model_copy(update={"deadlines": [], "tasks": bare}))
    assert [one.code for _, one in review.conflicts(plans, plan.id)] == ["gone"]
    review.decide(plans, plan.id, deadline(plan), "accept", by="An")
    assert review.conflicts(plans) == []
    assert len(plans.plan(plan.id).deadlines) == 1
    review.decide(plans, plan.id, deadline(plan), "reject", by="An")
    assert plans.plan(plan.id).deadlines == []


def test_added_values_are_values(plans: Corpus, plan: Plan) -> None:
    start = plan.text.index("Sở Tài chính")
    span = (start, start + len("Sở Tài chính"))
    review.add(plans, plan.id, "assignment", span, {"role": "fund"}, by="An")
    assert plans.search('fund:"Sở Tài chính"').total == 1
    item = review.item(plans, plan.id, f"assignment/{span[0]}-{span[1]}/fund")
    assert (item.verdict, item.machine, item.words) == ("added", None, "Sở Tài chính")
    assert item.task == plan.tasks[0].text
    review.decide(plans, plan.id, item.address, "edit", new={"role": "report_to"}, by="Bình")
    assert plans.search('fund:"Sở Tài chính"').total == 0
    with pytest.raises(BadCorrection, match="words of an added role"):
        review.decide(plans, plan.id, item.address, "edit", span=span, by="Bình")
    review.decide(plans, plan.id, item.address, "reject", by="Bình")
    assert len(plans.plan(plan.id).tasks[0].assignments) == 2


def test_a_role_for_a_body_outside_the_duty(plans: Corpus, plan: Plan) -> None:
    start = plan.text.index("UBND tỉnh")
    task = next(i for i in review.items(plans, plan.id, category="tasks"))
    review.add(
        plans, plan.id, "assignment", (start, start + 9), {"role": "report_to"}, by="An",
        task=task.address,
    )  # fmt: skip
    roles = plans.plan(plan.id).tasks[0].assignments
    assert (roles[0].agency, roles[0].role) == ("UBND tỉnh", "report_to")


def test_other_words_for_a_value(plans: Corpus, plan: Plan) -> None:
    start = plan.text.index("30 tháng 6")
    review.decide(
        plans, plan.id, deadline(plan), "edit", span=(start - 1, start + len("30 tháng 6 ")),
        by="An",
    )  # fmt: skip
    made = plans.plan(plan.id).deadlines[0]
    assert made.text == "30 tháng 6."
    assert review.item(plans, plan.id, deadline(plan)).spans[0].start == start


def test_a_header_field_points_to_its_words_where_they_stand_once(
    plans: Corpus, plan: Plan
) -> None:
    review.decide(plans, plan.id, "header/title", "edit", new={"title": "Trồng cây"}, by="An")
    span = plans.plan(plan.id).header.spans["title"][0]
    assert plan.text[span.start : span.end] == "Trồng cây"
    review.decide(plans, plan.id, "header/number", "edit", new={"number": "77/KH-UBND"}, by="An")
    assert "number" not in plans.plan(plan.id).header.spans


def test_a_category_is_complete_when_all_is_checked_and_somebody_says_so(
    plans: Corpus, plan: Plan
) -> None:
    def state() -> tuple[int, int, bool]:
        one = review.progress(plans, plan.id)[CATEGORIES.index("deadlines")]
        return one.total, one.checked, one.complete

    assert state() == (1, 0, False)
    review.decide(plans, plan.id, deadline(plan), "accept", by="An")
    assert state() == (1, 1, False)
    review.decide(plans, plan.id, "complete/deadlines", "accept", by="An")
    assert state() == (1, 1, True)
    review.decide(plans, plan.id, "complete/deadlines", "reject", by="An")
    assert state() == (1, 1, False)
    made = review.accept_rest(plans, plan.id, "agencies", by="An")
    assert [one.address.partition("/")[0] for one in made] == ["agency", "agency", "complete"]


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("deadline/0-3", "accept"), ("deadline/../../etc", "accept"), ("", "accept"),
        ("header/nothing", "accept"), ("header/number", "undo"), ("header/number", "add"),
        ("header/number", "x"), ("complete/x", "accept"), ("complete/deadlines", "edit"),
        ("deadline/99999999999999999999-3", "accept"), ("header/__class__", "accept"),
    ],
)  # fmt: skip
def test_what_is_no_value_or_no_verdict(
    plans: Corpus, plan: Plan, address: str, verdict: str
) -> None:
    with pytest.raises(BadCorrection):
        review.decide(plans, plan.id, address, verdict, by="An")  # type: ignore[arg-type]
    assert review.history(plans) == []


def test_who_only_looks_cannot_decide(path: Path, plans: Corpus, plan: Plan) -> None:
    with corpus.open(path) as reader:
        assert review.items(reader, plan.id)
        with pytest.raises(CannotWrite):
            review.decide(reader, plan.id, "header/number", "accept", by="An")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE corrections SET by = 'x'",
        "DELETE FROM corrections",
        "INSERT OR REPLACE INTO corrections SELECT * FROM corrections",
        "REPLACE INTO corrections (id, sha256, at, by, verdict, address, why, pipeline)"
        " VALUES (1, 'a', 'b', 'c', 'accept', 'd', '', '')",
        "UPDATE OR REPLACE corrections SET id = 2",
    ],
)
def test_the_log_cannot_be_rewritten(plans: Corpus, plan: Plan, sql: str) -> None:
    review.decide(plans, plan.id, "header/number", "accept", by="An")
    before = review.history(plans)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        plans.store.connection.execute(sql)
    assert review.history(plans) == before


def test_a_writer_waits_its_turn(path: Path, plans: Corpus, plan: Plan) -> None:
    with corpus.open(path, write=True) as other:
        other.store.connection.execute("PRAGMA busy_timeout = 50")
        with plans.store.transaction(), pytest.raises(CorpusBusy):
            review.decide(other, plan.id, "header/number", "accept", by="An")


def test_hostile_text_is_kept_as_text(plans: Corpus, plan: Plan) -> None:
    evil = "<script>alert(1)</script>' OR 1=1; DROP TABLE corrections; --"
    review.decide(
        plans, plan.id, "header/title", "edit", new={"title": evil}, by=evil[:90], why=evil
    )
    assert plans.plan(plan.id).header.title == evil
    assert review.history(plans)[0].why == evil
