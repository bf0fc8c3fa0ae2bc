"""DOCX packages that lie about themselves: members, XML trees, numbers, styles, entities.

In: packages of ``seeds``.  Out: their bytes, mutated.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from fuzz import mutating, seeds
from fuzz.mutating import NUMBERS, STRINGS, Mutator

Members = dict[str, bytes]

_READ = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml")
_ATTRIBUTE = re.compile(rb'w:(\w+)="([^"]*)"')
_VALUES = re.compile(
    rb'w:(?:val|start|ilvl|numId|abstractNumId|gridSpan|styleId|type|char)="([^"]*)"'
)
_ELEMENT = re.compile(rb"<w:(p|r|tbl|tr|tc|num|abstractNum|lvl|style|sdt|ins|tcPr|numPr)\b[^>]*>")
_TAG = re.compile(rb"(</?)w:(\w+)")
_WORDS = re.compile(rb"(<w:t(?: [^>]*)?>)([^<]*)")
_ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 50 + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(8))
    + b"]>"
)  # fmt: skip
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
_ODD_NAMES = (
    "../../x", "/word/document.xml", "word/document2.xml", "word/document", "WORD/DOCUMENT.XML",
    "word/document.xml/x", "a\\b", "x" * 60_000, "", "word/documentđ.xml", "xl/workbook.xml",
)  # fmt: skip
_HOSTILE_VALUES = (
    *NUMBERS, "restart", "continue", "bullet", "upperRoman", "lowerLetter", "decimalZero", "none",
    "%1%2%3%4%5%6%7%8%9", "%0%9%a", "%" * 500, "ListNumber", "Normal", "TableGrid", "separator",
)  # fmt: skip


def make(rng: random.Random) -> bytes:
    """One hostile package."""
    members = _members(rng.randrange(len(seeds.packages())))
    way = rng.random()
    if way < 0.72:
        for _ in range(rng.randint(1, 4)):
            name = rng.choice((_READ[0], rng.choice([n for n in _READ if n in members])))
            members[name] = rng.choice(_XML)(members[name], rng)[: 4 * mutating.LARGEST]
        return seeds.packed(members)
    if way < 0.9:
        return rng.choice(_ZIP)(members, rng)
    return mutating.several(seeds.packed(members), mutating.GENERAL, rng)


@cache
def _whole(number: int) -> Members:
    """The members of a seed that matter, and its list of types."""
    with zipfile.ZipFile(io.BytesIO(seeds.packages()[number])) as package:
        kept = ("[Content_Types].xml", "_rels/.rels", *_READ)
        return {name: package.read(name) for name in kept if name in package.namelist()}


def _members(number: int) -> Members:
    return dict(_whole(number)) | {
        "word/footnotes.xml": b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/'
        b'wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r><w:t>Ghi</w:t>'
        b"</w:r></w:p></w:footnote></w:footnotes>"
    }


def value(data: bytes, rng: random.Random) -> bytes:
    """A value that Word would write, as one that it would not."""
    found = list(rng.choice((_VALUES, _VALUES, _ATTRIBUTE)).finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    group = match.lastindex or 0
    hostile = rng.choice(_HOSTILE_VALUES).encode()
    return data[: match.start(group)] + hostile + data[match.end(group) :]


def words(data: bytes, rng: random.Random) -> bytes:
    """The words of a run: hostile, very many, or what XML does not allow."""
    found = list(_WORDS.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    text = match.group(2).decode("utf-8", "replace")
    other = rng.choice((mutating.words(text, rng), text * 2000, rng.choice(STRINGS)))
    raw = other.encode("utf-8", "surrogatepass")
    if rng.random() < 0.7:
        raw = raw.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b"\0", b"")
    return data[: match.start(2)] + raw + data[match.end(2) :]


def element(data: bytes, rng: random.Random) -> bytes:
    """An element lost, many times over, or inside another."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    closing = b"</w:" + match.group(1) + b">"
    end = data.find(closing, match.end())
    if end < 0 or match.group().endswith(b"/>"):
        return data
    end += len(closing)
    part = data[match.start() : end]
    way = rng.randrange(3)
    if way == 0:
        return data[: match.start()] + data[end:]
    if way == 1:
        times = min(rng.choice((2, 20, 2000)), mutating.LARGEST // len(part) + 1)
        return data[:end] + part * times + data[end:]
    at = rng.choice(found).end()
    return data[:at] + part + data[at:]


def deep(data: bytes, rng: random.Random) -> bytes:
    """Elements inside each other, to where recursion ends."""
    names = rng.choice((("tbl", "tr", "tc"), ("sdt", "sdtContent"), ("ins",), ("r",), ("p", "r"),
                        ("p", "r", "pict", "txbxContent")))  # fmt: skip
    count = rng.choice((10, 80, 240, 3000))
    opening = b"".join(b"<w:%s>" % name.encode() for name in names) * count
    closing = b"".join(b"</w:%s>" % name.encode() for name in reversed(names)) * count
    found = list(_ELEMENT.finditer(data))
    at = rng.choice(found).start() if found else 0
    return data[:at] + opening + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" + closing + data[at:]


def tag(data: bytes, rng: random.Random) -> bytes:
    """An element under another name, opening or closing or both."""
    found = list(_TAG.finditer(data))
    if not found:
        return data
    old, new = rng.choice(found).group(2), rng.choice(found).group(2)
    if rng.random() < 0.6:  # both ends: the XML stays well formed
        return re.sub(rb"(</?)w:" + old + rb"\b", rb"\1w:" + new, data, count=rng.choice((2, 0)))
    match = rng.choice(found)
    return data[: match.start(2)] + new + data[match.end(2) :]


def document_type(data: bytes, rng: random.Random) -> bytes:
    """Entities that grow, or that are files of this machine."""
    head = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    kind = rng.choice((_ENTITIES, _OUTSIDE))
    data = data[:head] + kind + data[head:]
    letter = rng.choice((b"&b;", b"&j;", b"&lt;", b"&#0;", b"&#x110000;", b"&x;"))
    return _WORDS.sub(lambda m: m[1] + letter, data, count=rng.choice((1, 3)))


def encoding(data: bytes, rng: random.Random) -> bytes:
    """Another encoding than the one declared."""
    way = rng.randrange(4)
    if way == 0:
        return re.sub(rb'encoding="[^"]*"', b'encoding="' + rng.choice(
            (b"UTF-16", b"ISO-8859-1", b"UTF-7", b"IBM037", b"x")) + b'"', data)  # fmt: skip
    if way == 1:
        return data.decode("utf-8", "replace").encode("utf-16")
    if way == 2:
        return b"\xef\xbb\xbf" * 2 + data
    return data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"urn:x")


_XML: tuple[Mutator, ...] = (
    value, value, value, value, words, words, element, element, element, deep, tag, tag,
    document_type, encoding, mutating.flip, mutating.truncate, mutating.repeat, mutating.number,
)  # fmt: skip


def _renamed(members: Members, rng: random.Random) -> bytes:
    """Members under names that lead elsewhere, or nowhere."""
    old = rng.choice(list(members))
    new = rng.choice(_ODD_NAMES)
    return seeds.packed({new if name == old else name: data for name, data in members.items()})


def _doubled(members: Members, rng: random.Random) -> bytes:
    """The same member twice, the second other than the first; or thousands of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data)
        for number in range(rng.choice((1, 3000, 10_500))):
            package.writestr(zipfile.ZipInfo(f"word/document{number or '.xml'}"), b"<a/>")
    return out.getvalue()


def _swollen(members: Members, rng: random.Random) -> bytes:
    """A part that is a thousand times its packed size: blanks, words, paragraphs."""
    name = rng.choice(list(members))
    unit = rng.choice((b" ", b"<w:p/>", b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", b"\n", b"x"))
    at = members[name].find(b"<w:body>") + 8
    size = rng.choice((100_000, 1_000_000, 12_000_000))
    return seeds.packed(
        members | {name: members[name][:at] + unit * (size // len(unit)) + members[name][at:]}
    )


def _headers(members: Members, rng: random.Random) -> bytes:
    """Fields of the package's own headers: sizes, methods, flags, offsets, times."""
    data = bytearray(seeds.packed(members))
    for _ in range(rng.randint(1, 3)):
        kind, places = rng.choice(
            (
                (b"PK\x01\x02", ((8, "H"), (10, "H"), (16, "I"), (20, "I"), (24, "I"), (28, "H"),
                                 (30, "H"), (32, "H"), (42, "I"))),
                (b"PK\x03\x04", ((6, "H"), (8, "H"), (18, "I"), (22, "I"), (26, "H"), (28, "H"))),
                (b"PK\x05\x06", ((8, "H"), (10, "H"), (12, "I"), (16, "I"), (20, "H"))),
            )
        )  # fmt: skip
        found = [match.start() for match in re.finditer(re.escape(kind), bytes(data))]
        at, (offset, form) = rng.choice(found), rng.choice(places)
        large = 0xFFFF if form == "H" else 0xFFFFFFFF
        new = rng.choice(
            (0, 1, 8, 9, 12, 14, 99, large // 2, large - 1, large, rng.randrange(large))
        )
        struct.pack_into(f"<{form}", data, at + offset, new)
    return bytes(data)


def _cut(members: Members, rng: random.Random) -> bytes:
    return mutating.truncate(seeds.packed(members), rng)


_ZIP: tuple[Callable[[Members, random.Random], bytes], ...] = (
    _renamed, _doubled, _swollen, _headers, _headers, _headers, _cut,
)  # fmt: skip
