"""An OCR engine that misbehaves as the page says: the width of its picture names the fault.

The real engine reads ``making.scan``'s pages; this one only looks at how wide the page is (points),
so that a test can put a fault on one page of several.  It sees the page without its margins: a
stroke over ``INKED`` of the page's width tells it.
"""

from __future__ import annotations

import os
import signal
import sys
import time

import numpy as np

from pipeline.errors import OcrMissing
from pipeline.reading.pdf_words import PageWord

NAME = "faulty"
FAULTS = {400: "crash", 410: "hang", 420: "rubbish", 430: "kill", 440: "eat", 450: "stumble"}
MISSING = 460
INKED = 0.6


def version() -> str:
    return "0"


def read(pixels, dpi: int, *, lines_only: bool = False) -> list[PageWord]:
    if lines_only:
        return []
    ink = np.flatnonzero((pixels < 128).any(axis=0))
    width = 10 * round((ink[-1] - ink[0]) / INKED * 72 / dpi / 10)
    if width == MISSING:
        raise OcrMissing("No engine.")
    fault = FAULTS.get(width)
    if fault == "crash":
        os.abort()
    if fault == "hang":
        time.sleep(600)
    if fault == "rubbish":
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, b"rubbish" * 9)
            except OSError:
                continue
    if fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "eat":
        held = [bytearray(50_000_000) for _ in range(200)]
        sys.exit(len(held))
    if fault == "stumble":
        raise KeyError("what")
    words = f"Trang rộng {width} được đọc đầy đủ.".split()
    return [
        PageWord(text, 200 + 120 * at, 300, 300 + 120 * at, 340, 0.95)
        for at, text in enumerate(words)
    ]
