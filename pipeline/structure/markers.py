"""Markers that may open a section: where they stand, and what speaks for each by itself.

In: clean text.  Out: ``Candidate`` objects with their own evidence as a score: whether a line
starts there, what stands before ("theo Điều 5" cites, it opens nothing) and what follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.language.letters import LOWER, UPPER

_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ORDINALS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
# Rank: a marker opens under one of lower rank; equal ranks are one level.
RANKS = {
    "part": 0.0, "chapter": 1.0, "division": 2.0, "letter": 3.0, "roman": 4.0, "article": 4.5,
    "project": 5.0, "subproject": 5.0, "activity": 5.0, "arabic": 5.0, "decimal": 6.0, "point": 8.0,
}  # fmt: skip
# Blocks that are numbered behind a word: "Dự án 1:", "TIỂU DỰ ÁN 2:", "Nội dung số 03:".
_NUMBERED_WORDS = {
    "project": "Dự án|DỰ ÁN|Hợp phần|HỢP PHẦN",
    "subproject": "Tiểu dự án|TIỂU DỰ ÁN",
    "activity": "^Nội dung|^Nhiệm vụ|^Hoạt động",  # elsewhere a heading: "II. Nội dung 1. Chọn"
}
LABELS = frozenset(_NUMBERED_WORDS)

# Clean text has single spaces; a repaired marker that is shorter than what OCR read leaves more.
_GAP = r"(?:\s?|[ ]{2,6})"
_CANDIDATE = re.compile(
    r"(?:(?<=\s)|(?<=^))(?:"
    r"(?P<article>(?:Điều|ĐIỀU)\s+(?P<article_n>\d{1,3})[a-zđ]?\s?[.:])"
    r"|(?P<part>(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+)?(?P<part_n>[IVX]+|\d{1,2}"
    rf"|[{UPPER}{LOWER}]+)\b\s?[.:]?)"
    r"|(?P<chapter>(?:Chương|CHƯƠNG)\s+(?P<chapter_n>[IVX]+|\d{1,2})\b\s?[.:]?)"
    r"|(?P<division>(?:Mục|MỤC)\s+(?P<division_n>[IVX]+|\d{1,2})\s?[.:](?=\s))"
    + "".join(
        rf"|(?P<{kind}>(?:{words})[ ](?:(?:số|SỐ)[ ])?(?P<{kind}_n>\d{{1,2}})\s?[:.](?=\s))"
        for kind, words in _NUMBERED_WORDS.items()
    )
    + rf"|(?P<roman>(?P<roman_n>[IVX]{{1,5}})\s?(?:[.)/]|[-–](?=\s?[{UPPER}]))(?={_GAP}\S))"
    r"|(?P<decimal>(?P<decimal_n>\d{1,2}(?:\.\d{1,2}){1,3})"
    rf"(?:\s?[.)](?={_GAP}[^\W\d]|\s[“\"(‘])|(?=\s+[^\W\d]))(?![\d/]))"
    rf"|(?P<arabic>(?P<arabic_n>\d{{1,2}})\s?[.)/](?={_GAP}[^\W\d]|\s[“\"(‘]"
    r"|\s\d+(?:,\d+)?(?:\s?%|\s[^\W\d])))"
    r"|(?P<letter>(?P<letter_n>[A-HĐK])\s?[.)/-](?=\s))"
    rf"|(?P<point>(?P<point_n>[a-zđ])\s?(?:\)|\.(?=\s|[{UPPER}])))"
    r")",
    re.M,
)
_CITES_BEFORE = re.compile(
    r"(?:\b(?:Điều|khoản|điểm|tiết|mục|Mục|phần|Phần|Phụ lục|PHỤ LỤC|phụ lục|biểu|Biểu|mẫu|Mẫu"
    r"|số|Số|SỐ|[Qq]uý|năm|NĂM|tháng|THÁNG|ngày"
    r"|NGÀY|lần|thứ|khóa|khoá|Khóa|Chương|chương|cấp|mức độ|mức|hạng|lớp|Lớp|nhóm|loại|đợt|bước"
    r"|Bước|Trung ương|TW|từ|đến|trên|dưới"
    r"|khoảng|hơn|Đề án|đạt|giảm|tăng|là|của|và|hoặc|tại|theo|các|với|Tổ|tổ|Quận|quận|phường"
    r"|Phường|Khu|khu|TP|P|Q|mũi|Mũi)|[(/\-–&])$"
)
SENTENCE_END = re.compile(r"[.;:!?…](?:\s?”|[\")\]]|\(\d+\))?$|\./\.$")
# "… tại khoản 4 Điều 8: “4. Sở Y tế: a) …; b) …”": the words of another act open nothing here.
_QUOTED_ITEMS = re.compile(r"“(?=(?:\d{1,3}\.|[a-zđ]\)|Điều\s\d)\s?\S)[^“”]{1,3000}”")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible marker; ``value`` is its place in a series, ``prefix`` the "2.1" of "2.1.3"."""

    kind: str
    marker: str
    label: str
    value: float
    prefix: tuple[int, ...]
    style: str
    start: int
    end: int
    local: float


def find(text: str, start: int, end: int) -> list[Candidate]:
    """Possible markers with what speaks for each; obvious non-markers are left out."""
    quoted = [m.span() for m in _QUOTED_ITEMS.finditer(text, start, end)]
    opens = [a for a, _ in quoted]
    matches = [
        m
        for m in _CANDIDATE.finditer(text, start, end)
        if not (at := bisect_left(opens, m.start())) or quoted[at - 1][1] <= m.start()
    ]
    at_line = sum(1 for m in matches if _line_start(text, m.start(), start))
    lines_true = at_line >= 3 and at_line >= 0.45 * len(matches)
    found = []
    for m in matches:
        kind = next(kind for kind in RANKS if m.group(kind))
        if kind in LABELS and not (lines_true or _line_start(text, m.start(), start)):
            continue  # flat sentences name projects too
        raw = m.group(f"{kind}_n")
        value, prefix = _value(kind, raw)
        if value is None:
            continue
        local = _local_score(text, m, kind, start, end, lines_true)
        if local > -5:
            marker = m.group(kind).strip()
            style = re.sub(r"[\w\s.]*?([.)/:\-–]?)$", r"\1", marker) or "_"
            label = re.sub(r"\s?[:.]$", "", marker) if kind in LABELS else _label(kind, raw)
            found.append(
                Candidate(kind, marker, label, value, prefix, style, m.start(), m.end(), local)
            )
    return _roman_in_figures(text, found)


def _line_start(text: str, position: int, start: int) -> bool:
    return position == start or text[position - 1] == "\n"


def _roman_in_figures(text: str, found: list[Candidate]) -> list[Candidate]:
    """ "1. MỤC ĐÍCH 1. Mục đích … II. NỘI DUNG": the first is the "I." that "II." goes on from."""
    romans = [c for c in found if c.kind == "roman"]
    if not romans or romans[0].value != 2:
        return found
    for index, (one, nxt) in enumerate(pairwise(found)):
        if nxt.start > romans[0].start:
            break
        title = text[one.end : nxt.start].strip()
        same = one.kind == nxt.kind == "arabic" and one.value == nxt.value == 1
        if same and title.isupper() and len(title.split()) >= 2:
            found[index] = replace(one, kind="roman")
            break
    return found


def _value(kind: str, raw: str) -> tuple[float | None, tuple[int, ...]]:
    if kind == "roman" or (kind in ("part", "chapter", "division") and re.fullmatch("[IVX]+", raw)):
        return _roman(raw), ()
    if kind == "decimal":
        numbers = tuple(int(part) for part in raw.split("."))
        return float(numbers[-1]), numbers[:-1]
    if kind == "letter":
        return float("ABCDEFGHK".find(raw) + 1) if raw != "Đ" else 4.5, ()
    if kind == "point":
        index = _ALPHABET.find(raw)
        if index >= 0:
            return float(index + 1), ()
        before = {"f": "e", "j": "i", "w": "v", "z": "y"}.get(raw)
        return (_ALPHABET.find(before) + 1.5, ()) if before else (None, ())
    if raw.isdigit():
        return (float(raw), ()) if 0 < int(raw) < 100 or kind == "article" else (None, ())
    if kind == "part":
        value = _ORDINALS.get(raw.casefold())
        return (float(value) if value else None), ()
    return None, ()


def _roman(raw: str) -> float | None:
    total = 0
    for a, b in zip(raw, [*raw[1:], ""], strict=True):
        value = _ROMAN_VALUES[a]
        total += -value if b and _ROMAN_VALUES[b] > value else value
    units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    canonical = "X" * (total // 10) + units[total % 10]
    return float(total) if canonical == raw else None


def _label(kind: str, raw: str) -> str:
    names = {"article": "Điều", "part": "Phần", "chapter": "Chương", "division": "Mục"}
    if kind == "part" and raw.casefold() in _ORDINALS:
        return f"Phần thứ {raw.casefold()}"
    return f"{names[kind]} {raw}" if kind in names else raw


def _local_score(
    text: str, m: re.Match[str], kind: str, start: int, end: int, lines_true: bool
) -> float:
    """Evidence for a marker from its own surroundings."""
    position = m.start()
    after = text[m.end() : min(m.end() + 60, end)].lstrip()
    if not after:
        return -9.0
    line_start = _line_start(text, position, start)
    before = text[max(start, position - 60) : position].rstrip()
    score = 0.0
    dashed = re.search(r"(?:^|\n)[-–+]$", before)
    if line_start or dashed:
        score += 3.0
    elif not before:
        score += 2.0
    else:
        if lines_true:
            score -= 3.0
        if SENTENCE_END.search(before):
            score += 1.5
        elif _CITES_BEFORE.search(before):
            return -9.0
        elif before[-1] in ')”"':
            score += 0.3
        elif before[-1] == ",":
            score -= 1.2
        elif before.split()[-1].isupper() and len(before.split()[-1]) > 1:
            score += 0.7
        else:
            score -= 1.0
    first = after[0]
    if kind in ("roman", "letter", "part", "chapter"):
        head = re.match(r"[\W\d]*([^\W\d]\S*)\s*(\S*)", after)
        words = [w for w in (head.groups() if head else ()) if w]
        if words and all(w.isupper() for w in words if any(c.isalpha() for c in w)):
            score += 2.0
        elif first.isupper():
            score += 0.5
        else:
            score -= 2.0
        if kind == "letter":
            score -= 0.8
        if kind in ("part", "chapter") and not line_start:
            score -= 3.0
    elif kind == "article":
        score += 1.0 if line_start or SENTENCE_END.search(before) else -4.0
    elif kind == "point":
        score += 0.5 if first.isupper() else -0.3 if m.group().endswith(")") else -2.0
        if not m.group().endswith(")"):
            score -= 0.7
    elif first.isupper() or first in '“"(':
        score += 1.0
    elif first.islower():
        score -= 1.0 if line_start else 2.5
    if kind == "decimal" and re.match(
        r"(?:%|triệu|tỷ|nghìn|km|ha|đồng|m2|lần|điểm|ml|kg|lít|tấn)\b", after
    ):
        score -= 6.0
    if kind == "arabic" and first.isdigit() and not line_start:
        score -= 2.0
    return score
