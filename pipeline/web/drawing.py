"""The child process that draws pages of foreign files as pictures.

In: a JSON line (path, format, page, width, limits).  Out: a JPEG, or "!" and a JSON line that says
what went wrong.  It answers with bytes only, so that nothing of it has to be unpickled.
"""

from __future__ import annotations

import io
import json
import math

from pipeline import children
from pipeline.errors import Damaged, KehoachError, ReaderCrashed

REFUSED = b"!"
_QUALITY = 84


def draw(path: str, kind: str, index: int, width: int, max_pixels: int) -> bytes:
    """One page as a JPEG.

    Args:
        path: the file.
        kind: "pdf" or "image".
        index: page, from 0.
        width: wanted, in pixels.
        max_pixels: bound on the picture.

    Raises:
        KehoachError: the page cannot be drawn.
    """
    from PIL import Image

    if kind == "pdf":
        found = _pdf(path, index, width, max_pixels)
    else:
        from pipeline.reading.image import picture

        pixels = picture(path, index, max_pixels).pixels
        found = Image.fromarray(pixels[..., ::-1] if pixels.ndim == 3 else pixels)
        if found.width > width:
            found = found.resize((width, max(1, round(found.height * width / found.width))))
    made = io.BytesIO()
    found.convert("RGB").save(made, "JPEG", quality=_QUALITY, subsampling=0)
    return made.getvalue()


def _pdf(path: str, index: int, width: int, max_pixels: int):  # type: ignore[no-untyped-def]
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdfium_c

    document = pdfium.PdfDocument(path)
    try:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        page = document[index]
        across, down = page.get_size()
        if across <= 0 or down <= 0:
            raise Damaged("The page has no size.")
        scale = min(width / across, math.sqrt(max_pixels / (across * down)))
        return page.render(scale=scale).to_pil()
    except pdfium.PdfiumError as error:
        raise Damaged(f"The page cannot be drawn: {error}.") from None
    finally:
        document.close()


def _answer(body: bytes) -> tuple[bytes, bool]:
    wanted = json.loads(body)
    seconds, memory = wanted.pop("seconds"), wanted.pop("memory")
    error: KehoachError
    try:
        children.limit(seconds, memory, children.address_space())
        return draw(**wanted), False
    except KehoachError as found:
        error = found
    except MemoryError:
        error = ReaderCrashed("Drawing the page took more memory than it may.")
    except Exception as found:
        error = Damaged(f"The page cannot be drawn ({type(found).__name__}).")
    line = json.dumps({"code": error.code, "message": str(error)})
    return REFUSED + line.encode(), isinstance(error, ReaderCrashed)


def main() -> None:
    """Draw until the parent is gone."""
    children.serve(_answer)
