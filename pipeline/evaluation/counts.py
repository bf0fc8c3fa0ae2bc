"""What scoring counts: agreement, differences with their sentence, resolution, sureness.

In: nothing.  Out: the types that ``scoring`` fills and ``report`` sums up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

CATEGORIES = (
    "header", "recipients", "outline", "bullets",
    "references", "ref.date", "ref.kind",
    "agencies", "deadlines", "deadline values", "targets", "assignments", "spans",
)  # fmt: skip
# Finer figures: a group, and in it names such as "references" or "lead".
GROUPS = ("exact spans", "overlapping spans", "values", "roles")
# Where a difference stands that is of no category.
BESIDE = ("exact spans", "values", "resolution")
# Kinds of value whose confidence is held against what is right.
SURENESS = (
    "header", "outline", "references", "agencies", "deadlines", "targets", "assignments"
)  # fmt: skip


@dataclass(slots=True)
class Count:
    """How often record and gold agree (hits), and what only one of them holds."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, other: Count) -> None:
        """Add another document's counts."""
        self.hits += other.hits
        self.extra += other.extra
        self.missed += other.missed

    @property
    def gold(self) -> int:
        """How many there are in gold."""
        return self.hits + self.missed

    @property
    def precision(self) -> float:
        """Right among those found; 1 where none was found."""
        found = self.hits + self.extra
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """Found among those in gold; 1 where gold has none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Resolved:
    """What short forms were taken for: the right thing, another one, or nothing."""

    right: int = 0
    wrong: int = 0
    unresolved: int = 0

    def add(self, other: Resolved) -> None:
        """Add another document's counts."""
        self.right += other.right
        self.wrong += other.wrong
        self.unresolved += other.unresolved

    @property
    def total(self) -> int:
        """How many short forms gold explains."""
        return self.right + self.wrong + self.unresolved


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in their sentence, as the record's text has them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference: what the record says and what gold says, None where it says nothing.

    Attributes:
        document: name of the gold file without its ending.
        category: of ``CATEGORIES`` or ``BESIDE``.
        name: what exactly: the field, or the value of which words.
        quote: the place in the text, None where the words are not in it.
        section: address of the section, "" where it is not known.
    """

    document: str
    category: str
    name: str
    found: str | None
    expected: str | None
    quote: Quote | None = None
    section: str = ""

    def line(self) -> str:
        """For people: document, what it is about, what was found, what was expected."""
        found = "nothing" if self.found is None else repr(self.found)
        expected = "nothing" if self.expected is None else repr(self.expected)
        return f"{self.document}  {self.name}: found {found}, expected {expected}"


@dataclass(slots=True)
class Score:
    """The figures of one document or, added up, of many.

    Attributes:
        counts: of every category that gold has.
        groups: finer counts, by group and name.
        resolution: what short forms were taken for, by kind.
        sureness: of every kind of value pairs of confidence and whether it was right.
        misses: every difference.
    """

    counts: dict[str, Count] = field(default_factory=dict)
    groups: dict[str, dict[str, Count]] = field(default_factory=lambda: {g: {} for g in GROUPS})
    resolution: dict[str, Resolved] = field(default_factory=dict)
    sureness: dict[str, list[tuple[float, bool]]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def count(self, category: str, hits: int, extra: int, missed: int) -> None:
        """Add to a category."""
        self.counts.setdefault(category, Count()).add(Count(hits, extra, missed))

    def detail(self, group: str, name: str, hits: int, extra: int, missed: int) -> None:
        """Add to a finer count."""
        self.groups[group].setdefault(name, Count()).add(Count(hits, extra, missed))

    def sure(self, kind: str, confidence: float, right: bool) -> None:
        """Note how sure the record was of a value, and whether it was right."""
        self.sureness.setdefault(kind, []).append((confidence, right))

    def add(self, other: Score) -> None:
        """Add another document's figures."""
        for category, count in other.counts.items():
            self.counts.setdefault(category, Count()).add(count)
        for group, name, count in other.details():
            self.groups[group].setdefault(name, Count()).add(count)
        for kind, resolved in other.resolution.items():
            self.resolution.setdefault(kind, Resolved()).add(resolved)
        for kind, pairs in other.sureness.items():
            self.sureness.setdefault(kind, []).extend(pairs)
        self.misses += other.misses

    def details(self) -> Iterator[tuple[str, str, Count]]:
        """All finer counts: group, name, count."""
        for group, counts in self.groups.items():
            for name, count in counts.items():
                yield group, name, count


def in_order(counts: Mapping[str, Count]) -> dict[str, Count]:
    """The same, in the order of ``CATEGORIES``."""
    return {name: counts[name] for name in CATEGORIES if name in counts}
