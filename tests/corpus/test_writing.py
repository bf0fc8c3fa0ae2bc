"""Plans in and out of the corpus: nothing lost, nothing left behind, only one plan touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Header, Page, Plan, Section, Source, Span, Task
from pipeline import corpus
from pipeline.corpus import Corpus
from pipeline.corpus.packing import pack, unpack
from pipeline.corpus.passages import LONGEST, MOST, cut, flatten
from pipeline.corpus.rows import covered_years
from pipeline.corpus.writing import Outcome
from pipeline.errors import BadRecord, NotInCorpus, UsageError

Little = Callable[..., Plan]


@pytest.fixture
def writer(tmp_path: Path):  # type: ignore[no-untyped-def]
    with corpus.open(tmp_path / "corpus.db", write=True) as opened:
        yield opened
        assert not opened.faults()


def content(writer: Corpus) -> dict[str, list[tuple]]:
    tables = writer.store.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'words_%' AND name NOT IN ('words', 'about')"
    ).fetchall()
    return {
        name: writer.store.connection.execute(f"SELECT * FROM {name}").fetchall()
        for (name,) in tables
    }


def test_a_record_comes_back_byte_for_byte(plans: list[Plan]) -> None:
    for plan in plans:
        assert unpack(pack(plan), plan.text).to_json() == plan.to_json()


def test_a_record_with_pages_and_boxes_comes_back(little: Little) -> None:
    page = Page(number=1, width=595.28, height=841.89, read_by="text-layer")
    task = little().tasks[0]
    span = Span(start=task.span.start, end=task.span.end, page=1, boxes=[(1.5, 2, 3, 4.25)])
    plan = little(tasks=[task.model_copy(update={"span": span})])
    plan = plan.model_copy(update={"source": plan.source.model_copy(update={"pages": [page]})})
    assert unpack(pack(plan), plan.text).to_json() == plan.to_json()


def test_pages_and_boxes_lead_from_a_hit_to_the_page(writer: Corpus, little: Little) -> None:
    task = little().tasks[0]
    boxes = [(1.5, 2.0, 3.0, 4.25)]
    span = Span(start=task.span.start, end=task.span.end, page=3, boxes=boxes)
    writer.add(little(tasks=[task.model_copy(update={"span": span})]))
    hit = writer.search("lead:SXD").hits[0]
    assert (hit.page, list(hit.boxes)) == (3, boxes)


def test_adding_updating_naming(writer: Corpus, little: Little) -> None:
    plan = little(1)
    other = plan.source.model_copy(update={"name": "other.txt"})
    newer = plan.header.model_copy(update={"title": "Trồng rừng"})
    assert writer.add(plan).outcome is Outcome.ADDED
    assert writer.add(plan).outcome is Outcome.KNOWN
    assert writer.add(plan.model_copy(update={"source": other})).outcome is Outcome.NAMED
    updated = writer.add(plan.model_copy(update={"header": newer}))
    assert updated.outcome is Outcome.UPDATED
    assert updated.plan == writer.find("other.txt") == writer.find("plan-1.txt")
    assert writer.plan(plan.id).header.title == "Trồng rừng"
    assert writer.search("").total == writer.search("plan:0000000000000001").total


def test_the_words_of_the_old_record_are_gone(writer: Corpus, little: Little) -> None:
    plan = little(1, "Cũ kỹ.\n")
    writer.add(plan)
    assert writer.search("cũ kỹ").total == 1
    writer.add(plan.model_copy(update={"text": plan.text.replace("Cũ kỹ", "Mới mẻ")}))
    assert writer.search("cũ kỹ").total == 0
    assert writer.search("mới mẻ").total == 1


def test_removing_leaves_nothing_behind(writer: Corpus, little: Little) -> None:
    empty = content(writer)
    writer.add(little(1))
    writer.remove("plan-1.txt")
    assert content(writer) == empty
    assert writer.search("cây").total == 0


def test_what_plans_share_stays_with_the_last(writer: Corpus, little: Little) -> None:
    for number in (1, 2):
        writer.add(little(number))
    both = len(writer.frame("documents"))
    writer.remove("plan-1.txt")
    assert len(writer.frame("documents")) == both
    assert len(writer.cites("12/QĐ-UBND")[1]) == 1


def test_updating_one_plan_touches_no_other(writer: Corpus, little: Little) -> None:
    plans = [little(number, f"Câu {number}.\n") for number in range(3)]
    numbers = [added.plan for added in writer.add_many(plans)]
    run = writer.store.connection.execute
    kept = "SELECT * FROM passages WHERE plan <> ? ORDER BY id"
    before = run(kept, [numbers[1]]).fetchall()
    changes: list[str] = []
    writer.store.connection.set_trace_callback(changes.append)
    writer.add(plans[1].model_copy(update={"text": plans[1].text + "Thêm.\n"}))
    writer.store.connection.set_trace_callback(None)
    indexed = [each for each in changes if each.startswith("INSERT INTO words")]
    own = len(run("SELECT id FROM passages WHERE plan = ?", [numbers[1]]).fetchall())
    assert len(indexed) <= 2 * own + 1
    assert run(kept, [numbers[1]]).fetchall() == before


@pytest.mark.parametrize("words", ["", " \n\t"])
def test_a_record_without_words_is_refused(writer: Corpus, little: Little, words: str) -> None:
    empty = little(1).model_copy(
        update={"text": words, "sections": [], "tasks": [], "references": [], "agencies": [],
                "deadlines": [], "targets": []}
    )  # fmt: skip
    with pytest.raises(BadRecord):
        writer.add(empty)


def test_spans_outside_the_text_are_refused(writer: Corpus, little: Little) -> None:
    with pytest.raises(BadRecord):
        writer.add(little(1).model_copy(update={"text": "Ngắn."}))
    assert content(writer)["plans"] == []


HUGE = 10**30


def lying(plan: Plan) -> dict[str, Plan]:
    """A sound plan, with one thing in it that cannot be."""
    deadline, target, section = plan.deadlines[0], plan.targets[0], plan.sections[0]
    page = Page(number=HUGE, read_by="text")
    deep = section
    for _ in range(400):
        deep = section.model_copy(update={"children": [deep]})

    def changed(**changes: object) -> Plan:
        return plan.model_copy(update=changes)

    return {
        "a letter that ends SQLite's text": changed(text=plan.text + "\0Sở Nội vụ"),
        "half a character": changed(text=plan.text + "\ud800"),
        "a size": changed(source=plan.source.model_copy(update={"bytes": HUGE})),
        "a page": changed(source=plan.source.model_copy(update={"pages": [page]})),
        "a section's page": changed(sections=[section.model_copy(update={"page": HUGE})]),
        "a day": changed(deadlines=[deadline.model_copy(update={"latest": "hôm qua"})]),
        "a year": changed(deadlines=[deadline.model_copy(update={"earliest": "0000-01-01"})]),
        "no number": changed(targets=[target.model_copy(update={"value": float("nan")})]),
        "no end": changed(targets=[target.model_copy(update={"value_max": float("inf")})]),
        "no bottom": changed(sections=[deep]),
    }


@pytest.mark.parametrize("what", [
    "a letter that ends SQLite's text", "half a character", "a size", "a page", "a section's page",
    "a day", "a year", "no number", "no end", "no bottom",
])  # fmt: skip
def test_what_cannot_be_is_refused(writer: Corpus, little: Little, what: str) -> None:
    with pytest.raises(BadRecord):
        writer.add(lying(little(1))[what])
    assert content(writer)["plans"] == []
    assert writer.add(little(1)).outcome is Outcome.ADDED


@pytest.mark.parametrize(
    "engines", [{"%": "a"}, {"@": "1"}, {"~": "2"}, {"!": "3"}, {"start": "1", "end": "2"}]
)
def test_a_stranger_s_keys_are_no_signs_of_ours(little: Little, engines: dict[str, str]) -> None:
    plan = little(1)
    plan = plan.model_copy(update={"source": plan.source.model_copy(update={"engines": engines})})
    assert unpack(pack(plan), plan.text).to_json() == plan.to_json()


def test_bytes_of_another_packing_are_refused(little: Little) -> None:
    plan = little(1)
    packed = pack(plan)
    for wrong in (b"", b"\xff" + packed[1:], packed[:1] + b"rubbish"):
        with pytest.raises(ValueError):
            unpack(wrong, plan.text)


def test_a_name_with_half_a_character_is_nobody_s(writer: Corpus) -> None:
    with pytest.raises(NotInCorpus):
        writer.find("\ud800")


def test_two_plans_of_one_number_are_named_by_their_ids(writer: Corpus, little: Little) -> None:
    for number in (1, 2):
        writer.add(little(number, header=Header(number="12/KH-UBND")))
    with pytest.raises(UsageError, match=f"{1:016x}.*{2:016x}"):
        writer.find("12/KH-UBND")


def test_values_of_strangers_stay_values(writer: Corpus, little: Little) -> None:
    evil = "'); DROP TABLE plans; --"
    header = little().header.model_copy(update={"title": evil, "number": evil})
    writer.add(little(1, header=header))
    assert writer.search("").hits[0].title == evil
    assert writer.find(evil) == 1


@pytest.mark.parametrize(
    ("period", "issued", "years"),
    [
        ("2024", "2023-12-01", [2024]),
        ("2021/2025", None, [2021, 2022, 2023, 2024, 2025]),
        (None, "2024-02-01", [2024]),
        (None, None, []),
        ("1900/2099", None, list(range(1900, 1951))),
    ],
)
def test_covered_years(period: str | None, issued: str | None, years: list[int]) -> None:
    assert covered_years(period, issued) == years


def check_cut(plan: Plan) -> None:
    """Every letter that is no blank stands in exactly one passage."""
    passages = cut(plan, flatten(plan.sections))
    at = 0
    for one in passages:
        assert at <= one.start < one.end <= len(plan.text)
        assert not plan.text[at : one.start].strip()
        assert plan.text[one.start : one.end] == plan.text[one.start : one.end].strip()
        at = one.end
    assert not plan.text[at:].strip()
    assert len(passages) <= MOST


def test_passages_leave_no_word_out(plans: list[Plan]) -> None:
    for plan in plans:
        check_cut(plan)
        assert all(one.end - one.start <= LONGEST + 64 for one in cut(plan, flatten(plan.sections)))


SPANS = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(
    lambda pair: Span(start=min(pair), end=max(pair))
)


@given(
    st.text(min_size=1, max_size=40).map(lambda words: (words * 60)[:3000]),
    st.lists(SPANS, max_size=6),
    st.lists(SPANS, max_size=6),
)
def test_passages_of_any_spans(text: str, sections: list[Span], tasks: list[Span]) -> None:
    """Overlapping, empty and nested spans change where is cut, never what is there."""
    plan = Plan(
        id="0" * 16,
        source=Source(
            name="x", sha256="0" * 64, media_type="text/plain", bytes=0, pages=[], pipeline="0"
        ),
        text=text,
        header=Header(),
        sections=[
            Section(path=["I"], marker="I.", title="x", text="x", span=span) for span in sections
        ],
        tasks=[Task(id="t", section=[], text="x", span=span) for span in tasks],
    )
    check_cut(plan)


def test_the_file_opens_in_datasette_s_way(corpus_file: Path) -> None:
    """Every view can be read without anything of ours."""
    with sqlite3.connect(corpus_file) as connection:
        views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        assert len(views) >= 8
        for (name,) in views:
            rows = connection.execute(f"SELECT * FROM {name} LIMIT 1").fetchall()
            assert rows or name in ("read_failures", "read_copies", "read_corrections")
    connection.close()
