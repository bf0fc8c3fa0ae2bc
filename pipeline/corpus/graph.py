"""The citation graph: plans and the documents they cite, over the whole corpus.

In: a ``Store``.  Out: nodes and edges, citations of one document, and what does not fit: numbers
that could mean several documents, and documents that are cited with two dates or kinds.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from pipeline.corpus import conditions
from pipeline.corpus.store import Store
from pipeline.corpus.syntax import Place
from pipeline.errors import NotInCorpus


@dataclass(frozen=True, slots=True)
class Document:
    """A cited document, or a plan, as a node.

    Attributes:
        node: "d12" for a cited document, "p3" for a plan.
        kind, number, name, place, year, date: what is known; "" where nothing is.
        plan: number of the plan in the corpus that this document is, or None.
        citations, plans: how often, and by how many plans it is cited.
    """

    node: str
    kind: str
    number: str
    name: str
    place: str
    year: str
    date: str
    plan: int | None
    citations: int
    plans: int

    @property
    def label(self) -> str:
        """Kind and number or name."""
        return " ".join(filter(None, [self.kind, self.number or self.name]))


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where a plan cites a document: an edge."""

    plan: int
    record_id: str
    plan_number: str
    province: str
    document: str
    role: str
    text: str
    date: str
    resolved: str
    section: str
    page: int | None
    passage: int
    start: int
    end: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something about a cited document that needs a person."""

    problem: Literal["several dates", "several kinds", "ambiguous", "unresolved"]
    document: str
    detail: str
    citations: int


_CITATIONS = """
SELECT p.id, p.record_id, coalesce(p.number, ''), coalesce(p.province, ''), 'd' || i.identity,
       c.role, substr(p.text, c.start + 1, c.end - c.start), coalesce(c.date, ''), i.resolved,
       coalesce(s.path, ''), a.page, a.id, c.start, c.end,
       substr(p.text, a.start + 1, a.end - a.start)
FROM citations c JOIN plans p ON p.id = c.plan
JOIN passages a ON a.plan = c.plan AND a.place = c.passage
LEFT JOIN sections s ON s.plan = a.plan AND s.place = a.section
JOIN document_identity i ON i.document = c.document
"""


def nodes(store: Store) -> list[Document]:
    """All cited documents, most cited first, then all plans that no document stands for."""
    with store.snapshot() as connection:
        own = _own_numbers(connection)
        found = []
        for row in connection.execute(
            "SELECT d.id, coalesce(d.kind, ''), coalesce(d.number, ''), coalesce(d.name, ''),"
            " coalesce(d.place, ''), d.year, coalesce(d.number_key, ''), count(c.plan),"
            " count(DISTINCT c.plan), coalesce((SELECT x.date FROM citations x WHERE"
            " x.document = d.id AND length(x.date) = 10 GROUP BY x.date"
            " ORDER BY count(*) DESC, x.date LIMIT 1), '')"
            " FROM documents d JOIN document_identity i ON i.identity = d.id"
            " JOIN citations c ON c.document = i.document"
            " GROUP BY d.id ORDER BY 9 DESC, 8 DESC, d.id"
        ):
            number, kind, printed, name, place, year, key, citations, plans, date = row
            plan = own.get((key, place, year)) if key else None
            found.append(
                Document(
                    f"d{number}", kind, printed, name, place, year, date, plan, citations, plans
                )
            )
        known = {node.plan for node in found}
        for row in connection.execute(
            "SELECT id, coalesce(kind_name, ''), coalesce(number, ''), coalesce(title, ''),"
            " coalesce(province, ''), coalesce(issued_on, '') FROM plans ORDER BY id"
        ):
            plan, kind, number, title, province, issued = row
            if plan not in known:
                found.append(
                    Document(
                        f"p{plan}", kind, number, title, province, issued[:4], issued, plan, 0, 0
                    )
                )
        return found


def edges(store: Store) -> list[Citation]:
    """Every citation that names a document, by plan and place."""
    with store.snapshot() as connection:
        return [
            Citation(*row) for row in connection.execute(_CITATIONS + " ORDER BY p.id, c.start")
        ]


def cites(store: Store, value: str) -> tuple[list[Document], list[Citation]]:
    """Who cites a document, and where.

    Args:
        store: open.
        value: its number, with or without "số" and kind, or words of a law's name.

    Returns:
        The documents that are meant and every citation of them, by plan and place.

    Raises:
        QueryError: no number and no words.
        NotInCorpus: nobody cites it.
    """
    sql, parameters = conditions.cited(value, Place(0, len(value)))
    with store.snapshot() as connection:
        wanted = {
            f"d{row[0]}"
            for row in connection.execute(
                f"SELECT identity FROM document_identity WHERE document IN ({sql})", parameters
            )
        }
        if not wanted:
            raise NotInCorpus(f'no plan cites "{value}".')
        found = [
            Citation(*row)
            for row in connection.execute(
                f"{_CITATIONS} WHERE c.document IN ({sql}) ORDER BY p.id, c.start", parameters
            )
        ]
        documents = [node for node in nodes(store) if node.node in wanted]
        return documents, found


def conflicts(store: Store) -> list[Conflict]:
    """What a person should look at, the most cited first."""
    with store.snapshot() as connection:
        label = "coalesce(d.kind || ' ', '') || coalesce(d.number, d.name)"
        found = [
            Conflict("several dates", *row)
            for row in connection.execute(
                f"SELECT {label} || coalesce(' (' || d.place || ')', ''),"
                " group_concat(DISTINCT c.date), count(*)"
                " FROM citations c JOIN documents d ON d.id = c.document"
                " WHERE length(c.date) = 10 AND c.refers_to IS NULL"
                " GROUP BY d.id HAVING count(DISTINCT c.date) > 1"
            )
        ]
        found += [
            Conflict("several kinds", *row)
            for row in connection.execute(
                "SELECT d.number || coalesce(' (' || d.place || ')', ''),"
                " group_concat(DISTINCT coalesce(c.kind, d.kind)), count(*)"
                " FROM citations c JOIN documents d ON d.id = c.document"
                " WHERE d.number_key IS NOT NULL"
                " GROUP BY d.id HAVING count(DISTINCT lower(coalesce(c.kind, d.kind))) > 1"
            )
        ]
        found += [
            Conflict("ambiguous", *row)
            for row in connection.execute(
                f"SELECT {label}, (SELECT group_concat(o.year) FROM documents o"
                " WHERE o.family = d.family AND o.year <> ''), count(c.plan)"
                " FROM documents d JOIN document_identity i ON i.document = d.id"
                " JOIN citations c ON c.document = d.id WHERE i.resolved = 'ambiguous'"
                " GROUP BY d.id"
            )
        ]
        found += [
            Conflict("unresolved", *row)
            for row in connection.execute(
                "SELECT substr(p.text, c.start + 1, c.end - c.start) AS words,"
                " group_concat(DISTINCT 'p' || c.plan), count(*)"
                " FROM citations c JOIN plans p ON p.id = c.plan"
                " WHERE c.document IS NULL AND c.is_self = 0 GROUP BY words"
            )
        ]
        return sorted(found, key=lambda one: (-one.citations, one.problem, one.document))


def _own_numbers(connection: sqlite3.Connection) -> dict[tuple[str, str, str], int]:
    """(number, folded province or "", year) of every plan that has a number and a date."""
    from pipeline.corpus import spelling

    found: dict[tuple[str, str, str], int] = {}
    for plan, number, province, issued in connection.execute(
        "SELECT id, number_key, province, issued_on FROM plans"
        " WHERE number_key IS NOT NULL AND issued_on IS NOT NULL"
    ):
        for place in (spelling.key(province or ""), ""):
            found.setdefault((number, place, issued[:4]), plan)
    return found
