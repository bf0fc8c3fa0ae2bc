"""Document → spaCy Doc → ``models.Plan``: the stages in their order, and the record they make.

In: a ``Document``.  Out: the record.  Each stage is a spaCy component that leaves typed values on
the Doc (``doc._.outline``, ``doc._.references`` …); this module wires them up and turns what they
left into the record, with page and boxes for every span, and warnings for all that is unsure.
"""

from __future__ import annotations

import bisect
from functools import cache
from importlib import metadata

from spacy.language import Language
from spacy.tokens import Doc

import models
from models import Plan, Span
from pipeline import gazetteers
from pipeline.entities import components
from pipeline.entities.resolution import resolve, resolve_short
from pipeline.language.tokens import blank
from pipeline.reading.document import Document
from pipeline.settings import settings
from pipeline.structure import letterhead, signoff
from pipeline.structure.outline import Node

PIPELINE = ("kehoach_structure", "kehoach_entities", "kehoach_tasks")


@cache
def pipeline() -> Language:
    """The spaCy pipeline of this process."""
    components.register()
    nlp = blank()
    for name in PIPELINE:
        nlp.add_pipe(name)
    return nlp
