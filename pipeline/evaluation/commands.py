"""What ``kehoach evaluate`` and ``kehoach diff`` do and print.

In: parsed arguments.  Out: tables or JSON on stdout, messages on stderr, an exit code.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby

from pipeline.errors import NONE_READ, OK, SOME_FAILED, CannotWrite, UsageError
from pipeline.evaluation.difference import Difference, compare
from pipeline.evaluation.report import Report, cells
from pipeline.evaluation.report import evaluate as score_all
from pipeline.evaluation.values import CATEGORIES
from pipeline.files import write_whole
from pipeline.printing import say, table


def evaluate(args: Namespace) -> int:
    """``kehoach evaluate``."""
    report = score_all(args.gold, args.records)
    if args.html:
        from pipeline.evaluation.page import render

        try:
            write_whole(args.html, render(report).encode())
        except OSError as error:
            raise CannotWrite(
                f"{args.html} cannot be written: {error.strerror}.",
                next_step="Make room, or name another file.",
            ) from error
    if args.misses:
        for miss in report.misses:
            print(miss.line(), file=sys.stderr if args.json else sys.stdout)
    if args.json:
        print(json.dumps(report.everything(), ensure_ascii=False, indent=2))
        return OK
    for block in _figures(report):
        print(block, end="\n\n")
    without = report.without_record
    print(f"{report.documents} documents, {len(without)} without a record", *without)
    return OK


def _figures(report: Report) -> Iterator[str]:
    yield table(report.COLUMNS, report.rows(), right=1)
    kinds = report.present()
    if len(kinds) > 1:
        heads = [f"{kind} ({report.kinds[kind]})" for kind in kinds]
        counts = [report.sources[kind].counts for kind in kinds]
        rows = [
            [name, *(f"{c[name].f1:.3f}" if name in c else "" for c in counts)]
            for name in report.counts
        ]
        yield table(("F1 by source", *heads), rows, right=1)
    for group, found in report.total.groups.items():
        if found:
            rows = [[name, *cells(count)] for name, count in sorted(found.items())]
            yield table((group, *report.COLUMNS[1:]), rows, right=1)
    if resolution := report.resolution():
        rows = [
            [kind, *map(str, (n.right, n.wrong, n.unresolved))] for kind, n in resolution.items()
        ]
        yield table(("resolution", "right", "wrong", "unresolved"), rows, right=1)
    if fits := report.calibration():
        rows = [
            [kind, str(fit.values), *(f"{f:.3f}" for f in (fit.confidence, fit.right, fit.error))]
            for kind, fit in fits.items()
        ]
        yield table(("confidence", "values", "mean", "right", "ECE"), rows, right=1)
        rows = [
            [f"{b.low:.1f}-{b.high:.1f}", str(b.values), f"{b.confidence:.3f}", f"{b.right:.3f}"]
            for b in fits["all"].bins
        ]
        yield table(("reliability, all", "values", "mean", "right"), rows, right=1)


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
