"""One page by OCR: picture → clean picture → words → rows and tables.

In: a ``PageRequest``, in a worker process.  Out: a ``ReadPage`` like one from a text layer, with
the confidence of each word.

A page that lies on its side is known by its profile; which of two ways up is right, and whether
a page stands on its head, is found out by reading one strip both ways, and only where there is
reason to ask.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pipeline.reading import (
    child,
    ocr_noise,
    ocr_numerals,
    page_blocks,
    page_image,
    pdf_layout,
    pdf_tables,
    text_trust,
)
from pipeline.reading.document import Notice
from pipeline.reading.page_image import Clean
from pipeline.reading.pages import Affine, ReadPage
from pipeline.reading.pdf_words import PageWord, Ruling
from pipeline.settings import settings

if TYPE_CHECKING:
    from pipeline.reading.child import PageRequest
    from pipeline.reading.picture import Picture, Pixels

_POOR = 0.55  # a page read with less may stand on its head
_BETTER = 0.1  # by how much the other way up must be better


@dataclass(slots=True)
class _Reading:
    words: list[PageWord]
    clean: Clean
    back: Any  # 2 × 3, from the clean picture to the picture
    quarters: int

    @property
    def confidence(self) -> float:
        return confidence(self.words)


def read_page(request: PageRequest) -> ReadPage:
    """Read one page.

    Raises:
        OcrMissing: the engine is not installed.
        KehoachError: the page cannot be drawn.
    """
    engine = importlib.import_module(request.engine)
    picture: Picture = importlib.import_module(request.source).picture(
        request.path, request.index, request.max_pixels
    )
    number = request.index + 1
    reading = _read_upright(engine, picture)
    words = reading.words
    unit = 72 / picture.dpi
    page = ReadPage(
        number,
        round(reading.clean.pixels.shape[1] * unit, 2),
        round(reading.clean.pixels.shape[0] * unit, 2),
        read_by="ocr",
        engines={engine.NAME: engine.version(), "opencv": version("opencv-python-headless")},
        stored=(round(picture.width, 2), round(picture.height, 2)),
    )
    page.back = _in_points(reading.back, unit)
    words = [_scaled(word, unit) for word in words]
    words = _with_known(words, request.known, page.back)
    rulings = [
        Ruling(line.x0 * unit, line.top * unit, line.x1 * unit, line.bottom * unit)
        for line in reading.clean.lines
    ]
    words = ocr_noise.without_noise(words, rulings, page.width, page.height)
    page.words = len(words)
    if words:
        page.confidence = confidence(words)
        if pdf_tables.may_hold_table(rulings):
            page.grids, words = pdf_tables.grids(rulings, words)
        page.rows = pdf_layout.in_reading_order(pdf_layout.rows(words))
    _note(page, picture, reading.quarters)
    return page


def main() -> None:
    """Serve requests for pages until the parent is gone."""
    child.main()


def confidence(words: list[PageWord]) -> float:
    """0–1: what the engine says of its letters, and how much of it can be Vietnamese."""
    letters = sum(len(word.text) for word in words)
    if not letters:
        return 0.0
    engine = sum(word.confidence * len(word.text) for word in words) / letters
    quality = text_trust.quality(" ".join(word.text for word in words))
    return round(0.5 * engine + 0.5 * quality, 3)


def _read_upright(engine: Any, picture: Picture) -> _Reading:
    pixels, quarters = picture.pixels, 0
    clean = page_image.clean(pixels, picture.dpi)
    if clean.blank:
        return _Reading([], clean, clean.back, 0)
    if clean.sideways:
        ways = {turn: _turned(pixels, picture.dpi, turn) for turn in (1, 3)}
        ways[0] = clean, clean.back  # rulings may look like rows on their side
        quarters = max(ways, key=lambda way: _strip_confidence(engine, ways[way][0], picture.dpi))
        clean, back = ways[quarters]
    else:
        back = clean.back
    reading = _Reading(_words(engine, clean, picture.dpi), clean, back, quarters)
    if reading.confidence >= _POOR or len(reading.words) < 5:
        return reading
    other, back = _turned(pixels, picture.dpi, quarters + 2)
    here = _strip_confidence(engine, clean, picture.dpi)
    if _strip_confidence(engine, other, picture.dpi) < here + _BETTER:
        return reading
    words = _words(engine, other, picture.dpi)
    return _Reading(words, other, back, (quarters + 2) % 4)


def _words(engine: Any, clean: Clean, dpi: float) -> list[PageWord]:
    stack = page_blocks.stack(clean.pixels, dpi / 200, clean.letter)
    read = engine.read(stack.pixels, _stated(dpi))
    edge = round(0.4 * clean.letter)
    for top, bottom in page_blocks.unread(stack.pixels, read, clean.letter):
        start = max(top - edge, 0)
        for word in engine.read(stack.pixels[start : bottom + edge], _stated(dpi), lines_only=True):
            word.top, word.bottom = word.top + start, word.bottom + start
            read.append(word)
    words = stack.put_back(read)
    ocr_numerals.recount(words, clean.pixels)
    return words


def _turned(pixels: Pixels, dpi: float, quarters: int) -> tuple[Clean, Any]:
    upright, back = page_image.turned(pixels, quarters)
    clean = page_image.clean(upright, dpi)
    return clean, page_image.combined(clean.back, back)


def _strip_confidence(engine: Any, clean: Clean, dpi: float) -> float:
    strip = page_image.busiest_strip(clean.pixels, dpi)
    return confidence(engine.read(strip, _stated(dpi)))


def _stated(dpi: float) -> int:
    """The resolution that the engine is told: never one that it takes for a mistake."""
    return round(min(max(dpi, 70.0), 600.0))


def _scaled(word: PageWord, unit: float) -> PageWord:
    return PageWord(
        word.text,
        round(word.x0 * unit, 2),
        round(word.top * unit, 2),
        round(word.x1 * unit, 2),
        round(word.bottom * unit, 2),
        word.confidence,
    )


def _in_points(back: Any, unit: float) -> Affine | None:
    (a, b, c), (d, e, f) = ([float(value) for value in row] for row in back)
    if (a, b, c, d, e, f) == (1, 0, 0, 0, 1, 0):
        return None
    return (a, b, c * unit, d, e, f * unit)


def _with_known(
    words: list[PageWord], known: list[PageWord], back: Affine | None
) -> list[PageWord]:
    """Words that the file tells stand instead of what was read in their place."""
    if not known:
        return words
    told = [PageWord(word.text, *_forth(word.box, back), word.confidence) for word in known]
    rest = [
        word
        for word in words
        if not any(
            other.x0 - 1 <= (word.x0 + word.x1) / 2 <= other.x1 + 1
            and other.top - 1 <= (word.top + word.bottom) / 2 <= other.bottom + 1
            for other in told
        )
    ]
    return rest + told


def _forth(
    box: tuple[float, float, float, float], back: Affine | None
) -> tuple[float, float, float, float]:
    if back is None:
        return box
    a, b, c, d, e, f = back
    det = a * e - b * d
    corners = [(x - c, y - f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [(e * x - b * y) / det for x, y in corners]
    ys = [(a * y - d * x) / det for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _note(page: ReadPage, picture: Picture, quarters: int) -> None:
    number = page.number
    if not page.words:
        page.notices.append(Notice("page-without-text", f"Page {number} has no text.", number))
    elif page.confidence < settings().low_confidence:
        page.notices.append(
            Notice("ocr-doubtful", f"Page {number} was hard to read: check it.", number)
        )
    if quarters:
        page.notices.append(
            Notice("page-turned", f"Page {number} was turned by {90 * quarters} degrees.", number)
        )
    if picture.lowered:
        page.notices.append(
            Notice(
                "resolution-lowered",
                f"Page {number} is large and was read at {picture.dpi:.0f} dpi "
                "(KEHOACH_MAX_PIXELS).",
                number,
            )
        )
