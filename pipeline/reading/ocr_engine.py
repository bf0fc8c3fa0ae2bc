"""The OCR engine: Tesseract with its Vietnamese model, kept open in this process.

In: a grey picture of a page.  Out: its words with boxes and confidences, from one call per page.

Tesseract is called through tesserocr: the page goes over as plain bytes in memory, and the engine
with its model stays open, which measured a third less time per page than one program start per
page.  One thread per process (``OMP_THREAD_LIMIT`` is set by ``reading.sandbox``): threads that
share a page cost several times what they gain.

Words get the height of their line, as a PDF's words have: a row is then told by baselines and not
by which letters happen to reach up or down.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OcrMissing
from pipeline.reading.pdf_words import PageWord

if TYPE_CHECKING:
    import tesserocr

    from pipeline.reading.picture import Pixels

NAME = "tesseract"
LANGUAGE = "vie"
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)
# Each spares the engine a search for what decrees do not print: white letters on black, letters of
# one width.
_SET = {"tessedit_do_invert": "0", "textord_all_prop": "1", "debug_file": os.devnull}
_MARKERS = {"~": "-", "—": "-", "~-": "-", "_": "-", "·": "-", "•": "-"}
_SIGNS = str.maketrans({"⁄": "/", "©": "c", "‘": "'", "’": "'", "ˆ": "^"})
_LINE_SHARE = 0.75  # of a line's height stands above its baseline


def model_folder() -> Path | None:
    """The folder that holds Tesseract's Vietnamese model."""
    own = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(own), Path(own, "tessdata")] if own else []
    for folder in [*folders, *map(Path, _FOLDERS)]:
        if (folder / f"{LANGUAGE}.traineddata").is_file():
            return folder
    return None


def version() -> str:
    """Version of the engine, for the record."""
    import tesserocr

    return str(tesserocr.tesseract_version()).split("\n")[0].removeprefix("tesseract ").strip()


def read(pixels: Pixels, dpi: int, *, lines_only: bool = False) -> list[PageWord]:
    """The words on a grey picture, boxes in pixels, confidence 0–1.

    Args:
        pixels: rows × columns of grey levels.
        dpi: its resolution.
        lines_only: it holds a few lines and nothing else; leave none out.

    Raises:
        OcrMissing: the engine or its Vietnamese model is not installed.
    """
    engine = _engine()
    import tesserocr

    mode = tesserocr.PSM.SINGLE_BLOCK if lines_only else tesserocr.PSM.SINGLE_COLUMN
    engine.SetPageSegMode(mode)
    height, width = pixels.shape
    engine.SetImageBytes(pixels.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(dpi)
    if not engine.Recognize():
        return []
    found = []
    level = tesserocr.RIL.WORD
    iterator = engine.GetIterator()
    if iterator is None:
        return []
    for item in tesserocr.iterate_level(iterator, level):
        word = _word(item, level, width, height)
        if word is not None:
            found.append(word)
    engine.Clear()
    return found


def _word(item: tesserocr.PyResultIterator, level: int, width: int, height: int) -> PageWord | None:
    try:
        text = item.GetUTF8Text(level)
    except RuntimeError:  # a word without letters
        return None
    text = unicodedata.normalize("NFC", text).strip()
    text = _MARKERS.get(text, text).translate(_SIGNS)
    box = item.BoundingBox(level)
    if not text or box is None:
        return None
    x0, top, x1, bottom = box
    if x1 - x0 > 0.6 * width or bottom - top > 250:
        return None  # a border or a picture taken for a letter
    top, bottom = _line_height(item, level, box)
    return PageWord(text, x0, top, x1, bottom, round(item.Confidence(level) / 100, 3))


def _line_height(
    item: tesserocr.PyResultIterator, level: int, box: tuple[int, int, int, int]
) -> tuple[float, float]:
    """Top and bottom of the line around a word; the word's own where the line makes no sense."""
    _, top, _, bottom = box
    line, baseline = item.RowAttributes(), item.Baseline(level)
    if not line or not baseline:
        return top, bottom
    size = line["row_height"]
    (_, y0), (_, y1) = baseline
    base = (y0 + y1) / 2
    if not 0.6 * (bottom - top) <= size <= 2.5 * (bottom - top) and bottom - top > 12:
        return top, bottom
    return base - _LINE_SHARE * size, base + (1 - _LINE_SHARE) * size


@cache
def _engine() -> tesserocr.PyTessBaseAPI:
    try:
        import tesserocr
    except ImportError:
        raise OcrMissing("The Python package tesserocr is not installed.") from None
    folder = model_folder()
    if folder is None:
        raise OcrMissing(f"Tesseract's language file {LANGUAGE}.traineddata is not installed.")
    try:
        engine = tesserocr.PyTessBaseAPI(
            path=f"{folder}/",
            lang=LANGUAGE,
            psm=tesserocr.PSM.SINGLE_COLUMN,
            oem=tesserocr.OEM.LSTM_ONLY,
        )
    except RuntimeError as error:
        raise OcrMissing(f"Tesseract does not start: {error}.") from None
    for name, value in _SET.items():
        engine.SetVariable(name, value)
    return engine
