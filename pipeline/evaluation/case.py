"""One document while it is scored: gold, record, its text, and the score so far.

In: ``Gold`` and ``models.Plan``.  Out: counts and differences with their sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from models import Plan, Span
from pipeline.evaluation.counts import Miss, Score
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.locating import Place, Sought, Text, overlap
from pipeline.evaluation.pairing import Pairing, pair, pair_keys
from pipeline.evaluation.values import path


class Item(Protocol):
    """What a bag holds."""

    @property
    def key(self) -> str:
        """What decides whether two are the same."""

    @property
    def shown(self) -> str:
        """What people see of it."""

    @property
    def place(self) -> Place | None:
        """Where it stands in the record's text."""

    @property
    def section(self) -> str:
        """Address of the section it stands in."""


class Case:
    """See the module."""

    def __init__(self, document: str, gold: Gold, plan: Plan | None) -> None:
        self.document, self.gold, self.plan = document, gold, plan
        self.text = Text(plan)
        self.score = Score()

    def place(self, sought: Sought) -> Place | None:
        """Where words of gold stand."""
        return self.text.locate([sought])[0]

    def note(
        self,
        category: str,
        name: str,
        found: str | None,
        expected: str | None,
        place: Place | None = None,
        section: str = "",
    ) -> None:
        """A difference."""
        quote = self.text.quote(place)
        self.score.misses.append(
            Miss(self.document, category, name, found, expected, quote, section)
        )

    def extra(
        self, category: str, words: str, span: Span | None, section: Sequence[str] = ()
    ) -> None:
        """What only the record has."""
        place = (span.start, span.end) if span else None
        self.note(category, category, words, None, place, path(section))

    def missed(self, category: str, words: str, place: Place | None) -> None:
        """What only gold has."""
        self.note(category, category, None, words, place)

    def compare(
        self,
        category: str,
        name: str,
        agrees: bool,
        found: str | None,
        expected: str | None,
        place: Place | None = None,
        section: str = "",
    ) -> None:
        """Count a field that stands on both sides, each perhaps empty: an error on the sides
        that say something."""
        if agrees:
            self.score.count(category, 1, 0, 0)
            return
        self.score.count(category, 0, int(found is not None), int(expected is not None))
        self.note(category, name, found, expected, place, section)

    def bag(
        self,
        category: str,
        gold: Sequence[Item],
        found: Sequence[Item],
        words: Callable[[Item], str] = lambda item: item.shown,
    ) -> Pairing[Item, Item]:
        """Agreement of two bags, order aside; ``words`` of what is missed are looked for."""
        pairing: Pairing[Item, Item] = pair_keys(gold, found, lambda item: item.key)
        self.score.count(category, *pairing.counts)
        for item in pairing.extra:
            place = item.place or self.place(Sought(item.shown))
            self.note(category, category, item.shown, None, place, item.section)
        for item in pairing.missed:
            place = self.place(Sought(words(item)))
            self.note(category, category, None, item.shown, place, item.section)
        return pairing

    def spans(
        self, name: str, gold: Iterable[Sought], found: Sequence[Place]
    ) -> list[Place | None]:
        """Count places of values that agree to the letter, and that overlap.

        Returns:
            A place for every value of gold, None where its words are not in the text.
        """
        places = self.text.locate(gold, found)
        # One phrase may be several values ("định kỳ 06 tháng, năm"): its place counts once.
        expected, claimed = set(filter(None, places)), set(found)
        lost = places.count(None)
        exact = len(expected & claimed)
        self.score.detail(
            "exact spans", name, exact, len(claimed) - exact, len(expected) - exact + lost
        )
        pairing = pair(sorted(expected), sorted(claimed), overlap)
        for wanted, said in pairing.pairs:
            if wanted != said:
                words = self.text.text[said[0] : said[1]], self.text.text[wanted[0] : wanted[1]]
                self.note("exact spans", name, *words, wanted)
        hits, extra, missed = pairing.counts
        self.score.detail("overlapping spans", name, hits, extra, missed + lost)
        return places
