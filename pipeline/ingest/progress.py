"""How far a run is: a bar where a person looks, a line now and then in a log.

In: what the coordinator tells.  Out: words on standard error.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TextIO

from pipeline.corpus.plain import shown
from pipeline.ingest.job import Job, Result
from pipeline.ingest.ledger import State

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_SECONDS_PER_LINE = 10.0


class Progress:
    """Plain lines; none before ten seconds have passed.

    Args:
        out: where to; standard error when None.
    """

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._total = self._done = self._pages = self._failed = 0
        self._begun = self._told = time.monotonic()

    def looking(self, files: int) -> None:
        """So many files were found until now."""
        if self._is_time():
            self._say(f"looking: {files} files")

    def start(self, total: int) -> None:
        """So many are to be read."""
        self._total = total
        self._begun = time.monotonic()

    def done(self, job: Job, result: Result, state: State, pages: int) -> None:
        """One more has an outcome, or waits for another try."""
        if state in ("failed", "quarantined"):
            self._failed += 1
            line = f"{job.uri}: {result.code}: {result.message} {result.next_step}"
            self._say(shown(line))  # a file's name may hold what a terminal obeys
        if state != "waiting":
            self._done += 1
            self._pages += pages
        if self._is_time():
            self._say(f"{self._done} of {self._total}, {self.rate()}")

    def rate(self) -> str:
        """Pages per second, and what is left at this pace; the largest files come first, so that
        the truth is sooner rather than later."""
        seconds = max(time.monotonic() - self._begun, 1e-6)
        text = f"{self._pages / seconds:.1f} pages/s"
        if self._done:
            left = seconds / self._done * (self._total - self._done)
            text += f", {clock(left)} left at most"
        return text + (f", {self._failed} failed" if self._failed else "")

    def close(self) -> None:
        """The run is over."""

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now - self._told < _SECONDS_PER_LINE:
            return False
        self._told = now
        return True

    def _say(self, line: str) -> None:
        print(line, file=self._out, flush=True)


class Screen(Progress):
    """A bar at the foot of a terminal; failures scroll past above it."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        self._bar: Bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID = self._bar.add_task("looking", total=None, rate="")
        self._bar.start()

    def looking(self, files: int) -> None:
        """The bar runs without an end."""
        self._bar.update(self._task, completed=files)

    def start(self, total: int) -> None:
        """The bar begins."""
        super().start(total)
        self._bar.update(self._task, description="reading", total=total, completed=0)

    def done(self, job: Job, result: Result, state: State, pages: int) -> None:
        """The bar goes on."""
        super().done(job, result, state, pages)
        self._bar.update(self._task, completed=self._done, rate=self.rate())

    def close(self) -> None:
        """The bar goes."""
        self._bar.stop()

    def _is_time(self) -> bool:
        return False

    def _say(self, line: str) -> None:
        self._bar.console.print(line, markup=False, highlight=False)


def clock(seconds: float) -> str:
    """Seconds as people say them: "45 s", "12 min", "3 h 20 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


def for_terminal() -> Progress:
    """The kind that fits where standard error goes."""
    return Screen() if sys.stderr.isatty() else Progress()
