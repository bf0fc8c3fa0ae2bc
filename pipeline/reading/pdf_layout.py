"""Words of a page → its rows in reading order, and which rows continue a paragraph.

In: words with boxes (points from the top left).  Out: ``Row`` values, top to bottom, except where
NĐ 30/2020 prints two columns side by side: the letterhead (issuer and number | Quốc hiệu, place
and date) and the signature block (Nơi nhận | authority, position, name).  Those are read the left
column whole, then the right one; everything else across, because a wide gap in an ordinary row is
a blank to fill in, not a column.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from pipeline.reading.document import Box
from pipeline.reading.pdf_words import PageWord

Column = Literal["body", "left", "right"]

_GUTTER = 6.0  # least width of the white between two columns, points
_SAME_ROW = 0.45  # share of the lower word's height that must overlap
_REACH = 60.0  # how far above an anchor row its block may begin, points

_MOTTO = re.compile(r"CONG HOA XA HOI|DANG CONG SAN VIET NAM|DOC LAP ?[-–] ?TU DO")
_RECIPIENTS = re.compile(r"^(?:KINH )?NOI NHAN ?:?")
_AUTHORITY = re.compile(
    r"^(?:(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\s?[.,]|(?:PHO |QUYEN |THU )?(?:CHU TICH|CHANH|GIAM DOC"
    r"|BO TRUONG|TRUONG|CHU NHIEM|BI THU|TONG|CUC TRUONG|VIEN TRUONG|THU TRUONG)\b)"
)
_DATE = re.compile(r"\bNGAY\b.{0,16}\bTHANG\b.{0,14}\bNAM\b")
_NUMBER = re.compile(r"^(?:LUAT )?SO\s?:?")
_ABOUT = re.compile(r"^V/\s?V\b|^VE VIEC\b")
_TITLE = re.compile(
    r"^(?:KE HOACH|QUYET DINH|THONG BAO|BAO CAO|CHI THI|NGHI QUYET|CHUONG TRINH|TO TRINH|DE AN"
    r"|PHU LUC|HUONG DAN|PHUONG AN|CONG DIEN|KINH GUI)\b"
)
_TITLE_ALONE = re.compile(_TITLE.pattern + r"(?: [IVX\d]+)?[.:]?$")
_MARKER = re.compile(
    r"(?:[-–+•●▪*]|[IVX]{1,6}[.)/]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}"
    r"|[a-zđ][.)]|[A-ZĐ][.)]|\([a-zđ\d]{1,2}\))$|(?:Điều|Phần|Chương|Mục|PHẦN|CHƯƠNG|ĐIỀU)$"
)
_FINISHED = re.compile(r"[.;:!?…][”\")\]]*$")
_DIGITS = re.compile(r"[-–\s]*\d{1,4}[-–\s]*$")
_DASHES = ("-", "–", "+")
_BLANK = 40.0  # a gap between words that no justified line has, points
_SLASH = re.compile(r"/[A-ZĐa-z\d]")


@dataclass(slots=True)
class Row:
    """Words on one baseline, in one column."""

    words: list[PageWord]
    column: Column = "body"
    joins: bool | None = None
    _text: tuple[str, list[int]] | None = field(default=None, repr=False, compare=False)
    _plain: str | None = field(default=None, repr=False, compare=False)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return max(word.height for word in self.words)

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def widest_gap(self) -> float:
        gaps = (after.x0 - word.x1 for word, after in itertools.pairwise(self.words))
        return max(gaps, default=0.0)

    def text(self) -> tuple[str, list[int]]:
        """The row's text and where each word starts in it.

        A number that an annotation put before its symbol is joined to it: "Số: 12/KH-UBND".
        """
        if self._text is not None:
            return self._text
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for index, word in enumerate(self.words):
            if index:
                before = self.words[index - 1].text
                glued = before[-1:].isdigit() and _SLASH.match(word.text)
                if not (glued and fold(parts[0]).startswith(("SO", "LUAT"))):
                    parts.append(" ")
                    length += 1
            starts.append(length)
            parts.append(word.text)
            length += len(word.text)
        self._text = ("".join(parts), starts)
        return self._text

    def plain(self) -> str:
        """Its text in capitals without marks, for anchors."""
        if self._plain is None:
            self._plain = fold(" ".join(word.text for word in self.words))
        return self._plain


@dataclass(slots=True)
class Margins:
    """Left and right edge of the text block, points."""

    left: float
    right: float

    def centred(self, row: Row) -> bool:
        middle = (self.left + self.right) / 2
        inset = min(row.x0 - self.left, self.right - row.x1)
        return inset > 12 and abs((row.x0 + row.x1) / 2 - middle) < 8


_UNMARKED: dict[int, str | None] = {ord("Đ"): "D"} | dict.fromkeys(range(0x300, 0x370))
_UNMARKED |= {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))
    if unicodedata.decomposition(chr(code)).count(" ") == 1
}


def fold(text: str) -> str:
    """Upper case without Vietnamese marks."""
    return text.upper().translate(_UNMARKED)


def rows(words: list[PageWord]) -> list[Row]:
    """Group words by baseline; rows from top to bottom, words from left to right."""
    found: list[_Band] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        best, most = None, 0.0
        for band in reversed(found[-6:]):
            share = band.overlap(word)
            if share > most:
                best, most = band, share
                if share > 0.9:
                    break
        if best is None or most < _SAME_ROW:
            found.append(_Band([word], word.top, word.bottom))
        else:
            best.add(word)
    result = [Row(sorted(band.words, key=lambda w: w.x0)) for band in found]
    result.sort(key=lambda row: (row.top + row.bottom, row.x0))
    return result


@dataclass(slots=True)
class _Band:
    words: list[PageWord]
    top: float
    bottom: float

    def overlap(self, word: PageWord) -> float:
        top, bottom = word.top, word.bottom
        low = min(self.bottom - self.top, bottom - top) or 1.0
        lower = bottom if bottom < self.bottom else self.bottom
        upper = top if top > self.top else self.top
        return (lower - upper) / low

    def add(self, word: PageWord) -> None:
        """Follow the last word, so that a slightly skewed row stays one row."""
        self.words.append(word)
        if abs(word.top - self.top) < 1 and abs(word.bottom - self.bottom) < 1:
            return
        near = [w for w in self.words if abs(w.x0 - word.x0) < 150]
        self.top = sum(w.top for w in near) / len(near)
        self.bottom = sum(w.bottom for w in near) / len(near)


def in_reading_order(found: list[Row]) -> list[Row]:
    """Rows in reading order: two-column blocks column by column."""
    result: list[Row] = []
    at = 0
    while at < len(found):
        block = _letterhead(found, at) or _signature(found, at)
        if block is None:
            result.append(found[at])
            at += 1
            continue
        result.extend(block.left)
        result.extend(block.right)
        at = block.end
    return result


@dataclass(slots=True)
class _Block:
    """Two columns while they are being found: the white between them only ever narrows."""

    low: float
    high: float
    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)
    end: int = 0

    def take(self, row: Row) -> bool:
        """Divide a row between the columns; False where it runs across both."""
        low, high = self.low, self.high
        sides: dict[str, list[PageWord]] = {"left": [], "right": []}
        for run in _runs(row):
            start, end = run[0].x0, run[-1].x1
            if end <= low or (start < low and end <= high):
                side = "left"
            elif start >= high or (end > high and start > low):
                side = "right"
            elif start < low and end > high:
                return False
            else:
                side = "left" if start - low < high - end else "right"
            sides[side].extend(run)
            if side == "left":
                low = max(low, end)
            else:
                high = min(high, start)
        if high - low < _GUTTER:
            return False
        self.low, self.high = low, high
        if sides["left"]:
            self.left.append(Row(sides["left"], "left"))
        if sides["right"]:
            self.right.append(Row(sides["right"], "right"))
        return True


def _runs(row: Row) -> list[list[PageWord]]:
    """A row cut at gaps that are wider than any space between words."""
    runs = [[row.words[0]]]
    for word in row.words[1:]:
        if word.x0 - runs[-1][-1].x1 > max(_GUTTER, 0.5 * word.height):
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def _letterhead(found: list[Row], at: int) -> _Block | None:
    """The block that starts at row ``at`` and holds the Quốc hiệu in its right column."""
    first = found[at]
    anchor = next(
        (
            i
            for i in range(at, min(at + 4, len(found)))
            if found[i].top - first.bottom < _REACH and _MOTTO.search(found[i].plain())
        ),
        None,
    )
    if anchor is None:
        return None
    motto = _motto_start(found[anchor])
    if anchor > at and (first.x1 > motto or found[at + 1].top - first.bottom > 1.5 * first.height):
        return None  # a stamp above the letterhead stays a row of its own
    block = _Block(min(found[anchor].x0, motto - 3 * _GUTTER, first.x0), motto)
    last, seen_date, about = anchor, False, False
    for index in range(at, len(found)):
        row = found[index]
        text = row.plain()
        if index > anchor and (row.top - found[anchor].bottom > 150 or _TITLE.match(text)):
            break
        before = (len(block.left), len(block.right))
        if not block.take(row):
            break
        both = len(block.left) > before[0] and len(block.right) > before[1]
        only_left = len(block.right) == before[1]
        close = row.top - found[index - 1].bottom < row.height
        about = only_left and (bool(_ABOUT.match(text)) or (about and close))
        wanted = (
            index <= anchor
            or both
            or bool(_DATE.search(text) or _MOTTO.search(text))
            or about
            or (only_left and not seen_date)
        )
        seen_date = seen_date or bool(_DATE.search(text))
        if wanted:
            last = index
        elif seen_date:
            del block.left[before[0] :], block.right[before[1] :]
            break
    block.end = last + 1
    if not block.left or not block.right:
        return None
    limit = found[last].bottom + 0.5
    block.left = [row for row in block.left if row.top < limit]
    block.right = [row for row in block.right if row.top < limit]
    return block


def _motto_start(row: Row) -> float:
    """Where the motto's first word stands: behind the widest gap before it."""
    for index in range(len(row.words)):
        if _MOTTO.match(fold(" ".join(word.text for word in row.words[index:]))):
            return row.words[index].x0
    return row.x0


def _signature(found: list[Row], at: int) -> _Block | None:
    """The block of Nơi nhận and the signer, from row ``at`` to where a row runs across."""
    anchor = None
    for index in range(at, min(at + 4, len(found))):
        if found[index].top - found[at].bottom > _REACH:
            break
        if _RECIPIENTS.match(found[index].plain()):
            anchor = index
            break
        if not _AUTHORITY.match(found[index].plain()):
            return None
    if anchor is None:
        return None
    row = found[anchor]
    head = next(i for i, word in enumerate(row.words) if fold(word.text).startswith("NHAN"))
    edge = row.words[head].x1
    if anchor > at and any(above.x0 < edge + _GUTTER for above in found[at:anchor]):
        return None
    right = max(other.x1 for other in found[at:])
    block = _Block(edge, max(right - 20, edge + 2 * _GUTTER))
    index = at
    while index < len(found):
        below = found[index]
        if index > anchor and (_TITLE.match(below.plain()) or _MOTTO.search(below.plain())):
            break
        if not block.take(below):
            break
        index += 1
    block.end = index
    return block if block.left and index > anchor else None


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
    lower = text.lstrip("(“\"'")[:1].islower()
    marker = bool(_MARKER.match(row.words[0].text)) and len(row.words) > 1
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
        return not _AUTHORITY.match(fold(text))
    wide = before.x1 - before.x0 > 0.6 * (edges.right - edges.left)
    return lower or (wide and not previous.isupper())


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
