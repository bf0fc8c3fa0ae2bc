"""Who a sentence begins with and then says what they do: the subjects of duties in prose.

In: a stretch of text and the mentions in it.  Out: the bodies that are its subject, or none where
the sentence only speaks of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.entities.agency_mentions import Mention
from pipeline.language.letters import LOWER, UPPER
from pipeline.tasks.duty import Role
from pipeline.tasks.mentions import Mentions
from pipeline.tasks.verbs import ACTS, DUTIES, MUST

# In flat text a sentence also begins behind a heading in capitals: "III. NHIỆM VỤ Để thực hiện …".
_NEXT_SENTENCE = re.compile(
    rf"(?:(?<=[.;])(?<![“”\"]\d\.)\s+|\n\s*(?:\*\s*)?"
    rf"|(?<=[{UPPER}]{{2}})\s+(?=(?:Để|Nhằm|Căn cứ|Trên cơ sở|Các|Đề nghị)\s))"
    rf"(?=[{UPPER}])|(?P<on>(?<=;)\s+(?=các\s))"
)
_MUST = re.compile(
    r"(?:\s*,?\s*(?:trong phạm vi|theo chức năng|được giao|được phân công)\b[^.;:]{0,90}?\s|\s*)"
    rf"(?:{MUST})\b"
)
_MUST_SOON = re.compile(rf"[^.;:\n]{{0,60}}?\s(?:{MUST})\b")
_OFFICES = re.compile(
    r"(?:[Cc]ác (?:[Ss]ở|[Bb]an|[Nn]gành|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương|[Cc]ấp)"
    r"|Chính quyền|Cấp (?:ủy|uỷ))\b"
)
_ACTS = re.compile(rf"\s*(?:{ACTS})\b")
# "1. Công tác quán triệt Các sở, ngành tổ chức …": a capital where a lost line end was.
_RUN_ON = re.compile(
    rf"(?<=[{LOWER}])\s+(?=Các\s+(?:[Ss]ở|[Bb]an|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương))"
)
_DUTY_VERB = re.compile(rf"(?i)^[\s,]*(?:\([^)]{{1,60}}\)\s*)?(?:[^.;:]{{0,90}}?\s)?(?:{DUTIES})\b")
# Behind the bodies of a list inside a sentence the verb has to stand near.
_OWN_WORDS = (  # what a body may add to its name before the verb
    r"(?:\s+(?:hữu quan|(?:có )?liên quan"
    r"|(?:(?:trực )?thuộc|trên|của|ở|trong|và các)\s[^.,;:\n]{1,40}?))?"
)
_DUTY_NEAR = re.compile(
    rf"(?i)(?:\s*\([^)]*\))?{_OWN_WORDS}\s*(?!(?:quản lý|sử dụng)\b)(?:{DUTIES})\b"
)
_VERB = re.compile(rf"(?i)\b(?:{DUTIES})\b")
_PARTNERS = re.compile(r"(?i)\bphối hợp (?:với|cùng) (?P<who>[^.;:\n]*)$")
_PLACE = re.compile(r"(?:tại|ở|của|thuộc|đến|cho|trong|từ|trên)\s$")
_ADVERBIAL = re.compile(
    r"(?P<at>(?:Năm|Giai đoạn|Quý|Tháng|Bước|Đợt)\s[^.;:\n]{1,25}:\s|Trường hợp\s[^.;:\n]{1,160}:\s"
    r"|(?:Khi|Nếu|Trường hợp)\s[^.;:\n]{1,160}?\sthì\s"
    r"|(?:Công tác|Về|Đối với|Chế độ|Cấp|Kinh phí)\b[^.;:\n]{0,60}:\s)"
    r"|(?:Hàng|Hằng|Định kỳ|Trước|Trong|Căn cứ|Trên cơ sở|Sau|Tùy|Tuỳ|Kết thúc|Khi|Theo|Để"
    r"|Từ|Đến|Nhằm|Quá trình|Ngoài|Bên cạnh|Cùng với|Đồng|Vào|Chậm nhất|(?P<of>Đối với|Về))"
    r"\s(?=[^.;:\n]{1,300},)"
)
_LEADS = re.compile(
    r"\s*\)?\s*(?:\([^)]*\)\s*)?(?:chủ trì"
    r"|phối hợp(?:\s(?:chặt chẽ|thường xuyên|đồng bộ|hiệu quả))*"
    r"\s(?:thực hiện|triển khai|tổ chức|trong|rà soát|kiểm tra))\b"
)
_HELPS = re.compile(r"\s*\)?\s*là (?:cơ quan|đơn vị) phối hợp\b")
_SENTENCE = re.compile(r"[^.;:\n]{0,350}")
_COMMA = re.compile(r",(?!\d)\s*")
_NO_SUBJECT = re.compile(
    r"\s*(?:được giao(?![^.;:]{0,80}? (?:phải|có trách nhiệm|chịu trách nhiệm)\b)|chưa|đã|để|nhằm"
    r"|do|gồm|bao gồm|như|có liên quan"
    r"|và các(?! [^.,;:\n]{2,40}(?:, [^.,;:\n]{2,20})?"
    r" (?:căn cứ|có trách nhiệm|chịu trách nhiệm)\b))\b"
)
# "Người đứng đầu cấp ủy, chính quyền chịu trách nhiệm …" says how heads answer, not who does what.
_LEADERS = re.compile(r"(?i)(?:người đứng đầu|lãnh đạo) (?:các )?$")
_POWERS = re.compile(r"(?i)(?:các )?(?:cấp (?:ủy|uỷ)|tổ chức đảng|chính quyền)\b")
_CODE = re.compile(rf"^\s*\([{UPPER}]{{1,6}}\d{{0,3}}\)")  # "Phòng Cảnh sát hình sự (PC02)"
_ASKS = re.compile(
    rf"\s*(?:trân trọng |kính )?(?:(?:đề nghị|yêu cầu)\s+(?=\S)|giao(?: cho)?\s+(?=[{UPPER}]|các ))"
)
_CLOCK = re.compile(r"\s*:\s*(?:[Tt]ừ|[Tt]háng|[Nn]gày|\d|[Tt]ại|[Cc]ó|[Ll]à|[Dd]o)\b")


def subjects(
    text: str, bodies: Mentions, start: int, end: int, *, heading: bool = False
) -> list[Mention]:
    """Bodies at the start of a sentence that then says what they do (or a colon).

    ``heading``: the stretch is a numbered heading with items under it, so the names alone address.
    """
    listed = bodies.list_at(start, end)
    if not listed and (adverbial := _ADVERBIAL.match(text, start, min(end, start + 350))):
        if adverbial.group("at"):
            listed = bodies.list_at(adverbial.end(), end)
        else:
            listed = _behind_comma(text, bodies, adverbial.end(), end)
            # "Đối với kỳ thi, Hội đồng có trách nhiệm …", not "Đối với kỳ thi, Bộ đã …"
            if adverbial.group("of") and not (listed and _MUST.match(text, listed[-1].end, end)):
                listed = []
    if listed and _LEADERS.search(text, max(start, listed[0].start - 20), listed[0].start):
        listed = [m for m in listed if not _POWERS.match(text, m.start)]
    if not listed:
        return []
    after = _CODE.sub("", text[listed[-1].end : end], count=1)
    if _NO_SUBJECT.match(after) or _CLOCK.match(after):
        return []
    told = asked(text, bodies, listed, end)
    if told is not None:
        return told
    if re.match(r"\s*\)?\s*(?:\([^)]*\))?\s*:", after):
        return listed
    if not after.strip(" .;:)\n"):
        return listed if heading else []
    if after.startswith("\n"):  # a heading; what its bodies do stands under it
        return listed if _DUTY_NEAR.match(text, listed[-1].end, end) else []
    said = re.sub(r"^\s*\([^)]*\)", "", after).partition("\n")[0]
    return listed if _DUTY_VERB.match(said[:200]) else []


def asked(text: str, bodies: Mentions, listed: list[Mention], end: int) -> list[Mention] | None:
    """ "X đề nghị Y", "X giao Y": who asks is no addressee, who is asked is one, if known."""
    asks = _ASKS.match(text, listed[-1].end, end) if listed else None
    return bodies.list_at(asks.end(), end) if asks else None


def _behind_comma(text: str, bodies: Mentions, start: int, end: int) -> list[Mention]:
    """Bodies behind a comma of "Căn cứ A, B, C, các sở …"."""
    sentence = _SENTENCE.match(text, start, end)
    commas = _COMMA.finditer(text, start, sentence.end() if sentence else start)
    for number, comma in enumerate(commas):
        listed = bodies.list_at(comma.end(), end)
        named = number == 0 and any(b.kind != "generic" for b in listed)
        after = listed[-1].end if listed else end
        bound = number == 0 and _MUST_SOON.match(text, after, end)
        if listed and (named or bound or _DUTY_NEAR.match(text, after, end)):
            return listed
    return []


def leads(text: str, listed: list[Mention], end: int) -> bool:
    """ "Sở X chủ trì …", "A, B phối hợp thực hiện …": the sentence says in which role they act."""
    said = bool(listed) and bool(_LEADS.match(text, listed[-1].end, end))
    return said or helps(text, listed, end)


def helps(text: str, listed: list[Mention], end: int) -> bool:
    """ "A, B là cơ quan phối hợp": nobody there is addressed, whatever the heading says."""
    return bool(listed) and bool(_HELPS.match(text, listed[-1].end, end))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its subject, with the roles that this alone gives."""

    bodies: list[Mention]
    roles: list[Role]


def later_sentences(text: str, bodies: Mentions, start: int, end: int) -> Iterator[Sentence]:
    """Sentences behind the first of a stretch that open with bodies and say what these do."""
    for m in _RUN_ON.finditer(text, start, end):
        listed = bodies.list_at(m.end(), end)
        after = listed[-1].end if listed else end
        if _MUST.match(text, after, end) or _ACTS.match(text, after, end):
            yield Sentence(listed, [Role(b.start, b.end, "assignee", 0.65) for b in listed])
    for sentence in _NEXT_SENTENCE.finditer(text[start:end]):
        later = subjects(text, bodies, start + sentence.end(), end)
        gap = start + sentence.start()
        if not later:
            continue
        acts = _ACTS.match(text, later[-1].end, end)
        bound = _MUST.match(text, later[-1].end, end)
        goes_on = text[gap - 1] == ";" and not bound
        if goes_on and _lists(text, bodies, gap - 1, start, bool(acts)):
            continue  # "… trên Báo X; Đài Y"
        acting = acts and _many_offices(text, later[0])
        named = any(m.kind != "generic" for m in later) and not sentence.group("on")
        charged = (bound or named or acting) and not leads(text, later, end)
        roles = [Role(m.start, m.end, "assignee", 0.75) for m in later] if charged else []
        yield Sentence(later, roles)


def _lists(text: str, bodies: Mentions, position: int, start: int, acts: bool) -> bool:
    """Does the semicolon at a position part two bodies of one list, not two sentences?"""
    clause = text[max(start, position - 200) : position].rpartition("\n")[2]
    partners = _PARTNERS.search(clause)
    if partners and not _VERB.search(partners.group("who")):
        return True
    last = bodies.ending(position)
    if last is None:
        return False
    place = _PLACE.search(text, max(start, last.start - 8), last.start)
    return not (acts and place)


def _many_offices(text: str, mention: Mention) -> bool:
    """ "Các cơ quan, đơn vị", "các ngành, địa phương": a class of offices, not of enterprises."""
    return bool(_OFFICES.match(text, mention.start, mention.end))
