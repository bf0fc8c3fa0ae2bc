"""Words that OCR sees on a page and that are no text of the document.

In: the words of a page, points.  Out: those that are text.  Left out are specks, debris of seals
and signatures, dirt at the page's edges, what a signing service prints over the letterhead ("Ký
bởi: …") and the receiving office's stamp ("ĐẾN Số … Ngày …"), whose number and date are not the
document's.

One word's confidence says little: the engine gives good words nothing and scribbles a half.  So
words are judged by the run they stand in.
"""

from __future__ import annotations

import re
import statistics

from pipeline.reading import pdf_layout
from pipeline.reading.pdf_layout import Row, fold
from pipeline.reading.pdf_words import PageWord, Ruling
from pipeline.reading.syllables import is_syllable

_EDGE = 9.0  # points from the page's edge within which nothing is printed
_SYMBOLS = re.compile(r"[-–+*•.…,:;/()\[\]“”\"'%&<>=]+$")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MOTTO = re.compile(r"CONG HOA XA HOI|DANG CONG SAN VIET")
_ARRIVED = re.compile(r"\W*(?:CONG VAN|CV|VAN BAN)?\s?(?:DEN|BEN|DEI)\W*$")
_LABEL = re.compile(r"(?:SO|NGAY|CHUYEN|LUU|GIO)\b.{0,30}$")
_SCRAWL = 0.6  # mean confidence below which a stamp's words are of a hand, over a blurred print
_SMALL = 0.85  # of the motto's height: what a signing service prints


def without_noise(
    words: list[PageWord], rulings: list[Ruling], width: float, height: float
) -> list[PageWord]:
    """The words of a page that are text.

    Args:
        words: in points from the top left of the page set upright.
        rulings: the lines on the page; a receiving stamp has a frame.
        width, height: of the page, points.
    """
    inside = [word for word in words if _is_inside(word, width, height)]
    if not inside:
        return []
    usual = statistics.median(word.height for word in inside)
    kept = [
        word
        for run in _runs(pdf_layout.rows(inside))
        if _is_text(run, usual)
        for at, word in enumerate(run)
        if _is_word(word, first=at == 0, alone=len(run) == 1)
    ]
    kept = _below_signing_marks(kept)
    frame = _stamp(kept, rulings, height)
    if frame is not None:
        kept = [word for word in kept if not _is_within(word, frame)]
    return kept


def _middle(word: PageWord) -> float:
    return (word.top + word.bottom) / 2


def _is_inside(word: PageWord, width: float, height: float) -> bool:
    x, y = (word.x0 + word.x1) / 2, _middle(word)
    return _EDGE <= x <= width - _EDGE and _EDGE <= y <= height - _EDGE


def _runs(rows: list[Row]) -> list[list[PageWord]]:
    """Rows cut at gaps much wider than a space."""
    runs: list[list[PageWord]] = []
    for row in rows:
        runs.append([row.words[0]])
        for word in row.words[1:]:
            if word.x0 - runs[-1][-1].x1 > 2.0 * word.height:
                runs.append([word])
            else:
                runs[-1].append(word)
    return runs


def _is_text(run: list[PageWord], usual: float) -> bool:
    """False for scribbles: nothing in the run is both sure and a word."""
    if any(word.confidence >= 0.75 and _could_be(word.text) for word in run):
        return True
    letters = [word for word in run if any(sign.isalnum() for sign in word.text)]
    if not letters:
        return len(run) == 1 and run[0].text in ("-", "+") and run[0].confidence > 0.8
    if max(word.height for word in run) > 2.2 * usual:
        return False
    mean = sum(word.confidence for word in letters) / len(letters)
    known = sum(1 for word in letters if is_syllable(word.text.strip(".,;:()")))
    return mean >= 0.6 or (known >= 2 and mean >= 0.3) or (known == len(letters) and mean >= 0.45)


def _could_be(text: str) -> bool:
    return bool(_LETTERS.search(text)) or text.rstrip(".,;:)/").isdigit()


def _is_word(word: PageWord, *, first: bool, alone: bool) -> bool:
    """False for specks: signs without letters that the engine is not sure of."""
    if any(sign.isalnum() for sign in word.text):
        return True
    if not _SYMBOLS.match(word.text):
        return False
    if first and not alone and word.text in ("-", "+", "*"):
        return word.confidence >= 0.15
    return word.confidence >= 0.6


def _below_signing_marks(words: list[PageWord]) -> list[PageWord]:
    """Without the small print over the letterhead."""
    for row in pdf_layout.rows(words)[:12]:
        found = _MOTTO.search(row.plain())
        if found:
            top = row.top
            size = statistics.median(word.height for word in row.words)
            return [
                word
                for word in words
                if word.bottom > top + 0.2 * size or word.height >= _SMALL * size
            ]
    return words


def _stamp(
    words: list[PageWord], rulings: list[Ruling], height: float
) -> tuple[float, float, float, float] | None:
    """The frame of a receiving office's stamp in the upper half of the page."""
    upper = [word for word in words if _middle(word) < 0.5 * height]
    for word in upper:
        if not _ARRIVED.match(fold(word.text)):
            continue
        x, y = (word.x0 + word.x1) / 2, _middle(word)
        near = [
            other
            for other in upper
            if abs(_middle(other) - y) < 45 and -60 < other.x0 - x < 120 and other is not word
        ]
        labels = sum(1 for other in near if _LABEL.match(fold(other.text)))
        lines = [
            line
            for line in rulings
            if abs((line.top + line.bottom) / 2 - y) < 60
            and line.x0 > x - 90
            and line.x1 < x + 180
            and line.x1 - line.x0 < 220
            and line.bottom - line.top < 110
        ]
        if not labels or len(lines) < 2:
            continue
        frame = (
            min([line.x0 for line in lines]) - 3,
            min([line.top for line in lines]) - 3,
            max([line.x1 for line in lines]) + 3,
            max([line.bottom for line in lines]) + 3,
        )
        sure = [other.confidence for other in upper if _is_within(other, frame)]
        if labels >= 2 or (sure and statistics.mean(sure) < _SCRAWL):
            return frame
    return None


def _is_within(word: PageWord, frame: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = frame
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= _middle(word) <= bottom
