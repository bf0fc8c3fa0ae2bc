"""The pages: they answer in both languages, run nothing of a document, and lead nowhere else."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from models import Plan, Warning_
from pipeline import corpus
from tests.web.conftest import Person

PAGES = [
    "/", "/search?q=cai+cach", "/search?q=has:deadline&sort=due", "/search?q=foo:bar",
    "/search?q=zzzzqqq", "/plans/{id}", "/plans/{id}/check", "/plans/{id}/check?category=deadlines",
    "/duties", "/duties?month=2024-12&agency=SNV&province=Lào Cai", "/duties?view=undated",
    "/corpus", "/corpus?era=63&year=2024", "/upload", "/corrections", "/compare", "/api",
    "/sign-in", "/nothing-here",
]  # fmt: skip


class Reader(HTMLParser):
    """Collects what a page would run, and what it takes for text."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.foreign: list[str] = []
        self.labels: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and "src" not in given:
            self.runs.append(tag)
        self.runs += [name for name in given if name.startswith("on") or name == "style"]
        if tag == "style":
            self.runs.append(tag)
        for name in ("src", "href", "action", "srcset"):
            value = given.get(name) or ""
            if re.match(r"\s*(?:javascript|data|https?|//)", value, flags=re.I):
                self.foreign.append(value)
        self.labels.append((tag, given))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_and_run_nothing_inline(
    person: Person, ids: dict[str, str], path: str, lang: str
) -> None:
    address = path.format(id=ids["lao-cai-cai-cach-hanh-chinh-2024.pdf"])
    response = person.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    expected = {"/search?q=foo:bar": 400, "/nothing-here": 404, "/sign-in": 303}
    assert response.status_code == expected.get(path, 200), response.text[-2000:]
    if response.status_code != 303:
        assert f'<html lang="{lang}"' in response.text
    found = read(response.text)
    assert not found.runs
    assert not found.foreign


@pytest.mark.parametrize("path", PAGES)
def test_what_a_screen_reader_needs(person: Person, ids: dict[str, str], path: str) -> None:
    response = person.get(path.format(id=ids["lao-cai-cai-cach-hanh-chinh-2024.pdf"]))
    if response.status_code == 303:
        return
    found = read(response.text)
    tags = [tag for tag, _ in found.labels]
    assert tags.count("main") == 1 and tags.count("h1") == 1 and "title" in tags
    assert all(given.get("alt") is not None for tag, given in found.labels if tag == "img")
    keys = [given["id"] for _, given in found.labels if given.get("id")]
    assert len(keys) == len(set(keys)), "an id stands twice"


ATTACKED = ["/", "/search?q=cay", "/plans/{id}", "/plans/{id}/check", "/duties?month=2031-06",
            "/duties?view=undated", "/corpus", "/compare"]  # fmt: skip


@pytest.mark.parametrize("path", ATTACKED)
def test_a_document_runs_nothing(person: Person, hostile: str, path: str) -> None:
    response = person.get(path.format(id=hostile))
    assert response.status_code == 200
    found = read(response.text)
    assert not found.runs
    assert "<script>alert" not in response.text and "<img src=x" not in response.text


def test_the_attack_is_on_the_page_as_text(person: Person, hostile: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in person.get(f"/plans/{hostile}").text


def test_a_mailed_page_runs_only_its_own_script(person: Person, hostile: str) -> None:
    response = person.get(f"/plans/{hostile}/mail.html")
    assert "attachment" in response.headers["content-disposition"]
    assert response.text.count("<script>") == 1
    assert "<script>alert" not in response.text
    assert "\n" not in response.headers["content-disposition"]


@pytest.mark.parametrize("query", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>"])
def test_a_query_runs_nothing(person: Person, query: str) -> None:
    response = person.get("/search", params={"q": query})
    found = read(response.text)
    assert not found.runs and not found.foreign


@pytest.mark.parametrize(
    "path",
    [
        "/plans/..%2f..%2fetc%2fpasswd",
        "/plans/../../../etc/passwd",
        "/plans/%2e%2e/original",
        "/plans/0123456789abcdef/original",
        "/plans/0123456789abcdef/pages/1.jpg",
        "/plans/{id}/pages/0.jpg",
        "/plans/{id}/pages/99999.jpg",
        "/plans/{id}/pages/..%2f1.jpg",
        "/plans/{id}%00/original",
        "/static/..%2f..%2fsettings.py",
        "/static/../app.py",
        "/static/%2e%2e%2fapp.py",
        "/static//etc/passwd",
        "/compare/..%2f..%2f..%2fetc/passwd",
        "/compare/00000000000000000000000000000000/..%2fpasswd",
        "/api/v1/uploads/..%2f..%2fcorpus.db",
    ],
)
def test_no_path_of_a_request_reaches_the_files(
    person: Person, ids: dict[str, str], path: str
) -> None:
    response = person.get(path.format(id=ids["lao-cai-cai-cach-hanh-chinh-2024.pdf"]))
    assert response.status_code in (400, 404), response.status_code
    assert "root:" not in response.text and "import " not in response.text


FAULTY = [
    "foo:bar", "provnce:x", "year:abc", "province:Atlantis", 'province:"Sơn L"', "role:boss",
    "kind:zz", "title:-", "plan:1", "cites:---", "recurring:often", "section:-",
    "has:nothing", "due:", "due:2024-06..2024-01", "due:2024-13", "due:soon", "target:many",
    "target:9..3", "a OR", "OR a", "NOT", "a (b", "()", '"a', "a*b", '""', "=", "=a*", "b*",
    "NEAR(a b", "NEAR(a b, 9999)", "NEAR(a)", "<", "AND b", "agency:-", "heading:-", "x " * 900,
    "(" * 40 + "a", "http://x.vn/a",
]  # fmt: skip


@pytest.mark.parametrize("query", FAULTY)
def test_errors_in_a_query_are_told_in_both_languages(person: Person, query: str) -> None:
    page = person.get("/search", params={"q": query, "lang": "vi"})
    assert page.status_code == 400
    alert = re.search(r'<section[^>]*role="alert">.*?</section>', page.text, re.S)
    assert alert is not None and 'lang="en"' not in alert.group()
    english = person.get("/search", params={"q": query, "lang": "en"}).text
    assert "The query is not understood" in english


def test_problems_are_told_in_both_languages(person: Person) -> None:
    page = person.get("/plans/0123456789abcdef?lang=vi")
    assert page.status_code == 404 and 'lang="en"' not in page.text.partition("<main")[2]
    assert "Không có văn bản nào mang mã 0123456789abcdef." in page.text


@pytest.mark.parametrize("form", ["xlsx", "csv", "zip", "jsonl"])
def test_what_was_found_as_a_file(person: Person, form: str) -> None:
    response = person.get("/export", params={"format": form, "q": "cai cach"})
    assert response.status_code == 200
    assert f"kehoach.{form}" in response.headers["content-disposition"]
    start = {"xlsx": b"PK", "zip": b"PK", "csv": b"\xef\xbb\xbfpassage", "jsonl": b"{"}[form]
    assert response.content.startswith(start)


def test_a_result_is_shareable_and_paged(person: Person) -> None:
    first = person.get("/search?q=so")
    after = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert after is not None
    second = person.get(after.group(1).replace("&amp;", "&"))
    hits = [set(re.findall(r"passage=(\d+)", page.text)) for page in (first, second)]
    assert hits[0] and hits[1] and not hits[0] & hits[1]


def test_the_log_says_what_was_changed(person: Person, ids: dict[str, str]) -> None:
    """Fields and values in words; a hundred entries a page, and the address of the next one."""
    record = ids["lao-cai-cai-cach-hanh-chinh-2024.pdf"]
    headers = person.token()
    (item, *_) = person.get(f"/api/v1/plans/{record}/items?category=deadlines").json()
    body = {"address": item["address"], "verdict": "edit", "by": "An", "why": "Nhầm năm",
            "new": {"value": "2024-07-31", "kind": "due"}}  # fmt: skip
    made = person.post(f"/api/v1/plans/{record}/decisions", json=body, headers=headers)
    assert made.status_code == 200, made.text
    text = person.get("/corrections").text
    assert "Thời gian:" in text and "<ins>đến 31/07/2024</ins>" in text and "Nhầm năm" in text
    assert 'rel="next"' not in text
    for category in ("references", "agencies", "outline", "assignments"):
        body = {"category": category, "by": "An"}
        person.post(f"/api/v1/plans/{record}/rest", json=body, headers=headers)
    first = person.get("/corrections").text
    after = re.search(r'rel="next" href="([^"]+)"', first)
    assert after is not None and first.count("<tr id=") == 100
    second = person.get(after.group(1).replace("&amp;", "&")).text
    rows = [set(re.findall(r'<tr id="(e\d+)"', text)) for text in (first, second)]
    assert rows[1] and not rows[0] & rows[1]


def test_a_number_written_by_hand_is_not_said_to_be_missing(
    person: Person, place: Path, small_plan: Callable[..., Plan]
) -> None:
    plan = small_plan()
    unsure = Warning_(code="number-unsure", message="The number is written by hand.")
    header = plan.header.model_copy(update={"number": None})
    with corpus.open(place, write=True) as library:
        library.add(plan.model_copy(update={"header": header, "warnings": [unsure]}))
    text = person.get(f"/plans/{plan.id}").text
    assert "viết tay, chưa đọc chắc" in text


def test_an_export_leaves_nothing_behind(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for wanted, status in (("bytes=0-9", 206), ("bytes=999999999-", 416), ("bytes=x", 400)):
        response = person.get("/export?format=csv", headers={"range": wanted})
        assert response.status_code == status
        assert not list(tmp_path.glob("kehoach-export-*"))
