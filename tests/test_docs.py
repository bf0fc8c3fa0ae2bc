"""The documentation says what the code does: nothing missing, nothing stale."""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipeline import cli, errors
from pipeline.limits import Settings

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
    assert script_prints("record_reference.py") == read(DOCS / "record.md"), "run make docs"


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


# What pages name: commands, options, settings, files, routes, operators.


def code(page: Path) -> Iterator[str]:
    """Lines of code blocks, and code inside of sentences."""
    text = read(page)
    for fenced in re.findall(r"^```\w*\n(.*?)^```", text, flags=re.M | re.S):
        yield from fenced.splitlines()
    text = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S)
    yield from re.findall(r"^ {4}(.+)$", text, flags=re.M)
    yield from re.findall(r"`([^`\n]+)`", text)


def calls(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Sub-command and options of every call of the command."""
    for line in lines:
        for call in re.findall(r"(?<![\w/.-])kehoach ((?:'[^']*'|\"[^\"]*\"|[^|;&#`<>])*)", line):
            unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", call).partition(" -- ")[0]
            name, *rest = unquoted.split() or [""]
            yield name, [word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)]


def wrong_calls(lines: Iterable[str]) -> list[str]:
    known = commands()
    wrong = []
    for name, options in calls(lines):
        if not re.fullmatch(r"[a-z]+", name):
            continue
        if name not in known:
            wrong.append(f"kehoach {name}")
            continue
        theirs = {o for action in known[name]._actions for o in action.option_strings}
        options = [option.rstrip("],)…") for option in options]
        wrong += [f"kehoach {name} {option}" for option in options if option not in theirs]
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_that_are_named_exist(page: Path) -> None:
    assert not wrong_calls(code(page))


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("kehoach extract a.pdf -o records", []),
        ("kehoach extrct a.pdf", ["kehoach extrct"]),
        ("kehoach gold gold && kehoach evaluate gold --mises", ["kehoach evaluate --mises"]),
        ("kehoach search 'agency:\"--x\" a' --limit 3 | jq --raw", []),
        ("kehoach search -- -báo", []),
        ("x/kehoach nothing", []),
    ],
)
def test_a_wrong_call_is_seen(line: str, wrong: list[str]) -> None:
    assert wrong_calls([line]) == wrong


def test_the_examples_of_the_help_name_what_exists() -> None:
    parsers = [cli.build_parser(), *commands().values()]
    for parser in parsers:
        assert not wrong_calls((parser.epilog or "").splitlines())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_queries_that_are_shown_are_understood(page: Path) -> None:
    from pipeline.corpus.query import parse

    for line in code(page):
        for name in ("search", "facets"):
            for query in re.findall(rf"kehoach {name} '([^']+)'", line):
                parse(query)
        for query in re.findall(r"kehoach export .*--query '([^']+)'", line):
            parse(query)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_that_are_named_exist(page: Path) -> None:
    named = set(re.findall(r"\bKEHOACH_([A-Z_]+[A-Z])\b", read(page)))
    assert named <= {name.upper() for name in Settings.model_fields}


FOLDERS = "benchmarks|data/raw|docs|fuzz|models|notebooks|pipeline|scripts|tests"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    for line in code(page):
        for name in re.findall(rf"(?<![\w/.-])(?:{FOLDERS})/[\w./-]*\w", line):
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_of_benchmarks_that_are_named_exist(page: Path) -> None:
    for line in code(page):
        for script, rest in re.findall(r"(benchmarks/\w+\.py)([^|;#]*)", line):
            source = read(ROOT / script) + read(ROOT / "benchmarks" / "figures.py")
            for option in re.findall(r"(?<!\S)--[a-z][a-z-]*", rest.replace("[", " ")):
                assert f'"{option}"' in source, (script, option)


def script_prints(name: str) -> str:
    made = subprocess.run(
        [sys.executable, ROOT / "scripts" / name], capture_output=True, check=True, cwd=ROOT
    )
    return made.stdout.decode()


def test_the_api_reference_is_current() -> None:
    assert script_prints("api_reference.py") == read(DOCS / "api.md"), "run make docs"


def shape(address: str) -> str:
    """An address without query, with every placeholder the same: /plans/{id}/pages/1.jpg."""
    path = re.split(r"[?#]", address)[0]
    return re.sub(r"\{\w+\}|\b[A-Z]+\b|…|(?<=pages/)\d+", "*", path).rstrip("/") or "/"


def test_routes_that_are_named_exist() -> None:
    routes = {
        shape(prefix + path)
        for module in (ROOT / "pipeline" / "web").glob("*.py")
        for router, path in re.findall(r"@(\w+)\.(?:get|post)\(\s*\"([^\"]*)\"", read(module))
        for prefix in ("", "/api/v1")
        if prefix == "" or router == "api" or module.stem in ("api", "review_api")
    }
    routes.add("/api/v1/openapi.json")
    for page in PAGES:
        for address in re.findall(r"/api/v1/[\w{}/.-]*[\w}]", read(page)):
            assert shape(address) in routes, (page.name, address)
    for address in rows_without_heading(DOCS / "web.md"):
        assert shape(address) in routes, address


def rows_without_heading(page: Path) -> list[str]:
    """First cells of the first table of a page."""
    table = re.search(r"(?:^\|.*\n)+", read(page), flags=re.M)
    assert table
    return [line.strip("|").split(" | ")[0].strip(" `") for line in table.group().splitlines()[2:]]


def test_every_page_of_the_site_is_documented() -> None:
    pages = {
        shape(path)
        for module in (ROOT / "pipeline" / "web").glob("*_pages.py")
        for path in re.findall(r"@router\.get\(\"([^\".]*)\"\)", read(module))
    }
    inner = {"/plans/*/original", "/compare/*/*", "/sign-in", "/health", "/export"}
    named = {shape(address) for address in rows_without_heading(DOCS / "web.md")}
    assert pages - inner <= named


def test_operators_of_the_query_language() -> None:
    """Every keyword and sign of the parser stands on the page, and no other."""
    import string

    from pipeline.corpus.query import parse
    from pipeline.errors import QueryError

    source = read(ROOT / "pipeline" / "corpus" / "query.py")
    keywords = set(re.findall(r"self\.keyword\(\"([A-Z]+)\"\)", source))
    keywords |= set(re.findall(r"self\.text\.startswith\(\"([A-Z]+)\(\"", source))
    page = read(DOCS / "query.md")
    words = page.partition("\n## Words\n")[2].partition("\n## ")[0]
    typed = " ".join(re.findall(r"`([^`]+)`", words))
    known = {"UBND", "CCHC", "SNV", "KH", "CN", "NQ", "CP"}
    assert set(re.findall(r"\b[A-ZĐ]{2,}\b", typed)) - known == keywords

    def refused(sign: str) -> bool:
        try:
            parse(f"báo{sign}cáo")
        except QueryError:
            return True
        return False

    (listed,) = re.findall(r"`([^`]+)` are refused outside quotes", words)
    meaning = {"*", "=", "(", ")", '"', ":", "`"}
    assert set(listed.split()) == {s for s in string.punctuation if refused(s)} - meaning
    for sign in meaning - {"`", ":"}:
        assert sign in typed, sign


def test_what_verify_says_is_documented() -> None:
    from pipeline.ingest import verify

    documented = rows(DOCS / "ingest.md", "Verify")
    assert set(documented) == set(verify.MEANINGS)
    mended = {code for code, cells in documented.items() if not cells[-1].startswith("no")}
    assert mended == verify.MENDED


def test_states_of_the_ledger_are_documented() -> None:
    from typing import get_args

    from pipeline.ingest import ledger

    named = {
        name for cell in rows(DOCS / "ingest.md", "The ledger") for name in re.findall(r"\w+", cell)
    }
    assert named == set(get_args(ledger.State))


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_snippet_of_the_readme_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", read(ROOT / name), flags=re.S)
    (file,) = re.findall(r'extract\("([^"]+)"\)', snippet)
    sample = ROOT / "data" / "raw" / "lao-cai-cai-cach-hanh-chinh-2024.docx"
    (tmp_path / file).write_bytes(sample.read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(snippet, name, "exec"), {})
    assert "['2024-04']" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_codes_that_are_named_exist(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", read(page), flags=re.M | re.S)
    named = {code for code in re.findall(r"`([^`\n]+)`", text) if KEBAB.fullmatch(code)}
    known = set(rows(DOCS / "ingest.md", "Verify"))
    for heading in ("Error codes", "Warning codes"):
        known |= set(rows(DOCS / "codes.md", heading))
    for command in commands().values():
        for action in command._actions:
            known |= set(map(str, action.choices or ()))
    assert named <= known


def test_the_calls_of_the_comparison_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import Pipeline

    files = sorted((ROOT / "data" / "raw").glob("*.txt"))
    plans = [Pipeline()(file) for file in files]
    monkeypatch.chdir(tmp_path)
    known = {"plans": plans, "last_year": plans[0], "this_year": plans[1]}
    block = r"^ {4}from pipeline import .*\n(?: {4}.*\n|\n)+"
    (calls_,) = re.findall(block, read(DOCS / "comparison.md"), flags=re.M)
    fenced = r"```python\n(.*?)```"
    (report,) = re.findall(fenced, read(DOCS / "comparison-report.md"), flags=re.S)
    for example in (textwrap.dedent(calls_), report):
        exec(compile(example, "docs", "exec"), dict(known))
    assert "Lào Cai" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert (tmp_path / "report.xlsx").stat().st_size > 5000
