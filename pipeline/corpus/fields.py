"""The fields of the query language: what may stand behind ``name:`` and what it is about.

In: a field's name and value as typed.  Out: a ``FieldTerm``, or a ``QueryError``.

A field asks either about the plan (every passage of a plan that cites a document is found by
``cites:``) or about the passage itself (``lead:``, ``due:``): ``Field.about`` says which, and
docs/query.md says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.corpus import conditions as ask
from pipeline.corpus import spelling
from pipeline.corpus.conditions import HAS, Make
from pipeline.corpus.plain import shown
from pipeline.corpus.syntax import FieldTerm, Place
from pipeline.errors import QueryError


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: as written in queries.
        alias: its Vietnamese name, without marks or blanks; marks may be typed.
        about: whether it holds for a whole plan or for one passage.
        make: value and place to SQL and parameters.
        example: one that stands in the documentation.
        help: what it finds.
    """

    name: str
    alias: str
    about: Literal["plan", "passage"]
    make: Make
    example: str
    help: str


def term(name: str, value: str, place: Place, value_place: Place) -> FieldTerm:
    """The condition of one field.

    Args:
        name: as typed, without the colon.
        value: as typed, quotes taken off.
        place: of the whole.
        value_place: of the value alone.

    Raises:
        QueryError: no such field, or no such value.
    """
    field = _BY_NAME.get(spelling.folded(name)) or _BY_NAME.get(name.casefold())
    if field is None:
        known = ", ".join(f"{each.name}:" for each in FIELDS)
        raise QueryError(
            f'"{shown(name, 40)}:" is no field{ask.perhaps(name, list(_BY_NAME))}.',
            position=place.start + 1,
            next_step=f"Fields are {known}; put words with a colon into quotes.",
        )
    if not value.strip():
        raise QueryError(
            f"{field.name}: has no value, for example {field.example}.",
            position=value_place.start + 1,
        )
    sql, parameters = field.make(value.strip(), value_place)
    inside = "({id} >> 16)" if field.about == "plan" else "{id}"
    return FieldTerm(field.name, f"{inside} IN ({sql})", parameters, place)


_ROLE_WORDS = {
    "lead": ("chutri", "chủ trì"),
    "coordinate": ("phoihop", "phối hợp"),
    "assignee": ("duocgiao", "được giao"),
    "advise": ("thammuu", "tham mưu"),
    "supervise": ("theodoi", "theo dõi, đôn đốc"),
    "report_to": ("baocao", "báo cáo ai"),
    "via": ("qua", "qua cơ quan nào"),
    "fund": ("kinhphi", "bố trí kinh phí"),
}

FIELDS: tuple[Field, ...] = (
    Field("province", "tinh", "plan", ask.province("province"), 'province:"Quảng Nam"',
          "plans of a province under its name at the plan's date"),
    Field("today", "nay", "plan", ask.province("province_now"), 'today:"Đà Nẵng"',
          "plans of a province of today and of all that were merged into it"),
    Field("year", "nam", "plan", ask.year, "year:2024",
          "plans for a year: their period covers it; without a period the year of issue"),
    Field("issued", "ngay", "plan", ask.issued, "issued:2024-01..2024-03",
          "plans by date of issue"),
    Field("issuer", "banhanh", "plan", ask.issuer, "issuer:UBND",
          "plans by who issued them; the name's first words are enough"),
    Field("kind", "loai", "plan", ask.kind, "kind:KH", "plans by kind of document"),
    Field("number", "so", "plan", ask.number, "number:358/KH-UBND", "plans by their own number"),
    Field("title", "tieude", "plan", ask.title, 'title:"chuyển đổi số"',
          "plans with these words side by side in the title"),
    Field("plan", "vanban", "plan", ask.plan, "plan:0123456789abcdef",
          "one plan, by its record's id"),
    Field("cites", "viendan", "plan", ask.cites, "cites:76/NQ-CP",
          "plans that cite a document anywhere: its number, or words of a law's name"),
    Field("agency", "coquan", "passage", ask.agency, 'agency:"Sở Nội vụ"',
          "passages that name a body or give it a role; the name's first words are enough"),
    Field("role", "vaitro", "passage", ask.role, "role:lead",
          "passages that give anyone this role"),
    *(
        Field(role, alias, "passage", ask.with_role(role), f'{role}:"Sở Nội vụ"',
              f"passages that give a body this role ({words})")
        for role, (alias, words) in _ROLE_WORDS.items()
    ),
    Field("due", "han", "passage", ask.due, "due:<2024-07-01",
          "passages with a deadline whose last day lies there"),
    Field("recurring", "dinhky", "passage", ask.recurring, "recurring:quarterly",
          "passages with a recurring deadline; any for every rhythm"),
    Field("target", "chitieu", "passage", ask.target, "target:>=80%",
          "passages with a target of such a value; with % only percentages"),
    Field("section", "muc", "passage", ask.section, "section:II/3",
          "passages in a section and below it, by its printed address"),
    Field("heading", "demuc", "passage", ask.heading, 'heading:"tổ chức thực hiện"',
          "passages below a heading with these words side by side"),
    Field("has", "co", "passage", ask.has, "has:table", "passages with one: " + ", ".join(HAS)),
)  # fmt: skip

_BY_NAME = {name: field for field in FIELDS for name in (field.alias, field.name)}
