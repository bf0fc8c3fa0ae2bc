"""Signing in and out, and whether the site is up.

In: forms.  Out: pages and cookies.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, RedirectResponse

from pipeline.errors import ForgedRequest, TooManyRequests
from pipeline.web.guard import address
from pipeline.web.rendering import page
from pipeline.web.site import site_of, visitor_of

router = APIRouter()


@router.get("/health")
def health() -> PlainTextResponse:
    """Whether the site answers."""
    return PlainTextResponse("ok")


@router.get("/sign-in")
def form(request: Request, next: str = "/") -> Response:
    """The form."""
    if visitor_of(request).role is not None and site_of(request).sessions.is_open:
        return RedirectResponse("/", 303)
    return page(request, "sign_in.html", {"next": _inside(next), "wrong": False})


@router.post("/sign-in")
async def sign_in(
    request: Request,
    password: Annotated[str, Form(max_length=500)] = "",
    next: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    """Compare the password; a wrong one costs a guess."""
    site = site_of(request)
    if not site.guesses.allows(address(request), cost=0):
        raise TooManyRequests("too many wrong passwords.")
    role = site.sessions.role_of(password)
    if role is None:
        site.guesses.allows(address(request))
        values = {"next": _inside(next), "wrong": True}
        return await run_in_threadpool(page, request, "sign_in.html", values, status=403)
    cookie, _ = site.sessions.begin(role)
    response = RedirectResponse(_inside(next), 303)
    response.headers["set-cookie"] = site.set_cookie(cookie)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Forget the session."""
    site = site_of(request)
    if not site.sessions.is_genuine(visitor_of(request), token):
        raise ForgedRequest("the token of the page is missing or wrong.")
    response = RedirectResponse("/", 303)
    response.headers["set-cookie"] = site.set_cookie("")
    return response


def _inside(target: str) -> str:
    """A place on this site; anything else becomes the first page."""
    plain = target.isascii() and target.isprintable() and "\\" not in target
    return target if plain and target.startswith("/") and not target.startswith("//") else "/"
