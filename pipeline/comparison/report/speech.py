"""Numbers, dates, places in a plan and codes as people say them, in one of two languages.

In: values of a comparison.  Out: text.  All words come from the catalogue; a word that is not there
is an error here, so that no code can reach a reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.comparison.results import PlanFacts, Role
from pipeline.comparison.wording import Language, catalogue
from pipeline.language.keys import folded

_DURATION = re.compile(r"^P(\d+)([DWMY])$")
_STEP = re.compile(r"^([-+])(\d+)$")
_ANNEX = re.compile(r"^PL(\d*)$")
_EDTF = re.compile(r"^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNKNOWN = "?"


class Speech:
    """Says things in one language.

    Args:
        language: "vi" or "en".
    """

    def __init__(self, language: Language = "vi") -> None:
        self.language = language
        self._words = catalogue(language)

    def __call__(self, key: str, **values: object) -> str:
        """A phrase of the catalogue, its places filled.

        "one¦many" phrases are chosen by ``n``.

        Raises:
            KeyError: the catalogue has no such phrase.
        """
        phrase = self._words[key]
        if "¦" in phrase:
            one, many = phrase.split("¦")
            phrase = one if values.get("n") in (1, "1") else many
        return phrase.format(**values) if values else phrase

    def knows(self, key: str) -> bool:
        """Whether the catalogue has a phrase."""
        return key in self._words

    def every(self, duration: str | None) -> str:
        """How often: an ISO 8601 duration, or None for once."""
        if duration is None:
            return self("report.once")
        if self.knows(f"every.{duration}"):
            return self(f"every.{duration}")
        match = _DURATION.match(duration)
        if match is None:
            return duration
        return self(f"report.every-{match.group(2)}", n=int(match.group(1)))

    def integer(self, value: float) -> str:
        """A whole number with its thousands apart."""
        return f"{value:,.0f}".replace(",", "." if self.language == "vi" else ",")

    def number(self, value: float) -> str:
        """A number as it is written in the language, without needless zeros."""
        if value == int(value):
            return self.integer(value)
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
        if self.language == "vi":
            text = text.replace(",", "\0").replace(".", ",").replace("\0", ".")
        return text

    def share(self, value: float) -> str:
        """A share of one as per cent."""
        return f"{value * 100:.0f} %" if self.language == "vi" else f"{value * 100:.0f}%"

    def date(self, edtf: str | None) -> str:
        """A date, a month, a year or an interval of them; what is none of these as it is."""
        if not edtf:
            return ""
        if "/" in edtf:
            first, last = (self.date(part) for part in edtf.split("/", 1))
            if first in ("", "..", last):
                return self("report.until", day=last) if first != last else last
            return f"{first} – {last}" if last not in ("", "..") else first
        match = _EDTF.match(edtf)
        if match is None:
            return edtf
        year, month, day = match.groups()
        if self.language == "vi":
            return "/".join(filter(None, (day, month, year)))
        name = _MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else None
        return " ".join(filter(None, (str(int(day)) if day else None, name, year)))

    def path(self, section: Sequence[str]) -> str:
        """Where something stands in its plan: ("II", "3", "-2") → "mục II › 3 › gạch 2"."""
        if not section:
            return self("report.no-section")
        parts = []
        for part in section:
            step, annex = _STEP.match(part), _ANNEX.match(part)
            if step:
                kind = "report.dash" if step.group(1) == "-" else "report.plus"
                parts.append(self(kind, n=step.group(2)))
            elif annex:
                parts.append(f"{self('report.annex')} {annex.group(1)}".strip())
            else:
                parts.append(part)
        whole = " › ".join(parts)
        return (
            whole if " " in parts[0] or _STEP.match(section[0]) else self("report.at", path=whole)
        )

    def body(self, role: Role) -> str:
        """A body, with the one that has its work today."""
        if role.today == role.agency:
            return role.agency
        return f"{role.agency} ({self('report.now', name=role.today)})"

    def place(self, name: str) -> str:
        """A place as it is shown."""
        return self("report.unknown-place") if name == UNKNOWN else name

    def label(self, plan: PlanFacts) -> str:
        """A plan's short name; one without place is named after its file."""
        if not plan.label.startswith(UNKNOWN):
            return plan.label
        return f"{self('report.unknown-place')}{plan.label[1:]}" + (
            "" if plan.name in plan.label else f" ({plan.name})"
        )


def alphabetical(name: str) -> str:
    """The key by which names are put in order: Đà Nẵng stands under D."""
    return folded(name)


def shortened(text: str, length: int) -> str:
    """A text cut at a word, with an ellipsis where something is left out."""
    if len(text) <= length:
        return text
    return text[: length + 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def whole_day(edtf: str | None) -> date | None:
    """A date of the record as a calendar day, or None where it is coarser or none."""
    match = _EDTF.match(edtf or "")
    if match is None or match.group(3) is None:
        return None
    try:
        return date.fromisoformat(match.group())
    except ValueError:
        return None
