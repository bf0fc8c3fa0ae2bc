"""Who is charged in a sentence, and for how far it speaks of them: "Giao X …", "Chỉ đạo Y …".

In: a stretch of text and the mentions in it.  Out: roles added to its duty, and the passages in
which a verb without a bearer is theirs and not their item's addressee's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.entities.agency_mentions import Mention
from pipeline.tasks.duty import Duty, Role
from pipeline.tasks.mentions import Mentions, printed

_ENTRUST = re.compile(
    r"(?:(?<=^)|(?<=[\n.;,:–-])|(?<=[-–]\s)|(?<=[.;,:]\s)|(?<=\n))\s*(?P<verb>Giao"
    r"|Đề nghị|Yêu cầu|đề nghị|yêu cầu|[Pp]hân công|giao)\s+(?:cho\s+)?(?=\S)"
)
_ENTRUST_MID = re.compile(r"(?<!\w)(?P<verb>đề nghị|yêu cầu|phân công)\s+(?=\S)")
# "Chỉ đạo UBND các xã tổ chức …": those below are charged too.
_DIRECTED = re.compile(r"(?<!\w)[Cc]hỉ đạo\s+(?:lực lượng\s+)?(?=\S)")
_CLAUSE_OPENS = re.compile(r"(?:^|[\n.;,:–+-]\s*|(?:tiếp tục|và|trực tiếp)\s)$")
_ADVISED = re.compile(r"(?i)(?:tham mưu|đề xuất|kiến nghị|báo cáo|trình)[^.;,\n]{0,20}$")
_OFFICES = re.compile(r"(?i:các (?:sở|bộ))\b|[Ll]ực lượng [A-ZĐ]")
_DONE_BY = re.compile(r"(?<!\w)(?:do|Do)\s+(?=\S)")
_DONE_BY_VERB = re.compile(
    r"^\s*(?:sắp xếp|chi trả|thực hiện|đảm nhiệm|đảm nhận|đảm trách|phụ trách|bố trí"
    r"|đảm bảo|điều động|chịu)"
)
_SENTENCE = re.compile(r"[^\n.]*(?:\.(?!\s)[^\n.]*)*")  # no full stop in "1.500" ends it
_CLAUSE = re.compile(r"[^\n.;]*(?:\.(?!\s)[^\n.;]*)*")


@dataclass(frozen=True, slots=True)
class Passage:
    """From where to where a text speaks of bodies whom it names in that very sentence."""

    start: int
    end: int
    bodies: list[Mention]


def passages(
    text: str,
    bodies: Mentions,
    start: int,
    end: int,
    subjects: Iterable[list[Mention]] = (),
) -> list[Passage]:
    """What a stretch says of bodies other than its item's addressees, in order.

    ``subjects``: the bodies with which sentences of the stretch begin.
    """
    opened = [(listed, _SENTENCE) for listed in subjects]
    for m in _ENTRUST.finditer(text, start, end):
        if m.group("verb")[0].isupper() or m.group("verb") in ("giao", "phân công"):
            opened.append((bodies.list_at(m.end(), end), _SENTENCE))
    for m in _DIRECTED.finditer(text, start, end):
        if _directs(text, bodies, m.start(), start):
            opened.append((bodies.list_at(m.end(), end), _CLAUSE))
    found: list[Passage] = []
    for listed, speaks in sorted(
        ((listed, speaks) for listed, speaks in opened if listed),
        key=lambda o: o[0][-1].end,
        reverse=True,
    ):
        if all(b.kind == "generic" for b in listed):
            continue
        said = speaks.match(text, listed[-1].end, found[-1].start if found else end)
        found.append(Passage(listed[-1].end, said.end() if said else listed[-1].end, listed))
    return found[::-1]


def charged(text: str, bodies: Mentions, duty: Duty, start: int, end: int) -> None:
    """ "Chỉ đạo UBND các xã tổ chức …", "… do Sở X thực hiện"."""
    for m in _DIRECTED.finditer(text, start, end):
        if not _directs(text, bodies, m.start(), start):
            continue
        listed = bodies.list_at(m.end(), end)
        orders = bool(listed) and text.startswith(":", listed[-1].end)
        if orders or all(b.kind != "generic" or _OFFICES.match(printed(text, b)) for b in listed):
            duty.roles.extend(Role(b.start, b.end, "assignee", 0.7) for b in listed)
    for m in _DONE_BY.finditer(text, start, end):
        listed = bodies.list_at(m.end(), end)
        if listed and _DONE_BY_VERB.match(text[listed[-1].end : end][:40]):
            duty.roles.extend(Role(b.start, b.end, "assignee", 0.75) for b in listed)


def _directs(text: str, bodies: Mentions, position: int, start: int) -> bool:
    """ "Bộ X chỉ đạo Y", not "tham mưu Bộ X chỉ đạo Y": that is only advised."""
    if _CLAUSE_OPENS.search(text[max(start, position - 12) : position]):
        return True
    by = bodies.before(position, start)
    return bool(by) and not _ADVISED.search(text, max(start, by[0].start - 30), by[0].start)


def entrusted(
    text: str, bodies: Mentions, duty: Duty, start: int, end: int, *, middle: bool
) -> None:
    """ "Giao X …", "Đề nghị Y …", "yêu cầu Z …"."""
    for expression in (_ENTRUST_MID, _ENTRUST) if middle else (_ENTRUST,):
        for m in expression.finditer(text, start, end):
            verb = m.group("verb")
            listed = bodies.list_at(m.end(), end)
            if (
                not middle
                and verb.casefold() == "yêu cầu"
                and all(b.kind == "generic" for b in listed)
            ):
                continue
            if not middle and verb in ("đề nghị", "yêu cầu", "giao"):
                continue
            duty.roles.extend(Role(b.start, b.end, "assignee", 0.8) for b in listed)
