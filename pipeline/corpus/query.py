"""The query language: what a person types becomes a tree, or an error that shows the place.

In: a line of text.  Out: a ``Query``.  docs/query.md is the grammar for people.

Two rules: every sign that is typed is understood or refused, so that a query never silently finds
less than it says; and nothing that is typed becomes SQL or FTS5 syntax, since the tree holds words
that ``spelling`` made and values that ``fields`` checked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.corpus import fields, names, spelling
from pipeline.corpus.plain import shown
from pipeline.corpus.syntax import (
    And,
    Named,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Place,
    Query,
    Word,
)
from pipeline.errors import QueryError
from pipeline.settings import settings

_DEEPEST = 20
_SHORTEST_PREFIX = 2
_FARTHEST = 100
_FIELD = re.compile(r"([^\W\d][\w-]*):")
_CHUNK = re.compile(r"[^\s()\"“”]+")
_SIGNS = re.compile(r"[~^?!\[\]{}\\|<>=*+$#`]")
_SILENT = re.compile(r"[-–—−&,;.…/%'’‘:@_]+")
_NUMBERISH = re.compile(r"\d+[a-z]?\s*[/-]", re.IGNORECASE)
_CLOSING = {'"': '"', "“": "”", "”": "”"}
_DISTANCE = re.compile(r",\s*(\d{1,4})\s*$", re.ASCII)


def parse(text: str) -> Query:
    """Understand a query.

    Args:
        text: as typed; NFC or not.

    Returns:
        The tree; the empty query has none and finds everything.

    Raises:
        QueryError: with the position, counted from 1, of the first sign that is not understood.
    """
    limit = settings().max_query
    if len(text) > limit:
        raise QueryError(
            f"the query has {len(text)} characters, at most {limit} are read.",
            position=limit + 1,
            next_step="Shorten it, or raise KEHOACH_MAX_QUERY.",
        )
    parser = _Parser(text)
    root = parser.alternatives(0)
    if parser.at < len(text):
        parser.wrong("this parenthesis closes nothing.")
    return Query(text, root)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.terms = 0

    def wrong(self, message: str, at: int | None = None, next_step: str | None = None) -> None:
        """Refuse the query at a place (0-based; default: here)."""
        place = self.at if at is None else at
        raise QueryError(message, position=place + 1, next_step=next_step)

    def blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def keyword(self, word: str) -> bool:
        """Take a keyword in capitals that stands alone."""
        end = self.at + len(word)
        if self.text[self.at : end] != word:
            return False
        if end < len(self.text) and not (self.text[end].isspace() or self.text[end] in '()"“'):
            return False
        self.at = end
        return True

    def alternatives(self, depth: int) -> Node | None:
        """Parts joined by OR."""
        if depth > _DEEPEST:
            self.wrong(f"more than {_DEEPEST} parentheses inside each other.")
        start = self.at
        parts: list[Node] = []
        while True:
            before = self.at
            part = self.conjunction(depth)
            self.blank()
            more = self.keyword("OR")
            if part is None:
                if more or parts:
                    self.wrong(
                        "OR needs something on both sides.", before if parts else self.at - 2
                    )
                return None
            parts.append(part)
            if not more:
                break
        return parts[0] if len(parts) == 1 else Or(tuple(parts), Place(start, self.at))

    def conjunction(self, depth: int) -> Node | None:
        """Parts side by side, all of which must hold."""
        start = self.at
        parts: list[Node] = []
        while True:
            self.blank()
            if self.at >= len(self.text) or self.text[self.at] == ")":
                break
            mark = self.at
            if self.keyword("OR"):
                self.at = mark
                break
            if self.keyword("AND"):
                rest = self.text[self.at :].lstrip()
                if not parts or not rest or rest[0] == ")" or re.match(r"OR\b|AND\b", rest):
                    self.wrong("AND needs something on both sides.", mark)
                continue
            part = self.part(depth)
            if part is not None:
                parts.append(part)
        parts = _with_names(parts)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else And(tuple(parts), Place(start, self.at))

    def part(self, depth: int) -> Node | None:
        """One part, perhaps with "-" or NOT before it."""
        start = self.at
        negated = self.keyword("NOT")
        if negated:
            self.blank()
        elif self.text[self.at] == "-" and self._something_follows(self.at + 1):
            negated = True
            self.at += 1
        if not negated:
            return self.atom(depth)
        if self.at >= len(self.text) or self.text[self.at] == ")":
            self.wrong("NOT needs something behind it.", start)
        part = self.atom(depth)
        if part is None:
            self.wrong("there is no word behind this sign.", start)
            return None
        return Not(part, Place(start, self.at))

    def _something_follows(self, at: int) -> bool:
        """Whether "-" at the place before means "not": a word, quote or parenthesis touches it."""
        if at >= len(self.text):
            return False
        return self.text[at] in '("“=' or not (
            self.text[at].isspace() or _SILENT.match(self.text, at)
        )

    def atom(self, depth: int) -> Node | None:
        """A word, phrase, field, NEAR or parenthesis; None for signs that are no words."""
        sign = self.text[self.at]
        self.terms += 1
        if self.terms > settings().max_query_terms:
            self.wrong(
                f"more than {settings().max_query_terms} words and fields.",
                next_step="Shorten the query, or raise KEHOACH_MAX_QUERY_TERMS.",
            )
        if sign == "(":
            return self.group(depth)
        if sign in _CLOSING:
            return self.phrase(strict=False)
        if sign == "=":
            self.at += 1
            if self.text[self.at : self.at + 1] in ('"', "“"):
                return self.phrase(strict=True)
            if not _CHUNK.match(self.text, self.at):
                self.wrong("= needs a word or a phrase right behind it.", self.at - 1)
            return self.word(strict=True)
        if self.text.startswith("NEAR(", self.at):
            return self.near()
        field = _FIELD.match(self.text, self.at)
        if field and self.text[field.end() : field.end() + 2] != "//":
            return self.field(field.group(1), field.end())
        if field:
            self.wrong(
                f'"{shown(field.group())}" is no field.', next_step="Put addresses into quotes."
            )
        return self.word(strict=False)

    def group(self, depth: int) -> Node:
        start = self.at
        self.at += 1
        inner = self.alternatives(depth + 1)
        if self.at >= len(self.text):
            self.wrong("this parenthesis is not closed.", start)
        self.at += 1
        if inner is None:
            self.wrong("there is nothing in these parentheses.", start)
        assert inner is not None
        return inner

    def quoted(self) -> tuple[str, int]:
        """The words between two quotes and where they begin."""
        start = self.at
        closing = _CLOSING[self.text[start]]
        end = start + 1
        while end < len(self.text) and self.text[end] not in (closing, '"'):
            end += 1
        if end >= len(self.text):
            self.wrong("this quote is not closed.", start)
        self.at = end + 1
        return self.text[start + 1 : end], start + 1

    def phrase(self, *, strict: bool) -> Node:
        start = self.at
        words, begin = self.quoted()
        stripped = words.rstrip()
        prefix = stripped.endswith("*")
        if "*" in (stripped[:-1] if prefix else stripped):
            self.wrong("* stands only at the end of a word or phrase.", begin + words.index("*"))
        found = spelling.split(words)
        if not found:
            self.wrong("there is no word between these quotes.", start)
        place = Place(start, self.at)
        if prefix:
            self._prefix(found[-1], stripped, begin + len(stripped) - 1, strict)
        self._count(len(found) - 1)
        if len(found) == 1:
            return Word(found[0], place, strict=strict, prefix=prefix)
        return Phrase(tuple(found), place, strict=strict, prefix=prefix)

    def word(self, *, strict: bool) -> Node | None:
        match = _CHUNK.match(self.text, self.at)
        assert match
        start, chunk = self.at, match.group()
        prefix = chunk.endswith("*")
        body = chunk[:-1] if prefix else chunk
        odd = _SIGNS.search(body)
        if odd:
            self.wrong(
                f'"{shown(odd.group())}" means nothing here.',
                start + odd.start(),
                "Put it into quotes if it belongs to the words; docs/query.md has every sign.",
            )
        self.at = match.end()
        found = spelling.split(body)
        place = Place(start, self.at)
        if not found:
            if prefix or not _SILENT.fullmatch(body):
                self.wrong(f'"{shown(chunk, 20)}" holds no letter and no figure.', start)
            if strict:
                self.wrong("= needs a word or a phrase right behind it.", start - 1)
            self.terms -= 1
            return None
        if prefix:
            self._prefix(found[-1], body, self.at - 1, strict)
        self._count(len(found) - 1)
        if len(found) == 1:
            return Word(found[0], place, strict=strict, prefix=prefix)
        return Phrase(tuple(found), place, strict=strict, prefix=prefix, code=True)

    def _count(self, more: int) -> None:
        self.terms += more
        if self.terms > settings().max_query_terms:
            self.wrong(f"more than {settings().max_query_terms} words and fields.", self.at - 1)

    def _prefix(self, word: str, body: str, star: int, strict: bool) -> None:
        if strict:
            self.wrong("= and * contradict each other.", star)
        if len(word) < _SHORTEST_PREFIX or not body.rstrip("*").endswith(word):
            self.wrong(f"* needs at least {_SHORTEST_PREFIX} letters right before it.", star)

    def near(self) -> Node:
        start = self.at
        begin = start + len("NEAR(")
        end = self.text.find(")", begin)
        if end < 0:
            self.wrong("this NEAR( is not closed.", start)
        inner = self.text[begin:end]
        distance = 10
        tail = _DISTANCE.search(inner)
        if tail:
            distance = int(tail.group(1))
            inner = inner[: tail.start()]
            if distance > _FARTHEST:
                self.wrong(f"NEAR reaches at most {_FARTHEST} words.", begin + tail.start(1))
        items: list[tuple[str, ...]] = []
        at = 0
        for match in re.finditer(r'"([^"]*)"|[^\s"]+', inner):
            between = inner[at : match.start()]
            at = match.end()
            piece = match.group(1) if match.group(1) is not None else match.group()
            odd = _SIGNS.search(piece) or _FIELD.match(piece) or between.strip()
            words = tuple(spelling.split(piece))
            if odd or (not words and not _SILENT.fullmatch(piece)):
                self.wrong("NEAR takes words and phrases only.", begin + match.start())
            if words:
                items.append(words)
        if '"' in inner[at:] or len(items) < 2:
            self.wrong("NEAR takes at least two words: NEAR(chủ trì báo cáo, 10).", start)
        self.at = end + 1
        self._count(sum(map(len, items)) - 1)
        return Near(tuple(items), distance, Place(start, self.at))

    def field(self, name: str, begin: int) -> Node:
        start, self.at = self.at, begin
        sign = re.compile(r"(?:<=|>=|<|>|=)").match(self.text, begin)
        lead = sign.group() if sign else ""
        self.at += len(lead)
        if self.text[self.at : self.at + 1] in ('"', "“"):
            value, _ = self.quoted()
        else:
            chunk = _CHUNK.match(self.text, self.at)
            value = chunk.group() if chunk else ""
            self.at += len(value)
        return fields.term(name, lead + value, Place(start, self.at), Place(begin, self.at))


def _with_names(parts: list[Node]) -> list[Node]:
    """Bare words side by side that are a name with other forms become one part.

    "số" right before a document's number is left out: a number is cited with and without it.
    """
    kept: list[Node] = []
    followers: list[Node | None] = [*parts[1:], None]
    for part, behind in zip(parts, followers, strict=False):
        says_number = isinstance(part, Word) and spelling.exact(part.text) in ("số", "so", "sô")
        says_number = says_number or (
            isinstance(part, Word) and spelling.exact(part.text) == spelling.exact("số")
        )
        if (
            says_number
            and isinstance(behind, Phrase)
            and behind.code
            and _NUMBERISH.match("/".join(behind.words))
        ):
            continue
        kept.append(part)
    done: list[Node] = []
    at = 0
    known = names.abbreviations()
    while at < len(kept):
        run: list[Word] = []
        best = 0
        for part in kept[at : at + names.longest_form()]:
            words = _plain_words(part)
            if not words:
                break
            run += words
            if tuple(spelling.folded(word.text) for word in run) in known:
                best = len(run)
                taken = kept.index(part, at) + 1
        if best:
            chosen = tuple(run[:best])
            forms = known[tuple(spelling.folded(word.text) for word in chosen)]
            place = Place(chosen[0].place.start, chosen[-1].place.end)
            done.append(Named(chosen, forms, place))
            at = taken
        else:
            done.append(kept[at])
            at += 1
    return done


def _plain_words(part: Node) -> list[Word]:
    """The words of a bare word or code (KH&CN); nothing for what was marked in any way."""
    if isinstance(part, Word) and not part.strict and not part.prefix:
        return [part]
    if isinstance(part, Phrase) and part.code and not part.strict and not part.prefix:
        return [replace(Word(word, part.place), text=word) for word in part.words]
    return []
