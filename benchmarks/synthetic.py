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

from pipeline import cli
from pipeline.samples.gold_set import write


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="how many plans (200)")
    parser.add_argument("--first-seed", type=int, default=0, help="seed of the first (0)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep everything in this folder")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = args.keep or Path(scratch)
        paths = [str(path) for path in write(folder, args.count, args.first_seed)]
        records, report = str(folder / "records"), str(folder / "report.html")
        code = cli.main(["extract", *paths, "-o", records])
        return code or cli.main(["evaluate", str(folder / "gold"), records, "--html", report])


if __name__ == "__main__":
    sys.exit(main())
