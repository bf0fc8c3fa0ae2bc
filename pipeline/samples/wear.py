"""What copying and scanning do to a page: each defect by itself, with a unit.

In: a page as an RGB array of bytes and a seeded generator.  Out: a new array.  Nothing here knows
what a page says.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Page = NDArray[np.uint8]


def skew(page: Page, degrees: float) -> Page:
    """Turn a little about the middle, positive counter-clockwise; white comes in at the corners."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(
        page,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=_paper(page),
    )
    return _bytes(turned)


def keystone(page: Page, rng: Generator, share: float) -> Page:
    """Photographed from an angle: each corner moves inward by up to ``share`` of the width."""
    height, width = page.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    inward = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)], np.float32)
    moved = corners + inward * rng.uniform(0, share * width, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    turned = cv2.warpPerspective(
        page,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(92, 84, 78),
    )
    return _bytes(turned)


def turn(page: Page, degrees: int) -> Page:
    """A quarter, half or three quarters clockwise: 90, 180, 270; 0 leaves the page."""
    return np.ascontiguousarray(np.rot90(page, -(degrees // 90) % 4))


def noise(page: Page, rng: Generator, sigma: float) -> Page:
    """Grain of the sensor: normal, ``sigma`` in levels of 255."""
    grain = rng.standard_normal(page.shape, np.float32)
    return _bytes(page + grain * np.float32(sigma))


def specks(page: Page, dpi: int, rng: Generator, share: float) -> Page:
    """Dust: a ``share`` of the pixels turns dark or white, in dots of up to a quarter of a mm."""
    out = page.copy()
    height, width = page.shape[:2]
    largest = max(1, round(0.25 / 25.4 * dpi))
    mean = sum(size * size for size in range(1, largest + 1)) / largest
    for _ in range(round(height * width * share / mean)):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        size = int(rng.integers(1, largest + 1))
        out[y : y + size, x : x + size] = 40 if rng.random() < 0.7 else 255
    return out


def blur(page: Page, sigma: float) -> Page:
    """Out of focus: Gaussian, ``sigma`` in pixels of the scan."""
    return _bytes(cv2.GaussianBlur(page, (0, 0), sigma))


def fade(page: Page, ink: int, paper: int) -> Page:
    """A copy of a copy: black becomes the level ``ink``, white the level ``paper``."""
    levels = np.arange(256, dtype=np.float32) / 255
    return np.asarray(_bytes(ink + levels * (paper - ink))[page], np.uint8)


def shade(page: Page, rng: Generator, levels: float) -> Page:
    """Uneven light: a slow slope over the page, up to ``levels`` darker."""
    height, width = page.shape[:2]
    coarse = rng.random((3, 3)).astype(np.float32)
    slope = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return _bytes(page - np.float32(levels) * slope[:, :, None])


def bleed(page: Page, back: Page, strength: float) -> Page:
    """The other side shines through, mirrored; ``strength`` 0–1 of its darkness."""
    mirrored = cv2.GaussianBlur(np.ascontiguousarray(back[:, ::-1]), (0, 0), 1.5)
    mirrored = cv2.resize(mirrored, (page.shape[1], page.shape[0]))
    through = 1 - np.float32(strength) * (1 - mirrored.astype(np.float32) / 255)
    return _bytes(page * through)


def fold(page: Page, dpi: int, depth: float) -> Page:
    """The shadow of a fold across the middle, 6 mm wide; ``depth`` 0–1 of the light."""
    height = page.shape[0]
    away = (np.arange(height, dtype=np.float32) - height / 2) / (3 / 25.4 * dpi)
    light = 1 - np.float32(depth) * np.exp(-(away**2))
    return _bytes(page * light[:, None, None])


def border(page: Page, dpi: int, rng: Generator, millimetres: float) -> Page:
    """The scanner's dark bed along left and top edge, about so many millimetres wide, ragged."""
    out = page.copy()
    wide = millimetres / 25.4 * dpi
    for index, length in enumerate(out.shape[:2]):
        ragged = np.cumsum(rng.normal(0, 0.15, length)) + wide * (1 if index == 0 else 0.6)
        depths = np.clip(ragged, 1, wide * 1.6).astype(int)
        reach = np.arange(out.shape[1 - index])
        mask = reach[None, :] < depths[:, None]
        out[mask if index == 0 else mask.T] = 24
    return out


def holes(page: Page, dpi: int) -> Page:
    """Two punch holes of 6 mm, 80 mm apart, 12 mm from the left edge, dark as the bed."""
    out = page.copy()
    for offset in (-40, 40):
        y = out.shape[0] // 2 + round(offset / 25.4 * dpi)
        centre = (round(12 / 25.4 * dpi), y)
        cv2.circle(out, centre, round(3 / 25.4 * dpi), (30, 30, 32), -1, cv2.LINE_AA)
    return out


def mono(page: Page) -> Page:
    """Black and white as a scanner makes it: one threshold for the page (Otsu)."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return _bytes(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1])


def grey(page: Page) -> Page:
    """One channel of light."""
    return _bytes(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def _paper(page: Page) -> tuple[int, int, int]:
    """The colour of the paper, so that what comes in at the corners does not show."""
    red, green, blue = np.median(page[::8, ::8].reshape(-1, 3), axis=0)
    return int(red), int(green), int(blue)


def _bytes(values: object) -> Page:
    clipped: Page = np.clip(np.asarray(values), 0, 255).astype(np.uint8)
    return clipped
