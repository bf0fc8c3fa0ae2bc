"""Who is asking: signed session cookies, passwords, and tokens against forged requests.

In: cookies and an Authorization header.  Out: a ``Visitor``.

A session is a signed line in the visitor's own cookie (nonce, role, end), so that a million
visitors cost no memory here; the key is made anew with every start, which signs everybody out.
The token against forged requests is a keyed hash of the session's nonce: it fits one session only.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "editor"]
_SECONDS = 12 * 3600
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking.

    Attributes:
        role: None where nobody signed in.
        nonce: of the session; "" without one.
        bearer: whether the password came with the request itself.  Browsers never do that by
            themselves, so such a request cannot be forged.
    """

    role: Role | None
    nonce: str = ""
    bearer: bool = False


class Sessions:
    """Sessions of one running site.

    Args:
        reader, editor: passwords; "" for none.  With none at all everybody who can reach the site
            is an editor: it is this machine's own user.
        read_only: nobody is more than a reader.
    """

    def __init__(self, reader: str, editor: str, *, read_only: bool = False) -> None:
        self._passwords: list[tuple[bytes, Role]] = []
        for word, role in ((editor, "editor"), (reader, "reader")):
            if word:
                self._passwords.append((_digest(word), self._most(role, read_only)))
        self._open_role = self._most("editor", read_only)
        self._key = secrets.token_bytes(32)

    @staticmethod
    def _most(role: str, read_only: bool) -> Role:
        return "editor" if role == "editor" and not read_only else "reader"

    @property
    def is_open(self) -> bool:
        """Whether there is no password."""
        return not self._passwords

    def role_of(self, password: str) -> Role | None:
        """The role that a password gives; takes the same time for every password."""
        given = _digest(password)
        found: Role | None = None
        for digest, role in self._passwords:
            if hmac.compare_digest(digest, given) and found is None:
                found = role
        return found

    def begin(self, role: Role) -> tuple[str, Visitor]:
        """A new session: the cookie's value, and its visitor."""
        nonce = secrets.token_urlsafe(16)
        line = f"{nonce}.{role}.{int(time.time()) + _SECONDS}"
        return f"{line}.{self._sign(line)}", Visitor(role, nonce)

    def open_session(self) -> tuple[str, Visitor]:
        """A session for whoever comes, where there is no password."""
        return self.begin(self._open_role)

    def visitor(self, cookie: str | None, bearer: str | None) -> Visitor:
        """Who sent these; a wrong or old cookie is nobody."""
        if bearer is not None:
            return Visitor(self.role_of(bearer), bearer=True)
        if not cookie or len(cookie) > _LONGEST:
            return Visitor(None)
        line, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(self._sign(line).encode(), signature.encode()):
            return Visitor(None)
        nonce, role, end = line.split(".")
        if time.time() > int(end):
            return Visitor(None)
        return Visitor("editor" if role == "editor" else "reader", nonce)

    def token(self, visitor: Visitor) -> str:
        """The token that a page of this session sends back with every change."""
        return self._sign(f"token {visitor.nonce}")

    def is_genuine(self, visitor: Visitor, token: str | None) -> bool:
        """Whether a change comes from a page of this session."""
        if visitor.bearer:
            return True
        return bool(visitor.nonce and token) and hmac.compare_digest(
            self.token(visitor).encode(), (token or "").encode()
        )

    def _sign(self, line: str) -> str:
        return hmac.new(self._key, line.encode(), hashlib.sha256).hexdigest()


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode()).digest()
