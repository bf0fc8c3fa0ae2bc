"""The application: routes, errors, static files, and the guard around them.

In: a ``Site``.  Out: an ASGI application.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from pipeline.web import (
    api,
    check_pages,
    compare_pages,
    corpus_pages,
    plan_pages,
    problems,
    review_api,
    search_pages,
    session_pages,
)
from pipeline.web.guard import App, Guard
from pipeline.web.site import Site

DESCRIPTION = """\
Everything the pages show, as JSON. Errors are problem details (RFC 9457) with a stable `code`.
Reading needs no token where the site has no password; otherwise send the password as
`Authorization: Bearer …`. Changes need the editor's password so, or a session's cookie together
with its token (`GET /api/v1/session`) in the header `X-CSRF-Token`."""


class _Static(StaticFiles):
    """Static files have a mark of their content in their address, so browsers may keep them."""

    def file_response(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_app(site: Site) -> App:
    """The application of one site."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if not site.read_only:
            site.uploads.resume()
        yield
        site.close()

    app = FastAPI(
        title="kehoach",
        version="1",
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the stock pages load their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        responses={
            "4XX": {
                "description": "Refused",
                "content": {problems.MEDIA_TYPE: {"schema": problems.Problem.model_json_schema()}},
            }
        },
    )
    problems.install(app)
    for room in (
        session_pages,
        search_pages,
        plan_pages,
        check_pages,
        compare_pages,
        corpus_pages,
    ):
        app.include_router(room.router, include_in_schema=False)
    app.include_router(api.router)
    app.include_router(review_api.router)
    app.include_router(compare_pages.api)
    static = resources.files(__package__) / "static"
    app.mount("/static", _Static(directory=str(static)), name="static")
    return Guard(app, site)
