"""Classes and groups of organisations ("các sở, ban, ngành"), and bodies that only a list tells.

In: clean text and the mentions or stretches already known.  Out: ``Mention`` objects.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from models.record import AgencyKind
from pipeline.entities import class_patterns
from pipeline.entities.agency_mentions import Mention, Taken


def classes(text: str, start: int, end: int, taken: Taken) -> Iterator[Mention]:
    """Groups and classes: a determiner or a known opening, class nouns, what narrows them."""
    for m in class_patterns.GENERIC_PHRASES.finditer(text, start, end):
        yield Mention(m.start(), m.end(), "generic", None, 0.7)
    for m in class_patterns.DETERMINED.finditer(text, start, end):
        items, qual = m.group("list"), m.group("qual")
        det = m.group("det")
        if not det and not class_patterns.OPENS_ALONE.match(text, m.start("list")):
            continue
        if _SOME.search(text, max(0, m.start() - 10), m.start()):
            continue
        if items.casefold() == "tổ chức" and _PERSONS_TOO.match(text, m.end()):
            continue  # whom a law binds, no body of this plan
        if _NO_BODY.match(text, m.end()):
            continue
        stop = m.end()
        inner = taken.first_in(m.start(), stop)
        if inner is not None:  # a name of its own stands in the list: the class ends before it
            stop = m.start() + len(_LIST_TAIL.sub("", text[m.start() : inner.start]))
            items, qual = text[m.start("list") : stop], ""
            if stop <= m.start("list"):
                continue
            if items.casefold() == "tổ chức" and inner.start == stop + 1:
                continue  # "các tổ chức Đoàn Thanh niên, Hội Sinh viên": they themselves
        owner = _OWNER.match(text, stop, end)
        whose = taken.starting_at(owner.end()) if owner else None
        if whose is not None and not det:
            whose = None
        single = not _SEVERAL.search(items) or _ONE_UNIT.fullmatch(items)
        if (
            single
            and not qual.strip()
            and not (whose is not None and _ROOMS.fullmatch(items))
            and not class_patterns.ALONE.match(items)
            and not _TRADES_ACT.match(text, m.start("list"))
        ):
            continue
        several = "," in items or " và " in items
        last = _last_class(items, qual, whose)
        if last:  # "các sở, ngành, cơ quan thành viên Ban …" are two classes
            at = m.start("list")
            end_of_last = stop if whose is None or (owner and owner["member"]) else whose.end
            yield Mention(at + last.start("who"), end_of_last, "collective", None, 0.75)
            stop, items, qual, whose = at + last.start(), items[: last.start()], "", None
        if owner and owner["member"] and ("," in owner["member"] or (several and owner["is"])):
            whose = None  # "các sở, ngành là thành viên Ban …": the class is named without it
        yield Mention(
            m.start(),
            whose.end if whose else stop,
            _class_kind(det, items, qual, whose),
            None,
            0.75,
        )
    for m in class_patterns.BRANCH.finditer(text, start, end):
        yield Mention(m.start(), m.end(), "generic", None, 0.7)


def _last_class(items: str, qual: str, whose: Mention | None) -> re.Match[str] | None:
    """The end of a list that is a class of its own: "các sở, tổ chức chính trị - xã hội"."""
    if qual.strip() == "thành viên" and whose is not None:
        return _MEMBERS.search(items)
    return _ORGANISATIONS.search(items) if _POLITICAL.match(qual) else None


_MEMBERS = re.compile(r"(?:\s*,|\s+và)\s+(?:các\s+)?(?P<who>cơ quan|đơn vị)$")
_ORGANISATIONS = re.compile(r"(?:\s*,|\s+và)\s+(?:các\s+)?(?P<who>tổ chức)$")
_POLITICAL = re.compile(r"\s+chính trị\s*[-–,]?\s*xã hội")
_SOME = re.compile(r"(?i)\b(?:một số|mỗi|từng|nhiều)\s+$")
_PERSONS_TOO = re.compile(r"\s*(?:,|và)\s*cá nhân")
_SEVERAL = re.compile(r"[,/\s]")
_ONE_UNIT = re.compile(r"(?i)thị trấn|thị xã|thành phố|đặc khu")
# "Các cơ quan (có lãnh đạo) là thành viên Ban An toàn giao thông tỉnh"
_OWNER = re.compile(
    r"(?P<member>,?[ ]+(?:\((?:có )?lãnh đạo\)[ ]+)?(?:có[ ]+lãnh đạo[ ]+)?(?P<is>là[ ]+)?"
    r"(?:thành|[uủ][ỷy]) viên(?:[ ]+của)?[ ]+)|[ ]+(?:(?:thuộc|trực thuộc|trong|của)\s+)?",
    re.I,
)
# Nouns that a name behind them makes a class: "các ban Tổng Liên đoàn".
_ROOMS = re.compile(r"(?i)ban|vụ|cục|cấp|trung tâm|viện")
# "các ngành ra quân", "các ngành, địa phương", but "các ngành nghề", "các ngành kinh tế"
_TRADES_ACT = re.compile(
    r"ngành(?=\s*[,;]|\s(?:và|ra quân|phối hợp|phải|cần|tổ chức|thực hiện|chủ động|có trách nhiệm"
    r"|triển khai|tăng cường|tiếp tục)\b)"
)
_NO_BODY = re.compile(r"\s(?:dữ liệu|hạ tầng|vật chất|pháp lý|thương mại|mua sắm|đô thị)(?!\w)")
_LIST_TAIL = re.compile(r"(?:[\s,;]|\b(?:và|hoặc|thuộc|trực thuộc|của|trong)\b)*$")


def _class_kind(det: str | None, items: str, qual: str, whose: Mention | None) -> AgencyKind:
    """A definite class of offices, or an indefinite group of them."""
    if "liên quan" in qual or "khác" in qual or items.casefold() == "ngành":
        return "generic"
    if whose is not None or class_patterns.DEFINITE.search(qual):
        return "collective"
    offices = class_patterns.OFFICES.search(items) and not re.match(r"(?i)ban\b", items)
    if offices and re.search(r"thuộc|tỉnh|Thành phố", qual):
        return "collective"
    return (
        "collective"
        if det and offices and not class_patterns.LOOSE_NOUNS.search(items)
        else "generic"
    )


def unnamed(
    text: str, fields: Iterable[tuple[int, int]], known: Iterable[Mention]
) -> Iterator[Mention]:
    """What stands in a field of roles and is in no gazetteer and no grammar: "CSĐT; Thí sinh".

    Args:
        text: clean text.
        fields: what stands under "Đơn vị phối hợp", for example; fields may overlap.
        known: mentions of the text; a part that touches one is no unknown body.
    """
    ordered = sorted((m.start, m.end) for m in known)
    starts = [start for start, _ in ordered]
    reach = list(accumulate((end for _, end in ordered), max))
    own: list[tuple[int, int]] = []  # in order, none touches another
    for start, end in fields:
        for part in _FIELD_PART.finditer(text, start, end):
            a, b = part.span("name")
            if not class_patterns.UNNAMED.fullmatch(text, a, b):
                continue
            before = bisect.bisect_left(starts, b)
            at = bisect.bisect_left(own, (a, b))
            near = own[max(0, at - 1) : at + 1]
            if (before and reach[before - 1] > a) or any(x < b and a < y for x, y in near):
                continue
            own.insert(at, (a, b))
            yield Mention(a, b, "generic", None, 0.5)


def in_lists(text: str, known: Sequence[Mention]) -> Iterator[Mention]:
    """Members of a list of bodies that no rule knows: "Sở Y tế, hội nghề cá và UBND các xã".

    Args:
        text: clean text.
        known: mentions of the text, in order; an unread member stands between two of them, or
            between "phối hợp với" and the first.
    """
    before = 0
    for mention in known:
        start = max(before, mention.start - 120)
        for m in class_patterns.UNREAD_MEMBER.finditer(text, start, mention.start):
            if m.end() == mention.start and (m.start() == before or m.group("opens")):
                yield Mention(*m.span("name"), "generic", None, 0.5)
        before = max(before, mention.end)


_FIELD_PART = re.compile(
    r"(?:^|[;,\n•]|\bvà\b)?[\s\-–+]*(?P<name>[^;,\n•.:()]+?)\s*(?=[;,\n•.:(]|\bvà\b|$)"
)
