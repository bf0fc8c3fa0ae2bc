"""Which mentions of organisations name one body, and what is known of it.

In: the mentions of a text, the province, date and issuer of the plan.  Out: ``Body`` objects with
the form first written as name, canonical name, id (with the province's code where the body is one
of a province), level and successors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from models.record import AgencyKind, AgencyLevel
from pipeline import gazetteers
from pipeline.entities import place_patterns
from pipeline.entities.agency_mentions import Mention
from pipeline.gazetteers import AgencyRow, ProvinceRow
from pipeline.language.keys import folded, key
from pipeline.language.letters import LOWER, UPPER


@dataclass(slots=True)
class Body:
    """One organisation with all its mentions; ``name`` is the form first written."""

    id: str
    name: str
    canonical: str
    kind: AgencyKind
    level: AgencyLevel | None
    province: str | None
    mentions: list[Mention] = field(default_factory=list)
    successors: tuple[str, ...] = ()
    parent: str | None = None
    confidence: float = 0.9


_LEADING = re.compile(r"(?i)^(?:các|những|mỗi|toàn thể)\s+")
# "Ban An toàn giao thông (ATGT) tỉnh"
_SHORT = re.compile(rf"\s*{place_patterns.INITIALS}(?=\s)")
_SPELLED = (
    (re.compile(r"\s*\((?:UBND|HĐND)\)"), ""),
    (_SHORT, ""),
    (re.compile(r"\s+trực thuộc (?:[Tt]rung ương|TW|TƯ)$"), ""),
    # "UBND các huyện, xã" and "UBND huyện, xã" are one class
    (re.compile(rf"(?<=\w) các (?=(?:{place_patterns.UNITS}|địa phương)(?!\w))"), " "),
    (re.compile(r"\bTX\b"), "thị xã"),
    (re.compile(r"(?i)\btp\b\.?\s*"), "thành phố "),
    (re.compile(r"(?<=huyện), thành, thị(?! \w)"), ", thị xã, thành phố"),
    (re.compile(r"\bBCĐ\s*(?=\d|\b)"), "Ban Chỉ đạo "),
    (re.compile(r"(?<=\d)QG\b"), " quốc gia"),
    (re.compile(r"\bATGT\b"), "an toàn giao thông"),
    (re.compile(r"\bBTV\b"), "Ban Thường vụ"),
    (re.compile(r"\bVP\b"), "Văn phòng"),
    (re.compile(r"\bĐH\b"), "Đại học"),
    (re.compile(r"\bDN\b"), "doanh nghiệp"),
    (re.compile(r"(?i)^trường (?=(?:trung học|tiểu học|mầm non) )"), ""),  # "THPT Hoa Mai"
    (re.compile(r"\b(?:TW|TƯ)\b"), "Trung ương"),
    (re.compile(r"(?:đặt|đóng) (?=(?:tại|trên) địa)"), ""),
    (
        re.compile(rf"\s+trên địa bàn(?: (?:tỉnh|[Tt]hành phố)(?: {place_patterns.place()})?)?$"),
        "",
    ),
    (re.compile(r"chính trị\s*[-–,]?\s*xã hội(?: địa phương$)?"), "chính trị - xã hội"),
    (place_patterns.TOWNS, ""),  # "UBND các huyện, thành phố Nam Định": the class is the same
    (re.compile(rf"\s*[,/]\s*|\s+[-–]\s+|(?<=\w)-(?=[{UPPER}][{LOWER}])"), " "),
    # "các phòng của Sở" and "các phòng thuộc Sở"
    (re.compile(r"(?i)(?<=phòng) của (?=sở)"), " thuộc "),
    (re.compile(r"(?i)\s+(?:và|&|của)(?=\s)"), ""),
)
_OWN = "@"


def merge(
    mentions: Iterable[Mention],
    text: str,
    *,
    province: str | None,
    day: str | None,
    issuer: str | None = None,
) -> list[Body]:
    """Merge mentions that name one body; the first form written is its name.

    Args:
        mentions: from ``find``, in order.
        text: the clean text.
        province: the plan's province, which "tỉnh" means here.
        day: the plan's date (EDTF), for codes.
        issuer: who issued the plan, as written in the letterhead.
    """
    row = gazetteers.province_on(province, day) if province else None
    bodies: dict[str, Body] = {}
    for mention in mentions:
        printed = mention.name or " ".join(text[mention.start : mention.end].split())
        printed = _SPELLED[0][0].sub("", printed)
        identity = _identity(printed, mention.row, mention.kind, province)
        identity = _known(bodies, _short_owner(identity, issuer, mention.kind), mention, printed)
        everywhere = f"*{identity.removeprefix('*')}{_EVERYWHERE}"
        if province is None and everywhere in bodies:
            identity = everywhere
        body = bodies.get(identity)
        if body is None:
            canonical = _canonical(printed, mention.row)
            body = bodies[identity] = Body(
                "",
                printed,
                canonical,
                mention.kind,
                None,
                None,
                successors=mention.row.successors if mention.row else (),
                confidence=mention.confidence,
            )
        elif body.name == body.mentions[0].name and mention.name is None:
            body.name = max(body.name, printed, key=len)  # printed whole, not put together
        unplaced = body.kind == "named" and body.level is None and body.province is None
        if unplaced or not body.mentions:
            # "Hội Nông dân" is the province's when a later mention says so
            body.level = _level(printed, mention)
            if province and _TOWN_OF_IT.search(printed) and not gazetteers.is_city(province):
                body.level = "district" if _home(printed, None, day) in (None, row) else body.level
            home = _home(printed, row, day) if _is_local(printed, mention) else None
            body.province = home.code if home else None
            body.id = _id(body.canonical, body.kind, body.province)
        body.mentions.append(mention)
    return _unique_ids(list(bodies.values()))


def _home(printed: str, own: ProvinceRow | None, day: str | None) -> ProvinceRow | None:
    """The province of a local body: a body of another one is named with it."""
    words = printed.split()
    for size in (4, 3, 2):
        place = gazetteers.province_names().get(key(" ".join(words[-size:])))
        if place and len(words) > size:
            return gazetteers.province_on(place, day)
    return own


def _canonical(printed: str, row: AgencyRow | None) -> str:
    """The gazetteer's name, with what tells a branch of a central body from the body itself."""
    if row is None:
        return _LEADING.sub("", _SHORT.sub("", printed))
    return row.name + (_tail(printed, row) if row.level == "central" else "")


def same_body(bodies: Iterable[Body], name: str, province: str | None) -> Body | None:
    """The body that a name means, among those of a text."""
    wanted = _identity(name, None, "named", province)
    for body in bodies:
        if _identity(body.name, None, body.kind, province) == wanted:
            return body
    return None


@lru_cache(maxsize=4096)
def _identity(printed: str, row: AgencyRow | None, kind: AgencyKind, province: str | None) -> str:
    """What two mentions of one body have in common; "tỉnh" and the plan's own province are one."""
    if row is not None:
        spelled = row.name + _tail(printed, row)
    else:
        words = _LEADING.sub("", printed).split(" ")
        spelled = " ".join(_spelled_out().get(word, word) for word in words)
    for pattern, right in _SPELLED:
        spelled = pattern.sub(right, spelled)
    identity = key(spelled)
    if kind == "generic":
        return f"*{identity}"
    identity = _KEY_ROOM.sub(r"\1", _KEY_UNITS.sub(_in_order, identity))
    identity = re.sub(rf"^({_KEY_DESK}) .*$", r"\1", identity)
    if province:
        own = key(province)
        initials = "".join(word[0] for word in province.split() if word[0].isalpha()).casefold()
        # In the province of Lào Cai "thành phố Lào Cai" is a town of it.
        unit, town = (
            (f"{_KEY_PROVINCE}|{_KEY_CITY}", "")
            if gazetteers.is_city(province)
            else (_KEY_PROVINCE, rf"(?<!(?<!\S){_KEY_CITY})")
        )
        for place in (own, initials):
            identity = re.sub(
                rf"{town} (?:(?:{_KEY_OF}) )?(?:(?:{unit}) )?{re.escape(place)}$",
                f" {_OWN}",
                identity,
            )
    identity = re.sub(
        rf" (?:(?:{_KEY_OF}) )?(?:{_KEY_PROVINCE}|{_KEY_CITY})$", f" {_OWN}", identity
    )
    if re.fullmatch(r"(?:ubnd|hđnd)", identity):
        identity += f" {_OWN}"
    if not re.match(r"(?:.* )?(?:ubnd|hđnd)\b", identity):
        identity = identity.removesuffix(f" {_OWN}")
    return f"{'*' if kind != 'named' else ''}{identity}"


def _in_order(units: re.Match[str]) -> str:
    return " ".join(sorted(re.findall(_KEY_UNIT, units.group())))


@cache
def _spelled_out() -> dict[str, str]:
    """Abbreviations of one word, as printed in capitals → what they stand for."""
    return gazetteers.abbreviations() | {
        name: row.name
        for row in gazetteers.agencies()
        for name in row.aliases
        if name.isupper() and " " not in name
    }


def _short_owner(identity: str, issuer: str | None, kind: AgencyKind) -> str:
    """In a body's own plan "Văn phòng Bộ X" is "Văn phòng Bộ", "Ban Y Liên đoàn X" is "Ban Y"."""
    if not issuer:
        return identity
    whole, others = _names_of(issuer)
    head = whole.split(" ")[0]
    if head in (_KEY_MINISTRY, _KEY_DEPARTMENT):
        if identity.endswith(f" {whole}"):
            identity = identity.removesuffix(whole) + head
    elif kind == "named" and _OWN_ROOM.match(identity):
        for name in others:
            if identity.endswith(f" {name}"):
                return identity.removesuffix(f" {name}")
    return identity


@cache
def _names_of(issuer: str) -> tuple[str, tuple[str, ...]]:
    """The issuer as other names name it: its identity, and all its names, longest first."""
    whole = _identity(issuer, None, "named", None)
    names = {
        key(name)
        for row in gazetteers.agencies()
        if key(row.name) == whole
        for name in (row.name, *row.aliases)
    }
    return whole, tuple(sorted(names, key=len, reverse=True))


_KEY_MINISTRY, _KEY_DEPARTMENT = key("bộ"), key("sở")
_KEY_STAFF = key("văn phòng")
_OWN_STAFF = re.compile(
    rf"{_KEY_STAFF} (?:{key('ủy ban nhân dân')}|(?:{_KEY_MINISTRY}|{_KEY_DEPARTMENT})$)"
)
_OWN_ROOM = re.compile(rf"(?:{key('ban')}|{key('vụ')}|{key('cục')}|{key('phòng')}|{_KEY_STAFF}) ")
# "các huyện, thị xã, thành phố" in any order are the same places.
_KEY_UNIT = "|".join(key(unit) for unit in ("quận", "huyện", "thị xã", "thành phố", "xã", "phường"))
# In a plan of the centre "Sở Y tế" is that of every province; "thành phố" at the end is cut off.
_EVERYWHERE = f" {key('tỉnh')}"
_EXAMINED = re.compile(
    rf" {key('được')} (?:{key('kiểm tra')}|{key('thanh tra')}|{key('giám sát')})$"
)
_OF_PROVINCE = re.compile(r"(?i)(?:tỉnh|thành phố|tp\.?)$")
_LOWER = re.compile(rf" (?:{_KEY_UNIT})(?!\S)")
_KEY_OFFICE = rf"{key('cơ quan')} (?:{key('thuộc')}|{key('ngang')}) "
_KEY_OF, _KEY_PROVINCE, _KEY_CITY = key("của"), key("tỉnh"), key("thành phố")
_KEY_UNITS = re.compile(rf"(?<!\S)(?:{_KEY_UNIT})(?: (?:{_KEY_UNIT}))+(?!\S)")
# "các phòng Y tế quận, huyện" are "các phòng Y tế": every district has one.
_KEY_ROOM = re.compile(rf"^({key('phòng')} .+?)(?: (?:{_KEY_UNIT})){{2,}}$")
_KEY_DESK = f"{key('bộ phận một cửa')}|{key('bộ phận tiếp nhận trả kết quả')}"


def _tail(printed: str, row: AgencyRow) -> str:
    """The place behind a gazetteer name in one of its spellings; a central body has branches."""
    m = _PLACED.search(printed)
    if m is None or (row.kind != "named" and _LOWER_UNIT.match(m["place"])):
        return ""
    if key(printed) in {key(name) for name in (row.name, *row.aliases)}:
        return ""
    return f" chi nhánh{m['place']}" if row.level == "central" else m["place"]


_LOWER_UNIT = re.compile(rf"\s(?:{place_patterns.LOWER_UNITS})(?!\w)")
_PLACED = re.compile(
    r"(?:\s(?:[-–]\s)?[Cc]hi nhánh)?(?P<place>\s[Kk]hu vực\s.*"
    rf"|\s(?:của )?(?:tỉnh|Tỉnh|thành phố|Thành phố|TP\.?)(?:\s.*)?|\s{place_patterns.place()}"
    r"|\s(?:các|cấp|hai cấp|cùng cấp|[Qq]uân khu)\s.*"
    rf"|\s(?:{place_patterns.LOWER_UNITS})(?:\s.*)?)$"
)


def _known(bodies: dict[str, Body], identity: str, mention: Mention, printed: str) -> str:
    """The identity under which a shorter or abbreviated form is already known.

    "Công an tỉnh" is no short form of "Công an xã".
    """
    if identity in bodies:
        return identity
    other = identity.removeprefix("*") if identity.startswith("*") else f"*{identity}"
    if mention.kind != "generic" and other in bodies:
        return other
    longer = [
        known
        for known in bodies
        if known.startswith(identity + " ")
        and not known.endswith(f"{identity} {_OWN}")
        and (identity != _KEY_STAFF or _OWN_STAFF.match(known))
        and not (_OF_PROVINCE.search(printed) and _LOWER.match(known, len(identity)))
    ]
    if mention.kind == "named" and longer and mention.row is None:
        return longer[-1]
    if mention.kind == "collective" and len(longer) == 1 and re.search(r"thuộc", longer[0]):
        return longer[0]
    if mention.kind == "collective":  # "các hội, quỹ được kiểm tra" are "các hội, quỹ"
        base = _EXAMINED.sub("", identity)
        if (known_base := bodies.get(base)) and known_base.kind == "collective":
            return base
        if examined := [k for k in longer if _EXAMINED.sub("", k) == identity]:
            return examined[0]
    if mention.kind == "collective" and re.match(_KEY_OFFICE, identity.removeprefix("*")):
        # "Thủ trưởng cơ quan thuộc Chính phủ" after "các bộ, …, cơ quan thuộc Chính phủ"
        for known in bodies:
            if known.endswith(f" {identity.removeprefix('*')}"):
                return known
    if mention.kind == "named":
        for known in bodies:
            if _initials(identity, known) or _initials(known, identity):
                return known
    return identity


def _initials(short: str, long: str) -> bool:
    """Does the last word of one name stand for the last words of another, letter by letter?"""
    words, spelled = short.split(" "), long.split(" ")
    head = len(words) - 1
    if head < 1 or len(words[-1]) < 3 or spelled[:head] != words[:-1]:
        return False
    last = words[-1].replace("&", "")
    return "".join(w[0] for w in spelled[head:]) in (last, re.sub("tw$", "tư", last))


def _unique_ids(bodies: list[Body]) -> list[Body]:
    seen: dict[str, int] = {}
    for body in bodies:
        count = seen[body.id] = seen.get(body.id, 0) + 1
        if count > 1:
            body.id = f"{body.id}-{count}"
    return bodies


def _is_local(printed: str, mention: Mention) -> bool:
    level = _level(printed, mention)
    return mention.kind == "named" and (
        level != "central" if mention.row is None else level == "province"
    )


def _level(printed: str, mention: Mention) -> AgencyLevel | None:
    if mention.row is not None and mention.row.level:
        return mention.row.level  # type: ignore[return-value]
    for pattern, level in _LEVELS_BY_WORD:
        if re.search(pattern, printed):
            return level
    return None


_LEVELS_BY_WORD: tuple[tuple[str, AgencyLevel], ...] = (
    (
        r"(?i)trung ương|quốc gia|tối cao|chính phủ|quốc hội|^Bộ (?!phận|đội|Chỉ huy)|^Tổng cục"
        r"|Việt Nam$",
        "central",
    ),
    (r"(?i)cấp huyện|\bhuyện\b|\bquận\b|\bthị xã\b", "district"),
    (r"(?i)cấp xã|\bxã\b|\bphường\b|\bthị trấn\b|đặc khu", "commune"),
    (r"(?i)^(?:phòng|văn phòng sở|các phòng|vụ)\b", "internal"),
    (r"(?i)\btỉnh\b|thành phố|^Sở ", "province"),
)
# "thành phố Pleiku" in the plan of a province
_TOWN_OF_IT = re.compile(rf"(?i:thành phố|tp)\.? [{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)*$")
_SLUG = re.compile(r"[^a-z0-9]+")


def _id(canonical: str, kind: AgencyKind, code: str | None) -> str:
    slug = _SLUG.sub("-", folded(canonical)).strip("-")[:60]
    return f"{slug}@{code}" if code and kind != "generic" else slug
