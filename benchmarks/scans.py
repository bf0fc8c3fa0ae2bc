"""Scans read side by side: kehoach, OCRmyPDF and plain pytesseract, on the same files in one run.

In: scans that are made for the run from sample plans (or from texts of your own, ``--texts``), so
that every letter is known; with ``--scans`` real ones, for which only speed is measured, and facts
where there are any.  Out: tables on stdout.

Everyone gets two workers.  Seconds are wall clock from the start of the program to its end.  The
character error rate (CER) is the Levenshtein distance to the known text over its length, blanks
folded, page numbers left out.  Letterhead and signature stand side by side, and readers may go
through them column by column, line by line or as the decree counts them: every order is known, and
the best one counts, for every tool.
"""

from __future__ import annotations

import argparse
import io
import re
import statistics
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import figures
import pikepdf
import pypdfium2
import scan_facts
import scan_memory
import scan_tools
from rapidfuzz.distance import Levenshtein

from pipeline.cli import table
from pipeline.errors import KehoachError
from pipeline.samples import make, pdf, scan, text, typeset
from pipeline.samples.look import CLEAN, NOISY, NOISY_200
from pipeline.samples.parts import Block, Letterhead, Signature, Title

LOOKS = {"noisy colour 300 dpi": NOISY, "noisy 200 dpi": NOISY_200, "clean 300 dpi": CLEAN}
SEEDS = (100, 102, 103, 104)
HEAD = ("set", "tool", "workers", "pages", "seconds", "cpu s", "pages/s", "ratio")
TOOLS: dict[str, Callable[..., scan_tools.Run]] = {
    "kehoach": scan_tools.kehoach,
    "OCRmyPDF": scan_tools.ocrmypdf,
    "OCRmyPDF, spared": lambda files, workers, **more: scan_tools.ocrmypdf(
        files, workers, spared=True, **more
    ),
    "pytesseract": lambda files, workers: scan_tools.pytesseract(files, workers, threads=True),
    "pytesseract, OMP_THREAD_LIMIT=1": lambda files, workers: scan_tools.pytesseract(
        files, workers, threads=False
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A scan, its pages, and for each document in it the orders in which its words may be read;
    none for a real one."""

    path: Path
    pages: int
    truths: tuple[tuple[str, ...], ...] = ()

    @property
    def letters(self) -> int:
        """How many characters there are to read."""
        return len(" ".join(alternatives[0] for alternatives in self.truths))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS), metavar="TOOL",
                        help=f"of {', '.join(TOOLS)} (all)")  # fmt: skip
    parser.add_argument("--sets", nargs="+", choices=LOOKS, default=list(LOOKS), metavar="SET",
                        help=f"of {', '.join(LOOKS)} (all)")  # fmt: skip
    parser.add_argument("--workers", type=int, default=2, help="workers of each tool (2)")
    parser.add_argument("--plans", type=int, default=len(SEEDS), choices=range(1, len(SEEDS) + 1),
                        metavar="N", help=f"sample plans in a set (all {len(SEEDS)})")  # fmt: skip
    parser.add_argument("--copies", type=int, default=1, metavar="N",
                        help="each set so often over in one file (1)")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=1, help="turns of each tool (1)")
    parser.add_argument("--texts", type=Path, metavar="DIR", help="scan these texts instead")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="score records of the texts")
    parser.add_argument("--scans", type=Path, metavar="DIR", help="real scans instead: speed only")
    parser.add_argument("--facts", type=Path, metavar="FILE", default=scan_facts.FACTS,
                        help="facts of the real scans (of the ten documented ones)")  # fmt: skip
    parser.add_argument("--memory", type=int, metavar="PAGES", nargs="?", const=500,
                        help="instead: memory of our workers over so many pages (500)")  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep scans and texts here")
    parser.add_argument(
        "--install-peers", action="store_true", help="OCRmyPDF and pytesseract into the cache"
    )
    figures.option(parser)
    args = parser.parse_args(argv)
    if args.gold and not args.texts:
        parser.error("--gold belongs to --texts")
    if args.install_peers:
        scan_tools.install_peers()
    told = figures.Figures("scans")
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if args.memory:
            print(memory(args.memory, args.workers, folder, told))
        elif args.scans:
            print(real(args, folder, told))
        else:
            print(table((*HEAD, "CER", ""), sets(args, folder, told), right=2))
    told.write(args.json)
    return 0


def sets(args: argparse.Namespace, folder: Path, told: figures.Figures) -> list[list[str]]:
    """Every set that was asked for, read by every tool."""
    rows: list[list[str]] = []
    for name in args.sets:
        title = name
        if args.texts:
            cases = list(own(name, args.texts, folder))
        else:
            cases = [samples(name, folder, args.plans, args.copies)]
            title += f", {cases[0].pages} pages" if args.copies > 1 else ""
        rows += measure(title, cases, args, folder, told)
        if args.gold:
            print(scored(name, cases, args.gold, told), end="\n\n")
    return rows


def samples(name: str, folder: Path, count: int = len(SEEDS), copies: int = 1) -> Case:
    """Long sample plans as one scan, so that starting up weighs little."""
    plans = [make(s, act="plan", blank="none", annex=False, length=3) for s in SEEDS[:count]]
    printed = [pdf.render(plan) for plan in plans]
    whole = pikepdf.new()
    for data in printed * copies:
        with pikepdf.open(io.BytesIO(data)) as part:
            whole.pages.extend(part.pages)
    joined = io.BytesIO()
    whole.save(joined, deterministic_id=True)
    truths = tuple(orders(plan.blocks, data) for plan, data in zip(plans, printed, strict=True))
    return written(joined.getvalue(), name, "samples", truths * copies, folder)


def own(name: str, texts: Path, folder: Path) -> Iterator[Case]:
    """Every text of a folder, printed in the decree's page and scanned."""
    for path in sorted(texts.glob("*.txt")):
        blocks = typeset.blocks(path.read_text(encoding="utf-8"))
        data = pdf.render_blocks(blocks)
        yield written(data, name, path.stem, (orders(blocks, data),), folder)


def written(
    printed: bytes, name: str, stem: str, truths: tuple[tuple[str, ...], ...], folder: Path
) -> Case:
    """Scan a printed file into the folder."""
    place = folder / name.replace(" ", "-")
    place.mkdir(exist_ok=True)
    path = place / f"{stem}.pdf"
    path.write_bytes(scan.scan(printed, LOOKS[name], seed=7))
    return Case(path, len(pypdfium2.PdfDocument(printed)), truths)


def orders(blocks: Sequence[Block], printed: bytes) -> tuple[str, ...]:
    """Every order in which a document may be read, folded."""
    head = [b for b in blocks if isinstance(b, Letterhead)]
    sign = [b for b in blocks if isinstance(b, Signature)]
    body = [b for b in blocks if not isinstance(b, Letterhead | Signature)]
    with pypdfium2.PdfDocument(printed) as document:
        lines = [line for page in document for line in _lines(page)]
    heads, signs = {_words(head)}, {_words(sign)}
    for block in head:
        left = [block.parent or "", block.issuer, block.number]
        heads.add(folded("\n".join([*left, *block.MOTTO, block.date])))
        kind = next((b.kind for b in blocks if isinstance(b, Title)), None)
        if kind in lines:
            heads.add(folded("\n".join(lines[: lines.index(kind)])))
    if sign and blocks[-1] is sign[0]:
        start = next(n for n, line in enumerate(lines) if line.startswith("Nơi nhận:"))
        signs.add(folded("\n".join(lines[start:])))
    middle = _words(body)
    return tuple(" ".join((h, middle, s)).strip() for h in sorted(heads) for s in sorted(signs))


def _words(blocks: Sequence[Block]) -> str:
    return folded("\n".join(row.text for row in text.rows_of(blocks)))


def _lines(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The page's lines from left to right over its whole width, from top to bottom."""
    words = page.get_textpage()
    runs = sorted(
        (words.get_rect(n) for n in range(words.count_rects())), key=lambda r: -(r[1] + r[3])
    )
    line: list[tuple[float, float, float, float]] = []
    for run in [*runs, None]:
        if line and (run is None or (line[0][1] + line[0][3] - run[1] - run[3]) / 2 > 5):
            yield " ".join(words.get_text_bounded(*r) for r in sorted(line))
            line = []
        if run is not None:
            line.append(run)


def folded(words: str) -> str:
    """Composed letters, single blanks, no lines that are but a page number."""
    lines = (line for line in words.replace("\f", "\n").splitlines())
    kept = (line for line in lines if not re.fullmatch(r"\s*\d{1,3}\s*", line))
    return " ".join(unicodedata.normalize("NFC", "\n".join(kept)).split())


def error_rate(words: str, documents: Sequence[Sequence[str]]) -> float:
    """The lowest distance to any order of the truth, over its length.

    Args:
        words: what was read.
        documents: the orders of each document of the file; each takes the one that fits best,
            while the others stay as they are.
    """
    read = folded(words)
    chosen = [alternatives[0] for alternatives in documents]
    least = Levenshtein.distance(read, " ".join(chosen))
    for place, alternatives in enumerate(documents):
        for order in alternatives[1:]:
            attempt = [*chosen[:place], order, *chosen[place + 1 :]]
            distance = Levenshtein.distance(read, " ".join(attempt))
            if distance < least:
                least, chosen = distance, attempt
    return least / len(" ".join(chosen))


def measure(
    name: str,
    cases: Sequence[Case],
    args: argparse.Namespace,
    folder: Path,
    told: figures.Figures,
    **flags: bool,
) -> list[list[str]]:
    """One row per tool; OCRmyPDF's pages per second are the yardstick, ours are also taken with
    one worker.  Of several turns the median counts; what was read is the same in each."""
    pages = sum(case.pages for case in cases)
    turns: dict[tuple[str, int], list[scan_tools.Run]] = {}
    for turn, tool in ((turn, tool) for turn in range(args.rounds) for tool in args.tools):
        more = flags if tool.startswith("OCRmyPDF") else {}
        counts = (1, args.workers) if tool == "kehoach" and args.workers > 1 else (args.workers,)
        for workers in counts:
            try:
                run = TOOLS[tool]([case.path for case in cases], workers, **more)
            except scan_tools.Missing as problem:
                print(f"{tool}: {problem}", file=sys.stderr)
                continue
            turns.setdefault((tool, workers), []).append(run)
            if args.keep and not turn:
                for file, words in run.texts.items():
                    place = folder / name.replace(" ", "-") / tool.partition(",")[0]
                    place.mkdir(parents=True, exist_ok=True)
                    (place / f"{file}.txt").write_text(words, encoding="utf-8")
    runs = [
        (tool, workers, replace(
            found[0],
            seconds=statistics.median(run.seconds for run in found),
            busy=statistics.median(run.busy for run in found),
        ))
        for (tool, workers), found in turns.items()
    ]  # fmt: skip
    yardstick = next((run.seconds for tool, _, run in runs if tool == "OCRmyPDF"), None)
    tell(name, pages, turns, told)
    rows = []
    for tool, workers, run in runs:
        known = [case for case in cases if case.truths]
        letters = sum(case.letters for case in known)
        wrong = sum(
            error_rate(run.texts[case.path.name], case.truths) * case.letters for case in known
        )
        if letters and workers == args.workers:
            peer = None if tool == "kehoach" else tool
            told.add(f"{name}, errors", "CER", wrong / letters, peer=peer)
        rows.append([
            name, tool, str(workers), str(pages), f"{run.seconds:.1f}", f"{run.busy:.1f}",
            f"{pages / run.seconds:.2f}", f"{yardstick / run.seconds:.1f}" if yardstick else "",
            f"{wrong / letters:.4f}" if letters else "", run.note,
        ])  # fmt: skip
    return rows


# Aimed at: so many times OCRmyPDF's pages per second, two workers each.
AIMS = {"noisy colour 300 dpi": 5.0, "noisy 200 dpi": 3.5, "real": 3.0}


def tell(
    name: str,
    pages: int,
    turns: dict[tuple[str, int], list[scan_tools.Run]],
    told: figures.Figures,
) -> None:
    """Pages per second of everyone, ratios to OCRmyPDF by the clock and by processor, two workers
    to one."""
    most = max((workers for _, workers in turns), default=0)
    ours, one = turns.get(("kehoach", most), []), turns.get(("kehoach", 1), [])
    for (tool, workers), runs in turns.items():
        if workers == most:
            speeds = [pages / run.seconds for run in runs]
            told.median(f"{name}, {workers} workers", "pages/s", speeds,
                        peer=None if tool == "kehoach" else tool)  # fmt: skip
    for (tool, _), theirs in turns.items():
        if tool != "kehoach" and ours:
            aim = AIMS.get(name.partition(", ")[0]) if tool == "OCRmyPDF" else None
            pairs = list(zip(theirs, ours, strict=True))
            told.median(f"{name}, pages/s", figures.TIMES,
                        [peer.seconds / own.seconds for peer, own in pairs],
                        at_least=aim, peer=tool)  # fmt: skip
            told.median(f"{name}, pages per processor second", figures.TIMES,
                        [peer.busy / own.busy for peer, own in pairs], peer=tool)  # fmt: skip
    if ours and one and most == 2:
        told.median(f"{name}, two workers to one", figures.TIMES,
                    [a.seconds / b.seconds for a, b in zip(one, ours, strict=True)],
                    at_least=1.8)  # fmt: skip


def real(args: argparse.Namespace, folder: Path, told: figures.Figures) -> str:
    """Speed on real scans, and records beside the facts."""
    from pipeline import Pipeline

    files = sorted(args.scans.glob("*.pdf"))
    cases = [Case(file, len(pypdfium2.PdfDocument(file))) for file in files]
    rows = measure("real", cases, args, folder, told, signed=True)
    parts = [table((*HEAD, "", ""), rows, right=2)]
    facts = scan_facts.load(args.facts)
    known = [case.path for case in cases if case.path.name in facts]
    pipeline = Pipeline()
    findings: list[scan_facts.Finding] = []
    for path in known:
        try:
            findings += scan_facts.compare(facts[path.name], pipeline(path))
        except KehoachError as error:
            parts.append(f"{path.name}: {error}")
    if findings:
        counts = {v: sum(f.verdict == v for f in findings) for v in ("agree", "not sure", "WRONG")}
        for verdict, count in counts.items():
            told.add(f"facts of real scans: {verdict.lower()}", "facts", count)
        parts.append(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
        told = [[f.file, f.field, f.verdict, f.found, f.expected]
                for f in findings if f.verdict != "agree"]  # fmt: skip
        parts.append(table(("file", "field", "", "record", "page"), told))
    return "\n\n".join(parts)


def scored(name: str, cases: Sequence[Case], gold: Path, told: figures.Figures) -> str:
    """Records of the scans against gold, category by category."""
    from pipeline import Pipeline
    from pipeline.evaluation.gold import load_gold
    from pipeline.evaluation.scoring import CATEGORIES, Count, score

    pipeline = Pipeline()
    counts = {category: Count() for category in CATEGORIES}
    for case in cases:
        answer = gold / f"{case.path.stem}.json"
        if answer.exists():
            found = score(case.path.stem, load_gold(answer), pipeline(case.path))
            for category, count in found.counts.items():
                counts[category].add(count)
    for category, count in counts.items():
        told.add(f"{name}: {category}", "F1", count.f1)
    rows = [[c, f"{n.precision:.3f}", f"{n.recall:.3f}", f"{n.f1:.3f}"] for c, n in counts.items()]
    return f"{name}\n" + table(("category", "precision", "recall", "F1"), rows, right=1)


def memory(pages: int, workers: int, folder: Path, told: figures.Figures) -> str:
    """Resident memory of our workers over a long scan."""
    case = samples("noisy 200 dpi", folder)
    long = folder / "long.pdf"
    with pikepdf.open(case.path) as short, pikepdf.new() as out:
        for n in range(pages):
            out.pages.append(short.pages[n % len(short.pages)])
        out.save(long)
    return scan_memory.report(long, pages, workers, told)


if __name__ == "__main__":
    sys.exit(main())
