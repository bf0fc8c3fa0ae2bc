"""Dates, repetitions and numbers as people write them in both languages."""

from __future__ import annotations

import pytest

from pipeline.web.rendering import amount, date, hanoi, when


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (None, "–", "–"),
        ("2024-03-05", "05/03/2024", "2024-03-05"),
        ("2024-03", "03/2024", "2024-03"),
        ("2021/2025", "2021 – 2025", "2021 – 2025"),
        ("../2024-06-30", "đến 30/06/2024", "until 2024-06-30"),
        ("2024-06/..", "từ 06/2024", "from 2024-06"),
        ("2024-04/2024-06", "04/2024 – 06/2024", "2024-04 – 2024-06"),
    ],
)
def test_dates(value: str | None, vi: str, en: str) -> None:
    assert (date("vi", value), date("en", value)) == (vi, en)
    assert (when("vi", value), when("en", value)) == (vi, en)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("R/P1M", "hằng tháng", "monthly"),
        ("R/P6M", "6 tháng một lần", "half-yearly"),
        ("R/P2W", "2 tuần một lần", "every 2 weeks"),
        ("P1D", "1 ngày", "1 day"),
        ("P12M", "12 tháng", "12 months"),
        ("anything", "anything", "anything"),
    ],
)
def test_repetitions_and_durations(value: str, vi: str, en: str) -> None:
    assert (when("vi", value), when("en", value)) == (vi, en)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(95, "95", "95"), (52.5, "52,5", "52.5"), (1_200_000, "1.200.000", "1,200,000"),
     (0.25, "0,25", "0.25"), (1000.5, "1.000,5", "1,000.5"), (0, "0", "0")],
)  # fmt: skip
def test_numbers(value: float, vi: str, en: str) -> None:
    assert (amount("vi", value), amount("en", value)) == (vi, en)


def test_moments_are_of_hanoi() -> None:
    assert hanoi("2024-12-31T20:04:05Z") == "01/01/2025 03:04"
