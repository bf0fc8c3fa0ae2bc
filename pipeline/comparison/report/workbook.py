"""The workbook: a sheet per view, everything in it, every cell one click from its sentence.

In: a ``Comparison``, a path.  Out: an XLSX file, written beside its place and renamed when whole.

Text of strangers stays text: it is always written as a string, so that nothing that begins like a
formula is one and no address becomes a link.  Links lead only to other cells of the same file.
Rows are written as they come and are not kept, so that thousands of plans fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from pipeline.comparison.report import findings
from pipeline.comparison.report.places import Places, places
from pipeline.comparison.report.speech import Speech
from pipeline.comparison.report.tables import EMPTY, Cell, Column, Proof, Quote, Table
from pipeline.comparison.report.views import VIEWS, view
from pipeline.comparison.report.views_change import quotations
from pipeline.comparison.results import Comparison
from pipeline.comparison.wording import Language
from pipeline.corpus.exporting import whole
from pipeline.errors import CannotWrite

# Bounds of the format.
ROWS, CHARACTERS, NAME, LINKS = 1_048_576, 32_767, 31, 65_000
# A chart with more bars than this says nothing.
_BARS = 60
_HEAD = 3
# Characters: narrower is a sign, wider a text to read.
_SLIM, _LONG = 6, 30
_LINE, _TALLEST, _UPRIGHT = 13.5, 400, 120
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_COLOURS = {"ink": "#123F73", "paper": "#EEF3F9", "low": "#FFF1DC", "lowink": "#8A3B00"}


def write(comparison: Comparison, path: Path, language: Language = "vi") -> None:
    """Write the workbook.

    Args:
        comparison: what to show.
        path: the file; its folder is made.
        language: "vi" or "en".

    Raises:
        CannotWrite: the place cannot be written.
    """
    try:
        # Its sheets wait in files of their own, which a failure would leave behind elsewhere.
        with whole(path) as part, TemporaryDirectory() as waiting:
            _Book(comparison, Speech(language), part, waiting).write()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise CannotWrite(
            f"{path} cannot be written.", next_step="Make room, close the file, or name another."
        ) from error


@dataclass(frozen=True, slots=True)
class _Placed:
    """A column of a sheet: column ``place`` of the table, or the arrow to its sentences."""

    place: int
    column: Column
    arrow: bool = False
    linked: bool = False

    @property
    def slim(self) -> bool:
        """It holds a number or a sign of one place."""
        return self.column.place and self.column.width <= _SLIM

    @property
    def wraps(self) -> bool:
        return not self.slim and not self.arrow

    @property
    def width(self) -> float:
        return 3.5 if self.arrow else self.column.width


class _Book:
    def __init__(self, comparison: Comparison, say: Speech, path: Path, waiting: str) -> None:
        self.c, self.say = comparison, say
        self.side: Places = places(comparison, say)
        self.book = xlsxwriter.Workbook(
            path,
            {
                "constant_memory": True,
                "tmpdir": waiting,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        # The same comparison gives the same file.
        self.book.set_properties(
            {"title": say("report.title"), "author": "kehoach", "created": datetime(2020, 1, 1)}
        )
        self.names: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        self.quotes: dict[Quote, int] = {}
        self.left: list[str] = []
        self.formats: dict[tuple[Any, ...], Any] = {}

    def write(self) -> None:
        say = self.say
        first = self.book.add_worksheet(self._name("read-first", say("sheet.read-first")))
        tables = []
        for key in VIEWS:
            table = view(key, self.c, say, self.side)
            if table.rows or key == "sentences":
                tables.append((table, self.book.add_worksheet(self._name(key, table.title))))
        for table, sheet in tables:
            if table.key == "sentences":
                table.rows += quotations(say, self.c, list(self.quotes))
            self._sheet(table, sheet)
        self._opening(first, [table for table, _ in tables])
        self.book.close()

    def _name(self, key: str, title: str) -> str:
        """A sheet's name within the bounds of the format, unlike every other."""
        short = self.say(f"sheet.{key}") if self.say.knows(f"sheet.{key}") else title
        name = short.translate(_FORBIDDEN).strip()[:NAME]
        assert name.casefold() not in {other.casefold() for other in self.names.values()}
        self.names[key] = name
        return name

    def _format(self, **wanted: object) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            base = {"valign": "top", "font_name": "Calibri", "font_size": 10}
            self.formats[key] = self.book.add_format(base | wanted)
        return self.formats[key]

    def _sheet(self, table: Table, sheet: Any) -> None:
        room = ROWS - _HEAD - 1
        rows = table.rows[:room]
        if len(table.rows) > room:
            lost = self.say.integer(len(table.rows) - room)
            words = self.say("report.too-many", n=self.say.integer(room), left=lost)
            self.left.append(f"{table.title}: {words}")
        columns = list(_layout(table))
        self._link(sheet, 0, 0, "read-first", 0, self.say("report.back"))
        self._string(sheet, 1, 0, table.title, self._format(bold=True, font_size=14))
        self._string(sheet, 2, 0, table.note, self._format(italic=True, font_color="#51606F"))
        self._heads(sheet, columns)
        links = 1
        for number, row in enumerate(rows):
            at_row = _HEAD + 1 + number
            height = _height([(row[each.place].text, each.width) for each in columns if each.wraps])
            if height > _LINE:
                sheet.set_row(at_row, height)
            for at, each in enumerate(columns):
                if row[each.place] is not EMPTY:
                    links += self._cell(sheet, at_row, at, row[each.place], each, links)
        last = _HEAD + len(rows)
        self.rows[table.key] = len(rows)
        if rows:
            sheet.autofilter(_HEAD, 0, last, len(columns) - 1)
        kept = 0 if table.key in ("passages", "years", "sentences") else 1 + columns[0].arrow
        sheet.freeze_panes(_HEAD + 1, kept)
        where = [at for at, each in enumerate(columns) if each.column.place]
        if table.heat and rows and where:
            sheet.conditional_format(
                _HEAD + 1, where[0], last, where[-1],
                {"type": "2_color_scale", "min_color": "#DCEAF7", "max_color": "#7FB2DD"},
            )  # fmt: skip
        self._paper(sheet)
        sheet.repeat_rows(_HEAD)
        sheet.set_footer("&L&A&R&P / &N")
        if rows and table.key == "borrowed":
            self._bars(sheet, table, last)
        if rows and table.key == "months":
            self._months(sheet, table, last)

    def _heads(self, sheet: Any, columns: Sequence[_Placed]) -> None:
        look = {
            "bold": True, "bg_color": _COLOURS["ink"], "font_color": "#FFFFFF", "border": 1,
            "border_color": "#FFFFFF",
        }  # fmt: skip
        upright = not self.side.roomy and any(each.slim for each in columns)
        sheet.set_row(_HEAD, _UPRIGHT if upright else 2 * _LINE + 2)
        for at, each in enumerate(columns):
            turned = upright and each.slim
            width = each.width if not each.slim else 4.5 if turned else 13
            sheet.set_column(at, at, width)
            style = self._format(**look, **({"rotation": 90} if turned else {"text_wrap": True}))
            self._string(sheet, _HEAD, at, "→" if each.arrow else each.column.title, style)

    @staticmethod
    def _paper(sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _bars(self, sheet: Any, table: Table, last: int) -> None:
        """A picture of the shares beside the table."""
        name = self.names[table.key]
        end = min(last, _HEAD + _BARS)
        chart = self.book.add_chart({"type": "bar"})
        for column, colour in ((1, "#BFD9F0"), (2, "#2B6FAE")):
            chart.add_series(
                {
                    "name": [name, _HEAD, column],
                    "categories": [name, _HEAD + 1, 0, end, 0],
                    "values": [name, _HEAD + 1, column, end, column],
                    "fill": {"color": colour},
                    "gap": 40,
                }
            )
        chart.set_title({"name": self.say("report.borrowed"), "name_font": {"size": 11}})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"num_format": "0%", "max": 1, "min": 0, "label_position": "low"})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 620, "height": 120 + 26 * (end - _HEAD)})
        sheet.insert_chart(_HEAD, 7, chart)

    def _months(self, sheet: Any, table: Table, last: int) -> None:
        """A picture of the deadlines below the table."""
        name = self.names[table.key]
        chart = self.book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": table.columns[2].title,
                "categories": [name, _HEAD + 1, 0, last, 0],
                "values": [name, _HEAD + 1, 2, last, 2],
                "fill": {"color": "#2B6FAE"},
                "gap": 40,
            }
        )
        chart.set_title({"name": table.title, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_size({"width": 900, "height": 300})
        sheet.insert_chart(last + 2, 0, chart)

    def _cell(self, sheet: Any, row: int, at: int, cell: Cell, placed: _Placed, links: int) -> int:
        """Write a cell; 1 where it took a link."""
        style = self._style(cell, placed)
        linked = 0
        target = self._target(cell) if placed.linked or placed.arrow else None
        if target is not None and cell.text and links < LINKS:
            words = "→" if placed.arrow else cell.text
            self._link(sheet, row, at, "sentences", target, words, style)
            linked = 1
        if placed.arrow:
            return linked
        if cell.form == "day" and cell.day is not None and cell.day.year >= 1900:
            sheet.write_datetime(row, at, datetime.combine(cell.day, datetime.min.time()), style)
        elif cell.form in ("number", "share", "count") and cell.value is not None:
            sheet.write_number(row, at, cell.value, style)
        elif any(unlike for _, unlike in cell.runs) and len(cell.text) <= CHARACTERS:
            self._rich(sheet, row, at, cell, style)
        elif cell.text:
            self._string(sheet, row, at, cell.text, style)
        return linked

    def _style(self, cell: Cell, placed: _Placed) -> Any:
        wanted: dict[str, object] = {"text_wrap": placed.wraps}
        mark = '" ?"' if cell.low else ""
        if placed.arrow or placed.slim:
            wanted["align"] = "center"
        if placed.arrow:
            return self._format(**wanted, font_color="#0B4A8F")
        if cell.form == "share":
            wanted["num_format"] = f"0%{mark}"
        elif cell.form == "count":
            wanted["num_format"] = f"0{mark}"
        elif cell.form == "number":
            wanted["num_format"] = f"#,##0.##{mark}" if (cell.value or 0) % 1 else f"#,##0{mark}"
        elif cell.form == "day" and cell.day is not None:
            wanted["num_format"] = "dd/mm/yyyy" if self.say.language == "vi" else "yyyy-mm-dd"
            wanted["align"] = "left"
        if cell.low:
            wanted |= {"bg_color": _COLOURS["low"], "font_color": _COLOURS["lowink"]}
        elif cell.differs:
            wanted |= {"bold": True, "font_color": _COLOURS["lowink"]}
        return self._format(**wanted)

    def _rich(self, sheet: Any, row: int, at: int, cell: Cell, style: Any) -> None:
        """A text whose differing words stand out."""
        loud = self._format(bold=True, font_color="#B3261E", underline=1)
        parts: list[Any] = []
        for words, unlike in cell.runs:
            parts += [loud, words] if unlike else [words]
        if len(cell.runs) == 1:
            sheet.write_string(row, at, cell.text, loud)
        else:
            sheet.write_rich_string(row, at, *parts, style)

    def _target(self, cell: Cell) -> int | None:
        """The row of the first sentence behind a cell, counted from the sheet's first row."""
        proofs: Sequence[Proof] = cell.proofs or next((p for _, p in cell.parts if p), ())
        if not proofs:
            return None
        proof = proofs[0]
        if isinstance(proof, int):
            return _HEAD + 1 + proof
        place = self.quotes.setdefault(proof, len(self.quotes))
        return _HEAD + 1 + len(self.c.items) + place

    def _link(
        self, sheet: Any, row: int, at: int, key: str, target: int, words: str, style: Any = None
    ) -> None:
        if target >= ROWS:
            return
        place = f"internal:'{self.names[key]}'!A{target + 1}"
        style = style or self._format(font_color="#0B4A8F", underline=1)
        sheet.write_url(row, at, place, style, words[:250])

    @staticmethod
    def _string(sheet: Any, row: int, at: int, text: str, style: Any) -> None:
        sheet.write_string(row, at, text[:CHARACTERS], style)

    def _opening(self, sheet: Any, tables: Sequence[Table]) -> None:
        c, say = self.c, self.say
        wrap = self._format(text_wrap=True, font_size=11)
        bold = self._format(bold=True, font_size=13, font_color=_COLOURS["ink"])
        warn = self._format(text_wrap=True, font_size=11, bg_color=_COLOURS["low"])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, 2, 96)
        row = 0

        def line(text: str, style: Any, height: float = 0) -> None:
            nonlocal row
            if len(text) > 130:
                sheet.set_row(row, 15.5 * (1 + len(text) // 125))
            elif height:
                sheet.set_row(row, height)
            sheet.merge_range(row, 0, row, 2, "", style)
            self._string(sheet, row, 0, text, style)
            row += 1

        line(
            findings.title(c, say, self.side),
            self._format(bold=True, font_size=18, font_color=_COLOURS["ink"]),
            27,
        )
        line(findings.scope(c, say, self.side), wrap)
        row += 1
        line(say("report.summary"), bold)
        for finding in findings.findings(c, say, self.side):
            line(f"• {finding.text}", wrap)
        row += 1
        line(say("report.mistrust"), bold)
        for doubt in [*findings.doubts(c, say), *self.left, say("report.made-by")]:
            line(f"• {doubt}", warn)
        line(f"• {say('report.sheet-signs')}", warn)
        line(findings.method(c, say), self._format(text_wrap=True, font_color="#51606F"))
        row += 1
        head = self._format(bold=True, bg_color=_COLOURS["ink"], font_color="#FFFFFF")
        for at, key in enumerate(("report.sheet", "report.rows", "report.about")):
            self._string(sheet, row, at, say(key), head)
        row += 1
        for table in tables:
            self._link(sheet, row, 0, table.key, 0, self.names[table.key])
            sheet.set_row(row, _LINE * (1 + len(table.note) // 105))
            sheet.write_number(row, 1, self.rows[table.key], self._format(num_format="#,##0"))
            self._string(sheet, row, 2, table.note, self._format(text_wrap=True))
            row += 1
        sheet.hide_gridlines(2)
        self._paper(sheet)
        sheet.activate()
        sheet.set_first_sheet()


def _layout(table: Table) -> Iterator[_Placed]:
    """The columns of a sheet: those of the table without pictures, with arrows before long texts.

    A linked text is not wrapped by LibreOffice, so long texts leave their link to an arrow.
    """
    for place, column in enumerate(table.columns):
        if column.picture:
            continue
        linked = any(row[place].proofs or row[place].parts for row in table.rows)
        if linked and column.width >= _LONG:
            yield _Placed(place, column, arrow=True)
        yield _Placed(place, column, linked=linked and column.width < _LONG)


def _height(cells: Sequence[tuple[str, float]]) -> float:
    """Points that the longest text of a row needs; programs do not measure rows when they open."""
    lines = max(
        (
            sum(1 + int(len(part) / (1.2 * width)) for part in text.split("\n"))
            for text, width in cells
            if text
        ),
        default=1,
    )
    return float(min(_LINE * lines, _TALLEST))
