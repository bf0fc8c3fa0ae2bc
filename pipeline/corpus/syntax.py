"""The parts of a query, as the parser hands them on.

Nothing here knows text or SQL: small frozen values, each with the place it was typed at (code
points of the query, counted from 0, end exclusive).
"""

from __future__ import annotations

from dataclasses import dataclass

# Grows when a query that was understood would be understood in another way.
GRAMMAR = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part was typed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``strict`` for exactly this spelling, ``prefix`` for every word that begins so."""

    text: str
    place: Place
    strict: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, nothing between them; ``prefix`` holds for the last one.

    ``code`` marks what was typed without quotes but is several words for the index: 76/NQ-CP.
    """

    words: tuple[str, ...]
    place: Place
    strict: bool = False
    prefix: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words or phrases with at most ``distance`` other words between them, in any order."""

    items: tuple[tuple[str, ...], ...]
    distance: int
    place: Place


@dataclass(frozen=True, slots=True)
class Named:
    """Bare words that are a name with other forms: UBND, sở khcn, cải cách hành chính."""

    words: tuple[Word, ...]
    forms: tuple[tuple[str, ...], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """A condition on a plan or passage; ``sql`` has one ``?`` per parameter and ``{id}``, where the
    passage's number stands."""

    name: str
    sql: str
    parameters: tuple[str | int | float, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node
    place: Place


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Node, ...]
    place: Place


Node = Word | Phrase | Near | Named | FieldTerm | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood; ``root`` is None for the empty one, which finds everything."""

    text: str
    root: Node | None
