"""Many corrections from a file: CSV or JSON in, the same columns out for people to fill.

In: rows that name a plan, a value and a verdict.  Out: ``Decision`` values with the place in the
file, and the rows of a plan's values as a sheet to fill in.

``new`` holds the new fields, "value=../2024-07-31; relation=before", or a JSON object; without a
name it is the value's main field, so that a column of dates or numbers is enough.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.corpus.plain import shown
from pipeline.corrections import values
from pipeline.corrections.entries import Fields, Kind
from pipeline.errors import BadCorrection
from pipeline.review.desk import Desk
from pipeline.review.looking import Item

COLUMNS = (
    "plan", "value", "verdict", "new", "why", "start", "end", "task", "words", "now", "machine",
    "section", "confidence", "warnings", "decided", "by", "seen",
)  # fmt: skip
MAIN: dict[Kind, str] = {
    "section": "title",
    "reference": "number",
    "agency": "canonical",
    "deadline": "value",
    "target": "value",
    "task": "outputs",
    "assignment": "role",
}
_MOST = 100_000
_PAIRS = re.compile(r";\s*(?=\w+\s*=)")
_PAIR = re.compile(r"\s*(\w+)\s*=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: what to decide about which value; ``row`` counts from 1 without the header."""

    row: int
    plan: str
    value: str
    verdict: str
    new: Fields | str | None
    span: tuple[int, int] | None
    task: str | None
    why: str
    seen: str | None


def read(data: bytes, *, is_csv: bool) -> Iterator[Decision | BadCorrection]:
    """The decisions of a file; a row that is none comes as the error it is.

    Rows without a verdict are passed over: they were not decided.

    Raises:
        BadCorrection: the file as a whole is not what it should be.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadCorrection("the file is no UTF-8 text.", next_step="Save it as UTF-8.") from None
    for number, row in enumerate(_csv(text) if is_csv else _json(text), 1):
        if number > _MOST:
            raise BadCorrection(f"the file has more than {_MOST} rows.")
        try:
            found = _decision(number, row)
        except (ValueError, TypeError, RecursionError) as error:
            yield BadCorrection(f"row {number}: {shown(str(error), 160)}.")
        else:
            if found is not None:
                yield found


def _csv(text: str) -> Iterator[Mapping[str, Any]]:
    # Excel in Vietnamese writes semicolons.
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=mark, strict=True)
        names = set(reader.fieldnames or ())
        missing = {"plan", "value", "verdict"} - names
        if missing:
            raise BadCorrection(f"the file has no column {', '.join(sorted(missing))}.")
        yield from reader
    except csv.Error as error:
        raise BadCorrection(f"the file is no CSV: {error}.") from error


def _json(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadCorrection(f"the file is no JSON: {shown(str(error), 120)}.") from error
    if not isinstance(found, list):
        raise BadCorrection("the file holds no list of corrections.")
    for each in found:
        yield each if isinstance(each, Mapping) else {}


def _decision(number: int, row: Mapping[str, Any]) -> Decision | None:
    def word(name: str) -> str:
        value = row.get(name)
        if value is None:
            return ""
        if not isinstance(value, str | int | float):
            raise ValueError(f"{name} is no text")
        # The apostrophe keeps a spreadsheet from taking the cell for a formula.
        return re.sub(r"^'(?=[=@+\-])", "", str(value).strip())

    verdict = word("verdict").casefold()
    if not verdict:
        return None
    plan, value = word("plan"), word("value")
    if not plan or not value:
        raise ValueError("plan and value must be given")
    span = None
    if word("start") or word("end"):
        span = int(word("start")), int(word("end"))
    new = row.get("new")
    if isinstance(new, str):
        new = parse_new(new.strip())
    elif isinstance(new, int | float) and not isinstance(new, bool):
        new = str(new)
    if new is not None and not isinstance(new, str | dict):
        raise ValueError("new is neither text nor an object")
    return Decision(
        number, plan, value, verdict, new, span, word("task") or None, word("why"),
        word("seen") or None,
    )  # fmt: skip


def parse_new(text: str) -> Fields | str | None:
    """New fields from a cell; a bare string is the main field's value.

    >>> parse_new("value=../2024-07-31; relation=before")
    {'value': '../2024-07-31', 'relation': 'before'}
    """
    if not text:
        return None
    if text.startswith("{"):
        found = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError("new is no object")
        return found
    pairs = [_PAIR.fullmatch(part) for part in _PAIRS.split(text)]
    if all(pairs):
        return {pair.group(1): pair.group(2).strip() for pair in pairs if pair}
    return text


def apply(desk: Desk, one: Decision, *, by: str, why: str = "") -> None:
    """Write one decision to the log.

    Args:
        desk: the plan's.
        one: what to decide.
        by: who decides.
        why: the reason of rows that give none.

    Raises:
        BadCorrection, ValueChanged: it does not fit the record.
    """
    why = one.why or why
    if one.verdict == "undo":
        if not one.value.isdecimal():
            raise BadCorrection("undo names the number of an entry in the column value.")
        desk.undo(int(one.value), by=by, why=why)
    elif one.verdict == "add":
        kind: Kind = one.value  # type: ignore[assignment]
        new = _fields(one, kind)
        if one.span is None:
            raise BadCorrection("say which words: start and end in the plan's text.")
        desk.add(kind, one.span, new or {}, by=by, task=one.task, why=why)
    else:
        new = None
        if one.verdict == "edit":
            try:
                where = values.parse(one.value)
            except ValueError as error:
                raise BadCorrection(f"{shown(str(error), 100)}.") from error
            new = _fields(one, where.kind, where.name)
        desk.decide(
            one.value, one.verdict, by=by, new=new, span=one.span, why=why, seen=one.seen  # type: ignore[arg-type]
        )  # fmt: skip


def _fields(one: Decision, kind: Kind, name: str = "") -> Fields | None:
    if isinstance(one.new, str):
        return {name or MAIN.get(kind, ""): one.new}
    return one.new


def sheet(plan: str, items: list[Item]) -> Iterator[list[Any]]:
    """A plan's values as rows to fill in: verdict and new are blank, ``COLUMNS`` their names."""
    for item in items:
        known = {
            "plan": plan,
            "value": item.address,
            "words": " ".join(item.words.split())[:200],
            "now": fields_text(item.fields),
            "machine": fields_text(item.machine) if item.machine != item.fields else "",
            "section": "/".join(item.section),
            "confidence": item.confidence,
            "warnings": " ".join(item.warnings),
            "decided": item.verdict or "",
            "by": item.by,
            "seen": item.seen,
        }
        yield [known.get(name, "") for name in COLUMNS]


def fields_text(fields: Fields | None) -> str:
    """Fields in one cell, blank ones left out."""
    if not fields:
        return ""
    return "; ".join(
        f"{name}={_cell(value, name)}"
        for name, value in fields.items()
        if value not in (None, [], "")
    )


def _cell(value: Any, name: str) -> str:
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values() if each)
    if isinstance(value, list):
        return ("/" if name == "path" else " | ").join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
