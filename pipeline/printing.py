"""Plain text for a terminal and a log.

In: cells and messages.  Out: aligned lines, or a line on stderr.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

# Controls, and what turns the reading direction of everything behind it.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def table(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: int | None = None,
) -> str:
    """Rows as aligned plain text, the same on a screen and in a log.

    Args:
        names: the columns' names.
        rows: the cells.
        right: from which column on cells are set to the right (figures); None for none.
    """
    lines = [names, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right is not None and index >= right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def say(message: str) -> None:
    """A message for the person, apart from results; no terminal obeys what strangers named."""
    print(OBEYED.sub("\ufffd", message), file=sys.stderr)
