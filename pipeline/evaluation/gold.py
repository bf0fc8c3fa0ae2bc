"""Gold annotation: one JSON file per plan, written by people (format: ``docs/evaluation.md``).

In: a file or a folder.  Out: ``Gold`` models.  Only what is scored is read; other members of the
file (notes, an annotator's initials) are let pass.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import BadGold, FileMissing
from pipeline.records import first_fault


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldHeader(_Part):
    """Letterhead and signature block; null for what the page does not say."""

    kind: str | None = None
    number: str | None = None
    symbol: str | None = None
    issued_on: str | None = None
    place: str | None = None
    issuer: str | None = None
    title: str | None = None
    plan_period: str | None = None
    province: str | None = None
    signer: str | None = None
    recipients: list[str] = Field(default_factory=list)


class GoldHeading(_Part):
    """A numbered or lettered heading or item; the title only helps to show it."""

    path: list[str]
    title: str | None = None


class GoldReference(_Part):
    """A mention of another document."""

    text: str
    kind: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    section: list[str] | None = None
    span: tuple[int, int] | None = None


class GoldShort(_Part):
    """A short form; ``refers_to`` is "self", the number or name of the document, or null."""

    text: str
    refers_to: str | None = None
    section: list[str] | None = None
    span: tuple[int, int] | None = None


class GoldAgency(_Part):
    """An organisation; ``type`` is named, collective or generic."""

    name: str
    type: str
    canonical: str | None = None
    span: tuple[int, int] | None = None


class GoldDeadline(_Part):
    """A time expression that binds or schedules a duty."""

    text: str
    value: str | None = None
    kind: str | None = None
    section: list[str] | None = None
    span: tuple[int, int] | None = None


class GoldTarget(_Part):
    """A quantified goal.  A value that is no number never agrees with a record's."""

    text: str
    value: Any = None
    value_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    section: list[str] | None = None
    span: tuple[int, int] | None = None


class GoldAssignment(_Part):
    """Who has which role in which section."""

    section: list[str]
    agency: str | None
    role: str


Member = Literal[
    "header", "outline", "references", "agencies", "deadlines", "targets", "assignments"
]
MEMBERS: tuple[Member, ...] = get_args(Member)


class Gold(_Part):
    """What a perfect record of one plan holds.

    Members that are left out are not scored.  ``annotated`` names those that were, so that one
    that is named and missing is a fault; without it, they are the members that are there.
    """

    annotated: tuple[Member, ...]
    header: GoldHeader
    outline: list[GoldHeading]
    bullets: dict[str, int] | None = None
    references: list[GoldReference]
    short_references: list[GoldShort] | None = None
    agencies: list[GoldAgency]
    deadlines: list[GoldDeadline]
    targets: list[GoldTarget]
    assignments: list[GoldAssignment]

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any) -> Any:
        """Members that were not annotated are empty."""
        if not isinstance(data, dict):
            return data
        there = [name for name in MEMBERS if name in data]
        if not there:
            raise ValueError(f"none of {', '.join(MEMBERS)} is there")
        listed = data.get("annotated", there)
        if not isinstance(listed, list):
            return data
        empty: dict[str, Any] = {n: {} if n == "header" else [] for n in MEMBERS}
        unasked = {n: v for n, v in empty.items() if n not in listed}
        return {**unasked, **data, "annotated": listed}


def load_gold(path: Path) -> Gold:
    """One gold file.

    Raises:
        FileMissing: it cannot be opened.
        BadGold: it is no JSON, or a member is missing or of another type; the message names it.
    """
    try:
        return Gold.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FileMissing(f"{path} cannot be opened: {error.strerror}.") from error
    except ValidationError as error:
        raise BadGold(f"{path}: {first_fault(error)}.") from error
