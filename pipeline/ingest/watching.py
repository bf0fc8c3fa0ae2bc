"""A folder that is watched: which of its files may be read now.

In: sources, look after look.  Out: yes, once for every state of a file, and only when it looked the
same twice: what is still being copied in is left alone until it is whole.
"""

from __future__ import annotations

from pipeline.ingest.sources import Source

_State = tuple[int, str | None]


class Settled:
    """Remembers every file's size and mark; call it with each source of a walk."""

    def __init__(self) -> None:
        self._seen: dict[str, _State] = {}
        self._taken: dict[str, _State] = {}

    def __call__(self, source: Source) -> bool:
        """Whether the file did not change between two looks and was not taken before."""
        state = (source.bytes, source.mark)
        if self._taken.get(source.uri) == state:
            return False
        if self._seen.get(source.uri) != state:
            self._seen[source.uri] = state
            return False
        self._taken[source.uri] = state
        del self._seen[source.uri]
        return True
