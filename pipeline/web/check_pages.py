"""Check and correct: a plan's values one by one with the keyboard, and the log of all that.

In: a record's id.  Out: pages.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from pipeline.corpus import Corpus
from pipeline.corrections.entries import CATEGORIES, Category
from pipeline.review import Item, Progress, paging
from pipeline.review.desk import Desk
from pipeline.web import desk
from pipeline.web.library import Kept
from pipeline.web.names import names
from pipeline.web.pictures import WIDTHS
from pipeline.web.plan_pages import RecordId, looked_up
from pipeline.web.rendering import language, page
from pipeline.web.site import site_of

router = APIRouter()
_ENTRIES = 100
_CONFLICTS = 50
_DESKS = Kept[tuple[list[Item], list[Progress]]](16)


@router.get("/plans/{record_id}/check")
def check_page(
    request: Request, record_id: RecordId, category: Category | None = None, left: bool = False
) -> Response:
    """The desk of a plan."""
    site = site_of(request)
    with site.library.reading() as corpus:
        found, mark = looked_up(site, corpus, record_id)
        last = corpus.store.connection.execute(
            "SELECT max(c.id) FROM corrections c JOIN plans p ON p.sha256 = c.sha256"
            " WHERE p.record_id = ?",
            [record_id],
        ).fetchone()[0]
        items, progress = _DESKS.get(
            (site.corpus, record_id, mark, last),
            lambda: _desk(corpus, record_id),
        )
        rows = desk.rows(
            [
                item
                for item in items
                if category in (None, item.category) and not (left and item.verdict)
            ],
            language(request),
        )
        drawn = site.pictures.has_pages(corpus, record_id)
    values = {
        "view": found,
        "plan": found.plan,
        "rows": rows,
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


def _desk(corpus: Corpus, record_id: str) -> tuple[list[Item], list[Progress]]:
    with corpus.store.snapshot() as connection:
        one = Desk(connection, corpus.find(record_id))
        return one.items(), one.progress()


@router.get("/corrections")
def log_page(
    request: Request,
    before: Annotated[int | None, Query(ge=1, lt=1 << 62)] = None,
    after: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Who decided what, when and why; and what contradicts it now: each in pages of its own."""
    site = site_of(request)
    with site.library.reading() as corpus:
        found = paging.log_page(corpus, _ENTRIES, before)
        conflicts = paging.conflict_page(corpus, _CONFLICTS, after)
        called = names(corpus, (entry.sha256 for entry in found.entries), "sha256")
        called |= names(corpus, (one.record_id for one in conflicts.conflicts))
    values = {
        "log": found,
        "entries": [desk.logged(entry, language(request)) for entry in found.entries],
        "conflicts": conflicts,
        "names": called,
        "first": before is None,
        "first_conflicts": after is None,
    }
    return page(request, "corrections.html", values)
