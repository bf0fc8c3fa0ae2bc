"""Folders in, figures out: pair records with gold, score each, sum up.

The sum is over all documents at once (micro average): a long plan counts for more than a short
one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from models import Plan
from pipeline.errors import BadGold
from pipeline.evaluation.calibration import Calibration, calibrate
from pipeline.evaluation.counts import SURENESS, Count, Miss, Resolved, Score, in_order
from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.scoring import score
from pipeline.records import files, read_record

_THREE_DIGITS = re.compile(r"[0-9]{3}(?![0-9])")
SOURCES = ("text", "docx", "pdf", "scan", "none")


@dataclass(slots=True)
class Report:
    """The figures of a whole collection.

    Attributes:
        documents: gold files.
        without_record: names of those that have no record.
        total: all documents.
        sources: the same by kind of source, of ``SOURCES``.
        kinds: documents of each kind of source.
    """

    COLUMNS: ClassVar = ("category", "precision", "recall", "F1", "gold", "hits", "extra", "missed")

    documents: int = 0
    without_record: list[str] = field(default_factory=list)
    total: Score = field(default_factory=Score)
    sources: dict[str, Score] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> dict[str, Count]:
        """Of every category that some gold file has."""
        return in_order(self.total.counts)

    @property
    def misses(self) -> list[Miss]:
        """Every difference, by document."""
        return self.total.misses

    def calibration(self) -> dict[str, Calibration]:
        """How well confidence fits, by kind of value, and for all values together."""
        found = {k: self.total.sureness[k] for k in SURENESS if self.total.sureness.get(k)}
        fits = {kind: calibrate(pairs) for kind, pairs in found.items()}
        if found:
            fits["all"] = calibrate([pair for pairs in found.values() for pair in pairs])
        return fits

    def resolution(self) -> dict[str, Resolved]:
        """What short forms were taken for, by kind."""
        return dict(sorted(self.total.resolution.items()))

    def present(self) -> list[str]:
        """Kinds of source that are there, in the order of ``SOURCES``."""
        return [kind for kind in SOURCES if self.kinds[kind]]

    def rows(self) -> list[list[str]]:
        """One row of cells per category, in the order of ``COLUMNS``."""
        return [[category, *cells(count)] for category, count in self.counts.items()]

    def figures(self) -> dict[str, dict[str, float]]:
        """The same for a program: category to precision, recall, f1 and counts."""
        return {category: _figures(count) for category, count in self.counts.items()}

    def everything(self) -> dict[str, Any]:
        """All figures for a program, without the differences."""
        return {
            "documents": self.documents,
            "without_record": self.without_record,
            "categories": self.figures(),
            "sources": {
                kind: {
                    "documents": self.kinds[kind],
                    "categories": {
                        name: _figures(count)
                        for name, count in in_order(self.sources[kind].counts).items()
                    },
                }
                for kind in self.present()
            },
            **{
                group.replace(" ", "_"): {n: _figures(c) for n, c in sorted(counts.items())}
                for group, counts in self.total.groups.items()
            },
            "resolution": {kind: asdict(count) for kind, count in self.resolution().items()},
            "calibration": {kind: asdict(fit) for kind, fit in self.calibration().items()},
        }


def cells(count: Count) -> list[str]:
    """Precision, recall, F1, gold, hits, extra and missed as people read them."""
    shares = (count.precision, count.recall, count.f1)
    return [
        *(f"{share:.3f}" for share in shares),
        *(str(n) for n in (count.gold, count.hits, count.extra, count.missed)),
    ]


def _figures(count: Count) -> dict[str, float]:
    return {
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
        "f1": round(count.f1, 4),
        "gold": count.gold,
        "hits": count.hits,
        "extra": count.extra,
        "missed": count.missed,
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
        plan = read_record(record) if record else None
        scored = score(path.stem, annotation, plan)
        kind = source_kind(plan)
        report.kinds[kind] += 1
        report.total.add(scored)
        report.sources.setdefault(kind, Score()).add(scored)
    return report


def source_kind(plan: Plan | None) -> str:
    """Of ``SOURCES``; a scan is a document most of whose pages were read by OCR."""
    if plan is None:
        return "none"
    read_by = Counter(page.read_by for page in plan.source.pages)
    if 2 * read_by["ocr"] > read_by.total():
        return "scan"
    if read_by["text-layer"]:
        return "pdf"
    return "docx" if read_by["docx"] else "text"


def _three_digits(stem: str) -> str:
    match = _THREE_DIGITS.match(stem)
    return match.group() if match else stem
