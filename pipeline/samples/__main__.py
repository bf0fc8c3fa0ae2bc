"""``python -m pipeline.samples OUT``: write sample plans and, where wanted, their truth.

``--catalogue`` writes the committed samples of ``data/raw`` again:
``python -m pipeline.samples data/raw --catalogue``.  ``--gold`` writes a set for
``kehoach evaluate``, plans and gold in folders of their own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.samples import catalogue, gold_set, truth
from pipeline.samples.catalogue import FORMATS, render
from pipeline.samples.fonts import Fonts, MissingGlyphs, NoFont
from pipeline.samples.plan import make


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.samples", description="Write sample plans with known truth."
    )
    parser.add_argument("out", type=Path, help="folder to write to; made if absent")
    parser.add_argument("--count", type=int, help="how many plans (default 10; 200 with --gold)")
    parser.add_argument("--first-seed", type=int, default=0, help="seed of the first (default 0)")
    parser.add_argument(
        "--formats", default="txt,docx,pdf",
        help=f"comma-separated, of {', '.join(FORMATS)} (default txt,docx,pdf)",
    )  # fmt: skip
    parser.add_argument("--truth", action="store_true", help="write <stem>.json gold files too")
    parser.add_argument("--font", type=Path, help="TTF for the PDFs (default DejaVu Serif)")
    parser.add_argument(
        "--catalogue", action="store_true", help="write the samples of data/raw instead"
    )
    parser.add_argument(
        "--gold", action="store_true", help="write plans/ in every format, and their gold/"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    options = _parser().parse_args(arguments)
    formats = [name.strip() for name in options.formats.split(",") if name.strip()]
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        print(f"unknown format {unknown[0]!r}; one of {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    fonts = Fonts.single(options.font) if options.font else None
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        if options.catalogue:
            for name, data in catalogue.files(fonts=fonts):
                (options.out / name).write_bytes(data)
            for stem, plan in catalogue.plans() if options.truth else ():
                (options.out / f"{stem}.json").write_text(truth.dumps(plan, stem), "utf-8")
            return 0
        if options.gold:
            _gold_set(options, fonts)
            return 0
        for seed in range(options.first_seed, options.first_seed + (options.count or 10)):
            plan = make(seed)
            for name in formats:
                target = options.out / f"{plan.stem}.{name}"
                target.write_bytes(render(plan, name, fonts=fonts))
            if options.truth:
                (options.out / f"{plan.stem}.json").write_text(truth.dumps(plan), "utf-8")
    except (MissingGlyphs, NoFont) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _gold_set(options: argparse.Namespace, fonts: Fonts | None) -> None:
    count = options.count or 200
    written = gold_set.write(options.out, count, options.first_seed, fonts=fonts)
    for index, _ in enumerate(written, 1):
        if sys.stderr.isatty() or index == count:
            print(f"\r{index} of {count}", end="", file=sys.stderr)
    print(file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
