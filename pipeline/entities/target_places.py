"""Where a costly pattern of goals can match at all: around the words that it must hold.

In: clean text and words.  Out: stretches as (start, end), end exclusive, in order and apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def near(
    text: str, words: Iterable[str], *, before: int, after: int, span: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Stretches around every place of some words, merged: where a costly pattern can match at all.

    Args:
        text: clean text.
        words: what must stand there, letter for letter.
        before: characters in front of a word.
        after: characters behind its start.
        span: only inside this stretch.
    """
    start, end = span
    places = []
    for word in words:
        at = text.find(word, start, end)
        while at >= 0:
            places.append(at)
            at = text.find(word, at + 1, end)
    places.sort()
    a = b = start
    for at in places:
        if at - before > b:
            if b > a:
                yield a, b
            a = at - before
        b = min(end, at + after)
    if b > a:
        yield a, b
