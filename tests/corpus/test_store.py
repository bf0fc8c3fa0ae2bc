"""The file: what it refuses, who waits for whom, and what a killed writer leaves behind."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models import Plan
from pipeline import cli, corpus
from pipeline.corpus import exporting, schema
from pipeline.corpus.store import Store, explained, faults
from pipeline.corpus.tables import Cell, Table
from pipeline.corpus.writing import Outcome
from pipeline.errors import (
    CannotWrite,
    CorpusBusy,
    CorpusMissing,
    CorpusTooNew,
    NotACorpus,
)
from pipeline.settings import settings

ROOT = Path(__file__).resolve().parents[2]
WRITER = Path(__file__).with_name("writer.py")

Little = Callable[..., Plan]


def test_a_missing_corpus_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing):
        corpus.open(tmp_path / "none.db")
    assert not list(tmp_path.iterdir())


def test_a_new_corpus_is_sound_and_empty(tmp_path: Path) -> None:
    with corpus.open(tmp_path / "a" / "new.db", write=True) as writer:
        assert writer.search("").total == 0
        assert writer.facets().passages == 0
        assert not writer.faults()


def test_other_files_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("no database at all, but long enough to be taken for one" * 50)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    empty = tmp_path / "empty.db"
    empty.touch()
    for path in (text, other):
        for write in (False, True):
            with pytest.raises(NotACorpus):
                corpus.open(path, write=write)
    with pytest.raises(NotACorpus):
        corpus.open(empty)
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("mine",)]
    connection.close()


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    corpus.open(path, write=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    for write in (False, True):
        with pytest.raises(CorpusTooNew):
            corpus.open(path, write=write)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite):
        corpus.open(tmp_path / "file" / "corpus.db", write=True)


def test_every_version_has_its_step() -> None:
    assert sorted(schema.MIGRATIONS) == list(range(schema.FIRST, schema.VERSION))


def test_a_version_from_before_the_first_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    corpus.open(path, write=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.FIRST - 1}")
    connection.close()
    for write in (False, True):
        with pytest.raises(NotACorpus, match="before the first release"):
            corpus.open(path, write=write)


def test_an_index_of_other_rules_is_made_anew(tmp_path: Path, little: Little) -> None:
    from pipeline.corpus import writing

    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer:
        writer.add(little(1))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE about SET value = '0' WHERE name = 'spelling'")
    connection.close()
    with pytest.raises(NotACorpus, match="index"):
        corpus.open(path)
    with corpus.open(path, write=True) as writer:
        assert writer.store.needs_rebuild
        assert writing.rebuild(writer.store) == 1
    with corpus.open(path) as reader:
        assert reader.search("trong 500 cay").total == 1


def test_readers_go_on_while_one_writes(tmp_path: Path, little: Little) -> None:
    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer:
        writer.add(little(1))
        with corpus.open(path) as reader:
            before = reader.search("cây", limit=0).total
            with writer.store.transaction():
                assert reader.search("cây", limit=0).total == before
            writer.add(little(2))
            assert reader.search("cây", limit=0).total == 2 * before
            with reader.store.snapshot():
                assert reader.search("cây", limit=0).total == 2 * before
                writer.add(little(3))
                assert reader.search("cây", limit=0).total == 2 * before
            assert reader.search("cây", limit=0).total == 3 * before


def test_tidying_waits_for_nobody_and_breaks_nothing(
    tmp_path: Path, little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.corpus import writing

    path = tmp_path / "corpus.db"
    monkeypatch.setattr(settings(), "busy_seconds", 1)
    with corpus.open(path, write=True) as writer, corpus.open(path, write=True) as other:
        writer.add(little(1))
        with other.store.snapshot():
            before = other.search("cây", limit=0).total
            writing.tidy(writer.store, 1)
            assert other.search("cây", limit=0).total == before
        with other.store.transaction():
            writing.tidy(writer.store, 1)
        assert writer.search("cây", limit=0).total == before
        assert not writer.faults()


def test_damaged_words_are_said_to_be_damaged(tmp_path: Path, little: Little) -> None:
    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer:
        writer.add(little(1, "Dấu vết riêng.\n"))
        writer.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    data = path.read_bytes()
    word = "Dấu vết riêng".encode()
    assert data.count(word) == 1
    path.write_bytes(data.replace(word, b"\xff" * len(word)))
    with corpus.open(path) as reader:
        with pytest.raises(NotACorpus, match="damaged"):
            reader.search("dau vet")
        with pytest.raises(NotACorpus, match="damaged"):
            reader.plan("plan-1.txt")


def test_a_damaged_record_is_said_to_be_damaged(tmp_path: Path, little: Little) -> None:
    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer:
        writer.add(little(1))
        writer.store.connection.execute("UPDATE plans SET record = x'01ff'")
    with corpus.open(path) as reader, pytest.raises(NotACorpus, match="damaged"):
        reader.plan("plan-1.txt")


def test_a_second_writer_waits(tmp_path: Path, little: Little) -> None:
    path = tmp_path / "corpus.db"
    first = Store(path, write=True)
    done: list[Outcome] = []

    def second() -> None:
        with corpus.open(path, write=True) as writer:
            done.append(writer.add(little(2)).outcome)

    thread = threading.Thread(target=second)
    with first.transaction():
        thread.start()
        time.sleep(0.3)
        assert not done
    thread.join(timeout=30)
    assert done == [Outcome.ADDED]
    first.close()


def test_a_writer_does_not_wait_for_ever(
    tmp_path: Path, little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "corpus.db"
    first = Store(path, write=True)
    monkeypatch.setattr(settings(), "busy_seconds", 1)
    with first.transaction(), corpus.open(path, write=True) as other, pytest.raises(CorpusBusy):
        other.add(little(1))
    first.close()


def test_a_failed_batch_leaves_nothing(tmp_path: Path, little: Little) -> None:
    def plans():  # type: ignore[no-untyped-def]
        yield little(1)
        yield little(2)
        raise ZeroDivisionError

    with corpus.open(tmp_path / "corpus.db", write=True) as writer:
        with pytest.raises(ZeroDivisionError):
            list(writer.add_many(plans()))
        assert writer.search("").total == 0
        assert not writer.faults()


def test_a_killed_writer_leaves_a_sound_corpus(tmp_path: Path, plans: list[Plan]) -> None:
    """Twenty times at a random moment; every plan that was said to be committed is there."""
    path, record = tmp_path / "corpus.db", tmp_path / "record.json"
    record.write_text(plans[0].to_json(), encoding="utf-8")
    corpus.open(path, write=True).close()
    rng = random.Random(7)
    said: list[int] = []
    for turn in range(20):
        command = [sys.executable, WRITER, path, record, str(turn * 10_000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout
            said.append(int(process.stdout.readline()))
            time.sleep(rng.random() * 0.15)
            process.send_signal(signal.SIGKILL)
            said += [int(line) for line in process.stdout.read().split("\n")[:-1]]
    with Store(path, write=True) as store:
        assert faults(store) == []
        kept = {int(row[0], 16) for row in store.connection.execute("SELECT sha256 FROM plans")}
        passages = store.connection.execute("SELECT count(*) FROM passages").fetchone()[0]
        indexed = store.connection.execute(
            'SELECT count(*) FROM words WHERE words MATCH \'"a" OR "so"\''
        ).fetchone()[0]
    assert set(said) <= kept
    # At most the one that was being written may be there without having been said.
    assert len(kept - set(said)) <= 20
    assert passages % len(kept) == 0
    assert indexed % len(kept) == 0


def test_a_plan_that_leaves_while_it_is_looked_up(
    tmp_path: Path, little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer, corpus.open(path) as reader:
        list(writer.add_many([little(1), little(2)]))
        find = reader.find

        def found(name: str) -> int:
            number = find(name)
            writer.remove(name)
            return number

        monkeypatch.setattr(reader, "find", found)
        assert reader.plan(f"{1:016x}").id == f"{1:016x}"


def test_only_what_was_agreed_on_is_removed(
    tmp_path: Path, little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the person thinks, the plan leaves and its number goes to another one."""
    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer:
        writer.add(little(1))

    def agreed(plans: int) -> bool:
        with corpus.open(path, write=True) as other:
            other.remove(f"{1:016x}")
            other.add(little(2))
        return True

    monkeypatch.setattr("pipeline.corpus.keeping._agreed", agreed)
    assert cli.main(["remove", f"{1:016x}", "--corpus", str(path)]) == 0
    with corpus.open(path) as reader:
        assert reader.plan(f"{2:016x}").id == f"{2:016x}"


def test_all_tables_are_exported_from_one_state(
    tmp_path: Path, little: Little, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "corpus.db"
    with corpus.open(path, write=True) as writer, corpus.open(path) as reader:
        writer.add(little(1))
        rows = exporting.rows
        numbers = iter(range(2, 100))

        def slowly(store: Store, table: Table, query: str = "") -> Iterator[tuple[Cell, ...]]:
            yield from rows(store, table, query)
            writer.add(little(next(numbers)))

        monkeypatch.setattr(exporting, "rows", slowly)
        reader.export(tmp_path / "tables", "csv")
    for name in ("plans", "warnings", "passages"):
        lines = (tmp_path / "tables" / f"{name}.csv").read_text("utf-8-sig").splitlines()[1:]
        assert not any(f"{2:016x}" in line for line in lines)


@pytest.mark.parametrize("text", ["disk I/O error", "database or disk is full"])
def test_a_disk_that_fails_is_said_in_one_line(text: str) -> None:
    with pytest.raises(CannotWrite, match=text), explained(Path("corpus.db")):
        raise sqlite3.OperationalError(text)
