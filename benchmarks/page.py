"""The data of all benchmarks, and the table in ``docs/benchmarks.md`` that is made from it.

In: rows of ``figures`` and what is said of each run.  Out: plain data for JSON, Markdown.  The
prose around the table is written by hand; a test compares table and data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

BEGIN = "<!-- the table is written by benchmarks/all.py from benchmarks.json -->"
END = "<!-- end of the table -->"
SCORES = {"F1": 3, "precision": 3, "recall": 3, "share": 3, "ECE": 3, "CER": 4}
"""Units of values between 0 and 1, with the places that are shown."""


def empty(
    machine: Mapping[str, Any], versions: Mapping[str, str], peers: Mapping[str, str]
) -> dict[str, Any]:
    """Data without any run."""
    return {
        "machine": dict(machine),
        "versions": dict(versions),
        "peers": dict(peers),
        "runs": {},
        "figures": [],
    }


def put(
    data: dict[str, Any], name: str, run: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    """One benchmark in the place of what was there of it."""
    order = [*data["runs"], *([] if name in data["runs"] else [name])]
    kept = {each: [r for r in data["figures"] if r["benchmark"] == each] for each in order}
    data["runs"][name] = dict(run)
    kept[name] = [dict(row) for row in rows]
    data["figures"] = [row for each in order for row in kept[each]]


def table(data: Mapping[str, Any]) -> str:
    """Machine and versions, the runs, and every figure that is no detail."""
    machine, runs = data["machine"], data["runs"]
    loads = [run["load"] for run in runs.values()]
    busy = f"load before each {min(loads)} to {max(loads)}" if loads else "nothing measured"
    lines = [
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}; {busy}.",
        "",
        f"Versions: {_versions(data['versions'])}. Peers: {_versions(data['peers'])}.",
        "",
        *grid(
            ("benchmark", "what", "again", "date", "load before", "seconds"),
            (
                (name, run["about"], f"`{run['command']}`", run["date"], f"{run['load']}",
                 f"{run['seconds']:.0f}" if run["state"] == "done" else f"**{run['state']}**")
                for name, run in runs.items()
            ),
        ),
        "",
        *grid(
            ("benchmark", "figure", "value", "spread", "peer", "aim"),
            (
                (row["benchmark"], row["figure"], value(row), spread(row),
                 row["peer"] or "", aim(row))
                for row in data["figures"]
                if not row["detail"]
            ),
        ),
    ]  # fmt: skip
    return "\n".join(lines)


def grid(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """A table in Markdown."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def value(row: Mapping[str, Any]) -> str:
    """A value with its unit; shares and scores need none beside their name."""
    return f"{number(row['value'], row['unit'])} {row['unit']}".strip()


def spread(row: Mapping[str, Any]) -> str:
    """The middle half of the turns."""
    return "–".join(number(side, row["unit"]) for side in row["spread"] or ())


def aim(row: Mapping[str, Any]) -> str:
    """What was aimed at, and whether it holds."""
    if row["aim"] is None:
        return ""
    return f"{row['aim']}" if row["holds"] else f"{row['aim']} **missed**"


def number(figure: float, unit: str) -> str:
    """As people read it: scores to three places, else three figures, thousands apart."""
    if unit in SCORES:
        return f"{figure:.{SCORES[unit]}f}"
    if abs(figure) >= 1000:
        return f"{figure:,.0f}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{figure:.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def _versions(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in found.items()) or "none"


def bare() -> str:
    """A page that holds the table alone."""
    return f"# Benchmarks\n\n{BEGIN}\n{END}\n"


def replaced(text: str, new: str) -> str:
    """The page with another table between the marks.

    Raises:
        ValueError: the marks are not there.
    """
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"the page has no line {BEGIN}")
    return pattern.sub(lambda _: f"{BEGIN}\n\n{new}\n\n{END}", text, count=1)


def between(text: str) -> str:
    """The table that stands in a page."""
    return text.partition(BEGIN)[2].partition(END)[0].strip()
