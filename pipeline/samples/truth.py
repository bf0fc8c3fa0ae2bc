"""Sample plan → what a perfect record of it holds, in the format of the gold annotations.

In: a ``SamplePlan``.  Out: a dict with ``header``, ``outline``, ``bullets``, ``references``,
``short_references``, ``named_programmes``, ``agencies``, ``deadlines``, ``targets``,
``assignments`` and ``annex_table``.  Everything comes from the marks in the sentences, never from
a second list; short references, which speak of the plan itself, from the words.  ``span`` (start,
end) counts code points of the plain text form.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from pipeline.samples.markup import Agency, Deadline, Reference, Target, plain
from pipeline.samples.parts import Paragraph, Table
from pipeline.samples.sample import SamplePlan
from pipeline.samples.text import Placed, lay_out

_SELF = re.compile(r"\b(?:Kế hoạch|Quyết định) này\b")
_CELLS = ("no", "task", "lead", "coordinate", "time", "output")


def gold(plan: SamplePlan, file: str | None = None) -> dict[str, Any]:
    """The truth of a plan.

    Args:
        plan: the sample.
        file: name to put into the field ``file``; the stem with ".txt" by default.
    """
    _, placed = lay_out(plan)
    return {
        "file": file or f"{plan.stem}.txt",
        "header": _header(plan),
        "outline": [
            {"path": list(block.path), "title": block.words[:60].strip()}
            for block in plan.blocks
            if isinstance(block, Paragraph) and block.style in ("heading", "item")
        ],
        "bullets": _bullets(plan),
        "references": _references(placed),
        "short_references": _short_references(plan),
        "named_programmes": [],
        "agencies": _agencies(placed),
        "deadlines": _deadlines(placed),
        "targets": _targets(placed),
        "assignments": _assignments(plan, placed),
        "annex_table": _annex(plan),
    }


def dumps(plan: SamplePlan, file: str | None = None) -> str:
    """The truth as JSON, as the gold files are written."""
    return json.dumps(gold(plan, file), ensure_ascii=False, indent=1) + "\n"


def _header(plan: SamplePlan) -> dict[str, Any]:
    facts = plan.facts
    header: dict[str, Any] = {
        "kind": facts.kind,
        "number": facts.number,
        "symbol": facts.symbol,
        "issued_on": facts.issued_on,
        "place": facts.place,
        "issuer": facts.issuer,
        "title": facts.title,
        "plan_period": facts.plan_period,
        "province": facts.province,
        "signer": facts.signer,
        "signer_title": facts.signer_title,
        "on_behalf": facts.on_behalf,
        "recipients": list(facts.recipients),
    }
    if facts.attached:
        kind, title = facts.attached[0]
        header["attached"] = {"kind": kind, "title": title}
    return header


def _bullets(plan: SamplePlan) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for block in plan.blocks:
        if isinstance(block, Paragraph) and block.style in ("bullet", "plus"):
            counted["/".join(block.path) + ("+" if block.style == "plus" else "")] += 1
    return dict(counted)


def _references(placed: list[Placed]) -> list[dict[str, Any]]:
    return [
        {
            "text": p.mark.text,
            "kind": p.mark.kind,
            "number": p.mark.number,
            "date": p.mark.date,
            "issuer": p.mark.issuer,
            "span": [p.start, p.end],
        }
        for p in placed
        if isinstance(p.mark, Reference)
    ]


def _short_references(plan: SamplePlan) -> list[dict[str, Any]]:
    """A plan, and the decision around it, speak of themselves and of nothing else in this way."""
    return [
        {"text": match.group(), "refers_to": "self", "span": list(match.span())}
        for match in _SELF.finditer(lay_out(plan)[0])
    ]


def _agencies(placed: list[Placed]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for p in placed:
        if isinstance(p.mark, Agency) and p.mark.type != "person":
            entry = {"name": p.mark.text, "type": p.mark.type, "span": [p.start, p.end]}
            found.setdefault(p.mark.text.casefold(), entry)
    return list(found.values())


def _deadlines(placed: list[Placed]) -> list[dict[str, Any]]:
    return [
        {
            "text": p.mark.text,
            "kind": p.mark.kind,
            "value": value,
            "section": list(p.path),
            "span": [p.start, p.end],
        }
        for p in placed
        if isinstance(p.mark, Deadline)
        for value in p.mark.values
    ]


def _targets(placed: list[Placed]) -> list[dict[str, Any]]:
    out = []
    for p in placed:
        if not isinstance(p.mark, Target):
            continue
        entry: dict[str, Any] = {"text": p.mark.text, "value": p.mark.value}
        if p.mark.value_max is not None:
            entry["value_max"] = p.mark.value_max
        entry |= {"unit": p.mark.unit, "comparator": p.mark.comparator}
        out.append(entry | {"section": list(p.path), "span": [p.start, p.end]})
    return out


def _assignments(plan: SamplePlan, placed: list[Placed]) -> list[dict[str, Any]]:
    """One entry per sentence or table row: a body that leads three tasks stands there thrice."""
    found: dict[tuple[int, tuple[str, ...], str, str], None] = {}
    for p in placed:
        if isinstance(p.mark, Agency):
            for role in p.mark.roles:
                found[(p.row, p.path, p.mark.text, role)] = None
    for index, block in enumerate(plan.blocks):
        if isinstance(block, Paragraph):
            for agency, role in block.implied:
                found[(-1 - index, block.path, agency, role)] = None
    return [{"section": list(s), "agency": a, "role": r} for _, s, a, r in found]


def _annex(plan: SamplePlan) -> list[dict[str, str]] | None:
    for block in plan.blocks:
        if isinstance(block, Table):
            return [dict(zip(_CELLS, map(plain, row), strict=True)) for row in block.rows]
    return None
