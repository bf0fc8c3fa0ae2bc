"""Results as the commands print them: JSON, CSV, an aligned table.

In: values and rows, with text of strangers in them.  Out: text on stdout that no terminal and no
spreadsheet obeys.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence

from pipeline import printing
from pipeline.corpus.plain import cell, lines, shown


def print_json(data: object) -> None:
    """Indented, letters kept."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def print_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A line of names, then the rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(lines(each)) if isinstance(each, str) else each for each in row])
    sys.stdout.write(out.getvalue())


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as aligned plain text, no terminal obeys their words."""
    return printing.table(names, [[shown(each) for each in row] for row in rows])
