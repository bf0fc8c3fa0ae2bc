"""Search: a query in, ranked passages with their marks out, page by page.

In: a ``Store`` and a query.  Out: an ``Answer`` that always says how many there are in all.

Hits come by the tiers of ``compiling``; inside one the earlier passage comes first.  A page ends
with a cursor that names the last hit by tier and number, so the next page begins behind it whatever
was read before, and no hit is skipped or shown twice while the corpus stays as it is.  Where it
changed in between, the answer says so.
"""

from __future__ import annotations

import base64
import binascii
import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.corpus.compiling import Asked, compile_query
from pipeline.corpus.highlighting import Highlighter, Mark, Snippet, cut_out
from pipeline.corpus.plain import shown
from pipeline.corpus.query import parse
from pipeline.corpus.schema import PLACES
from pipeline.corpus.store import Store
from pipeline.corpus.syntax import And, Not, Query
from pipeline.errors import UsageError
from pipeline.settings import settings

Sort = Literal["rank", "newest", "oldest", "province", "due", "plan"]
SORTS: tuple[Sort, ...] = get_args(Sort)
SNIPPET = 240

# Every order ends in the passage's number, so that it is total; None sorts last.
_ORDERS: dict[str, tuple[str, bool]] = {
    "newest": ("coalesce(p.issued_on, '')", True),
    "oldest": ("coalesce(p.issued_on, '9999')", False),
    "province": ("coalesce(p.province, '\U0010ffff')", False),
    "due": (
        "coalesce((SELECT min(d.latest) FROM deadlines d"
        " WHERE d.plan = a.plan AND d.passage = a.place), '9999')",
        False,
    ),
    "plan": ("p.id", False),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that was found.

    Attributes:
        passage: its number in the corpus.
        plan: the plan's number in the corpus.
        record_id: the plan's record.
        number, title, issuer, province, issued_on: of the plan, None where unknown.
        kind: of the passage.
        section: address of the section, "" outside.
        page: 1-based, or None.
        boxes: page boxes in points, where the source has them.
        start, end: of the passage in the plan's text.
        text: of the passage, letter for letter.
        marks: what was looked for, as spans of the *plan's* text.
        snippet: what to show, as spans of ``text``.
    """

    passage: int
    plan: int
    record_id: str
    number: str | None
    title: str | None
    issuer: str | None
    province: str | None
    issued_on: str | None
    kind: str
    section: str
    page: int | None
    boxes: tuple[tuple[float, ...], ...]
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of hits.

    Attributes:
        query: as typed.
        total: passages that fit, on all pages.
        hits: of this page.
        after: cursor of the next page, None on the last one.
        changed: True where the corpus changed since the cursor was given out.
        suggestions: other spellings to try, where nothing was found.
        parts: where nothing was found, each part of the query and how many passages it alone finds.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    after: str | None
    changed: bool
    suggestions: tuple[str, ...]
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Key:
    """Where a hit stands in the order."""

    tier: int
    value: float | str
    passage: int


def search(
    store: Store,
    text: str,
    *,
    limit: int = 10,
    after: str | None = None,
    sort: Sort | None = None,
    width: int = SNIPPET,
) -> Answer:
    """One page of what a query finds.

    Args:
        store: open.
        text: the query.
        limit: hits on a page, from 0 (count only) to ``KEHOACH_MAX_RESULTS``.
        after: cursor of the page before.
        sort: order; rank where there are words, else by plan.
        width: letters of a snippet.

    Raises:
        QueryError: the query is not understood.
        UsageError: limit, order or cursor make no sense.
    """
    query = parse(text)
    if not 0 <= limit <= settings().max_results:
        raise UsageError(
            f"a page has 0 to {settings().max_results} results, not {limit}.",
            next_step="Ask for more pages with --after, or raise KEHOACH_MAX_RESULTS.",
        )
    if sort is not None and sort not in SORTS:
        raise UsageError(f"there is no order {shown(str(sort))}; orders are {', '.join(SORTS)}.")
    asked = compile_query(query)
    order: Sort = sort or ("rank" if asked.match else "plan")
    if order == "rank" and not asked.match:
        order = "plan"
    stamp = _stamp(text, order)
    with store.snapshot() as connection:
        changes = store.changes()
        start, changed = _read_cursor(after, stamp, changes)
        total = count(connection, asked)
        wanted = min(limit + 1, total) if limit else 0
        keys = _keys(connection, asked, order, start, wanted) if wanted else []
        marker = Highlighter(query)
        hits = tuple(_hit(connection, key.passage, marker, width) for key in keys[:limit])
        more = len(keys) > limit > 0
        cursor = _cursor(stamp, keys[limit - 1], changes) if more else None
        if total:
            return Answer(text, total, hits, cursor, changed, ())
        from pipeline.corpus.suggesting import suggestions

        return Answer(
            text, 0, (), None, changed, suggestions(connection, query), _parts(connection, query)
        )


def _parts(connection: sqlite3.Connection, query: Query) -> tuple[tuple[str, int], ...]:
    """What each part of a query finds alone, so that a person sees which one asks too much."""
    if not isinstance(query.root, And):
        return ()
    return tuple(
        (query.text[part.place.start : part.place.end], count(connection, asked))
        for part in query.root.parts
        if not isinstance(part, Not)
        for asked in [compile_query(Query(query.text, part))]
    )


def every(store: Store, text: str, *, sort: Sort | None = None, page: int = 500) -> Iterator[Hit]:
    """All hits of a query, read page by page."""
    cursor: str | None = None
    while True:
        answer = search(store, text, limit=page, after=cursor, sort=sort)
        yield from answer.hits
        cursor = answer.after
        if cursor is None:
            return


def count(connection: sqlite3.Connection, asked: Asked) -> int:
    """How many passages fit."""
    if asked.match:
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        parameters: list[str | int | float] = [asked.match]
        if asked.conditions:
            sql += f" AND {asked.where('words.rowid')}"
            parameters += asked.parameters
    else:
        sql = f"SELECT count(*) FROM passages a WHERE {asked.where('a.id')}"
        parameters = [*asked.parameters]
    return int(connection.execute(sql, parameters).fetchone()[0])


def numbers(connection: sqlite3.Connection, asked: Asked) -> str:
    """The numbers of all passages that fit, joined by commas: the quickest way out of SQLite."""
    if asked.match:
        sql = "SELECT group_concat(rowid) FROM words WHERE words MATCH ?"
        sql += f" AND {asked.where('words.rowid')}" if asked.conditions else ""
        found = connection.execute(sql, [asked.match, *asked.parameters]).fetchone()
    else:
        sql = f"SELECT group_concat(a.id) FROM passages a WHERE {asked.where('a.id')}"
        found = connection.execute(sql, asked.parameters).fetchone()
    return str(found[0] or "")


def _keys(
    connection: sqlite3.Connection, asked: Asked, order: Sort, start: _Key | None, wanted: int
) -> list[_Key]:
    """The first hits behind a place, at most ``wanted``."""
    if order != "rank":
        return _ordered(connection, asked, order, start, wanted)
    found: list[_Key] = []
    for tier in range(start.tier if start else 0, len(asked.tiers)):
        if len(found) >= wanted:
            break
        match = asked.tiers[tier]
        if start and tier:
            # What earlier pages showed is not known here, so the index leaves it out.
            earlier = " OR ".join(f"({each})" for each in asked.tiers[:tier])
            match = f"({match}) NOT ({earlier})"
        sql = "SELECT rowid FROM words WHERE words MATCH ?"
        parameters: list[str | int | float] = [match]
        if asked.conditions:
            sql += f" AND {asked.where('words.rowid')}"
            parameters += asked.parameters
        if start and tier == start.tier:
            sql += " AND rowid > ?"
            parameters.append(start.passage)
        # On a first page the earlier tiers were read to their ends: their hits are passed over.
        seen = set() if start else {key.passage for key in found}
        sql += " ORDER BY rowid LIMIT ?"
        rows = connection.execute(sql, [*parameters, wanted - len(found) + len(seen)])
        new = [_Key(tier, 0, number) for (number,) in rows if number not in seen]
        found += new[: wanted - len(found)]
    return found


def _ordered(
    connection: sqlite3.Connection, asked: Asked, order: Sort, start: _Key | None, wanted: int
) -> list[_Key]:
    column, down = _ORDERS[order]
    sql = f"SELECT a.id, {column} AS key_ FROM passages a JOIN plans p ON p.id = a.plan WHERE "
    tests = [asked.where("a.id")]
    parameters = list(asked.parameters)
    if asked.match:
        tests.append("a.id IN (SELECT rowid FROM words WHERE words MATCH ?)")
        parameters.append(asked.match)
    if start:
        sign = "<" if down else ">"
        tests.append(f"(key_ {sign} ? OR (key_ = ? AND a.id > ?))")
        parameters += [start.value, start.value, start.passage]
    sql += f"{' AND '.join(tests)} ORDER BY key_ {'DESC' if down else ''}, a.id LIMIT ?"
    rows = connection.execute(sql, [*parameters, wanted])
    return [_Key(0, key, number) for number, key in rows]


# The text of a plan is long: SQLite hands out the passage and not the whole.
_HIT = """
SELECT p.record_id, p.number, p.title, p.issuer, p.province, p.issued_on, a.kind, s.path, a.page,
       a.boxes, a.start, a.end, substr(p.text, a.start + 1, a.end - a.start)
FROM passages a JOIN plans p ON p.id = a.plan
LEFT JOIN sections s ON s.plan = a.plan AND s.place = a.section
WHERE a.plan = ? AND a.place = ?
"""


def _hit(connection: sqlite3.Connection, passage: int, highlighter: Highlighter, width: int) -> Hit:
    plan, place = divmod(passage, PLACES)
    row = connection.execute(_HIT, [plan, place]).fetchone()
    record_id, number, title, issuer, province, issued_on = row[:6]
    kind, path, page, boxes, start, end, text = row[6:]
    own = highlighter.marks(text)
    return Hit(
        passage=passage,
        plan=plan,
        record_id=record_id,
        number=number,
        title=title,
        issuer=issuer,
        province=province,
        issued_on=issued_on,
        kind=kind,
        section=path or "",
        page=page,
        boxes=tuple(map(tuple, json.loads(boxes))) if boxes else (),
        start=start,
        end=end,
        text=text,
        marks=tuple(Mark(start + mark.start, start + mark.end) for mark in own),
        snippet=cut_out(text, own, max(20, width)),
    )


def _stamp(text: str, order: str) -> str:
    return f"{zlib.crc32(json.dumps([text, order]).encode()):08x}"


def _cursor(stamp: str, last: _Key, changes: int) -> str:
    line = json.dumps([stamp, changes, last.tier, last.value, last.passage])
    return base64.urlsafe_b64encode(line.encode()).decode().rstrip("=")


def _read_cursor(after: str | None, stamp: str, changes: int) -> tuple[_Key | None, bool]:
    if after is None:
        return None, False
    try:
        padded = after.encode("ascii") + b"=" * (-len(after) % 4)
        found = json.loads(base64.urlsafe_b64decode(padded))
        own, then, tier, value, passage = found
        whole = isinstance(tier, int) and isinstance(passage, int) and isinstance(then, int)
        if not whole or tier < 0 or not isinstance(value, (int, float, str)):
            raise ValueError
        if abs(passage) >= 1 << 62 or (isinstance(value, int) and abs(value) >= 1 << 62):
            raise ValueError
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise UsageError(
            "the cursor is not one that was given out.", next_step="Begin without --after."
        ) from error
    if own != stamp:
        raise UsageError(
            "the cursor belongs to another query or order.", next_step="Begin without --after."
        )
    return _Key(tier, value, passage), then != changes
