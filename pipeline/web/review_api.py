"""Check and correct through the API: values, verdicts, undo, the log, conflicts, gold.

In: requests under ``/api/v1``.  Out: JSON; every verdict is one transaction.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from pipeline import review
from pipeline.corpus import Corpus
from pipeline.corrections.entries import Category, Correction, Kind
from pipeline.review import Item, Progress, gold, paging
from pipeline.web import desk
from pipeline.web.plan_pages import RecordId
from pipeline.web.rendering import language
from pipeline.web.site import site_of

router = APIRouter(prefix="/api/v1", tags=["corrections"])

Person = Annotated[str, Field(min_length=1, max_length=100, description="who decides")]
Reason = Annotated[str, Field(max_length=1_000, description="for those who read the log")]
Words = Annotated[
    tuple[
        Annotated[int, Field(ge=0, lt=1 << 31)],
        Annotated[int, Field(ge=0, lt=1 << 31)],
    ],
    Field(description="start and end in the plan's text, code points"),
]
NewFields = Annotated[dict[str, Any], Field(max_length=20, description="fields of the form")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Decision(_Body):
    """A verdict about one value."""

    address: str = Field(max_length=200, description="of the item, or complete/CATEGORY")
    verdict: Literal["accept", "edit", "reject"]
    by: Person
    new: NewFields | None = Field(None, description="for edit: fields with their new values")
    span: Words | None = Field(None, description="for edit: other words that it stands on")
    why: Reason = ""
    seen: str | None = Field(None, max_length=64, description="the item's, against two editors")


class Addition(_Body):
    """A value that the machine did not find."""

    kind: Kind
    span: Words
    new: NewFields
    by: Person
    task: str | None = Field(None, max_length=200, description="of a role: its duty's address")
    why: Reason = ""


class Undoing(_Body):
    """An entry to take back."""

    entry: int = Field(ge=0, lt=1 << 62)
    by: Person
    why: Reason = ""


class Rest(_Body):
    """Everything of a category that nobody decided about."""

    category: Category
    by: Person
    why: Reason = ""


class Decided(BaseModel):
    """What became of a value.

    ``item`` is None where the value is gone (an addition that was taken back, a category).
    """

    entry: Correction
    item: Item | None
    meaning: str = Field(description="the value in words")
    progress: list[Progress]


@router.get("/forms")
def forms(request: Request) -> dict[str, list[desk.FormField]]:
    """What can be filled in for every kind of value."""
    return desk.forms(language(request))


@router.get("/plans/{record_id}/items")
def items(
    request: Request, record_id: RecordId, category: Category | None = None, unchecked: bool = False
) -> list[Item]:
    """The values of a plan in the order in which to check them."""
    with site_of(request).library.reading() as corpus:
        return review.items(corpus, record_id, category=category, unchecked=unchecked)


@router.get("/plans/{record_id}/progress")
def progress(request: Request, record_id: RecordId) -> list[Progress]:
    """How far the check has come, by category."""
    with site_of(request).library.reading() as corpus:
        return review.progress(corpus, record_id)


@router.post("/plans/{record_id}/decisions")
def decide(request: Request, record_id: RecordId, body: Decision) -> Decided:
    """Accept, edit or reject a value."""
    with site_of(request).library.writing() as corpus:
        entry = review.decide(
            corpus,
            record_id,
            body.address,
            body.verdict,
            by=body.by,
            new=body.new,
            span=body.span,
            why=body.why,
            seen=body.seen,
        )
        return _decided(corpus, record_id, entry, language(request))


@router.post("/plans/{record_id}/additions")
def add(request: Request, record_id: RecordId, body: Addition) -> Decided:
    """Add a value on words of the text."""
    with site_of(request).library.writing() as corpus:
        entry = review.add(
            corpus, record_id, body.kind, body.span, body.new,
            by=body.by, task=body.task, why=body.why,
        )  # fmt: skip
        return _decided(corpus, record_id, entry, language(request))


@router.post("/plans/{record_id}/undo")
def undo(request: Request, record_id: RecordId, body: Undoing) -> Decided:
    """Take an entry back, by one more entry."""
    with site_of(request).library.writing() as corpus:
        entry = review.undo(corpus, record_id, body.entry, by=body.by, why=body.why)
        return _decided(corpus, record_id, entry, language(request))


@router.post("/plans/{record_id}/rest")
def rest(request: Request, record_id: RecordId, body: Rest) -> list[Progress]:
    """Accept what is left of a category, and say that none is missing."""
    with site_of(request).library.writing() as corpus:
        review.accept_rest(corpus, record_id, body.category, by=body.by, why=body.why)
        return review.progress(corpus, record_id)


@router.get("/plans/{record_id}/history")
def history(request: Request, record_id: RecordId) -> list[Correction]:
    """The log of one plan, also what was taken back."""
    with site_of(request).library.reading() as corpus:
        return review.history(corpus, record_id)


@router.get("/corrections")
def corrections(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[int | None, Query(ge=1, lt=1 << 62)] = None,
) -> paging.LogPage:
    """The log of all plans, newest first."""
    with site_of(request).library.reading() as corpus:
        return paging.log_page(corpus, limit, before)


@router.get("/corrections/conflicts")
def conflicts(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[str | None, Query(max_length=40, description="cursor")] = None,
) -> paging.ConflictPage:
    """Corrections that the present records contradict, by plan."""
    with site_of(request).library.reading() as corpus:
        return paging.conflict_page(corpus, limit, after)


@router.get(
    "/corrections/gold",
    response_class=Response,
    responses={200: {"content": {"application/jsonl": {}}, "description": "One plan a line"}},
)
def gold_lines(request: Request) -> Response:
    """What was checked to its end, as gold for kehoach evaluate: one JSON object a line."""
    with site_of(request).library.reading() as corpus:
        lines = [json.dumps(made, ensure_ascii=False) + "\n" for _, made in gold.every(corpus)]
    headers = {"content-disposition": 'attachment; filename="kehoach-gold.jsonl"'}
    return Response("".join(lines), media_type="application/jsonl", headers=headers)


def _decided(corpus: Corpus, record_id: str, entry: Correction, lang: str) -> Decided:
    every = review.items(corpus, record_id)
    item = next((one for one in every if one.address == entry.address), None)
    return Decided(
        entry=entry,
        item=item,
        meaning=desk.meaning(item, lang) if item else "",
        progress=review.progress(corpus, record_id),
    )
