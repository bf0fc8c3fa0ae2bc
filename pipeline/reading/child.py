"""The child process that parses files, or reads pages by OCR, for ``reading.sandbox``.

In: pickled requests.  Out: pickled answers.

Only what a format needs is imported, and only when the first such file comes; nothing of the
language stage.
"""

from __future__ import annotations

import copyreg
import importlib
import pickle
from dataclasses import dataclass

from pipeline import children
from pipeline.errors import Damaged, KehoachError, ReaderCrashed
from pipeline.reading.document import Document, RawDocument, Word
from pipeline.reading.pages import Draft, ReadPage
from pipeline.reading.pdf_words import PageWord


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


def _answer(request: Request | PageRequest) -> Answer | Failure:
    try:
        children.limit(request.seconds, request.memory, children.address_space())
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


def _reply(body: bytes) -> tuple[bytes, bool]:
    answer = _answer(pickle.loads(body))
    return pickle.dumps(answer, protocol=5), isinstance(answer, Failure) and answer.worn


def main() -> None:
    """Serve requests until the parent is gone."""
    children.serve(_reply)
