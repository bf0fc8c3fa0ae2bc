"""Deadlines and schedules (thời hạn, tiến độ): time expressions that bind a duty of this plan.

In: clean text with citations masked, and the plan's own year.  Out: ``Schedule`` objects with
EDTF values, bounds as dates and RRULEs.

Three things keep dates apart from deadlines.  Dates inside citations are masked before anything is
looked for.  Expressions that are often no deadline ("trong năm 2024", "thường xuyên", "Quý II")
count only where a schedule stands: after a label ("Thời gian thực hiện: …"), under a heading that
promises one, in a table cell.  And what ends before the plan was issued schedules nothing.

Conventions of the record: "trước ngày 30 tháng 6" has the value "../2024-06-30", ``latest`` is the
day before; ``year_from`` says where a missing year was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pipeline.entities import schedule_patterns as patterns
from pipeline.entities.schedule_events import is_subject
from pipeline.entities.schedule_rules import RULES
from pipeline.entities.schedule_values import Ground, PlanTime, Schedule
from pipeline.entities.stretches import Taken, cover

__all__ = ["PlanTime", "Schedule", "find", "is_schedule_title", "whole_lines"]


def find(
    text: str,
    plan: PlanTime,
    *,
    masked: Iterable[tuple[int, int]] = (),
    fields: Iterable[tuple[int, int]] = (),
    span: tuple[int, int] | None = None,
    subject: str = "",
) -> list[Schedule]:
    """Deadlines of a text, in order, without overlaps.

    Args:
        text: clean text.
        plan: the plan's own time, for expressions without a year.
        masked: spans in which nothing is looked for (citations, letterhead, sign-off).
        fields: spans known to hold schedules (table cells, sections titled "Thời gian").
        span: only inside this stretch.
        subject: what the plan is about; a feast or a day that it names is the plan's own time.

    Returns:
        The deadlines; one expression with several frequencies gives several entries.

    >>> find("báo cáo trước ngày 30 tháng 6", PlanTime(2024, 2024))[0].value
    '../2024-06-30'
    """
    covered = cover(text, masked)
    first, last = span or (0, len(text))
    labelled = (m.span("field") for p in patterns.FIELDS for m in p.finditer(covered))
    ground = Ground(covered, plan, tuple(sorted({*labelled, *fields})), first, last)
    found: list[Schedule] = []
    taken = Taken()
    for rule in RULES:
        for group in rule(ground):
            if not taken.free(group[0].start, group[0].end):
                continue
            whole = [
                _lunar(covered, _with_later(covered, _with_years(covered, schedule)))
                for schedule in group
            ]
            for start, end in {(schedule.start, schedule.end) for schedule in whole}:
                if taken.free(start, end):
                    taken.take(start, end)
            found.extend(
                _plausible(schedule, plan)
                for schedule, printed in zip(whole, group, strict=True)
                if _keep(printed, plan) and not (subject and is_subject(covered, printed, subject))
            )
    return sorted(found, key=lambda s: (s.start, s.end))


def whole_lines(text: str) -> list[tuple[int, int]]:
    """Lines that are nothing but a time, in a text that has a column for it somewhere."""
    head = patterns.TIME_HEAD.search(text)
    if head is None:
        return []
    found: list[re.Match[str]] = []
    for m in patterns.TIME_LINE.finditer(text, head.end()):
        # The same words in the next cell of the row are its result, no second time.
        if not (found and found[-1].end() + 1 == m.start() and found[-1].group() == m.group()):
            found.append(m)
    return [m.span() for m in found]


def is_schedule_title(title: str) -> bool:
    """Does a heading promise that its text is a schedule?"""
    return bool(patterns.FIELD_TITLE.match(title))


def _keep(schedule: Schedule, plan: PlanTime) -> bool:
    """What was over long before the plan, or a window of earlier years, schedules nothing."""
    issued = plan.issued_on or (f"{plan.first_year}" if plan.first_year else None)
    if issued is None or not schedule.latest:
        return True
    if schedule.earliest is None:
        return schedule.latest >= f"{int(issued[:4]) - 1}"
    return schedule.earliest[:4] >= issued[:4] or schedule.latest[:7] > issued[:7]


def _with_years(text: str, schedule: Schedule) -> Schedule:
    """ "trong năm 2022, 2023 và 2024" is one window where the years follow on."""
    more = patterns.MORE_YEARS.match(text, schedule.end)
    if not more or schedule.kind != "within" or not (schedule.value or "").isdigit():
        return schedule
    years = [int(year) for year in re.findall(r"\d{4}", f"{schedule.value}{more.group()}")]
    if years != list(range(years[0], years[-1] + 1)):
        return schedule
    last = date(years[-1], 12, 31).isoformat()
    value = f"{years[0]}/{years[-1]}"
    return replace(schedule, end=more.end(), value=value, latest=last, relation="within")


def _with_later(text: str, schedule: Schedule) -> Schedule:
    """ "năm 2022 và các năm tiếp theo" has a beginning and no end."""
    later = patterns.AND_LATER.match(text, schedule.end)
    if not later or schedule.kind != "within" or not schedule.value:
        return schedule
    value = f"{schedule.value.split('/')[0]}/.."
    return replace(schedule, end=later.end(), value=value, latest=None, relation="from")


def _lunar(text: str, schedule: Schedule) -> Schedule:
    """ "ngày 10/3 âm lịch" moves from year to year, like a feast: it has no value here."""
    words = patterns.LUNAR.match(text, schedule.end) if schedule.kind in ("due", "within") else None
    if words is None:
        return schedule
    return replace(
        schedule, end=words.end(), kind="event", value=None, earliest=None, latest=None,
        year_from=None, confidence=0.6,
    )  # fmt: skip


def _plausible(schedule: Schedule, plan: PlanTime) -> Schedule:
    """Over before the plan was issued, or far from its years: keep, but do not be sure."""
    if plan.issued_on and schedule.latest and schedule.latest < plan.issued_on:
        return replace(schedule, confidence=0.5)
    if plan.last_year and schedule.earliest and int(schedule.earliest[:4]) > plan.last_year + 10:
        return replace(schedule, confidence=0.5)
    return schedule
