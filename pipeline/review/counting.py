"""How often the machine was right, by people's verdicts.

In: a corpus.  Out: counts and shares per category.

A verdict is about the present reading: where the machine now reads what a person had corrected it
to, it is right.  What is missing can only be known where a person went through a whole category, so
recall is taken there alone.  People who look at doubtful values first make the machine look worse
than it is as long as they have not looked at the others; categories checked to their end are fair.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.corpus.api import Corpus
from pipeline.corrections.entries import CATEGORIES, Category
from pipeline.review.looking import Looking


@dataclass(slots=True)
class Figure:
    """One category over all plans.

    Attributes:
        right, edited, rejected, added: values by verdict.
        plans: in which the category is complete.
        whole_right, whole_wrong, whole_missed: right, wrong (edited or rejected) and missing
            (edited or added) values of these plans alone.
    """

    category: Category
    right: int = 0
    edited: int = 0
    rejected: int = 0
    added: int = 0
    plans: int = 0
    whole_right: int = 0
    whole_wrong: int = 0
    whole_missed: int = 0

    @property
    def precision(self) -> float | None:
        """Right among those that were judged; None where none was."""
        judged = self.right + self.edited + self.rejected
        return self.right / judged if judged else None

    @property
    def recall(self) -> float | None:
        """Right among those there are, in complete categories; None where there are none."""
        there = self.whole_right + self.whole_missed
        return self.whole_right / there if there else None


def figures(corpus: Corpus) -> list[Figure]:
    """The figures of every category."""
    found = {category: Figure(category) for category in CATEGORIES}
    with corpus.store.snapshot() as connection:
        rows = connection.execute(
            "SELECT id FROM plans WHERE sha256 IN (SELECT sha256 FROM corrections) ORDER BY id"
        ).fetchall()
        for (number,) in rows:
            _count(Looking(connection, number), found)
    return list(found.values())


def _count(desk: Looking, found: dict[Category, Figure]) -> None:
    complete = {each.category for each in desk.progress() if each.complete}
    for category in complete:
        found[category].plans += 1
    for item in desk.items():
        figure = found[item.category]
        if item.verdict == "accepted":
            figure.right += 1
        elif item.verdict == "edited":
            figure.edited += 1
        elif item.verdict == "rejected":
            figure.rejected += 1
        elif item.verdict == "added":
            figure.added += 1
        if item.category in complete:
            figure.whole_right += item.verdict == "accepted"
            figure.whole_wrong += item.verdict in ("edited", "rejected")
            figure.whole_missed += item.verdict in ("edited", "added")
