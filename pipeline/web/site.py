"""What one running site is made of: its corpus, its visitors, its picture and upload workers.

In: paths and an address.  Out: a ``Site``, which every request finds in its state.
"""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fastapi import Request

from pipeline.settings import settings
from pipeline.web.comparisons import Comparisons
from pipeline.web.guard import Pace
from pipeline.web.library import Library
from pipeline.web.pictures import Pictures
from pipeline.web.sessions import Sessions, Visitor
from pipeline.web.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import Iterable

GUESSES_PER_MINUTE = 10
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Site:
    """One running site.

    Args:
        corpus: the file; it is there.
        extracted: the folder of records that uploads write to.
        host, port: where it listens.
        read_only: nobody changes anything.
        tls: whether it speaks TLS itself.
    """

    def __init__(
        self,
        corpus: Path,
        extracted: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 8765,
        read_only: bool = False,
        tls: bool = False,
    ) -> None:
        limits = settings()
        self.corpus = corpus
        self.tls = tls
        self.read_only = read_only
        self.sessions = Sessions(
            limits.reader_password, limits.editor_password, read_only=read_only
        )
        self.guesses = Pace(GUESSES_PER_MINUTE)
        self.library = Library(corpus)
        self.pictures = Pictures()
        self.comparisons = Comparisons(corpus)
        self.uploads = Uploads(
            corpus,
            extracted,
            corpus.with_name(f"{corpus.name}-uploads"),
            self.library.changed,
        )
        # Cookies know no ports: two sites of one machine must not sign each other out.
        self.cookie = f"kehoach-{port}"
        self._names = frozenset(_names(host, limits.hosts.split(",")))
        self._any_address = _is_unspecified(host)

    def serves(self, name: str) -> bool:
        """Whether requests under this host name are for us."""
        name = name.casefold().rstrip(".")
        if name in self._names:
            return True
        # No name service can point a bare address at somebody else.
        return self._any_address and _is_address(name)

    def set_cookie(self, value: str) -> str:
        """The header that keeps a session."""
        end = "; Max-Age=0" if not value else ""
        secure = "; Secure" if self.tls else ""
        return f"{self.cookie}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{end}"

    def close(self) -> None:
        """Let go of files and workers."""
        self.uploads.close()
        self.comparisons.close()
        self.pictures.close()
        self.library.close()


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    return cast(Site, request.state.site)


def visitor_of(request: Request) -> Visitor:
    """Who sent a request."""
    return cast(Visitor, request.state.visitor)


def _names(host: str, more: Iterable[str]) -> set[str]:
    names = {host.casefold(), *(name.strip().casefold() for name in more if name.strip())}
    if host in _LOOPBACK or _is_unspecified(host):
        names |= set(_LOOPBACK)
    if _is_unspecified(host):
        names |= {socket.gethostname().casefold(), socket.getfqdn().casefold()}
    return names


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_unspecified(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified
