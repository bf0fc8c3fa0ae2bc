"""Quantified goals (chỉ tiêu): percentages, counts and ranks with comparator, unit and subject.

In: clean text with citations masked.  Out: ``Goal`` objects.  A number is a goal when something
makes it one: a percent sign, "tối thiểu", "ít nhất", "đạt", "trong nhóm … dẫn đầu", a verb of
delivery; ages, shares of conditions, article numbers and amounts of a rule are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from models.record import Comparator
from pipeline.entities import target_patterns as patterns
from pipeline.entities import target_tables as tables
from pipeline.entities import target_units as units
from pipeline.entities.stretches import Taken, cover
from pipeline.entities.target_places import near
from pipeline.entities.target_shares import percents
from pipeline.entities.target_values import (
    Goal,
    comparator_of,
    number,
    told,
    unit_of,
    upward,
    window,
)

__all__ = ["Goal", "find", "number"]

DELIVERY = (patterns.DELIVERED, patterns.ENROLLED, patterns.POSTS, patterns.CHOSEN)
_LISTED = 12  # counts that one verb may be followed by
_MOST = 1e15  # what has more digits is no count, and no float holds it


def find(
    text: str,
    *,
    masked: Iterable[tuple[int, int]] = (),
    aims: Iterable[tuple[int, int]] = (),
    span: tuple[int, int] | None = None,
) -> list[Goal]:
    """Goals of a text, in order, without overlaps.

    Args:
        text: clean text.
        masked: spans in which nothing is looked for.
        aims: spans under a heading that announces goals.
        span: only inside this stretch.
    """
    covered = cover(text, masked)
    start, end = span or (0, len(text))
    found: list[Goal] = []
    taken = Taken()

    def add(goals: Iterable[Goal]) -> None:
        for goal in goals:
            exact = all(abs(each) < _MOST for each in (goal.value, goal.value_max or 0))
            if exact and taken.free(goal.start, goal.end):
                taken.take(goal.start, goal.end)
                found.append(goal)

    rules = (
        tables.find, _ranks, _times, _multiples, _counts, _each, _signed, _delivered, _totals,
        _quantities,
    )  # fmt: skip
    for rule in rules:
        add(rule(covered, start, end))
    aims = tuple(aims)
    add(percents(covered, start, end, aims))
    add(_points(covered, start, end))
    add(_criteria(covered, start, end))
    add(_limits(covered, start, end))
    for a, b in aims:
        add(_limits(covered, a, b, aimed=True))
        add(_delivered(covered, a, b, (patterns.YIELD, patterns.AIMED)))
        add(_quantities(covered, a, b, alone=True))
    for goal in tuple(found):
        add(_goes_on(covered, goal, end))
    found = [
        goal if goal.per else replace(goal, per=units.period_around(covered, goal.start, goal.end))
        for goal in found
    ]
    return sorted(found, key=lambda goal: goal.start)


def _around(
    text: str,
    words: tuple[str, ...],
    grammar: tuple[re.Pattern[str], ...],
    start: int,
    end: int,
) -> Iterator[re.Match[str]]:
    """Matches of patterns that hold one of some words: most texts hold none and cost nothing."""
    for a, b in near(text, words, before=90, after=160, span=(start, end)):
        for pattern in grammar:
            yield from pattern.finditer(text, a, b)


def _ranks(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in _around(text, ("nhóm", "top", "tốp", "Top", "TOP"), (patterns.RANK,), start, end):
        unit = re.match(
            rf"\s+({patterns.RANKED}(?:, thành phố)?)(?!\w)", m.group("rest") or "", re.I
        )
        named = unit.group(1) if unit else None
        most = number(m.group("max")) if m.group("max") else None
        yield Goal(m.start(), m.end(), float(m.group("value")), most, named, "in", None)
    for m in patterns.PLACE.finditer(text, start, end):
        value = float(m.group("value"))
        yield Goal(m.start("when"), m.end("when"), value, None, None, "in", None, 0.7)


def _times(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in _around(text, ("lần",), (patterns.TIMES, patterns.ONCE_IN), start, end):
        comparator: Comparator = ">=" if m.group("cmp") else "="
        value, per = number(m.group("value")), units.period_named(m.group())
        yield Goal(m.start(), m.end(), value, None, "lần", comparator, None, per=per)
    for m in _around(text, ("lần",), (patterns.TIMES_IN,), start, end):
        which = "" if m.group("when") else "2"
        a, b = m.span(f"when{which}")
        value, per = number(m.group(f"value{which}")), units.period_named(m.group())
        yield Goal(a, b, value, None, "lần", ">=", None, per=per)


def _multiples(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "tăng gấp 1,5 lần", "gấp đôi": how many times what it was."""
    for m in _around(text, ("lần", "gấp"), (patterns.MULTIPLE,), start, end):
        if told(text, start, m.start()):
            continue
        by = m.group("by") is not None
        begin = m.start("by") if by else m.start()
        printed = m.group("value2") or m.group("value")
        last = m.group("max2") or m.group("max")
        comparator = comparator_of(m.group("cmp3") or m.group("cmp2") or m.group("cmp"))
        value, most = number(printed) if printed else 2.0, number(last) if last else None
        yield Goal(begin, m.end(), value, most, "lần", ">=" if most else comparator, None, 0.7)


def _counts(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "tối thiểu 12 tin/bài trong năm"; thresholds of who qualifies are no goals."""
    for m in patterns.COUNT.finditer(text, start, end):
        if text[m.end() : m.end() + 1] == "%" or patterns.NO_LIMIT_UNIT.match(
            text, m.start("unit")
        ):
            continue
        if patterns.ELIGIBLE.search(text, max(start, m.start() - 120), m.start()):
            continue
        most = number(m.group("max")) if m.group("max") else None
        comparator = comparator_of(m.group("cmp"))
        value = number(m.group("value"))
        unit, stop, per = unit_of(text, m, within=True)
        if not per:
            per, stop = units.period_after_words(text, stop)
        if up := patterns.UP.match(text, stop):
            stop, comparator = up.end(), upward(up)
        yield Goal(m.start(), stop, value, most, unit, comparator, None, 0.8, per)


def _each(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "mỗi khóa từ 60 đến 70 đồng chí": so many for each of what is held."""
    for m in patterns.EACH.finditer(text, start, end):
        unit, stop, per = unit_of(text, m)
        if not told(text, start, m.start()) and not patterns.NO_COUNT_UNIT.match(unit):
            most = number(m.group("max")) if m.group("max") else None
            value, comparator = number(m.group("value")), comparator_of(m.group("cmp"))
            if up := patterns.UP.match(text, stop):
                stop, comparator = up.end(), upward(up)
            yield Goal(m.start(), stop, value, most, unit, comparator, None, 0.7, per)


def _signed(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "< 100/100.000 dân", "≤ 80 trường hợp": a sign makes the figure a goal."""
    for m in _around(text, ("00 ",), (patterns.PER_HEAD,), start, end):
        if not told(text, start, m.start()):
            stop = units.word_end(text, m.start("unit"), m.end())
            unit = " ".join(text[m.start("unit") : stop].split())
            value, limit = number(m.group("value")), comparator_of(m.group("cmp"))
            yield Goal(m.start(), stop, value, None, unit, limit, None)
    for m in patterns.SIGNED.finditer(text, start, end):
        comparator: Comparator = ">=" if m.group("sign")[0] in ">≥" else "<="
        unit = " ".join((m.group("per") or m.group("unit")).split())
        if not re.match(r"(?i)tuổi|tháng|năm|ngày", unit):
            yield Goal(m.start(), m.end(), number(m.group("value")), None, unit, comparator, None)


def _limits(text: str, start: int, end: int, *, aimed: bool = False) -> Iterator[Goal]:
    """ "tối đa 30 phút/lượt": limits of time and measure, which elsewhere are rules."""
    words = ("phút", "giờ", "ngày", "g/m", "bps", "ms")
    for m in _around(text, words if aimed else ("phút",), (patterns.LIMIT,), start, end):
        waits = patterns.WAITING.search(text, max(start, m.start() - 90), m.start())
        if (aimed or waits) and not told(text, start, m.start()):
            unit, stop, per = unit_of(text, m)
            most = number(m.group("max")) if m.group("max") else None
            value, comparator = number(m.group("value")), comparator_of(m.group("cmp"))
            yield Goal(m.start(), stop, value, most, unit, comparator, None, 0.7, per)


def _points(text: str, start: int, end: int) -> Iterator[Goal]:
    """Marks, ranks gained and criteria met; what passes an examination is none."""
    for m in patterns.POINTS.finditer(text, start, end):
        before = text[max(start, m.start() - 120) : m.start()]
        if patterns.EXAM.search(before) or told(text, start, m.start()):
            continue
        most = number(m.group("max")) if m.group("max") else None
        comparator: Comparator = ">=" if m.group("up") or most else comparator_of(m.group("cmp"))
        value = number(m.group("value"))
        yield Goal(m.start(), m.end(), value, most, m.group("unit"), comparator, None, 0.7)


def _delivered(
    text: str,
    start: int,
    end: int,
    verbs: tuple[re.Pattern[str], ...] = DELIVERY,
) -> Iterator[Goal]:
    """Counts of what the plan delivers; statistics of the past are none."""
    for pattern in verbs:
        for m in pattern.finditer(text, start, end):
            known = told(text, start, m.start()) or patterns.NAME.search(
                text, max(start, m.start() - 15), m.start()
            )
            if not known and (goal := _counted(text, m, end)):
                yield goal


def _counted(text: str, m: re.Match[str], end: int) -> Goal | None:
    """The goal of a match with ``value`` and ``unit``; ``None`` for what is no countable thing."""
    unit, after, per = unit_of(text, m)
    if m.re is not patterns.YIELD and patterns.NO_COUNT_UNIT.match(unit):
        return None
    if patterns.TOLD.match(text, after) or patterns.OBLIGED.match(text, after):
        return None
    groups = m.groupdict()
    most = number(groups["max"]) if groups.get("max") else None
    comparator = ">=" if most else comparator_of(groups.get("cmp"))
    if up := patterns.UP.match(text, after):
        comparator, after = upward(up), up.end()
    tail = window(text, after, min(end, after + 60))
    cut = patterns.TAIL_OF_COUNT.search(tail)
    stop = after + len(tail[: cut.start() if cut else len(tail)].rstrip(" ,"))
    begin = m.start("cmp") if groups.get("cmp") else m.start("value")
    return Goal(begin, stop, number(m.group("value")), most, unit, comparator, None, 0.65, per)


def _goes_on(text: str, goal: Goal, end: int) -> Iterator[Goal]:
    """ "400 hộ với 1.000 lượt người", "130 trường (trong đó 46 trường mầm non; 53 trường …)"."""
    if not goal.unit or goal.unit == "%" or goal.comparator == "in":
        return
    at = goal.end
    for _ in range(_LISTED):
        m = next((m for p in patterns.NEXT if (m := p.match(text, at, end))), None)
        if not m or not (also := _counted(text, m, end)):
            break
        yield also
        at = also.end
    if m := patterns.ITS_SHARE.match(text, goal.end, end):
        comparator = comparator_of(m.group("cmp"))
        value = number(m.group("value"))
        yield Goal(m.start("words"), m.end(), value, None, "%", comparator, None, 0.7)
    thing = goal.unit.split()[0].rstrip(",")
    if parts := patterns.PARTS.match(text, goal.end, end):
        part = re.compile(
            rf"(?<![\w./])(?P<value>{patterns.N})\s+"
            rf"(?P<unit>{re.escape(thing)}(?:[ ][^\W\d_]+)?)(?!\w)",
            re.I,
        )
        for m in part.finditer(text, parts.start(), parts.end()):
            if found := _counted(text, m, end):
                yield replace(found, unit=thing)


def _totals(text: str, start: int, end: int) -> Iterator[Goal]:
    """Totals, shares of a table's lines and the worth of gifts."""
    for pattern in (patterns.TOTAL, patterns.SHARED, patterns.WORTH):
        for m in pattern.finditer(text, start, end):
            if not patterns.NO_COUNT_UNIT.match(m.group("unit")):
                unit, stop, per = unit_of(text, m)
                stop = max(stop, m.end())
                yield Goal(
                    m.start(), stop, number(m.group("value")), None, unit, "=", None, 0.65, per
                )
    for m in patterns.ALLOWANCE.finditer(text, start, end):
        most = number(m.group("max")) if m.group("max") else None
        comparator: Comparator = ">=" if most else comparator_of(m.group("cmp"))
        unit = re.sub(r"\s?/\s?(?:0?1\s)?", "/", m.group("unit"))
        value = number(m.group("value"))
        yield Goal(m.start(), m.end(), value, most, unit, comparator, None, 0.65)


def _quantities(text: str, start: int, end: int, *, alone: bool = False) -> Iterator[Goal]:
    """ "Gạo: 500 tấn. Dầu ăn: 20 nghìn lít": goods of a list; ``alone``: one makes a list too."""
    run: list[re.Match[str]] = []
    for m in chain(patterns.QUANTITY.finditer(text, start, end), (None,)):
        goes_on = m and run and patterns.NEXT_QUANTITY.fullmatch(text, run[-1].end(), m.start())
        if not goes_on:
            yield from _run(text, run, start) if alone or len(run) > 1 else ()
            run = []
        if m:
            run.append(m)


def _run(text: str, run: list[re.Match[str]], start: int) -> Iterator[Goal]:
    if not run or patterns.IN_STOCK.search(text, max(start, run[0].start() - 150), run[0].start()):
        return
    for m in run:
        value, unit = number(m.group("value")), " ".join(m.group("unit").split())
        what = " ".join(m.group("what").split())
        yield Goal(
            m.start("what"), m.end(), value, None, unit, comparator_of(m.group("cmp")), what, 0.7
        )


def _criteria(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "kéo giảm cả 3 tiêu chí": how many counts shall go down."""
    for m in patterns.CRITERIA.finditer(text, start, end):
        passive = text[max(start, m.start() - 6) : m.start()].endswith("được ")
        if passive or patterns.STATISTIC.search(text, max(start, m.start() - 90), m.start() + 6):
            continue
        stop = m.start() + len(m.group().rstrip())
        value = number(m.group("value") or m.group("word"))
        yield Goal(m.start(), stop, value, None, "tiêu chí", "=", None, 0.6)
