"""The record's vocabulary: what one plan (kế hoạch) becomes.

Every other room speaks these types and this package imports none of them.  The field names
are a contract; adding a field is free, renaming one takes a new ``SCHEMA_VERSION``.
"""

from models.record import (
    SCHEMA_VERSION,
    Agency,
    Annex,
    AnnexColumn,
    Assignment,
    AttachedAct,
    Deadline,
    Header,
    Issuer,
    Page,
    Plan,
    Preamble,
    Province,
    Quota,
    Reference,
    Section,
    SectionPath,
    Signature,
    Signer,
    Source,
    Span,
    Target,
    Task,
    Warning_,
)

__all__ = [
    "SCHEMA_VERSION",
    "Agency",
    "Annex",
    "AnnexColumn",
    "Assignment",
    "AttachedAct",
    "Deadline",
    "Header",
    "Issuer",
    "Page",
    "Plan",
    "Preamble",
    "Province",
    "Quota",
    "Reference",
    "Section",
    "SectionPath",
    "Signature",
    "Signer",
    "Source",
    "Span",
    "Target",
    "Task",
    "Warning_",
]
