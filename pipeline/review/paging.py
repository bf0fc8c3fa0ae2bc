"""The log and what contradicts it, a page at a time: both grow as long as people check.

In: an open ``Corpus`` and the cursor that the page before gave.  Out: a page, how many there are in
all, and the next cursor.  A cursor names the last entry shown and not a count of entries, so that a
page stays what it is while others decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.corpus.api import Corpus
from pipeline.corrections import log
from pipeline.corrections.entries import Conflict, Correction
from pipeline.errors import UsageError

_CURSOR = re.compile(r"(\d{1,18})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, newest first.

    Attributes:
        total: entries on all pages.
        entries: of this one.
        before: where the next page begins; None on the last one.
    """

    total: int
    entries: list[Correction]
    before: int | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A correction that the present record contradicts."""

    record_id: str
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """A page of conflicts, by plan.

    Attributes:
        total: conflicts on all pages.
        conflicts: of this one.
        after: where the next page begins; None on the last one.
    """

    total: int
    conflicts: list[Contradiction]
    after: str | None


def log_page(corpus: Corpus, limit: int, before: int | None = None) -> LogPage:
    """Entries of all plans, also of those that were removed.

    Args:
        corpus: open.
        limit: entries on a page, 1 or more.
        before: cursor.
    """
    with corpus.store.snapshot() as connection:
        found = log.every(connection, limit=limit + 1, before=before)[::-1]
        (total,) = connection.execute("SELECT count(*) FROM corrections").fetchone()
    more = found[limit - 1].id if len(found) > limit else None
    return LogPage(total, found[:limit], more)


def conflict_page(corpus: Corpus, limit: int, after: str | None = None) -> ConflictPage:
    """What present readings contradict.

    Args:
        corpus: open.
        limit: conflicts on a page, 1 or more.
        after: cursor.

    Raises:
        UsageError: the cursor is not one that was given out.
    """
    given = _CURSOR.fullmatch(after) if after is not None else None
    if after is not None and given is None:
        raise UsageError(
            "the cursor is not one that was given out.", next_step="Begin without a cursor."
        )
    start = (int(given[1]), int(given[2])) if given else None
    with corpus.store.snapshot() as connection:
        found = log.conflicts_after(connection, start, limit + 1)
        (total,) = connection.execute("SELECT count(*) FROM contradictions").fetchone()
    (plan, place) = found[limit - 1][0] if len(found) > limit else (None, None)
    conflicts = [Contradiction(record, one) for _, record, one in found[:limit]]
    return ConflictPage(total, conflicts, None if plan is None else f"{plan}-{place}")
