"""What hands put on a page: seal, signature, number and day, receiving stamp, signature block.

In: a page as an RGB array of bytes, places in points from its top left, a seeded generator.
Out: the page, inked in place.  Inks multiply with what is there: black print stays black under a
red seal, as it does on paper.  Digits are strokes of our own, jittered, so that no two are alike
and no font of handwriting is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.samples import fonts as faces

Page = NDArray[np.uint8]
Cover = NDArray[np.floating]  # of ink, 0-1
Colour = tuple[int, int, int]
Point = tuple[float, float]

RED: Colour = (214, 30, 38)
BLUE: Colour = (28, 48, 170)

# Strokes of the digits in a box one wide and one and a half high, y downward.
_DIGITS: dict[str, list[list[Point]]] = {
    "0": [[(0.55, 0), (0.15, 0.3), (0.05, 0.9), (0.35, 1.5), (0.8, 1.2), (0.9, 0.5), (0.55, 0)]],
    "1": [[(0.2, 0.45), (0.6, 0), (0.45, 1.5)]],
    "2": [[(0.1, 0.35), (0.4, 0), (0.85, 0.3), (0.5, 0.9), (0.05, 1.45), (0.5, 1.35),
           (0.95, 1.45)]],
    "3": [[(0.1, 0.15), (0.6, 0), (0.8, 0.35), (0.4, 0.7), (0.85, 1), (0.6, 1.5), (0.05, 1.35)]],
    "4": [[(0.45, 0), (0.1, 0.9), (0.95, 0.85)], [(0.7, 0.35), (0.6, 1.5)]],
    "5": [[(0.25, 0.05), (0.15, 0.65), (0.6, 0.55), (0.85, 1), (0.5, 1.5), (0.05, 1.4)],
          [(0.25, 0.05), (0.9, 0)]],
    "6": [[(0.75, 0), (0.25, 0.6), (0.1, 1.2), (0.45, 1.5), (0.8, 1.2), (0.55, 0.8), (0.15, 1.1)]],
    "7": [[(0.05, 0.1), (0.9, 0), (0.4, 1.5)], [(0.25, 0.75), (0.85, 0.7)]],
    "8": [[(0.8, 0.2), (0.4, 0), (0.2, 0.35), (0.75, 0.95), (0.5, 1.5), (0.1, 1.2), (0.45, 0.75),
           (0.8, 0.2)]],
    "9": [[(0.8, 0.3), (0.4, 0), (0.1, 0.45), (0.5, 0.75), (0.8, 0.3), (0.7, 1.5)]],
    "/": [[(0.8, 0), (0.2, 1.5)]],
    ".": [[(0.4, 1.4), (0.5, 1.5)]],
}  # fmt: skip
_FINER = 4  # strokes are drawn so many times larger and then reduced


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a receiving office's stamp says; never the document's own number or date."""

    number: str = "2352"
    date: str = "21/3/2024"
    office: str = "VĂN THƯ"


def blend(page: Page, ink: Cover, colour: Colour, x: int, y: int) -> None:
    """Multiply an ink of one colour (cover 0–1) into the page, its top left at pixel x, y."""
    height, width = page.shape[:2]
    top, left = max(y, 0), max(x, 0)
    bottom, right = min(y + ink.shape[0], height), min(x + ink.shape[1], width)
    if top >= bottom or left >= right:
        return
    cover = ink[top - y : bottom - y, left - x : right - x, None]
    through = 1 - cover * (1 - np.array(colour, np.float32) / 255)
    under = page[top:bottom, left:right]
    page[top:bottom, left:right] = (under * through).astype(np.uint8)


@cache
def _font(pixels: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    family = faces.default()
    return ImageFont.truetype(str(family.bold if bold else family.regular), pixels)


def _words(words: str, pixels: int, *, bold: bool = False) -> Cover:
    """Cover of one printed line; refused where the font would draw boxes."""
    faces.check(faces.default(), words)
    font = _font(max(pixels, 4), bold)
    left, top, right, bottom = font.getbbox(words)
    image = Image.new("L", (int(right - left) + 4, int(bottom - top) + 4), 0)
    ImageDraw.Draw(image).text((2 - left, 2 - top), words, fill=255, font=font)
    return np.asarray(image, np.float32) / 255


def seal(page: Page, dpi: int, rng: Generator, centre: Point, ring: str, points: float) -> None:
    """A round red seal, two rings, words along them and a star, worn as rubber stamps are.

    Args:
        page: RGB page, changed in place.
        dpi: its resolution.
        rng: seeded generator; wear and tilt are drawn from it.
        centre: x, y in points from the top left.
        ring: words along the ring.
        points: diameter in points (the decree's seals are about 100).
    """
    size = round(points * dpi / 72)
    big = size * 2
    image = Image.new("L", (big, big), 0)
    draw = ImageDraw.Draw(image)
    line = max(2, big // 60)
    for share in (0.0, 0.04, 0.22):
        inset = int(big / 2 * share) + line
        draw.ellipse((inset, inset, big - inset, big - inset), outline=255, width=line)
    faces.check(faces.default(), ring)
    letters = max(6, big // 13)
    font = _font(letters, True)
    for index, letter in enumerate(ring):
        angle = -230 + 280 * (index + 0.5) / len(ring)
        tile = Image.new("L", (letters * 2, letters * 2), 0)
        ImageDraw.Draw(tile).text((letters, letters), letter, fill=255, font=font, anchor="mm")
        tile = tile.rotate(-(angle + 90), Image.Resampling.BICUBIC)
        radius = big * 0.435
        at_x = big / 2 + radius * np.cos(np.radians(angle)) - letters
        at_y = big / 2 + radius * np.sin(np.radians(angle)) - letters
        image.paste(255, (int(at_x), int(at_y)), tile)
    draw.polygon(_star(big / 2, big * 0.42, big * 0.13), fill=255)
    draw.polygon(_star(big / 2, big * 0.93, big * 0.025), fill=255)
    draw.arc((big * 0.2, big * 0.2, big * 0.8, big * 0.8), 20, 160, fill=255, width=line * 4)
    image = image.rotate(float(rng.uniform(-14, 14)), Image.Resampling.BICUBIC)
    cover = cv2.resize(
        np.asarray(image, np.float32) / 255, (size, size), interpolation=cv2.INTER_AREA
    )
    grain = rng.random((max(2, size // 3), max(2, size // 3))).astype(np.float32)
    worn = cv2.resize(grain, (size, size), interpolation=cv2.INTER_LINEAR)
    cover = cover * np.clip(0.55 + 0.9 * np.asarray(worn), 0, 1) * 0.92
    x, y = (round(c * dpi / 72 - size / 2) for c in centre)
    blend(page, cover, RED, x, y)


def _star(x: float, y: float, radius: float) -> list[Point]:
    out = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * 0.4
        angle = np.pi * (index / 5 - 0.5)
        out.append((float(x + reach * np.cos(angle)), float(y + reach * np.sin(angle))))
    return out


def _curve(points: list[Point], steps: int = 12) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    if len(points) < 3:
        return points
    ends = [points[0], *points, points[-1]]
    out: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            weights = (
                -0.5 * t + t * t - 0.5 * t**3, 1 - 2.5 * t * t + 1.5 * t**3,
                0.5 * t + 2 * t * t - 1.5 * t**3, -0.5 * t * t + 0.5 * t**3,
            )  # fmt: skip
            x, y = (
                sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True))
                for axis in (0, 1)
            )
            out.append((x, y))
    return [*out, points[-1]]


def _strokes(page: Page, dpi: int, lines: list[list[Point]], width: float, colour: Colour) -> None:
    """Draw smooth strokes; points in points from the top left, width in points."""
    scale = dpi / 72
    pad = width * 2
    xs, ys = zip(*(p for line in lines for p in line), strict=True)
    left, top = (min(xs) - pad) * scale, (min(ys) - pad) * scale
    shape = (
        max(1, round((max(ys) + pad) * scale - top)), max(1, round((max(xs) + pad) * scale - left)),
    )  # fmt: skip
    canvas = np.zeros((shape[0] * _FINER, shape[1] * _FINER), np.uint8)
    for line in lines:
        path = [((x * scale - left) * _FINER, (y * scale - top) * _FINER) for x, y in _curve(line)]
        cv2.polylines(
            canvas, [np.round(np.array(path)).astype(np.int32)], False, 255,
            max(1, round(width * scale * _FINER)), cv2.LINE_AA,
        )  # fmt: skip
    small = cv2.resize(canvas, shape[::-1], interpolation=cv2.INTER_AREA)
    blend(page, small.astype(np.float32) / 255 * 0.95, colour, round(left), round(top))


def handwrite(
    page: Page, dpi: int, rng: Generator, words: str, at: Point, height: float, colour: Colour
) -> float:
    """Write digits, "/" and "." by hand from a baseline point; returns the width in points.

    Raises:
        KeyError: the words hold a character that has no strokes.
    """
    x, y = at
    slant = float(rng.uniform(0.05, 0.25))
    begin = x
    for letter in words:
        tall = height * float(rng.uniform(0.9, 1.1))
        wide = tall / 1.5 * float(rng.uniform(0.75, 0.95)) * (0.6 if letter in "1./" else 1.0)
        drop = height * float(rng.uniform(-0.06, 0.06))
        lines = []
        for stroke in _DIGITS[letter]:
            line = []
            for u, v in stroke:
                u, v = u + float(rng.normal(0, 0.035)), v + float(rng.normal(0, 0.035))
                up = (1.5 - v) / 1.5 * tall
                line.append((x + u * wide + up * slant, y + drop - up))
            lines.append(line)
        _strokes(page, dpi, lines, height * float(rng.uniform(0.08, 0.11)), colour)
        x += wide + height * 0.12
    return x - begin


def signature(
    page: Page, dpi: int, rng: Generator, centre: Point, width: float, colour: Colour
) -> None:
    """A scribble with a long last stroke, about ``width`` points wide."""
    x, y = centre
    loops: list[Point] = []
    for step in range(9):
        reach = width * (step / 8 - 0.5) * 0.7
        loops.append((x + reach, y + width * 0.14 * float(rng.normal(0, 1)) * (-1) ** step))
    tail = [(x - width * 0.55, y + width * 0.12), (x, y + width * 0.07),
            (x + width * 0.6, y + width * float(rng.uniform(-0.12, 0.05)))]  # fmt: skip
    _strokes(page, dpi, [loops, tail], 1.4, colour)


def receiving_stamp(
    page: Page, dpi: int, rng: Generator, at: Point, stamp: Stamp, colour: Colour
) -> None:
    """A box "ĐẾN | Số: … Ngày: …" whose figures are written by hand; ``at`` is its top left."""
    x, y = at
    width, height = 118.0, 44.0
    frame = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    sides = [[a, b] for a, b in pairwise(frame)]
    middle = [(x + 34, y + 13), (x + 34, y + height)]
    _strokes(page, dpi, [*sides, middle, [(x, y + 13), (x + width, y + 13)]], 0.9, colour)
    printed = (
        (stamp.office, 4, 3.5, 7),
        ("ĐẾN", 4, 22, 10),
        ("Số:", 38, 17, 7),
        ("Ngày:", 38, 31, 7),
    )
    for words, right, down, size in printed:
        cover = _words(words, round(size * dpi / 72), bold=True)
        blend(
            page, cover * 0.9, colour, round((x + right) * dpi / 72), round((y + down) * dpi / 72)
        )
    handwrite(page, dpi, rng, stamp.number, (x + 56, y + 26), 9, BLUE)
    handwrite(page, dpi, rng, stamp.date, (x + 60, y + 41), 8, BLUE)


def signed_block(page: Page, dpi: int, at: Point, signer: str, when: str) -> None:
    """The picture a signing program leaves: "Ký bởi: …", "Thời gian ký: …" in blue, 6 points."""
    x, y = at
    for index, line in enumerate((f"Ký bởi: {signer}", f"Thời gian ký: {when}")):
        cover = _words(line, round(6 * dpi / 72))
        blend(page, cover, BLUE, round(x * dpi / 72), round((y + index * 9) * dpi / 72))
