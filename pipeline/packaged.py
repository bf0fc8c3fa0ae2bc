"""Data files that lie beside the code: tables and templates.

In: a package's name and a file's.  Out: the rows of a CSV file, or a text.
"""

from __future__ import annotations

import csv
from importlib import resources


def rows(package: str, name: str) -> list[dict[str, str]]:
    """The rows of ``<name>.csv`` in a package."""
    with (resources.files(package) / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def text(package: str, name: str) -> str:
    """A text file of a package; ``name`` may have folders in it."""
    return (resources.files(package) / name).read_text(encoding="utf-8")
