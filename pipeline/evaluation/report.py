"""Folders in, one table out: pair records with gold, score each, sum up.

The sum is over all documents at once (micro average): a long plan counts for more than a short
one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from pipeline.errors import BadGold
from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.records import files, read_record
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
        BadRecord: a record is no record of this version.
    """
    gold_files, record_files = files(gold), files(records)
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
        result = score(path.stem, annotation, read_record(record) if record else None)
        for category, count in result.counts.items():
            report.counts[category].add(count)
        report.misses += result.misses
    return report


def _three_digits(stem: str) -> str:
    match = _THREE_DIGITS.match(stem)
    return match.group() if match else stem
