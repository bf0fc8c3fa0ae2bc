"""Web pages and plain texts that no office would write.

In: texts and pages of ``seeds``.  Out: bytes: broken tags and tables, encodings that are declared
and not used, control characters, enormous lines, and markers, numbers and dates without end.
"""

from __future__ import annotations

import random
import re

from fuzz import mutating, seeds
from fuzz.mutating import NUMBERS, STRINGS

_TAG = re.compile(r"<(/?)(\w+)([^<>]*)>")
_TAGS = (
    "p", "div", "table", "tr", "td", "th", "thead", "tbody", "ol", "ul", "li", "br", "pre",
    "span", "b", "body", "html", "head", "script", "style", "template", "form", "select", "svg",
    "math", "iframe", "h1", "o:p", "title", "frameset", "textarea", "plaintext", "noscript",
    "del",
)  # fmt: skip
_ATTRIBUTES = (
    "colspan", "rowspan", "start", "type", "style", "border", "hidden", "charset", "class",
    "value",
)  # fmt: skip
_UNITS = (
    "<li>Báo cáo;</li>", "<tr><td>1<td>2", "<td>x</td>", "<br>", "<p>1. x</p>", "<td rowspan=9>",
    "<td colspan=1000>", "<ol><li>x</ol>", "&nbsp;", "&#x1F600;", "&#0;", "<!-- x -->",
)  # fmt: skip
_STYLES = ("display:none", "border:1px solid", "display : none", "border:1", "x" * 3000)
_CHARSETS = (
    "utf-8",
    "utf-16",
    "windows-1258",
    "cp1258",
    "UTF8",
    "utf-7",
    "x",
    "idna",
    "rot13",
    "hex",
    "",
)
_ENCODINGS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-7", "cp1258", "cp1252",
    "gb18030",
)  # fmt: skip

# What the readers of a plan look for, in forms that are nearly right.
_PIECES = (
    "I. ", "II. ", "IX.", "1. ", "1.1. ", "1.1.1.1.1.1. ", "99. ", "0. ", "a) ", "đ) ", "z) ",
    "- ", "+ ", "* ", "• ", "(1) ", "Điều 1. ", "Chương I", "Phần II", "PHỤ LỤC", "Phụ lục 1",
    "KẾ HOẠCH", "QUYẾT ĐỊNH:", "Số: /KH-UBND", "Số: 41/KH-UBND", "Nơi nhận:",
    "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "ngày 31 tháng 02 năm 2031", "ngày    tháng    năm 2031",
    "ngày 0 tháng 13 năm 0000", "30/02/2031", "29/2", "trước ngày 30 tháng 6", "trong Quý V",
    "Quý I, II, III, IV", "hàng quý", "định kỳ 06 tháng, năm", "từ năm 2031 đến năm 2026",
    "giai đoạn 2021-2025", "đến hết năm 9999", "năm 0000", "tháng 99/9999",
    "trong vòng 99999999999 ngày", "trong vòng 15 ngày kể từ ngày ký", "100%", "-5%",
    "9" * 400 + "%", "1.000.000,5 cây", "60 - 70%", "70 - 60%", "ít nhất 02 tin/bài mỗi quý",
    "Sở Xây dựng", "Sở ", "UBND ", "UBND các huyện, thị xã, thành phố", "chủ trì, phối hợp với ",
    "Quyết định số 12/QĐ-UBND ngày 05/01/2031", "Nghị quyết số 9-NQ/TU", "Luật Đất đai",
    "Đề án 06", "số " + "9" * 400 + "/QĐ", "Căn cứ ", "TT", "Nhiệm vụ", "Chủ trì", "Thời gian",
    "| a | b |", "|---|---|", "|" * 200, "\n", "\n\n", "\t", "\f", "\v", " ", "   ", ". ", "; ",
    ", ", ": ", "(", ")", "“", "”", "…" * 30, "." * 300, "_" * 300, "\u00a0", "\u200b", "\u0301",
    "٣٣. ", "１. ", "² ", "ngày ３０ tháng ６", "ngày ٣٠ tháng ٦ năm ٢٠٣١", "\u2028", "\x85", "Đ",
    "Ð",
)  # fmt: skip


def page(rng: random.Random) -> bytes:
    """One hostile web page."""
    data = rng.choice(seeds.pages())
    if rng.random() < 0.15:
        return mutating.several(data, mutating.GENERAL, rng)
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    for _ in range(rng.randint(1, 4)):
        text = rng.choice(_PAGE)(text, rng)[: mutating.LARGEST]
    return _encoded(text, rng)


def text(rng: random.Random) -> bytes:
    """One hostile text."""
    data = rng.choice(seeds.texts())
    way = rng.random()
    if way < 0.15:
        return mutating.several(data, mutating.GENERAL, rng)
    if way < 0.4:
        return _encoded(_of_pieces(rng), rng)
    plain = seeds.PLAN if way < 0.9 else " ".join(seeds.PLAN.split())
    for _ in range(rng.randint(1, 5)):
        plain = rng.choice(_TEXT)(plain, rng)[: mutating.LARGEST // 2]
    return _encoded(plain, rng)


def _encoded(text: str, rng: random.Random) -> bytes:
    if rng.random() < 0.8:
        return text.encode("utf-8", "surrogatepass")
    data = text.encode(rng.choice(_ENCODINGS), "replace")
    return mutating.several(data, mutating.GENERAL, rng, 1) if rng.random() < 0.4 else data


def _of_pieces(rng: random.Random) -> str:
    """Nothing but what readers look for, in any order; or one of them without end."""
    if rng.random() < 0.3:
        unit = "".join(rng.choice(_PIECES) for _ in range(rng.randint(1, 3)))
        return unit * min(rng.choice((10, 100, 1000, 5000)), 40_000 // max(len(unit), 1) + 1)
    return "".join(rng.choice(_PIECES) for _ in range(rng.choice((5, 40, 200, 600))))


def _hostile(plain: str, rng: random.Random) -> str:
    return mutating.words(plain, rng)


def _piece(plain: str, rng: random.Random) -> str:
    at = rng.randrange(len(plain) + 1)
    return plain[:at] + rng.choice(_PIECES) * rng.choice((1, 1, 2, 30)) + plain[at:]


def _lines(plain: str, rng: random.Random) -> str:
    """Lines in another order, lost, doubled, joined."""
    lines = plain.split("\n")
    way = rng.randrange(4)
    if way == 0:
        rng.shuffle(lines)
    elif way == 1:
        lines = [line for line in lines if rng.random() < 0.7]
    elif way == 2:
        at = rng.randrange(len(lines))
        lines[at:at] = [rng.choice(lines)] * rng.choice((1, 5, 300))
    return ("" if way == 3 else "\n").join(lines)


def _long(plain: str, rng: random.Random) -> str:
    """One enormous line, word or number."""
    what = rng.choice(("x" * 60_000, "từ " * 15_000, "9" * 50_000, " " * 60_000, "-" * 60_000,
                       "ạ\u0323" * 20_000, "(" * 30_000, "1.1" * 20_000, "Sở Y tế, " * 4_000,
                       "\n" * 60_000, "a\n" * 20_000, "\t" * 50_000, "I" * 50_000))  # fmt: skip
    at = rng.randrange(len(plain) + 1)
    return plain[:at] + what + plain[at:]


def _case(plain: str, rng: random.Random) -> str:
    return rng.choice((plain.upper, plain.lower, plain.title, plain.swapcase))()


def _spaced(plain: str, rng: random.Random) -> str:
    """Other blanks between words, or none."""
    return plain.replace(
        " ", rng.choice(("", "  ", "\u00a0", "\u200b", "\t", " \u0301", "\u3000", "\n"))
    )


def _element(plain: str, rng: random.Random) -> str:
    """A tag as another, without its end, or around everything."""
    found = list(_TAG.finditer(plain))
    if not found:
        return plain
    match = rng.choice(found)
    new = rng.choice(_TAGS)
    way = rng.randrange(4)
    if way == 0:
        return plain[: match.start()] + plain[match.end() :]
    if way == 1:
        return f"{plain[: match.start(2)]}{new}{plain[match.end(2) :]}"
    if way == 2:
        return plain.replace(f"<{match[2]}", f"<{new}").replace(f"</{match[2]}", f"</{new}")
    return f"{plain[: match.start()]}<{new}>{plain[match.start() :]}"


def _attribute(plain: str, rng: random.Random) -> str:
    found = list(_TAG.finditer(plain))
    if not found:
        return plain
    match = rng.choice(found)
    value = rng.choice(rng.choice((NUMBERS, NUMBERS, _STYLES, ("a", "A", "i", "1"), STRINGS)))
    return f'{plain[: match.end(2)]} {rng.choice(_ATTRIBUTES)}="{value}"{plain[match.end(2) :]}'


def _nested(plain: str, rng: random.Random) -> str:
    names = rng.choice(
        (("div",), ("table", "tr", "td"), ("ol", "li"), ("span",), ("b",), ("table",))
    )
    deep = rng.choice((10, 150, 220, 3000))
    opening, closing = "".join(f"<{n}>" for n in names), "".join(f"</{n}>" for n in reversed(names))
    at = plain.find("<h2>") if rng.random() < 0.7 else 0
    return plain[:at] + opening * deep + "x" + rng.choice(("", closing * deep)) + plain[at:]


def _repeated(plain: str, rng: random.Random) -> str:
    """List items, cells, rows or breaks without end."""
    what = rng.choice(_UNITS)
    places = [match.end() for match in _TAG.finditer(plain)] or [0]
    at = rng.choice(places)
    return plain[:at] + what * rng.choice((3, 100, 3000)) + plain[at:]


def _charset(plain: str, rng: random.Random) -> str:
    return plain.replace("utf-8", rng.choice(_CHARSETS), 1)


_PAGE = (
    _element, _element, _element, _attribute, _attribute, _attribute, _nested, _repeated,
    _charset, _hostile, _piece, _long, _lines,
)  # fmt: skip
_TEXT = (_hostile, _hostile, _piece, _piece, _piece, _lines, _lines, _long, _case, _spaced)
