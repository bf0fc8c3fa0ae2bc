"""Text that travels: passages that plans share, who may have taken them from whom, how much.

In: a ``Board``, its ``Matches`` and the order of plans.  Out: pairs of plans with their passages,
the borrowed share of each plan, and passages with copies in many plans.

What counts is runs of equal words.  Stock phrases never became items; the names and titles of cited
documents do not count either, because to name a law is not to copy.  Each word of a plan is counted
once, however many others have it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from pipeline.comparison.building import Board
from pipeline.comparison.matching import Matches
from pipeline.comparison.order import Order, time_of
from pipeline.comparison.results import (
    Borrowed,
    Copies,
    Parameters,
    Passage,
    ReusePair,
    Span,
)
from pipeline.comparison.topics import label

# Equal words count in runs of so many; a passage has at least so many of them.
SHORTEST_RUN, FEWEST_WORDS = 2, 8
# Inside a longer passage a shorter one must be nearly whole, and long enough to mean something.
PART_INSIDE, PART_WORDS = 0.8, 15
# Pairs of plans that are listed with their passages.
MOST_PAIRS = 1000
_COPIES_FROM, _COPIES_WORDS = 3, 12


@dataclass(frozen=True, slots=True)
class Reuse:
    """Fields as in ``results.Comparison``; ``total`` counts the pairs, also those not listed."""

    pairs: tuple[ReusePair, ...]
    borrowed: tuple[Borrowed, ...]
    copies: tuple[Copies, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Link:
    """Two texts that share words: runs as (start in one, start in the other, length)."""

    text: int
    likeness: float
    mask: int
    runs: tuple[tuple[int, int, int], ...]


def find(board: Board, matches: Matches, order: Order, parameters: Parameters) -> Reuse:
    """Find the text that plans share."""
    counted = _counted(board)
    links = _links(board, matches, parameters, counted)
    plans_of = [sorted({board.items[item].plan for item in items}) for items in matches.texts]
    table = _table(board, matches, links, counted, plans_of)
    sizes = np.array(
        [sum(counted[item].bit_count() for item in plan.items) for plan in board.plans]
    )
    pairs, total = _pairs(board, matches, links, counted, table, sizes, order)
    borrowed = _borrowed(board, matches, links, counted, plans_of, table, sizes, order)
    copies = _copies(board, matches, parameters)
    return Reuse(pairs, borrowed, copies, total)


def _counted(board: Board) -> list[int]:
    """Of each item a mask of its words, without names and titles of cited documents."""
    return [
        sum(1 << at for at, named in enumerate(words.named) if not named) for words in board.words
    ]


def _links(
    board: Board, matches: Matches, parameters: Parameters, counted: Sequence[int]
) -> dict[int, list[_Link]]:
    """Text → texts that share a passage with it, itself included where several plans have it."""
    links: defaultdict[int, list[_Link]] = defaultdict(list)
    codes = [board.words[items[0]].code for items in matches.texts]
    wording = matches.wording
    strong = (wording.words >= parameters.reused) | (wording.inside >= PART_INSIDE)
    for at in np.flatnonzero(strong).tolist():
        a, b = int(matches.first[at]), int(matches.second[at])
        runs = _runs(codes[a], codes[b])
        same = sum(size for _, _, size in runs)
        likeness = same / max(len(codes[a]), len(codes[b]))
        part = min(len(codes[a]), len(codes[b]))
        whole = float(wording.words[at]) >= parameters.reused
        if same < FEWEST_WORDS:
            continue
        if not whole and (same < PART_WORDS or same < PART_INSIDE * part):
            continue
        mask_a = sum(((1 << size) - 1) << start for start, _, size in runs)
        mask_b = sum(((1 << size) - 1) << start for _, start, size in runs)
        links[a].append(_Link(b, likeness, mask_a, runs))
        links[b].append(
            _Link(a, likeness, mask_b, tuple((there, here, size) for here, there, size in runs))
        )
    for text, items in enumerate(matches.texts):
        size = len(codes[text])
        if len(items) > 1 and size >= FEWEST_WORDS:
            links[text].append(_Link(text, 1.0, (1 << size) - 1, ((0, 0, size),)))
    return links


def _runs(a: str, b: str) -> tuple[tuple[int, int, int], ...]:
    """Runs of equal words, long enough to count."""
    return tuple(
        (code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in Indel.opcodes(a, b)
        if code.tag == "equal" and code.src_end - code.src_start >= SHORTEST_RUN
    )


def _table(
    board: Board,
    matches: Matches,
    links: dict[int, list[_Link]],
    counted: Sequence[int],
    plans_of: Sequence[list[int]],
) -> NDArray[np.int32]:
    """Row: a plan; column: how many of its words stand in another plan."""
    size = len(board.plans)
    table = np.zeros((size, size), dtype=np.int32)
    for text, several in links.items():
        items = matches.texts[text]
        best = np.zeros(size, dtype=np.int32)
        mask = counted[items[0]]
        for link in several:
            same = (link.mask & mask).bit_count()
            columns = plans_of[link.text]
            best[columns] = np.maximum(best[columns], same)
        for item in items:
            table[board.items[item].plan] += best
    np.fill_diagonal(table, 0)
    return table


def _pairs(
    board: Board,
    matches: Matches,
    links: dict[int, list[_Link]],
    counted: Sequence[int],
    table: NDArray[np.int32],
    sizes: NDArray[np.int64],
    order: Order,
) -> tuple[tuple[ReusePair, ...], int]:
    """The pairs that share most words, with their passages; and the number of all pairs."""
    both = np.triu(np.minimum(table, table.T), 1)
    first, second = np.nonzero(both >= FEWEST_WORDS)
    ranked = np.lexsort((second, first, -both[first, second]))
    carried: defaultdict[int, set[int]] = defaultdict(set)
    for document in board.documents:
        for citation in document.citations:
            if citation.role == "implements" and document.plan != citation.plan:
                carried[citation.plan].add(document.index)
    pairs = []
    for at in ranked[:MOST_PAIRS].tolist():
        a, b = int(first[at]), int(second[at])
        passages = tuple(_passages(board, matches, links, counted, a, b))
        direction, why = order.direction(a, b)
        pairs.append(
            ReusePair(
                a,
                b,
                direction,
                why,
                order.days(a, b),
                passages,
                int(both[a, b]),
                _share(int(table[a, b]), int(sizes[a])),
                _share(int(table[b, a]), int(sizes[b])),
                tuple(sorted(carried[a] & carried[b])),
            )
        )
    return tuple(pairs), len(first)


def _passages(
    board: Board,
    matches: Matches,
    links: dict[int, list[_Link]],
    counted: Sequence[int],
    a: int,
    b: int,
) -> list[Passage]:
    """The passages of two plans, each item of the one with the item of the other most like it."""
    held: defaultdict[int, list[int]] = defaultdict(list)
    for item in board.plans[b].items:
        held[matches.text_of[item]].append(item)
    found = []
    for item in board.plans[a].items:
        near = [link for link in links.get(matches.text_of[item], ()) if link.text in held]
        if not near:
            continue
        link = max(near, key=lambda each: (each.likeness, -each.text))
        other = held[link.text][0]
        same = (link.mask & counted[item]).bit_count()
        if same < FEWEST_WORDS:
            continue
        found.append(
            Passage(
                item,
                other,
                round(link.likeness, 3),
                _spans(board, item, ((here, size) for here, _, size in link.runs)),
                _spans(board, other, ((there, size) for _, there, size in link.runs)),
                same,
            )
        )
    return sorted(found, key=lambda passage: (-passage.words, passage.a))


def _spans(board: Board, item: int, runs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Runs of words as stretches of the plan's text."""
    words, base = board.words[item], board.items[item].span
    stretches = (words.span(start, start + size - 1) for start, size in runs)
    return tuple(
        Span(base.start + left, base.start + right, base.page) for left, right in stretches
    )


def _borrowed(
    board: Board,
    matches: Matches,
    links: dict[int, list[_Link]],
    counted: Sequence[int],
    plans_of: Sequence[list[int]],
    table: NDArray[np.int32],
    sizes: NDArray[np.int64],
    order: Order,
) -> tuple[Borrowed, ...]:
    rows = []
    for plan in board.plans:
        before = order.before(plan.index)
        central = {
            document.plan
            for document in board.documents
            if document.plan is not None
            and plan.index in document.plans
            and board.plans[document.plan].level == "central"
            and document.plan != plan.index
        }
        shared = earlier = from_central = 0
        for item in plan.items:
            any_mask = early_mask = central_mask = 0
            for link in links.get(matches.text_of[item], ()):
                others = plans_of[link.text]
                if others == [plan.index]:
                    continue
                any_mask |= link.mask
                if early_mask | link.mask != early_mask and not before.isdisjoint(others):
                    early_mask |= link.mask
                if central and not central.isdisjoint(others):
                    central_mask |= link.mask
            shared += (any_mask & counted[item]).bit_count()
            earlier += (early_mask & counted[item]).bit_count()
            from_central += (central_mask & counted[item]).bit_count()
        size = int(sizes[plan.index])
        sources = sorted(before, key=lambda other: (-int(table[plan.index, other]), other))
        main = sources[0] if sources and table[plan.index, sources[0]] else None
        rows.append(
            Borrowed(
                plan.index,
                _share(shared, size),
                _share(earlier, size) if time_of(plan) else None,
                _share(from_central, size) if central else None,
                main,
                _share(int(table[plan.index, main]), size) if main is not None else 0.0,
            )
        )
    return tuple(rows)


def _share(words: int, size: int) -> float:
    return round(min(1.0, words / size), 3) if size else 0.0


def _copies(board: Board, matches: Matches, parameters: Parameters) -> tuple[Copies, ...]:
    """Texts that are nearly the same, in three plans or more."""
    parent = list(range(len(matches.texts)))

    def root(text: int) -> int:
        while parent[text] != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for at in np.flatnonzero(matches.wording.words >= parameters.copied).tolist():
        one, two = root(int(matches.first[at])), root(int(matches.second[at]))
        parent[max(one, two)] = min(one, two)
    held: defaultdict[int, list[int]] = defaultdict(list)
    for text, items in enumerate(matches.texts):
        held[root(text)] += items
    found = []
    for several in held.values():
        once: dict[int, int] = {}
        for item in sorted(several):
            once.setdefault(board.items[item].plan, item)
        longest = max(len(board.words[item]) for item in several)
        if len(once) < _COPIES_FROM or longest < _COPIES_WORDS:
            continue
        plans = sorted(once, key=lambda plan: (_since(board, plan), plan))
        found.append(
            Copies(
                label(board, once[plans[0]]),
                tuple(once[plan] for plan in plans),
                tuple(plans),
                _first(board, plans),
                len(board.words[once[plans[0]]]),
            )
        )
    return tuple(sorted(found, key=lambda each: (-len(each.plans), -each.words, each.items)))


def _since(board: Board, plan: int) -> str:
    time = time_of(board.plans[plan])
    return time.first if time else "9999"


def _first(board: Board, plans: Sequence[int]) -> int | None:
    """The plan that surely came before all others that have the passage."""
    first, *others = (time_of(board.plans[plan]) for plan in plans)
    if first is None or any(other is None or other.first <= first.last for other in others):
        return None
    return plans[0]
