"""Quantified goals (chỉ tiêu): percentages, counts and ranks with comparator, unit and subject.

In: clean text with citations masked.  Out: ``Goal`` objects.  A number is a goal when something
makes it one: a percent sign, "tối thiểu", "ít nhất", "đạt", "trong nhóm … dẫn đầu", a verb of
delivery; ages, shares of conditions, article numbers and amounts of a rule are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from models.record import Comparator
from pipeline.entities import target_patterns as patterns
from pipeline.entities.stretches import Taken, cover

DELIVERY = (patterns.DELIVERED, patterns.ENROLLED, patterns.CHOSEN)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; offsets into the clean text."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    subject: str | None
    confidence: float = 0.85


_MOST = 1e15  # what has more digits is no count, and no float holds it


def number(printed: str) -> float:
    """Vietnamese number → float: "200.000" is two hundred thousand, "12,4" twelve point four."""
    word = patterns.WORDS.get(printed.casefold())
    return float(printed.replace(".", "").replace(",", ".")) if word is None else word


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
        _ranks, _times, _counts, _each, _signed, _delivered, _totals, _quantities, _percents,
        _points, _criteria,
    )  # fmt: skip
    for rule in rules:
        add(rule(covered, start, end))
    for a, b in aims:
        add(_delivered(covered, a, b, (patterns.YIELD, patterns.AIMED)))
        add(_quantities(covered, a, b, alone=True))
    for goal in tuple(found):
        add(_goes_on(covered, goal, end))
    return sorted(found, key=lambda goal: goal.start)


def _ranks(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in patterns.RANK.finditer(text, start, end):
        unit = re.match(
            r"\s+((?:tỉnh|địa phương|bộ|đơn vị)(?:, thành phố)?)", m.group("rest") or ""
        )
        named = unit.group(1) if unit else None
        yield Goal(m.start(), m.end(), float(m.group("value")), None, named, "in", None)
    for m in patterns.PLACE.finditer(text, start, end):
        value = float(m.group("value"))
        yield Goal(m.start("when"), m.end("when"), value, None, None, "in", None, 0.7)


def _times(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in chain(*(p.finditer(text, start, end) for p in (patterns.TIMES, patterns.ONCE_IN))):
        comparator: Comparator = ">=" if m.group("cmp") else "="
        yield Goal(
            m.start(), m.end(), number(m.group("value")), None, "lần", comparator, None
        )  # fmt: skip


def _counts(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "tối thiểu 12 tin/bài trong năm"; thresholds of who qualifies are no goals."""
    for m in patterns.COUNT.finditer(text, start, end):
        unit = m.group("unit").strip()
        if text[m.end() : m.end() + 1] == "%" or patterns.NO_LIMIT_UNIT.match(
            text, m.start("unit")
        ):
            continue
        if patterns.ELIGIBLE.search(text, max(start, m.start() - 120), m.start()):
            continue
        after = re.match(
            r"\s+(?:trong năm|mỗi (?:năm|quý|tháng)|/(?:năm|quý|tháng))",
            text[m.end() : m.end() + 14],
        )
        stop = m.start("unit") + len(unit)
        if after:
            stop = m.end() + after.end()
        most = number(m.group("max")) if m.group("max") else None
        comparator = _comparator(m.group("cmp"))
        value = number(m.group("value"))
        yield Goal(m.start(), stop, value, most, unit, comparator, None, 0.8)


def _each(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "mỗi khóa từ 60 đến 70 đồng chí": so many for each of what is held."""
    for m in patterns.EACH.finditer(text, start, end):
        unit = " ".join(m.group("unit").split())
        told = patterns.STATISTIC.search(text, max(start, m.start() - 90), m.start())
        if not told and not patterns.NO_COUNT_UNIT.match(unit):
            most = number(m.group("max")) if m.group("max") else None
            value, comparator = number(m.group("value")), _comparator(m.group("cmp"))
            yield Goal(m.start(), m.end(), value, most, unit, comparator, None, 0.7)


def _signed(text: str, start: int, end: int) -> Iterator[Goal]:
    """ "< 100/100.000 dân", "≤ 80 trường hợp": a sign makes the figure a goal."""
    for m in patterns.SIGNED.finditer(text, start, end):
        comparator: Comparator = ">=" if m.group("sign") in ">≥" else "<="
        unit = " ".join((m.group("per") or m.group("unit")).split())
        if not re.match(r"(?i)tuổi|tháng|năm|ngày", unit):
            yield Goal(m.start(), m.end(), number(m.group("value")), None, unit, comparator, None)


def _percents(text: str, start: int, end: int) -> Iterator[Goal]:
    for m in patterns.PERCENT.finditer(text, start, end):
        before = text[max(start, m.start() - 150) : m.start()]
        if _no_share(text, m, before):
            continue
        begin = m.start()
        comparator: Comparator = "="
        cmp = re.search(rf"(?i)(?<!\w)({patterns.COMPARING})\s*$", before)
        if cmp:
            begin -= len(before) - cmp.start()
            comparator = _comparator(cmp.group(1))
        if m.group("up"):
            comparator = ">=" if "lên" in m.group("up") else "<="
        if m.group("sign"):
            comparator = ">=" if m.group("sign") in ">≥" else "<="
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
                comparator, " ".join(share.group("of").split()),
            )  # fmt: skip
            continue
        if not m.group("up"):
            stop = m.end() + len(_tail(text[m.end() : min(end, m.end() + 140)]))
            subject = " ".join(text[m.end() : stop].split()) or None
        most = number(m.group("max")) if m.group("max") else None
        yield Goal(begin, stop, number(m.group("value")), most, "%", comparator, subject)


def _points(text: str, start: int, end: int) -> Iterator[Goal]:
    """Marks, ranks gained and criteria met; what passes an examination is none."""
    for m in patterns.POINTS.finditer(text, start, end):
        before = text[max(start, m.start() - 120) : m.start()]
        if patterns.EXAM.search(before) or patterns.STATISTIC.search(before[-90:]):
            continue
        most = number(m.group("max")) if m.group("max") else None
        comparator: Comparator = ">=" if m.group("up") or most else _comparator(m.group("cmp"))
        value = number(m.group("value"))
        yield Goal(m.start(), m.end(), value, most, m.group("unit"), comparator, None, 0.7)


def _no_share(text: str, m: re.Match[str], before: str) -> bool:
    """A share that describes, conditions or marks: no goal."""
    return bool(
        patterns.CONDITION.search(before[-60:])
        or before.endswith(("(-", "(", "+"))
        or patterns.STATISTIC.search(before[-90:])
        or re.search(r"(?i)ví dụ[^.;]*$", before)
        or re.match(r"\s*số (?:câu hỏi|điểm|phiếu)", text[m.end() : m.end() + 14])
        or patterns.LONE_SHARE.match(text, text.rfind("\n", 0, m.start()) + 1)
        or patterns.BASELINE.search(before)
        or patterns.RISES.match(text, m.end())
        or patterns.BEFORE_GOAL.match(text, m.end())
    )


def _tail(after: str) -> str:
    """The words behind a share that still belong to it: up to a stop or the next share."""
    shares = after.startswith(" là ")  # "50% là nam và 50% là nữ" is one goal
    cut = (patterns.TAIL_STOP if shares else patterns.OTHER_SHARE).search(after)
    tail = after[: cut.start() if cut else len(after)]
    if not shares and (other := patterns.SHARE.search(tail)):
        stops = [m.start() for m in re.finditer(r",|\svà\s", tail[: other.start()])]
        tail = tail[: stops[-1]] if stops else ""
    return tail.rstrip(" ,")


def _delivered(
    text: str,
    start: int,
    end: int,
    verbs: tuple[re.Pattern[str], ...] = DELIVERY,
) -> Iterator[Goal]:
    """Counts of what the plan delivers; statistics of the past are none."""
    for pattern in verbs:
        for m in pattern.finditer(text, start, end):
            told = patterns.STATISTIC.search(
                text, max(start, m.start() - 90), m.start()
            ) or patterns.NAME.search(text, max(start, m.start() - 15), m.start())
            if not told and (goal := _counted(text, m, end)):
                yield goal


def _counted(text: str, m: re.Match[str], end: int) -> Goal | None:
    """The goal of a match with ``value`` and ``unit``; ``None`` for what is no countable thing."""
    unit = " ".join(m.group("unit").split())
    if m.re is not patterns.YIELD and patterns.NO_COUNT_UNIT.match(unit):
        return None
    tail = text[m.end("unit") : min(end, m.end("unit") + 60)]
    cut = re.search(
        rf",|\s(?:và|với|cho)\s(?=(?:khoảng |trên )?\d)|{patterns.TAIL_STOP.pattern}", tail
    )
    stop = m.end("unit") + len(tail[: cut.start() if cut else len(tail)].rstrip(" ,"))
    if patterns.TOLD.match(text, m.end("unit")):
        return None
    groups = m.groupdict()
    begin = m.start("cmp") if groups.get("cmp") else m.start("value")
    most = number(groups["max"]) if groups.get("max") else None
    comparator = ">=" if most else _comparator(groups.get("cmp"))
    return Goal(begin, stop, number(m.group("value")), most, unit, comparator, None, 0.65)


def _goes_on(text: str, goal: Goal, end: int) -> Iterator[Goal]:
    """ "400 hộ với 1.000 lượt người", "130 trường (trong đó 46 trường mầm non; 53 trường …)"."""
    if not goal.unit or goal.unit == "%":
        return
    for pattern in (patterns.ALSO, patterns.BRACKETED):
        if (m := pattern.match(text, goal.end, end)) and (also := _counted(text, m, end)):
            yield also
    if m := patterns.ITS_SHARE.match(text, goal.end, end):
        comparator = _comparator(m.group("cmp"))
        value = number(m.group("value"))
        yield Goal(m.start("words"), m.end(), value, None, "%", comparator, None, 0.7)
    thing = goal.unit.split()[0].rstrip(",")
    what = re.escape(thing)
    part = re.compile(
        rf"(?<![\w./])(?P<value>{patterns.N})\s+(?P<unit>{what}(?:[ ][^\W\d_]+)?)(?!\w)", re.I
    )
    at = goal.end
    while (m := part.match(text, at + 2, end)) and text.startswith(", ", at):
        if (found := _counted(text, m, end)) is None:
            break
        yield replace(found, unit=thing)
        at = found.end
    if parts := patterns.PARTS.match(text, goal.end, end):
        for m in part.finditer(text, parts.start(), parts.end()):
            if found := _counted(text, m, end):
                yield replace(found, unit=thing)


def _totals(text: str, start: int, end: int) -> Iterator[Goal]:
    """Totals, shares of a table's lines and the worth of gifts."""
    for pattern in (patterns.TOTAL, patterns.SHARED, patterns.WORTH):
        for m in pattern.finditer(text, start, end):
            if not patterns.NO_COUNT_UNIT.match(m.group("unit")):
                value, unit = number(m.group("value")), m.group("unit")
                yield Goal(m.start(), m.end(), value, None, unit, "=", None, 0.65)
    for m in patterns.ALLOWANCE.finditer(text, start, end):
        most = number(m.group("max")) if m.group("max") else None
        comparator: Comparator = ">=" if most else _comparator(m.group("cmp"))
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
            m.start("what"), m.end(), value, None, unit, _comparator(m.group("cmp")), what, 0.7
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


def _comparator(printed: str | None) -> Comparator:
    if printed is None:
        return "="
    if patterns.AT_MOST.search(printed):
        return "<="
    return ">=" if patterns.AT_LEAST.search(printed) else "="
