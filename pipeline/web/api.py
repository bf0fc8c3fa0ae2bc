"""The JSON API: everything that the pages show, with paging and problem details.

In: requests under ``/api/v1``.  Out: JSON as the OpenAPI description says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, File, Path, Query, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from models import Plan
from pipeline.corpus.duties import Duty, icalendar
from pipeline.corpus.facets import Facets
from pipeline.corpus.graph import Citation, Conflict, Document
from pipeline.corpus.searching import Answer, Sort
from pipeline.errors import NoSuchPage
from pipeline.ingest.ledger import Failure
from pipeline.web import duties, search_pages, state, suggest
from pipeline.web.plan_pages import RecordId, drawn_page, send_original
from pipeline.web.search_pages import ExportFormat
from pipeline.web.sessions import Role
from pipeline.web.site import site_of, visitor_of
from pipeline.web.uploads import Upload

router = APIRouter(prefix="/api/v1")

Responses = dict[int | str, dict[str, Any]]
QueryText = Annotated[str, Query(max_length=4_000, description="query language: docs/query.md")]
Day = Annotated[
    str | None,
    Query(pattern=r"^[12]\d{3}(-\d\d(-\d\d)?)?$", description="day, month or year: 2024-06"),
]
Name = Annotated[str | None, Query(max_length=300)]
_JPEG: Responses = {200: {"content": {"image/jpeg": {}}, "description": "The picture"}}
_BYTES: Responses = {200: {"content": {"application/octet-stream": {}}, "description": "The file"}}
_CALENDAR: Responses = {200: {"content": {"text/calendar": {}}, "description": "iCalendar"}}


class Session(BaseModel):
    """Who is asking."""

    role: Role | None = Field(description="reader or editor")
    token: str = Field(description="for the header X-CSRF-Token of changes")


class PlanHead(BaseModel):
    """A plan in a list."""

    record_id: str
    number: str | None
    symbol: str | None
    kind: str | None
    title: str | None
    province: str | None
    province_now: str | None
    issuer: str | None
    issued_on: str | None = Field(description="EDTF")
    plan_period: str | None = Field(description="EDTF")
    media_type: str


class PlanList(BaseModel):
    """A page of plans."""

    total: int
    plans: list[PlanHead]
    after: int | None = Field(description="where the next page begins; null on the last one")


class DutyList(BaseModel):
    """A page of duties."""

    total: int
    duties: list[Duty]
    after: int | None = Field(description="where the next page begins; null on the last one")


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document and everybody who cites it."""

    documents: list[Document]
    citations: list[Citation]


class SuggestionList(BaseModel):
    """What may be meant."""

    suggestions: list[suggest.Suggestion]


class UploadList(BaseModel):
    """Uploads since the start, newest first."""

    uploads: list[Upload]


@router.get("/session", tags=["session"])
def session(request: Request) -> Session:
    """The asker's role, and the token that changes need; sets a cookie where none is needed yet."""
    visitor = visitor_of(request)
    token = site_of(request).sessions.token(visitor) if visitor.nonce else ""
    return Session(role=visitor.role, token=token)


@router.get("/search", tags=["search"])
def search(
    request: Request,
    q: QueryText,
    limit: Annotated[int, Query(ge=0, le=200, description="hits on a page")] = 20,
    after: Annotated[str | None, Query(max_length=500, description="cursor")] = None,
    sort: Sort | None = None,
) -> Answer:
    """One page of passages that a query finds."""
    with site_of(request).library.reading() as corpus:
        return corpus.search(q, limit=limit, after=after, sort=sort)


@router.get("/facets", tags=["search"])
def facets(
    request: Request, q: QueryText = "", top: Annotated[int, Query(ge=0, le=200)] = 10
) -> Facets:
    """How a query's hits spread over provinces, years, bodies and cited documents."""
    with site_of(request).library.reading() as corpus:
        return corpus.facets(q, top=top)


@router.get("/suggest", tags=["search"])
def suggestions(
    request: Request,
    q: Annotated[str, Query(max_length=500)],
    lang: Annotated[str, Query(pattern="^(vi|en)$")] = "vi",
) -> SuggestionList:
    """Provinces, bodies, documents and fields that the end of a query may mean."""
    with site_of(request).library.reading() as corpus:
        return SuggestionList(suggestions=suggest.suggest(corpus, q, lang))


_EXPORTS: Responses = {
    200: {
        "content": {kind.partition(";")[0]: {} for kind in search_pages.MEDIA_TYPES.values()},
        "description": "The file",
    }
}


@router.get("/export", tags=["search"], response_class=Response, responses=_EXPORTS)
def export(request: Request, format: ExportFormat, q: QueryText = "") -> Response:
    """What a query finds as a file: a workbook, CSV, all tables as CSV in a ZIP, or records."""
    return search_pages.export(site_of(request), format, q)


_HEAD = (
    "SELECT id, record_id, number, symbol, kind, title, province, province_now, issuer, issued_on,"
    " plan_period, media_type FROM plans WHERE id > ? ORDER BY id LIMIT ?"
)


@router.get("/plans", tags=["plans"])
def plans(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    after: Annotated[int, Query(ge=0, lt=1 << 62)] = 0,
) -> PlanList:
    """All plans, in the order in which they came."""
    with site_of(request).library.reading() as corpus, corpus.store.snapshot() as connection:
        total = connection.execute("SELECT count(*) FROM plans").fetchone()[0]
        rows = connection.execute(_HEAD, [after, limit + 1]).fetchall()
    names = list(PlanHead.model_fields)
    heads = [PlanHead(**dict(zip(names, row[1:], strict=True))) for row in rows[:limit]]
    more = rows[limit - 1][0] if len(rows) > limit else None
    return PlanList(total=total, plans=heads, after=more)


@router.get("/plans/{record_id}", tags=["plans"], response_model=Plan)
def plan(request: Request, record_id: RecordId) -> Response:
    """The record of a plan: docs/record.md."""
    site = site_of(request)
    with site.library.reading() as corpus:
        found = site.library.plan(corpus, record_id)[0]
    # A record was checked when it was written; checking it again costs more than all the rest.
    return Response(found.to_json(), media_type="application/json")


@router.get(
    "/plans/{record_id}/pages/{number}", tags=["plans"], response_class=Response, responses=_JPEG
)
def picture(
    request: Request,
    record_id: RecordId,
    number: Annotated[int, Path(ge=1, le=100_000, description="page, from 1")],
    width: Annotated[int, Query(ge=1, le=10_000, description="pixels; the nearest of two")] = 1400,
) -> Response:
    """The picture of a page; boxes of the record are points of the same page."""
    return Response(drawn_page(site_of(request), record_id, number, width), media_type="image/jpeg")


@router.get(
    "/plans/{record_id}/original", tags=["plans"], response_class=Response, responses=_BYTES
)
def original(request: Request, record_id: RecordId) -> Response:
    """The file that the plan was read from."""
    return send_original(site_of(request), record_id)


@router.get("/cites", tags=["citations"])
def cites(request: Request, document: Annotated[str, Query(min_length=1, max_length=300)]) -> Cited:
    """Who cites a document, by its number or words of its name."""
    with site_of(request).library.reading() as corpus:
        return Cited(*corpus.cites(document))


@router.get("/conflicts", tags=["citations"])
def conflicts(request: Request) -> list[Conflict]:
    """Citations that a person should look at."""
    site = site_of(request)
    with site.library.reading() as corpus:
        return site.library.answered(corpus, "conflicts", corpus.conflicts)


@router.get("/duties", tags=["duties"])
def duty_list(
    request: Request,
    first: Day = None,
    last: Day = None,
    agency: Name = None,
    province: Name = None,
    undated: bool = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[int, Query(ge=0, lt=1 << 31)] = 0,
) -> DutyList:
    """Who owes what by when, by the last day that keeps it."""
    site = site_of(request)
    with site.library.reading() as corpus:
        found = duties.due(corpus, first, last, agency, province, undated=undated)
    more = after + limit if len(found) > after + limit else None
    return DutyList(total=len(found), duties=found[after : after + limit], after=more)


@router.get("/duties.ics", tags=["duties"], response_class=Response, responses=_CALENDAR)
def calendar(
    request: Request,
    first: Day = None,
    last: Day = None,
    agency: Name = None,
    province: Name = None,
) -> Response:
    """The same as a calendar to import or subscribe to."""
    with site_of(request).library.reading() as corpus:
        found = duties.due(corpus, first, last, agency, province)
    return Response(icalendar(found), media_type="text/calendar; charset=utf-8")


@router.get("/corpus", tags=["corpus"])
def corpus_state(request: Request) -> state.State:
    """How much there is, how good it is, and what could not be read."""
    site = site_of(request)
    with site.library.reading() as corpus:
        return state.state(site, corpus)


@router.get("/corpus/coverage", tags=["corpus"])
def coverage(request: Request, era: state.Era = "34") -> state.Coverage:
    """Plans by province and year, by the 34 provinces of today or the 63 of before."""
    site = site_of(request)
    with site.library.reading() as corpus:
        return state.coverage(site, corpus, era)


@router.get("/corpus/failures", tags=["corpus"])
def failures(request: Request) -> list[Failure]:
    """Files that have no record, and what to do about each."""
    site = site_of(request)
    with site.library.reading() as corpus:
        return state.state(site, corpus).failures


@router.get("/uploads", tags=["uploads"])
def uploads(request: Request) -> UploadList:
    """Uploads since the start, newest first."""
    return UploadList(uploads=site_of(request).uploads.all())


@router.get("/uploads/{upload_id}", tags=["uploads"])
def upload(request: Request, upload_id: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]) -> Upload:
    """How far an upload is; its id is that of the record it becomes."""
    found = site_of(request).uploads.get(upload_id)
    if found is None:
        raise NoSuchPage("there is no such upload.")
    return found


@router.post("/uploads", tags=["uploads"], status_code=202)
async def send(request: Request, file: Annotated[UploadFile, File()]) -> Upload:
    """Send a file in; it is read in the background, within the limits of bulk loading."""
    site = site_of(request)
    return await run_in_threadpool(site.uploads.receive, file.file, file.filename or "")
