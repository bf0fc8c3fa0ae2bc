"""Corpus, records, ledger and sources against each other: what differs, and what is mended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli, corpus
from pipeline.errors import NONE_READ, OK, SOME_FAILED
from pipeline.ingest import verify


def first(place: Any) -> Path:
    return min(place.extracted.glob("*.json"))


def sql(place: Any, statement: str) -> None:
    with sqlite3.connect(place.corpus) as connection:
        connection.execute(statement)


def remove_plan(place: Any, top: Path) -> None:
    with corpus.open(place.corpus, write=True) as plans:
        plans.remove(first(place).stem)
    first(place).unlink()


def orphan(place: Any, top: Path) -> None:
    with corpus.open(place.corpus, write=True) as plans:
        plans.remove(first(place).stem)
    sql(place, "DELETE FROM ledger WHERE record_id NOT IN (SELECT record_id FROM plans)")


def rewrite(place: Any, top: Path) -> None:
    path = first(place)
    record = json.loads(path.read_text(encoding="utf-8"))
    record["header"]["place"] = "Nơi khác"
    path.write_text(json.dumps(record), encoding="utf-8")


def rename(place: Any, top: Path) -> None:
    first(place).rename(place.extracted / "under-another-name.json")


DAMAGES: list[tuple[str, Callable[[Any, Path], object], list[str]]] = [
    ("nothing", lambda place, top: None, []),
    ("record gone", lambda place, top: first(place).unlink(), ["record-missing"]),
    ("record cut", lambda place, top: first(place).write_bytes(b'{"id": "'), ["record-unreadable"]),
    ("record changed", rewrite, ["record-differs"]),
    ("record renamed", rename, ["record-missing"]),
    ("record unknown", orphan, ["record-orphaned"]),
    (
        "no record at all",
        lambda place, top: (place.extracted / "notes.json").write_text("[]"),
        ["record-unreadable"],
    ),
    (
        "a folder called record",
        lambda place, top: (place.extracted / "notes.json").mkdir(),
        ["record-unreadable"],
    ),
    (
        "plan damaged",
        lambda place, top: sql(place, "UPDATE plans SET record = x'00' WHERE id = 2"),
        ["corpus-damaged"],
    ),
    ("plan gone", remove_plan, ["plan-missing"]),
    ("source gone", lambda place, top: (top / "c/plan-1.txt").unlink(), ["source-missing"]),
    (
        "source changed",
        lambda place, top: (top / "c/plan-1.txt").write_text("khác"),
        ["source-changed"],
    ),
    (
        "interrupted",
        lambda place, top: sql(
            place,
            "INSERT INTO ledger (sha256, revision, state, run, bytes)"
            " VALUES ('f', '1', 'running', 9, 1)",
        ),
        ["interrupted"],
    ),
    (
        "older revision",
        lambda place, top: sql(place, "UPDATE ledger SET revision = '0'"),
        ["stale"] * 4,
    ),
]


@pytest.mark.parametrize(
    ("damage", "expected"), [d[1:] for d in DAMAGES], ids=[d[0] for d in DAMAGES]
)
def test_differences(
    folder: Callable[..., Path],
    place: Any,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Any, Path], object],
    expected: list[str],
) -> None:
    top = folder(4)
    place.run(top, "--engine", "in-process")
    damage(place, top)

    def look(*options: str) -> tuple[int, list[dict[str, Any]]]:
        capsys.readouterr()
        code = cli.main(["verify", *place.arguments("--json", *options)])
        return code, json.loads(capsys.readouterr().out)

    code, found = look()
    assert [each["code"] for each in found] == expected
    assert code == (SOME_FAILED if expected else OK)
    assert not any(each["repaired"] for each in found)
    code, found = look("--repair")
    left = [
        each["code"] for each in found if not each["repaired"] or each["code"] not in verify.MENDED
    ]
    code, found = look()
    assert [each["code"] for each in found] == left
    if not left and expected:
        code, summary = place.run(top, "--engine", "in-process")
        assert (code, summary["plans"]) == (OK, 4)


def test_the_same_size_and_time_but_other_bytes(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    import os

    top = folder(1)
    place.run(top, "--engine", "in-process")
    path = top / "a/b/plan-0.txt"
    before = path.stat()
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    if path.stat().st_size != before.st_size:
        path.write_bytes(path.read_bytes()[: before.st_size].ljust(before.st_size))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cli.main(["verify", *place.arguments()]) == OK
    assert cli.main(["verify", *place.arguments("--deep")]) == SOME_FAILED
    assert "source-changed" in capsys.readouterr().out


def test_no_corpus_is_made_by_looking(place: Any) -> None:
    assert cli.main(["verify", *place.arguments()]) == NONE_READ
    assert not place.corpus.exists()


def test_every_code_has_words() -> None:
    assert set(verify.MENDED) <= set(verify.MEANINGS)
