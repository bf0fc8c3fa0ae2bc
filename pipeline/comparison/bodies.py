"""Bodies of different provinces as one type: "Sở Nội vụ tỉnh A" and "Sở Nội vụ tỉnh B" are alike.

In: ``models.Agency``.  Out: ``BodyType``.  Names of the own province are taken off, abbreviations
spelled out, classes of bodies ("UBND các huyện, thị xã, thành phố") folded by ``body_types.csv``,
and what was dissolved in 2025 is followed to its main successor through the gazetteer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from models import Agency
from pipeline import gazetteers
from pipeline.comparison.data import body_types
from pipeline.language.keys import key, spelled

_OWN = re.compile(r"(?i)\s+(?:của\s+|cấp\s+|(?:trực\s+)?thuộc\s+)?(?:tỉnh|thành phố|tp\.?)$")
_LEADING = re.compile(r"(?i)^(?:lãnh đạo|đồng chí|thủ trưởng|người đứng đầu)\s+(?:các\s+)?")
_KEPT_SHORT = {"UBND", "HĐND", "MTTQ", "UBMTTQ"}


@dataclass(frozen=True, slots=True)
class BodyType:
    """A type of body.

    Attributes:
        name: what it is called in every province.
        today: the type that has its work today, main successor first named by the decree.
        named: a body of its own, not a class or an indefinite group.
    """

    name: str
    today: str
    named: bool


def body_type(agency: Agency) -> BodyType:
    """The type of a body.

    Args:
        agency: of one record.

    Returns:
        Its type; ``today`` equals ``name`` where nothing changed or nothing is known.
    """
    name, today = typed(agency.canonical or agency.name)
    if today == name and agency.successor:
        today = typed(agency.successor[0])[0]
    return BodyType(name, today, agency.kind == "named")


@lru_cache(maxsize=16384)
def typed(name: str) -> tuple[str, str]:
    """Type of a body by its name, and the type that has its work today."""
    bare = _bare(_spelled_out(_LEADING.sub("", name.strip())))
    for form in (spelled(name), spelled(bare)):
        for pattern, kind, today in body_types():
            if pattern.match(form):
                return kind, today
    known = _gazetteer().get(key(bare))
    if known is None:
        return bare[:1].upper() + bare[1:], bare[:1].upper() + bare[1:]
    return known


def _bare(name: str) -> str:
    """Without the province: "Sở Y tế tỉnh Nam Định" → "Sở Y tế"; "Công an tỉnh" keeps its level."""
    words = name.split()
    provinces = gazetteers.province_names()
    for size in (5, 4, 3, 2, 1):
        if len(words) > size and key(" ".join(words[-size:])) in provinces:
            words = words[:-size]
            break
    bare = " ".join(words).strip(" ,;-")
    if re.match(r"(?i)công an\b|ubnd\b|hđnd\b|ủy ban nhân dân\b|hội đồng nhân dân\b", bare):
        return bare
    return _OWN.sub("", bare) or bare


def _spelled_out(name: str) -> str:
    long = _abbreviations()
    return " ".join(long.get(word, word) for word in name.split())


@cache
def _abbreviations() -> dict[str, str]:
    return {
        short: long
        for short, long in gazetteers.abbreviations().items()
        if short not in _KEPT_SHORT
    }


@cache
def _gazetteer() -> dict[str, tuple[str, str]]:
    """Key of every known name and alias → (type, type today)."""
    found: dict[str, tuple[str, str]] = {}
    for row in gazetteers.agencies():
        today = row.successors[0] if row.successors else row.name
        for name in (row.name, *row.aliases):
            found.setdefault(key(name), (row.name, today))
    return found
