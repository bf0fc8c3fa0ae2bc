"""What the sample tests share: many different plans, and text with its blanks folded."""

from __future__ import annotations

import pytest

from pipeline.samples import SamplePlan, make

SEEDS = range(40)


@pytest.fixture(params=SEEDS)
def plan(request: pytest.FixtureRequest) -> SamplePlan:
    return make(request.param)
