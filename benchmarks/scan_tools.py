"""The scan readers that are measured: ours, OCRmyPDF, pytesseract; each in processes of its own.

In: scanned PDFs, a number of workers.  Out: seconds of wall clock, from the start of the program to
its end, and the text of each file.  Run as a program, this module is one of the readers:
``python scan_tools.py kehoach|pytesseract WORKERS OUT.json FILE…``.

OCRmyPDF and pytesseract are looked for in a folder of their own under the user's cache, where
``--install-peers`` puts them, and beside this program; they are none of the project's dependencies.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What a tool made of a set of files: wall clock and processor seconds, text by file name,
    what went wrong."""

    seconds: float
    busy: float
    texts: dict[str, str]
    note: str = ""


class Missing(RuntimeError):
    """A tool is not installed here; says how to get it."""


def cache() -> Path:
    """Where peers are installed."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kehoach-peers"


def ocrmypdf_path() -> str:
    """The program.

    Raises:
        Missing: it is neither on the path nor in the cache.
    """
    own = cache() / "bin" / "ocrmypdf"
    found = str(own) if own.exists() else shutil.which("ocrmypdf")
    if not found or not shutil.which("gs"):
        raise Missing("OCRmyPDF or Ghostscript is not installed; --install-peers may do it")
    return found


def install_peers() -> None:
    """Both into a virtual environment under the cache, Ghostscript where we may."""
    python = str(cache() / "bin" / "python")
    if not Path(python).exists():
        venv.create(cache(), with_pip=True)
    if not (cache() / "bin" / "ocrmypdf").exists() or not _imports(python, "pytesseract"):
        pip = [python, "-m", "pip", "install", "--quiet", "ocrmypdf", "pytesseract", "pypdfium2"]
        subprocess.run(pip, check=False)
    if not shutil.which("gs") and os.geteuid() == 0:
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "ghostscript"],
            check=False, stdout=subprocess.DEVNULL,
        )  # fmt: skip


def pytesseract_python() -> str:
    """The interpreter that has pytesseract.

    Raises:
        Missing: neither that of the cache nor this one has it, or there is no Tesseract.
    """
    for python in (str(cache() / "bin" / "python"), sys.executable):
        if shutil.which("tesseract") and _imports(python, "pytesseract"):
            return python
    raise Missing("pytesseract or Tesseract is not installed; --install-peers may do it")


def _imports(python: str, module: str) -> bool:
    if not Path(python).exists():
        return False
    done = subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True)
    return not done.returncode


def ocrmypdf(
    files: Sequence[Path], workers: int, *, signed: bool = False, spared: bool = False
) -> Run:
    """One command per file, as it is meant to be called.

    Args:
        files: PDFs.
        workers: its ``--jobs``.
        spared: with the flags that save it work on the PDF that it writes beside the text.
        signed: the files carry signatures or text, which it refuses unless it is told to go on.
    """
    program = ocrmypdf_path()
    texts, notes, seconds = {}, [], 0.0
    before = _busy()
    flags = ["--invalidate-digital-signatures", "--force-ocr"] if signed else []
    if spared:
        flags += ["--output-type", "pdf", "--optimize", "0"]
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text.txt"
        for file in files:
            sidecar.unlink(missing_ok=True)
            command = [
                program, "-l", "vie", "--jobs", str(workers), "--quiet",
                "--sidecar", str(sidecar), *flags, str(file), str(Path(folder) / "out.pdf"),
            ]  # fmt: skip
            start = time.perf_counter()
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            seconds += time.perf_counter() - start
            if done.returncode:
                last = (done.stderr.strip().splitlines() or [""])[-1]
                notes.append(f"{file.name}: exit {done.returncode} {last[:80]}")
            texts[file.name] = sidecar.read_text(encoding="utf-8") if sidecar.exists() else ""
    return Run(seconds, _busy() - before, texts, "; ".join(notes))


def kehoach(files: Sequence[Path], workers: int) -> Run:
    """Our reader: one process for all files, its start counted."""
    return _ourselves("kehoach", files, workers, {"KEHOACH_OCR_WORKERS": str(workers)})


def pytesseract(files: Sequence[Path], workers: int, *, threads: bool) -> Run:
    """Render at 300 dpi and ``image_to_string``, pages over so many processes.

    Args:
        files: PDFs.
        workers: processes.
        threads: leave Tesseract its OpenMP threads, as everyone does; else OMP_THREAD_LIMIT=1.
    """
    python = pytesseract_python()
    environment = {} if threads else {"OMP_THREAD_LIMIT": "1"}
    return _ourselves("pytesseract", files, workers, environment, python)


def _ourselves(
    tool: str,
    files: Sequence[Path],
    workers: int,
    environment: dict[str, str],
    python: str = sys.executable,
) -> Run:
    inherited = {k: v for k, v in os.environ.items() if k != "OMP_THREAD_LIMIT"}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "texts.json"
        command = [python, __file__, tool, str(workers), str(out), *map(str, files)]
        start, before = time.perf_counter(), _busy()
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=inherited | environment
        )
        seconds = time.perf_counter() - start
        if done.returncode:
            raise RuntimeError(f"{tool}: {done.stderr.strip()[-2000:]}")
        answer = json.loads(out.read_text(encoding="utf-8"))
    return Run(seconds, _busy() - before, answer["texts"], "; ".join(answer["notes"]))


def _busy() -> float:
    """Processor seconds of all children that have ended: what other programs do does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _page_text(task: tuple[str, int]) -> str:
    import pypdfium2
    import pytesseract as engine

    path, index = task
    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        image = document[index].render(scale=300 / 72).to_pil()
    return str(engine.image_to_string(image, lang="vie"))


def _read_plainly(files: Sequence[str], workers: int) -> tuple[dict[str, str], list[str]]:
    from concurrent.futures import ProcessPoolExecutor

    import pypdfium2

    tasks = [(file, n) for file in files for n in range(len(pypdfium2.PdfDocument(file)))]
    with ProcessPoolExecutor(workers) as pool:
        pages = list(pool.map(_page_text, tasks))
    texts: dict[str, str] = {}
    for (file, _), text in zip(tasks, pages, strict=True):
        name = Path(file).name
        texts[name] = texts.get(name, "") + text + "\n"
    return texts, []


def _read_ours(files: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    from pipeline.reading import Document, read_many

    texts, notes = {}, []
    for path, document in read_many(files):
        if isinstance(document, Document):
            texts[path.name] = document.text
            lost = [notice.code for notice in document.notices if notice.code.startswith("page")]
            if lost:
                notes.append(f"{path.name}: {', '.join(lost)}")
        else:
            texts[path.name] = ""
            notes.append(f"{path.name}: {document}")
    return texts, notes


def main(arguments: Sequence[str]) -> int:
    tool, workers, out, *files = arguments
    if tool == "kehoach":
        texts, notes = _read_ours(files)
    else:
        texts, notes = _read_plainly(files, int(workers))
    Path(out).write_text(json.dumps({"texts": texts, "notes": notes}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
