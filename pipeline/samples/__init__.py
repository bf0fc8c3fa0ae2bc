"""Sample plans of our own words, in the layout of NĐ 30/2020/NĐ-CP, with their truth known.

``make(seed)`` writes a plan; ``text``, ``docx`` and ``pdf`` render it; ``truth`` says what a
perfect record of it holds.  The same seed gives the same bytes.
"""

from pipeline.samples.plan import make
from pipeline.samples.sample import Options, SamplePlan

__all__ = ["Options", "SamplePlan", "make"]
