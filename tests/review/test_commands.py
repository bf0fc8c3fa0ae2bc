"""``kehoach correct``, ``corrections`` and ``gold`` as people call them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from models import Plan
from pipeline import cli, corpus, review
from pipeline.errors import NONE_READ, OK, SOME_FAILED, USAGE


@pytest.fixture(autouse=True)
def filled(path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The corpus that commands use holds the small plan."""
    with corpus.open(path, write=True) as opened:
        opened.add(plan)
    monkeypatch.setattr("pipeline.corpus.api.settings", lambda: Settings(str(path)))


class Settings:
    def __init__(self, path: str) -> None:
        self.corpus = path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_a_sheet_is_filled_in_and_given_back(
    capsys: pytest.CaptureFixture[str], path: Path, plan: Plan, tmp_path: Path
) -> None:
    _, out, _ = run(capsys, "corrections", plan.id, "--values", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    for row in rows:
        if row["value"].startswith("deadline/"):
            row |= {"verdict": "edit", "new": "31/7/2031", "why": "trang 1"}
        elif row["value"].startswith("agency/"):
            row["verdict"] = "accept"
    sheet = tmp_path / "check.csv"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    assert run(capsys, "correct", str(sheet), "--by", "An", "--dry-run") == (
        OK, "", "3 would be recorded\n",
    )  # fmt: skip
    assert run(capsys, "correct", str(sheet), "--by", "An") == (OK, "", "3 recorded\n")
    with corpus.open(path) as opened:
        assert opened.plan(plan.id).deadlines[0].value == "../2031-07-31"
        assert len(review.history(opened)) == 3
    # the sheet is old now: what was decided meanwhile is not overwritten
    code, _, err = run(capsys, "correct", str(sheet), "--by", "Bình")
    assert (code, err.count("value-changed: ")) == (NONE_READ, 3)


def test_good_rows_go_on_beside_bad_ones(
    capsys: pytest.CaptureFixture[str], path: Path, plan: Plan, tmp_path: Path
) -> None:
    rows = [
        {"plan": plan.id, "value": "header/title", "verdict": "edit", "new": "Trồng rừng"},
        {"plan": plan.id, "value": "header/issued_on", "verdict": "edit", "new": "30/2/2031"},
        {"plan": plan.id, "value": "header/number", "verdict": "burn"},
        {"plan": plan.id, "value": "header/number", "verdict": "undo"},
        {"plan": "nowhere", "value": "header/number", "verdict": "accept"},
        {"plan": plan.id, "value": "target", "verdict": "add", "new": "5"},
    ]
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    code, _, err = run(capsys, "correct", str(file), "--by", "An")
    assert code == SOME_FAILED
    assert err.splitlines()[-1] == "1 recorded, 5 failed"
    assert [line.partition(":")[0] for line in err.splitlines()[:-1]] == [
        "row 2", "row 3", "row 4", "row 6", "nowhere",
    ] or err.count("row ") == 4  # fmt: skip
    with corpus.open(path) as opened:
        assert opened.plan(plan.id).header.title == "Trồng rừng"


def test_an_entry_is_taken_back(capsys: pytest.CaptureFixture[str], path: Path, plan: Plan) -> None:
    with corpus.open(path, write=True) as opened:
        review.decide(opened, plan.id, "header/number", "reject", by="An")
    assert run(capsys, "correct", "--undo", "1", "--by", "An")[0] == OK
    with corpus.open(path) as opened:
        assert opened.plan(plan.id) == plan
    assert run(capsys, "correct", "--undo", "7", "--by", "An")[0] == USAGE
    assert run(capsys, "correct", "--undo", str(1 << 70), "--by", "An")[0] == USAGE
    assert run(capsys, "correct", "--by", "An")[0] == USAGE


def test_the_log_is_shown(capsys: pytest.CaptureFixture[str], path: Path, plan: Plan) -> None:
    with corpus.open(path, write=True) as opened:
        review.decide(
            opened, plan.id, "header/title", "edit", new={"title": "=1+1 cây"}, by="An", why="bìa"
        )
    _, text, _ = run(capsys, "corrections")
    assert "header/title" in text
    assert "title=Trồng cây năm 2031 → title==1+1 cây" in text
    assert "bìa" in text
    _, out, _ = run(capsys, "corrections", plan.id, "--csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["by"], row["verdict"], row["new"]) == ("An", "edit", "title==1+1 cây")
    _, out, _ = run(capsys, "corrections", "--json")
    assert json.loads(out)[0]["new"]["title"] == "=1+1 cây"


def test_conflicts_are_shown(capsys: pytest.CaptureFixture[str], path: Path, plan: Plan) -> None:
    with corpus.open(path, write=True) as opened:
        review.decide(opened, plan.id, "header/number", "accept", by="An")
        other = plan.header.model_copy(update={"number": "9/KH-UBND"})
        opened.add(plan.model_copy(update={"header": other}))
    _, text, _ = run(capsys, "corrections", "--conflicts")
    assert "number=7/KH-UBND → number=9/KH-UBND" in text
    _, out, _ = run(capsys, "corrections", "--conflicts", "--json")
    assert [(one["code"], one["now"]) for one in json.loads(out)] == [
        ("changed", {"number": "9/KH-UBND"})
    ]
    _, out, _ = run(capsys, "corrections", plan.id, "--conflicts", "--csv")
    assert len(out.splitlines()) == 2


def test_both_records_are_shown(capsys: pytest.CaptureFixture[str], path: Path, plan: Plan) -> None:
    with corpus.open(path, write=True) as opened:
        review.decide(opened, plan.id, "header/title", "edit", new={"title": "Khác"}, by="An")
    _, out, _ = run(capsys, "show", plan.id, "--json")
    assert json.loads(out)["header"]["title"] == "Khác"
    _, out, _ = run(capsys, "show", plan.id, "--json", "--machine")
    assert out == plan.to_json()


@pytest.mark.parametrize(
    "words",
    [
        ["corrections", "--values"],
        ["corrections", "--unchecked"],
        ["corrections", "x1234", "--figures"],
        ["corrections", "no-such-plan"],
    ],
)
def test_wrong_use_is_one_line(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = run(capsys, *words)
    assert code != OK
    assert (out, err.count("\n")) == ("", 1)


def test_figures(capsys: pytest.CaptureFixture[str], path: Path, plan: Plan) -> None:
    with corpus.open(path, write=True) as opened:
        first, second = (i.address for i in review.items(opened, plan.id, category="agencies"))
        review.decide(opened, plan.id, first, "accept", by="An")
        review.decide(opened, plan.id, second, "reject", by="An")
        start = plan.text.index("UBND tỉnh")
        review.add(opened, plan.id, "agency", (start, start + 9), {}, by="An")
    _, out, _ = run(capsys, "corrections", "--figures", "--json")
    found = {one["category"]: one for one in json.loads(out)}["agencies"]
    assert (found["right"], found["rejected"], found["added"]) == (1, 1, 1)
    assert (found["precision"], found["recall"]) == (0.5, None)
    with corpus.open(path, write=True) as opened:
        review.decide(opened, plan.id, "complete/agencies", "accept", by="An")
    _, out, _ = run(capsys, "corrections", "--figures", "--csv")
    row = next(row for row in csv.DictReader(io.StringIO(out)) if row["category"] == "agencies")
    assert (row["plans"], row["recall"]) == ("1", "0.500")


def test_gold_is_written_of_what_is_complete(
    capsys: pytest.CaptureFixture[str], path: Path, plan: Plan, tmp_path: Path
) -> None:
    folder = tmp_path / "gold"
    code, _, err = run(capsys, "gold", str(folder))
    assert code == OK
    assert "no category" in err
    with corpus.open(path, write=True) as opened:
        review.decide(
            opened, plan.id, review.items(opened, plan.id, category="deadlines")[0].address,
            "edit", new={"value": "2031-07-31"}, by="An",
        )  # fmt: skip
        review.accept_rest(opened, plan.id, "deadlines", by="An")
        review.accept_rest(opened, plan.id, "targets", by="An")
    code, out, _ = run(capsys, "gold", str(folder))
    assert (code, "deadlines, targets" in out) == (OK, True)
    records = tmp_path / "records"
    records.mkdir()
    (records / f"{plan.id}.json").write_text(plan.to_json(), encoding="utf-8")
    _, out, _ = run(capsys, "evaluate", str(folder), str(records), "--json")
    figures = json.loads(out)["categories"]
    assert figures["targets"]["f1"] == 1
    assert (figures["deadlines"]["f1"], figures["deadline values"]["f1"]) == (1, 0)
    assert not {"references", "header"} & figures.keys()
    run(capsys, "gold", str(folder), "--by-name")
    assert (folder / "trong-cay.json").is_file()
