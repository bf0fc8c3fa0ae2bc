"""Records and files of corrections that no kehoach wrote.

In: records of ``seeds`` and the addresses of their values.  Out: bytes of JSON or CSV: values of
other kinds, spans that lead nowhere, numbers without end, trees without bottom.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fuzz import mutating
from fuzz.mutating import NUMBERS, STRINGS

_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63 - 1, 2**63, 10**30, -(10**30), 1e308, 1.5, -0.0,
    float("nan"), float("inf"), float("-inf"), [], {}, [[]], [None], {"": ""}, {"@": [1, 2]},
    {"%": {}}, {"start": 0, "end": 0}, {"start": 5, "end": 2}, {"start": 0, "end": 10**9},
    {"~": [0, 9]}, {"!": {}}, "2031-02-30", "9999-12-31", "0000-00-00", "../2031-06-30",
    "2031-05/2031-02", "R/P3M", "P9999999Y", "lead", "due", "KH", "self", "II", "1.0", "2.0",
)  # fmt: skip
_VERDICTS = ("accept", "edit", "reject", "add", "undo", "ACCEPT", "", "x", "accept ")
_NEW = (
    "value=2031-07-31", "value=../2031-07-31; relation=before", "2031-07-31", "role=lead",
    "title=Khác", "{}", '{"value": "2031"}', '{"value": null}', '{"span": {}}', '{"path": ["I"]}',
    "value=", "=", ";;;", "x=1", "[]", '{"a":' * 3000, "number=41/KH-UBND", "canonical=Sở Y tế",
    "value=nan", "value=1e999", "earliest=9999-99-99",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """What records and corrections are made from.

    Attributes:
        records: JSON of records.
        plan: id of the plan in the corpus that is corrected.
        addresses: of its values.
    """

    records: tuple[str, ...]
    plan: str
    addresses: tuple[str, ...]


def record(ground: Ground, rng: random.Random) -> bytes:
    """One hostile record; its bytes' hash is its own, so that it is no second name of another."""
    text = rng.choice(ground.records)
    if rng.random() < 0.15:
        return mutating.several(text.encode(), mutating.GENERAL, rng)
    tree = json.loads(text)
    tree["source"]["sha256"] = f"{rng.getrandbits(256):064x}"
    tree["id"] = tree["source"]["sha256"][:16]
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        _change(tree, rng)
    made = json.dumps(tree, ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.04:
        made = _deeper(made, rng)
    if rng.random() < 0.03:
        made = made.replace('"1.0"', rng.choice(NUMBERS), 1)
    return made.encode("utf-8", "surrogatepass")


def corrections(ground: Ground, rng: random.Random) -> tuple[str, bytes]:
    """One hostile file of corrections: its ending (``.csv``, ``.json``, ``.log``) and bytes."""
    rows = [_row(ground, rng) for _ in range(rng.choice((0, 1, 2, 4, 10)))]
    kind = rng.choice((".csv", ".csv", ".json", ".json", ".log"))
    if kind == ".csv":
        data = _as_csv(rows, rng)
    else:
        tree: Any = [_entry(row, rng) for row in rows] if kind == ".log" else rows
        for _ in range(rng.choice((0, 1, 3))):
            _change(tree, rng)
        text = json.dumps(tree, ensure_ascii=rng.random() < 0.5)
        data = (_deeper(text, rng) if rng.random() < 0.04 else text).encode(
            "utf-8", "surrogatepass"
        )
    if rng.random() < 0.25:
        data = mutating.several(data, mutating.GENERAL, rng)
    return kind, data


def _row(ground: Ground, rng: random.Random) -> dict[str, Any]:
    address = rng.choice(ground.addresses)
    if rng.random() < 0.3:
        address = mutating.words(address, rng)
    elif rng.random() < 0.2:
        address = rng.choice(
            ("deadline", "task", "assignment", "section", "complete/deadlines", "header/x", "", "1")
        )
    plan = ground.plan if rng.random() < 0.85 else rng.choice((ground.plan[:5], "", "x", *STRINGS))
    row: dict[str, Any] = {
        "plan": plan,
        "value": address,
        "verdict": rng.choice(_VERDICTS),
        "new": rng.choice((*_NEW, *STRINGS)) if rng.random() < 0.7 else "",
        "why": rng.choice(("", "sai", rng.choice(STRINGS))),
    }
    if rng.random() < 0.5:
        row["start"], row["end"] = (
            rng.choice(("0", "5", "300", *NUMBERS)),
            rng.choice(("9", "320", *NUMBERS)),
        )
    return row


def _entry(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A row as an entry of a log."""
    place = {
        "start": 4,
        "end": 9,
        "words": "x",
        "before": "",
        "after": "",
        "ordinal": 0,
        "count": 1,
    }
    return {
        "id": rng.randrange(1, 9),
        "sha256": rng.choice((f"{rng.getrandbits(256):064x}", "0" * 64, "", "x")),
        "at": rng.choice(("2031-01-01T00:00:00Z", "", "x")),
        "by": rng.choice(("An", rng.choice(STRINGS))),
        "verdict": row["verdict"],
        "address": row["value"],
        "place": rng.choice((None, place)),
        "new": rng.choice((None, {"value": "2031"}, {"value": rng.choice(STRINGS)})),
        "undoes": rng.choice((None, None, 1, 99)),
    }


def _as_csv(rows: Sequence[dict[str, Any]], rng: random.Random) -> bytes:
    out = io.StringIO()
    names = ["plan", "value", "verdict", "new", "why", "start", "end"]
    if rng.random() < 0.1:
        rng.shuffle(names)
        names = names[: rng.randint(1, 7)]
    writer = csv.DictWriter(
        out, names, extrasaction="ignore", delimiter=rng.choice(",,;"), restval=""
    )
    if rng.random() < 0.95:
        writer.writeheader()
    writer.writerows(rows)
    text = out.getvalue()
    if rng.random() < 0.15:
        at = rng.randrange(len(text) + 1)
        text = (
            text[:at]
            + rng.choice(('"', '""', "\r", "\n", ",", ";" * 50, "\0", "x" * 140_000))
            + text[at:]
        )
    return text.encode(rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1258")), "replace")


def _change(tree: Any, rng: random.Random) -> None:
    """One value of a tree of JSON as another, in place; lost, doubled, moved."""
    places = list(_places(tree))
    if not places:
        return
    parent, key = rng.choice(places)
    way = rng.random()
    old = parent[key]
    if way < 0.3 and isinstance(old, int | float):
        parent[key] = rng.choice((old + 1, old - 1, old * 1000, -old, 0))
    elif way < 0.3 and isinstance(old, str):
        parent[key] = mutating.words(old, rng)
    elif way < 0.5:
        parent[key] = copy.deepcopy(rng.choice(_VALUES))
    elif way < 0.65:
        parent[key] = rng.choice(STRINGS)
    elif way < 0.75:
        other, name = rng.choice(places)
        parent[key] = copy.deepcopy(other[name]) if len(str(other[name])) < 50_000 else None
    elif way < 0.87:
        del parent[key]
    elif isinstance(parent, list):
        parent[key:key] = [copy.deepcopy(parent[key]) for _ in range(rng.choice((1, 40)))]
    else:
        parent[rng.choice(STRINGS)] = copy.deepcopy(rng.choice(_VALUES))


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    items = (
        enumerate(tree)
        if isinstance(tree, list)
        else tree.items()
        if isinstance(tree, dict)
        else ()
    )
    for key, value in items:
        yield tree, key
        yield from _places(value)


def _deeper(text: str, rng: random.Random) -> str:
    """Lists, things or sections inside each other."""
    deep = rng.choice((50, 150, 900, 20_000))
    opening, closing = rng.choice(
        (
            ("[", "]"),
            ('{"a":', "}"),
            (
                '{"path":["I"],"marker":"I.","title":"a","text":"a","span":{"start":0,"end":1},"children":[',
                "]}",
            ),
        )
    )
    inner = "" if opening.endswith("[") else "0"
    at = text.find('"sections": [')
    if at < 0:
        return opening * deep + inner + closing * deep
    at += len('"sections": [')
    return (
        text[:at]
        + opening * deep
        + inner
        + closing * deep
        + ("" if text[at] == "]" else ",")
        + text[at:]
    )
