"""Raw lines → the clean text of a ``Document``, with the map back.

In: a ``RawDocument`` (lines as a format's reader found them).  Out: a ``Document`` whose text is
NFC, one line per paragraph, hard wraps and page breaks inside sentences rejoined, page numbers
and Markdown marks dropped; every kept character is mapped to where it stood.

Whether a line goes on in the next is decided by ``reading.paragraphs`` where the reader does not
know.
"""

from __future__ import annotations

import re

from pipeline.reading import running
from pipeline.reading.cleaning import Clean, clean_line, tears
from pipeline.reading.document import (
    Cell,
    Document,
    Line,
    Notice,
    OffsetMap,
    Page,
    RawDocument,
    RawLine,
    Table,
    Word,
)
from pipeline.reading.paragraphs import Habits

_PAGE_NUMBER = re.compile(r"[-–\s]*(\d{1,4})[-–\s]*$")

_EmptyCell = tuple[int, tuple[int, int, int]]


def build(raw: RawDocument, *, name: str, sha256: str, media_type: str, size: int) -> Document:
    """Clean and join the lines of a ``RawDocument``.

    Args:
        raw: what a format's reader returned.
        name: file name, for messages.
        sha256: hex digest of the source's bytes.
        media_type: MIME type of the source.
        size: bytes of the source.

    Returns:
        The document; ``text`` is empty when nothing readable was found.
    """
    kept, cleaned, offsets_in_raw, raw_text, notices, empty = _clean_all(raw)
    habits = Habits([line.text for line in cleaned], kept)

    parts: list[str] = []
    length = 0
    clean_runs: list[int] = []
    raw_runs: list[int] = []
    run_lengths: list[int] = []
    lines: list[Line] = []
    words: list[Word] = []
    page_bounds: dict[int, list[int]] = {}
    cells: dict[int, dict[tuple[int, int], list[int]]] = {}
    paragraph_lines = 0
    for index, (line, clean) in enumerate(zip(kept, cleaned, strict=True)):
        if index:
            same_cell = line.cell == kept[index - 1].cell
            join = same_cell and habits.joins(index, first=paragraph_lines == 1)
            paragraph_lines = paragraph_lines + 1 if join else 1
            if not (join and tears(cleaned[index - 1].text, clean.text)):
                parts.append(" " if join else "\n")
                length += 1
        else:
            paragraph_lines = 1
        start = length
        parts.append(clean.text)
        length += len(clean.text)
        base = offsets_in_raw[index]
        for clean_at, raw_at, n in clean.runs:
            clean_runs.append(start + clean_at)
            raw_runs.append(base + raw_at)
            run_lengths.append(n)
        lines.append(Line(start, length, line.page, line.box))
        page_bounds.setdefault(line.page, [start, length])[1] = length
        words.extend(_words(line, clean, start))
        if line.cell is not None:
            table, row, column = line.cell
            span = cells.setdefault(table, {}).setdefault((row, column), [start, length])
            span[1] = length
    for index, (table, row, column) in empty:
        after_cell = index > 0 and kept[index - 1].cell is not None
        at = lines[index - 1].end if after_cell or index == len(lines) else lines[index].start
        cells.setdefault(table, {}).setdefault((row, column), [at, at])

    text = "".join(parts)
    return Document(
        name=name,
        sha256=sha256,
        media_type=media_type,
        size=size,
        raw=raw_text,
        text=text,
        offsets=OffsetMap(tuple(clean_runs), tuple(raw_runs), tuple(run_lengths)),
        pages=_pages(raw, page_bounds, length),
        lines=tuple(lines),
        words=tuple(words),
        tables=tuple(
            Table(
                page=_page_of(lines, min(s for s, _ in spans.values())),
                cells=tuple(Cell(r, c, s, e) for (r, c), (s, e) in sorted(spans.items())),
            )
            for _, spans in sorted(cells.items())
        ),
        notices=tuple(notices),
        engines=raw.engines,
        signature_signer=raw.signature_signer,
        signature_time=raw.signature_time,
    )


def _clean_all(
    raw: RawDocument,
) -> tuple[list[RawLine], list[Clean], list[int], str, list[Notice], list[_EmptyCell]]:
    """Clean every line; drop empty ones, page numbers and running heads; keep where each stood.

    The last value are the cells without text, each with the number of lines kept before it.
    """
    notices = list(raw.notices)
    kept: list[RawLine] = []
    cleaned: list[Clean] = []
    offsets: list[int] = []
    empty: list[_EmptyCell] = []
    at = 0
    any_decomposed = any_lookalike = False
    edges = _page_edges(raw.lines)
    heads = running.heads(
        [(raw.lines[i].page, raw.lines[i].text) for i in sorted(edges)], len(raw.pages)
    )
    pending_blank = 0
    for index, line in enumerate(raw.lines):
        clean, decomposed, lookalike = clean_line(line.text, raw.markdown)
        any_decomposed |= decomposed
        any_lookalike |= lookalike
        number = _PAGE_NUMBER.match(clean.text) if index in edges else None
        is_furniture = False
        if number and len(raw.pages) > 1 and line.cell is None:
            is_furniture = abs(int(number.group(1)) - line.page) <= max(2, len(raw.pages) // 2)
        if index in edges and (line.page, line.text) in heads and line.cell is None:
            is_furniture = True
        if clean.text and not is_furniture:
            line.blank_before += pending_blank
            pending_blank = 0
            kept.append(line)
            cleaned.append(clean)
            offsets.append(at)
        elif not clean.text and line.cell is not None:
            empty.append((len(kept), line.cell))
        elif not clean.text:
            pending_blank += 1
        at += len(line.text) + 1
    if any_decomposed:
        notices.append(Notice("unicode-decomposed", "Decomposed Unicode was composed (NFC)."))
    if any_lookalike:
        notices.append(Notice("lookalike-letter", "Ð (Eth) was read as Đ."))
    raw_text = "\n".join(line.text for line in raw.lines)
    return kept, cleaned, offsets, raw_text, notices, empty


def _page_edges(lines: list[RawLine]) -> set[int]:
    """Indices of the first and last non-empty line of every page."""
    edges: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.text.strip():
            edges.setdefault(line.page, [index, index])[1] = index
    return {index for pair in edges.values() for index in pair}


def _words(line: RawLine, clean: Clean, start: int) -> list[Word]:
    if not line.words:
        return []
    local = OffsetMap(
        tuple(c for c, _, _ in clean.runs),
        tuple(r for _, r, _ in clean.runs),
        tuple(n for _, _, n in clean.runs),
    )
    words = []
    for word in line.words:
        a, b = local.to_clean(word.start), local.to_clean(word.end)
        if b > a:
            words.append(Word(start + a, start + b, line.page, word.box, word.confidence))
    return words


def _pages(raw: RawDocument, bounds: dict[int, list[int]], length: int) -> tuple[Page, ...]:
    pages = []
    at = 0
    for number, (width, height, read_by) in enumerate(raw.pages, 1):
        start, end = bounds.get(number, [at, at])
        at = end
        codes = tuple(n.code for n in raw.notices if n.page == number)
        sure = raw.confidence.get(number, 1.0)
        pages.append(Page(number, start, end, read_by, width, height, sure, codes))
    return tuple(pages)


def _page_of(lines: list[Line], position: int) -> int:
    for line in lines:
        if line.start <= position < max(line.end, line.start + 1):
            return line.page
    return 1
