"""Parse a file or read a page in a child process, within limits of clock, CPU time and memory.

In: a request.  Out: what the child made of it, or an error of ``pipeline.errors``.
"""

from __future__ import annotations

import atexit
import io
import pickle
from typing import Any

from pipeline import errors
from pipeline.children import Child
from pipeline.errors import ReaderCrashed
from pipeline.reading import document, pages
from pipeline.reading.child import Answer, Failure, PageRequest, Request
from pipeline.reading.document import Document
from pipeline.reading.pages import Draft, ReadPage
from pipeline.reading.pdf_layout import Row
from pipeline.reading.pdf_tables import Grid
from pipeline.reading.pdf_words import PageWord

_VALUES: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        *(document.Notice, document.Word, document.Line, document.Page, document.Cell),
        *(document.Table, document.OffsetMap, Document),
        *(Draft, ReadPage, pages.Wanted, Row, Grid, PageWord, Failure),
    )
}


class _Unpickler(pickle.Unpickler):
    """Only the reading stage's own values: a reply is data of a process that saw foreign bytes."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _VALUES:
            return _VALUES[module, name]
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the reading stage")


# What the unpickler raises for bytes that are no pickle of known values.
NOT_PICKLED = (
    pickle.UnpicklingError,
    AttributeError,
    TypeError,
    ValueError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    UnicodeDecodeError,
)


class Reader:
    """A child that parses files and reads pages.

    Args:
        module: whose ``main`` it runs, and whose imports it has done before the first request.
    """

    def __init__(self, module: str = "pipeline.reading.child") -> None:
        self._child = Child(module)

    def start(self) -> None:
        """Start the child before there is something to read.

        Raises:
            ReaderCrashed: it did not start.
        """
        self._child.start()

    def read(self, request: Request | PageRequest) -> Answer:
        """Let the child answer a request.

        Raises:
            ReadTimeout: the wall clock or the CPU time ran out.
            ReaderCrashed: the child died or ran out of memory.
            KehoachError: whatever the reader itself refused.
        """
        limit = "KEHOACH_SECONDS_PER_" + ("FILE" if isinstance(request, Request) else "PAGE")
        made = self._child.ask(pickle.dumps(request, protocol=5), request.seconds, limit)
        try:
            answer = loads(made)
        except NOT_PICKLED:
            self.close()
            raise ReaderCrashed("The reading process answered with no document.") from None
        if isinstance(answer, Failure):
            if answer.worn:
                self.close()
            kind = getattr(errors, answer.kind, ReaderCrashed)
            raise kind(answer.message, next_step=answer.next_step)
        if not isinstance(answer, Answer):
            raise ReaderCrashed("The reading process answered with no document.")
        return answer

    def close(self) -> None:
        """End the child."""
        self._child.close()


def loads(data: bytes) -> Any:
    """Values of the reading stage from their pickle, and no others.

    Raises:
        pickle.UnpicklingError: something else is in it.
    """
    return _Unpickler(io.BytesIO(data)).load()


READER = Reader()
atexit.register(READER.close)
