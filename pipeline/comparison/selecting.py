"""Which plans are meant: records in files, plans of the corpus by name, or what a query finds.

In: the words of a command.  Out: records.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from models import Plan
from pipeline import corpus
from pipeline.corpus import exporting
from pipeline.corpus.plain import shown
from pipeline.errors import NotInCorpus, TooManyPlans, UsageError
from pipeline.records import read_record
from pipeline.settings import settings


def select(words: Sequence[str], corpus_file: str | None = None) -> Iterator[Plan]:
    """The records that words mean, one by one, so that they need not all be held at once.

    Args:
        words: each a record's file or a folder of them, else the id, number or file name of a plan
            in the corpus; what is none of these is, all together, one query.
        corpus_file: the corpus; ``KEHOACH_CORPUS`` when None.  Opened only where it is needed.

    Yields:
        Each plan once, in no order that means anything.

    Raises:
        KehoachError: a file is no record, there is no such corpus, the query is not understood, it
            finds nothing, there are more plans than ``KEHOACH_MAX_COMPARED``, or less than two.
    """
    most = settings().max_compared
    seen: set[str] = set()
    for plan in _all(words, corpus_file):
        if plan.id in seen:
            continue
        seen.add(plan.id)
        if len(seen) > most:
            raise TooManyPlans(f"more than {most} plans are to be compared.")
        yield plan
    if len(seen) < 2:
        only = "one plan" if seen else "no plan"
        raise UsageError(
            f"there is {only} to compare.", next_step="Name two or more, or ask a wider query."
        )


def _all(words: Sequence[str], corpus_file: str | None) -> Iterator[Plan]:
    rest = []
    for word in words:
        path = Path(word)
        # A query may be longer than a name may be, which only these take for "no".
        folder, file = os.path.isdir(word), os.path.isfile(word)  # noqa: PTH112, PTH113
        if folder or (path.suffix == ".json" and file):
            yield from _files(path)
        else:
            rest.append(word)
    if rest:
        yield from _from_corpus(rest, corpus_file)


def _files(path: Path) -> Iterator[Plan]:
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not files:
        raise UsageError(
            f"there is no record (*.json) in {path}.", next_step="Make some: kehoach extract."
        )
    yield from map(read_record, files)


def _from_corpus(words: Sequence[str], file: str | None) -> Iterator[Plan]:
    with corpus.open(file) as library:
        query = []
        for word in words:
            try:
                yield library.plan(word)
            except NotInCorpus:
                query.append(word)
        asked = " ".join(query)
        found = False
        for plan in exporting.records(library.store, asked) if query else ():
            found = True
            yield plan
    if query and not found:
        raise NotInCorpus(f"no plan has the name, and no passage the words {shown(asked, 80)}.")
