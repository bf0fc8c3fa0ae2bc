"""What ``kehoach compare`` does and prints.

In: parsed arguments.  Out: views on stdout, a report and a workbook in files, an exit code.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.comparison import printing
from pipeline.comparison.arguments import VIEWS
from pipeline.comparison.comparing import compare as lay_side_by_side
from pipeline.comparison.report import html, workbook
from pipeline.comparison.selecting import select
from pipeline.errors import OK, CannotWrite, UsageError
from pipeline.files import write_whole


def compare(args: Namespace) -> int:
    """``kehoach compare``."""
    if args.limit < 0:
        raise UsageError("--limit counts rows: 0 for all, or a positive number.")
    plans = select(args.plans, args.corpus)
    with _progress() as told:
        result = lay_side_by_side(plans, progress=told)
    if args.html is not None:
        _write(args.html, html.render(result, args.lang))
    if args.xlsx is not None:
        workbook.write(result, args.xlsx, args.lang)
        print(args.xlsx, file=sys.stderr)
    if args.json:
        json.dump(result.to_dict(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif args.view is not None:
        views = VIEWS if args.view == "all" else (args.view,)
        limit = args.limit or None
        print("\n\n".join(printing.view(result, name, args.lang, limit) for name in views))
    elif args.html is None and args.xlsx is None:
        print(printing.summary(result, args.lang))
    return OK


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise CannotWrite(
            f"{path} cannot be written: {error.strerror}.", next_step="Choose another place."
        ) from error
    print(path, file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """A bar on stderr where a person looks at it; nothing in a log or a pipe."""
    if not sys.stderr.isatty():
        yield lambda stage, share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def told(stage: str, share: float) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=1.0)
            bar.update(tasks[stage], completed=share)  # type: ignore[arg-type]

        yield told
