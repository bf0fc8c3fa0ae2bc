"""What people decided about values of a record, and the record with that laid over it.

In: a machine's record and the log of verdicts.  Out: the corrected record and the conflicts.
This room knows the record and nothing else; it stands below the corpus, which writes a plan's rows
from the corrected record.  How verdicts are made, listed and counted is ``pipeline.review``.
"""

from pipeline.corrections.entries import Conflict, Correction, Place
from pipeline.corrections.laying import Laid, lay_over

__all__ = ["Conflict", "Correction", "Laid", "Place", "lay_over"]
