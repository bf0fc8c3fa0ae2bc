"""Records against facts that people read off real scans: agree, not sure, or WRONG.

In: ``real_scans.json``, which holds facts only (numbers, dates, counts, kinds, legal references; of
a title the first letters of its words), and records of the files.  Out: verdicts.  The documents
themselves are never part of the project; whoever has them checks with
``benchmarks/scans.py --scans DIR``.

A record may leave a field open or call it unsure: a handwritten "07" is for a person to confirm.
What it may not do is to be sure and wrong.  ``python benchmarks/scan_facts.py`` prints the
tables of ``docs/scans.md``.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rapidfuzz.fuzz import ratio

from models import Plan, Section
from pipeline.evaluation.keys import number_key, text_key
from pipeline.settings import settings

FACTS = Path(__file__).with_name("real_scans.json")
Verdict = Literal["agree", "not sure", "WRONG"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One field of one file: what the record says beside what the page says."""

    file: str
    field: str
    verdict: Verdict
    found: str
    expected: str


def load(path: Path = FACTS) -> dict[str, dict[str, Any]]:
    """File name → its facts."""
    return {entry["file"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))}


def initials(title: str) -> str:
    """The first letters of a title's words without marks: tells titles apart, quotes none."""
    plain = unicodedata.normalize("NFD", title.casefold().replace("đ", "d"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(word[0] for word in re.findall(r"\w+", plain))


def compare(facts: dict[str, Any], plan: Plan) -> Iterator[Finding]:
    """Every field that the facts hold."""
    header = plan.header

    def finding(field: str, found: Any, expected: Any, agrees: bool, open_: bool) -> Finding:
        verdict: Verdict = "agree" if agrees else "not sure" if open_ else "WRONG"
        return Finding(facts["file"], field, verdict, str(found), str(expected))

    def unsure(field: str, value: object) -> bool:
        return value is None or header.confidence.get(field, 1.0) < settings().low_confidence

    number, day = header.number, header.issued_on
    agrees = number is not None and number_key(number) == number_key(facts["number"])
    yield finding("number", number, facts["number"], agrees, unsure("number", number))
    coarse = day is not None and facts["issued_on"].startswith(day)
    open_ = unsure("issued_on", day) or coarse
    yield finding("date", day, facts["issued_on"], day == facts["issued_on"], open_)
    yield finding(
        "kind", header.kind, facts["kind"], header.kind == facts["kind"], header.kind is None
    )
    letters = initials(header.title or "")
    alike = ratio(letters, facts["title_initials"]) >= 90
    yield finding("title", letters, facts["title_initials"], alike, unsure("title", header.title))
    signer = header.signer.name if header.signer else None
    agrees = signer is not None and text_key(signer) == text_key(facts["signer"])
    yield finding("signer", signer, facts["signer"], agrees, unsure("signer", signer))
    given = (header.signature.signer, header.signature.time) if header.signature else None
    wanted = (facts["signature"]["signer"], facts["signature"]["time"])
    yield finding("signature", given, wanted, given == wanted, given is None)
    pages = len(plan.source.pages)
    yield finding("pages", pages, facts["pages"], pages == facts["pages"], False)
    lines = len(header.recipients)
    yield finding("recipients", lines, facts["recipients"], lines == facts["recipients"], False)
    yield from _sections(facts, plan, finding)
    yield from _references(facts, plan, finding)


def _sections(facts: dict[str, Any], plan: Plan, finding: Any) -> Iterator[Finding]:
    paths = ["/".join(path) for path in _paths(plan.sections)]
    bullets = [path for path in paths if path.rsplit("/", 1)[-1].startswith(("-", "+"))]
    numbered = [path for path in paths if path not in bullets]
    missing = [path for path in facts["sections"] if path not in numbered]
    extra = [path for path in numbered if path not in facts["sections"]]
    told = f"missing {missing}, extra {extra}" if missing or extra else "the same"
    yield finding("sections", told, len(facts["sections"]), numbered == facts["sections"], False)
    count = len(bullets)
    yield finding("bullets", count, facts["bullets"], count == facts["bullets"], False)


def _references(facts: dict[str, Any], plan: Plan, finding: Any) -> Iterator[Finding]:
    def key(kind: str | None, number: str | None, date: str | None) -> str:
        return f"{number_key(number) if number else kind} {date}"

    sure = settings().low_confidence
    expected = {
        key(r["kind"], r["number"], r["date"]) for r in facts["references"]
        if r["number"] or len(r["date"] or "") == 10
    }  # fmt: skip
    found = {
        key(r.kind, r.number, r.date): r.confidence for r in plan.references
        if r.number or len(r.date or "") == 10
    }  # fmt: skip
    numbers = {one.split(" ")[0] for one in expected}
    wrong = [one for one in found if one not in expected and found[one] >= sure]
    # The document itself, and a cited one that is named again without its date, are no faults.
    own = number_key(facts["number"])
    wrong = [one for one in wrong if not (one.endswith(" None") and one.split(" ")[0] in numbers)]
    wrong = [one for one in wrong if one.split(" ")[0] != own]
    missing = sorted(expected - set(found))
    told = f"missing {missing}, wrong {wrong}" if missing or wrong else "the same"
    unsure = not wrong and any(found[one] < sure for one in found if one not in expected)
    yield finding("references", told, len(expected), not missing and not wrong, unsure)


def _paths(sections: Sequence[Section]) -> Iterator[tuple[str, ...]]:
    for section in sections:
        yield tuple(section.path)
        yield from _paths(section.children)


def markdown(entries: Sequence[dict[str, Any]]) -> str:
    """The two tables of ``docs/scans.md``."""
    rows = [
        "| file | pages | image | number | date | kind | signer | recipients | marks |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for entry in entries:
        ways = [(name, way) for name, way in entry["figures"].items() if way != "printed"]
        number = f"{entry['number']} ({', '.join(f'{name} {way}' for name, way in ways)})"
        signed = entry["signature"]
        marks = [*entry["marks"], f"{entry['signatures']} signature fields, the first by "
                 f"{signed['signer']} at {signed['time']}"]  # fmt: skip
        rows.append(
            f"| {entry['file']} | {entry['pages']} | {entry['image']} | {number} | "
            f"{entry['issued_on']} | {entry['kind']} | {entry['signer']} | {entry['recipients']} | "
            f"{'; '.join(marks)} |"
        )
    rows += ["", "| file | sections | bullets | references |", "| --- | --- | --- | --- |"]
    for entry in entries:
        cited = [
            " of ".join(filter(None, (r["number"] or r["kind"], r["date"])))
            for r in entry["references"]
        ]
        paths = ", ".join(entry["sections"]) or "none"
        rows.append(f"| {entry['file']} | {paths} | {entry['bullets']} | {'; '.join(cited)} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown(list(load().values())))
