"""Variants of a sample plan with planted changes: next year's plan, or another province's copy.

In: a ``SamplePlan`` and what to plant.  Out: ``Planted``: the variant, and for every paragraph of
it which paragraph of the original it comes from and what was done to it.  The same seed plants
the same changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from pipeline.samples.compose import Composer
from pipeline.samples.markup import Agency, Deadline, Piece, Target
from pipeline.samples.parts import Block, Paragraph
from pipeline.samples.rewriting import rewritten
from pipeline.samples.sample import SamplePlan
from pipeline.samples.vocabulary import rows

Act = Literal["reworded", "deadline", "agency", "target", "moved"]

_LABEL = re.compile(r"(?:Cơ quan|Đơn vị) (?:chủ trì|phối hợp):|(?:Thời gian|Sản phẩm|Kết quả)\b.*:")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\b20\d\d\b")
_DUTY_STYLES = ("item", "bullet", "text")
# Deadlines that are put in the place of another one; none is drawn by ``vocabulary.deadline``.
_OTHER_DEADLINES = (
    Deadline("trước ngày 12 tháng 11 năm {year}", "due", ("../{year}-11-12",)),
    Deadline("chậm nhất ngày 18/10/{year}", "due", ("../{year}-10-18",)),
    Deadline("trước ngày 28 tháng 9 năm {year}", "due", ("../{year}-09-28",)),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A duty of the variant or of the original.

    Attributes:
        words: as printed, without the marker and without labelled lines.
        origin: words of the original's duty, or None where it was added.
        acts: what was done to it.
    """

    words: str
    origin: str | None
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """A variant and its truth.

    Attributes:
        plan: the variant.
        units: its duties in reading order.
        dropped: words of the original's duties that it lacks.
    """

    plan: SamplePlan
    units: tuple[Unit, ...]
    dropped: tuple[str, ...]


@dataclass(slots=True)
class _Part:
    """A paragraph of the body with what became of it; labels follow their duty."""

    block: Block
    origin: str | None
    acts: list[Act] = field(default_factory=list)


def plant(
    plan: SamplePlan,
    seed: int,
    *,
    province: str | None = None,
    years: int = 0,
    reworded: float = 0.0,
    rate: float = 0.0,
    changed: int = 0,
    moved: int = 0,
    dropped: int = 0,
    added: int = 0,
) -> Planted:
    """Make a variant of a plan.

    Args:
        plan: the original; a plan by itself, not a decision.
        seed: any whole number.
        province: put in the place of the original's one.
        years: added to the plan's own years and to its date.
        reworded: share of the duties that are reworded.
        rate: share of the words of each such duty that are replaced, though never more than half of
            those between its marks.
        changed: how many duties get another deadline, another lead agency, another target each.
        moved: how many sections of the second level change their place.
        dropped, added: how many duties are taken out and put in.

    Returns:
        The variant; fewer changes than asked for where the plan has no room for them.
    """
    rng = Random(seed)
    parts = [_Part(block, _words(block)) for block in plan.blocks]
    original = [part.origin for part in parts if part.origin is not None]
    gone = _drop(parts, rng, dropped)
    _move(parts, rng, moved)
    year = plan.options.year
    for act, change in (
        ("deadline", lambda piece: _deadline(piece, rng, year)),
        ("agency", lambda piece: _agency(piece, rng)),
        ("target", lambda piece: _target(piece, rng)),
    ):
        _change(parts, rng, changed, act, change)  # type: ignore[arg-type]
    _add(parts, rng, added, plan.options.topic)
    _reword(parts, rng, reworded, rate)
    if years:
        _shift(parts, plan, years)
    if province is not None:
        _settle(parts, plan, province)
    blocks = _numbered(parts, plan.options.numbering)
    facts = replace(
        plan.facts,
        province=province or plan.facts.province,
        issued_on=_YEAR.sub(lambda m: str(int(m.group()) + years), plan.facts.issued_on),
    )
    variant = replace(plan, seed=seed, facts=facts, blocks=tuple(blocks))
    units = [
        Unit(_words(part.block) or "", part.origin, tuple(dict.fromkeys(part.acts)))
        for part in parts
        if _words(part.block) is not None
    ]
    return Planted(variant, tuple(units), tuple(each for each in original if each in gone))


def duties(plan: SamplePlan) -> list[str]:
    """The words of a plan's duties, in reading order."""
    return [words for block in plan.blocks if (words := _words(block)) is not None]


def _words(block: Block) -> str | None:
    """The words of a duty; None for headings, labelled lines and all that is no body."""
    if not isinstance(block, Paragraph) or not block.path or block.path[0] == "PL":
        return None
    if _LABEL.match(block.words):
        return None
    if block.style in _DUTY_STYLES or (block.style == "heading" and block.level > 2):
        return block.words if len(block.words.split()) > 4 else None
    return None


def _free(parts: Sequence[_Part]) -> list[int]:
    """Places of duties that nothing was done to yet and that stand by themselves."""
    return [
        at
        for at, part in enumerate(parts)
        if part.origin is not None
        and not part.acts
        and isinstance(part.block, Paragraph)
        and part.block.style != "heading"
    ]


def _drop(parts: list[_Part], rng: Random, count: int) -> set[str]:
    gone = set()
    for _ in range(count):
        free = _free(parts)
        if not free:
            break
        at = rng.choice(free)
        words = parts[at].origin
        if words is None or sum(part.origin == words for part in parts) > 1:
            continue
        gone.add(words)
        stop = at + 1
        while stop < len(parts) and _is_label(parts[stop].block):
            stop += 1
        del parts[at:stop]
    return gone


def _is_label(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_LABEL.match(block.words))


def _move(parts: list[_Part], rng: Random, count: int) -> None:
    """Sections of the second level, taken out and put behind another first-level heading."""
    for _ in range(count):
        starts = [
            at
            for at, part in enumerate(parts)
            if isinstance(part.block, Paragraph)
            and part.block.style == "heading"
            and part.block.level == 2
            and part.block.path[0] != "PL"
        ]
        if len(starts) < 3:
            return
        at = rng.choice(starts)
        stop = _section_end(parts, at)
        section = parts[at:stop]
        others = [
            start
            for start in starts
            if _top(parts[start].block) != _top(parts[at].block) and not at <= start < stop
        ]
        if not others:
            return
        target = parts[rng.choice(others)]
        del parts[at:stop]
        place = next(index for index, part in enumerate(parts) if part is target)
        for part in section:
            part.acts.append("moved")
        parts[place:place] = section


def _section_end(parts: Sequence[_Part], at: int) -> int:
    block = parts[at].block
    assert isinstance(block, Paragraph)
    stop = at + 1
    while stop < len(parts):
        other = parts[stop].block
        if not isinstance(other, Paragraph) or not other.path or 0 < other.level <= block.level:
            break
        stop += 1
    return stop


def _top(block: Block) -> str:
    return block.path[0] if isinstance(block, Paragraph) and block.path else ""


def _change(
    parts: list[_Part],
    rng: Random,
    count: int,
    act: Act,
    change: Callable[[Piece], Piece | None],
) -> None:
    """One mark of so many duties, in the duty itself or in one of its labelled lines."""
    free = [
        at
        for at, part in enumerate(parts)
        if part.origin is not None and not set(part.acts) - {"moved"}
    ]
    rng.shuffle(free)
    for at in free:
        if not count:
            return
        places = [at]
        while places[-1] + 1 < len(parts) and _is_label(parts[places[-1] + 1].block):
            places.append(places[-1] + 1)
        for place in places:
            block = parts[place].block
            assert isinstance(block, Paragraph)
            pieces = list(block.runs)
            for number, piece in enumerate(pieces):
                other = change(piece)
                if other is not None:
                    pieces[number] = other
                    parts[place].block = replace(block, runs=tuple(pieces))
                    parts[at].acts.append(act)
                    count -= 1
                    break
            if act in parts[at].acts:
                break


def _deadline(piece: Piece, rng: Random, year: int) -> Piece | None:
    if not isinstance(piece, Deadline) or piece.kind not in ("due", "within"):
        return None
    other = rng.choice(_OTHER_DEADLINES)
    text = other.text.format(year=year)
    if piece.text[:1].isupper():
        text = text[:1].upper() + text[1:]
    values = tuple(value and value.format(year=year) for value in other.values)
    return Deadline(text, other.kind, values)


def _agency(piece: Piece, rng: Random) -> Piece | None:
    if not isinstance(piece, Agency) or "lead" not in piece.roles or piece.type != "named":
        return None
    names = ["Sở Y tế", "Sở Công Thương", "Thanh tra tỉnh", "Sở Tư pháp"]
    return replace(piece, text=rng.choice([name for name in names if name != piece.text]))


def _target(piece: Piece, rng: Random) -> Piece | None:
    number = re.search(r"\d+", piece.text) if isinstance(piece, Target) else None
    if number is None or not isinstance(piece, Target):
        return None
    value = int(number.group())
    other = max(1, value - rng.choice((3, 5, 7)))
    if other == value:
        return None
    text = piece.text[: number.start()] + str(other) + piece.text[number.end() :]
    return replace(piece, text=text, value=float(other))


def _reword(parts: list[_Part], rng: Random, share: float, rate: float) -> None:
    """Replace so many of a duty's words; fewer where there are not so many between its marks."""
    pool = sorted({word for row in rows("aims") for word in _WORD.findall(row["text"])})
    for at in _free(parts):
        if rng.random() >= share:
            continue
        block = parts[at].block
        assert isinstance(block, Paragraph)
        loose = [
            (number, match.start(), match.end())
            for number, piece in enumerate(block.runs)
            if isinstance(piece, str)
            for match in _WORD.finditer(piece)
        ]
        # A sentence that is mostly a citation must still be a rewording of itself.
        wanted = min(round(rate * len(block.words.split())), (len(loose) + 1) // 2)
        if not wanted or not loose:
            continue
        pieces = list(block.runs)
        # From the end, so that the places of the others stay right.
        for number, start, end in sorted(rng.sample(loose, wanted), reverse=True):
            piece = pieces[number]
            assert isinstance(piece, str)
            old = piece[start:end].lower()
            new = rng.choice([word.lower() for word in pool if word.lower() != old])
            pieces[number] = piece[:start] + new + piece[end:]
        parts[at].block = replace(block, runs=tuple(pieces))
        parts[at].acts.append("reworded")


def _add(parts: list[_Part], rng: Random, count: int, topic: str) -> None:
    """Duties of another topic, behind duties of this plan."""
    foreign = [
        row["task"]
        for row in rows("tasks")
        if row["topic"] not in (topic, "*") and "{" not in row["task"]
    ]
    for words in rng.sample(foreign, min(count, len(foreign))):
        free = _free(parts)
        if not free:
            return
        at = rng.choice(free)
        block = parts[at].block
        assert isinstance(block, Paragraph)
        new = replace(block, runs=(f"{words}.",), implied=())
        stop = at + 1
        while stop < len(parts) and _is_label(parts[stop].block):
            stop += 1
        parts.insert(stop, _Part(new, None))


def _shift(parts: list[_Part], plan: SamplePlan, years: int) -> None:
    """The plan's own years move; those of cited documents stay."""
    own = {str(year) for year in range(plan.options.year, plan.options.year + 4)}

    def shifted(text: str) -> str:
        return _YEAR.sub(
            lambda m: str(int(m.group()) + years) if m.group() in own else m.group(), text
        )

    _every(parts, shifted, marks=(Deadline, Target, str))


def _settle(parts: list[_Part], plan: SamplePlan, province: str) -> None:
    """Another province's name in every text."""
    old = plan.options.province

    def moved(text: str) -> str:
        return text.replace(old, province).replace(old.upper(), province.upper())

    _every(parts, moved, marks=(str, Agency, Deadline, Target))


def _every(parts: list[_Part], change: Callable[[str], str], marks: tuple[type, ...]) -> None:
    """Apply a change to all text of all blocks."""
    for part in parts:
        part.block = rewritten(part.block, change, marks)


def _numbered(parts: Sequence[_Part], scheme: str) -> list[Block]:
    """The blocks with markers and paths made anew."""
    compose = Composer(scheme)
    for part in parts:
        block = part.block
        if not isinstance(block, Paragraph) or not block.path or block.path[0] == "PL":
            compose.add(block)
        elif block.level and block.style == "heading":
            compose.heading(block.level, *block.runs)
        elif block.level:
            compose.item(block.level, block.runs)
        else:
            compose.put(block.style, block.runs, implied=block.implied)
        part.block = compose.blocks[-1]
    return compose.blocks
