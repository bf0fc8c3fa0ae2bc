"""A duty and the roles in it, as they are found in the text.

In: nothing.  Out: ``Role`` and ``Duty``, which the rules for roles fill.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from models.record import AssignmentRole


@dataclass(frozen=True, slots=True)
class Role:
    """One role: the words that name its bearer, with their span."""

    start: int
    end: int
    role: AssignmentRole
    confidence: float = 0.85


@dataclass(slots=True)
class Duty:
    """One duty; ``section`` is the path of the node it stands in, offsets into the clean text."""

    section: list[str]
    start: int
    end: int
    roles: list[Role] = field(default_factory=list)
    outputs: list[tuple[int, int]] = field(default_factory=list)
    from_table: bool = False
    schedule: tuple[int, int] | None = None
