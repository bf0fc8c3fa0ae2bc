"""One plan as data: the pydantic models behind the JSON record and its JSON Schema.

In: nothing (this module imports no other part of the project).  Out: ``Plan`` and its parts.

Three rules hold for every model here.  A value that was read carries a ``Span`` into
``Plan.text``.  A value that is not on the page is ``None``, never a guess.  ``confidence`` is
between 0 and 1 and says how sure the reader was of the words and of the rule together.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    """Base: no unknown fields, no silent coercion of what a reader hands over, finite numbers."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


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
    width: float | None = Field(None, description="points")
    height: float | None = Field(None, description="points")
    read_by: ReadBy = Field(description="where the words come from")
    confidence: Confidence = Field(1.0, description="of the page's words, before any rule")
    warnings: list[str] = Field(default_factory=list, description="warning codes of this page")


class Source(Model):
    """The file the record was read from, and what read it."""

    name: str = Field(description="file name without its folder")
    sha256: str = Field(description="of the file's bytes, 64 hex digits")
    media_type: str = Field(description="by the bytes, not by the name")
    bytes: int = Field(ge=0, description="size of the file")
    pages: list[Page] = Field(description="one entry where the format has no pages")
    pipeline: str = Field(description="version of this project")
    engines: dict[str, str] = Field(
        default_factory=dict, description="name to version of each library that read the file"
    )


class Issuer(Model):
    """Who issued the document (cơ quan ban hành)."""

    name: str = Field(description="as written")
    canonical: str = Field(description="in mixed case, abbreviation spelled out")
    agency_id: str | None = Field(None, description="id in ``Plan.agencies``")


class Province(Model):
    """The province concerned, under the name and code of the document's own date."""

    name: str = Field(description="as the gazetteer spells it")
    code: str | None = Field(None, description="two-digit statistics code at the document's date")
    current_name: str | None = Field(None, description="the province's name today")
    current_code: str | None = Field(None, description="its code today")


class Signer(Model):
    """The signature block: NĐ 30/2020/NĐ-CP, Phụ lục I, II.7."""

    name: str | None = Field(None, description="the person, without academic titles")
    position: str | None = Field(None, description='chức vụ, e.g. "PHÓ CHỦ TỊCH"')
    authority: list[str] = Field(
        default_factory=list, description='e.g. ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]'
    )


class Signature(Model):
    """A digital signature found in the file (chữ ký số)."""

    signer: str | None = Field(None, description="as the certificate names it")
    time: str | None = Field(None, description="ISO 8601")


class Header(Model):
    """Letterhead and signature block of the (first) act."""

    kind: str | None = Field(None, description='official abbreviation, e.g. "KH"')
    kind_name: str | None = Field(None, description='e.g. "Kế hoạch"')
    number: str | None = Field(None, description='"36/KH-UBND"; null when blank')
    symbol: str | None = Field(None, description='"KH-UBND", also when the number is blank')
    issued_on: str | None = Field(None, description="EDTF: 2017-03-21, 2025-08, 2024")
    place: str | None = Field(None, description="place of the date line")
    issuer: Issuer | None = Field(None, description="letterhead, carrier line or opening says it")
    title: str | None = Field(None, description="trích yếu, without the kind")
    plan_period: str | None = Field(None, description='EDTF: "2024", "2021/2025"')
    province: Province | None = Field(None, description="null for central bodies")
    signer: Signer | None = Field(None, description="signature block")
    recipients: list[str] = Field(
        default_factory=list, description="one per line of Nơi nhận, no dash, no closing mark"
    )
    signature: Signature | None = Field(None, description="digital signature of the file")
    spans: dict[str, list[Span]] = Field(
        default_factory=dict, description="field name to the words it was read from"
    )
    confidence: dict[str, Confidence] = Field(
        default_factory=dict, description="field name to confidence"
    )


class AttachedAct(Model):
    """A second act in the same file: the plan that a decision promulgates."""

    kind: str = Field(description='official abbreviation, e.g. "KH"')
    title: str | None = Field(None, description="trích yếu, without the kind")
    span: Span = Field(description="from its head to the end of its body")


class Section(Model):
    """A node of the outline; ``path`` is its address, ``marker`` what is printed."""

    path: SectionPath = Field(description='address, e.g. ["II", "3", "a"]')
    marker: str = Field(description='as printed: "I.", "a)", "-"')
    title: str = Field(description="the heading; of a long item its first 60 characters")
    text: str = Field(description="the node's own words after the marker, without its children")
    span: Span = Field(description="from the marker to the end of the last descendant")
    page: int | None = Field(None, description="1-based page on which it starts")
    confidence: Confidence = 1.0
    children: list[Section] = Field(default_factory=list, description="in reading order")

    def walk(self) -> Iterator[Section]:
        """The section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Preamble(Model):
    """The text between the title and the first heading (căn cứ, opening paragraph)."""

    text: str
    span: Span


class Reference(Model):
    """A mention of a law, decree, decision, plan … identified by number or name."""

    text: str = Field(description="kind, number and date as they stand")
    kind: str | None = Field(None, description='full name from the word, e.g. "Quyết định"')
    kind_from_code: str | None = Field(None, description="what the number's own code says")
    number: str | None = Field(None, description="as printed, spaces dropped")
    canonical_number: str | None = Field(None, description="spelled as the rules have it")
    date: str | None = Field(None, description="EDTF")
    issuer: str | None = Field(None, description="as named beside the mention")
    name: str | None = Field(None, description="name of a law or programme")
    key: str = Field(description="identity: kind, number or name, issuer, place, date")
    role: ReferenceRole = Field("cites", description="what this plan does with the document")
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

    id: str = Field(description='stable inside one province: "so-noi-vu@56"')
    name: str = Field(description="as first written")
    canonical: str = Field(description="abbreviation spelled out")
    kind: AgencyKind = Field(
        description="a body of its own, a definite class of bodies, an indefinite group"
    )
    level: AgencyLevel | None = Field(None, description="of administration")
    province: str | None = Field(None, description="statistics code at the document's date")
    parent: str | None = Field(None, description="id or name of the body it is a room of")
    mentions: list[Span] = Field(description="every place where it is named")
    successor: list[str] = Field(
        default_factory=list, description="today's successors, main one first"
    )
    confidence: Confidence = 1.0


class Quota(Model):
    """How much is owed per period: "ít nhất 01 tin/bài mỗi quý"."""

    comparator: Comparator = Field(description="at least, at most, exactly")
    count: float = Field(description="how many")
    unit: str = Field(description='what is counted: "tin/bài"')
    per: str | None = Field(None, description="ISO 8601 duration")


class Deadline(Model):
    """A time expression that binds or schedules a duty of this plan."""

    text: str = Field(description="as printed")
    kind: DeadlineKind = Field(description="which kind of value it has")
    value: str | None = Field(None, description="EDTF or ISO 8601 interval")
    earliest: str | None = Field(None, description="first day, ISO date")
    latest: str | None = Field(None, description="last day that keeps it, ISO date")
    relation: Literal["before", "no_later_than", "on", "within", "from"] | None = Field(
        None, description="how the words bind: trước, chậm nhất, ngày, trong, từ"
    )
    recurrence: str | None = Field(None, description="RFC 5545 RRULE")
    quota: Quota | None = Field(None, description="how much is owed in it")
    anchor: str | None = Field(None, description="what a relative deadline counts from")
    year_from: YearSource | None = Field(None, description="where the year was taken from")
    span: Span
    section: SectionPath
    confidence: Confidence = 1.0


class Target(Model):
    """A quantified goal: percentage, count or rank."""

    text: str = Field(description="as printed")
    value: float = Field(description="the number; of a range its lower bound")
    value_max: float | None = Field(None, description="upper bound of a range")
    unit: str | None = Field(None, description='"%", or what is counted: "bác sĩ/vạn dân"')
    comparator: Comparator = Field("=", description='"in" for ranks: trong nhóm 10 …')
    per: str | None = Field(None, description='period it counts for, ISO 8601: P1Y of "/năm"')
    subject: str | None = Field(None, description="what is to reach the value")
    span: Span
    section: SectionPath
    confidence: Confidence = 1.0


class Assignment(Model):
    """One role of one body in one task."""

    agency: str = Field(description="as written here")
    agency_id: str | None = Field(None, description="id in ``Plan.agencies``")
    role: AssignmentRole = Field(
        description="chủ trì, phối hợp, addressee, tham mưu, theo dõi, báo cáo ai, qua ai, kinh phí"
    )
    span: Span = Field(description="of the body's name")
    confidence: Confidence = 1.0


class Task(Model):
    """One duty: an item, a labelled block or a table row."""

    id: str = Field(description='"t1", "t2" … in reading order')
    section: SectionPath
    text: str
    span: Span
    assignments: list[Assignment] = Field(default_factory=list, description="who, in which role")
    deadlines: list[int] = Field(default_factory=list, description="indices in ``Plan.deadlines``")
    inherited_deadlines: list[int] = Field(
        default_factory=list, description="schedule of the section the task stands in"
    )
    targets: list[int] = Field(default_factory=list, description="indices in ``Plan.targets``")
    references: list[int] = Field(
        default_factory=list, description="indices in ``Plan.references``"
    )
    outputs: list[str] = Field(default_factory=list, description="products named (sản phẩm)")
    from_table: bool = Field(False, description="read from a row of a task table")


class AnnexColumn(Model):
    """A column of a task table and what it means."""

    name: str = Field(description="as printed")
    means: Literal["no", "task", "lead", "coordinate", "time", "output", "note", "other"] = Field(
        description="what its cells hold"
    )


class Annex(Model):
    """A task table as read, cells verbatim."""

    title: str | None = Field(None, description="of the annex it stands in")
    columns: list[AnnexColumn] = Field(description="from left to right")
    rows: list[list[str]] = Field(description="one string per column, empty for an empty cell")
    span: Span = Field(description="of the whole table")
    page: int | None = Field(None, description="1-based page on which it starts")


class Warning_(Model):
    """Something a person should look at; the codes are documented in ``docs/codes.md``."""

    code: str = Field(description="stable; programs may rely on it")
    message: str = Field(description="for people; may change")
    span: Span | None = Field(None, description="the words it is about, where there are any")
    page: int | None = Field(None, description="1-based")


class Check(Model):
    """What a person decided about one value; who, when and why stand in the log of corrections."""

    value: str = Field(description='address of the value: "deadline/1204-1226", "header/number"')
    verdict: Literal["accepted", "edited", "rejected", "added"] = Field(
        description="right as read, corrected, none at all, or not found by the reader"
    )
    machine: dict[str, Any] | None = Field(
        None, description="what was read, where that was edited or rejected"
    )
    span: Span | None = Field(None, description="the words it is about, where there are any")


class Plan(Model):
    """The record of one plan."""

    schema_version: str = Field(SCHEMA_VERSION, description="of the record's form")
    id: str = Field(description="first 16 hex digits of the source's SHA-256")
    source: Source = Field(description="the file, and what read it")
    text: str = Field(description="the whole clean text (NFC), the base of all spans")
    header: Header = Field(description="letterhead and signature block")
    attached: list[AttachedAct] = Field(
        default_factory=list, description="acts after the first: the plan behind a decision"
    )
    preamble: Preamble | None = Field(None, description="căn cứ and opening paragraph")
    sections: list[Section] = Field(default_factory=list, description="the outline's roots")
    references: list[Reference] = Field(
        default_factory=list, description="documents cited by number, laws by name; text order"
    )
    short_references: list[Reference] = Field(
        default_factory=list,
        description='forms that name no number: "Kế hoạch này", "Đề án 06"',
    )
    agencies: list[Agency] = Field(
        default_factory=list, description="organisations named in body and recipients"
    )
    deadlines: list[Deadline] = Field(
        default_factory=list, description="what binds or schedules a duty of this plan; text order"
    )
    targets: list[Target] = Field(default_factory=list, description="quantified goals; text order")
    tasks: list[Task] = Field(default_factory=list, description="who does what by when")
    annexes: list[Annex] = Field(default_factory=list, description="task tables")
    warnings: list[Warning_] = Field(
        default_factory=list, description="what a person should look at; text order"
    )
    checks: list[Check] = Field(
        default_factory=list, description="what people decided about values of this record"
    )

    def walk(self) -> Iterator[Section]:
        """All sections in reading order, each before what is below it."""
        for section in self.sections:
            yield from section.walk()

    def to_json(self) -> str:
        """The record as JSON, two-space indent, UTF-8 letters kept, newline at the end."""
        return self.model_dump_json(indent=2) + "\n"
