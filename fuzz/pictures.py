"""Pictures that lie about themselves: sizes, depths, resolutions, chains of pages, cut data.

In: pictures of ``seeds``.  Out: their bytes, mutated; checksums are mended where a reader would
stop at them.
"""

from __future__ import annotations

import random
import re
import struct
import zlib

from fuzz import mutating, seeds
from fuzz.mutating import Mutator

_SIZES = (0, 1, 2, 255, 4000, 9000, 20_000, 65_535, 100_000, 2**31 - 1, 2**31, 2**32 - 1)


def make(rng: random.Random) -> bytes:
    """One hostile picture."""
    data = rng.choice(seeds.pictures())
    knowing: Mutator = png if data.startswith(b"\x89") else tiff if data[:2] == b"II" else jpeg
    return mutating.several(data, (knowing, knowing, knowing, *mutating.GENERAL), rng, 3)


def png(data: bytes, rng: random.Random) -> bytes:
    """A chunk with other sizes, another depth, another resolution; or twice, or not at all."""
    chunks = _chunks(data)
    if not chunks:
        return data
    at = rng.randrange(len(chunks))
    kind, body = chunks[at]
    way = rng.randrange(5)
    if kind == b"IHDR" and len(body) == 13 and rng.random() < 0.8:
        width, height, *rest = struct.unpack(">IIBBBBB", body)
        if way < 3:
            width, height = rng.choice((width, *_SIZES)), rng.choice((height, *_SIZES))
        else:
            rest[rng.randrange(5)] = rng.choice((0, 1, 2, 3, 4, 6, 16, 255))
        chunks[at] = kind, struct.pack(">IIBBBBB", width, height, *rest)
    elif way == 0:
        del chunks[at]
    elif way == 1:
        chunks[at:at] = [chunks[at]] * rng.choice((1, 50))
    elif way == 2 and kind == b"IDAT":
        chunks[at] = kind, zlib.compress(bytes(rng.choice((0, 10, 5_000_000))), 9)
    elif way == 3:
        what = rng.choice(
            (
                (b"pHYs", struct.pack(">IIB", rng.choice(_SIZES), rng.choice(_SIZES), 1)),
                (b"acTL", struct.pack(">II", rng.choice(_SIZES), 0)),
                (b"zTXt", b"k\0\0" + zlib.compress(bytes(3_000_000), 9)),
                (b"eXIf", b"II*\0\x08\0\0\0\xff\xff" + bytes(40)),
                (b"tRNS", bytes(rng.randrange(300))),
                (b"PLTE", bytes(rng.randrange(900))),
            )
        )
        chunks.insert(rng.choice((1, at)), what)
    else:
        chunks[at] = kind, mutating.flip(body, rng)
    return data[:8] + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(data: bytes, rng: random.Random) -> bytes:
    """A segment's length, a frame's size or components, a resolution, an orientation."""
    out = bytearray(data)
    frame = re.search(rb"\xff[\xc0\xc2]..\x08", data, re.DOTALL)
    way = rng.randrange(4)
    if way == 0 and frame and frame.end() + 5 <= len(out):
        size = rng.choice(_SIZES) & 0xFFFF
        struct.pack_into(">H", out, frame.end() + rng.choice((0, 2)), size)
    elif way == 1 and frame and frame.end() + 5 <= len(out):
        out[frame.end() + 4] = rng.choice((0, 1, 2, 3, 4, 255))
    elif way == 2:
        marks = [match.start() for match in re.finditer(rb"\xff[\xc0-\xfe]", data)]
        if marks and (at := rng.choice(marks)) + 4 <= len(out):
            struct.pack_into(">H", out, at + 2, rng.choice((0, 1, 2, 3, 0x7FFF, 0xFFFF)))
    else:
        at = data.find(rng.choice((b"JFIF", b"Exif")))
        if at >= 0:
            for _ in range(rng.choice((1, 4))):
                if (place := at + 4 + rng.randrange(30)) < len(out):
                    out[place] = rng.choice((0, 1, 6, 9, 255))
    return bytes(out)


def tiff(data: bytes, rng: random.Random) -> bytes:
    """An entry of a directory: another tag, type, count or value; directories in a circle."""
    out = bytearray(data)
    if len(out) < 16:
        return data
    places = []
    (at,) = struct.unpack_from("<I", out, 4)
    for _ in range(4):
        if not 8 <= at < len(out) - 2:
            break
        (count,) = struct.unpack_from("<H", out, at)
        ends = at + 2 + 12 * count
        places += [at + 2 + 12 * n for n in range(min(count, 40)) if at + 14 + 12 * n <= len(out)]
        if ends + 4 > len(out):
            break
        (following,) = struct.unpack_from("<I", out, ends)
        if rng.random() < 0.1:
            struct.pack_into("<I", out, ends, rng.choice((at, 8, 2**32 - 1, len(out) - 1)))
        at = following
    if not places:
        return bytes(out)
    place = rng.choice(places)
    way = rng.randrange(4)
    if way == 0:
        struct.pack_into(
            "<H", out, place, rng.choice((256, 257, 258, 259, 262, 273, 277, 282, 317, 322, 330))
        )
    elif way == 1:
        struct.pack_into("<H", out, place + 2, rng.choice((0, 1, 2, 3, 4, 5, 11, 12, 13, 16, 999)))
    elif way == 2:
        struct.pack_into("<I", out, place + 4, rng.choice(_SIZES))
    else:
        struct.pack_into("<I", out, place + 8, rng.choice((*_SIZES, 3, 4, 5, 7, 8, 32773)))
    return bytes(out)
