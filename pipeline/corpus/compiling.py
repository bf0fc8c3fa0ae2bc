"""A query's tree as what SQLite is asked: expressions for the index and conditions on tables.

In: a ``Query``.  Out: ``Asked``.

Matching is done on folded words, so typing without marks finds no less than typing with them.  The
exact spelling decides the order: every hit belongs to the first *tier* it fits, and tiers are
ranked one after the other.

    1  every marked word spelled so, and all words side by side
    2  every marked word spelled so
    3  all words side by side, whatever the marks
    4  the rest

Words of the index stand in quotes and hold letters and figures only (``spelling``); values of
fields are bound parameters.  Nothing that was typed is pasted into SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    wanted = [part for part in parts if _is_text(part)]
    unwanted = [part.part for part in parts if isinstance(part, Not) and _is_text(part.part)]
    conditions: list[str] = []
    parameters: list[Parameter] = []
    for part in parts:
        if part in wanted or (wanted and isinstance(part, Not) and part.part in unwanted):
            continue
        sql, bound = _condition(part)
        conditions.append(sql)
        parameters += bound
    if not wanted:
        return Asked("", (), tuple(conditions), tuple(parameters))
    refused = "".join(f" NOT ({_expression(part, 'exact')})" for part in unwanted)

    def all_of(mode: Mode) -> str:
        return " AND ".join(_expression(part, mode) for part in wanted)

    folded = f"({all_of('folded')}){refused}"
    tiers = [folded]
    beside = _side_by_side(wanted, "folded")
    if beside:
        # Words side by side are all there: the phrase alone says it, and is quicker.
        tiers.insert(0, f"({beside}){refused}")
    if any(_has_marks(part) for part in wanted):
        tiers.insert(0, f"({all_of('exact')}){refused}")
        beside = _side_by_side(wanted, "exact")
        if beside:
            tiers.insert(0, f"({beside}){refused}")
    return Asked(folded, tuple(tiers), tuple(conditions), tuple(parameters))


def _is_text(node: Node) -> bool:
    """Whether the index alone can answer a part."""
    if isinstance(node, (Word, Phrase, Near, Named)):
        return True
    if isinstance(node, Or):
        return all(map(_is_text, node.parts))
    if isinstance(node, And):
        positive = [part for part in node.parts if not isinstance(part, Not)]
        negative = [part.part for part in node.parts if isinstance(part, Not)]
        return bool(positive) and all(map(_is_text, [*positive, *negative]))
    return False


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
    """A part that ``_is_text`` as an expression of the index."""
    if isinstance(node, Word):
        return _words([node.text], mode, strict=node.strict, prefix=node.prefix)
    if isinstance(node, Phrase):
        if node.strict or node.prefix or node.code:
            return _words(node.words, mode, strict=node.strict, prefix=node.prefix)
        found = _words(node.words, mode)
        others = [_line("folded", form) for form in _other_forms(node.words)]
        return f"({' OR '.join([found, *others])})" if others else found
    if isinstance(node, Near):
        return _near(node, mode)
    if isinstance(node, Named):
        typed = " AND ".join(_words([word.text], mode) for word in node.words)
        others = [_line("folded", form) for form in node.forms]
        return f"(({typed}) OR {' OR '.join(others)})"
    if isinstance(node, Or):
        return f"({' OR '.join(_expression(part, mode) for part in node.parts)})"
    assert isinstance(node, And)
    wanted = [_expression(part, mode) for part in node.parts if not isinstance(part, Not)]
    refused = [_expression(part.part, "exact") for part in node.parts if isinstance(part, Not)]
    return f"(({' AND '.join(wanted)}){''.join(f' NOT ({each})' for each in refused)})"


def _words(words: Sequence[str], mode: Mode, *, strict: bool = False, prefix: bool = False) -> str:
    """Words side by side; in exact mode the marked ones spelled as typed."""
    if strict:
        return _line("exact", [spelling.exact(word) for word in words])
    folded = [spelling.folded(word) for word in words]
    marked = [spelling.is_marked(word) for word in words]
    if mode == "folded" or not any(marked):
        return _line("folded", folded, prefix)
    # A prefix may end inside a syllable that gets its tone later: "cả*" is not the start of "cải".
    whole = words[:-1] if prefix else words
    if len(words) == 1:
        if prefix:
            return f"({_line('folded', folded, prefix)})"
        return _line("exact", [spelling.exact(words[0])])
    exact = [
        _line("exact", [spelling.exact(word)])
        for word, is_marked in zip(whole, marked, strict=False)
        if is_marked
    ]
    return f"({' AND '.join([_line('folded', folded, prefix), *exact])})"


def _line(column: str, words: Sequence[str], prefix: bool = False) -> str:
    """One phrase in one column.  ``words`` hold letters and figures only; quotes make it sure."""
    inside = " ".join(words).replace('"', "")
    return f'{column}:"{inside}"{" *" if prefix else ""}'


def _near(node: Near, mode: Mode) -> str:
    items = " ".join('"' + " ".join(map(spelling.folded, item)) + '"' for item in node.items)
    near = f"folded:NEAR({items}, {node.distance})"
    marked = [word for item in node.items for word in item if spelling.is_marked(word)]
    if mode == "folded" or not marked:
        return near
    exact = [_line("exact", [spelling.exact(word)]) for word in marked]
    return f"({' AND '.join([near, *exact])})"


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


def _has_marks(node: Node) -> bool:
    if isinstance(node, Word):
        return spelling.is_marked(node.text) and not node.strict
    if isinstance(node, Phrase):
        return any(map(spelling.is_marked, node.words)) and not node.strict
    if isinstance(node, Near):
        return any(spelling.is_marked(word) for item in node.items for word in item)
    if isinstance(node, Named):
        return any(map(_has_marks, node.words))
    if isinstance(node, (And, Or)):
        return any(map(_has_marks, node.parts))
    return False


def _side_by_side(wanted: Sequence[Node], mode: Mode) -> str:
    """All typed words as one phrase, where there are several bare ones and nothing else."""
    words: list[str] = []
    for part in wanted:
        if isinstance(part, Word) and not part.strict and not part.prefix:
            words.append(part.text)
        elif isinstance(part, Named):
            words += [word.text for word in part.words]
        elif isinstance(part, Phrase) and part.code and not part.prefix:
            words += part.words
        else:
            return ""
    if len(words) < 2:
        return ""
    line = _line("folded", list(map(spelling.folded, words)))
    marked = [spelling.exact(word) for word in words if spelling.is_marked(word)]
    if mode == "folded" or not marked:
        return line
    if len(marked) == len(words):
        return _line("exact", marked)
    # "an toàn" or "cải cach": a word without marks may be meant so or not, the others are held.
    return f"({' AND '.join([line, *(_line('exact', [word]) for word in marked)])})"


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
