"""Letterhead and title (thể thức, ô 1–5 of NĐ 30/2020/NĐ-CP): what a document says of itself.

In: clean text and its ``Layout``.  Out: ``Facts``: each with the span it was read from.  A blank
stays ``None`` ("Số:      /KH-UBND" gives the symbol and no number), and a receiving office's stamp
("ĐẾN Số … Ngày …") is nobody's number or date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pipeline import gazetteers
from pipeline.language.keys import key
from pipeline.language.letters import UPPER
from pipeline.structure import numbers, periods
from pipeline.structure.acts import Act, Layout

_BODY = r"(?:[A-ZĐÂĂÊÔƠƯÐ][A-Za-zĐđÂâĂăÊêÔôƠơƯư0-9&.]*)"
_NUMBER = re.compile(
    rf"(?<!\w)(?:(?:Số|SỐ|Sổ)\s*[:.]?|số\s*:)\s*(?P<serial>\d{{1,6}}[a-zđ]?(?:\.\d{{1,3}})?)?\s*"
    rf"(?P<rest>(?:[/-]\s*(?:(?:19|20)\d\d\s*/\s*)?{_BODY}(?:\s?[-–/]\s?{_BODY})*))"
)
# OCR of a number written by hand: anything between "Số:" and the printed symbol.
_SCRAWLED = re.compile(
    rf"(?<!\w)(?:Số|SỐ|Sổ)\s*[:.]\s*(?P<serial>[^\s/]{{1,8}}(?:\s[^\s/]{{1,4}})?)\s*"
    rf"(?P<rest>/\s*{_BODY}(?:\s?[-–/]\s?{_BODY})*)"
)
# Printed figures are read with .9 and more; no wrong figure of a hand was read with .75.
_SURE = 0.85
_STAMP = re.compile(r"(?:^|\n)\s*(?:\*\*)?(?:CÔNG VĂN\s+)?ĐẾN\b")
_STAMP_NUMBER = re.compile(r"Số\s*[.…:_\s]*\d*[.…_]{2,}|[Gg]iờ\b|Chuyển\s*:")
_DATE = re.compile(
    rf"(?P<place>(?:TP\s?\.\s?|Tp\s?\.\s?)?[{UPPER}][\w.\-–]*"
    rf"(?:[ \n]+(?:[-–][ \n]+)?[{UPPER}][\w.]*){{0,5}})\s*,\s*"
    r"(?P<date>ng[àa]y\s*(?:(?P<day>\d{1,2})(?=[\s.…_]*th))?[^\w\n,;]*(?:[^\s,;]{1,4}\s*)?"
    r"th[áa]ng\s*(?:(?P<month>\d{1,2})(?=[\s.…_]*n))?[^\w\n,;]*(?:[^\s,;]{1,4}\s*)?"
    r"n[ăa]m[\s:.,]*(?P<year>(?:19|20)\s?\d\s?\d)?)"
)
_STATE_CAPITAL = re.compile(r"CỘNG|Độc\s+lập|HẠNH PHÚC|ĐẢNG CỘNG SẢN VIỆT NAM")
_RULE = re.compile(r"[-–_=*]{3,}")
_HEAD_NOUNS = (
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|SỞ|VĂN PHÒNG|BAN|BỘ|CỤC|CHI CỤC|LIÊN ĐOÀN|TỔNG|VIỆN|TÒA ÁN"
    r"|TOÀ ÁN|TRƯỜNG|TRUNG TÂM"
    r"|CÔNG AN|THANH TRA|BẢO HIỂM|NGÂN HÀNG|ĐÀI|BÁO|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|ĐẢNG BỘ|ĐẢNG ỦY"
    r"|ĐOÀN|HỘI|MẶT TRẬN|KHO BẠC|CHÍNH PHỦ|THỦ TƯỚNG)"
)
_OPENING = re.compile(
    r"(?P<issuer>(?:Ủy ban nhân dân(?:\s*\(UBND\))?|Uỷ ban nhân dân(?:\s*\(UBND\))?|UBND|Sở"
    r"|Văn phòng|Bộ|Ban Chỉ đạo|Ban chỉ đạo|Ban Quản lý|Ban Thường vụ|Ban|Tòa án|Viện"
    r"|Liên đoàn|Tổng Liên đoàn|Cục|Ủy ban|Hội đồng|Công an|Trường|Trung tâm|Thành ủy"
    r"|Tỉnh ủy)\b(?:(?!\bvề\b|\bcủa\b)[^.;:\n]){0,90}?)"
    r",?\s+(?:xây dựng|ban hành|triển khai|lập|đề ra|tổ chức triển khai)\s+"
    r"(?:và\s+\S+\s+\S+\s+)?[Kk]ế hoạch\b"
)
_OF_ISSUER = re.compile(
    r"\((?:Ban hành\s+)?[Kk]èm theo [^)]{0,120}?\bcủa\s+"
    rf"(?P<issuer>[{UPPER}][^)\n]*?(?:\n[^)\n]*)?)\)"
)
_CENTRAL = re.compile(
    r"^(?:BỘ|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|ỦY BAN THƯỜNG VỤ|TỔNG (?!CÔNG TY)"
    r"|VĂN PHÒNG (?:CHÍNH PHỦ|QUỐC HỘI|TRUNG ƯƠNG)|BAN "
    r"(?:BÍ THƯ|CHẤP HÀNH TRUNG ƯƠNG|CHỈ ĐẠO .*(?:QUỐC GIA|TRUNG ƯƠNG))"
    r"|HỘI ĐỒNG .*TRUNG ƯƠNG|THANH TRA CHÍNH PHỦ|KIỂM TOÁN|NGÂN HÀNG NHÀ NƯỚC VIỆT NAM)|TỐI CAO"
    r"|QUỐC GIA|TRUNG ƯƠNG\b",
    re.I,
)


# How sure the reading of a stretch is, 0 to 1: of the least sure word that OCR read there.
Sureness = Callable[[int, int], float]


def certain(start: int, end: int) -> float:
    """The sureness of text that nobody had to recognise."""
    return 1.0


@dataclass(frozen=True, slots=True)
class Fact:
    """One field: its value, where it was read, how sure the rule is."""

    value: str
    span: tuple[int, int]
    confidence: float = 1.0


@dataclass(slots=True)
class Facts:
    """All that the letterhead, the title and the opening paragraph say."""

    number: Fact | None = None
    symbol: Fact | None = None
    issued_on: Fact | None = None
    place: Fact | None = None
    issuer: Fact | None = None
    title: Fact | None = None
    plan_period: Fact | None = None
    province: Fact | None = None
    notices: list[tuple[str, str, int, int]] = field(default_factory=list)


def read(text: str, layout: Layout, sureness: Sureness = certain) -> Facts:
    """Read the head of the first act.

    Args:
        text: clean text.
        layout: from ``structure.acts``.
        sureness: of the figures of number and date; unsure ones are left blank, with a notice.

    Returns:
        The facts found; ``None`` for what is blank or absent.
    """
    act = layout.acts[0]
    head_end = act.kind_span[0] if act.kind_span else min(len(text), 1500)
    # Some files have the number and date line under the title block, or no letterhead at all.
    zone_end = max(head_end, min(act.body_start, head_end + 2500))
    facts = Facts()
    stamp = _stamp_zone(text, zone_end)
    _read_number(text, zone_end, stamp, facts, sureness)
    _read_date(text, zone_end, facts, sureness)
    if act.title and act.title_span:
        facts.title = Fact(act.title, act.title_span, 0.95)
        start, end = act.title_span
        if period := periods.find(text[start:end]):
            value, first, last = period
            facts.plan_period = Fact(value, (start + first, start + last))
    facts.issuer = _letterhead_issuer(text, head_end, facts) or _stated_issuer(text, layout)
    facts.province = _province(text, facts, act)
    return facts


def _stamp_zone(text: str, limit: int) -> tuple[int, int] | None:
    """The receiving office's stamp: from "ĐẾN" over its Số, Ngày, Chuyển."""
    m = _STAMP.search(text, 0, min(len(text), limit + 600))
    if not m or not _STAMP_NUMBER.search(text, m.end(), min(len(text), m.end() + 160)):
        return None
    return m.start(), min(len(text), m.end() + 160)


def _read_number(
    text: str, limit: int, stamp: tuple[int, int] | None, facts: Facts, sureness: Sureness
) -> None:
    scrawled = [
        m
        for m in _SCRAWLED.finditer(text, 0, limit)
        if sureness(*m.span("serial")) < _SURE and not (stamp and stamp[0] <= m.start() < stamp[1])
    ]
    first = scrawled[0].start() if scrawled else limit
    for m in (*_NUMBER.finditer(text, 0, first), *scrawled, *_NUMBER.finditer(text, first, limit)):
        if stamp and stamp[0] <= m.start() < stamp[1]:
            continue
        line = text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
        if line.lstrip().startswith("(") or _CITES.search(line):
            continue
        rest = m.group("rest")
        symbol = re.sub(r"^[/-]\s*(?:(?:19|20)\d\d\s*/\s*)?", "", rest)
        symbol = numbers.compact(symbol).rstrip(".,")
        end = m.start("rest") + len(rest.rstrip(".,"))
        facts.symbol = Fact(
            symbol, (end - len(symbol), end) if symbol in text[:end] else (m.start("rest"), end)
        )
        if m.group("serial") and sureness(*m.span("serial")) < _SURE:
            facts.notices.append(
                ("number-unsure", "The document's number is written by hand and not read for sure.",
                 m.start(), end)
            )  # fmt: skip
        elif m.group("serial"):
            printed = numbers.compact(text[m.start("serial") : end])
            facts.number = Fact(printed, (m.start("serial"), end))
        else:
            facts.notices.append(
                ("number-blank", "The document's number is blank.", m.start(), end)
            )
        return


# "Công văn: Số 12/…", "Nghị định số: 5/…": the number of another document.
_CITES = re.compile(
    r"(?i)(?:quyết định|kế hoạch|kèm theo|nghị quyết|chỉ thị|công văn|nghị định|thông tư|thông báo"
    r"|báo cáo|tờ trình|văn bản|hướng dẫn|luật|công điện)\s*:?\s*$"
)


def _read_date(text: str, limit: int, facts: Facts, sureness: Sureness) -> None:
    m = _DATE.search(text, 0, min(limit, len(text)))
    if m is None:
        return
    start, end = _place_span(text, *m.span("place"))
    facts.place = Fact(" ".join(text[start:end].split()), (start, end))
    month, day = (_figure(m, part, sureness) for part in ("month", "day"))
    value = _edtf(m.group("year"), month, day if month else None)
    if (month, day) != m.group("month", "day"):
        facts.notices.append(
            (
                "date-unsure",
                "The date is written by hand and not read for sure.",
                m.start(),
                m.end(),
            )
        )
    if value is None:
        facts.notices.append(("date-blank", "The date is blank or not a date.", m.start(), m.end()))
        return
    elif len(value) < len("2031-01-01") and (month, day) == m.group("month", "day"):
        facts.notices.append(
            ("date-partial", "Day or month of the date is blank.", m.start(), m.end())
        )
    facts.issued_on = Fact(value, m.span("date"))


def _figure(m: re.Match[str], part: str, sureness: Sureness) -> str | None:
    """Day or month of a date, where OCR can be trusted with it.

    Days below ten and the first two months are written with a zero (NĐ 30/2020/NĐ-CP, Phụ lục I,
    II.4): a single figure that OCR read there may have lost its neighbour.
    """
    figures = m.group(part)
    if not figures:
        return None
    sure = sureness(*m.span(part))
    lone = sure < 1 and len(figures) == 1 and (part == "day" or figures in "12")
    return None if lone or sure < _SURE else str(figures)


def _place_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without what stands before it in the same line: "HẠNH PHÚC ----- Hà Nội"."""
    line = text.rfind("\n", start, end) + 1
    start = line if line and text[line:end].strip() else start
    words = list(re.finditer(r"\S+", text[start:end]))
    while len(words) > 1:
        word = words[0].group()
        symbol = "-" in word.strip("-–") and any(c.isupper() for c in word[1:])
        foreign = _RULE.match(word) or symbol or (word.isupper() and len(word) > 2)
        if word == "TP." or not foreign:
            break
        words.pop(0)
    return start + words[0].start(), end


def _edtf(year: str | None, month: str | None, day: str | None) -> str | None:
    """A date as far as it is printed; ``None`` without a year and for days no calendar has."""
    if year is None:
        return None
    number = int("".join(year.split()))
    try:
        date(number, int(month or 1), int(day or 1))
    except ValueError:
        return None
    parts = [f"{number:04d}"]
    if month:
        parts.append(f"{int(month):02d}")
        if day:
            parts.append(f"{int(day):02d}")
    return "-".join(parts)


def _letterhead_issuer(text: str, head_end: int, facts: Facts) -> Fact | None:
    """The body in capitals on the top left (ô 2); the lower of two."""
    stop = head_end
    for fact in (facts.number, facts.symbol):
        if fact:
            stop = min(stop, fact.span[0])
    head = text[:stop]
    blank = re.search(r"\bSố\s*:", head)
    if blank and blank.start() > 3:
        head = head[: blank.start()]
    motto = _STATE_CAPITAL.search(head)
    if motto and motto.start() > 3:
        head = head[: motto.start()]
    elif motto:  # columns the other way round: the motto first
        after = re.search(r"(?:Hạnh\s+phúc|HẠNH\s+PHÚC)[\s\-–_=*]*", head)
        head = " " * after.end() + head[after.end() :] if after else ""
    matches = list(re.finditer(rf"(?<!\w){_HEAD_NOUNS}(?!\w)", head))
    if not matches:
        return None
    start = matches[0].start()
    for m in matches[1:]:
        line_start = head[m.start() - 1] == "\n"
        above = head[start : m.start()].strip()
        # "… LAO ĐỘNG VIỆT NAM LIÊN ĐOÀN …": a new body begins where a name is complete.
        complete = re.search(
            rf"(?:VIỆT NAM|TỈNH [{UPPER} ]+|THÀNH PHỐ [{UPPER} ]+|TRUNG ƯƠNG)$", above
        )
        heads = re.match(
            r"(?:SỞ|BAN CHỈ|BAN QUẢN|VĂN PHÒNG|LIÊN ĐOÀN|CỤC|CHI CỤC|TRƯỜNG|TRUNG TÂM|VIỆN"
            r"|CÔNG AN)",
            m.group() + head[m.end() : m.end() + 5],
        )
        if above and heads and (line_start or complete) and not above.endswith((" VÀ", ",")):
            start = m.start()
    rule = _RULE.search(head, start)
    end = rule.start() if rule else len(head)
    name = " ".join(head[start:end].split()).strip(" *")
    letters = [c for c in name if c.isalpha()]
    if not letters or len(name) > 140 or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return None
    return Fact(name, (start, start + len(head[start:end].rstrip())), 0.95)


def _stated_issuer(text: str, layout: Layout) -> Fact | None:
    """The issuer as the file says it elsewhere: carrier line, then the opening paragraph."""
    act = layout.acts[0]
    carrier = _OF_ISSUER.search(text, act.start, min(len(text), act.body_start + 600))
    if carrier:
        name = " ".join(carrier.group("issuer").split()).rstrip(" .,")
        return Fact(
            name,
            (
                carrier.start("issuer"),
                carrier.start("issuer") + len(carrier.group("issuer").rstrip(" .,")),
            ),
            0.9,
        )
    best = None
    for m in _OPENING.finditer(text, act.body_start, min(len(text), act.body_start + 4000)):
        best = m
        break
    if best is None:
        return None
    printed = best.group("issuer")
    inner = list(
        re.finditer(r"(?:(?<=[,;] )|(?<=\n))(?:Ủy ban nhân dân|UBND|Sở|Văn phòng|Bộ)\b", printed)
    )
    offset = inner[-1].start() if inner else 0
    name = " ".join(printed[offset:].split())
    start = best.start("issuer") + offset
    return Fact(name, (start, best.end("issuer")), 0.85)


def _province(text: str, facts: Facts, act: Act) -> Fact | None:
    """The province concerned: from the issuer, then the title, the place, the body."""
    if facts.issuer and _CENTRAL.search(facts.issuer.value):
        return None
    for fact, confidence in ((facts.issuer, 1.0), (facts.title, 0.9), (facts.place, 0.95)):
        if fact:
            found = _named_province(text, *fact.span)
            if found:
                return Fact(found.value, found.span, confidence)
    counts: Counter[str] = Counter()
    first: dict[str, Fact] = {}
    for m in _PROVINCE_IN_TEXT.finditer(text, 0, min(len(text), 20000)):
        found = _named_province(text, m.start(), min(len(text), m.end() + 30), prefix=True)
        if found:
            counts[found.value] += 1
            first.setdefault(found.value, found)
    if not counts:
        return None
    name, count = counts.most_common(1)[0]
    confidence = 0.85 if count >= 3 and count / sum(counts.values()) > 0.6 else 0.5
    return Fact(name, first[name].span, confidence)


_PROVINCE_IN_TEXT = re.compile(rf"\b(?:tỉnh|[Tt]hành phố|TP\.?)\s(?=[{UPPER}])")


def _named_province(text: str, start: int, end: int, *, prefix: bool = False) -> Fact | None:
    """The longest province name in a stretch (or right after its start), with its span."""
    names = gazetteers.province_names()
    words = list(re.finditer(r"[^\s,;:.()]+|TP\.", text[start:end]))
    for size in (6, 5, 4, 3, 2, 1):
        for index in range(len(words) - size, -1, -1):
            if prefix and index > 2:
                continue
            a, b = words[index].start(), words[index + size - 1].end()
            printed = text[start + a : start + b]
            name = names.get(key(printed))
            if name and (printed[:1].isupper()):
                if name == "Huế" and re.search(
                    r"(?i)thừa thiên\W*$", text[max(0, start + a - 20) : start + a]
                ):
                    name = "Thừa Thiên Huế"
                return Fact(name, (start + a, start + b))
    return None
