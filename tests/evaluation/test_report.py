"""Folders in, one table out; and the same figures as the scorer that judges the project."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import Plan
from pipeline import cli
from pipeline.errors import BadGold, BadRecord, FileMissing
from pipeline.evaluation.report import evaluate

GOLD: dict[str, Any] = {
    "header": {"kind": "KH"},
    "outline": [{"path": ["I"]}, {"path": ["II"]}],
    "references": [],
    "agencies": [],
    "deadlines": [],
    "targets": [],
    "assignments": [],
}


@pytest.fixture
def folders(tmp_path: Path, small_plan: Callable[..., Plan]) -> tuple[Path, Path]:
    """Two gold files, one record."""
    gold, records = tmp_path / "gold", tmp_path / "records"
    for folder in (gold, records):
        folder.mkdir()
    for name in ("000", "001"):
        (gold / f"{name}.json").write_text(json.dumps(GOLD))
    (records / "000_trong-cay.json").write_text(small_plan().to_json(), encoding="utf-8")
    return gold, records


def test_records_are_found_by_their_number(folders: tuple[Path, Path]) -> None:
    report = evaluate(*folders)
    assert report.documents == 2
    assert report.without_record == ["001"]
    outline = report.counts["outline"]
    assert (outline.hits, outline.extra, outline.missed) == (2, 1, 2)


def test_a_file_of_the_same_name_goes_before_the_number(
    folders: tuple[Path, Path], small_plan: Callable[..., Plan]
) -> None:
    gold, records = folders
    (records / "000.json").write_text(small_plan(sections=[]).to_json(), encoding="utf-8")
    assert evaluate(gold, records).counts["outline"].hits == 0


def test_one_file_each_need_not_share_a_name(folders: tuple[Path, Path]) -> None:
    gold, records = folders
    report = evaluate(gold / "001.json", records / "000_trong-cay.json")
    assert report.without_record == []


@pytest.mark.parametrize("missing", [0, 1])
def test_a_missing_folder(folders: tuple[Path, Path], missing: int) -> None:
    paths = list(folders)
    paths[missing] = paths[missing] / "none"
    with pytest.raises(FileMissing):
        evaluate(*paths)


def test_a_folder_without_gold(tmp_path: Path) -> None:
    with pytest.raises(BadGold):
        evaluate(tmp_path, tmp_path)


def test_a_record_of_something_else(folders: tuple[Path, Path]) -> None:
    gold, records = folders
    (records / "000_trong-cay.json").write_text('{"schema_version": "0"}')
    with pytest.raises(BadRecord, match="no record of this version"):
        evaluate(gold, records)


class TestCommand:
    def test_table(self, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["evaluate", *map(str, folders)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split() == [
            "category",
            "precision",
            "recall",
            "F1",
            "gold",
            "hits",
            "extra",
            "missed",
        ]
        assert "outline              0.667   0.500  0.571     4     2      1       2" in lines
        assert lines[-1] == "2 documents, 1 without a record 001"

    def test_misses(self, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["evaluate", *map(str, folders), "--misses"]) == 0
        out = capsys.readouterr().out
        assert "000  outline: found 'II/1 Sở Xây dựng chủ trì" in out
        assert "001  header.kind: found nothing, expected 'KH'" in out

    def test_json(self, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["evaluate", *map(str, folders), "--json", "--misses"]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out)["categories"]["outline"]["f1"] == 0.5714
        assert "header.kind" in err

    def test_bad_gold_is_one_line(
        self, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        (folders[0] / "002.json").write_text("{")
        assert cli.main(["evaluate", *map(str, folders)]) == 4
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("bad-gold: ")
        assert err.count("\n") == 1


def perturbed(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A record made from gold with some values lost, doubled, changed or moved."""
    text = "\n".join(json.dumps(gold, ensure_ascii=False).split())
    span = {"start": 0, "end": 1}

    def shaken(items: list[Any]) -> list[Any]:
        kept = [item for item in items if chance.random() > 0.15]
        kept += [item for item in items if chance.random() < 0.1]
        chance.shuffle(kept)
        return kept

    def blurred(words: str | None) -> str | None:
        if words is None or chance.random() < 0.6:
            return words
        cut = chance.randrange(len(words) + 1)
        return chance.choice([words.upper(), words[:cut], words[cut:], words + " x", "khác"])

    def either(value: Any, *others: Any) -> Any:
        return value if chance.random() < 0.8 else chance.choice(others)

    def named(value: str | None, **more: Any) -> dict[str, Any] | None:
        value = blurred(value)
        return None if value is None else {"name": value, **more}

    head = gold["header"]
    plain = ("kind", "number", "symbol", "issued_on", "place", "title", "plan_period")
    issuer = named(head.get("issuer"))
    header = {
        **{name: either(head.get(name), None, blurred(head.get(name))) for name in plain},
        "issuer": issuer and issuer | {"canonical": ""},
        "province": named(head.get("province")),
        "signer": named(head.get("signer")),
        "recipients": shaken(head["recipients"]),
    }
    sections = [
        {"path": item["path"], "marker": chance.choice(["1.", "a)", "I."])}
        for item in shaken(gold["outline"])
    ] + [
        {"path": ["-1"], "marker": chance.choice(["-", "–", "+", "•", "*"])}
        for _ in range(sum((gold.get("bullets") or {}).values()))
        if chance.random() < 0.9
    ]
    rest = {"title": "", "text": "", "span": span}
    nested: list[dict[str, Any]] = []
    for section in sections:
        place = nested
        while place and chance.random() < 0.5:
            place = place[-1].setdefault("children", [])
        place.append(section | rest)
    return {
        "id": "0" * 16,
        "source": {
            "name": "x", "sha256": "", "media_type": "", "bytes": 0, "pages": [], "pipeline": "0",
        },
        "text": text,
        "header": header,
        "sections": nested,
        "references": [
            {
                "text": blurred(r["text"]),
                "kind": either(r["kind"], None, "Luật"),
                "number": either(r["number"], None, "1/QĐ", r["number"] and r["number"].lower()),
                "date": either(r["date"], None, "2031-01-01"),
                "key": "",
                "span": span,
                "section": [],
            }
            for r in shaken(gold["references"])
        ],
        "agencies": [
            {
                "id": "a",
                "name": blurred(a["name"]),
                "canonical": "",
                "kind": either(a["type"], "generic", "named"),
                "mentions": [],
            }
            for a in shaken(gold["agencies"])
        ],
        "deadlines": [
            {
                "text": blurred(d["text"]),
                "kind": "due",
                "value": either(d["value"], None, "R/P3M"),
                "span": span,
                "section": [],
            }
            for d in shaken(gold["deadlines"])
        ],
        "targets": [
            {
                "text": blurred(t["text"]),
                "value": either(t["value"], 7),
                "span": span,
                "section": [],
            }
            for t in shaken(gold["targets"])
        ],
        "tasks": [
            {
                "id": "t",
                "section": either(a["section"], [], a["section"][:1], ["X"]),
                "text": "",
                "span": span,
                "assignments": [
                    {
                        "agency": blurred(a["agency"]),
                        "role": either(a["role"], "via", "lead", "report_to"),
                        "span": span,
                    }
                ],
            }
            for a in shaken(gold["assignments"])
        ],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_same_figures_as_the_judge(shared: Path, tmp_path: Path, seed: int) -> None:
    """Records spoilt at random over all the gold there is, scored by both."""
    chance = random.Random(seed)
    for path in sorted((shared / "gold").glob("*.json")):
        if chance.random() < 0.1:
            continue  # no record for this one
        gold = json.loads(path.read_text(encoding="utf-8"))
        plan = Plan.model_validate(perturbed(gold, chance))
        (tmp_path / path.name).write_text(plan.to_json(), encoding="utf-8")
    judge = [sys.executable, shared / "tools" / "score.py", shared / "gold", tmp_path, "--json"]
    said = json.loads(subprocess.run(judge, capture_output=True, check=True).stdout)
    ours = evaluate(shared / "gold", tmp_path).figures()
    assert {
        name: (figure["precision"], figure["recall"], figure["f1"], figure["gold"])
        for name, figure in ours.items()
    } == {name: (row["p"], row["r"], row["f"], row["n"]) for name, row in said.items()}
