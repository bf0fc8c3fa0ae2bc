"""The commands of evaluation as the command line declares them; nothing heavy is imported here.

In: a function that makes a sub-parser.  Out: parsers whose ``command`` runs ``commands``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.declaring import Declare, later

_run = partial(later, "pipeline.evaluation.commands")

_EVALUATE = """\
Score records against gold annotation: precision, recall and F1 for every category.

GOLD and RECORDS are folders (or one file each). A record belongs to the gold file of
the same name, or of the three-digit number its own name starts with. What a gold file
leaves out is not counted. The format of gold is described in docs/evaluation.md."""

_EVALUATE_EXAMPLES = """\
examples:
  kehoach evaluate gold records
  kehoach evaluate gold records --html report.html
  kehoach evaluate gold records --json | jq '.categories.deadlines.f1'"""

_DIFF = """\
Compare two readings of the same plans: what the new records gain, lose, say otherwise.

OLD and NEW are folders of records (or one record each). Plans are matched by the bytes
they were read from, else by name; values by their place, else by their words."""

_DIFF_EXAMPLES = """\
examples:
  kehoach diff before after
  kehoach diff before after --category deadlines --category targets
  kehoach diff before after --exit-code && echo nothing changed"""


def declare(command: Declare) -> None:
    """Declare ``evaluate`` and ``diff``.

    Args:
        command: from the command line's parser.
    """
    sub = command(
        _run("evaluate"), "evaluate", "score records against gold", _EVALUATE, _EVALUATE_EXAMPLES
    )
    sub.add_argument("gold", metavar="GOLD", type=Path, help="folder of gold files, or one file")
    sub.add_argument("records", metavar="RECORDS", type=Path, help="folder of records, or one file")
    sub.add_argument("--misses", action="store_true", help="list every difference")
    sub.add_argument("--html", metavar="FILE", type=Path, help="write the report, one page")
    sub.add_argument("--json", action="store_true", help="print the figures as JSON")

    sub = command(_run("diff"), "diff", "see what changed between readings", _DIFF, _DIFF_EXAMPLES)
    sub.add_argument("old", metavar="OLD", type=Path, help="folder of records, or one record")
    sub.add_argument("new", metavar="NEW", type=Path, help="folder of records, or one record")
    sub.add_argument(
        "--category", metavar="NAME", action="append", help="only this one; may be repeated"
    )
    sub.add_argument("--counts", action="store_true", help="only the table, not every change")
    sub.add_argument("--exit-code", action="store_true", help="exit code 3 where anything differs")
    sub.add_argument("--json", action="store_true", help="everything, as JSON")
