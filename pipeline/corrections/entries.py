"""The vocabulary of corrections: an entry of the log, where its value stands, what contradicts it.

In: nothing.  Out: plain immutable values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "header", "section", "reference", "agency", "deadline", "target", "task", "assignment",
    "complete",
]  # fmt: skip
Category = Literal[
    "header", "outline", "references", "agencies", "deadlines", "targets", "tasks", "assignments"
]
CATEGORIES: tuple[Category, ...] = get_args(Category)
CATEGORY_OF: dict[Kind, Category] = {
    "header": "header",
    "section": "outline",
    "reference": "references",
    "agency": "agencies",
    "deadline": "deadlines",
    "target": "targets",
    "task": "tasks",
    "assignment": "assignments",
}

Verdict = Literal["accept", "edit", "reject", "add", "undo"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Fields = dict[str, Any]

ConflictCode = Literal["changed", "gone", "overlaps", "lost"]
CONFLICTS: dict[ConflictCode, str] = {
    "changed": "the machine now reads another value here; the correction stands",
    "gone": "the machine no longer finds this value; the correction stands",
    "overlaps": "the machine finds a value in an added one's words, unchecked so far; both stand",
    "lost": "the words were not found again in the text; the correction is not applied",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a plan's text, with enough around them to find them again in another text.

    Attributes:
        start, end: code points, end exclusive.
        words: what stands there; of long passages head and tail (``anchors.LONG``).
        before, after: the neighbourhood, up to ``anchors.NEAR`` characters each.
        ordinal, count: the how manieth of how many places with these words it is, from 0.
    """

    start: int
    end: int
    words: str
    before: str
    after: str
    ordinal: int
    count: int


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of the log; never changed, never removed.

    Attributes:
        id: its number; later entries have higher ones.
        sha256: the plan, by its file's bytes.
        at: when, ISO 8601 in UTC.
        by: who, as the person gave it.
        verdict: what was decided; "undo" takes back the entry ``undoes``.
        address: of the value in the record of that time, for example "deadline/1204-1226".
        place: where its words stood; None for fields of the header and for "complete/…".
        machine: the value as the machine had read it; None where it had not.
        old: the value before this entry; None where there was none.
        new: the fields that this entry fixes; None for a rejection.
        evidence: the words that a new value stands on, where they are others.
        why: in the person's words.
        undoes: number of the entry that is taken back.
        pipeline: the version that had made the machine's record.
    """

    id: int
    sha256: str
    at: str
    by: str
    verdict: Verdict
    address: str
    place: Place | None = None
    machine: Fields | None = None
    old: Fields | None = None
    new: Fields | None = None
    evidence: Place | None = None
    why: str = ""
    undoes: int | None = None
    pipeline: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A correction that the machine's present record contradicts.

    Attributes:
        code: see ``CONFLICTS``.
        entry: the last entry about the value.
        address: of the value in the present record; the entry's own where it is lost.
        then, now: what the machine read then and reads now, the differing fields alone.
    """

    code: ConflictCode
    entry: int
    address: str
    then: Fields | None = None
    now: Fields | None = None
