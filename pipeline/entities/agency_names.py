"""Names of organisations by grammar: a head noun and the words after it that belong to the name.

In: clean text and the stretches already taken.  Out: ``Mention`` objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from models.record import AgencyKind
from pipeline import gazetteers
from pipeline.entities import agency_patterns as patterns
from pipeline.entities import board_patterns, place_patterns
from pipeline.entities.agency_mentions import Mention, Taken
from pipeline.language.keys import key
from pipeline.language.letters import LOWER, UPPER


def placed_at(text: str, stop: int, end: int) -> tuple[int, AgencyKind]:
    """A name's end with the place or class of places after it, and the kind that makes it."""
    branch = place_patterns.BRANCH.match(text, stop, end)
    if branch and len(branch.group().strip()) > 8:  # more than the country
        stop = branch.end()
        own = place_patterns.qualifier().match(text, stop, end)
        return (own.end() if own else stop), "named"
    if nation := _NATION.match(text, stop, end):
        return nation.end(), "named"
    own = place_patterns.qualifier().match(text, stop, end)
    many = place_patterns.LOCAL.match(text, stop, end)
    town = place_patterns.TOWN.match(text, stop, end)
    district = place_patterns.DISTRICT.match(text, stop, end)
    if own and not (many and many.end() > own.end() and _SEVERAL.search(many.group())):
        if district and _UNIT_ALONE.search(own.group()):  # "thành phố Pleiku", not the province's
            town = district
        return max(own.end(), town.end() if town else 0), "named"
    if district and not (many and many.end() > district.end()):
        return district.end(), "named"
    if many and _CLASS.search(many.group()):
        return many.end(), "collective"
    lowest = _LOWEST.match(text, stop, end)  # "Hội Nông dân huyện", in the district's own plan
    return (lowest.end() if lowest else stop), "named"


# "Ủy ban An toàn giao thông (ATGT) Quốc gia"
_NATION = re.compile(rf"[ ]{place_patterns.INITIALS}[ ][Qq]uốc gia(?!\w)")
_SEVERAL = re.compile(r"[,/]")
_UNIT_ALONE = re.compile(r"(?i)(?:thành phố|tp\.?)$")
_CLASS = re.compile(r"các|[,/]|cấp|địa phương")


def _is_head(text: str, position: int) -> bool:
    """Does another organisation's name begin here?"""
    m = patterns.HEAD.match(text, position)
    return bool(
        m and not patterns.NOT_A_HEAD.match(text, position) and patterns.WORD.match(text, m.end())
    )


# A line that ends with a head noun, or with what stands before one, goes on in the next.
_WRAPPED = re.compile(
    r"\n(?:(?=- CTCP(?!\w))|(?<=Tổng\n)(?=[Cc]ông ty|[Cc]ục)|(?<=Trung ương\n)(?=Hội|Hiệp hội)"
    r"|(?<=Vụ Giáo dục\n)(?=(?:Trung|Tiểu|Đại) học|Mầm non|Thường xuyên|Dân tộc|Thể chất)"
    r"|(?<=Công an\n)(?=[Tt]hành phố|[Tt]ỉnh)|(?<=Ban Chỉ đạo\n)(?=\d{2,4}[ ])"
    r"|(?:(?<=[.)] Ban\n)|(?<=[.)] Cục\n)|(?<=[.)] Viện\n)|(?<=[.)] Vụ\n)|(?<=[.)] Hội\n)"
    rf"|(?<=[.)] Hiệp hội\n))(?=[{UPPER}][{LOWER}]))"
)


def unwrapped(text: str, start: int, end: int) -> str:
    """The text with the breaks inside names of a stretch turned into spaces; offsets kept."""
    for pattern in (_WRAPPED, place_patterns.broken_place()):
        breaks = [m.start() for m in pattern.finditer(text, start, end)]
        if breaks:
            bounds = pairwise([-1, *breaks, len(text)])
            text = " ".join(text[before + 1 : at] for before, at in bounds)
    return text


def by_grammar(text: str, start: int, end: int, taken: Taken) -> Iterator[Mention]:
    """A head noun with a capital after it, up to a word that cannot be in a name."""
    for m in patterns.HEAD.finditer(text, start, end):
        if taken.covers(m.start(), m.end()) or patterns.NOT_A_HEAD.match(text, m.start()):
            continue
        head = m.group()
        if head == "phòng" and not (
            patterns.PREFIX_PERSON.search(text, max(0, m.start() - 20), m.start())
            or patterns.KNOWN_ROOM.match(text, m.start(), end)
        ):  # "Trưởng phòng Nội vụ", "các phòng Giáo dục và Đào tạo"
            continue
        stop = _name_end(text, m.end(), end, head, taken)
        if stop is None and head in patterns.LOCAL_HEADS:
            stop, placed = placed_at(text, m.end(), end)
            if stop > m.end():
                yield Mention(m.start(), stop, placed, None, 0.8)
            continue
        if stop is None:
            continue
        kind: AgencyKind = "named"
        owner = _OF.match(text, stop, end)
        inner = taken.starting_at(owner.end()) if owner else None
        if inner is not None and patterns.OWNED.match(text[m.start() : stop]):
            stop = inner.end
            kind = inner.kind if inner.kind != "generic" else "named"
        elif (
            stop == m.end()
            and head == "Công an"
            and _BRANCH_OF.search(text, max(0, m.start() - 10), m.start())
        ):
            continue  # the branch and its people, not a body
        elif (
            stop == m.end()
            and head not in patterns.STANDALONE
            and not _ENDS_LINE.match(text, stop, end)
            and not (head == "Văn phòng" and patterns.BARE_OFFICE.match(text, stop, end))
        ):
            continue
        else:
            stop, kind = placed_at(text, stop, end)
            seat = patterns.SEAT.match(text, stop, end)
            if seat and patterns.SEATED.match(text, m.start()):
                stop = seat.end()
        if _OF_PLACE.search(text, max(0, m.start() - 12), m.start()):
            continue  # "huyện Vụ Bản", "phường Hội Phú": a place
        if patterns.STANDING_DEPUTY.search(text[max(0, m.start() - 25) : stop]):
            continue
        if patterns.IN_ADDRESS.search(text, max(0, m.start() - 25), m.start()):
            continue
        first = m.start()
        if _PLURAL.search(text, max(0, first - 5), first) and stop > m.end():
            kind, first = "collective", first - 4
            reach = _REACH.match(text, stop, end)
            stop = reach.end() if reach else stop
        yield Mention(first, stop, kind, None, 0.8)
        region = _REGION.search(text, first, stop)
        while region and (other := _NEXT_REGION.match(text, stop, end)):
            name = f"{text[first : region.start()]} {other['region']}"
            yield Mention(*other.span("region"), kind, None, 0.8, name)
            stop = other.end()


_OF_PLACE = re.compile(
    r"(?<!\w)(?:huyện|phường|thị trấn|thị xã|quận|thôn|bản|làng|ấp|đường|Quảng trường|chợ|cầu"
    r"|sông)[ ]$"
)
_BRANCH_OF = re.compile(r"(?:[Nn]gành|[Nn]gười|chiến s[ĩỹ]|[Ss]ĩ quan) $")
_LOWEST = re.compile(rf"[ ]{place_patterns.LOWEST}")
_ENDS_LINE = re.compile(r"\s*(?::|\n|$)")
_PLURAL = re.compile(r"(?<!\w)[Cc]ác\s$")
_REACH = re.compile(
    r"[ ](?:trên (?:toàn quốc|cả nước|địa bàn(?: (?:tỉnh|huyện|thành phố|xã|phường))?)"
    r"|tuyến (?:biển|biên giới))(?!\w)"
)
_OFFICE_OF = re.compile(r"[ ](?:kiểm soát|công an|quân sự)")
_OF = re.compile(r"[ ](?:của )?")
# "Hội đồng GDQP&AN Quân khu 7, Quân khu 9": the boards of two regions of the army.
_REGION = re.compile(r"[ ]Quân khu \d$")
_NEXT_REGION = re.compile(r"(?:,| và)[ ](?P<region>Quân khu \d)(?![\w/]|\.\d)")
_REGION_NUMBER = re.compile(r"(?<=uân khu)[ ]\d(?![\w/]|\.\d)")
_NUMBERED = re.compile(
    r"[ ](?:COVID-19|\d{1,4})(?:[ ](?:quốc gia|Quốc gia|QG|Trung ương))?(?![\w%/.])"
)
_NUMBERED_HEADS = ("Ban Chỉ đạo", "Ban chỉ đạo", "BCĐ", "Tổ")


def _name_end(text: str, at: int, end: int, head: str, taken: Taken) -> int | None:
    """Where the name after a head noun ends: at the head itself when no own name follows."""
    if head in board_patterns.HEADS and (board := board_patterns.TOPIC.match(text, at, end)):
        return board.end()
    stop_words = patterns.WIDE_NAME_STOP if head in patterns.WIDE_HEADS else patterns.NAME_STOP
    number = _NUMBERED.match(text, at, end)
    if number and head.casefold() in ("ban chỉ đạo", "bcđ"):
        return number.end()
    first = patterns.WORD.match(text, at, end)
    if first is None or first[1] == "TP" or taken.covers(first.start(1), first.end(1)):
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
        if lower is None and head in ("Hội", "Hiệp hội"):
            lower = patterns.NATIONAL.match(text, at, end)
        if lower is None and head in patterns.EXAM_HEADS:
            lower = patterns.EXAM_BOARD.match(text, at, end)
        if lower is None or (head == "Cơ quan" and not _OFFICE_OF.match(lower.group())):
            bare = head == "Văn phòng" and patterns.BARE_OFFICE.match(text, at, end)
            return at if head in patterns.STANDALONE or bare else None
        stop = lower.end()
    else:
        stop = first.end(1)
    words = 1
    while words < 16:
        comma = patterns.JOINT_COMMA.match(text, stop, end)
        if comma is None and head in patterns.SERIES_HEADS:
            comma = patterns.JOINT_SERIES.match(text, stop, end)
        if comma is None and head in patterns.FIELD_HEADS:
            comma = patterns.JOINT_FIELDS.match(text, stop, end)
        if head in ("Phòng", "phòng") and (three := patterns.JOINT_ROOM.match(text, stop, end)):
            return three.end()
        dash = patterns.JOINT_DASH.match(text, stop, end)
        both = patterns.JOINT_AND.match(text, stop, end)
        about = patterns.JOINT_ABOUT.match(text, stop, end)
        if about and not head.startswith(_ABOUT_HEADS):
            about = None
        if both is None and head in patterns.WIDE_HEADS:
            both = patterns.WIDE_AND.match(text, stop, end)
        joint = comma or dash or both or about
        jump = joint.end() if joint else stop
        if joint and (_is_head(text, jump) or taken.covers(jump, jump + 1)):
            break
        nxt = patterns.NEXT_WORD.match(text, jump if joint else stop + 1, end)
        if nxt is None or (not joint and text[stop : stop + 1] != " "):
            region = _REGION_NUMBER.match(text, stop, end)
            number = region or _NUMBERED.match(text, stop, end)
            if number and (
                region or head.startswith(_NUMBERED_HEADS) or text.endswith("hỉ đạo", at, stop)
            ):
                stop = number.end()
                words += 1
                continue
            break
        word = nxt.group(1)
        proper = words > 2 and text[text.rfind(" ", 0, stop) + 1].isupper()
        last = text[text.rfind(" ", 0, stop) + 1 : stop]
        stopping = (patterns.NAME_STOP if proper else stop_words).match(text, nxt.start(1))
        if stopping and (
            patterns.COMPOUND.match(text, stop - len(last))
            or patterns.COMPOUND.match(text, nxt.start(1))
        ):
            stopping = None
        if not joint and word[0].islower() and (stopping or _abbreviation(last, word)):
            break
        if not joint and word[0].islower() and head != "Báo" and _closed(text, at, stop, last):
            break
        if patterns.DUTY.match(text, nxt.start(1)):
            break
        if word == "Số" or (word in ("Vụ", "Cục") and text[nxt.end(1) : nxt.end(1) + 1] == "\n"):
            break  # an address begins, or a name that the next line ends
        if taken.covers(nxt.start(1), nxt.end(1)) or (
            not joint
            and place_patterns.LOCAL.match(text, stop, end)
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
    if about_work := _ABOUT_WORK.search(text, at, stop):  # what the team inspects goes on behind
        stop = about_work.start()
    for ending, heads in _ENDINGS:
        if head.startswith(heads) and (more := ending.match(text, stop, end)):
            stop = more.end()
    return stop


_ABOUT_WORK = re.compile(r"(?:(?<=tra)|(?<=sát))[ ]công tác$")
_ABOUT_HEADS = ("Ủy ban", "Ban", "Hội đồng", "Cục", "Vụ", "Văn phòng", "Phòng", "Quỹ")
_ENDINGS = (
    (patterns.ZONES_TOO, ("Ban Quản lý", "Ban quản lý")),
    (patterns.NUMBERED_PLACE, patterns.NUMBERED_PLACES),
    (patterns.NUMBERED_CLINIC, ("Bệnh viện", "Trung tâm")),
)


def _closed(text: str, at: int, stop: int, last: str) -> bool:
    """Does a name end with a province or the country? Then no small letters belong to it."""
    if not last[0].isupper():
        return False
    words = text[at:stop].split(" ")
    places = gazetteers.province_names()
    return any(
        len(words) > size and key(" ".join(words[-size:])) in places for size in (4, 3, 2)
    ) or words[-2:] == ["Việt", "Nam"]


def _abbreviation(word: str, following: str) -> bool:
    """After letters that stand for a whole name nothing in small letters goes on with it.

    A form of company or a level of school is no whole name.
    """
    return (
        word not in ("TNHH", "MTV")
        and not (word in ("THPT", "THCS") and following in ("chuyên", "cấp"))
        and len(word) > 2
        and sum(c.isupper() for c in word) * 2 > len(word)
    )
