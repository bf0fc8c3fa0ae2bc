"""Section splitting: the outline is the best coherent path through all possible markers.

In: clean text and its ``Layout``.  Out: a tree of ``Node`` with marker, path, title and spans.

Markers ("I.", "1.", "1.1.", "a)", "Điều 5.", "Phần I") are candidates wherever they stand: at a
line's start in a good file, inside a line where a web page lost its line ends.  Each candidate
gets evidence (line start, after a sentence's end, what follows, what stands before), each step
from one to the next gets evidence (next number of an open series, first of a new one), and a beam
search takes the sequence with the most of both.  So "Điều 5", "năm 2021." or "mức độ 3 và 4" open
nothing, a skipped number costs points instead of the rest of the outline, and a gap is a warning.

Scheme: NĐ 30/2020/NĐ-CP, Phụ lục I, II.6đ (Phần, Chương, Mục, Điều, khoản, điểm; I, 1, a); điểm run
a b c d đ e g h … (no f, j, w, z).  Dashes and pluses are custom, not in the decree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.language.letters import LOWER, UPPER
from pipeline.structure.acts import AnnexHead, Layout
from pipeline.structure.tables import TaskTable
from pipeline.structure.tables import region as table_region

BEAM = 16
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ORDINALS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
# Rank: a marker opens under one of lower rank; equal ranks are one level.
_RANKS = {
    "part": 0.0, "chapter": 1.0, "division": 2.0, "letter": 3.0, "roman": 4.0, "article": 4.5,
    "arabic": 5.0, "decimal": 6.0, "point": 8.0,
}  # fmt: skip

_CANDIDATE = re.compile(
    r"(?:(?<=\s)|(?<=^))(?:"
    r"(?P<article>(?:Điều|ĐIỀU)\s+(?P<article_n>\d{1,3})[a-zđ]?\s?[.:])"
    r"|(?P<part>(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+)?(?P<part_n>[IVX]+|\d{1,2}"
    rf"|[{UPPER}{LOWER}]+)\b\s?[.:]?)"
    r"|(?P<chapter>(?:Chương|CHƯƠNG)\s+(?P<chapter_n>[IVX]+|\d{1,2})\b\s?[.:]?)"
    r"|(?P<division>(?:Mục|MỤC)\s+(?P<division_n>[IVX]+|\d{1,2})\s?[.:](?=\s))"
    rf"|(?P<roman>(?P<roman_n>[IVX]{{1,5}})\s?(?:[.)/]|[-–](?=\s?[{UPPER}]))(?=\s?\S))"
    r"|(?P<decimal>(?P<decimal_n>\d{1,2}(?:\.\d{1,2}){1,3})"
    r"(?:\s?[.)](?=\s?[^\W\d])|(?=\s+[^\W\d]))(?![\d/]))"
    r"|(?P<arabic>(?P<arabic_n>\d{1,2})\s?[.)/](?=\s?[^\W\d]|\s[“\"(‘]|\s\d+(?:,\d+)?(?:\s?%|\s[^\W\d])))"
    r"|(?P<letter>(?P<letter_n>[A-HĐK])\s?[.)/-](?=\s))"
    rf"|(?P<point>(?P<point_n>[a-zđ])\s?(?:\)|\.(?=\s|[{UPPER}])))"
    r")",
    re.M,
)
_DASH = re.compile(r"(?:(?<=\s)|(?<=^))(?P<sign>[-–—•●▪◦\uf0b7+])\s?(?=[^\s\-–—.…_=*+])", re.M)
_CITES_BEFORE = re.compile(
    r"(?:\b(?:Điều|khoản|điểm|tiết|mục|Mục|phần|Phần|Phụ lục|PHỤ LỤC|phụ lục|biểu|Biểu|mẫu|Mẫu"
    r"|số|Số|SỐ|[Qq]uý|năm|NĂM|tháng|THÁNG|ngày"
    r"|NGÀY|lần|thứ|khóa|khoá|Khóa|Chương|chương|cấp|mức độ|mức|hạng|lớp|Lớp|nhóm|loại|đợt|bước"
    r"|Bước|Trung ương|TW|từ|đến|trên|dưới"
    r"|khoảng|hơn|Đề án|đạt|giảm|tăng|là|của|và|hoặc|tại|theo|các|với|Tổ|tổ|Quận|quận|phường"
    r"|Phường|Khu|khu|TP|P|Q|mũi|Mũi)|[(/\-–&])$"
)
_SENTENCE_END = re.compile(r"[.;:!?…](?:[”\")\]]|\(\d+\))?$|\./\.$")


@dataclass(slots=True)
class Node:
    """A node of the outline; offsets into the clean text, ``text_end`` before the first child."""

    kind: str
    marker: str
    label: str
    start: int
    text_start: int
    text_end: int
    end: int
    confidence: float = 1.0
    title: str = ""
    path: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree, the span of the preamble, and what looked wrong (code, message, position)."""

    nodes: list[Node]
    preamble: tuple[int, int] | None
    notices: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    kind: str
    marker: str
    label: str
    value: float
    prefix: tuple[int, ...]
    style: str
    start: int
    end: int
    local: float


@dataclass(slots=True)
class _Path:
    """A hypothesis: the open levels (kind, value, style, prefix, depth) and what led to them."""

    score: float
    stack: tuple[tuple[str, float, str, tuple[int, ...]], ...]
    last: tuple[_Candidate, int, float] | None
    before: _Path | None


def build(
    text: str,
    layout: Layout,
    tables: Sequence[TaskTable] = (),
    cells: Sequence[tuple[int, int]] = (),
) -> Outline:
    """The outline of all acts and annexes of a text.

    Args:
        text: clean text.
        layout: its acts, sign-offs and annexes.
        tables: task tables; the numbered rows of one in a plan's body are items of the outline.
        cells: stretches of all tables; numbers, letters and dashes in them mark no sections.

    Returns:
        Root nodes in reading order; annexes are roots of their own.
    """
    notices: list[tuple[str, str, int]] = []
    roots: list[Node] = []
    tabular = [*cells, *((table.start, table.end) for table in tables)]
    first_heading: int | None = None
    for index, act in enumerate(layout.acts):
        nodes = _outline(text, act.body_start, act.body_end, notices, tabular)
        if index == 0 or first_heading is None:
            first_heading = nodes[0].start if nodes else act.body_end
        roots.extend(nodes)
    for annex in layout.annexes:
        roots.append(_annex_node(text, annex, notices, tabular))
    for table in tables:
        if not table.in_annex:
            _add_rows(text, roots, table)
    for node in roots:
        _name(node, [])
    body_start = layout.acts[0].body_start
    preamble = None
    if first_heading is not None and text[body_start:first_heading].strip():
        preamble = _trimmed(text, body_start, first_heading)
    return Outline(roots, preamble, notices)


def _annex_node(
    text: str,
    annex: AnnexHead,
    notices: list[tuple[str, str, int]],
    tabular: list[tuple[int, int]],
) -> Node:
    flattened = table_region(text, annex.start, annex.end)
    if flattened is not None:
        tabular = [*tabular, (flattened, annex.end)]
    children = _outline(text, annex.title_end, annex.end, notices, tabular)
    start, end = _trimmed(text, annex.start, annex.end)
    text_end = children[0].start if children else end
    return Node(
        "annex",
        annex.marker,
        annex.label,
        start,
        min(annex.title_end, text_end),
        text_end,
        end,
        0.9,
        annex.title,
        [],
        children,
    )


def _add_rows(text: str, roots: list[Node], table: TaskTable) -> None:
    """The numbered rows of a table as children of the node in which the table stands."""
    home: Node | None = None
    level = roots
    while holder := next((n for n in level if n.start <= table.start < n.end), None):
        home, level = holder, holder.children
    if home is None:
        return
    task = next(i for i, column in enumerate(table.columns) if column.means == "task")
    for row in table.rows:
        label = text[slice(*row[0])].strip().rstrip(".")
        if not label.isdigit() or row[task][1] <= row[task][0]:
            continue
        end = max(cell[1] for cell in row)
        title = text[slice(*row[task])].split("\n", 1)[0].strip()
        home.children.append(
            Node("row", label, label, row[0][0], row[task][0], row[task][1], end, 0.8, title[:200])
        )
    home.text_end = max(home.text_start, min(home.text_end, table.start))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


# --- candidates ---------------------------------------------------------------------------------


def _candidates(text: str, start: int, end: int) -> list[_Candidate]:
    """Possible markers with what speaks for each; obvious non-markers are left out."""
    matches = list(_CANDIDATE.finditer(text, start, end))
    at_line = sum(1 for m in matches if m.start() == start or text[m.start() - 1] == "\n")
    lines_true = at_line >= 3 and at_line >= 0.45 * len(matches)
    found = []
    for m in matches:
        kind = next(kind for kind in _RANKS if m.group(kind))
        raw = m.group(f"{kind}_n")
        value, prefix = _value(kind, raw)
        if value is None:
            continue
        local = _local_score(text, m, kind, start, end, lines_true)
        if local > -5:
            marker = m.group(kind).strip()
            style = re.sub(r"[\w\s.]*?([.)/:\-–]?)$", r"\1", marker) or "_"
            label = _label(kind, raw)
            found.append(
                _Candidate(kind, marker, label, value, prefix, style, m.start(), m.end(), local)
            )
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
    line_start = position == start or text[position - 1] == "\n"
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
        if _SENTENCE_END.search(before):
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
        score += 1.0 if line_start or _SENTENCE_END.search(before) else -4.0
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


# --- the path -----------------------------------------------------------------------------------


def _step(path: _Path, c: _Candidate) -> list[tuple[float, int]]:
    """All ways to take a candidate after a path: (score, depth at which it stands)."""
    ways: list[tuple[float, int]] = []
    stack = path.stack
    for depth in range(len(stack) - 1, -1, -1):
        kind, value, style, prefix = stack[depth]
        if kind != c.kind or (kind == "decimal" and len(prefix) != len(c.prefix)):
            continue
        gap = c.value - value
        if kind == "decimal" and prefix != c.prefix:
            score = -3.0
        elif gap == 1 or (kind == "point" and 0 < gap < 1):
            score = 2.5
        elif kind == "point" and value == 4 and c.value == 6:  # d → e: Latin order, or đ lost
            score = 2.0
        elif gap == 0:
            score = -1.0 if kind != "point" else -0.5
        elif 1 < gap <= 2:
            score = -0.5
        elif 2 < gap <= 3:
            score = -2.0
        elif gap > 3:
            score = -5.0
        elif c.value == 1:
            score = -2.5
        else:
            score = -6.0
        if style != c.style:
            score -= 1.0
        ways.append((score - 0.1 * (len(stack) - 1 - depth), depth))
    parent = stack[-1] if stack else None
    ways.append((_opening(stack, parent, c), len(stack)))
    # A new series may also open under any ancestor whose own level is already left.
    for depth in range(len(stack) - 1, 0, -1):
        if _RANKS[stack[depth][0]] >= _RANKS[c.kind] and stack[depth][0] != c.kind:
            ways.append((_opening(stack[:depth], stack[depth - 1], c) - 0.5, depth))
    return ways


def _opening(
    stack: tuple[tuple[str, float, str, tuple[int, ...]], ...],
    parent: tuple[str, float, str, tuple[int, ...]] | None,
    c: _Candidate,
) -> float:
    """Evidence for a candidate that opens a series under ``parent``."""
    first = c.value == 1
    score = 1.0 if first else -2.0 if c.value <= 2 else -3.5 - 0.2 * c.value
    if parent is not None:
        if _RANKS[parent[0]] > _RANKS[c.kind] or (parent[0] == c.kind and c.kind != "decimal"):
            score -= 5.0
        if any(level[0] == c.kind and c.kind != "decimal" for level in stack):
            score -= 4.0
    if c.kind == "decimal":
        if parent is None:
            score -= 1.5
        elif parent[0] in ("arabic", "roman") and len(c.prefix) == 1:
            matches = parent[1] == c.prefix[0]
            score += 1.5 if matches and parent[0] == "arabic" else 0.8 if matches else -3.0
        elif parent[0] == "decimal":
            deeper = len(c.prefix) == len(parent[3]) + 1 and c.prefix == (
                *parent[3],
                int(parent[1]),
            )
            score += 1.5 if deeper else -4.0
        else:
            score -= 1.5
    if c.kind == "point" and (parent is None or parent[0] in ("part", "chapter")):
        score -= 1.5
    return score


def _best_path(candidates: list[_Candidate]) -> list[tuple[_Candidate, int, float]]:
    """The accepted candidates with their depth and confidence, in order."""
    paths = [_Path(0.0, (), None, None)]
    for candidate in candidates:
        grown: dict[tuple[object, ...], _Path] = {path.stack: path for path in paths}
        for path in paths:
            for step, depth in _step(path, candidate):
                gain = candidate.local + step
                if gain < -4.0:
                    continue
                level = (candidate.kind, candidate.value, candidate.style, candidate.prefix)
                stack = (*path.stack[:depth], level)
                score = path.score + gain
                known = grown.get(stack)
                if known is None or known.score < score:
                    grown[stack] = _Path(score, stack, (candidate, depth, gain), path)
        paths = sorted(grown.values(), key=lambda p: p.score, reverse=True)[:BEAM]
    best: _Path | None = paths[0]
    accepted = []
    while best is not None:
        if best.last is not None:
            accepted.append(best.last)
        best = best.before
    accepted.reverse()
    return accepted


def _outline(
    text: str,
    start: int,
    end: int,
    notices: list[tuple[str, str, int]],
    tabular: list[tuple[int, int]],
) -> list[Node]:
    candidates = [
        candidate
        for candidate in _candidates(text, start, end)
        if candidate.kind not in _CELL_KINDS or not _inside(candidate.start, tabular)
    ]
    accepted = _best_path(candidates)
    roots: list[Node] = []
    stack: list[Node] = []
    order: list[Node] = []
    levels: list[_Candidate] = []
    for candidate, depth, gain in accepted:
        del stack[depth:]
        if depth < len(levels) and levels[depth].kind == candidate.kind:
            _check_series(levels[depth], candidate, notices)
        elif candidate.value > 1 and candidate.kind != "article":  # articles run on over chapters
            message = f"{candidate.marker} opens its series."
            notices.append(("numbering-gap", message, candidate.start))
        del levels[depth:]
        levels.append(candidate)
        node = Node(
            candidate.kind,
            candidate.marker,
            candidate.label,
            candidate.start,
            candidate.end,
            end,
            end,
            round(min(1.0, max(0.3, 0.5 + gain / 10)), 2),
        )
        node.start = _with_dash(text, node.start, start)
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
        order.append(node)
    _close(text, roots, end)
    lines_true = _lines_true(text, start, end)
    for node in order:
        _add_bullets(text, node, lines_true, tabular)
        node.title = _title(text, node)
    return roots


# In a table numbers and letters mark rows or items of cells; groups of rows have Roman numerals.
_CELL_KINDS = frozenset(("arabic", "decimal", "point", "letter"))


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= position < b for a, b in spans)


def _with_dash(text: str, start: int, floor: int) -> int:
    """Start of the dash in "- a) …": one item, not a bullet and an item."""
    m = re.search(r"(?:^|\n)([-–+]\s?)$", text[max(floor, start - 4) : start])
    return start - len(m.group(1)) if m else start


def _check_series(
    before: _Candidate, after: _Candidate, notices: list[tuple[str, str, int]]
) -> None:
    gap = after.value - before.value
    if (
        (before.kind == "point" and (before.value, after.value) == (4, 6))
        or gap == 1
        or 0 < gap < 1
    ):
        return
    if gap == 0:
        notices.append(("numbering-repeated", f"{after.marker} stands twice.", after.start))
    elif gap > 1:
        notices.append(
            ("numbering-gap", f"{before.marker} is followed by {after.marker}.", after.start)
        )
    else:
        notices.append(
            ("numbering-back", f"{before.marker} is followed by {after.marker}.", after.start)
        )


def _close(text: str, nodes: list[Node], end: int) -> None:
    """Give every node its end: where the next of its level or above starts."""
    for index, node in enumerate(nodes):
        limit = nodes[index + 1].start if index + 1 < len(nodes) else end
        _, node.end = _trimmed(text, node.start, limit)
        node.text_start = min(node.text_start, node.end)  # nothing stands after the marker
        _close(text, node.children, limit)
        first_child = node.children[0].start if node.children else node.end
        _, node.text_end = _trimmed(text, node.text_start, max(first_child, node.text_start))
        node.text_start = min(node.text_start, node.text_end)
        while node.text_start < node.text_end and text[node.text_start].isspace():
            node.text_start += 1


_LINE_DASH = re.compile(r"^[-–•●▪+]\s", re.M)
_INNER_DASH = re.compile(r"[.;:]\s[-–+]\s(?=\S)")


def _lines_true(text: str, start: int, end: int) -> bool:
    """Do dashes stand at line starts here (or has the text lost its line ends)?"""
    lines = text.count("\n", start, end)
    if lines <= 3 or (end - start) / (lines + 1) > 1200:
        return False
    piece = text[start:end]
    return len(_LINE_DASH.findall(piece)) >= len(_INNER_DASH.findall(piece))


# --- dashes and pluses --------------------------------------------------------------------------


def _bullet_spans(text: str, node: Node, lines_true: bool) -> list[tuple[int, int, str]]:
    """(start, end of sign, "-" or "+") of the items inside a node's own words."""
    found: list[tuple[int, int, str]] = []
    for m in _DASH.finditer(text, node.text_start, node.text_end):
        sign = "+" if m.group("sign") == "+" else "-"
        at = m.start()
        if at == 0 or text[at - 1] == "\n" or at == node.text_start:
            found.append((at, m.end(), sign))
            continue
        if lines_true:
            continue
        before = text[node.text_start : at].rstrip()
        first = text[m.end()]
        ended = bool(_SENTENCE_END.search(before))
        if (
            (ended and (first.isupper() or first in '“"' or first.isdigit()))
            or (ended and found and first.islower())
        ) or (
            not found and first.isupper() and _short_heading(before) and text[m.end() - 1] == " "
        ):
            found.append((at, m.end(), sign))
    return found


def _short_heading(before: str) -> bool:
    """Words that can be a whole heading: "Mục đích", not "Đài Phát thanh"."""
    words = before.split()
    if not words or len(words) > 30:
        return False
    if before.isupper():
        return True
    capitals = sum(1 for word in words[1:] if word[:1].isupper())
    return (
        words[0][:1].isupper()
        and capitals <= 0.35 * len(words)
        and not re.search(
            r"(?i)\b(?:đài|báo|sở|bộ|lao động|trưởng phòng|công nghiệp|công đoàn"
            r"|khu chế xuất)\b[^.;]{0,25}$",
            before,
        )
    )


def _add_bullets(text: str, node: Node, lines_true: bool, tabular: list[tuple[int, int]]) -> None:
    """Dashes become children ("-1", "-2" …) before the numbered ones, pluses go under dashes."""
    spans = [
        span for span in _bullet_spans(text, node, lines_true) if not _inside(span[0], tabular)
    ]
    if not spans:
        return
    limit = node.text_end
    bullets: list[Node] = []
    dash: Node | None = None
    counts = {"-": 0, "+": 0}
    for index, (start, sign_end, sign) in enumerate(spans):
        stop = spans[index + 1][0] if index + 1 < len(spans) else limit
        _, end = _trimmed(text, start, stop)
        if sign == "-" or dash is None:
            counts[sign] += 1
            label = f"{sign}{counts[sign]}"
            item = Node("bullet", text[start], label, start, sign_end, end, end, 0.9)
            bullets.append(item)
            dash = item if sign == "-" else dash
        else:
            label = f"+{len(dash.children) + 1}"
            dash.children.append(Node("bullet", text[start], label, start, sign_end, end, end, 0.9))
            dash.end = end
    for item in bullets:
        for child in item.children:
            child.title = _title(text, child)
        item.title = _title(text, item)
    node.text_end = _trimmed(text, node.text_start, spans[0][0])[1]
    node.text_end = max(node.text_end, node.text_start)
    node.children[:0] = bullets


# --- names --------------------------------------------------------------------------------------


def _title(text: str, node: Node) -> str:
    """The heading's words: up to the line's end when short, a run of capitals, or 60 characters."""
    own = text[node.text_start : node.text_end]
    line = own.split("\n", 1)[0].strip()
    if node.kind in ("roman", "letter", "part", "chapter", "article"):
        m = re.match(
            rf"(?:[^\W\d_]*[{UPPER}]{{2,}}[^\s{LOWER}]*\s*|[\d\W]+\s*|[{UPPER}]\s+)+(?=\s|$)", line
        )
        if m and m.group().isupper() and len(m.group().split()) >= 2:
            return m.group().strip(" -–:")
    if len(line) <= 200 or node.children:
        return line
    cut = line[:60]
    return cut


def _name(node: Node, parents: list[str]) -> None:
    node.path = [*parents, node.label]
    for child in node.children:
        _name(child, node.path)
