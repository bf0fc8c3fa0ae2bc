"""What ``kehoach evaluate`` and ``kehoach diff`` do and print.

In: parsed arguments.  Out: tables or JSON on stdout, messages on stderr, an exit code.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from itertools import groupby

from pipeline.errors import NONE_READ, OK, SOME_FAILED, UsageError
from pipeline.evaluation.difference import Difference, compare
from pipeline.evaluation.report import evaluate as score_all
from pipeline.evaluation.values import CATEGORIES
from pipeline.printing import say, table


def evaluate(args: Namespace) -> int:
    """``kehoach evaluate``."""
    report = score_all(args.gold, args.records)
    if args.misses:
        for miss in report.misses:
            print(miss.line(), file=sys.stderr if args.json else sys.stdout)
    if args.json:
        print(json.dumps(report.figures(), ensure_ascii=False, indent=2))
        return OK
    print(table(report.COLUMNS, report.rows(), right=1))
    without = report.without_record
    print(f"{report.documents} documents, {len(without)} without a record", *without)
    return OK


def diff(args: Namespace) -> int:
    """``kehoach diff``."""
    wanted = set(args.category or CATEGORIES)
    if unknown := wanted - set(CATEGORIES):
        raise UsageError(
            f"no category {min(unknown)!r}.", next_step=f"There are: {', '.join(CATEGORIES)}."
        )
    difference = compare(args.old, args.new).only(wanted)
    for path, error in difference.failed.items():
        say(f"{path}: {error.line()}")
    if args.json:
        print(json.dumps(_plain(difference), ensure_ascii=False, indent=2))
    else:
        _print(difference, counts=args.counts)
    if difference.failed:
        return SOME_FAILED if difference.documents else NONE_READ
    return SOME_FAILED if args.exit_code and not difference.agree else OK


def _plain(difference: Difference) -> dict[str, object]:
    return {
        "documents": difference.documents,
        "changed_documents": len(difference.changed_documents),
        "categories": {name: asdict(tally) for name, tally in difference.tallies.items()},
        "changes": [asdict(change) for change in difference.changes],
        "other_text": difference.other_text,
        "other_file": difference.other_file,
        "only_old": difference.only_old,
        "only_new": difference.only_new,
        "failed": {path: error.line() for path, error in difference.failed.items()},
    }


def _print(difference: Difference, *, counts: bool) -> None:
    names = ("category", "same", "gained", "lost", "changed", "documents")
    rows = [[name, *map(str, asdict(t).values())] for name, t in difference.tallies.items()]
    print(table(names, rows, right=1))
    changed = len(difference.changed_documents)
    print(f"{difference.documents} documents in both, {changed} with other values", end="")
    print(f", {len(difference.other_text)} with another text")
    for said, documents in (
        ("read from other bytes", difference.other_file),
        ("only in OLD", difference.only_old),
        ("only in NEW", difference.only_new),
    ):
        if documents:
            print(f"{said}: {len(documents)}:", *documents)
    if counts:
        return
    for document, changes in groupby(difference.changes, lambda change: change.document):
        print(f"\n{document}")
        for change in changes:
            print(f"  {change.line()}")
