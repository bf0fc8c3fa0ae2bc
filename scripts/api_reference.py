"""Print ``docs/api.md``: every route of the JSON API, its parameters and what it answers.

The page comes from the application's own OpenAPI description, so that it cannot say anything else
than the code; a test compares the two.  ``make docs`` writes the file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from pipeline import corpus
from pipeline.web.app import create_app
from pipeline.web.site import Site

INTRO = """\
# The JSON API

Every route of `kehoach serve` under `/api/v1`. This page is written from the routes by `make docs`;
`/api/v1/openapi.json` of a running server says the same to programs, with every field. How to sign
in, change something, and what an error looks like: [web.md](web.md#json-api),
[security.md](security.md). A record is described in [record.md](record.md), queries in
[query.md](query.md), codes in [codes.md](codes.md).
"""
HEADINGS = {
    "session": "Who is asking",
    "search": "Search",
    "plans": "Plans",
    "citations": "Citations",
    "duties": "Duties",
    "corpus": "The corpus",
    "uploads": "Uploads",
    "corrections": "Check and correct",
    "comparison": "Comparison",
}


def main() -> None:
    """Print the page."""
    description = described()
    print(INTRO)
    groups: dict[str, list[str]] = {}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            tag = operation["tags"][0]
            groups.setdefault(tag, []).append(
                "\n".join(route(method.upper(), path, operation, description))
            )
    for tag, routes in groups.items():
        print(f"## {HEADINGS[tag]}\n")
        print("\n".join(routes))


def described() -> dict[str, Any]:
    """The OpenAPI description, asked for as any program would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.db")
        corpus.open(path, write=True).close()
        site = Site(path, Path(folder, "extracted"), read_only=True)
        with TestClient(create_app(site), base_url="http://127.0.0.1:8765") as client:
            answer: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return answer


def route(
    method: str, path: str, operation: Mapping[str, Any], description: Mapping[str, Any]
) -> Iterator[str]:
    """One route: what it does, what it takes, what it answers."""
    yield f"### `{method} {path}`\n"
    yield f"{operation['description'].strip()}\n"
    rows = [
        (p["name"], f"{kind(p['schema'])}{needed(p)}", meaning(p.get("description"), p["schema"]))
        for p in operation.get("parameters", ())
    ]
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        body = resolved(content["schema"], description)
        required = body.get("required", ())
        for name, member in body.get("properties", {}).items():
            must = ", needed" if name in required else ""
            where = "in the body" if media == "application/json" else f"in the body, {media}"
            said = meaning(member.get("description"), member)
            rows.append((name, f"{kind(member)}{must}, {where}", said))
    if rows:
        yield "| parameter | kind | meaning |\n| --- | --- | --- |"
        for name, form, said in rows:
            yield f"| `{name}` | {form} | {said} |"
        yield ""
    answers = [
        (media, content.get("schema", {}))
        for code, answer in operation["responses"].items()
        if code.startswith("2")
        for media, content in answer.get("content", {}).items()
    ]
    yield f"Answers {'; '.join(answered(*each, description) for each in answers)}.\n"


def answered(media: str, schema: Mapping[str, Any], description: Mapping[str, Any]) -> str:
    """The kind of an answer and its members."""
    if media != "application/json" or not schema:
        return f"`{media}`"
    if schema.get("$ref", "").endswith("/Plan"):
        return "a [record](record.md)"
    several = schema.get("type") == "array"
    whole = resolved(schema["items"] if several else schema, description)
    members = ", ".join(f"`{name}`" for name in whole.get("properties", {}))
    if not members:
        return f"JSON: {kind(schema)}"
    return f"{'a list, each with' if several else 'an object with'} {members}"


def resolved(schema: Mapping[str, Any], description: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference names."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return description["components"]["schemas"][name] if name else schema


def kind(schema: Mapping[str, Any]) -> str:
    """A schema's type in a word or two."""
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        forms = [kind(part) for part in schema["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(forms))
    if schema.get("type") == "array":
        return f"list of {kind(schema.get('items', {}))}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {kind(schema['additionalProperties'])}"
    return str(schema.get("type", "any"))


def needed(parameter: Mapping[str, Any]) -> str:
    """Whether it may be left out."""
    return ", needed" if parameter.get("required") else ""


def meaning(description: str | None, schema: Mapping[str, Any]) -> str:
    """What a parameter is, its bounds, and what is taken where it is not given."""
    low, high, value = (schema.get(key) for key in ("minimum", "maximum", "default"))
    bounds = f"{low} to {high}" if None not in (low, high) else ""
    taken = "" if value in (None, "", []) else f"default `{str(value).lower()}`"
    return "; ".join(filter(None, (description, bounds, taken)))


if __name__ == "__main__":
    main()
