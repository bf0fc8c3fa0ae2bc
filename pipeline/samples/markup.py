"""Text that knows what it says: sentences with agencies, references, deadlines and targets marked.

In: templates such as ``"{lead} chủ trì, phối hợp với {coordinate}"`` and values to put in.  Out:
``Rich`` tuples of plain strings and marks.  The truth of a sample is read off the marks, so it
cannot drift from the words: whoever changes a sentence changes its truth with it.

Marks may also stand in the templates themselves (the CSV files use this):
``{n:Báo Lào Cai}`` a named agency, ``{c:các sở, ban, ngành}`` a collective one,
``{g:các đơn vị liên quan}`` a generic one, ``{t:100% hồ sơ|100|%|=}`` a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

AgencyType = Literal["named", "collective", "generic", "person"]


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation as written at one place; ``roles`` is what this sentence charges it with.

    ``type`` "person" is an office-holder: it may bear a role but is no organisation.
    """

    text: str
    type: AgencyType = "named"
    roles: tuple[str, ...] = ()

    def charged(self, *roles: str) -> Agency:
        """The same agency with the roles that the sentence gives it."""
        return replace(self, roles=roles)


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited document as it stands: kind, number and date, without "của …" and "về …"."""

    text: str
    kind: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time expression; several ``values`` where one phrase names several frequencies."""

    text: str
    kind: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified goal."""

    text: str
    value: float
    unit: str
    comparator: str
    value_max: float | None = None


Mark = Agency | Reference | Deadline | Target
Piece = str | Agency | Reference | Deadline | Target
Rich = tuple[Piece, ...]

_SLOT = re.compile(r"\{(?:([nvcgt]):([^{}]*)|(\w+))\}")
_TYPES: dict[str, AgencyType] = {"n": "named", "c": "collective", "g": "generic", "v": "person"}


def plain(rich: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in rich)


def fill(template: str, **slots: Piece | Rich) -> Rich:
    """Put values into a template and turn its inline marks into marks.

    Args:
        template: text with ``{slot}`` places and inline marks.
        slots: a string, a mark or a whole rich text for every place named.

    Returns:
        The text in pieces, neighbouring strings joined.

    Raises:
        KeyError: the template names a slot that was not given.
    """
    pieces: list[Piece] = []
    at = 0
    for match in _SLOT.finditer(template):
        pieces.append(template[at : match.start()])
        kind, body, name = match.groups()
        if name is not None:
            value = slots[name]
            if isinstance(value, str):
                pieces.extend(fill(value, **slots))  # a slot's value may hold marks of its own
            elif isinstance(value, tuple):
                pieces.extend(value)
            else:
                pieces.append(value)
        elif kind == "t":
            pieces.append(_target(body))
        else:
            pieces.append(Agency(body, _TYPES[kind]))
        at = match.end()
    pieces.append(template[at:])
    return tidy(pieces)


def tidy(pieces: Iterable[Piece]) -> Rich:
    """Join neighbouring strings and drop empty ones."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        elif piece != "":
            out.append(piece)
    return tuple(out)


def listed(agencies: Iterable[Agency], *, last: str = ", ") -> Rich:
    """Agencies as a list in running text; ``last`` stands before the last one (", " or " và ")."""
    pieces: list[Piece] = []
    names = list(agencies)
    for index, agency in enumerate(names):
        if index:
            pieces.append(last if index == len(names) - 1 else ", ")
        pieces.append(agency)
    return tuple(pieces)


def capital(rich: Rich) -> Rich:
    """The same text with its first letter in upper case, as a sentence starts."""
    return _first(rich, str.upper)


def lower(rich: Rich) -> Rich:
    """The same text with its first letter in lower case, to go on inside a sentence."""
    return _first(rich, str.lower)


def _first(rich: Rich, change: object) -> Rich:
    if not rich:
        return rich
    assert callable(change)
    head = rich[0]
    if isinstance(head, str):
        return (change(head[:1]) + head[1:], *rich[1:])
    return (replace(head, text=change(head.text[:1]) + head.text[1:]), *rich[1:])


def _target(body: str) -> Target:
    text, value, unit, comparator = body.split("|")
    low, _, high = value.partition("..")
    return Target(text, float(low), unit, comparator, float(high) if high else None)
