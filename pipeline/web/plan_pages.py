"""A plan: its page images or text beside its record, its original file, and a file to mail.

In: a record's id.  Out: pages, pictures and files.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse

from models import Plan, Span
from pipeline.corpus import Corpus
from pipeline.corpus.plain import shown
from pipeline.errors import KehoachError, NoSuchPage, SourceMissing
from pipeline.settings import settings
from pipeline.web.library import Kept
from pipeline.web.pictures import WIDTHS
from pipeline.web.plan_view import Value, View, view
from pipeline.web.rendering import Html, asset_text, environment, language, page, words
from pipeline.web.site import Site, site_of

router = APIRouter()

RecordId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", description="id of the record")]
_MAILED_PAGES = 60
_MAILED_BYTES = 18_000_000  # what most mail servers let through, as base64
_PANELS = Kept[Html](64)
_VIEWS = Kept[View](24)


def looked_up(site: Site, corpus: Corpus, record_id: str) -> tuple[View, int]:
    """A plan's view and the mark of its record."""
    plan, mark = site.library.plan(corpus, record_id)
    return _VIEWS.get((site.corpus, record_id, mark), lambda: view(plan)), mark


def panel(site: Site, found: View, mark: int, lang: str) -> Html:
    """The record's side of the page, kept as long as the record stays as it is."""

    def make() -> Html:
        template = environment().get_template("plan_panel.html")
        return Html(
            template.render(
                **words(lang), view=found, plan=found.plan, low=settings().low_confidence
            )
        )

    return _PANELS.get((site.corpus, found.plan.id, mark, lang), make)


@router.get("/plans/{record_id}")
def plan_page(
    request: Request,
    record_id: RecordId,
    passage: Annotated[int | None, Query(ge=0, lt=1 << 62)] = None,
) -> Response:
    """The page of a plan; with a passage's number that passage is lit."""
    site = site_of(request)
    with site.library.reading() as corpus:
        found, mark = looked_up(site, corpus, record_id)
        run = corpus.store.connection.execute
        drawn = site.pictures.has_pages(corpus, record_id)
        lit = _passage(corpus, record_id, passage) if passage is not None else None
        copies = run(
            "SELECT o.record_id, (SELECT min(name) FROM sources s WHERE s.plan = o.id),"
            " o.media_type, c.similarity FROM plans p"
            " JOIN copies c ON p.id IN (c.plan, c.other)"
            " JOIN plans o ON o.id = c.plan + c.other - p.id WHERE p.record_id = ?",
            [record_id],
        ).fetchall()
        known = run(
            "SELECT 1 FROM files f JOIN plans p ON p.sha256 = f.sha256 WHERE p.record_id = ?",
            [record_id],
        ).fetchone()
    values = {
        "view": found,
        "plan": found.plan,
        "panel": panel(site, found, mark, language(request)),
        "drawn": drawn,
        "known": known is not None,
        "lit": lit,
        "copies": copies,
        "widths": WIDTHS,
    }
    return page(request, "plan.html", values)


def _passage(corpus: Corpus, record_id: str, number: int) -> Value | None:
    row = corpus.store.connection.execute(
        "SELECT a.start, a.end, a.page, a.boxes FROM passages a JOIN plans p ON p.id = a.plan"
        " WHERE a.plan = ? AND a.place = ? AND p.record_id = ?",
        [number >> 16, number & 0xFFFF, record_id],
    ).fetchone()
    if row is None:
        return None
    start, end, number_, boxes = row
    span = Span(start=start, end=end, page=number_, boxes=json.loads(boxes) if boxes else None)
    return Value("passage", "passage", "", span)


@router.get("/plans/{record_id}/pages/{number}.jpg")
def picture(
    request: Request,
    record_id: RecordId,
    number: Annotated[int, Path(ge=1, le=100_000)],
    w: int = WIDTHS[-1],
) -> Response:
    """The picture of a page."""
    made = drawn_page(site_of(request), record_id, number, w)
    # The id is a hash of the file's bytes: what is under this address never changes.
    kept = {"cache-control": "private, max-age=86400"}
    return Response(made, media_type="image/jpeg", headers=kept)


def drawn_page(site: Site, record_id: str, number: int, width: int) -> bytes:
    """A page as a JPEG.

    Raises:
        KehoachError: there is no such page, no file, or it cannot be drawn.
    """
    with site.library.reading() as corpus:
        plan, _ = site.library.plan(corpus, record_id)
        original = site.pictures.original(corpus, record_id)
    if number > len(plan.source.pages):
        raise NoSuchPage(f"the plan has {len(plan.source.pages)} pages.")
    nearest = min(WIDTHS, key=lambda each: abs(each - width))
    return site.pictures.picture(original, number, nearest)


@router.get("/plans/{record_id}/original")
def original_file(request: Request, record_id: RecordId) -> Response:
    """The file that the plan was read from, as it was."""
    return send_original(site_of(request), record_id)


def send_original(site: Site, record_id: str) -> FileResponse:
    """The original file as a download; it is never shown inside these pages.

    Raises:
        SourceMissing: it is not known, gone, or has other bytes now.
    """
    with site.library.reading() as corpus:
        site.library.plan(corpus, record_id)
        original = site.pictures.original(corpus, record_id)
        name = corpus.store.connection.execute(
            "SELECT s.name FROM sources s JOIN plans p ON p.id = s.plan WHERE p.record_id = ?"
            " ORDER BY s.name LIKE p.sha256 || '%', s.name LIMIT 1",
            [record_id],
        ).fetchone()
    return FileResponse(
        original.path,
        media_type="application/octet-stream",
        filename=_file_name(name[0] if name else original.name),
    )


@router.get("/plans/{record_id}/record.json")
def record(request: Request, record_id: RecordId) -> Response:
    """The record as a download."""
    site = site_of(request)
    with site.library.reading() as corpus:
        plan, _ = site.library.plan(corpus, record_id)
    return Response(
        plan.to_json(), media_type="application/json", headers=_attachment(plan, "json")
    )


@router.get("/plans/{record_id}/mail.html")
def mail(request: Request, record_id: RecordId) -> Response:
    """The whole page as one file that needs nothing else: to mail, or to keep."""
    site = site_of(request)
    lang = language(request)
    with site.library.reading() as corpus:
        found, mark = looked_up(site, corpus, record_id)
    pictures = _pictures(site, found.plan)
    html = environment().get_template("mail.html").render(
        **words(lang),
        lang=lang,
        view=found,
        plan=found.plan,
        panel=panel(site, found, mark, lang),
        pictures=pictures,
        style=Html(asset_text("site.css").replace("</", "<\\/")),
        script=Html(asset_text("plan.js").replace("</", "<\\/")),
    )  # fmt: skip
    return Response(html, media_type="text/html", headers=_attachment(found.plan, "html"))


def _pictures(site: Site, plan: Plan) -> dict[int, str]:
    """Pages as data addresses, as many as a mail can carry."""
    made: dict[int, str] = {}
    size = 0
    for each in plan.source.pages[:_MAILED_PAGES]:
        try:
            data = drawn_page(site, plan.id, each.number, WIDTHS[0] + 300)
        except SourceMissing:
            break
        except KehoachError:
            continue
        size += len(data) * 4 // 3
        if size > _MAILED_BYTES:
            break
        made[each.number] = f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
    return made


def _attachment(plan: Plan, ending: str) -> dict[str, str]:
    number = re.sub(r"[^\w-]+", "-", plan.header.number or plan.header.symbol or "", flags=re.A)
    name = f"kehoach-{number or 'plan'}-{plan.id}.{ending}"
    return {"content-disposition": f'attachment; filename="{name}"'}


def _file_name(name: str) -> str:
    """A file name for a header: one line, no folder."""
    return shown(re.split(r"[\\/]", name)[-1], 120) or "plan"
