"""Organisations (cơ quan, đơn vị): every mention in a text.

In: clean text.  Out: ``Mention`` objects: named, collective ("UBND các huyện, thị xã, thành phố")
or generic ("các cơ quan, đơn vị liên quan").

Order of work: the longest gazetteer name first; then grammar (a head noun with a capital after it,
up to a word that cannot be in a name); then lists of class nouns.  A comma or "và" belongs to a
name when the gazetteer says so or when what follows cannot stand alone; only then is a list split.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import ahocorasick

from models.record import AgencyKind
from pipeline import gazetteers
from pipeline.entities import agency_patterns, class_patterns, place_patterns, shared_heads
from pipeline.entities.agency_classes import classes
from pipeline.entities.agency_mentions import Mention, Taken
from pipeline.entities.agency_names import by_grammar, placed_at, unwrapped
from pipeline.entities.agency_owners import completed, of_classes, with_shared_class
from pipeline.gazetteers import AgencyRow
from pipeline.language.letters import LOWER, UPPER
from pipeline.structure.numbers import NUMBER

# Folding that keeps every position: the old and the new place of a tone mark are one spelling.
_TONE_PAIRS = {}
for _base, _first in (("oa", "o"), ("oe", "o"), ("uy", "u")):
    for _tone in "\u0300\u0301\u0303\u0309\u0323":
        _old = unicodedata.normalize("NFC", _base[0] + _tone) + _base[1]
        _new = _base[0] + unicodedata.normalize("NFC", _base[1] + _tone)
        _TONE_PAIRS[_new] = _old
_TONE_NEW = re.compile("|".join(_TONE_PAIRS))


def fold(text: str) -> str:
    """Lower case, old tone placement, plain hyphens; same length as the text."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lower = lower.replace("–", "-").replace("—", "-")
    return _TONE_NEW.sub(lambda m: _TONE_PAIRS[m.group()], lower)


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in gazetteers.agencies():
        for name in (row.name, *row.aliases):
            automaton.add_word(fold(name), (fold(name), row, name))
            if name.startswith(("Bộ ", "Sở ")) and " và " in name:  # "Sở Kế hoạch Đầu tư"
                for short in (" ", " & "):
                    spelled = name.replace(" và ", short)
                    automaton.add_word(fold(spelled), (fold(spelled), row, spelled))
    automaton.make_automaton()
    return automaton


def find(
    text: str, *, span: tuple[int, int] | None = None, recipients: bool = False
) -> list[Mention]:
    """All mentions of organisations, in order, without overlaps.

    Args:
        text: clean text.
        span: only inside this stretch.
        recipients: the stretch is a line of Nơi nhận, where web portals are addressees too.
    """
    start, end = span or (0, len(text))
    text = unwrapped(text, start, end)
    taken = Taken(end)
    for m in NUMBER.finditer(text, start, end):
        taken.block(m.start(), m.end())
    for m in agency_patterns.LAW_OF_BODY.finditer(text, start, end):
        taken.block(m.start(), m.end())
    for rule in (_fixed_classes, _committees, _shared_heads, _listed):
        for mention in rule(text, start, end):
            taken.add(mention)
    for mention in _portals(text, start, end, recipients):
        taken.add(mention, over=True)
    for mention in by_grammar(text, start, end, taken):
        taken.add(mention, over=True)
    for pattern in (
        class_patterns.SCHOOL,
        agency_patterns.PLACED_NAME,
        agency_patterns.NUMBERED_NAME,
    ):
        for m in pattern.finditer(text, start, end):
            taken.add(Mention(m.start(), m.end(), "named", None, 0.7))
    for mention in list(completed(text, taken.sorted())):
        taken.add(mention, over=True)
    for mention in classes(text, start, end, taken):
        taken.add(mention, around=True)
    named = taken.sorted()
    for mention in (*with_shared_class(text, named), *of_classes(text, named)):
        taken.add(mention, over=True)
    return [m for m in taken.sorted() if not _heading_capitals(text[m.start : m.end])]


def find_recipient(text: str, start: int, end: int) -> list[Mention]:
    """Organisations in one line of Nơi nhận; the mark in brackets is none.

    "Các Phòng KSTT, TH, QT" names three rooms with one head.
    """
    mark = _MARK.search(text, start, end)
    if mark and not any(m.row for m in find(text, span=mark.span("words"))):
        end = mark.start()
    listed = _ROOMS.search(text, start, end)
    if listed is None:
        return find(text, span=(start, end), recipients=True)
    found = find(text, span=(start, listed.start()), recipients=True)
    head = listed.group("head") or listed.group("command")
    names = listed.start("names" if listed.group("head") else "of")
    for m in _ROOM.finditer(text[names : listed.end()]):
        a, b = names + m.start(), names + m.end()
        alone = re.match(rf"TTXVN|VTV|VOV|{head}\s", m.group())
        name = m.group() if alone else f"{head} {m.group()}"
        _, row, _ = _automaton().get(fold(name), (name, None, name))
        found.append(Mention(a, b, "named", row, 0.7, name))
    found.extend(find(text, span=(listed.end(), end), recipients=True))
    return found


_MARK = re.compile(r"\s*[(“]\s*(?:để\s+)?(?P<words>[^)”]{1,30})[)”]\s*$")
_ROOM = re.compile(r"[^\s,;:]+(?:[ ](?!và)[^\s,;:]+)*")
_ROOMS = re.compile(
    r"(?:[Cc]ác\s+)?(?P<head>Phòng|Báo|Ban|Đài|Vụ)\s*:?\s+"
    rf"(?P<names>(?:[{UPPER}][{UPPER}&]+|(?<=:[ ])[{UPPER}][\w&]+(?:[ ][{LOWER}]+){{1,2}})"
    rf"(?:\s*,\s*[{UPPER}][\w&-]+(?:[ ][\w]+){{0,2}})+)(?=;|$)"
    rf"|(?<!\w)(?P<command>BTL|Bộ Tư lệnh|Quân chủng|Binh chủng)\s*:\s*"
    rf"(?P<of>[{UPPER}][\w&-]+(?:[ ][\w&-]+)*(?:\s*,\s*[{UPPER}][\w&-]+(?:[ ][\w&-]+)*)+)\s*;?$"
)


def _heading_capitals(printed: str) -> bool:
    """Headings and stamps in capitals name bodies that the text names again in its own words."""
    return printed.isupper() and len(printed.split()) > 1 and bool(_ACCENTED.search(printed))


_ACCENTED = re.compile(f"[{''.join(c for c in UPPER if not c.isascii() and c != 'Đ')}]")


def _fixed_classes(text: str, start: int, end: int) -> Iterator[Mention]:
    for pattern in (
        class_patterns.ONE_STOP,
        class_patterns.CENTRAL_CLASSES,
        class_patterns.PARTY_CLASSES,
        class_patterns.JUSTICE,
        class_patterns.LEVELS_OF,
    ):
        for m in pattern.finditer(text, start, end):
            yield Mention(m.start(), m.end(), "collective", None, 0.9)
    for pattern in (
        class_patterns.BY_FIELD,
        class_patterns.FORCES,
        class_patterns.TOP_JUSTICE,
    ):
        for m in pattern.finditer(text, start, end):
            yield Mention(m.start(), m.end(), "named", None, 0.7)


def _portals(text: str, start: int, end: int, recipients: bool) -> Iterator[Mention]:
    """Web portals are channels; they are bodies where they are addressed or bear a role."""
    for m in class_patterns.PORTAL.finditer(text, start, end):
        line = text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
        if recipients or class_patterns.ROLE_LABEL.search(line):
            yield Mention(m.start(), m.end(), "named", None, 0.7)


def _committees(text: str, start: int, end: int) -> Iterator[Mention]:
    for m in place_patterns.people_committee().finditer(text, start, end):
        many = m.group("many")
        stop = m.end()
        if _OFFICE_HOLDER.search(text, max(0, m.start() - 12), m.start()) and _PERSON.fullmatch(
            text, *m.span("place")
        ):
            stop = m.start("place") - 1  # "Phó Chủ tịch UBND TP Lê Hoa Mai"
        if m.group("second") and not m.group("office"):  # "HĐND và UBND tỉnh" are two bodies
            kind: AgencyKind = "collective" if many else "named"
            second = m.end("second") - 4
            whose = text[m.end("second") : stop]
            name = f"{m.group('head')}{whose}"
            yield Mention(m.start(), m.end("head"), kind, None, 0.9, name)
            yield Mention(second, stop, kind, None, 0.95)
            continue
        if many is None and m.group("one") is None:
            if m.group("head")[0].islower():
                continue
            if m.group("second"):
                stop = m.start("second")
            elif m.group("head").isupper() and (
                text[m.end() : m.end() + 1] in ("-", "/")
                or text[m.start() - 1 : m.start()] in ("-", "/")  # "Số:    /QĐ-UBND"
            ):
                continue
        yield Mention(m.start(), stop, "collective" if many else "named", None, 0.95)


_OFFICE_HOLDER = re.compile(r"(?:Chủ tịch|PCT|CT)\s+$")
_PERSON = re.compile(
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Dương|Lý|Hà)(?:[ ]\w+){2,3}"
)


def _shared_heads(text: str, start: int, end: int) -> Iterator[Mention]:
    for member in shared_heads.find(text, start, end):
        yield Mention(member.start, member.end, "named", member.row, 0.9, member.name)


def _listed(text: str, start: int, end: int) -> Iterator[Mention]:
    """Gazetteer names, longest first, with the place that follows."""
    folded_text = fold(text[start:end]).replace("\n", " ")
    hits: list[tuple[int, int, AgencyRow]] = []
    for last, (name, row, spelled) in _automaton().iter(folded_text):
        first = last - len(name) + 1
        if not _word_edge(folded_text, first, last + 1):
            continue
        if not text[start + first].isupper() and row.kind == "named":
            continue
        if _VERB.match(text, start + first):
            continue
        if row.name == "Bảo hiểm xã hội" and _insured(text, start + first, start + last + 1):
            continue
        if text[start + first - 1 : start + first] in ("-", "/", ".") and spelled.isupper():
            continue  # the tail of a symbol: "/QĐ-SCT", "TĐKT.TLĐ"
        if spelled.isupper() and not text[start + first : start + last + 1].isupper():
            continue  # an abbreviation counts only in capitals
        hits.append((start + first, start + last + 1, row))
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    at = -1
    for first, stop, row in hits:
        if first < at:
            continue
        if text.startswith(" viên", stop) and text[first:stop].endswith(("ủy", "uỷ")):
            continue
        stop, kind = placed_at(text, shared_heads.joined(text, first, stop, end), end)
        at = stop
        plural = text[max(0, first - 4) : first] in ("các ", "Các ")
        if row.kind == "collective" or (plural and row.name.startswith("Sở ")):
            kind = "collective"  # "các Sở Y tế": that of every province
            first -= 4 if plural else 0
        yield Mention(first, stop, kind, row, 0.97)


# "các phòng thuộc Sở xây dựng và triển khai kế hoạch": what the rooms do, no department's name.
_VERB = re.compile(
    r"(?:Sở|Bộ) xây dựng\s+(?:và (?:triển khai|ban hành|tổ chức|thực hiện)|kế hoạch|chương trình"
    r"|phương án|dự thảo|báo cáo|các|những|quy)(?!\w)"
)


def _insured(text: str, start: int, end: int) -> bool:
    """Is the insurance meant, not the office: "tham gia BHXH", "BHXH tự nguyện"?"""
    if _POLICY.match(text, end):
        return True
    return bool(_JOINS.search(text, max(0, start - 15), start)) and not _OFFICE.match(text, end)


_POLICY = re.compile(
    r"\s+(?:tự nguyện|bắt buộc|một lần|toàn dân|hằng tháng|hàng tháng)(?!\w)|, BHYT"
)
_JOINS = re.compile(
    r"(?i)(?:tham gia|đóng|chế độ|chính sách|hưởng|luật|phát triển|bao phủ|mức|thẻ|sổ|nợ|diện)\s$"
)
_OFFICE = re.compile(r"\s+(?:tỉnh|thành phố|Thành phố|huyện|quận|Việt Nam|khu vực|các|cấp)(?!\w)")


def _word_edge(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (
        end < len(text) and text[end].isalnum()
    )
