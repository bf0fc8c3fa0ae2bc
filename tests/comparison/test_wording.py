"""Every code that the results can hold has its words in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from pipeline.comparison import results
from pipeline.comparison.arguments import VIEWS
from pipeline.comparison.likeness import SIGNALS
from pipeline.comparison.wording import catalogue, say

FAMILIES = {
    "kind": get_args(results.Kind),
    "fact": get_args(results.Fact),
    "change": get_args(results.ChangeKind),
    "direction": get_args(results.Direction),
    "caution": get_args(results.CautionCode),
    "doubt": ("near", "incomplete"),
    "signal": tuple(SIGNALS),
    "view": VIEWS,
    "why": ("date", "cites", "implements", "period", "no-date", "same-time", "same-issuer",
            "successor", "asked"),
    "role": ("lead", "coordinate", "assignee", "advise", "supervise", "report_to", "via", "fund"),
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_every_code_has_words(family: str) -> None:
    for code in FAMILIES[family]:
        assert f"{family}.{code}" in catalogue("vi")
        assert say(code, family) == catalogue("vi")[f"{family}.{code}"]


def test_both_languages_say_the_same_things() -> None:
    assert set(catalogue("vi")) == set(catalogue("en"))
    assert all(catalogue("vi").values())
    assert all(catalogue("en").values())


def test_an_unusual_interval_is_shown_as_it_is() -> None:
    assert say("P10D", "every") == "P10D"
