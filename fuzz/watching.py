"""A program that is watched while it runs: its memory and that of all it starts.

In: a command line.  Out: how it ended, and the highest memory of any of its processes.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Watched:
    """How a program ended; ``code`` is None where it was stopped after its time."""

    code: int | None
    out: str
    err: str
    memory: int


def run(arguments: Sequence[str], environment: Mapping[str, str], seconds: float) -> Watched:
    """Run a program and wait for it, at most so long."""
    process = subprocess.Popen(
        arguments, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        errors="replace", start_new_session=True,
    )  # fmt: skip
    highest = [0]
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, highest, ended), daemon=True)
    watcher.start()
    try:
        out, err = process.communicate(timeout=seconds)
        code: int | None = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        code = None
    finally:
        ended.set()
        watcher.join()
    return Watched(code, out, err, highest[0])


def _watch(pid: int, highest: list[int], ended: threading.Event) -> None:
    while not ended.wait(0.2):
        for each in _family(pid):
            with contextlib.suppress(OSError, ValueError, StopIteration):
                lines = Path(f"/proc/{each}/status").read_text(encoding="ascii").splitlines()
                peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
                highest[0] = max(highest[0], peak * 1024)


def _family(pid: int) -> Iterator[int]:
    """A process and all it started."""
    yield pid
    with contextlib.suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))
