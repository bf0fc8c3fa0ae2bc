"""The reliability table and the expected calibration error, worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.calibration import calibrate


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([(1.0, True)] * 4, 0.0),
        ([(1.0, False)] * 4, 1.0),
        ([(0.9, True)] * 9 + [(0.9, False)], 0.0),
        ([(0.5, True), (0.5, True)], 0.5),
        # two bins, .2 and .4 off, three values and one
        ([(0.8, True)] * 3 + [(0.4, False)], (3 * 0.2 + 1 * 0.4) / 4),
    ],
)
def test_expected_calibration_error(pairs: list[tuple[float, bool]], error: float) -> None:
    assert calibrate(pairs).error == pytest.approx(error)


@pytest.mark.parametrize(
    ("confidence", "low"), [(0, 0.0), (0.1, 0.1), (0.3, 0.3), (0.7, 0.7), (0.999, 0.9), (1, 0.9)]
)
def test_which_bin(confidence: float, low: float) -> None:
    assert [part.low for part in calibrate([(confidence, True)]).bins] == [low]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_laws(pairs: list[tuple[float, bool]]) -> None:
    fit = calibrate(pairs)
    assert sum(part.values for part in fit.bins) == fit.values == len(pairs)
    assert abs(fit.confidence - fit.right) - 1e-9 <= fit.error <= 1 + 1e-9


def test_nothing_has_no_calibration() -> None:
    with pytest.raises(ValueError, match="no values"):
        calibrate([])
