"""Plain text and Markdown → ``RawDocument``.

In: the file's bytes.  Out: one raw line per line of the file, form feeds as page breaks.  Legacy
Vietnamese encodings are decoded by ``reading.encodings``.
"""

from __future__ import annotations

import re

from pipeline.reading import encodings, flat
from pipeline.reading.cleaning import looks_like_markdown
from pipeline.reading.document import RawDocument, RawLine


def read(data: bytes) -> RawDocument:
    """Read bytes of a text file.

    Args:
        data: the whole file.

    Returns:
        Its lines, with the number of blank lines before each.

    Raises:
        UnknownFormat: the bytes are no text in any encoding known here.
    """
    text, notices = encodings.decode(data)
    lines: list[RawLine] = []
    pages = 1
    if flat.is_flat(text):
        lines = flat.split(text)
    else:
        papers = [paper for paper in text.split("\f") if paper.strip()]
        pages = max(len(papers), 1)
        for page, paper in enumerate(papers, 1):
            lines.extend(_lines(paper, page, len(lines)))
    return RawDocument(
        lines=lines,
        pages=[(None, None, "text")] * pages,
        notices=notices,
        markdown=looks_like_markdown(text),
    )


_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")


def _lines(paper: str, page: int, table: int) -> list[RawLine]:
    """Lines of one page; rows of a Markdown pipe table become cells."""
    lines: list[RawLine] = []
    row = -1
    for text in paper.split("\n"):
        if not _PIPE_ROW.match(text):
            lines.append(RawLine(text, page))
            table, row = (table + 1, -1) if row >= 0 else (table, row)
        elif not _PIPE_RULE.match(text):
            row += 1
            cells = text.strip().strip("|").split("|")
            lines.extend(
                RawLine(cell.strip(), page, cell=(table, row, column))
                for column, cell in enumerate(cells)
            )
    return lines
