"""Mentions of laws, decrees, decisions, plans … (viện dẫn văn bản) in the clean text.

In: clean text.  Out: ``Mention`` objects with a span for every part that was read.  Found are
documents identified by a number, laws cited by name, and pin cites before them; short and named
forms ("Kế hoạch này", "Đề án 06") are found apart, for ``entities.resolution`` to resolve.

How: a number is the strongest sign, so numbers are found first and the words around each are read
outward; the word before the number says the kind (a number's code does not: "QĐ" of the Party is
Quyết định or Quy định).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline import gazetteers
from pipeline.entities import cited_laws
from pipeline.entities.citation_parts import (
    KIND,
    SHORT_KINDS,
    Mention,
    date_after,
    kind_name,
    pinpoint_before,
    with_issuer,
)
from pipeline.language.letters import UPPER
from pipeline.structure import numbers

__all__ = ["Mention", "find", "find_short"]

_BEFORE = 190  # code points before a number that say what it is the number of
_KIND_BEFORE = re.compile(
    rf"(?<![\w])(?:(?P<kind>{KIND})|(?P<short>{'|'.join(SHORT_KINDS)}))"
    rf"(?P<of>\s+của\s+(?:(?!{KIND}|\bvề\b|\bban hành\b"
    rf"|\btheo\b)[^.;:,()\d]){{3,70}}?(?=\s+số|\s*:\s*số))?"
    rf"\s*(?::\s*(?=số))?(?:số\s*:?\s*)?$",
    re.I,
)
_NUMBER_WORD = re.compile(r"(?<!\w)(số\s*:?\s*)$", re.I)
_LAW_BEFORE = re.compile(
    r"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh)\s+(?P<name>[^.;:()\d]{3,140}?)\s+số\s*:?\s*$", re.I
)
_LIST_GAP = re.compile(r"\s*(?:[,;]|và|[,;]\s*và)\s*(?:số\s*:?\s*)?$", re.I)
_LIST_TITLE_GAP = re.compile(r"^[^.\n]{0,160};\s*(?:số\s*:?\s*)?$", re.I)
_UNREAD = re.compile(
    rf"(?<=\bsố )\d{{0,3}}[^\w\s./…\-–_()\"'“”‘’,;:*]\w{{0,3}}(?:/\d{{4}})?/[{UPPER}][\w-]+"
)
_TRUNG_UONG = re.compile(
    r"Nghị quyết (?:Hội nghị )?(?:Trung ương|TW) (?:lần thứ )?(?:\d{1,2}|[IVX]+|\w+)"
    r"(?:,? \(?khó?[óo]?[aáà]+ [IVX]+\)?)",
    re.I,
)
_BARE = re.compile(
    r"(?<!\w)(?P<kind>Nghị quyết|Quyết định|Nghị định|Thông tư|Chỉ thị|Kế hoạch|Kết luận"
    r"|Công văn|Công điện"
    r"|Quy định|Thông báo) (?:số )?(?P<number>\d{1,5}[a-z]?)(?![\w/%]|[.,]\d"
    r"|\s?[-–/]\s?[A-ZĐ\d]|\.\s+[A-ZĐ]|\.$|\.?\n)",
)
# "Kế hoạch 30 ngày": a count, no number.
_COUNTED = re.compile(r"\s*(?:điểm|tháng|ngày|năm|nội dung|nhiệm vụ|mục|%)")
_SELF = re.compile(
    r"(?<!\w)(?P<kind>Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Chương trình|Đề án|Thông tư"
    r"|Nghị định|Luật|Pháp lệnh"
    r"|Hướng dẫn|Quy định|Quy chế|Công văn|Báo cáo)\s+này(?!\w)",
    re.I,
)


def find(text: str) -> list[Mention]:
    """All citations of a text, in order, without overlaps.

    Args:
        text: clean text (NFC).

    Returns:
        Documents identified by number or by a law's name; the short forms are in ``find_short``.

    >>> [m.number.canonical for m in find("theo Kế hoạch số 36/KH-UBND ngày 21/3/2017")]
    ['36/KH-UBND']
    """
    found = list(_unread(text))
    unread = [(mention.start, mention.end) for mention in found]
    found += (m for m in _numbered(text) if not any(a < m.end and m.start < b for a, b in unread))
    taken = [(mention.start, mention.end) for mention in found]
    for mention in (*cited_laws.find(text), *_central_committee(text), *_bare_numbers(text)):
        if not any(start < mention.end and mention.start < end for start, end in taken):
            taken.append((mention.start, mention.end))
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def find_short(text: str) -> list[Mention]:
    """Short and named forms: "Kế hoạch này", "Đề án 06"; none of them carries a number."""
    found = [
        Mention(
            m.start(), m.end(), kind_name(m.group("kind")), None, None, short=True, is_self=True
        )
        for m in _SELF.finditer(text)
    ]
    for m in _programme_pattern().finditer(text):
        found.append(
            Mention(
                m.start(),
                m.end(),
                kind_name(m.group().split()[0] + " " + m.group().split()[1]),
                None,
                None,
                name=m.group(),
                short=True,
            )
        )
    return sorted(found, key=lambda mention: mention.start)


def _numbered(text: str) -> Iterator[Mention]:
    previous: Mention | None = None
    for m in numbers.NUMBER.finditer(text):
        printed = m.group().rstrip(".,")
        parsed = numbers.parse(printed)
        end = m.start() + len(printed)
        window_start = max(m.start() - _BEFORE, previous.end if previous else 0)
        window = text[window_start : m.start()]
        kind = name = issuer = None
        start = m.start()
        listed = False
        before = _KIND_BEFORE.search(window)
        law = _LAW_BEFORE.search(window) if not before or before.group("of") else None
        if before:
            kind = _kind_of(before)
            start = window_start + before.start()
            if before.group("of"):
                issuer = re.sub(r"^\s*của\s+", "", before.group("of"))
        elif law and _plausible_law_name(law.group("name")):
            kind = kind_name(law.group("kind"))
            name = " ".join(law.group("name").split())
            start = window_start + law.start()
        else:
            word = _NUMBER_WORD.search(window)
            if word:
                start = window_start + word.start(1)
            if previous is not None and previous.end == window_start:
                gap = window
                listed = bool(_LIST_GAP.match(gap) or (word and _LIST_TITLE_GAP.match(gap)))
            if listed and previous is not None:
                kind = previous.kind
            elif not word and not _is_code(parsed):
                continue
        end, date = date_after(text, end)
        mention = Mention(
            start,
            end,
            kind,
            parsed,
            date,
            issuer,
            name,
            pinpoint_before(text, start),
            confidence=0.95 if kind else 0.7,
            notices=("number-repaired",) if parsed.repaired else (),
        )
        mention = with_issuer(text, mention)
        if listed and previous is not None and mention.issuer is None and before is None:
            mention = replace(
                mention, issuer=previous.issuer if _same_family(previous, mention) else None
            )
        previous = mention
        yield mention


def _same_family(first: Mention, second: Mention) -> bool:
    """Same type and body in the number: "10/CT-TTg … ; số 31/CT-TTg" have one issuer."""
    return (
        first.number is not None
        and second.number is not None
        and first.number.symbol == second.number.symbol
    )


def _is_code(parsed: numbers.ParsedNumber) -> bool:
    """Does a number without any word before it look like a document's?"""
    return bool(
        parsed.type_code
        or parsed.term
        or any(b in gazetteers.issuer_codes() for b in parsed.body_codes)
    ) and bool(re.search(r"[-/].*[-/]|/.*-|QH\d", parsed.canonical))


def _kind_of(match: re.Match[str]) -> str:
    if match.group("kind"):
        return kind_name(match.group("kind"))
    return SHORT_KINDS.get(match.group("short").upper(), match.group("short"))


def _central_committee(text: str) -> Iterator[Mention]:
    for m in _TRUNG_UONG.finditer(text):
        yield Mention(m.start(), m.end(), "Nghị quyết", None, None, name=m.group(), confidence=0.8)


def _bare_numbers(text: str) -> Iterator[Mention]:
    """ "Nghị quyết số 09", "Kế hoạch 2514": a serial without its symbol."""
    for m in _BARE.finditer(text):
        end, date = date_after(text, m.end())
        if date is None and _COUNTED.match(text, m.end()):
            continue
        parsed = numbers.parse(m.group("number"))
        mention = Mention(
            m.start(), end, kind_name(m.group("kind")), parsed, date, short=True, confidence=0.7
        )
        yield with_issuer(text, mention)


def _unread(text: str) -> Iterator[Mention]:
    """ "Công văn số §5/VP-HC ngày 08/01/2031": a scan's number in which a sign was no digit."""
    for m in _UNREAD.finditer(text):
        window_start = max(m.start() - _BEFORE, 0)
        before = _KIND_BEFORE.search(text[window_start : m.start()])
        end, date = date_after(text, m.end())
        if before and date:
            start = window_start + before.start()
            yield Mention(start, end, _kind_of(before), None, date, confidence=0.3)


@cache
def _programme_pattern() -> re.Pattern[str]:
    names = sorted((name for name, _ in gazetteers.programmes()), key=len, reverse=True)
    patterns = (
        re.escape(name).replace(r"\ ", r"\s+").replace(r"\-", r"\s?[-–]\s?") for name in names
    )
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(patterns)}|(?:Đề án|Dự án|Chương trình)\s+(?:số\s+)?\d{{1,4}})"
        rf"(?![\w/-]|\s?[-/]\s?[A-ZĐ\d])"
    )


def _plausible_law_name(name: str) -> bool:
    return len(name.split()) <= 22 and not re.search(
        r"(?i)\b(?:căn cứ|nghị định|thông tư|quyết định)\b", name
    )
