"""What every benchmark hands on: rows of figures, in one form for all of them.

In: values as they were measured.  Out: with ``--json FILE`` a list of rows for ``all.py``, which
puts those of all benchmarks into one table.

A row has ``benchmark``, ``figure`` (what was measured), ``unit``, ``value`` (a median where there
were several turns), ``spread`` (the middle half of the turns, null after a single one), ``aim`` and
whether it ``holds`` (null without an aim), ``peer`` and ``detail``.  ``peer`` names another
program: in a row whose unit is "×" the one that ours is held against, in every other row the one
whose figure this is.  Rows with ``detail`` stay in the JSON and out of the table.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

TIMES = "×"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row."""

    benchmark: str
    figure: str
    unit: str
    value: float
    spread: tuple[float, float] | None = None
    aim: str | None = None
    holds: bool | None = None
    peer: str | None = None
    detail: bool = False


@dataclass(slots=True)
class Figures:
    """The rows of one benchmark, in the order in which they were measured."""

    benchmark: str
    rows: list[Figure] = field(default_factory=list)

    def add(
        self,
        figure: str,
        unit: str,
        value: float,
        *,
        spread: tuple[float, float] | None = None,
        at_most: float | None = None,
        at_least: float | None = None,
        peer: str | None = None,
        detail: bool = False,
    ) -> None:
        """Add a row; four figures of a value are kept, and the aim is judged before that."""
        aim, holds = None, None
        if at_most is not None:
            aim, holds = f"≤ {at_most:g}", value <= at_most
        elif at_least is not None:
            aim, holds = f"≥ {at_least:g}", value >= at_least
        sides = None if spread is None else (_short(spread[0]), _short(spread[1]))
        self.rows.append(
            Figure(self.benchmark, figure, unit, _short(value), sides, aim, holds, peer, detail)
        )

    def median(
        self,
        figure: str,
        unit: str,
        values: Sequence[float],
        *,
        at_most: float | None = None,
        at_least: float | None = None,
        peer: str | None = None,
        detail: bool = False,
    ) -> None:
        """The median of several turns with their middle half."""
        self.add(
            figure, unit, statistics.median(values), spread=middle_half(values),
            at_most=at_most, at_least=at_least, peer=peer, detail=detail,
        )  # fmt: skip

    def write(self, path: Path | None) -> None:
        """Write the rows, where a file was asked for."""
        if path is not None:
            rows = [asdict(row) for row in self.rows]
            path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def middle_half(values: Sequence[float]) -> tuple[float, float] | None:
    """First and third quartile; None for a single value."""
    if len(values) < 2:
        return None
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, third


def option(parser: argparse.ArgumentParser) -> None:
    """``--json FILE``, as every benchmark has it."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here, too")


def _short(value: float) -> float:
    return float(f"{value:.4g}")
