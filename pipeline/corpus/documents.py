"""Cited documents as things of their own: which citations of different plans mean one document.

In: references of a record.  Out: an ``Identity`` per reference, the same for the same document.

A number is no identity: "58/QĐ-UBND" exists in every province and again every year.  So a document
is its *family* (number and place, or kind and name of a law) in one *year*.  The year is the cited
date's or the number's own.  A citation without a year keeps the family alone; it means the dated
document of its family where the corpus knows exactly one, and is listed as ambiguous where it
knows several.  That is decided when it is asked for, so adding a plan never rewrites another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models import Reference
from pipeline.corpus import spelling

_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d{2})/")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a cited document one; empty strings where the citation does not say.

    Attributes:
        family: number and place, or kind and name.
        year: four digits, or "".
        number_key: the number as it is compared, or None for a law cited by name.
        name_key: the name's folded words, or None.
        place: folded name of the province inside which the number counts, or "".
    """

    family: str
    year: str
    number_key: str | None
    name_key: str | None
    place: str

    @property
    def key(self) -> str:
        """Family and year."""
        return f"{self.family}|{self.year}"


def number_key(number: str) -> str:
    """A document number as it is compared: no blanks, no case, no marks, no leading zeros.

    >>> number_key("Số: 076 /NQ-CP") == number_key("76/nq-cp")
    True
    """
    bare = re.sub(r"(?i)^\s*s(?:ố|ô|o)\s*[:.]?\s*", "", number)
    bare = re.sub(r"\s+", "", re.sub(r"[–—−‐‑]", "-", bare))
    return _LEADING_ZEROS.sub("", "".join(map(_folded_sign, bare)))


def _folded_sign(sign: str) -> str:
    return spelling.folded(sign) if sign.isalnum() else sign


def identity(reference: Reference) -> Identity | None:
    """The document that a full citation names; None for a short form ("Kế hoạch này")."""
    number = reference.canonical_number or reference.number
    if reference.short or (number is None and not reference.name):
        return None
    year = _YEAR.match(reference.date or "")
    if number is None:
        name = spelling.key(reference.name or "")
        kind = spelling.key(reference.kind or "")
        return Identity(f"{kind}|{name}", year.group() if year else "", None, name, "")
    if "/" not in number and "-" not in number:
        return None
    own_year = _YEAR_IN_NUMBER.search(number)
    parts = reference.key.split("|")
    place = spelling.key(parts[3]) if len(parts) == 5 else ""
    found = own_year.group(1) if own_year else year.group() if year else ""
    key = number_key(number)
    return Identity(f"{key}|{place}", found, key, None, place)
