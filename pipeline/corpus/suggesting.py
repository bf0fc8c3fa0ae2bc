"""Other spellings where nothing was found: the corpus's own words, near the typed ones.

In: a query without hits.  Out: whole queries to try.  Marks never need this, folded words take
care of them; it is for a letter that OCR or a finger got wrong.
"""

from __future__ import annotations

import sqlite3

from pipeline.corpus import spelling
from pipeline.corpus.compiling import text_parts
from pipeline.corpus.syntax import Named, Query, Word

_NEAR = 60
_MOST = 3


def suggestions(connection: sqlite3.Connection, query: Query) -> tuple[str, ...]:
    """At most three queries in which words that the corpus lacks are replaced.

    Args:
        connection: for reading.
        query: one that found nothing.
    """
    unknown: list[Word] = []
    for part in text_parts(query.root):
        words = part.words if isinstance(part, Named) else (part,)
        for word in words:
            if isinstance(word, Word) and not _is_known(connection, spelling.folded(word.text)):
                unknown.append(word)
    if not unknown:
        return ()
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    counted = _vocabulary(connection)
    choices: list[list[str]] = []
    for word in unknown:
        folded = spelling.folded(word.text)
        near = process.extract(
            folded,
            list(counted),
            scorer=OSA.normalized_similarity,
            score_cutoff=_NEAR / 100,
            limit=50,
        )
        # Of equally near words the more frequent one is more likely meant.
        near.sort(key=lambda found: (-found[1], -counted[found[0]], found[0]))
        choices.append([found[0] for found in near[:_MOST]])
    if not all(choices):
        return ()
    made = []
    for rank in range(max(map(len, choices))):
        text = query.text
        for word, found in sorted(
            zip(unknown, choices, strict=True), key=lambda pair: -pair[0].place.start
        ):
            new = found[min(rank, len(found) - 1)]
            text = text[: word.place.start] + new + text[word.place.end :]
        made.append(text)
    return tuple(dict.fromkeys(made))


def _is_known(connection: sqlite3.Connection, word: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", [f'"{word}"']
    ).fetchone()
    return found is not None


def _vocabulary(connection: sqlite3.Connection) -> dict[str, int]:
    """Folded words of the corpus and in how many passages they stand."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab (main, words, row)"
    )
    rows = connection.execute("SELECT term, doc FROM vocabulary WHERE length(term) > 1")
    return {
        term: count
        for term, count in rows
        if not term.isdigit() and term[-1] != spelling.OFTEN and spelling.folded(term) == term
    }
