"""No more pages at once than there are cores, however many processes read.

In: the environment.  Out: a context that waits for its turn.  Where several workers read documents
side by side, each has OCR processes of its own, so that the last long scan still uses every core;
the turns keep them from fighting while there are many.

A turn is a locked file: the lock goes with its process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "KEHOACH_TURNS"  # set by a runner for its workers, not by people
_WAIT = 0.005


@contextmanager
def turn() -> Iterator[None]:
    """Hold one of the cores' files; at once where nobody set up any."""
    folder = os.environ.get(FOLDER)
    if not folder:
        yield
        return
    files = sorted(Path(folder).glob("core-*"))
    while files:
        for path in files:
            try:
                descriptor = os.open(path, os.O_RDWR)
            except OSError:
                continue
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)
                continue
            try:
                yield
            finally:
                os.close(descriptor)
            return
        time.sleep(_WAIT)
        files = [path for path in files if path.exists()]
    yield


def set_up(folder: Path, cores: int) -> dict[str, str]:
    """Make the files for so many turns.

    Args:
        folder: private to one run.
        cores: how many pages may be read at once.

    Returns:
        Environment variables for the workers.
    """
    for index in range(cores):
        (folder / f"core-{index}").touch()
    return {FOLDER: str(folder)}
