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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.structure import markers, sequence
from pipeline.structure.acts import AnnexHead, Layout
from pipeline.structure.columns import task_column
from pipeline.structure.markers import Candidate
from pipeline.structure.tables import TaskTable
from pipeline.structure.tables import region as table_region

_DASH = re.compile(r"(?:(?<=\s)|(?<=^))(?P<sign>[-–—•●▪◦\uf0b7+])\s?(?=[^\s\-–—.…_=*+])", re.M)


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

    def walk(self) -> Iterator[Node]:
        """All nodes in reading order."""
        ahead = list(reversed(self.nodes))
        while ahead:
            node = ahead.pop()
            yield node
            ahead.extend(reversed(node.children))


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
    task = task_column(table.columns)
    for row in table.rows:
        label = text[slice(*row[0])].strip().rstrip(".")
        end = max(cell[1] for cell in row)
        if not label.isdigit() or row[task][1] <= row[task][0] or end > home.end:
            continue
        title = text[slice(*row[task])].split("\n", 1)[0].strip()
        home.children.append(
            Node("row", label, label, row[0][0], row[task][0], row[task][1], end, 0.8, title[:200])
        )
    home.children.sort(key=lambda node: node.start)
    home.text_end = max(home.text_start, min(home.text_end, table.start))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _outline(
    text: str,
    start: int,
    end: int,
    notices: list[tuple[str, str, int]],
    tabular: list[tuple[int, int]],
) -> list[Node]:
    candidates = [
        candidate
        for candidate in markers.find(text, start, end)
        if candidate.kind not in _CELL_KINDS or not _inside(candidate.start, tabular)
    ]
    accepted = sequence.best(candidates)
    roots: list[Node] = []
    stack: list[Node] = []
    order: list[Node] = []
    levels: list[Candidate] = []
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
_CELL_KINDS = frozenset(("arabic", "decimal", "point", "letter", *markers.LABELS))


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= position < b for a, b in spans)


def _with_dash(text: str, start: int, floor: int) -> int:
    """Start of the dash in "- a) …": one item, not a bullet and an item."""
    m = re.search(r"(?:^|\n)([-–+]\s?)$", text[max(floor, start - 4) : start])
    return start - len(m.group(1)) if m else start


def _check_series(before: Candidate, after: Candidate, notices: list[tuple[str, str, int]]) -> None:
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
        ended = bool(markers.SENTENCE_END.search(before))
        if (
            (ended and (first.isupper() or first in '“"' or first.isdigit()))
            or (ended and found and first.islower())
        ) or (
            not found
            and first.isupper()
            and text[m.end() - 1] == " "
            and (_short_heading(before) or (len(before) < 200 and _DUTY.match(text, m.end())))
        ):
            found.append((at, m.end(), sign))
    return found


# "1. Sở Y tế - Chủ trì …": behind the name of a body only a verb shows that the dash opens an item.
_DUTY = re.compile(
    r"(?:Chủ (?:trì|động)|Phối hợp|Tham mưu|Chuẩn bị|Tổ chức|Xây dựng|Thực hiện|Triển khai|Chỉ đạo"
    r"|Tăng cường|Rà soát|Kiểm tra|Hướng dẫn|Tiếp tục|Căn cứ|Theo dõi|Đẩy mạnh|Bố trí|Báo cáo"
    r"|Đôn đốc|Tuyên truyền|Phổ biến|Cung cấp|Thẩm định|Lồng ghép|Là (?:cơ quan|đơn vị)|Làm đầu mối"
    r"|Có trách nhiệm|Vận động|Giám sát|Quán triệt|Nghiên cứu|Thường xuyên|Tiếp nhận|Đề xuất"
    r"|Nâng cao|Huy động|Chấp hành|Bảo đảm|Đảm bảo|Kịp thời|Định kỳ|Trên cơ sở|Phân công"
    r"|Ban hành|Lập"
    r"|Mở|Duy trì|Xử lý|Quản lý|Phát huy|Tập trung|Khẩn trương|Ưu tiên|Chịu trách nhiệm|Đưa|Giao"
    r"|Yêu cầu|Đề nghị|Vận hành|Khảo sát|Tham gia|Tiến hành)(?!\w)"
)


def _short_heading(before: str) -> bool:
    """Words that can be a whole heading: "Mục đích", not "Đài Phát thanh"."""
    words = before.split()
    if not words or len(words) > 45:
        return False
    if len(words) > 30 and words[-1][:1].isupper():
        return False  # "… cao tốc Hà Nội - Hải Phòng": a long way into a sentence
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
        capitals = _capitals(line)
        if capitals.isupper() and len(capitals.split()) >= 2:
            return capitals.strip(" -–:")
    if len(line) <= 200 or node.children:
        return line
    return line[:60]


def _capitals(line: str) -> str:
    """The words in capitals that a line begins with; a single letter only where more follow it."""
    end = 0
    for word in re.finditer(r"\S+", line):
        printed = word.group()
        letters = sum(map(str.isalpha, printed))
        if printed != printed.upper() or (letters == 1 and len(printed) > 1):
            break
        if letters != 1:
            end = word.end()
    return line[:end]


def _name(node: Node, parents: list[str]) -> None:
    node.path = [*parents, node.label]
    for child in node.children:
        _name(child, node.path)
