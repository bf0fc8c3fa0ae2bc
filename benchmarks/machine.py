"""What figures were taken on: the machine, and the versions of all that took part.

In: nothing.  Out: plain dictionaries for ``docs/benchmarks.json``.  What is not there is left out.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import scan_tools

LIBRARIES = (
    "underthesea", "spacy", "pydantic", "pypdfium2", "pdfplumber", "python-docx",
    "opencv-python-headless", "tesserocr", "rapidfuzz", "scikit-learn", "distributed", "fastapi",
)  # fmt: skip
ROOT = Path(__file__).resolve().parent.parent


def machine() -> dict[str, Any]:
    """Processor, cores, memory and system."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(pages * size / 1e9, 1),
        "system": release.get("PRETTY_NAME", platform.system()),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {platform.machine()}" if names else platform.machine()


def load() -> float:
    """Average load of the last minute: what else the machine was doing."""
    return round(os.getloadavg()[0], 1)


def versions() -> dict[str, str]:
    """Of Python, the project, its engines and libraries."""
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in ("kehoach", *LIBRARIES):
        if version := _installed(name):
            found[name] = version
    if engine := _engine():
        found["tesseract"] = engine
    return dict(sorted(found.items(), key=lambda item: (item[0] not in _FIRST, item[0])))


_FIRST = ("kehoach", "python", "tesseract")


def peers() -> dict[str, str]:
    """Versions of the programs that are measured beside ours, of those that are here."""
    found = {name: _installed(name) for name in ("dateparser", "tantivy", "underthesea")}
    asked = "from importlib import metadata; print(metadata.version({!r}))"
    for name, python in (
        ("ocrmypdf", str(scan_tools.cache() / "bin" / "python")),
        ("pytesseract", str(scan_tools.cache() / "bin" / "python")),
        ("pytesseract", sys.executable),
    ):
        if not found.get(name) and Path(python).exists():
            found[name] = _said([python, "-c", asked.format(name)])
    found["tesseract"] = _said(["tesseract", "--version"]).removeprefix("tesseract ")
    return {name: version for name, version in sorted(found.items()) if version}


def revision() -> str:
    """The commit that was measured, with a plus where files were changed since; "" without git."""
    commit = _said(["git", "-C", str(ROOT), "rev-parse", "--short=10", "HEAD"])
    changed = _said(["git", "-C", str(ROOT), "status", "--porcelain", "--", "pipeline", "models"])
    return commit + ("+" if commit and changed else "")


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _engine() -> str:
    try:
        import tesserocr
    except ImportError:
        return ""
    return str(tesserocr.tesseract_version()).split()[1]


def _said(command: list[str]) -> str:
    """The first line that a program prints; "" where it cannot be run."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = done.stdout.splitlines()
    return lines[0].strip() if lines and not done.returncode else ""
