"""Check and correct: a plan's values one by one with the keyboard, and the log of all that.

In: a record's id.  Out: pages.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from pipeline import review
from pipeline.corrections.entries import CATEGORIES, Category
from pipeline.web import desk
from pipeline.web.pictures import WIDTHS
from pipeline.web.plan_pages import RecordId, looked_up
from pipeline.web.rendering import language, page
from pipeline.web.site import site_of

router = APIRouter()
_ENTRIES = 200


@router.get("/plans/{record_id}/check")
def check_page(
    request: Request, record_id: RecordId, category: Category | None = None, left: bool = False
) -> Response:
    """The desk of a plan."""
    site = site_of(request)
    with site.library.reading() as corpus:
        found, _ = looked_up(site, corpus, record_id)
        items = review.items(corpus, record_id, category=category, unchecked=left)
        progress = review.progress(corpus, record_id)
        drawn = site.pictures.has_pages(corpus, record_id)
    values = {
        "view": found,
        "plan": found.plan,
        "rows": desk.rows(items, language(request)),
        "progress": progress,
        "checked": sum(each.checked for each in progress),
        "total": sum(each.total for each in progress),
        "category": category,
        "left": left,
        "categories": CATEGORIES,
        "kinds": desk.ADDED,
        "drawn": drawn,
        "widths": WIDTHS,
    }
    return page(request, "check.html", values)


@router.get("/corrections")
def log_page(
    request: Request, before: Annotated[int | None, Query(ge=1, lt=1 << 62)] = None
) -> Response:
    """Who decided what, when and why; and what contradicts it now."""
    site = site_of(request)
    with site.library.reading() as corpus:
        every = review.history(corpus)
        conflicts = review.conflicts(corpus) if before is None else []
        names = dict(
            corpus.store.connection.execute("SELECT sha256, record_id FROM plans").fetchall()
        )
    found = [entry for entry in reversed(every) if before is None or entry.id < before]
    values = {
        "total": len(every),
        "entries": found[:_ENTRIES],
        "before": found[_ENTRIES - 1].id if len(found) > _ENTRIES else None,
        "conflicts": conflicts,
        "names": names,
    }
    return page(request, "corrections.html", values)
