"""What became of inputs, and what all of them came to.

In: outcomes, one by one.  Out: a ``Report``: counts by kind and code, the slowest, the largest,
what broke a law.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fuzz.inputs import Input

SLOW = 5.0  # seconds; so small an input should not take them


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    Attributes:
        input: which.
        code: "record" or "answer", or the error's code.
        seconds: the work on it took.
        memory: bytes of the process at its highest, None where nobody knows.
        broken: laws that it broke.
    """

    input: Input
    code: str
    seconds: float = 0.0
    memory: int | None = None
    broken: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """All outcomes of a run.

    Attributes:
        counts: per kind, how many of which code.
        slowest: per kind, seconds and name.
        memory: per kind, the highest bytes of a process.
        broken: outcomes that broke a law.
        limited: those that met a limit of time or memory, crashed a child or were slow: allowed,
            and worth a look.
        batches: sentences about batches that broke a law as a whole.
    """

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slowest: dict[str, tuple[float, str]] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    broken: list[Outcome] = field(default_factory=list)
    limited: list[Outcome] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Inputs so far."""
        return sum(map(Counter.total, self.counts.values()))

    @property
    def sound(self) -> bool:
        """No law was broken."""
        return not self.broken and not self.batches

    def add(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Count outcomes and hand them on."""
        for one in outcomes:
            kind = one.input.kind
            self.counts[kind][one.code] += 1
            self.slowest[kind] = max(
                self.slowest.get(kind, (0.0, "")), (one.seconds, one.input.name)
            )
            self.memory[kind] = max(self.memory.get(kind, 0), one.memory or 0)
            if one.broken:
                self.broken.append(one)
            elif one.code in ("timeout", "reader-crashed") or one.seconds > SLOW:
                self.limited.append(one)
            yield one

    def lines(self) -> Iterator[str]:
        """The figures for people, as a Markdown table."""
        yield "| input | count | records or answers | errors by code | slowest | highest memory |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for kind, counts in sorted(self.counts.items()):
            good = sum(counts[code] for code in ("record", "answer"))
            bad = [
                f"{n} `{code}`"
                for code, n in counts.most_common()
                if code not in ("record", "answer")
            ]
            memory = f"{self.memory[kind] / 1e6:.0f} MB" if self.memory.get(kind) else ""
            yield (
                f"| {kind} | {counts.total()} | {good} | {', '.join(bad) or 'none'} |"
                f" {self.slowest[kind][0]:.1f} s | {memory} |"
            )
