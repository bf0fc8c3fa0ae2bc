"""Which acts a file holds, and where each one's head, body, sign-off and annexes stand.

In: clean text.  Out: ``Layout``: one act (a plan), or two (a decision and the plan it promulgates,
ban hành kèm theo), with the stretches that belong to no section: letterhead, title, recipients and
signature block (NĐ 30/2020/NĐ-CP, Phụ lục I, ô 1–5, 7, 9b), and the annexes (phụ lục) after them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline import gazetteers
from pipeline.language.letters import UPPER

_TYPES = "|".join(
    sorted(
        (
            re.escape(name.upper()).replace(r"\ ", r"\s+")
            for name in gazetteers.document_codes()
            if name not in ("hợp đồng", "lệnh", "công văn")
        ),
        key=len,
        reverse=True,
    )
)
_KIND = re.compile(rf"(?<![\w“\"])({_TYPES})(?![\w])")
_KIND_LINE = re.compile(rf"^({_TYPES})(?![\w])", re.M)
_MOTTO = re.compile(r"(?:CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI|Độc\s+lập\s*[-–]\s*Tự\s+do|ĐẢNG\s+CỘNG\s+SẢN)")
_NUMBER_LINE = re.compile(r"\bSố\s*:")
RECIPIENTS = re.compile(r"(?:^|(?<=[\s.]))N[ơo]i\s+nh[âậaạ][nm]h?(?:\s*:|\s*$)", re.M | re.I)
_SIGN = re.compile(
    rf"^(?:(?:TM|KT|TL|TUQ|Q)\s?\.|T/M|K/T|T/L)\s?[{UPPER}]"
    r"|^(?:PHÓ\s+|THỨ\s+|Q\.\s*)?(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG"
    r"|CHÁNH|GIÁM\s+ĐỐC|VIỆN\s+TRƯỞNG|TRƯỞNG\s+BAN|CỤC\s+TRƯỞNG|TỔNG\s+GIÁM|CHÁNH\s+ÁN"
    rf"|THỦ\s+TƯỚNG|BÍ\s+THƯ)(?=\s|$)(?:[{UPPER}\s.]*$)",
    re.M,
)
_SIGN_FLAT = re.compile(
    r"(?<=\s)(?:TM|KT|TL|TUQ)\s?\.\s?(?:ỦY|UỶ|CHỦ|BỘ|BAN|GIÁM|CHÁNH|THỦ|VIỆN|TRƯỞNG|BÍ|HỘI|TỔNG)"
)
_ISSUED_WITH = re.compile(r"\((?:[Bb]an hành\s+)?[Kk]èm\s+theo\b")
_ANNEX_LINE = re.compile(
    r"^(PHỤ LỤC|Phụ lục|PHỤ BIỂU|BIỂU MẪU|BIỂU)(?:\s+(?:SỐ\s+|số\s+)?([IVX]+"
    r"|\d{1,2}[A-Za-z]?))?\s*[:.]?(?=\s|$)",
    re.M,
)
TITLE_END = re.compile(
    r"(?<![\w(])(?:Căn cứ|Thực hiện|Triển khai|Tiếp tục|Nhằm|Để|Thi hành|Chấp hành|Theo|Xét"
    r"|Trên cơ sở|Quán triệt|Phát huy|Hưởng ứng"
    r"|Trong (?:năm|những|thời)|Năm 20\d\d,|Sau khi|Với|Từ|Phần|PHẦN|Kính gửi|Ngày \d[\d/]*"
    r"|Ủy ban nhân dân|Uỷ ban nhân dân|UBND)(?=[\s:,])"
)
_OFFICE_HOLDER = re.compile(
    r"^(?:(?:PHÓ\s+)?THỦ\s+TƯỚNG|BỘ\s+TRƯỞNG|CHỦ\s+TỊCH|ỦY\s+BAN|UỶ\s+BAN|HỘI\s+ĐỒNG|GIÁM\s+ĐỐC"
    r"|CHÁNH\s+|VIỆN\s+TRƯỞNG|TỔNG\s+|BAN\s+|TRƯỞNG\s+|CỤC\s+TRƯỞNG|THỐNG\s+ĐỐC|ĐOÀN\s+CHỦ)"
)
# In a decision the office-holder who decides stands in capitals right under the title.
_DECIDER = re.compile(
    r"(?<!CỦA)(?<!VÀ)(?<!DO)(?<!,)\s(?:THỦ\s+TƯỚNG\s+CHÍNH\s+PHỦ|BỘ\s+TRƯỞNG(?:\s.*)?"
    r"|ỦY\s+BAN\s+NHÂN\s+DÂN(?:\s+\S+){0,6}"
    r"|CHỦ\s+TỊCH(?:\s.*)?|CHÁNH\s+ÁN.*|VIỆN\s+TRƯỞNG.*|GIÁM\s+ĐỐC.*|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN.*)$"
)
_DECIDER_IN_LINE = re.compile(
    r"\s(?:(?:PHÓ\s+)?CHỦ\s+TỊCH|ỦY\s+BAN\s+NHÂN|BỘ\s+TRƯỞNG|THỦ\s+TƯỚNG|GIÁM\s+ĐỐC|HỘI\s+ĐỒNG"
    r"|CHÁNH\s|VIỆN\s+TRƯỞNG)"
)
_OPENING_ABBREVIATION = re.compile(r"(?:^|(?<=\s))(?:UBND|HĐND|BCĐ|BTV|UBMTTQ)\s$")
_FIRST_HEADING = re.compile(rf"\s(?:I|A|1)\s?[./]\s?(?=[{UPPER}])")
_TABLE_HEAD = re.compile(r"(?:S?TT|Số TT)$", re.I)
_RULE = re.compile(r"[-–_=*~\s]{3,}$")
_HEADING = re.compile(
    r"(?:[IVX]{1,5}|[A-Z]|\d{1,2})\s?[.)/-]\s?\S|Điều\s+1\b|(?:PHẦN|Phần|CHƯƠNG|Chương)\s"
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: all offsets into the clean text; ``body`` is what the outline is built on."""

    kind: str | None
    kind_name: str | None
    start: int
    kind_span: tuple[int, int] | None
    title: str | None
    title_span: tuple[int, int] | None
    body_start: int
    body_end: int
    signoff: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """A sheet of annex: its path label ("PL", "PL1"), marker and title."""

    label: str
    marker: str
    title: str
    start: int
    title_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The acts of a file and its annexes, in order."""

    acts: tuple[Act, ...]
    annexes: tuple[AnnexHead, ...]


def find_layout(text: str) -> Layout:
    """Acts, sign-offs and annexes of a clean text; always at least one act."""
    first_kind = _first_kind(text)
    head_end = first_kind.end() if first_kind else 0
    signoffs = [m.start() for m in RECIPIENTS.finditer(text, head_end)]
    attached, annex_starts = _attachments(text, head_end, signoffs)
    bounds = sorted([*(start for start, _ in attached), *annex_starts, len(text)])

    def end_after(position: int) -> int:
        return next(bound for bound in bounds if bound > position or bound == len(text))

    acts = [_act(text, 0, first_kind, end_after(head_end), first=True)]
    for start, kind in attached[:1]:
        acts.append(_act(text, start, kind, end_after(start), first=False))
    starts = [start for start in annex_starts if start > acts[-1].start]
    annexes = [
        _annex(text, start, end_after(start), index, len(starts))
        for index, start in enumerate(starts, 1)
    ]
    return Layout(tuple(acts), tuple(annexes))


def _first_kind(text: str) -> re.Match[str] | None:
    """The document's type (tên loại): capitals, alone in its line or before the title."""
    limit = min(len(text), 4000)
    zone_start = 0
    for anchor in (_MOTTO, _NUMBER_LINE):
        m = anchor.search(text, 0, 1500)
        if m:
            zone_start = max(zone_start, m.end())
    for m in _KIND_LINE.finditer(text, 0, limit):
        if m.start() >= zone_start or zone_start == 0:
            return m
    return _KIND.search(text, zone_start, min(limit, zone_start + 1500)) or _KIND.search(
        text, 0, 600
    )


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _attachments(
    text: str, head_end: int, signoffs: list[int]
) -> tuple[list[tuple[int, re.Match[str]]], list[int]]:
    """(starts of attached acts with the match of their type, starts of annexes)."""
    attached: list[tuple[int, re.Match[str]]] = []
    annexes: list[int] = []
    for m in _ISSUED_WITH.finditer(text, head_end):
        line_start = _line_start(text, m.start())
        before = text[line_start : m.start()]
        if before.strip() and not before.isupper():
            continue
        heading = _heading_before(text, line_start, head_end)
        if heading is None or not text[head_end:heading].strip():
            continue
        kind = _KIND_LINE.match(text, heading)
        if kind and any(signoff < heading for signoff in signoffs):
            attached.append((heading, kind))
        elif not kind:
            annexes.append(heading)
    if not attached and signoffs and _CARRIER.match(text, head_end - len("QUYẾT ĐỊNH")):
        alone = next(
            (m for m in _KIND_LINE.finditer(text, signoffs[0]) if _stands_alone(text, m)), None
        )
        if alone:
            attached.append((alone.start(), alone))
    body_end = signoffs[0] if signoffs else None
    for m in _ANNEX_LINE.finditer(text, head_end):
        line = text[m.start() : _line_end(text, m.start())]
        after_signoff = body_end is not None and m.start() > body_end
        heading_like = len(line) < 200 and (
            m.group(1).isupper() or line.strip() == m.group().strip()
        )
        if (after_signoff or (body_end is None and m.group(1).isupper())) and heading_like:
            annexes.append(m.start())
    return attached, _distinct(text, sorted(annexes))


_CARRIER = re.compile(r"QUYẾT ĐỊNH")


def _stands_alone(text: str, kind: re.Match[str]) -> bool:
    """A type of act as a whole line, with a title in capitals under it."""
    end = _line_end(text, kind.end())
    below = text[end + 1 : _line_end(text, end + 1)]
    return not text[kind.end() : end].strip() and below.isupper()


def _distinct(text: str, starts: list[int]) -> list[int]:
    """Annex starts without those that only continue the heading of the one before."""
    kept: list[int] = []
    for start in starts:
        if not kept or not _continues(text, kept[-1], start):
            kept.append(start)
    return kept


def _continues(text: str, before: int, start: int) -> bool:
    """Does a line belong to the heading that starts a little before it?"""
    first, second = _ANNEX_LINE.match(text, before), _ANNEX_LINE.match(text, start)
    if first and second and first.group(2) != second.group(2):
        return False
    return start - before < 250 and text.count("\n", before, start) <= 3


def _heading_before(text: str, line: int, floor: int) -> int | None:
    """Start of the block of heading lines that ends just before ``line``.

    Up to the line with the type of an act or the word "Phụ lục"; else the lines in capitals.
    """
    start = line
    block: int | None = None
    for count in range(8):
        if start <= floor + 1:
            break
        above = _line_start(text, start - 1)
        words = text[above : start - 1].strip()
        if _ANNEX_LINE.match(text, above) or _KIND_LINE.match(text, above):
            return above
        letters = [c for c in words if c.isalpha()]
        capital = bool(letters) and sum(c.isupper() for c in letters) / len(letters) > 0.8
        if RECIPIENTS.match(text, above) or words.endswith((".", ";", ",")) or len(words) > 300:
            break
        if not capital and (count >= 3 or words.startswith(("-", "+"))):
            break
        if capital or (count == 0 and len(words) < 120):
            block = above
        start = above
    return block


def _annex(text: str, start: int, end: int, index: int, count: int) -> AnnexHead:
    m = _ANNEX_LINE.match(text, start)
    marker = " ".join(m.group().split()).rstrip(":.") if m else ""
    title_start = m.end() if m else start
    at = title_start
    for _ in range(8):
        line_end = _line_end(text, at)
        line = text[at:line_end].strip()
        letters = [c for c in line if c.isalpha()]
        capital = letters and sum(c.isupper() for c in letters) / len(letters) > 0.8
        if at > title_start and not capital and not _ISSUED_WITH.match(line):
            break
        if line_end >= end or _HEADING.match(line) or _TABLE_HEAD.match(line):
            break
        at = line_end + 1
        if _ISSUED_WITH.search(line):
            break
    head = text[title_start : max(at - 1, title_start)]
    issued = _ISSUED_WITH.search(head)
    title = " ".join((head[: issued.start()] if issued else head).split())
    label = "PL" if count == 1 else f"PL{index}"
    return AnnexHead(label, marker, title, start, max(at - 1, title_start), end)


def _act(text: str, start: int, kind: re.Match[str] | None, end: int, *, first: bool) -> Act:
    signoff = _signoff(text, kind.end() if kind else start, end)
    body_end = signoff[0] if signoff else end
    if kind is None:
        return Act(None, None, start, None, None, None, start, body_end, signoff)
    name = " ".join(kind.group(1).split()).lower()
    title_span = _title(text, kind.end(), body_end)
    title = " ".join(text[slice(*title_span)].split()) if title_span else None
    body_start = title_span[1] if title_span else kind.end()
    return Act(
        gazetteers.document_codes()[name],
        name.capitalize(),
        start,
        kind.span(),
        title or None,
        title_span,
        body_start,
        body_end,
        signoff,
    )


def _title(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """Span of the trích yếu after the type, or ``None``."""
    limit = min(limit, start + 1500)
    while start < limit and text[start] in " \n:.":
        start += 1
    capital = _is_capital_title(text, start)
    end = start
    at = start
    for index in range(7):
        if at >= limit:
            break
        line_end = min(_line_end(text, at), limit)
        line = text[at:line_end]
        if not line.strip():
            at = line_end + 1
            continue
        if _RULE.match(line) or (line.lstrip().startswith("(") and _ISSUED_WITH.search(line)):
            break
        if index and (_HEADING.match(line) or (_OFFICE_HOLDER.match(line) and capital)):
            break
        cut = _cut_capital(line) if capital else _cut_mixed(line, index)
        heading = _FIRST_HEADING.search(line, 0, cut)
        if heading:
            cut = heading.start()
        if cut < len(line):
            if cut:
                end = at + cut
            break
        if (
            not capital
            and index
            and (
                line.isupper()
                or len(line) > 160
                or (end - start > 20 and line[0].isupper() and len(line.split()) > 25)
            )
        ):
            break
        end = line_end
        at = line_end + 1
    stripped = text[start:end].rstrip(" -–_*\n")
    decider = _DECIDER.search(stripped) if capital else None
    if decider and decider.start() > 10:
        stripped = stripped[: decider.start()].rstrip()
    return (start, start + len(stripped)) if stripped else None


def _is_capital_title(text: str, start: int) -> bool:
    words = text[start : start + 40].split()[:3]
    letters = [c for word in words for c in word if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)


def _cut_capital(line: str) -> int:
    """Length of the run of capital words at the start of a line."""
    for m in re.finditer(r"\S+", line):
        word = m.group()
        if any(c.islower() for c in word) and not re.match(r"\d", word):
            # "… NĂM 2031 UBND tỉnh ban hành": the abbreviation opens the next sentence.
            opened = _OPENING_ABBREVIATION.search(line, 0, m.start())
            return opened.start() if opened and word[0].islower() else m.start()
        if (m.start() and _ISSUED_WITH.match(line, m.start())) or _RULE.match(word):
            return m.start()
    return len(line)


def _cut_mixed(line: str, index: int) -> int:
    """Where the opening paragraph starts in a line of a title in mixed case."""
    decider = _DECIDER_IN_LINE.search(line)
    if decider and decider.start() > 10:
        line = line[: decider.start()]
    for m in TITLE_END.finditer(line):
        if m.start() == 0 and index == 0:
            continue
        if m.start() == 0 or (m.start() > 15 and len(line) > m.start() + 60):
            before = line[: m.start()].rstrip()
            if m.start() == 0 or (
                before[-1:] not in ",("
                and not before.endswith((" và", " việc", " để", " của", " Chủ tịch", " với"))
            ):
                return m.start()
    return len(line)


def _signoff(text: str, start: int, end: int) -> tuple[int, int] | None:
    """From the recipients or the signature block (whichever comes first) to the act's end."""
    positions = [m.start() for m in RECIPIENTS.finditer(text, start, end)][:1]
    if positions:
        floor = max(start, positions[0] - 600)
        signs = [m.start() for m in _SIGN.finditer(text, floor, positions[0])]
        if signs and all(len(line) < 60 for line in text[signs[0] : positions[0]].splitlines()):
            positions.append(signs[0])
    else:
        signs = [m.start() for m in _SIGN.finditer(text, max(start, end - 900), end)]
        flat = [m.start() for m in _SIGN_FLAT.finditer(text, max(start, end - 400), end)]
        positions = signs[:1] or flat[:1]
    return (min(positions), end) if positions else None
