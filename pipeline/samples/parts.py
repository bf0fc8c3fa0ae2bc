"""The parts a sample plan is made of, as the renderers and the truth see them.

In: nothing.  Out: frozen dataclasses.  A plan is a flat sequence of blocks in reading order; the
section tree is in the paths of its paragraphs, as it is in a real document, where nothing but
markers and capitals tells the levels apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.samples.markup import Rich, plain

Path = tuple[str, ...]
Style = Literal["heading", "item", "bullet", "plus", "text", "basis", "centred", "note"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Ô 1–4 of the decree: who issues, the motto, number, place and date."""

    parent: str | None
    issuer: str
    number: str
    date: str

    MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Title:
    """Ô 5a: the kind in capitals, the subject below it, and "(Ban hành kèm theo …)" if any."""

    kind: str
    subject: Rich
    carrier: Rich = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body.

    Attributes:
        style: what it is; "heading" and "item" are numbered, "bullet" and "plus" are not.
        marker: as printed, "I.", "a)", "-"; empty for running text.
        runs: the words after the marker.
        path: the section it stands in; for a heading or item its own address.
        level: 1-based depth of a heading or item, else 0.
        implied: roles that the sentence gives to a body it does not name itself, because the
            heading above does: (agency, role).
    """

    style: Style
    marker: str
    runs: Rich
    path: Path
    level: int = 0
    implied: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The text without the marker."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """The annex's task table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Rich, ...], ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Signature:
    """Ô 7 and 9b: authority lines, position, name; the recipients at their left."""

    authority: tuple[str, ...]
    position: str
    name: str
    recipients: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page: before an annex or an attached plan."""


Block = Letterhead | Title | Paragraph | Table | Signature | PageBreak
