"""What goes to a worker and what comes back: plain values that any runner can carry.

In and out are bytes on the way (``dumps``, ``loads``): what comes back from a process that saw
foreign files is unpickled to these two classes and nothing else.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass
from typing import Any, Literal

Stage = Literal["load", "read", "extract", "write", "work"]


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make a record of.

    Attributes:
        uri: where its bytes are: a path, or an address that fsspec understands.
        name: its file name, for the record.
        sha256: what its bytes were when the file was found.
        revision: of the code that should read it (``pipeline.revision``).
        readings: folder that keeps what OCR read; None for none.
        attempt: 1 for the first.
        size: of the file, in bytes; 0 where it is not known.
    """

    uri: str
    name: str
    sha256: str
    revision: str
    readings: str | None = None
    attempt: int = 1
    size: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job.

    Attributes:
        sha256: of the bytes that were read.
        record: the record as JSON, UTF-8; None where it failed.
        packed: the same as the corpus keeps it (``corpus.packing``): work that one coordinator need
            not do for many workers.
        stage, code, message, next_step: of the failure; see ``pipeline.errors``.
        retry: whether the same file may fare better another time (it hung, crashed or ate memory).
        seconds: wall clock, by stage.
        peak_memory: bytes of the worker process at its highest, None where it cannot be told.
        kept: whether the pages came from an earlier reading.
    """

    sha256: str
    record: bytes | None = None
    packed: bytes | None = None
    stage: Stage | None = None
    code: str | None = None
    message: str | None = None
    next_step: str | None = None
    retry: bool = False
    read_seconds: float = 0.0
    extract_seconds: float = 0.0
    peak_memory: int | None = None
    kept: bool = False


_VALUES: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__qualname__): kind for kind in (Job, Result)
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _VALUES:
            return _VALUES[module, name]
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a job")


def dumps(value: Job | Result) -> bytes:
    """A job or result as bytes."""
    return pickle.dumps(value, protocol=5)


def loads(data: bytes) -> Job | Result:
    """A job or result from its bytes.

    Raises:
        ValueError: they are something else.
    """
    try:
        value = _Unpickler(io.BytesIO(data)).load()
    except Exception as error:  # an unpickler fed with rubbish raises nearly anything
        raise ValueError(f"no job and no result: {error}") from error
    if not isinstance(value, Job | Result):
        raise ValueError("no job and no result")
    return value
