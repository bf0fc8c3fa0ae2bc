"""What the commands of checking do and print.

In: parsed arguments.  Out: tables on stdout, messages on stderr, an exit code.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.corpus import api as corpora
from pipeline.corpus.plain import shown
from pipeline.corpus.printing import print_csv, print_json, table
from pipeline.corrections.entries import CONFLICTS, Correction
from pipeline.errors import (
    NONE_READ,
    OK,
    SOME_FAILED,
    BadCorrection,
    FileMissing,
    KehoachError,
    TooLarge,
    UsageError,
)
from pipeline.printing import say
from pipeline.review import api, batch, exchange
from pipeline.review import gold as golds
from pipeline.review.batch import Decision
from pipeline.review.counting import figures
from pipeline.review.looking import Item
from pipeline.settings import settings

_LOG_COLUMNS = (
    "id", "at", "by", "verdict", "plan", "address", "words", "old", "new", "why", "undoes",
)  # fmt: skip


class _Nothing(Exception):
    """Ends a transaction of which nothing is to stay."""


def correct(args: Namespace) -> int:
    """``kehoach correct``."""
    if sum(each is not None for each in (args.file, args.undo, args.log)) != 1:
        raise UsageError("name a file of corrections, an entry with --undo N, or a log with --log.")
    if args.log is not None:
        return _take_over(args)
    if not args.by:
        raise UsageError("say who decides with --by NAME.")
    with corpora.open(args.corpus, write=True) as corpus:
        if args.undo is not None:
            made = api.undo(
                corpus, _plan_of(corpus, args.undo), args.undo, by=args.by, why=args.why
            )
            say(f"entry {made.undoes} was taken back by entry {made.id}")
            return OK
        done, failed = _apply(corpus, args)
    checked = "would be recorded" if args.dry_run else "recorded"
    say(f"{done} {checked}{f', {failed} failed' if failed else ''}")
    if not failed:
        return OK
    return SOME_FAILED if done else NONE_READ


def _take_over(args: Namespace) -> int:
    entries = exchange.read(_read(args.log))
    with corpora.open(args.corpus, write=True) as corpus:
        done = exchange.take_over(corpus, entries)
    for sha256 in done.refused:
        say(f"{sha256[:16]}: this corpus has verdicts of its own about the plan; not taken over")
    say(f"{done.new} entries taken over, {done.known} were there")
    return SOME_FAILED if done.refused else OK


def _apply(corpus: corpora.Corpus, args: Namespace) -> tuple[int, int]:
    data = _read(args.file)
    decisions: list[Decision] = []
    failed = 0
    for found in batch.read(data, is_csv=args.file.suffix.lower() != ".json"):
        if isinstance(found, Decision):
            decisions.append(found)
        else:
            failed += 1
            say(found.line())
    done = 0
    decisions.sort(key=lambda one: one.plan)  # stable: a plan's rows keep their order
    for plan, rows in groupby(decisions, key=lambda one: one.plan):
        several = list(rows)
        written = 0
        try:
            with api.deciding(corpus, plan) as desk:
                for one in several:
                    try:
                        batch.apply(desk, one, by=args.by, why=args.why)
                        written += 1
                    except KehoachError as error:
                        failed += 1
                        say(f"row {one.row}: {error.line()}")
                if args.dry_run:
                    raise _Nothing
            done += written
        except _Nothing:
            done += written
        except KehoachError as error:
            failed += written or len(several)
            say(f"{shown(plan, 60)}: {error.line()}")
    return done, failed


def _read(path: Path) -> bytes:
    most = settings().max_bytes
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        raise FileMissing(f"{path} cannot be opened: {error.strerror}.") from error
    if len(data) > most:
        raise TooLarge(f"{path} is larger than KEHOACH_MAX_BYTES ({most}).")
    return data


def _plan_of(corpus: corpora.Corpus, entry: int) -> str:
    row = corpus.store.connection.execute(
        "SELECT p.record_id FROM corrections c JOIN plans p ON p.sha256 = c.sha256 WHERE c.id = ?",
        [min(entry, (1 << 63) - 1)],
    ).fetchone()
    if row is None:
        raise BadCorrection(
            f"the log has no entry {entry} about a plan of the corpus.",
            next_step="kehoach corrections lists them.",
        )
    return str(row[0])


def corrections(args: Namespace) -> int:
    """``kehoach corrections``."""
    if args.values and not args.plan:
        raise UsageError("--values needs a plan.")
    if args.unchecked and not args.values:
        raise UsageError("--unchecked belongs to --values.")
    if args.figures and args.plan:
        raise UsageError("--figures are of the whole corpus.")
    with corpora.open(args.corpus) as corpus:
        if args.values:
            _values(corpus, args)
        elif args.conflicts:
            _conflicts(corpus, args)
        elif args.figures:
            _figures(corpus, args)
        else:
            _log(corpus, args)
    return OK


def _values(corpus: corpora.Corpus, args: Namespace) -> None:
    items = api.items(corpus, args.plan, unchecked=args.unchecked)
    plan = corpus.plan(args.plan).id
    if args.json:
        print_json([_item_data(item) for item in items])
    elif args.csv:
        print_csv(batch.COLUMNS, batch.sheet(plan, items))
    else:
        rows = [
            [
                "!" if item.doubtful and item.verdict is None else "",
                item.verdict or "",
                item.address,
                shown(item.words, 36),
                shown(batch.fields_text(item.fields), 60),
            ]
            for item in items
        ]
        print(
            table(("", "đã xét / verdict", "giá trị / value", "chữ / words", "đọc là / now"), rows)
        )


def _item_data(item: Item) -> dict[str, Any]:
    data = asdict(item)
    data["spans"] = [span.model_dump(mode="json") for span in item.spans]
    return data | {"doubtful": item.doubtful}


def _conflicts(corpus: corpora.Corpus, args: Namespace) -> None:
    found = api.conflicts(corpus, args.plan)
    columns = ("plan", "entry", "code", "address", "then", "now")
    rows = [
        (plan, one.entry, one.code, one.address, batch.fields_text(one.then),
         batch.fields_text(one.now))
        for plan, one in found
    ]  # fmt: skip
    if args.json:
        print_json([{"plan": plan, **asdict(one)} for plan, one in found])
    elif args.csv:
        print_csv(columns, rows)
    else:
        print(f"{len(found)} mâu thuẫn / conflicts")
        for plan, one in found:
            print(f"\n{plan} · {one.address} · entry {one.entry}")
            print(f"  {one.code}: {CONFLICTS[one.code]}")
            if one.then or one.now:
                then, now = batch.fields_text(one.then), batch.fields_text(one.now)
                print(f"  {shown(then, 90) or '–'} → {shown(now, 90) or '–'}")


def _figures(corpus: corpora.Corpus, args: Namespace) -> None:
    found = figures(corpus)
    columns = ("category", "right", "edited", "rejected", "added", "precision", "plans", "recall")
    rows = [
        (one.category, one.right, one.edited, one.rejected, one.added, _share(one.precision),
         one.plans, _share(one.recall))
        for one in found
    ]  # fmt: skip
    if args.json:
        print_json(
            [asdict(one) | {"precision": one.precision, "recall": one.recall} for one in found]
        )
    elif args.csv:
        print_csv(columns, rows)
    else:
        print(table(columns, [list(map(str, row)) for row in rows]))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _log(corpus: corpora.Corpus, args: Namespace) -> None:
    found = api.history(corpus, args.plan)
    if args.json:
        print_json([asdict(one) for one in found])
        return
    names = dict(corpus.store.connection.execute("SELECT sha256, record_id FROM plans").fetchall())
    rows = [_log_row(one, names.get(one.sha256, one.sha256[:16])) for one in found]
    if args.csv:
        print_csv(_LOG_COLUMNS, rows)
        return
    print(f"{len(found)} ý kiến / entries")
    for row in rows:
        entry = dict(zip(_LOG_COLUMNS, row, strict=True))
        undone = f" {entry['undoes']}" if entry["undoes"] else ""
        head = (entry["id"], entry["at"], entry["by"], f"{entry['verdict']}{undone}",
                entry["plan"], entry["address"])  # fmt: skip
        print("\n" + " · ".join(shown(str(each), 60) for each in head))
        if entry["new"] or entry["old"]:
            print(f"  {shown(entry['old'], 90) or '–'} → {shown(entry['new'], 90) or '–'}")
        if entry["why"]:
            print(f"  {shown(entry['why'], 180)}")


def _log_row(one: Correction, plan: str) -> list[Any]:
    changed = {n: v for n, v in (one.new or {}).items() if not one.old or one.old.get(n) != v}
    old = {n: v for n, v in (one.old or {}).items() if n in changed or one.verdict == "reject"}
    return [
        one.id, one.at, one.by, one.verdict, plan, one.address,
        one.place.words.replace("\x00", " … ") if one.place else "",
        batch.fields_text(old), batch.fields_text(changed), one.why, one.undoes or "",
    ]  # fmt: skip


def gold(args: Namespace) -> int:
    """``kehoach gold``."""
    with corpora.open(args.corpus) as corpus:
        written = golds.write(corpus, args.folder, by_name=args.by_name)
    if written:
        rows = [[path.name, ", ".join(complete)] for path, complete in written.items()]
        print(table(("file", "annotated"), rows))
    say(f"{len(written)} gold files in {args.folder}")
    if not written:
        say("no category of any plan was checked to its end: docs/review.md says how")
    return OK
