"""Which code and data make a record: equal revisions make equal records of equal bytes.

In: nothing.  Out: two short texts.  A version number is changed by hand and forgotten; a digest of
the stages' own files is neither, so that a mended rule or a new row of a gazetteer is enough to
have plans read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).resolve().parent
_READING = ("reading",)
_REST = (
    *("language", "gazetteers", "structure", "entities", "tasks", "assemble"),
    *("components.py", "extraction.py", "../models"),
)


@cache
def revision() -> str:
    """The revision of everything from bytes to record, for example "0.1.0+3f2a90c1d4e5"."""
    return f"{_version()}+{_digest(*_READING, *_REST)}"


@cache
def reading_revision() -> str:
    """The revision of reading alone: what pages hold does not depend on the rules of extraction."""
    return f"{_version()}+{_digest(*_READING)}"


def _version() -> str:
    try:
        return version("kehoach")
    except PackageNotFoundError:
        return "0"


def _digest(*rooms: str) -> str:
    total = hashlib.sha256()
    for room in rooms:
        for path in _files(_ROOT / room):
            total.update(f"{path.name}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:12]


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for path in sorted(place.rglob("*")):
        if path.suffix in (".py", ".csv") and path.is_file():
            yield path
