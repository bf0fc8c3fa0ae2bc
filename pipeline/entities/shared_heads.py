"""Lists of bodies under one head noun: "các Sở: Tài chính, Nội vụ, Giáo dục và Đào tạo".

In: clean text.  Out: ``Member`` objects, one per body, with the name that it would have alone.

Only names that the gazetteer knows with that head are members ("Sở" + "Tài chính"), the longest
first: so "Giáo dục và Đào tạo" stays whole, and a list ends where something else begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline import gazetteers
from pipeline.entities.agency_patterns import HEAD
from pipeline.gazetteers import AgencyRow
from pipeline.language.letters import UPPER

_HEADS = ("Sở", "Bộ", "Ban", "Hội")
_ROOMS = ("Phòng", "Vụ", "Cục")  # no list of them is complete: what stands after the colon
# Letters stand before what may not precede them: so the search jumps from one to the next.
_PLURAL = (
    r"[Cc]ác(?<!\w[Cc]ác)\s+(?:Thủ trưởng\s+|Giám đốc\s+)?(?P<head>{heads})"
    r"(?:,\s*(?:ban,\s*)?ngành(?:,\s*đoàn thể)?)?(?:\s+tỉnh|\s+[Tt]hành phố)?{colon}\s+(?={parts})"
)
# "Sở: Nội vụ, Tài chính"
_COLON = (
    r"(?P<head>{head})(?<![\w/]{head})(?<!ác {head})(?<!rưởng {head})(?<!đốc {head})"
    r"\s*:\s+(?={parts})"
)
_SINGLE = r"(?P<head>{head})(?<![\w/]{head})\s+(?={parts})"
# "Công an tỉnh", "Tài chính cấp huyện" are bodies of their own, not members of the list.
_ELSEWHERE = re.compile(r"(?i)\s+(?:tỉnh|thành phố|huyện|quận|xã|cấp|các|nhân dân|viên)\b")
_JOINT = re.compile(r"\s*(?:,\s*và\b|[,;/]|\bvà\b)\s*")
_DASH = re.compile(r"[ ]?[-–][ ]?")
_BETWEEN = re.compile(rf"[{UPPER}][^,;.:()\n]{{2,50}}")  # "Công an tỉnh" in the middle of a list
_ROOM = (
    rf"(?!Thủ trưởng|Chánh|Giám đốc|Các|(?!Tổ chức){HEAD.pattern})"
    rf"(?:[{UPPER}][\w&]*)(?:[ ](?!và\b)[^\s,;.:()]+|[ ][-–][ ][^\s,;.:()]+){{0,7}}"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One body of a list; ``name`` has the head, the span only where the head is printed there."""

    start: int
    end: int
    name: str
    row: AgencyRow | None


def find(text: str, start: int, end: int) -> Iterator[Member]:
    """Members of all lists in a stretch, without those whose own head is printed before them.

    Args:
        text: clean text.
        start: where the stretch begins.
        end: where it ends.
    """
    for opening, parts, alone in _lists():
        for m in opening.finditer(text, start, end):
            members = list(_members(text, m, parts, alone, end))
            if not alone and len(members) == 1 and m["head"].casefold() == "sở":
                continue  # "các Sở Y tế": no list, but the department of every province
            yield from members


def joined(text: str, start: int, stop: int, end: int) -> int:
    """Where "Sở Giao thông vận tải - Xây dựng" ends: two fields of one office, not an item's dash.

    Args:
        text: clean text.
        start: where the name of the first begins.
        stop: where it ends.
        end: where the stretch ends.
    """
    dash = _DASH.match(text, stop, end)
    if dash is None or not text.startswith("Sở ", start):
        return stop
    other = re.compile(_parts("Sở")).match(text, dash.end(), end)
    return other.end() if other else stop


def _members(
    text: str, opening: re.Match[str], parts: re.Pattern[str], alone: bool, end: int
) -> Iterator[Member]:
    head = opening["head"].capitalize()
    at = opening.end()
    first = True
    while at < end:
        m = parts.match(text, at, end)
        if m and head in ("Sở", "Bộ") and _ELSEWHERE.match(text, m.end()):
            m = None
        if m is None and (first or alone):
            return
        if m and not (alone and first):
            printed = " ".join(m.group().split())
            row = _rows(head).get(_spelled(printed))
            yield Member(opening.start("head") if first else at, m.end(), f"{head} {printed}", row)
        over = m or _BETWEEN.match(text, at, end)
        joint = _JOINT.match(text, over.end(), end) if over else None
        if joint is None or (m is None and not parts.match(text, joint.end(), end)):
            return
        at, first = joint.end(), False


def _spelled(printed: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", printed.casefold())


@cache
def _rows(head: str) -> dict[str, AgencyRow]:
    """What may stand after a head noun → the body, under all its names."""
    found: dict[str, AgencyRow] = {}
    for row in gazetteers.agencies():
        for name in (row.name, *row.aliases):
            if name.startswith(f"{head} "):
                part = _spelled(name[len(head) + 1 :])
                found.setdefault(part, row)
                found.setdefault(re.sub(r"\s(?:tỉnh|thành) ủy$", "", part), row)
    return found


@cache
def _parts(head: str) -> str:
    names = sorted(_rows(head), key=len, reverse=True)
    spelled = (re.escape(n).replace(r"\ ", r"\s+").replace(r"\-", r"\s*[-–]\s*") for n in names)
    return rf"(?=[{UPPER}])(?i:{'|'.join(spelled)})(?!\w)"


@cache
def _lists() -> tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]:
    """How a list opens, what its members look like, whether its head is printed for one only."""
    found = []
    for head in _HEADS:
        parts = _parts(head)
        plural = _PLURAL.format(heads=f"{head}|{head.lower()}", parts=parts, colon=r"\s*[:;]?")
        found.append((re.compile(plural), re.compile(parts), False))
        found.append((re.compile(_COLON.format(head=head, parts=parts)), re.compile(parts), False))
        found.append((re.compile(_SINGLE.format(head=head, parts=parts)), re.compile(parts), True))
    heads = "|".join((*_ROOMS, *(room.lower() for room in _ROOMS)))
    parts = rf"{_parts('Sở')}(?!\s*[-–])|{_ROOM}"
    rooms = [_PLURAL.format(heads=heads, parts=parts, colon=r"\s*:")]
    rooms += (_COLON.format(head=room, parts=parts) for room in _ROOMS)
    found += ((re.compile(opening), re.compile(parts), False) for opening in rooms)
    return tuple(found)
