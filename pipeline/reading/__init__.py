"""Bytes → ``Document``: one module per format, one flow that makes clean text of their lines.

``read`` and ``read_bytes`` are the whole public interface: they check the bounds, tell the format
by content, parse in a child process within limits, and raise only classes of ``pipeline.errors``.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pipeline.errors import EmptyFile, TooLarge
from pipeline.reading import bounds, child, sandbox
from pipeline.reading.document import Document, Notice
from pipeline.settings import settings

__all__ = ["Document", "read", "read_bytes"]


def read(path: str | Path) -> Document:
    """Read a file: PDF with a text layer, DOCX, DOC, HTML, Markdown or plain text.

    Args:
        path: the file; it is only ever read.

    Raises:
        KehoachError: one class per situation, each with a code and the next step to try.
    """
    return read_bytes(bounds.load(path), Path(path).name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a file's bytes; ``name`` is its file name, for messages and the record."""
    bounds.check(data)
    found = bounds.recognise(data, name)
    module = f"pipeline.reading.{found.name}"
    sha256 = hashlib.sha256(data).hexdigest()
    if found.name == "text":  # nothing foreign parses it, so it needs no child
        limits = settings()
        document = child.parse(
            child.Request(
                module,
                data,
                name,
                found.media_type,
                sha256,
                limits.seconds_per_file,
                limits.memory_per_file,
            )
        )
    else:
        document = sandbox.READER.read(
            module, data, name=name, media_type=found.media_type, sha256=sha256
        )
    if not document.text.strip():
        raise EmptyFile("There is no text in the file.")
    if len(document.text) > settings().max_characters:
        raise TooLarge(
            f"{len(document.text)} characters, more than {settings().max_characters} "
            "(KEHOACH_MAX_CHARACTERS)."
        )
    if found.wrong_extension:
        notice = Notice(
            "wrong-extension",
            f"The name says {found.wrong_extension}, the content is {found.name}: read as such.",
        )
        document = replace(document, notices=(notice, *document.notices))
    return document
