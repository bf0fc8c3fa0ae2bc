"""Ways through a record that several tests take."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from models import Section, Span


def spans(value: object) -> Iterator[Span]:
    """Every span in a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from spans(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans(inner)


def sections(nodes: list[Section]) -> Iterator[Section]:
    """All sections of an outline."""
    for node in nodes:
        yield node
        yield from sections(node.children)
