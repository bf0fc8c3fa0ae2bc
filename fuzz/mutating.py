"""Mutators that know no format: flips, cuts, splices, repetitions, hostile numbers and strings.

In: bytes or text, and a random generator.  Out: other bytes or text of bounded size.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

LARGEST = 200_000  # bytes of an input: small ones find the same faults in less time

Mutator = Callable[[bytes, random.Random], bytes]

NUMBERS = (
    "0", "1", "-1", "2", "00", "-0", "127", "128", "255", "256", "32767", "32768", "65535",
    "65536", "99999", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296",
    "9223372036854775807", "9223372036854775808", "1" * 40, "9" * 400, "9" * 5000, "1e999",
    "-1e999", "1e-999", "0.0000001", "3.5", "1.", ".5", "1,5", "nan", "inf", "0x10", "1_000",
    "+5", "٣", "３", "²", "Ⅷ", "½", "",
)  # fmt: skip

STRINGS = (
    "", " ", "\0", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\ufffe", "\u0301" * 50,
    "a" + "\u0323" * 400, "\U0001f600", "\U0010ffff", "\ud800", "\udfff", "%s%n",
    "../../etc/passwd", "'; DROP TABLE plans;--", "<script>alert(1)</script>", "=1+1", "{{7*7}}",
    "\\", "\"", "'", "A" * 5000, "ủ" * 3000, "\r\n", "\f", "\v", "\x85", "\u2028", "null", "true",
    "[]", "{}", "٣٣", "１２", "²", "Đ", "İ", "ß", "ﬁ",
)  # fmt: skip

_DIGITS = re.compile(rb"-?\d+(?:\.\d+)?")
_TEXT_DIGITS = re.compile(r"\d+")


def flip(data: bytes, rng: random.Random) -> bytes:
    """Some bits or bytes other than they were."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        if out:
            at = rng.randrange(len(out))
            out[at] = out[at] ^ 1 << rng.randrange(8) if rng.random() < 0.5 else rng.randrange(256)
    return bytes(out)


def truncate(data: bytes, rng: random.Random) -> bytes:
    """The head, the tail, or both without the middle."""
    start, end = _stretch(data, rng, len(data))
    return rng.choice((data[:start], data[end:], data[:start] + data[end:]))


def repeat(data: bytes, rng: random.Random) -> bytes:
    """A stretch many times over."""
    start, end = _stretch(data, rng, 2000)
    times = min(rng.choice((2, 10, 100, 1000)), LARGEST // max(end - start, 1) + 1)
    return data[:end] + data[start:end] * times + data[end:]


def insert(data: bytes, rng: random.Random) -> bytes:
    """Foreign bytes in the middle."""
    at = rng.randrange(len(data) + 1)
    what = rng.choice(
        (
            bytes(rng.choice((1, 4, 100))),
            b"\xff" * rng.choice((1, 4, 100)),
            rng.randbytes(rng.choice((1, 8, 64))),
            rng.choice(STRINGS).encode("utf-8", "surrogatepass"),
            rng.choice(NUMBERS).encode(),
        )
    )
    return data[:at] + what + data[at:]


def swap(data: bytes, rng: random.Random) -> bytes:
    """Two stretches in each other's place."""
    one, two = sorted((_stretch(data, rng, 500), _stretch(data, rng, 500)))
    if one[1] > two[0]:
        return data
    return (
        data[: one[0]]
        + data[two[0] : two[1]]
        + data[one[1] : two[0]]
        + data[one[0] : one[1]]
        + data[two[1] :]
    )


def number(data: bytes, rng: random.Random) -> bytes:
    """A number that is printed in the file, as another."""
    found = list(_DIGITS.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start()] + rng.choice(NUMBERS).encode() + data[match.end() :]


GENERAL: tuple[Mutator, ...] = (flip, flip, truncate, repeat, insert, swap, number)


def splice(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """The head of one and the tail of another."""
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def several(data: bytes, mutators: Sequence[Mutator], rng: random.Random, most: int = 4) -> bytes:
    """One to ``most`` mutators, one after the other; never more than ``LARGEST`` bytes."""
    for _ in range(rng.randint(1, most)):
        data = rng.choice(mutators)(data, rng)
    return data[:LARGEST]


def words(text: str, rng: random.Random) -> str:
    """A text with one of its numbers, or a place in it, made hostile."""
    found = list(_TEXT_DIGITS.finditer(text))
    if found and rng.random() < 0.5:
        match = rng.choice(found)
        return text[: match.start()] + rng.choice(NUMBERS) + text[match.end() :]
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(STRINGS) + text[at:]


def _stretch(data: bytes, rng: random.Random, longest: int) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(start + rng.randrange(min(longest, len(data)) + 1), len(data))
