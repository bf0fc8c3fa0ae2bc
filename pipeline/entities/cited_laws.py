"""Laws, codes and ordinances cited by name ("Luật Đất đai năm 2024"), known or guessed.

In: clean text.  Out: ``Mention`` objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline import gazetteers
from pipeline.entities.citation_parts import (
    Mention,
    date_after,
    kind_name,
    pinpoint_before,
    with_issuer,
    year_after,
)
from pipeline.language.keys import toned
from pipeline.language.letters import LOWER, UPPER

_LAW_WORD = re.compile(r"(?<!\w)(Bộ luật|Luật|Pháp lệnh|Hiến pháp)(?=\s|$)", re.I)
_LAW_STOP = re.compile(
    r"[.;:()\n\d“”\"]|\s[-–]\s|\b(?:và các|và các văn bản|và Luật|và Nghị|và Bộ luật|và Thông"
    r"|hoặc|ngày|năm|số|do|được|của|về|tại"
    r"|trình|cho|để|theo|khi|trong|trên|đối với|nhằm|bằng|từ|thì|ban hành|quy định|sửa đổi"
    r"|có hiệu|đến|với|là|này|nêu|như|phải)\b"
)


@cache
def _law_names() -> dict[str, list[tuple[int, str]]]:
    """First word of a law's name → (number of words, key of the name), longest first."""
    names: dict[str, list[tuple[int, str]]] = {}
    for kind, name in gazetteers.laws():
        folded = toned(name)
        words = folded.split(" ")
        names.setdefault(f"{kind.casefold()} {words[0].rstrip(',')}", []).append(
            (len(words), folded)
        )
    for known in names.values():
        known.sort(reverse=True)
    return names


_TOKEN = re.compile(r"\S+")


_NO_LAW_BEFORE = re.compile(r"(?i)\bpháp\s$")
_NO_LAW_AFTER = re.compile(r"(?i)\s+(?:điều chỉnh|về|cần|này|khác|hoặc|và|gia|sư)\b")
_AMENDING = re.compile(
    r"\s+sửa đổi,?\s+bổ sung\s+(?:một số điều|một số nội dung"
    r"|các điều)?\s*(?:của\s+)?(?=(?:các\s+)?(?:Bộ luật|Luật|Pháp lệnh))",
    re.I,
)


def find(text: str) -> Iterator[Mention]:
    """Laws by name, with the year or date and the pin cite around it."""
    for m in _LAW_WORD.finditer(text):
        kind = kind_name(m.group(1))
        if _NO_LAW_BEFORE.search(text, max(0, m.start() - 6), m.start()) or _NO_LAW_AFTER.match(
            text, m.end()
        ):
            continue
        if kind == "Hiến pháp":
            if m.group(1)[0].isupper():
                end, date = year_after(text, m.end())
                yield Mention(m.start(), end, kind, None, date, name="Hiến pháp")
            continue
        known = _amending_law_end(text, m) or _known_law_end(text, m, kind)
        confidence = 0.97 if known else 0.75
        name_end = known or _guessed_law_end(text, m)
        if name_end is None:
            continue
        name = " ".join(text[m.end() : name_end].split())
        stop, date = date_after(text, name_end)
        if date is None:
            stop, date = year_after(text, name_end)
        mention = Mention(
            m.start(),
            stop,
            kind,
            None,
            date,
            name=name,
            pinpoint=pinpoint_before(text, m.start()),
            confidence=confidence,
        )
        yield with_issuer(text, mention)


def _amending_law_end(text: str, m: re.Match[str]) -> int | None:
    """ "Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y" is one act."""
    amending = _AMENDING.match(text, m.end())
    if amending is None:
        return None
    end: int | None = None
    at = amending.end()
    while law := _LAW_WORD.match(text, at):
        end = _known_law_end(text, law, kind_name(law.group(1))) or _guessed_law_end(text, law)
        if end is None:
            break
        joint = re.compile(r"\s*(?:,|và|,\s*và)\s+(?=(?:Bộ luật|Luật|Pháp lệnh)\s)").match(
            text, end
        )
        if joint is None:
            break
        at = joint.end()
    return end


def _known_law_end(text: str, m: re.Match[str], kind: str) -> int | None:
    words = list(_TOKEN.finditer(text, m.end(), min(len(text), m.end() + 160)))
    if not words:
        return None
    first = toned(words[0].group()).rstrip(",")
    for count, folded in _law_names().get(f"{kind.casefold()} {first}", ()):
        if count > len(words):
            continue
        end = words[count - 1].end()
        printed = text[words[0].start() : end].rstrip('.;:,)("”“')
        if toned(printed) == folded:
            return words[0].start() + len(printed)
    return None


def _guessed_law_end(text: str, m: re.Match[str]) -> int | None:
    """An unknown law: a capital after "Luật", up to the first word that cannot be in a name."""
    after = text[m.end() : m.end() + 120]
    if not m.group(1)[0].isupper() or not re.match(rf"\s[{UPPER}][{LOWER}]", after):
        return None
    stop = _LAW_STOP.search(after, 1)
    limit = stop.start() if stop else len(after)
    name = after[:limit]
    # A comma belongs to the name only before "chống" and in pairs of nouns joined by "và" later.
    pieces = name.split(",")
    kept = pieces[0]
    for piece in pieces[1:]:
        if not re.match(
            r"\s+(?:chống|bảo vệ|sử dụng|lấy|cứu|chữa|giáo dục|an toàn|trật tự)\b", piece
        ):
            break
        kept += "," + piece
    kept = re.sub(r"\s+(?:và|các|những)\s*$", "", kept.rstrip())
    words = kept.split()
    if not 1 <= len(words) <= 14 or re.match(r"(?i)\s*(?:gia|sư|này|khác)\b", kept):
        return None
    return m.end() + len(kept)
