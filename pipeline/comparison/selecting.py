"""Which plans are meant: records in files, plans of the corpus by name, or what a query finds.

In: the words of a command.  Out: records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from models import Plan
from pipeline import corpus
from pipeline.corpus import exporting
from pipeline.corpus.commands import read_record
from pipeline.corpus.plain import shown
from pipeline.errors import NotInCorpus, TooManyPlans, UsageError
from pipeline.settings import settings


def select(words: Sequence[str], corpus_file: str | None = None) -> list[Plan]:
    """The records that words mean.

    Args:
        words: each a record's file or a folder of them, else the id, number or file name of a plan
            in the corpus; what is none of these is, all together, one query.
        corpus_file: the corpus; ``KEHOACH_CORPUS`` when None.  Opened only where it is needed.

    Returns:
        Each plan once, in no order that means anything.

    Raises:
        KehoachError: a file is no record, there is no such corpus, the query is not understood, it
            finds nothing, or there are more plans than ``KEHOACH_MAX_COMPARED``.
    """
    found: dict[str, Plan] = {}
    rest = []
    for word in words:
        path = Path(word)
        if path.is_dir() or (path.suffix == ".json" and path.is_file()):
            for plan in _files(path):
                _keep(found, plan)
        else:
            rest.append(word)
    if rest:
        _from_corpus(found, rest, corpus_file)
    if len(found) < 2:
        only = "one plan" if found else "no plan"
        raise UsageError(
            f"there is {only} to compare.", next_step="Name two or more, or ask a wider query."
        )
    return list(found.values())


def _files(path: Path) -> Iterator[Plan]:
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not files:
        raise UsageError(
            f"there is no record (*.json) in {path}.", next_step="Make some: kehoach extract."
        )
    yield from map(read_record, files)


def _from_corpus(found: dict[str, Plan], words: Sequence[str], file: str | None) -> None:
    with corpus.open(file) as library:
        query = []
        for word in words:
            try:
                _keep(found, library.plan(word))
            except NotInCorpus:
                query.append(word)
        if not query:
            return
        before = len(found)
        for plan in exporting.records(library.store, " ".join(query)):
            _keep(found, plan)
    if len(found) == before:
        raise NotInCorpus(
            f"no plan has the name, and no passage the words {shown(' '.join(query))}."
        )


def _keep(found: dict[str, Plan], plan: Plan) -> None:
    found[plan.id] = plan
    most = settings().max_compared
    if len(found) > most:
        raise TooManyPlans(f"more than {most} plans are to be compared.")
