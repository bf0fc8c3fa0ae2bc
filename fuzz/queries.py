"""Queries as nobody would type them.

In: the examples of the query language.  Out: text: parts of the grammar in any order, mutated.
"""

from __future__ import annotations

import random

from fuzz import mutating
from fuzz.mutating import NUMBERS, STRINGS
from pipeline.corpus.fields import FIELDS

_WORDS = (
    "cải cách", '"cải cách hành chính"', "báo OR cáo", "-tuyên", "NOT tuyên", "truy*", "=đường",
    '="Sở Y tế"', "NEAR(chủ trì báo cáo, 10)", "(a OR b) c", "UBND", "KH&CN", "76/NQ-CP",
    "số 76/NQ-CP", "cây", "xây dựng", '"kế hoạch*"', "“quý”", "Sở", "kinh tế - xã hội",
    "ngày 30/6",
)  # fmt: skip
_SIGNS = (
    '"', "“", "”", "(", ")", "((((", "))))", "*", "=", "-", "--", ":", "<", ">", "<=", ">=", "..",
    ",", "/", "~", "^", "?", "!", "[", "]", "{", "}", "\\", "|", "$", "#", "`", "+", "%", "'",
    ";", "&", "OR", "AND", "NOT", "NEAR(", "NEAR()", "NEAR(,", ", 999)", ", 9999999999999)",
    "://", "\n", "\t",
)  # fmt: skip
_VALUES = (
    "2024", "2024-06", "2024-06-30", "30/6/2024", "31/02/2024", "0000", "9999-12-31",
    "<0001-01-01", ">9999", "..", "2024..", "..2024", "2025..2024", "80%", ">=80%", "1e5", "-5",
    "any", "P3M", "lead", "table", "II/3", "II//3", "/", "0123456789abcdef", "KH", "UBND",
    '"Quảng Nam"', '"Sở Nội vụ"', "Hà", '""', '" "',
)  # fmt: skip


def make(rng: random.Random) -> str:
    """One query."""
    parts = [_part(rng) for _ in range(rng.choice((1, 1, 2, 3, 5, 12, 40)))]
    query = rng.choice((" ", " ", "", " OR ", " AND ", " -")).join(parts)
    if rng.random() < 0.3:
        query = mutating.words(query, rng)
    if rng.random() < 0.2:
        at = rng.randrange(len(query) + 1)
        query = rng.choice((query[:at], query[at:], query[::-1], query * rng.choice((2, 30))))
    if rng.random() < 0.05:
        deep = rng.choice((10, 21, 900))
        query = "(" * deep + query + ")" * rng.choice((deep, deep, deep - 1))
    return query[:20_000]


def _part(rng: random.Random) -> str:
    way = rng.random()
    if way < 0.35:
        return rng.choice(_WORDS)
    if way < 0.7:
        field = rng.choice(FIELDS)
        if rng.random() < 0.3:
            return field.example
        value = rng.choice(
            (
                rng.choice(_VALUES),
                rng.choice(_VALUES),
                rng.choice(NUMBERS)[:50],
                rng.choice(STRINGS),
            )
        )
        sign = rng.choice(("", "", "", "<", ">=", "=", "-"))
        return f"{rng.choice((field.name, field.alias, field.name.upper(), 'x'))}:{sign}{value}"
    return rng.choice(_SIGNS) if way < 0.92 else rng.choice(STRINGS)
