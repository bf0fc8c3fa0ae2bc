"""Plain text and Markdown → ``RawDocument``.

In: the file's bytes.  Out: one raw line per line of the file, form feeds as page breaks.  Legacy
Vietnamese encodings are decoded by ``reading.encodings``.
"""

from __future__ import annotations

from pipeline.reading import encodings
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
    page = 1
    for paper in text.split("\f"):
        if paper.strip():
            lines.extend(RawLine(line, page) for line in paper.split("\n"))
            page += 1
    pages = max(page - 1, 1)
    return RawDocument(
        lines=lines,
        pages=[(None, None, "text")] * pages,
        notices=notices,
        markdown=looks_like_markdown(text),
    )
