"""The plan and its truth: deterministic, grounded in the words, true to the calendar."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.samples import SamplePlan, make
from pipeline.samples.compose import marker_of
from pipeline.samples.parts import Paragraph
from pipeline.samples.text import lay_out, render, rows
from pipeline.samples.truth import dumps, gold
from pipeline.samples.vocabulary import Calendar, World, deadline, provinces


def fold(text: str) -> str:
    return " ".join(text.split())


def test_the_same_seed_gives_the_same_plan(plan: SamplePlan) -> None:
    again = make(plan.seed)
    assert again == plan
    assert dumps(again) == dumps(plan)


def test_seeds_differ() -> None:
    assert len({render(make(seed)) for seed in range(60)}) == 60


def test_every_value_of_the_truth_stands_in_the_text(plan: SamplePlan) -> None:
    text, truth = fold(render(plan)), gold(plan)
    header = truth["header"]
    for name in ("number", "symbol", "place", "title", "signer", "signer_title"):
        assert header[name] is None or header[name] in text, name
    assert header["issuer"].casefold() in text.casefold()
    for line in header["recipients"]:
        assert f"- {line}" in text
    for line in (header["on_behalf"] or "").split("; "):
        assert line in text
    for section in truth["outline"]:
        assert section["title"] in text
    for name in ("references", "deadlines", "targets"):
        for entry in truth[name]:
            assert entry["text"] in text
    for reference in truth["references"]:
        assert reference["number"] is None or reference["number"] in reference["text"]
        assert reference["issuer"] is None or reference["issuer"] in text
    for agency in truth["agencies"]:
        assert agency["name"] in text
    for assignment in truth["assignments"]:
        assert assignment["agency"].casefold() in text.casefold()
    for row in truth["annex_table"] or ():
        assert all(cell in text for cell in row.values())


def test_spans_point_at_their_words(plan: SamplePlan) -> None:
    text, truth = render(plan), gold(plan)
    for name in ("references", "deadlines", "targets", "agencies"):
        for entry in truth[name]:
            start, end = entry["span"]
            assert text[start:end] == entry.get("text", entry.get("name"))


def test_no_mark_is_left_in_the_words(plan: SamplePlan) -> None:
    assert not re.search(r"[{}]", render(plan))
    assert "  " not in re.sub(r"(số:?|ngày|tháng) +", "", render(plan), flags=re.I)


def test_sections_of_the_truth_are_in_the_outline(plan: SamplePlan) -> None:
    truth = gold(plan)
    paths = {tuple(s["path"]) for s in truth["outline"]} | {()}
    for name in ("deadlines", "targets", "assignments"):
        for entry in truth[name]:
            assert tuple(entry["section"]) in paths
    for key in truth["bullets"]:
        assert tuple(key.rstrip("+").split("/")) in paths


def test_assignments_name_leads_and_helpers() -> None:
    truth = gold(make(1, act="plan", tasks="labelled", length=2))
    roles = {a["role"] for a in truth["assignments"]}
    assert {"lead", "coordinate", "assignee", "report_to"} <= roles


def test_every_row_of_the_annex_has_its_lead() -> None:
    truth = gold(make(1, annex=True))
    leads = [a for a in truth["assignments"] if a["section"] == ["PL"] and a["role"] == "lead"]
    assert [a["agency"] for a in leads] == [row["lead"] for row in truth["annex_table"]]


def test_a_blank_number_and_date_are_null_and_coarse() -> None:
    truth = gold(make(5, blank="both", act="plan", annex=True))
    header = truth["header"]
    assert header["number"] is None
    assert header["symbol"].startswith("KH-")
    assert re.fullmatch(r"20\d\d(-\d\d)?", header["issued_on"])
    own = f"/{header['symbol']}"
    assert not any(own in (r["number"] or "") and r["kind"] is None for r in truth["references"])
    assert "Số:       /KH-" in render(make(5, blank="both", act="plan"))


def test_a_decision_carries_a_plan() -> None:
    truth = gold(make(4, act="decision", issuer="ubnd", blank="none"))
    assert truth["header"]["kind"] == "QĐ"
    assert truth["header"]["attached"]["kind"] == "KH"
    assert [s["path"] for s in truth["outline"][:4]] == [["Điều 1"], ["Điều 2"], ["Điều 3"], ["I"]]
    own = [r for r in truth["references"] if r["number"] == truth["header"]["number"]]
    assert own and own[0]["date"] == truth["header"]["issued_on"]


@pytest.mark.parametrize("numbering", ["roman", "decimal", "letters", "parts"])
def test_numbering_schemes(numbering: str) -> None:
    plan = make(3, numbering=numbering, act="plan", length=3)
    first = next(b for b in plan.blocks if isinstance(b, Paragraph) and b.style == "heading")
    path = {"letters": ("A",), "parts": ("Phần I",)}.get(numbering, ("I",))
    assert first.path == path


def test_points_run_through_the_vietnamese_alphabet() -> None:
    points = [marker_of("roman", (1, 1, n))[0] for n in range(1, 9)]
    assert points == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)"]


def test_sixty_three_provinces_become_thirty_four() -> None:
    assert len(provinces(date(2024, 6, 1))) == 63
    assert len(provinces(date(2025, 7, 1))) == 34
    assert len(provinces(date(2026, 6, 1))) == 34


def test_bodies_follow_the_date() -> None:
    before = World("Lào Cai", "tỉnh", date(2024, 5, 6))
    after = World("Lào Cai", "tỉnh", date(2025, 9, 8))
    assert before.agency("truyen_thong").text == "Sở Thông tin và Truyền thông"
    assert after.agency("truyen_thong").text == "Sở Khoa học và Công nghệ"
    assert before.agency("huyen").text == "UBND các huyện, thị xã, thành phố"
    assert after.agency("huyen").text == "UBND các xã, phường"


def test_a_province_that_is_gone_is_refused() -> None:
    with pytest.raises(ValueError, match="Yên Bái"):
        make(1, province="Yên Bái", year=2026)
    with pytest.raises(TypeError, match="colour"):
        make(1, colour="red")


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**6), year=st.integers(2023, 2026), field=st.booleans())
def test_deadlines_lie_in_the_plan_s_time(seed: int, year: int, field: bool) -> None:
    from random import Random

    when = Calendar(year, year, date(year, 4, 1))
    found = deadline(Random(seed), when, field=field)
    for value in found.values:
        if found.kind in ("due", "within"):
            assert value is not None and str(year) in value
            assert re.fullmatch(r"(\.\./)?\d{4}(-\d\d){0,2}(/(\.\.|\d{4}-\d\d))?", value)
        elif found.kind in ("recurring", "relative"):
            assert value is not None and re.fullmatch(r"(R/)?P\d+[DMY]", value)
        else:
            assert value is None


def test_the_forms_of_the_text_have_the_same_words(plan: SamplePlan) -> None:
    plain = re.sub(r"\||---", " ", render(plan)).split()
    web = render(plan, "web")
    assert web.split() == plain
    assert all(len(line) <= 80 for line in web.splitlines())
    flat = render(plan, "flat")
    assert re.sub(r"-------+", " ", flat).split() == plain
    assert "\n\n" not in flat
    markdown = re.sub(r"[*#|]|---", " ", render(plan, "markdown"))
    assert markdown.split() == plain


def test_the_layout_is_the_text(plan: SamplePlan) -> None:
    text, placed = lay_out(plan)
    assert text == render(plan)
    assert [r.text for r in rows(plan)] == [line for line in text.split("\n") if line]
    assert placed == sorted(placed, key=lambda p: p.start)


def test_the_truth_is_json(plan: SamplePlan) -> None:
    assert json.loads(dumps(plan)) == gold(plan)
