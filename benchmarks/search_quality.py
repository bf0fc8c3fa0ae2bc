"""Queries over real plans: how many find something, whether the first hit is right.

In: a folder of texts of plans (``--texts``).  Out: one table on stdout; figures only, no words of
the documents.  A first hit is right where it holds what the query asks for: its folded words, or
the name that an abbreviation stands for, or the value of a field.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import figures

from pipeline import Pipeline, corpus
from pipeline.corpus import Corpus, spelling


@dataclass(frozen=True, slots=True)
class Row:
    """A query, its kind, and what the first hit must hold: any of these, in folded words."""

    kind: str
    query: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one query; ``unmarked`` is the total when typed without diacritics."""

    row: Row
    total: int
    unmarked: int
    first_right: bool


def _words(kind: str, *queries: str) -> list[Row]:
    return [Row(kind, query, (spelling.key(query),)) for query in queries]


PHRASES = (
    "an toàn giao thông", "tai nạn giao thông", "nồng độ cồn", "mũ bảo hiểm", "hành lang an toàn",
    "xe quá tải", "học sinh sinh viên", "tuần tra kiểm soát", "điểm đen", "thanh tra giao thông",
    "vận tải hành khách", "đường thủy nội địa", "giấy phép lái xe", "kết quả thực hiện",
)  # fmt: skip

QUERIES: list[Row] = [
    *_words("with diacritics", *PHRASES),
    *(Row("without", spelling.key(phrase), (spelling.key(phrase),)) for phrase in PHRASES),
    *_words("partly", "an toan giao thông", "nồng do cồn", "hanh lang an toàn", "xe qua tải"),
    *_words("tone placement", "đường thuỷ nội địa", "đường thủy nội địa", "phòng hoả"),
    *_words("marks misread", "tai nan giao thộng", "mủ bảo hiêm", "điêm đen", "vặn tải"),
    Row("abbreviations", "ATGT", ("an toan giao thong", "atgt")),
    Row("abbreviations", "TNGT", ("tai nan giao thong", "tngt")),
    Row("abbreviations", '"UBND tỉnh"', ("ubnd tinh", "uy ban nhan dan tinh")),
    Row("abbreviations", '"Ủy ban nhân dân tỉnh"', ("ubnd tinh", "uy ban nhan dan tinh")),
    Row("abbreviations", "SGTVT", ("so giao thong van tai", "sgtvt", "so gtvt")),
    Row("numbers", "31/CT-TTg", ("31 ct ttg",)),
    Row("numbers", "số 31/CT-TTg", ("31 ct ttg",)),
    Row("numbers", "Chỉ thị 31/CT-TTg", ("31 ct ttg",)),
    Row("fields", "cites:31/CT-TTg học sinh", ("hoc sinh",)),
    Row("fields", 'lead:"Sở Giao thông vận tải"', ("so giao thong van tai", "so gtvt")),
    Row("fields", 'agency:"Công an tỉnh" tuần tra', ("tuan tra",)),
    Row("fields", 'province:"Nghệ An" giao thông', ("giao thong",)),
    Row("fields", "year:2024 an toàn", ("an toan",)),
    Row("fields", "due:2024 báo cáo", ("bao cao",)),
    Row("fields", "target:>=5% giảm", ("giam",)),
    Row("fields", "recurring:any báo cáo", ("bao cao",)),
]


def judge(plans: Corpus, row: Row) -> Result:
    """Ask one query."""
    answer = plans.search(row.query, limit=1)
    bare = row.query if row.kind == "fields" else _without_marks(row.query)
    words = f" {spelling.key(answer.hits[0].text)} " if answer.hits else ""
    right = any(f" {spelling.key(each)} " in words for each in row.expected)
    return Result(row, answer.total, plans.search(bare, limit=0).total, right)


def _without_marks(query: str) -> str:
    return "".join(
        spelling.folded(sign) if sign.isalpha() and sign.islower() else sign for sign in query
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=Path, action="append", required=True, help="a folder")
    figures.option(parser)
    args = parser.parse_args(argv)
    told = figures.Figures("search-quality")
    pipeline = Pipeline()
    paths = sorted(path for each in args.texts for path in each.glob("*.txt"))
    kinds: dict[str, list[Result]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory() as folder,
        corpus.open(Path(folder) / "corpus.db", write=True) as plans,
    ):
        list(plans.add_many(pipeline(path) for path in paths))
        print(f"{len(paths)} plans, {plans.search('', limit=0).total} passages\n")
        for row in QUERIES:
            kinds[row.kind].append(judge(plans, row))
    everything = [result for results in kinds.values() for result in results]
    print(f"{'kind':18}{'queries':>9}{'answered':>10}{'first right':>13}{'no less unmarked':>18}")
    for kind, results in [*kinds.items(), ("all", everything)]:
        print(
            f"{kind:18}{len(results):9}{sum(r.total > 0 for r in results):10}"
            f"{sum(r.first_right for r in results):13}"
            f"{sum(r.unmarked >= r.total for r in results):18}"
        )
        detail, size = kind != "all", len(results)
        told.add(f"{kind}: answered", "share", sum(r.total > 0 for r in results) / size,
                 detail=detail)  # fmt: skip
        told.add(f"{kind}: first hit right", "share", sum(r.first_right for r in results) / size,
                 detail=detail)  # fmt: skip
        told.add(f"{kind}: no less without diacritics", "share",
                 sum(r.unmarked >= r.total for r in results) / size, detail=detail)  # fmt: skip
    told.write(args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
