"""What stands side by side: places, or the plans of one place.

In: a ``Comparison``.  Out: ``Places``, the heads of the columns and the column of every plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.comparison.report.speech import UNKNOWN, Speech, alphabetical
from pipeline.comparison.report.tables import EMPTY, Cell, Column, Proof
from pipeline.comparison.results import Comparison

# Beyond so many columns no cell has room for words.
WORDS_FIT = 8
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Places:
    """The columns.

    Attributes:
        names: places in alphabetical order, central ones first; or plans by date.
        heads: the same for the heads of columns: plans of one place without the place.
        of_plan: plan → its column.
        plans: column → its plans.
        by_plan: columns are single plans, because all are of one place.
    """

    names: tuple[str, ...]
    heads: tuple[str, ...]
    of_plan: tuple[int, ...]
    plans: tuple[tuple[int, ...], ...]
    by_plan: bool

    @property
    def roomy(self) -> bool:
        """Whether cells have room for words."""
        return len(self.names) <= WORDS_FIT

    def units(self, say: Speech) -> dict[str, str]:
        """What a column is, as words to be put into phrases."""
        kind = "plan" if self.by_plan else "place"
        return {"unit": say(f"unit.{kind}"), "units": say(f"unit.{kind}s")}

    def have(self, say: Speech) -> Column:
        """The column that counts how many have what the row is about."""
        return Column(say("col.have", n=len(self.names), **self.units(say)), 9)

    def columns(self, width: int = 0) -> tuple[Column, ...]:
        """The columns' heads, ``width`` characters wide or narrow."""
        return tuple(Column(name, width or 6, place=True) for name in self.heads)

    def spread(self, cells: dict[int, Cell]) -> tuple[Cell, ...]:
        """Cells by column → one per column."""
        return tuple(cells.get(at, EMPTY) for at in range(len(self.names)))

    def gather(self, plans: Iterable[tuple[int, _T]]) -> dict[int, list[_T]]:
        """(plan, value) → values by column."""
        found: dict[int, list[_T]] = {}
        for plan, value in plans:
            found.setdefault(self.of_plan[plan], []).append(value)
        return found

    def listed(self, proofs: Mapping[int, Sequence[Proof]]) -> Cell:
        """One cell that names columns, each with what stands behind it."""
        parts = tuple((self.names[at], tuple(proofs[at])) for at in sorted(proofs))
        return Cell(text=", ".join(name for name, _ in parts), parts=parts)


def places(comparison: Comparison, say: Speech) -> Places:
    """The columns of a comparison."""
    plans = comparison.plans
    if len({plan.place for plan in plans}) == 1:
        names = tuple(say.label(plan) for plan in plans)
        numbers = tuple(range(len(plans)))
        place = f"{say.place(plans[0].place)} "
        heads = tuple(name.removeprefix(place) or name for name in names)
        return Places(names, heads, numbers, tuple((number,) for number in numbers), True)
    first = {plan.place: (plan.level == "province") + 2 * (plan.place == UNKNOWN) for plan in plans}
    order = sorted(first, key=lambda place: (first[place], alphabetical(place)))
    column = {place: at for at, place in enumerate(order)}
    of_plan = tuple(column[plan.place] for plan in plans)
    members = tuple(
        tuple(plan.index for plan in plans if column[plan.place] == at) for at in range(len(order))
    )
    names = tuple(say.place(place) for place in order)
    return Places(names, names, of_plan, members, False)
