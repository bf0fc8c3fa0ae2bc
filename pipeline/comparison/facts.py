"""What must be known of a plan before it is compared: whose, when, for which years, how readable.

In: a ``models.Plan``.  Out: ``Facts``, of which ``PlanFacts`` is made once all plans are known.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models import Header, Plan
from pipeline import gazetteers
from pipeline.comparison.bodies import typed
from pipeline.comparison.results import Caution, Level
from pipeline.language.keys import folded, key

_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
_YEAR = re.compile(r"\d{4}")
_ENDS = re.compile(r"[.;:!?/)\]”\"']\s*$")
READABLE = 0.85
_LOST = {"page-unreadable", "ocr-failed", "ocr-missing"}
_DOUBTFUL = {"ocr-doubtful", "doubtful-text-layer", "broken-characters"}


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields as in ``results.PlanFacts``; ``cautions`` without what only its items can tell."""

    place: str
    place_today: str
    level: Level
    issuer: str | None
    issuer_key: str
    earliest: str | None
    latest: str | None
    year: int | None
    pages: int | None
    cautions: tuple[Caution, ...]


def facts(plan: Plan) -> Facts:
    """The facts of one plan."""
    header = plan.header
    earliest, latest = days(header.issued_on)
    place, today, level = _place(plan)
    issuer = header.issuer.canonical if header.issuer else None
    kind = folded(typed(issuer)[1]) if issuer else ""
    begins = (header.plan_period or "").partition("/")[0]  # ".." of "../2030" is no year
    year = _YEAR.search(begins) or _YEAR.search(header.issued_on or "")
    pages = len(plan.source.pages) if plan.source.pages[:1] and plan.source.pages[0].width else None
    return Facts(
        place,
        today,
        level,
        issuer,
        f"{kind}@{folded(today)}" if issuer else "",
        earliest,
        latest,
        int(year.group()) if year else None,
        pages,
        tuple(_cautions(plan, earliest, place)),
    )


def since(known: Facts) -> str:
    """What plans are put in order by: the first day of issue, else the year, else the end."""
    return known.earliest or (str(known.year) if known.year else "9999")


def days(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last ISO day that a date of the record may mean; None for one that cannot be.

    >>> days("2024-02")
    ('2024-02-01', '2024-02-29')
    """
    match = _EDTF.match(edtf or "")
    if match is None:
        return None, None
    year, month, day = match.groups()
    try:
        last = calendar.monthrange(int(year), int(month or 12))[1]
        first_day = date(int(year), int(month or 1), int(day or 1))
        last_day = date(int(year), int(month or 12), int(day or last))
    except ValueError:
        return None, None
    return first_day.isoformat(), last_day.isoformat()


def _place(plan: Plan) -> tuple[str, str, Level]:
    province = plan.header.province
    if province is not None:
        today = province.current_name
        if today is None:
            row = gazetteers.province_on(province.name, plan.header.issued_on)
            today = gazetteers.current(row).name if row else province.name
        return province.name, today, "province"
    issuer = plan.header.issuer
    if issuer is None:
        return "?", "?", "other"
    known = {agency.id: agency.level for agency in plan.agencies}
    level = known.get(issuer.agency_id or "") or _level(issuer.canonical)
    name = issuer.canonical
    return name, typed(name)[1], level if level in ("district", "commune") else "central"  # type: ignore[return-value]


def _level(name: str) -> str | None:
    wanted = key(name)
    return next((row.level for row in gazetteers.agencies() if key(row.name) == wanted), None)


def _cautions(plan: Plan, earliest: str | None, place: str) -> list[Caution]:
    found = []
    if _cut_short(plan):
        found.append(Caution("cut-short"))
    codes = Counter(code for page in plan.source.pages for code in page.warnings)
    codes.update({w.code: 1 for w in plan.warnings if w.code not in codes})
    read = [
        page.confidence
        for page in plan.source.pages
        if page.read_by == "ocr" and not _LOST & set(page.warnings)
    ]
    mean = sum(read) / len(read) if read else 1.0
    if mean < READABLE or any(codes[code] for code in _DOUBTFUL):
        found.append(Caution("badly-read", round(mean, 2) if read else None))
    lost = sum(codes[code] for code in _LOST)
    if lost:
        found.append(Caution("pages-missing", float(lost)))
    if not plan.sections:
        found.append(Caution("no-outline"))
    if earliest is None:
        found.append(Caution("no-date"))
    if place == "?":
        found.append(Caution("no-place"))
    return found


def _cut_short(plan: Plan) -> bool:
    """The text stops in the middle of a sentence, and nobody has signed."""
    signer = plan.header.signer
    if signer is not None and (signer.name or signer.position or signer.authority):
        return False
    if plan.header.recipients:
        return False
    return bool(plan.text.strip()) and not _ENDS.search(plan.text)


def labels(plans: Sequence[tuple[Facts, Header, str, str]]) -> list[str]:
    """A short name for every plan, no two alike: place and year, with more where it is needed.

    Args:
        plans: facts, header, file name and id of each.
    """
    names = [" ".join(filter(None, [known.place, str(known.year or "")])) for known, *_ in plans]
    for more in range(4):
        counts = Counter(names)
        for at, (_, header, file, number) in enumerate(plans):
            extra = (header.number, header.issued_on, file, number)[more]
            if counts[names[at]] > 1 and extra:
                names[at] = f"{names[at]} ({extra})"
    return names
