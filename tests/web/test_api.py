"""The JSON API: its description is true, and nothing that is sent to it breaks the server."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from models import Plan
from pipeline.web.app import create_app
from pipeline.web.site import Site
from tests.web.conftest import Person

PDF = "lao-cai-cai-cach-hanh-chinh-2024.pdf"


def test_nothing_that_is_sent_breaks_it(
    make_site: Callable[..., Site], ids: dict[str, str]
) -> None:
    """Values made from the description, sent by an editor with a token, on a plan that is there."""
    site = make_site()
    person = Person(site)
    headers = person.token() | {"host": "127.0.0.1:8765"}
    headers["cookie"] = "; ".join(f"{each.name}={each.value}" for each in person.cookies.jar)
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", create_app(site), headers=headers
    )
    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]
    tried = 0
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    for result, mode in itertools.product(schema.get_all_operations(), modes):
        wanted = checks if mode is GenerationMode.POSITIVE else [not_a_server_error]
        operation = result.ok()
        cases = operation.as_strategy(generation_mode=mode)

        @seed(20240101)
        @settings(
            max_examples=10,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def send(case: Any) -> None:
            if "record_id" in case.path_parameters:
                case.path_parameters["record_id"] = ids[PDF]
            case.call_and_validate(checks=wanted, headers=headers, timeout=120)  # noqa: B023 (at once)

        try:
            send()
        except hypothesis.errors.Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE  # a call without values has no wrong ones
        tried += 1
    assert tried > 60


def test_the_description_names_everything(person: Person) -> None:
    paths = person.get("/api/v1/openapi.json").json()["paths"]
    assert all(path.startswith("/api/v1/") for path in paths)
    calls = [call for methods in paths.values() for call in methods.values()]
    assert all(call["description"] for call in calls)
    assert len({call["operationId"] for call in calls}) == len(calls)


def test_the_record_comes_whole(person: Person, ids: dict[str, str]) -> None:
    response = person.get(f"/api/v1/plans/{ids[PDF]}")
    plan = Plan.model_validate_json(response.content)
    download = person.get(f"/plans/{ids[PDF]}/record.json")
    assert download.text == plan.to_json()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/search?q=foo:bar", 400, "query"),
        ("/api/v1/search", 400, "bad-request"),
        ("/api/v1/search?q=a&limit=100000", 400, "bad-request"),
        ("/api/v1/search?q=a&after=rubbish", 400, "usage"),
        ("/api/v1/plans/0000000000000000", 404, "not-in-corpus"),
        ("/api/v1/plans/xyz", 400, "bad-request"),
        ("/api/v1/cites?document=999999/XX", 404, "not-in-corpus"),
        ("/api/v1/uploads/0000000000000000", 404, "no-such-page"),
        ("/api/v1/duties?first=2024-13", 400, "query"),
        ("/api/v1/comparisons?plan=0000000000000000", 400, "usage"),
        ("/api/v1/comparisons/00000000000000000000000000000000", 404, "no-such-page"),
        ("/api/v1/nothing", 404, "no-such-page"),
    ],
)
def test_errors_are_problem_details(person: Person, path: str, status: int, code: str) -> None:
    response = person.get(path)
    assert response.headers["content-type"].startswith("application/problem+json")
    found = response.json()
    assert (response.status_code, found["status"], found["code"]) == (status, status, code)
    assert found["detail"] and found["next_step"]


def test_a_query_error_says_where(person: Person) -> None:
    assert person.get("/api/v1/search?q=abc (def").json()["position"] > 0


@pytest.mark.parametrize(
    ("path", "key"), [("/api/v1/plans?limit=3", "plans"), ("/api/v1/duties?limit=7", "duties")]
)
def test_pages_add_up(person: Person, path: str, key: str) -> None:
    found: list[object] = []
    after: int | None = 0
    while after is not None:
        page = person.get(f"{path}&after={after}").json()
        found += page[key]
        after = page["after"]
    assert len(found) == page["total"] > 7


def test_search_pages_add_up(person: Person) -> None:
    found: list[int] = []
    after = ""
    while True:
        page = person.get(f"/api/v1/search?q=so&limit=20{after}").json()
        found += [hit["passage"] for hit in page["hits"]]
        if page["after"] is None:
            break
        after = f"&after={page['after']}"
    assert len(found) == len(set(found)) == page["total"] > 20


def test_duties_of_copies_count_once(person: Person, ids: dict[str, str]) -> None:
    """The sample plan of Lào Cai is there as text, Word file and PDF."""
    found = person.get("/api/v1/duties?province=Lào Cai&limit=500").json()["duties"]
    number = "358/KH-UBND"
    assert {duty["record_id"] for duty in found if duty["number"] == number} <= set(ids.values())
    assert len({duty["record_id"] for duty in found if duty["number"] == number}) == 1
    assert all(duty["copies"] > 0 for duty in found if duty["number"] == number)


def test_the_calendar_is_one(person: Person) -> None:
    response = person.get("/api/v1/duties.ics?first=2024&last=2024")
    assert response.text.startswith("BEGIN:VCALENDAR\r\n")
    assert response.text.count("BEGIN:VEVENT") == response.text.count("END:VEVENT") > 3


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lao c", 'today:"Lào Cai"'),
        ("bao cao lao c", 'bao cao today:"Lào Cai"'),
        ("so noi v", 'agency:"Sở Nội vụ"'),
        ("lead:so noi", 'lead:"Sở Nội vụ"'),
        ('lead:"Sở Nộ', 'lead:"Sở Nội vụ"'),
        ("chutri:so noi", 'lead:"Sở Nội vụ"'),
        ("province:da n", 'province:"Đà Nẵng"'),
        ("chut", "chutri:"),
    ],
)
def test_suggestions(person: Person, typed: str, expected: str) -> None:
    found = person.get("/api/v1/suggest", params={"q": typed}).json()["suggestions"]
    assert expected in [each["query"] for each in found]


@pytest.mark.parametrize("typed", ["", " ", '"', "a", "(((", "due:<", "%_", "\\", "lead:"])
def test_no_suggestion_is_no_error(person: Person, typed: str) -> None:
    assert person.get("/api/v1/suggest", params={"q": typed}).status_code == 200


def test_two_editors(person: Person, ids: dict[str, str]) -> None:
    """Who decides about what somebody else has changed meanwhile is told."""
    address = f"/api/v1/plans/{ids[PDF]}"
    item = person.get(f"{address}/items?category=deadlines").json()[0]
    body = {"address": item["address"], "verdict": "accept", "by": "An", "seen": item["seen"]}
    headers = person.token()
    first = person.post(f"{address}/decisions", json=body, headers=headers)
    assert first.json()["item"]["verdict"] == "accepted"
    second = person.post(f"{address}/decisions", json=body | {"by": "Bình"}, headers=headers)
    assert (second.status_code, second.json()["code"]) == (409, "value-changed")
    undo = {"entry": first.json()["entry"]["id"], "by": "An"}
    assert (
        person.post(f"{address}/undo", json=undo, headers=headers).json()["item"]["verdict"] is None
    )
    assert len(person.get(f"{address}/history").json()) == 2


def test_the_log_comes_in_pages(person: Person, ids: dict[str, str]) -> None:
    address = f"/api/v1/plans/{ids[PDF]}"
    body = {"category": "deadlines", "by": "An"}
    assert person.post(f"{address}/rest", json=body, headers=person.token()).status_code == 200
    found: list[int] = []
    page = {"before": 1 << 60}
    while page["before"] is not None:
        page = person.get(f"/api/v1/corrections?limit=3&before={page['before']}").json()
        found += [entry["id"] for entry in page["entries"]]
    assert found == list(range(page["total"], 0, -1)) and len(found) > 3
    assert person.get("/api/v1/corrections/conflicts").json() == {
        "total": 0, "conflicts": [], "after": None,
    }  # fmt: skip
    odd = person.get("/api/v1/corrections/conflicts?after=x")
    assert (odd.status_code, odd.json()["code"]) == (400, "usage")


def test_a_checked_category_is_gold(person: Person, ids: dict[str, str]) -> None:
    address = f"/api/v1/plans/{ids[PDF]}"
    body = {"category": "targets", "by": "An"}
    done = person.post(f"{address}/rest", json=body, headers=person.token()).json()
    assert [each["category"] for each in done if each["complete"]] == ["targets"]
    (line,) = person.get("/api/v1/corrections/gold").text.splitlines()
    assert '"annotated": ["targets"]' in line


def test_words_may_be_added(person: Person, ids: dict[str, str]) -> None:
    address = f"/api/v1/plans/{ids[PDF]}"
    text = person.get(address).json()["text"]
    start = text.index("cải cách hành chính")
    body = {"kind": "reference", "span": [start, start + 8], "by": "An",
            "new": {"name": "Luật Thử", "role": "cites"}}  # fmt: skip
    made = person.post(f"{address}/additions", json=body, headers=person.token())
    assert made.status_code == 200, made.text
    assert made.json()["item"]["verdict"] == "added"
    assert person.get(f"{address}/history").json()[-1]["by"] == "An"
