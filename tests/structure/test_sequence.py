"""The best sequence of markers: which are taken, and at which depth."""

from __future__ import annotations

import pytest

from pipeline.structure import markers, sequence


def taken(text: str) -> list[tuple[str, int]]:
    candidates = markers.find(text, 0, len(text))
    return [(candidate.marker, depth) for candidate, depth, _ in sequence.best(candidates)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I. A CHUNG\n1. Một\n2. Hai\nII. B RIÊNG\n1. Ba",
            [("I.", 0), ("1.", 1), ("2.", 1), ("II.", 0), ("1.", 1)],
        ),
        # a lonely number far from its series is left out
        (
            "I. A CHUNG\n1. Một\nCó 37. Người làm.\n2. Hai\n3. Ba",
            [("I.", 0), ("1.", 1), ("2.", 1), ("3.", 1)],
        ),
        # a skipped number does not end the series
        (
            "1. Một\n2. Hai\n4. Bốn\n5. Năm",
            [("1.", 0), ("2.", 0), ("4.", 0), ("5.", 0)],
        ),
    ],
)
def test_sequences(text: str, expected: list[tuple[str, int]]) -> None:
    assert taken(text) == expected


def test_nothing_to_choose_from() -> None:
    assert sequence.best([]) == []
