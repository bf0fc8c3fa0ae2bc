"""Text that has lost all its paragraph ends: give the fixed parts of a document their lines back.

In: the lines of a web page's text in which letterhead, headings and signature follow each other
without a break.  Out: the same characters, cut at the white space before parts that always begin a
line (NĐ 30/2020/NĐ-CP, Phụ lục I): Quốc hiệu, number, recipients and each of their items, signature
block, attached act, annexes.  Headings inside the body are left where they are; the outline finds
them anywhere.
"""

from __future__ import annotations

import re

from pipeline.reading.document import RawLine

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LOWER = _UPPER.lower().replace("a-z", "a-z")
_HEAD = re.compile(
    r"\s(?=CỘNG\s+H[OÒ][ÀA]\s+XÃ\s+HỘI|Độc\s+lập\s*[-–]\s*Tự\s+do|Số\s*:\s*\d*\s*/|QUYẾT\s+ĐỊNH\s*:)"
)
_RECIPIENTS = re.compile(r"\s(?=N[ơo]i\s+nh[ậâ][nm]\s*:)", re.I)
_ANNEX = re.compile(rf"\s(?=PHỤ\s+LỤC(?:\s+(?:SỐ\s+)?(?:[IVX]+|\d+))?\s+[{_UPPER}(])")
_ACT = re.compile(
    r"\s(?=(?:KẾ\s+HOẠCH|QUY\s+CHẾ|ĐỀ\s+ÁN|CHƯƠNG\s+TRÌNH|PHƯƠNG\s+ÁN|QUY\s+ĐỊNH)\s(?!SỐ\b)(?:(?!\./\.).){3,400}?\((?:Ban\s+hành\s+)?[Kk]èm\s+theo)",
    re.S,
)
_ISSUED_WITH = re.compile(r"\s(?=\((?:Ban\s+hành\s+)?[Kk]èm\s+theo\s)")
_ISSUED_WITH_END = re.compile(r"\((?:Ban\s+hành\s+)?[Kk]èm\s+theo\s[^()]{5,260}\)(\s)")
_ITEM = re.compile(rf"\s(?=[-–]\s+[{_UPPER}])")
_SIGN = re.compile(
    rf"\s(?=(?:TM|KT|TL|TUQ|Q)\s?\.\s?[{_UPPER}]{{2}})"
    r"|(?<=[A-ZĐỊỜƯỞ])\s(?=(?:PHÓ|THỨ)\s+[A-ZĐ]{2})"
    rf"|(?<=[.;)])\s(?=(?:CHỦ\s+TỊCH|CHÁNH|GIÁM\s+ĐỐC|BỘ\s+TRƯỞNG|VIỆN\s+TRƯỞNG|TRƯỞNG)\s+[{_UPPER}])"
    rf"|(?<=[{_UPPER}]{{2}})\s(?=[{_UPPER}][{_LOWER}]+(?:\s+[{_UPPER}][{_LOWER}]+){{1,4}}(?:\s|$))"
)
_AFTER_NAME = re.compile(rf"(?<=[{_LOWER}])(\s)(?=[{_UPPER}]{{2,}}\s+[{_UPPER}]{{2,}})")
_TITLE_START = re.compile(
    r"\s(?:năm\s+20\d\s?\d|năm\s+)\s*(\s)(?=(?:KẾ\s+HOẠCH|QUYẾT\s+ĐỊNH|CHỈ\s+THỊ)\s)"
)


_LETTERED = re.compile(r"[a-zđ]\s?[.)]\s")


def is_flat(text: str) -> bool:
    """No blank lines, and line ends that mean nothing (or none at all)."""
    lines = text.strip().split("\n")
    if any(not line.strip() for line in lines) or len(text) < 600:
        return False
    if len(lines) < 4:
        return max(map(len, lines)) > 1500
    lower = sum(
        1 for line in lines if line.lstrip()[:1].islower() and not _LETTERED.match(line.lstrip())
    )
    return lower / len(lines) > 0.12


def split(text: str) -> list[RawLine]:
    """Raw lines of a flat text; together with one character between them they are the text."""
    breaks: set[int] = set()
    recipients = [m.start() for m in _RECIPIENTS.finditer(text)]
    first = recipients[0] if recipients else len(text)
    for pattern in (_HEAD, _RECIPIENTS):
        breaks.update(m.start() for m in pattern.finditer(text))
    breaks.update(m.start(1) for m in _TITLE_START.finditer(text, 0, min(len(text), 2500)))
    breaks.update(m.start() for m in _ISSUED_WITH.finditer(text))
    breaks.update(m.start(1) for m in _ISSUED_WITH_END.finditer(text))
    for pattern in (_ANNEX, _ACT):
        breaks.update(m.start() for m in pattern.finditer(text, first))
    for start in recipients:
        end = _signoff_end(text, start)
        for pattern in (_ITEM, _SIGN):
            breaks.update(m.start() for m in pattern.finditer(text, start, end))
        breaks.update(m.start(1) for m in _AFTER_NAME.finditer(text, start, end))
    lines: list[RawLine] = []
    at = 0
    forced = False
    for m in re.finditer(r"\s", text):
        if m.start() in breaks or m.group() == "\n":
            lines.append(RawLine(text[at : m.start()], joins=not forced))
            at, forced = m.end(), m.start() in breaks
    lines.append(RawLine(text[at:], joins=not forced))
    return lines


def _signoff_end(text: str, start: int) -> int:
    """Where the recipients and the signature block that begin here end."""
    limit = min(len(text), start + 2500)
    ends = [
        m.start() + 1
        for pattern in (_ANNEX, _ACT, re.compile(r"\s(?=CỘNG\s+H[OÒ][ÀA]\s+XÃ)"))
        if (m := pattern.search(text, start + 1, limit))
    ]
    return min([limit, *ends])
