"""Hypothesis without a clock: the tests share their processor with others."""

from hypothesis import settings

settings.register_profile("kehoach", deadline=None)
settings.load_profile("kehoach")
