"""Bulk loading: what a second worker brings, what a cluster costs, what a second run costs, memory.

In: nothing; the files are samples varied by number, date and words.  Out: tables on stdout.  All
ratios are of runs in one go; runs to be compared take turns, so that a busy machine hits both.

Speed counts the middle of a run: from the first outcome to the last, so that neither starting
Python nor a first document that loads the models is in it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import figures

from pipeline.samples import make
from pipeline.samples.text import render

ROOT = Path(__file__).resolve().parent.parent
DIGITS = re.compile(r"(?<!\d)\d{2,3}(?=/)")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=int, default=400, help="text plans per run (400)")
    parser.add_argument("--scans", type=int, default=12, help="scanned plans per run (12)")
    parser.add_argument("--kinds", type=int, default=40, help="plans of each kind of file (40)")
    parser.add_argument("--unchanged", type=int, default=10_000, help="files of the second run")
    parser.add_argument("--many", type=int, default=20_000, help="files for the memory (20000)")
    parser.add_argument("--few", type=int, default=1_000, help="... and as many to compare (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind (3)")
    figures.option(parser)
    args = parser.parse_args(argv)
    told = figures.Figures("ingest")
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        plans = [render(make(seed)) for seed in range(60)]
        if args.texts:
            workers(top, "text", args.texts, args.rounds, lambda at: vary(plans, at), ".txt", told)
        if args.scans:
            pages = scans()
            workers(
                top, "scan", args.scans, args.rounds, lambda at: pages[at % len(pages)], ".pdf",
                told,
            )  # fmt: skip
        if args.kinds:
            kinds(top, args.kinds, told)
        short = [shortened(plan) for plan in plans]
        if args.many:
            memory(top, [args.few, args.many], lambda at: vary(short, at), told)
        if args.unchanged:
            unchanged(top, args.unchanged, lambda at: vary(short, at), told)
    told.write(args.json)
    return 0


def vary(plans: list[str], at: int) -> bytes:
    """A plan that no other one equals: other numbers, other order of some words."""
    chance = random.Random(at)
    text = plans[at % len(plans)]
    text = DIGITS.sub(lambda found: str(chance.randint(10, 999)), text)
    words = text.split(" ")
    for _ in range(len(words) // 20):
        one, two = chance.randrange(len(words)), chance.randrange(len(words))
        if "\n" not in words[one] + words[two]:
            words[one], words[two] = words[two], words[one]
    return f"{' '.join(words)}\nBản {at}\n".encode()


def shortened(plan: str) -> str:
    """Letterhead and the first lines: enough of a plan where only files are counted."""
    return "\n".join(plan.split("\n")[:16])


def scans() -> list[bytes]:
    """Scans of four samples, two pages or more each, all different."""
    from pipeline.samples import catalogue

    found = []
    for seed in range(24):
        try:
            found.append(catalogue.render(make(seed), "scan.pdf"))
        except (ValueError, KeyError):
            continue
        if len(found) == 12:
            break
    return found


def fill(folder: Path, count: int, content: Callable[[int], bytes], ending: str = ".txt") -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for at in range(count):
        place = folder / f"{at // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"plan-{at}{ending}").write_bytes(content(at))
    return folder


def ingest(top: Path, out: Path, *options: str) -> dict[str, Any]:
    """One run as a program of its own: its summary, its seconds and its own highest memory."""
    command = [
        *(sys.executable, "-m", "pipeline", "ingest", str(top), "--json"),
        *("--corpus", str(out / "corpus.db"), "--extracted", str(out / "records"), *options),
    ]
    begun = time.monotonic()
    run = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    highest: list[int] = [0]
    watch = threading.Thread(target=_watch, args=(run, highest), daemon=True)
    watch.start()
    summary: dict[str, Any] = json.loads(run.communicate()[0])
    watch.join()
    assert summary["exit_code"] == 0, summary
    times = sorted(path.stat().st_mtime for path in (out / "records").glob("*.json"))
    return summary | {
        "wall": time.monotonic() - begun,
        "memory": highest[0],
        "speed": (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0,
    }


def _watch(run: subprocess.Popen[str], highest: list[int]) -> None:
    status = Path(f"/proc/{run.pid}/status")
    while run.poll() is None:
        try:
            line = next(x for x in status.read_text().split("\n") if x.startswith("VmRSS"))
            highest[0] = max(highest[0], int(line.split()[1]) // 1024)
        except (OSError, StopIteration):
            return
        time.sleep(0.2)


def workers(
    top: Path, name: str, count: int, rounds: int, content: Callable[[int], bytes], ending: str,
    told: figures.Figures,
) -> None:  # fmt: skip
    """One worker, two, and two of a cluster, taking turns."""
    files = fill(top / "files", count, content, ending)
    kinds = {
        "1 process": ("--workers", "1"),
        "2 processes": ("--workers", "2"),
        "2 Dask workers": ("--workers", "2", "--engine", "dask"),
    }
    speeds: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind, options in kinds.items():
            out = top / "out"
            shutil.rmtree(out, ignore_errors=True)
            speeds[kind].append(ingest(files, out, *options)["speed"])
    one, two, dask = (statistics.median(speeds[kind]) for kind in kinds)
    for kind, found in speeds.items():
        told.median(f"{name}, {kind}", "plans/s", found)
    for what, above, below, aim in (
        ("two processes to one", "2 processes", "1 process", 1.8),
        ("cluster to processes", "2 Dask workers", "2 processes", 0.9),
    ):
        turns = [a / b for a, b in zip(speeds[above], speeds[below], strict=True)]
        told.median(f"{name}, {what}", figures.TIMES, turns, at_least=aim)
    print(f"\n{count} plans, {name}; plans per second, median of {rounds}")
    for kind, found in speeds.items():
        print(
            f"  {kind:15} {statistics.median(found):8.2f}   {' '.join(f'{x:.2f}' for x in found)}"
        )
    print(f"  two / one {two / one:.2f} (aim 1.8), cluster / processes {dask / two:.2f} (aim 0.9)")
    print(flush=True)


def kinds(top: Path, count: int, told: figures.Figures) -> None:
    """What one core does of each kind of file, and the room that its plans take."""
    from pipeline.samples import catalogue

    print("\none worker; a core's work per hour, and room per plan")
    for form, ending, share in (
        ("txt", ".txt", 1), ("docx", ".docx", 1), ("pdf", ".pdf", 1), ("scan.pdf", ".pdf", 4)
    ):  # fmt: skip
        out, files = top / "out", top / "files"
        shutil.rmtree(out, ignore_errors=True)
        made = [catalogue.render(make(seed), form) for seed in range(count // share)]
        found = ingest(fill(files, len(made), made.__getitem__, ending), out, "--workers", "1")
        with sqlite3.connect(out / "corpus.db") as corpus:
            seconds, pages = corpus.execute(
                "SELECT sum(read_seconds + extract_seconds), sum(pages) FROM ledger"
            ).fetchone()
        plans = len(made)
        records = sum(path.stat().st_size for path in (out / "records").glob("*.json"))
        size = (out / "corpus.db").stat().st_size
        told.add(f"{form}, one core", "plans/h", 3600 * plans / seconds)
        if form == "scan.pdf":
            told.add(f"{form}, one core", "pages/h", 3600 * pages / seconds)
        told.add(f"{form}, a plan in the corpus", "KB", size / plans / 1e3, detail=True)
        print(
            f"  {form:9} {plans:4} plans, {pages:4} pages: {3600 * plans / seconds:8.0f} plans/h,"
            f" {3600 * pages / seconds:8.0f} pages/h; record {records / plans / 1e3:.0f} KB,"
            f" corpus {size / plans / 1e3:.0f} KB; {found['wall']:.0f} s",
            flush=True,
        )


def memory(
    top: Path, counts: list[int], content: Callable[[int], bytes], told: figures.Figures
) -> None:
    """The coordinator's highest memory over few files and many."""
    print("\nthe coordinator's memory, short plans, 2 processes")
    for count in counts:
        out = top / "out"
        shutil.rmtree(out, ignore_errors=True)
        found = ingest(fill(top / "files", count, content), out)
        size = (out / "corpus.db").stat().st_size / 1e6
        told.add(f"memory of the coordinator, {count} files", "MB", found["memory"])
        told.add(f"{count} short plans, 2 processes", "plans/s", found["speed"])
        print(
            f"  {count:>7} files: {found['memory']} MB, {found['wall']:.0f} s,"
            f" {found['speed']:.1f} plans/s, corpus {size:.0f} MB",
            flush=True,
        )


def unchanged(
    top: Path, count: int, content: Callable[[int], bytes], told: figures.Figures
) -> None:
    """A second run over files that are all done."""
    out = top / "out"
    done = len(list((out / "records").glob("*.json"))) if out.exists() else 0
    files = top / "files"
    if done < count:
        shutil.rmtree(out, ignore_errors=True)
        ingest(fill(files, count, content), out)
    kept = sorted(files.rglob("*.txt"))[count:]
    for path in kept:
        path.unlink()
    times = [ingest(files, out)["wall"] for _ in range(3)]
    told.median(
        f"a second run over {count} unchanged files", "s", times,
        at_most=10 if count >= 10_000 else None,
    )  # fmt: skip
    print(f"\na second run over {count} unchanged files: {statistics.median(times):.1f} s (aim 10)")


if __name__ == "__main__":
    sys.exit(main())
