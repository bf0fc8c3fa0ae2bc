"""What stands side by side: places in order, or the plans of one place by date."""

from __future__ import annotations

from dataclasses import replace

from pipeline.comparison.report.places import places
from pipeline.comparison.report.speech import Speech
from pipeline.comparison.report.tables import Cell
from pipeline.comparison.results import Comparison, PlanFacts
from tests.comparison.report import made

SAY = Speech("vi")


def with_plans(*changes: dict[str, object]) -> Comparison:
    comparison = made.comparison(len(changes))
    plans: list[PlanFacts] = [
        replace(plan, **change)  # type: ignore[arg-type]
        for plan, change in zip(comparison.plans, changes, strict=True)
    ]
    return replace(comparison, plans=tuple(plans))


def test_central_issuers_first_then_provinces_then_what_is_unknown() -> None:
    comparison = with_plans(
        {"place": "?", "level": "other"},
        {"place": "Đà Nẵng"},
        {"place": "Cà Mau"},
        {"place": "Bộ Y tế", "level": "central"},
    )
    side = places(comparison, SAY)
    assert side.names == ("Bộ Y tế", "Cà Mau", "Đà Nẵng", "Không rõ nơi")
    assert side.of_plan == (3, 2, 1, 0)


def test_several_plans_of_a_place_are_one_column() -> None:
    side = places(with_plans({"place": "Huế"}, {"place": "Cà Mau"}, {"place": "Huế"}), SAY)
    assert side.plans == ((1,), (0, 2)) and not side.by_plan
    assert side.gather([(0, "a"), (1, "b"), (2, "c")]) == {1: ["a", "c"], 0: ["b"]}


def test_plans_of_one_place_are_columns_named_by_what_differs() -> None:
    side = places(made.comparison(3, one_place=True), SAY)
    assert side.by_plan
    assert side.names == ("Hà Nội 2020", "Hà Nội 2021", "Hà Nội 2022")
    assert side.heads == ("2020", "2021", "2022")


def test_cells_are_spread_over_all_columns() -> None:
    side = places(made.comparison(3), SAY)
    assert [cell.text for cell in side.spread({1: Cell("x")})] == ["", "x", ""]
