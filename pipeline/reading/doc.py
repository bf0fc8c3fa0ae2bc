"""Old Word files (.doc) → ``RawDocument``, through an office program that is installed.

In: the file's bytes.  Out: what ``reading.docx`` makes of LibreOffice's conversion, or plain lines
from antiword.  Neither is a part of this project, so their absence is an error that says what to
install.  Each runs in a private folder with a clock, without a shell.
"""

from __future__ import annotations

import contextlib
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import Damaged, MissingTool, ReadTimeout
from pipeline.reading import docx, text
from pipeline.reading.document import RawDocument
from pipeline.settings import settings

_OFFICE = ("soffice", "libreoffice")


def read(data: bytes) -> RawDocument:
    """Convert and read an old Word file.

    Args:
        data: the whole file.

    Raises:
        MissingTool: neither LibreOffice nor antiword is installed.
        Damaged: the program could not convert the file.
        ReadTimeout: it did not finish in time.
    """
    office = next((path for name in _OFFICE if (path := shutil.which(name))), None)
    antiword = shutil.which("antiword")
    if office is None and antiword is None:
        raise MissingTool(
            "Old Word files (.doc) are read through LibreOffice or antiword, and neither is here.",
            next_step="sudo apt-get install antiword, or save the file as .docx.",
        )
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        source = Path(folder, "source.doc")
        source.write_bytes(data)
        if office is not None:
            return _through_office(office, source)
        return _through_antiword(str(antiword), source)


def _through_office(program: str, source: Path) -> RawDocument:
    folder = source.parent
    _run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder),
            str(source),
        ]
    )
    target = source.with_suffix(".docx")
    if not target.is_file():
        raise Damaged("LibreOffice could not convert the file.")
    raw = docx.read(target.read_bytes())
    raw.engines["libreoffice"] = _run([program, "--version"]).decode(errors="replace").strip()
    return raw


def _through_antiword(program: str, source: Path) -> RawDocument:
    output = _run([program, "-m", "UTF-8.txt", "-w", "0", str(source)])
    if not output.strip():
        raise Damaged("antiword could not read the file.")
    raw = text.read(output)
    raw.pages = [(None, None, "docx")]
    for line in raw.lines:
        line.page = 1
    raw.engines["antiword"] = "installed"
    return raw


def _run(command: Sequence[str]) -> bytes:
    try:
        done = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=settings().seconds_per_file,
            check=False,
            preexec_fn=_unbounded_memory,
        )
    except subprocess.TimeoutExpired:
        raise ReadTimeout(f"{Path(command[0]).name} did not finish in time.") from None
    return done.stdout


def _unbounded_memory() -> None:
    """An office program reserves more address space than a reader may: lift the soft limit."""
    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
