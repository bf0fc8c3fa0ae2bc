"""A run in this process: each plan exactly once, nothing lost, every outcome accounted for."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from models import Plan
from pipeline import cli, corpus, files
from pipeline.corpus.store import Store
from pipeline.errors import NONE_READ, OK, SOME_FAILED, USAGE
from pipeline.ingest import coordinator, ledger, runners, work
from pipeline.ingest.job import Result
from pipeline.ingest.progress import Progress
from pipeline.ingest.runners import InProcess
from pipeline.reading import ocr_pool
from pipeline.settings import settings
from tests.reading import making
from tests.reading.faulty_engine import INKED

HERE = ("--engine", "in-process")


def rows(place: Any, sql: str) -> list[tuple]:
    with sqlite3.connect(place.corpus) as connection:
        return connection.execute(sql).fetchall()


def test_a_folder(folder: Callable[..., Path], place: Any) -> None:
    code, summary = place.run(folder(5), *HERE)
    assert code == OK
    assert (summary["files"], summary["worked"], summary["states"]) == (5, 5, {"done": 5})
    with corpus.open(place.corpus) as plans:
        ids = {row[0] for row in plans.store.connection.execute("SELECT record_id FROM plans")}
        assert place.records() == ids
        assert len(ids) == 5
        for each in ids:
            kept = Plan.model_validate_json((place.extracted / f"{each}.json").read_bytes())
            assert plans.plan(each) == kept


def test_what_is_done_is_not_done_again(folder: Callable[..., Path], place: Any) -> None:
    top = folder(4)
    place.run(top, *HERE)
    before = {path: path.stat().st_mtime_ns for path in place.extracted.glob("*.json")}
    code, summary = place.run(top, *HERE)
    assert (code, summary["worked"], summary["states"]) == (OK, 0, {"done": 4})
    assert {p: p.stat().st_mtime_ns for p in place.extracted.glob("*.json")} == before


def test_only_what_is_new_is_done(folder: Callable[..., Path], place: Any) -> None:
    place.run(folder(3), *HERE)
    code, summary = place.run(folder(5), *HERE)
    assert (code, summary["worked"], summary["states"]) == (OK, 2, {"done": 5})


def test_the_same_bytes_are_one_plan_with_two_names(
    folder: Callable[..., Path], place: Any
) -> None:
    top = folder(1)
    shutil.copy(top / "a/b/plan-0.txt", top / "copy.txt")
    code, summary = place.run(top, *HERE)
    assert (code, summary["files"], summary["worked"]) == (OK, 2, 1)
    shutil.copy(top / "a/b/plan-0.txt", top / "third.txt")
    _, summary = place.run(top, *HERE)
    assert summary["worked"] == 0
    assert rows(place, "SELECT name FROM sources ORDER BY name") == [
        ("copy.txt",),
        ("plan-0.txt",),
        ("third.txt",),
    ]


def test_order_does_not_matter(folder: Callable[..., Path], place: Any, tmp_path: Path) -> None:
    top = folder(6)
    place.run(top, *HERE)
    first = {path.name: path.read_bytes() for path in place.extracted.glob("*.json")}
    place.extracted, place.corpus = tmp_path / "second", tmp_path / "second.db"
    for path in sorted(top.rglob("*.txt"), reverse=True):
        place.run(path, *HERE)
    assert {path.name: path.read_bytes() for path in place.extracted.glob("*.json")} == first


def test_a_changed_file_is_another_plan(folder: Callable[..., Path], place: Any) -> None:
    top = folder(1)
    place.run(top, *HERE)
    path = top / "a/b/plan-0.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\nThêm một dòng.\n", encoding="utf-8")
    code, summary = place.run(top, *HERE)
    assert (code, summary["worked"], summary["plans"]) == (OK, 1, 2)
    assert summary["copies"] == 1


def test_another_revision_reads_again(
    folder: Callable[..., Path], place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = folder(2)
    place.run(top, *HERE)
    for module in (ledger, work):
        monkeypatch.setattr(module, "revision", lambda: "another")
    code, summary = place.run(top, *HERE)
    assert (code, summary["worked"], summary["plans"]) == (OK, 2, 2)
    assert rows(place, "SELECT count(*) FROM ledger") == [(4,)]


def test_pages_read_by_ocr_are_kept(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = next(Path("data/raw").glob("*.scan.pdf")).resolve()
    code, summary = place.run(scan, *HERE)
    assert (code, summary["ocr_pages"], summary["kept"]) == (OK, 2, 0)
    before = next(place.extracted.glob("*.json")).read_bytes()
    for module in (ledger, work):
        monkeypatch.setattr(module, "revision", lambda: "another")
    code, summary = place.run(scan, *HERE)
    assert (code, summary["ocr_pages"], summary["kept"], summary["pages"]) == (OK, 0, 1, 2)
    assert next(place.extracted.glob("*.json")).read_bytes() == before
    monkeypatch.setattr(work, "reading_revision", lambda: "another")
    for module in (ledger, work):
        monkeypatch.setattr(module, "revision", lambda: "a third")
    assert place.run(scan, *HERE)[1]["kept"] == 0


def test_a_reading_that_is_rubbish_is_made_again(place: Any) -> None:
    scan = next(Path("data/raw").glob("*.scan.pdf")).resolve()
    place.run(scan, *HERE)
    (kept,) = (p for p in (place.extracted / coordinator.READINGS).rglob("*") if p.is_file())
    kept.write_bytes(b"rubbish")
    place.corpus.unlink()
    code, summary = place.run(scan, *HERE)
    assert (code, summary["kept"]) == (OK, 0)


BAD = {
    "empty.txt": b"",
    "broken.docx": b"PK\x03\x04 and no more",
    "table.xlsx": b"PK\x05\x06" + bytes(18),
    "locked.pdf": b"%PDF-1.4\nrubbish",
}


def test_what_cannot_be_read_costs_itself_only(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(2)
    for name, data in BAD.items():
        (top / name).write_bytes(data)
    code, summary = place.run(top, *sorted(top / name for name in BAD), *HERE)
    assert code == SOME_FAILED
    assert summary["states"] == {"done": 2, "failed": len(BAD)}
    assert cli.main(["failures", "--corpus", str(place.corpus), "--json"]) == SOME_FAILED
    found = {Path(each["uri"]).name: each for each in json.loads(capsys.readouterr().out)}
    assert set(found) == set(BAD)
    assert all(each["code"] and each["message"] and each["next_step"] for each in found.values())
    assert found["empty.txt"]["code"] == "empty-file"
    # The same again does not try again; asked to, it does.
    assert place.run(top, *HERE)[1]["worked"] == 0
    (top / "empty.txt").unlink()
    code, summary = place.run(top, "--retry-failed", *HERE)
    assert (code, summary["states"]["failed"]) == (SOME_FAILED, 3)


def test_nothing_could_be_read(tmp_path: Path, place: Any) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    assert place.run(tmp_path / "a.pdf", *HERE)[0] == NONE_READ


def test_a_file_that_nobody_may_read(
    folder: Callable[..., Path], place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = folder(3)
    real = coordinator.sources.digest

    def digest(source: Any) -> tuple[str, bool]:
        if source.name == "plan-1.txt":
            return real(source.__class__("/nowhere/plan-1.txt", "plan-1.txt", 1, None, False))
        return real(source)

    monkeypatch.setattr(coordinator.sources, "digest", digest)
    code, summary = place.run(top, *HERE)
    assert (code, summary["states"]) == (SOME_FAILED, {"done": 2, "failed": 1})
    monkeypatch.undo()
    code, summary = place.run(top, *HERE)
    assert (code, summary["states"]) == (OK, {"done": 3})


def test_missing_records_are_written_again(folder: Callable[..., Path], place: Any) -> None:
    top = folder(3)
    place.run(top, *HERE)
    victim = next(place.extracted.glob("*.json"))
    before = victim.read_bytes()
    victim.unlink()
    _, summary = place.run(top, *HERE)
    assert (summary["restored"], summary["worked"]) == (1, 0)
    assert victim.read_bytes() == before


def test_a_plan_that_was_taken_out_comes_back_with_its_file(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(2)
    place.run(top, *HERE)
    assert cli.main(["remove", "plan-0.txt", "--yes", "--corpus", str(place.corpus)]) == OK
    assert "brings them back" in capsys.readouterr().err
    _, summary = place.run(top, *HERE)
    assert (summary["worked"], summary["plans"]) == (1, 2)


def test_an_output_folder_that_cannot_be_written(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(1)
    place.extracted.parent.mkdir()
    place.extracted.write_text("a file, and no folder")
    code = cli.main(["ingest", *place.arguments(top, *HERE)])
    assert code == NONE_READ
    assert "cannot-write" in capsys.readouterr().err


@pytest.mark.parametrize("where", ["record", "corpus"])
def test_a_full_disk_stops_the_run_and_loses_nothing(
    folder: Callable[..., Path],
    place: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    where: str,
) -> None:
    top = folder(6)
    left = 3

    def full(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            if where == "corpus":
                raise sqlite3.OperationalError("database or disk is full")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if where == "record":
        monkeypatch.setattr(files.os, "fsync", full)
    else:
        monkeypatch.setattr(coordinator, "_PLANS_PER_TRANSACTION", 1)
        real = coordinator.writing.put
        monkeypatch.setattr(coordinator.writing, "put", lambda *a: (full(), real(*a))[1])
    code = cli.main(["ingest", *place.arguments(top, *HERE)])
    assert code == NONE_READ
    message = capsys.readouterr().err
    assert ("cannot-write" in message and "full" in message.lower()) or "space" in message
    monkeypatch.undo()
    assert not list(place.extracted.glob(".*.part"))
    code, summary = place.run(top, *HERE)
    assert (code, summary["states"], len(place.records())) == (OK, {"done": 6}, 6)


def test_a_record_that_the_corpus_refuses(
    folder: Callable[..., Path], place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = folder(4)
    real = coordinator.writing.put

    def put(connection: sqlite3.Connection, plan: Plan, *packed: bytes) -> Any:
        if plan.source.name == "plan-2.txt":
            raise coordinator.BadRecord("its spans lie.")
        return real(connection, plan, *packed)

    monkeypatch.setattr(coordinator.writing, "put", put)
    code, summary = place.run(top, *HERE)
    assert (code, summary["states"]) == (SOME_FAILED, {"done": 3, "failed": 1})
    assert len(place.records()) == 3


def test_two_runs_at_once(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(1)
    with coordinator.alone(place.corpus):
        assert cli.main(["ingest", *place.arguments(top, *HERE)]) == USAGE
    assert "ingest-busy" in capsys.readouterr().err
    assert place.run(top, *HERE)[0] == OK


def test_own_output_inside_the_folder_is_left_alone(
    folder: Callable[..., Path], place: Any
) -> None:
    top = folder(2)
    place.extracted, place.corpus = top / "out", top / "corpus.db"
    place.run(top, *HERE)
    code, summary = place.run(top, *HERE)
    assert (code, summary["files"], summary["passed"]) == (OK, 2, {})


@pytest.mark.parametrize(
    ("most", "expected"), [(0.5, (OK, {"partial": 1})), (0.2, (NONE_READ, {"failed": 1}))]
)
def test_lost_pages(
    place: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    most: float,
    expected: tuple[int, dict],
) -> None:
    """One of three pages crashes the engine: a marked page, or more than may be missing."""
    pool = ocr_pool.Pool("tests.reading.faulty_engine", workers=1)
    monkeypatch.setattr(ocr_pool, "POOL", pool)
    monkeypatch.setattr(settings(), "max_lost_pages", most)
    picture = Image.new("L", (1650, 2340), 255)
    ImageDraw.Draw(picture).rectangle((300, 300, 300 + 1650 * INKED, 316), fill=0)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(making.scan([picture] * 3, [(595, 842), (400, 842), (595, 842)]))
    try:
        code, summary = place.run(scan, *HERE)
    finally:
        pool.close()
    assert (code, summary["states"]) == expected
    assert rows(place, "SELECT pages_lost, code FROM ledger") == [
        (1, None) if code == OK else (None, "pages-lost")
    ]


def test_the_summary_for_people(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(3)
    (top / "broken.pdf").write_bytes(b"%PDF-1.4")
    assert cli.main(["ingest", *place.arguments(top, *HERE)]) == SOME_FAILED
    out, err = capsys.readouterr()
    assert "4 tệp / files" in out and "3  đã đọc / read" in out and "kehoach failures" in out
    assert "broken.pdf: damaged:" in err
    assert cli.main(["failures", "--corpus", str(place.corpus)]) == SOME_FAILED
    assert "damaged" in capsys.readouterr().out
    assert cli.main(["failures", "--corpus", str(place.corpus), "--csv"]) == SOME_FAILED
    assert capsys.readouterr().out.startswith("uri,state,stage,code,")


def test_a_name_that_is_not_utf8_costs_its_file_only(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(2)
    with open(os.fsencode(top) + b"/k\xe9 ho\x1b[31m.txt", "wb") as file:  # noqa: PTH123
        file.write((top / "a/b/plan-0.txt").read_bytes())
    code, summary = place.run(top, *HERE)
    assert (code, summary["states"]) == (SOME_FAILED, {"done": 2, "failed": 1})
    assert cli.main(["failures", "--corpus", str(place.corpus), "--json"]) == SOME_FAILED
    (found,) = json.loads(capsys.readouterr().out)
    assert found["uri"].startswith(f"{top}/k\\xe9 ho") and "Rename" in found["next_step"]
    place.run(top, "--retry-failed", *HERE)


def test_no_terminal_obeys_a_name(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(1)
    (top / "\x1b[31mbad.pdf").write_bytes(b"%PDF-1.4")
    cli.main(["ingest", *place.arguments(top, *HERE)])
    assert "bad.pdf: damaged" in (told := capsys.readouterr().err) and "\x1b" not in told


def test_a_lock_that_was_taken_away_is_not_held(tmp_path: Path, monkeypatch: Any) -> None:
    """One ends and removes the file between the next one's opening and locking it."""
    path = tmp_path / "corpus.db-ingest"
    real = coordinator.fcntl.flock

    def flock(descriptor: int, how: int) -> None:
        path.unlink()
        real(descriptor, how)

    monkeypatch.setattr(coordinator.fcntl, "flock", flock)
    with pytest.raises(coordinator.IngestBusy), coordinator.alone(tmp_path / "corpus.db"):
        pass


def test_a_worker_that_answers_with_no_record_is_told(
    folder: Callable[..., Path], place: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(runners, "work", lambda job: Result(job.sha256, b"{}"))
    assert cli.main(["ingest", *place.arguments(folder(1), *HERE)]) == NONE_READ
    assert "plan-0.txt: bad-record:" in capsys.readouterr().err


def test_a_look_that_finds_nothing_changes_nothing(folder: Callable[..., Path], place: Any) -> None:
    """What the pages counted holds as long as the corpus does not change."""
    top = folder(1)
    place.run(top, *HERE)
    with Store(place.corpus, write=True) as store:
        before = store.changes()
        coordinator.Coordinator(store, place.extracted).run(
            [str(top)], InProcess, Progress(io.StringIO()), take=lambda source: False
        )
        assert store.changes() == before


def test_a_damaged_record_in_the_corpus(
    folder: Callable[..., Path], place: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    top = folder(1)
    place.run(top, *HERE)
    with sqlite3.connect(place.corpus) as connection:
        connection.execute("UPDATE plans SET record = x'00'")
    next(place.extracted.glob("*.json")).unlink()
    assert cli.main(["ingest", *place.arguments(top, *HERE)]) == NONE_READ
    assert "not-a-corpus" in capsys.readouterr().err
