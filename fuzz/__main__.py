"""``python -m fuzz``: hostile inputs to the commands; exit code 1 where a law was broken.

In: seed, first number, count.  Out: progress on stderr, a table of what became of the inputs on
stdout, and in a folder every input that broke a law, met a limit or crashed a reader.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from fuzz import running
from fuzz.inputs import KINDS
from fuzz.outcomes import Report

_HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run, tell, and say by the exit code whether all laws held."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the run (1)")
    parser.add_argument("--count", type=int, default=12_000, help="numbers to try (12000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first: go on here (0)")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind, or these")
    parser.add_argument(
        "--keep", type=Path, default=_HERE / "found", help="folder for what broke a law"
    )
    args = parser.parse_args()
    started = time.monotonic()

    def progress(report: Report, following: int) -> None:
        line = (
            f"{time.monotonic() - started:6.0f} s  {report.total} inputs,"
            f" {len(report.broken)} broke a law, {len(report.limited)} met a limit;"
            f" to go on: --seed {args.seed} --first {following}"
        )
        print(line, file=sys.stderr, flush=True)

    last = args.first + args.count - 1
    print(f"seed {args.seed}, numbers {args.first} to {last}", file=sys.stderr)
    report = running.run(
        args.seed,
        args.count,
        first=args.first,
        kinds=set(args.kind or KINDS),
        keep=args.keep,
        progress=progress,
    )
    for line in report.lines():
        print(line)
    for one in report.broken:
        print(f"{one.input.name}: {one.broken[0].splitlines()[-1][:300]}")
    for sentence in report.batches:
        print(sentence)
    if report.broken or report.limited:
        print(f"inputs are kept in {args.keep}")
    return 0 if report.sound else 1


if __name__ == "__main__":
    sys.exit(main())
