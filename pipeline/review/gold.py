"""What people checked, as gold for ``kehoach evaluate`` (format: ``docs/evaluation.md``).

In: a corpus.  Out: one gold object per plan that has a category checked to its end; its member
``annotated`` names these categories, and the others are not scored.

A category is complete when every value of it has a verdict and a person said that none is missing.
A value that only waits for a look is no gold.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models import Plan, Section
from pipeline.corpus.api import Corpus
from pipeline.corpus.exporting import whole
from pipeline.corrections.entries import Category
from pipeline.errors import CannotWrite
from pipeline.evaluation.gold import MEMBERS, Gold
from pipeline.review.looking import Looking

_BULLETS = "-+•*"


def gold(desk: Looking) -> dict[str, Any] | None:
    """The gold of one plan, None where no category is complete."""
    complete = {each.category for each in desk.progress() if each.complete}
    annotated = [name for name in MEMBERS if name in complete]
    if not annotated:
        return None
    plan = desk.laid.plan
    made = {
        "source": {"name": plan.source.name, "sha256": plan.source.sha256},
        "checked_by": sorted({entry.by for entry in desk.log}),
        "annotated": annotated,
    }
    for name in annotated:
        made |= _member(plan, name)
    Gold.model_validate(made)
    return made


def every(corpus: Corpus) -> Iterator[tuple[Plan, dict[str, Any]]]:
    """The records and gold of all plans that have some, by number."""
    with corpus.store.snapshot() as connection:
        rows = connection.execute(
            "SELECT id FROM plans WHERE sha256 IN (SELECT sha256 FROM corrections) ORDER BY id"
        ).fetchall()
        for (number,) in rows:
            desk = Looking(connection, number)
            made = gold(desk)
            if made is not None:
                yield desk.machine, made


def write(corpus: Corpus, folder: Path, *, by_name: bool = False) -> dict[Path, list[Category]]:
    """One gold file per plan that has some.

    Args:
        corpus: open.
        folder: made if it is missing.
        by_name: name the files after the plans' own (``kehoach extract`` names records so), not
            after the records' ids (as ``kehoach ingest`` does).

    Returns:
        Each file with its complete categories.

    Raises:
        CannotWrite: the folder cannot be written.
    """
    written: dict[Path, list[Category]] = {}
    try:
        for plan, made in every(corpus):
            stem = Path(plan.source.name).stem if by_name else plan.id
            path = folder / f"{stem}.json"
            if path in written:
                path = folder / f"{stem}-{plan.id}.json"
            with whole(path) as part:
                text = json.dumps(made, ensure_ascii=False, indent=2)
                part.write_text(text + "\n", encoding="utf-8")
            written[path] = made["annotated"]
    except OSError as error:
        raise CannotWrite(
            f"{folder} cannot be written: {error.strerror}.",
            next_step="Make room, or name another folder.",
        ) from error
    return written


def _member(plan: Plan, name: str) -> dict[str, Any]:
    if name == "header":
        return {"header": _header(plan)}
    if name == "outline":
        sections = list(plan.walk())
        return {
            "outline": [
                {"path": section.path, "title": section.title}
                for section in sections
                if not section.marker.strip().startswith(tuple(_BULLETS))
            ],
            "bullets": _bullets(plan.sections),
        }
    found: list[dict[str, Any]]
    if name == "references":
        found = [
            {"text": _line(r.text), "kind": r.kind, "number": r.number, "date": r.date}
            for r in plan.references
        ]
    elif name == "agencies":
        found = [{"name": a.name, "type": a.kind} for a in plan.agencies]
    elif name == "deadlines":
        found = [
            {"text": _line(d.text), "kind": d.kind, "value": d.value, "section": d.section}
            for d in plan.deadlines
        ]
    elif name == "targets":
        found = [
            {"text": _line(t.text), "value": t.value, "unit": t.unit, "comparator": t.comparator}
            for t in plan.targets
        ]
    else:
        found = [
            {"section": task.section, "agency": one.agency, "role": one.role}
            for task in plan.tasks
            for one in task.assignments
        ]
    return {name: found}


def _header(plan: Plan) -> dict[str, Any]:
    header = plan.header
    return {
        "kind": header.kind,
        "number": header.number,
        "symbol": header.symbol,
        "issued_on": header.issued_on,
        "place": header.place,
        "issuer": header.issuer.name if header.issuer else None,
        "title": header.title,
        "plan_period": header.plan_period,
        "province": header.province.name if header.province else None,
        "signer": header.signer.name if header.signer else None,
        "recipients": header.recipients,
    }


def _bullets(roots: list[Section]) -> dict[str, int]:
    """How many dashes and pluses stand directly under each node."""
    counts: Counter[str] = Counter()

    def count(path: str, children: list[Section]) -> None:
        for child in children:
            marker = child.marker.strip()
            if marker.startswith("+"):
                counts[f"{path}+"] += 1
            elif marker.startswith(("-", "–", "•", "*")):
                counts[path] += 1
            count("/".join(child.path), child.children)

    count("", roots)
    return dict(counts)


def _line(text: str) -> str:
    return " ".join(text.split())
