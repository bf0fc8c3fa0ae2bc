"""Records from files.

In: a path.  Out: ``models.Plan``, or one clear error that names the file.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from models import Plan
from pipeline.errors import BadRecord, FileMissing


def read_record(path: Path) -> Plan:
    """One record.

    Raises:
        FileMissing: it cannot be opened.
        BadRecord: it is no record of this version.
    """
    try:
        return Plan.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FileMissing(f"{path} cannot be opened: {error.strerror}.") from error
    except ValidationError as error:
        fault = first_fault(error)
        raise BadRecord(f"{path} is no record of this version: {fault}.") from error


def files(path: Path) -> list[Path]:
    """The JSON files of a folder in the order of their names, or the one file.

    Raises:
        FileMissing: there is nothing at the path.
    """
    # Unlike pathlib's, these say no where a folder above may not be entered.
    if os.path.isdir(path):  # noqa: PTH112
        return sorted(path.glob("*.json"))
    if os.path.exists(path):  # noqa: PTH110
        return [path]
    raise FileMissing(f"{path} does not exist.")


def first_fault(error: ValidationError) -> str:
    """The first of pydantic's complaints in one line, with the place in the file."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, fault["loc"]))[:80]  # a stranger may have named it
    more = error.error_count() - 1
    return f"{place}: {fault['msg']}".removeprefix(": ") + (f" (and {more} more)" if more else "")
