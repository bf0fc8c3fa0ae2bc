"""Twenty readers at once on loopback while an ingest writes, beside each page alone.

    python benchmarks/web.py [--plans N] [--seconds S] [--readers N] [--pause S] [--json FILE]

A corpus of sample plans is made and served by ``kehoach serve`` in a process of its own.  Each page
is first asked for alone, several times; then ``--readers`` people go through the pages, each
waiting a moment between two (0.5 to 1.5 times ``--pause``), while ``kehoach ingest`` reads further
plans into the same corpus.  Held: no request fails; the 95th percentile of every page stays within
three times its time alone; alone, the first page takes at most 150 ms and a plan's page 300 ms.
The answers are told apart by page and taken without any cache of the client.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import figures
import httpx

from pipeline.samples import make
from pipeline.samples.text import render

ALONE = 40
BOUND = 3.0
FIRST, PLAN = 0.150, 0.300
KEHOACH = [sys.executable, "-m", "pipeline"]
RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
WORDS = ["báo cáo", "cai cach", "so noi vu", "kinh phí", "tuyên truyền", "đào tạo", "công dân"]


def write(folder: Path, first: int, count: int) -> None:
    folder.mkdir()
    for number in range(first, first + count):
        plan = make(number)
        (folder / f"{plan.stem}-{number}.txt").write_text(render(plan), encoding="utf-8")


def start(corpus: Path, port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [*KEHOACH, "serve", "--corpus", str(corpus), "--port", str(port), "--read-only"],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        try:
            httpx.get(f"http://127.0.0.1:{port}/health")
            return server
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def pages(ids: list[str], dice: random.Random) -> dict[str, str]:
    """One address per kind of page, as a reader would ask for it now."""
    plan = dice.choice(ids)
    word = dice.choice(WORDS)
    return {
        "first page": "/",
        "search": f"/search?q={word}",
        "plan": f"/plans/{plan}",
        "check": f"/plans/{plan}/check",
        "duties": f"/duties?month=202{dice.randrange(3, 7)}-{dice.randrange(1, 13):02}",
        "corpus": "/corpus",
        "compare": "/compare",
        "api search": f"/api/v1/search?q={word}",
        "api plan": f"/api/v1/plans/{plan}",
    }


async def ask(client: httpx.AsyncClient, address: str) -> float:
    begun = time.perf_counter()
    answer = await client.get(address)
    took = time.perf_counter() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} {address}")
    return took


async def alone(base: str, ids: list[str]) -> dict[str, list[float]]:
    dice = random.Random(1)
    times: dict[str, list[float]] = defaultdict(list)
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        for address in pages(ids, dice).values():
            await ask(client, address)  # the process loads what it needs once
        for _ in range(ALONE):
            for name in pages(ids, dice):
                # Each of another plan, as the readers do: a plan's second page is at hand already.
                times[name].append(await ask(client, pages(ids, dice)[name]))
                await asyncio.sleep(0.01)
    return times


async def together(
    base: str, ids: list[str], readers: int, pause: float, seconds: float
) -> tuple[dict[str, list[float]], list[str]]:
    times: dict[str, list[float]] = defaultdict(list)
    failed: list[str] = []
    until = time.monotonic() + seconds

    async def read(number: int) -> None:
        dice = random.Random(number)
        async with httpx.AsyncClient(base_url=base, timeout=60) as client:
            await asyncio.sleep(dice.random() * pause)
            while time.monotonic() < until:
                name, address = dice.choice(list(pages(ids, dice).items()))
                try:
                    times[name].append(await ask(client, address))
                except (RuntimeError, httpx.HTTPError) as error:
                    failed.append(f"{name}: {error!r}")
                await asyncio.sleep(pause * (0.5 + dice.random()))

    await asyncio.gather(*(read(number) for number in range(readers)))
    return times, failed


def cpu(pid: int) -> float:
    """Seconds of processor time of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--plans", type=int, default=200)
    parser.add_argument("--later", type=int, default=4000, help="plans that come in meanwhile")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=2.0, help="between two pages of one reader")
    figures.option(parser)
    args = parser.parse_args(argv)
    port = 8790
    load = os.getloadavg()[0]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        corpus = top / "corpus.db"
        write(top / "first", 0, args.plans)
        write(top / "later", 100_000, args.later)
        paths = [str(top / "first"), str(RAW)]
        common = ["--corpus", str(corpus), "--extracted", str(top / "extracted")]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*KEHOACH, "ingest", *paths, *common], check=True, **quiet)  # type: ignore[call-overload]
        server = start(corpus, port)
        ingest = None
        try:
            listed = httpx.get(f"{base}/api/v1/plans?limit=500").json()["plans"]
            ids = [plan["record_id"] for plan in listed]
            single = asyncio.run(alone(base, ids))
            environment = {**os.environ, "KEHOACH_WORKERS": "1"}
            ingest = subprocess.Popen(
                [*KEHOACH, "ingest", str(top / "later"), *common, "--workers", "1"],
                env=environment, **quiet,  # type: ignore[call-overload]
            )  # fmt: skip
            time.sleep(5)
            used = cpu(server.pid)
            several, failed = asyncio.run(
                together(base, ids, args.readers, args.pause, args.seconds)
            )
            used = cpu(server.pid) - used
            writing = ingest.poll() is None
            total = httpx.get(f"{base}/api/v1/plans?limit=1").json()["total"]
        finally:
            if ingest is not None:
                ingest.terminate()
                ingest.wait()
            server.terminate()
            server.wait()
    print(f"load of the machine before: {load:.1f} on {os.cpu_count()} cores", end="")
    print("; NOT IDLE, the ratios below say little" if load > 0.5 else "")
    print(f"the server took {used:.1f} s of processor time in {args.seconds:g} s")
    return report(args, single, several, failed, writing, total - len(ids))


def report(
    args: argparse.Namespace,
    single: dict[str, list[float]],
    several: dict[str, list[float]],
    failed: list[str],
    writing: bool,
    added: int,
) -> int:
    asked = sum(map(len, several.values()))
    print(f"{args.readers} readers, {asked} requests in {args.seconds:g} s, {len(failed)} failed")
    print(f"{added} plans were added meanwhile" + ("" if writing else "; the ingest ended early"))
    print(f"{'ms':12}{'alone p50':>11}{'alone p95':>11}{'p50':>8}{'p95':>8}{'p95 / alone p95':>17}")
    faults = [*failed[:5]]
    told = figures.Figures("web")
    told.add(f"{args.readers} readers while an ingest writes: requests", "requests", asked)
    told.add(f"{args.readers} readers while an ingest writes: failed", "requests", len(failed),
             at_most=0)  # fmt: skip
    bounds = {"first page": FIRST, "plan": PLAN}
    for name, times in single.items():
        if not several[name]:
            faults.append(f"{name}: nobody came to ask for it")
            continue
        own, many = p95(times), p95(several[name])
        row = (statistics.median(times), own, statistics.median(several[name]), many)
        cells = "".join(
            f"{value * 1000:{width}.1f}" for value, width in zip(row, (11, 11, 8, 8), strict=True)
        )
        print(f"{name:12}{cells}{many / own:17.1f}")
        aim = bounds.get(name)
        told.add(f"{name}, alone, p95", "ms", own * 1000, at_most=aim and aim * 1000)
        told.add(f"{name}, {args.readers} readers, p95", "ms", many * 1000)
        told.add(f"{name}, {args.readers} readers to alone, p95", figures.TIMES, many / own,
                 at_most=BOUND)  # fmt: skip
        if many > BOUND * own:
            faults.append(f"{name}: p95 is {many / own:.1f} times that alone")
    told.write(args.json)
    for name, bound in bounds.items():
        if p95(single[name]) > bound:
            faults.append(f"{name} alone takes more than {bound * 1000:.0f} ms")
    if not writing:
        faults.append("the ingest ended before the readers did")
    print(*(f"MISSED {fault}" for fault in faults), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
