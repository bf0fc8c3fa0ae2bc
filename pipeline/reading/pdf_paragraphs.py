"""Rows of a page → which of them go on with the paragraph before.

In: rows in reading order and the edges of the text block (points).  Out: ``Row.joins`` set.  The
geometry knows what words cannot: a justified line ends early only where its paragraph ends.
"""

from __future__ import annotations

import itertools
import re
import statistics
from dataclasses import dataclass

from pipeline.reading.paragraphs import OPENS
from pipeline.reading.pdf_layout import AUTHORITY, TITLE, Row, fold

_TITLE_ALONE = re.compile(TITLE.pattern + r"(?: [IVX\d]+)?[.:]?$")
_MARKER = re.compile(
    r"(?:[-–+•●▪*]|[IVX]{1,6}[.)/]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}"
    r"|[a-zđ][.)]|[A-ZĐ][.)]|\([a-zđ\d]{1,2}\))$|(?:Điều|Phần|Chương|Mục|PHẦN|CHƯƠNG|ĐIỀU)$"
)
_FINISHED = re.compile(r"[.;:!?…][”\")\]]*$")
_DIGITS = re.compile(r"[-–\s]*\d{1,4}[-–\s]*$")
_DASHES = ("-", "–", "+")
_BLANK = 40.0  # a gap between words that no justified line has, points


@dataclass(slots=True)
class Margins:
    """Left and right edge of the text block, points."""

    left: float
    right: float

    def centred(self, row: Row) -> bool:
        middle = (self.left + self.right) / 2
        inset = min(row.x0 - self.left, self.right - row.x1)
        return inset > 12 and abs((row.x0 + row.x1) / 2 - middle) < 8


def margins(found: list[Row], width: float) -> Margins | None:
    """Left and right edge of the text block, by where several rows agree.

    Args:
        found: the rows of all pages of one size.
        width: width of these pages, points.  Where the rows are too few to show the text block,
            NĐ 30/2020's margins (30 and 15 mm on A4) stand in.
    """
    body = [row for row in found if row.column == "body"]
    if not body:
        return None
    left = _agreed(sorted(row.x0 for row in body))
    right = -_agreed(sorted(-row.x1 for row in body))
    if right - left < 0.55 * width:
        return Margins(min(left, 0.143 * width), max(right, 0.929 * width))
    return Margins(left, right)


def _agreed(values: list[float]) -> float:
    """The outermost value near which at least three rows (or all few of them) stand."""
    enough = min(3, len(values))
    for value in values:
        if sum(1 for other in values if abs(other - value) <= 3) >= enough:
            return value
    return values[0]


def set_joins(found: list[Row], edges: Margins | None) -> None:
    """Say for every row but the first whether it goes on with the paragraph before it.

    ``edges`` is ``None`` on pages that have no rows outside of two-column blocks.
    """
    pitches = sorted(
        after.top - before.top
        for before, after in itertools.pairwise(found)
        if before.column == after.column == "body" and after.top > before.top
    )
    pitch = pitches[len(pitches) // 3] if pitches else 0.0
    first, item = True, False
    for index in range(1, len(found)):
        before, row = found[index - 1], found[index]
        item = before.words[0].text in _DASHES or (item and bool(before.joins))
        if before.column != row.column:
            row.joins, first = False, True
        elif row.column == "body" and edges is not None:
            row.joins = continues(before, row, edges, pitch, first=first)
            first = not row.joins
        else:
            row.joins = _column_continues(before, row, item=item)


def continues(
    before: Row, row: Row, edges: Margins, pitch: float, *, first: bool, new_page: bool = False
) -> bool:
    """Is ``row`` the next line of the paragraph that ``before`` belongs to?

    The test that decides most: a line ends early only where the paragraph ends, so if the first
    word of ``row`` had room at the end of ``before``, a new paragraph begins.
    """
    text, previous = row.text()[0], before.text()[0]
    if OPENS.match(text):
        return False
    lower = text.lstrip("(“\"'")[:1].islower()
    marker = bool(_MARKER.match(row.words[0].text)) and len(row.words) > 1
    below_title = edges.centred(row) and _TITLE_ALONE.match(before.plain())
    # Of most words: OCR puts single ones too high where a stamp stands beside them.
    top = statistics.median(word.top for word in row.words)
    near = top - statistics.median(word.bottom for word in before.words) < row.height
    if lower and near and not (marker or below_title or _FINISHED.search(previous)):
        return True  # no paragraph of a plan begins with a small letter
    if edges.centred(row) or (edges.centred(before) and not _flush(before, edges)):
        return _title_continues(before, row, edges, lower=lower, marker=marker)
    if not new_page and pitch and row.top - before.bottom > 2 * pitch:
        return False
    if before.widest_gap > _BLANK or row.widest_gap > _BLANK:
        return False  # columns set with tabs
    room = edges.right - before.x1
    if room > row.words[0].x1 - row.x0 + 0.25 * row.height + 2:
        return lower and not marker and not _FINISHED.search(previous) and room < 90
    indent, earlier = row.x0 - edges.left, before.x0 - edges.left
    item = _MARKER.match(before.words[0].text) and len(before.words) > 1 and not marker
    if item and abs(row.x0 - before.words[1].x0) < 4:
        return True  # hanging under the text of a list item
    if indent > 6 and row.x0 > before.x0 + 6:
        return False  # first-line indent
    if marker and (_FINISHED.search(previous) or (abs(indent - earlier) < 6 and indent > 6)):
        return False
    if indent > 6 and abs(indent - earlier) < 6 and not lower:
        wide = row.top - before.top > 1.15 * pitch if pitch and not new_page else False
        return not (wide or (first and bool(_FINISHED.search(previous))))
    return True


def _flush(row: Row, edges: Margins) -> bool:
    return row.x0 - edges.left < 45 and edges.right - row.x1 < 12


def _title_continues(before: Row, row: Row, edges: Margins, *, lower: bool, marker: bool) -> bool:
    if not (edges.centred(before) and edges.centred(row)) or marker:
        return False
    previous, text = before.text()[0], row.text()[0]
    if _FINISHED.search(previous) or row.top - before.bottom > 1.2 * row.height:
        return False
    if _TITLE_ALONE.match(before.plain()):
        return False
    if previous.isupper() and text.isupper():
        return not AUTHORITY.match(fold(text))
    wide = before.x1 - before.x0 > 0.6 * (edges.right - edges.left)
    return lower or (wide and not previous.isupper() and not text.isupper())


def _column_continues(before: Row, row: Row, *, item: bool) -> bool:
    """In a letterhead or signature column: lists and offices stay line by line."""
    text, previous = row.text()[0], before.text()[0]
    if _MARKER.match(row.words[0].text) or (row.column == "right" and row.top - before.bottom > 20):
        return False
    if fold(previous) in ("UY BAN NHAN DAN", "HOI DONG NHAN DAN", "DOAN DAI BIEU QUOC HOI"):
        return bool(re.match(r"(?:TINH|THANH PHO|HUYEN|QUAN|XA|PHUONG|THI XA)\b", fold(text)))
    if text[:1].islower():
        return not previous.rstrip().endswith((";", "./.", ":"))
    return item and not _FINISHED.search(previous)


def is_page_number(row: Row) -> bool:
    """Only an integer, perhaps between dashes."""
    return bool(_DIGITS.match(row.text()[0]))
