"""Plain text of a plan → blocks of a page: so that a text of one's own can be printed and scanned.

In: text, one paragraph per line, perhaps with Markdown's marks.  Out: the blocks that
``pdf.render_blocks`` prints: letterhead and signature side by side as the decree has them, all else
in the order and the words of the text.  ``reading_order`` gives the words back: a scan's truth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.samples import pdf
from pipeline.samples.fonts import Fonts
from pipeline.samples.parts import Block, Letterhead, Paragraph, Signature, Title
from pipeline.samples.text import rows_of

_MARKS = re.compile(r"^#+\s*|\*+|^>\s*")
_NUMBER = re.compile(r"^Số\s*:")
_DATE = re.compile(r"^[^,]{2,30}, ngày\b.*\bnăm\b")
_HEADING = re.compile(r"^(?:[IVX]+\.|Phần|PHẦN|Chương|CHƯƠNG)\s")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text.

    Args:
        text: the document.  A line "Số: …" followed by one with place and date becomes the last
            line of a letterhead; what follows "Nơi nhận" becomes recipients (lines with a dash) and
            signature (the others).
    """
    raw = [_MARKS.sub("", line).strip() for line in text.splitlines()]
    lines = [line for line in raw if line]
    # Whether a blank line stands before each line.
    apart = [not raw[n - 1] for n, line in enumerate(raw) if line]
    end = next((n for n, line in enumerate(lines) if line.startswith("Nơi nhận")), len(lines))
    out: list[Block] = []
    at = 0
    number = next((n for n, line in enumerate(lines[:8]) if _NUMBER.match(line)), None)
    if number is not None and number + 1 < end and _DATE.match(lines[number + 1]):
        above = [line for line in lines[:number] if line not in Letterhead.MOTTO]
        issuer = "\n".join(above) or " "
        out.append(Letterhead(None, issuer, lines[number], lines[number + 1]))
        at = number + 2
    while at < end:
        line = lines[at]
        at += 1
        if _capitals(line) and len(line) < 30 and not any(isinstance(b, Title) for b in out):
            subject = lines[at : at + 1]
            at += 1
            while at < end and not apart[at]:
                subject.append(lines[at])
                at += 1
            out.append(Title(line, (" ".join(subject),)))
        elif _HEADING.match(line) or _capitals(line):
            out.append(Paragraph("heading", "", (line,), ()))
        else:
            out.append(Paragraph("text", "", (line,), ()))
    if end < len(lines):
        out += _closing(lines[end + 1 :])
    return tuple(out)


def render(text: str, *, fonts: Fonts | None = None) -> bytes:
    """The text as a digital PDF; see ``pdf.render_blocks``."""
    return pdf.render_blocks(blocks(text), fonts=fonts)


def reading_order(printed: Sequence[Block]) -> str:
    """The words of the blocks in the order of the decree, one paragraph per line."""
    return "\n".join(row.text for row in rows_of(printed) if row.text.strip())


def _capitals(line: str) -> bool:
    return len(line) > 4 and line == line.upper() and any(map(str.isalpha, line))


def _closing(lines: Sequence[str]) -> list[Block]:
    recipients = [line.lstrip("-– ").rstrip(";.") for line in lines if line[0] in "-–"]
    rest = [line for line in lines if line[0] not in "-–"]
    authority = [line for line in rest if _capitals(line)]
    others = [line for line in rest if line not in authority]
    name = others.pop(0) if others else ""
    *above, position = authority or [""]
    out: list[Block] = [Signature(tuple(above), position, name, tuple((r,) for r in recipients))]
    return [*out, *(Paragraph("text", "", (line,), ()) for line in others)]
