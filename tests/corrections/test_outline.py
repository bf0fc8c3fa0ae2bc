"""The outline corrected: false headings, missing ones, wrong addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Deadline, Header, Page, Plan, Section, Source, Span
from pipeline.corrections import lay_over
from pipeline.corrections.values import section_words
from tests.corrections.building import addition, entry, slot, undoing

TEXT = """\
KẾ HOẠCH
I. MỤC TIÊU
1. Trồng cây trong năm 2031.
a) Cây xanh
b) Cây ăn quả
2. Chăm cây trong năm 2032.
II. TỔ CHỨC
- Sở Xây dựng
"""
LINES = [
    (["I"], "I.", "MỤC TIÊU"),
    (["I", "1"], "1.", "Trồng cây trong năm 2031."),
    (["I", "1", "a"], "a)", "Cây xanh"),
    (["I", "1", "b"], "b)", "Cây ăn quả"),
    (["I", "2"], "2.", "Chăm cây trong năm 2032."),
    (["II"], "II.", "TỔ CHỨC"),
    (["II", "-1"], "-", "Sở Xây dựng"),
]


def section(number: int) -> Section:
    """A section with its children, from the lines above."""
    path, marker, words = LINES[number]
    start = TEXT.index(f"{marker} {words}")
    inner = [
        n for n, (other, _, _) in enumerate(LINES) if other[:-1] == path and len(other) > len(path)
    ]
    children = [section(n) for n in inner]
    end = children[-1].span.end if children else start + len(marker) + 1 + len(words)
    return Section(
        path=path, marker=marker, title=words, text=words, span=Span(start=start, end=end),
        children=children,
    )  # fmt: skip


def make() -> Plan:
    """A plan of seven headings and items."""

    def deadline(words: str, path: list[str]) -> Deadline:
        start = TEXT.index(words)
        span = Span(start=start, end=start + len(words))
        return Deadline(text=words, kind="within", value=words[-4:], span=span, section=path)

    return Plan(
        id="0" * 16,
        source=Source(
            name="a.txt", sha256="0" * 64, media_type="text/plain", bytes=1,
            pages=[Page(number=1, read_by="text")], pipeline="0",
        ),
        text=TEXT,
        header=Header(),
        sections=[section(0), section(5)],
        deadlines=[deadline("năm 2031", ["I", "1"]), deadline("năm 2032", ["I", "2"])],
    )  # fmt: skip


@pytest.fixture
def plan() -> Plan:
    return make()


def address(plan: Plan, *path: str) -> str:
    """The address of the section with a path."""
    found = next(one for one in plan.walk() if one.path == list(path))
    start, end = section_words(plan.text, found)
    return slot(plan, f"section/{start}-{end}").address


def shape(plan: Plan) -> list[tuple[str, str]]:
    """Addresses and own words."""
    return [("/".join(one.path), one.text) for one in plan.walk()]


UNTOUCHED = [("/".join(path), words) for path, _, words in LINES]


def test_a_false_heading_gives_its_words_to_the_one_before(plan: Plan) -> None:
    made = lay_over(plan, [entry(1, plan, address(plan, "I", "2"), "reject")]).plan
    expected = [each for each in UNTOUCHED if each[0] != "I/2"]
    expected[3] = ("I/1/b", "Cây ăn quả\n2. Chăm cây trong năm 2032.")
    assert shape(made) == expected
    assert made.deadlines[1].section == ["I", "1", "b"]
    assert made.sections[0].span == plan.sections[0].span


def test_a_false_heading_gives_its_children_to_the_one_above(plan: Plan) -> None:
    made = lay_over(plan, [entry(1, plan, address(plan, "I", "1"), "reject")]).plan
    assert shape(made)[:4] == [
        ("I", "MỤC TIÊU\n1. Trồng cây trong năm 2031."),
        ("I/a", "Cây xanh"),
        ("I/b", "Cây ăn quả"),
        ("I/2", "Chăm cây trong năm 2032."),
    ]
    assert made.deadlines[0].section == ["I"]


def test_a_missing_heading_takes_the_words_from_its_place_on(plan: Plan) -> None:
    without = lay_over(plan, [entry(1, plan, address(plan, "I", "2"), "reject")]).plan
    machine = without.model_copy(update={"checks": []})
    new = {"path": ["I", "2"], "marker": "2.", "title": "Chăm cây trong năm 2032."}
    log = [addition(1, machine, "section", "2. Chăm cây trong năm 2032.", new)]
    made = lay_over(machine, log).plan
    assert shape(made) == UNTOUCHED
    assert made.deadlines[1].section == ["I", "2"]
    assert [one.children for one in made.sections[0].children[1:]] == [[]]


def test_children_move_with_an_address(plan: Plan) -> None:
    log = [entry(1, plan, address(plan, "I", "1"), "edit", {"path": ["I", "3"]})]
    made = lay_over(plan, log).plan
    assert [path for path, _ in shape(made)][:5] == ["I", "I/3", "I/3/a", "I/3/b", "I/2"]
    assert made.deadlines[0].section == ["I", "3"]
    assert made.checks[0].machine == {"path": ["I", "1"], "title": LINES[1][2], "marker": "1."}


def test_an_item_can_be_put_under_another_node(plan: Plan) -> None:
    log = [entry(1, plan, address(plan, "I", "2"), "edit", {"path": ["I", "1", "c"]})]
    made = lay_over(plan, log).plan
    assert [one.path for one in made.sections[0].children[0].children][-1] == ["I", "1", "c"]
    assert made.sections[0].children[0].span.end == plan.sections[0].span.end


def test_an_address_goes_with_the_words_when_the_numbering_is_read_anew(plan: Plan) -> None:
    log = [entry(1, plan, address(plan, "II"), "accept")]
    again = lay_over(plan, [entry(1, plan, address(plan, "II"), "edit", {"path": ["III"]})]).plan
    laid = lay_over(again.model_copy(update={"checks": []}), log)
    assert [one.code for one in laid.conflicts] == ["changed"]
    assert laid.plan.sections[1].path == ["II"]


numbers = st.lists(st.integers(0, len(LINES) - 1), unique=True, max_size=4)


@given(numbers, numbers)
def test_no_word_is_lost_and_undo_restores(rejected: list[int], renamed: list[int]) -> None:
    machine = make()
    log = []
    for number in rejected:
        log.append(entry(len(log) + 1, machine, address(machine, *LINES[number][0]), "reject"))
    for number in set(renamed) - set(rejected):
        path = [*LINES[number][0][:-1], "9"]
        where = address(machine, *LINES[number][0])
        log.append(entry(len(log) + 1, machine, where, "edit", {"path": path}))
    made = lay_over(machine, log).plan
    words = " ".join(one.text for one in made.walk())
    first = min((n for n in range(len(LINES)) if n not in rejected), default=len(LINES))
    assert all(text in words for _, _, text in LINES[first:])
    for one in made.walk():
        assert one.text in made.text[one.span.start : one.span.end]
        for child in one.children:
            assert child.path[: len(one.path)] == one.path
            assert one.span.start <= child.span.start <= child.span.end <= one.span.end
    assert lay_over(machine, [*log, *(undoing(50 + e.id, e) for e in log)]).plan is machine
