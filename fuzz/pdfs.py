"""PDF files that lie about themselves: numbers, references, streams, cross-references, trees.

In: PDFs of ``seeds``.  Out: their bytes, mutated.  Where the structure is known it is changed so
that the file still opens as often as not: a parser that refuses at once tests nothing behind it.
"""

from __future__ import annotations

import random
import re
import zlib

from fuzz import mutating, seeds
from fuzz.mutating import NUMBERS, Mutator

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_NAME = re.compile(rb"/[A-Za-z][\w#.-]*")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_KEYED = re.compile(
    rb"/(Count|Length|Rotate|MediaBox|CropBox|UserUnit|Size|Prev|Width|Height|BitsPerComponent|N|First"
    rb"|Index|W|Columns|Predictor|FirstChar|LastChar|Widths|BBox|Matrix|Rect|Kids|Root|Filter|ByteRange)"
    rb"\s*(\[[^\[\]]*\]|[-+.\d]+(?: 0 R)?|/\w+)"
)
_FILTERS = (
    b"/FlateDecode", b"/LZWDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/RunLengthDecode",
    b"/CCITTFaxDecode", b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/Crypt", b"/Keins",
    b"[" + b"/FlateDecode " * 60 + b"]", b"null", b"[]",
)  # fmt: skip
_OPERATORS = (
    b"q ", b"Q ", b"BT ", b"ET ", b"/F1 1e9 Tf ", b"/F1 0 Tf ", b"/F1 -9 Tf ", b"(x) Tj ",
    b"[(x)-1e9(y)] TJ ", b"0 0 0 0 0 0 cm ", b"1e20 0 0 1e20 0 0 cm ", b"1 0 0 1 99999999 0 Tm ",
    b"0 0 0 0 0 0 Tm ", b"0 0 m 9 9 l S ", b"0 0 1e9 1e9 re f ", b"/X Do ",
    b"(" + b"x" * 3000 + b") Tj ", b"3 Tr ", b"1 0 0 1 0 -12 cm ", b"100000 Tc ", b"-100000 Tw ",
    b"0 Tz ", b"BI /W 9999999 /H 9999999 ID x EI ", b"<" + b"00" * 500 + b"> Tj ", b"T* ",
    b"\xff\xfe ",
)  # fmt: skip


def make(rng: random.Random) -> bytes:
    """One hostile PDF."""
    data = rng.choice(seeds.pdfs())
    if rng.random() < 0.05:
        data = mutating.splice(data, rng.choice(seeds.pdfs()), rng)
    data = mutating.several(data, rng.choice((_KNOWING, _KNOWING, mutating.GENERAL)), rng)
    # The reader refuses what has no end before anything is parsed.
    if b"%%EOF" not in data[-1024:] and rng.random() < 0.8:
        data += b"\n%%EOF\n"
    return data


def keyed(data: bytes, rng: random.Random) -> bytes:
    """The value of a key that readers trust, as another."""
    found = list(_KEYED.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    hostile = rng.choice(
        (
            rng.choice(NUMBERS).encode(),
            rng.choice(NUMBERS).encode(),
            b"[" + b" ".join(rng.choice(NUMBERS).encode() for _ in range(4)) + b"]",
            b"%d 0 R" % rng.randrange(30),
            b"(words)",
            b"null",
            rng.choice(_FILTERS),
        )
    )
    return data[: match.start(2)] + hostile + data[match.end(2) :]


def reference(data: bytes, rng: random.Random) -> bytes:
    """A reference to another object: loops, parents that are children, fonts that are pages."""
    found = list(_REFERENCE.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    other = rng.choice((rng.choice(found).group(1), b"0", b"99999", b"4294967296"))
    return data[: match.start(1)] + other + data[match.end(1) :]


def name(data: bytes, rng: random.Random) -> bytes:
    """A name as another name of the file."""
    found = list(_NAME.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    other = rng.choice(
        (rng.choice(found).group(), b"/Type", b"/Page", b"/Pages", b"/Catalog", b"/X#00")
    )
    return data[: match.start()] + other + data[match.end() :]


def content(data: bytes, rng: random.Random) -> bytes:
    """A stream with other operators in it, few or many."""
    found = [match for match in _STREAM.finditer(data) if len(match.group(1)) < 8000]
    if not found:
        return data
    match = rng.choice(found)
    times = rng.choice((1, 1, 3, 50, 1000))
    what = b"".join(rng.choice(_OPERATORS) for _ in range(rng.randint(1, 4))) * times
    start = rng.choice((match.start(1), match.end(1)))
    return data[:start] + b"\n" + what[:60_000] + b"\n" + data[start:]


def bomb(data: bytes, rng: random.Random) -> bytes:
    """A stream that unpacks to a thousand times its size: operators, or nothing."""
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    unit = rng.choice((bytes(8), b"(x) Tj ", b"q 1 0 0 1 1 1 cm ", b"0 0 m 9 9 l S ", b"/X Do "))
    packed = zlib.compress(unit * (rng.choice((2_000, 50_000, 2_000_000)) // len(unit)), 9)
    head = data.rfind(b"<<", 0, match.start())
    if head < 0:
        return data
    keys = b"<< /Length %d /Filter /FlateDecode >>\n" % len(packed)
    if rng.random() < 0.5:  # leave what it was, so that a font or a picture is the bomb
        keys = re.sub(
            rb"/Length \d+|/Filter\s*(?:\[[^\]]*\]|/\w+)", b"", data[head : match.start()]
        )
        keys = keys.replace(b"<<", b"<< /Length %d /Filter /FlateDecode " % len(packed), 1)
    return data[:head] + keys + b"stream\n" + packed + b"\nendstream" + data[match.end() :]


def nested(data: bytes, rng: random.Random) -> bytes:
    """Brackets inside brackets, or a page tree as deep as one likes."""
    deep = rng.choice((20, 600, 5000, 40_000))
    opening, closing = rng.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"(", b")"), (b"<<", b"")))
    found = list(_KEYED.finditer(data))
    at = rng.choice(found).start(2) if found else len(data) // 2
    return data[:at] + opening * deep + b"0" + closing * deep + b" " + data[at:]


def objects(data: bytes, rng: random.Random) -> bytes:
    """An object lost, twice, in another's place, or under another's number."""
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return data
    one, two = rng.sample(found, 2)
    way = rng.randrange(4)
    if way == 0:
        return data[: one.start()] + data[one.end() :]
    if way == 1:
        return data[: one.end()] + b"\n" + two.group() + data[one.end() :]
    if way == 2:
        return data[: one.start(2)] + two.group(2) + data[one.end(2) :]
    return data[: one.start(1)] + two.group(1) + data[one.end(1) :]


def crossing(data: bytes, rng: random.Random) -> bytes:
    """The cross-reference table: gone, shifted, pointing at itself, in a circle."""
    way = rng.randrange(5)
    if way == 0:
        return data.replace(b"xref", b"xrex")
    if way == 1:
        return re.sub(rb"startxref\s+\d+", b"startxref\n" + rng.choice(NUMBERS).encode(), data)
    if way == 2:
        at = data.rfind(b"startxref")
        place = re.search(rb"startxref\s+(\d+)", data[at:]) if at >= 0 else None
        own = place.group(1) if place else b"0"
        return data.replace(b"/Root", b"/Prev " + own + b" /Root", 1)
    if way == 3:
        shift = rng.choice((-1, 1, 7, 1000))
        return re.sub(
            rb"\b(\d{10}) (\d{5}) n", lambda m: b"%010d %s n" % (int(m[1]) + shift, m[2]), data
        )
    return re.sub(rb"\bn \n", rng.choice((b"f \n", b"x \n", b"\n")), data, count=rng.randint(1, 5))


def annotation(data: bytes, rng: random.Random) -> bytes:
    """Annotations on a page that are pages, lists, or themselves."""
    what = rng.choice(
        (
            b"[<</Subtype/FreeText/Rect[0 0 9 9]/Contents(x)/AP<</N 4 0 R>>>>]",
            b"[" + b"<</Subtype/Stamp/Rect[0 0 1e9 -1e9]>>" * rng.choice((1, 500)) + b"]",
            b"[<</Subtype/Widget/FT/Sig/Rect[nan 0 9 9]/V<</Contents<30840000>/M(D:99999999)>>>>]",
            b"[1 0 R 2 0 R 3 0 R 4 0 R 5 0 R]",
            b"/Annots",
        )
    )
    return data.replace(b"/MediaBox", b"/Annots " + what + b" /MediaBox", 1)


_KNOWING: tuple[Mutator, ...] = (
    keyed, keyed, keyed, reference, reference, name, content, content, bomb, nested, objects,
    objects, crossing, annotation, mutating.number, mutating.flip, mutating.truncate,
)  # fmt: skip
