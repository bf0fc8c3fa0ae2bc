"""The picture of a page → black text on white paper, upright and straight, and its rulings apart.

In: pixels in colour, grey or black and white.  Out: a ``Clean`` picture that an OCR engine reads
faster and better, the rulings that stood on it, and the way back to the picture it came from.

What is done, and why:

- *Coloured ink goes*: each pixel takes its brightest channel, so a red seal and a blue signature
  turn white while black text under them stays black.  Not on pages printed in colour.
- *Paper becomes white*: divided by its own local brightness (shadows, yellow paper), then
  stretched between ink and paper, which drops what shines through from the back.  Grey edges of
  letters are kept: the engine reads them better than hard black and white.
- *Noise is blurred away and letters are cut hard only where there is noise*: on clean pages both
  cost accuracy.
- *Skew* is measured on the profile of rows, *borders, holes and pictures* are known by their
  size, *rulings* by their length; all are painted white before the words are read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import cv2
import numpy as np

from pipeline.reading.picture import Pixels

cv2.setNumThreads(1)

_WHITE = 255
_COLOUR = 0.6  # how much of a pixel's colour counts as light
_DRAWN = 0.8  # share of a ruling's length that must be there
_NOISY = 4.0  # grey levels; the noise of paper above which a blur pays
_GRAINY = 2.0  # above which letters are better cut hard from their paper
_FAINT = 225  # ink lighter than this is no ink
_STRAIGHT = 0.08  # degrees that need no turning
_MOST_SKEW = 5.0
_SIDEWAYS = 1.6  # how much sharper columns than rows are on a page that lies on its side

Matrix = np.ndarray


@dataclass(slots=True)
class Line:
    """A ruling, in pixels of the clean picture."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Clean:
    """A page ready for OCR; ``back`` (2 × 3) leads from its pixels to those of the source."""

    pixels: Pixels
    back: Matrix
    lines: list[Line] = field(default_factory=list)
    letter: float = 20.0  # usual height of letters, pixels
    skew: float = 0.0
    sideways: bool = False
    blank: bool = False


def clean(pixels: Pixels, dpi: float) -> Clean:
    """Clean a picture of a page.

    Args:
        pixels: rows × columns, or rows × columns × (blue, green, red[, unused]).
        dpi: its resolution.
    """
    unit = dpi / 200
    grey = _even(_ink(pixels), unit)
    noise = _noise(grey)
    if noise > _NOISY:
        grey = cv2.GaussianBlur(grey, (3, 3), 0)
    threshold, ink_level = _threshold(grey)
    if ink_level > _FAINT:
        return Clean(np.full_like(grey, _WHITE), _identity(), blank=True)
    dark = _as_mask(grey < threshold)
    _drop_blobs(grey, dark, unit)
    points, scale = _sample(dark, unit)
    skew, sideways = _skew(points, dark.shape, scale)
    back = _identity()
    if abs(skew) > _STRAIGHT:
        grey, back = _rotated(grey, skew)
        dark = _as_mask(grey < threshold)
    lines = _take_lines(grey, dark, unit)
    letter = _drop_specks(grey, dark, unit)
    pixels = _stretched(grey, threshold, ink_level, hard=noise > _GRAINY)
    return Clean(pixels, back, lines, letter, skew, sideways)


def turned(pixels: Pixels, quarters: int) -> tuple[Pixels, Matrix]:
    """The picture turned counter-clockwise by quarters, and the way back (2 × 3)."""
    height, width = pixels.shape[:2]
    backs = {
        0: [[1, 0, 0], [0, 1, 0]],
        1: [[0, -1, width], [1, 0, 0]],
        2: [[-1, 0, width], [0, -1, height]],
        3: [[0, 1, 0], [-1, 0, height]],
    }
    back = np.array(backs[quarters % 4], dtype=float)
    return np.ascontiguousarray(np.rot90(pixels, quarters)), back


def combined(first: Matrix, then: Matrix) -> Matrix:
    """One 2 × 3 matrix that does ``first`` and ``then``."""
    whole: Matrix = np.vstack([then, [0, 0, 1]]) @ np.vstack([first, [0, 0, 1]])
    return whole[:2]


def busiest_strip(pixels: Pixels, dpi: float) -> Pixels:
    """A strip of the page about an inch and a half high, where most ink is."""
    rows = (_WHITE - pixels).sum(axis=1, dtype=np.float64)
    height = min(int(1.5 * dpi), len(rows))
    sums = np.convolve(rows, np.ones(height), "valid")
    top = int(sums.argmax())
    return np.ascontiguousarray(pixels[top : top + height])


def _identity() -> Matrix:
    return np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def _as_mask(found: np.ndarray) -> Pixels:
    return found.view(np.uint8)


def _ink(pixels: Pixels) -> Pixels:
    """Grey levels without coloured ink."""
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] == 1:
        return np.ascontiguousarray(pixels[..., 0])
    colour = pixels[..., :3]
    blue, green, red = cv2.split(np.ascontiguousarray(colour))
    brightest = cv2.max(cv2.max(blue, green), red)
    darkest = cv2.min(cv2.min(blue, green), red)
    brightest = cv2.addWeighted(brightest, 1 + _COLOUR, darkest, -_COLOUR, 0)
    small = np.ascontiguousarray(colour[::4, ::4])
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    limit = 0.6 * _percentile(grey, 90)
    dark = int((grey < limit).sum())
    black = int((brightest[::4, ::4] < limit).sum())
    if dark > 0.005 * grey.size and black < 0.35 * dark:  # printed in colour
        return cv2.cvtColor(np.ascontiguousarray(colour), cv2.COLOR_BGR2GRAY)
    return brightest


def _even(grey: Pixels, unit: float) -> Pixels:
    """Divide by the paper's local brightness."""
    height, width = grey.shape
    step = max(round(8 * unit), 2)
    small = _shrunk(grey, step)
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))
    paper = cv2.blur(cv2.medianBlur(paper, 9), (9, 9))
    least = int(0.45 * _percentile(paper, 95))
    paper = cv2.max(paper, np.full_like(paper, max(least, 1)))
    full = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, full, scale=_WHITE)


def _shrunk(grey: Pixels, step: int) -> Pixels:
    """Means of squares; what is left over at the right and at the bottom goes (it costs most)."""
    height, width = (max(size // step, 1) for size in grey.shape)
    whole = grey[: height * step, : width * step]
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)


def _percentile(grey: Pixels, share: int) -> float:
    """The level that so many in a hundred pixels do not exceed."""
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()
    return float(np.searchsorted(np.cumsum(counts), share / 100 * grey.size))


def _noise(grey: Pixels) -> float:
    """Standard deviation of the paper's grain, grey levels."""
    height, width = grey.shape
    sample = np.ascontiguousarray(grey[height // 4 : 3 * height // 4, width // 4 : 3 * width // 4])
    rough = cv2.absdiff(sample, cv2.medianBlur(sample, 3))
    paper = rough[sample > 170]
    return float(np.mean(paper)) * 1.25 if paper.size else 0.0


def _threshold(grey: Pixels) -> tuple[float, float]:
    """Otsu's threshold, and the mean level of what is darker."""
    grey = grey[::2]  # every other row tells as much
    darkest_white, _ = cv2.threshold(grey, 0, _WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    threshold = darkest_white + 1  # Otsu names the last level of the ink
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()[: max(int(threshold), 1)]
    total = counts.sum()
    if total < 1e-4 * grey.size:
        return float(threshold), float(_WHITE)
    return float(threshold), float((counts * np.arange(len(counts))).sum() / total)


def _stretched(grey: Pixels, threshold: float, ink: float, *, hard: bool) -> Pixels:
    """Ink to black, everything well above the threshold to white; softer without grain."""
    dark, light = (0.6, 0.45) if hard else (0.3, 0.7)
    low, high = dark * ink, threshold + light * (_WHITE - threshold)
    levels = (np.arange(256) - low) * (_WHITE / max(high - low, 1.0))
    return cv2.LUT(grey, np.clip(levels, 0, _WHITE).astype(np.uint8))


def _drop_blobs(grey: Pixels, dark: Pixels, unit: float) -> None:
    """Paint white what is too large and too solid for letters: borders, holes, pictures."""
    step = max(round(4 * unit), 1)
    small = _shrunk(dark * _WHITE, step)
    _drop_edges(grey, dark, small, step)
    solid = cv2.morphologyEx(_as_mask(small > 128), cv2.MORPH_OPEN, np.ones((6, 6), np.uint8))
    if not solid.any():
        return
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    keep = np.zeros(count, np.uint8)
    for label in range(1, count):
        x, y, w, h, area = stats[label]
        edge = x <= 2 or y <= 2 or x + w >= solid.shape[1] - 2 or y + h >= solid.shape[0] - 2
        keep[label] = edge or (min(w, h) >= 8 and area > 0.6 * w * h)
    chosen = cv2.dilate(keep[labels], np.ones((5, 5), np.uint8))
    if not chosen.any():
        return
    mask = cv2.resize(chosen, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    grey[mask > 0] = _WHITE
    dark[mask > 0] = 0


def _drop_edges(grey: Pixels, dark: Pixels, small: Pixels, step: int) -> None:
    """Paint white the slivers of a dark surround: long, narrow and at the picture's very edge."""
    rows, columns = small.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(_as_mask(small > 90))
    for x, y, w, h, _ in stats[1:]:
        at_edge = x <= 1 or y <= 1 or x + w >= columns - 1 or y + h >= rows - 1
        if at_edge and max(w, h) > 16 and min(w / columns, h / rows) < 0.06:
            area = (
                slice(max(y - 1, 0) * step, (y + h + 2) * step),
                slice(max(x - 1, 0) * step, (x + w + 2) * step),
            )
            grey[area] = _WHITE
            dark[area] = 0


def _sample(dark: Pixels, unit: float) -> tuple[np.ndarray, float]:
    """Coordinates (x, y) of ink on a coarser picture, and its scale."""
    step = max(round(3 * unit), 1)
    small = _shrunk(dark * _WHITE, step)
    ys, xs = np.nonzero(small > 90)
    if len(xs) > 60_000:
        xs, ys = xs[:: len(xs) // 60_000 + 1], ys[:: len(ys) // 60_000 + 1]
    return np.stack([xs, ys]).astype(np.float32), float(step)


def _skew(points: np.ndarray, shape: tuple[int, ...], scale: float) -> tuple[float, bool]:
    """Degrees by which rows run downward to the right, and whether the page lies on its side."""
    if points.shape[1] < 200:
        return 0.0, False
    xs, ys = points
    angle, rows = _best_angle(xs, ys)
    _, columns = _best_angle(ys, xs)
    return angle, columns > _SIDEWAYS * rows


def _best_angle(along: np.ndarray, across: np.ndarray) -> tuple[float, float]:
    best, most = 0.0, _sharpness(along, across, 0.0)
    for reach, step in ((_MOST_SKEW, 0.5), (0.4, 0.1), (0.08, 0.02)):
        centre = best
        for angle in np.arange(centre - reach, centre + reach + 1e-6, step):
            if abs(angle) > _MOST_SKEW + 0.5:
                continue
            sharp = _sharpness(along, across, float(angle))
            if sharp > most:
                best, most = float(angle), sharp
    return best, most


def _sharpness(along: np.ndarray, across: np.ndarray, angle: float) -> float:
    """How sharply the profile of rows that run at an angle changes."""
    shifted = across - along * math.tan(math.radians(angle))
    profile = np.bincount((shifted - shifted.min()).astype(np.int32))
    steps = np.diff(profile).astype(np.float64)
    return float((steps * steps).sum()) / max(len(along), 1)


def _rotated(grey: Pixels, angle: float) -> tuple[Pixels, Matrix]:
    height, width = grey.shape
    forth = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight = cv2.warpAffine(
        grey, forth, (width, height), flags=cv2.INTER_LINEAR, borderValue=_WHITE
    )
    return straight, cv2.invertAffineTransform(forth)


def _drop_specks(grey: Pixels, dark: Pixels, unit: float) -> float:
    """Paint white the dust that stands apart from letters; the usual height of the letters.

    Points of leaders ("Số: ......") are small too, but they stand in a row.
    """
    labels, stats = _parts(dark)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    letters = heights[(heights > 9 * unit) & (heights < 60 * unit)]
    letter = float(np.median(letters)) if len(letters) else 20 * unit
    low, wide = heights < 0.32 * letter, widths > 1.6 * heights
    small = low & (widths < 0.32 * letter) & ~(wide & (widths > 0.2 * letter))
    small[0] = False
    if not small.any():
        return letter
    reach = max(round(0.7 * letter), 3)  # half of it on either side
    clusters, cluster = cv2.connectedComponents(cv2.dilate(dark, np.ones((reach, reach), np.uint8)))
    size = np.zeros(clusters, np.int32)  # of the largest thing in each cluster
    tops, lefts = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_LEFT]
    home = cluster[tops + heights // 2, np.minimum(lefts + widths // 2, dark.shape[1] - 1)]
    np.maximum.at(size, home, np.where(small, 1, 1000))
    members = np.bincount(home[small], minlength=clusters)
    lost = small & (size[home] < 1000) & (members[home] < 3)
    height, width = grey.shape
    for label in np.flatnonzero(lost):
        x, y, w, h, _ = stats[label]
        rows = slice(max(y - 1, 0), min(y + h + 1, height))
        area = rows, slice(max(x - 1, 0), min(x + w + 1, width))
        speck = (labels[area] == label).astype(np.uint8)
        grey[area][cv2.dilate(speck, np.ones((3, 3), np.uint8)) > 0] = _WHITE
    return letter


def _parts(dark: Pixels) -> tuple[Matrix, Matrix]:
    """Number of the part that each pixel belongs to, and the box of each part."""
    try:  # short numbers take a third of the time, and hardly a page needs longer ones
        _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, ltype=cv2.CV_16U)
    except cv2.error:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    return labels, stats


def _take_lines(grey: Pixels, dark: Pixels, unit: float) -> list[Line]:
    """Paint the rulings white and say where they were.

    A ruling is made of pieces longer than any stroke of a letter; a row of serifs is not.
    """
    lines: list[Line] = []
    mask = np.zeros_like(dark)
    for across in (True, False):
        # Seen from its side a column is a row: one way to look at both.
        found = _rulings(dark if across else cv2.transpose(dark), unit, across)
        if found is None:
            continue
        drawn, boxes = found
        for x, y, w, h in boxes:
            lines.append(Line(x, y, x + w, y + h) if across else Line(y, x, y + h, x + w))
        grown = cv2.dilate(drawn, np.ones((3, 7), np.uint8))
        mask |= grown if across else grown.T
    if lines:
        grey[mask > 0] = _WHITE
    return lines


def _rulings(
    dark: Pixels, unit: float, across: bool
) -> tuple[Pixels, list[tuple[int, int, int, int]]] | None:
    """What is drawn as rulings along the rows, and the box of each; None where there is nothing."""
    thick, piece, gap = (max(round(size * unit), 3) for size in (9, 26, 24))
    length, unbroken = round((150 if across else 80) * unit), round(80 * unit)
    kernel = np.ones((1, piece), np.uint8)
    cores = cv2.erode(dark, kernel)
    # The kernels are one pixel high, so each row goes by itself, and most hold no piece at all.
    rows = np.flatnonzero(cores.max(axis=1))
    if not len(rows):
        return None
    parts = cv2.dilate(cores[rows], kernel)
    found = cv2.morphologyEx(parts, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if across:  # short ones too, under a heading, where they are of one piece
        short = cv2.morphologyEx(dark[rows], cv2.MORPH_OPEN, np.ones((1, unbroken), np.uint8))
        found = cv2.max(found, short)
    if not cv2.countNonZero(found):
        return None
    whole, drawn = np.zeros_like(dark), np.zeros_like(dark)
    whole[rows], drawn[rows] = parts, found
    labels, stats = _parts(drawn)
    boxes = []
    for label in range(1, len(stats)):
        x, y, w, h, _ = (int(value) for value in stats[label])
        inked = whole[y : y + h, x : x + w].any(axis=0)
        if h > thick or inked.mean() < _DRAWN:
            drawn[y : y + h, x : x + w][labels[y : y + h, x : x + w] == label] = 0
            continue
        boxes.append((x, y, w, h))
    return drawn, boxes
