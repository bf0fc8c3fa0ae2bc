"""Bytes → ``Document``: one module per format, one flow that makes clean text of their lines.

``read``, ``read_bytes`` and ``read_many`` are the whole public interface: they check the bounds,
tell the format by content, parse in a child process within limits, read scanned pages in worker
processes, and raise only classes of ``pipeline.errors``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import KehoachError
from pipeline.reading import bounds, ocr_pool
from pipeline.reading.document import Document
from pipeline.reading.queued import Reading

__all__ = ["Document", "read", "read_bytes", "read_many"]

_MOST_AHEAD = 16  # documents that are open at the same time


def read(path: str | Path) -> Document:
    """Read a file: PDF, scan (PDF, PNG, JPEG, TIFF), DOCX, DOC, HTML, Markdown or plain text.

    Args:
        path: the file; it is only ever read.

    Raises:
        KehoachError: one class per situation, each with a code and the next step to try.
    """
    return read_bytes(bounds.load(path), Path(path).name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a file's bytes; ``name`` is its file name, for messages and the record."""
    reading = Reading(data, name)
    try:
        return reading.result()
    finally:
        reading.close()


def read_many(paths: Iterable[str | Path]) -> Iterator[tuple[Path, Document | KehoachError]]:
    """Read files, in their order; a file that cannot be read yields its error.

    Scanned pages of the files to come are read while the caller works on a document, so that
    the worker processes never wait for either.
    """
    ahead: deque[tuple[Path, Reading | KehoachError]] = deque()
    try:
        for path in map(Path, paths):
            ahead.append((path, _started(path)))
            while _is_enough(ahead):
                yield _taken(ahead)
        while ahead:
            yield _taken(ahead)
    finally:
        for _, reading in ahead:
            if isinstance(reading, Reading):
                reading.close()


def _started(path: Path) -> Reading | KehoachError:
    try:
        return Reading(bounds.load(path), path.name)
    except Exception as error:
        return _named(error)


def _named(error: Exception) -> KehoachError:
    """Faults of the program too become errors of one file, which the others outlive."""
    if isinstance(error, KehoachError):
        return error
    named = KehoachError(f"unexpected {type(error).__name__}: {error}.")
    named.__cause__ = error
    return named


def _is_enough(ahead: deque[tuple[Path, Reading | KehoachError]]) -> bool:
    """Whether the next document is done, or the workers have enough to do."""
    if not ahead:
        return False
    waiting = [reading.waiting for _, reading in ahead if isinstance(reading, Reading)]
    first = ahead[0][1]
    done = not isinstance(first, Reading) or not first.waiting
    return done or len(ahead) >= _MOST_AHEAD or sum(waiting) >= 3 * ocr_pool.POOL.workers


def _taken(
    ahead: deque[tuple[Path, Reading | KehoachError]],
) -> tuple[Path, Document | KehoachError]:
    path, reading = ahead.popleft()
    if isinstance(reading, KehoachError):
        return path, reading
    try:
        return path, reading.result()
    except Exception as error:
        return path, _named(error)
    finally:
        reading.close()
