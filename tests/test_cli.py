"""The command line: exit codes, what goes to which stream, what is left on the disk."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pipeline
from models import Plan
from pipeline import cli, doctor, files, reading
from pipeline.errors import Damaged, OcrMissing
from pipeline.reading import ocr_engine

Run = Callable[..., int]


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, small_plan: Callable[..., Plan]) -> None:
    """Files that are not there: their names say what happens when they are read."""

    class Fake:
        def from_document(self, document: object) -> Plan:
            return extract(str(document))

    def read_many(paths: list[Path]) -> Iterator[tuple[Path, object]]:
        for path in paths:
            if "damaged" in path.name:
                yield path, Damaged("the file ends in the middle.")
            elif "scan" in path.name:
                yield path, OcrMissing("there is no engine.")
            else:
                yield path, path.name

    def extract(name: str) -> Plan:
        if "fault" in name:
            raise ZeroDivisionError("division by zero")
        if "no-package" in name:
            raise ModuleNotFoundError("No module named 'spacy'", name="spacy")
        print("a library that talks")
        return small_plan()

    monkeypatch.setattr(reading, "read_many", read_many)
    monkeypatch.setattr(pipeline, "Pipeline", Fake, raising=False)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["a.txt", "b.txt"], 0),
        (["a.txt", "damaged.pdf"], 3),
        (["a.txt", "scan.pdf"], 3),
        (["damaged.pdf", "fault.pdf"], 4),
        (["scan.pdf", "damaged.pdf"], 4),
        (["scan.pdf"], 5),
        (["no-package.pdf"], 5),
    ],
)
def test_exit_codes_with_a_folder(
    reader: None, tmp_path: Path, names: list[str], code: int
) -> None:
    assert cli.main(["extract", *names, "-o", str(tmp_path)]) == code


@pytest.mark.parametrize(
    ("name", "code"), [("a.txt", 0), ("damaged.pdf", 4), ("fault.pdf", 4), ("scan.pdf", 5)]
)
def test_exit_codes_of_one_input(reader: None, name: str, code: int) -> None:
    assert cli.main(["extract", name]) == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "a.txt", "--no-such-option"],
        ["no-such-command"],
        ["evaluate", "gold"],
        ["extract", "a.txt", "--out", "x"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "kehoach extract plan.docx" in err


def test_several_inputs_need_a_folder(reader: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", "a.txt", "b.txt"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "-o DIR" in err


def test_the_same_input_twice_is_one(reader: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", "a.txt", "a.txt"]) == 0
    assert json.loads(capsys.readouterr().out)["schema_version"]


def test_stdout_holds_the_record_and_nothing_else(
    reader: None, capsys: pytest.CaptureFixture[str], small_plan: Callable[..., Plan]
) -> None:
    assert cli.main(["extract", "a.txt"]) == 0
    out, err = capsys.readouterr()
    assert out == small_plan().to_json()
    assert err == "a library that talks\n"


def test_a_failure_is_one_line_with_code_and_next_step(
    reader: None, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["extract", "damaged.pdf"])
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"damaged.pdf: {Damaged('the file ends in the middle.').line()}\n"


def test_an_unexpected_error_stops_nothing(
    reader: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["extract", "fault.pdf", "a.txt", "-o", str(tmp_path)]) == 3
    err = capsys.readouterr().err
    assert "fault.pdf: error: unexpected ZeroDivisionError: division by zero." in err
    assert "Traceback" not in err
    assert (tmp_path / "a.json").exists()


def test_debug_shows_where_it_arose(reader: None, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["extract", "fault.pdf", "--debug"])
    assert "Traceback" in capsys.readouterr().err


def test_the_closing_table(
    reader: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["extract", "a.txt", "damaged.pdf", "b.txt", "-o", str(tmp_path)])
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    head = next(index for index, line in enumerate(lines) if line.startswith("file "))
    assert lines[head].split() == list(cli._COLUMNS)
    assert lines[head + 1].split() == [
        "a.txt",
        "KH",
        "7/KH-UBND",
        "2031-02-03",
        "Hà",
        "Nội",
        "4",
        "1",
        "2",
        "1",
        "0",
    ]
    assert lines[-1] == f"2 read into {tmp_path}, 1 failed"


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.txt"], ["a.json"]),
        (["a.docx", "a.pdf"], ["a.json", "a.pdf.json"]),
        (["x/a.pdf", "y/a.pdf", "z/a.pdf"], ["a.json", "a.pdf.json", "a.pdf-2.json"]),
        (["A.txt", "a.docx"], ["A.json", "a.docx.json"]),
        (["a.txt", "a.txt.txt", "b/a.txt"], ["a.json", "a.txt.json", "a.txt-2.json"]),
        ([".hidden"], [".hidden.json"]),
    ],
)
def test_no_record_lands_on_another(paths: list[str], names: list[str]) -> None:
    assert cli.output_names([Path(path) for path in paths]) == names


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_second_run_replaces_the_records(reader: None, tmp_path: Path) -> None:
    for _ in range(2):
        assert cli.main(["extract", "a.txt", "a.docx", "-o", str(tmp_path / "new")]) == 0
    assert names_in(tmp_path / "new") == ["a.docx.json", "a.json"]


def test_the_folder_may_not_be_a_file(
    reader: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "records"
    file.write_text("mine")
    assert cli.main(["extract", "a.txt", "-o", str(file)]) == 2
    assert file.read_text() == "mine"
    assert "usage: " in capsys.readouterr().err


class TestAtomicWrite:
    def test_a_failed_write_leaves_the_old_record_and_no_part(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "a.json"
        target.write_text("old")

        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError):
            files.write_whole(target, b"new")
        assert target.read_text() == "old"
        assert names_in(tmp_path) == ["a.json"]

    def test_the_command_goes_on_after_a_failed_write(
        self,
        reader: None,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        (tmp_path / "a.json").mkdir()
        assert cli.main(["extract", "a.txt", "b.txt", "-o", str(tmp_path)]) == 3
        assert "a.txt: cannot-write: " in capsys.readouterr().err
        assert names_in(tmp_path) == ["a.json", "b.json"]

    @pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
    def test_records_are_readable_as_the_umask_says(self, tmp_path: Path) -> None:
        old = os.umask(0o022)
        try:
            files.write_whole(tmp_path / "a.json", b"{}")
        finally:
            os.umask(old)
        assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o644

    def test_letters_stay_letters(self, tmp_path: Path) -> None:
        files.write_whole(tmp_path / "a.json", "Kế hoạch".encode())
        assert (tmp_path / "a.json").read_bytes() == "Kế hoạch".encode()


def test_schema_is_the_schema_of_a_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert set(Plan.model_fields) == set(schema["properties"])
    assert schema["version"] == Plan.model_fields["schema_version"].default


class TestDoctor:
    def check(self, *, found: bool, required: bool) -> doctor.Check:
        return doctor.Check("thing", found, required, "1.0" * found, "for this.", "get thing")

    @pytest.mark.parametrize(
        ("found", "required", "code"),
        [(True, True, 0), (False, False, 0), (False, True, 5), (True, False, 0)],
    )
    def test_only_required_things_count(
        self, monkeypatch: pytest.MonkeyPatch, found: bool, required: bool, code: int
    ) -> None:
        monkeypatch.setattr(doctor, "examine", lambda: [self.check(found=found, required=required)])
        assert cli.main(["doctor"]) == code

    def test_what_is_missing_comes_with_the_command(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(doctor, "examine", lambda: [self.check(found=False, required=False)])
        cli.main(["doctor"])
        assert "thing: for this.\n  get thing\n" in capsys.readouterr().out

    def test_this_machine(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["doctor"]) == 0, "the locked environment misses a package"
        out = capsys.readouterr().out
        assert "spacy " in out
        assert "underthesea " in out

    def test_no_programs_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        found = {check.name: check.found for check in doctor.examine()}
        assert found["soffice or antiword"] is False
        assert found["pydantic"] is True

    def test_tesseract_without_vietnamese(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr_engine, "model_folder", lambda: None)
        check = next(c for c in doctor.examine() if c.name.startswith("Tesseract"))
        assert not check.found
        assert "tesseract-ocr-vie" in check.remedy


class TestAsAProcess:
    def run(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "pipeline", *arguments]
        return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)

    def test_help_teaches(self) -> None:
        done = self.run("--help")
        assert done.returncode == 0
        text = done.stdout.decode()
        for expected in ("examples:", "exit codes:", "extract", "schema", "doctor", "evaluate"):
            assert expected in text
        assert max(map(len, text.splitlines())) <= 90

    def test_help_imports_nothing_heavy(self) -> None:
        code = (
            "import sys\n"
            "from pipeline.cli import main\n"
            "try: main(['--help'])\n"
            "except SystemExit: pass\n"
            "heavy = {'spacy','underthesea','pydantic','pandas','numpy','rich','typer','click',"
            "'pypdfium2','pdfplumber','docx','lxml','importlib.metadata','subprocess','models'}\n"
            "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert done.stderr.decode().strip() == "[]"

    def test_version(self) -> None:
        done = self.run("--version")
        assert done.returncode == 0
        assert done.stdout.decode().split()[0] == "kehoach"

    def test_utf8_in_a_c_locale(self) -> None:
        env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        done = self.run("schema", env=env)
        assert done.returncode == 0
        assert "Quyết định" in done.stdout.decode()

    def test_help_in_a_c_locale(self) -> None:
        env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        assert self.run("--help", env=env).returncode == 0

    def test_a_reader_that_leaves_early(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "schema"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_stdout_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "schema"],
            cwd=Path(__file__).resolve().parent.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.startswith("cannot-write: ")
    assert done.stderr.count("\n") == 1
