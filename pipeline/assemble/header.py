"""Letterhead, title and sign-off as the record has them.

In: ``Making``.  Out: ``models.Header``; what is unsure or contradicts itself is warned of.
"""

from __future__ import annotations

from datetime import date

import models
from pipeline.assemble.making import Making
from pipeline.entities import issuing
from pipeline.structure.letterhead import Fact

_SIGNED_WITHIN = 31  # days


def make(making: Making) -> models.Header:
    """Letterhead, title and sign-off of the first act."""
    facts = making.found.facts
    act = making.layout.acts[0]
    header = models.Header(kind=act.kind, kind_name=act.kind_name)
    if act.kind_span:
        header.spans["kind"] = [making.span(*act.kind_span)]

    def take(name: str, fact: Fact | None) -> str | None:
        if fact is None:
            return None
        header.spans[name] = [making.span(*fact.span)]
        header.confidence[name] = making.sure(fact.confidence, *fact.span)
        return fact.value

    for name in ("number", "symbol", "issued_on", "place", "title", "plan_period"):
        setattr(header, name, take(name, getattr(facts, name)))
    province = take("province", facts.province)
    if province:
        header.province = issuing.province(province, header.issued_on or header.plan_period)
    issuer = take("issuer", facts.issuer)
    if issuer:
        header.issuer = models.Issuer(name=issuer, canonical=issuing.canonical(issuer))
    if act.signoff and making.found.signoffs:
        sign = making.found.signoffs[0]
        header.recipients = [recipient.text for recipient in sign.recipients]
        if sign.recipients:
            header.spans["recipients"] = [making.span(r.start, r.end) for r in sign.recipients]
        if sign.signer or sign.position or sign.authority:
            header.signer = models.Signer(
                name=sign.signer[0] if sign.signer else None,
                position=sign.position[0] if sign.position else None,
                authority=[line for line, _, _ in sign.authority],
            )
            marks = [m for m in (sign.signer, sign.position, *sign.authority) if m]
            header.spans["signer"] = [making.span(a, b) for _, a, b in marks]
    if making.document.signature_signer or making.document.signature_time:
        header.signature = models.Signature(
            signer=making.document.signature_signer, time=making.document.signature_time
        )
        _compare_signature(making, header)
    for code, message, start, end in facts.notices:
        making.warn(code, message, start, end)
    return header


def _compare_signature(making: Making, header: models.Header) -> None:
    """The signature's time is a second witness for the date: set on that day or soon after."""
    time = making.document.signature_time
    if not time or not header.issued_on:
        return
    printed = header.issued_on
    if len(printed) == len("2031-01-01"):
        days = (date.fromisoformat(time[:10]) - date.fromisoformat(printed)).days
        agrees = 0 <= days <= _SIGNED_WITHIN
    else:
        agrees = printed <= time[:10]
    if not agrees:
        header.confidence["issued_on"] = min(header.confidence["issued_on"], 0.5)
        making.warn(
            "date-differs",
            f"The document says {printed}, its digital signature {time[:10]}.",
        )
