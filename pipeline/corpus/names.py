"""Names that people shorten: abbreviations, agencies, provinces and document kinds as typed.

In: the gazetteers.  Out: look-ups by folded words.  A name and its abbreviation get one key here,
in queries and in the corpus alike, so that "UBND tỉnh" and "Ủy ban nhân dân tỉnh" are one body.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline import gazetteers
from pipeline.corpus import spelling

Words = tuple[str, ...]

_SHORTEST = 3


@cache
def abbreviations() -> dict[Words, tuple[Words, ...]]:
    """Folded words of a form to the other forms of the same name."""
    forms: dict[Words, set[Words]] = {}
    groups: list[set[Words]] = []
    for short, long in gazetteers.abbreviations().items():
        groups.append({tuple(spelling.words(short)), tuple(spelling.words(long))})
    for agency in gazetteers.agencies():
        groups.append({tuple(spelling.words(name)) for name in (agency.name, *agency.aliases)})
    for group in groups:
        # "TU" is Tỉnh ủy, but folded it is also từ, tư and tự: two letters mean too much.
        group = {form for form in group if len("".join(form)) >= _SHORTEST}
        for form in group:
            if form:
                forms.setdefault(form, set()).update(group - {form})
    return {form: tuple(sorted(others)) for form, others in forms.items() if others}


@cache
def longest_form() -> int:
    """Words in the longest form."""
    return max(map(len, abbreviations()), default=1)


@cache
def _shortenings() -> tuple[tuple[str, str], ...]:
    """(long, short) of every abbreviation in folded words, the longest first."""
    pairs = {
        (f" {spelling.key(long)} ", f" {spelling.key(short)} ")
        for short, long in gazetteers.abbreviations().items()
    }
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _agency_names() -> dict[str, str]:
    """Shortened folded form of an agency's name or alias to that of its name."""
    names: dict[str, str] = {}
    for row in gazetteers.agencies():
        for name in (row.name, *row.aliases):
            names.setdefault(_shortened(name), _shortened(row.name))
    return names


def _shortened(name: str) -> str:
    key = f" {spelling.key(name)} "
    for long, short in _shortenings():
        key = key.replace(long, short)
    return key.strip()


@lru_cache(maxsize=16384)
def agency_key(name: str) -> str:
    """Folded words of an agency's name, abbreviations shortened and aliases resolved.

    >>> agency_key("SNV") == agency_key("Sở Nội vụ")
    True
    """
    key = _shortened(name)
    return _agency_names().get(key, key)


@cache
def _provinces() -> dict[str, str]:
    return {spelling.key(name): found for name, found in gazetteers.province_names().items()} | {
        spelling.key(alias): row.name
        for row in gazetteers.provinces()
        for alias in (row.name, *row.aliases)
    }


def province(name: str) -> str | None:
    """The gazetteer's spelling of a province, with or without "tỉnh", marks or case."""
    key = spelling.key(name)
    for start in ("", "tinh ", "thanh pho ", "tp "):
        if key.startswith(start) and (found := _provinces().get(key.removeprefix(start))):
            return found
    return None


def province_list() -> list[str]:
    """Every province of both eras, as the gazetteer spells it."""
    return sorted({row.name for row in gazetteers.provinces()})


@cache
def _kinds() -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in gazetteers.rows("document_types"):
        codes.setdefault(spelling.key(row["code"]), row["code"])
        codes.setdefault(spelling.key(row["name"]), row["code"])
    return codes


def document_kind(name: str) -> str | None:
    """The official abbreviation of a kind of document: "kế hoạch" or "kh" → "KH"."""
    return _kinds().get(spelling.key(name))


def kind_list() -> list[str]:
    """Every abbreviation of a kind of document."""
    return sorted(set(_kinds().values()))
