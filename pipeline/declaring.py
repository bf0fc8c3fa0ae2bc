"""What every room needs to declare its commands on the command line; nothing heavy is imported.

In: names of functions.  Out: functions that import what they run when they are run, so that
``--help`` and completion stay quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Protocol

Command = Callable[[argparse.Namespace], int]


class Declare(Protocol):
    """Makes a sub-parser: what runs it, its name, one line, its description, its examples."""

    def __call__(
        self, run: Command, name: str, short: str, long: str, examples: str
    ) -> argparse.ArgumentParser: ...


def later(module: str, name: str) -> Command:
    """The command ``name`` of ``module``, which is imported when the command runs.

    Returns:
        A function of the parsed arguments that returns the exit code.
    """

    def run(args: argparse.Namespace) -> int:
        code: int = getattr(import_module(module), name)(args)
        return code

    return run


def corpus_option(parser: argparse.ArgumentParser) -> None:
    """``--corpus FILE``, as every command that uses a corpus has it."""
    parser.add_argument("--corpus", metavar="FILE", help="the corpus (KEHOACH_CORPUS)")
