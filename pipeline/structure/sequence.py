"""The best coherent sequence of markers: a beam search over all ways to take or leave each.

In: candidates in text order.  Out: those that open sections, each with its depth and with the
evidence for the step that took it.  A step is worth most where it goes on with an open series or
starts one; a skipped number costs points instead of the rest of the outline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.markers import RANKS, Candidate

BEAM = 16


@dataclass(slots=True)
class _Path:
    """A hypothesis: the open levels (kind, value, style, prefix, depth) and what led to them."""

    score: float
    stack: tuple[tuple[str, float, str, tuple[int, ...]], ...]
    last: tuple[Candidate, int, float] | None
    before: _Path | None


def _step(path: _Path, c: Candidate) -> list[tuple[float, int]]:
    """All ways to take a candidate after a path: (score, depth at which it stands)."""
    ways: list[tuple[float, int]] = []
    stack = path.stack
    for depth in range(len(stack) - 1, -1, -1):
        kind, value, style, prefix = stack[depth]
        if kind != c.kind or (kind == "decimal" and len(prefix) != len(c.prefix)):
            continue
        gap = c.value - value
        if kind == "decimal" and prefix != c.prefix:
            score = -3.0
        elif gap == 1 or (kind == "point" and 0 < gap < 1):
            score = 2.5
        elif kind == "point" and value == 4 and c.value == 6:  # d → e: Latin order, or đ lost
            score = 2.0
        elif gap == 0:
            score = -1.0 if kind != "point" else -0.5
        elif 1 < gap <= 2:
            score = -0.5
        elif 2 < gap <= 3:
            score = -2.0
        elif gap > 3:
            score = -5.0
        elif c.value == 1:
            score = -2.5
        else:
            score = -6.0
        if style != c.style:
            score -= 1.0
        ways.append((score - 0.1 * (len(stack) - 1 - depth), depth))
    parent = stack[-1] if stack else None
    ways.append((_opening(stack, parent, c), len(stack)))
    # A new series may also open under any ancestor whose own level is already left.
    for depth in range(len(stack) - 1, 0, -1):
        if RANKS[stack[depth][0]] >= RANKS[c.kind] and stack[depth][0] != c.kind:
            ways.append((_opening(stack[:depth], stack[depth - 1], c) - 0.5, depth))
    return ways


def _opening(
    stack: tuple[tuple[str, float, str, tuple[int, ...]], ...],
    parent: tuple[str, float, str, tuple[int, ...]] | None,
    c: Candidate,
) -> float:
    """Evidence for a candidate that opens a series under ``parent``."""
    first = c.value == 1
    score = 1.0 if first else -2.0 if c.value <= 2 else -3.5 - 0.2 * c.value
    if parent is not None:
        if RANKS[parent[0]] > RANKS[c.kind] or (parent[0] == c.kind and c.kind != "decimal"):
            score -= 5.0
        if any(level[0] == c.kind and c.kind != "decimal" for level in stack):
            score -= 4.0
    if c.kind == "decimal":
        if parent is None:
            score -= 1.5
        elif parent[0] in ("arabic", "roman") and len(c.prefix) == 1:
            matches = parent[1] == c.prefix[0]
            score += 1.5 if matches and parent[0] == "arabic" else 0.8 if matches else -3.0
        elif parent[0] == "decimal":
            deeper = len(c.prefix) == len(parent[3]) + 1 and c.prefix == (
                *parent[3],
                int(parent[1]),
            )
            score += 1.5 if deeper else -4.0
        else:
            score -= 1.5
    if c.kind == "subproject" and parent is not None and parent[0] == "project":
        score += 1.0
    if c.kind == "point" and (parent is None or parent[0] in ("part", "chapter")):
        score -= 1.5
    return score


def best(candidates: Sequence[Candidate]) -> list[tuple[Candidate, int, float]]:
    """The accepted candidates with their depth and confidence, in order."""
    paths = [_Path(0.0, (), None, None)]
    for candidate in candidates:
        grown: dict[tuple[object, ...], _Path] = {path.stack: path for path in paths}
        for path in paths:
            for step, depth in _step(path, candidate):
                gain = candidate.local + step
                if gain < -4.0:
                    continue
                level = (candidate.kind, candidate.value, candidate.style, candidate.prefix)
                stack = (*path.stack[:depth], level)
                score = path.score + gain
                known = grown.get(stack)
                if known is None or known.score < score:
                    grown[stack] = _Path(score, stack, (candidate, depth, gain), path)
        paths = sorted(grown.values(), key=lambda p: p.score, reverse=True)[:BEAM]
    best: _Path | None = paths[0]
    accepted = []
    while best is not None:
        if best.last is not None:
            accepted.append(best.last)
        best = best.before
    accepted.reverse()
    return accepted
