"""What the commands of bulk loading do and print.

In: parsed arguments.  Out: a summary on stdout, progress and messages on stderr, an exit code.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from pathlib import Path

from pipeline.corpus import writing
from pipeline.corpus.plain import shown
from pipeline.corpus.store import Store
from pipeline.errors import NONE_READ, OK, SOME_FAILED, UsageError
from pipeline.ingest import ledger
from pipeline.ingest import verify as checking
from pipeline.ingest.coordinator import Coordinator, Note, Summary, alone
from pipeline.ingest.progress import clock, for_terminal
from pipeline.ingest.runners import InProcess, Processes, Runner
from pipeline.ingest.stopping import terminated_like_interrupted
from pipeline.ingest.watching import Settled
from pipeline.printing import say
from pipeline.settings import settings

INTERRUPTED = 130
_STATES = (
    ("done", "đã đọc / read"),
    ("partial", "đọc thiếu trang / read, pages missing"),
    ("failed", "không đọc được / failed"),
    ("quarantined", "cách ly / quarantined"),
    ("waiting", "còn chờ / waiting"),
)


def ingest(args: Namespace) -> int:
    """``kehoach ingest``."""
    if args.scheduler and args.engine != "dask":
        raise UsageError("--scheduler needs --engine dask.")
    if args.workers < 0:
        raise UsageError("--workers is less than nothing.")
    corpus = Path(args.corpus or settings().corpus)
    start = _runner(args)
    with terminated_like_interrupted(), alone(corpus), Store(corpus, write=True) as store:
        if store.needs_rebuild:
            say(f"the index is made anew for {writing.rebuild(store)} plans")
        coordinator = Coordinator(store, args.extracted)
        settled = Settled() if args.watch else None
        while True:
            summary = coordinator.run(
                args.paths,
                start,
                for_terminal(),
                retry_failed=args.retry_failed,
                take=settled,
            )
            if settled is None:
                _tell(summary, corpus, args)
                return _code(summary)
            if summary.worked or summary.bad:
                _tell(summary, corpus, args)
            if summary.stopped:
                return INTERRUPTED
            args.retry_failed = False
            try:
                time.sleep(settings().seconds_between_looks)
            except KeyboardInterrupt:
                return INTERRUPTED


def _runner(args: Namespace) -> Callable[[], Runner]:
    def local() -> Runner:
        return Processes(args.workers)

    def dask() -> Runner:
        from pipeline.ingest.cluster import Cluster

        return Cluster(args.scheduler, args.workers)

    def in_process() -> Runner:
        return InProcess()

    return {"local": local, "dask": dask, "in-process": in_process}[args.engine]


def _code(summary: Summary) -> int:
    if summary.stopped:
        return INTERRUPTED
    if not summary.bad:
        return OK
    return SOME_FAILED if summary.good else NONE_READ


def _tell(summary: Summary, corpus: Path, args: Namespace) -> None:
    if args.json:
        data = asdict(summary) | {"exit_code": _code(summary), "left": summary.left}
        print(json.dumps(data, ensure_ascii=False, indent=None if args.watch else 2), flush=True)
    else:
        for line in lines(summary, corpus, args.extracted):
            print(line, flush=True)
    if summary.stopped:
        say(f"stopped: {summary.left} files wait; the same command goes on with them")


def lines(summary: Summary, corpus: Path, extracted: Path) -> Iterator[str]:
    """The summary for people."""
    yield (
        f"{summary.files} tệp / files: {summary.worked} việc mới / worked on,"
        f" {summary.pages} trang / pages ({summary.ocr_pages} OCR) in {clock(summary.seconds)}"
    )
    for state, words in _STATES:
        if count := summary.states.get(state, 0):  # type: ignore[call-overload]
            yield f"  {count:>7}  {words}"
    for count, words in (
        (summary.tried_again, "thử lại / tried again"),
        (summary.kept, "dùng lại trang đã OCR / pages kept from an earlier reading"),
        (summary.restored, "bản ghi viết lại / records written again from the corpus"),
        (summary.copies, "cặp bản sao / pairs linked as copies of one plan"),
    ):
        if count:
            yield f"  {count:>7}  {words}"
    for reason, count in summary.passed.items():
        yield f"  {count:>7}  bỏ qua / passed over: {reason}"
    yield from _notes("lâu nhất / slowest", summary.slowest, lambda n: f"{n.seconds:.1f} s")
    yield from _notes("khó đọc nhất / hardest to read", summary.worst, lambda n: f"{n.confidence}")
    yield f"{corpus}: {summary.plans} kế hoạch / plans; {extracted}"
    if summary.bad:
        yield "Xem / see: kehoach failures" + f" --corpus {corpus}"


def _notes(title: str, notes: list[Note], figure: Callable[[Note], str]) -> Iterator[str]:
    if len(notes) > 1:
        yield f"{title}:"
        for note in notes:
            yield f"  {figure(note):>7}  {note.pages:>4} tr./p.  {shown(note.uri, 100)}"


def failures(args: Namespace) -> int:
    """``kehoach failures``."""
    with Store(args.corpus or settings().corpus) as store:
        found = ledger.failures(store)
    if args.json:
        print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    elif args.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow([field.name for field in fields(ledger.Failure)])
        writer.writerows([shown(str(value)) for value in asdict(each).values()] for each in found)
    else:
        for each in found:
            print(
                f"{shown(each.uri, 200)}\n  {each.state}, {each.stage}, tries: {each.attempts}\n"
                f"  {each.code}: {shown(each.message)} {shown(each.next_step)}"
            )
        say(f"{len(found)} files have no record")
    return SOME_FAILED if found else OK


def verify(args: Namespace) -> int:
    """``kehoach verify``."""
    corpus = Path(args.corpus or settings().corpus)
    Store(corpus).close()  # a corpus that is not there must not be made by looking for it
    left = 0
    found = []
    with alone(corpus), Store(corpus, write=True) as store:
        for each in checking.verify(store, args.extracted, repair=args.repair, deep=args.deep):
            left += not each.repaired
            found.append(each)
            if not args.json:
                print(each.line(), flush=True)
        plans = store.connection.execute("SELECT count(*) FROM plans").fetchone()[0]
    if args.json:
        print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    say(f"{plans} plans, {len(found)} differences, {left} left")
    return SOME_FAILED if left else OK
