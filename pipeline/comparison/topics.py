"""Topics and their places: the coverage matrix, who leads what, what only one place has.

In: a ``Board``, its ``Matches`` and clusters.  Out: topics with labels, cells, leads, only-here.

A long item may hold two duties but stands in one cluster.  So a plan that seems to lack a topic is
asked again: where an item of another topic is like the central item, it comes as a guest, and the
cell is not empty.  An empty cell is a statement; it is made only after that.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.comparison.building import Board
from pipeline.comparison.clustering import Cluster, measure
from pipeline.comparison.likeness import charged
from pipeline.comparison.matching import Matches
from pipeline.comparison.results import (
    Cell,
    Kind,
    Lead,
    Member,
    OnlyHere,
    Parameters,
    Role,
    Topic,
)
from pipeline.comparison.words import PLACE

# A label ends at the end of a clause after so many words, at a comma after so many, or at last.
_LABEL_WORDS = (6, 11, 16)
_ENDS = " ,;:.("
_KINDS: tuple[Kind, ...] = (
    "aim", "requirement", "target", "task", "organisation", "funding", "reporting", "other"
)  # fmt: skip
_INCOMPLETE = {"cut-short", "badly-read", "pages-missing", "no-outline"}
_LEADING = ("lead", "assignee", "advise")


def topics(
    board: Board, matches: Matches, clusters: Sequence[Cluster], parameters: Parameters
) -> tuple[Topic, ...]:
    """Clusters as topics, most places first; ``group`` is filled in by ``grouping``."""
    guests = _guests(board, matches, clusters, parameters)
    drafts = []
    for number, cluster in enumerate(clusters):
        members = (*cluster.members, *guests[number])
        central = cluster.members[0].item
        plans = sorted({board.items[member.item].plan for member in members})
        places = len({board.plans[plan].place for plan in plans})
        kinds = Counter(board.items[member.item].kind for member in cluster.members)
        kind = min(kinds, key=lambda each: (-kinds[each], _KINDS.index(each)))
        drafts.append(
            Topic(0, label(board, central), central, kind, -1, members, tuple(plans), places)
        )
    drafts.sort(key=lambda topic: (-topic.places, -len(topic.plans), topic.central))
    return tuple(replace(topic, index=index) for index, topic in enumerate(drafts))


def _guests(
    board: Board, matches: Matches, clusters: Sequence[Cluster], parameters: Parameters
) -> defaultdict[int, list[Member]]:
    """Cluster → items of other clusters that are like its centre, from plans that lack it."""
    centre = {matches.text_of[each.members[0].item]: at for at, each in enumerate(clusters)}
    home = {member.item: at for at, each in enumerate(clusters) for member in each.members}
    plans = [{board.items[member.item].plan for member in each.members} for each in clusters]
    asked: defaultdict[int, list[int]] = defaultdict(list)
    for a, b, score in zip(
        matches.first.tolist(), matches.second.tolist(), matches.score.tolist(), strict=True
    ):
        if score < parameters.aligned:
            continue
        for text, other in ((a, b), (b, a)):
            number = centre.get(text)
            if number is not None:
                asked[number] += matches.texts[other]
    found: defaultdict[int, list[Member]] = defaultdict(list)
    gone: set[int] = set()
    order = sorted(asked, key=lambda number: (-len(clusters[number].members), number))
    for number in order:
        if number in gone:
            continue
        lacking = [
            item
            for item in asked[number]
            if home[item] != number and board.items[item].plan not in plans[number]
        ]
        central = clusters[number].members[0].item
        measured = measure(board, matches, parameters, central, lacking)
        measured.sort(key=lambda member: (-member.strength, member.item))
        for member in measured:
            plan = board.items[member.item].plan
            if member.strength < parameters.aligned or plan in plans[number]:
                continue
            plans[number].add(plan)
            found[number].append(member)
            if len(clusters[home[member.item]].members) == 1:
                # Alone at home and a guest here: nobody is a guest of a guest.
                gone.add(home[member.item])
    return found


def label(board: Board, item: int) -> str:
    """A readable name: the item's first clause, without the name of its place."""
    text, words = board.items[item].text, board.words[item]
    for at in reversed(range(len(words))):
        if words.code[at] == PLACE:
            start, end = words.span(at)
            text = text[:start].rstrip() + text[end:]
    clause, comma, most = _LABEL_WORDS
    for count, match in enumerate(re.finditer(r"\S+", text), 1):
        last = match.group()[-1]
        if (count >= clause and last in ";:.(") or (count >= comma and last == ","):
            return text[: match.end()].rstrip(_ENDS)
        if count == most:
            more = match.end() < len(text.rstrip(_ENDS))
            return text[: match.end()].rstrip(_ENDS) + ("…" if more else "")
    return text.rstrip(_ENDS)


def coverage(board: Board, found: Sequence[Topic]) -> tuple[Cell, ...]:
    """The cells of the matrix that are not empty."""
    cells = []
    for topic in found:
        held: defaultdict[int, list[Member]] = defaultdict(list)
        for member in topic.members:
            held[board.items[member.item].plan].append(member)
        for plan in topic.plans:
            members = sorted(held[plan], key=lambda member: (-member.strength, member.item))
            cells.append(
                Cell(
                    topic.index,
                    plan,
                    members[0].strength,
                    tuple(member.item for member in members),
                    all(member.low for member in members),
                )
            )
    return tuple(cells)


def leads(board: Board, found: Sequence[Topic]) -> tuple[Lead, ...]:
    """Who bears each topic in each plan."""
    rows = []
    for topic in found:
        leading: list[frozenset[str]] = []
        bearing: list[tuple[int, int, Role]] = []
        seen: set[tuple[int, str, str]] = set()
        for member in topic.members:
            item = board.items[member.item]
            bodies = charged(item)
            if bodies:
                leading.append(bodies)
            for role in item.roles:
                known = (item.plan, role.agency, role.role)
                if known not in seen:
                    seen.add(known)
                    bearing.append((item.plan, item.index, role))
        differs = bool(leading) and any(not one & leading[0] for one in leading[1:])
        bearing.sort(key=lambda row: (row[0], row[2].role not in _LEADING, row[1]))
        rows += [Lead(topic.index, plan, item, role, differs) for plan, item, role in bearing]
    return tuple(rows)


def only_here(
    board: Board, matches: Matches, found: Sequence[Topic], parameters: Parameters
) -> tuple[OnlyHere, ...]:
    """Topics that one place has alone; nothing where there is only one place."""
    places = {plan.place for plan in board.plans}
    if len(places) < 2:
        return ()
    best = _nearest(board, matches)
    incomplete = {
        plan.place for plan in board.plans if any(c.code in _INCOMPLETE for c in plan.cautions)
    }
    elsewhere = {member.item for topic in found if topic.places > 1 for member in topic.members}
    rows = []
    for topic in found:
        if topic.places > 1 or any(member.item in elsewhere for member in topic.members):
            continue
        place = board.plans[topic.plans[0]].place
        near = [best[member.item] for member in topic.members if member.item in best]
        likeness, nearest = max(near, default=(0.0, None), key=lambda each: each[0])
        doubts: list[str] = []
        if likeness >= parameters.near:
            doubts.append("near")
        if incomplete - {place}:
            doubts.append("incomplete")
        rows.append(
            OnlyHere(topic.index, place, nearest, round(likeness, 3), tuple(doubts), not doubts)  # type: ignore[arg-type]
        )
    return tuple(sorted(rows, key=lambda row: (row.place, row.topic)))


def _nearest(board: Board, matches: Matches) -> dict[int, tuple[float, int]]:
    """Item → likeness and number of the most similar item of another place."""
    places = [board.plans[item.plan].place for item in board.items]
    best: dict[int, tuple[float, int]] = {}
    for a, b, score in zip(
        matches.first.tolist(), matches.second.tolist(), matches.score.tolist(), strict=True
    ):
        for one, other in ((a, b), (b, a)):
            for item in matches.texts[one]:
                if best.get(item, (0.0, 0))[0] >= score:
                    continue
                foreign = next(
                    (each for each in matches.texts[other] if places[each] != places[item]), None
                )
                if foreign is not None:
                    best[item] = (score, foreign)
    return best
