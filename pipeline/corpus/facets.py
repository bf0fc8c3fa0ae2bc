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
        self._cited: list[tuple[int, str, str]] = []

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
        if wrong or top < 0:
            raise UsageError(f"facets are {', '.join(FACETS)}, with 0 or more values each.")
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
                    values = self._agencies(connection, np.sort(hits))
                elif name == "year":
                    values = _spread([(plan, str(year)) for plan, year in self._years], weights)
                elif name == "cites":
                    values = self._citations(weights)
                else:
                    own = self._plan_values[name]
                    values = _spread([(plan, own.get(plan)) for plan in weights], weights, name)
                found.append(Facet(name, tuple(_named(name, values)[:top]), len(values)))
        return Facets(text, len(hits), len(plans), tuple(found))

    def _refresh(self, connection: sqlite3.Connection) -> None:
        changes = self._store.changes()
        if changes == self._changes:
            return
        for name, column in _PLAN_COLUMNS.items():
            self._plan_values[name] = dict(connection.execute(f"SELECT id, {column} FROM plans"))
        self._years = connection.execute("SELECT plan, year FROM plan_years").fetchall()
        self._cited = connection.execute(
            "SELECT DISTINCT c.plan, d.number_key, coalesce(d.kind || ' ', '') ||"
            " coalesce(d.number, d.name) FROM citations c JOIN documents d ON d.id = c.document"
            " WHERE d.number_key IS NOT NULL UNION SELECT DISTINCT c.plan, '', d.name"
            " FROM citations c JOIN documents d ON d.id = c.document WHERE d.number_key IS NULL"
        ).fetchall()
        rows = connection.execute(
            "SELECT DISTINCT passage, body * 16 + CASE role"
            + "".join(f" WHEN '{role}' THEN {place}" for place, role in enumerate(_roles()))
            + " END FROM assignments ORDER BY passage"
        ).fetchall()
        table = np.array(rows, dtype=np.int64).reshape(-1, 2)
        self._charges = _Charges(table[:, 0].copy(), table[:, 1].copy())
        self._changes = changes

    def _agencies(self, connection: sqlite3.Connection, hits: Numbers) -> list[Value]:
        assert self._charges is not None
        charges = self._charges
        if not len(hits) or not len(charges.passage):
            return []
        place = np.minimum(np.searchsorted(hits, charges.passage), len(hits) - 1)
        inside = hits[place] == charges.passage
        pairs = charges.pair[inside]
        found, passages = np.unique(pairs, return_counts=True)
        both = np.unique(np.stack([pairs, charges.passage[inside] // schema.PLACES]), axis=1)
        plans = dict(zip(*np.unique(both[0], return_counts=True), strict=True))
        order = np.argsort(-passages, kind="stable")
        names = dict(
            connection.execute("SELECT id, name FROM bodies").fetchall() if len(found) else []
        )
        roles = _roles()
        return [
            Value(
                names[int(found[at]) // 16],
                roles[int(found[at]) % 16],
                int(passages[at]),
                int(plans[found[at]]),
                f"{roles[int(found[at]) % 16]}:{_quoted(names[int(found[at]) // 16])}",
            )
            for at in order
        ]

    def _citations(self, weights: dict[int, int]) -> list[Value]:
        seen: dict[tuple[str, str], str] = {}
        plans: dict[str, set[int]] = {}
        for plan, number, name in self._cited:
            if plan in weights:
                label = seen.setdefault((number, "" if number else name), name)
                plans.setdefault(label, set()).add(plan)
        fields = {
            label: f"cites:{_quoted(label.split()[-1] if number else label)}"
            for (number, _), label in seen.items()
        }
        found = [
            Value(label, None, sum(weights[plan] for plan in own), len(own), fields[label])
            for label, own in plans.items()
        ]
        return sorted(found, key=lambda value: (-value.plans, -value.passages, value.value or ""))


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


def _named(name: FacetName, values: list[Value]) -> list[Value]:
    """Years read better in their order; everything else by how often it is there."""
    return sorted(values, key=lambda value: value.value or "") if name == "year" else values


def _roles() -> tuple[str, ...]:
    from pipeline.corpus.fields import ROLES

    return ROLES


def _quoted(value: str) -> str:
    bare = value.replace('"', " ").replace("“", " ").replace("”", " ")
    return f'"{bare}"' if " " in bare or "(" in bare or ")" in bare else bare


def _none() -> Numbers:
    return np.empty(0, dtype=np.int64)
