"""Names that packages offer are there, and nothing heavy is imported before one is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pipeline
from pipeline import comparison, corpus, review

OFFERING = [pipeline, comparison, corpus, review]


@pytest.mark.parametrize("package", OFFERING, ids=lambda package: package.__name__)
def test_every_name_is_there_and_no_other(package: object) -> None:
    for name in package.__all__:  # type: ignore[attr-defined]
        assert getattr(package, name).__name__ == name
    with pytest.raises(AttributeError, match="nothing"):
        package.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_importing_a_package_is_quick() -> None:
    names = ", ".join(package.__name__ for package in OFFERING)
    program = f"import sys, {names}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {"pydantic", "numpy", "spacy", "pandas", "lxml"} & set(done.stdout.split())
