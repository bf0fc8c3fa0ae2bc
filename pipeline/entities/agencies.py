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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick

from models.record import AgencyKind
from pipeline import gazetteers
from pipeline.entities import agency_patterns as patterns
from pipeline.entities import shared_heads
from pipeline.gazetteers import AgencyRow
from pipeline.language.letters import UPPER
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


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named at one place; offsets into the clean text."""

    start: int
    end: int
    kind: AgencyKind
    row: AgencyRow | None = None
    confidence: float = 0.9
    name: str | None = None  # where the printed words leave out the head: "các Sở: Y tế, Nội vụ"


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in gazetteers.agencies():
        for name in (row.name, *row.aliases):
            automaton.add_word(fold(name), (fold(name), row, name))
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
    taken = _Taken(end)
    for m in NUMBER.finditer(text, start, end):
        taken.block(m.start(), m.end())
    for rule in (_fixed_classes, _committees, _shared_heads, _listed):
        for mention in rule(text, start, end):
            taken.add(mention)
    for mention in _portals(text, start, end, recipients):
        taken.add(mention, over=True)
    for mention in _by_grammar(text, start, end, taken):
        taken.add(mention, over=True)
    for mention in _classes(text, start, end, taken):
        taken.add(mention, around=True)
    return [m for m in taken.sorted() if not _heading_capitals(text[m.start : m.end])]


def find_recipient(text: str, start: int, end: int) -> list[Mention]:
    """Organisations in one line of Nơi nhận; the mark in brackets is none.

    "Các Phòng KSTT, TH, QT" names three rooms with one head.
    """
    mark = re.compile(r"\s*[(“]\s*(?:để\s+)?[^)”]{1,30}[)”]\s*$").search(text, start, end)
    end = mark.start() if mark else end
    listed = _ROOMS.search(text, start, end)
    if listed is None:
        return find(text, span=(start, end), recipients=True)
    found = find(text, span=(start, listed.start()), recipients=True)
    for m in re.finditer(r"[^\s,;:]+(?:[ ](?!và)[^\s,;:]+)*", text[listed.start("names") : end]):
        a, b = listed.start("names") + m.start(), listed.start("names") + m.end()
        head = listed.group("head")
        alone = re.match(r"TTXVN|VTV|VOV", m.group())
        found.append(
            Mention(a, b, "named", None, 0.7, m.group() if alone else f"{head} {m.group()}")
        )
    return found


def unnamed(text: str, start: int, end: int, known: Sequence[Mention]) -> Iterator[Mention]:
    """What stands in a field of roles and is in no gazetteer and no grammar: "CSĐT; Thí sinh".

    Args:
        text: clean text.
        start: where the field begins, "Đơn vị phối hợp" for example.
        end: where it ends.
        known: mentions of the text; a part that touches one is no unknown body.
    """
    for part in _FIELD_PART.finditer(text, start, end):
        a, b = part.span("name")
        if patterns.UNNAMED.fullmatch(text, a, b) and not any(
            m.start < b and a < m.end for m in known
        ):
            yield Mention(a, b, "generic", None, 0.5)


def in_lists(text: str, known: Sequence[Mention]) -> Iterator[Mention]:
    """Members of a list of bodies that no rule knows: "Sở Y tế, hội nghề cá và UBND các xã".

    Args:
        text: clean text.
        known: mentions of the text, in order; an unread member stands between two of them, or
            between "phối hợp với" and the first.
    """
    before = 0
    for mention in known:
        start = max(before, mention.start - 120)
        for m in patterns.UNREAD_MEMBER.finditer(text, start, mention.start):
            if m.end() == mention.start and (m.start() == before or m.group("opens")):
                yield Mention(*m.span("name"), "generic", None, 0.5)
        before = max(before, mention.end)


_FIELD_PART = re.compile(
    r"(?:^|[;,\n•]|\bvà\b)?[\s\-–+]*(?P<name>[^;,\n•.:()]+?)\s*(?=[;,\n•.:(]|\bvà\b|$)"
)
_ROOMS = re.compile(
    r"(?:[Cc]ác\s+)?(?P<head>Phòng|Báo|Ban|Đài"
    rf"|Vụ)\s*:?\s+(?P<names>[{UPPER}][{UPPER}&]+(?:\s*,\s*[{UPPER}][\w&-]+(?:"
    rf"[ ][\w]+){{0,2}})+)$"
)


def _heading_capitals(printed: str) -> bool:
    """Headings and stamps in capitals name bodies that the text names again in its own words."""
    return (
        printed.isupper()
        and len(printed.split()) > 1
        and bool(
            re.search(
                r"[ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]", printed
            )
        )
    )


class _Taken:
    """Mentions so far; a new one is only kept where nothing stands yet, or over smaller ones."""

    def __init__(self, size: int) -> None:
        self._owner: list[Mention | None] = [None] * size
        self._blocked = bytearray(size)
        self._around: list[Mention] = []

    def block(self, start: int, end: int) -> None:
        """Nothing may stand here."""
        self._blocked[start:end] = b"\x01" * (end - start)

    def add(self, mention: Mention, *, over: bool = False, around: bool = False) -> None:
        """Keep a mention: ``over`` replaces smaller ones inside it, ``around`` keeps them too."""
        cells = self._owner[mention.start : mention.end]
        inside = {id(m): m for m in cells if m is not None}
        swallows = all(mention.start <= m.start and m.end <= mention.end for m in inside.values())
        if any(self._blocked[mention.start : mention.end]):
            return
        if inside and not ((over or around) and swallows):
            return
        if inside and around:
            self._around.append(mention)
            return
        self._owner[mention.start : mention.end] = [mention] * (mention.end - mention.start)

    def first_in(self, start: int, end: int) -> Mention | None:
        """The first mention that touches a stretch."""
        return next((m for m in self._owner[start:end] if m is not None), None)

    def covers(self, start: int, end: int) -> bool:
        return any(m is not None for m in self._owner[start:end]) or any(self._blocked[start:end])

    def starting_at(self, position: int) -> Mention | None:
        mention = self._owner[position] if position < len(self._owner) else None
        return mention if mention is not None and mention.start == position else None

    def sorted(self) -> list[Mention]:
        kept = {id(m): m for m in self._owner if m is not None}
        return sorted([*kept.values(), *self._around], key=lambda m: (m.start, -m.end))


def _fixed_classes(text: str, start: int, end: int) -> Iterator[Mention]:
    for pattern in (patterns.ONE_STOP, patterns.CENTRAL_CLASSES):
        for m in pattern.finditer(text, start, end):
            yield Mention(m.start(), m.end(), "collective", None, 0.9)


def _portals(text: str, start: int, end: int, recipients: bool) -> Iterator[Mention]:
    """Web portals are channels; they are bodies where they are addressed or bear a role."""
    for m in patterns.PORTAL.finditer(text, start, end):
        line = text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
        if recipients or patterns.ROLE_LABEL.search(line):
            yield Mention(m.start(), m.end(), "named", None, 0.7)


def _committees(text: str, start: int, end: int) -> Iterator[Mention]:
    for m in patterns.people_committee().finditer(text, start, end):
        many = m.group("many")
        stop = m.end()
        if m.group("second") and not m.group("office"):  # "HĐND và UBND tỉnh" are two bodies
            kind: AgencyKind = "collective" if many else "named"
            second = m.end("second") - 4
            whose = text[m.end("second") : stop]
            name = f"{m.group('head')}{whose}"
            yield Mention(m.start(), m.end("head"), kind, None, 0.9, name)
            yield Mention(second, stop, kind, None, 0.95)
            continue
        if many is None and m.group("one") is None:
            if m.group("second"):
                stop = m.start("second")
            elif m.group("head").isupper() and text[m.end() : m.end() + 1] in ("-", "/"):
                continue
        yield Mention(m.start(), stop, "collective" if many else "named", None, 0.95)


def _shared_heads(text: str, start: int, end: int) -> Iterator[Mention]:
    for member in shared_heads.find(text, start, end):
        yield Mention(member.start, member.end, "named", member.row, 0.9, member.name)


def _listed(text: str, start: int, end: int) -> Iterator[Mention]:
    """Gazetteer names, longest first, with the place that follows."""
    folded_text = fold(text[start:end])
    hits: list[tuple[int, int, AgencyRow]] = []
    for last, (name, row, spelled) in _automaton().iter(folded_text):
        first = last - len(name) + 1
        if not _word_edge(folded_text, first, last + 1) or not text[start + first].isupper():
            continue
        if text[start + first - 1 : start + first] in ("-", "/") and spelled.isupper():
            continue  # the tail of a symbol: "/QĐ-SCT"
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
        stop, kind = _placed(text, shared_heads.joined(text, first, stop, end), end)
        at = stop
        yield Mention(first, stop, kind, row, 0.97)


def _placed(text: str, stop: int, end: int) -> tuple[int, AgencyKind]:
    """A name's end with the place or class of places after it, and the kind that makes it."""
    branch = patterns.BRANCH.match(text, stop, end)
    if branch and len(branch.group().strip()) > 8:  # more than the country
        stop = branch.end()
        own = patterns.qualifier().match(text, stop, end)
        return (own.end() if own else stop), "named"
    own = patterns.qualifier().match(text, stop, end)
    many = patterns.LOCAL.match(text, stop, end)
    if own and not (many and many.end() > own.end() and "," in many.group()):
        return own.end(), "named"
    district = patterns.DISTRICT.match(text, stop, end)
    if district:
        return district.end(), "named"
    if many and re.search(r"các|,|cấp|địa phương", many.group()):
        return many.end(), "collective"
    return stop, "named"


def _word_edge(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (
        end < len(text) and text[end].isalnum()
    )


def _is_head(text: str, position: int) -> bool:
    """Does another organisation's name begin here?"""
    m = patterns.HEAD.match(text, position)
    return bool(
        m and not patterns.NOT_A_HEAD.match(text, position) and patterns.WORD.match(text, m.end())
    )


def _by_grammar(text: str, start: int, end: int, taken: _Taken) -> Iterator[Mention]:
    for m in patterns.HEAD.finditer(text, start, end):
        if taken.covers(m.start(), m.end()) or patterns.NOT_A_HEAD.match(text, m.start()):
            continue
        head = m.group()
        if head == "phòng" and not patterns.PREFIX_PERSON.search(
            text[max(0, m.start() - 20) : m.start()]
        ):
            continue
        stop = _name_end(text, m.end(), end, head, taken)
        if stop is None and head in patterns.LOCAL_HEADS:
            stop, placed = _placed(text, m.end(), end)
            if stop > m.end():
                yield Mention(m.start(), stop, placed, None, 0.8)
            continue
        if stop is None:
            continue
        kind: AgencyKind = "named"
        owner = re.compile(r"[ ](?:của )?").match(text, stop, end)
        inner = taken.starting_at(owner.end()) if owner else None
        if inner is not None and patterns.OWNED.match(text[m.start() : stop]):
            stop = inner.end
            kind = inner.kind if inner.kind != "generic" else "named"
        elif (
            stop == m.end()
            and head not in patterns.STANDALONE
            and not re.match(r"\s*(?::|\n|$)", text[stop:end])
            and not (head == "Văn phòng" and patterns.BARE_OFFICE.match(text, stop, end))
        ):
            continue
        else:
            stop, kind = _placed(text, stop, end)
        if patterns.STANDING_DEPUTY.search(text[max(0, m.start() - 25) : stop]):
            continue
        if patterns.IN_ADDRESS.search(text, max(0, m.start() - 25), m.start()):
            continue
        first = m.start()
        if re.search(r"(?:^|\W)[Cc]ác\s$", text[max(0, first - 5) : first]) and stop > m.end():
            kind, first = "collective", first - 4
        yield Mention(first, stop, kind, None, 0.8)


_NUMBERED = re.compile(
    r"[ ](?:COVID-19|\d{1,4})(?:[ ](?:quốc gia|Quốc gia|QG|Trung ương))?(?![\w%/.])"
)
_NUMBERED_HEADS = ("Ban Chỉ đạo", "Ban chỉ đạo", "Tổ")


def _name_end(text: str, at: int, end: int, head: str, taken: _Taken) -> int | None:
    """Where the name after a head noun ends: at the head itself when no own name follows."""
    stop_words = patterns.WIDE_NAME_STOP if head in patterns.WIDE_HEADS else patterns.NAME_STOP
    number = _NUMBERED.match(text, at, end)
    if number and head.casefold() == "ban chỉ đạo":
        return number.end()
    first = patterns.WORD.match(text, at, end)
    if first is None or taken.covers(first.start(1), first.end(1)):
        return (
            at
            if head in patterns.STANDALONE or patterns.OWNED.match(head) or head == "Văn phòng"
            else None
        )
    if head == "Trường" and not patterns.SCHOOL.match(text, at, end):
        return None
    if not first.group(1)[0].isupper():
        lower = (
            patterns.LOWER_NAMES.match(text, at, end)
            if head in patterns.LOWER_HEADS or head == "Cơ quan"
            else None
        )
        if lower is None or (
            head == "Cơ quan" and not re.match(r"[ ](?:kiểm soát|công an|quân sự)", lower.group())
        ):
            bare = head == "Văn phòng" and patterns.BARE_OFFICE.match(text, at, end)
            return at if head in patterns.STANDALONE or bare else None
        stop = lower.end()
    else:
        stop = first.end(1)
    words = 1
    while words < 16:
        comma = patterns.JOINT_COMMA.match(text, stop, end)
        dash = patterns.JOINT_DASH.match(text, stop, end)
        both = patterns.JOINT_AND.match(text, stop, end)
        about = patterns.JOINT_ABOUT.match(text, stop - 10 if text[stop - 1] == "g" else stop - 8)
        if about and (
            about.start(1) != stop or not head.startswith(("Ủy ban", "Ban", "Hội đồng", "Cục"))
        ):
            about = None
        if both is None and head in patterns.WIDE_HEADS:
            both = patterns.WIDE_AND.match(text, stop, end)
        joint = comma or dash or both or about
        jump = joint.end() if joint else stop
        if joint and (_is_head(text, jump) or taken.covers(jump, jump + 1)):
            break
        nxt = patterns.NEXT_WORD.match(text, jump if joint else stop + 1, end)
        if nxt is None or (not joint and text[stop : stop + 1] != " "):
            number = _NUMBERED.match(text, stop, end)
            if number and (head.startswith(_NUMBERED_HEADS) or text.endswith("hỉ đạo", at, stop)):
                stop = number.end()
                words += 1
                continue
            break
        word = nxt.group(1)
        proper = words > 2 and text[text.rfind(" ", 0, stop) + 1].isupper()
        last = text[text.rfind(" ", 0, stop) + 1 : stop]
        stopping = (patterns.NAME_STOP if proper else stop_words).match(text, nxt.start(1))
        if stopping and patterns.COMPOUND.match(text, stop - len(last)):
            stopping = None
        if not joint and word[0].islower() and (stopping or _abbreviation(last)):
            break
        if word == "Số":  # an address begins
            break
        if taken.covers(nxt.start(1), nxt.end(1)) or (
            not joint
            and patterns.LOCAL.match(text, stop, end)
            and not patterns.COMPOUND.match(text, stop - len(last))
        ):
            break
        if not joint and (
            word in ("tỉnh", "Thành", "TP")
            or (word == "thành" and text[nxt.end() : nxt.end() + 4] == " phố")
        ):
            break
        if (
            word[0].isupper()
            and not joint
            and head != "Trường"
            and head not in patterns.WIDE_HEADS
            and _is_head(text, nxt.start(1))
        ):
            break
        stop = nxt.end(1)
        words += 1
    return stop


def _abbreviation(word: str) -> bool:
    """After letters that stand for a whole name nothing in small letters goes on with it."""
    return (
        word not in ("TNHH", "MTV")
        and len(word) > 2
        and sum(c.isupper() for c in word) * 2 > len(word)
    )


def _classes(text: str, start: int, end: int, taken: _Taken) -> Iterator[Mention]:
    for m in patterns.GENERIC_PHRASES.finditer(text, start, end):
        yield Mention(m.start(), m.end(), "generic", None, 0.7)
    for m in patterns.DETERMINED.finditer(text, start, end):
        items, qual = m.group("list"), m.group("qual")
        det = m.group("det")
        if not det and not patterns.OPENS_ALONE.match(text, m.start("list")):
            continue
        if re.search(
            r"(?i)\b(?:một số|mỗi|từng|nhiều)\s+$", text[max(0, m.start() - 10) : m.start()]
        ):
            continue
        if re.fullmatch(r"(?i)tổ chức", items) and re.match(
            r"\s*(?:,|và)\s*cá nhân", text[m.end() : m.end() + 12]
        ):
            continue  # whom a law binds, no body of this plan
        if _NO_BODY.match(text, m.end()):
            continue
        stop = m.end()
        inner = taken.first_in(m.start(), stop)
        if inner is not None:  # a name of its own stands in the list: the class ends before it
            stop = m.start() + len(_LIST_TAIL.sub("", text[m.start() : inner.start]))
            items, qual = text[m.start("list") : stop], ""
            if stop <= m.start("list"):
                continue
        single = not re.search(r"[,/]|\s", items)
        if (
            single
            and not qual.strip()
            and not re.match(r"(?i)(?:cơ quan|đơn vị|địa phương|phòng|chi bộ|sở|nhà trường)", items)
        ):
            continue
        owner = _OWNER.match(text, stop, end)
        whose = taken.starting_at(owner.end()) if owner else None
        if whose is not None and not det:
            whose = None
        several = "," in items or " và " in items
        if owner and owner["member"] and several and (owner["is"] or "," in owner["member"]):
            whose = None  # "các sở, ngành là thành viên Ban …": the class is named without it
        yield Mention(
            m.start(),
            whose.end if whose else stop,
            _class_kind(det, items, qual, whose),
            None,
            0.75,
        )


# "Các cơ quan (có lãnh đạo) là thành viên Ban An toàn giao thông tỉnh"
_OWNER = re.compile(
    r"(?P<member>,?[ ]+(?:\((?:có )?lãnh đạo\)[ ]+)?(?:có[ ]+lãnh đạo[ ]+)?(?P<is>là[ ]+)?"
    r"thành viên(?:[ ]+của)?[ ]+)|[ ]+(?:(?:thuộc|trực thuộc|trong|của)\s+)?",
    re.I,
)
_NO_BODY = re.compile(r"\s(?:dữ liệu|hạ tầng|vật chất|pháp lý|thương mại|mua sắm|đô thị)(?!\w)")
_LIST_TAIL = re.compile(r"(?:[\s,;]|\b(?:và|hoặc|thuộc|trực thuộc|của|trong)\b)*$")


def _class_kind(det: str | None, items: str, qual: str, whose: Mention | None) -> AgencyKind:
    """A definite class of offices, or an indefinite group of them."""
    if "liên quan" in qual or "khác" in qual:
        return "generic"
    if whose is not None or patterns.DEFINITE.search(qual):
        return "collective"
    offices = patterns.CLASS_NOUNS.search(items) and not re.match(r"(?i)ban\b", items)
    if offices and re.search(r"thuộc|tỉnh|Thành phố", qual):
        return "collective"
    return "collective" if det and offices and not patterns.LOOSE_NOUNS.search(items) else "generic"
