"""What every request passes first: names, passwords, tokens, pace, size; headers of answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.errors import PasswordNeeded
from pipeline.web.guard import POLICY, Pace
from pipeline.web.serving import check_password, is_loopback
from pipeline.web.sessions import Sessions
from pipeline.web.site import Site
from tests.web.conftest import BASE, Person

EDITOR, READER = "an editor's long secret", "a reader's long secret"
UPLOAD = {"file": ("plan.txt", b"KE HOACH", "text/plain")}


def code(response) -> str:
    """The code of a refusal."""
    assert response.headers["content-type"].startswith("application/problem+json"), response.text
    return str(response.json()["code"])


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example:8765", 421),
        ("192.168.1.5", 421),
        ("", 421),
        ("[", 421),
        ("[evil]", 421),
    ],
)
def test_only_our_own_names_are_served(person: Person, host: str, status: int) -> None:
    response = person.get("/api/v1/session", headers={"host": host})
    assert response.status_code == status
    if status == 421:
        assert code(response) == "foreign-host"


@pytest.mark.parametrize(
    ("host", "asked", "expected"),
    [
        ("0.0.0.0", "10.0.0.7", True),
        ("0.0.0.0", "plans.example", False),
        ("10.0.0.7", "10.0.0.7", True),
        ("10.0.0.7", "localhost", False),
        ("127.0.0.1", "named.example", True),  # from KEHOACH_HOSTS
    ],
)
def test_names_by_address(
    make_site: Callable[..., Site],
    limits: Callable[..., None],
    host: str,
    asked: str,
    expected: bool,
) -> None:
    limits(hosts="named.example, other.example" if host == "127.0.0.1" else "")
    assert make_site(host=host).serves(asked) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True),
        ("0.0.0.0", False), ("::", False), ("10.0.0.7", False), ("plans.example", False),
    ],
)  # fmt: skip
def test_what_only_this_machine_reaches(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("host", "editor", "reader", "allowed"),
    [
        ("127.0.0.1", "", "", True),
        ("0.0.0.0", "", "", False),
        ("10.0.0.7", "", "", False),
        ("0.0.0.0", EDITOR, "", True),
        ("0.0.0.0", "", READER, True),
        ("0.0.0.0", "short", "", False),
        ("127.0.0.1", "short", "", False),
        ("0.0.0.0", EDITOR, EDITOR, False),
    ],
)
def test_other_machines_need_a_password(
    limits: Callable[..., None], host: str, editor: str, reader: str, allowed: bool
) -> None:
    limits(editor_password=editor, reader_password=reader)
    if allowed:
        check_password(host)
    else:
        with pytest.raises(PasswordNeeded):
            check_password(host)


@pytest.fixture
def locked(make_site: Callable[..., Site], limits: Callable[..., None]) -> Person:
    """Somebody before a site with passwords."""
    limits(editor_password=EDITOR, reader_password=READER)
    return Person(make_site())


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/duties", "/corpus", "/api"])
def test_pages_ask_for_the_password(locked: Person, path: str) -> None:
    response = locked.get(path)
    assert response.status_code == 303
    assert response.headers["location"].startswith("/sign-in?next=/")


def test_the_api_says_that_it_needs_one(locked: Person) -> None:
    response = locked.get("/api/v1/search?q=a")
    assert (response.status_code, code(response)) == (401, "sign-in-needed")
    assert "www-authenticate" in response.headers


@pytest.mark.parametrize("path", ["/health", "/sign-in", "/static/site.css"])
def test_what_is_open_to_all(locked: Person, path: str) -> None:
    assert locked.get(path).status_code == 200


@pytest.mark.parametrize(
    ("password", "role"), [(EDITOR, "editor"), (READER, "reader"), ("guess", None)]
)
def test_signing_in(locked: Person, password: str, role: str | None) -> None:
    data = {"password": password, "next": "/corpus"}
    response = locked.post("/sign-in", data=data, headers={"origin": BASE})
    if role is None:
        assert response.status_code == 403
        assert "set-cookie" not in response.headers
        return
    assert (response.status_code, response.headers["location"]) == (303, "/corpus")
    kept = response.headers["set-cookie"]
    assert "HttpOnly" in kept and "SameSite=Strict" in kept
    assert locked.get("/api/v1/session").json()["role"] == role


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil", "a\nb"])
def test_signing_in_leads_nowhere_else(locked: Person, next_: str) -> None:
    response = locked.post("/sign-in", data={"password": READER, "next": next_})
    assert response.headers["location"] == "/"


@pytest.mark.parametrize("way", ["form", "bearer"])
def test_guessing_is_slow(locked: Person, way: str) -> None:
    def guess() -> int:
        if way == "form":
            return locked.post("/sign-in", data={"password": "guess"}).status_code
        headers = {"authorization": "Bearer guess"}
        return locked.get("/api/v1/session", headers=headers).status_code

    tries = [guess() for _ in range(12)]
    assert set(tries[:10]) == ({403} if way == "form" else {401})
    assert tries[-1] == 429


@pytest.mark.parametrize(
    ("password", "status"), [(EDITOR, 202), (READER, 403), ("guess", 401), (None, 401)]
)
def test_a_bearer_token_needs_no_other(locked: Person, password: str | None, status: int) -> None:
    headers = {"authorization": f"Bearer {password}"} if password else {}
    assert locked.post("/api/v1/uploads", files=UPLOAD, headers=headers).status_code == status


def test_a_session_ends_with_its_key(locked: Person, make_site: Callable[..., Site]) -> None:
    locked.post("/sign-in", data={"password": EDITOR})
    restarted = Person(make_site())
    restarted.cookies = locked.cookies
    assert restarted.get("/api/v1/session").status_code == 401


@pytest.mark.parametrize("change", [".editor.", ".reader.", "x"])
def test_a_cookie_cannot_be_made_up(change: str) -> None:
    sessions = Sessions(READER, EDITOR)
    cookie, _ = sessions.begin("reader")
    assert sessions.visitor(cookie, None).role == "reader"
    forged = cookie.replace(".reader.", change) if change != ".reader." else cookie[:-1] + "~"
    assert sessions.visitor(forged, None).role is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "forged-request"),
        ({"x-csrf-token": ""}, "forged-request"),
        ({"x-csrf-token": "0" * 64}, "forged-request"),
        ({"x-csrf-token": "é"}, "forged-request"),
        ({"token": "right", "origin": "https://evil.example"}, "forged-request"),
        ({"token": "right", "origin": "null"}, "forged-request"),
        ({"token": "right", "sec-fetch-site": "cross-site"}, "forged-request"),
        ({"token": "right", "sec-fetch-site": "same-site"}, "forged-request"),
        ({"token": "right", "origin": BASE}, None),
        ({"token": "right"}, None),
    ],
)
def test_changes_come_from_our_own_pages(
    person: Person, headers: dict[str, str], expected: str | None
) -> None:
    sent = {name: value.encode() for name, value in headers.items() if name != "token"}
    if "token" in headers:
        sent |= {name: value.encode() for name, value in person.token().items()}
    else:
        person.get("/")
    response = person.post("/api/v1/uploads", files=UPLOAD, headers=sent)
    if expected is None:
        assert response.status_code == 202, response.text
    else:
        assert (response.status_code, code(response)) == (403, expected)


def test_the_token_of_another_session_does_not_fit(make_site: Callable[..., Site]) -> None:
    site = make_site()
    one, other = Person(site), Person(site)
    assert one.post("/api/v1/uploads", files=UPLOAD, headers=other.token()).status_code == 403


def test_read_only_means_read_only(make_site: Callable[..., Site]) -> None:
    reader = Person(make_site(read_only=True))
    response = reader.post("/api/v1/uploads", files=UPLOAD, headers=reader.token())
    assert (response.status_code, code(response)) == (403, "not-allowed")
    assert reader.get("/upload").status_code == 403


def test_the_pace_is_bounded(make_site: Callable[..., Site], limits: Callable[..., None]) -> None:
    limits(requests_per_minute=5)
    hasty = Person(make_site())
    found = [hasty.get("/health") for _ in range(8)]
    assert [each.status_code for each in found] == [200] * 5 + [429] * 3
    assert found[-1].headers["retry-after"]


def test_the_pace_forgets_the_oldest() -> None:
    pace = Pace(1, most=2)
    assert [pace.allows(name) for name in ("a", "b", "a", "c", "b")] == [
        True, True, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/sign-in", 2_000_000, 413), ("/api/v1/uploads", 300_000, 413), ("/sign-in", 10, 403)],
)
def test_bodies_are_bounded(
    person: Person, limits: Callable[..., None], path: str, size: int, status: int
) -> None:
    headers = person.token()
    limits(max_bytes=100_000)
    response = person.post(path, content=b"x" * size, headers=headers)
    assert response.status_code == status


def test_a_body_without_a_stated_size_is_bounded_too(
    person: Person, limits: Callable[..., None]
) -> None:
    headers = person.token() | {"content-type": "multipart/form-data; boundary=b"}
    limits(max_bytes=100_000)
    head = b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    parts = iter([head, *[b"x" * 50_000] * 10])
    assert person.post("/api/v1/uploads", content=parts, headers=headers).status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/session", "/nothing-here", "/static/site.js", "/api/v1/plans/x"]
)
def test_every_answer_has_the_headers(person: Person, path: str) -> None:
    headers = person.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_the_policy_allows_nothing_inline() -> None:
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY and "frame-ancestors 'none'" in POLICY
