"""Whether a record can be kept: what a reader of ours would never write, a stranger's file may say.

In: a ``models.Plan`` and its passages.  Out: nothing, or ``BadRecord``.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from models import Plan
from pipeline.corpus.passages import Passage
from pipeline.corpus.plain import shown
from pipeline.errors import BadRecord

_BROKEN = re.compile("[\0\ud800-\udfff]")


def check(plan: Plan, passages: Sequence[Passage]) -> None:
    """Hold a record to what the corpus relies on.

    Raises:
        BadRecord: no words, letters that are none, spans outside the text, numbers and days that
            do not exist.
    """
    for fault in _faults(plan, passages):
        raise BadRecord(f"the record {shown(plan.id, 40)} {fault}.")


@contextmanager
def kept(plan: Plan) -> Iterator[None]:
    """What neither Python nor SQLite can keep (a page number of thirty digits) as ``BadRecord``."""
    try:
        yield
    except (OverflowError, RecursionError, UnicodeError, ValueError, sqlite3.IntegrityError) as why:
        raise BadRecord(f"the record {shown(plan.id, 40)} cannot be kept: {why}.") from why


def _faults(plan: Plan, passages: Sequence[Passage]) -> Iterator[str]:
    if not passages:
        yield "has no words"
    if _BROKEN.search(plan.text):
        yield "holds broken characters"
    spans = [
        *(value.span for value in plan.references),
        *(value.span for value in plan.short_references),
        *(value.span for value in plan.deadlines),
        *(value.span for value in plan.targets),
        *(value.span for value in plan.tasks),
        *(mention for agency in plan.agencies for mention in agency.mentions),
    ]
    if any(span.end > len(plan.text) for span in spans):
        yield "has a span outside its text"
    numbers = [number for one in plan.targets for number in (one.value, one.value_max)]
    if not all(number is None or math.isfinite(number) for number in numbers):
        yield "has a target that is no number"
    days = [day for one in plan.deadlines for day in (one.earliest, one.latest)]
    if not all(day is None or _is_day(day) for day in days):
        yield "has a deadline on a day that does not exist"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
