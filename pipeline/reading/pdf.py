"""PDF → ``RawDocument``, or a ``Draft`` where pages have to be read by OCR.

In: the file's bytes.  Out: lines in reading order with word boxes in points from the page's top
left; the text of stamps, signature widgets and FreeText annotations stands at its place, tables
with drawn rulings come as cells, and the lines of a paragraph are marked as belonging together.
Page by page it is decided whether the text layer is believed (``reading.text_trust``); a page
without one, or with a bad one, is asked of OCR, which draws it with ``picture``.

PDFium reads (30 to 40 times faster than pdfminer); the input is never written to.  One thread per
process only: PDFium is not thread-safe.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import Damaged, Encrypted, TooLarge
from pipeline.reading import (
    pdf_layout,
    pdf_signatures,
    pdf_tables,
    pdf_words,
    text_trust,
)
from pipeline.reading.document import Notice, RawDocument
from pipeline.reading.pages import Draft, ReadPage, Wanted
from pipeline.reading.pdf_words import PageWord
from pipeline.settings import settings

if TYPE_CHECKING:
    from pipeline.reading.picture import Picture

_COVERS = 0.6  # share of the page that a picture of it covers


def read(data: bytes) -> RawDocument | Draft:
    """Read the text layer of a PDF.

    Args:
        data: the whole file.

    Returns:
        The raw lines; a draft where some pages have no text layer that can be believed.

    Raises:
        Encrypted: a password other than the empty one is needed.
        Damaged: PDFium cannot open it, or its end is missing.
        TooLarge: more pages or characters than the settings allow.
    """
    document = _open(data)
    try:
        signer, time = pdf_signatures.read(document, data)
        draft = Draft(
            __name__,
            [],
            [],
            engines={"pypdfium2": version("pypdfium2")},
            signature_signer=signer,
            signature_time=time,
        )
        characters = 0
        for index in range(len(document)):
            page, wanted = _read_page(document, index)
            characters += sum(len(word.text) + 1 for row in page.rows for word in row.words)
            if characters > settings().max_characters:
                raise TooLarge(
                    f"More than {settings().max_characters} characters "
                    f"(KEHOACH_MAX_CHARACTERS) up to page {index + 1}."
                )
            draft.pages.append(page)
            if wanted is not None:
                draft.wanted.append(wanted)
    finally:
        document.close()
    return draft if draft.wanted else draft.finish()


def picture(path: str, index: int, max_pixels: int) -> Picture:
    """Draw one page as it is printed, stamps and signature widgets included.

    Args:
        path: the PDF.
        index: page index from 0.
        max_pixels: bound on the drawing; the resolution is lowered to keep it.
    """
    from pipeline.reading.picture import Picture, resolution

    document = pdfium.PdfDocument(path)
    try:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        page, _ = pdf_words.flatten(document, index)
        width, height = page.get_size()
        dpi, lowered = resolution(width, height, max_pixels)
        bitmap = page.render(scale=dpi / 72)
        return Picture(bitmap.to_numpy(), dpi, width, height, lowered)
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    tail = data[data.rfind(b"%%EOF") :] if b"%%EOF" in data else None
    if tail is None or b" obj" in tail:
        raise Damaged("The PDF ends early: part of it is missing.")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted("The PDF opens only with a password.") from None
        raise Damaged("The PDF cannot be opened: its structure is broken.") from None
    count = len(document)
    if count == 0:
        document.close()
        raise Damaged("The PDF has no pages.")
    if count > settings().max_pages:
        document.close()
        raise TooLarge(f"{count} pages, more than {settings().max_pages} (KEHOACH_MAX_PAGES).")
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()
    return document


def _read_page(document: pdfium.PdfDocument, index: int) -> tuple[ReadPage, Wanted | None]:
    number = index + 1
    try:
        page, own_text = pdf_words.flatten(document, index)
    except pdfium.PdfiumError:
        notice = Notice("page-unreadable", f"Page {number} cannot be opened.", number)
        return ReadPage(number, 595.0, 842.0, notices=[notice]), None
    try:
        width, height = page.get_size()
        result = ReadPage(number, round(width, 2), round(height, 2))
        place = pdf_words.placement(page)
        textpage = page.get_textpage()
        try:
            found, result.legacy = pdf_words.words(textpage, place)
        finally:
            textpage.close()
        own_text = bool(found) if own_text is None else own_text
        result.words = len(found) if own_text else 0  # a scan stays one under a signature's stamp
        wanted = _wanted(page, index, found, result)
        if not found:
            return result, wanted
        rulings = pdf_words.rulings(page, place)
        if pdf_tables.may_hold_table(rulings):
            result.grids, found = pdf_tables.grids(rulings, found)
            result.engines = {"pdfplumber": version("pdfplumber")} if result.grids else {}
        result.rows = pdf_layout.in_reading_order(pdf_layout.rows(found))
        return result, wanted
    finally:
        page.close()


def _wanted(
    page: pdfium.PdfPage, index: int, found: list[PageWord], result: ReadPage
) -> Wanted | None:
    """Whether the page is to be read by OCR; its own words then stand where OCR sees them."""
    number = index + 1
    if not result.words:
        if pdfium_c.FPDFPage_CountObjects(page):
            return Wanted(index, found)
        result.notices.append(Notice("page-without-text", f"Page {number} has no text.", number))
        return None
    covered = pdf_words.picture_share(page) >= _COVERS
    trust = text_trust.judge([word.text for word in found], picture=covered)
    if not trust.why:
        return None
    if trust.stamp:
        return Wanted(index, found)
    result.confidence = trust.score
    result.notices.append(Notice("doubtful-text-layer", f"Page {number}: {trust.why}.", number))
    return Wanted(index, [], trust.why)
