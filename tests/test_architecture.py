"""Imports run one way: from the reading of bytes up to the command line, never back."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Later rooms may import earlier ones.  The gazetteers are data that need comparison keys.
STAGES = [
    "reading",
    "language",
    "gazetteers",
    "structure",
    "entities",
    "tasks",
    "components",
    "assemble",
    "extraction",
]
# What every room may use.
GROUND = {
    *("children", "declaring", "errors", "files", "lazily", "limits", "packaged", "printing"),
    *("records", "revision", "settings", "standalone"),
}
# Rooms beside the stages: what each may import from `pipeline`, apart from the ground.
BESIDE: dict[str, set[str]] = {
    "children": set(),
    "declaring": set(),
    "errors": set(),
    "files": set(),
    "lazily": set(),
    "limits": set(),
    "packaged": set(),
    "printing": set(),
    "records": set(),
    "revision": set(),
    "settings": set(),
    "standalone": set(),
    "samples": {"gazetteers", "language"},
    "corrections": set(),
    "corpus": {"gazetteers", "language", "corrections"},
    "comparison": {"gazetteers", "language", "corpus"},
    "evaluation": set(),
    "review": {
        *("language", "gazetteers", "structure", "entities"),
        *("corpus", "corrections", "evaluation"),
    },
    "doctor": {"reading"},
}
# These stand on top and may import everything below.
TOP = {"", "ingest", "cli", "web", "__main__"}
ON_TOP_OF_ALL = {"cli", "web", "__main__"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported, also inside functions."""
    name = dotted(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                above = parts[: len(parts) - node.level + 1]
                base = ".".join([*above, *filter(None, [base])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def room(name: str) -> str | None:
    """The room of `pipeline` that a dotted name belongs to; "" for its front door."""
    parts = name.split(".")
    if parts[0] != "pipeline":
        return None
    inner = ROOT / "pipeline"
    if len(parts) == 1 or not ((inner / parts[1]).is_dir() or (inner / f"{parts[1]}.py").exists()):
        return ""
    return parts[1]


def allowed(source: str, target: str) -> bool:
    if source == target or target in GROUND:
        return True
    if source in STAGES:
        return target in STAGES and STAGES.index(target) < STAGES.index(source)
    if source in BESIDE:
        return target in BESIDE[source]
    if source in TOP:
        return target not in ON_TOP_OF_ALL or source in ON_TOP_OF_ALL
    return False


@pytest.mark.parametrize("path", modules("pipeline"), ids=dotted)
def test_imports_run_downward(path: Path) -> None:
    source = room(dotted(path))
    assert source is not None
    wrong = [
        f"line {line}: {name}"
        for line, name in imports(path)
        if (target := room(name)) is not None and not allowed(source, target)
    ]
    assert not wrong, f"{dotted(path)} imports upward"


@pytest.mark.parametrize("path", modules("models"), ids=dotted)
def test_the_record_knows_no_reader(path: Path) -> None:
    assert not [name for _, name in imports(path) if name.split(".")[0] == "pipeline"]


def test_every_room_has_its_place() -> None:
    """A new room is put into the order above before it is used."""
    rooms = {room(dotted(path)) for path in modules("pipeline")}
    assert rooms <= {*STAGES, *BESIDE, *TOP}


@pytest.mark.parametrize("path", [*modules("pipeline"), *modules("models")], ids=dotted)
def test_nobody_imports_the_tests(path: Path) -> None:
    outside = {"tests", "benchmarks", "scripts", "fuzz"}
    assert not [name for _, name in imports(path) if name.split(".")[0] in outside]


# Import name to distribution, where the two differ.
DISTRIBUTION = {
    "PIL": "pillow",
    "ahocorasick": "pyahocorasick",
    "cv2": "opencv-python-headless",
    "docx": "python-docx",
    "fontTools": "fonttools",
    "sklearn": "scikit-learn",
}


def declared(*, samples: bool = False, dev: bool = False) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"]
    wanted += samples * project["project"]["optional-dependencies"]["samples"]
    wanted += dev * project["dependency-groups"]["dev"]
    return {re.split(r"[^\w.-]", want, maxsplit=1)[0] for want in wanted}


@pytest.mark.parametrize("path", [*modules("pipeline"), *modules("models")], ids=dotted)
def test_what_is_imported_is_declared(path: Path) -> None:
    """The sample writer may use its extra; everything else runs on the dependencies."""
    tops = {name.split(".")[0] for _, name in imports(path)}
    outside = tops - set(sys.stdlib_module_names) - {"pipeline", "models"}
    names = {DISTRIBUTION.get(top, top).replace("_", "-") for top in outside}
    assert names <= declared(samples=room(dotted(path)) == "samples")


def locked(name: str) -> dict[str, str]:
    """Package to version and hashes, as a lock file has them."""
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    found = re.findall(r"^([\w.-]+)==(\S+)(.*(?:\\\n.*)*)", lock, flags=re.M)
    return {
        name: f"{version} {sorted(re.findall(r'sha256:[0-9a-f]+', rest))}"
        for name, version, rest in found
    }


def test_what_is_declared_is_locked() -> None:
    everything, running = locked("requirements.lock"), locked("requirements.run.lock")
    assert declared(samples=True, dev=True) <= set(everything)
    assert declared() <= set(running)
    assert running.items() <= everything.items(), "the same versions and hashes"
    assert not {"pytest", "mypy", "hatchling"} & set(running)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("language", "reading", True),
        ("reading", "language", False),
        ("entities", "structure", True),
        ("structure", "entities", False),
        ("tasks", "assemble", False),
        ("assemble", "tasks", True),
        ("components", "tasks", True),
        ("components", "assemble", False),
        ("assemble", "components", True),
        ("reading", "errors", True),
        ("corpus", "assemble", False),
        ("reading", "", False),
        ("cli", "", True),
        ("", "cli", False),
        ("web", "evaluation", True),
    ],
)
def test_the_order_itself(source: str, target: str, expected: bool) -> None:
    assert allowed(source, target) is expected


def test_relative_and_local_imports_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pipeline" / "reading" / "late.py"
    file.parent.mkdir(parents=True)
    file.write_text("def f():\n    from ..entities import agencies\n    from . import pdf\n")
    monkeypatch.setitem(imports.__globals__, "ROOT", tmp_path)
    assert [name for _, name in imports(file)] == [
        "pipeline.entities.agencies",
        "pipeline.reading.pdf",
    ]
