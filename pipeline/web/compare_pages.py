"""Compare: choose plans, watch, read the report, take the workbook; the same through the API.

In: ids of records, or a query.  Out: pages, JSON and files.

The report is a page of its own with its own script and style.  It is shown in a frame without an
origin (``sandbox``), under the policy that it carries itself, so nothing in it reaches this site.
"""

from __future__ import annotations

import html
import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel

from pipeline.corpus import Corpus
from pipeline.errors import KehoachError
from pipeline.web.comparing import REPORT, WORKBOOK
from pipeline.web.comparisons import FileName, Job, chosen
from pipeline.web.library import SECONDS_FOR_COUNTS
from pipeline.web.problems import problem
from pipeline.web.rendering import language, page
from pipeline.web.site import site_of

router = APIRouter()
api = APIRouter(prefix="/api/v1", tags=["comparison"])

Ids = Annotated[list[Annotated[str, Query(pattern=r"^[0-9a-f]{16}$")]], Query(max_length=3_000)]
QueryText = Annotated[str, Query(max_length=4_000)]
Key = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="from a comparison")]
_MOST_LISTED = 1_000
_POLICY = re.compile(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"')
_NO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Listed(BaseModel):
    """A plan that may be chosen."""

    record_id: str
    name: str
    title: str
    province: str
    year: str


@router.get("/compare")
def compare_page(request: Request, plan: Ids = [], q: QueryText = "") -> Response:  # noqa: B006
    """The comparison of these plans; without any a list to choose from."""
    site = site_of(request)
    query = q.strip()
    values: dict[str, Any] = {"job": None, "problem": None, "query": query, "chosen": plan}
    with site.library.reading() as corpus:
        if plan or query:
            try:
                ids = chosen(corpus, plan, query)
                values["job"] = site.comparisons.ask(corpus, ids, language(request))
                values["count"] = len(ids)
            except KehoachError as error:
                values["problem"] = problem(error)
        if values["job"] is None:
            values["plans"] = site.library.answered(
                corpus, "listed", lambda: _listed(corpus), SECONDS_FOR_COUNTS
            )
    found = values["problem"]
    return page(request, "compare.html", values, status=found.status if found else 200)


def _listed(corpus: Corpus) -> list[Listed]:
    rows = corpus.store.connection.execute(
        "SELECT record_id, coalesce(kind_name, '') || ' ' || coalesce(number, symbol,"
        " CASE WHEN title IS NULL THEN (SELECT min(name) FROM sources s WHERE s.plan = p.id) END,"
        " ''),"
        " coalesce(title, ''), coalesce(province, ''),"
        " coalesce((SELECT group_concat(year, ', ') FROM plan_years y WHERE y.plan = p.id), '')"
        " FROM plans p WHERE NOT EXISTS (SELECT 1 FROM copies c WHERE max(c.plan, c.other) = p.id)"
        " ORDER BY folded(coalesce(p.title, '')), p.province, p.id LIMIT ?",
        [_MOST_LISTED],
    )
    names = list(Listed.model_fields)
    return [Listed(**dict(zip(names, row, strict=True))) for row in rows]


@router.get("/compare/{key}/report.html")
def report_page(request: Request, key: Key) -> Response:
    """The report, for the frame of the page."""
    return _report(request, key)


@router.get("/compare/{key}/{name}")
def download(request: Request, key: Key, name: FileName) -> Response:
    """The workbook or the data."""
    return _file(request, key, name)


def _report(request: Request, key: str) -> Response:
    text = site_of(request).comparisons.file(key, REPORT).read_text(encoding="utf-8")
    if request.query_params.get("download"):
        headers = {"content-disposition": 'attachment; filename="kehoach-so-sanh.html"'}
        return Response(text, media_type="text/html; charset=utf-8", headers=headers)
    own = _POLICY.search(text[:20_000])
    policy = html.unescape(own.group(1)) if own else _NO_POLICY
    headers = {
        "content-security-policy": f"{policy}; frame-ancestors 'self'; sandbox allow-scripts",
        "x-frame-options": "SAMEORIGIN",
        "cache-control": "private, max-age=3600",
    }
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


def _file(request: Request, key: str, name: FileName) -> FileResponse:
    path = site_of(request).comparisons.file(key, name)
    kind = _WORKBOOK_TYPE if name == WORKBOOK else "application/json"
    return FileResponse(path, media_type=kind, filename=f"kehoach-so-sanh{path.suffix}")


@api.get("/comparisons")
def ask(request: Request, plan: Ids = [], q: QueryText = "") -> Job:  # noqa: B006
    """Compare plans by id, or all that a query finds; asked again it says how far it is."""
    site = site_of(request)
    with site.library.reading() as corpus:
        ids = chosen(corpus, plan, q.strip())
        return site.comparisons.ask(corpus, ids, language(request))


@api.get("/comparisons/{key}")
def job(request: Request, key: Key) -> Job:
    """How far a comparison is."""
    return site_of(request).comparisons.get(key)


_BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/html": {}, _WORKBOOK_TYPE: {}, "application/json": {}},
        "description": "The file",
    }
}


@api.get("/comparisons/{key}/{name}", response_class=Response, responses=_BYTES)
def file(request: Request, key: Key, name: FileName) -> Response:
    """The report, the workbook, or the whole comparison as JSON."""
    if name == REPORT:
        return _report(request, key)
    return _file(request, key, name)
