"""Word's automatic numbers → the markers that Word prints in front of paragraphs.

In: ``numbering.xml``, ``styles.xml`` and, paragraph by paragraph, what the body says.  Out:
"I.", "1.1.", "a)", "-".  The numbers are not in the text of the file: a plan numbered by Word reads
as a heap of equal paragraphs without them.

Counting follows Word: one counter per abstract list and level, shared by all lists made from it
unless a list overrides the start; a paragraph of a higher level restarts the lower ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS = 780  # Word repeats a letter thirty times at most
_PLACEHOLDER = re.compile(r"%([1-9])")
_DASHES = "-–—\u2011\uf02d\u00ad\uf0be"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)  # level → start of this list alone


class Numbering:
    """The lists of a document and their running counters."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """Both are lxml elements (roots of the two parts) or ``None``."""
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._style_numbers: dict[str, tuple[str | None, int | None]] = {}
        self._style_parents: dict[str, str] = {}
        self._default_style: str | None = None
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def marker(self, paragraph: Any) -> str:
        """The marker of the next paragraph of the body, ``""`` where it has none.

        Call it once per paragraph, in order: it counts.
        """
        number, level = self._number_of(paragraph)
        found = self._lists.get(number or "")
        if found is None or number in (None, "0"):
            return ""
        level = min(max(level, 0), 8)
        shape = found.levels.get(level)
        if shape is None or shape.kind == "none":
            self._count(number or "", found, level)
            return _PLACEHOLDER.sub("", shape.text).strip() if shape else ""
        values = self._count(number or "", found, level)
        if shape.kind == "bullet":
            return "-" if not shape.text or shape.text[0] in _DASHES else _bullet(shape.text)

        def printed(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = found.levels.get(at, Level())
            kind = "decimal" if shape.legal else other.kind
            return spell(values.get(at, other.start), kind)

        return _PLACEHOLDER.sub(printed, shape.text).strip()

    def _count(self, number: str, found: _List, level: int) -> dict[int, int]:
        """Advance the counter of a level and return the values of all levels."""
        counters = self._counters.setdefault(found.abstract, {})
        shape = found.levels.get(level, Level())
        if level in found.restarts and (number, level) not in self._begun:
            counters[level] = found.restarts[level]
        else:
            counters[level] = counters[level] + 1 if level in counters else shape.start
        self._begun.add((number, level))
        for above in range(level):
            counters.setdefault(above, found.levels.get(above, Level()).start)
        for below in range(level + 1, 9):
            restart = found.levels.get(below, Level()).restart
            if restart != 0 and (restart is None or level < restart):
                counters.pop(below, None)
        return counters

    def _number_of(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(f"{W}pPr")
        number, level = _num_pr(properties)
        style = _value(properties, "pStyle") or self._default_style
        seen = set()
        while style and style not in seen and (number is None or level is None):
            seen.add(style)
            style_number, style_level = self._style_numbers.get(style, (None, None))
            if number is None and style_number is not None:
                number = style_number
                linked = self._level_of_style(number, style)
                style_level = linked if linked is not None else style_level
            level = style_level if level is None else level
            style = self._style_parents.get(style)
        return number, level or 0

    def _level_of_style(self, number: str, style: str) -> int | None:
        found = self._lists.get(number)
        if found is None:
            return None
        return next((at for at, shape in found.levels.items() if shape.style == style), None)

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iter(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._default_style = name
            parent = _value(style, "basedOn")
            if parent:
                self._style_parents[name] = parent
            numbers = _num_pr(style.find(f"{W}pPr"))
            if numbers != (None, None):
                self._style_numbers[name] = numbers

    def _read_lists(self, numbering: Any) -> None:
        abstracts: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for item in numbering.iter(f"{W}abstractNum"):
            key = item.get(f"{W}abstractNumId") or ""
            abstracts[key] = {}
            for shape in item.iterchildren(f"{W}lvl"):
                abstracts[key][integer(shape.get(f"{W}ilvl"), 0)] = _level(shape)
            link, name = _value(item, "numStyleLink"), _value(item, "styleLink")
            if link:
                links[key] = link
            if name:
                named[name] = key
        for item in numbering.iter(f"{W}num"):
            key = _value(item, "abstractNumId") or ""
            if key in links:  # the list is defined by a numbering style elsewhere
                key = named.get(links[key], key)
            found = _List(key, dict(abstracts.get(key, {})))
            for override in item.iterchildren(f"{W}lvlOverride"):
                at = integer(override.get(f"{W}ilvl"), 0)
                shape = override.find(f"{W}lvl")
                if shape is not None:
                    found.levels[at] = _level(shape)
                start = _value(override, "startOverride")
                if start is not None:
                    found.restarts[at] = integer(start, 1)
                    found.levels[at] = replace(
                        found.levels.get(at, Level()), start=integer(start, 1)
                    )
            self._lists[item.get(f"{W}numId") or ""] = found


def _level(shape: Any) -> Level:
    restart = _value(shape, "lvlRestart")
    legal = shape.find(f"{W}isLgl")
    return Level(
        kind=_value(shape, "numFmt") or "decimal",
        text=_value(shape, "lvlText") or "",
        start=integer(_value(shape, "start"), 1),
        restart=None if restart is None else integer(restart, 0),
        legal=legal is not None and legal.get(f"{W}val") not in ("0", "false"),
        style=_value(shape, "pStyle"),
    )


def _num_pr(properties: Any | None) -> tuple[str | None, int | None]:
    numbers = properties.find(f"{W}numPr") if properties is not None else None
    if numbers is None:
        return None, None
    level = _value(numbers, "ilvl")
    return _value(numbers, "numId"), None if level is None else integer(level, 0)


def _value(parent: Any | None, name: str) -> str | None:
    child = parent.find(f"{W}{name}") if parent is not None else None
    value = child.get(f"{W}val") if child is not None else None
    return None if value is None else str(value)


def integer(text: str | None, default: int) -> int:
    """A number of Word's, which has 32 bits; ``default`` for anything else."""
    try:
        number = int(text or "")
    except ValueError:
        return default
    return number if -(1 << 31) <= number < 1 << 31 else default


def _bullet(text: str) -> str:
    """ "+" stays what it is; every other sign, often a letter of a symbol font, is a dash."""
    return text if text in ("+", "*", "•") else "-"


def spell(value: int, kind: str) -> str:
    """A counter as Word prints it: 4 → "4", "iv", "IV", "d", "D", "04"."""
    if kind == "decimalZero":
        return f"{value:02d}"
    if kind in ("upperRoman", "lowerRoman"):
        text = _roman(value)
        return text.upper() if kind == "upperRoman" else text
    if kind in ("upperLetter", "lowerLetter"):
        if not 0 < value <= _MOST_LETTERS:
            return str(value)
        text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return text.upper() if kind == "upperLetter" else text
    return str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    out = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        out += sign * count
    return out
