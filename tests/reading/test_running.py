"""Running heads: what is one, and that no line makes the search long."""

from __future__ import annotations

import pytest

from pipeline.reading import running


def test_a_head_is_on_every_page() -> None:
    edges = [(page, f"{page} CÔNG BÁO/Số 7") for page in range(1, 6)]
    assert running.heads(edges, 5) == set(edges)


@pytest.mark.parametrize("line", [" " * 60_000, "x" + "\u3000" * 60_000, "1.1 " * 20_000])
def test_a_line_without_end_is_no_head(line: str) -> None:
    """These took minutes: the pattern tried every blank as the start of the number at the end."""
    assert running.heads([(page, line) for page in (1, 2, 3)], 3) == set()
