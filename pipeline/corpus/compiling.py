"""A query's tree as what SQLite is asked: expressions for the index and conditions on tables.

In: a ``Query``.  Out: ``Asked``.

Matching is done on folded words, so typing without marks finds no less than typing with them.
Order comes from *tiers*: every hit belongs to the first one it fits, and tiers are read one after
the other.  A tier holds what all of these ask for that it is made of:

    spelled     every marked word is there so
    beside      all words stand side by side
    near        all words stand within a few words of each other
    often       every word stands there more than once; of words joined by OR all are there

in the order: spelled and beside and often, spelled and beside, spelled and near, spelled and often,
spelled, then the same five whatever the marks.  A tier is read in the order of the corpus and only
as far as hits are wanted: FTS5's BM25 would have to read the whole list of every word first, which
for common ones costs more than everything else together.

Words of the index stand in quotes and hold letters and figures only (``spelling``); values of
fields are bound parameters.  Nothing that was typed is pasted into SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

from pipeline.corpus import names, spelling
from pipeline.corpus.syntax import (
    And,
    FieldTerm,
    Named,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Word,
)

Mode = Literal["exact", "folded"]
Parameter = str | int | float

_MOST_FORMS = 16
_NEARBY = 6  # words between the first and the last of those typed, at most
# Where places of marked words matter, the words themselves are read; ``Store`` knows ``spelled``.
_STRICT = """{id} IN (
    SELECT a.id FROM words
    JOIN passages a ON a.plan = words.rowid >> 16 AND a.place = words.rowid & 65535
    JOIN plans p ON p.id = a.plan
    WHERE words MATCH ? AND spelled(substr(p.text, a.start + 1, a.end - a.start), ?)
)"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What SQLite is asked.

    Attributes:
        match: expression for the index that finds every hit, or "" where only tables decide.
        tiers: expressions for ranking, the best first; each finds some of what ``match`` finds.
        conditions: SQL with ``{id}`` for the passage's number, joined by AND.
        parameters: of the conditions, in order.
    """

    match: str
    tiers: tuple[str, ...]
    conditions: tuple[str, ...]
    parameters: tuple[Parameter, ...]

    def where(self, number: str) -> str:
        """The conditions on a column that holds passage numbers; "1" where there are none."""
        return " AND ".join(f"({each.format(id=number)})" for each in self.conditions) or "1"


def compile_query(query: Query) -> Asked:
    """What a query asks."""
    root = query.root
    parts: Sequence[Node] = root.parts if isinstance(root, And) else [root] if root else []
    # A spelling that only the words can tell is looked for in the index all the same.
    wanted = [part for part in parts if _is_text(part) or isinstance(part, (Word, Phrase))]
    unwanted = [part.part for part in parts if isinstance(part, Not) and _is_text(part.part)]
    conditions: list[str] = []
    parameters: list[Parameter] = []
    for part in parts:
        if _is_text(part) or (wanted and isinstance(part, Not) and part.part in unwanted):
            continue
        sql, bound = _condition(part)
        conditions.append(sql)
        parameters += bound
    if not wanted:
        return Asked("", (), tuple(conditions), tuple(parameters))
    refused = "".join(f" NOT ({_expression(part, 'exact')})" for part in unwanted)
    folded = _all(_expression(part, "folded") for part in wanted)
    tiers = [f"({tier}){refused}" for tier in _tiers(wanted, folded)]
    return Asked(f"({folded}){refused}", tuple(tiers), tuple(conditions), tuple(parameters))


def _tiers(wanted: Sequence[Node], folded: str) -> list[str]:
    words = _typed(wanted)
    often = _all(filter(None, map(_often, wanted)))
    spelled = _all(filter(None, map(_marks, wanted)))
    orders = [folded]
    if len(words) > 1:
        items = " ".join(_line([word]) for word in words)
        orders = [_line(words), f"NEAR({items}, {_NEARBY})", folded]
    found = []
    for marks in dict.fromkeys([spelled, ""]):
        for order in orders:
            repeats = often if order in (orders[0], folded) else ""
            for more in dict.fromkeys([repeats, ""]):
                found.append(_all(filter(None, [order, marks, more])))
    return found


def _all(expressions: Iterable[str]) -> str:
    return " AND ".join(expressions)


def _is_text(node: Node) -> bool:
    """Whether the index alone can answer a part."""
    if isinstance(node, (Word, Phrase)):
        return not _needs_text(node)
    if isinstance(node, (Near, Named)):
        return True
    if isinstance(node, Or):
        return all(map(_is_text, node.parts))
    if isinstance(node, And):
        positive = [part for part in node.parts if not isinstance(part, Not)]
        negative = [part.part for part in node.parts if isinstance(part, Not)]
        return bool(positive) and all(map(_is_text, [*positive, *negative]))
    return False


def _needs_text(node: Word | Phrase) -> bool:
    """Whether a spelling can be told from the words only: the index has no places of marked words,
    and none of words that are spelled without marks."""
    marked = isinstance(node, Word) and spelling.is_marked(node.text)
    return node.strict and not marked


def _condition(node: Node) -> tuple[str, list[Parameter]]:
    """A part as SQL on the passage's number."""
    if isinstance(node, FieldTerm):
        return node.sql, list(node.parameters)
    if isinstance(node, Not):
        # What is refused is refused as it is spelled: "-đường" leaves "dương" in.
        sql, bound = _indexed(node.part, "exact") if _is_text(node.part) else _condition(node.part)
        return f"NOT ({sql})", bound
    if _is_text(node):
        return _indexed(node, "folded")
    if isinstance(node, (Word, Phrase)):
        words = [node.text] if isinstance(node, Word) else node.words
        return _STRICT, [_expression(node, "exact"), " ".join(map(spelling.exact, words))]
    assert isinstance(node, (And, Or))
    sqls, parameters = [], []
    for part in node.parts:
        sql, bound = _condition(part)
        sqls.append(f"({sql})")
        parameters += bound
    return (" AND " if isinstance(node, And) else " OR ").join(sqls), parameters


def _indexed(node: Node, mode: Mode) -> tuple[str, list[Parameter]]:
    sql = "{id} IN (SELECT rowid FROM words WHERE words MATCH ?)"
    return sql, [_expression(node, mode)]


def _expression(node: Node, mode: Mode) -> str:
    """A part as an expression of the index."""
    if isinstance(node, Or):
        return _any(_expression(part, mode) for part in node.parts)
    if isinstance(node, And):
        wanted = [_expression(part, mode) for part in node.parts if not isinstance(part, Not)]
        refused = [_expression(part.part, "exact") for part in node.parts if isinstance(part, Not)]
        return f"(({_all(wanted)}){''.join(f' NOT ({each})' for each in refused)})"
    if isinstance(node, Word):
        strict = node.strict and spelling.is_marked(node.text)
        found = _spelled(node.text) if strict else _line([spelling.folded(node.text)], node.prefix)
    elif isinstance(node, Phrase):
        typed = _line(map(spelling.folded, node.words), node.prefix)
        found = _any([typed, *map(_line, other_forms(node))])
    elif isinstance(node, Near):
        items = " ".join(_line(map(spelling.folded, item)) for item in node.items)
        found = f"NEAR({items}, {node.distance})"
    else:
        assert isinstance(node, Named)
        typed = _all(_line([spelling.folded(word.text)]) for word in node.words)
        found = _any([f"({typed})", *map(_line, node.forms)])
    marks = _marks(node) if mode == "exact" else ""
    return f"({found} AND {marks})" if marks else found


def _marks(node: Node) -> str:
    """What a part asks for when its marks count; "" where it has none."""
    if isinstance(node, (And, Or)):
        parts = [each.part if isinstance(each, Not) else each for each in node.parts]
        return _expression(node, "exact") if any(map(_marks, parts)) else ""
    words: Sequence[str] = ()
    others: list[tuple[str, ...]] = []
    if isinstance(node, Word):
        # A prefix may end inside a syllable that gets its tone later: "cả*" does not begin "cải".
        words = () if node.prefix else (node.text,)
    elif isinstance(node, Phrase):
        words, others = node.words[:-1] if node.prefix else node.words, other_forms(node)
    elif isinstance(node, Near):
        words = [word for item in node.items for word in item]
    elif isinstance(node, Named):
        words, others = [word.text for word in node.words], list(node.forms)
    marked = list(filter(spelling.is_marked, words))
    if not marked:
        return ""
    own = _all(map(_spelled, marked))
    return _any([f"({own})", *map(_line, others)])


def _often(node: Node) -> str:
    """More of what a part asks for, or "" where there is no such thing."""
    if isinstance(node, Word):
        return "" if node.prefix else _repeated([node.text])
    if isinstance(node, Phrase):
        return "" if node.prefix else _any(map(_repeated, [node.words, *other_forms(node)]))
    if isinstance(node, Near):
        return _repeated([word for item in node.items for word in item])
    if isinstance(node, Named):
        return _any(map(_repeated, [[word.text for word in node.words], *node.forms]))
    if isinstance(node, Or):
        return f"({_all(_expression(part, 'folded') for part in node.parts)})"
    return ""


def _spelled(word: str) -> str:
    """A word with exactly these marks: no folded word of the index equals it."""
    return _line([spelling.exact(word)])


def _repeated(words: Iterable[str]) -> str:
    found = dict.fromkeys(spelling.folded(word) + spelling.OFTEN for word in words)
    return f"({_all(_line([word]) for word in found)})"


def _any(expressions: Iterable[str]) -> str:
    found = list(expressions)
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _line(words: Iterable[str], prefix: bool = False) -> str:
    """One phrase.  ``words`` hold letters and figures only; quotes make it sure."""
    inside = " ".join(words).replace('"', "")
    return f'"{inside}"{" *" if prefix else ""}'


def _other_forms(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The same phrase with names in it written in their other forms, at most sixteen."""
    folded = tuple(map(spelling.folded, words))
    known = names.abbreviations()
    choices: list[list[tuple[str, ...]]] = []
    at = 0
    while at < len(folded):
        size = next(
            (
                size
                for size in range(min(names.longest_form(), len(folded) - at), 0, -1)
                if folded[at : at + size] in known
            ),
            0,
        )
        piece = folded[at : at + max(size, 1)]
        choices.append([piece, *known.get(piece, ())] if size else [piece])
        at += max(size, 1)
    made = (tuple(word for piece in chosen for word in piece) for chosen in product(*choices))
    return [form for form in islice(made, _MOST_FORMS + 1) if form != folded]


def _typed(wanted: Sequence[Node]) -> list[str]:
    """All typed words, folded, where there are several bare ones and nothing else."""
    words: list[str] = []
    for part in wanted:
        if isinstance(part, Word) and not part.prefix:
            words.append(part.text)
        elif isinstance(part, Named):
            words += [word.text for word in part.words]
        elif isinstance(part, Phrase) and part.code and not part.prefix:
            words += part.words
        else:
            return []
    return list(map(spelling.folded, words))


def text_parts(node: Node | None) -> list[Word | Phrase | Near | Named]:
    """What a person looks for in the words, without what is refused: for marking hits."""
    if node is None or isinstance(node, (Not, FieldTerm)):
        return []
    if isinstance(node, (And, Or)):
        return [found for part in node.parts for found in text_parts(part)]
    return [node]


def other_forms(node: Phrase) -> list[tuple[str, ...]]:
    """Folded words of the other ways to write a quoted phrase."""
    return [] if node.strict or node.prefix or node.code else _other_forms(node.words)
