"""The corpus in files that other programs read: JSONL, CSV, Parquet, XLSX.

In: a ``Store``, a format, a place.  Out: files, each written beside its place and renamed when
whole.

JSONL is the records themselves.  The other three are the tidy tables of ``tables`` with the data
dictionary beside or inside.  Text of strangers stays text: no cell of a workbook is taken for a
formula, and a CSV cell that a spreadsheet would run begins with an apostrophe.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.corpus.compiling import compile_query
from pipeline.corpus.packing import unpack
from pipeline.corpus.plain import cell, lines
from pipeline.corpus.query import parse
from pipeline.corpus.store import Store
from pipeline.corpus.tables import TABLES, Cell, Table, rows
from pipeline.errors import CannotWrite, UsageError

if TYPE_CHECKING:
    import pyarrow

    from models import Plan

Format = Literal["jsonl", "csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
_BATCH = 20_000
_SHEET_ROWS = 1_048_575
_CELL_CHARACTERS = 32_767
_DICTIONARY = ("table", "column", "type", "meaning", "nghĩa")


def export(
    store: Store,
    target: Path,
    form: Format,
    *,
    query: str = "",
    tables: Sequence[Table] = TABLES,
) -> list[Path]:
    """Write the corpus, or what a query finds of it.

    Args:
        store: open.
        target: a file for jsonl and xlsx, a folder for csv and parquet.
        form: the format.
        query: which passages (of jsonl: the plans with such a passage); "" for all.
        tables: which tables; all by default.  Not for jsonl.

    Returns:
        The files written.

    Raises:
        QueryError: the query is not understood.
        UsageError: no such format, or more rows than a sheet can hold.
        CannotWrite: the place cannot be written.
    """
    if form not in FORMATS:
        raise UsageError(f"formats are {', '.join(FORMATS)}.")
    parse(query)
    try:
        if form == "jsonl":
            return [_jsonl(store, target, query)]
        if form == "xlsx":
            with store.snapshot():
                return [_workbook(store, target, query, tables)]
        target.mkdir(parents=True, exist_ok=True)
        write = _csv if form == "csv" else _parquet
        with store.snapshot():  # all tables of one state, whoever writes meanwhile
            files = [write(store, target, query, table) for table in tables]
        return [*files, _dictionary(target, tables)]
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written: {error.strerror}.",
            next_step="Make room, or name another place.",
        ) from error


def records(store: Store, query: str = "") -> Iterator[Plan]:
    """The records of the corpus, or of the plans with a passage that a query finds; by number.

    People's corrections are laid over them.
    """
    asked = compile_query(parse(query))
    sql, parameters = (
        "SELECT coalesce((SELECT c.record FROM corrected c WHERE c.plan = plans.id), record), text"
        " FROM plans",
        [],
    )
    if asked.match:
        sql += (
            " WHERE id IN (SELECT rowid >> 16 FROM words"
            f" WHERE words MATCH ? AND {asked.where('words.rowid')})"
        )
        parameters = [asked.match, *asked.parameters]
    elif asked.conditions:
        sql += f" WHERE id IN (SELECT plan FROM passages WHERE {asked.where('passages.id')})"
        parameters = [*asked.parameters]
    with store.snapshot() as connection:
        for record, text in connection.execute(f"{sql} ORDER BY id", parameters):
            yield unpack(record, text)


def dictionary_rows(tables: Sequence[Table] = TABLES) -> list[tuple[str, str, str, str, str]]:
    """The data dictionary: table, column, type, meaning in English and Vietnamese."""
    return [
        (table.name, column.name, column.type, column.help, column.vi)
        for table in tables
        for column in table.columns
    ]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place beside ``path`` to write to, renamed to it when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".kehoach-{os.getpid()}-{path.name}.part")
    try:
        yield part
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _jsonl(store: Store, path: Path, query: str) -> Path:
    with whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for plan in records(store, query):
            file.write(plan.model_dump_json() + "\n")
    return path


def _csv(store: Store, folder: Path, query: str, table: Table) -> Path:
    path = folder / f"{table.name}.csv"
    with whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        for row in rows(store, table, query):
            writer.writerow([cell(lines(each)) if isinstance(each, str) else each for each in row])
    return path


def _dictionary(folder: Path, tables: Sequence[Table]) -> Path:
    path = folder / "data_dictionary.csv"
    with whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_DICTIONARY)
        writer.writerows(dictionary_rows(tables))
    return path


def arrow_schema(table: Table) -> pyarrow.Schema:
    """The Parquet schema: dates stay text, since they may be coarser than a day."""
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "date": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "yes/no": pyarrow.bool_(),
    }
    return pyarrow.schema(
        [
            pyarrow.field(column.name, types[column.type], metadata={"meaning": column.help})
            for column in table.columns
        ]
    )


def _parquet(store: Store, folder: Path, query: str, table: Table) -> Path:
    import pyarrow
    from pyarrow import parquet

    path = folder / f"{table.name}.parquet"
    schema = arrow_schema(table)
    convert = [converter(column.type) for column in table.columns]
    with whole(path) as part, parquet.ParquetWriter(part, schema) as writer:

        def flush(batch: list[tuple[Cell, ...]]) -> None:
            columns = zip(*batch, strict=True) if batch else ([] for _ in convert)
            arrays = [
                pyarrow.array([make(each) for each in column], type=field.type)
                for make, column, field in zip(convert, columns, schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))

        batch: list[tuple[Cell, ...]] = []
        for row in rows(store, table, query):
            batch.append(row)
            if len(batch) >= _BATCH:
                flush(batch)
                batch = []
        flush(batch)
    return path


def converter(kind: str) -> Callable[[Cell], object]:
    """From what SQLite keeps to what a typed column holds."""
    if kind == "yes/no":
        return lambda value: None if value is None else bool(value)
    if kind == "integer":
        return lambda value: None if value in (None, "") else int(value)
    if kind == "number":
        return lambda value: None if value is None else float(value)
    return lambda value: None if value is None else str(value)


def _workbook(store: Store, path: Path, query: str, tables: Sequence[Table]) -> Path:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with whole(path) as part:
        book = xlsxwriter.Workbook(str(part), options)
        try:
            bold = book.add_format({"bold": True})
            first = book.add_worksheet("Đọc trước - Read first")
            for place, line in enumerate(_read_first(store, query)):
                first.write_string(place, 0, line)
            first.set_column(0, 0, 110)
            for table in tables:
                sheet = book.add_worksheet(table.name)
                for place, column in enumerate(table.columns):
                    sheet.write_string(0, place, column.name, bold)
                    sheet.set_column(place, place, 60 if column.name == "text" else 16)
                sheet.freeze_panes(1, 0)
                last = 0
                for last, row in enumerate(rows(store, table, query), 1):
                    if last > _SHEET_ROWS:
                        raise UsageError(
                            f"{table.name} has more rows than a sheet holds ({_SHEET_ROWS}).",
                            next_step="Export CSV or Parquet, or narrow it with --query.",
                        )
                    for place, each in enumerate(row):
                        if isinstance(each, str):
                            sheet.write_string(last, place, lines(each)[:_CELL_CHARACTERS])
                        elif each is not None:
                            sheet.write_number(last, place, each)
                sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
            sheet = book.add_worksheet("data_dictionary")
            for line_, entry in enumerate([_DICTIONARY, *dictionary_rows(tables)]):
                for place, each in enumerate(entry):
                    sheet.write_string(line_, place, each, *([bold] if not line_ else []))
            sheet.freeze_panes(1, 0)
        finally:
            book.close()
    return path


def _read_first(store: Store, query: str) -> list[str]:
    with store.snapshot() as connection:
        plans = connection.execute("SELECT count(*) FROM plans").fetchone()[0]
        versions = connection.execute(
            "SELECT pipeline, count(*) FROM plans GROUP BY pipeline ORDER BY pipeline"
        ).fetchall()
    return [
        "Kho kế hoạch: mỗi bảng một trang, mỗi dòng một sự việc, nghĩa của cột ở trang cuối.",
        "A corpus of plans: a sheet per table, one row per thing; the last sheet is a dictionary.",
        f"Văn bản trong kho / plans in the corpus: {plans}",
        f"Câu tìm / query: {query or '(tất cả / all)'}",
        *(f"kehoach {version}: {count} văn bản / plans" for version, count in versions),
        "Giá trị có độ tin cậy (confidence) thấp cần người xem lại."
        " Values of low confidence should be checked by a person.",
        f"Ô dài hơn {_CELL_CHARACTERS} ký tự bị cắt ở đây; CSV và Parquet giữ nguyên."
        " Longer cells are cut in this format only.",
    ]
