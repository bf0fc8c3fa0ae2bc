"""One plan as data: the pydantic models behind the JSON record and its JSON Schema.

In: nothing (this module imports no other part of the project).  Out: ``Plan`` and its parts.

Three rules hold for every model here.  A value that was read carries a ``Span`` into
``Plan.text``.  A value that is not on the page is ``None``, never a guess.  ``confidence`` is
between 0 and 1 and says how sure the reader was of the words and of the rule together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

SCHEMA_VERSION = "1.0"

Confidence = Annotated[float, Field(ge=0, le=1)]
Box = tuple[float, float, float, float]
SectionPath = list[str]

ReferenceRole = Literal["basis", "implements", "carrier", "amends", "replaces", "cites"]
AgencyKind = Literal["named", "collective", "generic"]
AgencyLevel = Literal["central", "province", "district", "commune", "internal"]
AssignmentRole = Literal[
    "lead", "coordinate", "assignee", "advise", "supervise", "report_to", "via", "fund"
]
DeadlineKind = Literal["due", "within", "recurring", "continuous", "relative", "event"]
Comparator = Literal["=", ">=", "<=", "in"]
ReadBy = Literal["text-layer", "ocr", "docx", "html", "text"]
YearSource = Literal["text", "plan", "issue date"]


class Model(BaseModel):
    """Base: no unknown fields, and no silent coercion of what a reader hands over."""

    model_config = ConfigDict(extra="forbid")


class Span(Model):
    """A stretch of ``Plan.text``: Unicode code points, ``end`` exclusive.

    ``page`` is 1-based.  ``boxes`` are ``[x0, top, x1, bottom]`` in points from the page's top
    left, one per printed line.  Both are left out of the JSON where the source has no pages.
    """

    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="one past the last code point")
    page: int | None = Field(None, ge=1, description="1-based page on which the span starts")
    boxes: list[Box] | None = Field(
        None, description="[x0, top, x1, bottom] in points, one per line"
    )

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"span ends before it starts: {self.start}..{self.end}")
        return self

    @model_serializer(mode="wrap")
    def _short(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


class Page(Model):
    """One page of the source; sizes in points, ``None`` where the format has no pages."""

    number: int = Field(ge=1, description="1-based")
    width: float | None = None
    height: float | None = None
    read_by: ReadBy
    confidence: Confidence = 1.0
    warnings: list[str] = Field(default_factory=list, description="warning codes of this page")


class Source(Model):
    """The file the record was read from, and what read it."""

    name: str = Field(description="file name without its folder")
    sha256: str
    media_type: str
    bytes: int = Field(ge=0)
    pages: list[Page]
    pipeline: str = Field(description="version of this project")
    engines: dict[str, str] = Field(
        default_factory=dict, description="name to version of each library that read the file"
    )


class Issuer(Model):
    """Who issued the document (cơ quan ban hành)."""

    name: str = Field(description="as written")
    canonical: str
    agency_id: str | None = Field(None, description="id in ``Plan.agencies``")


class Province(Model):
    """The province concerned, under the name and code of the document's own date."""

    name: str
    code: str | None = Field(None, description="two-digit statistics code at the document's date")
    current_name: str | None = Field(None, description="the province's name today")
    current_code: str | None = None


class Signer(Model):
    """The signature block: NĐ 30/2020/NĐ-CP, Phụ lục I, II.7."""

    name: str | None = None
    position: str | None = Field(None, description='chức vụ, e.g. "PHÓ CHỦ TỊCH"')
    authority: list[str] = Field(
        default_factory=list, description='e.g. ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]'
    )


class Signature(Model):
    """A digital signature found in the file (chữ ký số)."""

    signer: str | None = None
    time: str | None = Field(None, description="ISO 8601")


class Header(Model):
    """Letterhead and signature block of the (first) act."""

    kind: str | None = Field(None, description='official abbreviation, e.g. "KH"')
    kind_name: str | None = Field(None, description='e.g. "Kế hoạch"')
    number: str | None = Field(None, description='"36/KH-UBND"; null when blank')
    symbol: str | None = Field(None, description='"KH-UBND", also when the number is blank')
    issued_on: str | None = Field(None, description="EDTF: 2017-03-21, 2025-08, 2024")
    place: str | None = None
    issuer: Issuer | None = None
    title: str | None = Field(None, description="trích yếu, without the kind")
    plan_period: str | None = Field(None, description='EDTF: "2024", "2021/2025"')
    province: Province | None = None
    signer: Signer | None = None
    recipients: list[str] = Field(
        default_factory=list, description="one per line of Nơi nhận, no dash, no closing mark"
    )
    signature: Signature | None = None
    spans: dict[str, list[Span]] = Field(
        default_factory=dict, description="field name to the words it was read from"
    )
    confidence: dict[str, Confidence] = Field(
        default_factory=dict, description="field name to confidence"
    )


class AttachedAct(Model):
    """A second act in the same file: the plan that a decision promulgates."""

    kind: str
    title: str | None = None
    span: Span


class Section(Model):
    """A node of the outline; ``path`` is its address, ``marker`` what is printed."""

    path: SectionPath
    marker: str
    title: str
    text: str = Field(description="the node's own words after the marker, without its children")
    span: Span = Field(description="from the marker to the end of the last descendant")
    page: int | None = None
    confidence: Confidence = 1.0
    children: list[Section] = Field(default_factory=list)


class Preamble(Model):
    """The text between the title and the first heading (căn cứ, opening paragraph)."""

    text: str
    span: Span


class Reference(Model):
    """A mention of a law, decree, decision, plan … identified by number or name."""

    text: str
    kind: str | None = Field(None, description='full name from the word, e.g. "Quyết định"')
    kind_from_code: str | None = Field(None, description="what the number's own code says")
    number: str | None = Field(None, description="as printed, spaces dropped")
    canonical_number: str | None = Field(None, description="spelled as the rules have it")
    date: str | None = Field(None, description="EDTF")
    issuer: str | None = Field(None, description="as named beside the mention")
    name: str | None = Field(None, description="name of a law or programme")
    key: str = Field(description="identity: kind, number or name, issuer, place, date")
    role: ReferenceRole = "cites"
    refers_to: int | Literal["self"] | None = Field(
        None, description='index of the full reference meant, "self" for this document'
    )
    pinpoint: str | None = Field(None, description='e.g. "Điều 15, khoản 2"')
    short: bool = Field(False, description="a short or named form, resolved inside the document")
    span: Span
    section: SectionPath
    confidence: Confidence = 1.0


class Agency(Model):
    """An organisation, with every place it is named."""

    id: str
    name: str = Field(description="as first written")
    canonical: str
    kind: AgencyKind
    level: AgencyLevel | None = None
    province: str | None = Field(None, description="statistics code at the document's date")
    parent: str | None = Field(None, description="id or name of the body it is a room of")
    mentions: list[Span]
    successor: list[str] = Field(
        default_factory=list, description="today's successors, main one first"
    )
    confidence: Confidence = 1.0


class Quota(Model):
    """How much is owed per period: "ít nhất 01 tin/bài mỗi quý"."""

    comparator: Comparator
    count: float
    unit: str
    per: str | None = Field(None, description="ISO 8601 duration")


class Deadline(Model):
    """A time expression that binds or schedules a duty of this plan."""

    text: str
    kind: DeadlineKind
    value: str | None = Field(None, description="EDTF or ISO 8601 interval")
    earliest: str | None = Field(None, description="first day, ISO date")
    latest: str | None = Field(None, description="last day that keeps it, ISO date")
    relation: Literal["before", "no_later_than", "on", "within", "from"] | None = None
    recurrence: str | None = Field(None, description="RFC 5545 RRULE")
    quota: Quota | None = None
    anchor: str | None = Field(None, description="what a relative deadline counts from")
    year_from: YearSource | None = None
    span: Span
    section: SectionPath
    confidence: Confidence = 1.0


class Target(Model):
    """A quantified goal: percentage, count or rank."""

    text: str
    value: float
    value_max: float | None = None
    unit: str | None = None
    comparator: Comparator = "="
    per: str | None = Field(None, description="ISO 8601 duration")
    subject: str | None = None
    span: Span
    section: SectionPath
    confidence: Confidence = 1.0


class Assignment(Model):
    """One role of one body in one task."""

    agency: str = Field(description="as written here")
    agency_id: str | None = None
    role: AssignmentRole
    span: Span
    confidence: Confidence = 1.0


class Task(Model):
    """One duty: an item, a labelled block or a table row."""

    id: str
    section: SectionPath
    text: str
    span: Span
    assignments: list[Assignment] = Field(default_factory=list)
    deadlines: list[int] = Field(default_factory=list)
    inherited_deadlines: list[int] = Field(
        default_factory=list, description="schedule of the section the task stands in"
    )
    targets: list[int] = Field(default_factory=list)
    references: list[int] = Field(default_factory=list)
    outputs: list[str] = Field(default_factory=list)
    from_table: bool = False


class AnnexColumn(Model):
    """A column of a task table and what it means."""

    name: str
    means: Literal["no", "task", "lead", "coordinate", "time", "output", "note", "other"]


class Annex(Model):
    """A task table as read, cells verbatim."""

    title: str | None = None
    columns: list[AnnexColumn]
    rows: list[list[str]]
    span: Span
    page: int | None = None


class Warning_(Model):
    """Something a person should look at; the codes are documented in ``docs/codes.md``."""

    code: str
    message: str
    span: Span | None = None
    page: int | None = None


class Plan(Model):
    """The record of one plan."""

    schema_version: str = SCHEMA_VERSION
    id: str = Field(description="first 16 hex digits of the source's SHA-256")
    source: Source
    text: str = Field(description="the whole clean text (NFC), the base of all spans")
    header: Header
    attached: list[AttachedAct] = Field(default_factory=list)
    preamble: Preamble | None = None
    sections: list[Section] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    short_references: list[Reference] = Field(
        default_factory=list,
        description='forms that name no number: "Kế hoạch này", "Đề án 06"',
    )
    agencies: list[Agency] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    targets: list[Target] = Field(default_factory=list)
    tasks: list[Task] = Field(default_factory=list)
    annexes: list[Annex] = Field(default_factory=list)
    warnings: list[Warning_] = Field(default_factory=list)

    def to_json(self) -> str:
        """The record as JSON, two-space indent, UTF-8 letters kept, newline at the end."""
        return self.model_dump_json(indent=2) + "\n"
