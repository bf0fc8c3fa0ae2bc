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


class PagesLost(KehoachError):
    """More pages of a document could not be read than the settings allow."""

    code = "pages-lost"
    next_step = "Look at the file; raise the limit to keep what could be read."


class SourceChanged(KehoachError):
    """The bytes are not those that were there when the file was found."""

    code = "source-changed"
    next_step = "Run the same command again when nobody writes the file."


class WorkerDiffers(KehoachError):
    """A worker of a cluster runs other code than its coordinator."""

    code = "worker-differs"
    next_step = "Install the same version on every machine of the cluster."


class IngestBusy(KehoachError):
    """Another ingest is running over the same corpus."""

    code = "ingest-busy"
    exit_code = USAGE
    next_step = "Wait until it is done, or name another corpus with --corpus FILE."


class ClusterLost(KehoachError):
    """The scheduler cannot be reached, or has no workers left."""

    code = "cluster-lost"
    next_step = "Start it again, then run the same command: what is done is not done again."


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


class QueryError(KehoachError):
    """A query that the grammar does not know; ``position`` counts its characters from 1."""

    code = "query"
    exit_code = USAGE
    next_step = "The query language: docs/query.md."

    def __init__(self, message: str, *, position: int, next_step: str | None = None) -> None:
        super().__init__(f"at character {position}: {message}", next_step=next_step)
        self.position = position


class CorpusMissing(KehoachError):
    """There is no corpus at the place that was named."""

    code = "corpus-missing"
    next_step = "Make one with kehoach add RECORDS, or name another with --corpus FILE."


class NotACorpus(KehoachError):
    """The file is no SQLite database, or one of another program, or damaged."""

    code = "not-a-corpus"
    next_step = "Name a corpus with --corpus FILE, or make one anew with kehoach add."


class CorpusTooNew(KehoachError):
    """The corpus was written by a later version of this program."""

    code = "corpus-too-new"
    next_step = "Update kehoach, or make a corpus of this version anew with kehoach add."


class CorpusBusy(KehoachError):
    """Another writer held the corpus for longer than a writer waits."""

    code = "corpus-busy"
    next_step = "Try again later, or raise KEHOACH_BUSY_SECONDS."


class BadRecord(KehoachError):
    """A file that should be a record is none, or one of another version."""

    code = "bad-record"
    next_step = "Read the plan again with kehoach extract."


class NotInCorpus(KehoachError):
    """Nothing in the corpus has this number or name."""

    code = "not-in-corpus"
    next_step = "kehoach search lists what is there."


class TooManyPlans(KehoachError):
    """More plans than are compared at once."""

    code = "too-many-plans"
    exit_code = USAGE
    next_step = "Narrow the query, or raise KEHOACH_MAX_COMPARED."


class PasswordNeeded(KehoachError):
    """The pages were to be served to other machines without a password."""

    code = "password-needed"
    exit_code = USAGE
    next_step = "Set KEHOACH_EDITOR_PASSWORD (12 characters or more), or leave --host out."


class PortTaken(KehoachError):
    """Nobody can listen at this address."""

    code = "port-taken"
    exit_code = USAGE
    next_step = "Choose another one with --port N."


class ForeignHost(KehoachError):
    """A request under a name that these pages are not served under."""

    code = "foreign-host"
    next_step = "Open the address that kehoach serve printed, or add the name to KEHOACH_HOSTS."


class SignInNeeded(KehoachError):
    """Nobody has said who is asking."""

    code = "sign-in-needed"
    next_step = "Sign in, or send the password as a bearer token."


class NotAllowed(KehoachError):
    """The role does not reach so far."""

    code = "not-allowed"
    next_step = "Sign in as an editor."


class ForgedRequest(KehoachError):
    """A request to change something that did not come from these pages."""

    code = "forged-request"
    next_step = "Load the page again and repeat what you did."


class TooManyRequests(KehoachError):
    """More requests from one address than are answered in a minute."""

    code = "too-many-requests"
    next_step = "Wait a minute."


class NoSuchPage(KehoachError):
    """Nothing is at this address."""

    code = "no-such-page"
    next_step = "Begin at the search page."


class BadRequest(KehoachError):
    """A request whose values make no sense."""

    code = "bad-request"
    next_step = "Compare it with /api/v1/openapi.json."


class SourceMissing(KehoachError):
    """The file that a plan was read from is not known, not there, or not the same any more."""

    code = "source-missing"
    next_step = "Load the file again with kehoach ingest, or upload it."


class BadCorrection(KehoachError):
    """A correction that does not fit the record: no such value, or a value that cannot be."""

    code = "bad-correction"
    exit_code = USAGE
    next_step = "kehoach corrections PLAN --values lists the values and their addresses."


class ValueChanged(KehoachError):
    """Somebody else decided about the value, or it was read anew, since it was looked at."""

    code = "value-changed"
    exit_code = USAGE
    next_step = "Look at the value again, then decide."
