"""A value as a person gives it, made into one that the record can hold.

In: the fields as typed (on a page, in a CSV) and the value before.  Out: fields of the record's
types, with all that follows from them: a deadline's last day, a province's code, a reference's key.

What cannot be is refused with the reason; nothing is quietly mended but spelling of numbers and
dates that a person may write in the Vietnamese way (30/6/2024; 12,5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from models import Header, Plan
from pipeline import gazetteers
from pipeline.corpus import names
from pipeline.corpus.plain import shown
from pipeline.corrections.entries import Fields, Kind
from pipeline.corrections.values import HEADER_FIELDS, MODELS, Slot
from pipeline.entities.references import Mention
from pipeline.entities.resolution import identity
from pipeline.errors import BadCorrection
from pipeline.language.keys import folded
from pipeline.review import times
from pipeline.review.forms import Field, form
from pipeline.structure import numbers

LONGEST = 2_000
MOST_LINES = 500
MOST_LEVELS = 12
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,9})?", re.ASCII)
_MARKER = re.compile(
    r"(?:(?:phần|chương|mục|điều|phụ lục)\s+)?[0-9A-Za-zĐđ]{1,6}(?:\.[0-9]{1,3})*[.):]|[-–+•*]",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[^a-z0-9]+")


def typed(slot: Slot, given: Mapping[str, Any]) -> Fields:
    """Fields of a value in the record's types, each by itself.

    Raises:
        BadCorrection: an unknown field, or a value that is not of its type.
    """
    known = {field.name: field for field in form(slot.kind, slot.name)}
    found: Fields = {}
    for name, value in given.items():
        if name not in known:
            raise BadCorrection(
                f"{shown(str(name), 40)!r} is no field of {slot.name or slot.kind};"
                f" these are: {', '.join(known)}."
            )
        try:
            found[name] = _typed(known[name], value)
        except ValueError as error:
            raise BadCorrection(f"{name}: {shown(str(error), 200)}.") from error
    return found


def _typed(field: Field, value: Any) -> Any:
    if field.type == "lines":
        kept = [text for text in map(plain_text, _several(value, "\n")) if text]
        if len(kept) > MOST_LINES:
            raise ValueError(f"more than {MOST_LINES} lines")
        return kept
    if field.type == "path":
        path = [part for part in map(plain_text, _several(value, "/")) if part]
        if not 0 < len(path) <= MOST_LEVELS:
            raise ValueError(f"is no address of a section, for example II/3/a: {str(value)[:40]!r}")
        return path
    if isinstance(value, str):
        value = plain_text(value) or None
    if value is None:
        if field.required:
            raise ValueError("must not be blank")
        return None
    if field.type == "number":
        return _number(value)
    if isinstance(value, Mapping) and field.name in ("issuer", "signer", "province"):
        value = plain_text(str(value.get("name") or "")) or None
        if value is None:
            return None
    if not isinstance(value, str):
        raise ValueError(f"is no text: {str(value)[:40]!r}")
    if field.choices and value not in field.choices:
        raise ValueError(f"{value[:40]!r} is none of {', '.join(field.choices)}")
    if field.type == "date":
        return times.day(value)
    if field.type == "period":
        return times.interval(value)
    return value


def _several(value: Any, mark: str) -> Sequence[Any]:
    if isinstance(value, str):
        return value.split(mark)
    if value is not None and not isinstance(value, list | tuple):
        raise ValueError(f"is no list: {str(value)[:40]!r}")
    return value or ()


def plain_text(text: object, longest: int = LONGEST) -> str:
    """Text of a person: composed, without controls, blanks at its ends removed.

    Raises:
        ValueError: it is none, holds controls, or is longer than ``longest``.
    """
    if not isinstance(text, str):
        raise ValueError(f"is no text: {str(text)[:40]!r}")
    broken = any(unicodedata.category(sign) == "Cs" for sign in text)
    if broken or _OBEYED.search(text.replace("\r\n", "\n")):
        raise ValueError("holds signs that are no text")
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(text) > longest:
        raise ValueError(f"is longer than {longest} characters")
    return text


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"is no number: {str(value)[:40]!r}")
    if isinstance(value, str):
        value = value.replace("%", "").strip()
        if _THOUSANDS.fullmatch(value):
            plain = value.replace(".", "")
            raise ValueError(f"{value!r} may be two numbers: write {plain}, or a decimal comma")
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"{value[:40]!r} is no number, for example 80 or 99,5")
        value = float(value.replace(",", "."))
    if not -1e15 < value < 1e15:  # before it becomes a float, which not every whole number can
        raise ValueError("is no number that a plan could hold")
    return float(value)


def completed(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    """All that an edit fixes: the new fields and what follows from them.

    Args:
        plan: the record.
        slot: the value's place.
        before: its fields until now; {} for a new value.
        new: from ``typed``.
        words: what it stands on; "" for fields of the header.

    Returns:
        The fields that change, checked against the record's model.

    Raises:
        BadCorrection: the value cannot be.
    """
    follow = {
        "header": _header,
        "reference": _reference,
        "agency": _agency,
        "deadline": _deadline,
        "assignment": _assignment,
        "target": _target,
        "section": _heading,
    }.get(slot.kind)
    try:
        made = {**new, **(follow(plan, slot, before, new, words) if follow else {})}
        _validate(slot.kind, {**before, **made}, words)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise BadCorrection(f"{where}: {shown(fault['msg'], 160)}.") from error
    except ValueError as error:
        raise BadCorrection(f"{slot.name or slot.kind}: {shown(str(error), 200)}.") from error
    return made


def _validate(kind: Kind, fields: Fields, words: str) -> None:
    if kind == "header":
        Header.model_validate(fields)
        return
    model = MODELS[kind]
    span = {"start": 0, "end": len(words)}
    needed: Fields = {
        "text": words, "span": span, "section": [], "id": "x", "key": "", "marker": "",
        "path": [], "mentions": [span],
    }  # fmt: skip
    given = {name: value for name, value in needed.items() if name in model.model_fields}
    model.model_validate({**given, **fields})


def _header(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    name = slot.name
    value = new.get(name)
    assert name in HEADER_FIELDS
    if name == "kind":
        return {"kind_name": _kind_name(value) if value else None}
    if name == "number" and value:
        symbol = numbers.parse(value).symbol if "/" in value or "-" in value else ""
        found = {"number": numbers.compact(value)}
        return {**found, "symbol": symbol} if symbol else found
    if name == "province" and value:
        return {"province": _province(plan, value)}
    if name == "issuer" and value:
        spelled = value.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
        return {"issuer": {"name": value, "canonical": spelled, "agency_id": None}}
    if name == "signer" and value:
        return {"signer": {**(before.get("signer") or {}), "name": value}}
    return {}


def _kind_name(code: str) -> str | None:
    return next((r["name"] for r in gazetteers.rows("document_types") if r["code"] == code), None)


def _province(plan: Plan, name: str) -> Fields:
    known = names.province(name)
    if known is None:
        raise ValueError(f"{name[:60]!r} is no province, of today or before July 2025")
    day = plan.header.issued_on or plan.header.plan_period
    row = gazetteers.province_on(known, day.split("/")[0] if day else None)
    assert row is not None
    today = gazetteers.current(row)
    return {
        "name": row.name, "code": row.code, "current_name": today.name, "current_code": today.code
    }  # fmt: skip


def _heading(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    """Marker and title of a heading that was not found, from its words."""
    if before:
        return {}
    if not new.get("path"):
        raise ValueError('a section has an address (path), for example "II/3/a"')
    marker = _MARKER.match(words)
    printed = marker.group() if marker else ""
    title = new.get("title") or " ".join(words[len(printed) :].split())
    if not title:
        raise ValueError("a section has words behind its marker")
    return {"marker": printed, "title": title}


def _reference(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    """The key of the document, and its number as the rules spell it."""
    after = {**before, **new}
    if not after.get("number") and not after.get("name"):
        raise ValueError("a reference has a number, or the name of a law or programme")
    number = numbers.parse(after["number"]) if after.get("number") else None
    province = plan.header.province.name if plan.header.province else None
    mention = Mention(
        0, 0, after.get("kind"), number, after.get("date"), after.get("issuer"), after.get("name")
    )
    return {
        "number": number.printed if number else None,
        "canonical_number": number.canonical if number else None,
        "key": identity(mention, province),
    }


def _agency(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    made: Fields = {}
    if not before:
        made["name"] = new.get("name") or words
        made["canonical"] = new.get("canonical") or made["name"]
        made["kind"] = new.get("kind") or "named"
        made["id"] = _agency_id(plan, made["canonical"], made["kind"])
    elif "name" in new and "canonical" not in new and before["name"] == before["canonical"]:
        made["canonical"] = new["name"]
    return made


def _agency_id(plan: Plan, canonical: str, kind: str) -> str:
    slug = _SLUG.sub("-", folded(canonical)).strip("-")[:60] or "body"
    code = plan.header.province.code if plan.header.province else None
    wanted = f"{slug}@{code}" if code and kind != "generic" else slug
    taken = {agency.id for agency in plan.agencies}
    return next(
        each
        for each in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3)))
        if each not in taken
    )


def _deadline(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    if not before and "value" not in new and "kind" not in new:
        raise ValueError("a deadline has a kind or a value")
    after = {**before, **new}
    kind = after.get("kind") or times.kind_of(after.get("value"))
    if not {"kind", "value", "relation"} & new.keys():
        return {}
    value = after.get("value")
    if "kind" in new and "value" not in new and kind in ("continuous", "event"):
        value = None
    relation = after.get("relation")
    if "value" in new and "relation" not in new:
        # A window or a rule no longer binds as the words of the old kind did.
        fits = kind == "due" and relation in ("before", "no_later_than")
        relation = relation if fits or kind == before.get("kind") else None
    strict = kind == "due" and relation == "before"
    made = times.meaning(kind, value, strict=strict, period=plan.header.plan_period)
    made |= {"kind": kind, "relation": relation}
    if "value" in new:
        made["year_from"] = None
    return made


def _target(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    after = {**before, **new}
    if after.get("value") is None:
        raise ValueError("a target has a value")
    if after.get("value_max") is not None and after["value_max"] < after["value"]:
        raise ValueError("the upper bound is below the value")
    return {}


def _assignment(plan: Plan, slot: Slot, before: Fields, new: Fields, words: str) -> Fields:
    after = {**before, **new}
    name = after.get("agency") or words
    if not after.get("role"):
        raise ValueError("an assignment has a role")
    if before and "agency" not in new:
        return {}
    key = names.agency_key(name)
    known = [
        agency.id
        for agency in plan.agencies
        if key in (names.agency_key(agency.name), names.agency_key(agency.canonical))
    ]
    return {"agency": name, "agency_id": known[0] if known else None}


def within(text: str, span: Sequence[int] | None) -> tuple[int, int]:
    """A stretch of a plan's text that a person pointed to, without blanks at its ends.

    Raises:
        BadCorrection: it is none, or does not lie in the text, or holds no word.
    """
    if span is None:
        raise BadCorrection("say which words: start and end in the plan's text.")
    start, end = (int(each) for each in span)
    if not 0 <= start < end <= len(text):
        raise BadCorrection(f"{start}-{end} is not inside the plan's {len(text)} characters.")
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise BadCorrection("there is no word in these characters.")
    return start, end
