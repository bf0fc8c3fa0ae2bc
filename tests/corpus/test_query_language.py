"""The grammar: what is understood how, and that everything else is refused at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus.compiling import compile_query
from pipeline.corpus.conditions import HAS, RHYTHMS, ROLES
from pipeline.corpus.fields import FIELDS
from pipeline.corpus.query import parse
from pipeline.corpus.syntax import GRAMMAR, And, FieldTerm, Named, Near, Not, Or, Phrase, Word
from pipeline.errors import USAGE, QueryError

DOCS = Path(__file__).resolve().parents[2] / "docs"

UNDERSTOOD = [
    ("", type(None)),
    ("   ", type(None)),
    ("- – & ,", type(None)),
    ("một", Word),
    ("một hai", And),
    ("một AND hai", And),
    ("một OR hai", Or),
    ("một or hai", And),
    ('"một hai"', Phrase),
    ("“một hai”", Phrase),
    ('"một"', Word),
    ("mộ*", Word),
    ("=một", Word),
    ("-một", Not),
    ("NOT một", Not),
    ("-(một hai)", Not),
    ("((một))", Word),
    ("NEAR(một hai)", Near),
    ('NEAR("một hai" ba, 4)', Near),
    ("12/NQ-CP", Phrase),
    ("UBND", Named),
    ("năm:2024", FieldTerm),
    ("nam:2024", FieldTerm),
    ("Năm:2024", FieldTerm),
    ("08:30", Phrase),
    ("kinh tế - xã hội", Named),
]


@pytest.mark.parametrize(("query", "kind"), UNDERSTOOD)
def test_understood(query: str, kind: type) -> None:
    assert isinstance(parse(query).root, kind)


REFUSED = [
    ("foo:bar", 1),
    ("một foo:bar", 5),
    ("province:Atlantis", 10),
    ("province:", 10),
    ("kind:xyz", 6),
    ("role:boss", 6),
    ("due:2024-13", 5),
    ("due:soon", 5),
    ("due:2024-06..2024-01", 5),
    ("due:..", 5),
    ("year:abc", 6),
    ("year:3024", 6),
    ("target:many", 8),
    ("recurring:sometimes", 11),
    ("has:nothing", 5),
    ("plan:12", 6),
    ("(một", 1),
    ("một)", 4),
    ("()", 1),
    ('"một', 1),
    ('""', 1),
    ('một ""', 5),
    ("OR", 1),
    ("một OR", 7),
    ("AND một", 1),
    ("một AND", 5),
    ("NOT", 1),
    ("m*", 2),
    ("*", 1),
    ("mộ*t", 3),
    ('"một* hai"', 5),
    ("=mộ*", 4),
    ("một~", 4),
    ("một^2", 4),
    ("/một[a]/", 5),
    ("mộ?", 3),
    ("+một", 1),
    ("NEAR(một", 1),
    ("NEAR(một, 5)", 1),
    ("NEAR(một hai, 900)", 15),
    ("NEAR(một foo:bar)", 10),
    ("https://example.org", 1),
    ("(" * 30 + "một" + ")" * 30, 22),
    ("một " * 65, 257),
    ("x" * 2001, 2001),
]


@pytest.mark.parametrize(("query", "position"), REFUSED, ids=[q[:30] for q, _ in REFUSED])
def test_refused_at_its_place(query: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert caught.value.exit_code == USAGE
    assert f"at character {position}:" in str(caught.value)


def test_a_near_name_is_offered() -> None:
    with pytest.raises(QueryError, match='did you mean "Quảng Nam"'):
        parse('province:"Quang Nm"')


SIGNS = st.sampled_from(
    [*"\"“”()*=-+:<>.,/~^?|;'%\\ \n\t\x00{}", "OR", "AND", "NOT", "NEAR(", "..", "due:", "nam:"]
)
STRANGE = st.lists(st.one_of(SIGNS, st.text(max_size=6)), max_size=25).map("".join)


@given(STRANGE)
def test_nothing_but_the_documented_error(query: str) -> None:
    try:
        compile_query(parse(query))
    except QueryError as error:
        assert 1 <= error.position <= len(query) + 1


@given(STRANGE)
def test_nothing_typed_becomes_code(query: str) -> None:
    """SQL is put together from this project's own words; the index gets quoted letters only."""
    try:
        asked = compile_query(parse(query))
    except QueryError:
        return
    own = re.compile(r"[\w\s(){}=?<>,.'|*+/%&-]*")
    for condition in asked.conditions:
        assert own.fullmatch(condition) and condition.count("?") <= len(asked.parameters)
        assert ";" not in condition and "--" not in condition
    assert sum(condition.count("?") for condition in asked.conditions) == len(asked.parameters)
    for match in (asked.match, *asked.tiers):
        outside = re.sub(r'"[^"]*"', "", match)
        assert re.fullmatch(r"(?:exact|folded|AND|OR|NOT|NEAR|\d+|[\s():,*])*", outside)
        for inside in re.findall(r'"([^"]*)"', match):
            assert all(c.isalnum() or c == " " or ord(c) > 127 for c in inside)


def rows(page: str, heading: str) -> list[list[str]]:
    part = (DOCS / page).read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
    part = part.partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_field_is_documented() -> None:
    documented = [row for row in rows("query.md", "Fields") if row[0].endswith(":")]
    assert documented == [
        [f"{field.name}:", f"{field.alias}:", field.about, field.help, field.example]
        for field in FIELDS
    ]


def test_names_and_aliases_are_unique() -> None:
    names = [name for field in FIELDS for name in (field.name, field.alias)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_example_is_understood(field: object) -> None:
    assert isinstance(parse(field.example).root, FieldTerm)  # type: ignore[attr-defined]


def test_the_documentation_names_every_value() -> None:
    text = (DOCS / "query.md").read_text(encoding="utf-8")
    assert f"Version {GRAMMAR}." in text
    for value in (*HAS, *RHYTHMS, *ROLES):
        assert re.search(rf"\b{value}\b", text), value


def test_every_quoted_query_of_the_documentation_is_understood() -> None:
    text = (DOCS / "query.md").read_text(encoding="utf-8")
    for query in re.findall(r"kehoach search '([^']+)'", text):
        parse(query)
    for query, *_ in rows("query.md", "Words"):
        for each in query.split("`, `"):
            parse(each)
