"""Check and correct as the page and the API show it: values with their meaning in words, forms.

In: items of a plan's desk.  Out: what a person reads of them, and what can be filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pipeline import gazetteers
from pipeline.corpus.plain import shown
from pipeline.corrections.entries import Correction, Kind
from pipeline.corrections.values import HEADER_FIELDS
from pipeline.review import Item
from pipeline.review.forms import Field, form
from pipeline.web.plan_view import Value, joined
from pipeline.web.rendering import amount, label, when

# Which labels name the choices of a field.
_GROUPS = {
    ("assignment", "role"): "role",
    ("deadline", "kind"): "deadline",
    ("deadline", "relation"): "relation",
    ("reference", "role"): "reference",
    ("agency", "kind"): "agency",
    ("agency", "level"): "level",
    ("target", "comparator"): "comparator",
}
# Kinds of values that a person may add, by the words they stand on.
ADDED: tuple[Kind, ...] = ("deadline", "target", "reference", "agency", "assignment")
_SHOWN_AS = {"section": "section", "task": "task", "assignment": "agency"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a field."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """A field to fill in; ``type`` as in ``review.forms.Field``."""

    name: str
    type: str
    label: str
    required: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An item on the page."""

    item: Item
    value: Value
    meaning: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a value before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log on the page: what kind of value, its words, what was changed."""

    entry: Correction
    kind: str
    words: str
    changes: tuple[Change, ...]


def rows(items: Sequence[Item], lang: str) -> list[Row]:
    """Items with what to show of each."""
    found = []
    for at, item in enumerate(items):
        kind = _SHOWN_AS.get(item.kind, item.kind)
        words = item.words or (
            label(lang, "header", item.address.partition("/")[2]) if item.kind == "header" else "–"
        )
        confidence = 1.0 if item.confidence is None else item.confidence
        span = joined(item.spans) if item.spans else None
        found.append(Row(item, Value(f"i{at}", kind, words, span, confidence), meaning(item, lang)))
    return found


def meaning(item: Item, lang: str) -> str:
    """What a value says, in words: "Chủ trì: Sở Nội vụ"."""
    parts = []
    for field in form(item.kind, item.address.partition("/")[2] if item.kind == "header" else ""):
        text = _text(item.kind, field, item.fields.get(field.name), lang)
        if text:
            name = label(lang, "header", field.name) if item.kind == "header" else ""
            parts.append(f"{name}: {text}" if name else text)
    if item.kind == "assignment" and item.task:
        parts.append(shown(item.task, 90))
    return " · ".join(parts)


def _text(kind: str, field: Field, value: Any, lang: str) -> str:
    if value is None or value == [] or value == "":
        return ""
    if isinstance(value, dict):
        value = value.get("name") or ""
    if isinstance(value, list):
        return shown("; ".join(map(str, value)), 200)
    if field.type == "number":
        return amount(lang, value)
    group = _GROUPS.get((kind, field.name))
    if group:
        return label(lang, group, str(value))
    if field.type in ("date", "period", "time"):
        return shown(when(lang, str(value)), 60)
    return shown(str(value), 200)


def logged(entry: Correction, lang: str) -> Logged:
    """An entry of the log with its value's words and what it changed, in words."""
    head, _, rest = entry.address.partition("/")
    if head == "complete":
        return Logged(entry, label(lang, "category", rest), "", ())
    kind: Kind = head  # type: ignore[assignment]
    in_header = rest if kind == "header" else ""
    words = entry.place.words.replace("\x00", " … ") if entry.place else ""
    old, new = entry.old or {}, entry.new or {}
    changes = []
    for field in form(kind, in_header):
        if entry.verdict not in ("reject", "undo") and field.name not in new:
            continue
        was, now = (_text(kind, field, each.get(field.name), lang) for each in (old, new))
        if was != now:
            changes.append(Change(_field(kind, field, lang).label, was, now))
    title = label(lang, "header", rest) if in_header else label(lang, "kind", kind)
    return Logged(entry, title, shown(words, 120), tuple(changes))


def forms(lang: str) -> dict[str, list[FormField]]:
    """The form of every kind; of the header one per field, "header/number"."""
    made = {
        kind: [_field(kind, field, lang) for field in form(kind)]
        for kind in get_args(Kind)
        if kind not in ("header", "complete")
    }
    for name in HEADER_FIELDS:
        made[f"header/{name}"] = [_field("header", field, lang) for field in form("header", name)]
    return made


def _field(kind: str, field: Field, lang: str) -> FormField:
    group = _GROUPS.get((kind, field.name))
    names = {row["code"]: row["name"] for row in gazetteers.rows("document_types")}
    choices = tuple(
        Choice(code, label(lang, group, code) if group else names.get(code, code))
        for code in field.choices
    )
    title = field.vi if lang == "vi" else field.label
    return FormField(field.name, field.type, title[:1].upper() + title[1:], field.required, choices)
