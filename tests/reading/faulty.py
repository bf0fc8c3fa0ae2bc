"""A reader that misbehaves as its data says; the sandbox tests send it into the child."""

from __future__ import annotations

import os
import sys
import time

from pipeline.errors import Damaged
from pipeline.reading.document import RawDocument, RawLine


def read(data: bytes) -> RawDocument:
    order = data.decode()
    if order == "sleep":
        time.sleep(600)
    if order == "spin":
        while True:
            pass
    if order == "eat":
        held = [bytearray(50_000_000) for _ in range(200)]
        return RawDocument([RawLine(str(len(held)))], [(None, None, "text")])
    if order == "abort":
        os.abort()
    if order == "print":
        print("noise on standard output", flush=True)
        os.write(1, b"more noise")
    if order == "refuse":
        raise Damaged("It is broken.", next_step="Mend it.")
    if order == "stumble":
        raise KeyError("what")
    if order == "modules":
        order = " ".join(sorted(sys.modules))
    return RawDocument([RawLine(order)], [(None, None, "text")])
