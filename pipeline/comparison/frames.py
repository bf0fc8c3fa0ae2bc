"""A comparison as pandas frames: one table per view, names and words filled in.

In: a ``Comparison``.  Out: frames with stable columns, one row per fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.comparison.results import Comparison, Item, Span
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]


def frame(comparison: Comparison, view: str) -> pandas.DataFrame:
    """One view as a frame.

    Args:
        comparison: from ``compare``.
        view: a key of ``FRAMES``; "matrix" is topics × plans with the strength in each cell.

    Raises:
        UsageError: there is no such view.
    """
    import pandas

    if view == "matrix":
        return _matrix(comparison)
    if view not in FRAMES:
        known = ", ".join(sorted([*FRAMES, "matrix"]))
        raise UsageError(f"there is no view {view!r}.", next_step=f"Views: {known}.")
    columns, rows = FRAMES[view]
    return pandas.DataFrame(list(rows(comparison)), columns=list(columns)).convert_dtypes()


def _matrix(comparison: Comparison) -> pandas.DataFrame:
    import pandas

    labels = [plan.label for plan in comparison.plans]
    index = pandas.Index([topic.label for topic in comparison.topics], name="topic")
    table = pandas.DataFrame(float("nan"), index=index, columns=labels)
    for cell in comparison.coverage:
        table.iloc[cell.topic, cell.plan] = cell.strength
    return table


def _where(comparison: Comparison, item: Item) -> Row:
    plan = comparison.plans[item.plan]
    return {
        "plan": plan.label,
        "place": plan.place,
        "section": "/".join(item.section),
        "page": item.span.page,
        "text": item.text,
    }


def _plans(comparison: Comparison) -> Iterator[Row]:
    shares = {row.plan: row for row in comparison.borrowed}
    for plan in comparison.plans:
        borrowed = shares.get(plan.index)
        yield {
            "plan": plan.label,
            "id": plan.id,
            "file": plan.name,
            "place": plan.place,
            "place_today": plan.place_today,
            "issuer": plan.issuer,
            "number": plan.number,
            "issued_on": plan.issued_on,
            "period": plan.period,
            "title": plan.title,
            "items": len(plan.items),
            "words": plan.words,
            "shared": borrowed.shared if borrowed else None,
            "borrowed": borrowed.earlier if borrowed else None,
            "from_central": borrowed.central if borrowed else None,
            "cautions": " ".join(caution.code for caution in plan.cautions),
        }


def _coverage(comparison: Comparison) -> Iterator[Row]:
    for topic in comparison.topics:
        group = comparison.groups[topic.group].label if topic.group >= 0 else None
        for member in topic.members:
            item = comparison.items[member.item]
            told = member.reason
            yield {
                "topic": topic.index,
                "label": topic.label,
                "kind": topic.kind,
                "group": group,
                "places": topic.places,
                **_where(comparison, item),
                "strength": member.strength,
                "low": member.low,
                "words": told.words if told else None,
                "weight": told.weight if told else None,
                "inside": told.inside if told else None,
                "signals": " ".join(told.signals) if told else None,
            }


def _leads(comparison: Comparison) -> Iterator[Row]:
    for lead in comparison.leads:
        yield {
            "topic": lead.topic,
            "label": comparison.topics[lead.topic].label,
            **_where(comparison, comparison.items[lead.item]),
            "agency": lead.role.agency,
            "today": lead.role.today,
            "role": lead.role.role,
            "named": lead.role.named,
            "inherited": lead.role.inherited,
            "differs": lead.differs,
        }


def _calendar(comparison: Comparison) -> Iterator[Row]:
    for entry in comparison.calendar:
        yield {
            "earliest": entry.due.earliest,
            "latest": entry.due.latest,
            "kind": entry.due.kind,
            "deadline": entry.due.text,
            "leads": "; ".join(entry.leads),
            "topic": entry.topic,
            "label": comparison.topics[entry.topic].label,
            **_where(comparison, comparison.items[entry.item]),
        }


def _rhythms(comparison: Comparison) -> Iterator[Row]:
    for rhythm in comparison.rhythms:
        to = [role.agency for role in rhythm.reports_to if role.role == "report_to"]
        via = [role.agency for role in rhythm.reports_to if role.role == "via"]
        yield {
            "every": rhythm.every,
            "deadline": rhythm.due.text,
            "latest": rhythm.due.latest,
            "reports_to": "; ".join(to),
            "via": "; ".join(via),
            **_where(comparison, comparison.items[rhythm.item]),
        }


def _targets(comparison: Comparison) -> Iterator[Row]:
    for number, indicator in enumerate(comparison.indicators):
        for value in indicator.values:
            yield {
                "indicator": number,
                "label": indicator.label,
                "unit": indicator.unit,
                "differs": indicator.differs,
                "comparator": value.figure.comparator,
                "value": value.figure.value,
                "value_max": value.figure.value_max,
                "strength": value.strength,
                "low": value.low,
                **_where(comparison, comparison.items[value.item]),
            }


def _documents(comparison: Comparison) -> Iterator[Row]:
    for document in comparison.documents:
        for citation in document.citations:
            plan = comparison.plans[citation.plan]
            yield {
                "document": document.label,
                "date": document.date,
                "plans": len(document.plans),
                "plan": plan.label,
                "place": plan.place,
                "role": citation.role,
                "text": citation.text,
                **_span(citation.span),
            }


def _recipients(comparison: Comparison) -> Iterator[Row]:
    for recipient in comparison.recipients:
        for number, line, _ in recipient.lines:
            yield {
                "recipient": recipient.label,
                "plan": comparison.plans[number].label,
                "line": line,
            }


def _only(comparison: Comparison) -> Iterator[Row]:
    for row in comparison.only_here:
        topic = comparison.topics[row.topic]
        nearest = comparison.items[row.nearest] if row.nearest is not None else None
        yield {
            "topic": row.topic,
            "label": topic.label,
            "kind": topic.kind,
            **_where(comparison, comparison.items[topic.central]),
            "sure": row.sure,
            "doubts": " ".join(row.doubts),
            "likeness": row.likeness,
            "nearest_plan": comparison.plans[nearest.plan].label if nearest else None,
            "nearest_text": nearest.text if nearest else None,
        }


def _reuse(comparison: Comparison) -> Iterator[Row]:
    for pair in comparison.reuse:
        yield {
            "a": comparison.plans[pair.a].label,
            "b": comparison.plans[pair.b].label,
            "direction": pair.direction,
            "why": pair.why,
            "days": pair.days,
            "words": pair.words,
            "share_a": pair.share_a,
            "share_b": pair.share_b,
            "passages": len(pair.passages),
            "common": "; ".join(comparison.documents[number].label for number in pair.common),
        }


def _passages(comparison: Comparison) -> Iterator[Row]:
    for pair in comparison.reuse:
        for passage in pair.passages:
            a, b = comparison.items[passage.a], comparison.items[passage.b]
            yield {
                "a": comparison.plans[pair.a].label,
                "b": comparison.plans[pair.b].label,
                "direction": pair.direction,
                "likeness": passage.likeness,
                "words": passage.words,
                "text_a": a.text,
                "text_b": b.text,
            }


def _copies(comparison: Comparison) -> Iterator[Row]:
    for number, copies in enumerate(comparison.copies):
        for item in copies.items:
            yield {
                "passage": number,
                "label": copies.label,
                "plans": len(copies.plans),
                "first": comparison.plans[copies.first].label if copies.first is not None else None,
                "words": copies.words,
                **_where(comparison, comparison.items[item]),
            }


def _years(comparison: Comparison) -> Iterator[Row]:
    for year in comparison.years:
        for change in year.changes:
            old = comparison.items[change.old] if change.old is not None else None
            new = comparison.items[change.new] if change.new is not None else None
            yield {
                "old_plan": comparison.plans[year.old].label,
                "new_plan": comparison.plans[year.new].label,
                "change": change.kind,
                "facts": " ".join(change.facts),
                "likeness": change.likeness,
                "low": change.low,
                "old_text": old.text if old else None,
                "new_text": new.text if new else None,
                "changed": "; ".join(
                    f"{each.fact}: {each.old or '–'} → {each.new or '–'}" for each in change.changed
                ),
            }


def _span(span: Span) -> Row:
    return {"page": span.page, "start": span.start, "end": span.end}


_ITEM = ("plan", "place", "section", "page", "text")
# View → its columns, and what makes its rows.
FRAMES: dict[str, tuple[tuple[str, ...], Callable[[Comparison], Iterator[Row]]]] = {
    "plans": (
        ("plan", "id", "file", "place", "place_today", "issuer", "number", "issued_on", "period",
         "title", "items", "words", "shared", "borrowed", "from_central", "cautions"),
        _plans,
    ),
    "coverage": (
        ("topic", "label", "kind", "group", "places", *_ITEM, "strength", "low", "words", "weight",
         "inside", "signals"),
        _coverage,
    ),
    "leads": (
        ("topic", "label", *_ITEM, "agency", "today", "role", "named", "inherited", "differs"),
        _leads,
    ),
    "calendar": (
        ("earliest", "latest", "kind", "deadline", "leads", "topic", "label", *_ITEM),
        _calendar,
    ),
    "rhythms": (("every", "deadline", "latest", "reports_to", "via", *_ITEM), _rhythms),
    "targets": (
        ("indicator", "label", "unit", "differs", "comparator", "value", "value_max", "strength",
         "low", *_ITEM),
        _targets,
    ),
    "documents": (
        ("document", "date", "plans", "plan", "place", "role", "text", "page", "start", "end"),
        _documents,
    ),
    "recipients": (("recipient", "plan", "line"), _recipients),
    "only": (
        ("topic", "label", "kind", *_ITEM, "sure", "doubts", "likeness", "nearest_plan",
         "nearest_text"),
        _only,
    ),
    "reuse": (
        ("a", "b", "direction", "why", "days", "words", "share_a", "share_b", "passages",
         "common"),
        _reuse,
    ),
    "passages": (
        ("a", "b", "direction", "likeness", "words", "text_a", "text_b"),
        _passages,
    ),
    "copies": (("passage", "label", "plans", "first", "words", *_ITEM), _copies),
    "years": (
        ("old_plan", "new_plan", "change", "facts", "likeness", "low", "old_text", "new_text",
         "changed"),
        _years,
    ),
}  # fmt: skip
