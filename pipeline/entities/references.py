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
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline import gazetteers
from pipeline.entities import agencies
from pipeline.language.keys import toned
from pipeline.language.letters import LOWER, UPPER
from pipeline.structure import numbers

KINDS = (
    "Nghị quyết liên tịch",
    "Thông tư liên tịch",
    "Thông báo kết luận",
    "Văn bản hợp nhất",
    "Chương trình hành động",
    "Chương trình phối hợp",
    "Chương trình công tác",
    "Kế hoạch hành động",
    "Kế hoạch phối hợp",
    "Kế hoạch liên tịch",
    "Kế hoạch liên ngành",
    "Quy chế phối hợp",
    "Hướng dẫn liên ngành",
    "Quyết định",
    "Nghị quyết",
    "Nghị định",
    "Thông tư",
    "Chỉ thị",
    "Kế hoạch",
    "Kết luận",
    "Chương trình",
    "Công văn",
    "Công điện",
    "Văn bản",
    "Tờ trình",
    "Báo cáo",
    "Thông báo",
    "Hướng dẫn",
    "Quy định",
    "Quy chế",
    "Quy trình",
    "Đề án",
    "Dự án",
    "Phương án",
    "Thông tri",
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Hiến pháp",
    "Lệnh",
    "Sắc lệnh",
    "Biên bản",
    "Giấy mời",
    "Giấy phép",
    "Chiến lược",
    "Điều lệ",
    "Phiếu chuyển",
    "Hợp đồng",
    "Tiêu chuẩn",
    "Quy hoạch",
    "Thỏa thuận",
)
_KIND_NAMES = {kind.casefold(): kind for kind in KINDS}
_SHORT_KINDS = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "NĐ": "Nghị định", "TT": "Thông tư", "CT": "Chỉ thị",
    "KH": "Kế hoạch", "CV": "Công văn", "KL": "Kết luận", "TB": "Thông báo",
    "TTLT": "Thông tư liên tịch",
}  # fmt: skip
_KIND = "|".join(re.escape(kind).replace(r"\ ", r"\s+") for kind in KINDS)
_KIND_BEFORE = re.compile(
    rf"(?<![\w])(?:(?P<kind>{_KIND})|(?P<short>{'|'.join(_SHORT_KINDS)}))"
    rf"(?P<of>\s+của\s+(?:(?!{_KIND}|\bvề\b|\bban hành\b"
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
_PIN = (
    r"(?:(?:điểm|tiết)\s+[a-zđ](?:\s*,\s*[a-zđ]\b)*|(?:khoản|Điều|mục|Chương|Phần|Phụ lục)\s+"
    r"(?:\d+(?:\.\d+)*|[IVX]+)(?:\s*(?:,|và|đến|-)\s*(?:\d+|[IVX]+)\b)*)"
)
_PIN_BEFORE = re.compile(rf"({_PIN}(?:\s*,?\s*{_PIN})*)\s*(?:của\s+)?(?:các\s+)?$", re.I)
_PIN_PART = re.compile(_PIN, re.I)
_PIN_ORDER = ("phụ lục", "phần", "chương", "mục", "điều", "khoản", "điểm", "tiết")

_ISSUER_HEAD = (
    r"(?:Quốc hội|Chính phủ|Thủ tướng(?: Chính phủ)?|Chủ tịch|Phó Chủ tịch|Bộ trưởng"
    r"|Bộ Chính trị|Bộ|Ban|Ủy ban|Uỷ ban"
    r"|UBND|HĐND|Hội đồng|Thường trực|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Đảng ủy"
    r"|Đảng bộ|Trung ương|Văn phòng"
    r"|Sở|Giám đốc|Chánh|Viện|Tòa án|Toà án|Tổng|Ngân hàng|Thanh tra|Kiểm toán|Liên đoàn"
    r"|Mặt trận|Đoàn|Hội|Công an"
    r"|Bảo hiểm|Cục|Thống đốc|BCH|BTV|Đài|Liên ngành|liên bộ|tỉnh|thành phố)"
)
_ISSUER = re.compile(
    rf"\s*,?\s*(?:do|của)\s+(?P<issuer>{_ISSUER_HEAD}\b(?:"
    rf"(?!\s+(?:và\s+(?:{_KIND}|các)|về|ban hành|phê duyệt|quy định|sửa đổi|bổ sung|thực hiện"
    r"|triển khai|hướng dẫn|trong|đối với|để|thì|tại|nhằm|tiếp tục|đẩy mạnh|tăng cường|công bố"
    r"|thông qua|có hiệu lực|kèm"
    r"|cho|V/v|v/v|giai đoạn|năm|được|với|là|khóa|khoá|gồm)\b)[^.;:,()\n“”\"]){0,90})",
    re.I,
)
_ISSUER_BEFORE = re.compile(
    rf"\bcủa\s+(?P<issuer>{_ISSUER_HEAD}\b[^.;:,()\n\d]{{0,60}}?)\s+tại\s+$"
)
_COMMA_NAME = re.compile(
    r",\s+(?:Thể thao và Du lịch|Trẻ em và Gia đình|Gia đình và Trẻ em|chống \w+(?: \w+){0,4}"
    r"|Thể thao|Tài nguyên và Môi trường)"
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


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation as found; offsets into the clean text."""

    start: int
    end: int
    kind: str | None
    number: numbers.ParsedNumber | None
    date: str | None
    issuer: str | None = None
    name: str | None = None
    pinpoint: str | None = None
    short: bool = False
    is_self: bool = False
    confidence: float = 1.0
    notices: tuple[str, ...] = field(default=())


def find(text: str) -> list[Mention]:
    """All citations of a text, in order, without overlaps.

    Args:
        text: clean text (NFC).

    Returns:
        Documents identified by number or by a law's name; the short forms are in ``find_short``.

    >>> [m.number.canonical for m in find("theo Kế hoạch số 36/KH-UBND ngày 21/3/2017")]
    ['36/KH-UBND']
    """
    found = list(_numbered(text))
    taken = [(mention.start, mention.end) for mention in found]
    for mention in (*_named_laws(text), *_central_committee(text), *_bare_numbers(text)):
        if not any(start < mention.end and mention.start < end for start, end in taken):
            taken.append((mention.start, mention.end))
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def find_short(text: str) -> list[Mention]:
    """Short and named forms: "Kế hoạch này", "Đề án 06"; none of them carries a number."""
    found = [
        Mention(
            m.start(), m.end(), _kind_name(m.group("kind")), None, None, short=True, is_self=True
        )
        for m in _SELF.finditer(text)
    ]
    for m in _programme_pattern().finditer(text):
        found.append(
            Mention(
                m.start(),
                m.end(),
                _kind_name(m.group().split()[0] + " " + m.group().split()[1]),
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
        window_start = max(m.start() - 190, previous.end if previous else 0)
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
            kind = _kind_name(law.group("kind"))
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
        end, date = _date_after(text, end)
        mention = Mention(
            start,
            end,
            kind,
            parsed,
            date,
            issuer,
            name,
            _pinpoint_before(text, start),
            confidence=0.95 if kind else 0.7,
            notices=("number-repaired",) if parsed.repaired else (),
        )
        mention = _with_issuer(text, mention)
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
        return _kind_name(match.group("kind"))
    return _SHORT_KINDS.get(match.group("short").upper(), match.group("short"))


def _kind_name(printed: str) -> str:
    folded = " ".join(printed.split()).casefold()
    return _KIND_NAMES.get(folded, folded.capitalize())


def _date_after(text: str, end: int) -> tuple[int, str | None]:
    """The date that directly follows, and the new end of the mention."""
    day = numbers.DATE.match(text, end)
    if day and "(" not in text[end : day.end()]:
        date = numbers.edtf_date(day)
        if date:
            return day.end(), date
    month = numbers.MONTH.match(text, end)
    if month:
        return month.end(), f"{month.group(2)}-{int(month.group(1)):02d}"
    return end, None


_OF = re.compile(r"\s*,?\s*(?:do|của)\s+(?=[^\W\d_])")
_HOLDER = re.compile(
    r"(?:(?:Phó\s+)?(?:Chủ tịch|Thủ tướng|Bộ trưởng|Giám đốc|Chánh án|Chánh Thanh tra"
    r"|Chánh Văn phòng|Viện trưởng|Thống đốc"
    r"|Tổng Thanh tra|Trưởng ban|Trưởng Ban|Cục trưởng|Tổng cục trưởng|Bí thư)\s+)?",
    re.I,
)


def _known_issuer(text: str, end: int) -> str | None:
    """The organisation (with its head's title) that follows "của", as far as its name goes."""
    of = _OF.match(text, end, end + 12)
    if of is None:
        return None
    piece = text[of.end() : of.end() + 150].split("\n", 1)[0]
    holder = _HOLDER.match(piece)
    at = holder.end() if holder else 0
    first = next(iter(agencies.find(piece[at:])), None)
    if first is None or first.start != 0 or first.kind == "generic":
        return None
    return " ".join(piece[: at + first.end].split())


def _with_issuer(text: str, mention: Mention) -> Mention:
    if mention.issuer:
        return mention
    known = _known_issuer(text, mention.end)
    if known:
        return replace(mention, issuer=known)
    m = _ISSUER.match(text, mention.end)
    if m:
        end = m.end()
        while comma := _COMMA_NAME.match(text, end):
            end = comma.end()
        issuer = " ".join(text[m.start("issuer") : end].split())
        issuer = re.sub(r"\s+(?:và|ngày|số|[-–])$", "", issuer)
        return replace(mention, issuer=issuer)
    before = _ISSUER_BEFORE.search(text, max(0, mention.start - 100), mention.start)
    if before:
        return replace(mention, issuer=" ".join(before.group("issuer").split()))
    return mention


def _pinpoint_before(text: str, start: int) -> str | None:
    """ "khoản 2 Điều 15 của" before a mention → "Điều 15, khoản 2"."""
    m = _PIN_BEFORE.search(text, max(0, start - 120), start)
    if not m:
        return None
    parts = [" ".join(part.split()) for part in _PIN_PART.findall(m.group(1))]
    parts.sort(key=lambda part: _PIN_ORDER.index(_pin_level(part)))
    return ", ".join(parts)


def _pin_level(part: str) -> str:
    folded = part.casefold()
    return next(level for level in _PIN_ORDER if folded.startswith(level))


# --- laws by name -------------------------------------------------------------------------------

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


def _named_laws(text: str) -> Iterator[Mention]:
    for m in _LAW_WORD.finditer(text):
        kind = _kind_name(m.group(1))
        if _NO_LAW_BEFORE.search(text, max(0, m.start() - 6), m.start()) or _NO_LAW_AFTER.match(
            text, m.end()
        ):
            continue
        if kind == "Hiến pháp":
            if m.group(1)[0].isupper():
                end, date = _year_after(text, m.end())
                yield Mention(m.start(), end, kind, None, date, name="Hiến pháp")
            continue
        known = _amending_law_end(text, m) or _known_law_end(text, m, kind)
        confidence = 0.97 if known else 0.75
        name_end = known or _guessed_law_end(text, m)
        if name_end is None:
            continue
        name = " ".join(text[m.end() : name_end].split())
        stop, date = _date_after(text, name_end)
        if date is None:
            stop, date = _year_after(text, name_end)
        mention = Mention(
            m.start(),
            stop,
            kind,
            None,
            date,
            name=name,
            pinpoint=_pinpoint_before(text, m.start()),
            confidence=confidence,
        )
        yield _with_issuer(text, mention)


def _amending_law_end(text: str, m: re.Match[str]) -> int | None:
    """ "Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y" is one act."""
    amending = _AMENDING.match(text, m.end())
    if amending is None:
        return None
    end: int | None = None
    at = amending.end()
    while law := _LAW_WORD.match(text, at):
        end = _known_law_end(text, law, _kind_name(law.group(1))) or _guessed_law_end(text, law)
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


def _plausible_law_name(name: str) -> bool:
    return len(name.split()) <= 22 and not re.search(
        r"(?i)\b(?:căn cứ|nghị định|thông tư|quyết định)\b", name
    )


def _year_after(text: str, end: int) -> tuple[int, str | None]:
    year = numbers.YEAR.match(text, end)
    return (year.end(), year.group(1)) if year else (end, None)


def _central_committee(text: str) -> Iterator[Mention]:
    for m in _TRUNG_UONG.finditer(text):
        yield Mention(m.start(), m.end(), "Nghị quyết", None, None, name=m.group(), confidence=0.8)


def _bare_numbers(text: str) -> Iterator[Mention]:
    """ "Nghị quyết số 09", "Kế hoạch 2514": a serial without its symbol."""
    for m in _BARE.finditer(text):
        end, date = _date_after(text, m.end())
        if date is None and _COUNTED.match(text, m.end()):
            continue
        parsed = numbers.parse(m.group("number"))
        mention = Mention(
            m.start(), end, _kind_name(m.group("kind")), parsed, date, short=True, confidence=0.7
        )
        yield _with_issuer(text, mention)


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
