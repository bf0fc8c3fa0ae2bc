"""A log taken over from another corpus: another machine's, or one that was made anew.

In: the entries that ``kehoach corrections --json`` printed.  Out: the same entries in this corpus,
with their authors and times, under numbers of its own.

A log is taken over where this corpus has none about the same bytes, or only the same entries from
the first on: whose verdict counts where two people went apart, no rule can say.  The bytes need not
be in the corpus yet.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from pipeline.corpus import writing
from pipeline.corpus.api import Corpus
from pipeline.corpus.plain import shown
from pipeline.corrections import log, values
from pipeline.corrections.entries import CATEGORIES, Correction
from pipeline.errors import BadCorrection
from pipeline.review import checking

LONGEST = 1_000
_LONGEST_PLAN = 1 << 31
_LOG = TypeAdapter(list[Correction])


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What became of a log: entries that are new, that were there, and files that went apart."""

    new: int
    known: int
    refused: tuple[str, ...]


def read(data: bytes) -> list[Correction]:
    """The entries of a file.

    Raises:
        BadCorrection: it is no log; the message names the place.
    """
    try:
        found = _LOG.validate_json(data)
        for entry in found:
            _check(entry)
            checking.plain_text(entry.by, LONGEST)
            checking.plain_text(entry.why, LONGEST)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the file"
        raise BadCorrection(f"{shown(where, 60)}: {shown(fault['msg'], 120)}.") from error
    except ValueError as error:
        raise BadCorrection(f"{shown(str(error), 160)}.") from error
    return sorted(found, key=lambda entry: entry.id)


def _check(entry: Correction) -> None:
    """Refuse what would stand in the log for ever and could never be shown or laid over a record.

    Raises:
        ValueError: with the entry's number.
    """
    where = values.parse(entry.address)
    names = {"header": values.HEADER_FIELDS, "complete": CATEGORIES}.get(where.kind)
    if names is not None and where.name not in names:
        raise ValueError(f"entry {entry.id}: there is no {entry.address!r}")
    moment = datetime.fromisoformat(entry.at)
    if moment.utcoffset() != timedelta(0) or moment.year == MAXYEAR:
        raise ValueError(f"entry {entry.id}: {entry.at!r} is no moment in UTC")
    for place in (entry.place, entry.evidence):
        if place is not None and not 0 <= place.start < place.end < _LONGEST_PLAN:
            raise ValueError(f"entry {entry.id}: a place that is none")


def take_over(corpus: Corpus, entries: Sequence[Correction]) -> TakenOver:
    """Append a log's entries, all in one transaction.

    Args:
        corpus: open for writing.
        entries: from ``read``.
    """
    by_file: dict[str, list[Correction]] = defaultdict(list)
    for entry in entries:
        by_file[entry.sha256].append(entry)
    new = known = 0
    refused = []
    with corpus.store.transaction() as connection:
        for sha256, theirs in by_file.items():
            ours = log.entries(connection, sha256)
            common = min(len(ours), len(theirs))
            if list(map(_said, ours[:common])) != list(map(_said, theirs[:common])):
                refused.append(sha256)
                continue
            known += common
            numbers = {old.id: kept.id for old, kept in zip(theirs, ours, strict=False)}
            for entry in theirs[common:]:
                if entry.undoes is not None and entry.undoes not in numbers:
                    raise BadCorrection(f"entry {entry.id} takes back one that is not there.")
                undoes = None if entry.undoes is None else numbers[entry.undoes]
                numbers[entry.id] = log.append(connection, replace(entry, undoes=undoes)).id
                new += 1
            row = connection.execute("SELECT id FROM plans WHERE sha256 = ?", [sha256]).fetchone()
            if row is not None and len(theirs) > common:
                writing.refresh(connection, row[0])
    return TakenOver(new, known, tuple(refused))


def _said(entry: Correction) -> str:
    """An entry without its number."""
    return json.dumps(
        [entry.at, entry.by, entry.verdict, entry.address, entry.new, entry.why], sort_keys=True
    )
