"""The commands of checking as the command line declares them; nothing heavy is imported here.

In: a function that makes a sub-parser.  Out: parsers whose ``command`` runs ``commands``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.declaring import Declare, corpus_option, later

_run = partial(later, "pipeline.review.commands")


def declare(command: Declare) -> None:
    """Declare every command of this room.

    Args:
        command: from the command line's parser.
    """
    sub = command(_run("correct"), "correct", "record people's verdicts", _CORRECT, _EXAMPLES)
    sub.add_argument("file", metavar="FILE", nargs="?", type=Path, help="CSV or JSON; - for stdin")
    sub.add_argument("--by", metavar="NAME", help="who decides")
    sub.add_argument("--undo", metavar="N", type=int, help="take entry N of the log back instead")
    sub.add_argument("--log", metavar="FILE", type=Path, help="take over another corpus's log")
    sub.add_argument("--why", metavar="TEXT", default="", help="the reason, for rows without one")
    sub.add_argument("--dry-run", action="store_true", help="check the file, write nothing")
    corpus_option(sub)

    sub = command(_run("corrections"), "corrections", "see verdicts, values, conflicts", _LOG, "")
    sub.add_argument("plan", metavar="PLAN", nargs="?", help="id, number or file name; or all")
    view = sub.add_mutually_exclusive_group()
    view.add_argument("--values", action="store_true", help="a plan's values to check, as a sheet")
    view.add_argument("--conflicts", action="store_true", help="what a new reading contradicts")
    view.add_argument("--figures", action="store_true", help="how often the machine was right")
    sub.add_argument("--unchecked", action="store_true", help="of --values: without a verdict")
    form = sub.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument("--csv", action="store_true", help="one row per entry or value")
    corpus_option(sub)

    sub = command(_run("gold"), "gold", "write what was checked as gold", _GOLD, "")
    sub.add_argument("folder", metavar="DIR", type=Path, help="folder for the gold files")
    sub.add_argument("--by-name", action="store_true", help="files named after the plans' files")
    corpus_option(sub)


_CORRECT = """\
Record verdicts about values of plans: accept, edit, reject, add, undo. They go into an
append-only log inside the corpus; search, calendar, comparison and export have them at once,
and they stay when a plan is read anew. The columns of FILE: docs/review.md."""

_EXAMPLES = """\
examples:
  kehoach corrections 36/KH-UBND --values --csv > check.csv     (fill in verdict and new)
  kehoach correct check.csv --by 'Nguyễn An'
  kehoach correct --undo 12 --by 'Nguyễn An'
  kehoach corrections --json --corpus old.db > log.json && kehoach correct --log log.json"""

_LOG = """\
Show the log of verdicts, of one plan or all; or the values of a plan in the order in which
to check them; or conflicts; or figures."""

_GOLD = """\
Write gold for kehoach evaluate: one file per plan that has a category in which every value
was checked and somebody said that none is missing."""
