"""The opening page: what was compared, what stands out, what to mistrust; in plain sentences.

In: a ``Comparison``.  Out: sentences, each with the view that has more and the sentences behind it.
Every number in them is counted here from the results; nothing is judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.comparison.report.places import Places
from pipeline.comparison.report.speech import Speech
from pipeline.comparison.report.tables import Focus, Proof
from pipeline.comparison.report.views_change import direction, year_name
from pipeline.comparison.report.views_content import BEARS
from pipeline.comparison.report.views_facts import figure_words
from pipeline.comparison.results import Comparison, Indicator, IndicatorValue, Lead

_NAMES = 6
# Of so few places, half is no news.
_MANY = 6
# Words that a shared subject may have, and the share of titles that have it.
_SUBJECT, _MOST = (3, 12), 0.6
# Words that a subject neither begins nor ends with.
_LINKS = {"năm", "trên", "của", "và", "về", "cho", "tại", "tỉnh", "theo", "số", "giai", "đoạn"}
_FACTS = ("deadline", "agency", "target", "reference", "place")


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the opening page.

    Attributes:
        text: the sentence.
        view: key of the table that has more, or "".
        proofs: what stands behind it.
        focus: which words of those matter.
    """

    text: str
    view: str = ""
    proofs: tuple[Proof, ...] = ()
    focus: Focus = ""


def title(c: Comparison, say: Speech, side: Places) -> str:
    """What the report is called: what the plans are about is left to their titles."""
    years = sorted({plan.year for plan in c.plans if plan.year})
    span = "" if not years else f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"
    where = ", ".join(side.names) if side.roomy and not side.by_plan else ""
    if side.by_plan:
        where = say.place(c.plans[0].place)
    about = subject(c)
    name = say("report.title") + (f": {about}" if about else "")
    return " · ".join(filter(None, (name, where, span)))


def subject(c: Comparison) -> str:
    """The longest words that most titles share, in their commonest spelling; "" for none."""
    titles = [(plan.title or "").split() for plan in c.plans]
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words in titles:
        runs = {
            " ".join(words[start : start + length])
            for length in range(_SUBJECT[0], _SUBJECT[1] + 1)
            for start in range(len(words) - length + 1)
        }
        for run in runs:
            spelled[run.casefold()][run] += 1
    most = [run for run, seen in spelled.items() if seen.total() >= _MOST * len(titles)]
    if not most or len(titles) < 2:
        return ""
    best = max(most, key=lambda run: (len(run.split()), spelled[run].total(), run))
    spellings = spelled[best]
    shown = max(spellings, key=lambda run: (not run.isupper(), spellings[run], run)).split()
    while shown and shown[-1].casefold() in _LINKS:
        shown.pop()
    while shown and shown[0].casefold() in _LINKS:
        shown.pop(0)
    name = " ".join(shown).strip(' ,.;:"“”')
    return name.capitalize() if name.isupper() else name


def scope(c: Comparison, say: Speech, side: Places) -> str:
    """What was compared, in one sentence."""
    days = sorted((plan.earliest, plan.issued_on) for plan in c.plans if plan.earliest)
    text = say(
        "scope.plans",
        n=len(c.plans),
        places=say("scope.places", n=len({plan.place for plan in c.plans})),
        items=say.integer(len(c.items)),
    )
    if days:
        first, last = (say.date(issued) for _, issued in (days[0], days[-1]))
        key = "scope.dates" if first != last else "scope.date"
        text += " " + say(key, first=first, last=last)
    if days and len(days) < len(c.plans):
        text += " " + say("scope.dated", n=len(days))
    return text


def findings(c: Comparison, say: Speech, side: Places) -> list[Finding]:
    """What stands out."""
    makers = (_common, _leads, _targets, _deadlines, _rhythms, _documents, _only, _reuse, _years)
    return [finding for maker in makers for finding in maker(c, say, side)]


def _common(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    total = len(side.names)
    have = {topic.index: len({side.of_plan[plan] for plan in topic.plans}) for topic in c.topics}
    several = [number for number, places in have.items() if places > 1]
    if not several:
        yield Finding(say("finding.nothing-common", **side.units(say)), "coverage")
        return
    best = max(several, key=lambda number: (have[number], -number))
    topic = c.topics[best]
    yield Finding(
        say("finding.common", label=topic.label, n=have[best], total=total, **side.units(say)),
        "coverage",
        tuple(member.item for member in topic.members),
    )
    half = sum(have[number] * 2 >= total for number in several)
    key = "finding.shared" if total >= _MANY and half else "finding.shared-few"
    yield Finding(say(key, n=len(several), half=half, **side.units(say)), "coverage")


def _leads(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    differing: defaultdict[int, dict[str, dict[str, Lead]]] = defaultdict(dict)
    for lead in c.leads:
        if lead.differs and lead.role.role in BEARS:
            name = side.names[side.of_plan[lead.plan]]
            differing[lead.topic].setdefault(name, {})[lead.role.today] = lead
    if not differing:
        return

    def alone(topic: int) -> dict[str, list[tuple[str, int]]]:
        """Bodies and their places, of the places that charge one named body and no other."""
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, bodies in differing[topic].items():
            for body, lead in bodies.items():
                if len(bodies) == 1 and lead.role.named:
                    found[body].append((name, lead.item))
        return found if len(found) > 1 else {}

    units = side.units(say)
    best = max(differing, key=lambda topic: (sum(map(len, alone(topic).values())), -topic))
    bodies = sorted(alone(best).items(), key=lambda each: -len(each[1]))[:3]
    if not bodies:
        yield Finding(say("finding.leads-few", n=len(differing), **units), "leads")
        return
    told = "; ".join(
        say("finding.body-at", body=body, places=_names(say, dict(found), units["units"]))
        for body, found in bodies
    )
    yield Finding(
        say("finding.leads", n=len(differing), label=c.topics[best].label, bodies=told, **units),
        "leads",
        tuple(item for _, found in bodies for _, item in found),
        "who",
    )


def _names(say: Speech, names: Iterable[str], units: str) -> str:
    unique = list(dict.fromkeys(names))
    if len(unique) <= _NAMES:
        return ", ".join(unique)
    left = len(unique) - _NAMES
    return say("finding.and-more", names=", ".join(unique[:_NAMES]), n=left, units=units)


def _targets(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    differing = [
        row
        for row in c.indicators
        if row.differs and len({side.of_plan[value.plan] for value in row.values}) > 1
    ]
    if not differing:
        return

    def clear(row: Indicator) -> tuple[bool, int]:
        """A name of a word or two does not tell what is measured."""
        tells = len(row.label.split()) >= _SUBJECT[0]
        return tells, len({side.of_plan[value.plan] for value in row.values})

    best = max(differing, key=clear)
    if not clear(best)[0]:
        yield Finding(say("finding.targets-few", n=len(differing)), "targets")
        return

    def said(value: IndicatorValue) -> str:
        name = side.names[side.of_plan[value.plan]]
        return f"{figure_words(say, value.figure)} ({name})"

    def reach(value: IndicatorValue) -> tuple[float, float]:
        return value.figure.value, value.figure.value_max or value.figure.value

    low = min(best.values, key=reach)
    high = max(best.values, key=lambda value: reach(value)[::-1])
    yield Finding(
        say("finding.targets", n=len(differing), label=best.label, low=said(low), high=said(high)),
        "targets",
        tuple(value.item for value in best.values),
        "figure",
    )


def _deadlines(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    dated = [entry for entry in c.calendar if entry.due.latest]
    if not dated:
        return
    months = Counter((entry.due.latest or "")[:7] for entry in dated)
    month, most = max(months.items(), key=lambda each: (each[1], each[0]))
    where = {side.of_plan[entry.plan] for entry in dated if (entry.due.latest or "")[:7] == month}
    yield Finding(
        say(
            "finding.deadlines",
            n=len(dated),
            month=say.date(month),
            most=most,
            places=len(where),
            **side.units(say),
        ),
        "calendar",
        tuple(entry.item for entry in dated if (entry.due.latest or "")[:7] == month),
        "when",
    )


def _rhythms(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    regular = {(side.of_plan[rhythm.plan], rhythm.every) for rhythm in c.rhythms if rhythm.every}
    if not regular:
        return
    kinds = Counter(every for _, every in regular)
    told = ", ".join(
        say("finding.rhythm", every=say.every(every), n=number)
        for every, number in sorted(kinds.items(), key=lambda each: (-each[1], str(each[0])))[:4]
    )
    places = len({at for at, _ in regular})
    yield Finding(
        say("finding.rhythms", n=places, total=len(side.names), kinds=told, **side.units(say)),
        "rhythms",
    )


def _documents(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    have = [len({side.of_plan[plan] for plan in document.plans}) for document in c.documents]
    if not have or max(have) < 2:
        return
    top = sorted(range(len(have)), key=lambda at: -have[at])[:3]
    told = ", ".join(f"{c.documents[at].label} ({have[at]})" for at in top if have[at] > 1)
    yield Finding(
        say(
            "finding.documents", n=sum(each > 1 for each in have), documents=told, **side.units(say)
        ),
        "documents",
    )


def _only(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    sure = [row for row in c.only_here if row.sure]
    if not c.only_here:
        return
    text = say("finding.only", n=say.integer(len(c.only_here)), sure=say.integer(len(sure)))
    if sure:
        place, number = Counter(row.place for row in sure).most_common(1)[0]
        text += " " + say("finding.only-most", place=say.place(place), n=number)
    elif any("incomplete" in row.doubts for row in c.only_here):
        text += " " + say("finding.only-incomplete")
    yield Finding(text, "only")


def _reuse(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    if not c.reuse:
        return
    pair = c.reuse[0]
    a, b = say.label(c.plans[pair.a]), say.label(c.plans[pair.b])
    text = say(
        "finding.reuse",
        n=say.integer(c.reuse_total),
        a=a,
        b=b,
        words=say.integer(pair.words),
        share_a=say.share(pair.share_a),
        share_b=say.share(pair.share_b),
    )
    proofs = tuple(item for each in pair.passages for item in (each.a, each.b))
    way = direction(c, say, pair)
    yield Finding(f"{text} {way[0].upper()}{way[1:]}.", "reuse", proofs)
    if c.copies:
        yield Finding(say("finding.copies", n=say.integer(len(c.copies))), "reuse")


def _years(c: Comparison, say: Speech, side: Places) -> Iterator[Finding]:
    def moved(at: int) -> int:
        return sum(n for kind, n in c.years[at].counts.items() if kind in ("added", "dropped"))

    for at in sorted(range(len(c.years)), key=lambda at: -moved(at))[:3]:
        pair = c.years[at]
        yield Finding(f"{year_name(c, say, pair)}: {change_counts(say, pair.counts)}.", "years")


def change_counts(say: Speech, counts: dict[str, int]) -> str:
    """ "thêm mới 7, bỏ đi 5, sửa lời 6 (trong đó thời hạn 2)"."""
    kinds = [
        f"{say(f'change.{kind}')} {counts[kind]}"
        for kind in ("added", "dropped", "reworded", "moved", "same")
        if counts.get(kind)
    ]
    facts = [f"{say(f'fact.{fact}')} {counts[fact]}" for fact in _FACTS if counts.get(fact)]
    text = ", ".join(kinds)
    return f"{text} ({say('finding.facts')} {', '.join(facts)})" if facts else text


def doubts(c: Comparison, say: Speech) -> list[str]:
    """What to mistrust, weightiest first."""
    found = []
    by_code: defaultdict[str, list[str]] = defaultdict(list)
    for plan in c.plans:
        for caution in plan.cautions:
            by_code[caution.code].append(say.label(plan))
    for code, names in sorted(by_code.items(), key=lambda each: -len(each[1])):
        found.append(
            say(
                "doubt.plans",
                n=len(names),
                total=len(c.plans),
                what=say(f"caution.{code}"),
                names=_names(say, names, say("unit.plans")),
            )
        )
    twice = [f"{say.label(plan)}: {', '.join(plan.copies)}" for plan in c.plans if plan.copies]
    if twice:
        found.append(say("doubt.copies", n=len(twice), names="; ".join(twice[:_NAMES])))
    members = [
        member
        for topic in c.topics
        for member in topic.members
        if len(topic.members) > 1 and member.reason is not None
    ]
    low = sum(member.low for member in members)
    if low:
        found.append(
            say(
                "doubt.low",
                n=say.integer(low),
                total=say.integer(len(members)),
                line=say.share(c.parameters.low),
            )
        )
    unknown = sum(pair.direction == "unknown" for pair in c.reuse)
    if unknown:
        found.append(
            say("doubt.direction", n=say.integer(unknown), total=say.integer(len(c.reuse)))
        )
    pairings = sum(change.low for pair in c.years for change in pair.changes)
    if pairings:
        found.append(say("doubt.years", n=say.integer(pairings)))
    if c.reuse_total > len(c.reuse):
        found.append(
            say("doubt.reuse", n=say.integer(len(c.reuse)), total=say.integer(c.reuse_total))
        )
    return found


def method(c: Comparison, say: Speech) -> str:
    """The thresholds, in one sentence."""
    lines = c.parameters
    return say(
        "report.method",
        aligned=say.share(lines.aligned),
        mutual=say.share(lines.mutual),
        low=say.share(lines.low),
        near=say.share(lines.near),
        reused=say.share(lines.reused),
        copied=say.share(lines.copied),
    )
