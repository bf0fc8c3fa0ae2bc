"""Memory of the scan reader's workers while they read a long scan.

In: a long PDF.  Out: per worker (a child of the reader with everything below it) the median and
the highest resident memory of each quarter of the run, so that growth shows.  Linux: ``/proc``.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import figures
import scan_tools

_PAGE = os.sysconf("SC_PAGE_SIZE")


def report(path: Path, pages: int, workers: int, told: figures.Figures) -> str:
    """Read the file and say what the workers took.

    Raises:
        RuntimeError: the reader failed.
    """
    samples: list[dict[int, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, scan_tools.__file__, "kehoach", str(workers),
                   str(Path(folder) / "out.json"), str(path)]  # fmt: skip
        log = Path(folder) / "log"
        start = time.perf_counter()
        with log.open("wb") as errors:
            reader = subprocess.Popen(
                command, env=os.environ | {"KEHOACH_OCR_WORKERS": str(workers)}, stderr=errors
            )
            while reader.poll() is None:
                samples.append(subtrees(reader.pid))
                time.sleep(0.25)
        seconds = time.perf_counter() - start
        if reader.returncode:
            raise RuntimeError(log.read_text()[-2000:])
    lines = [f"{pages} pages, {workers} workers, {seconds:.0f} s, {pages / seconds:.2f} pages/s"]
    quarter = max(1, len(samples) // 4)
    for number in range(4):
        part = samples[number * quarter : (number + 1) * quarter]
        biggest = [sorted(sample.values(), reverse=True)[:workers] for sample in part if sample]
        each = [size for sizes in biggest for size in sizes]
        if each:
            told.median(f"memory of a worker over {pages} pages, quarter {number + 1}", "MB",
                        [size / 1e6 for size in each], at_most=400)  # fmt: skip
            lines.append(
                f"quarter {number + 1}: per worker median {statistics.median(each) / 1e6:.0f} MB, "
                f"highest {max(each) / 1e6:.0f} MB"
            )
    return "\n".join(lines)


def subtrees(root: int) -> dict[int, int]:
    """Resident bytes of each child of a process together with all its descendants."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
            resident = int((entry / "statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError, ValueError):
            continue
        parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
        sizes[int(entry.name)] = resident
    out: dict[int, int] = defaultdict(int)
    for pid, size in sizes.items():
        above = pid
        while above in parents and parents[above] != root:
            above = parents[above]
        if parents.get(above) == root:
            out[above] += size
    return dict(out)
