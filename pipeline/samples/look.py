"""What a scan looks like: every defect an option with a unit, and a few usual mixtures.

In: nothing.  Out: ``Look``, which ``scan`` reads, and presets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.samples.ink import BLUE, RED, Colour, Stamp

Mode = Literal["colour", "grey", "mono"]
Figure = Literal["number", "day", "month"]
SealPlace = Literal["signature", "body", "edge"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a scan looks like; without anything it is a clean colour scan.

    Attributes:
        dpi: resolution, 150–600.
        mode: colour, grey, or mono (black and white).
        jpeg: quality 1–95, or None for lossless; mono is always lossless.
        skew: degrees, positive counter-clockwise; pages alternate a little round it.
        turns: clockwise quarters in degrees (0, 90, 180, 270), repeated over the pages.
        keystone: how far a photo's corners move inward, as a share of the width.
        noise: standard deviation of the grain, in levels of 255.
        specks: share of pixels under dust.
        blur: standard deviation in pixels of the scan.
        black, white: levels that black and white become, 0 and 255 in a fresh print.
        shade: how much darker the darkest corner is, in levels.
        bleed: how strongly the next page shines through, 0–1.
        fold: depth of the shadow of a fold across the middle, 0–1.
        border: width of a dark edge in millimetres.
        holes: two punch holes.
        seals: where red seals are: on the signature, in the body, cut by the right edge.
        ring: words along the seal's ring; by default the issuer's, where a plan is scanned.
        signed: a signature is scribbled above the signer's name.
        pen: colour of signature and figures.
        handwritten: figures that are written by hand over their blanks; the PDF must hold them as
            FreeText annotations, number, day and month in this order (``pdf.render`` with
            ``issued_as="freetext"`` does).
        stamp: a receiving office's stamp left of the title, or None.
        stamp_ink: its colour.
        block: (signer, time) of a digital signature's picture at the top right, or None.
        hidden_text: lay an invisible text layer under the picture that has lost its tones, as
            scanners with an English OCR leave it.
        digital: 1-based pages that stay digital, for mixed files.
    """

    dpi: int = 300
    mode: Mode = "colour"
    jpeg: int | None = 90
    skew: float = 0.0
    turns: tuple[int, ...] = (0,)
    keystone: float = 0.0
    noise: float = 0.0
    specks: float = 0.0
    blur: float = 0.0
    black: int = 0
    white: int = 255
    shade: float = 0.0
    bleed: float = 0.0
    fold: float = 0.0
    border: float = 0.0
    holes: bool = False
    seals: tuple[SealPlace, ...] = ()
    ring: str = ""
    signed: bool = False
    pen: Colour = BLUE
    handwritten: tuple[Figure, ...] = ()
    stamp: Stamp | None = None
    stamp_ink: Colour = RED
    block: tuple[str, str] | None = None
    hidden_text: bool = False
    digital: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no scanner makes.

        Raises:
            ValueError: dpi, skew, quality or a turn out of its range.
        """
        if not 150 <= self.dpi <= 600:
            raise ValueError(f"dpi {self.dpi} is not within 150–600")
        if abs(self.skew) > 5:
            raise ValueError(f"a skew of {self.skew} degrees is more than 5")
        if self.jpeg is not None and not 1 <= self.jpeg <= 95:
            raise ValueError(f"JPEG quality {self.jpeg} is not within 1–95")
        if not self.turns or any(turn not in (0, 90, 180, 270) for turn in self.turns):
            raise ValueError(f"turns {self.turns} are not of 0, 90, 180, 270")


CLEAN = Look(dpi=300, jpeg=92)
NOISY = Look(
    dpi=300, jpeg=60, skew=0.6, noise=16, specks=0.0004, blur=0.8, white=246,
    seals=("signature", "body"), signed=True,
)  # fmt: skip
NOISY_200 = replace(NOISY, dpi=200, blur=0.6, jpeg=70)
GREY_COPY = Look(
    dpi=200, mode="grey", jpeg=75, skew=-1.6, noise=7, specks=0.0006, blur=0.6, black=72, white=206,
    shade=26, bleed=0.14, fold=0.22, border=5, holes=True, seals=("signature",), signed=True,
)  # fmt: skip
PHOTO = Look(
    dpi=200, jpeg=75, keystone=0.02, skew=1.0, noise=6, blur=0.8, black=28, white=232, shade=70,
    seals=("signature",), signed=True,
)  # fmt: skip
# Small enough to be kept beside the code: two pages of each are committed samples.
SMALL_SCAN = replace(NOISY_200, jpeg=40, noise=6, skew=0.8, seals=("signature",))
SMALL_COPY = replace(GREY_COPY, jpeg=40, noise=4, handwritten=("number", "day"))
PRESETS = {
    "clean": CLEAN, "noisy": NOISY, "noisy-200": NOISY_200, "grey-copy": GREY_COPY, "photo": PHOTO,
}  # fmt: skip
