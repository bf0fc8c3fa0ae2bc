"""What people type for a deadline, and what follows from it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review import times


@pytest.mark.parametrize(
    ("kind", "value", "strict", "expected"),
    [
        ("due", "../2024-06-30", False, ("../2024-06-30", None, "2024-06-30", None)),
        ("due", "2024-06-30", True, ("../2024-06-30", None, "2024-06-29", None)),
        ("due", "30/6/2024", False, ("../2024-06-30", None, "2024-06-30", None)),
        ("due", "2024-10", True, ("../2024-10", None, "2024-10-31", None)),
        ("due", "10/2024", False, ("../2024-10", None, "2024-10-31", None)),
        ("due", "../2024", False, ("../2024", None, "2024-12-31", None)),
        ("within", "2024-02", False, ("2024-02", "2024-02-01", "2024-02-29", None)),
        ("within", "2024-04/2024-06", False,
         ("2024-04/2024-06", "2024-04-01", "2024-06-30", None)),
        ("within", "2026-01/..", False, ("2026-01/..", "2026-01-01", None, None)),
        ("recurring", "R/P1M", False, ("R/P1M", None, None, "FREQ=MONTHLY;UNTIL=20251231")),
        ("recurring", "R/P3M", False,
         ("R/P3M", None, None, "FREQ=MONTHLY;INTERVAL=3;UNTIL=20251231")),
        ("relative", "P15D", False, ("P15D", None, None, None)),
        ("continuous", None, False, (None, None, None, None)),
        ("due", None, False, (None, None, None, None)),
    ],
)  # fmt: skip
def test_what_follows_from_a_value(
    kind: str, value: str | None, strict: bool, expected: tuple
) -> None:
    made = times.meaning(kind, value, strict=strict, period="2021/2025")  # type: ignore[arg-type]
    assert (made["value"], made["earliest"], made["latest"], made["recurrence"]) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("due", "30 tháng 6"), ("due", "2024-02-30"), ("due", "2024-13"), ("due", "31/4/2024"),
        ("due", "0000"), ("within", "2024-06/2024-04"), ("within", "R/P1M"), ("within", "../2024"),
        ("recurring", "P1M"), ("recurring", "R/P0M"), ("recurring", "hàng quý"),
        ("relative", "15 ngày"), ("relative", "P"), ("continuous", "2024"), ("event", "2024"),
        ("due", "２０２４"), ("due", ""),
    ],
)  # fmt: skip
def test_what_cannot_be(kind: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"is no|no value|before it begins"):
        times.meaning(kind, value)  # type: ignore[arg-type]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_is_read_in_both_spellings(day: date) -> None:
    assert times.day(f"{day.day}/{day.month}/{day.year}") == times.day(day.isoformat())


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = times.day(text)
    except ValueError:
        return
    assert times.day(found) == found
