"""Roles in one cell of a task table: what its own words say, and else what its column says.

In: a cell under a column of those who lead or help.  Out: a role for every body in it.  Under
"Đơn vị thực hiện" a cell often says more than its column: "Sở X chủ trì, phối hợp với Sở Y".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.record import AssignmentRole
from pipeline.entities.agency_mentions import Mention
from pipeline.structure.columns import Column
from pipeline.tasks.duty import Role
from pipeline.tasks.mentions import Mentions

_SAID = re.compile(r"(?i)chủ trì|phối hợp")
_WORD = re.compile(r"(?i)(?P<part>[;\n])|(?P<slash>/)|(?P<lead>chủ trì)|phối hợp")
# Behind these the word speaks of those who follow, else of those before it ("Sở Y (phối hợp)").
_ONWARD = re.compile(r"(?i)(?:\s+(?:thực hiện|tham mưu))?\s*(?::|(?:cùng )?với\b|cùng\b|gồm\b)")


def in_cell(text: str, bodies: Mentions, column: Column, cell: tuple[int, int]) -> Iterator[Role]:
    """The roles of the bodies in a cell; offsets into the text."""
    default: AssignmentRole = "lead" if column.means == "lead" else "coordinate"
    named = bodies.within(*cell)
    both = default == "lead" and "phối hợp" in column.name.casefold()
    if both or _SAID.search(text, *cell):
        own = said(text, named, cell, slash=both)
    else:
        own = {}
    for body in named:
        yield Role(body.start, body.end, own.get(body.start, default), 0.9)


def said(
    text: str, named: list[Mention], cell: tuple[int, int], *, slash: bool = False
) -> dict[int, AssignmentRole]:
    """The roles that the words of a cell give its bodies, by where these start.

    ``slash``: the column is "Chủ trì/phối hợp", and a stroke parts its cells likewise.
    """
    roles: dict[int, AssignmentRole] = {}
    waiting: list[Mention] = []  # bodies without a word of their own so far
    onward: AssignmentRole | None = None
    left = list(named)

    def take(position: int) -> None:
        while left and left[0].start < position:
            body = left.pop(0)
            if onward:
                roles[body.start] = onward
            else:
                waiting.append(body)

    for word in _WORD.finditer(text, *cell):
        if any(body.start <= word.start() < body.end for body in named):
            continue  # "Hội đồng phối hợp …"
        take(word.start())
        if word.group("part"):
            waiting.clear()
            continue
        if word.group("slash"):
            if slash and (waiting or "lead" in roles.values()):
                waiting.clear()
                onward = "coordinate"
            continue
        role: AssignmentRole = "lead" if word.group("lead") else "coordinate"
        follows = bool(left) and not text[word.end() : left[0].start].strip(" :")
        if _ONWARD.match(text, word.end(), cell[1]) or not waiting or follows:
            onward = role
            waiting.clear()
            continue
        if role == "coordinate" and len(waiting) == len(named):
            del waiting[:-1]  # "Sở X, Sở Y (phối hợp)": somebody has to lead
        roles.update((body.start, role) for body in waiting)
        waiting.clear()
        onward = None
    take(cell[1])
    return roles
