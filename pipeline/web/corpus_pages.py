"""Duties by date, the state of the corpus, uploads, and the API's own page.

In: requests.  Out: pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from pipeline.corpus.duties import Duty, icalendar
from pipeline.corpus.names import province_list
from pipeline.errors import NotAllowed
from pipeline.settings import settings
from pipeline.web import duties, state
from pipeline.web.library import SECONDS_FOR_COUNTS
from pipeline.web.names import names
from pipeline.web.rendering import HANOI, page
from pipeline.web.site import site_of, visitor_of

router = APIRouter()

_MOST_UNDATED = 200
_MOST_LISTED = 400
Name = Annotated[str, Query(max_length=300)]
Month = Annotated[str, Query(pattern=r"^([12]\d{3}-(0[1-9]|1[0-2]))?$")]


@router.get("/duties")
def duties_page(
    request: Request,
    month: Month = "",
    agency: Name = "",
    province: Name = "",
    view: str = "month",
) -> Response:
    """A month of duties, as a calendar and a list; or what has no day."""
    site = site_of(request)
    agency, province = agency.strip(), province.strip()
    undated = view == "undated"
    today = (datetime.now(UTC) + HANOI).date()
    with site.library.reading() as corpus:
        known = site.library.answered(
            corpus, "months", lambda: duties.months(corpus), SECONDS_FOR_COUNTS
        )
        shown = month or duties.month_to_show(known, today)
        if undated:
            found = duties.due(
                corpus, None, None, agency, province, undated="only", limit=_MOST_UNDATED + 1
            )
        else:
            found = duties.due(corpus, shown, shown, agency, province)
        called = names(corpus, (duty.record_id for duty in found if not duty.number))
    by_day: dict[str, list[Duty]] = {}
    for duty in found[: _MOST_UNDATED if undated else _MOST_LISTED]:
        by_day.setdefault(duty.latest or "", []).append(duty)
    values = {
        "month": shown,
        "agency": agency,
        "province": province,
        "undated": undated,
        "months": known,
        "around": _around(shown),
        "weeks": [] if undated else duties.weeks(shown, found),
        "by_day": by_day,
        "called": called,
        "total": len(found),
        "more": undated and len(found) > _MOST_UNDATED,
        "listed": sum(map(len, by_day.values())),
        "who": duties.who(found),
        "owed_by": duties.owed_by,
        "today": today.isoformat(),
        "provinces": province_list(),
    }
    return page(request, "duties.html", values)


def _around(month: str) -> tuple[str, str]:
    """The months before and after."""
    first = date.fromisoformat(f"{month}-01")
    before = first - timedelta(days=1)
    return before.isoformat()[:7], (first + timedelta(days=32)).isoformat()[:7]


@router.get("/duties.ics")
def duties_calendar(
    request: Request, month: Month = "", agency: Name = "", province: Name = ""
) -> Response:
    """The same as a calendar file; without a month all of it."""
    with site_of(request).library.reading() as corpus:
        found = duties.due(corpus, month or None, month or None, agency.strip(), province.strip())
    headers = {"content-disposition": 'attachment; filename="kehoach.ics"'}
    return Response(icalendar(found), media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/corpus")
def corpus_page(request: Request, era: state.Era = "34", year: str = "") -> Response:
    """How much there is, of whom, how good, and what failed."""
    site = site_of(request)
    with site.library.reading() as corpus:
        found = state.state(site, corpus)
        covered = state.coverage(site, corpus, era)
    tiles = list(state.shaded(state.in_year(covered, year)))
    values = {"state": found, "coverage": covered, "tiles": tiles, "era": era, "year": year}
    return page(request, "corpus.html", values)


@router.get("/upload")
def upload_page(request: Request) -> Response:
    """Files go in here."""
    if visitor_of(request).role != "editor":
        raise NotAllowed("only editors upload.")
    values = {
        "uploads": site_of(request).uploads.all(),
        "most": settings().max_bytes,
        "most_pages": settings().max_pages,
    }
    return page(request, "upload.html", values)


@router.get("/api")
def api_page(request: Request) -> Response:
    """What the API can do, read from its own description."""
    description = request.app.openapi()
    calls = [
        (path, method.upper(), call)
        for path, methods in description["paths"].items()
        for method, call in methods.items()
    ]
    return page(request, "api.html", {"calls": calls, "about": description["info"]["description"]})
