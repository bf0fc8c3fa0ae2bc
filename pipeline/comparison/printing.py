"""A comparison on a terminal: one view after the other, Vietnamese first.

In: a ``Comparison``.  Out: text.  ● is sure, ◐ is to be looked at, · is nothing found.  Text of the
documents is printed without the signs a terminal would obey.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator

from pipeline.comparison.results import (
    Change,
    Comparison,
    Item,
    OnlyHere,
    PlanFacts,
    YearOnYear,
)
from pipeline.comparison.wording import Language, say
from pipeline.corpus.plain import shown
from pipeline.errors import UsageError

WIDTH = 100
# So many plans fit beside each other as columns.
COLUMNS = 12
_SURE, _LOW, _NONE = "●", "◐", "·"
_SUMMARY = (
    ("plans", 12), ("coverage", 8), ("leads", 4), ("targets", 4), ("only", 4), ("reuse", 5),
    ("years", 4),
)  # fmt: skip


def summary(comparison: Comparison, language: Language = "vi") -> str:
    """The chief of all views."""
    parts = [view(comparison, name, language, rows) for name, rows in _SUMMARY]
    return "\n\n".join([*parts, say("hint.views", language=language)])


def view(
    comparison: Comparison, name: str, language: Language = "vi", limit: int | None = 20
) -> str:
    """One view.

    Args:
        comparison: from ``compare``.
        name: one of ``arguments.VIEWS``.
        language: "vi" or "en".
        limit: rows at most; what is left out is counted.

    Raises:
        UsageError: there is no such view.
    """
    if name not in _VIEWS:
        raise UsageError(f"there is no view {name!r}.")
    rows = _VIEWS[name](_Printer(comparison, language))
    title = say(name, "view", language).upper()
    kept: list[str] = []
    left = 0
    for number, row in enumerate(rows):
        if limit is None or number < limit:
            kept.append(row)
        else:
            left += 1
    if not kept:
        kept = [say("hint.nothing", language=language)]
    if left:
        kept.append(f"… {say('hint.more', language=language)}: {left}")
    return "\n".join([title, "─" * min(WIDTH, len(title)), *kept])


class _Printer:
    """One comparison in one language."""

    def __init__(self, comparison: Comparison, language: Language) -> None:
        self.comparison, self.language = comparison, language

    def say(self, code: str, family: str = "") -> str:
        return say(code, family, self.language)

    def label(self, plan: int) -> str:
        return shown(self.comparison.plans[plan].label, 48)

    def place(self, item: Item) -> str:
        """Where an item stands: plan, section, page."""
        parts = [self.label(item.plan)]
        if item.section:
            parts.append(f"{self.say('hint.section')} {shown('/'.join(item.section), 30)}")
        if item.span.page is not None:
            parts.append(f"{self.say('hint.page')} {item.span.page}")
        return " · ".join(parts)

    def quoted(self, item: Item, words: int = 220) -> str:
        return _wrapped(f"{self.place(item)}: {shown(item.text, words)}", "   ", "   ")

    def plans(self) -> Iterator[str]:
        borrowed = {row.plan: row for row in self.comparison.borrowed}
        for plan in self.comparison.plans:
            known = borrowed.get(plan.index)
            facts = [
                shown(plan.number or "–", 30),
                plan.issued_on or "–",
                f"{len(plan.items)} {self.say('hint.items')}",
            ]
            if known is not None and known.earlier:
                facts.append(f"{known.earlier:.0%} {self.say('hint.earlier')}")
            yield f"{self.label(plan.index)}: " + " · ".join(facts) + self._cautions(plan)

    def _cautions(self, plan: PlanFacts) -> str:
        return "".join(f"\n   ! {self.say(caution.code, 'caution')}" for caution in plan.cautions)

    def coverage(self) -> Iterator[str]:
        many = len(self.comparison.plans) > COLUMNS
        cells: defaultdict[int, dict[int, bool]] = defaultdict(dict)
        for cell in self.comparison.coverage:
            cells[cell.topic][cell.plan] = cell.low
        numbers = [str(plan.index + 1) for plan in self.comparison.plans]
        if not many and self.comparison.topics:
            key = [f"{number:>3}  {self.label(at)}" for at, number in enumerate(numbers)]
            yield "\n".join([*key, " ".join(number.ljust(2) for number in numbers)])
        for topic in self.comparison.topics:
            held = cells[topic.index]
            if many:
                names = ", ".join(
                    self.label(plan) + ("?" if low else "") for plan, low in held.items()
                )
                head = f"{len(held):>4}  {shown(topic.label, 90)} [{self.say(topic.kind, 'kind')}]"
                yield f"{head}\n{_wrapped(shown(names, 300), '      ', '      ')}"
            else:
                marks = (
                    _NONE if at not in held else (_LOW if held[at] else _SURE)
                    for at in range(len(self.comparison.plans))
                )
                yield "  ".join(marks) + f"  {shown(topic.label, 90 - 3 * len(held))}"

    def leads(self) -> Iterator[str]:
        rows: defaultdict[int, list[str]] = defaultdict(list)
        differs = set()
        for lead in self.comparison.leads:
            if lead.role.role not in ("lead", "assignee", "advise"):
                continue
            today = f" ({self.say('hint.today')}: {shown(lead.role.today, 60)})"
            rows[lead.topic].append(
                f"   {self.label(lead.plan)}: {shown(lead.role.agency, 70)}"
                + today * (lead.role.today != lead.role.agency)
                + f" – {self.say(lead.role.role, 'role')}"
            )
            if lead.differs:
                differs.add(lead.topic)
        order = sorted(rows, key=lambda topic: (topic not in differs, topic))
        for topic in order:
            mark = "≠ " if topic in differs else "= "
            head = mark + shown(self.comparison.topics[topic].label, 90)
            yield "\n".join([head, *rows[topic]])

    def calendar(self) -> Iterator[str]:
        for entry in self.comparison.calendar:
            item = self.comparison.items[entry.item]
            who = f" [{shown('; '.join(entry.leads), 80)}]" if entry.leads else ""
            day = entry.due.latest or "—"
            head = f"{day:<10}  {self.label(entry.plan)}: {shown(entry.due.text, 60)}{who}"
            yield f"{head}\n{_wrapped(shown(item.text, 160), '            ', '            ')}"

    def rhythms(self) -> Iterator[str]:
        for rhythm in self.comparison.rhythms:
            every = self.say(rhythm.every, "every") if rhythm.every else rhythm.due.latest or "—"
            to = "; ".join(
                f"{shown(role.agency, 60)} ({self.say(role.role, 'role')})"
                for role in rhythm.reports_to
            )
            yield f"{self.label(rhythm.plan)}: {every} – {shown(rhythm.due.text, 70)}" + (
                f" → {to}" if to else ""
            )

    def targets(self) -> Iterator[str]:
        for indicator in self.comparison.indicators:
            lines = [("≠ " if indicator.differs else "= ") + shown(indicator.label, 90)]
            for value in indicator.values:
                figure = value.figure
                number = f"{figure.value:g}" + (
                    f"–{figure.value_max:g}" if figure.value_max is not None else ""
                )
                sign = {"=": "", ">=": "≥ ", "<=": "≤ ", "in": "≤ "}[figure.comparator]
                unit = shown(figure.unit or "", 30)
                doubt = " ?" if value.low else ""
                lines.append(f"   {self.label(value.plan)}: {sign}{number} {unit}".rstrip() + doubt)
            yield "\n".join(lines)

    def documents(self) -> Iterator[str]:
        for document in self.comparison.documents:
            names = ", ".join(self.label(plan) for plan in document.plans)
            day = f" ({document.date})" if document.date else ""
            yield f"{len(document.plans):>4}  {shown(document.label, 70)}{day}\n" + _wrapped(
                shown(names, 240), "      ", "      "
            )

    def recipients(self) -> Iterator[str]:
        for recipient in self.comparison.recipients:
            plans = sorted({plan for plan, _, _ in recipient.lines})
            names = ", ".join(self.label(plan) for plan in plans)
            yield _wrapped(
                f"{len(plans):>4}  {shown(recipient.label, 70)}: {shown(names, 200)}", "", "      "
            )

    def only(self) -> Iterator[str]:
        rows = sorted(self.comparison.only_here, key=lambda row: (not row.sure, row.place))
        for row in rows:
            yield self._only(row)

    def _only(self, row: OnlyHere) -> str:
        topic = self.comparison.topics[row.topic]
        mark = _SURE if row.sure else _LOW
        lines = [f"{mark} {shown(row.place, 40)}: {shown(topic.label, 90)}"]
        doubts = "; ".join(self.say(doubt, "doubt") for doubt in row.doubts)
        if doubts:
            lines.append(f"   {self.say('low', 'sign')}: {doubts}")
        if row.nearest is not None:
            near = self.comparison.items[row.nearest]
            lines.append(
                _wrapped(
                    f"{self.say('hint.nearest')} ({row.likeness:.2f}) {self.place(near)}: "
                    + shown(near.text, 120),
                    "   ",
                    "   ",
                )
            )
        return "\n".join(lines)

    def reuse(self) -> Iterator[str]:
        for pair in self.comparison.reuse:
            arrow = {"a-to-b": "→", "b-to-a": "←", "unknown": "↔"}[pair.direction]
            days = f", {pair.days} {self.say('hint.days')}" if pair.days is not None else ""
            facts = [
                f"{pair.words} {self.say('hint.words')} ({pair.share_a:.0%} / {pair.share_b:.0%})",
                f"{len(pair.passages)} {self.say('hint.passages')}",
                self.say(pair.why, "why") + days,
            ]
            head = f"{self.label(pair.a)} {arrow} {self.label(pair.b)}: {'; '.join(facts)}"
            lines = [_wrapped(head, "", "   ")]
            if pair.common:
                names = ", ".join(
                    shown(self.comparison.documents[number].label, 50) for number in pair.common[:3]
                )
                lines.append(_wrapped(f"{self.say('hint.common')}: {names}", "   ", "   "))
            if pair.passages:
                lines.append(self.quoted(self.comparison.items[pair.passages[0].b], 160))
            yield "\n".join(lines)

    def years(self) -> Iterator[str]:
        for year in self.comparison.years:
            yield self._year(year)

    def _year(self, year: YearOnYear) -> str:
        counts = ", ".join(
            f"{self.say(kind, 'change')} {year.counts[kind]}"
            for kind in ("added", "dropped", "reworded", "moved", "same")
            if kind in year.counts
        )
        lines = [f"{self.label(year.old)} → {self.label(year.new)}: {counts}"]
        for change in year.changes:
            if change.kind != "same":
                lines.append(self._change(change))
        return "\n".join(lines)

    def _change(self, change: Change) -> str:
        sign = {"added": "+", "dropped": "−", "reworded": "~", "moved": "↕", "same": "="}
        old = self.comparison.items[change.old].text if change.old is not None else ""
        new = self.comparison.items[change.new].text if change.new is not None else ""
        facts = ", ".join(self.say(fact, "fact") for fact in change.facts)
        head = f" {sign[change.kind]}{'?' if change.low else ' '} "
        lines = [_wrapped(shown(new or old, 150) + (f" [{facts}]" if facts else ""), head, "     ")]
        for each in change.changed:
            before, after = (shown(text or "–", 70) for text in (each.old, each.new))
            lines.append(f"      {self.say(each.fact, 'fact')}: {before} → {after}")
        if "wording" in change.facts:
            for edit in change.edits[:4]:
                before = shown(old[edit.old_start : edit.old_end], 60)
                after = shown(new[edit.new_start : edit.new_end], 60)
                lines.append(f"      “{before}” → “{after}”")
        return "\n".join(lines)


def _wrapped(text: str, first: str, later: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False
    )


_VIEWS: dict[str, Callable[[_Printer], Iterator[str]]] = {
    "plans": _Printer.plans,
    "coverage": _Printer.coverage,
    "leads": _Printer.leads,
    "calendar": _Printer.calendar,
    "rhythms": _Printer.rhythms,
    "targets": _Printer.targets,
    "documents": _Printer.documents,
    "recipients": _Printer.recipients,
    "only": _Printer.only,
    "reuse": _Printer.reuse,
    "years": _Printer.years,
}
