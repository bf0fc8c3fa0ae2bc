"""Answers: totals, order, pages that neither repeat nor skip, and marks on the original words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Plan, Section, Span
from pipeline import corpus
from pipeline.corpus import Corpus, arguments, exporting, searching, spelling
from pipeline.corpus.highlighting import Highlighter, cut_out
from pipeline.corpus.plain import safe_break, shown
from pipeline.corpus.query import parse
from pipeline.errors import QueryError, UsageError

Little = Callable[..., Plan]

SHARED_LIBRARY = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)


@pytest.mark.parametrize("query", ["báo cáo", "bao cao", "UBND", "lead:SNV", "", "cải cách -hành"])
@pytest.mark.parametrize("sort", [None, *searching.SORTS])
def test_pages_hold_every_hit_once(
    library: Corpus, query: str, sort: searching.Sort | None
) -> None:
    total = library.search(query, limit=0).total
    seen: list[int] = []
    cursor = None
    while True:
        answer = library.search(query, limit=17, after=cursor, sort=sort)
        assert answer.total == total and not answer.changed
        seen += [hit.passage for hit in answer.hits]
        cursor = answer.after
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == total
    whole = [hit.passage for hit in library.search(query, limit=1000, sort=sort).hits]
    assert seen[:1000] == whole


def test_orders(library: Corpus) -> None:
    newest = [hit.issued_on or "" for hit in library.every("báo cáo", sort="newest")]
    assert newest == sorted(newest, reverse=True)
    provinces = [hit.province for hit in library.every("báo cáo", sort="province")]
    assert [p for p in provinces if p] == sorted(p for p in provinces if p)
    due = [hit.passage for hit in library.every("due:2024", sort="due")]
    assert len(due) == library.search("due:2024").total > 5


def test_a_cursor_of_a_changed_corpus_says_so(tmp_path: Path, little: Little) -> None:
    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        list(writer.add_many(little(number) for number in range(5)))
        first = writer.search("cây", limit=2)
        assert not writer.search("cây", limit=2, after=first.after).changed
        writer.add(little(9))
        assert writer.search("cây", limit=2, after=first.after).changed


@pytest.mark.parametrize("cursor", ["", "x", "WyJ4Il0", "é", "W10", "bnVsbA", "A" * 5000])
def test_a_wrong_cursor_is_an_error(library: Corpus, cursor: str) -> None:
    with pytest.raises(UsageError):
        library.search("báo", after=cursor)


def test_a_cursor_belongs_to_its_query(library: Corpus) -> None:
    cursor = library.search("báo", limit=2).after
    with pytest.raises(UsageError):
        library.search("cáo", after=cursor)
    with pytest.raises(UsageError):
        library.search("báo", after=cursor, sort="newest")


@pytest.mark.parametrize("limit", [-1, 10_001])
def test_a_limit_beyond_the_bounds_is_an_error_and_no_cap(library: Corpus, limit: int) -> None:
    with pytest.raises(UsageError):
        library.search("báo", limit=limit)


def test_nothing_found_tells_what_each_part_finds(library: Corpus) -> None:
    answer = library.search('báo "cáo" lead:SNV -một year:1999')
    alone = [library.search(part, limit=0).total for part in ("báo", '"cáo"', "lead:SNV")]
    assert alone[0] and answer.total == 0
    assert answer.parts == tuple(
        zip(("báo", '"cáo"', "lead:SNV", "year:1999"), (*alone, 0), strict=True)
    )
    assert library.search("báo").parts == ()
    assert library.search("zzzz").parts == ()


def test_a_heading_longer_than_a_passage(tmp_path: Path, little: Little) -> None:
    title = "NÂNG CAO CHẤT LƯỢNG, HIỆU QUẢ; " * 40 + "RỪNG NGẬP MẶN"
    plan = little(1, f"IX. {title}\n")
    start = plan.text.index("IX.")
    span = Span(start=start, end=len(plan.text))
    section = Section(path=["IX"], marker="IX.", title=title, text=title, span=span)
    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        writer.add(plan.model_copy(update={"sections": [*plan.sections, section]}))
        assert writer.search('heading:"rừng ngập mặn"').total > 1
        assert writer.search('heading:"nâng cao"').total > 1
        assert writer.search('heading:"rừng thưa"').total == 0


def test_i_and_y_are_one_and_the_spelled_one_comes_first(tmp_path: Path, little: Little) -> None:
    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        writer.add(little(1, "Rèn kĩ năng hằng quí.\n"))
        writer.add(little(2, "Rèn kỹ năng hằng quý.\n"))
        for query in ("kỹ năng", "kĩ năng", "ki nang", "hằng quí", "hang quy"):
            assert writer.search(query).total == 2
        assert writer.search("hằng quý").hits[0].plan == 2
        assert writer.search("hằng quí").hits[0].plan == 1
        assert writer.search("=quí").total == 1
        assert not writer.faults()


def test_marks_are_spans_of_the_plan(library: Corpus) -> None:
    for hit in library.search("duong sat", limit=20).hits:
        text = library.plan(hit.record_id).text
        assert text[hit.start : hit.end] == hit.text
        assert hit.marks
        for mark in hit.marks:
            assert hit.start <= mark.start < mark.end <= hit.end
            assert spelling.key(text[mark.start : mark.end]) in ("duong", "sat", "duong sat")
        for mark in hit.snippet.marks:
            assert hit.snippet.start <= mark.start < mark.end <= hit.snippet.end


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("duong", "Đường sắt, đường bộ", ["Đường", "đường"]),
        ("hòa", "Hoà bình, Hòa, hoa", ["Hoà", "Hòa", "hoa"]),
        ('"đường sắt"', "đường bộ và đường sắt", ["đường sắt"]),
        ("=đường", "Dương, duong, ĐƯỜNG", ["ĐƯỜNG"]),
        ("quí", "Quý I, quy và qúi", ["Quý", "quy", "qúi"]),
        ("kỹ nang", "kĩ năng; kí", ["kĩ năng", "kí"]),
        ("UBND", "Ủy ban nhân dân và UBND", ["Ủy ban nhân dân", "UBND"]),
        ("cả*", "cải cách, cao", ["cải cách", "cao"]),
        ("76/NQ-CP", "số 76/NQ-CP ngày 76", ["76/NQ-CP"]),
        ("một -hai", "một hai", ["một"]),
        ("một OR hai", "hai ba một", ["hai", "một"]),
        ("province:Huế một", "Huế một", ["một"]),
        ("NEAR(một ba)", "một hai ba", ["một", "ba"]),
        ("tie\u0302\u0301ng", "tiếng tie\u0302\u0301ng", ["tiếng tie\u0302\u0301ng"]),
        ("zzz", "nothing", []),
    ],
)
def test_highlighting(query: str, text: str, marked: list[str]) -> None:
    marks = Highlighter(parse(query)).marks(text)
    assert [text[mark.start : mark.end] for mark in marks] == marked


LETTERS = "aáăâeêoôơuưdđAĐbcghnt019"
SIGNS = [
    *LETTERS,
    "\u0301",
    "\u0323",
    "\u0302",
    " ",
    "\n",
    ",",
    "/",
    "-",
    "😀",
    "\u200d",
    "👩",
    "🇻",
    "🇳",
]
WORDS = st.text(st.sampled_from(SIGNS), max_size=120)
LETTER = st.sampled_from(LETTERS)
QUERIES = st.lists(
    st.tuples(LETTER, st.text(st.sampled_from([*LETTERS, "\u0301"]), max_size=2)).map("".join),
    max_size=4,
)


@given(WORDS, QUERIES.map(" ".join), st.integers(20, 60))
def test_marks_break_no_character_and_stay_inside(text: str, query: str, width: int) -> None:
    marks = Highlighter(parse(query)).marks(text)
    snippet = cut_out(text, marks, width)
    edges = [edge for mark in marks for edge in (mark.start, mark.end)]
    assert edges == sorted(edges)
    for edge in (*edges, snippet.start, snippet.end):
        assert 0 <= edge <= len(text)
        if 0 < edge < len(text):
            assert not unicodedata.combining(text[edge])
            assert "\u200d" not in text[edge - 1 : edge + 1] or text[edge - 1].isspace()
    for mark in snippet.marks:
        assert snippet.start <= mark.start < mark.end <= snippet.end
    if marks:
        assert snippet.marks or snippet.end - snippet.start >= width // 2


@given(WORDS, st.integers(0, 130))
def test_a_safe_break_is_at_or_before(text: str, at: int) -> None:
    found = safe_break(text, at)
    assert 0 <= found <= max(0, min(at, len(text)))
    assert found in (0, len(text)) or not unicodedata.combining(text[found])


@given(st.text(max_size=80), st.integers(1, 50))
def test_shown_is_one_harmless_line(text: str, width: int) -> None:
    line = shown(text, width)
    assert len(line) <= width
    assert not any(unicodedata.category(sign) == "Cc" for sign in line)


@st.composite
def typed_words(draw: st.DrawFn) -> str:
    words = "cải cách hành chính báo cáo sở đường sắt tuyên truyền kinh phí hộ nghèo"
    return " ".join(draw(st.lists(st.sampled_from(words.split()), min_size=1, max_size=3)))


def unmarked(query: str, keep: int) -> str:
    """The query with the marks of some words left out; ``keep`` is a bit mask."""
    words = query.split()
    return " ".join(w if keep >> n & 1 else spelling.folded(w) for n, w in enumerate(words))


@SHARED_LIBRARY
@given(query=typed_words(), keep=st.integers(0, 7), quoted=st.booleans())
def test_fewer_marks_find_no_less(library: Corpus, query: str, keep: int, quoted: bool) -> None:
    both = [query, unmarked(query, keep)]
    marked, bare = (f'"{each}"' if quoted else each for each in both)
    found = {hit.passage for hit in library.every(marked)}
    assert found <= {hit.passage for hit in library.every(bare)}


@SHARED_LIBRARY
@given(
    query=st.lists(
        st.one_of(
            st.text(max_size=5),
            st.sampled_from(
                ["báo", "OR", "-", '"', "(", ")", "*", "NEAR(", "due:", "'", ";--", "="]
            ),
        ),
        max_size=8,
    ).map(" ".join)
)
def test_any_text_is_answered_or_refused(library: Corpus, query: str) -> None:
    """SQLite accepts whatever the grammar accepts."""
    try:
        answer = library.search(query, limit=3)
    except QueryError:
        return
    assert answer.total >= len(answer.hits)


@SHARED_LIBRARY
@given(query=typed_words())
def test_the_exact_spelling_ranks_before_others(library: Corpus, query: str) -> None:
    wanted = set(map(spelling.exact, query.split()))
    fits = [
        wanted <= set(map(spelling.exact, spelling.split(hit.text)))
        for hit in library.search(query, limit=200).hits
    ]
    flat = library.search(query).total * 2 > library.store.passages()
    assert flat or fits == sorted(fits, reverse=True)


def test_the_command_line_offers_what_there_is() -> None:
    assert arguments.SORTS == searching.SORTS
    assert arguments.FORMATS == exporting.FORMATS
