"""Errors as answers: problem details (RFC 9457) for programs, a page for people.

In: an error.  Out: a response with a fitting status; never a traceback, never a path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fastapi import Request
from fastapi.exceptions import HTTPException as OfRoutes
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from pipeline.errors import BadRequest, KehoachError, NoSuchPage, QueryError

if TYPE_CHECKING:
    from fastapi import FastAPI

STATUS = {
    "usage": 400,
    "query": 400,
    "bad-request": 400,
    "empty-file": 400,
    "damaged": 400,
    "encrypted": 400,
    "foreign-host": 421,
    "sign-in-needed": 401,
    "not-allowed": 403,
    "forged-request": 403,
    "not-in-corpus": 404,
    "no-such-page": 404,
    "source-missing": 404,
    "timeout": 408,
    "bad-correction": 422,
    "value-changed": 409,
    "too-large": 413,
    "too-many-plans": 413,
    "unknown-format": 415,
    "too-many-requests": 429,
    "corpus-busy": 503,
    "corpus-missing": 503,
    "not-a-corpus": 503,
    "corpus-too-new": 503,
    "ingest-busy": 503,
    "cannot-write": 507,
}
MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field("about:blank", description="always about:blank; see code")
    title: str = Field(description="the code in words")
    status: int = Field(description="HTTP status")
    detail: str = Field(description="what happened")
    code: str = Field(description="stable code, docs/codes.md")
    next_step: str = Field(description="what to try")
    position: int | None = Field(None, description="of a query: at which character, from 1")


def problem(error: KehoachError) -> Problem:
    """The problem details of an error."""
    return Problem(
        type="about:blank",
        title=error.code.replace("-", " "),
        status=STATUS.get(error.code, 500),
        detail=str(error),
        code=error.code,
        next_step=error.next_step,
        position=error.position if isinstance(error, QueryError) else None,
    )


def answer(request: Request, error: KehoachError) -> Response:
    """The response for an error, in the form that the asker reads."""
    found = problem(error)
    headers = {"retry-after": "60"} if found.status == 429 else {}
    if found.status == 401:
        headers["www-authenticate"] = 'Bearer realm="kehoach"'
    if request.url.path.startswith("/api/") or not hasattr(request.state, "visitor"):
        return JSONResponse(
            found.model_dump(exclude_none=True), found.status, headers, media_type=MEDIA_TYPE
        )
    from pipeline.web.rendering import page

    response = page(request, "problem.html", {"problem": found}, status=found.status)
    response.headers.update(headers)
    return response


def install(app: FastAPI) -> None:
    """Let the application answer every error so."""

    async def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, KehoachError)
        return answer(request, error)

    async def refused(request: Request, fault: Exception) -> Response:
        error = cast(OfRoutes, fault)
        cause = error.__cause__
        if isinstance(cause, KehoachError):
            return answer(request, cause)
        if error.status_code == 404:
            return answer(request, NoSuchPage("there is nothing at this address."))
        response = answer(request, BadRequest(f"{error.detail}."))
        if error.status_code in (405, 406, 415):
            response.status_code = error.status_code
        response.headers.update(error.headers or {})
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        places = "; ".join(
            f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}"
            for each in error.errors()[:5]
        )
        return answer(request, BadRequest(f"{places[:500]}."))

    async def unexpected(request: Request, error: Exception) -> Response:
        return answer(
            request,
            KehoachError(
                "an unexpected fault of the program.",
                next_step="Look into the server's log, and report it.",
            ),
        )

    app.add_exception_handler(KehoachError, known)
    # The routes' own refusals (no such page, no such method) are of the class below FastAPI's.
    app.add_exception_handler(OfRoutes.__mro__[1], refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unexpected)
