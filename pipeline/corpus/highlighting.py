"""Which letters of a passage are the ones that were looked for, and which part of it to show.

In: the original text of a passage and a query.  Out: spans of that text, never of a folded copy.

SQLite's own ``snippet`` knows only the words of its index and would mark nothing where marks were
left out.  Here the passage's words are folded one by one and marked where they stand: a mark
covers whole words, so no letter is parted from its sign, and nothing outside the passage is ever
touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.corpus import spelling
from pipeline.corpus.compiling import other_forms, text_parts
from pipeline.corpus.plain import safe_break
from pipeline.corpus.syntax import Named, Near, Phrase, Query, Word


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a passage to show: a stretch of it and the marks inside."""

    start: int
    end: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Words side by side that are marked together."""

    words: tuple[str, ...]
    prefix: bool = False
    strict: bool = False


class Highlighter:
    """Marks what one query looks for; made once per query.

    Args:
        query: as parsed.
    """

    def __init__(self, query: Query) -> None:
        runs = dict.fromkeys(run for part in text_parts(query.root) for run in _runs(part))
        self._begin: dict[str, list[_Run]] = {}
        self._prefixes: list[_Run] = []
        for run in runs:
            if run.prefix and len(run.words) == 1:
                self._prefixes.append(run)
            else:
                self._begin.setdefault(spelling.folded(run.words[0]), []).append(run)

    def marks(self, text: str) -> list[Mark]:
        """Every marked stretch, in order; words with nothing but blanks between are one stretch.

        Args:
            text: of a passage, or any other.
        """
        found = list(spelling.matches(text))
        words = [match.group() for match in found]
        folded = list(map(spelling.folded, words))
        begin = self._begin
        joined = [
            (at, at + len(run.words))
            for at, word in enumerate(folded)
            if word in begin
            for run in begin[word]
            if (len(run.words) == 1 and not run.strict) or _fits(run, words, folded, at)
        ]
        for run in self._prefixes:
            joined += [
                (at, at + 1) for at, word in enumerate(folded) if word.startswith(run.words[0])
            ]
        marks: list[Mark] = []
        last = -1
        for first, behind in sorted(joined):
            start, end = found[first].start(), found[behind - 1].end()
            if marks and (first < last or text[marks[-1].end : start].isspace()):
                marks[-1] = Mark(marks[-1].start, max(end, marks[-1].end))
            else:
                marks.append(Mark(start, end))
            last = max(last, behind)
        return marks

    def snippet(self, text: str, width: int) -> Snippet:
        """The stretch of at most about ``width`` letters that holds most marks, the first of these.

        Args:
            text: of a passage.
            width: letters; words at both ends are kept whole.
        """
        return cut_out(text, self.marks(text), width)


def cut_out(text: str, marks: Sequence[Mark], width: int) -> Snippet:
    """See ``Highlighter.snippet``; for marks that are known."""
    if len(text) <= width:
        return Snippet(0, len(text), tuple(marks))
    best, count = 0, 0
    behind = 0
    for at, mark in enumerate(marks):
        behind = max(behind, at)
        while behind < len(marks) and marks[behind].end - mark.start <= width:
            behind += 1
        if behind - at > count:
            best, count = at, behind - at
    if count:
        left, right = marks[best].start, marks[best + count - 1].end
        # What is left of the room goes to both sides, more of it to what follows.
        start = max(0, left - max(0, width - (right - left)) // 3)
        start = min(start, max(0, len(text) - width))
    else:
        left = right = start = 0
        if marks:
            left, right = marks[0].start, marks[0].end
            start = left
    start = min(left, _word_start(text, start)) if count or marks else 0
    end = max(right, _word_end(text, min(len(text), start + width)))
    inside = tuple(mark for mark in marks if start <= mark.start and mark.end <= end)
    return Snippet(start, end, inside)


def _word_start(text: str, at: int) -> int:
    """The start of the word at ``at``, at most forty letters back; never inside a character."""
    for back in range(at, max(-1, at - 40), -1):
        if back == 0 or text[back - 1].isspace():
            return back
    return safe_break(text, at)


def _word_end(text: str, at: int) -> int:
    """The end of the word before ``at``, at most forty letters back; never inside a character."""
    if at >= len(text):
        return len(text)
    for back in range(at, max(0, at - 40), -1):
        if text[back].isspace():
            return back
    return safe_break(text, at)


def _fits(run: _Run, words: Sequence[str], folded: Sequence[str], at: int) -> bool:
    last = len(run.words) - 1
    if at + last >= len(words):
        return False
    for place, word in enumerate(run.words):
        own = spelling.exact(words[at + place]) if run.strict else folded[at + place]
        if not (own.startswith(word) if run.prefix and place == last else own == word):
            return False
    return True


def _runs(part: Word | Phrase | Near | Named) -> list[_Run]:
    if isinstance(part, Word):
        own = (spelling.exact if part.strict else spelling.folded)(part.text)
        return [_Run((own,), part.prefix, part.strict)]
    if isinstance(part, Phrase):
        make = spelling.exact if part.strict else spelling.folded
        typed = _Run(tuple(map(make, part.words)), part.prefix, part.strict)
        return [typed, *(_Run(form) for form in other_forms(part))]
    if isinstance(part, Near):
        return [_Run(tuple(map(spelling.folded, item))) for item in part.items]
    typed_words = [_Run((spelling.folded(word.text),)) for word in part.words]
    return [*typed_words, *(_Run(form) for form in part.forms)]
