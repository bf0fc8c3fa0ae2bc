"""Who issued a plan and where, under the names that gazetteers give them.

In: issuer and province as the letterhead prints them.  Out: names in mixed case and spelled out,
the province at the document's date and what it is part of today.
"""

from __future__ import annotations

from functools import cache

import models
from pipeline import gazetteers
from pipeline.language.keys import toned


def province(name: str, day: str | None) -> models.Province:
    """The province at the document's date, and what it is part of today."""
    row = gazetteers.province_on(name, day.split("/")[0] if day else None)
    if row is None:
        return models.Province(name=name)
    today = gazetteers.current(row)
    return models.Province(
        name=name, code=row.code, current_name=today.name, current_code=today.code
    )


def canonical(name: str) -> str:
    """Issuer in mixed case, abbreviation spelled out, names spelled as the gazetteers have them.

    >>> canonical("UBND TỈNH KHÁNH HOÀ")
    'Ủy ban nhân dân tỉnh Khánh Hòa'
    """
    spelled = _in_mixed_case(name) if name.isupper() else name
    return spelled.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")


def _in_mixed_case(name: str) -> str:
    words = name.split()
    spellings = _spellings()
    found: list[str] = []
    at = 0
    while at < len(words):
        for size in range(len(words) - at, 0, -1):
            known = spellings.get(toned(" ".join(words[at : at + size])))
            if known:
                break
        else:
            size = 1
        word = words[at]
        found.append(known or (word if word in ("UBND", "HĐND") else word.lower()))
        at += size
    spelled = " ".join(found)
    return spelled[:1].upper() + spelled[1:]


@cache
def _spellings() -> dict[str, str]:
    """Folded name → name in mixed case, for bodies and provinces."""
    names = [row.name for row in gazetteers.agencies()]
    names += [row.name for row in gazetteers.provinces()]
    names += ["Ủy ban nhân dân", "Hội đồng nhân dân"]
    return {toned(name): name for name in names}
