"""Shares as goals: percentages with their comparator, what they are of, and those that tell.

In: clean text with citations masked.  Out: ``Goal`` objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.record import Comparator
from pipeline.entities import target_patterns as patterns
from pipeline.entities import target_units as units
from pipeline.entities.target_values import (
    Goal,
    comparator_of,
    number,
    told,
    upward,
    window,
)


def percents(text: str, start: int, end: int, aims: tuple[tuple[int, int], ...]) -> Iterator[Goal]:
    """Percentages that are goals.

    Args:
        text: clean text, citations masked.
        start: where to begin.
        end: where to stop, exclusive.
        aims: stretches under a heading of goals, where "chiếm 10%" is one, too.
    """
    for m in patterns.PERCENT.finditer(text, start, end):
        before = text[max(start, m.start() - 150) : m.start()]
        aimed = any(a <= m.start() < b for a, b in aims)
        if _no_share(text, m, before, aimed=aimed):
            continue
        begin = m.start()
        comparator: Comparator = "="
        cmp = re.search(rf"(?i)(?<!\w)({patterns.COMPARING})\s*$", before)
        if cmp:
            begin -= len(before) - cmp.start()
            comparator = comparator_of(cmp.group(1))
        if m.group("up"):
            comparator = upward(m)
        if m.group("sign"):
            comparator = ">=" if m.group("sign")[0] in ">≥" else "<="
        if m.group("max"):
            comparator = ">="
        line = patterns.CLAUSE.split(before)[-1]
        lead = patterns.LEAD.search(line)
        share = patterns.SHARE_OF.search(line)
        subject = None
        stop = m.end()
        if lead and (
            cmp or m.group("up") or re.match(r"(?i)hỗ trợ|kéo giảm|giảm|tăng", lead.group())
        ):
            begin = m.start() - (len(line) - lead.start())
        if share and not m.group("max"):  # "tỷ lệ hộ nghèo là 4%": named before, nothing behind
            yield Goal(
                m.start() - len(line) + share.start(), stop, number(m.group("value")), None, "%",
                comparator, subject_of(patterns.SHARE_BOUND.sub("", share.group("of"))),
            )  # fmt: skip
            continue
        per, stop = units.period_behind(text, stop)
        if per and (up := patterns.UP.match(text, stop)):  # "2%/năm trở lên"
            stop, comparator = up.end(), upward(up)
        elif not m.group("up"):
            tail = stop
            stop += len(_tail(window(text, stop, min(end, stop + 140))))
            subject = text[tail:stop]
            ups = patterns.UP_AT_END.search(subject)
            if ups and not re.search(r"\d", subject):  # "số người từ 14 tuổi trở lên" has its own
                comparator, subject = upward(ups), subject[: ups.start()]
            subject = subject_of(subject)
        most = number(m.group("max")) if m.group("max") else None
        value = number(m.group("value"))
        yield Goal(begin, stop, value, most, "%", comparator, subject, per=per)


def _no_share(text: str, m: re.Match[str], before: str, *, aimed: bool) -> bool:
    """A share that describes, conditions or marks: no goal."""
    return bool(
        patterns.CONDITION.search(before[-60:])
        or patterns.RATE.search(before[-40:])
        or (patterns.BELOW.search(before[-90:]) and patterns.MUST.match(text, m.end()))
        or (patterns.LACKING.search(before) and patterns.LACKS.match(text, m.end()))
        or before.endswith(("(-", "(", "+"))
        or told(before, 0, len(before), aimed=aimed)
        or re.search(r"(?i)ví dụ[^.;]*$", before)
        or re.match(r"\s*số (?:câu hỏi|điểm|phiếu)", text[m.end() : m.end() + 14])
        or patterns.LONE_SHARE.match(text, text.rfind("\n", 0, m.start()) + 1)
        or patterns.BASELINE.search(before)
        or patterns.RISES.match(text, m.end())
        or patterns.BEFORE_GOAL.match(text, m.end())
    )


def _tail(after: str) -> str:
    """The words behind a share that still belong to it: up to a stop or the next share."""
    if after.startswith(","):
        return ""
    shares = after.startswith(" là ")  # "50% là nam và 50% là nữ" is one goal
    cut = (patterns.TAIL_STOP if shares else patterns.OTHER_SHARE).search(after)
    tail = after[: cut.start() if cut else len(after)]
    if not shares and (other := patterns.SHARE.search(tail)):
        stops = [m.start() for m in re.finditer(r",|\svà\s", tail[: other.start()])]
        tail = tail[: stops[-1]] if stops else ""
    return tail.rstrip(" ,")


def subject_of(tail: str) -> str | None:
    """What a share is of; "so với năm trước" and "trên cả ba tiêu chí" say something else."""
    words = " ".join(tail.split())
    return None if not words or patterns.NO_SUBJECT.match(words) else words
