from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import Plan
from pipeline import cli, comparison, corpus
from pipeline.comparison.arguments import VIEWS
from pipeline.comparison.frames import FRAMES
from pipeline.comparison.printing import view
from pipeline.comparison.wording import catalogue
from pipeline.errors import NONE_READ, USAGE, NotInCorpus, TooManyPlans, UsageError
from pipeline.limits import Settings


@pytest.fixture
def folder(pair: list[Plan], tmp_path: Path) -> Path:
    place = tmp_path / "records"
    place.mkdir()
    for plan in pair:
        (place / f"{plan.id}.json").write_text(plan.to_json(), "utf-8")
    return place


@pytest.fixture
def library(pair: list[Plan], tmp_path: Path) -> Path:
    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer:
        list(writer.add_many(pair))
    return path


def test_the_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "Nghệ An 2023: 36/KH-UBND · 2023-03-14 · 7 mục" in out
    assert "●  ●" in out
    assert "● Sơn La: Trồng rừng phòng hộ" in out
    assert "Nghệ An 2023 → Sơn La 2023" in out


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_view_prints(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, language: str
) -> None:
    assert cli.main(["compare", str(folder), "--view", name, "--lang", language]) == 0
    title = catalogue(language)[f"view.{name}"].upper()  # type: ignore[arg-type]
    assert capsys.readouterr().out.startswith(title)


def test_what_is_left_out_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["compare", str(folder), "--view", "calendar", "--limit", "2"])
    assert "(--limit 0 để xem hết): 5" in capsys.readouterr().out
    cli.main(["compare", str(folder), "--view", "calendar", "--limit", "0"])
    assert "--limit 0" not in capsys.readouterr().out


def test_json_holds_everything(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", str(folder), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [plan["place"] for plan in data["plans"]] == ["Nghệ An", "Sơn La"]
    assert len(data["items"]) == 14


@pytest.mark.parametrize(
    "words", [["36/KH-UBND", "41/KH-UBND"], ["nguồn nước"], ["year:2023"], ["nguon", "nuoc"]]
)
def test_plans_of_the_corpus(
    library: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert cli.main(["compare", *words, "--corpus", str(library), "--view", "plans"]) == 0
    assert capsys.readouterr().out.count("/KH-UBND ·") == 2


def test_a_record_beside_a_plan_of_the_corpus(
    folder: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = next(folder.glob("*.json"))
    words = [str(record), "36/KH-UBND", "41/KH-UBND", "--corpus", str(library), "--view", "plans"]
    assert cli.main(["compare", *words]) == 0
    assert capsys.readouterr().out.count("/KH-UBND ·") == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["36/KH-UBND"], USAGE, "usage: there is one plan to compare."),
        (["xe buýt"], NONE_READ, "not-in-corpus:"),
        (["year:"], USAGE, "query:"),
        (["year:2023", "--limit", "-1"], USAGE, "usage: --limit"),
    ],
)
def test_what_cannot_be_compared(
    library: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    assert cli.main(["compare", *words, "--corpus", str(library)]) == code
    err = capsys.readouterr().err
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_a_file_that_is_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text("{}")
    assert cli.main(["compare", str(tmp_path)]) == NONE_READ
    err = capsys.readouterr().err
    assert err.startswith("bad-record:")
    assert "x.json" in err


def test_a_record_cannot_write_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"\x1b[2J" * 100: 1}))
    assert cli.main(["compare", str(tmp_path)]) == NONE_READ
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert len(err) < 500


def test_a_query_longer_than_a_name_may_be(library: Path) -> None:
    with pytest.raises(NotInCorpus):
        list(comparison.select([f'"nước sạch {"m" * 300}"'], str(library)))


def test_too_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = Settings(max_compared=2)
    monkeypatch.setattr("pipeline.comparison.selecting.settings", lambda: few)
    assert len(list(comparison.select([str(folder)]))) == 2
    record = json.loads(next(folder.glob("*.json")).read_text("utf-8"))
    record["id"] = "f" * 16
    (folder / "third.json").write_text(json.dumps(record), "utf-8")
    with pytest.raises(TooManyPlans):
        list(comparison.select([str(folder)]))


@pytest.mark.parametrize("name", [*FRAMES, "matrix"])
def test_every_view_is_a_frame(pair: list[Plan], name: str) -> None:
    result = comparison.compare(pair)
    table = comparison.frame(result, name)
    if name == "matrix":
        assert list(table.columns) == ["Nghệ An 2023", "Sơn La 2023"]
        assert table.notna().to_numpy().sum() == len(result.coverage)
    else:
        columns, rows = FRAMES[name]
        assert list(table.columns) == list(columns)
        assert all(set(row) == set(columns) for row in rows(result))


def test_frames_hold_what_the_results_hold(pair: list[Plan]) -> None:
    result = comparison.compare(pair)
    only = comparison.frame(result, "only")
    assert only["sure"].all()
    assert set(only["place"]) == {"Nghệ An", "Sơn La"}
    assert comparison.frame(result, "passages")["words"].sum() > 100


def test_there_is_no_such_view(pair: list[Plan]) -> None:
    result = comparison.compare(pair)
    with pytest.raises(UsageError):
        comparison.frame(result, "weather")
    with pytest.raises(UsageError):
        view(result, "weather")


def test_signs_that_a_terminal_would_obey_are_not_printed(pair: list[Plan]) -> None:
    first = pair[0].text.index("Quan trắc")
    text = pair[0].text[:first] + "\x1b[2Jn trắc" + pair[0].text[first + 9 :]
    evil = pair[0].model_copy(update={"text": text})
    printed = "".join(view(comparison.compare([evil, pair[1]]), name) for name in VIEWS)
    assert "\x1b" not in printed


def test_progress_is_told(pair: list[Plan]) -> None:
    told: dict[str, float] = {}
    comparison.compare(pair, progress=lambda stage, share: told.__setitem__(stage, share))
    assert told == {"plans": 1.0, "pairs": 1.0, "views": 1.0}


def test_frames_of_two_plans_in_a_row(pair: list[Plan]) -> None:
    assert len(comparison.frame(comparison.changes(*pair), "plans")) == 2


@pytest.mark.parametrize("place", [".", "none/report.html"])
def test_a_report_that_cannot_be_written(
    folder: Path,
    place: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    assert cli.main(["compare", str(folder), "--html", place]) == NONE_READ
    assert capsys.readouterr().err.startswith("cannot-write:")
