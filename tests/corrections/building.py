"""Entries of a log as the tests write them, without a corpus."""

from __future__ import annotations

from typing import Any

from models import Plan
from pipeline.corrections import Correction, anchors, values
from pipeline.corrections.values import Slot


def slot(plan: Plan, address: str) -> Slot:
    """The value with an address, or the first of a kind."""
    return next(
        one
        for one in values.slots(plan)
        if one.address == address or (one.kind == address and "/" not in address)
    )


def entry(
    number: int,
    plan: Plan,
    address: str,
    verdict: str,
    new: dict[str, Any] | None = None,
    **more: Any,
) -> Correction:
    """A verdict about a value that the plan has, as the desk would write it."""
    where = slot(plan, address)
    machine = values.fields(plan, where)
    fixed = None
    if verdict != "reject":
        fixed = {**values.checked(where.kind, machine), **(new or {})}
    place = None
    if where.kind != "header":
        place = anchors.place_of(plan.text, where.start, where.end)
    return Correction(
        number, plan.source.sha256, "2031-03-01T08:00:00+00:00", "An", verdict, where.address,  # type: ignore[arg-type]
        place, machine, machine, fixed, **more,
    )  # fmt: skip


def addition(
    number: int,
    plan: Plan,
    kind: str,
    words: str,
    new: dict[str, Any],
    *,
    nth: int = 1,
    **more: Any,
) -> Correction:
    """A value that the plan has not, at the first place of its words."""
    start = plan.text.index(words)
    end = start + len(words)
    label = new.get("role", "") if kind == "assignment" else ""
    return Correction(
        number, plan.source.sha256, "2031-03-01T08:00:00+00:00", "An", "add",
        values.address(kind, "", start, end, label, nth),  # type: ignore[arg-type]
        anchors.place_of(plan.text, start, end), None, None, new, **more,
    )  # fmt: skip


def undoing(number: int, other: Correction) -> Correction:
    """An entry that takes another one back."""
    return Correction(
        number, other.sha256, "2031-03-02T08:00:00+00:00", "An", "undo", other.address,
        undoes=other.id,
    )  # fmt: skip
