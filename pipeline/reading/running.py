"""Running heads: the line with a page number and a title that every page of a gazette bears.

In: the first and last lines of all pages.  Out: those of them that are no text of the document.
"""

from __future__ import annotations

import re
from collections import Counter

_NUMBERED = re.compile(r"(?:(\d{1,4})\s+)?(\D.*?)(?:\s+(\d{1,4}))?$")
_GAZETTE = re.compile(r"CÔNG BÁO\s?/")
_LONGEST = 200  # letters; what is longer is text
_LEAST = 3  # pages that bear it


def heads(edges: list[tuple[int, str]], pages: int) -> set[tuple[int, str]]:
    """The running heads among the lines at the edges of pages.

    Args:
        edges: page number and text of each page's first and last line.
        pages: number of pages.
    """
    found: dict[tuple[int, str], set[tuple[str, int]]] = {}
    for page, text in edges:
        match = _NUMBERED.match(" ".join(text[: _LONGEST + 1].split()))
        if len(text) > _LONGEST or match is None:
            continue
        before, title, after = match.groups()
        keys = {(f"{title} {after}" if after else title, 0)} if _GAZETTE.match(title) else set()
        for number in (before, after):
            if number:
                keys.add((title, int(number) - page))
        found[page, text] = keys
    counts = Counter(key for keys in found.values() for key in keys)
    least = max(_LEAST, 0.4 * pages)
    return {edge for edge, keys in found.items() if any(counts[key] >= least for key in keys)}
