"""The first page, search with its facets, and the export of what was found.

In: a query.  Out: pages and files.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from pipeline.corpus import Corpus, exporting
from pipeline.corpus.facets import Facets
from pipeline.corpus.searching import SORTS, Answer, Hit, Sort, search
from pipeline.corpus.tables import table_named
from pipeline.errors import CorpusBusy, QueryError, UsageError
from pipeline.web.guard import Receive, Scope, Send
from pipeline.web.names import Name, names
from pipeline.web.problems import problem
from pipeline.web.rendering import page
from pipeline.web.site import Site, site_of
from pipeline.web.state import figures, recent

router = APIRouter()

PER_PAGE = 20
FACET_VALUES = 8
_EXPORTS = threading.Semaphore(2)
_EXAMPLES = (
    ("cai cach hanh chinh", "từ, có dấu hay không đều được", "words, with or without diacritics"),
    ('lead:"Sở Nội vụ"', "việc Sở Nội vụ chủ trì", "duties that a body leads"),
    ("has:deadline báo cáo", "đoạn có thời hạn và nói về báo cáo", "reports with a deadline"),
    ("recurring:quarterly", "việc làm hàng quý", "what is due every quarter"),
    ("target:>=90%", "chỉ tiêu từ 90% trở lên", "targets of 90% and more"),
)
ExportFormat = Literal["xlsx", "csv", "zip", "jsonl"]
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "jsonl": "application/jsonl",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit as the page shows it: its snippet in marked and plain pieces."""

    record_id: str
    passage: int
    section: str
    kind: str
    page: int | None
    pieces: tuple[tuple[bool, str], ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Hits that follow each other in one plan."""

    record_id: str
    name: str
    title: str | None
    province: str | None
    issued_on: str | None
    hits: tuple[Shown, ...]


@router.get("/")
@router.get("/search")
def search_page(
    request: Request,
    q: Annotated[str, Query(max_length=4_000)] = "",
    sort: str = "",
    after: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """What a query finds; without one the first page."""
    site = site_of(request)
    query = q.strip()
    values: dict[str, Any] = {"query": query, "sort": sort, "after": after, "sorts": SORTS}
    values |= {"answer": None, "problem": None}
    with site.library.reading() as corpus:
        if not query:
            made = {"figures": figures(site, corpus), "recent": recent(corpus, 6)}
            return page(request, "search.html", {**values, **made, "examples": _EXAMPLES})
        try:
            answer, facets = found(site, corpus, query, sort, after)
            unnumbered = (hit.record_id for hit in answer.hits if not hit.number)
            called = names(corpus, unnumbered)
        except (QueryError, UsageError) as error:
            return page(request, "search.html", {**values, "problem": problem(error)}, status=400)
    values |= {"answer": answer, "facets": facets, "groups": list(groups(answer, called))}
    return page(request, "search.html", values)


def found(
    site: Site, corpus: Corpus, query: str, sort: str, after: str | None
) -> tuple[Answer, Facets]:
    """One page of hits and the facets of all, kept until the corpus changes."""
    order: Sort | None = sort or None  # type: ignore[assignment]
    answer = site.library.answered(
        corpus,
        ("search", query, sort, after),
        lambda: search(corpus.store, query, limit=PER_PAGE, after=after, sort=order),
    )
    facets = site.library.answered(
        corpus, ("facets", query), lambda: site.library.facets(corpus, query, FACET_VALUES)
    )
    return answer, facets


def groups(answer: Answer, called: Mapping[str, Name]) -> Iterator[Group]:
    """Hits of the same plan that follow each other, together.

    Args:
        answer: with the hits.
        called: names of the plans that have no number.
    """
    for record_id, hits in itertools.groupby(answer.hits, key=lambda hit: hit.record_id):
        several = list(hits)
        first = several[0]
        yield Group(
            record_id,
            first.number or (called[record_id].name if record_id in called else record_id),
            first.title if first.number else None,
            first.province,
            first.issued_on,
            tuple(map(_shown, several)),
        )


def _shown(hit: Hit) -> Shown:
    cut = hit.snippet
    pieces: list[tuple[bool, str]] = []
    at = cut.start
    for mark in cut.marks:
        pieces += [(False, hit.text[at : mark.start]), (True, hit.text[mark.start : mark.end])]
        at = mark.end
    pieces.append((False, hit.text[at : cut.end]))
    return Shown(
        hit.record_id,
        hit.passage,
        hit.section,
        hit.kind,
        hit.page,
        tuple((marked, text) for marked, text in pieces if text),
        cut.start > 0,
        cut.end < len(hit.text),
    )


@router.get("/export")
def export_page(
    request: Request,
    format: ExportFormat = "xlsx",
    q: Annotated[str, Query(max_length=4_000)] = "",
) -> Response:
    """What a query finds, as a file."""
    return export(site_of(request), format, q)


def export(site: Site, form: ExportFormat, query: str) -> FileResponse:
    """Write an export beside the corpus's own temporary files and send it.

    Raises:
        CorpusBusy: two are being written already.
        KehoachError: the query is not understood.
    """
    if not _EXPORTS.acquire(timeout=30):
        raise CorpusBusy("other exports are being written.")
    folder = Path(tempfile.mkdtemp(prefix="kehoach-export-"))
    try:
        with site.library.reading() as corpus:
            file = _write(corpus, folder, form, query)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        _EXPORTS.release()
    return _SentOnce(folder, file, form)


class _SentOnce(FileResponse):
    """A file whose folder goes with it, however the sending ends: a background task would not run
    where the visitor asks for a range that is not there."""

    def __init__(self, folder: Path, file: Path, form: ExportFormat) -> None:
        super().__init__(file, media_type=MEDIA_TYPES[form], filename=f"kehoach.{form}")
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)


def _write(corpus: Corpus, folder: Path, form: ExportFormat, query: str) -> Path:
    target = folder / f"kehoach.{form}"
    if form == "csv":
        passages = (table_named("passages"),)
        files = exporting.export(corpus.store, folder / "csv", "csv", query=query, tables=passages)
        return files[0]
    if form == "zip":
        files = exporting.export(corpus.store, folder / "csv", "csv", query=query)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for file in files:
                package.write(file, file.name)
        return target
    return exporting.export(corpus.store, target, form, query=query)[0]
