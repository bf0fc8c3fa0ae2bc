"""Counts beside an answer: how the hits spread over provinces, years, bodies and cited documents.

In: a ``Store`` and a query.  Out: facets whose every value can be put behind its field to see just
these.

Hits come out of SQLite as one line of numbers and are counted with numpy: a passage's number holds
its plan's, so that most facets need no look-up per hit.  Who has which role where is one array,
kept while the corpus does not change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
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
class _Values:
    """Which plan has which value of a facet, without repeats; ``place`` counts in ``labels``.

    ``queries``: what each label is behind the facet's field.
    """

    plan: Numbers
    place: Numbers
    labels: list[str | None]
    queries: list[str | None]


@dataclass(frozen=True, slots=True)
class Basis:
    """What facets are counted from: of the whole corpus, the same for every query."""

    charges: _Charges
    values: dict[str, _Values]


def read_basis(connection: sqlite3.Connection) -> Basis:
    """The basis of a corpus as it stands."""
    values = {name: _read(connection, sql) for name, sql in _OF_PLANS.items()}
    # As two lines of numbers: rows of Python's own would take ten times as long.
    found = connection.execute(
        "SELECT group_concat(number), group_concat(pair) FROM (SELECT DISTINCT"
        " plan << 16 | passage AS number, body * 16 + CASE role"
        + "".join(f" WHEN '{role}' THEN {place}" for place, role in enumerate(_roles()))
        + " END AS pair FROM assignments)"
    ).fetchone()
    passage, pair = (_numbers(line) for line in found)
    order = np.argsort(passage, kind="stable")
    return Basis(_Charges(passage[order], pair[order]), values)


class FacetCounter:
    """Counts for one open corpus.

    Args:
        store: open.
        basis: gives what to count from; by default it is read when the corpus has changed.
    """

    def __init__(self, store: Store, basis: Callable[[], Basis] | None = None) -> None:
        self._store = store
        self._given = basis
        self._changes = -1
        self._basis = Basis(_Charges(_none(), _none()), {})

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
            basis = self._fresh(connection) if self._given is None else self._given()
            hits = _numbers(numbers(connection, asked))
            plans, per_plan = np.unique(hits // schema.PLACES, return_counts=True)
            found = []
            for name in names:
                if name == "agency":
                    values, distinct = _agencies(connection, basis.charges, np.sort(hits), top)
                else:
                    values, distinct = _most(name, basis.values[name], plans, per_plan, top)
                found.append(Facet(name, _ordered(name, values), distinct))
        return Facets(text, len(hits), len(plans), tuple(found))

    def _fresh(self, connection: sqlite3.Connection) -> Basis:
        changes = self._store.changes()
        if changes != self._changes:
            self._basis, self._changes = read_basis(connection), changes
        return self._basis


def _agencies(
    connection: sqlite3.Connection, charges: _Charges, hits: Numbers, top: int
) -> tuple[list[Value], int]:
    """The bodies with most roles in these hits, and how many pairs of body and role there are."""
    if not len(hits) or not len(charges.passage):
        return [], 0
    place = np.minimum(np.searchsorted(hits, charges.passage), len(hits) - 1)
    inside = hits[place] == charges.passage
    pairs = charges.pair[inside]
    found, passages = np.unique(pairs, return_counts=True)
    # A pair and its plan in one number: counting single numbers is many times quicker.
    own = charges.passage[inside] // schema.PLACES
    most = int(own.max()) + 1 if len(own) else 1
    both = np.sort(pairs * most + own)
    once = np.flatnonzero(np.diff(both, prepend=-1)) if len(both) else both
    plans = np.unique(both[once] // most, return_counts=True)[1]
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
        if int(found[at]) // 16 in names  # the basis may be older than the corpus
    ]
    return values, len(found)


# Plan, what makes a value one, how it is shown, what stands behind the field; without repeats.
_OF_PLANS = {
    "province": "SELECT id, province, province, province FROM plans",
    "year": "SELECT plan, year, CAST(year AS TEXT), CAST(year AS TEXT) FROM plan_years",
    "issuer": "SELECT id, issuer, issuer, issuer FROM plans",
    "cites": """SELECT DISTINCT c.plan, coalesce(d.number_key, d.name_key),
        coalesce(d.kind || ' ', '') || coalesce(d.number, d.name), coalesce(d.number, d.name)
        FROM citations c JOIN documents d ON d.id = c.document ORDER BY c.plan, d.id""",
    "kind": "SELECT id, kind, kind, kind FROM plans",
}


def _read(connection: sqlite3.Connection, sql: str) -> _Values:
    places: dict[str | int | None, int] = {}
    labels: list[str | None] = []
    queries: list[str | None] = []
    pairs: dict[tuple[int, int], None] = {}
    for plan, key, label, query in connection.execute(sql):
        if key not in places:
            places[key] = len(labels)
            labels.append(label)
            queries.append(query)
        pairs[plan, places[key]] = None
    table = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return _Values(table[:, 0].copy(), table[:, 1].copy(), labels, queries)


def _most(
    name: FacetName, values: _Values, plans: Numbers, per_plan: Numbers, top: int
) -> tuple[list[Value], int]:
    """The most frequent values of these plans and how many there are in all."""
    if not len(plans) or not len(values.plan):
        return [], 0
    at = np.minimum(np.searchsorted(plans, values.plan), len(plans) - 1)
    inside = plans[at] == values.plan
    size = len(values.labels)
    of_plans = np.bincount(values.place[inside], minlength=size)
    of_passages = np.bincount(values.place[inside], weights=per_plan[at[inside]], minlength=size)
    # What a plan cites is told by plans; everything else by what was found.
    counts = (-of_passages, -of_plans) if name == "cites" else (-of_plans, -of_passages)
    distinct = int((of_plans > 0).sum())
    return [
        Value(
            values.labels[place],
            None,
            int(of_passages[place]),
            int(of_plans[place]),
            None if (own := values.queries[place]) is None else f"{name}:{_quoted(own)}",
        )
        for place in np.lexsort(counts)[: min(top, distinct)]
    ], distinct


def _ordered(name: FacetName, values: list[Value]) -> tuple[Value, ...]:
    """Years read better in their order; everything else by how often it is there."""
    in_order = sorted(values, key=lambda value: value.value or "") if name == "year" else values
    return tuple(in_order)


def _roles() -> tuple[str, ...]:
    from pipeline.corpus.conditions import ROLES

    return ROLES


def _quoted(value: str) -> str:
    bare = value.replace('"', " ").replace("“", " ").replace("”", " ")
    return f'"{bare}"' if " " in bare or "(" in bare or ")" in bare else bare


def _numbers(line: str | None) -> Numbers:
    """Numbers that SQLite has joined by commas."""
    return np.fromstring(line, dtype=np.int64, sep=",") if line else _none()


def _none() -> Numbers:
    return np.empty(0, dtype=np.int64)
