"""What all parts of a record need in the making: spans with pages, sections, sureness, warnings.

In: a ``Document`` and what the stages found in it.  Out: ``Making``.
"""

from __future__ import annotations

import bisect

from models import SectionPath, Span, Warning_
from pipeline.components import Findings
from pipeline.reading.document import Document


class Making:
    """One record in the making.

    Args:
        document: what was read.
        found: what the stages found; layout and outline are there.
        meaning: the document's text as it is meant, of the same length: closed sets as their lists
            spell them.
    """

    def __init__(self, document: Document, found: Findings, meaning: str) -> None:
        assert found.layout is not None and found.outline is not None
        self.document = document
        self.found = found
        self.layout = found.layout
        self.outline = found.outline
        self.text = document.text
        self.meaning = meaning
        self.warnings: list[Warning_] = []
        self._nodes = [node for node in self.outline.walk() if node.kind != "bullet"]
        self._starts = [node.start for node in self._nodes]

    def span(self, start: int, end: int) -> Span:
        """A span with page and boxes, where the source has them."""
        paged = self.document.pages and self.document.pages[0].width is not None
        return Span(
            start=start,
            end=end,
            page=self.document.page_at(start) if paged else None,
            boxes=self.document.boxes(start, end) or None if self.document.words else None,
        )

    def section(self, position: int) -> SectionPath:
        """Path of the deepest numbered node that holds a position."""
        index = bisect.bisect_right(self._starts, position) - 1
        while index >= 0:
            node = self._nodes[index]
            if node.start <= position < node.end:
                return list(node.path)
            index -= 1
        return []

    def sure(self, confidence: float, start: int, end: int) -> float:
        """A rule's confidence, no higher than that of the words it stands on.

        No dictionary helps OCR with figures: of two that look alike either may be read with .9.
        """
        read = self.document.sureness(start, end)
        figures = any(c.isdigit() for c in self.text[start:end])
        return round(min(confidence, read**4 if figures else read), 3)

    def warn(
        self, code: str, message: str, start: int | None = None, end: int | None = None
    ) -> None:
        """Add a warning, with its place where it has one."""
        span = None if start is None else self.span(start, start if end is None else end)
        page = None if start is None else self.document.page_at(start)
        self.warnings.append(Warning_(code=code, message=message, span=span, page=page))
