"""The corpus's commands: what goes to which stream, exit codes, and what a terminal is spared."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models import Plan
from pipeline import cli

Run = Callable[..., tuple[int, str, str]]
Little = Callable[..., Plan]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def here(corpus_file: Path) -> tuple[str, Path]:
    return "--corpus", corpus_file


def write(folder: Path, *plans: Plan) -> Path:
    folder.mkdir(exist_ok=True)
    for plan in plans:
        (folder / f"{plan.id}.json").write_text(plan.to_json(), encoding="utf-8")
    return folder


def test_add_says_what_became_of_the_records(run: Run, tmp_path: Path, little: Little) -> None:
    records = write(tmp_path / "records", little(1), little(2))
    place = ("--corpus", tmp_path / "corpus.db")
    assert run("add", records, *place)[::2] == (0, f"{place[1]}: 2 added; 2 plans\n")
    assert run("add", records, *place)[::2] == (0, f"{place[1]}: 2 known; 2 plans\n")
    (records / "bad.json").write_text('{"id": 1}')
    (records / "worse.json").write_text("no json")
    code, out, err = run("add", records, *place)
    assert (code, out) == (3, "")
    assert err.count("bad-record: ") == 2 and err.endswith("2 known, 2 failed; 2 plans\n")
    assert run("add", records / "bad.json", *place)[0] == 4
    assert run("add", tmp_path / "none.json", *place)[0] == 4
    (tmp_path / "empty").mkdir()
    assert run("add", tmp_path / "empty", *place)[0] == 2


def test_one_bad_record_of_a_batch_stops_no_other(run: Run, tmp_path: Path, little: Little) -> None:
    outside = little(2).model_copy(update={"text": "Ngắn."})
    records = write(tmp_path / "records", little(1), outside, little(3))
    code, _, err = run("add", records, "--corpus", tmp_path / "corpus.db")
    assert code == 3
    assert err.endswith("2 added, 1 failed; 2 plans\n")


def test_search_for_people(run: Run, here: tuple) -> None:
    code, out, _ = run("search", "duong", "sat", "--limit", 2, *here)
    assert code == 0
    assert out.splitlines()[0].endswith("đoạn / passages, 2 ở đây / here")
    assert "[đường sắt]" in out
    assert "--after " in out
    assert "\x1b" not in out


def test_search_pages(run: Run, here: tuple) -> None:
    first = json.loads(run("search", "báo", "--json", "--limit", 3, *here)[1])
    second = json.loads(
        run("search", "báo", "--json", "--limit", 3, "--after", first["after"], *here)[1]
    )
    assert first["total"] == second["total"] > 6
    assert not {h["passage"] for h in first["hits"]} & {h["passage"] for h in second["hits"]}


def test_search_as_csv_says_what_it_leaves_out(run: Run, here: tuple) -> None:
    code, out, err = run("search", "báo", "--csv", "--limit", 3, *here)
    assert code == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) == 3
    assert err.startswith("3 of ") and "--after" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["search", "foo:bar"], 2, "at character 1"),
        (["search", "(báo"], 2, "at character 1"),
        (["search", "báo", "--limit", "-1"], 2, "usage"),
        (["search", "báo", "--after", "x"], 2, "cursor"),
        (["search", "--use", "nothing"], 4, "not-in-corpus"),
        (["show", "nothing"], 4, "not-in-corpus"),
        (["show", "263/KH-UBND", "--section", "XX"], 4, "not-in-corpus"),
        (["facets", "due:x"], 2, "at character 5"),
        (["export", "x.docx"], 2, "--format"),
        (["export", "x.csv", "--table", "nothing"], 2, "no table"),
        (["cites"], 2, "name a document"),
        (["cites", "1/XX"], 4, "not-in-corpus"),
        (["due", "--from", "soon"], 2, "no date"),
        (["due", "--all", "--from", "2024"], 2, "--all"),
    ],
)
def test_errors(run: Run, here: tuple, arguments: list[str], code: int, words: str) -> None:
    found, out, err = run(*arguments, *here)
    assert (found, out) == (code, "")
    assert words in err and err.count("\n") == 1


def test_no_corpus_is_a_message(run: Run, tmp_path: Path) -> None:
    code, out, err = run("search", "báo", "--corpus", tmp_path / "none.db")
    assert (code, out) == (4, "")
    assert err.startswith("corpus-missing: ")


def test_nothing_found_offers_other_words(run: Run, here: tuple) -> None:
    code, out, _ = run("search", "giao", "thônq", *here)
    assert code == 0
    assert out.startswith("0 đoạn") and "kehoach search 'giao thong'" in out


def test_show(run: Run, here: tuple) -> None:
    code, out, _ = run("show", "263/KH-UBND", *here)
    assert code == 0 and "Thừa Thiên Huế" in out
    record = Plan.model_validate_json(run("show", "263/KH-UBND", "--json", *here)[1])
    section = run("show", "263/KH-UBND", "--section", "I/1", *here)[1].rstrip("\n")
    assert section in record.text


def test_facets_and_cites_and_due(run: Run, here: tuple) -> None:
    assert "Tỉnh, thành phố / province" in run("facets", "báo cáo", *here)[1]
    assert json.loads(run("facets", "--json", *here)[1])["plans"] == 40
    assert "149/NQ-CP" in run("cites", "149/NQ-CP", *here)[1]
    assert json.loads(run("cites", "số", "149/NQ-CP", "--json", *here)[1])["citations"]
    assert run("cites", "--conflicts", *here)[0] == 0
    code, out, err = run("due", "--from", "2024", "--to", "2024-12", *here)
    assert code == 0 and "duties" in out and "no last day" in err
    assert run("due", "--ics", *here)[1].startswith("BEGIN:VCALENDAR")
    rows = list(csv.DictReader(io.StringIO(run("due", "--csv", "--all", *here)[1])))
    assert {"lead", "coordinate"} <= {row["role"] for row in rows}


def test_export_by_the_ending(run: Run, here: tuple, tmp_path: Path) -> None:
    assert run("export", tmp_path / "all.jsonl", *here)[0] == 0
    assert len((tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()) == 40
    code, _, err = run("export", tmp_path / "t", "--table", "tasks", "--query", "lead:SNV", *here)
    assert code == 0 and "tasks.csv" in err
    assert sorted(p.name for p in (tmp_path / "t").iterdir()) == [
        "data_dictionary.csv",
        "tasks.csv",
    ]


def test_batch(run: Run, here: tuple, tmp_path: Path) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("báo cáo\n# no query\nfoo:bar\n", encoding="utf-8")
    code, out, err = run("search", "--batch", queries, "--limit", 2, *here)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 3 and [row["query"] for row in rows] == ["báo cáo", "báo cáo", "foo:bar"]
    assert "at character 1" in rows[-1]["error"] and "foo:bar: query: " in err
    queries.write_text("foo:bar\n", encoding="utf-8")
    assert run("search", "--batch", queries, *here)[0] == 2
    assert run("search", "--batch", tmp_path / "none", *here)[0] == 4


def test_queries_are_kept(run: Run, corpus_file: Path, tmp_path: Path) -> None:
    copy = ("--corpus", shutil.copy(corpus_file, tmp_path / "corpus.db"))
    assert run("search", "báo", "cáo", "--save", "mine", *copy)[0] == 0
    assert "báo cáo" in run("search", "--saved", *copy)[1]
    assert run("search", "--use", "mine", *copy)[1] == run("search", "báo cáo", *copy)[1]


def test_a_hostile_document_commands_no_terminal(run: Run, tmp_path: Path, little: Little) -> None:
    evil = "Xanh \x1b[2J\x1b]0;mine\x07 \u202eđảo \ue000[giả]\n"
    plan = little(1, evil)
    header = plan.header.model_copy(update={"title": evil, "number": f"1/{evil}"})
    write(tmp_path / "r", plan.model_copy(update={"header": header}))
    place = ("--corpus", tmp_path / "corpus.db")
    run("add", tmp_path / "r", *place)
    for arguments in (["search", "xanh"], ["show", plan.id], ["facets"], ["due", "--all"]):
        code, out, _ = run(*arguments, *place)
        assert code == 0
        assert not set(out) & set("\x1b\x07\u202e")


def test_help_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    program = (
        "import sys; before = {*sys.modules}; from pipeline import cli; cli.build_parser();"
        "print(*{*sys.modules} - before)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"numpy", "pandas", "pydantic", "sqlite3", "pyarrow", "rapidfuzz"} & set(loaded)


class Terminal(io.StringIO):
    """A person at the keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "left"), [("c\n", 1), ("Có\n", 1), ("y\n", 1), ("\n", 2), ("k\n", 2), ("", 2)]
)
def test_remove_asks_first(
    run: Run,
    tmp_path: Path,
    little: Little,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    left: int,
) -> None:
    place = ("--corpus", tmp_path / "corpus.db")
    run("add", write(tmp_path / "records", little(1), little(2)), *place)
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    code, out, err = run("remove", "plan-1.txt", *place)
    assert (code, out) == (0, "") and "plan-1.txt" in err and "[c/K]" in err
    assert json.loads(run("search", "--json", "--limit", "0", "has:lead", *place)[1])["total"] == (
        left
    )


def test_remove_without_a_terminal_needs_yes(run: Run, tmp_path: Path, little: Little) -> None:
    place = ("--corpus", tmp_path / "corpus.db")
    run("add", write(tmp_path / "records", little(1), little(2)), *place)
    code, _, err = run("remove", "plan-1.txt", *place)
    assert code == 2 and "--yes" in err.splitlines()[-1]
    code, _, err = run("remove", "plan-1.txt", "nobody.txt", "--yes", *place)
    assert code == 3 and "not-in-corpus: " in err and err.endswith("1 removed, 1 failed; 1 plans\n")
    assert run("remove", "plan-1.txt", "--yes", *place)[0] == 4
    # Named twice it is one plan.
    assert run("remove", "plan-2.txt", f"{2:016x}", "--yes", *place)[0] == 0
