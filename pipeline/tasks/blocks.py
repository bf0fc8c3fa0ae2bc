"""Labelled blocks inside one item: what is done, then who leads it, who helps, by when; and again.

In: the dashes of an item.  Out: their groups, one per duty.  An item whose dashes name a leading
office once is one duty; where they do so again behind other dashes, a new duty has begun.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.structure.outline import Node
from pipeline.tasks.labels import LABEL, names_lead


def blocks(text: str, dashes: Sequence[Node]) -> list[list[Node]]:
    """The dashes of an item, in groups: the first belongs to the item, the others stand alone."""
    own = [_has_lead_below(text, dash) for dash in dashes]
    if sum(own) > 1:  # "- Nội dung 1: … + Cơ quan chủ trì: X", "- Nội dung 2: …"
        cuts = [at for at in range(1, len(dashes)) if own[at] or own[at - 1]]
    else:
        cuts = _cuts(text, dashes)
    return [list(dashes[a:b]) for a, b in zip([0, *cuts], [*cuts, len(dashes)], strict=True)]


def _has_lead_below(text: str, dash: Node) -> bool:
    return any(names_lead(text, child.start, child.end) for child in dash.children)


def _cuts(text: str, dashes: Sequence[Node]) -> list[int]:
    """Where the first plain dash stands between two lines that name who leads."""
    cuts: list[int] = []
    led = False
    plain: int | None = None
    for at, dash in enumerate(dashes):
        if names_lead(text, dash.start, dash.end):
            if led and plain is not None:
                cuts.append(plain)
            led, plain = True, None
        elif led and plain is None and not _is_field(text, dash):
            plain = at
    return cuts


def _is_field(text: str, dash: Node) -> bool:
    return bool(LABEL.match(text, dash.start, dash.end)) or text.startswith(
        ("Thời gian", "Thời hạn", "Kinh phí", "Sản phẩm", "Kết quả"), dash.text_start
    )
