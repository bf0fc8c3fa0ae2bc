"""What changed between two readings, by one planted change at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Plan
from pipeline import cli
from pipeline.errors import BadRecord, FileMissing
from pipeline.evaluation.difference import Difference, compare, places
from pipeline.evaluation.values import CATEGORIES, meant, values


def write(folder: Path, name: str, plan: Plan | dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    data = plan.model_dump(mode="json") if isinstance(plan, Plan) else plan
    (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def changed(
    tmp_path: Path, small_plan: Callable[..., Plan]
) -> Callable[[Callable[[Any], object]], Difference]:
    """The small plan against itself with something done to its JSON."""

    def run(change: Callable[[Any], object]) -> Difference:
        data = json.loads(small_plan().to_json())
        write(tmp_path / "old", "a", small_plan())
        change(data)
        write(tmp_path / "new", "a", data)
        return compare(tmp_path / "old", tmp_path / "new")

    return run


def inserted(data: Any, at: int, words: str) -> None:
    """The text with some words more; every span behind them moves."""

    def move(node: Any) -> None:
        if isinstance(node, dict):
            for name in ("start", "end"):
                if isinstance(node.get(name), int) and node[name] >= at:
                    node[name] += len(words)
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, (dict, list)):
                move(child)

    data["text"] = data["text"][:at] + words + data["text"][at:]
    move(data)


def test_the_same_records_agree(changed: Callable[..., Difference]) -> None:
    result = changed(lambda data: None)
    assert result.agree
    assert result.tallies["references"].same == 1
    assert sum(tally.same for tally in result.tallies.values()) > 15


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda d: d["header"].update(number=None), "- header: 'number'  value '7/KH-UBND'"),
        (
            lambda d: d["header"].update(number="8/KH-UBND"),
            "~ header: 'number'  value '7/KH-UBND' -> '8/KH-UBND'",
        ),
        (lambda d: d["header"].update(recipients=["Như trên", "Lưu"]), "+ recipients: 'Lưu'"),
        (
            lambda d: d["deadlines"][0].update(value="../2031-06"),
            "~ deadlines: 'trước ngày 30 tháng 6'  [II/1]  value '../2031-06-30' -> '../2031-06'",
        ),
        (
            lambda d: d.update(deadlines=[]),
            "- deadlines: 'trước ngày 30 tháng 6'  [II/1]  value '../2031-06-30'; kind 'due'",
        ),
        (
            lambda d: d["sections"][1].update(path=["III"]),
            "~ outline: 'TỔ CHỨC THỰC HIỆN'  [III]  path 'II' -> 'III'",
        ),
        (
            lambda d: d["tasks"][0]["assignments"][0].update(role="advise"),
            "~ assignments: 'Sở Xây dựng'  [II/1]  role 'lead' -> 'advise'",
        ),
        (
            lambda d: d["agencies"][0].update(canonical="Sở Xây dựng Hà Nội"),
            "~ agencies: 'Sở Xây dựng'  canonical 'Sở Xây dựng' -> 'Sở Xây dựng Hà Nội'",
        ),
        (
            lambda d: d["warnings"].append({"code": "no-number", "message": "x"}),
            "+ warnings: 'no-number'",
        ),
    ],
)
def test_one_change(
    changed: Callable[..., Difference], change: Callable[[Any], object], line: str
) -> None:
    result = changed(change)
    assert [found.line() for found in result.changes] == [line]
    assert [tally.documents for tally in result.tallies.values()].count(1) == 1


def test_a_longer_reading_of_one_value_is_a_change(changed: Callable[..., Difference]) -> None:
    def shorten(data: Any) -> None:
        data["deadlines"][0]["text"] = "30 tháng 6"
        data["deadlines"][0]["span"]["start"] += len("trước ngày ")

    change = changed(shorten).changes[0]
    assert change.kind == "changed"
    assert change.fields == {"words": ("trước ngày 30 tháng 6", "30 tháng 6")}


def test_the_same_words_elsewhere_are_another_value(changed: Callable[..., Difference]) -> None:
    def move(data: Any) -> None:
        data["agencies"] = []
        data["deadlines"][0]["span"] = {"start": 0, "end": 21}

    kinds = [c.kind for c in changed(move).changes if c.category == "deadlines"]
    assert sorted(kinds) == ["gained", "lost"]


def test_confidence_is_no_difference(changed: Callable[..., Difference]) -> None:
    assert changed(lambda d: d["deadlines"][0].update(confidence=0.2)).agree


@pytest.mark.parametrize("at", [0, 9, 28])
def test_a_line_more_moves_everything_and_changes_nothing(
    changed: Callable[..., Difference], at: int
) -> None:
    result = changed(lambda d: inserted(d, at, "Một dòng nữa\n"))
    assert result.other_text == ["a"]
    assert result.changes == []


def test_in_a_line_that_was_read_otherwise_words_decide(changed: Callable[..., Difference]) -> None:
    result = changed(lambda d: inserted(d, d["text"].index("1. Sở"), "* "))
    assert result.other_text == ["a"]
    assert result.changes == []


LINES = st.lists(st.sampled_from(["a\n", "b\n", "cc\n", "\n", "d e\n"]), max_size=8)


@given(LINES, LINES)
def test_a_place_that_is_carried_over_holds_the_same_words(one: list[str], two: list[str]) -> None:
    old, new = "".join(one), "".join(two)
    moved = places(old, new)
    for start in range(len(old)):
        for end in range(start + 1, len(old) + 1):
            place = moved(start, end)
            if place is not None:
                assert new[slice(*place)] == old[start:end]


class TestDocuments:
    def test_by_bytes_then_by_name(self, tmp_path: Path, small_plan: Callable[..., Plan]) -> None:
        plan = small_plan()
        other = plan.source.model_copy(update={"sha256": "f" * 64, "name": "b.txt"})
        write(tmp_path / "old", "one", plan)
        write(tmp_path / "new", "renamed", plan)
        write(tmp_path / "old", "b", small_plan(source=other))
        again = other.model_copy(update={"sha256": "e" * 64})
        write(tmp_path / "new", "b", small_plan(source=again))
        third = other.model_copy(update={"sha256": "d" * 64, "name": "c.txt"})
        write(tmp_path / "new", "c", small_plan(source=third))
        result = compare(tmp_path / "old", tmp_path / "new")
        assert result.documents == 2
        assert result.other_file == ["b"]
        assert (result.only_old, result.only_new) == ([], ["c"])
        assert not result.agree

    def test_two_files_need_no_common_name(
        self, tmp_path: Path, small_plan: Callable[..., Plan]
    ) -> None:
        plan = small_plan()
        other = plan.source.model_copy(update={"sha256": "f" * 64, "name": "b.txt"})
        write(tmp_path, "one", plan)
        write(tmp_path, "two", small_plan(source=other))
        assert compare(tmp_path / "one.json", tmp_path / "two.json").documents == 1

    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(FileMissing):
            compare(tmp_path / "old", tmp_path)
        with pytest.raises(BadRecord):
            compare(tmp_path, tmp_path)


class TestCommand:
    @pytest.fixture
    def folders(self, tmp_path: Path, small_plan: Callable[..., Plan]) -> list[str]:
        write(tmp_path / "old", "a", small_plan())
        write(tmp_path / "new", "a", small_plan(deadlines=[], targets=[]))
        return [str(tmp_path / "old"), str(tmp_path / "new")]

    def test_table_and_lines(self, folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["diff", *folders]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split() == ["category", "same", "gained", "lost", "changed", "documents"]
        assert "deadlines            0       0     1        0          1" in lines
        assert "1 documents in both, 1 with other values, 0 with another text" in lines
        assert any(line.startswith("  - deadlines: 'trước ngày") for line in lines)

    def test_counts_alone(self, folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["diff", *folders, "--counts"]) == 0
        assert "  - " not in capsys.readouterr().out

    def test_json_of_one_category(
        self, folders: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["diff", *folders, "--json", "--category", "targets"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert set(said["categories"]) == {"targets"}
        assert [change["kind"] for change in said["changes"]] == ["lost"]

    @pytest.mark.parametrize(
        ("more", "code"),
        [(["--exit-code"], 3), (["--exit-code", "--category", "header"], 0),
         (["--category", "headr"], 2)],
    )  # fmt: skip
    def test_exit_codes(
        self, folders: list[str], more: list[str], code: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["diff", *folders, *more]) == code
        capsys.readouterr()

    def test_a_bad_record_is_one_line(
        self, folders: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path(folders[1], "b.json").write_text("[1")
        assert cli.main(["diff", *folders]) == 3
        out, err = capsys.readouterr()
        assert "deadlines" in out
        assert "b.json: bad-record: " in err
        assert err.count("\n") == 1
        Path(folders[1], "a.json").write_text("{}")
        assert cli.main(["diff", *folders]) == 4

    @pytest.mark.parametrize("text", ["[" * 100_000, '{"source": {"sha256": [], "name": {}}}'])
    def test_a_hostile_record_is_one_line(
        self, folders: list[str], text: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path(folders[1], "b.json").write_text(text)
        assert cli.main(["diff", *folders]) in (0, 3)
        capsys.readouterr()


def test_every_category_is_one_of_the_list(small_plan: Callable[..., Plan]) -> None:
    assert tuple(values(small_plan())) == CATEGORIES


@pytest.mark.parametrize("place", [999, -1])
def test_what_refers_to_nothing_means_nothing(small_plan: Callable[..., Plan], place: int) -> None:
    plan = small_plan()
    lost = plan.references[0].model_copy(update={"refers_to": place})
    assert meant(plan, lost) is None
