"""Comparisons to make reports of: hand-made ones, and one that the engine made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def page_of(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """``page_of(html)`` → a page that shows it; what it complains of fails the test."""
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": 1300, "height": 900})
    context.set_default_timeout(5_000)

    def show(text: str) -> Any:
        file = tmp_path / "report.html"
        file.write_text(text, encoding="utf-8")
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                request.url.startswith(("file:", "data:")) or complaints.append(request.url)
            ),
        )
        page.goto(file.as_uri())
        return page

    yield show
    context.close()
    assert not complaints
