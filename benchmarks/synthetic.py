"""Generated plans in every format against their gold: what a file's form costs, in one command.

In: how many plans.  Out: the figures of ``kehoach evaluate`` on stdout; plans, gold, records and
the report only where a folder is named.  What the figures say and do not say:
``docs/evaluation.md``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import figures

from pipeline import cli
from pipeline.evaluation.report import Report, evaluate
from pipeline.samples.gold_set import write


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="how many plans (200)")
    parser.add_argument("--first-seed", type=int, default=0, help="seed of the first (0)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep everything in this folder")
    figures.option(parser)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = args.keep or Path(scratch)
        paths = [str(path) for path in write(folder, args.count, args.first_seed)]
        gold, records = folder / "gold", folder / "records"
        code = cli.main(["extract", *paths, "-o", str(records)])
        if code:
            return code
        if args.json:
            told(evaluate(gold, records)).write(args.json)
        report = str(folder / "report.html")
        return cli.main(["evaluate", str(gold), str(records), "--html", report])


def told(report: Report) -> figures.Figures:
    """The chief figures of a report; those of single sources and fields as details."""
    found = figures.Figures("synthetic")
    for name, count in report.counts.items():
        found.add(name, "F1", count.f1)
    for kind in report.present():
        for name, count in report.sources[kind].counts.items():
            found.add(f"{kind}: {name}", "F1", count.f1, detail=kind != "scan")
    for group, counts in report.total.groups.items():
        for name, count in sorted(counts.items()):
            found.add(f"{group}: {name}", "F1", count.f1, detail=group in ("values", "roles"))
    for kind, meant in report.resolution().items():
        found.add(f"resolution of {kind}, right", "share", meant.right / meant.total)
        found.add(f"resolution of {kind}, wrong", "share", meant.wrong / meant.total)
    for kind, fit in report.calibration().items():
        found.add(f"confidence of {kind}", "ECE", fit.error, detail=kind != "all")
    return found


if __name__ == "__main__":
    sys.exit(main())
