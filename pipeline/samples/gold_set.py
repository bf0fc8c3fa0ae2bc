"""A set of plans with gold for ``kehoach evaluate``: every plan once, the formats by turns.

In: how many, and the first seed.  Out: ``plans/NAME.ENDING`` and ``gold/NAME.json`` in a folder.
Nothing of it is stored: the same numbers give the same files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from pipeline.samples import truth
from pipeline.samples.catalogue import render
from pipeline.samples.fonts import Fonts
from pipeline.samples.look import SMALL_COPY, SMALL_SCAN
from pipeline.samples.plan import make
from pipeline.samples.sample import SamplePlan

# Of twenty plans: nine texts of four kinds, five DOCX, four digital PDFs, two scans.
TURNS = (
    "txt", "docx", "pdf", "web.txt", "docx", "txt", "md", "pdf", "docx", "scan.pdf",
    "txt", "docx", "pdf", "flat.txt", "docx", "txt", "stamp.pdf", "web.txt", "txt", "copy.pdf",
)  # fmt: skip
_SCANS = ("scan.pdf", "copy.pdf")


def plans(count: int, first_seed: int = 0) -> Iterator[tuple[SamplePlan, str]]:
    """Plans with their formats; those to be scanned are short, since OCR takes its time."""
    for index in range(count):
        form = TURNS[index % len(TURNS)]
        seed = first_seed + index
        yield make(seed, length=1, annex=False) if form in _SCANS else make(seed), form


def write(
    folder: Path, count: int, first_seed: int = 0, *, fonts: Fonts | None = None
) -> Iterator[Path]:
    """Write the set; gives every plan's path when it and its gold are there.

    Raises:
        OSError: the folder cannot be written.
    """
    for name in ("plans", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for plan, form in plans(count, first_seed):
        path = folder / "plans" / f"{plan.stem}.{form}"
        path.write_bytes(_drawn(plan, form, fonts))
        # `kehoach extract` names a record after its plan without the last ending.
        gold = folder / "gold" / f"{path.stem}.json"
        gold.write_text(truth.dumps(plan, path.name), "utf-8")
        yield path


def _drawn(plan: SamplePlan, form: str, fonts: Fonts | None) -> bytes:
    """The file; how crooked, grainy and coarse a scan is, the seed decides."""
    if form not in _SCANS:
        return render(plan, form, fonts=fonts)
    from pipeline.samples import scan

    rng = Random(plan.seed)
    look = replace(
        SMALL_SCAN if form == "scan.pdf" else SMALL_COPY,
        skew=rng.uniform(-2, 2),
        noise=rng.uniform(2, 14),
        blur=rng.uniform(0, 0.9),
        jpeg=rng.randint(35, 80),
        dpi=rng.choice((200, 200, 300)),
    )
    return scan.scan_plan(plan, look, fonts=fonts)
