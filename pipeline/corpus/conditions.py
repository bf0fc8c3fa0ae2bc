"""What the fields of the query language ask the tables.

In: a field's value as typed, and its place.  Out: SQL that selects plans or passages, with its
parameters: no letter of the value is in the SQL.  Or a ``QueryError`` that says what would have
been understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn, get_args

from models.record import AssignmentRole
from pipeline.corpus import documents, names, spelling
from pipeline.corpus.plain import shown
from pipeline.corpus.syntax import Place
from pipeline.corpus.values import Interval, dates, numbers
from pipeline.errors import QueryError

Parameters = tuple[str | int | float, ...]
Made = tuple[str, Parameters]
Make = Callable[[str, Place], Made]

ROLES: tuple[str, ...] = get_args(AssignmentRole)
RHYTHMS = {
    "daily": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "half-yearly": "P6M",
    "yearly": "P1Y",
}
_RHYTHMS_TYPED = {
    **{spelling.key(name): value for name, value in RHYTHMS.items()},
    **{
        spelling.key(f"{each} {unit}"): value
        for each in ("hang", "moi", "")
        for unit, value in (
            ("ngay", "P1D"),
            ("tuan", "P1W"),
            ("thang", "P1M"),
            ("quy", "P3M"),
            ("nam", "P1Y"),
        )
    },
    "6 thang": "P6M",
    "06 thang": "P6M",
}
_DURATION = re.compile(r"P(?:\d{1,4}[YMWD])+")
_PATH = re.compile(r"[\w.]+(?:\s\w+)?(?:/[\w.+-]+(?:\s\w+)?)*")
# The number of the passage that a row stands in, and those in which a body is named.
_NUMBER = "plan << 16 | passage"
_MENTIONS = "SELECT g.plan << 16 | m.value FROM agencies g, json_each(g.passages) m"
_INSIDE = """SELECT a.id FROM sections s JOIN passages a ON a.plan = s.plan
    AND a.place BETWEEN s.first_passage AND s.last_passage AND a.start >= s.start
    AND a.start < s.end"""
HAS = {
    "table": "SELECT id FROM passages WHERE kind IN ('row', 'annex')",
    "row": "SELECT id FROM passages WHERE kind = 'row'",
    "task": f"SELECT {_NUMBER} FROM tasks",
    "deadline": f"SELECT {_NUMBER} FROM deadlines",
    "target": f"SELECT {_NUMBER} FROM targets",
    "agency": _MENTIONS,
    "lead": f"SELECT {_NUMBER} FROM assignments WHERE role = 'lead'",
    "citation": f"SELECT {_NUMBER} FROM citations",
    "output": f"SELECT {_NUMBER} FROM tasks WHERE outputs IS NOT NULL",
    "quota": f"SELECT {_NUMBER} FROM deadlines WHERE quota_count IS NOT NULL",
}


def _wrong(message: str, place: Place, next_step: str | None = None) -> NoReturn:
    raise QueryError(message, position=place.start + 1, next_step=next_step)


def province(column: str) -> Callable[[str, Place], Made]:
    """Plans by a column that holds provinces' names."""

    def make(value: str, place: Place) -> Made:
        found = names.province(value)
        if found is None:
            near = perhaps(value, names.province_list())
            _wrong(f'"{shown(value, 40)}" is no province{near}.', place)
        return f"SELECT id FROM plans WHERE {column} = ?", (found,)

    return make


def _between(column: str, low: object, high: object) -> tuple[str, Parameters]:
    """SQL for a closed interval with ends that may be open."""
    tests, parameters = [f"{column} IS NOT NULL"], []
    for sign, bound in ((">=", low), ("<=", high)):
        if bound is not None:
            tests.append(f"{column} {sign} ?")
            parameters.append(bound)
    return " AND ".join(tests), tuple(parameters)  # type: ignore[arg-type]


def year(value: str, place: Place) -> Made:
    """Plans by a year that they are for."""
    span: Interval[float] = numbers(value, place)
    if span.unit or any(
        end is not None and (end != int(end) or not 1900 <= end <= 2200)
        for end in (span.low, span.high)
    ):
        _wrong(f'"{shown(value, 40)}" is no year, for example year:2024 or year:2021..2025.', place)
    sql, parameters = _open_between("year", span)
    return f"SELECT plan FROM plan_years WHERE {sql}", parameters


def _open_between(column: str, span: Interval[float]) -> tuple[str, Parameters]:
    tests, parameters = [f"{column} IS NOT NULL"], []
    if span.low is not None:
        tests.append(f"{column} {'>' if span.low_open else '>='} ?")
        parameters.append(span.low)
    if span.high is not None:
        tests.append(f"{column} {'<' if span.high_open else '<='} ?")
        parameters.append(span.high)
    return " AND ".join(tests), tuple(parameters)


def issued(value: str, place: Place) -> Made:
    """Plans by date of issue."""
    span = dates(value, place)
    # A coarser date ("2024") is inside when all of it is: both its ends are compared.
    low = "issued_on || substr('-01-01', length(issued_on) - 3)"
    high = "issued_on || substr('-12-31', length(issued_on) - 3)"
    tests, parameters = ["issued_on IS NOT NULL"], []
    if span.low:
        tests.append(f"{low} >= ?")
        parameters.append(span.low)
    if span.high:
        tests.append(f"{high} <= ?")
        parameters.append(span.high)
    return f"SELECT id FROM plans WHERE {' AND '.join(tests)}", tuple(parameters)


def due(value: str, place: Place) -> Made:
    """Passages with a deadline, or a duty with one, whose last day lies there."""
    span = dates(value, place)
    sql, parameters = _between("latest", span.low, span.high)
    return (
        f"SELECT {_NUMBER} FROM deadlines WHERE {sql}"
        " UNION SELECT t.plan << 16 | t.passage FROM deadlines d"
        " JOIN task_deadlines x ON x.plan = d.plan AND x.deadline = d.place"
        f" JOIN tasks t ON t.plan = x.plan AND t.place = x.task WHERE {sql}",
        (*parameters, *parameters),
    )


def _begins(key: str, column: str) -> tuple[str, Parameters]:
    """Whole words at the beginning: "so van hoa" begins "so van hoa the thao va du lich"."""
    return f"({column} = ? OR substr({column}, 1, ?) = ?)", (key, len(key) + 1, key + " ")


def _named(value: str, place: Place) -> str:
    key = names.agency_key(value)
    if not key:
        _wrong(f'"{shown(value, 40)}" is no name.', place)
    return key


def issuer(value: str, place: Place) -> Made:
    """Plans by who issued them."""
    sql, parameters = _begins(_named(value, place), "issuer_key")
    return f"SELECT id FROM plans WHERE issuer_key IS NOT NULL AND {sql}", parameters


def agency(value: str, place: Place) -> Made:
    """Passages that name a body or give it a role."""
    sql, parameters = _begins(_named(value, place), "key")
    bodies = f"(SELECT id FROM bodies WHERE {sql})"
    return (
        f"{_MENTIONS} WHERE g.body IN {bodies}"
        f" UNION SELECT {_NUMBER} FROM assignments WHERE body IN {bodies}",
        (*parameters, *parameters),
    )


def with_role(role: str) -> Callable[[str, Place], Made]:
    """Passages that give a body this role."""

    def make(value: str, place: Place) -> Made:
        sql, parameters = _begins(_named(value, place), "key")
        return (
            f"SELECT {_NUMBER} FROM assignments WHERE role = ?"
            f" AND body IN (SELECT id FROM bodies WHERE {sql})",
            (role, *parameters),
        )

    return make


def role(value: str, place: Place) -> Made:
    """Passages that give anyone a role."""
    role = value.casefold().replace("-", "_")
    if role not in ROLES:
        _wrong(f'"{shown(value, 40)}" is no role; roles are {", ".join(ROLES)}.', place)
    return f"SELECT {_NUMBER} FROM assignments WHERE role = ?", (role,)


def kind(value: str, place: Place) -> Made:
    """Plans by kind of document."""
    code = names.document_kind(value)
    if code is None:
        near = ", ".join(names.kind_list())
        _wrong(f'"{shown(value, 40)}" is no kind of document; kinds are {near}.', place)
    return "SELECT id FROM plans WHERE kind = ?", (code,)


def number(value: str, place: Place) -> Made:
    """Plans by their own number, or its figures."""
    key = documents.number_key(value)
    if not spelling.words(key):
        _wrong(f'"{shown(value, 40)}" is no number, for example number:358/KH-UBND.', place)
    if "/" in key or "-" in key:
        return "SELECT id FROM plans WHERE number_key = ?", (key,)
    return (
        "SELECT id FROM plans WHERE substr(number_key, 1, ?) IN (?, ?)",
        (len(key) + 1, key + "/", key + "-"),
    )


def title(value: str, place: Place) -> Made:
    """Plans by words side by side in the title."""
    key = spelling.key(value)
    if not key:
        _wrong(f'"{shown(value, 40)}" holds no word.', place)
    return "SELECT id FROM plans WHERE instr(' ' || folded(title) || ' ', ?)", (f" {key} ",)


def plan(value: str, place: Place) -> Made:
    """One plan."""
    if not re.fullmatch(r"[0-9a-fA-F]{16}", value):
        _wrong(f'"{shown(value, 40)}" is no id of a record: 16 hex digits.', place)
    return "SELECT id FROM plans WHERE record_id = ?", (value.lower(),)


def cited(value: str, place: Place) -> Made:
    """SQL that finds the cited documents a person means: a number, or words of a law's name."""
    key = documents.number_key(value)
    if re.search(r"\d", key) and re.search(r"[/-]", key):
        # "Nghị quyết số 76/NQ-CP": the number is what counts.
        key = documents.number_key(value.split()[-1]) if " " in value.strip() else key
        return "SELECT id FROM documents WHERE number_key = ?", (key,)
    words = spelling.key(value)
    if not words:
        _wrong(f'"{shown(value, 40)}" is no number and no name of a law.', place)
    return (
        "SELECT id FROM documents WHERE name_key IS NOT NULL"
        " AND instr(' ' || coalesce(kind, '') || ' ' || name_key || ' ', ?)"
        " OR name_key IS NOT NULL AND instr(' ' || name_key || ' ', ?)",
        (f" {words} ", f" {re.sub('^(?:bo )?luat |^phap lenh ', '', words)} "),
    )


def cites(value: str, place: Place) -> Made:
    """Plans that cite a document."""
    sql, parameters = cited(value, place)
    return f"SELECT plan FROM citations WHERE document IN ({sql})", parameters


def recurring(value: str, place: Place) -> Made:
    """Passages with a deadline of a rhythm."""
    typed = spelling.key(value)
    if typed == "any":
        return f"SELECT {_NUMBER} FROM deadlines WHERE kind = 'recurring'", ()
    period = value.upper() if _DURATION.fullmatch(value.upper()) else _RHYTHMS_TYPED.get(typed)
    if period is None:
        known = ", ".join(["any", *RHYTHMS])
        _wrong(f'"{shown(value, 40)}" is no rhythm; rhythms are {known}, or P1M.', place)
    return f"SELECT {_NUMBER} FROM deadlines WHERE value = ?", (f"R/{period}",)


def target(value: str, place: Place) -> Made:
    """Passages with a target of a value."""
    span = numbers(value, place)
    sql, parameters = _open_between("value", span)
    if span.unit:
        return f"SELECT {_NUMBER} FROM targets WHERE {sql} AND unit = ?", (*parameters, span.unit)
    return f"SELECT {_NUMBER} FROM targets WHERE {sql}", parameters


def section(value: str, place: Place) -> Made:
    """Passages in a section and below it."""
    path = value.strip("/ ")
    if not _PATH.fullmatch(path):
        _wrong(
            f'"{shown(value, 40)}" is no address of a section, for example section:II/3.', place,
            'Words of a heading are found by heading:"...".',
        )  # fmt: skip
    parts = path.split("/")
    if len(parts) == 1 and re.fullmatch(r"[IVXLCDM]+(?:\.\w+)+", path):
        parts = path.split(".")
    address = "/".join(parts)
    return (
        f"{_INSIDE} WHERE s.path = ?",
        (address,),
    )


def heading(value: str, place: Place) -> Made:
    """Passages below a heading with words side by side."""
    key = spelling.key(value)
    if not key:
        _wrong(f'"{shown(value, 40)}" holds no word.', place)
    return (
        # The index knows which sections begin with these words; only theirs are looked at, and
        # those whose heading is longer than a passage.
        f"{_INSIDE} JOIN plans x ON x.id = s.plan WHERE s.heading_start IS NOT NULL"
        " AND ((s.plan << 16 | s.first_passage) IN (SELECT rowid FROM words WHERE words MATCH ?)"
        " OR s.heading_end > (SELECT f.end FROM passages f WHERE f.plan = s.plan"
        " AND f.place = s.first_passage))"
        " AND instr(' ' || folded(substr(x.text, s.heading_start + 1,"
        " s.heading_end - s.heading_start)) || ' ', ?)",
        (f'"{key}"', f" {key} "),
    )


def has(value: str, place: Place) -> Made:
    """Passages that have one of ``HAS``."""
    found = HAS.get(value.casefold())
    if found is None:
        _wrong(f'has: knows {", ".join(HAS)}, not "{shown(value, 40)}".', place)
    return found, ()


def perhaps(typed: str, known: list[str]) -> str:
    """' (did you mean "…"?)' where one known word is close."""
    from rapidfuzz import process

    folded = {spelling.key(each): each for each in known}
    found = process.extractOne(spelling.key(typed), list(folded), score_cutoff=70)
    return f' (did you mean "{folded[found[0]]}"?)' if found else ""
