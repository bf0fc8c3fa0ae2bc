"""Grammar of Vietnamese document numbers (số, ký hiệu) and of the dates beside them.

In: strings as printed, also dirty ones.  Out: where a number stands, what its parts are, how the
rules spell it.  Sources: NĐ 30/2020/NĐ-CP Phụ lục I and III (state: "/" before the symbol, "-"
between its groups), Hướng dẫn 36-HD/VPTW (Party: "-" before the type, "/" before the body), NĐ
34/2016/NĐ-CP and its successors (normative: the year stands between slashes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline import gazetteers

# Cyrillic capitals that look Latin turn up in numbers typed on mixed keyboards.
_CYRILLIC = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")
_UPPER = "A-ZĐÂĂÊÔƠƯÐАВСЕНІКМОРТХ"
_LETTER = f"{_UPPER}a-zđâăêôơư"

_NO = r"(?:\d{1,3}\.\d{1,3}|\d{1,6}[a-zđA-ZĐ]?)"
_CODE = rf"[{_UPPER}][{_LETTER}0-9&.]{{0,40}}(?![{_LETTER}0-9])"  # hostile text has longer words
# A second group after spaces is only taken when it is in capitals: "QĐ-BNN - TCCB", "UBTV QH13".
_TAIL = rf"[{_UPPER}][{_UPPER}0-9&]{{1,40}}(?![{_LETTER}0-9])"
_GROUP = (
    rf"(?:\s?[-–_]\s?(?={_TAIL}){_TAIL}|-\s(?:TTg|CP|TW|QĐ|UBND)(?!\w)|[-–_/]{_CODE}|-\s{_CODE}(?=\s*(?:,\s*)?ng[àa]y)"
    rf"|\s(?:QH|UBTVQH)\d{{1,2}}(?!\w)|/\s(?={_TAIL}){_TAIL})"
)
NUMBER = re.compile(
    rf"(?<![\w/.,-])(?:"
    rf"{_NO}\s{{0,2}}/\s{{0,2}}(?:(?:19|20)\d\d(?:\s?/\s?)?)?{_CODE}{_GROUP}*"  # state
    rf"|{_NO}\s?[-–]\s?{_CODE}\s?/\s?{_CODE}{_GROUP}*"  # Party
    rf")"
)

_D = r"(\d{1,2})"
_Y = r"((?:19|20)\d\d)"
DATE = re.compile(
    rf"\s*[,(]?\s*ng[àa]y\s{{1,4}}(?:{_D}\s?[/.\-]\s?{_D}\s?[/.\-]\s?{_Y}"
    rf"|{_D}\s+th[áa]ng\s+{_D},?\s+n[ăa]m\s+{_Y})",
    re.I,
)
MONTH = re.compile(rf"\s*,?\s*th[áa]ng\s+{_D}(?:\s?[/-]\s?|\s+n[ăa]m\s+){_Y}", re.I)
YEAR = re.compile(rf"\s+(?:n[ăa]m\s+)?{_Y}(?![\w/-])", re.I)

_ASSEMBLY = re.compile(r"QH(\d{1,2})$")
_YEAR_JOINED = re.compile(rf"^((?:19|20)\d\d)([{_UPPER}].*)$")
# Spellings in which the separator or the Đ was lost: NĐCP, NDCP, QDUBND, HDND …; OĐ is OCR's.
_REPAIRS = tuple(
    (re.compile(rf"(?<![^\W\d_]){wrong}"), right)
    for wrong, right in (
        (r"ND-CP\b", "NĐ-CP"),
        (r"(?:NĐ|ND)CP\b", "NĐ-CP"),
        (r"NQCP\b", "NQ-CP"),
        (r"(?:QD|QĐ)(?i:TTg)\b", "QĐ-TTg"),
        (r"(?:QD|OĐ|OD)-", "QĐ-"),
        (r"HDND\b", "HĐND"),
    )
)
_CASING = {code.upper(): code for code in ("CTr", "TTr", "TTg", "QyĐ", "CTrHĐ", "QTr")}


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """The parts of a document number; ``canonical`` is spelled as the rules have it."""

    printed: str
    canonical: str
    serial: str
    year: str | None
    type_code: str | None
    body_codes: tuple[str, ...]
    party: bool
    term: str | None
    repaired: bool

    @property
    def symbol(self) -> str:
        """What follows the serial: "KH-UBND", "2022/NĐ-CP", "NQ/TW"."""
        return self.canonical[len(self.serial) + 1 :]


def compact(text: str) -> str:
    """The number as printed, spaces dropped."""
    return re.sub(r"\s+", "", text)


def parse(text: str) -> ParsedNumber:
    """Take a number apart; never fails: what is not understood stays in ``body_codes``.

    >>> parse("12823/Ctr-UBND").canonical
    '12823/CTr-UBND'
    """
    printed = compact(text)
    clean = re.sub(r"[–_]", "-", compact(text).translate(_CYRILLIC)).replace("Ð", "Đ")
    for pattern, right in _REPAIRS:
        clean = pattern.sub(right, clean)
    head = re.match(rf"({_NO})\s*([-/])(.*)$", clean)
    if head is None:
        return ParsedNumber(printed, clean, clean, None, None, (), False, None, printed != clean)
    serial, separator, rest = head.groups()
    party = separator == "-"
    year = None
    joined = _YEAR_JOINED.match(rest)
    if joined:
        year, rest = joined.groups()
        rest = f"{year}/{rest}"
    dated = re.match(r"((?:19|20)\d\d)/(.+)$", rest)
    codes = rest
    if dated:
        year, codes = dated.groups()
    groups = re.split(r"([-/])", codes)
    for index in range(0, len(groups), 2):
        groups[index] = _CASING.get(groups[index].upper(), groups[index])
    codes = "".join(groups)
    canonical = f"{serial}{separator}{f'{year}/' if dated else ''}{codes}"
    bodies = [group for group in groups[::2] if group]
    term = None
    if bodies and (assembly := _ASSEMBLY.search(bodies[-1])):
        term = assembly.group(1)
    types = gazetteers.document_types()
    type_code = None
    if bodies and bodies[0].casefold() in types:
        type_code = bodies.pop(0)
    changed = canonical.casefold() != re.sub(r"[–]", "-", printed).casefold()
    odd_case = any(
        group.upper() in _CASING and group != _CASING[group.upper()] and not group.isupper()
        for group in re.split(r"[-/]", printed)
    )
    return ParsedNumber(
        printed, canonical, serial, year, type_code, tuple(bodies), party, term, changed or odd_case
    )


def edtf_date(match: re.Match[str]) -> str | None:
    """ISO date of a ``DATE`` match; ``None`` for a day that no calendar has."""
    groups = [group for group in match.groups() if group]
    day, month, year = (int(group) for group in groups[:3])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
