"""Numbered paragraphs: the schemes of NĐ 30/2020/NĐ-CP and what people write instead.

In: headings, items and bullets in order.  Out: ``Paragraph`` blocks with markers and paths.
"""

from __future__ import annotations

from pipeline.samples.markup import Piece, Rich
from pipeline.samples.parts import Block, Paragraph, Path, Style
from pipeline.samples.vocabulary import ROMAN

# Điểm run through the Vietnamese alphabet without ă â ê ô ơ ư: đ follows d, there is no f or j.
POINTS = "abcdđeghiklmnopqrstuvxy"
SCHEMES = ("roman", "decimal", "letters", "parts")


def marker_of(scheme: str, counters: tuple[int, ...]) -> tuple[str, str]:
    """The marker as printed and the element of the path, for the last of the counters.

    Args:
        scheme: "roman" I. 1. a), "decimal" I. 1. 1.1., "letters" A. I. 1., "parts" Phần I. I. 1.
        counters: numbers of the headings above and of this one, from 1.
    """
    level, n = len(counters), counters[-1]
    kinds = {
        "roman": ("I", "1", "a"),
        "decimal": ("I", "1", "1.1"),
        "letters": ("A", "I", "1", "a"),
        "parts": ("P", "I", "1", "a"),
    }[scheme]
    kind = kinds[level - 1]
    if kind == "I":
        return f"{ROMAN[n]}.", ROMAN[n]
    if kind == "A":
        return f"{'ABCDEGH'[n - 1]}.", "ABCDEGH"[n - 1]
    if kind == "P":
        return f"Phần {ROMAN[n]}.", f"Phần {ROMAN[n]}"
    if kind == "1.1":
        number = f"{counters[-2]}.{n}"
        return f"{number}.", number
    if kind == "a":
        return f"{POINTS[n - 1]})", POINTS[n - 1]
    return f"{n}.", str(n)


class Composer:
    """Collects blocks and keeps the counters; one per sample."""

    def __init__(self, scheme: str) -> None:
        self.blocks: list[Block] = []
        self.scheme = scheme
        self._counters: tuple[int, ...] = ()
        self._path: Path = ()

    @property
    def path(self) -> Path:
        """Address of the section that is open."""
        return self._path

    def add(self, *blocks: Block) -> None:
        """Blocks as they are."""
        self.blocks.extend(blocks)

    def _open(self, level: int, runs: Rich, style: Style) -> None:
        above = self._counters[: level - 1]
        assert len(above) == level - 1, "a level was skipped"
        n = self._counters[level - 1] + 1 if len(self._counters) >= level else 1
        self._counters = (*above, n)
        marker, element = marker_of(self.scheme, self._counters)
        self._path = (*self._path[: level - 1], element)
        self.blocks.append(Paragraph(style, marker, runs, self._path, level))

    def heading(self, level: int, *runs: Piece) -> None:
        """A titled section."""
        self._open(level, tuple(runs), "heading")

    def item(self, level: int, runs: Rich) -> None:
        """A numbered sentence without a title."""
        self._open(level, runs, "item")

    def article(self, number: int, runs: Rich) -> None:
        """Điều of a decision; stands at the root."""
        self._path = (f"Điều {number}",)
        self.blocks.append(Paragraph("item", f"Điều {number}.", runs, self._path, 1))

    def leave(self) -> None:
        """Back to the root, counters at nought: a new act begins."""
        self._counters, self._path = (), ()

    def put(self, style: Style, runs: Rich, *, implied: tuple[tuple[str, str], ...] = ()) -> None:
        """A paragraph inside the open section: bullet, plus or running text."""
        marker = {"bullet": "-", "plus": "+"}.get(style, "")
        self.blocks.append(Paragraph(style, marker, runs, self._path, 0, implied))

    def outside(self, style: Style, runs: Rich) -> None:
        """A paragraph that belongs to no section: căn cứ, opening, closing."""
        self.blocks.append(Paragraph(style, "", runs, ()))
