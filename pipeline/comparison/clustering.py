"""Scored pairs as topics: items of several plans that say the same thing.

In: a ``Board`` and its ``Matches``.  Out: clusters of items, each with its central item.

The surest pairs are joined first.  Two clusters are joined only where their central texts are alike
too, so that a chain of small steps does not end in a cluster of everything; and two items of one
plan come into one topic only where they are nearly the same words, so that a plan's own neighbours
keep apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.comparison.building import Board
from pipeline.comparison.likeness import of_items, reason, signals, with_structure
from pipeline.comparison.matching import Matches
from pipeline.comparison.results import Member, Parameters

# So alike, two items of one plan are a repetition and not two duties.
REPEATED = 0.85
# Large clusters may have so many plans in common, as a share of the smaller one.
SHARED_PLANS, SHARED_FROM = 0.2, 5
# Central texts of two clusters must be so alike, as a share of the line for items.
CENTRAL = 0.9
# A cluster of so few texts may be held together by mutual pairs alone.
_FEW = 3
# Of a text that many plans have, so many are asked for a better partner.
_PLANS_ASKED = 6


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items that say the same thing: the central one first, then by falling strength."""

    members: tuple[Member, ...]


def cluster(board: Board, matches: Matches, parameters: Parameters) -> list[Cluster]:
    """Group all items.

    Args:
        board: the items.
        matches: from ``matching.match``.
        parameters: the lines for "the same" and "look at it".

    Returns:
        Clusters; every item is in exactly one, alone where nothing is like it.
    """
    order = np.lexsort((matches.second, matches.first, -matches.score))
    good = (matches.score >= parameters.aligned) | _mutual(board, matches, parameters)
    order = order[good[order]]
    found: list[Cluster] = []
    texts = set(range(len(matches.texts)))
    for last in (False, True):
        groups = _Groups(board, matches, parameters.mutual, texts)
        for at in order:
            a, b = int(matches.first[at]), int(matches.second[at])
            if a in texts and b in texts:
                groups.join(a, b, float(matches.score[at]))
        texts = set()
        for members in groups.members():
            kept, far = _measured(board, matches, parameters, members)
            found.append(kept)
            # What is too far from the centre it was drawn to gets a second chance of its own.
            texts |= {matches.text_of[member.item] for member in far}
            if last:
                found += _alone(matches, far)
        if last or not texts:
            break
    return found


def _mutual(board: Board, matches: Matches, parameters: Parameters) -> NDArray[np.bool_]:
    """Which pairs below the line are each other's best between their plans."""
    plans = [
        tuple(sorted({board.items[item].plan for item in items}))[:_PLANS_ASKED]
        for items in matches.texts
    ]
    pairs = [
        (at, int(matches.first[at]), int(matches.second[at]), float(matches.score[at]))
        for at in np.flatnonzero(matches.score >= parameters.mutual).tolist()
    ]
    best: dict[tuple[int, int], float] = {}
    for _, a, b, score in pairs:
        for one, other in ((a, b), (b, a)):
            for plan in plans[other]:
                if best.get((one, plan), 0.0) < score:
                    best[one, plan] = score
    found = np.zeros(len(matches.score), dtype=bool)
    for at, a, b, score in pairs:
        found[at] = score < parameters.aligned and any(
            p != q and best[a, q] == score == best[b, p] for p in plans[a] for q in plans[b]
        )
    return found


class _Groups:
    """Union of texts, each group with its central text and its plans."""

    def __init__(self, board: Board, matches: Matches, line: float, texts: set[int]) -> None:
        self.line = CENTRAL * line
        self.texts = {number: [number] for number in sorted(texts)}
        self.group = {number: number for number in self.texts}
        self.plans = {
            number: {board.items[item].plan for item in matches.texts[number]}
            for number in self.texts
        }
        self.links: dict[int, dict[int, float]] = {number: {} for number in self.texts}
        for a, b, score in zip(
            matches.first.tolist(), matches.second.tolist(), matches.score.tolist(), strict=True
        ):
            if a in texts and b in texts:
                self.links[a][b] = self.links[b][a] = score
        self.size = {number: len(matches.texts[number]) for number in self.texts}
        self.central = dict(self.group)

    def join(self, a: int, b: int, score: float) -> None:
        """Join the groups of two texts where nothing speaks against it."""
        one, two = self.group[a], self.group[b]
        if one == two:
            return
        if score < REPEATED and self._same_plans(one, two):
            return
        if self._central_link(one, two) < self.line:
            return
        if len(self.texts[one]) < len(self.texts[two]):
            one, two = two, one
        self.texts[one] += self.texts[two]
        self.plans[one] |= self.plans[two]
        for text in self.texts[two]:
            self.group[text] = one
        self.texts[two], self.plans[two] = [], set()
        self.central[one] = self._medoid(one)

    def _same_plans(self, one: int, two: int) -> bool:
        shared = len(self.plans[one] & self.plans[two])
        smaller = min(len(self.plans[one]), len(self.plans[two]))
        return shared > (SHARED_PLANS * smaller if smaller >= SHARED_FROM else 0)

    def _central_link(self, one: int, two: int) -> float:
        """How alike the central texts are; 0 where they were not even candidates."""
        a, b = self.central[one], self.central[two]
        direct = self.links[a].get(b, 0.0)
        if direct >= self.line or len(self.texts[one]) + len(self.texts[two]) == 2:
            return direct
        # The central text of the one with most of the other one's texts will do as well.
        larger, smaller = (one, two) if len(self.texts[one]) >= len(self.texts[two]) else (two, one)
        near = self.links[self.central[smaller]]
        known = [near.get(text, 0.0) for text in self.texts[larger]]
        return sum(known) / len(known)

    def _medoid(self, group: int) -> int:
        texts = self.texts[group]
        if len(texts) > 64:
            return self.central[group]
        inside = set(texts)
        return min(
            texts,
            key=lambda text: (
                -self.size[text]
                - sum(
                    score * self.size[other]
                    for other, score in self.links[text].items()
                    if other in inside
                ),
                text,
            ),
        )

    def members(self) -> list[list[int]]:
        """The groups, each with its central text first."""
        found = []
        for number, texts in self.texts.items():
            if texts:
                central = self.central[number]
                found.append([central, *sorted(text for text in texts if text != central)])
        return found


def _measured(
    board: Board, matches: Matches, parameters: Parameters, texts: list[int]
) -> tuple[Cluster, list[Member]]:
    """The cluster of some texts, and the members that are too far from its centre."""
    central = matches.texts[texts[0]][0]
    others = [item for text in texts for item in matches.texts[text] if item != central]
    measured = measure(board, matches, parameters, central, others)
    line = parameters.mutual if len(texts) <= _FEW else CENTRAL * parameters.aligned
    own = matches.text_of[central]
    # Items of one text stay together, whatever structure says of each.
    kept = {own} | {matches.text_of[each.item] for each in measured if each.strength >= line}
    near = [each for each in measured if matches.text_of[each.item] in kept]
    far = [each for each in measured if matches.text_of[each.item] not in kept]
    near.sort(key=lambda member: (-member.strength, member.item))
    return Cluster((Member(central, 1.0, None, False), *near)), far


def measure(
    board: Board, matches: Matches, parameters: Parameters, central: int, others: list[int]
) -> list[Member]:
    """Items as members of the cluster around a central item."""
    if not others:
        return []
    first = np.full(len(others), matches.text_of[central])
    second = np.array([matches.text_of[item] for item in others])
    found = of_items(
        [board.items[central]] * len(others),
        [board.items[item] for item in others],
        [board.words[central]] * len(others),
        [board.words[item] for item in others],
        matches.vectors.cosines(first, second),
    )
    members = []
    for at, item in enumerate(others):
        told = signals(board.items[central], board.items[item])
        strength = round(with_structure(float(found.score[at]), told), 3)
        low = strength < parameters.low
        members.append(Member(item, strength, reason(found, at, told), low))
    return members


def _alone(matches: Matches, far: list[Member]) -> list[Cluster]:
    """Clusters of items with exactly the same words."""
    texts: defaultdict[int, list[int]] = defaultdict(list)
    for member in far:
        texts[matches.text_of[member.item]].append(member.item)
    return [
        Cluster(tuple(Member(item, 1.0, None, False) for item in sorted(items)))
        for items in texts.values()
    ]
