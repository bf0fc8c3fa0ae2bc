"""Tidy tables of the corpus: one row per thing, one column per fact, and what each column means.

In: a ``Store`` and, where wanted, a query.  Out: rows; ``TABLES`` is the data dictionary, and what
is exported, documented and given to pandas all reads it.

A query keeps the rows that stand in a passage it finds; of plans, those with such a passage.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.corpus.compiling import compile_query
from pipeline.corpus.plain import shown
from pipeline.corpus.query import parse
from pipeline.corpus.store import Store
from pipeline.errors import UsageError

Cell = str | int | float | None
Type = Literal["text", "integer", "number", "date", "yes/no"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the SQL it comes from, its type and meaning in both languages."""

    name: str
    sql: str
    type: Type
    help: str
    vi: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: of the table and its file.
        help, vi: what one row is.
        source: SQL after FROM.
        passage: SQL for the passage's number, or None for a table of plans or of the whole corpus.
        plan: SQL for the plan's number, or None for a table of the whole corpus.
        order: SQL after ORDER BY.
        columns: from left to right.
    """

    name: str
    help: str
    vi: str
    source: str
    passage: str | None
    plan: str | None
    order: str
    columns: tuple[Column, ...]


def _words(start: str, end: str) -> str:
    return f"substr(p.text, {start} + 1, {end} - {start})"


_RECORD = Column("record_id", "p.record_id", "text", "id of the plan's record", "mã hồ sơ")
_PROVINCE = Column("province", "p.province", "text", "province, named as then", "tỉnh, thành phố")
_NUMBER = Column("plan_number", "p.number", "text", "the plan's own number", "số văn bản")
_ISSUED = Column("issued_on", "p.issued_on", "date", "date of issue, may be coarser", "ngày ký")
_SECTION = Column("section", "s.path", "text", "address of the section", "mục")
_PAGE = Column("page", "a.page", "integer", "page, from 1", "trang")
_PASSAGE = Column("passage", "a.id", "integer", "number of the passage", "số đoạn")
_WHICH = (_RECORD, _PROVINCE, _NUMBER, _ISSUED)


def _confidence(alias: str) -> Column:
    return Column("confidence", f"{alias}.confidence / 100.0", "number", "0 to 1", "độ tin cậy")


def _text(alias: str) -> Column:
    return Column("text", _words(f"{alias}.start", f"{alias}.end"), "text", "as printed",
                  "nguyên văn")  # fmt: skip


def _span(alias: str) -> tuple[Column, Column, Column]:
    return (
        Column("start", f"{alias}.start", "integer", "first code point in the text", "vị trí đầu"),
        Column("end", f"{alias}.end", "integer", "one past the last code point", "vị trí cuối"),
        _confidence(alias),
    )


_SECTIONS = " LEFT JOIN sections s ON s.plan = a.plan AND s.place = a.section"
_JOIN = "JOIN passages a ON a.plan = {0}.plan AND a.place = {0}.passage"
_JOIN += " JOIN plans p ON p.id = a.plan" + _SECTIONS

TABLES: tuple[Table, ...] = (
    Table(
        "plans", "one plan", "một văn bản", "plans p", None, "p.id", "p.id",
        (
            _RECORD,
            Column("files", "(SELECT group_concat(name, '; ') FROM sources x WHERE x.plan = p.id)",
                   "text", "names of its files", "tên tệp"),
            Column("kind", "p.kind", "text", "kind, abbreviated", "loại văn bản"),
            Column("number", "p.number", "text", "its number", "số, ký hiệu"),
            _ISSUED,
            Column("title", "p.title", "text", "title (trích yếu)", "trích yếu"),
            Column("plan_period", "p.plan_period", "text", "period planned for, EDTF", "giai đoạn"),
            Column("issuer", "p.issuer", "text", "who issued it", "cơ quan ban hành"),
            _PROVINCE,
            Column("province_code", "p.province_code", "text", "its code then", "mã tỉnh"),
            Column("province_now", "p.province_now", "text", "the province today", "tỉnh hiện nay"),
            Column("province_now_code", "p.province_now_code", "text", "its code today",
                   "mã tỉnh hiện nay"),
            Column("signer", "p.signer", "text", "who signed", "người ký"),
            Column("signer_position", "p.signer_position", "text", "position", "chức vụ"),
            Column("media_type", "p.media_type", "text", "format of the file", "định dạng"),
            Column("characters", "length(p.text)", "integer", "length of the text", "số ký tự"),
            Column("sha256", "p.sha256", "text", "of the file", "mã băm của tệp"),
        ),
    ),
    Table(
        "passages", "one passage", "một đoạn",
        "passages a JOIN plans p ON p.id = a.plan" + _SECTIONS,
        "a.id", "a.plan", "a.plan, a.place",
        (
            _PASSAGE, *_WHICH,
            Column("kind", "a.kind", "text", "head, section, task, row …", "loại đoạn"),
            _SECTION, _PAGE,
            Column("text", _words("a.start", "a.end"), "text", "its words", "nội dung"),
            *_span("a")[:2],
        ),
    ),
    Table(
        "tasks", "one duty", "một nhiệm vụ", "tasks t " + _JOIN.format("t"), "a.id", "a.plan",
        "t.plan, t.place",
        (
            Column("task", "t.place", "integer", "place in the record's list, from 0", "số thứ tự"),
            _PASSAGE, *_WHICH,
            Column("section", "coalesce(t.section_path, s.path)", "text",
                   "address of the section", "mục"),
            _PAGE,
            Column("text", _words("t.start", "t.end"), "text", "its words", "nội dung"),
            Column("outputs", "t.outputs", "text", "products named", "sản phẩm"),
            Column("from_table", "t.from_table", "yes/no", "read from a table row", "từ bảng"),
            *_span("t")[:2],
        ),
    ),
    Table(
        "assignments", "one role of one body in one duty", "một vai trò của một cơ quan",
        "assignments g JOIN bodies b ON b.id = g.body " + _JOIN.format("g"), "a.id", "a.plan",
        "g.plan, g.task, g.place",
        (
            Column("task", "g.task", "integer", "the duty: its place", "nhiệm vụ"),
            _PASSAGE, *_WHICH, _SECTION, _PAGE,
            Column("agency", "b.name", "text", "the body, one spelling for all plans", "cơ quan"),
            Column("agency_text", _words("g.start", "g.end"), "text", "as printed", "nguyên văn"),
            Column("role", "g.role", "text", "role of the record", "vai trò"),
            *_span("g"),
        ),
    ),
    Table(
        "deadlines", "one deadline", "một thời hạn", "deadlines d " + _JOIN.format("d"),
        "a.id", "a.plan", "d.plan, d.place",
        (
            Column("deadline", "d.place", "integer", "place in the record's list, from 0",
                   "số thứ tự"),
            _PASSAGE, *_WHICH, _SECTION, _PAGE,
            _text("d"),
            Column("kind", "d.kind", "text", "due, within, recurring …", "loại thời hạn"),
            Column("value", "d.value", "text", "EDTF or ISO 8601 interval", "giá trị"),
            Column("earliest", "d.earliest", "date", "first day", "ngày đầu"),
            Column("latest", "d.latest", "date", "last day that keeps it", "ngày cuối"),
            Column("relation", "d.relation", "text", "how the words bind", "quan hệ"),
            Column("recurrence", "d.recurrence", "text", "RFC 5545 rule", "lặp lại"),
            Column("anchor", "d.anchor", "text", "what a relative one counts from", "mốc tính"),
            Column("year_from", "d.year_from", "text", "where the year is from", "nguồn của năm"),
            Column("quota_comparator", "d.quota_comparator", "text", "of a quota", "so sánh"),
            Column("quota_count", "d.quota_count", "number", "how many are owed", "số lượng"),
            Column("quota_unit", "d.quota_unit", "text", "what is counted", "đơn vị"),
            Column("quota_per", "d.quota_per", "text", "ISO 8601 duration", "mỗi kỳ"),
            *_span("d"),
        ),
    ),
    Table(
        "task_deadlines", "one deadline of one duty", "một thời hạn của một nhiệm vụ",
        "task_deadlines x JOIN tasks t ON t.plan = x.plan AND t.place = x.task "
        + _JOIN.format("t"), "a.id", "a.plan", "x.plan, x.task, x.deadline",
        (
            _RECORD,
            Column("task", "x.task", "integer", "the duty: its place", "nhiệm vụ"),
            Column("deadline", "x.deadline", "integer", "the deadline: its place", "thời hạn"),
            Column("inherited", "x.inherited", "yes/no", "the section's schedule", "từ mục"),
        ),
    ),
    Table(
        "targets", "one quantified goal", "một chỉ tiêu", "targets t " + _JOIN.format("t"),
        "a.id", "a.plan", "t.plan, t.place",
        (
            _PASSAGE, *_WHICH, _SECTION, _PAGE,
            _text("t"),
            Column("subject", "t.subject", "text", "what is to reach it", "đối tượng"),
            Column("comparator", "t.comparator", "text", "=, >=, <= or in", "so sánh"),
            Column("value", "t.value", "number", "the number", "giá trị"),
            Column("value_max", "t.value_max", "number", "upper bound of a range", "giá trị cao"),
            Column("unit", "t.unit", "text", "% or what is counted", "đơn vị"),
            Column("per", "t.per", "text", "ISO 8601 duration", "mỗi kỳ"),
            *_span("t"),
        ),
    ),
    Table(
        "agencies", "one body in one plan", "một cơ quan trong một văn bản",
        "agencies g JOIN bodies b ON b.id = g.body JOIN plans p ON p.id = g.plan", None, "g.plan",
        "g.plan, g.place",
        (
            *_WHICH,
            Column("place", "g.place", "integer", "place in the record's list, from 0",
                   "số thứ tự"),
            Column("agency", "b.name", "text", "the body, one spelling for all plans", "cơ quan"),
            Column("name", "coalesce(g.name, b.name)", "text", "as first written",
                   "tên trong văn bản"),
            Column("kind", "coalesce(g.kind, b.kind)", "text", "named, collective or generic",
                   "loại"),
            Column("level", "coalesce(g.level, b.level)", "text", "of administration", "cấp"),
            Column("successors", "g.successors", "text", "today's successors", "cơ quan kế thừa"),
            Column("mentions", "json_array_length(g.passages)", "integer", "times named",
                   "số lần nêu"),
            _confidence("g"),
        ),
    ),
    Table(
        "citations", "one citation: an edge of the graph", "một viện dẫn",
        "citations c LEFT JOIN documents d ON d.id = c.document"
        " LEFT JOIN document_identity i ON i.document = c.document "
        + _JOIN.format("c"), "a.id", "a.plan", "c.plan, c.place",
        (
            Column("citation", "c.place", "integer", "place in the record's lists, from 0",
                   "số thứ tự"),
            Column("document", "'d' || i.identity", "text", "the cited document", "văn bản"),
            Column("resolved", "coalesce(i.resolved, CASE WHEN c.is_self THEN 'self'"
                   " ELSE 'unresolved' END)", "text", "how the document was told", "cách xác định"),
            _PASSAGE, *_WHICH, _SECTION, _PAGE,
            Column("role", "c.role", "text", "what the plan does with it", "vai trò"),
            _text("c"),
            Column("kind", "coalesce(c.kind, d.kind)", "text", "of the document", "loại văn bản"),
            Column("number", "coalesce(c.number, d.number)", "text", "its number", "số, ký hiệu"),
            Column("name", "coalesce(c.name, d.name)", "text", "of a law or programme", "tên"),
            Column("date", "c.date", "date", "as cited, EDTF", "ngày"),
            Column("issuer", "coalesce(c.issuer, d.issuer)", "text", "who issued it",
                   "cơ quan ban hành"),
            Column("pinpoint", "c.pinpoint", "text", "article, clause", "điều, khoản"),
            *_span("c"),
        ),
    ),
    Table(
        "documents", "one cited document: a node of the graph", "một văn bản được viện dẫn",
        "documents d JOIN document_identity i ON i.document = d.id AND i.identity = d.id",
        None, None, "d.id",
        (
            Column("document", "'d' || d.id", "text", "number of the node", "mã"),
            Column("kind", "d.kind", "text", "kind", "loại văn bản"),
            Column("number", "d.number", "text", "number", "số, ký hiệu"),
            Column("name", "d.name", "text", "of a law", "tên"),
            Column("place", "d.place", "text", "province the number counts in, folded", "địa bàn"),
            Column("year", "d.year", "integer", "year of the document", "năm"),
            Column("citations", "(SELECT count(*) FROM citations c JOIN document_identity j"
                   " ON j.document = c.document WHERE j.identity = d.id)", "integer",
                   "how often it is cited", "số lần viện dẫn"),
            Column("plans", "(SELECT count(DISTINCT c.plan) FROM citations c JOIN document_identity"
                   " j ON j.document = c.document WHERE j.identity = d.id)", "integer",
                   "by how many plans", "số văn bản viện dẫn"),
        ),
    ),
    Table(
        "warnings", "one thing to look at", "một cảnh báo",
        "warnings w JOIN plans p ON p.id = w.plan", None, "w.plan", "w.plan, w.place",
        (
            *_WHICH,
            Column("code", "w.code", "text", "documented code", "mã"),
            Column("message", "w.message", "text", "for people", "nội dung"),
            Column("page", "w.page", "integer", "page, from 1", "trang"),
            Column("start", "w.start", "integer", "first code point", "vị trí đầu"),
            Column("end", "w.end", "integer", "one past the last", "vị trí cuối"),
        ),
    ),
)  # fmt: skip

BY_NAME = {table.name: table for table in TABLES}


def table_named(name: str) -> Table:
    """A table of the dictionary.

    Raises:
        UsageError: there is none of that name.
    """
    found = BY_NAME.get(name)
    if found is None:
        raise UsageError(f"there is no table {shown(name, 40)}; tables are {', '.join(BY_NAME)}.")
    return found


def rows(store: Store, table: Table, query: str = "") -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, in its order, read as they are needed.

    Args:
        store: open.
        table: one of ``TABLES``.
        query: keep what stands in a passage that it finds; "" for everything.

    Raises:
        QueryError: the query is not understood.
    """
    with store.snapshot() as connection:
        yield from _select(connection, table, query)


def _select(connection: sqlite3.Connection, table: Table, query: str) -> sqlite3.Cursor:
    columns = ", ".join(f"{column.sql} AS {column.name}" for column in table.columns)
    sql = f"SELECT {columns} FROM {table.source}"
    asked = compile_query(parse(query))
    parameters: list[str | int | float] = []
    if (asked.match or asked.conditions) and table.plan:
        # Passages are numbered by plan, so the hits themselves say which plans they are of.
        if asked.match:
            found = f"SELECT rowid FROM words WHERE words MATCH ? AND {asked.where('words.rowid')}"
            parameters = [asked.match, *asked.parameters]
        else:
            found = f"SELECT id FROM passages WHERE {asked.where('passages.id')}"
            parameters = [*asked.parameters]
        if table.passage:
            sql += f" WHERE {table.passage} IN ({found})"
        else:
            column = "rowid" if asked.match else "id"
            found = found.replace(f"SELECT {column}", f"SELECT {column} >> 16", 1)
            sql += f" WHERE {table.plan} IN ({found})"
    return connection.execute(f"{sql} ORDER BY {table.order}", parameters)
