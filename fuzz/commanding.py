"""Commands in a child process, one after the other, within limits of clock, CPU time and memory.

In: the arguments of a command.  Out: what it printed and how it ended, or that it did not end in
time.  The commands run in the child's own process, as a person's shell would start them, but
without the second that a start costs.
"""

from __future__ import annotations

import contextlib
import io
import json
import time
import traceback
from dataclasses import dataclass
from typing import Any

from pipeline import children
from pipeline.children import Child
from pipeline.errors import KehoachError


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended.

    Attributes:
        code: exit code; None where it raised, was stopped or died.
        out, err: what it printed.
        fault: the traceback, or how it died.
        seconds: wall clock.
        memory: bytes of the child at its highest so far.
    """

    code: int | None
    out: str
    err: str
    fault: str
    seconds: float
    memory: int


class Commander:
    """A child that runs commands.

    Args:
        seconds: wall clock and CPU time of one command.
        memory: bytes that one command may add.
    """

    def __init__(self, seconds: int, memory: int) -> None:
        self._seconds, self._memory = seconds, memory
        self._child = Child("fuzz.commanding", requests=1000)

    def run(self, *arguments: object) -> Ended:
        """Run ``kehoach`` with arguments."""
        body = {"argv": [*map(str, arguments)], "seconds": self._seconds, "memory": self._memory}
        started = time.monotonic()
        try:
            answer = self._child.ask(json.dumps(body).encode(), self._seconds, "the fuzzer's limit")
        except KehoachError as error:
            return Ended(None, "", "", error.line(), time.monotonic() - started, 0)
        return Ended(**json.loads(answer))

    def close(self) -> None:
        """End the child."""
        self._child.close()


def main() -> None:
    """The child: serve commands until the parent is gone."""
    from pipeline import cli
    from pipeline.corpus import commands, keeping  # noqa: F401 (loaded before clocks count)
    from pipeline.review import commands as review  # noqa: F401

    def answer(body: bytes) -> tuple[bytes, bool]:
        asked: dict[str, Any] = json.loads(body)
        children.limit(asked["seconds"], asked["memory"], children.address_space())
        out, err, code, fault = io.StringIO(), io.StringIO(), None, ""
        started = time.monotonic()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = cli.main(asked["argv"])
            except SystemExit as left:
                code, fault = 2, f"refused by argparse: {left.code}"
            except BaseException:
                fault = traceback.format_exc()
        made = {
            "code": code, "out": out.getvalue(), "err": err.getvalue(), "fault": fault,
            "seconds": time.monotonic() - started, "memory": _peak(),
        }  # fmt: skip
        return json.dumps(made).encode(), "MemoryError" in fault

    children.serve(answer)


def _peak() -> int:
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM:"))
