"""Records from files, for scoring and comparing.

In: a path.  Out: ``models.Plan``, or one clear error.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from models import Plan
from pipeline.errors import BadRecord, FileMissing
from pipeline.evaluation.gold import first_fault


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
    if path.is_dir():
        return sorted(path.glob("*.json"))
    if path.exists():
        return [path]
    raise FileMissing(f"{path} does not exist.")
