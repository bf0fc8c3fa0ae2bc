"""What every request passes first and every answer last: names, pace, size, session, headers.

In: an ASGI request.  Out: a refusal, or the request handed on with its ``Visitor``.

Nothing here reads a body or touches the corpus.  The order is that of cost: a foreign name is
refused before anything is counted, a forged change before its body is read.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.datastructures import Headers
from fastapi.responses import RedirectResponse, Response

from pipeline.errors import (
    ForeignHost,
    ForgedRequest,
    KehoachError,
    NotAllowed,
    ReadTimeout,
    SignInNeeded,
    TooLarge,
    TooManyRequests,
)
from pipeline.settings import settings
from pipeline.web.problems import answer

if TYPE_CHECKING:
    from pipeline.web.site import Site

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_READING = ("GET", "HEAD", "OPTIONS")
# Open to people who have not signed in; what is not listed here is not.
_OPEN = ("/sign-in", "/health")
# Plain forms: their token comes in the body and is checked where that is read.
_FORMS = ("/sign-in", "/sign-out")
_SMALL_BODY = 1_000_000
_SECONDS_FOR_SMALL = 30
_ROOM_FOR_FORM = 100_000
UPLOADS = "/api/v1/uploads"


class Pace:
    """A bucket of requests per address that fills again with time.

    Args:
        per_minute: requests; also the most at once.
        most: addresses that are remembered.
    """

    def __init__(self, per_minute: int, most: int = 10_000) -> None:
        self._per_minute = per_minute
        self._most = most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, address: str, *, cost: float = 1.0) -> bool:
        """Count a request, and say whether it may go on; ``cost=0`` only looks."""
        now = time.monotonic()
        left, then = self._left.pop(address, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - then) * self._per_minute / 60)
        allowed = left >= max(cost, 1.0)
        self._left[address] = (left - cost if allowed else left, now)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
        return allowed


class Guard:
    """The outermost layer.

    Args:
        app: what comes behind.
        site: whose rules hold.
    """

    def __init__(self, app: App, site: Site) -> None:
        self._app = app
        self._site = site
        self._pace = Pace(settings().requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI; web sockets are refused."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        cookie: str | None = None
        try:
            self._name(request.headers)
            self._rate(request)
            cookie = self._who(request)
            self._change(request)
            body = self._bounded(request, receive)
        except KehoachError as error:
            response = _to_sign_in(request, error) or answer(request, error)
            await response(scope, receive, self._headed(send, None))
            return
        await self._app(scope, body, self._headed(send, cookie))

    def _name(self, headers: Headers) -> None:
        """Only under our own names: a foreign name that leads here is an attack (DNS rebinding)."""
        host = headers.get("host", "")
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:  # brackets without an address in them
            name = ""
        if not self._site.serves(name):
            raise ForeignHost(f'this is not "{host[:80]}".')

    def _rate(self, request: Request) -> None:
        if not self._pace.allows(address(request)):
            raise TooManyRequests(
                f"more than {settings().requests_per_minute} requests in a minute"
                " (KEHOACH_REQUESTS_PER_MINUTE)."
            )

    def _who(self, request: Request) -> str | None:
        """Put the visitor into the request's state; returns a cookie to set, or None."""
        sessions = self._site.sessions
        bearer = None
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            if not self._site.guesses.allows(address(request), cost=0):
                raise TooManyRequests("too many wrong passwords.")
            bearer = given.strip()
        visitor = sessions.visitor(_cookies(request).get(self._site.cookie), bearer)
        cookie = None
        if bearer is not None and visitor.role is None:
            self._site.guesses.allows(address(request))
            raise SignInNeeded("the password is wrong.")
        if visitor.role is None and sessions.is_open:
            cookie, visitor = sessions.open_session()
        request.state.visitor = visitor
        request.state.site = self._site
        if visitor.role is None and not _is_open(request.url.path):
            raise SignInNeeded("nobody is signed in.")
        return cookie

    def _change(self, request: Request) -> None:
        """Changes need the editor's role, and proof that one of our pages sent them."""
        if request.method in _READING:
            return
        origin = request.headers.get("origin")
        if origin is not None and not self._is_ours(origin, request):
            raise ForgedRequest("the request comes from another site.")
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise ForgedRequest("the request comes from another site.")
        if request.url.path in _FORMS:
            return
        visitor = request.state.visitor
        if not self._site.sessions.is_genuine(visitor, request.headers.get("x-csrf-token")):
            raise ForgedRequest("the token of the page is missing or wrong.")
        if visitor.role != "editor":
            raise NotAllowed("readers change nothing.")

    def _is_ours(self, origin: str, request: Request) -> bool:
        return origin == f"{'https' if self._site.tls else 'http'}://{request.headers['host']}" or (
            # A proxy with TLS before us: the name must be one of those we were told.
            origin == f"https://{request.headers['host']}" and not self._site.tls
        )

    def _bounded(self, request: Request, receive: Receive) -> Receive:
        """The body within its bounds of size and time."""
        upload = request.url.path == UPLOADS and request.method == "POST"
        most = settings().max_bytes + _ROOM_FOR_FORM if upload else _SMALL_BODY
        seconds = settings().seconds_per_upload if upload else _SECONDS_FOR_SMALL
        stated = request.headers.get("content-length", "0")
        if not stated.isascii() or not stated.isdigit() or int(stated[:15]) > most:
            raise TooLarge(f"A request of {stated[:20]} bytes, more than {most}.")
        until = time.monotonic() + seconds
        read = 0
        whole = False

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal read, whole
            if whole:  # what comes now says only that the visitor went away
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), until - time.monotonic())
            except TimeoutError:
                raise ReadTimeout(f"The request was not sent within {seconds} s.") from None
            read += len(message.get("body", b""))
            if read > most:
                raise TooLarge(f"A request of more than {most} bytes.")
            whole = not message.get("more_body")
            return message

        return bounded

    def _headed(self, send: Send, cookie: str | None) -> Send:
        always = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
        cookies = [] if cookie is None else [self._site.set_cookie(cookie)]
        if self._site.tls:
            always.append((b"strict-transport-security", b"max-age=31536000"))

        async def headed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in always if name not in there),
                    *((b"set-cookie", kept.encode()) for kept in cookies),
                ]
            await send(message)

        return headed


def _to_sign_in(request: Request, error: KehoachError) -> Response | None:
    """People who open a page are asked for the password; programs get the error."""
    reading = request.method in ("GET", "HEAD") and not request.url.path.startswith("/api/")
    if not isinstance(error, SignInNeeded) or not reading:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/sign-in?next={quote(request.url.path + query)}", 303)


def address(request: Request) -> str:
    """Who to count a request for: the address, of IPv6 the network that one customer has."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith("/static/")


def _cookies(request: Request) -> dict[str, str]:
    try:
        return {
            name: part.value for name, part in SimpleCookie(request.headers.get("cookie")).items()
        }
    except CookieError:
        return {}
