"""Every defect by itself: what it costs our reader in characters.

In: nothing; one sample plan is scanned with one defect at a time.  Out: a table of error rates on
stdout, worst last.  Run as ``python benchmarks/scan_defects.py``; it says where to look next.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import figures
import scan_tools
import scans

from pipeline.cli import table
from pipeline.samples import ink, make, pdf, scan
from pipeline.samples.look import CLEAN, GREY_COPY, NOISY, NOISY_200, PHOTO, Look

PLAIN = replace(CLEAN, dpi=200)
DEFECTS: dict[str, Look] = {
    "none, 200 dpi": PLAIN,
    "none, 150 dpi": replace(CLEAN, dpi=150),
    "none, 600 dpi": replace(CLEAN, dpi=600, mode="grey"),
    "black and white, 200 dpi": replace(PLAIN, mode="mono"),
    "black and white, 300 dpi": replace(CLEAN, mode="mono"),
    "JPEG quality 20": replace(PLAIN, jpeg=20),
    "skew 5°": replace(PLAIN, skew=4.5),
    "skew -5°": replace(PLAIN, skew=-4.5),
    "turned 90°": replace(PLAIN, turns=(90,)),
    "turned 180°": replace(PLAIN, turns=(180,)),
    "turned 270°": replace(PLAIN, turns=(270,)),
    "every second page upside down": replace(PLAIN, turns=(0, 180)),
    "noise 30": replace(PLAIN, noise=30),
    "blur 1.5 px": replace(PLAIN, blur=1.5),
    "dust .1 %": replace(PLAIN, specks=0.001),
    "pale ink": replace(PLAIN, black=120),
    "bleed-through .3": replace(PLAIN, bleed=0.3),
    "fold .4": replace(PLAIN, fold=0.4),
    "dark border 8 mm, holes": replace(PLAIN, border=8, holes=True),
    "uneven light": replace(PLAIN, shade=110, white=240),
    "seals on text and signature": replace(PLAIN, seals=("signature", "body", "edge"), signed=True),
    "seal on a grey scan": replace(PLAIN, mode="grey", seals=("signature", "body"), signed=True),
    "seal, black and white": replace(PLAIN, mode="mono", seals=("signature", "body")),
    "hidden bad text": replace(PLAIN, hidden_text=True),
    "page 2 digital": replace(PLAIN, digital=(2,)),
    "signature block": replace(PLAIN, block=("UBND tỉnh", "21/03/2024 10:11:12")),
    "receiving stamp": replace(PLAIN, stamp=ink.Stamp()),
    "noisy": NOISY,
    "noisy, 200 dpi": NOISY_200,
    "grey copy": GREY_COPY,
    "photo": PHOTO,
}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=DEFECTS, default=list(DEFECTS),
                        metavar="DEFECT", help=f"of {', '.join(DEFECTS)} (all)")  # fmt: skip
    figures.option(parser)
    args = parser.parse_args(argv)
    told = figures.Figures("scan-defects")
    plan = make(scans.SEEDS[0], act="plan", blank="none", annex=False, length=2)
    printed = pdf.render(plan)
    truths = (scans.orders(plan.blocks, printed),)
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, look) in enumerate(DEFECTS.items()):
            if name not in args.only:
                continue
            path = Path(folder, f"{number:02}.pdf")
            path.write_bytes(scan.scan(printed, look, seed=3))
            names[path] = name
        path = Path(folder, "picture.tiff")
        path.write_bytes(scan.picture(printed, "tiff", PLAIN, seed=3))
        names[path] = "TIFF file"
        run = scan_tools.kehoach(list(names), 2)
    rows = sorted(
        (scans.error_rate(run.texts[path.name], truths), name) for path, name in names.items()
    )
    for rate, name in rows:
        told.add(name, "CER", rate)
    told.write(args.json)
    print(table(("defect", "CER"), [[name, f"{rate:.4f}"] for rate, name in rows], right=1))
    if run.note:
        print(f"\n{run.note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
