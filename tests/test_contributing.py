"""The worked examples of CONTRIBUTING.md: each is done, and each difference is the one shown.

An example is a section with a sentence of a plan, changes ("A row at the end of `FILE`:" with the
row, "In `FILE`, `OLD` becomes `NEW`"), and what `kehoach diff` prints of the plan then.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FRAME = """\
ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 45/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lào Cai, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Chăm sóc cây xanh năm 2024

I. NHIỆM VỤ
1. {sentence}
2. Sở Tài chính báo cáo hàng quý.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example."""

    title: str
    sentence: str
    rows: tuple[tuple[str, str], ...]
    edits: tuple[tuple[str, str, str], ...]
    shown: str


def examples() -> list[Example]:
    found = []
    for section in re.split(r"^### ", TEXT, flags=re.M)[1:]:
        section = re.split(r"^## ", section, flags=re.M)[0]
        blocks = re.findall(r"(?:\n    .*)+", section)
        said = [re.sub(r"^    ", "", block.strip("\n"), flags=re.M) for block in blocks]
        rows = re.findall(r"row at the end of `([^`]+)`:\n((?:\n    .*)+)", section)
        found.append(
            Example(
                section.partition("\n")[0],
                said[0],
                tuple((path, row.strip()) for path, row in rows),
                tuple(re.findall(r"In `([^`]+)`,\s+`([^`]+)`\s+becomes\s+`([^`]+)`", section)),
                next(block for block in said if block.startswith("plan\n")),
            )
        )
    return found


def kehoach(home: Path, *arguments: str | Path) -> str:
    """The command as it is in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=home, env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_examples_are_the_three_that_come_most() -> None:
    titles = [example.title.casefold().strip() for example in examples()]
    assert titles == ["a document type", "a gazetteer row", "a deadline form"]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.title)
def test_an_example_does_what_it_says(example: Example, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for package in ("pipeline", "models"):
        shutil.copytree(
            ROOT / package, home / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    plan = tmp_path / "plan.txt"
    plan.write_text(FRAME.format(sentence=example.sentence), encoding="utf-8")
    kehoach(ROOT, "extract", plan, "-o", tmp_path / "before")

    assert example.rows or example.edits
    for name, row in example.rows:
        with (home / name).open("a", encoding="utf-8") as file:
            file.write(row + "\n")
    for name, old, new in example.edits:
        text = (home / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"CONTRIBUTING.md is out of date: {old} in {name}"
        (home / name).write_text(text.replace(old, new), encoding="utf-8")
    kehoach(home, "extract", plan, "-o", tmp_path / "after")

    said = kehoach(ROOT, "diff", tmp_path / "before", tmp_path / "after")
    assert said[said.index("\nplan\n") :].strip().splitlines() == example.shown.splitlines()
