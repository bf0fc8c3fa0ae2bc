"""Look-ups among the organisations of a text: who stands at a place, in a list, before a verb.

In: clean text and the mentions of ``entities.agencies``.  Out: those mentions that one list of
addressees or bearers consists of; titles of persons before a body ("Giám đốc Sở …") stand for it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from pipeline.entities.agency_mentions import Mention
from pipeline.tasks.verbs import DUTIES, LINKS

_LONGEST_LIST = 300  # bodies
_TITLES = (
    "thủ trưởng|người đứng đầu|lãnh đạo|đồng chí|(?:phó )?(?:tổng )?giám đốc|(?:phó )?chủ tịch"
    "|(?:phó )?bí thư|(?:phó )?chánh(?: văn phòng| thanh tra| án)?|bộ trưởng|thứ trưởng|thống đốc"
    "|(?:phó )?chủ nhiệm|(?:phó )?viện trưởng|vụ trưởng|(?:tổng |chi )?cục trưởng"
    "|(?:phó )?hiệu trưởng|(?:phó )?trưởng(?: ban| phòng)?|tư lệnh|chính ủy"
    "|tổng biên tập|tổng thanh tra|ủy viên|uỷ viên|thành viên"
)
_PERSON = re.compile(  # "trường": "trưởng" as OCR reads it
    rf"(?i)(?:(?:{_TITLES}|trường|các)(?:,|\s+và)?\s+)+$"
)
# "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Thủ trưởng [cơ quan …]": heads of bodies not named.
_HEADS = re.compile(
    r"(?:(?:[Cc]ác )?(?:Bộ trưởng|Thủ trưởng|Chủ tịch|Giám đốc|Chánh án|Viện trưởng)"
    r"(?: [^.;:,\n]{2,40})?, )+(?:Thủ trưởng|Chủ tịch|Giám đốc|Chánh án|Viện trưởng)(?: các)? "
)
_HEADS_TOO = re.compile(rf"(?:[,;]|\s+và)\s+{_HEADS.pattern}")
_SEPARATOR = re.compile(
    r"(?i)^[\s*]*(?:(?:ở (?:trung ương|địa phương|cơ sở)\s*)?(?:[,;/]|và|[,;]\s*và)|cùng|cùng với"
    r"|[-–]|\((?:sau đây (?:gọi (?:chung |tắt )?là|viết tắt là)\s)?|\)\s*,?)?"
    rf"[\s*]*(?:(?:{_TITLES}|các)(?:,|\s+và)?[\s*]*)*$"
)
# "… (Văn phòng khu vực III.4) và các đơn vị": what the name inside leaves of its bracket.
_BRACKET_END = re.compile(r"[^\s()]{0,6}\)\s*(?:,|;|và)?\s*(?:các\s+)?$")
# "các sở, ngành (có lãnh đạo) là thành viên Ban An toàn giao thông, UBND các xã": the list goes on.
_MEMBER_OF = re.compile(
    r"(?:,|\s+và)?\s*(?:các )?(?:\((?:có )?lãnh đạo\)\s*)?(?:có lãnh đạo )?(?:là )?"
    r"(?:thành|[uủ][ỷy]) viên(?: của)? ",
    re.I,
)
_OF_PARENT = re.compile(r"(?:Vụ|Cục|Chi cục|Phòng|Thanh tra|Văn phòng|Ban|Tổng cục|Viện)\s")
# "căn cứ hướng dẫn của X có trách nhiệm chủ trì": X guides, somebody else leads.
_NO_BEARER = re.compile(r"(?i)(?:căn cứ|theo|hướng dẫn|chỉ đạo|quy định|yêu cầu|của)(?: của)?\s$")
_STANDING = re.compile(r"(?i)\s*(?:các|đại diện|cơ quan thường trực(?: là)?\s*[-–,(]?)\s*")
# Words of a name; those that say what is done, where, or why end the list instead.
_OTHER = rf"(?!(?:{LINKS}|{DUTIES})\s)[\w&-]+"
_NEXT = r"\s*(?:,|;|\s+và)\s+(?:các\s+)?"
# What a name half known leaves of itself inside a list: "[Đài X] nói tiếng dân tộc và các …".
_TAIL = re.compile(rf"(?:\s{_OTHER}){{1,7}}{_NEXT}")
# "Sở X, các Đài lạ và các cơ quan báo chí": one name in the list that nobody knows.
_STRANGER = re.compile(rf"[,;]\s+(?:các\s+)?{_OTHER}(?:\s{_OTHER}){{1,6}}{_NEXT}")
_STANDING_BODY = re.compile(r"(?i)(?:cơ quan )?thường trực\s")
# "Sở X (cơ quan thường trực Ban Y) chủ trì": X leads.
_ASIDE = re.compile(
    r"(?i)\((?:[^()]{0,30}\s)?(?:thường trực|giúp việc|đầu mối|trực thuộc|thuộc|qua)"
    r"(?: của| cho)?\s$"
)
# What may stand between a body and its verb.
TO_VERB = re.compile(
    r"[\s*]*\)?\s*(?:\([^)]*\)\s*)?(?:(?:là|làm|có trách nhiệm|được giao|sẽ"
    r"|chủ động|tiến hành|cơ quan|đơn vị|chuyên môn|đầu mối)\s*)*"
)
# "phối hợp với X; Y có trách nhiệm …": behind the semicolon somebody else acts.
_NEXT_ACTS = re.compile(r"\s*(?:có trách nhiệm|chịu trách nhiệm|chủ trì|thẩm định|giám sát)\b")


class Mentions:
    """The mentions of a text, for look-ups by position."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        # "các Vụ thuộc Bộ Y tế" bears the role, the ministry inside it does not.
        self.mentions: list[Mention] = []
        for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
            if not self.mentions or mention.end > self.mentions[-1].end:
                self.mentions.append(mention)
        self.starts = [m.start for m in self.mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        a = bisect.bisect_left(self.starts, start)
        b = bisect.bisect_left(self.starts, end)
        return self.mentions[a:b]

    def ending(self, position: int) -> Mention | None:
        """The mention that ends right here."""
        near = bisect.bisect_left(self.starts, position) - 1
        return self.mentions[near] if near >= 0 and self.mentions[near].end == position else None

    def at(self, position: int, end: int, *, slack: int = 0) -> Mention | None:
        """The mention that starts at a position, over spaces, articles and titles of persons."""
        for mention in self.within(position, min(end, position + 90)):
            gap = self.text[position : mention.start]
            if (
                not gap.strip(' *\n“"')
                or _HEADS.fullmatch(gap)
                or _PERSON.fullmatch(gap.lstrip(" *"))
                or _STANDING.fullmatch(gap)
            ):
                return mention
            if len(gap) > slack:
                return None
        return None

    def list_at(self, position: int, end: int, *, slack: int = 0) -> list[Mention]:
        """The mention at a position and all that follow with only separators between."""
        first = self.at(position, end, slack=slack)
        if first is None:
            return []
        found = [first]
        last = first.end
        # Every sentence asks anew, so a list without end would cost its length squared.
        index = bisect.bisect_right(self.starts, first.start)
        for mention in self.mentions[index : index + _LONGEST_LIST]:
            if mention.start < last:
                continue
            gap = self.text[last : mention.start]
            if _MEMBER_OF.fullmatch(gap) and mention.end <= end:
                last = mention.end
                continue
            if mention.start >= end:
                break
            if not (
                _SEPARATOR.match(gap)
                or _BRACKET_END.match(gap)
                or _TAIL.fullmatch(gap)
                or _STRANGER.fullmatch(gap)
                or _HEADS_TOO.fullmatch(gap)
                or (gap.strip() == ":" and found[-1].kind == "generic")
            ):
                break
            last = mention.end
            if gap.strip() == "(" and _STANDING_BODY.match(self.text, mention.start):
                continue  # "Sở X (Cơ quan Thường trực Ban Y)" is one body
            if gap and not gap.strip(" ") and "\n" not in gap:
                continue  # "Thường trực Đoàn Chủ tịch Tổng Liên đoàn": the one above it
            if gap.strip() in ("-", "–") and _OF_PARENT.match(self.text, found[-1].start):
                continue  # "Vụ Pháp chế - Bộ Nội vụ" is one body and the one above it
            found.append(mention)
        return found

    def before(self, position: int, start: int) -> list[Mention]:
        """The list of mentions that ends right before a position."""
        index = bisect.bisect_left(self.starts, position) - 1
        found: list[Mention] = []
        limit = position
        while index >= 0 and self.mentions[index].start >= start:
            mention = self.mentions[index]
            if mention.end > limit:
                return []  # "Hội đồng phối hợp …": the word is part of a name
            gap = self.text[mention.end : limit]
            if not found and not TO_VERB.fullmatch(gap):
                break
            aside = _ASIDE.search(self.text, max(start, mention.start - 60), mention.start)
            if not found and aside and gap.lstrip().startswith(")"):
                limit = aside.start()
                index = bisect.bisect_left(self.starts, limit) - 1
                continue
            named_below = gap.strip() == ":" and mention.kind == "generic"
            if found and not (named_below or _SEPARATOR.match(gap)):
                break
            if found and gap.strip() in ("-", "–") and _OF_PARENT.match(self.text, mention.start):
                found.pop()
            found.append(mention)
            limit = mention.start
            index -= 1
        found.reverse()
        if found and _NO_BEARER.search(self.text, max(start, found[0].start - 30), found[0].start):
            return []
        return found


def up_to_clause(text: str, listed: list[Mention]) -> list[Mention]:
    """A list of partners or hearers without those who are the subject of the next clause."""
    if listed and _NEXT_ACTS.match(text, listed[-1].end):
        return listed[: len(listed) - len(after_semicolon(text, listed))] or listed
    return listed


def after_semicolon(text: str, listed: list[Mention]) -> list[Mention]:
    """The bodies of a list behind its last semicolon; all of them where it has none."""
    for at in range(len(listed) - 1, 0, -1):
        if ";" in text[listed[at - 1].end : listed[at].start]:
            return listed[at:]
    return listed


def printed(text: str, mention: Mention) -> str:
    """The words of a mention."""
    return text[mention.start : mention.end]
