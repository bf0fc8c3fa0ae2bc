"""Folders in, one table out: pair records with gold, score each, sum up.

The sum is over all documents at once (micro average): a long plan counts for more than a short
one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from pydantic import ValidationError

from models import Plan
from pipeline.errors import BadGold, Damaged, FileMissing
from pipeline.evaluation.gold import first_fault, load_gold
from pipeline.evaluation.scoring import CATEGORIES, Count, Miss, score

_THREE_DIGITS = re.compile(r"[0-9]{3}(?![0-9])")


@dataclass(slots=True)
class Report:
    """The figures of a whole collection."""

    COLUMNS: ClassVar = ("category", "precision", "recall", "F1", "gold", "hits", "extra", "missed")

    documents: int = 0
    without_record: list[str] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=lambda: {c: Count() for c in CATEGORIES})
    misses: list[Miss] = field(default_factory=list)

    def rows(self) -> list[list[str]]:
        """One row of cells per category, in the order of ``COLUMNS``."""
        return [
            [
                category,
                f"{count.precision:.3f}",
                f"{count.recall:.3f}",
                f"{count.f1:.3f}",
                *(str(n) for n in (count.gold, count.hits, count.extra, count.missed)),
            ]
            for category, count in self.counts.items()
        ]

    def figures(self) -> dict[str, dict[str, float]]:
        """The same for a program: category to precision, recall, f1 and counts."""
        return {
            category: {
                "precision": round(count.precision, 4),
                "recall": round(count.recall, 4),
                "f1": round(count.f1, 4),
                "gold": count.gold,
                "hits": count.hits,
                "extra": count.extra,
                "missed": count.missed,
            }
            for category, count in self.counts.items()
        }


def evaluate(gold: Path, records: Path) -> Report:
    """Score all records that have gold.

    Args:
        gold: a folder of gold files, or one of them.
        records: a folder of records, or one of them.  With one gold file and one record the
            names need not agree.

    Raises:
        FileMissing: a path does not exist or cannot be opened.
        BadGold: a gold file is not in the format, or there is none.
        Damaged: a record is no record of this version.
    """
    gold_files, record_files = _files(gold), _files(records)
    if not gold_files:
        raise BadGold(f"{gold} holds no gold: no file ends in .json.")
    by_name = {_three_digits(path.stem): path for path in record_files}
    by_name |= {path.stem: path for path in record_files}
    if gold.is_file() and records.is_file():
        by_name = {gold.stem: records}

    report = Report()
    for path in gold_files:
        report.documents += 1
        annotation = load_gold(path)
        record = by_name.get(path.stem)
        if record is None:
            report.without_record.append(path.stem)
        result = score(path.stem, annotation, _load_record(record) if record else None)
        for category, count in result.counts.items():
            report.counts[category].add(count)
        report.misses += result.misses
    return report


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.json"))
    if path.exists():
        return [path]
    raise FileMissing(f"{path} does not exist.")


def _three_digits(stem: str) -> str:
    match = _THREE_DIGITS.match(stem)
    return match.group() if match else stem


def _load_record(path: Path) -> Plan:
    try:
        return Plan.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FileMissing(f"{path} cannot be opened: {error.strerror}.") from error
    except ValidationError as error:
        raise Damaged(
            f"{path} is no record of this version: {first_fault(error)}.",
            next_step="Extract the plan again.",
        ) from error
