"""Pictures whose headers are broken are refused by their code, whatever the decoder raises."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from pipeline.errors import KehoachError
from pipeline.reading import image


@pytest.mark.parametrize("kind", ["TIFF", "PNG", "JPEG"])
def test_a_broken_picture_is_refused_or_read(kind: str) -> None:
    whole = io.BytesIO()
    Image.new("L", (60, 90), 255).save(whole, kind)
    data, chance, refused = whole.getvalue(), random.Random(5), 0
    for _ in range(400):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            # The headers and, in TIFF, the table of fields at the end.
            at = chance.choice([chance.randrange(60), len(data) - 1 - chance.randrange(140)])
            broken[at % len(data)] = chance.randrange(256)
        try:
            image.read(bytes(broken))
        except KehoachError:
            refused += 1
    assert refused
