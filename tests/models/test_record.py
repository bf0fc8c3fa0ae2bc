"""The record: JSON and back, spans that hold, a schema that says what every field is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import models
from models import SCHEMA_VERSION, Plan, Reference, Section, Span

MODELS = [
    value
    for value in vars(models).values()
    if isinstance(value, type) and issubclass(value, BaseModel)
]


def test_json_and_back(small_plan: Callable[..., Plan]) -> None:
    plan = small_plan()
    text = plan.to_json()
    again = Plan.model_validate_json(text)
    assert again == plan
    assert again.to_json() == text


def test_json_keeps_letters_and_ends_with_a_line_end(small_plan: Callable[..., Plan]) -> None:
    text = small_plan().to_json()
    assert "Sở Xây dựng" in text
    assert text.endswith("}\n")
    assert json.loads(text)["schema_version"] == SCHEMA_VERSION


def test_the_order_of_fields_is_fixed(small_plan: Callable[..., Plan]) -> None:
    assert list(json.loads(small_plan().to_json())) == list(Plan.model_fields)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, -1)])
def test_spans_that_are_none(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        Span(start=start, end=end)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_spans_come_back(start: int, length: int) -> None:
    span = Span(start=start, end=start + length)
    assert Span.model_validate_json(span.model_dump_json()) == span


def test_a_span_without_pages_is_two_numbers() -> None:
    assert json.loads(Span(start=1, end=2).model_dump_json()) == {"start": 1, "end": 2}
    paged = Span(start=1, end=2, page=1, boxes=[(1.0, 2.0, 3.0, 4.0)])
    assert set(json.loads(paged.model_dump_json())) == {"start", "end", "page", "boxes"}


@pytest.mark.parametrize("side", [float("inf"), float("nan")])
def test_boxes_are_finite(side: float) -> None:
    with pytest.raises(ValidationError):
        Span(start=0, end=1, page=1, boxes=[(0, 0, side, 1)])


def test_pages_count_from_one() -> None:
    with pytest.raises(ValidationError):
        Span(start=1, end=2, page=0)


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_is_between_nothing_and_one(confidence: float) -> None:
    with pytest.raises(ValidationError):
        Reference(text="a", key="k", span=Span(start=0, end=1), section=[], confidence=confidence)


@pytest.mark.parametrize("refers_to", ["another", 1.5])
def test_a_reference_points_to_an_index_or_itself(refers_to: Any) -> None:
    with pytest.raises(ValidationError):
        Reference(text="a", key="k", span=Span(start=0, end=1), section=[], refers_to=refers_to)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_unknown_fields_are_refused(model: type[BaseModel]) -> None:
    with pytest.raises(ValidationError, match="surprise"):
        model.model_validate({"surprise": 1})


def test_sections_hold_sections() -> None:
    inner = Section(path=["I", "1"], marker="1.", title="b", text="b", span=Span(start=2, end=4))
    outer = Section(
        path=["I"], marker="I.", title="a", text="a", span=Span(start=0, end=4), children=[inner]
    )
    assert Section.model_validate_json(outer.model_dump_json()) == outer


# What the contract of the record promises to people who build on it.
CONTRACT = {
    "Plan": "schema_version id source text header attached preamble sections references agencies "
    "deadlines targets tasks annexes warnings",
    "Source": "name sha256 media_type bytes pages pipeline engines",
    "Page": "number width height read_by confidence warnings",
    "Header": "kind kind_name number symbol issued_on place issuer title plan_period province "
    "signer recipients signature",
    "Issuer": "name canonical agency_id",
    "Province": "name code current_name current_code",
    "Signer": "name position authority",
    "Signature": "signer time",
    "AttachedAct": "kind title span",
    "Section": "path marker title text span page children",
    "Reference": "text kind number date issuer key role refers_to span section",
    "Agency": "id name canonical kind level province mentions successor",
    "Deadline": "text kind value earliest latest relation recurrence quota year_from span section",
    "Quota": "comparator count unit per",
    "Target": "text value value_max unit comparator per subject span section",
    "Task": "id section text span assignments deadlines targets references outputs from_table",
    "Assignment": "agency agency_id role span",
    "Annex": "title columns rows span page",
    "AnnexColumn": "name means",
    "Warning_": "code message span page",
    "Span": "start end page boxes",
}


@pytest.mark.parametrize(("name", "fields"), CONTRACT.items())
def test_the_contract_is_kept(name: str, fields: str) -> None:
    assert set(fields.split()) <= set(getattr(models, name).model_fields)


def test_the_schema_holds_every_model_and_field() -> None:
    schema = Plan.model_json_schema()
    parts = {"Plan": schema, **schema["$defs"]}
    for model in MODELS:
        assert set(parts[model.__name__]["properties"]) == set(model.model_fields)


# Fields whose names say all: the same words everywhere in the record.
PLAIN = {"span", "section", "confidence", "text", "title", "name", "unit", "children"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_fields_say_what_they_hold(model: type[BaseModel]) -> None:
    silent = {name for name, field in model.model_fields.items() if not field.description}
    assert silent <= PLAIN
    assert model.__doc__
