"""A mention of an organisation, and the stretches that mentions hold.

In: nothing.  Out: ``Mention``, ``Taken``.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.record import AgencyKind
from pipeline.gazetteers import AgencyRow


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named at one place; offsets into the clean text."""

    start: int
    end: int
    kind: AgencyKind
    row: AgencyRow | None = None
    confidence: float = 0.9
    name: str | None = None  # where the printed words leave out the head: "các Sở: Y tế, Nội vụ"


class Taken:
    """Mentions so far; a new one is only kept where nothing stands yet, or over smaller ones."""

    def __init__(self, size: int) -> None:
        self._owner: list[Mention | None] = [None] * size
        self._blocked = bytearray(size)
        self._added: list[Mention] = []
        self._around: list[Mention] = []

    def block(self, start: int, end: int) -> None:
        """Nothing may stand here."""
        self._blocked[start:end] = b"\x01" * (end - start)

    def add(self, mention: Mention, *, over: bool = False, around: bool = False) -> None:
        """Keep a mention: ``over`` replaces smaller ones inside it, ``around`` keeps them too."""
        cells = self._owner[mention.start : mention.end]
        inside = {id(m): m for m in cells if m is not None}
        swallows = all(mention.start <= m.start and m.end <= mention.end for m in inside.values())
        if any(self._blocked[mention.start : mention.end]):
            return
        if inside and not ((over or around) and swallows):
            return
        if inside and around:
            self._around.append(mention)
            return
        self._owner[mention.start : mention.end] = [mention] * (mention.end - mention.start)
        self._added.append(mention)

    def first_in(self, start: int, end: int) -> Mention | None:
        """The first mention that touches a stretch."""
        return next((m for m in self._owner[start:end] if m is not None), None)

    def covers(self, start: int, end: int) -> bool:
        return any(m is not None for m in self._owner[start:end]) or any(self._blocked[start:end])

    def starting_at(self, position: int) -> Mention | None:
        mention = self._owner[position] if position < len(self._owner) else None
        return mention if mention is not None and mention.start == position else None

    def sorted(self) -> list[Mention]:
        kept = (m for m in self._added if self._owner[m.start] is m)  # others were replaced
        return sorted([*kept, *self._around], key=lambda m: (m.start, -m.end))
