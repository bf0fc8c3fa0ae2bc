"""``docs/quality.md``: every figure of the project on one page, the weak ones first.

In: ``docs/benchmarks.json``, written by ``all.py``, and ``docs/quality.csv`` for what no benchmark
of this folder measures: blind rounds, real documents, fuzzing, tests, coverage.  Out: the page,
which ``all.py`` and ``make docs`` write; a test compares the two.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import page

DOCS = Path(__file__).resolve().parent.parent / "docs"
WEAK = 0.9
JUDGED = ("F1", "share", "precision", "recall")
HEADS = ("figure", "value", "aim")
COLUMNS = ("area", "figure", "value", "aim", "weak", "date", "again")

INTRO = """\
# Quality

Every figure of the project, when it was taken and how to take it again. This page is written by
`make docs` from [benchmarks.json](benchmarks.json), which `make bench` writes, and from
[quality.csv](quality.csv), where a figure that no benchmark takes stands with its date. What the
figures mean, and on what they were taken: [accuracy.md](accuracy.md),
[evaluation.md](evaluation.md), [benchmarks.md](benchmarks.md) (machine, versions, peers, spread),
[scans.md](scans.md), [ingest.md](ingest.md), [comparison.md](comparison.md), [web.md](web.md).

Commands run in the project's folder, in its environment (`. .venv/bin/activate`). Where a command
names a folder in capitals, the documents are not part of the project: take your own.
"""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the page: its heading and the benchmarks that belong to it."""

    heading: str
    key: str
    benchmarks: tuple[str, ...] = ()


AREAS = (
    Area("Accuracy on real plans", "real", ("own-gold",)),
    Area("Accuracy on generated plans", "generated", ("synthetic", "formats", "accuracy")),
    Area("Scans", "scans", ("scans", "scans-plain", "scan-defects", "scan-memory", "own-scans")),
    Area("Speed", "speed", ("speed",)),
    Area("Bulk loading", "ingest", ("ingest",)),
    Area("Search", "search", ("search", "own-search", "own-search-quality")),
    Area("Comparison", "comparison", ("comparison", "comparison-speed")),
    Area("Web pages", "web", ("web",)),
    Area("Hostile input", "fuzz"),
    Area("Tests", "tests"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure on this page; ``benchmark`` is empty where people wrote it down."""

    area: str
    figure: str
    value: str
    aim: str
    weak: bool
    date: str
    again: str
    benchmark: str = ""

    def cells(self) -> tuple[str, ...]:
        """In the order of ``HEADS``."""
        return self.figure, self.value, self.aim

    def origin(self) -> tuple[str, str]:
        """When it was taken, and how to take it again."""
        return self.date, f"`{self.again}`"


def measured(path: Path = DOCS / "quality.csv") -> list[Row]:
    """The figures that people wrote down.

    Raises:
        ValueError: a row is of no area or has no date.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Row(**{**{name: line[name] for name in COLUMNS}, "weak": line["weak"] == "yes"})
            for line in csv.DictReader(file)
        ]
    for row in rows:
        if row.area not in {area.key for area in AREAS} or not row.date:
            raise ValueError(f"{path.name}: {row.figure!r} has no known area or no date")
    return rows


def render(data: Mapping[str, Any], by_hand: Sequence[Row]) -> str:
    """The page."""
    areas = {benchmark: area.key for area in AREAS for benchmark in area.benchmarks}
    rows = [*by_hand, *_of_benchmarks(data, areas)]
    parts = [INTRO, "## Where it is weak\n"]
    parts.append(f"Aims that were missed, and every score below {WEAK}.\n")
    parts.append(_dated(row for row in rows if row.weak))
    for area in AREAS:
        found = [row for row in rows if row.area == area.key]
        if found:
            parts.append(f"## {area.heading}\n")
        if written := [row for row in found if not row.benchmark]:
            parts.append(_dated(iter(written)))
        for name in dict.fromkeys(row.benchmark for row in found if row.benchmark):
            run = data["runs"][name]
            load = f"load {run['load']} before"
            parts.append(f"**{name}**: {run['about']}. {run['date']}, {load}, `{run['command']}`\n")
            cells = (row.cells() for row in found if row.benchmark == name)
            parts.append("\n".join(page.grid(HEADS, cells)) + "\n")
    return "\n".join(parts)


def _of_benchmarks(data: Mapping[str, Any], areas: Mapping[str, str]) -> Iterator[Row]:
    """Our own figures and ratios to peers, without what stands in the JSON alone."""
    for row in data["figures"]:
        theirs = row["peer"] and row["unit"] != "×"
        if row["detail"] or theirs or row["benchmark"] not in areas:
            continue
        run = data["runs"][row["benchmark"]]
        against = f", against {row['peer']}" if row["peer"] else ""
        value = page.value(row)
        if row["spread"]:
            value += f" ({page.spread(row)})"
        low = row["unit"] in JUDGED and row["value"] < WEAK and not row["figure"].endswith("wrong")
        weak = row["holds"] is False or low
        yield Row(areas[row["benchmark"]], f"{row['figure']}{against}", value, page.aim(row), weak,
                  run["date"], run["command"], row["benchmark"])  # fmt: skip


def _dated(rows: Iterator[Row]) -> str:
    """A table with the origin of every row."""
    cells = ((*row.cells(), *row.origin()) for row in rows)
    return "\n".join(page.grid((*HEADS, "date", "again"), cells)) + "\n"
