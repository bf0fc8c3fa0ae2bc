"""The corpus for many requests at once: a few open connections, and plans kept unpacked.

In: the corpus's file.  Out: a ``Corpus`` per piece of work, given back after it.

A ``Corpus`` belongs to one thread at a time.  There are only a few, which also bounds how much is
computed at once: with more threads than cores every page gets slower and none sooner.
"""

from __future__ import annotations

import os
import queue
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from models import Plan
from pipeline import corpus
from pipeline.corpus import Corpus
from pipeline.corpus.facets import Basis, FacetCounter, Facets, read_basis
from pipeline.corpus.packing import unpack
from pipeline.errors import CorpusBusy, KehoachError, NotInCorpus
from pipeline.settings import settings
from pipeline.web.renewing import Renewed

T = TypeVar("T")
_PLANS = 48
_ANSWERS = 512
_SECONDS_FRESH = 4.0
SECONDS_FOR_COUNTS = 20.0  # of the whole corpus: they cost more and change less


class Library:
    """Open connections to one corpus.

    Args:
        path: the file.
        size: connections; as many as there are cores when None.
    """

    def __init__(self, path: Path, size: int | None = None) -> None:
        self.path = path
        self.size = size or max(2, os.cpu_count() or 1)
        self._idle: queue.LifoQueue[Corpus | None] = queue.LifoQueue()
        for _ in range(self.size):
            self._idle.put(None)
        self._writing = threading.Lock()
        self.written = 0  # changes that were made here
        self._basis = Renewed(self._read_basis)
        self._plans = Kept[Plan](_PLANS)
        self._answers = Kept[Any](_ANSWERS)

    @contextmanager
    def reading(self) -> Iterator[Corpus]:
        """A corpus for one piece of work; waits where all are in use.

        Raises:
            CorpusBusy: none became free in time.
        """
        try:
            own = self._idle.get(timeout=settings().busy_seconds)
        except queue.Empty:
            raise CorpusBusy("all connections to the corpus are in use.") from None
        try:
            if own is None:
                own = corpus.open(self.path)
            yield own
        except KehoachError:
            raise
        except BaseException:
            if own is not None:
                own.close()
                own = None
            raise
        finally:
            self._idle.put(own)

    @contextmanager
    def writing(self) -> Iterator[Corpus]:
        """The corpus for changes: one at a time here, and after other processes' writers.

        Raises:
            CorpusBusy: another process writes for too long.
        """
        with self._writing, corpus.open(self.path, write=True) as own:
            try:
                yield own
            finally:  # of several changes some may stand when a later one is refused
                self.changed()

    def plan(self, open_: Corpus, record_id: str) -> tuple[Plan, int]:
        """A plan's record, corrections included, and a number that changes when the record does.

        Args:
            open_: where to read it.
            record_id: the whole id.

        Raises:
            NotInCorpus: no plan has it.
        """
        row = open_.store.connection.execute(
            "SELECT coalesce(c.record, p.record), p.text FROM plans p"
            " LEFT JOIN corrected c ON c.plan = p.id WHERE p.record_id = ?",
            [record_id],
        ).fetchone()
        if row is None:
            raise NotInCorpus(f"no plan has the id {record_id[:20]}.")
        mark = zlib.crc32(row[0])
        return self._plans.get((record_id, mark), lambda: unpack(*row)), mark

    def answered(
        self, open_: Corpus, key: Hashable, make: Callable[[], T], fresh: float | None = None
    ) -> T:
        """What was computed for this key since the corpus changed last; else it is made now.

        While another process writes, the corpus changes every second: an answer then serves for
        a few seconds more (``fresh``).  What is changed here is seen at once.
        """
        seconds = _SECONDS_FRESH if fresh is None else fresh
        changes = open_.store.changes()
        now = time.monotonic()
        last = ("last", key, self.written)
        known = self._answers.find(last)
        if known is not None and (known[0] == changes or now - known[1] < seconds):
            kept: T = known[2]
            return kept
        made = self._answers.get(("of", key, changes), lambda: (changes, now, make()))
        self._answers.put(last, made)
        answer: T = made[2]
        return answer

    def changed(self) -> None:
        """Told that this site has changed the corpus: answers from before are not fresh."""
        self.written += 1

    def facets(self, open_: Corpus, query: str, top: int) -> Facets:
        """A query's facets.

        While another process writes, what they are counted from is some seconds old.

        Raises:
            QueryError: the query is not understood.
        """

        def basis() -> Basis:
            return self._basis.get(open_.store.changes(), self.written, _SECONDS_FRESH)

        return FacetCounter(open_.store, basis).count(query, top=top)

    def _read_basis(self) -> tuple[int, Basis]:
        with corpus.open(self.path) as own, own.store.snapshot() as connection:
            return own.store.changes(), read_basis(connection)

    def settle(self) -> None:
        """Wait for what is being made beside the requests."""
        self._basis.settle()

    def close(self) -> None:
        """Close what is not in use."""
        self.settle()
        while True:
            try:
                own = self._idle.get_nowait()
            except queue.Empty:
                return
            if own is not None:
                own.close()


class Kept(OrderedDict[Hashable, T]):
    """The last so many values by key; two who ask for the same value at once make it once.

    Args:
        most: how many.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def find(self, key: Hashable) -> T | None:
        """The value of a key, where it is there."""
        with self._lock:
            return super().get(key)

    def put(self, key: Hashable, value: T) -> None:
        """Keep a value that was made elsewhere."""
        with self._lock:
            self[key] = value
            self.move_to_end(key)
            while len(self) > self._most:
                self.popitem(last=False)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:  # type: ignore[override]
        """The value of a key, made where it is not there."""
        with self._lock:
            if key in self:
                self.move_to_end(key)
                return self[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self:
                    return self[key]
            try:
                value = make()
                self.put(key, value)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value
