"""Fonts for the PDF samples, and the check that they have every letter.

In: font files, text.  Out: ``Fonts`` or a ``MissingGlyphs`` error.  Many serif fonts lack ơ ư ạ ế
and draw boxes instead; a sample with boxes would blame the OCR for the font, so the renderer
refuses before it draws.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import util
from pathlib import Path


class MissingGlyphs(ValueError):
    """A font has no glyph for some characters of the text."""

    def __init__(self, font: Path, missing: str) -> None:
        names = ", ".join(f"{c} U+{ord(c):04X}" for c in missing[:12])
        more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
        super().__init__(
            f"{font.name} has no glyph for {names}{more}; "
            "give a font with full Vietnamese coverage, e.g. DejaVu Serif or Noto Serif"
        )
        self.font = font
        self.missing = missing


class NoFont(RuntimeError):
    """No font was given and none is installed with the Python packages."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The four faces of a family."""

    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path

    @classmethod
    def single(cls, path: Path) -> Fonts:
        """One file for all four faces."""
        return cls(path, path, path, path)

    def files(self) -> tuple[Path, Path, Path, Path]:
        """The files in the order regular, bold, italic, bold italic."""
        return self.regular, self.bold, self.italic, self.bold_italic


def default() -> Fonts:
    """DejaVu Serif as matplotlib brings it.

    Raises:
        NoFont: matplotlib is not installed.
    """
    spec = util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise NoFont("install matplotlib for its DejaVu Serif, or name a TTF file with --font")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    faces = ("", "-Bold", "-Italic", "-BoldItalic")
    return Fonts(*(folder / f"DejaVuSerif{face}.ttf" for face in faces))


@cache
def _covered(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def slim(path: Path) -> bytes:
    """The face without hinting and without scripts the samples never use.

    A PDF carries a font's hinting programs whole, however few glyphs it needs: without them a
    sample is half as large.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.hinting, options.layout_features, options.name_IDs = False, [], [1, 2, 4, 6]
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB", "kern"]
    with TTFont(path, recalcTimestamp=False) as font:
        worker = Subsetter(options)
        worker.populate(unicodes=[c for c in _covered(path) if c < 0x0250 or 0x1E00 <= c < 0x2200])
        worker.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def check(fonts: Fonts, text: str) -> None:
    """Make sure that every face has every printable character of the text.

    Raises:
        MissingGlyphs: names the first face that lacks some, and what it lacks.
    """
    wanted = {c for c in text if not c.isspace() and unicodedata.category(c) != "Cc"}
    for path in dict.fromkeys(fonts.files()):
        missing = sorted(c for c in wanted if ord(c) not in _covered(path))
        if missing:
            raise MissingGlyphs(path, "".join(missing))
