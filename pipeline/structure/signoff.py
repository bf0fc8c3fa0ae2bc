"""Sign-off of an act: recipients (Nơi nhận, ô 9b) and signature block (ô 7, NĐ 30/2020/NĐ-CP).

In: clean text and the stretch of the sign-off.  Out: the recipients' lines and the signer with
position and authority (TM., KT., TL., TUQ., Q.; T/M, K/T of the Party).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.letters import LOWER, UPPER
from pipeline.structure.acts import RECIPIENTS

_AUTHORITY = re.compile(r"^(?:(?:TM|KT|TL|TUQ|Q)\s?\.|T/M|K/T|T/L)\s?\S")
_POSITION = re.compile(
    r"^(?:\*+)?(?:Q\.\s*)?(?:PHÓ\s+|THỨ\s+|ỦY VIÊN\s+|UỶ VIÊN\s+)*"
    r"(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|TRƯỞNG|GIÁM\s+ĐỐC|TỔNG\s+GIÁM\s+ĐỐC|TỔNG\s+THƯ\s+KÝ|CHÁNH"
    r"|VIỆN\s+TRƯỞNG"
    r"|CỤC\s+TRƯỞNG|CHI\s+CỤC|HIỆU\s+TRƯỞNG|THỦ\s+TƯỚNG|BÍ\s+THƯ|THƯỜNG\s+TRỰC|PHÓ\b"
    r"|THỐNG\s+ĐỐC|CHỈ\s+HUY|TƯ\s+LỆNH|TỔNG\b)",
    re.I,
)
_NAME = re.compile(rf"^(?:[{UPPER}][{LOWER}]*'?)(?:\s+[{UPPER}][{LOWER}]*){{1,4}}$")
_CAPITAL_NAME = re.compile(rf"^[{UPPER}]{{2,}}(?:\s+[{UPPER}]{{1,}}){{1,4}}$")
_TITLE_BEFORE_NAME = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá)|(?:Phó )?Đô đốc"
    r"|Chuẩn Đô đốc)(?:[.\s]+|$))+",
    re.I,
)
_DIGITAL = re.compile(
    r"(?i)^(?:ký bởi|người ký|ngày ký|cơ quan|email|thời gian ký|signature|đã ký|\(đã ký\)"
    r"|digitally)"
)
_ITEM = re.compile(r"(?:(?<=\n)|^)\s*[-–+•]\s?|(?<=[;.])\s+[-–]\s?(?=\S)")
_FLAT_SIGN = re.compile(rf"(?<=[\s.;])(?=(?:TM|KT|TL|TUQ)\s?\.\s?[{UPPER}]{{2}})")


# What can only stand after a sign-off: another act, an annex, a table, a heading.
_NO_RECIPIENT = re.compile(
    r"(?:KẾ HOẠCH|PHỤ LỤC|QUY CHẾ|ĐỀ ÁN|CHƯƠNG TRÌNH|DANH MỤC|DANH SÁCH|BIỂU)(?=\s|$)"
    r"|(?:STT|TT|\d{1,3})$|[IVX]{1,4}\.\s|CỘNG H[OÒ][AÀ] XÃ HỘI"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of Nơi nhận, without dash and closing mark."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SignOff:
    """Recipients and signer; spans into the clean text."""

    recipients: tuple[Recipient, ...]
    signer: tuple[str, int, int] | None
    position: tuple[str, int, int] | None
    authority: tuple[tuple[str, int, int], ...]


def read(text: str, span: tuple[int, int]) -> SignOff:
    """Read a sign-off.

    Args:
        text: clean text.
        span: the act's sign-off, from ``structure.acts``.

    Returns:
        What stands there; empty where nothing does.
    """
    start, end = span
    m = RECIPIENTS.search(text, start, end)
    recipients: list[Recipient] = []
    sign_lines: list[tuple[str, int, int]] = []
    if m:
        sign_lines.extend(_lines(text, start, m.start()))
        rest = m.end()
        while rest < end and text[rest] in " :\n*":
            rest += 1
        for line, a, b in _lines(text, rest, end):
            if _NO_RECIPIENT.match(line):
                break
            if _opens_signature(line) or (
                sign_lines and not _is_item(text, a) and _after_list(sign_lines, recipients)
            ):
                sign_lines.append((line, a, b))
            elif _is_item(text, a) or not recipients:
                recipients.extend(_items(text, a, b))
            elif (
                _NAME.match(line)
                or _CAPITAL_NAME.match(line)
                or (recipients and recipients[-1].text.casefold().startswith("lưu"))
            ):
                sign_lines.append((line, a, b))
            else:
                recipients.extend(_items(text, a, b))
    else:
        sign_lines.extend(_lines(text, start, end))
    return _signer(sign_lines, tuple(recipients))


def _opens_signature(line: str) -> bool:
    """Does a line belong to the signature block by its own words?"""
    return bool(_AUTHORITY.match(line) or (_POSITION.match(line) and line.isupper()))


def _after_list(sign_lines: list[tuple[str, int, int]], recipients: list[Recipient]) -> bool:
    return bool(recipients) and sign_lines[-1][1] > recipients[-1].start


def _is_item(text: str, start: int) -> bool:
    return text[start] in "-–+•"


def _lines(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Non-empty lines with spans; a flattened "… Lưu: VT. TM. ỦY BAN …" is cut before TM."""
    lines = []
    at = start
    for raw in text[start:end].split("\n"):
        piece_at = at
        for piece in _FLAT_SIGN.split(raw):
            stripped = piece.strip(" *")
            if stripped:
                a = piece_at + piece.find(stripped)
                lines.append((stripped, a, a + len(stripped)))
            piece_at += len(piece)
        at += len(raw) + 1
    return lines


def _items(text: str, start: int, end: int) -> list[Recipient]:
    """The recipients in one line; several where the line ends between them were lost."""
    signs = list(_ITEM.finditer(text[start:end]))
    starts = [m.end() for m in signs] or [0]
    cuts = [*(m.start() for m in signs[1:]), end - start]
    found = []
    for a, b in zip(starts, cuts, strict=True):
        piece = text[start + a : start + b]
        stripped = piece.strip(" \n").rstrip(" ;.,")
        if stripped:
            at = start + a + piece.find(stripped)
            found.append(Recipient(" ".join(stripped.split()), at, at + len(stripped)))
    return found


def _signer(lines: list[tuple[str, int, int]], recipients: tuple[Recipient, ...]) -> SignOff:
    authority: list[tuple[str, int, int]] = []
    position: tuple[str, int, int] | None = None
    name: tuple[str, int, int] | None = None
    for line, start, end in lines:
        if _DIGITAL.match(line):
            continue
        if _AUTHORITY.match(line):
            authority.append((" ".join(line.split()), start, end))
        elif _POSITION.match(line) and (line.isupper() or (name is None and not _NAME.match(line))):
            if name is None:
                position = (" ".join(line.split()), start, end)
        elif authority or position:
            bare = _TITLE_BEFORE_NAME.sub("", line)
            if name is None and bare and (_NAME.match(bare) or _CAPITAL_NAME.match(bare)):
                name = (bare, end - len(bare), end)
    return SignOff(recipients, name, position, tuple(authority))
