"""What is installed, what is missing, and the exact command that gets it.

In: the machine.  Out: a list of ``Check``; nothing is changed and nothing is fetched.  Required
is what every plan needs; optional is what one kind of file needs, and the check says which.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata

from pipeline.errors import NOT_INSTALLED, OK

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked for."""

    name: str
    found: bool
    required: bool
    detail: str
    purpose: str
    remedy: str

    @property
    def mark(self) -> str:
        """``ok``, ``MISSING`` (required) or ``missing`` (optional)."""
        if self.found:
            return "ok"
        return "MISSING" if self.required else "missing"


def examine() -> list[Check]:
    """Look for everything, required things first."""
    return [
        _python(),
        *_packages(),
        _tesseract(),
        _old_word(),
        _fonts(),
    ]


def exit_code(checks: Sequence[Check]) -> int:
    """0, or 5 where something required is missing."""
    return OK if all(check.found or not check.required for check in checks) else NOT_INSTALLED


def _python() -> Check:
    return Check(
        name="python",
        found=sys.version_info >= OLDEST_PYTHON,
        required=True,
        detail=platform.python_version(),
        purpose="the project is written for Python 3.11 and newer.",
        remedy=f"{_install('python3 python3-venv')}, then make setup",
    )


def _packages() -> list[Check]:
    """The project's own run-time dependencies, as its installed metadata names them."""
    try:
        wanted = metadata.requires("kehoach") or []
    except metadata.PackageNotFoundError:
        return [
            Check("kehoach", False, True, "", "the project itself is not installed.", "make setup")
        ]
    names = [re.split(r"[^\w.-]", want, maxsplit=1)[0] for want in wanted if "extra ==" not in want]
    return [_package(name) for name in names]


def _package(name: str) -> Check:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        version = ""
    return Check(
        name=name,
        found=bool(version),
        required=True,
        detail=version,
        purpose="a Python package that every run needs.",
        remedy="make setup, or: python -m pip install --require-hashes -r requirements.lock",
    )


def _tesseract() -> Check:
    """The engine comes with the package tesserocr; its Vietnamese model does not."""
    from pipeline.reading import ocr_engine

    folder = ocr_engine.model_folder()
    return Check(
        name="Tesseract's model vie",
        found=folder is not None,
        required=False,
        detail=str(folder or ""),
        purpose="scanned pages are read with it; other files do not need it.",
        remedy=f"{_install('tesseract-ocr-vie')}, or name its folder in TESSDATA_PREFIX",
    )


def _old_word() -> Check:
    program = shutil.which("soffice") or shutil.which("libreoffice") or shutil.which("antiword")
    return Check(
        name="soffice or antiword",
        found=program is not None,
        required=False,
        detail=program or "",
        purpose="old Word files (.doc) are read through it; .docx does not need it.",
        remedy=f"{_install('libreoffice-writer-nogui')}   (or the smaller antiword)",
    )


def _fonts() -> Check:
    lines = _output("fc-list", ":lang=vi", "family").splitlines()
    families = sorted({line.partition(",")[0].strip() for line in lines})
    shown = ", ".join(families[:3]) + (f" and {len(families) - 3} more" * (len(families) > 3))
    return Check(
        name="fonts with Vietnamese",
        found=bool(families),
        required=False,
        detail=shown,
        purpose="old Word files are laid out with them; reading other files needs none.",
        remedy=_install("fontconfig fonts-dejavu"),
    )


def _install(packages: str) -> str:
    return f"sudo apt-get install {packages}"


def _output(*command: str) -> str:
    """What a program prints, or nothing where it is missing, fails or hangs."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=20, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr) if done.returncode == 0 else ""
