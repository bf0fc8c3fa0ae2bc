"""What keeps the house in order: short modules, nothing left over, every stage in the revision."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline import revision
from tests.test_architecture import (
    DISTRIBUTION,
    ROOT,
    STAGES,
    declared,
    dotted,
    imports,
    modules,
)

LONGEST = 400
OWN = [*modules("pipeline"), *modules("models")]
CHECKED = [*OWN, *modules("scripts"), *modules("benchmarks")]
# Declared, but imported by others on our behalf.
IMPORTED_BY_OTHERS = {"python-multipart": "fastapi reads forms with it"}
# Names that a library calls, or that only tests and the docs are held against.
CALLED_BY_OTHERS = {
    "from_disk": "spaCy's protocol of a tokenizer",
    "to_raw": "a document's offset map, for users of the API",
    "MENDED": "the docs are held against it",
    "PRESETS": "looks of scans, for whoever makes some",
    "VERDICTS": "the docs are held against it",
}


def too_long(source: str) -> bool:
    """Whether a module is longer than it may be without saying why."""
    said = ast.get_docstring(ast.parse(source)) or ""
    return len(source.splitlines()) > LONGEST and f"Longer than {LONGEST} lines because" not in said


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    assert not too_long(path.read_text(encoding="utf-8")), "split it, or say at its head why not"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""Short."""\n', False),
        ('"""Long."""\n' + "x = 1\n" * 400, True),
        ('"""Long.\n\nLonger than 400 lines because so.\n"""\n' + "x = 1\n" * 400, False),
    ],
)
def test_the_rule_of_length(source: str, expected: bool) -> None:
    assert too_long(source) is expected


@cache
def words() -> Counter[str]:
    """How often every word stands in the code and the templates."""
    files = [
        path
        for folder in ("pipeline", "models", "scripts")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".html", ".j2")
    ]
    return Counter(
        word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
    )


def defined(tree: ast.Module) -> list[str]:
    """Functions, classes, methods, fields and constants, but not what a decorator hands on."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not node.decorator_list or isinstance(node, ast.ClassDef):
                names.append(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
        elif isinstance(node, ast.Assign) and node in tree.body:
            names += [each.id for each in node.targets if isinstance(each, ast.Name)]
    return [name for name in names if not name.startswith("__")]


@pytest.mark.parametrize("path", OWN, ids=dotted)
def test_nothing_is_left_over(path: Path) -> None:
    """A name that stands nowhere but where it is defined is used by nobody."""
    names = defined(ast.parse(path.read_text(encoding="utf-8")))
    assert not [name for name in names if words()[name] == 1 and name not in CALLED_BY_OTHERS]


def test_every_stage_counts_in_the_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mended rule has plans read again, wherever it stands."""
    seen: set[str] = set()
    monkeypatch.setattr(revision, "_digest", lambda *rooms: seen.update(rooms) or "")  # type: ignore[func-returns-value]
    revision.revision.__wrapped__()
    assert {room.removesuffix(".py") for room in seen} == {*STAGES, "../models"}
    assert all((ROOT / "pipeline" / room).exists() for room in seen)


def test_what_is_declared_is_imported() -> None:
    """What only the tests, samples and benchmarks need is not installed with the wheel."""
    used = {
        name.split(".")[0]
        for path in OWN
        if "samples" not in path.relative_to(ROOT).parts
        for _, name in imports(path)
    }
    names = {DISTRIBUTION.get(name, name).replace("_", "-") for name in used}
    assert declared() - names == set(IMPORTED_BY_OTHERS)
