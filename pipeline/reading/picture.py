"""The picture of a page, as a format's module draws it for OCR.

In: a page's size in points.  Out: at what resolution to draw it, decided before anything is drawn.

200 dpi: measured on 13 and 14 pt text, higher resolutions cost time and bring nothing, and official
digitised copies need not have more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

Pixels = np.ndarray[Any, Any]  # of bytes

DPI = 200
A4_HEIGHT = 842.0  # points
_A3_HEIGHT = 1191.0


@dataclass(slots=True)
class Picture:
    """A drawn page: rows × columns (× blue, green, red), and its size in points."""

    pixels: Pixels
    dpi: float
    width: float
    height: float
    lowered: bool = False  # drawn more coarsely than wanted, to keep the bound on pixels


def resolution(width: float, height: float, max_pixels: int) -> tuple[float, bool]:
    """Dots per inch to draw a page with, and whether that is less than wanted.

    Args:
        width, height: of the page, points.  A page larger than A3 is taken for one whose scanner
            wrote pixels for points, and drawn to the pixels of an A4 page.
        max_pixels: bound on the drawing.
    """
    longer = max(width, height, 1.0)
    wanted = DPI * A4_HEIGHT / longer if longer > 1.2 * _A3_HEIGHT else float(DPI)
    allowed = 72 * math.sqrt(max_pixels / max(width * height, 1.0))
    return min(wanted, allowed), allowed < wanted
