"""Digital PDF → scan with known truth: one picture per page, worn as paper is, no text layer.

In: the bytes of any PDF, or a ``SamplePlan``; a ``Look``, which names every defect with its unit;
a seed.  Out: a PDF or picture file, the same bytes each time with the same libraries.  What the
page says is what the digital file says, so its truth is the truth of the scan; what is put on top
(stamps, signature block) is none of the document's own words.
"""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from pipeline.samples import fonts as faces
from pipeline.samples import ink, pdf, wear
from pipeline.samples.ink import Page
from pipeline.samples.look import CLEAN, Figure, Look
from pipeline.samples.sample import SamplePlan

PictureForm = Literal["png", "jpeg", "tiff"]

_FIGURES: tuple[Figure, ...] = ("number", "day", "month")
_RING = "ỦY BAN NHÂN DÂN"
_PLAIN = str.maketrans("đĐ", "dD", "\\()")


def scan_plan(
    plan: SamplePlan, look: Look = CLEAN, *, seed: int | None = None,
    fonts: faces.Fonts | None = None,
) -> bytes:  # fmt: skip
    """A sample plan as a scanned PDF; its truth is ``truth.gold(plan)``.

    Args:
        plan: what to print and scan; a draft with blanks has no figures to write by hand.
        look: see ``Look``.
        seed: of the wear; the plan's own by default.
        fonts: faces to print with.
    """
    printed = pdf.render(plan, fonts=fonts, issued_as="freetext" if look.handwritten else "text")
    issuer = plan.facts.issuer.replace("UBND", "Ủy ban nhân dân").upper()
    look = replace(look, ring=look.ring or issuer)
    return scan(printed, look, seed=plan.seed if seed is None else seed)


def scan(data: bytes, look: Look = CLEAN, *, seed: int = 0) -> bytes:
    """A digital PDF as a scanned PDF.

    Args:
        data: the PDF; handwriting needs its figures as annotations, see ``Look``.
        look: see ``Look``.
        seed: of everything that is drawn at random.
    """
    out = pikepdf.new()
    with pikepdf.open(io.BytesIO(data)) as source, pdfium.PdfDocument(data) as words:
        for index, page in enumerate(_scanned(data, look, seed)):
            if page is None:
                out.pages.append(source.pages[index])
                continue
            layer = _bad_layer(words[index]) if look.hidden_text else b""
            _append(out, page, look, layer)
        target = io.BytesIO()
        out.save(target, deterministic_id=True, static_id=False)
    return target.getvalue()


def picture(data: bytes, form: PictureForm, look: Look = CLEAN, *, seed: int = 0) -> bytes:
    """The scan as a picture file: TIFF holds all pages, PNG and JPEG the first."""
    pages = [_image(page, look) for page in _scanned(data, replace(look, digital=()), seed)
             if page is not None]  # fmt: skip
    target = io.BytesIO()
    if form == "tiff":
        pack = "group4" if look.mode == "mono" else "tiff_lzw"
        pages[0].save(
            target, "TIFF", save_all=True, append_images=pages[1:], dpi=(look.dpi, look.dpi),
            compression=pack,
        )  # fmt: skip
    elif form == "jpeg":
        first = pages[0].convert("L") if look.mode == "mono" else pages[0]
        first.save(target, "JPEG", quality=look.jpeg or 95, dpi=(look.dpi, look.dpi))
    else:
        pages[0].save(target, "PNG", dpi=(look.dpi, look.dpi))
    return target.getvalue()


def pages(data: bytes, look: Look = CLEAN, *, seed: int = 0) -> Iterator[Page]:
    """The scanned pages as RGB arrays, before they are packed; digital pages are left out."""
    return (page for page in _scanned(data, look, seed) if page is not None)


def _scanned(data: bytes, look: Look, seed: int) -> Iterator[Page | None]:
    """Each page inked and worn, None where it stays digital."""
    written = _take_figures(data, look.handwritten) if look.handwritten else (data, {})
    with pdfium.PdfDocument(written[0]) as document:
        document.init_forms()
        signing = _signing_place(document)
        for index in range(len(document)):
            if index + 1 in look.digital:
                yield None
                continue
            rng = np.random.default_rng([seed, index])
            page = _render(document[index], look.dpi)
            size = document[index].get_size()
            signed_at = signing[1] if signing and signing[0] == index else None
            _put_ink(page, look, rng, index, size, signed_at, written[1].get(index, ()))
            back = None
            if look.bleed:
                back = _render(document[(index + 1) % len(document)], look.dpi)
            worn = _wear(page, back, look, rng)
            yield wear.turn(worn, look.turns[index % len(look.turns)])


def _render(page: pdfium.PdfPage, dpi: int) -> Page:
    return np.ascontiguousarray(np.array(page.render(scale=dpi / 72).to_pil().convert("RGB")))


def _put_ink(
    page: Page, look: Look, rng: np.random.Generator, index: int, size: tuple[float, float],
    signed_at: ink.Point | None, figures: Any,
) -> None:  # fmt: skip
    width, height = size
    for words, left, baseline, tall in figures:
        ink.handwrite(page, look.dpi, rng, words, (left, baseline), tall, look.pen)
    if index == 0 and look.stamp:
        ink.receiving_stamp(page, look.dpi, rng, (24, height * 0.19), look.stamp, look.stamp_ink)
    if index == 0 and look.block:
        ink.signed_block(page, look.dpi, (width * 0.72, 12), *look.block)
    if signed_at and look.signed:
        ink.signature(page, look.dpi, rng, (signed_at[0] + 20, signed_at[1]), 95, look.pen)
    if signed_at and "signature" in look.seals:
        ink.seal(page, look.dpi, rng, (signed_at[0] - 34, signed_at[1]), look.ring or _RING, 100)
    if index == 0 and "body" in look.seals:
        ink.seal(page, look.dpi, rng, (width * 0.4, height * 0.62), look.ring or _RING, 100)
    if "edge" in look.seals:
        ink.seal(page, look.dpi, rng, (width, height * 0.55), look.ring or _RING, 100)


def _wear(page: Page, back: Page | None, look: Look, rng: np.random.Generator) -> Page:
    """The defects in the order in which copying and scanning make them."""
    if back is not None:
        page = wear.bleed(page, back, look.bleed)
    if (look.black, look.white) != (0, 255):
        page = wear.fade(page, look.black, look.white)
    if look.fold:
        page = wear.fold(page, look.dpi, look.fold)
    if look.holes:
        page = wear.holes(page, look.dpi)
    if look.skew:
        page = wear.skew(page, look.skew * float(rng.uniform(0.9, 1.1)))
    if look.keystone:
        page = wear.keystone(page, rng, look.keystone)
    if look.shade:
        page = wear.shade(page, rng, look.shade)
    if look.border:
        page = wear.border(page, look.dpi, rng, look.border)
    if look.specks:
        page = wear.specks(page, look.dpi, rng, look.specks)
    if look.blur:
        page = wear.blur(page, look.blur)
    if look.noise:
        page = wear.noise(page, rng, look.noise)
    return page


def _signing_place(document: pdfium.PdfDocument) -> tuple[int, ink.Point] | None:
    """(0-based page, point) between position and name, from where "Nơi nhận" stands."""
    for index in reversed(range(len(document))):
        page = document[index]
        words = page.get_textpage()
        found = words.search("Nơi nhận", match_case=True).get_next()
        if found is None:
            continue
        width, height = page.get_size()
        first = words.get_charbox(found[0])
        under = [
            box for n in range(words.count_chars())
            if (box := words.get_charbox(n))[0] > width * 0.55 and box[3] <= first[3] + 6
            and box[3] > box[1]
        ]  # fmt: skip
        if not under:
            continue
        name = min(box[1] for box in under)
        line = [box for box in under if box[1] < name + 8]
        middle = (min(box[0] for box in line) + max(box[2] for box in line)) / 2
        return index, (middle, height - name - 38)
    return None


def _take_figures(
    data: bytes, wanted: tuple[Figure, ...]
) -> tuple[bytes, dict[int, list[tuple[str, float, float, float]]]]:
    """Take the annotations that are to be written by hand off the pages.

    Returns:
        The PDF without them, and per 0-based page (figures, left, baseline, height) in points.
    """
    taken: dict[int, list[tuple[str, float, float, float]]] = {}
    with pikepdf.open(io.BytesIO(data)) as document:
        for index, page in enumerate(document.pages):
            notes = [
                note for note in page.get("/Annots", []) if note.get("/Subtype") == "/FreeText"
            ]
            keep = []
            for figure, note in zip(_FIGURES, notes, strict=False):
                if figure not in wanted:
                    keep.append(note)
                    continue
                left, bottom, _, top = (float(edge) for edge in note["/Rect"])
                place = float(page.mediabox[3]) - bottom - (top - bottom) * 0.15
                entry = (str(note["/Contents"]), left - 3, place, (top - bottom) * 0.95)
                taken.setdefault(index, []).append(entry)
            if len(keep) < len(notes):
                page["/Annots"] = pikepdf.Array(keep)
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
    return target.getvalue(), taken


def _image(page: Page, look: Look) -> Image.Image:
    if look.mode == "mono":
        return Image.fromarray(wear.mono(page)).convert("1", dither=Image.Dither.NONE)
    return Image.fromarray(wear.grey(page) if look.mode == "grey" else page)


def _append(out: pikepdf.Pdf, page: Page, look: Look, layer: bytes) -> None:
    """One more page that shows the picture, over an invisible text layer if there is one."""
    image = _image(page, look)
    if look.jpeg is not None and look.mode != "mono":
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=look.jpeg, dpi=(look.dpi, look.dpi))
        data, coding = packed.getvalue(), "/DCTDecode"
    else:
        data, coding = zlib.compress(image.tobytes(), 9), "/FlateDecode"
    stream = pikepdf.Stream(out, data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.width, image.height
    stream.ColorSpace = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
    stream.BitsPerComponent = 1 if image.mode == "1" else 8
    stream.Filter = pikepdf.Name(coding)
    width, height = image.width * 72 / look.dpi, image.height * 72 / look.dpi
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    show = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do Q".encode()
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=stream))
    if layer:
        resources.Font = pikepdf.Dictionary(Bad=font)
    sheet = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, round(width, 3), round(height, 3)],
        Resources=resources, Contents=pikepdf.Stream(out, layer + show),
    )  # fmt: skip
    out.pages.append(pikepdf.Page(out.make_indirect(sheet)))


def _bad_layer(page: pdfium.PdfPage) -> bytes:
    """The page's lines without tones, invisible, as an English OCR would have left them."""
    words = page.get_textpage()
    rows = [b"BT 3 Tr "]
    for index in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(index)
        letters = unicodedata.normalize("NFD", words.get_text_bounded(left, bottom, right, top))
        plain = "".join(c for c in letters if not unicodedata.combining(c))
        plain = plain.translate(_PLAIN)
        line = plain.encode("ascii", "ignore").replace(b"\r", b"").replace(b"\n", b" ")
        size = max(top - bottom, 4)
        rows.append(b"/Bad %.1f Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj " % (size, left, bottom, line))
    return b"".join([*rows, b"ET\n"])
