"""HTML → ``RawDocument``.

In: the page's bytes.  Out: one raw line per block element or ``<br>``, tables as cells, layout
tables (letterhead, signature block) column by column; scripts, styles and menus are left out.  The
charset that the page declares is believed only if the bytes decode in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import lxml.html
from lxml import etree

from pipeline.errors import EmptyFile
from pipeline.reading import encodings, tabular
from pipeline.reading.document import Notice, RawDocument, RawLine

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_LEFT_OUT = {
    "script", "style", "head", "noscript", "template", "nav", "button", "select", "svg", "iframe",
    "object", "del", "math", "form",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "label",
    "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "wbr", "o:p",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_DEPTH = 200
_DIGITS = 9


def read(data: bytes) -> RawDocument:
    """Read an HTML page.

    Args:
        data: the whole file.

    Raises:
        UnknownFormat: the bytes are no text.
        EmptyFile: the page has no body.
    """
    text, notices = _decode(data)
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise EmptyFile("The page has no content.") from None
    body = root.find("body")
    reader = _Reader()
    reader.block(body if body is not None else root, None)
    reader.end_line(None)
    return RawDocument(
        lines=reader.lines,
        pages=[(None, None, "html")],
        notices=notices,
        engines={"lxml": version("lxml")},
    )


def _decode(data: bytes) -> tuple[str, list[Notice]]:
    match = _CHARSET.search(data[:4096])
    name = match.group(1).decode("ascii") if match else None
    if name and name.lower() in ("utf-8", "utf8", "utf-16", "windows-1258", "cp1258"):
        text = encodings.declared(data, name)
        if text is not None:
            return text.lstrip("\ufeff"), []
    return encodings.decode(data)


@dataclass(slots=True)
class _Reader:
    lines: list[RawLine] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    tables: int = 0
    items: dict[Any, int] = field(default_factory=dict)  # list → items so far
    broken: bool = False  # the line that is being collected began behind a <br>

    def end_line(self, cell: tuple[int, int, int] | None, *, soft: bool = False) -> None:
        """Finish the line that is being collected."""
        text = _SPACE.sub(" ", "".join(self.parts)).strip(" ")
        self.parts.clear()
        if text:
            first = text.lstrip("(“\"'")[:1]
            joins = None if self.broken and first.islower() else False
            self.lines.append(RawLine(text, joins=joins, cell=cell))
        self.broken = soft

    def block(self, node: Any, cell: tuple[int, int, int] | None, depth: int = 0) -> None:
        """The content of an element, in order."""
        if node.text:
            self.parts.append(node.text)
        for child in node.iterchildren():
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag and tag not in _LEFT_OUT and depth < _DEPTH and not _hidden(child):
                self._element(child, tag, cell, depth)
            if child.tail:
                self.parts.append(child.tail)

    def _element(self, child: Any, tag: str, cell: tuple[int, int, int] | None, depth: int) -> None:
        if tag == "br":
            self.end_line(cell, soft=True)
        elif tag in _INLINE:
            self.block(child, cell, depth + 1)
        else:
            self.end_line(cell)
            if tag == "table":
                self.table(child, cell, depth)
            elif tag == "pre":
                self._preformatted(child, cell)
            else:
                if tag == "li":
                    parent = child.getparent()
                    before = self.items.get(parent, 0)
                    self.items[parent] = before + 1
                    self.parts.append(_item(child, before))
                self.block(child, cell, depth + 1)
            self.end_line(cell)

    def _preformatted(self, node: Any, cell: tuple[int, int, int] | None) -> None:
        for line in node.text_content().splitlines():
            self.lines.append(RawLine(line, cell=cell))

    def table(self, table: Any, outer: tuple[int, int, int] | None, depth: int) -> None:
        """Layout by column, data by cell; a table inside a cell is part of that cell."""
        grid = _grid(table)
        texts = [[cell.text_content().strip() for _, cell in row] for row in grid]
        if outer is not None or tabular.is_layout(texts, bordered=_bordered(table)):
            cells = [(column, cell) for row in grid for column, cell in row]
            if outer is None:
                cells.sort(key=lambda entry: entry[0])
            for _, cell in cells:
                self.end_line(outer)
                self.block(cell, outer, depth + 2)
                self.end_line(outer)
            return
        index, self.tables = self.tables, self.tables + 1
        for number, row in enumerate(grid):
            for column, cell in row:
                place = (index, number, column)
                before = len(self.lines)
                self.block(cell, place, depth + 2)
                self.end_line(place)
                if len(self.lines) == before:
                    self.lines.append(RawLine("", cell=place))


def _grid(table: Any) -> list[list[tuple[int, Any]]]:
    """Rows of (column, cell); columns are counted past merged cells."""
    grid: list[list[tuple[int, Any]]] = []
    taken: dict[int, int] = {}  # column → rows for which a cell above still reaches down
    for row in _rows(table):
        cells: list[tuple[int, Any]] = []
        column = 0
        spans: dict[int, int] = {}
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) > 0:
                column += 1
            cells.append((column, cell))
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            wide = max(min(wide, tabular.MOST_COLUMNS - column), 1)
            for at in range(column, column + wide):
                spans[at] = high
            column += wide
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        taken.update({at: high - 1 for at, high in spans.items() if high > 1})
        grid.append(cells)
    return grid


def _rows(table: Any) -> list[Any]:
    rows: list[Any] = []
    for child in table.iterchildren():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(child.iterchildren("tr"))
    return rows


def _span(cell: Any, name: str) -> int:
    return min(max(_number(cell.get(name)), 1), 1000)


def _number(text: Any) -> int:
    """A number of an attribute, 1 where it is none that a browser would take."""
    digits = str(text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else 1


def _bordered(table: Any) -> bool:
    border = str(table.get("border") or "").strip()
    style = str(table.get("style") or "").replace(" ", "").lower()
    return border not in ("", "0", "0px") or "border:1" in style or "border:solid" in style


def _item(node: Any, before: int) -> str:
    """The marker that a browser prints before a list item with so many items before it."""
    parent = node.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    text = (node.text_content() or "").lstrip()
    if re.match(r"\(?[\divxIVX]{1,4}[.)]|[a-zđ][.)]", text):
        return ""
    place = before + _number(parent.get("start"))
    kind = str(parent.get("type") or "1")
    if kind in ("a", "A") and 1 <= place <= 26:
        return f"{chr(ord(kind) + place - 1)}) "
    return f"{place}. "


def _hidden(node: Any) -> bool:
    style = str(node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or "display:none" in style
