"""Who reports when, what is due when, who gets the plan.

In: a ``Board`` and its topics.  Out: calendar, reporting rhythms, recipients.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.comparison.bodies import typed
from pipeline.comparison.building import Board
from pipeline.comparison.likeness import charged
from pipeline.comparison.results import (
    CalendarEntry,
    Item,
    Recipient,
    Rhythm,
    Role,
    Span,
    Topic,
)
from pipeline.language.keys import key

_EVERY = re.compile(r"^R\d*/(?:.*/)?(P\w+)$")
_REPORT = re.compile(r"(?i)\bbáo cáo\b")
_REPORTED = ("report_to", "via")
_AFTER_ALL = "9999-12-31"
_MARK = re.compile(
    r"\s*\((?:b/c|để b/c|báo cáo|để báo cáo|th|t/h|để th|để thực hiện|phối hợp)\)\s*"
)
_COPY = re.compile(r"(?i)^(?:như (?:trên|điều|kính gửi)|lưu)\b")
_SEVERAL = re.compile(r"(?i)^(?:các|những)\s+")


def home(topics: Sequence[Topic]) -> dict[int, int]:
    """Item → the topic it belongs to; of several the one in which it is strongest."""
    best: dict[int, tuple[float, int]] = {}
    for topic in topics:
        for member in topic.members:
            strength = 2.0 if member.item == topic.central else member.strength
            if member.item not in best or best[member.item][0] < strength:
                best[member.item] = (strength, topic.index)
    return {item: number for item, (_, number) in best.items()}


def calendar(board: Board, topics: Sequence[Topic]) -> tuple[CalendarEntry, ...]:
    """Deadlines that items name themselves, by last day."""
    topic_of = home(topics)
    entries = [
        CalendarEntry(item.plan, item.index, topic_of[item.index], due, _leads(item))
        for item in board.items
        for due in item.dues
        if not due.inherited and due.kind != "continuous"
    ]
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                entry.due.latest or _AFTER_ALL,
                entry.due.earliest or "",
                entry.plan,
                entry.due.span.start,
            ),
        )
    )


def _leads(item: Item) -> tuple[str, ...]:
    """Bodies that lead or are charged, their own names first."""
    named = [role.agency for role in item.roles if role.today in charged(item)]
    if not named:
        named = [role.agency for role in item.roles if role.role in ("lead", "assignee")]
    return tuple(dict.fromkeys(named))


def rhythms(board: Board) -> tuple[Rhythm, ...]:
    """Duties to report, how often and to whom."""
    found = []
    for item in board.items:
        to: tuple[Role, ...] = tuple(role for role in item.roles if role.role in _REPORTED)
        if not to and item.kind != "reporting" and not _REPORT.search(item.text):
            continue
        for due in item.dues:
            every = _EVERY.match(due.value or "")
            once = due.kind == "due" and bool(to or item.kind == "reporting")
            if every or once:
                found.append(
                    Rhythm(item.plan, item.index, every.group(1) if every else None, due, to)
                )
    return tuple(found)


def recipients(board: Board) -> tuple[Recipient, ...]:
    """Lines of Nơi nhận by type of body; who keeps the file ("Lưu") is left out."""
    found: defaultdict[str, list[tuple[int, str, Span | None]]] = defaultdict(list)
    names: dict[str, str] = {}
    for plan, spans in zip(board.plans, board.recipients, strict=True):
        for at, line in enumerate(plan.recipients):
            span = spans[at] if len(spans) == len(plan.recipients) else None
            for part in line.split(";"):
                name = _MARK.sub(" ", part).strip(" ,.-–")
                if not name or _COPY.match(name):
                    continue
                label = typed(_SEVERAL.sub("", name))[0]
                names.setdefault(key(label), label)
                found[key(label)].append((plan.index, line, span))
    rows = [Recipient(names[name], tuple(lines)) for name, lines in found.items()]
    return tuple(sorted(rows, key=lambda row: (-len({line[0] for line in row.lines}), row.label)))
