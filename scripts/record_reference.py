"""Print ``docs/record.md``: the record's models as a reference for people.

The tables come from the models themselves, so that the reference cannot say anything else than
the code; a test compares the two.  ``make docs`` writes the file.
"""

from __future__ import annotations

from typing import Any

from models import SCHEMA_VERSION, Plan

INTRO = f"""\
# The record

One JSON object per plan, schema version {SCHEMA_VERSION}. This page is written from the models by
`make docs`; `kehoach schema` prints the same as JSON Schema
([record.schema.json](record.schema.json)).

- **Grounded.** A value that was read carries a `span` into the record's `text`, in Unicode code
  points, end exclusive: `text[start:end]` is the value's own `text`. Where the source has pages,
  `page` and `boxes` lead to the place on the page.
- **Never guessed.** A blank on the page is `null` here. A date of which only the year is printed
  is `"2024"`.
- **Sure or not.** `confidence` is between 0 and 1. What is below the limit
  `KEHOACH_LOW_CONFIDENCE` is listed under `warnings`; the codes are in [codes.md](codes.md).
- **Both faces.** `text` fields hold what the document says; the fields beside them what it means.
- **Deterministic.** The same bytes and the same versions give the same record.

Dates are [EDTF](https://www.loc.gov/standards/datetime/): `2024-03-28`, `2025-08`, `2024`,
intervals `2025-07/2025-12`, open ones `../2024-06-30`. Recurrences are ISO 8601 (`R/P3M`: every
quarter). "trước ngày 30 tháng 6" of a plan for 2024 is `../2024-06-30` with `relation` "before" and
`latest` 2024-06-29; "chậm nhất ngày 30 tháng 6" has the same `value`, with `latest` 2024-06-30.

The `path` of a section is its address: `["I","2","a"]`; decimals keep their spelling
(`["II","3","3.1"]`); `"Điều 5"`, `"Chương I"` and `"Dự án 1"` likewise; annexes are `"PL"` or
`"PL1"`, `"PL2"`; dashes and pluses count under their parent (`"-1"`, `"+2"`). Wherever another part
says `section`, it means such a path.
"""


def main() -> None:
    """Print the page."""
    schema = Plan.model_json_schema()
    print(INTRO)
    print(_section("Plan", schema))
    for name in _in_order(schema):
        print(_section(name, schema["$defs"][name]))


def _in_order(schema: dict[str, Any]) -> list[str]:
    """The parts in the order in which a reader of the record meets them."""
    order: list[str] = []

    def visit(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                visit(item)
        elif isinstance(node, dict):
            name = str(node.get("$ref", "")).rpartition("/")[2]
            if name and name not in order:
                order.append(name)
                visit(schema["$defs"][name]["properties"])
            for value in node.values():
                visit(value)

    visit(schema["properties"])
    return order


def _section(name: str, model: dict[str, Any]) -> str:
    lines = [
        f"## {name.rstrip('_')}",
        "",
        " ".join(model.get("description", "").split()).replace("``", "`"),
        "",
        "| field | type | content |",
        "| --- | --- | --- |",
    ]
    for field, value in model["properties"].items():
        content = " ".join(value.get("description", "").split()).replace("|", "\\|")
        lines.append(f"| `{field}` | {_type(value)} | {content.replace('``', '`')} |")
    return "\n".join([*lines, ""])


def _type(node: dict[str, Any]) -> str:
    """A JSON Schema type in words."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2].rstrip("_")
        return f"[{name}](#{name.lower()})"
    if "anyOf" in node:
        return " or ".join(_type(option) for option in node["anyOf"])
    if "enum" in node:
        return ", ".join(f'"{value}"' for value in node["enum"])
    if "const" in node:
        return f'"{node["const"]}"'
    if "prefixItems" in node:
        return f"[{', '.join(_type(item) for item in node['prefixItems'])}]"
    if node.get("type") == "array":
        return f"list of {_type(node['items'])}"
    if node.get("type") == "object":
        values = node["additionalProperties"]
        return "object" if values is True else f"object of {_type(values)}"
    return str(node.get("type", "any"))


if __name__ == "__main__":
    main()
