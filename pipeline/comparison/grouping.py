"""Sections of several plans as the same part: the frame in which topics are shown.

In: a ``Board`` and its topics.  Out: groups, and the topics with the group each belongs to.

Sections are told apart by what they are for (kind), by the type of body they are addressed to
("Sở Nội vụ" in every province), and by their headings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import Indel

from pipeline.comparison.building import Board, BoardSection
from pipeline.comparison.results import Group, Kind, SectionMember, Span, Topic
from pipeline.comparison.words import Lexicon

HEADING_ALIKE, HEADING_LOW = 0.7, 0.85


@dataclass(slots=True)
class _Draft:
    title: str
    kind: Kind
    agency: str
    members: list[tuple[BoardSection, float]] = field(default_factory=list)


def group(board: Board, topics: Sequence[Topic]) -> tuple[tuple[Group, ...], tuple[Topic, ...]]:
    """Group the sections, and put every topic into the group where most of its items stand.

    Returns:
        Groups in the order in which plans have them, and the topics with ``group`` filled in; a
        topic whose items stand under no heading has the group -1.
    """
    drafts = _drafts(board)
    order = sorted(range(len(drafts)), key=lambda at: _position(board, drafts[at]))
    place = {at: index for index, at in enumerate(order)}
    under = _under(board, drafts)
    filled = []
    for topic in topics:
        votes = Counter(
            place[under[member.item]] for member in topic.members if member.item in under
        )
        best = min(votes, key=lambda each: (-votes[each], each)) if votes else -1
        filled.append(replace(topic, group=best))
    held: defaultdict[int, list[int]] = defaultdict(list)
    for topic in filled:
        held[topic.group].append(topic.index)
    groups = tuple(_group(index, drafts[at], tuple(held[index])) for index, at in enumerate(order))
    return groups, tuple(filled)


def _drafts(board: Board) -> list[_Draft]:
    """Sections gathered: commonest headings first, others join the heading they are like."""
    lexicon = Lexicon()
    codes = [
        lexicon.read(each.heading.title, board.plans[each.plan].own_name).code
        for each in board.sections
    ]
    counts = Counter(
        (each.heading.kind, each.agency or code)
        for each, code in zip(board.sections, codes, strict=True)
    )
    drafts: list[_Draft] = []
    known: dict[tuple[Kind, str], tuple[int, float]] = {}
    choices: defaultdict[Kind, dict[int, str]] = defaultdict(dict)
    ordered = sorted(
        range(len(codes)),
        key=lambda at: (
            -counts[board.sections[at].heading.kind, board.sections[at].agency or codes[at]],
            at,
        ),
    )
    for at in ordered:
        section, code = board.sections[at], codes[at]
        kind = section.heading.kind
        name = (kind, section.agency or code)
        if name not in known:
            best = None
            if not section.agency and code:
                best = process.extractOne(
                    code,
                    choices[kind],
                    scorer=Indel.normalized_similarity,
                    score_cutoff=HEADING_ALIKE,
                )
            if best is not None:
                known[name] = (best[2], float(best[1]))
            else:
                known[name] = (len(drafts), 1.0)
                if not section.agency:
                    choices[kind][len(drafts)] = code
                drafts.append(_Draft(section.heading.title, kind, section.agency))
        number, strength = known[name]
        drafts[number].members.append((section, strength))
    return drafts


def _position(board: Board, draft: _Draft) -> tuple[float, str]:
    """Where plans have it, on average: 0 at the beginning, 1 at the end."""
    shares = [
        section.heading.start / max(1, board.sizes[section.plan]) for section, _ in draft.members
    ]
    return sum(shares) / len(shares), draft.title


def _under(board: Board, drafts: Sequence[_Draft]) -> dict[int, int]:
    """Item → the draft of the innermost section it stands in."""
    sections: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        for section, _ in draft.members:
            heading = section.heading
            sections[section.plan].append((heading.first, -heading.last, number))
    found = {}
    for plan in board.plans:
        waiting = sorted(sections[plan.index], reverse=True)
        open_: list[tuple[int, int]] = []
        for item in plan.items:
            start = board.items[item].span.start
            while waiting and waiting[-1][0] <= start:
                _, last, number = waiting.pop()
                open_.append((-last, number))
            open_ = [each for each in open_ if each[0] > start]
            if open_:
                found[item] = open_[-1][1]
    return found


def _group(index: int, draft: _Draft, topics: tuple[int, ...]) -> Group:
    titles = Counter(section.heading.title for section, _ in draft.members)
    label = draft.agency or min(titles, key=lambda title: (-titles[title], len(title), title))
    members = tuple(
        SectionMember(
            section.plan,
            section.heading.path,
            section.heading.title,
            Span(section.heading.first, section.heading.last, section.heading.page),
            round(strength, 3),
            strength < HEADING_LOW,
        )
        for section, strength in sorted(
            draft.members, key=lambda each: (each[0].plan, each[0].heading.first)
        )
    )
    return Group(index, label, draft.kind, draft.agency or None, members, topics)
