"""Every command of the guides for analysts runs, on the sample plans, and prints what they show.

A block marked ``console`` holds commands behind "$ " and, below each, lines that its output must
have in this order; "…" stands for anything.  The commands of a guide run one after the other in
one folder, as a reader would type them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ("huong-dan.md", "guide-analysts.md")


@dataclass(frozen=True, slots=True)
class Step:
    """A command and what it must print."""

    command: str
    shown: tuple[str, ...]


def steps(page: str) -> Iterator[Step]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for block in re.findall(r"^```console\n(.*?)^```", text, flags=re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = part.rstrip().splitlines()
            while command.endswith("\\"):
                command = command[:-1] + shown.pop(0).strip()
            yield Step(command, tuple(line.strip() for line in shown if line.strip()))


def fits(shown: str, printed: str) -> bool:
    """Whether a line of the guide is this line of output; blanks folded."""
    pattern = ".*".join(re.escape(" ".join(part.split())) for part in shown.split("…"))
    return re.fullmatch(pattern, " ".join(printed.split())) is not None


def missing(step: Step, output: str) -> str | None:
    """The first line that the output lacks."""
    lines = iter(output.splitlines())
    for shown in step.shown:
        if not any(fits(shown, line) for line in lines):
            return shown
    return None


def serve(command: str, environment: dict[str, str], folder: Path) -> str:
    """Start a server on a free port, look at its first page, stop it."""
    process = subprocess.Popen(
        ["bash", "-c", f"exec {command} --port 0"], cwd=folder, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if address := re.search(r"http://[\w.:]+", line):
                with urllib.request.urlopen(address.group()) as answer:
                    assert answer.status == 200
                return said
        raise AssertionError(said)
    finally:
        process.terminate()
        process.wait()


def test_every_command_runs_and_prints_what_is_shown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    scripts = sysconfig.get_path("scripts")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KEHOACH_", "COV_"))}
    environment = kept | {"PATH": f"{scripts}:{os.environ['PATH']}", "COLUMNS": "200"}
    faults = []
    for step in steps("guide-analysts.md"):
        if step.command.startswith("kehoach serve"):
            output = serve(step.command, environment, tmp_path)
        else:
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", step.command], check=False, cwd=tmp_path,
                env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                timeout=300,
            )  # fmt: skip
            output = done.stdout
            if done.returncode:
                faults.append(f"$ {step.command}\nexit {done.returncode}\n{output[-2000:]}")
        if lacks := missing(step, output):
            faults.append(f"$ {step.command}\nlacks: {lacks}\n{output[-4000:]}")
    assert not faults, "\n\n".join(faults)


def test_both_guides_show_the_same() -> None:
    vietnamese, english = (list(steps(page)) for page in GUIDES)
    assert len(english) > 15
    assert vietnamese == english


def test_a_guide_goes_all_the_way() -> None:
    commands = {step.command.split()[1] for step in steps(GUIDES[0])}
    assert commands >= {
        "ingest", "failures", "search", "facets", "show", "serve", "corrections", "correct",
        "compare", "due", "export", "gold", "evaluate", "doctor", "cites", "verify",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("2 plans", "2  plans", True),
        ("2 plans", "12 plans", False),
        ("… plans in … s", "2 plans in 3.4 s", True),
        ("… plans", "2 plans more", False),
    ],
)
def test_how_lines_are_compared(shown: str, printed: str, same: bool) -> None:
    assert fits(shown, printed) is same
