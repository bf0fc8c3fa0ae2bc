"""A calendar of duties: what is due when, and who owes it; also as iCalendar.

In: a ``Store``.  Out: ``Duty`` values by date, or the text of an .ics file (RFC 5545).

A duty is a deadline together with the task it binds; one that binds no task stands for its passage.
Deadlines without a last day (hàng quý, thường xuyên) have no place in a calendar of days: they come
after the others, and in iCalendar only where a rule and a first day are known.

A plan that is there as a scan and as a Word file owes everything once: of copies (``copies``) the
file that came first counts, unless the others are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pipeline.corpus import names
from pipeline.corpus.plain import lines, shown
from pipeline.corpus.store import Store
from pipeline.corpus.syntax import Place
from pipeline.corpus.values import dates


@dataclass(frozen=True, slots=True)
class Charge:
    """One body and its role."""

    agency: str
    role: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One deadline of one task.

    Attributes:
        place: of the deadline in its record's list.
        latest: last day that keeps it, ISO, or None.
        earliest: first day, ISO, or None.
        deadline: as printed; ``kind`` and ``recurrence`` as in the record.
        charges: who owes it, by the record's roles.
        text: the duty's own words.
        start, end: of the deadline in the plan's text.
        copies: how many other files of the corpus are copies of its plan.
    """

    place: int
    latest: str | None
    earliest: str | None
    kind: str
    deadline: str
    recurrence: str | None
    charges: tuple[Charge, ...]
    text: str
    plan: int
    record_id: str
    number: str | None
    province: str | None
    section: str
    page: int | None
    start: int
    end: int
    confidence: float
    copies: int


_SELECT = """
SELECT d.place, d.latest, d.earliest, d.kind, substr(p.text, d.start + 1, d.end - d.start),
       d.recurrence,
       (SELECT json_group_array(json_array(b.name, g.role)) FROM assignments g
        JOIN bodies b ON b.id = g.body WHERE g.plan = t.plan AND g.task = t.place),
       substr(p.text, coalesce(t.start, a.start) + 1,
              coalesce(t.end, a.end) - coalesce(t.start, a.start)),
       p.id, p.record_id, p.number, p.province, coalesce(t.section_path, s.path, ''), a.page,
       d.start, d.end, d.confidence / 100.0,
       (SELECT count(*) FROM copies c WHERE c.plan = p.id)
       + (SELECT count(*) FROM copies c WHERE c.other = p.id)
"""
_FROM = """
FROM deadlines d JOIN passages a ON a.plan = d.plan AND a.place = d.passage
JOIN plans p ON p.id = d.plan
LEFT JOIN sections s ON s.plan = a.plan AND s.place = a.section
LEFT JOIN task_deadlines x ON x.plan = d.plan AND x.deadline = d.place AND x.inherited = 0
LEFT JOIN tasks t ON t.plan = x.plan AND t.place = x.task
"""
_CAME_FIRST = (
    "NOT EXISTS (SELECT 1 FROM copies c WHERE c.other = p.id AND c.plan < p.id)"
    " AND NOT EXISTS (SELECT 1 FROM copies c WHERE c.plan = p.id AND c.other < p.id)"
)


def due(
    store: Store,
    *,
    first: str | None = None,
    last: str | None = None,
    agency: str | None = None,
    province: str | None = None,
    undated: bool | Literal["only"] = False,
    copies: bool = False,
    limit: int | None = None,
) -> list[Duty]:
    """Duties by their last day.

    Args:
        store: open.
        first, last: days, months or years, both included; None for no bound.
        agency: a body's name or its first words; abbreviations are understood.
        province: of plans of this province, under its name then or today.
        undated: also those without a last day, after the others, or these only; not together with
            bounds.
        copies: also of plans that are a copy of one that came earlier.
        limit: at most so many; None for all.

    Raises:
        QueryError: ``first`` or ``last`` is no date.
    """
    tests: list[str] = []
    parameters: list[str | int] = []
    if first:
        tests.append("d.latest >= ?")
        parameters.append(dates(f">={first}", Place(0, len(first))).low or "")
    if last:
        tests.append("d.latest <= ?")
        parameters.append(dates(f"<={last}", Place(0, len(last))).high or "")
    if not undated or first or last:
        tests.append("d.latest IS NOT NULL")
    elif undated == "only":
        tests.append("d.latest IS NULL")
    if province:
        known = names.province(province) or province
        tests.append("? IN (p.province, p.province_now)")
        parameters.append(known)
    if not copies:
        tests.append(_CAME_FIRST)
    if agency:
        key = names.agency_key(agency)
        tests.append(
            "(t.plan, t.place) IN (SELECT plan, task FROM assignments WHERE body IN"
            " (SELECT id FROM bodies WHERE key = ? OR substr(key, 1, ?) = ?))"
        )
        parameters += [key, len(key) + 1, key + " "]
    where = f"WHERE {' AND '.join(tests)}" if tests else ""
    with store.snapshot() as connection:
        rows = connection.execute(
            f"{_SELECT} {_FROM} {where}"
            " ORDER BY d.latest IS NULL, d.latest, p.id, d.start, t.start LIMIT ?",
            [*parameters, -1 if limit is None else limit],
        ).fetchall()
    return [_duty(row) for row in rows]


def _duty(row: tuple[Any, ...]) -> Duty:
    charges = tuple(Charge(*pair) for pair in json.loads(row[6] or "[]"))
    return Duty(*row[:6], charges, *row[7:])  # type: ignore[call-arg]


def by_month(store: Store, *, copies: bool = False) -> list[tuple[str | None, int]]:
    """How many duties each month has, in order; None, the first, for those without a last day."""
    where = "" if copies else f"WHERE {_CAME_FIRST}"
    with store.snapshot() as connection:
        return connection.execute(
            f"SELECT substr(d.latest, 1, 7), count(*) {_FROM} {where} GROUP BY 1 ORDER BY 1"
        ).fetchall()


def icalendar(duties: Iterable[Duty]) -> str:
    """Duties as one calendar; the same duties give the same bytes.

    An event lies on the last day that keeps the deadline.  A recurring one needs its first day.
    """
    made = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kehoach//corpus//VI", "CALSCALE:GREGORIAN"]
    for duty in duties:
        made += _event(duty)
    made.append("END:VCALENDAR")
    return "".join(folded + "\r\n" for line in made for folded in _fold(line))


def _event(duty: Duty) -> Iterator[str]:
    # A rule without a first day has nothing to count from; such a duty is not put on a guessed day.
    day = duty.latest if not duty.recurrence else duty.earliest
    if day is None:
        return
    start = date.fromisoformat(day)
    if start == date.max:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{duty.record_id}-{duty.start}-{duty.end}-{_number(duty)}@kehoach"
    # The record has no clock: a fixed stamp keeps the file the same from run to run.
    yield "DTSTAMP:19700101T000000Z"
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}"
    if duty.recurrence and duty.recurrence.startswith("FREQ="):
        yield f"RRULE:{_escape(duty.recurrence).replace(chr(92), '')}"
    who = ", ".join(dict.fromkeys(charge.agency for charge in duty.charges if charge.role != "via"))
    yield f"SUMMARY:{_escape(shown(f'{who}: {duty.text}' if who else duty.text, 120))}"
    where = " · ".join(filter(None, [duty.province, duty.number, duty.section]))
    words = "\n".join([duty.deadline, where, "", duty.text])
    yield f"DESCRIPTION:{_escape(lines(words))}"
    yield f"CATEGORIES:{_escape(duty.kind)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _number(duty: Duty) -> int:
    """Tells apart several tasks that one deadline binds."""
    return sum(map(ord, duty.text)) % 99991


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _fold(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 bytes, never inside a letter."""
    piece, room = "", 75
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield piece
            piece, room = " ", 74
        piece += sign
        room -= size
    yield piece
