"""What changed from one year's plan to the next: two plans of one issuer, item by item.

In: a ``Board``, its ``Matches``.  Out: ``YearOnYear`` values, one per pair of successive plans.

Each old item is paired with at most one new one, the surest pairs first.  Then words and facts are
compared apart: a deadline can change inside a labelled line while the duty keeps its words.  Dates
that moved with the plan's year ("trước ngày 30/6" of either year) are no change.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import product
from typing import TypeVar

import numpy as np
from rapidfuzz.distance import Indel

from pipeline import gazetteers
from pipeline.comparison.building import Board
from pipeline.comparison.likeness import reason, signals, with_structure, wording
from pipeline.comparison.matching import Matches
from pipeline.comparison.results import (
    Change,
    ChangeKind,
    Due,
    Edit,
    Fact,
    FactChange,
    Figure,
    Item,
    Parameters,
    PlanFacts,
    Reason,
    Role,
    Span,
    YearOnYear,
)
from pipeline.comparison.words import Words, fold
from pipeline.language.keys import folded

# Plans of one issuer are on one subject where so many items of the shorter one have a partner, or
# where their titles are so alike and some items are.
SAME_SUBJECT, SAME_TITLE, SOME_ITEMS = 0.4, 0.75, 0.15
# In a pair of plans on one subject, less wording is needed to know an item again.
PAIRED, SAME_HEADING = 0.42, 0.6
LEAST_COSINE = 0.05
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_T = TypeVar("_T")
Links = defaultdict[int, set[int]]
_Pair = tuple[int, int, float, Reason]


def years(
    board: Board, matches: Matches, parameters: Parameters, asked: bool = False
) -> tuple[YearOnYear, ...]:
    """Successive plans of one issuer on one subject, compared.

    Args:
        board, matches: what is compared.
        parameters: the line for "look at it".
        asked: the two plans on the board are to be compared whatever they are.
    """
    if asked and len(board.plans) == 2:
        return (_compare(board, matches, parameters, 0, 1, "asked"),)
    by_issuer: defaultdict[str, list[PlanFacts]] = defaultdict(list)
    for plan in board.plans:
        if plan.issuer_key and plan.year is not None:
            by_issuer[plan.issuer_key].append(plan)
    links = _links(matches, parameters.aligned)
    found = []
    for plans in by_issuer.values():
        for new in plans:
            for place in sorted({plan.place for plan in plans}):
                why = "same-issuer" if place == new.place else "successor"
                if why == "successor" and not _merged_before(place, new):
                    continue
                near = [plan for plan in plans if plan.place == place]
                old = _predecessor(links, matches, near, new)
                if old is not None:
                    found.append(_compare(board, matches, parameters, old.index, new.index, why))
    return tuple(sorted(found, key=lambda each: (each.new, each.old)))


def _merged_before(place: str, new: PlanFacts) -> bool:
    """The old province had already become part of the new plan's one when that was issued."""
    if new.earliest is None:
        return False
    ended = [row.valid_to for row in gazetteers.provinces() if row.name == place and row.valid_to]
    return bool(ended) and max(ended) < new.earliest


def _predecessor(
    links: Links, matches: Matches, plans: Sequence[PlanFacts], new: PlanFacts
) -> PlanFacts | None:
    """The latest earlier plan on the same subject, or None."""
    earlier = [plan for plan in plans if (plan.year or 0) < (new.year or 0)]
    for year in sorted({plan.year or 0 for plan in earlier}, reverse=True):
        rated = []
        for plan in earlier:
            if plan.year == year:
                shared = _shared(links, matches, plan, new)
                title = _title_alike(plan, new)
                if shared >= SAME_SUBJECT or (title >= SAME_TITLE and shared >= SOME_ITEMS):
                    rated.append((shared + title, plan))
        if rated:
            return max(rated, key=lambda each: (each[0], -each[1].index))[1]
    return None


def _shared(links: Links, matches: Matches, old: PlanFacts, new: PlanFacts) -> float:
    """Share of the items of the shorter plan that are like one of the other plan."""
    shorter, longer = sorted((old, new), key=lambda plan: len(plan.items))
    if not shorter.items:
        return 0.0
    there = {matches.text_of[item] for item in longer.items}
    alike = sum(
        text in there or not links[text].isdisjoint(there)
        for text in (matches.text_of[item] for item in shorter.items)
    )
    return alike / len(shorter.items)


def _links(matches: Matches, line: float) -> Links:
    """Text → the texts that are like it."""
    links: Links = defaultdict(set)
    for at in np.flatnonzero(matches.score >= line).tolist():
        a, b = int(matches.first[at]), int(matches.second[at])
        links[a].add(b)
        links[b].add(a)
    return links


def _title_alike(old: PlanFacts, new: PlanFacts) -> float:
    """Likeness of the titles without years and places."""
    out = []
    for plan in (old, new):
        title = _YEAR.sub(" ", folded(plan.title or "")).replace(folded(plan.place), " ")
        out.append(title.split())
    return float(Indel.normalized_similarity(*out)) if all(out) else 0.0


def pair(board: Board, matches: Matches, old: Sequence[int], new: Sequence[int]) -> list[_Pair]:
    """Old and new items that are the same, each at most once.

    Args:
        board, matches: where the items come from.
        old, new: their numbers.

    Returns:
        (old, new, likeness, reason), in the order of the new items.
    """
    if not old or not new:
        return []
    texts = matches.text_of
    both = list(product(old, new))
    cosines = matches.vectors.cosines(
        np.array([texts[a] for a, _ in both]), np.array([texts[b] for _, b in both])
    )
    # Most pairs have no telling word in common, and their wording need not be looked at.
    near = np.flatnonzero(cosines >= LEAST_COSINE)
    both, cosines = [both[at] for at in near.tolist()], cosines[near]
    # With all words: of one issuer's duties, the documents they name tell them apart.
    found = wording(
        [board.words[a].code for a, _ in both], [board.words[b].code for _, b in both], cosines
    )
    rated = []
    for at in np.flatnonzero(found.score >= PAIRED - 0.1).tolist():
        a, b = both[at]
        told = signals(board.items[a], board.items[b])
        score = with_structure(float(found.score[at]), told)
        if score >= PAIRED:
            # Of equals, those that stand at the same place of their plans.
            apart = abs((a - old[0]) / len(old) - (b - new[0]) / len(new))
            rated.append((-round(score, 3), apart, a, b, at, told))
    pairs, taken_a, taken_b = [], set(), set()
    for score, _, a, b, at, told in sorted(rated):
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            pairs.append((a, b, -score, reason(found, at, told)))
    return sorted(pairs, key=lambda each: each[1])


def _compare(
    board: Board, matches: Matches, parameters: Parameters, old: int, new: int, why: str
) -> YearOnYear:
    before, after = board.plans[old], board.plans[new]
    step = (after.year or 0) - (before.year or 0) if before.year and after.year else 0
    pairs = pair(board, matches, before.items, after.items)
    moved = _moved(board, pairs)
    changes = {
        b: _change(board, parameters, each, moved, step) for each in pairs for b in [each[1]]
    }
    for b in after.items:
        if b not in changes:
            changes[b] = Change("added", (), None, b, 0.0, None, False)
    ordered = [changes[b] for b in after.items]
    partner = {a: b for a, b, _, _ in pairs}
    last = -1
    for a in before.items:
        if a in partner:
            last = next(at for at, change in enumerate(ordered) if change.old == a)
        else:
            last += 1
            ordered.insert(last, Change("dropped", (), a, None, 0.0, None, False))
    counts: Counter[str] = Counter(change.kind for change in ordered)
    counts.update(fact for change in ordered for fact in change.facts)
    return YearOnYear(old, new, why, tuple(ordered), dict(sorted(counts.items())))


def _moved(board: Board, pairs: Sequence[_Pair]) -> set[int]:
    """New items that stand elsewhere than they did: out of order, or under another heading.

    What was put in before an item moves nothing; a whole section that changed its place moves the
    smaller side of the crossing.
    """
    kept = _longest_rising([a for a, _, _, _ in pairs])
    moved = {b for at, (_, b, _, _) in enumerate(pairs) if at not in kept}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for a, b, _, _ in pairs:
        votes[_heading(board.items[a])][_heading(board.items[b])] += 1
    for a, b, _, _ in pairs:
        old, new = _heading(board.items[a]), _heading(board.items[b])
        usual = max(votes[old].values())
        alike = Indel.normalized_similarity(old.split(), new.split())
        if alike < SAME_HEADING and (votes[old][new] < usual or votes[old][new] == 1):
            moved.add(b)
    return moved


def _heading(item: Item) -> str:
    return " ".join(fold(word) for word in " / ".join(item.headings[-1:]).split())


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Places of a longest rising subsequence."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        slot = bisect_left(tails, number)
        before.append(places[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(number)
            places.append(at)
        else:
            tails[slot] = number
            places[slot] = at
    kept = set()
    at = places[-1] if places else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def _change(
    board: Board, parameters: Parameters, found: _Pair, moved: set[int], step: int
) -> Change:
    a, b, score, why = found
    old, new = board.items[a], board.items[b]
    edits = differing(board.words[a], board.words[b])
    year_only = bool(edits) and _only_years(old, new, edits, step)
    changed = [
        *_facts("deadline", old.dues, new.dues, _due_key, step),
        *_facts("agency", old.roles, new.roles, _role_key, 0),
        *_facts("target", old.figures, new.figures, _figure_key, 0),
        *_cited(board, old, new, step),
    ]
    facts: list[Fact] = []
    if edits and not year_only:
        facts.append("wording")
    facts += dict.fromkeys(change.fact for change in changed)
    kind: ChangeKind = "reworded" if facts else "same"
    if b in moved:
        kind = kind if facts else "moved"
        facts.append("place")
    likeness = round(
        float(Indel.normalized_similarity(board.words[a].code, board.words[b].code)), 3
    )
    low = score < parameters.low
    return Change(kind, tuple(facts), a, b, likeness, why, low, edits, tuple(changed), year_only)


def differing(old: Words, new: Words) -> tuple[Edit, ...]:
    """The words that differ, neighbours joined."""
    edits: list[Edit] = []
    border = (-1, -1)
    for code in Indel.opcodes(old.code, new.code):
        if code.tag == "equal":
            continue
        left = _stretch(old, code.src_start, code.src_end)
        right = _stretch(new, code.dest_start, code.dest_end)
        if (code.src_start, code.dest_start) == border:
            last = edits[-1]
            edits[-1] = Edit(
                last.old_start if last.old_end > last.old_start else left[0],
                left[1] if code.src_end > code.src_start else last.old_end,
                last.new_start if last.new_end > last.new_start else right[0],
                right[1] if code.dest_end > code.dest_start else last.new_end,
            )
        else:
            edits.append(Edit(*left, *right))
        border = (code.src_end, code.dest_end)
    return tuple(edits)


def _stretch(words: Words, start: int, end: int) -> tuple[int, int]:
    """Offsets of a run of words; of an empty run the end of the word before it."""
    if start < end:
        return words.span(start, end - 1)
    place = words.span(start - 1)[1] if start else 0
    return place, place


def _only_years(old: Item, new: Item, edits: Sequence[Edit], step: int) -> bool:
    """Every edit turns a year into the one that the plan moved to."""
    if not step:
        return False
    for edit in edits:
        before = old.text[edit.old_start : edit.old_end]
        if _shifted(before, step) != new.text[edit.new_start : edit.new_end] or not _YEAR.search(
            before
        ):
            return False
    return True


def _shifted(text: str, step: int) -> str:
    return _YEAR.sub(lambda match: str(int(match.group()) + step), text)


def _facts(
    fact: Fact,
    old: Sequence[_T],
    new: Sequence[_T],
    key: Callable[[_T, int], Hashable],
    step: int,
) -> Iterable[FactChange]:
    """Facts that are not in both; what is left of either side is paired in text order."""
    gone, come = list(old), list(new)
    for shift in dict.fromkeys((step, 0)):
        for value in list(gone):
            match = next((each for each in come if key(each, 0) == key(value, shift)), None)
            if match is not None:
                gone.remove(value)
                come.remove(match)
    for at in range(max(len(gone), len(come))):
        before = gone[at] if at < len(gone) else None
        after = come[at] if at < len(come) else None
        yield FactChange(fact, _text(before), _text(after), _span(before), _span(after))


def _text(value: object) -> str | None:
    return str(value.text) if isinstance(value, Role | Due | Figure) else None


def _span(value: object) -> Span | None:
    return value.span if isinstance(value, Role | Due | Figure) else None


def _due_key(due: Due, step: int) -> Hashable:
    words = " ".join(map(fold, due.text.split())) if due.value is None else ""
    return due.kind, _shifted(due.value or "", step), _shifted(words, step)


def _role_key(role: Role, step: int) -> Hashable:
    return folded(role.today), role.role


def _figure_key(figure: Figure, step: int) -> Hashable:
    return figure.value, figure.value_max, figure.comparator, folded(figure.unit or "")


def _cited(board: Board, old: Item, new: Item, step: int) -> Iterable[FactChange]:
    """Documents that are cited on one side only."""
    gone = [number for number in old.cites if number not in new.cites]
    come = [number for number in new.cites if number not in old.cites]
    for at in range(max(len(gone), len(come))):
        before = _mention(board, old, gone[at]) if at < len(gone) else (None, None)
        after = _mention(board, new, come[at]) if at < len(come) else (None, None)
        yield FactChange("reference", before[0], after[0], before[1], after[1])


def _mention(board: Board, item: Item, number: int) -> tuple[str | None, Span | None]:
    for citation in board.documents[number].citations:
        if citation.item == item.index:
            return citation.text, citation.span
    return None, None
