"""The log in the corpus's file: killed while it writes, read again, full of rubbish."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models import Plan
from pipeline import corpus, review
from pipeline.corpus import Corpus
from pipeline.corpus.packing import pack
from pipeline.corrections import log
from pipeline.errors import BadRecord

WRITER = Path(__file__).with_name("writer.py")


@pytest.mark.parametrize("after", [1, 4, 9])
def test_what_was_said_to_be_written_survives_a_kill(path: Path, plan: Plan, after: int) -> None:
    with corpus.open(path, write=True) as opened:
        opened.add(plan)
    command = [sys.executable, str(WRITER), str(path), plan.id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().split() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        said += [line.split() for line in writer.stdout.read().splitlines() if " " in line]
    with corpus.open(path, write=True) as opened:
        assert not opened.faults()
        kept = review.history(opened, plan.id)
        assert [str(one.id) for one in kept][: len(said)] == [number for number, _ in said]
        assert len(kept) - len(said) <= 1
        # log, record and rows are of one state
        last = (kept[-1].new or {})["value"]
        assert opened.plan(plan.id).deadlines[0].value == last
        assert list(opened.frame("deadlines")["value"]) == [last]
        assert opened.search(f"due:{last.removeprefix('../')[:7]}").total == 1


def test_an_entry_comes_back_as_it_was(plans: Corpus, plan: Plan) -> None:
    span = plan.deadlines[0].span
    where = f"deadline/{span.start}-{span.end}"
    made = review.decide(
        plans, plan.id, where, "edit", new={"value": "2031"}, span=(span.start + 6, span.end),
        by="Nguyễn An", why="trang 2",
    )  # fmt: skip
    assert review.history(plans, plan.id) == [made]
    assert made.place is not None
    assert made.evidence is not None
    assert (made.old, made.pipeline) == (made.machine, plan.source.pipeline)
    assert list(log.every(plans.store.connection)) == [made]


def test_a_machine_s_record_is_kept_byte_for_byte(plans: Corpus, plan: Plan) -> None:
    review.accept_rest(plans, plan.id, "deadlines", by="An")
    stored = plans.store.connection.execute("SELECT record FROM plans").fetchone()[0]
    assert stored == pack(plan)
    assert plans.add(plan).outcome.value == "known"
    assert plans.plan(plan.id).checks


@pytest.mark.parametrize(
    ("address", "new"),
    [
        ("deadline/0-8", '{"value": "x", "nothing": 1}'),
        ("deadline/0-8", '{"kind": "no such kind"}'),
        ("header/number", '{"spans": 3}'),
        ("header/number", '{"number": {"a": 1}}'),
    ],
)
def test_rubbish_in_the_log_costs_itself_only(
    plans: Corpus, plan: Plan, address: str, new: str
) -> None:
    """A file that another program wrote must not keep its plans from being read or added."""
    place = (
        '{"start": 0, "end": 8, "words": "KẾ HOẠCH", "before": "", "after": "\\n", "ordinal": 0,'
        ' "count": 1}'
    )
    plans.store.connection.execute(
        "INSERT INTO corrections (sha256, at, by, verdict, address, place, new, why, pipeline)"
        " VALUES (?, '', '', 'add', ?, ?, ?, '', '')",
        [plan.source.sha256, address, place if address.startswith("deadline") else None, new],
    )
    newer = plan.header.model_copy(update={"title": "Khác"})
    plans.add(plan.model_copy(update={"header": newer}))
    made = plans.plan(plan.id)
    assert (made.header.number, made.deadlines) == (plan.header.number, plan.deadlines)
    assert [one.code for _, one in review.conflicts(plans)] == ["lost"]


def test_records_in_the_folder_stay_the_machine_s(path: Path, plan: Plan, tmp_path: Path) -> None:
    """What ``kehoach verify`` compares and mends is what was read, corrections or not."""
    from pipeline.ingest.verify import verify

    folder = tmp_path / "extracted"
    folder.mkdir()
    file = folder / f"{plan.id}.json"
    file.write_text(plan.to_json(), encoding="utf-8")
    with corpus.open(path, write=True) as opened:
        opened.add(plan)
        review.decide(opened, plan.id, "header/number", "reject", by="An")
        assert not list(verify(opened.store, folder))
        file.unlink()
        assert [one.code for one in verify(opened.store, folder, repair=True)] == ["record-missing"]
    assert file.read_text(encoding="utf-8") == plan.to_json()


def test_a_corrected_record_does_not_take_the_machine_s_place(plans: Corpus, plan: Plan) -> None:
    review.decide(plans, plan.id, "header/number", "reject", by="An")
    corrected = plans.plan(plan.id)
    with pytest.raises(BadRecord, match="people's corrections"):
        plans.add(corrected)
    assert plans.plan(plan.id, machine=True) == plan
    plans.remove(plan.id)
    plans.add(corrected)  # where nothing else is known, it is what there is
    assert plans.plan(plan.id).header.number is None
