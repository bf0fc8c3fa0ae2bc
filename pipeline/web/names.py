"""What to call a plan: its number, else its title, else the name of its file.

In: hashes or ids.  Out: ``Name`` values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.corpus import Corpus
from pipeline.corpus.plain import shown


@dataclass(frozen=True, slots=True)
class Name:
    """A plan's id and what people know it by."""

    record_id: str
    name: str
    province: str | None


def names(
    corpus: Corpus, keys: Iterable[str], by: Literal["record_id", "sha256"] = "record_id"
) -> dict[str, Name]:
    """Names of plans by their key; without those that the corpus has no more."""
    wanted = sorted(set(keys))
    rows = corpus.store.connection.execute(
        f"SELECT {by}, record_id, coalesce(number, title,"
        f" (SELECT min(name) FROM sources s WHERE s.plan = p.id), record_id), province"
        f" FROM plans p WHERE {by} IN ({', '.join('?' * len(wanted))})",
        wanted,
    )
    return {key: Name(record, shown(name, 60), province) for key, record, name, province in rows}
