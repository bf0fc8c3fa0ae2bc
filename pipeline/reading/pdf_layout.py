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
_SAME_BASELINE = 0.35  # share of the lower word's height by which bottoms may differ
_SAME_ROW = 0.45  # share of the lower word's height that must overlap where bottoms differ more
_REACH = 60.0  # how far above an anchor row its block may begin, points

_MOTTO = re.compile(r"CONG HOA XA HOI|DANG CONG SAN VIET NAM|DOC LAP ?[-–] ?TU DO")
_RECIPIENTS = re.compile(r"^(?:KINH |\W{0,2}[A-Z]?)(?:NOI|VOI) NHAN ?:?")  # OCR: ".Vơi nhận"
AUTHORITY = re.compile(
    r"^(?:(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\s?[.,]|(?:PHO |QUYEN |THU )?(?:CHU TICH|CHANH|GIAM DOC"
    r"|BO TRUONG|TRUONG|CHU NHIEM|BI THU|TONG|CUC TRUONG|VIEN TRUONG|THU TRUONG)\b)"
)
_DATE = re.compile(r"\bNGAY\b.{0,16}\bTHANG\b.{0,14}\bNAM\b")
_ABOUT = re.compile(r"^V/\s?V\b|^VE VIEC\b")
TITLE = re.compile(
    r"^(?:KE HOACH|QUYET DINH|THONG BAO|BAO CAO|CHI THI|NGHI QUYET|CHUONG TRINH|TO TRINH|DE AN"
    r"|PHU LUC|HUONG DAN|PHUONG AN|CONG DIEN|KINH GUI)\b"
)
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
    """Group words by baseline; rows from top to bottom, words from left to right.

    Tops say little: a letter with two marks makes its word's box reach into the row above.
    """
    found: list[_Band] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        best = _band(found[-6:], word)
        if best is None:
            found.append(_Band([word], word.top, word.bottom))
        else:
            best.add(word)
    result = [Row(sorted(band.words, key=lambda w: w.x0)) for band in found]
    result.sort(key=lambda row: (row.top + row.bottom, row.x0))
    return result


def _band(last: list[_Band], word: PageWord) -> _Band | None:
    """The row that a word stands in, of those found last."""
    nearest = min(last, key=lambda band: abs(word.bottom - band.bottom), default=None)
    if nearest is None:
        return None
    low = min(nearest.bottom - nearest.top, word.height)
    if abs(word.bottom - nearest.bottom) <= _SAME_BASELINE * low:
        return nearest
    most, best = max(((band.overlap(word), i) for i, band in enumerate(last)), default=(0.0, 0))
    return last[best] if most >= _SAME_ROW and last[best].has_room(word) else None


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

    def has_room(self, word: PageWord) -> bool:
        """No word stands there yet."""
        return not any(
            min(word.x1, other.x1) - max(word.x0, other.x0) > 0.5 * (word.x1 - word.x0)
            for other in self.words
        )

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
        if index > anchor and (row.top - found[anchor].bottom > 150 or TITLE.match(text)):
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
        if not AUTHORITY.match(found[index].plain()):
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
        if index > anchor and (TITLE.match(below.plain()) or _MOTTO.search(below.plain())):
            break
        if not block.take(below):
            break
        index += 1
    block.end = index
    return block if block.left and index > anchor else None
