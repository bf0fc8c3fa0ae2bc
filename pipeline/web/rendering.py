"""Pages from templates: both languages, the visitor's settings, and everything escaped.

In: a template's name and its values.  Out: an HTML response.

Texts stand in the templates in both languages side by side, ``t("Tìm", "Search")``, so that whoever
changes one sees the other.  Names of codes (roles, kinds) are data: ``labels.csv``.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from pipeline import packaged
from pipeline.corpus.plain import lines, shown
from pipeline.web.site import site_of, visitor_of

LANGUAGES = ("vi", "en")
THEMES = ("auto", "light", "dark")
_DURATION = re.compile(r"(?P<repeats>R/)?P(?P<count>\d{1,4})(?P<unit>[DWMY])", re.ASCII)
_UNITS = {
    "D": ("ngày", "day"),
    "W": ("tuần", "week"),
    "M": ("tháng", "month"),
    "Y": ("năm", "year"),
}
_REPEATED = ("P1D", "P1W", "P1M", "P3M", "P6M", "P1Y")
_POINTS = str.maketrans(".,", ",.")
HANOI = timedelta(hours=7)  # all year: Vietnam has no summer time
_YEAR = 365 * 24 * 3600
# Rendering is all Python: more at once than cores make every page later and none sooner.
_TURNS = threading.Semaphore(max(2, os.cpu_count() or 1))


class Html(str):
    """Text that is HTML already: made by a template, or of numbers alone."""

    def __html__(self) -> str:
        return self


def language(request: Request) -> str:
    """The visitor's language: asked for in the address, else kept in a cookie, else Vietnamese."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wanted in LANGUAGES:
            return str(wanted)
    return "vi"


@cache
def labels() -> dict[tuple[str, str], tuple[str, str]]:
    """(group, code) to (Vietnamese, English)."""
    rows = packaged.rows("pipeline.web", "labels")
    return {(row["group"], row["code"]): (row["vi"], row["en"]) for row in rows}


def label(lang: str, group: str, code: str | None) -> str:
    """The name of a code; the code itself where it has none."""
    if code is None:
        return "–"
    vi, en = labels().get((group, code), (code, code))
    return vi if lang == "vi" else en


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = packaged.rows("pipeline.web", "sentences")
    return tuple((re.compile(row["pattern"]), row["vi"]) for row in rows)


def said(lang: str, sentence: str) -> Html:
    """What an error says, in the visitor's language; marked as English where it is only that."""
    if lang != "vi":
        return Html(escape(sentence))
    bare = re.sub(r"^at character \d+: ", "", sentence)
    for pattern, words in _sentences():
        if match := pattern.fullmatch(bare):
            text = match.expand(words)
            return Html(escape(text[:1].upper() + text[1:]))
    return Html(f'<span lang="en">{escape(sentence)}</span>')


def date(lang: str, value: str | None) -> str:
    """An EDTF date as people write it; Vietnamese dd/mm/yyyy, an open end in words."""
    if not value:
        return "–"
    first, _, last = value.partition("/")
    first, last = (
        "/".join(part.split("-")[::-1]) if lang == "vi" else part for part in (first, last)
    )
    if first == "..":
        return f"{'đến' if lang == 'vi' else 'until'} {last}"
    if last == "..":
        return f"{'từ' if lang == 'vi' else 'from'} {first}"
    return f"{first} – {last}" if last else first


def when(lang: str, value: str | None) -> str:
    """The value of a deadline: a date or interval, a repetition ("R/P3M") or a duration ("P15D").

    >>> when("vi", "R/P3M"), when("vi", "P15D"), when("en", "R/P5Y")
    ('hằng quý', '15 ngày', 'every 5 years')
    """
    match = _DURATION.fullmatch(value or "")
    if match is None:
        return date(lang, value)
    if match["repeats"] and (value or "").removeprefix("R/") in _REPEATED:
        return label(lang, "every", (value or "").removeprefix("R/"))
    count, (vi, en) = int(match["count"]), _UNITS[match["unit"]]
    if lang == "vi":
        return f"{count} {vi} một lần" if match["repeats"] else f"{count} {vi}"
    length = f"{count} {en}{'s' * (count != 1)}"
    return f"every {length}" if match["repeats"] else length


def amount(lang: str, value: float) -> str:
    """A number as people write it: 1.200.000 and 52,5 in Vietnamese."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.translate(_POINTS) if lang == "vi" else text


def hanoi(moment: str) -> str:
    """A moment in UTC (ISO 8601) as clocks in Hanoi show it: "07/03/2024 15:04"."""
    return (datetime.fromisoformat(moment) + HANOI).strftime("%d/%m/%Y %H:%M")


@cache
def environment() -> Environment:
    """The templates, with everything escaped and nothing silently undefined."""
    made = Environment(
        loader=PackageLoader("pipeline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["shown"] = shown
    made.filters["lines"] = lines
    made.globals["asset"] = asset
    made.globals["hanoi"] = hanoi
    return made


@cache
def asset(name: str) -> str:
    """The address of a static file, with a mark that changes when it does."""
    data = (resources.files(__package__) / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:10]}"


def asset_text(name: str) -> str:
    """A static file's text, for a page that must stand alone."""
    return packaged.text("pipeline.web", f"static/{name}")


def words(lang: str) -> dict[str, Callable[..., str]]:
    """The functions that every template has."""
    return {
        "t": (lambda vi, en: vi) if lang == "vi" else (lambda vi, en: en),
        "label": lambda group, code: label(lang, group, code),
        "said": lambda sentence: said(lang, sentence),
        "date": lambda value: date(lang, value),
        "when": lambda value: when(lang, value),
        "amount": lambda value: amount(lang, value),
        "number": lambda value: f"{value:,}".replace(",", "." if lang == "vi" else ","),
    }


def page(
    request: Request, template: str, values: Mapping[str, Any] | None = None, *, status: int = 200
) -> Response:
    """A page.

    Args:
        request: who asks, and how.
        template: its file's name.
        values: what it shows.
        status: HTTP status.
    """
    lang = language(request)
    theme = request.cookies.get("theme")
    visitor = visitor_of(request)
    site = site_of(request)
    with _TURNS:
        html = environment().get_template(template).render(
        **words(lang),
        lang=lang,
        theme=theme if theme in THEMES else "auto",
        here=request.url.path,
        address=lambda **changes: changed(request, changes),
        visitor=visitor,
        token=site.sessions.token(visitor) if visitor.nonce else "",
        site=site,
        **(values or {}),
    )  # fmt: skip
    response = HTMLResponse(html, status)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie("lang", lang, _YEAR, samesite="strict", secure=site.tls)
    return response


def changed(request: Request, changes: Mapping[str, object]) -> str:
    """This page's address with some values set, or taken out (None)."""
    left = [(k, v) for k, v in request.query_params.multi_items() if k not in changes and v]
    new = [(key, str(value)) for key, value in changes.items() if value is not None]
    query = urlencode(left + new)
    return f"{request.url.path}?{query}" if query else request.url.path
