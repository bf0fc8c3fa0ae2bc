"""Names that their neighbours complete: whose room it is, whose force, what stands before the head.

In: clean text and the mentions that names alone gave.  Out: longer ``Mention`` objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.entities import agency_patterns as patterns
from pipeline.entities import place_patterns
from pipeline.entities.agency_mentions import Mention
from pipeline.language.letters import UPPER

_WHOSE = re.compile(r"[ ](?P<of>của[ ])?")
# Bodies that own rooms and boards without "của" between: "Vụ Pháp chế Bộ Y tế".
_OWNER = re.compile(
    r"(?:Bộ(?! đội)|Sở|Tổng|TLĐ|Hội đồng|Ban (?:Chỉ đạo|chỉ đạo|Chấp hành|Thường vụ)|Liên đoàn|LĐLĐ"
    r"|Đoàn Chủ tịch|Tỉnh ủy|Thành ủy|Trung ương|Ủy ban (?!nhân dân)|Tòa án|Viện kiểm sát"
    r"|Ngân hàng|Huyện ủy|Bộ Chỉ huy)(?!\w)",
    re.I,
)
_BEFORE = (
    (re.compile(r"[Cc]ơ quan[ ]$"), re.compile(r"Thường trực|thường trực")),
    (
        re.compile(r"(?<!\w)(?:TT|TTr)\.?[ ]$"),
        re.compile(r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) (?:ủy|uỷ)(?!\w)"),
    ),
    (
        re.compile(r"(?<!\w)[Cc]hi nhánh[ ]$"),
        re.compile(r"(?:Văn phòng Đăng ký|Ngân hàng|Công ty|Tổng công ty|Trung tâm)(?!\w)"),
    ),
    (re.compile(r"(?:Trung ương|TW|TƯ)[ ]$"), re.compile(r"(?:Hội|Hiệp hội|Đoàn)(?!\w)")),
)
# "Công đoàn Bộ", "Đoàn Thanh niên Sở": in its own plan a ministry or department needs no name.
_OWN_HOUSE = re.compile(rf"[ ](?:Bộ|Sở)(?![ ][{UPPER}])(?!\w)")
_HOUSE_BODIES = re.compile(
    r"Đoàn Thanh niên|Đoàn TNCS|Hội Cựu chiến binh|(?:Ban .* )?Công đoàn$|Ban [Cc]án sự"
)


def completed(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions that grow: at the end by the body they belong to, at the start by its seat.

    Args:
        text: clean text.
        mentions: in order, without overlaps.

    Yields:
        A longer mention for every one that grows; it covers those that it takes in.
    """
    after: Mention | None = None
    for mention in reversed(mentions):
        grown = _with_owner(text, mention, after)
        for before, name in _BEFORE:
            word = before.search(text, max(0, grown.start - 11), grown.start)
            if word and name.match(text, grown.start):
                grown = replace(grown, start=word.start(), row=None, name=None)
        if grown is not mention:
            yield grown
        after = grown


def of_classes(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Boards that every member of a class has: "Ban Chỉ đạo chuyển đổi số của các bộ, ngành".

    Args:
        text: clean text.
        mentions: in order, classes among them.
    """
    for board, owners in pairwise(mentions):
        if (
            board.kind == "named"
            and owners.kind != "named"
            and text[board.end : owners.start] == " của "
            and text.startswith("các ", owners.start)
            and patterns.OWNED.match(text[board.start : board.end])
            and not text.endswith("liên quan", owners.start, owners.end)
        ):
            yield replace(board, end=owners.end, kind="collective", row=None)


def with_shared_class(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A committee whose places stand behind the next body: "UBND, Sở Y tế các tỉnh".

    Args:
        text: clean text.
        mentions: in order.
    """
    places: re.Match[str] | None = None
    for bare, other in pairwise(reversed([*mentions])):
        bare, other = other, bare
        if not _BARE.fullmatch(text, bare.start, other.start):
            places = None
            continue
        if other.kind == "collective":
            places = _PLACES.search(text, other.start, other.end) or places
        if places:
            head = text[bare.start : bare.end]
            yield replace(bare, kind="collective", name=f"{head}{places.group()}")


_BARE = re.compile(r"(?:UBND|Ủy ban nhân dân|HĐND|Đảng ủy|Đảng uỷ|Công an)(?:, | và )")
_PLACES = re.compile(rf"[ ](?:{place_patterns.UNIT_LIST}{place_patterns.CENTRAL}?)$")


def _with_owner(text: str, mention: Mention, after: Mention | None) -> Mention:
    printed = text[mention.start : mention.end]
    desk = printed.casefold().startswith("bộ phận ")
    if (mention.kind != "named" and not desk) or mention.name is not None:
        return mention
    if _HOUSE_BODIES.match(printed) and (own := _OWN_HOUSE.match(text, mention.end)):
        return replace(mention, end=own.end(), row=None)
    whose = _WHOSE.fullmatch(text, mention.end, after.start) if after is not None else None
    if (
        after is None
        or whose is None
        or after.kind != "named"
        or not patterns.OWNED.match(printed)
        or not (whose["of"] or _OWNER.match(text, after.start))
    ):
        return mention
    return replace(mention, end=after.end, kind="named", row=None, confidence=0.8)
