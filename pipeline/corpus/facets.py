"""Counts beside an answer: how the hits spread over provinces, years, bodies and cited documents.

In: a ``Store`` and a query.  Out: facets whose every value can be put behind its field to see just
these.

Hits come out of SQLite as one line of numbers and are counted with numpy: a passage's number holds
its plan's, so that most facets need no look-up per hit.  Who has which role where is one array,
kept while the corpus does not change.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from pipeline.corpus import schema
from pipeline.corpus.compiling import compile_query
from pipeline.corpus.query import parse
from pipeline.corpus.searching import numbers
from pipeline.corpus.store import Store
from pipeline.errors import UsageError
from pipeline.settings import settings

FacetName = Literal["province", "year", "issuer", "agency", "cites", "kind"]
FACETS: tuple[FacetName, ...] = get_args(FacetName)
Numbers = npt.NDArray[np.int64]

_PLAN_COLUMNS = {"province": "province", "issuer": "issuer", "kind": "kind"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet.

    Attributes:
        value: as shown; None for plans that have none.
        role: of an agency, else None.
        passages: hits with it.
        plans: plans of these hits.
        query: what to add to the query to see just these, None where no field asks for it.
    """

    value: str | None
    role: str | None
    passages: int
    plans: int
    query: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its most frequent values and how many there are in all."""

    name: FacetName
    values: tuple[Value, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Facets:
    """All facets of one answer."""

    query: str
    passages: int
    plans: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class _Charges:
    """Which body has which role in which passage, without repeats, by passage."""

    passage: Numbers
    pair: Numbers


@dataclass(frozen=True, slots=True)
class _Cited:
    """Which plan cites which document, without repeats; ``place`` counts in ``labels``."""

    plan: Numbers
    place: Numbers
    labels: list[str]
    queries: list[str]


class FacetCounter:
    """Counts for one open corpus; keeps what does not change from query to query.

    Args:
        store: open.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changes = -1
        self._charges: _Charges | None = None
        self._plan_values: dict[str, dict[int, str | None]] = {}
        self._years: list[tuple[int, int]] = []
        self._cited: _Cited | None = None

    def count(self, text: str, *, top: int = 10, names: tuple[FacetName, ...] = FACETS) -> Facets:
        """Facets of a query.

        Args:
            text: the query; the empty one counts everything.
            top: values per facet.
            names: which facets.

        Raises:
            QueryError: the query is not understood.
            UsageError: there is no such facet, or ``top`` is negative.
        """
        wrong = [name for name in names if name not in FACETS]
        most = settings().max_results
        if wrong or not 0 <= top <= most:
            raise UsageError(f"facets are {', '.join(FACETS)}, with 0 to {most} values each.")
        asked = compile_query(parse(text))
        with self._store.snapshot() as connection:
            self._refresh(connection)
            line = numbers(connection, asked)
            hits = np.fromstring(line, dtype=np.int64, sep=",") if line else _none()
            plans, per_plan = np.unique(hits // schema.PLACES, return_counts=True)
            weights = dict(zip(plans.tolist(), per_plan.tolist(), strict=True))
            found = []
            for name in names:
                if name == "agency":
                    values, distinct = self._agencies(connection, np.sort(hits), top)
                elif name == "cites":
                    values, distinct = self._citations(plans, per_plan, top)
                else:
                    values = self._of_plans(name, weights)
                    distinct = len(values)
                found.append(Facet(name, _ordered(name, values[:top]), distinct))
        return Facets(text, len(hits), len(plans), tuple(found))

    def _refresh(self, connection: sqlite3.Connection) -> None:
        changes = self._store.changes()
        if changes == self._changes:
            return
        for name, column in _PLAN_COLUMNS.items():
            self._plan_values[name] = dict(connection.execute(f"SELECT id, {column} FROM plans"))
        self._years = connection.execute("SELECT plan, year FROM plan_years").fetchall()
        self._cited = _read_cited(connection)
        rows = connection.execute(
            "SELECT DISTINCT passage, body * 16 + CASE role"
            + "".join(f" WHEN '{role}' THEN {place}" for place, role in enumerate(_roles()))
            + " END FROM assignments ORDER BY passage"
        ).fetchall()
        table = np.array(rows, dtype=np.int64).reshape(-1, 2)
        self._charges = _Charges(table[:, 0].copy(), table[:, 1].copy())
        self._changes = changes

    def _of_plans(self, name: FacetName, weights: dict[int, int]) -> list[Value]:
        if name == "year":
            return _spread([(plan, str(year)) for plan, year in self._years], weights)
        own = self._plan_values[name]
        return _spread([(plan, own.get(plan)) for plan in weights], weights, name)

    def _agencies(
        self, connection: sqlite3.Connection, hits: Numbers, top: int
    ) -> tuple[list[Value], int]:
        charges = self._charges
        if charges is None or not len(hits) or not len(charges.passage):
            return [], 0
        place = np.minimum(np.searchsorted(hits, charges.passage), len(hits) - 1)
        inside = hits[place] == charges.passage
        pairs = charges.pair[inside]
        found, passages = np.unique(pairs, return_counts=True)
        # A pair and its plan in one number: counting single numbers is many times quicker.
        own = charges.passage[inside] // schema.PLACES
        most = int(own.max()) + 1 if len(own) else 1
        both = np.unique(pairs * most + own) // most
        plans = np.unique(both, return_counts=True)[1]
        order = np.argsort(-passages, kind="stable")[:top]
        names = dict(
            connection.execute(
                f"SELECT id, name FROM bodies WHERE id IN ({', '.join('?' * len(order))})",
                [int(found[at]) // 16 for at in order],
            ).fetchall()
        )
        roles = _roles()
        values = [
            Value(
                names[int(found[at]) // 16],
                roles[int(found[at]) % 16],
                int(passages[at]),
                int(plans[at]),
                f"{roles[int(found[at]) % 16]}:{_quoted(names[int(found[at]) // 16])}",
            )
            for at in order
        ]
        return values, len(found)

    def _citations(self, plans: Numbers, per_plan: Numbers, top: int) -> tuple[list[Value], int]:
        cited = self._cited
        if cited is None or not len(plans) or not len(cited.plan):
            return [], 0
        place = np.minimum(np.searchsorted(plans, cited.plan), len(plans) - 1)
        inside = plans[place] == cited.plan
        size = len(cited.labels)
        of_plans = np.bincount(cited.place[inside], minlength=size)
        of_passages = np.bincount(
            cited.place[inside], weights=per_plan[place[inside]], minlength=size
        )
        order = np.lexsort((-of_passages, -of_plans))[: min(top, int((of_plans > 0).sum()))]
        values = [
            Value(
                cited.labels[at],
                None,
                int(of_passages[at]),
                int(of_plans[at]),
                f"cites:{_quoted(cited.queries[at])}",
            )
            for at in order
        ]
        return values, int((of_plans > 0).sum())


def _read_cited(connection: sqlite3.Connection) -> _Cited:
    """Documents as ``cites:`` tells them apart: by number, or by the name of a law."""
    rows = connection.execute(
        "SELECT DISTINCT c.plan, coalesce(d.number_key, d.name_key), coalesce(d.number, d.name),"
        " d.kind FROM citations c JOIN documents d ON d.id = c.document"
        " ORDER BY c.plan, d.id"
    )
    places: dict[str, int] = {}
    labels: list[str] = []
    queries: list[str] = []
    pairs: dict[tuple[int, int], None] = {}
    for plan, key, name, kind in rows:
        if key not in places:
            places[key] = len(labels)
            labels.append(f"{kind} {name}" if kind else name)
            queries.append(name)
        pairs[plan, places[key]] = None
    table = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return _Cited(table[:, 0].copy(), table[:, 1].copy(), labels, queries)


def _spread(
    pairs: list[tuple[int, str | None]], weights: dict[int, int], name: str = "year"
) -> list[Value]:
    passages: dict[str | None, int] = {}
    plans: dict[str | None, int] = {}
    for plan, value in pairs:
        if plan in weights:
            passages[value] = passages.get(value, 0) + weights[plan]
            plans[value] = plans.get(value, 0) + 1
    found = [
        Value(
            value,
            None,
            passages[value],
            plans[value],
            None if value is None else f"{name}:{_quoted(value)}",
        )
        for value in passages
    ]
    return sorted(found, key=lambda value: (-value.passages, -value.plans, value.value or ""))


def _ordered(name: FacetName, values: list[Value]) -> tuple[Value, ...]:
    """Years read better in their order; everything else by how often it is there."""
    in_order = sorted(values, key=lambda value: value.value or "") if name == "year" else values
    return tuple(in_order)


def _roles() -> tuple[str, ...]:
    from pipeline.corpus.fields import ROLES

    return ROLES


def _quoted(value: str) -> str:
    bare = value.replace('"', " ").replace("“", " ").replace("”", " ")
    return f'"{bare}"' if " " in bare or "(" in bare or ")" in bare else bare


def _none() -> Numbers:
    return np.empty(0, dtype=np.int64)
