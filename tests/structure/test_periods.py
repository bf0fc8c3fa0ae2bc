"""The years a plan is for."""

from __future__ import annotations

import pytest

from pipeline.structure import periods


@pytest.mark.parametrize(
    ("title", "value", "words"),
    [
        ("Trồng cây năm 2024", "2024", "năm 2024"),
        ("Trồng cây giai đoạn 2021 - 2025", "2021/2025", "giai đoạn 2021 - 2025"),
        ("Trồng cây từ năm 2022 đến năm 2025", "2022/2025", "từ năm 2022 đến năm 2025"),
        ("Trồng cây đến năm 2030", "../2030", "năm 2030"),
        ("Trồng cây năm 2024, định hướng đến năm 2030", "2024", "năm 2024"),
        ("Đề án “Trồng cây giai đoạn 2021-2025” trong năm 2022", "2022", "2022"),
        ("Trồng cây năm 2024 theo Quyết định của Bộ năm 2019", "2024", "năm 2024"),
        ("Thực hiện Kế hoạch số 5/KH-UBND ngày 01/02/2023", None, ""),
        ("Trồng cây", None, ""),
        ("Trồng cây 2025-2021", "2021", "2021"),
    ],
)
def test_the_plans_own_time(title: str, value: str | None, words: str) -> None:
    found = periods.find(title)
    assert (found and found[0]) == value
    assert not found or title[found[1] : found[2]] == words
