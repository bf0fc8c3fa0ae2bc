"""Image files (PNG, JPEG, TIFF with one or more pages) → a ``Draft`` of pages for OCR.

In: the file's bytes.  Out: one page per picture, with its size in points.  Nothing is decoded here
but the headers: the OCR worker that reads a page decodes it.

A picture's own resolution is believed where it makes a page of ordinary size; cameras and screens
write 72 dpi for anything, and then the picture is taken for an A4 page.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from importlib.metadata import version

import numpy as np
from PIL import Image, ImageOps

from pipeline.errors import Damaged, TooLarge
from pipeline.reading.pages import Draft, ReadPage, Wanted
from pipeline.reading.picture import A4_HEIGHT, Picture, resolution
from pipeline.settings import settings

_LARGEST, _SMALLEST = 1300.0, 300.0  # points; the longer side of a page of ordinary size
_ORIENTATION = 0x0112  # Exif
_ON_ITS_SIDE = (5, 6, 7, 8)

# What Pillow's readers raise for broken headers beside what they say they raise.
_UNDECODED = (
    OSError, EOFError, ValueError, SyntaxError, TypeError, KeyError, IndexError,
    struct.error, zlib.error,
)  # fmt: skip

Image.MAX_IMAGE_PIXELS = None  # the bound is ours, checked before anything is decoded


def read(data: bytes) -> Draft:
    """The pages of an image file, all of them for OCR.

    Raises:
        Damaged: the file is broken.
        TooLarge: more pages or pixels than the settings allow.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                count = getattr(image, "n_frames", 1)
                if count > settings().max_pages:
                    raise TooLarge(
                        f"{count} pages, more than {settings().max_pages} (KEHOACH_MAX_PAGES)."
                    )
                pages = [_page(image, index) for index in range(count)]
    except _UNDECODED as error:
        raise Damaged(f"The picture cannot be opened: {error}.") from None
    return Draft(
        __name__,
        pages,
        [Wanted(index) for index in range(count)],
        engines={"pillow": version("pillow")},
    )


def picture(path: str, index: int, max_pixels: int) -> Picture:
    """Decode one page, at the resolution that OCR wants.

    Args:
        path: the image file.
        index: page index from 0.
        max_pixels: bound on the picture that is handed on.
    """
    try:
        with Image.open(path) as image:
            image.seek(index)
            width, height = _size(image)
            dpi, lowered = resolution(width, height, max_pixels)
            wanted = (max(round(width / 72 * dpi), 1), max(round(height / 72 * dpi), 1))
            if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
                wanted = wanted[::-1]
            if image.format == "JPEG":
                image.draft(None, wanted)  # decodes to the next larger of 1/2, 1/4, 1/8
            whole = image if image.mode in ("L", "RGB") else _plain(image)
            if whole.size != wanted:
                reducing = whole.width > 2 * wanted[0]
                whole = whole.resize(
                    wanted, Image.Resampling.BICUBIC, reducing_gap=2.0 if reducing else None
                )
            whole = ImageOps.exif_transpose(whole)
            pixels = np.asarray(whole)
    except _UNDECODED as error:
        raise Damaged(f"The picture cannot be decoded: {error}.") from None
    if pixels.ndim == 3:
        pixels = np.ascontiguousarray(pixels[..., ::-1])
    return Picture(pixels, dpi, width, height, lowered)


def _plain(image: Image.Image) -> Image.Image:
    """Black and white, palettes, transparency and deep grey as grey or colour on white."""
    if image.mode in ("1", "LA", "L"):
        return image.convert("L")
    if image.mode.startswith("I") or image.mode == "F":
        deep = np.asarray(image).astype(np.float32)
        span = max(float(deep.max()), 1.0)
        return Image.fromarray((deep * (255 / span)).astype(np.uint8))
    if "A" in image.getbands() or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("RGB")
    return image.convert("RGB")


def _page(image: Image.Image, index: int) -> ReadPage:
    image.seek(index)
    pixels = image.width * image.height
    if pixels > settings().max_image_pixels:
        raise TooLarge(
            f"Page {index + 1} has {pixels} pixels, more than {settings().max_image_pixels} "
            "(KEHOACH_MAX_IMAGE_PIXELS)."
        )
    width, height = _size(image)
    return ReadPage(index + 1, round(width, 2), round(height, 2))


def _size(image: Image.Image) -> tuple[float, float]:
    """Width and height in points, set upright as the camera says."""
    width, height = float(image.width), float(image.height)
    stated = image.info.get("dpi", (0, 0))
    try:
        across, down = (float(value) for value in stated)
    except (TypeError, ValueError):
        across = down = 0.0
    if across > 0 and down > 0:
        size = (72 * width / across, 72 * height / down)
    else:
        size = (0.0, 0.0)
    if not _SMALLEST <= max(size) <= _LARGEST or min(size) <= 0:
        unit = A4_HEIGHT / max(width, height)
        size = (width * unit, height * unit)
    return size[::-1] if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE else size
