"""What a citation does and which document it means.

In: mentions in text order.  Out: ``models.Reference`` with role, identity key and, for short forms
and repeats, the index of the full reference they point to.

Precision before recall, as everywhere: a short form is resolved only when exactly one candidate
fits; otherwise it stays unresolved.  A number is not an identity ("16-NQ/TU" is one document in
every province), so the key carries kind, number, issuer, place and date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Literal

from models import Reference, Span
from models.record import ReferenceRole, SectionPath
from pipeline import gazetteers
from pipeline.entities.references import Mention
from pipeline.language.keys import key

_BASIS = re.compile(
    r"(?i)(?:căn cứ(?: vào)?|theo quy định (?:tại|của)|trên cơ sở)\s+(?:(?:các|những)\s+)?$"
)
_BASIS_LINE = re.compile(r"(?i)^\s*(?:[-–+]\s*)?căn cứ\b")
_IMPLEMENTS = re.compile(
    r"(?i)(?:thực hiện|triển khai|thi hành|tổ chức thực hiện|chấp hành|quán triệt|hưởng ứng"
    r"|cụ thể hóa|cụ thể hoá)"
    r"(?:(?:\s*,|\s+và)?\s+(?:nghiêm túc|nghiêm|tốt|hiệu quả|có hiệu quả|quyết liệt|đầy đủ"
    r"|đồng bộ|kịp thời|nghiêm chỉnh|toàn diện|các|những|nội dung|theo|chủ trương|tinh thần))*\s+$"
)
_CARRIER = re.compile(
    r"(?i)(?:ban hành\s+)?(?:kèm|cùng) theo\s+$|ban hành (?:tại|theo)\s+$|phê duyệt tại\s+$"
)
_AMENDS = re.compile(
    r"(?i)sửa đổi(?:,? bổ sung)?(?:\s+một số (?:điều|nội dung))?(?:\s+của)?\s+$|bổ sung\s+$"
)
_REPLACES = re.compile(r"(?i)(?:thay thế|bãi bỏ|thay cho)\s+$")
# "Thực hiện A ngày …; B của … về …; và C": the verb holds for the whole list.
_SHARED_ROLES = ("implements", "basis")
_LIST_GAP = re.compile(
    r"(?:\s*,?\s*(?:ngày|của|về|tại|\(|và việc)[^.\n]{0,400}?)?\s*"
    r"(?:[;,]\s*(?:và\s+)?|và\s+)(?:(?:các|những)\s+)?"
)
_PROVINCIAL = re.compile(r"(?:UBND|HĐND|TU$|BTGTU|VPTU|CAT|S[A-ZĐ]{1,8}$|LĐLĐ)")
_PARTY_KIND = {"QĐ": ("Quyết định", "Quy định"), "TT": ("Thông tri",)}


def resolve(
    mentions: Sequence[Mention],
    text: str,
    *,
    province: str | None,
    span: Callable[[int, int], Span],
    section: Callable[[int], SectionPath],
) -> list[Reference]:
    """References of one document, with roles, keys and links between them.

    Args:
        mentions: from ``references.find``, in order.
        text: the clean text they stand in.
        province: name of the document's own province, for numbers that only hold inside one.
        span: makes a span of two offsets.
        section: path of the section at an offset.

    Returns:
        One reference per mention, in the same order.
    """
    built = [_reference(mention, text, province, span, section) for mention in mentions]
    antecedents = _Antecedents(built)
    for index, reference in enumerate(built):
        if index and reference.role == "cites" and built[index - 1].role in _SHARED_ROLES:
            gap = text[mentions[index - 1].end : mentions[index].start]
            if _LIST_GAP.fullmatch(gap):
                reference.role = built[index - 1].role
        if not _is_full(reference):
            reference.refers_to = antecedents.of(index)
    return built


def resolve_short(
    mentions: Sequence[Mention],
    full: Sequence[Reference],
    text: str,
    *,
    own_kinds: Collection[str],
    span: Callable[[int, int], Span],
    section: Callable[[int], SectionPath],
) -> list[Reference]:
    """Short and named forms: "Kế hoạch này" → "self", "Đề án 06" → the act that issued it.

    A file with a decision and its plan (``own_kinds``) is meant by "Quyết định này" as well.
    """
    programmes = {key(name): number for name, number in gazetteers.programmes()}
    own = {key(kind) for kind in own_kinds}
    found = []
    for mention in mentions:
        printed = text[mention.start : mention.end]
        refers_to: int | Literal["self"] | None
        if mention.is_self:
            refers_to = "self" if key(mention.kind or "") in own else None
        else:
            refers_to = _named_target(mention, printed, full, text, programmes)
        found.append(
            Reference(
                text=printed,
                kind=mention.kind,
                name=mention.name,
                key=f"name:{key(printed)}",
                refers_to=refers_to,
                short=True,
                span=span(mention.start, mention.end),
                section=section(mention.start),
                confidence=0.9 if refers_to is not None else 0.7,
            )
        )
    return found


def _named_target(
    mention: Mention,
    printed: str,
    full: Sequence[Reference],
    text: str,
    programmes: dict[str, str],
) -> int | None:
    """The reference that defines a name here ("… (Đề án 06)"), or the programme's own act."""
    number = programmes.get(key(printed))
    if number:
        matches = [i for i, r in enumerate(full) if r.canonical_number == number]
        if matches:
            return matches[0]
    alias = re.compile(rf"\([^()]*{re.escape(printed)}\)")
    defined = alias.search(text)
    if defined:
        near = [
            i
            for i, r in enumerate(full)
            if r.span.end <= defined.start() and defined.start() - r.span.end < 400
        ]
        if near and "\n" not in text[full[near[-1]].span.end : defined.start()]:
            return near[-1]
    return None


def _reference(
    mention: Mention,
    text: str,
    province: str | None,
    span: Callable[[int, int], Span],
    section: Callable[[int], SectionPath],
) -> Reference:
    number = mention.number
    code_kind = None
    if number is not None:
        code_kind = (
            gazetteers.document_types().get(number.type_code.casefold())
            if number.type_code
            else None
        )
        if number.party and number.type_code in _PARTY_KIND:
            options = _PARTY_KIND[number.type_code]
            code_kind = mention.kind if mention.kind in options else options[0]
    return Reference(
        text=text[mention.start : mention.end],
        kind=mention.kind,
        kind_from_code=code_kind,
        number=number.printed if number else None,
        canonical_number=number.canonical if number else None,
        date=mention.date,
        issuer=mention.issuer,
        name=mention.name,
        key=identity(mention, province),
        role=_role(text, mention),
        pinpoint=mention.pinpoint,
        short=mention.short,
        span=span(mention.start, mention.end),
        section=section(mention.start),
        confidence=mention.confidence,
    )


def identity(mention: Mention, province: str | None) -> str:
    """Kind, number or name, issuer code, place and date, joined by "|"; empty parts stay empty.

    The place is only part of it where the number's body exists once in every province.
    """
    number = mention.number
    if number is None:
        return "|".join(
            [key(mention.kind or ""), key(mention.name or ""), "", "", mention.date or ""]
        )
    body = "-".join(number.body_codes)
    place = province or "" if _PROVINCIAL.search(body) or (number.party and body != "TW") else ""
    named = _place_in(mention.issuer)
    if place and named:
        place = named
    return "|".join(
        [
            key(mention.kind or ""),
            number.canonical.casefold(),
            body.casefold(),
            key(place),
            mention.date or number.year or "",
        ]
    )


def _place_in(issuer: str | None) -> str | None:
    if not issuer:
        return None
    names = gazetteers.province_names()
    words = issuer.split()
    for size in (4, 3, 2, 1):
        if len(words) > size and (name := names.get(key(" ".join(words[-size:])))):
            return name
    return None


def _role(text: str, mention: Mention) -> ReferenceRole:
    before = text[max(0, mention.start - 70) : mention.start]
    if _CARRIER.search(before):
        return "carrier"
    if _REPLACES.search(before):
        return "replaces"
    if _AMENDS.search(before):
        return "amends"
    if _BASIS.search(before):
        return "basis"
    if _IMPLEMENTS.search(before):
        return "implements"
    line = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
    if len(line) < 400 and _BASIS_LINE.match(line):
        return "basis"
    return "cites"


def _is_full(reference: Reference) -> bool:
    return bool(reference.number and "/" in reference.number and reference.date)


class _Antecedents:
    """The full references of a document, by what a repeat or short form may say of one."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._references = references
        self._by: dict[tuple[str | None, ...], list[int]] = {}
        for position, full in enumerate(references):
            if not _is_full(full):
                continue
            serial = re.match(r"[\d.]+[a-z]?", full.canonical_number or "")
            said: list[tuple[str | None, ...]] = [("number", full.canonical_number)]
            if full.name:
                said.append(("name", key(full.name)))
            if serial is not None:
                said.append(("serial", serial.group(), full.kind))
            for each in said:
                self._by.setdefault(each, []).append(position)

    def of(self, index: int) -> int | None:
        """The one full reference that a reference can mean, or ``None``."""
        short = self._references[index]
        said: tuple[str | None, ...]
        if short.number and "/" in short.number:
            said = ("number", short.canonical_number)
        elif short.number:
            said = ("serial", short.number, short.kind)
        elif short.name:
            said = ("name", key(short.name))
        else:
            return None
        matches = [
            position
            for position in self._by.get(said, ())
            if position != index and short.date in (None, self._references[position].date)
        ]
        if len({self._references[position].key for position in matches}) != 1:
            return None
        return next((position for position in matches if position < index), matches[0])
