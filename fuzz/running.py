"""A whole run: ground, batches, report.

In: seed, first number, count.  Out: a ``Report``; inputs that broke a law are kept in a folder.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fuzz import inputs, seeds, trials
from fuzz.commanding import Commander
from fuzz.inputs import KINDS, Input
from fuzz.outcomes import Outcome, Report
from fuzz.records import Ground
from fuzz.trials import Limits

BATCH = 600


def run(
    seed: int,
    count: int,
    *,
    first: int = 0,
    kinds: Collection[str] = KINDS,
    keep: Path | None = None,
    limits: Limits | None = None,
    progress: Callable[[Report, int], None] = lambda _report, _following: None,
) -> Report:
    """Make inputs, try them, and say what became of them.

    Args:
        seed: of the run.
        count: how many numbers.
        first: number of the first.
        kinds: of ``inputs.KINDS``.
        keep: folder for inputs that broke a law or met a limit; None to keep none.
        limits: of one input.
        progress: called after every batch with the report so far and the next number.
    """
    report, limits = Report(), limits or Limits()
    with tempfile.TemporaryDirectory(prefix="kehoach-fuzz-") as name:
        scratch = Path(name)
        corpus = scratch / "corpus.db"
        ground = _ground(corpus)
        commander = Commander(limits.seconds, limits.memory)
        try:
            for start in range(first, first + count, BATCH):
                size = min(BATCH, first + count - start)
                made = list(inputs.series(seed, start, size, ground, kinds))
                folder = scratch / str(start)
                for one in report.add(
                    _batch(made, folder, corpus, ground, limits, commander, report)
                ):
                    if keep is not None and (one.broken or one in report.limited):
                        _kept(one, keep)
                shutil.rmtree(folder, ignore_errors=True)
                progress(report, start + size)
        finally:
            commander.close()
    return report


def _batch(
    made: list[Input],
    folder: Path,
    corpus: Path,
    ground: Ground,
    limits: Limits,
    commander: Commander,
    report: Report,
) -> list[Outcome]:
    """Files and all else at the same time: either leaves a core idle now and then."""

    def of(kind: str) -> list[Input]:
        return [one for one in made if one.kind == kind]

    def asked() -> list[Outcome]:
        done = list(trials.queries(of("query"), corpus, commander))
        if several := of("record"):
            done += trials.records(several, folder / "records", commander)
            report.batches += trials.after_records(folder / "records", commander)
        if several := of("correction"):
            copy = folder / "corrected.db"
            shutil.copyfile(corpus, copy)
            done += trials.corrections(
                several, folder / "corrections", copy, ground.plan, commander
            )
        return done

    files = [one for one in made if trials.is_file(one)]
    folder.mkdir()
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(asked)
        done = trials.ingest(files, folder / "files", limits, report) if files else []
        return [*done, *other.result()]


def _ground(corpus: Path) -> Ground:
    """A corpus of the sound seeds, and what records and corrections are made from."""
    from pipeline import Pipeline, review
    from pipeline import corpus as corpora
    from pipeline.reading import read_bytes

    plans = [
        Pipeline().from_document(read_bytes(data, name))
        for name, data in (
            ("plan.txt", seeds.texts()[0]),
            ("plan.pdf", seeds.pdfs()[0]),
            ("plan.docx", seeds.packages()[1]),
            ("plan.html", seeds.pages()[0]),
        )
    ]
    with corpora.open(corpus, write=True) as opened:
        list(opened.add_many(plans))
        found = tuple(item.address for item in review.items(opened, plans[0].id))
    return Ground(tuple(plan.to_json() for plan in plans), plans[0].id, found)


def _kept(one: Outcome, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / one.input.name).write_bytes(one.input.data)
    said = [f"{one.code}, {one.seconds:.1f} s", *one.broken]
    (folder / f"{one.input.name}.why").write_text(
        "\n\n".join(said) + "\n", encoding="utf-8", errors="replace"
    )
