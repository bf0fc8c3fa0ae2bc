"""The commands that write: records into the corpus, and plans out of it.

In: parsed arguments.  Out: messages on stderr, an exit code.  A record that is refused stops no
other one.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from models import Plan
from pipeline.corpus import api, writing
from pipeline.corpus.plain import shown
from pipeline.corpus.writing import Added, Outcome
from pipeline.errors import (
    NONE_READ,
    OK,
    SOME_FAILED,
    BadRecord,
    KehoachError,
    NotInCorpus,
    UsageError,
)
from pipeline.printing import say
from pipeline.records import read_record

_BATCH = 50
_YES = {"c", "co", "có", "y", "yes"}


def add(args: Namespace) -> int:
    """``kehoach add``."""
    paths = list(_record_files(args.paths))
    counts = dict.fromkeys(Outcome, 0)
    failed = 0

    def readable() -> Iterator[tuple[Path, Plan]]:
        nonlocal failed
        for path in paths:
            try:
                yield path, read_record(path)
            except KehoachError as error:
                failed += 1
                say(error.line())

    with api.open(args.corpus, write=True) as corpus:
        if corpus.store.needs_rebuild:
            say(f"the index is made anew for {writing.rebuild(corpus.store)} plans")
        waiting: list[tuple[Path, Plan]] = []
        for pair in readable():
            waiting.append(pair)
            if len(waiting) >= _BATCH:
                failed += _add_batch(corpus, waiting, counts)
                waiting = []
        failed += _add_batch(corpus, waiting, counts)
        written = counts[Outcome.ADDED] + counts[Outcome.UPDATED]
        if written:
            writing.tidy(corpus.store, written)
        total = corpus.store.connection.execute("SELECT count(*) FROM plans").fetchone()[0]
        place = corpus.store.path
    done = ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items() if count)
    say(
        f"{place}: {done or 'nothing added'}{f', {failed} failed' if failed else ''}; {total} plans"
    )
    if not failed:
        return OK
    return SOME_FAILED if any(counts.values()) else NONE_READ


def _add_batch(
    corpus: api.Corpus, several: Sequence[tuple[Path, Plan]], counts: dict[Outcome, int]
) -> int:
    """One transaction; where one record is refused, the others one by one.  Returns failures."""
    try:
        done = list(corpus.add_many((plan for _, plan in several), batch=_BATCH))
    except BadRecord:
        done = []
        failed = 0
        for path, plan in several:
            try:
                done.append(corpus.add(plan))
            except BadRecord as error:
                failed += 1
                say(f"{path}: {error.line()}")
        _count(done, counts)
        return failed
    _count(done, counts)
    return 0


def _count(done: Iterable[Added], counts: dict[Outcome, int]) -> None:
    for each in done:
        counts[each.outcome] += 1


def _record_files(paths: Iterable[Path]) -> Iterator[Path]:
    found = False
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 (false, where it may not be looked at)
            for each in sorted(path.rglob("*.json")):
                found = True
                yield each
        else:
            found = True
            yield path
    if not found:
        raise UsageError(
            "there is no record (*.json) in the folders.", next_step="Make some: kehoach extract."
        )


def remove(args: Namespace) -> int:
    """``kehoach remove``."""
    with api.open(args.corpus, write=True) as corpus:
        # By their ids: while the person thinks, another process may give a plan's number away.
        found: dict[str, str] = {}
        failed = 0
        for name in args.names:
            try:
                with corpus.store.snapshot():
                    found |= _told(corpus, corpus.find(name))
            except KehoachError as error:
                failed += 1
                say(error.line())
        for line in found.values():
            say(f"  {line}")
        if found and not (args.yes or _agreed(len(found))):
            say("Không bỏ văn bản nào. / Nothing was removed.")
            return OK
        run = corpus.store.connection.execute
        known = (
            "SELECT count(*) FROM files f JOIN plans p ON p.sha256 = f.sha256 WHERE p.record_id = ?"
        )
        returning = sum(run(known, [own]).fetchone()[0] > 0 for own in found)
        for own in found:
            with suppress(NotInCorpus):  # somebody was quicker
                corpus.remove(own)
        total = corpus.store.connection.execute("SELECT count(*) FROM plans").fetchone()[0]
        failures = f", {failed} failed" if failed else ""
        say(f"{corpus.store.path}: {len(found)} removed{failures}; {total} plans")
    if returning:
        say(
            f"{returning} of them came in by ingest: unless you move their files away, the next"
            " ingest of their folder brings them back."
        )
    if not failed:
        return OK
    return SOME_FAILED if found else NONE_READ


def _told(corpus: api.Corpus, number: int) -> dict[str, str]:
    """A plan's id and the plan in one line, so that a person sees what would go."""
    facts = corpus.store.connection.execute(
        "SELECT record_id, province, coalesce(number, symbol), issued_on, title,"
        " (SELECT group_concat(name, '; ') FROM sources s WHERE s.plan = p.id)"
        " FROM plans p WHERE id = ?",
        [number],
    ).fetchone()
    return {facts[0]: " · ".join(shown(each, 60) for each in facts if each)}


def _agreed(plans: int) -> bool:
    """Whether the person at the terminal says yes.

    Raises:
        UsageError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            "removing asks first, and there is no terminal to ask on.",
            next_step="Say so with --yes.",
        )
    print(f"Bỏ {plans} văn bản khỏi kho? / Remove {plans} plans? [c/K] ", end="", file=sys.stderr,
          flush=True)  # fmt: skip
    return sys.stdin.readline().strip().casefold() in _YES
