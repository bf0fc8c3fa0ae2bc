"""Accuracy beside what a newcomer would reach for first, on the same texts in one run.

In: gold and the plans it belongs to; by default sample plans that are written for the run, so
that it works anywhere.  Out: one table on stdout; nothing is kept.

Everyone is scored by the rules of ``pipeline.evaluation``: what a peer finds is put into a record
in the place of what we found.  Where a rule could be read against a peer, it is read for it:

- underthesea's named entities and dateparser get clean text, one paragraph at a time, which both
  do better on than on a whole plan; what they read is not timed, loading their models neither.
- dateparser knows the date of issue.  Its date counts as right where it agrees with gold as far as
  gold goes: any day of April 2024 is "2024-04".  Since most dates of a plan are those of cited
  documents, it runs a second time with our references blanked.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import figures

from models import Agency, Deadline, Plan, Reference, Span
from pipeline import Pipeline
from pipeline.cli import table
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.evaluation.keys import likeness
from pipeline.evaluation.scoring import CATEGORIES, Count, score
from pipeline.samples import make, truth
from pipeline.samples.catalogue import FORMATS, render

COLUMNS = ("category", "found by", "precision", "recall", "F1", "gold", "seconds")


@dataclass(frozen=True, slots=True)
class Case:
    """A plan's gold and its file."""

    name: str
    gold: Gold
    path: Path


@dataclass(frozen=True, slots=True)
class Peer:
    """Another way to find one kind of value."""

    name: str
    categories: tuple[str, ...]
    find: Callable[[Plan, Gold], dict[str, list]]


@dataclass(slots=True)
class Tally:
    """The figures of one peer, or ours."""

    seconds: float = 0
    counts: dict[str, Count] = field(default_factory=lambda: {c: Count() for c in CATEGORIES})

    def add(self, case: Case, plan: Plan) -> None:
        """Score one record."""
        for category, count in score(case.name, case.gold, plan).counts.items():
            self.counts[category].add(count)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--samples", type=int, default=20, help="how many samples (20)")
    parser.add_argument("--first-seed", type=int, default=100, help="seed of the first (100)")
    parser.add_argument(
        "--formats", nargs="*", metavar="FORMAT",
        help=f"samples in these formats instead, without peers; all: {', '.join(FORMATS)}",
    )  # fmt: skip
    parser.add_argument("--gold", type=Path, metavar="DIR", help="gold of your own plans")
    parser.add_argument("--texts", type=Path, metavar="DIR", nargs="+", help="where the plans are")
    figures.option(parser)
    args = parser.parse_args(argv)
    if (args.gold is None) != (args.texts is None):
        parser.error("--gold and --texts belong together")
    if args.gold and args.formats is not None:
        parser.error("--formats is for samples")
    if unknown := set(args.formats or ()) - set(FORMATS):
        parser.error(f"no format {unknown.pop()!r}; there are {', '.join(FORMATS)}")

    seeds = range(args.first_seed, args.first_seed + args.samples)
    found = figures.Figures("accuracy")
    with tempfile.TemporaryDirectory() as folder:
        if args.formats is not None:
            print(by_format(seeds, args.formats or FORMATS, Path(folder), found))
            found.write(args.json)
            return 0
        cases = list(own(args.gold, args.texts) if args.gold else samples(seeds, "txt", folder))
        if not cases:
            parser.error("no gold file has its plan in the folders of --texts")
        print(f"{len(cases)} plans, {'your own' if args.gold else 'samples as text'}\n")
        print(beside(cases, found))
    found.write(args.json)
    return 0


def samples(seeds: Sequence[int], form: str, folder: str | Path) -> Iterator[Case]:
    """Sample plans, written to a folder."""
    for seed in seeds:
        plan = make(seed)
        path = Path(folder, f"{plan.stem}.{form}")
        path.write_bytes(render(plan, form))
        yield Case(plan.stem, Gold.model_validate(truth.gold(plan)), path)


def own(gold: Path, texts: Sequence[Path]) -> Iterator[Case]:
    """Every gold file whose plan is in one of the folders: the same name before the ending."""
    plans = {path.stem: path for folder in reversed(texts) for path in sorted(folder.iterdir())}
    for path in sorted(gold.glob("*.json")):
        if path.stem in plans:
            yield Case(path.stem, load_gold(path), plans[path.stem])


def beside(cases: Sequence[Case], told: figures.Figures) -> str:
    """The table with peers."""
    pipeline = Pipeline()
    peers = [
        Peer("underthesea ner", ("agencies",), entities),
        Peer("dateparser", ("deadlines", "deadline values"), dates),
        Peer("dateparser, references blanked", ("deadlines", "deadline values"), dates_elsewhere),
        Peer("one regular expression", ("references", "ref.date", "ref.kind"), pattern),
    ]
    ours = Tally()
    theirs = {peer.name: Tally() for peer in peers}
    first = pipeline(cases[0].path)
    for peer in peers:  # models are loaded here
        peer.find(first, cases[0].gold)
    for case in cases:
        start = time.perf_counter()
        plan = pipeline(case.path)
        ours.seconds += time.perf_counter() - start
        ours.add(case, plan)
        for peer in peers:
            start = time.perf_counter()
            found = peer.find(plan, case.gold)
            theirs[peer.name].seconds += time.perf_counter() - start
            theirs[peer.name].add(case, plan.model_copy(update=found))
    rows = []
    asked = {category for peer in peers for category in peer.categories}
    for category in CATEGORIES:
        count = ours.counts[category]
        if not count.gold and not count.extra:
            continue
        told.add(category, "F1", count.f1)
        told.add(category, "precision", count.precision, detail=True)
        told.add(category, "recall", count.recall, detail=True)
        if category not in asked:
            continue
        rows.append(row(category, "kehoach, a whole record", ours))
        for peer in peers:
            if category in peer.categories:
                rows.append(row(category, peer.name, theirs[peer.name]))
                f1 = theirs[peer.name].counts[category].f1
                told.add(category, "F1", f1, peer=peer.name)
    return table(COLUMNS, rows, right=2)


def row(category: str, name: str, tally: Tally) -> list[str]:
    count = tally.counts[category]
    shares = [f"{f:.3f}" for f in (count.precision, count.recall, count.f1)]
    return [category, name, *shares, str(count.gold), f"{tally.seconds:.1f}"]


def by_format(
    seeds: Sequence[int], formats: Sequence[str], folder: Path, told: figures.Figures
) -> str:
    """F1 of every category, a column for each format."""
    pipeline = Pipeline()
    tallies = {}
    for form in formats:
        tally = tallies[form] = Tally()
        for case in samples(seeds, form, folder):
            start = time.perf_counter()
            plan = pipeline(case.path)
            tally.seconds += time.perf_counter() - start
            tally.add(case, plan)
        whole = Count()
        for category in CATEGORIES:
            # What a span says needs no gold: it is right or a fault of the program.
            if category != "spans":
                whole.add(tally.counts[category])
            told.add(f"{form}: {category}", "F1", tally.counts[category].f1, detail=True)
        told.add(f"{form}: all values", "F1", whole.f1)
    gold = tallies[formats[0]].counts
    rows = [
        [category, str(gold[category].gold or "–")]
        + [f"{tally.counts[category].f1:.3f}" for tally in tallies.values()]
        for category in CATEGORIES
    ]
    rows.append(["seconds", "", *(f"{tally.seconds:.1f}" for tally in tallies.values())])
    names = ("F1", "gold", *formats)
    return f"{len(seeds)} samples in each format\n\n{table(names, rows, right=1)}"


def entities(plan: Plan, gold: Gold) -> dict[str, list]:
    """Organisations as the named entities of underthesea, conditional random field."""
    from underthesea import ner

    names: dict[str, Agency] = {}
    for line in filter(str.strip, plan.text.splitlines()):
        words: list[str] = []
        for word, _, _, tag in [*ner(line), ("", "", "", "O")]:
            if words and tag != "I-ORG":
                # Its words are joined by blanks; the name is taken as it stands.
                letters = r"\s*".join(map(re.escape, " ".join(words).split()))
                found = re.search(letters, line)
                name = found.group() if found else " ".join(words)
                names.setdefault(
                    name.casefold(),
                    Agency(id=name, name=name, canonical=name, kind="named", mentions=[]),
                )
                words = []
            if tag.endswith("-ORG"):
                words.append(word)
    return {"agencies": list(names.values())}


def dates(plan: Plan, gold: Gold, text: str | None = None) -> dict[str, list]:
    """Every date that dateparser finds, as a deadline."""
    from dateparser.search import search_dates

    issued = (plan.header.issued_on or "").split("-")
    settings: dict[str, object] = {"DATE_ORDER": "DMY"}
    if len(issued) == 3:
        settings["RELATIVE_BASE"] = datetime(*map(int, issued))  # type: ignore[arg-type]
    found = []
    for line in filter(str.strip, (text or plan.text).splitlines()):
        for words, when in search_dates(line, languages=["vi"], settings=settings) or ():
            value = as_gold_says(words, when.date().isoformat(), gold)
            nowhere = Span(start=0, end=0)
            found.append(Deadline(text=words, kind="due", value=value, span=nowhere, section=[]))
    return {"deadlines": found}


def dates_elsewhere(plan: Plan, gold: Gold) -> dict[str, list]:
    """The same where no reference stands."""
    text = plan.text
    for reference in plan.references:
        start, end = reference.span.start, reference.span.end
        text = text[:start] + re.sub(r"\S", "_", text[start:end]) + text[end:]
    return dates(plan, gold, text)


def as_gold_says(words: str, day: str, gold: Gold) -> str:
    """The value of a like-worded deadline of gold that the day agrees with, else the day."""
    for deadline in gold.deadlines:
        value = deadline.value or ""
        last = value.split("/")[-1]
        agrees = re.match(r"\d{4}", last) and day.startswith(last)
        if agrees and likeness(deadline.text, words) >= 0.5:
            return value
    return f"../{day}"


KINDS = (
    "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kế hoạch", "Kết luận",
    "Công văn", "Công điện", "Thông báo", "Tờ trình", "Báo cáo", "Hướng dẫn", "Đề án",
    "Chương trình", "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp",
)  # fmt: skip
CITED = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)})\s+(?:số:?\s*)?"
    r"(?P<number>\d+(?:/\d{4})?[-/][A-ZĐ][\wĐđ/.-]*\w)"
    r"(?:\s*,?\s*ngày\s+(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:/|\s+năm\s+)(?P<year>\d{4}))?"
)


def pattern(plan: Plan, gold: Gold) -> dict[str, list]:
    """Kind, number and date in a row, as a first script for such plans has it."""
    found = []
    for match in CITED.finditer(plan.text):
        day, month, year = match.group("day", "month", "year")
        reference = Reference(
            text=match.group(),
            kind=match.group("kind"),
            number=match.group("number"),
            date=f"{year}-{int(month):02}-{int(day):02}" if year else None,
            key=match.group("number"),
            span=Span(start=match.start(), end=match.end()),
            section=[],
        )
        found.append(reference)
    return {"references": found}


if __name__ == "__main__":
    sys.exit(main())
