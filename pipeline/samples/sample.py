"""What a sample plan is: the options it was written with, the facts of its header, its blocks.

In: nothing.  Out: the frozen types that ``plan`` makes and the renderers and the truth read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.samples.parts import Block

IssuerKind = Literal["ubnd", "so", "van_phong", "ban_chi_dao"]
Blank = Literal["none", "number", "date", "both"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a sample is like; whatever is not given is drawn from the seed.

    Attributes:
        issuer: people's committee, department, its office, or a steering committee.
        year: year of issue, 2023–2026.
        merged: issued after the merger of provinces; matters only for 2025.
        province: name that exists on the day of issue.
        topic: key of ``data/topics.csv``.
        numbering: "roman", "decimal", "letters" or "parts".
        act: a plan by itself, or a decision that promulgates it.
        blank: what the draft leaves open in number and date.
        tasks: how tasks name who and when: running text, labelled lines, or both by turns.
        length: 1 short, 2 usual, 3 long.
        annex: an annex with a task table.
        long_names: "Ủy ban nhân dân tỉnh" in the body instead of "UBND tỉnh".
        long_dates: "ngày 05 tháng 3 năm 2024" in citations instead of "ngày 05/3/2024".
        auto_numbering: Word's automatic numbering in DOCX instead of typed markers.
    """

    issuer: IssuerKind
    year: int
    merged: bool
    province: str
    topic: str
    numbering: str
    act: Literal["plan", "decision"]
    blank: Blank
    tasks: Literal["running", "labelled", "mixed"]
    length: int
    annex: bool
    long_names: bool
    long_dates: bool
    auto_numbering: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header of a perfect record says."""

    kind: str
    number: str | None
    symbol: str
    issued_on: str
    place: str
    issuer: str
    title: str
    plan_period: str
    province: str
    signer: str
    signer_title: str
    on_behalf: str | None
    recipients: tuple[str, ...]
    attached: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """A plan ready to be rendered."""

    seed: int
    options: Options
    facts: Facts
    blocks: tuple[Block, ...]

    @property
    def stem(self) -> str:
        """A file name without ending, ASCII, that tells samples apart."""
        return f"sample-{self.seed:04d}"
