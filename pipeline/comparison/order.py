"""Which of two plans came first, and how that is known.

In: ``PlanFacts`` and the documents they cite.  Out: direction and why.

A plan that names another one's number came after it.  Else the dates of issue decide, where they do
not overlap; a plan without a date stands in the months in which a plan for its year is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.comparison.results import CitedDocument, Direction, PlanFacts


@dataclass(frozen=True, slots=True)
class Time:
    """When a plan was made: first and last ISO day; ``dated`` where its own date says so."""

    first: str
    last: str
    dated: bool


def time_of(plan: PlanFacts) -> Time | None:
    """The time of a plan, or None where nothing is known.

    A plan without a date is put between the July before its first year and the end of that year.
    """
    if plan.earliest and plan.latest:
        return Time(plan.earliest, plan.latest, True)
    if plan.year:
        return Time(f"{plan.year - 1}-07-01", f"{plan.year}-12-31", False)
    return None


class Order:
    """Answers for all plans of a comparison."""

    def __init__(self, plans: Sequence[PlanFacts], documents: Sequence[CitedDocument]) -> None:
        self.plans = plans
        self.times = [time_of(plan) for plan in plans]
        self.cited: dict[tuple[int, int], str] = {}
        for document in documents:
            if document.plan is None:
                continue
            for citation in document.citations:
                pair = (citation.plan, document.plan)
                if citation.plan != document.plan and self.cited.get(pair) != "implements":
                    self.cited[pair] = "implements" if citation.role == "implements" else "cites"

    def direction(self, a: int, b: int) -> tuple[Direction, str]:
        """Who may have taken from whom, and why; see ``results.ReusePair``."""
        if (b, a) in self.cited and (a, b) not in self.cited:
            return "a-to-b", self.cited[b, a]
        if (a, b) in self.cited and (b, a) not in self.cited:
            return "b-to-a", self.cited[a, b]
        one, two = self.times[a], self.times[b]
        if one is None or two is None:
            return "unknown", "no-date"
        why = "date" if one.dated and two.dated else "period"
        if one.last < two.first:
            return "a-to-b", why
        if two.last < one.first:
            return "b-to-a", why
        return "unknown", "same-time" if one.dated and two.dated else "no-date"

    def before(self, plan: int) -> set[int]:
        """Plans that surely came before one."""
        found = set()
        for other in range(len(self.plans)):
            if other != plan and self.direction(other, plan)[0] == "a-to-b":
                found.add(other)
        return found

    def days(self, a: int, b: int) -> int | None:
        """Days from a to b, where both dates are whole."""
        one, two = self.plans[a], self.plans[b]
        if one.earliest is None or two.earliest is None:
            return None
        if one.earliest != one.latest or two.earliest != two.latest:
            return None
        return abs((date.fromisoformat(two.earliest) - date.fromisoformat(one.earliest)).days)
