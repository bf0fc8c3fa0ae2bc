"""One document on its way through reading: its file in a child, its scanned pages in the pool.

In: bytes, their format and name.  Out: ``Reading.result()``, the ``Document``.  A page that cannot
be read costs itself and a notice; only where no page of a file gives any text is that an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from concurrent.futures import Future
from dataclasses import replace

from pipeline.errors import EmptyFile, KehoachError, OcrMissing, TooLarge
from pipeline.reading import bounds, child, ocr_pool, sandbox, text_trust
from pipeline.reading.document import Document, Notice
from pipeline.reading.pages import Draft, ReadPage
from pipeline.settings import settings


class Reading:
    """A document that is being read.

    Starting it reads what is text and queues the pages that are not.

    Raises:
        KehoachError: the file cannot be read.
    """

    def __init__(self, data: bytes, name: str) -> None:
        bounds.check(data)
        self._format = bounds.recognise(data, name)
        limits = settings()
        self._request = child.Request(
            f"pipeline.reading.{self._format.name}",
            data,
            name,
            self._format.media_type,
            hashlib.sha256(data).hexdigest(),
            limits.seconds_per_file,
            limits.memory_per_file,
        )
        self._copy: str | None = None
        self._pages: list[Future[ReadPage]] = []
        if self._format.name == "text":  # nothing foreign parses it, so it needs no child
            self._read = child.parse(self._request)
        else:
            if bounds.is_scan(self._format, data):
                ocr_pool.POOL.start()
            answer = sandbox.READER.read(self._request)
            assert isinstance(answer, Document | Draft)
            self._read = answer
        if isinstance(self._read, Draft):
            self._queue(self._read)

    def _queue(self, draft: Draft) -> None:
        """Queue the pages; the workers read a private copy, so that all see the same bytes."""
        handle, self._copy = tempfile.mkstemp(prefix="kehoach-")
        with os.fdopen(handle, "wb") as file:
            file.write(self._request.data)
        self._pages = [
            ocr_pool.POOL.submit(draft.source, self._copy, wanted.index, wanted.known)
            for wanted in draft.wanted
        ]

    @property
    def waiting(self) -> int:
        """Pages that are not read yet."""
        return sum(1 for page in self._pages if not page.done())

    def close(self) -> None:
        """Give up the pages that wait, and remove the private copy."""
        for page in self._pages:
            page.cancel()
        if self._copy is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._copy)  # noqa: PTH108
            self._copy = None

    def result(self) -> Document:
        """The document, when all its pages are read.

        Raises:
            EmptyFile: there is no text.
            TooLarge: more characters than the settings allow.
            KehoachError: no page could be read; the error of the first.
        """
        try:
            document = self._finished()
        finally:
            self.close()
        if not document.text.strip():
            raise EmptyFile("There is no text in the file.")
        if len(document.text) > settings().max_characters:
            raise TooLarge(
                f"{len(document.text)} characters, more than {settings().max_characters} "
                "(KEHOACH_MAX_CHARACTERS)."
            )
        if self._format.wrong_extension:
            notice = Notice(
                "wrong-extension",
                f"The name says {self._format.wrong_extension}, the content is "
                f"{self._format.name}: read as such.",
            )
            document = replace(document, notices=(notice, *document.notices))
        return document

    def _finished(self) -> Document:
        draft = self._read
        if isinstance(draft, Document):
            return draft
        failures: list[KehoachError] = []
        for wanted, future in zip(draft.wanted, self._pages, strict=True):
            before = draft.pages[wanted.index]
            try:
                draft.pages[wanted.index] = _better(before, future.result(), wanted.why)
            except KehoachError as error:
                failures.append(error)
                before.notices.append(_lost(error, before))
        if failures and not any(page.words for page in draft.pages):
            raise failures[0]
        return child.build(draft.finish(), self._request)


def _better(own: ReadPage, seen: ReadPage, why: str) -> ReadPage:
    """The page as OCR saw it, or its own text where that is no worse."""
    if not why:
        seen.notices = own.notices + seen.notices
        return seen
    if text_trust.quality(_text(own)) >= text_trust.quality(_text(seen)) - 0.02:
        return own
    notice = Notice(
        "text-layer-replaced",
        f"Page {own.number}: {why}; it was read by OCR instead.",
        own.number,
    )
    seen.notices = [notice, *seen.notices]
    return seen


def _text(page: ReadPage) -> str:
    cells = (word for grid in page.grids for words in grid.words.values() for word in words)
    return " ".join(word.text for words in (*(r.words for r in page.rows), cells) for word in words)


def _lost(error: KehoachError, page: ReadPage) -> Notice:
    code = "ocr-missing" if isinstance(error, OcrMissing) else "ocr-failed"
    kept = "its own text was kept" if page.words else "its text is missing"
    return Notice(code, f"Page {page.number}: {error} So {kept}.", page.number)
