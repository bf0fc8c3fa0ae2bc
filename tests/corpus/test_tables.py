"""Facets, graph, calendar, exports, frames: counts agree, and the text of strangers stays text."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas
import pytest

from models import Deadline, Plan, Reference
from pipeline import corpus
from pipeline.corpus import Corpus, duties, tables
from pipeline.corpus.batch import read_queries
from pipeline.corpus.documents import identity, number_key
from pipeline.corpus.facets import FACETS
from pipeline.corpus.plain import cell
from pipeline.errors import NotInCorpus, QueryError, UsageError

DOCS = Path(__file__).resolve().parents[2] / "docs"
Little = Callable[..., Plan]


@pytest.mark.parametrize("query", ["báo cáo", "", "lead:SNV", "kind:QĐ"])
def test_a_facet_counts_what_its_query_finds(library: Corpus, query: str) -> None:
    found = library.facets(query, top=5)
    assert [facet.name for facet in found.facets] == list(FACETS)
    assert found.passages == library.search(query, limit=0).total
    for facet in found.facets:
        assert facet.values and facet.distinct >= len(facet.values)
        for value in facet.values:
            if value.query is None:
                continue
            narrowed = library.search(f"{query} {value.query}", limit=0).total
            # issuer: and agency roles fit by first words, laws by words of their name.
            wider = facet.name in ("issuer", "agency", "cites")
            assert narrowed == value.passages or (wider and narrowed > value.passages)


def test_facets_follow_a_change(tmp_path: Path, little: Little) -> None:
    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        writer.add(little(1))
        assert writer.facets().plans == 1
        writer.add(little(2))
        facets = writer.facets()
        assert facets.plans == 2
        assert [f.values[0].plans for f in facets.facets if f.name == "cites"] == [2]


@pytest.mark.parametrize("top", [-1, 10_001])
def test_facets_are_bounded(library: Corpus, top: int) -> None:
    with pytest.raises(UsageError):
        library.facets("", top=top)


def cite(base: Reference, **changes: object) -> Reference:
    return base.model_copy(update=changes)


@pytest.fixture
def citing(tmp_path: Path, little: Little):  # type: ignore[no-untyped-def]
    """A function: one plan per group of changes to a reference, in a corpus of their own."""
    opened = corpus.open(tmp_path / "graph.db", write=True)

    def build(*changes: dict[str, object]) -> Corpus:
        for number, change in enumerate(changes):
            plan = little(number)
            opened.add(plan.model_copy(update={"references": [cite(plan.references[0], **change)]}))
        return opened

    yield build
    opened.close()


def named(number: str, date: str | None, place: str = "") -> dict[str, object]:
    key = f"x|{number.lower()}|x|{place}|{date or ''}"
    return {"number": number, "canonical_number": number, "date": date, "key": key}


def documents(found: Corpus) -> int:
    return len(found.frame("documents"))


def test_one_number_of_one_year_is_one_document(citing: Callable) -> None:
    found = citing(named("76/NQ-CP", "2021-07-15"), named("76/NQ-CP", "2021"))
    assert documents(found) == 1
    assert found.cites("số 76/NQ-CP")[0][0].citations == 2


def test_another_year_or_province_is_another_document(citing: Callable) -> None:
    found = citing(
        named("5/QĐ-UBND", "2021-01-01", "huế"),
        named("5/QĐ-UBND", "2022-01-01", "huế"),
        named("5/QĐ-UBND", "2021-01-01", "lào cai"),
    )
    assert documents(found) == 3
    assert len(found.cites("5/QĐ-UBND")[0]) == 3


def test_without_a_year_the_only_one_is_meant(citing: Callable) -> None:
    found = citing(named("76/NQ-CP", "2021-07-15"), named("76/NQ-CP", None))
    assert documents(found) == 1
    assert {citation.resolved for citation in found.cites("76/NQ-CP")[1]} == {"dated", "by family"}


def test_without_a_year_several_are_ambiguous(citing: Callable) -> None:
    found = citing(
        named("76/NQ-CP", "2021-07-15"), named("76/NQ-CP", "2022-07-15"), named("76/NQ-CP", None)
    )
    assert [c.problem for c in found.conflicts()] == ["ambiguous"]
    assert documents(found) == 3


def test_two_dates_of_one_document_are_a_conflict(citing: Callable) -> None:
    found = citing(named("76/NQ-CP", "2021-07-15"), named("76/NQ-CP", "2021-07-16"))
    assert [(c.problem, c.citations) for c in found.conflicts()] == [("several dates", 2)]


def test_a_short_form_nobody_explains_is_listed(tmp_path: Path, little: Little) -> None:
    plan = little(1)
    short = cite(
        plan.references[0], number=None, canonical_number=None, date=None, name="Đề án 06",
        key="name:đề án 06", short=True, text="Quyết định",
    )  # fmt: skip
    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        writer.add(plan.model_copy(update={"short_references": [short]}))
        assert [c.problem for c in writer.conflicts()] == ["unresolved"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Số: 076 /NQ-CP", "76/nq-cp"), ("76/NQ–CP", "76/NQ-CP"), ("12/QĐ-UBND", "12/qd-ubnd")],
)
def test_number_keys(first: str, second: str) -> None:
    assert number_key(first) == number_key(second)


def test_a_number_alone_is_no_document(little: Little) -> None:
    reference = cite(little().references[0], number="76", canonical_number="76")
    assert identity(reference) is None


def test_the_graph_holds_together(library: Corpus) -> None:
    nodes = {node.node for node in corpus.api.graph.nodes(library.store)}
    edges = corpus.api.graph.edges(library.store)
    assert edges and {edge.document for edge in edges} <= nodes
    for edge in edges[:50]:
        assert library.plan(edge.record_id).text[edge.start : edge.end] == edge.text


def test_nobody_cites_it(library: Corpus) -> None:
    with pytest.raises(NotInCorpus):
        library.cites("99999/XX-YY")
    with pytest.raises(QueryError):
        library.cites("---")


def test_duties_by_day(library: Corpus) -> None:
    found = library.due(first="2024", last="2024-06")
    days = [duty.latest or "" for duty in found]
    assert days == sorted(days) and days
    assert all("2024-01-01" <= day <= "2024-06-30" for day in days)
    for duty in found:
        assert library.plan(duty.record_id).text[duty.start : duty.end] == duty.deadline
    assert set(library.due()) < set(library.due(undated=True))


def test_duties_of_one_body(library: Corpus) -> None:
    by_name, short = (library.due(agency=name) for name in ("Sở Nội vụ", "snv"))
    assert by_name == short and by_name
    for duty in by_name:
        assert any(charge.agency.startswith("Sở Nội vụ") for charge in duty.charges)


def test_the_calendar_is_well_formed(library: Corpus) -> None:
    text = duties.icalendar(library.due(undated=True))
    assert text == duties.icalendar(library.due(undated=True))
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75 and "\n" not in line
    whole = text.replace("\r\n ", "")
    events = whole.split("BEGIN:VEVENT")[1:]
    uids = re.findall(r"^UID:(.+?)\r$", whole, flags=re.M)
    assert len(events) == len(uids) == len(set(uids)) > 10
    for event in events:
        start, end = (re.search(rf"{n};VALUE=DATE:(\d{{8}})", event) for n in ("DTSTART", "DTEND"))
        assert start and end and start.group(1) < end.group(1)
        assert "SUMMARY:" in event and event.rstrip().endswith(("END:VEVENT", "END:VCALENDAR"))


def test_a_hostile_duty_breaks_no_calendar(tmp_path: Path, little: Little) -> None:
    plan = little(1, "\nBEGIN:VEVENT\r\nX;Y,Z\\\n")
    deadline = plan.deadlines[0].model_copy(
        update={"latest": "2031-06-29", "text": "a\r\nEND:VCALENDAR"}
    )
    assert isinstance(deadline, Deadline)
    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        writer.add(plan.model_copy(update={"deadlines": [deadline]}))
        lines = duties.icalendar(writer.due()).split("\r\n")
    assert lines.count("END:VCALENDAR") == lines.count("BEGIN:VEVENT") == 1


def test_csv_and_its_dictionary(library: Corpus, tmp_path: Path) -> None:
    files = library.export(tmp_path, "csv")
    assert {file.name for file in files} == {
        *(f"{table.name}.csv" for table in tables.TABLES), "data_dictionary.csv",
    }  # fmt: skip
    with (tmp_path / "data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        explained = {(row["table"], row["column"]) for row in csv.DictReader(file)}
    for table in tables.TABLES:
        with (tmp_path / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            names = next(reader)
            assert {(table.name, name) for name in names} <= explained
            assert sum(1 for _ in reader) == len(library.frame(table.name))
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_parquet_is_the_frame(library: Corpus, tmp_path: Path) -> None:
    library.export(tmp_path, "parquet")
    for table in tables.TABLES:
        read = pandas.read_parquet(tmp_path / f"{table.name}.parquet")
        frame = library.frame(table.name)
        assert list(read.columns) == list(frame.columns)
        assert len(read) == len(frame)


def test_jsonl_is_the_records(library: Corpus, tmp_path: Path, plans: list[Plan]) -> None:
    path = tmp_path / "all.jsonl"
    library.export(path, "jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [Plan.model_validate_json(line) for line in lines] == plans
    library.export(path, "jsonl", query='province:"Quảng Nam"')
    some = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {plan["header"]["province"]["name"] for plan in some} == {"Quảng Nam"}


EVIL = ['=HYPERLINK("x")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd", "\tx"]


def test_no_cell_is_a_formula(tmp_path: Path, little: Little) -> None:
    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        for number, words in enumerate(EVIL):
            header = little().header.model_copy(update={"title": words})
            writer.add(little(number, header=header))
        writer.export(tmp_path / "out.xlsx", "xlsx")
        writer.export(tmp_path / "out", "csv")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets" in name]
        assert sheets and not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    with (tmp_path / "out" / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert all(title.startswith("'") for title in titles)


@pytest.mark.parametrize("words", ["- Tăng cường", "-5", "+ 3", "1. Mục", "–", ""])
def test_harmless_cells_stay_as_they_are(words: str) -> None:
    assert cell(words) == words


def test_a_query_narrows_every_table(library: Corpus) -> None:
    query = 'province:"Quảng Nam"'
    for table in tables.TABLES:
        frame = library.frame(table.name, query)
        if "province" in frame.columns:
            assert set(frame.province) <= {"Quảng Nam"}
    assert len(library.frame("plans", query)) == 2
    assert len(library.frame("hits", query)) == library.search(query).total


def test_frames_are_typed(library: Corpus) -> None:
    frame = library.frame("deadlines")
    assert str(frame.start.dtype) == "Int64"
    assert str(frame.confidence.dtype) == "Float64"
    assert str(library.frame("tasks").from_table.dtype) == "boolean"
    with pytest.raises(UsageError):
        library.frame("nothing")


def test_a_batch_loses_no_query(library: Corpus) -> None:
    queries = ["báo cáo", "(", "khôngcógì", "lead:SNV"]
    rows = list(library.batch(queries, limit=2))
    assert list(dict.fromkeys(row.query for row in rows)) == queries
    by_query = {row.query: row for row in rows}
    assert by_query["("].error and not by_query["khôngcógì"].hit
    assert by_query["báo cáo"].total == library.search("báo cáo").total


@pytest.mark.parametrize(
    ("text", "is_csv", "expected"),
    [
        ("một\n\n# lời\nhai ba\n", False, ["một", "hai ba"]),
        ('\ufeffid,query\n1,"một, hai"\n2,\n', True, ["một, hai"]),
        ("Query\nmột\n", True, ["một"]),
    ],
)
def test_files_of_queries(text: str, is_csv: bool, expected: list[str]) -> None:
    assert read_queries(text, is_csv=is_csv) == expected


def test_a_csv_without_queries_is_an_error() -> None:
    with pytest.raises(UsageError):
        read_queries("a,b\n1,2\n", is_csv=True)


def test_saved_queries_keep_their_grammar(tmp_path: Path) -> None:
    from pipeline.corpus import batch

    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        batch.save(writer.store, "mine", "báo cáo")
        batch.save(writer.store, "mine", "kinh phí")
        assert batch.saved(writer.store) == {"mine": "kinh phí"}
        assert batch.recall(writer.store, "mine") == "kinh phí"
        with pytest.raises(QueryError):
            batch.save(writer.store, "bad", "(")
        with pytest.raises(NotInCorpus):
            batch.recall(writer.store, "other")
        with writer.store.transaction() as connection:
            connection.execute("UPDATE saved_queries SET grammar = 0")
        with pytest.raises(UsageError, match="version 0"):
            batch.recall(writer.store, "mine")


def test_every_table_is_documented() -> None:
    text = (DOCS / "corpus.md").read_text(encoding="utf-8").partition("\n## Tables\n")[2]
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert [[cell.strip() for cell in row] for row in rows] == [
        [
            f"`{table.name}`",
            f"{table.help} ({table.vi})",
            ", ".join(f"`{column.name}`" for column in table.columns),
        ]
        for table in tables.TABLES
    ]


def test_datasette_s_metadata_names_what_there_is(library: Corpus) -> None:
    metadata = json.loads((DOCS / "datasette.json").read_text(encoding="utf-8"))
    named_ = metadata["databases"]["corpus"]["tables"]
    run = library.store.connection.execute
    there = {row[0] for row in run("SELECT name FROM sqlite_master")}
    assert set(named_) <= there
    for name, about in named_.items():
        columns = {row[1] for row in run(f"PRAGMA table_info({name})")}
        wanted = {*about.get("facets", ()), about.get("sort"), about.get("sort_desc")} - {None}
        assert wanted <= columns


def test_every_view_can_be_read_where_the_file_is_not_trusted(library: Corpus) -> None:
    run = library.store.connection.execute
    for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        run(f"SELECT * FROM {name}").fetchall()
    mentions = sum(row[0] for row in run("SELECT mentions FROM read_agencies"))
    assert mentions == sum(library.frame("agencies").mentions) > 0


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    import doctest

    monkeypatch.chdir(DOCS.parent)
    outcome = doctest.testfile(str(DOCS / "corpus.md"), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 8
    assert not outcome.failed
