"""Speed as ratios, taken in one run: machines differ, ratios hold.

In: the sample plans of ``data/raw``.  Out: one table on stdout.  Each pair is
measured turn by turn, so that whatever else the machine does falls on both, and what counts
is the median of the turns' ratios; the spread is their middle half.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import figures

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pieces of work whose times are compared, and the ratio aimed at."""

    name: str
    work: Callable[[], object]
    yardstick: str
    unit: Callable[[], object]
    aim: float


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of every turn."""

    pair: Pair
    works: list[float]
    units: list[float]

    @property
    def work(self) -> float:
        """The median of the work."""
        return statistics.median(self.works)

    @property
    def unit(self) -> float:
        """The median of the yardstick."""
        return statistics.median(self.units)

    @property
    def ratios(self) -> list[float]:
        """How many times the yardstick's time the work took, turn by turn."""
        return [work / unit for work, unit in zip(self.works, self.units, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=9, help="turns of each, at least 2 (9)")
    parser.add_argument("--strict", action="store_true", help="exit 1 where an aim is missed")
    figures.option(parser)
    args = parser.parse_args(argv)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/raw").glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(pair, args.rounds) for pair in pairs(texts, Path(folder))]
    rows = figures.Figures("speed")
    characters = sum(map(len, texts))
    print(f"{len(texts)} texts, {characters} characters, {args.rounds} rounds, medians\n")
    print(f"{'work':32}{'ms':>9}   {'against':26}{'ms':>9}{'ratio':>8}{'spread':>14}{'aim':>6}")
    for result in results:
        pair = result.pair
        met = "" if result.ratio <= pair.aim else "  missed"
        low, high = figures.middle_half(result.ratios) or (result.ratio, result.ratio)
        spread = f"{low:.2f}–{high:.2f}"
        print(
            f"{pair.name:32}{result.work * 1000:9.1f}   {pair.yardstick:26}"
            f"{result.unit * 1000:9.1f}{result.ratio:8.2f}{spread:>14}{pair.aim:6.1f}{met}"
        )
        rows.median(pair.name, figures.TIMES, result.ratios, at_most=pair.aim, peer=pair.yardstick)
        rows.median(pair.name, "ms", [1000 * seconds for seconds in result.works])
    rows.write(args.json)
    missed = any(result.ratio > result.pair.aim for result in results)
    return int(args.strict and missed)


def pairs(texts: list[str], folder: Path) -> list[Pair]:
    """What is measured against what."""
    from underthesea import word_tokenize

    from pipeline import extract
    from pipeline.entities import references

    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"{number}.txt")
        files[-1].write_text(text, encoding="utf-8")
    words = "underthesea word_tokenize"
    python = [sys.executable, "-c", "pass"]
    command = [str(Path(sysconfig.get_path("scripts")) / "kehoach"), "--help"]

    def each(function: Callable[..., object], items: Sequence[object]) -> Callable[[], object]:
        return lambda: [function(item) for item in items]

    tokenize = each(word_tokenize, texts)
    return [
        Pair("text in, record out", each(extract, files), words, tokenize, 2.5),
        Pair("references", each(references.find, texts), words, tokenize, 0.5),
        Pair("kehoach --help", each(run, [command]), "python -c pass", each(run, [python]), 6.0),
    ]


def run(command: list[str]) -> None:
    """Run a program to its end, its output dropped."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def measure(pair: Pair, rounds: int) -> Result:
    """Both by turns; the first turn, which loads models and fills caches, does not count."""
    pair.work()
    pair.unit()
    work, unit = [], []
    for _ in range(rounds):
        work.append(seconds(pair.work))
        unit.append(seconds(pair.unit))
    return Result(pair, work, unit)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
