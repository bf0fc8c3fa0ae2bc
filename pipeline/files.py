"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from errno import EISDIR
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it holds all of ``data``, or what it held before.

    Raises:
        OSError: the folder cannot be written, or the disk is full; nothing is left behind.
    """
    if not path.name:
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
