"""Everything that can go wrong, one small class per situation.

Each error carries a stable ``code`` (documented in ``docs/codes.md``), the ``exit_code`` a
command ends with when nothing else succeeded, and ``next_step``: what the person in front of
the screen can try.  ``str(error)`` is one line.
"""

from __future__ import annotations

OK = 0
USAGE = 2
SOME_FAILED = 3
NONE_READ = 4
NOT_INSTALLED = 5


class KehoachError(Exception):
    """Base of all errors this project raises on purpose."""

    code = "error"
    exit_code = NONE_READ
    next_step = "Report the file and this message."

    def __init__(self, message: str, *, next_step: str | None = None) -> None:
        super().__init__(" ".join(message.split()))
        if next_step is not None:
            self.next_step = next_step

    def line(self) -> str:
        """Code, message and next step in one line, for people and logs."""
        return f"{self.code}: {self} {self.next_step}"


class UsageError(KehoachError):
    """The command was called in a way that has no meaning."""

    code = "usage"
    exit_code = USAGE
    next_step = "See kehoach --help."


class FileMissing(KehoachError):
    """The path does not exist or cannot be opened."""

    code = "file-missing"
    next_step = "Check the path and the permissions."


class NotAFile(KehoachError):
    """A folder (or device) where a file is expected."""

    code = "not-a-file"
    next_step = "Name the files in it, for example FOLDER/*.pdf."


class EmptyFile(KehoachError):
    """No bytes, or no text in them."""

    code = "empty-file"
    next_step = "Get the file again from where it was published."


class TooLarge(KehoachError):
    """A bound was passed before or during the work."""

    code = "too-large"
    next_step = "Split the file, or raise the limit named here if you trust it."


class UnknownFormat(KehoachError):
    """The bytes are no format that is read here."""

    code = "unknown-format"
    next_step = "Give a PDF, DOCX, HTML, Markdown or text file, or a PNG, JPEG or TIFF picture."


class Damaged(KehoachError):
    """The format is known, but the file is truncated or broken."""

    code = "damaged"
    next_step = "Open it in its own program and save it again, or get it anew."


class Encrypted(KehoachError):
    """A password stands before the text."""

    code = "encrypted"
    next_step = "Save a copy without the password."


class ReadTimeout(KehoachError):
    """The reader did not finish within its limit."""

    code = "timeout"
    next_step = "Try it alone with a higher limit."


class ReaderCrashed(KehoachError):
    """The child process that parsed the file died (crash, memory limit)."""

    code = "reader-crashed"
    next_step = "Open the file in its own program and save it again."


class MissingTool(KehoachError):
    """An outside program or package is not installed."""

    code = "missing-tool"
    exit_code = NOT_INSTALLED
    next_step = "Run kehoach doctor."


class OcrMissing(KehoachError):
    """A scan, and the OCR engine or its Vietnamese model is not installed."""

    code = "ocr-missing"
    exit_code = NOT_INSTALLED
    next_step = "Install Tesseract's Vietnamese model (Debian: tesseract-ocr-vie); kehoach doctor."


class CannotWrite(KehoachError):
    """A record was made, but its file cannot be written."""

    code = "cannot-write"
    next_step = "Make room, or choose another folder with -o DIR."


class BadGold(KehoachError):
    """A gold annotation file is not what the evaluation expects."""

    code = "bad-gold"
    next_step = "Compare it with the gold format in docs/evaluation.md."
