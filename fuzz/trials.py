"""Inputs given to the commands that people use, and what became of each.

In: inputs.  Out: an ``Outcome`` per input, laws it broke included.

Files go through ``kehoach ingest``, many together with sound ones among them: the child processes
and limits are those of production, set lower.  Queries, records and corrections go through their
commands one by one; after each, the corpus has to be as readable as before.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fuzz import laws, seeds, watching
from fuzz.commanding import Commander, Ended
from fuzz.inputs import FILES, Input
from fuzz.outcomes import Outcome, Report
from models import Plan
from pipeline.errors import KehoachError

_PLACE = re.compile(r"at character (\d+):")
_CODED = re.compile(r"(?:^|(?<=: ))([a-z]+(?:-[a-z]+)*)(?=: \S)")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may cost; ``batch`` is the wall clock of a batch beyond its inputs' own."""

    seconds: int = 20
    memory: int = 1_000_000_000
    base: int = 700_000_000  # a worker with its models, before it sees anything
    page: int = 15
    batch: int = 300

    def environment(self) -> dict[str, str]:
        """The settings of production, lower."""
        return {
            **os.environ,
            "KEHOACH_SECONDS_PER_FILE": str(self.seconds),
            "KEHOACH_SECONDS_PER_PAGE": str(self.page),
            "KEHOACH_SECONDS_PER_DOCUMENT": str(4 * self.seconds),
            "KEHOACH_MEMORY_PER_FILE": str(self.memory),
            "KEHOACH_MEMORY_PER_PAGE": str(self.memory),
            "KEHOACH_MAX_ATTEMPTS": "1",
            "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path),
        }


def ingest(inputs: Sequence[Input], folder: Path, limits: Limits, report: Report) -> list[Outcome]:
    """Mutated files and sound ones in one run of ``kehoach ingest``."""
    source, corpus, extracted = folder / "in", folder / "corpus.db", folder / "out"
    source.mkdir(parents=True)
    for one in inputs:
        (source / one.name).write_bytes(one.data)
    sound = {
        "sound.txt": seeds.texts()[0],
        "sound.pdf": seeds.pdfs()[0],
        "sound.docx": seeds.packages()[0],
    }
    for name, data in sound.items():
        (source / name).write_bytes(data)
    command = [sys.executable, "-m", "pipeline", "ingest", *map(str, sorted(source.iterdir()))]
    command += ["--corpus", str(corpus), "--extracted", str(extracted), "--json"]
    seconds = limits.batch + 2.0 * limits.seconds * len(inputs)
    ended = watching.run(command, limits.environment(), seconds)
    report.batches += _of_batch(ended, corpus, set(sound), limits)
    rows = _ledger(corpus)
    return [_of_file(one, rows.get(one.name), extracted, limits, ended.memory) for one in inputs]


def _of_batch(
    ended: watching.Watched, corpus: Path, sound: set[str], limits: Limits
) -> Iterator[str]:
    """What is wrong with a batch as a whole."""
    if ended.code is None:
        yield "kehoach ingest did not end"
    elif ended.code not in (0, 3, 4) or "Traceback" in ended.err:
        yield f"kehoach ingest ended with {ended.code}: {ended.err[-2000:]}"
    if ended.memory > limits.base + limits.memory:
        yield f"a process of kehoach ingest had {ended.memory} bytes"
    rows = _ledger(corpus)
    lost = sorted(name for name in sound if rows.get(name, {}).get("state") != "done")
    if lost:
        yield f"sound files were lost beside hostile ones: {', '.join(lost)}"
    from pipeline import corpus as corpora

    try:
        with corpora.open(corpus, write=True) as opened:
            yield from (f"the corpus is damaged: {fault}" for fault in opened.faults())
    except KehoachError as error:
        yield f"the corpus cannot be opened: {error.line()}"


def _ledger(corpus: Path) -> dict[str, dict[str, object]]:
    """By file name what the ledger says; empty where there is none."""
    if not corpus.is_file():
        return {}
    connection = sqlite3.connect(corpus)
    try:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT f.name, l.* FROM files f JOIN ledger l USING (sha256)")
        return {row["name"]: dict(row) for row in found}
    except sqlite3.Error:
        return {}
    finally:
        connection.close()


def _of_file(
    one: Input, row: dict[str, object] | None, extracted: Path, limits: Limits, memory: int
) -> Outcome:
    if row is None:
        return Outcome(one, "lost", broken=("the ledger does not know the file",))
    broken: list[str] = []
    seconds = float(row["read_seconds"] or 0) + float(row["extract_seconds"] or 0)  # type: ignore[arg-type]
    if seconds > 4 * limits.seconds + 5:
        broken.append(f"took {seconds:.0f} s")
    if row["state"] in ("done", "partial"):
        code = "record"
        path = extracted / f"{row['record_id']}.json"
        try:
            broken += laws.of_record(Plan.model_validate_json(path.read_bytes()))
        except (OSError, ValueError) as error:
            broken.append(f"no valid record: {error}")
    elif row["state"] in ("failed", "quarantined"):
        code = str(row["code"])
        broken += laws.of_refusal(code, str(row["message"]))
    else:
        code = "lost"
        broken.append(f"the ledger says {row['state']}")
    return Outcome(one, code, seconds, memory, tuple(broken))


def queries(inputs: Sequence[Input], corpus: Path, commander: Commander) -> Iterator[Outcome]:
    """Queries to ``kehoach search``: an answer, or a refusal with its place."""
    for one in inputs:
        text = one.data.decode("utf-8", "surrogatepass")
        command = (
            ("facets", "--json") if one.number % 5 == 0 else ("search", "--json", "--limit", "3")
        )
        ended = commander.run(*command, "--corpus", corpus, "--", text)
        code, broken = _of_command(ended, (0, 2))
        if code == "query":
            place = _PLACE.search(ended.err)
            if place is None or not 1 <= int(place.group(1)) <= len(text) + 1:
                broken.append(f"no place in the query: {ended.err[:200]}")
        elif not broken and not _is_json(ended.out):
            broken.append("the answer is no JSON")
        yield Outcome(one, code, ended.seconds, ended.memory, tuple(broken))


def records(inputs: Sequence[Input], folder: Path, commander: Commander) -> Iterator[Outcome]:
    """Records to ``kehoach add``; what was let in is shown, searched and taken out whole."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder / "corpus.db"
    for one in inputs:
        path = folder / one.name
        path.write_bytes(one.data)
        ended = commander.run("add", path, "--corpus", corpus)
        code, broken = _of_command(ended, (0, 4))
        if code == "answer":
            code = "record"
            plan = Plan.model_validate_json(one.data).id
            for command in (("search", "", "--json"), ("show", plan, "--json"), ("show", plan)):
                again = commander.run(*command, "--corpus", corpus)
                # A foreign id may be no name of a plan, or that of several.
                of, wrong = _of_command(again, (0, 2, 4))
                if of not in ("answer", "not-in-corpus", "usage"):
                    wrong.append(f"{of} from {command[0]}")
                broken += wrong
        yield Outcome(one, code, ended.seconds, ended.memory, tuple(broken))


def after_records(folder: Path, commander: Commander) -> Iterator[str]:
    """Everything that reads the corpus as a whole has to read what was let in."""
    corpus = folder / "corpus.db"
    for command in (
        ("facets", "--json"), ("due", "--all", "--json"), ("cites", "--conflicts", "--json"),
        ("due", "--ics"), ("export", folder / "x.jsonl"),
        ("export", folder / "csv", "--format", "csv"), ("export", folder / "x.xlsx"),
        ("export", folder / "parquet", "--format", "parquet"), ("corrections", "--figures"),
    ):  # fmt: skip
        _, broken = _of_command(commander.run(*command, "--corpus", corpus), (0,))
        yield from (f"after records, {command[0]}: {each}" for each in broken)
    from pipeline import corpus as corpora

    with corpora.open(corpus, write=True) as opened:
        yield from (f"after records the corpus is damaged: {fault}" for fault in opened.faults())


def corrections(
    inputs: Sequence[Input], folder: Path, corpus: Path, plan: str, commander: Commander
) -> Iterator[Outcome]:
    """Files of corrections to ``kehoach correct``; the plan and its log stay readable."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in inputs:
        path = folder / one.name
        path.write_bytes(one.data)
        by = ("--log", path) if path.suffix == ".log" else (path, "--by", "An")
        ended = commander.run("correct", *by, "--corpus", corpus)
        code, broken = _of_command(ended, (0, 2, 3, 4))
        if ended.code == 3:
            code = "answer"
        for command in (
            ("corrections", "--json"),
            ("show", plan, "--json"),
            ("corrections", plan, "--values"),
        ):
            again = commander.run(*command, "--corpus", corpus)
            broken += (f"{command[0]}: {each}" for each in _of_command(again, (0,))[1])
        yield Outcome(one, code, ended.seconds, ended.memory, tuple(broken))


def _of_command(ended: Ended, allowed: tuple[int, ...]) -> tuple[str, list[str]]:
    """The code of a command's end, and what is wrong with it."""
    if ended.code is None or ended.fault:
        code = ended.fault.partition(":")[0] if ended.code is None else "usage"
        return code if code in laws.codes() else "error", [ended.fault[-1500:] or "died"]
    broken = []
    if ended.code not in allowed:
        broken.append(f"exit code {ended.code}: {ended.err[:300]}")
    if ended.code == 0:
        return "answer", broken
    said = [match.group(1) for line in ended.err.splitlines() for match in _CODED.finditer(line)]
    code = next((each for each in said if each in laws.codes()), None)
    if code is None:
        broken.append(f"no documented code: {ended.err[:300]}")
    if any(line.startswith("error:") for line in ended.err.splitlines()):
        broken.append(f"a fault of the program: {ended.err[:300]}")
    return code or "error", broken


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def is_file(one: Input) -> bool:
    """Whether an input is a document."""
    return one.kind in FILES
