"""Pictures of a plan's pages, drawn in child processes and kept for a while.

In: a plan's hash and a page's number.  Out: a JPEG.

The file is looked up in the ledger by the plan's hash and is drawn only while it still has that
hash.  No part of a path ever comes from a request.
"""

from __future__ import annotations

import hashlib
import json
import queue
import threading
from dataclasses import dataclass
from pathlib import Path

from pipeline.children import Child
from pipeline.corpus import Corpus
from pipeline.errors import Damaged, ReaderCrashed, SourceMissing
from pipeline.settings import settings
from pipeline.web.drawing import REFUSED
from pipeline.web.library import Kept

WIDTHS = (700, 1400)
_WORKERS = 2
_PICTURES = 200  # of about 200 kB each
_DRAWN = {"application/pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a plan was read from: where it is and what it is."""

    path: Path
    name: str
    media_type: str
    sha256: str

    @property
    def kind(self) -> str | None:
        """How its pages are drawn; None where it has none."""
        if self.media_type.startswith("image/"):
            return "image"
        return _DRAWN.get(self.media_type)


class Pictures:
    """Draws pages; keeps the pictures it made last."""

    def __init__(self) -> None:
        self._idle: queue.LifoQueue[Child] = queue.LifoQueue()
        self._all = [Child("pipeline.web.drawing") for _ in range(_WORKERS)]
        for child in self._all:
            self._idle.put(child)
        self._kept = Kept[bytes](_PICTURES)
        self._known: dict[tuple[str, int, int], str] = {}
        self._lock = threading.Lock()

    def original(self, corpus: Corpus, record_id: str) -> Original:
        """The file that a plan was read from.

        Args:
            corpus: whose ledger knows it.
            record_id: of the plan.

        Raises:
            SourceMissing: the ledger does not know it, or it is gone or changed.
        """
        rows = corpus.store.connection.execute(
            "SELECT f.uri, f.name, f.bytes, p.media_type, p.sha256 FROM plans p"
            " JOIN files f ON f.sha256 = p.sha256 WHERE p.record_id = ? ORDER BY f.run DESC, f.uri",
            [record_id],
        ).fetchall()
        for uri, name, size, media_type, sha256 in rows:
            path = Path(uri)
            if "://" not in uri and self._hash(path, size) == sha256:
                return Original(path, name, media_type, sha256)
        raise SourceMissing(
            "the file that this plan was read from is not here any more, or was changed."
            if rows
            else "the file that this plan was read from is not known here."
        )

    def has_pages(self, corpus: Corpus, record_id: str) -> bool:
        """Whether pages of this plan can be drawn."""
        try:
            return self.original(corpus, record_id).kind is not None
        except SourceMissing:
            return False

    def picture(self, original: Original, number: int, width: int) -> bytes:
        """A page as a JPEG.

        Args:
            original: the file.
            number: page, from 1.
            width: one of ``WIDTHS``.

        Raises:
            KehoachError: it cannot be drawn.
        """
        kind = original.kind
        if kind is None:
            raise SourceMissing("a file of this format has no pages to draw.")
        key = (original.sha256, number, width)
        return self._kept.get(key, lambda: self._draw(original.path, kind, number, width))

    def _draw(self, path: Path, kind: str, number: int, width: int) -> bytes:
        limits = settings()
        wanted = {
            "path": str(path),
            "kind": kind,
            "index": number - 1,
            "width": width,
            "max_pixels": limits.max_pixels,
            "seconds": limits.seconds_per_page,
            "memory": limits.memory_per_page,
        }
        child = self._idle.get()
        try:
            made = child.ask(
                json.dumps(wanted).encode(), limits.seconds_per_page, "KEHOACH_SECONDS_PER_PAGE"
            )
        finally:
            self._idle.put(child)
        if made.startswith(REFUSED):
            told = json.loads(made[1:])
            raise Damaged(str(told["message"]))
        if not made.startswith(b"\xff\xd8"):
            raise ReaderCrashed("The drawing process answered with no picture.")
        return made

    def _hash(self, path: Path, size: int) -> str | None:
        """The hash of a file of this size; read again only when its time changed.

        What has another size has other bytes: it is not read to its end, however long it is.
        """
        try:
            status = path.stat()
            if status.st_size != size:
                return None
            key = (str(path), status.st_size, status.st_mtime_ns)
            with self._lock:
                if key in self._known:
                    return self._known[key]
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
        with self._lock:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[key] = found
        return found

    def close(self) -> None:
        """End the children."""
        for child in self._all:
            child.close()
