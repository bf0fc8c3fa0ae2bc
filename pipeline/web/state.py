"""The state of the corpus: how much there is, of whom, how good, and what is missing.

In: an open corpus.  Out: counts, coverage by province and year, quality, failures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline import packaged
from pipeline.corpus import Corpus
from pipeline.ingest.ledger import Failure
from pipeline.settings import settings
from pipeline.web.library import SECONDS_FOR_COUNTS

if TYPE_CHECKING:
    from pipeline.web.site import Site

Era = Literal["34", "63"]
_MOST_FAILURES = 500


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is."""

    plans: int
    provinces: int
    passages: int
    tasks: int
    deadlines: int
    targets: int
    citations: int
    agencies: int
    pages: int
    pages_ocr: int


@dataclass(frozen=True, slots=True)
class Recent:
    """A plan in a list."""

    record_id: str
    kind_name: str | None
    number: str | None
    symbol: str | None
    title: str | None
    province: str | None
    issued_on: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the tile map: its place in the grid, and its plans by year."""

    name: str
    code: str
    column: int
    row: int
    plans: int
    by_year: dict[str, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Plans by province and year, by the provinces of one era."""

    era: Era
    years: list[str]
    tiles: list[Tile]
    without: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What should be looked at.

    Attributes:
        warnings: plans and warnings by code, the most frequent first.
        unsure: values below the threshold, by table.
        lacking: plans without a value, by header field.
    """

    warnings: list[tuple[str, int, int]]
    unsure: dict[str, int]
    lacking: dict[str, int]


@dataclass(frozen=True, slots=True)
class State:
    """All of it."""

    figures: Figures
    quality: Quality
    ledger: dict[str, int]
    failures: list[Failure]
    failures_total: int
    copies: int


def figures(site: Site, corpus: Corpus) -> Figures:
    """How much there is."""
    return site.library.answered(corpus, "figures", lambda: _figures(corpus), SECONDS_FOR_COUNTS)


def _figures(corpus: Corpus) -> Figures:
    with corpus.store.snapshot() as connection:

        def one(sql: str) -> int:
            return int(connection.execute(sql).fetchone()[0])

        return Figures(
            one("SELECT count(*) FROM plans"),
            one("SELECT count(DISTINCT province) FROM plans"),
            corpus.store.passages(),
            one("SELECT count(*) FROM tasks"),
            one("SELECT count(*) FROM deadlines"),
            one("SELECT count(*) FROM targets"),
            one("SELECT count(*) FROM citations"),
            one("SELECT count(*) FROM bodies"),
            one("SELECT count(*) FROM pages"),
            one("SELECT count(*) FROM pages WHERE read_by = 'ocr'"),
        )


def recent(corpus: Corpus, most: int) -> list[Recent]:
    """The plans that came last."""
    rows = corpus.store.connection.execute(
        "SELECT record_id, kind_name, number, symbol, title, province, issued_on,"
        " (SELECT min(name) FROM sources s WHERE s.plan = p.id) FROM plans p"
        " ORDER BY id DESC LIMIT ?",
        [most],
    )
    return [Recent(*row) for row in rows]


def state(site: Site, corpus: Corpus) -> State:
    """All of it, kept until the corpus changes."""
    return site.library.answered(corpus, "state", lambda: _state(site, corpus), SECONDS_FOR_COUNTS)


def _state(site: Site, corpus: Corpus) -> State:
    counted = figures(site, corpus)
    with corpus.store.snapshot() as connection:
        run = connection.execute
        low = settings().low_confidence
        latest = "l.run = (SELECT max(m.run) FROM ledger m WHERE m.sha256 = l.sha256)"
        quality = Quality(
            run(
                "SELECT code, count(DISTINCT plan), count(*) FROM warnings GROUP BY code"
                " ORDER BY 2 DESC, 1"
            ).fetchall(),
            {
                table: int(run(f"SELECT count(*) FROM {table} WHERE confidence < ?", [low * 100])
                           .fetchone()[0])
                for table in ("deadlines", "targets", "citations", "assignments", "agencies")
            },
            {
                column: int(run(f"SELECT count(*) FROM plans WHERE {column} IS NULL").fetchone()[0])
                for column in ("number", "issued_on", "province", "issuer", "title", "signer")
            },
        )  # fmt: skip
        rows = run(
            "SELECT uri, state, stage, code, message, next_step, attempts, finished"
            " FROM read_failures ORDER BY uri LIMIT ?",
            [_MOST_FAILURES],
        ).fetchall()
        return State(
            counted,
            quality,
            dict(run(f"SELECT state, count(*) FROM ledger l WHERE {latest} GROUP BY state")),
            [Failure(_file(uri), *rest) for uri, *rest in rows],
            int(run("SELECT count(*) FROM read_failures").fetchone()[0]),
            int(run("SELECT count(*) FROM copies").fetchone()[0]),
        )


def _file(uri: str) -> str:
    """A file's name: where it lies on this machine is nobody's business on a web page."""
    return uri.rsplit("/", 1)[-1]


def coverage(site: Site, corpus: Corpus, era: Era) -> Coverage:
    """Plans by province and year, kept until the corpus changes."""
    return site.library.answered(
        corpus, ("coverage", era), lambda: _coverage(corpus, era), SECONDS_FOR_COUNTS
    )


def _coverage(corpus: Corpus, era: Era) -> Coverage:
    column = "province_now" if era == "34" else "province"
    counted: dict[str, dict[str, int]] = {}
    with corpus.store.snapshot() as connection:
        for name, year, plans in connection.execute(
            f"SELECT p.{column}, y.year, count(*) FROM plans p JOIN plan_years y ON y.plan = p.id"
            f" WHERE p.{column} IS NOT NULL GROUP BY 1, 2"
        ):
            counted.setdefault(name, {})[str(year)] = plans
        whole = dict(
            connection.execute(
                f"SELECT {column}, count(*) FROM plans WHERE {column} IS NOT NULL GROUP BY 1"
            )
        )
        everything = connection.execute("SELECT count(*) FROM plans").fetchone()[0]
    # Huế became a city under a new name half a year before the other provinces changed.
    if era == "63" and "Huế" in whole:
        whole["Thừa Thiên Huế"] = whole.get("Thừa Thiên Huế", 0) + whole.pop("Huế")
        into = counted.setdefault("Thừa Thiên Huế", {})
        for year, plans in counted.pop("Huế", {}).items():
            into[year] = into.get(year, 0) + plans
    tiles = [
        Tile(name, code, x, y, whole.get(name, 0), counted.get(name, {}))
        for name, code, x, y in _grid(era)
    ]
    years = sorted({year for years in counted.values() for year in years})
    return Coverage(era, years, tiles, everything - sum(tile.plans for tile in tiles))


@cache
def _grid(era: Era) -> tuple[tuple[str, str, int, int], ...]:
    return tuple(
        (row["name"], row["code"], int(row["column"]), int(row["row"]))
        for row in packaged.rows("pipeline.web", "tiles")
        if row["era"] == era
    )


def in_year(covered: Coverage, year: str) -> list[Tile]:
    """The tiles with only the plans of one year; with those of all years for ""."""
    if not year:
        return covered.tiles
    return [replace(tile, plans=tile.by_year.get(year, 0)) for tile in covered.tiles]


def level(plans: int, most: int) -> int:
    """0 for none, 1 to 5 for how dark a tile is."""
    if not plans:
        return 0
    return min(5, 1 + 4 * plans // max(most, 1))


def shaded(tiles: list[Tile]) -> Iterator[tuple[Tile, int]]:
    """Tiles with how dark they are."""
    most = max((tile.plans for tile in tiles), default=0)
    for tile in tiles:
        yield tile, level(tile.plans, most)
