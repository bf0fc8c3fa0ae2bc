"""DOCX → ``RawDocument``.

In: the package's bytes.  Out: paragraphs in body order with Word's automatic numbers in front,
tables as cells, letterhead and signature tables column by column, text boxes where they are
anchored, footnotes at the end.  Tracked deletions are left out and insertions kept: what is read is
what the document says when all changes are accepted.  Headers and footers are not part of a plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from lxml import etree

from pipeline.errors import Damaged, TooLarge
from pipeline.reading import bounds, docx_numbering, encodings, tabular
from pipeline.reading.document import Notice, RawDocument, RawLine
from pipeline.reading.docx_numbering import Numbering, W
from pipeline.reading.legacy import Legacy
from pipeline.settings import settings

_LEFT_OUT = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "tblPr")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BREAK = "\n"
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV", "start", "end")
_MOST_COLUMNS = 63
_MARKED = re.compile(
    r"\s*(?:[-–+•*]\s|[IVX]{1,6}\s?[.)]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]\s?[.)]|\([a-zđ\d]{1,2}\))"
)


def read(data: bytes) -> RawDocument:
    """Read a Word document.

    Args:
        data: the whole package.

    Raises:
        Damaged: the package or its XML is broken.
        TooLarge: the package unpacks beyond the limits.
        Encrypted: a part of it is encrypted.
    """
    parts = _parts(data)
    body = parts["document"].find(f"{W}body")
    if body is None:
        raise Damaged("The document part has no body.")
    fonts = _legacy_fonts(parts["document"])
    reader = _Reader(Numbering(parts.get("numbering"), parts.get("styles")), fonts)
    reader.blocks(body)
    reader.footnotes(parts.get("footnotes"))
    notices = [
        Notice("legacy-encoding", f"Text in {name} was converted to Unicode.")
        for name in sorted({code.name for code in fonts.values() if code is not None})
    ]
    return RawDocument(
        lines=reader.lines,
        pages=[(None, None, "docx")],
        notices=notices,
        engines={"lxml": version("lxml")},
    )


def _parts(data: bytes) -> dict[str, Any]:
    """The XML parts that are read, parsed; each bounded by the package's limits."""
    budget = settings().max_unzipped_bytes
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    parts: dict[str, Any] = {}
    with bounds.open_zip(data) as package:
        main = _main_part(package.namelist())
        folder = main.rpartition("/")[0]
        wanted = {"document": main} | {
            name: f"{folder}/{name}.xml" for name in ("numbering", "styles", "footnotes")
        }
        for key, name in wanted.items():
            if name not in package.namelist():
                continue
            try:
                with package.open(name) as file:
                    content = file.read(budget + 1)
            except Exception as error:  # zlib, zipfile and codecs each raise their own
                raise Damaged(f"{name} cannot be unpacked ({type(error).__name__}).") from None
            budget -= len(content)
            if budget < 0:
                raise TooLarge("The package unpacks to more than KEHOACH_MAX_UNZIPPED_BYTES.")
            try:
                parts[key] = etree.fromstring(content, parser)
            except etree.XMLSyntaxError as error:
                if key != "document":
                    continue
                raise Damaged(f"{name} is broken XML (line {error.lineno}).") from None
    return parts


def _main_part(names: list[str]) -> str:
    if "word/document.xml" in names:
        return "word/document.xml"
    return next(name for name in names if name.startswith("word/document"))


def _legacy_fonts(document: Any) -> dict[str, Legacy | None]:
    """For every legacy font (and "" for all others) the code its text is in, judged together."""
    texts: dict[str, list[str]] = {}
    for run in document.iter(f"{W}r"):
        text = "".join(node.text or "" for node in run.iterchildren(f"{W}t"))
        if text:
            texts.setdefault(_font(run), []).append(text)
    return {font: encodings.detect(" ".join(found), font) for font, found in texts.items()}


def _font(run: Any) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return ""
    return str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    fonts: dict[str, Legacy | None]
    lines: list[RawLine] = field(default_factory=list)
    tables: int = 0
    blanks: int = 0

    def blocks(self, parent: Any, cell: tuple[int, int, int] | None = None) -> None:
        """Paragraphs and tables of a body, a cell or a text box, in order."""
        for child in parent.iterchildren():
            if child.tag in _LEFT_OUT:
                continue
            if child.tag == f"{W}p":
                self.paragraph(child, cell)
            elif child.tag == f"{W}tbl":
                self.table(child, cell)
            elif isinstance(child.tag, str) and child.tag not in (f"{W}sectPr", f"{W}tcPr"):
                self.blocks(child, cell)  # content controls, custom XML, tracked moves

    def paragraph(self, paragraph: Any, cell: tuple[int, int, int] | None) -> None:
        """One paragraph: one line per soft break, text boxes behind it."""
        if _deleted(paragraph):
            return
        marker = self.numbering.marker(paragraph)
        boxes: list[Any] = []
        text = self._text(paragraph, boxes)
        if marker and text.strip():
            text = f"{marker} {text.lstrip()}"
        self._put(text, cell)
        for box in boxes:
            self.blocks(box, cell)

    def _put(self, text: str, cell: tuple[int, int, int] | None) -> None:
        pieces = text.split(_BREAK)
        if not text.strip():
            self.blanks += 1
        for index, piece in enumerate(pieces):
            if not piece.strip():
                continue
            # A soft break, or a paragraph that begins in lower case (text pasted from a PDF), may
            # stand inside a sentence: the flow decides from the words.
            inside = index > 0 or (cell is None and piece.lstrip()[:1].islower())
            joins = None if inside and not _MARKED.match(piece) and not piece.isupper() else False
            self.lines.append(
                RawLine(piece, joins=joins, blank_before=0 if cell else self.blanks, cell=cell)
            )
            self.blanks = 0

    def _text(self, node: Any, boxes: list[Any], font: str = "") -> str:
        """The text of a paragraph's runs; text boxes found on the way are put aside."""
        out: list[str] = []
        for child in node.iterchildren():
            tag = child.tag
            if not isinstance(tag, str) or tag in _LEFT_OUT:
                continue
            if tag == f"{W}t":
                out.append(self._converted(child.text or "", font))
            elif tag in (f"{W}tab", f"{W}ptab"):
                out.append("\t")
            elif tag == f"{W}br":
                out.append(_BREAK if child.get(f"{W}type") in (None, "textWrapping") else " ")
            elif tag == f"{W}cr":
                out.append(_BREAK)
            elif tag == f"{W}noBreakHyphen":
                out.append("-")
            elif tag == f"{W}sym":
                out.append(_symbol(child))
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{W}r":
                if not _hidden(child):
                    out.append(self._text(child, boxes, _font(child)))
            else:
                out.append(self._text(child, boxes, font))
        return "".join(out)

    def _converted(self, text: str, font: str) -> str:
        code = self.fonts.get(font)
        if code is not None:
            return encodings.convert(text, code, font)
        return encodings.repair(text, font) if encodings.draws_capitals(font) else text

    def table(self, table: Any, cell: tuple[int, int, int] | None) -> None:
        """A table: layout is read by column, data by cell; inside a cell both are plain lines."""
        grid = _grid(table)
        if not grid:
            return
        texts = [[_peek(item) for _, item in row] for row in grid]
        if cell is not None:
            for row in grid:
                for _, item in row:
                    self.blocks(item, cell)
            return
        if tabular.is_layout(texts, bordered=_bordered(table)):
            for column in sorted({column for row in grid for column, _ in row}):
                for row in grid:
                    for at, item in row:
                        if at == column:
                            self.blocks(item)
            return
        index, self.tables = self.tables, self.tables + 1
        for number, row in enumerate(grid):
            for column, item in row:
                place = (index, number, column)
                before = len(self.lines)
                self.blocks(item, place)
                if len(self.lines) == before:
                    self.lines.append(RawLine("", cell=place))

    def footnotes(self, root: Any | None) -> None:
        """Footnotes behind the body, without Word's own separator notes."""
        if root is None:
            return
        number = 0
        for note in root.iterchildren(f"{W}footnote"):
            if note.get(f"{W}type") not in (None, "normal"):
                continue
            number += 1
            start = len(self.lines)
            self.blocks(note)
            if len(self.lines) > start:
                first = self.lines[start]
                first.text = f"[{number}] {first.text.lstrip()}"


def _grid(table: Any) -> list[list[tuple[int, Any]]]:
    """Rows of (column, cell); the continuation cells of a vertical merge are left out."""
    grid: list[list[tuple[int, Any]]] = []
    for row in _through(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        column = _columns(row.find(f"{W}trPr/{W}gridBefore"), 0)
        cells: list[tuple[int, Any]] = []
        for item in _through(row, f"{W}tc"):
            span = item.find(f"{W}tcPr/{W}gridSpan")
            merge = item.find(f"{W}tcPr/{W}vMerge")
            if merge is None or merge.get(f"{W}val") == "restart":
                cells.append((column, item))
            column += max(_columns(span, 1), 1)
        grid.append(cells)
    return grid


def _columns(node: Any | None, default: int) -> int:
    """How many columns an element says, never more than Word has."""
    stated = default if node is None else docx_numbering.integer(node.get(f"{W}val"), default)
    return min(max(stated, 0), _MOST_COLUMNS)


def _through(parent: Any, tag: str) -> list[Any]:
    """Children of a kind, also inside content controls and tracked insertions."""
    found: list[Any] = []
    for child in parent.iterchildren():
        if child.tag == tag:
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            found.extend(_through(child, tag))
    return found


def _peek(cell: Any) -> str:
    """A cell's text without counting its numbers."""
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        for paragraph in cell.iter(f"{W}p")
    )


def _bordered(table: Any) -> bool:
    """Whether the table shows rulings: its own, its cells' or those of a grid style."""
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    if borders is not None:
        return _visible(borders)
    for cell in table.iter(f"{W}tcBorders"):
        if sum(1 for name in _BORDERS if _drawn(cell.find(f"{W}{name}"))) >= 2:
            return True
    style = table.find(f"{W}tblPr/{W}tblStyle")
    name = str(style.get(f"{W}val") or "") if style is not None else ""
    return "grid" in name.lower() or name.lower() in ("litlien", "tablegrid")


def _visible(borders: Any) -> bool:
    return any(_drawn(borders.find(f"{W}{name}")) for name in _BORDERS)


def _drawn(border: Any | None) -> bool:
    return border is not None and border.get(f"{W}val") not in (None, "none", "nil")


def _deleted(paragraph: Any) -> bool:
    """A paragraph whose mark was deleted and that keeps no text is gone."""
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
    return mark is not None and not any(
        True for run in paragraph.iter(f"{W}t") if run.getparent().getparent().tag != f"{W}del"
    )


def _hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false")


def _symbol(node: Any) -> str:
    """A sign of a symbol font: a bullet or a box; its code says nothing in Unicode."""
    return "•" if (node.get(f"{W}char") or "").upper().endswith(("B7", "A7", "D8")) else " "
