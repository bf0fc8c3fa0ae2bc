"""Many queries at once, and queries that are kept.

In: a file of queries, one a line (text), or a column ``query`` (CSV).  Out: one row per hit with
its evidence, and one for a query that finds nothing or is not understood, so that none is lost.

A saved query keeps the version of the grammar it was saved under: one of an older grammar is
refused with its text rather than run with another meaning.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.corpus.plain import shown
from pipeline.corpus.query import parse
from pipeline.corpus.searching import Hit, Sort, search
from pipeline.corpus.store import Store
from pipeline.corpus.syntax import GRAMMAR
from pipeline.errors import NotInCorpus, QueryError, UsageError

COLUMNS = (
    "query", "total", "rank", "province", "number", "issued_on", "title", "section", "page",
    "text", "record_id", "start", "end", "error",
)  # fmt: skip
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One hit of one query; without ``hit`` where there was none, with ``error`` where refused."""

    query: str
    total: int
    rank: int
    hit: Hit | None
    error: str

    def cells(self) -> list[str | int | None]:
        """In the order of ``COLUMNS``."""
        if self.hit is None:
            return [self.query, self.total, None, *([None] * 10), self.error]
        hit = self.hit
        return [
            self.query, self.total, self.rank, hit.province, hit.number, hit.issued_on, hit.title,
            hit.section, hit.page, hit.text, hit.record_id, hit.start, hit.end, self.error,
        ]  # fmt: skip


def read_queries(text: str, *, is_csv: bool) -> list[str]:
    """The queries of a file.

    Args:
        text: the file's words.
        is_csv: a table whose column ``query`` holds them; else one a line, and empty lines and
            lines that begin with # are left out.

    Raises:
        UsageError: a CSV without that column.
    """
    text = text.removeprefix("\ufeff")
    if not is_csv:
        lines = (line.strip() for line in text.splitlines())
        return [line for line in lines if line and not line.startswith("#")]
    table = csv.DictReader(io.StringIO(text))
    try:
        names = {(name or "").strip().casefold(): name for name in table.fieldnames or ()}
        if "query" not in names:
            raise UsageError("the CSV file has no column query.", next_step="Name one so.")
        column = names["query"]
        found = [(row.get(column) or "").strip() for row in table]
    except csv.Error as error:
        raise UsageError(f"the CSV file cannot be read: {error}.") from error
    return [query for query in found if query]


def run(
    store: Store, queries: Sequence[str], *, limit: int = 10, sort: Sort | None = None
) -> Iterator[BatchRow]:
    """Every query's first hits, in the order of the queries.

    Args:
        store: open.
        queries: as typed.
        limit: hits per query; ``total`` always says how many there are.
        sort: as in ``search``.
    """
    for query in queries:
        try:
            answer = search(store, query, limit=limit, sort=sort)
        except QueryError as error:
            yield BatchRow(query, 0, 0, None, error.line())
            continue
        if not answer.hits:
            yield BatchRow(query, answer.total, 0, None, "")
        for rank, hit in enumerate(answer.hits, 1):
            yield BatchRow(query, answer.total, rank, hit, "")


def save(store: Store, name: str, query: str) -> None:
    """Keep a query under a name; one of that name is replaced.

    Raises:
        QueryError: the query is not understood.
        UsageError: the name is empty or too long.
    """
    parse(query)
    name = shown(name)
    if not name or len(name) > _LONGEST_NAME:
        raise UsageError(f"a saved query's name has 1 to {_LONGEST_NAME} characters.")
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO saved_queries VALUES (?, ?, ?) ON CONFLICT (name)"
            " DO UPDATE SET query = excluded.query, grammar = excluded.grammar",
            [name, query, GRAMMAR],
        )


def saved(store: Store) -> dict[str, str]:
    """Name to query, by name."""
    with store.snapshot() as connection:
        return dict(connection.execute("SELECT name, query FROM saved_queries ORDER BY name"))


def recall(store: Store, name: str) -> str:
    """The query that was kept under a name.

    Raises:
        NotInCorpus: there is none.
        UsageError: it was saved under another version of the grammar.
    """
    with store.snapshot() as connection:
        row = connection.execute(
            "SELECT query, grammar FROM saved_queries WHERE name = ?", [shown(name)]
        ).fetchone()
    if row is None:
        raise NotInCorpus(
            f"there is no saved query {shown(name, 60)}.",
            next_step="kehoach search --saved lists them.",
        )
    if row[1] != GRAMMAR:
        raise UsageError(
            f"the query {shown(row[0])} was saved under version {row[1]} of the query language.",
            next_step=f"Read docs/query.md and save it again under version {GRAMMAR}.",
        )
    return str(row[0])
