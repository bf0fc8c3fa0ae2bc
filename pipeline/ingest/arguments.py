"""The commands of bulk loading as the command line declares them; nothing heavy is imported.

In: a function that makes a sub-parser.  Out: parsers whose ``command`` runs ``commands``.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from pipeline.declaring import Declare, corpus_option, later

ENGINES = ("local", "dask", "in-process")

_run = partial(later, "pipeline.ingest.commands")


def declare(command: Declare) -> None:
    """Declare every command of this room.

    Args:
        command: from the command line's parser.
    """
    sub = command(_run("ingest"), "ingest", "load many plans", _INGEST, _INGEST_EXAMPLES)
    sub.add_argument(
        "paths", metavar="PATH", nargs="+", help="a file, a folder, or an address (s3://...)"
    )
    _places(sub)
    sub.add_argument("--workers", metavar="N", type=int, default=0, help="0: one per core (0)")
    sub.add_argument("--engine", choices=ENGINES, default="local", help="who does the work (local)")
    sub.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler that runs already")
    sub.add_argument("--retry-failed", action="store_true", help="try again what failed before")
    sub.add_argument("--watch", action="store_true", help="go on looking for new files")
    sub.add_argument("--json", action="store_true", help="the summary as JSON")

    sub = command(_run("failures"), "failures", "list what could not be read", _FAILURES, "")
    form = sub.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument("--csv", action="store_true", help="one row per file")
    corpus_option(sub)

    sub = command(_run("verify"), "verify", "check corpus, records and files", _VERIFY, "")
    _places(sub)
    sub.add_argument("--repair", action="store_true", help="mend what can be mended")
    sub.add_argument("--deep", action="store_true", help="read every source file again")
    sub.add_argument("--json", action="store_true", help="as JSON")


def _places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--extracted",
        metavar="DIR",
        type=Path,
        default=Path("data/extracted"),
        help="the folder of records (data/extracted)",
    )
    corpus_option(parser)


_INGEST = """\
Read plans in bulk: folders are walked, every document becomes a record (<id>.json) and is
put into the corpus. What is done is not done again; a run that was stopped or killed goes
on with the same command. A file that cannot be read costs itself only and is listed by
kehoach failures."""

_INGEST_EXAMPLES = """\
examples:
  kehoach ingest plans/
  kehoach ingest plans/ more/plan.pdf --extracted records --corpus plans.db
  kehoach ingest plans/ --engine dask --scheduler tcp://10.0.0.5:8786
  kehoach ingest plans/ --retry-failed
  kehoach ingest inbox/ --watch

exit codes: 0 every file has a record   3 some failed   4 none could be read   130 stopped"""

_FAILURES = "List the files that have no record: the stage, the code and what to do about each."

_VERIFY = """\
Check corpus, records, ledger and source files against each other. Exit code 0 when all
agree, 3 when something differs; with --repair what was mended no longer counts."""
