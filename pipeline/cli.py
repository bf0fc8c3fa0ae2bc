"""The command ``kehoach``: parse arguments, call, print.

In: arguments.  Out: records and tables on stdout or in a folder, messages on stderr, and one of
the exit codes of ``pipeline.errors``.

``argparse`` and not Typer, and every heavy import inside the function that needs it: importing
Typer alone takes ten times as long as a bare interpreter needs to start, ``argparse`` less than
twice, and a command line that people complete, script and ask for help starts often.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from errno import EDQUOT, ENOSPC
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.comparison import arguments as comparison_arguments
from pipeline.corpus import arguments as corpus_arguments
from pipeline.errors import (
    NONE_READ,
    OK,
    SOME_FAILED,
    USAGE,
    CannotWrite,
    KehoachError,
    MissingTool,
    UsageError,
)
from pipeline.evaluation import arguments as evaluation_arguments
from pipeline.files import write_whole
from pipeline.ingest import arguments as ingest_arguments
from pipeline.printing import say, table
from pipeline.review import arguments as review_arguments
from pipeline.web import arguments as web_arguments

if TYPE_CHECKING:
    from models import Plan
    from pipeline.reading import Document

INTERRUPTED = 130

_ABOUT = """\
Turn Vietnamese provincial plans (kế hoạch) into JSON records in which every value
points to the words it was read from."""

_EXAMPLES = """\
examples:
  kehoach extract plan.docx                 the record as JSON on the screen
  kehoach extract plan.docx | jq .header    ... or into another program
  kehoach extract plans/* -o records        one JSON file per plan, and a table
  kehoach evaluate gold records --misses    records against your own annotation
  kehoach diff before after                 what a change of rules changed
  kehoach schema > record.schema.json       what a record looks like
  kehoach add records                       the records into a corpus (data/corpus.db)
  kehoach search cai cach hanh chinh        ... and search it
  kehoach compare records                   plans side by side
  kehoach doctor                            what is installed, what is missing

exit codes:
  0 all read   2 wrong usage   3 some inputs failed   4 none could be read
  5 something is not installed

Every limit can be set in the environment (KEHOACH_MAX_PAGES=500 ...): docs/cli.md."""

_EXTRACT = """\
Read plans and write their records.

One PATH and no -o: the record as JSON on stdout; messages go to stderr.
With -o: one <name>.json per input, each written whole or not at all. Two inputs with
the same name keep apart: plan.docx beside plan.pdf becomes plan.json and plan.pdf.json.
An input that cannot be read costs one line on stderr; the others go on."""

_EXTRACT_EXAMPLES = """\
examples:
  kehoach extract plan.pdf
  kehoach extract data/raw/* -o data/extracted
  kehoach extract plan.txt | jq '.references[] | {text, role}'"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the arguments without the program's name; ``sys.argv`` when None.

    Returns:
        The exit code.  Wrong usage found by ``argparse`` and ``--help`` leave by ``SystemExit``,
        as its users expect.
    """
    _speak_utf8()
    parser = build_parser()
    args = parser.parse_args(argv)
    if args.command is None:
        parser.print_help(sys.stderr)
        return USAGE
    try:
        code: int = args.command(args)
        sys.stdout.flush()
    except KehoachError as error:
        say(error.line())
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has seen enough (``| head``); keep Python from complaining.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        if error.errno not in (ENOSPC, EDQUOT):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        full = CannotWrite(f"the output: {error.strerror}.", next_step="Make room.")
        say(full.line())
        return full.exit_code
    except KeyboardInterrupt:
        say("stopped")
        return INTERRUPTED
    return code


def build_parser() -> argparse.ArgumentParser:
    """All commands and options (also walked by the test that keeps ``docs/cli.md`` complete)."""
    parser = _parser(argparse.ArgumentParser, prog="kehoach", description=_ABOUT, epilog=_EXAMPLES)
    parser.set_defaults(command=None)
    parser.add_argument("--version", action=_Version, help="print the version and stop")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(
        run: Callable[[argparse.Namespace], int], name: str, short: str, long: str, examples: str
    ) -> argparse.ArgumentParser:
        sub = _parser(commands.add_parser, name, help=short, description=long, epilog=examples)
        sub.set_defaults(command=run)
        return sub

    sub = command(_extract, "extract", "read plans, write records", _EXTRACT, _EXTRACT_EXAMPLES)
    sub.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help="a plan: PDF, DOCX, text, scan"
    )
    sub.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="folder for the records; made if missing"
    )
    sub.add_argument("--debug", action="store_true", help="show where an unexpected error arose")

    command(_schema, "schema", "print the JSON Schema of a record", "Print the JSON Schema.", "")

    sub = command(_doctor, "doctor", "see what is installed, what is missing", "", "")
    sub.description = "List what is installed and, for what is missing, how to get it."

    evaluation_arguments.declare(command)
    ingest_arguments.declare(command)
    corpus_arguments.declare(command)
    comparison_arguments.declare(command)
    review_arguments.declare(command)
    web_arguments.declare(command)
    return parser


def output_names(paths: Sequence[Path]) -> list[str]:
    """One file name per input, no two alike, in the order of the inputs.

    The first input of a name gets ``<stem>.json``, a later one ``<stem>.<ext>.json``, then
    ``<stem>.<ext>-2.json`` and so on.  Names that differ by case alone count as alike, since
    some file systems hold them for one.
    """
    taken: set[str] = set()
    names = []
    for path in paths:
        candidates = _candidate_names(path)
        name = next(name for name in candidates if name.casefold() not in taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _candidate_names(path: Path) -> Iterator[str]:
    yield f"{path.stem}.json"
    yield f"{path.name}.json"
    number = 2
    while True:
        yield f"{path.name}-{number}.json"
        number += 1


def _extract(args: argparse.Namespace) -> int:
    paths: list[Path] = list(dict.fromkeys(args.paths))
    folder: Path | None = args.output
    if folder is None:
        if len(paths) > 1:
            raise UsageError(
                f"{len(paths)} inputs, but no folder for their records.",
                next_step="Give one with -o DIR.",
            )
        for path, read in _read(paths):
            result = _attempt(path, read, lambda plan: None, args.debug)
        if isinstance(result, KehoachError):
            return result.exit_code
        sys.stdout.write(result.to_json())
        return OK

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be a folder for records: {error.strerror}.",
            next_step="Give another one with -o DIR.",
        ) from error
    rows: list[list[str]] = []
    failures: list[KehoachError] = []
    with _progress(len(paths)) as advance:
        for (path, read), name in zip(_read(paths), output_names(paths), strict=True):
            result = _attempt(path, read, partial(_keep, target=folder / name), args.debug)
            if isinstance(result, KehoachError):
                failures.append(result)
            else:
                rows.append(_row(path, result))
            advance()
    if rows:
        say(table(_COLUMNS, rows, right=5))
    say(f"{len(rows)} read into {folder}" + (f", {len(failures)} failed" if failures else ""))
    if not failures:
        return OK
    if rows:
        return SOME_FAILED
    codes = {error.exit_code for error in failures}
    return codes.pop() if len(codes) == 1 else NONE_READ


def _read(paths: Sequence[Path]) -> Iterator[tuple[Path, Document | KehoachError]]:
    """The files, read; those to come are read ahead where their pages need OCR."""
    try:
        with redirect_stdout(sys.stderr):
            from pipeline.reading import read_many
    except ModuleNotFoundError as error:
        missing = MissingTool(f"the Python package {error.name} is not installed.")
        return iter([(path, missing) for path in paths])
    return read_many(paths)


def _attempt(
    path: Path, read: Document | KehoachError, use: Callable[[Plan], object], debug: bool
) -> Plan | KehoachError:
    """Make the record of a document and use it.

    Returns:
        The plan, or the error after it was said: one bad input must not stop the others.
    """
    try:
        if isinstance(read, KehoachError):
            raise read
        # Whatever a library prints must not end up inside the JSON.
        with redirect_stdout(sys.stderr):
            from pipeline import Pipeline

            plan = Pipeline().from_document(read)
        use(plan)
        return plan
    except KehoachError as error:
        failure = error
        if debug and error.__cause__ is not None:
            import traceback

            traceback.print_exception(error)
    except ModuleNotFoundError as error:
        failure = MissingTool(f"the Python package {error.name} is not installed.")
    except Exception as error:
        if debug:
            import traceback

            traceback.print_exc()
        failure = KehoachError(
            f"unexpected {type(error).__name__}: {error}.",
            next_step="This is a fault of the program: report it with the output of --debug.",
        )
    say(f"{path}: {failure.line()}")
    return failure


def _keep(plan: Plan, target: Path) -> None:
    try:
        write_whole(target, plan.to_json().encode())
    except OSError as error:
        raise CannotWrite(f"{target} cannot be written: {error.strerror}.") from error


_COLUMNS = (
    "file", "kind", "number", "date", "province",
    "sections", "references", "agencies", "deadlines", "warnings",
)  # fmt: skip


def _row(path: Path, plan: Plan) -> list[str]:
    header = plan.header
    name = path.name if len(path.name) <= 40 else f"{path.name[:24]}…{path.name[-15:]}"
    return [
        name,
        header.kind or "–",
        header.number or "–",
        header.issued_on or "–",
        header.province.name if header.province else "–",
        str(sum(1 for _ in plan.walk())),
        *(
            str(len(found))
            for found in (plan.references, plan.agencies, plan.deadlines, plan.warnings)
        ),
    ]


def _schema(args: argparse.Namespace) -> int:
    import json

    from models import SCHEMA_VERSION, Plan

    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "version": SCHEMA_VERSION,
        **Plan.model_json_schema(),
    }
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return OK


def _doctor(args: argparse.Namespace) -> int:
    from pipeline import doctor

    checks = doctor.examine()
    rows = [[check.name, check.mark, check.detail] for check in checks]
    print(table(("looked for", "found", "version"), rows))
    for check in checks:
        if not check.found:
            print(f"\n{check.name}: {check.purpose}\n  {check.remedy}")
    return doctor.exit_code(checks)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr where a person looks at it; nothing in a log or a pipe."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda: bar.advance(task)


def _speak_utf8() -> None:
    """UTF-8 whatever the locale: a record that a C locale mangles is of no use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser(
    make: Callable[..., argparse.ArgumentParser], *args: str, **options: str
) -> argparse.ArgumentParser:
    return make(
        *args,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        **options,
    )


class _Version(argparse.Action):
    """``--version``; the metadata is read only when it is asked for."""

    def __init__(self, option_strings: list[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"kehoach {version('kehoach')}")
        except PackageNotFoundError:
            print("kehoach (not installed: run make setup)")
        parser.exit()
