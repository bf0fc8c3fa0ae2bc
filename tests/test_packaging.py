"""The wheel, the container file, the hooks: what they name is there, what is needed is inside."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
SHELLS = sorted(ROOT.glob("scripts/*.sh"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_the_packages_with_all_their_data_and_nothing_else(
    wheel: zipfile.ZipFile,
) -> None:
    there = {
        str(path.relative_to(ROOT))
        for package in ("pipeline", "models")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == there
    for ending in (".csv", ".html", ".j2", ".css", ".js", ".svg", "py.typed"):
        assert any(name.endswith(ending) for name in inside), ending


def test_the_wheel_has_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    (about,) = {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
    assert "kehoach = pipeline.cli:main" in wheel.read(f"{about}/entry_points.txt").decode()
    assert f"{about}/licenses/LICENSE" in wheel.namelist()
    metadata = wheel.read(f"{about}/METADATA").decode()
    assert "License-Expression: Apache-2.0" in metadata
    assert "://" not in "".join(re.findall(r"^Requires-Dist:.*", metadata, flags=re.M))


def instructions() -> list[tuple[str, str]]:
    """Instruction and the rest of each, long lines joined."""
    joined = re.sub(r"\\\n\s*", "", CONTAINER)
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    return found[max(at for at, (name, _) in enumerate(found) if name == "FROM") :]


def test_what_the_container_copies_is_there_and_sent_to_it() -> None:
    sent = [
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    ]
    copied = [
        source
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]
    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source
        assert source in sent, f"{source} is kept out by .dockerignore"


def test_the_containers_tools_are_the_build_backend_with_all_it_needs() -> None:
    (names,) = re.findall(r"scripts/locked\.sh ((?:[\w-]+ )+)", CONTAINER)
    wanted, left = set(), ["hatchling"]
    while left:
        name = left.pop()
        wanted.add(name)
        for requirement in metadata.requires(name) or []:
            needed = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
            if ";" not in requirement and needed not in wanted:
                left.append(needed)
    assert set(names.split()) == wanted
    printed = subprocess.run(
        ["bash", ROOT / "scripts" / "locked.sh", *names.split()],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert set(re.findall(r"^([\w-]+)==", printed, flags=re.M)) == wanted
    assert printed.count("--hash=") >= len(wanted)


def test_the_container_runs_without_rights_and_answers_for_its_health() -> None:
    stage = last_stage()
    named = dict(stage)
    assert named["USER"].isdigit() and int(named["USER"]) > 0, "a number, so that a host can check"
    after = [name for name, _ in stage[[name for name, _ in stage].index("USER") :]]
    assert "RUN" not in after and "COPY" not in after
    assert "/health" in named["HEALTHCHECK"]
    assert json.loads(named["ENTRYPOINT"]) == ["kehoach"]
    assert json.loads(named["CMD"])[0] == "serve"
    assert named["VOLUME"] == named["WORKDIR"] == "/data"
    for check in (named["HEALTHCHECK"].split("CMD ", 1)[1],):
        program = json.loads(check)
        assert program[:2] == ["python", "-c"]
        compile(program[2], "healthcheck", "exec")


def test_the_container_holds_no_secret_and_no_address() -> None:
    assert not [rest for name, rest in instructions() if name in ("ARG", "ADD")]
    assert not re.search(r"(?i)password|token|secret|api_?key", CONTAINER)
    addresses = re.findall(r"\w+://[^\s'\"/:]+", CONTAINER)
    assert set(addresses) == {"http://127.0.0.1"}
    assert {rest.split()[0] for name, rest in instructions() if name == "FROM"} == {
        "python:3.11-slim-bookworm"
    }


def test_the_containers_server_is_one_that_the_command_knows() -> None:
    from pipeline import cli

    given = json.loads(dict(last_stage())["CMD"])
    args = cli.build_parser().parse_args(given)
    assert args.host == "0.0.0.0"


@pytest.mark.parametrize("script", SHELLS, ids=lambda path: path.name)
def test_scripts_are_shell_and_stop_at_errors(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True)
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert re.search(r"^set -e?u", text, flags=re.M)


def test_hooks_run_from_the_environment_and_fetch_nothing() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}
    entries = [shlex.split(entry) for entry in re.findall(r"entry: (.+)", text)]
    by_hand = (ROOT / "scripts" / "pre_commit.sh").read_text(encoding="utf-8")
    for entry in entries:
        assert entry[0].startswith(".venv/bin/")
        assert " ".join(entry) in by_hand, "both ways run the same checks"
