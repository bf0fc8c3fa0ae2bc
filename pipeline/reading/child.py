"""The child process that parses files, or reads pages by OCR, for ``reading.sandbox``.

In, on standard input: pickled requests, each behind its length.  Out, on the descriptor that was
standard output: pickled replies.  What a library prints goes nowhere, so it cannot spoil them.

Only what a format needs is imported, and only when the first such file comes; nothing of the
language stage.  The limits on memory and CPU time are set by the child on itself before it touches
a file: the parent only has to watch the clock.
"""

from __future__ import annotations

import copyreg
import importlib
import os
import pickle
import resource
import signal
import struct
import sys
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.errors import Damaged, KehoachError, ReaderCrashed
from pipeline.reading.document import Document, RawDocument, Word
from pipeline.reading.pages import Draft, ReadPage
from pipeline.reading.pdf_words import PageWord

LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Request:
    """One file to parse: ``module`` has ``read(data) -> RawDocument | Draft``."""

    module: str
    data: bytes
    name: str
    media_type: str
    sha256: str
    seconds: int
    memory: int


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page to read by OCR: ``source`` draws it, ``engine`` reads the drawing.

    ``known`` are words that the file itself tells; ``max_pixels`` bounds the drawing.
    """

    source: str
    engine: str
    path: str
    index: int
    known: list[PageWord]
    seconds: int
    memory: int
    max_pixels: int


Answer = Document | Draft | ReadPage


@dataclass(frozen=True, slots=True)
class Failure:
    """An error in transit: class name of ``pipeline.errors``, message, next step."""

    kind: str
    message: str
    next_step: str
    worn: bool = False  # the child is not to be trusted with another file


def parse(request: Request) -> Document | Draft:
    """Read in this process; a draft where pages wait for OCR.

    Raises:
        KehoachError: whatever the reader refuses; ``Damaged`` for errors it did not foresee.
    """
    try:
        raw = importlib.import_module(request.module).read(request.data)
        return raw if isinstance(raw, Draft) else build(raw, request)
    except (KehoachError, MemoryError):
        raise
    except RecursionError:
        raise Damaged("The file is nested deeper than any document.") from None
    except Exception as error:
        raise Damaged(f"The reader could not follow the file ({_brief(error)}).") from error


def build(raw: RawDocument, request: Request) -> Document:
    """The document of a request, from its raw lines."""
    from pipeline.reading import flow

    return flow.build(
        raw,
        name=request.name,
        sha256=request.sha256,
        media_type=request.media_type,
        size=len(request.data),
    )


def _read_page(request: PageRequest) -> ReadPage:
    from pipeline.reading import ocr

    try:
        return ocr.read_page(request)
    except (KehoachError, MemoryError):
        raise
    except Exception as error:
        if "memory" in str(error).lower():  # OpenCV and PDFium have errors of their own for it
            raise MemoryError from error
        raise Damaged(f"The page could not be read ({_brief(error)}).") from error


def _word(word: Word) -> tuple[type[Word], tuple[object, ...]]:
    return Word, (word.start, word.end, word.page, word.box, word.confidence)


copyreg.pickle(Word, _word)  # the default for slots is 3 times slower


def _brief(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _limit(request: Request | PageRequest, base: int) -> None:
    """Bound this process's address space and CPU time for the next file."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = base + request.memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = int(usage.ru_utime + usage.ru_stime) + request.seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard < 0 else min(seconds, hard), hard))


def _address_space() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc: assume a Python with its libraries
        return 500_000_000


def _answer(request: Request | PageRequest) -> Answer | Failure:
    try:
        _limit(request, _address_space())
        return parse(request) if isinstance(request, Request) else _read_page(request)
    except KehoachError as error:
        return Failure(type(error).__name__, str(error), error.next_step)
    except MemoryError:
        one = isinstance(request, Request)
        return Failure(
            ReaderCrashed.__name__,
            f"Reading took more than {request.memory} bytes of memory "
            f"({'KEHOACH_MEMORY_PER_FILE' if one else 'KEHOACH_MEMORY_PER_PAGE'}).",
            "Raise the limit if you trust the file, or split it.",
            worn=True,
        )


def receive(stream: BinaryIO) -> bytes | None:
    """One message; ``None`` at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = stream.read(size)
    return body if len(body) == size else None


def send(stream: BinaryIO, body: bytes) -> None:
    """One message behind its length."""
    stream.write(LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def main() -> None:
    """Serve requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    replies = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    while (message := receive(sys.stdin.buffer)) is not None:
        answer = _answer(pickle.loads(message))
        resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)
        send(replies, pickle.dumps(answer, protocol=5))
        if isinstance(answer, Failure) and answer.worn:
            return
