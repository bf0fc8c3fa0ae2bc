"""The documentation says what the code does: nothing missing, nothing stale."""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import cli, errors
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def all_errors(base: type[errors.KehoachError]) -> Iterator[type[errors.KehoachError]]:
    yield base
    for child in base.__subclasses__():
        yield from all_errors(child)


def rows(page: Path, heading: str) -> dict[str, list[str]]:
    """The first table under a heading: first cell without backticks to the other cells."""
    part = re.split(r"^#+ ", read(page).partition(f"\n## {heading}\n")[2], flags=re.M)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {first.strip("`"): rest for first, *rest in cells}


def test_every_error_code_is_documented() -> None:
    codes = {error.code for error in all_errors(errors.KehoachError)}
    assert set(rows(DOCS / "codes.md", "Error codes")) == codes


def test_error_codes_are_unique() -> None:
    classes = list(all_errors(errors.KehoachError))
    assert len({error.code for error in classes}) == len(classes)


def test_every_exit_code_is_documented() -> None:
    codes = {errors.OK, errors.USAGE, errors.SOME_FAILED, errors.NONE_READ, errors.NOT_INSTALLED}
    documented = {int(code) for code in rows(DOCS / "codes.md", "Exit codes")}
    assert documented == codes | {cli.INTERRUPTED}


def sources() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        yield ast.parse(read(path))


KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")


def is_message(node: ast.expr) -> bool:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    return constant or isinstance(node, ast.JoinedStr)


def warning_codes() -> Iterator[str]:
    """Literal codes of notices and warnings: Notice("code", …), Warning_(code="code", …), and the
    stages' short forms ("code", "message", …) and ("code",)."""
    for tree in sources():
        for node in ast.walk(tree):
            heads: list[ast.expr] = []
            if isinstance(node, ast.Call):
                if ast.unparse(node.func).rpartition(".")[2] in {"Notice", "Warning_"}:
                    heads = node.args[:1] + [k.value for k in node.keywords if k.arg == "code"]
            elif isinstance(node, ast.Tuple) and all(map(is_message, node.elts[1:2])):
                heads = node.elts[:1]
            for head in heads:
                if isinstance(head, ast.Constant) and KEBAB.fullmatch(str(head.value)):
                    yield str(head.value)


def test_every_warning_code_is_documented() -> None:
    assert set(warning_codes()) <= set(rows(DOCS / "codes.md", "Warning codes"))


def test_no_documented_warning_is_gone() -> None:
    literals = {
        node.value
        for tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(rows(DOCS / "codes.md", "Warning codes")) <= literals


def commands() -> dict[str, argparse.ArgumentParser]:
    parser = cli.build_parser()
    action = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    part = read(DOCS / "cli.md").partition(f"\n## `kehoach {name}`\n")[2].partition("\n## ")[0]
    assert part, f"docs/cli.md has no section on {name}"
    options = [option for action in commands()[name]._actions for option in action.option_strings]
    words = re.findall(r"(?<![\w-])--?[a-z][a-z-]*", part)
    assert set(options) - {"-h", "--help"} <= set(words)
    assert {word for word in words if word.startswith("--")} <= set(options)


def test_the_commands_are_all_listed() -> None:
    listed = re.findall(r"^## `kehoach (\w+)`$", read(DOCS / "cli.md"), flags=re.M)
    assert listed == list(commands())


def test_every_limit_is_documented() -> None:
    documented = rows(DOCS / "cli.md", "Limits, set in the environment")
    actual = {
        f"KEHOACH_{name.upper()}": [str(field.default), field.description]
        for name, field in Settings.model_fields.items()
    }
    assert documented == actual


def test_the_record_reference_is_current() -> None:
    script = ROOT / "scripts" / "record_reference.py"
    made = subprocess.run([sys.executable, script], capture_output=True, check=True, cwd=ROOT)
    assert made.stdout.decode() == read(DOCS / "record.md"), "run make docs"


def test_the_published_schema_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["schema"])
    assert capsys.readouterr().out == read(DOCS / "record.schema.json"), "run make docs"


def test_the_gold_of_the_guide_is_gold() -> None:
    from pipeline.evaluation.gold import Gold

    example = read(DOCS / "evaluation.md").partition("```json\n")[2].partition("```")[0]
    gold = Gold.model_validate_json(example)
    assert {name for name in Gold.model_fields if getattr(gold, name)} == set(Gold.model_fields)


def test_the_categories_are_explained() -> None:
    from pipeline.evaluation.scoring import CATEGORIES

    first_cells = rows(DOCS / "evaluation.md", "What counts as right")
    named = {name.strip() for cell in first_cells for name in cell.split(",")}
    assert named - {"category"} == set(CATEGORIES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), flags=re.M))
    named = set(re.findall(r"(?:^\s+|`)make ([a-z]+)", read(page), flags=re.M))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = read(page)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("https:", "http:", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        other = page.parent / file if file else page
        assert other.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", read(other), flags=re.M)
            slugs = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}
            assert anchor in slugs, target


def test_both_readmes_name_the_two_commands() -> None:
    for name in ("README.md", "README.vi.md"):
        text = read(ROOT / name)
        assert re.search(r"^\s+make run\b", text, flags=re.M), name
        assert re.search(r"^\s+make test\b", text, flags=re.M), name


def holds(record: object, excerpt: object) -> bool:
    """Whether an excerpt is part of a record: members and items may be left out."""
    if isinstance(excerpt, dict):
        return isinstance(record, dict) and all(
            key in record and holds(record[key], value) for key, value in excerpt.items()
        )
    if isinstance(excerpt, list):
        return isinstance(record, list) and (
            record == excerpt or all(any(holds(r, item) for r in record) for item in excerpt)
        )
    return record == excerpt


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_excerpt_is_of_a_real_record(name: str) -> None:
    """README's JSON is what the command says of the sample it names."""
    from pipeline import extract

    text = read(ROOT / name)
    blocks = re.findall(r"```json\n(.*?)```", text, flags=re.S)
    sample = re.search(r"kehoach extract (data/raw/[\w.-]+)", text)
    assert blocks
    assert sample
    record = json.loads(extract(ROOT / sample.group(1)).to_json())
    for block in blocks:
        assert holds(record, json.loads(block)), block


def test_the_examples_of_the_guide_run(monkeypatch: pytest.MonkeyPatch) -> None:
    import doctest

    monkeypatch.chdir(ROOT)
    outcome = doctest.testfile(str(DOCS / "guide.md"), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 10
    assert not outcome.failed
