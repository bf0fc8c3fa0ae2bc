"""The front door: a file in, a record out."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language

from models import Plan
from pipeline import assemble
from pipeline.errors import EmptyFile
from pipeline.reading import Document, read, read_bytes


class Pipeline:
    """Reads and extracts; holds the spaCy pipeline, which it shares with the whole process.

    >>> Pipeline().from_text("KẾ HOẠCH\\nTuyên truyền năm 2024").header.kind
    'KH'
    """

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline: our tokenizer and components."""
        return assemble.spacy_pipeline()

    def __call__(self, path: str | Path) -> Plan:
        """The record of a file; see ``extract``."""
        return self.from_document(read(path))

    def from_text(self, text: str, name: str = "text") -> Plan:
        """The record of a text that is already in memory; lone surrogates become "?"."""
        return self.from_document(read_bytes(text.encode("utf-8", "replace"), name))

    def from_document(self, document: Document) -> Plan:
        """The record of a document that was read before."""
        if not document.text.strip():
            raise EmptyFile(f"{document.name} holds no text.")
        return assemble.plan(document)


def extract(path: str | Path) -> Plan:
    """Read a plan and return its record.

    Args:
        path: PDF with a text layer, DOCX, DOC, HTML, Markdown or plain text.

    Returns:
        The record, every value with its span.

    Raises:
        KehoachError: the file cannot be read; the class says why and what to try.
    """
    return Pipeline()(path)
