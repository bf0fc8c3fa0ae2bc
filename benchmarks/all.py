"""Every benchmark, one after the other, into one table; ``make bench``.

    python benchmarks/all.py                      everything; docs/benchmarks.json and the pages
    python benchmarks/all.py --quick              small sets, under three minutes; only prints
    python benchmarks/all.py --only scans web     these again; the figures of the others stay
    python benchmarks/all.py --gold DIR --texts DIR --scans DIR     documents of your own besides

In: the benchmarks beside this file, each a program of its own with a limit of time.  Out: their
figures with machine, versions and date in ``benchmarks.json``; from it the table between the marks
in ``benchmarks.md``, and ``quality.md``.  One that fails, hangs or lacks a peer costs its own rows
only.  What was measured is written after every benchmark: a run that was stopped goes on with
``--only``.  Of documents of your own only figures are kept, no names and no paths.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import machine
import page
import quality
import scan_tools

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
TICK = 15.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A benchmark as it is run.

    Attributes:
        name: in ``--only`` and in the table.
        about: what is measured, for readers of the table.
        command: file beside this one, and its arguments.
        quick: the same over a small set; None where there is none.
        minutes: after so long it is stopped.
    """

    name: str
    about: str
    command: str
    quick: str | None
    minutes: float


NOISY = shlex.quote("noisy colour 300 dpi")
NOISY_200 = shlex.quote("noisy 200 dpi")
SPARED = shlex.quote("OCRmyPDF, spared")
OMP = shlex.quote("pytesseract, OMP_THREAD_LIMIT=1")
ENTRIES = (
    Entry("speed", "records, references and the command's start",
          "speed.py", "speed.py --rounds 2", 3),
    Entry("accuracy", "generated plans as text, beside peers",
          "accuracy.py", "accuracy.py --samples 3", 5),
    Entry("formats", "generated plans in every format but scans",
          "accuracy.py --formats txt web.txt flat.txt md docx pdf freetext.pdf stamp.pdf"
          " widget.pdf",
          "accuracy.py --samples 2 --formats txt docx pdf", 5),
    Entry("synthetic", "generated plans with gold, scans among them",
          "synthetic.py", "synthetic.py --count 8", 8),
    Entry("scans", "generated scans of three kinds, beside OCRmyPDF",
          f"scans.py --tools kehoach OCRmyPDF {SPARED} --rounds 3",
          f"scans.py --tools kehoach OCRmyPDF --plans 1 --sets {NOISY}", 14),
    Entry("scans-long", "64 pages of one of these sets",
          f"scans.py --tools kehoach OCRmyPDF --sets {NOISY_200} --copies 4 --rounds 2", None, 14),
    Entry("scans-plain", "the noisiest of these sets beside plain pytesseract",
          f"scans.py --sets {NOISY} --tools pytesseract {OMP} kehoach", None, 8),
    Entry("scan-defects", "one defect of a scan at a time",
          "scan_defects.py", "scan_defects.py --only 'none, 200 dpi' 'skew 5°'", 5),
    Entry("scan-memory", "memory over a long scan", "scans.py --memory 200", None, 6),
    Entry("ingest", "bulk loading: workers, cluster, memory, a second run",
          "ingest.py --texts 240 --scans 16 --kinds 24 --many 10000",
          "ingest.py --texts 24 --scans 0 --kinds 0 --rounds 1 --few 20 --many 60 --unchanged 60",
          14),
    Entry("search", "a corpus grown from generated plans, beside tantivy",
          "search.py", "search.py --passages 2000 --queries 60 --samples 20", 8),
    Entry("comparison", "planted changes: what is found",
          "comparison.py accuracy", "comparison.py accuracy --seeds 3", 5),
    Entry("comparison-speed", "comparing grown plans",
          "comparison.py speed", "comparison.py speed --plans 60", 8),
    Entry("web", "many readers at once while an ingest writes",
          "web.py", "web.py --plans 10 --seconds 6 --readers 8", 5),
)  # fmt: skip


def own(args: argparse.Namespace) -> list[tuple[Entry, dict[str, str]]]:
    """Benchmarks over documents of the caller, and what the placeholders in them stand for."""
    found: list[tuple[Entry, dict[str, str]]] = []
    texts = [shlex.quote(str(folder.resolve())) for folder in args.texts or ()]
    if args.gold:
        gold = shlex.quote(str(args.gold.resolve()))
        command = "accuracy.py --gold GOLD --texts TEXTS"
        entry = Entry("own-gold", "own gold: real plans beside peers", command, None, 10)
        found.append((entry, {"GOLD": gold, "TEXTS": " ".join(texts)}))
    if texts:
        each = {"--texts TEXTS": " ".join(f"--texts {folder}" for folder in texts)}
        about = "a corpus grown from own texts, beside tantivy"
        found.append((Entry("own-search", about, "search.py --texts TEXTS", None, 10), each))
        command = "search_quality.py --texts TEXTS"
        found.append(
            (Entry("own-search-quality", "queries over own texts", command, None, 10), each)
        )
    if args.scans:
        command = "scans.py --tools kehoach OCRmyPDF --scans SCANS"
        entry = Entry("own-scans", "own scans: speed, and facts where known", command, None, 12)
        found.append((entry, {"SCANS": shlex.quote(str(args.scans.resolve()))}))
    return found


def main(argv: Sequence[str] | None = None, entries: Sequence[Entry] = ENTRIES) -> int:
    """Run what was asked for.

    Returns:
        0 when all of it was measured, whether aims hold or not; 1 when a benchmark failed.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = [entry.name for entry in entries]
    parser.add_argument("--quick", action="store_true", help="small sets; nothing is written")
    parser.add_argument("--only", nargs="+", metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--pages", action="store_true",
                        help="measure nothing, write the pages from benchmarks.json")  # fmt: skip
    parser.add_argument("--docs", type=Path, metavar="DIR",
                        help="where benchmarks.json and the pages are written (docs)")  # fmt: skip
    parser.add_argument("--limit", type=float, metavar="MINUTES", help="for each benchmark")
    parser.add_argument("--install-peers", action="store_true",
                        help="OCRmyPDF and pytesseract into the user's cache")  # fmt: skip
    parser.add_argument("--gold", type=Path, metavar="DIR", help="gold of own plans")
    parser.add_argument("--texts", type=Path, metavar="DIR", nargs="+", help="own plans as text")
    parser.add_argument("--scans", type=Path, metavar="DIR", help="own scans")
    args = parser.parse_args(argv)
    if args.gold and not args.texts:
        parser.error("--gold needs --texts")
    chosen: list[tuple[Entry, dict[str, str]]] = [
        *((entry, {}) for entry in entries if not args.quick or entry.quick is not None),
        *own(args),
    ]
    if args.only:
        known = {entry.name for entry, _ in chosen}
        if unknown := [name for name in args.only if name not in known]:
            parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(sorted(known))}")
        chosen = [(entry, words) for entry, words in chosen if entry.name in args.only]
    if args.install_peers:
        scan_tools.install_peers()
    folder = args.docs or (None if args.quick else DOCS)
    if args.pages:
        where = args.docs or DOCS
        write(json.loads((where / "benchmarks.json").read_text(encoding="utf-8")), where)
        return 0
    data = page.empty(machine.machine(), machine.versions(), machine.peers())
    if folder and (folder / "benchmarks.json").exists():
        data = _continued(data, folder / "benchmarks.json", everything=not args.only)
    for number, (entry, words) in enumerate(chosen, start=1):
        say(f"[{number}/{len(chosen)}] {entry.name}: {entry.about}")
        run, rows = measure(entry, words, args.quick, args.limit or entry.minutes)
        page.put(data, entry.name, run, rows)
        if folder:
            write(data, folder)
    if folder is None:
        print(page.table(data))
    failed = [name for name, run in data["runs"].items() if run["state"] != "done"]
    if failed:
        say(f"not measured: {', '.join(failed)}")
    return int(bool(failed))


def _continued(fresh: dict[str, Any], path: Path, *, everything: bool) -> dict[str, Any]:
    """What was measured before on the same machine with the same versions, and is not now.

    Args:
        everything: measured anew is all but documents of the caller's, which may not be here.

    Raises:
        SystemExit: another machine, or other versions: such figures do not belong in one table.
    """
    before: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for part in ("machine", "versions"):
        if before[part] != fresh[part]:
            if everything:
                return fresh
            raise SystemExit(f"{path} has figures of another {part}: measure everything anew")
    kept = [name for name in before["runs"] if name.startswith("own-") or not everything]
    for name in kept:
        rows = [row for row in before["figures"] if row["benchmark"] == name]
        page.put(fresh, name, before["runs"][name], rows)
    return fresh


def write(data: Mapping[str, Any], folder: Path) -> None:
    """The data and the two pages that come from it."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    (folder / "benchmarks.json").write_text(text, encoding="utf-8")
    target = folder / "benchmarks.md"
    before = target.read_text(encoding="utf-8") if target.exists() else page.bare()
    target.write_text(page.replaced(before, page.table(data)), encoding="utf-8")
    (folder / "quality.md").write_text(quality.render(data, quality.measured()), encoding="utf-8")


def measure(
    entry: Entry, words: Mapping[str, str], quick: bool, minutes: float
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Run one benchmark within its limit.

    Returns:
        What to say of the run, and its rows: none where it failed.
    """
    command = entry.quick if quick and entry.quick else entry.command
    filled = command
    for placeholder, value in words.items():
        filled = filled.replace(placeholder, value)
    script, *options = shlex.split(filled)
    run = {
        "about": entry.about,
        "command": f"python benchmarks/{command}",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "revision": machine.revision(),
        "load": machine.load(),
    }
    with tempfile.TemporaryDirectory() as scratch:
        rows_file, log = Path(scratch, "rows.json"), Path(scratch, "log")
        whole = [sys.executable, str(HERE / script), *options, "--json", str(rows_file)]
        begun = time.monotonic()
        code = _run(whole, log, 60 * minutes)
        run["seconds"] = round(time.monotonic() - begun, 1)
        rows = json.loads(rows_file.read_text(encoding="utf-8")) if rows_file.exists() else []
        if rows and code is not None:
            # A benchmark may end with 1 where an aim is missed; its figures are there all the same.
            run["state"] = "done"
            say(f"    {run['seconds']:.0f} s, load {run['load']} before")
        else:
            lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            run["state"] = f"stopped after {minutes:g} minutes" if code is None else "failed"
            say("\n".join([f"    {run['state']}", *(f"    | {line}" for line in lines[-12:])]))
            rows = []
    return run, [{**row, "benchmark": entry.name} for row in rows]


def _run(command: Sequence[str], log: Path, seconds: float) -> int | None:
    """The exit code; None where it took too long and was stopped with all its children."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        begun = told = time.monotonic()
        try:
            while process.poll() is None:
                time.sleep(0.05)
                now = time.monotonic()
                if now - begun > seconds:
                    return None
                if now - told > TICK and sys.stderr.isatty():
                    told = now
                    print(f"\r    {now - begun:.0f} s …", end="", file=sys.stderr, flush=True)
        finally:
            # Whatever ended it, nothing of it goes on beside the next one.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode


def say(message: str) -> None:
    """Progress, apart from the table."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
