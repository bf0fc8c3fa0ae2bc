"""The command ``compare`` as the command line declares it; nothing heavy is imported here.

In: a function that makes a sub-parser.  Out: a parser whose ``command`` runs ``commands.compare``.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.declaring import Declare, corpus_option, later

# Views of the terminal, in the order in which "all" prints them.
VIEWS = (
    "plans", "coverage", "leads", "calendar", "rhythms", "targets", "documents", "recipients",
    "only", "reuse", "years",
)  # fmt: skip
LANGUAGES = ("vi", "en")


def declare(command: Declare) -> None:
    """Declare the command.

    Args:
        command: from the command line's parser.
    """
    sub = command(
        later("pipeline.comparison.commands", "compare"),
        "compare",
        "lay plans side by side",
        _COMPARE,
        _EXAMPLES,
    )
    sub.add_argument(
        "plans", metavar="PLAN", nargs="+", help="a record, a folder of records, an id, or a query"
    )
    sub.add_argument(
        "--view", choices=(*VIEWS, "all"), help="one view in full; without it the chief of all"
    )
    sub.add_argument("--limit", type=int, default=20, help="rows of a view (20); 0 for all")
    sub.add_argument("--html", metavar="FILE", type=Path, help="write the report, one page")
    sub.add_argument("--xlsx", metavar="FILE", type=Path, help="write the workbook")
    sub.add_argument("--json", action="store_true", help="everything, as JSON")
    sub.add_argument("--lang", choices=LANGUAGES, default="vi", help="language of the words (vi)")
    corpus_option(sub)


_COMPARE = """\
Lay plans side by side: who plans what and who does not, led by whom, by when, with which
targets and sources; what was copied from whom; what changed since last year.

A PLAN is a record (JSON), a folder of records, or the id, number or file name of a plan in
the corpus. All other words together are one query, and every plan that it finds is compared
(docs/query.md). What is unsure is marked with a question mark; docs/comparison.md says how
likeness is measured."""

_EXAMPLES = """\
examples:
  kehoach compare data/extracted
  kehoach compare 'an toàn giao thông year:2024' --html report.html --xlsx report.xlsx
  kehoach compare 10/KH-UBND 21/KH-UBND --view years
  kehoach compare data/extracted --json | jq '.only_here[] | select(.sure)'"""
