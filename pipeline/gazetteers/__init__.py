"""Names of the field as data: CSV files with their sources and dates, and one loader.

In: the CSV files of this folder.  Out: small frozen records and look-ups by comparison key.  No
name of a province, agency, document type or programme stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline import packaged
from pipeline.language.keys import key


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """One province during one period; empty dates mean "always was" and "still is" (ISO dates)."""

    name: str
    kind: str
    code: str
    valid_from: str
    valid_to: str
    successor: str
    aliases: tuple[str, ...]
    source: str

    def valid_on(self, day: str) -> bool:
        """True when the row holds on an ISO date (or a prefix of one: year, year-month)."""
        return (not self.valid_from or self.valid_from[: len(day)] <= day) and (
            not self.valid_to or day <= self.valid_to[: len(day)]
        )


def rows(name: str) -> list[dict[str, str]]:
    """Rows of one CSV file of this folder (without its ending)."""
    return packaged.rows("pipeline.gazetteers", name)


@cache
def provinces() -> tuple[ProvinceRow, ...]:
    """All provinces of both eras, in the order of the file."""
    return tuple(
        ProvinceRow(
            row["name"],
            row["kind"],
            row["code"],
            row["valid_from"],
            row["valid_to"],
            row["successor"],
            tuple(filter(None, row["aliases"].split("|"))),
            row["source"],
        )
        for row in rows("provinces")
    )


@cache
def province_names() -> dict[str, str]:
    """Comparison key of every name and alias → the province's name."""
    names: dict[str, str] = {}
    for row in provinces():
        for name in (row.name, *row.aliases):
            names.setdefault(key(name), row.name)
    return names


def province_on(name: str, day: str | None) -> ProvinceRow | None:
    """The row of a province on a day (ISO date or prefix), or the nearest one by name.

    Without a day, or when the name did not exist on it, the oldest row of that name.
    """
    found = [row for row in provinces() if row.name == name]
    for row in found:
        if day and row.valid_on(day):
            return row
    return found[0] if found else None


@cache
def is_city(name: str) -> bool:
    """Is the province of this name a city under the central government?"""
    return any(row.kind == "thành phố" for row in provinces() if row.name == name)


def current(row: ProvinceRow) -> ProvinceRow:
    """Today's province for a row: follow the successors to the end."""
    seen: set[tuple[str, str]] = set()
    while row.valid_to and (row.name, row.valid_from) not in seen:
        seen.add((row.name, row.valid_from))
        day = row.valid_to
        later = [
            other
            for other in provinces()
            if other.name == row.successor and (not other.valid_to or other.valid_to > day)
        ]
        if not later:
            break
        row = min(later, key=lambda other: other.valid_from)
    return row


@cache
def document_types() -> dict[str, str]:
    """Folded abbreviation → full name ("ctr" → "Chương trình")."""
    return {row["code"].casefold(): row["name"] for row in rows("document_types")}


@cache
def document_codes() -> dict[str, str]:
    """Folded full name → official abbreviation ("kế hoạch" → "KH")."""
    return {row["name"].casefold(): row["code"] for row in rows("document_types")}


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation → what it stands for ("GTVT" → "giao thông vận tải")."""
    return {row["short"]: row["long"] for row in rows("abbreviations")}


@cache
def issuer_codes() -> dict[str, str]:
    """Issuer code of a document number → name ("TTg" → "Thủ tướng Chính phủ")."""
    return {row["code"]: row["name"] for row in rows("issuer_codes")}


@cache
def programmes() -> tuple[tuple[str, str], ...]:
    """(name or alias, number of the founding document) of national programmes."""
    found: list[tuple[str, str]] = []
    for row in rows("programmes"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found.append((name, row["document"]))
    return tuple(found)


@cache
def laws() -> tuple[tuple[str, str], ...]:
    """(kind, name) of laws, codes and ordinances cited by name: ("Luật", "Đất đai")."""
    return tuple((row["kind"], row["name"]) for row in rows("laws"))


@cache
def holidays() -> tuple[str, ...]:
    """Feasts and holidays that plans name as an occasion, longest name first."""
    return tuple(sorted((row["name"] for row in rows("holidays")), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One body by name; ``successors`` main one first; empty dates mean "always" and "still"."""

    name: str
    kind: str
    level: str
    valid_from: str
    valid_to: str
    successors: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def agencies() -> tuple[AgencyRow, ...]:
    """Bodies known by name, of all eras."""
    return tuple(
        AgencyRow(
            row["name"],
            row["kind"],
            row["level"],
            row["valid_from"],
            row["valid_to"],
            tuple(filter(None, row["successors"].split("|"))),
            tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in rows("agencies")
    )


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A head noun of names of bodies ("Chi cục"), and how a name goes on behind it.

    ``wide``: a sentence of its own may follow; ``lower``: small letters may; ``alone``: the head is
    a name already; ``placed``: a place is enough.
    """

    name: str
    wide: bool
    lower: bool
    alone: bool
    placed: bool


@cache
def agency_heads() -> tuple[HeadRow, ...]:
    """Head nouns of names of bodies."""
    return tuple(
        HeadRow(row["name"], *(row[use] == "x" for use in ("wide", "lower", "alone", "placed")))
        for row in rows("agency_heads")
    )


@dataclass(frozen=True, slots=True)
class StopRow:
    """A word that ends a body's name; ``in_wide``: also the name of an association or a fund.

    ``unless``: words behind it with which it is part of a name ("giao thông").
    """

    word: str
    in_wide: bool
    unless: tuple[str, ...]


@cache
def name_stops() -> tuple[StopRow, ...]:
    """Words that end a body's name: verbs of duties, prepositions, conjunctions."""
    return tuple(
        StopRow(row["word"], row["in_wide"] == "x", tuple(filter(None, row["unless"].split("|"))))
        for row in rows("name_stops")
    )


@dataclass(frozen=True, slots=True)
class NounRow:
    """A noun that classes of bodies are made of ("các sở, ban, ngành").

    ``office``: its class is definite; ``loose``: one in the list makes it indefinite; ``alone``: a
    class without more ("các cơ quan").
    """

    noun: str
    office: bool
    loose: bool
    alone: bool


@cache
def class_nouns() -> tuple[NounRow, ...]:
    """Nouns of classes of bodies."""
    return tuple(
        NounRow(row["noun"], *(row[use] == "x" for use in ("office", "loose", "alone")))
        for row in rows("class_nouns")
    )


@dataclass(frozen=True, slots=True)
class QualityRow:
    """What members of a class do ("công lập"); ``behind``: only behind this noun."""

    words: str
    behind: str


@cache
def class_qualities() -> tuple[QualityRow, ...]:
    """What narrows a class of bodies."""
    return tuple(QualityRow(row["words"], row["behind"]) for row in rows("class_qualities"))
