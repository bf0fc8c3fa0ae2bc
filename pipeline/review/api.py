"""Check and correct, from Python: what a page or a script calls.

In: an open ``Corpus`` and a plan's name (id, number or file name).  Out: values to look at,
entries of the log, conflicts, figures.

>>> from pipeline import corpus, review
>>> with corpus.open("plans.db", write=True) as plans:                       # doctest: +SKIP
...     first = review.items(plans, "3f2a90c1d4e5f607")[0]
...     review.decide(plans, "3f2a90c1d4e5f607", first.address, "edit",
...                   new={"value": "../2024-07-31"}, by="An", seen=first.seen)

Looking needs a corpus that is open for reading; deciding one that is open for writing.  Each
decision is one transaction, after which search, tables, calendar and export have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from models import Plan
from pipeline.corpus.api import Corpus
from pipeline.corrections import log
from pipeline.corrections.entries import Category, Conflict, Correction, Kind, Verdict
from pipeline.review.desk import Desk
from pipeline.review.looking import Item, Looking, Progress


def items(
    corpus: Corpus, plan: str, *, category: Category | None = None, unchecked: bool = False
) -> list[Item]:
    """The values of a plan in the order in which to check them.

    Conflicts come first, then what has warnings or low confidence, then the others as they stand
    in the plan; what was decided comes last.

    Args:
        corpus: open.
        plan: as in ``Corpus.plan``.
        category: only these values.
        unchecked: only values without a verdict.

    Raises:
        NotInCorpus, UsageError: no plan, or several, have this name.
    """
    with _looking(corpus, plan) as desk:
        found = desk.items(category)
    return [item for item in found if item.verdict is None] if unchecked else found


def item(corpus: Corpus, plan: str, address: str) -> Item:
    """One value.

    Raises:
        BadCorrection: the plan has none with this address.
    """
    with _looking(corpus, plan) as desk:
        return desk.item(address)


def progress(corpus: Corpus, plan: str) -> list[Progress]:
    """How far the check of a plan has come, by category."""
    with _looking(corpus, plan) as desk:
        return desk.progress()


def decide(
    corpus: Corpus,
    plan: str,
    address: str,
    verdict: Verdict,
    *,
    by: str,
    new: Mapping[str, Any] | None = None,
    span: Sequence[int] | None = None,
    why: str = "",
    seen: str | None = None,
) -> Correction:
    """Decide about one value.

    Args:
        corpus: open for writing.
        plan: as in ``Corpus.plan``.
        address: from ``Item.address``, or "complete/deadlines" (any category) for "none is
            missing" (accept) or "some may be missing" (reject).
        verdict: "accept" (right as it stands), "edit", or "reject" (no such value here).
        by: who decides.
        new: for "edit": fields of ``form(kind)`` with their new values; strings are understood.
        span: for "edit": start and end of the words in the plan's text that the value stands on.
        why: the reason, for those who read the log.
        seen: ``Item.seen`` of what the person looked at.

    Returns:
        The entry in the log.

    Raises:
        BadCorrection: no such value, or the new one cannot be.
        ValueChanged: the value is not what ``seen`` stands for.
    """
    with deciding(corpus, plan) as desk:
        return desk.decide(address, verdict, by=by, new=new, span=span, why=why, seen=seen)


def add(
    corpus: Corpus,
    plan: str,
    kind: Kind,
    span: Sequence[int],
    new: Mapping[str, Any],
    *,
    by: str,
    task: str | None = None,
    why: str = "",
) -> Correction:
    """Add a value that the machine did not find.

    Args:
        corpus: open for writing.
        plan: as in ``Corpus.plan``.
        kind: what it is; fields of the header are edited, not added.
        span: start and end of its words in the plan's text.
        new: fields of ``form(kind)``.
        by: who decides.
        task: for an assignment: address of the duty; else the smallest one around the words.
        why: the reason.

    Raises:
        BadCorrection: the words are not in the text, or the value cannot be.
    """
    with deciding(corpus, plan) as desk:
        return desk.add(kind, span, new, by=by, task=task, why=why)


def undo(corpus: Corpus, plan: str, entry: int, *, by: str, why: str = "") -> Correction:
    """Take back the last decision about a value, by one more entry.

    Args:
        corpus: open for writing.
        plan: as in ``Corpus.plan``.
        entry: its number: ``Item.entry`` or ``Correction.id``; an undo can be undone.
        by: who takes it back.
        why: the reason.

    Raises:
        BadCorrection: the plan's log has no such entry.
        ValueChanged: it was taken back before, or another decision about the value came later.
    """
    with deciding(corpus, plan) as desk:
        return desk.undo(entry, by=by, why=why)


def accept_rest(
    corpus: Corpus, plan: str, category: Category, *, by: str, why: str = ""
) -> list[Correction]:
    """Accept every value of a category that nobody decided about, and call it complete.

    Returns:
        The entries, one per value and one for the category; all in one transaction.
    """
    with deciding(corpus, plan) as desk:
        return desk.accept_rest(category, by=by, why=why)


def history(
    corpus: Corpus,
    plan: str | None = None,
    *,
    limit: int | None = None,
    before: int | None = None,
) -> list[Correction]:
    """The log by number, also what was taken back.

    Args:
        corpus: open.
        plan: only this one's entries; all by default, also of plans that were removed.
        limit: only so many entries, the newest; not with ``plan``.
        before: only entries with lower numbers; not with ``plan``.
    """
    with corpus.store.snapshot() as connection:
        if plan is None:
            return log.every(connection, limit=limit, before=before)
        sha256 = connection.execute(
            "SELECT sha256 FROM plans WHERE id = ?", [corpus.find(plan)]
        ).fetchone()[0]
        return log.entries(connection, sha256)


def conflicts(corpus: Corpus, plan: str | None = None) -> list[tuple[str, Conflict]]:
    """Corrections that the machine's present records contradict, each with its record's id.

    Args:
        corpus: open.
        plan: only this one; all by default.
    """
    with corpus.store.snapshot() as connection:
        return log.conflicts(connection, None if plan is None else corpus.find(plan))


def machine_record(corpus: Corpus, plan: str) -> Plan:
    """The record as it was read; ``Corpus.plan`` gives the corrected one."""
    return corpus.plan(plan, machine=True)


@contextmanager
def deciding(corpus: Corpus, plan: str) -> Iterator[Desk]:
    """A plan's desk for several decisions in one transaction; its rows are made anew at the end."""
    with corpus.store.transaction() as connection:
        desk = Desk(connection, corpus.find(plan))
        yield desk
        desk.finish()


@contextmanager
def _looking(corpus: Corpus, plan: str) -> Iterator[Looking]:
    with corpus.store.snapshot() as connection:
        yield Looking(connection, corpus.find(plan))
