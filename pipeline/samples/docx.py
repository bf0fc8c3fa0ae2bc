"""Sample plan → DOCX, byte for byte the same every time.

In: a ``SamplePlan``.  Out: the file's bytes.  Letterhead and signature are borderless two-column
tables, as clerks make them; with ``auto_numbering`` the markers I. 1. a) - + are Word's own
(numbering.xml) and not in the text.  The zip's timestamps and the core properties are fixed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from pipeline.samples.compose import marker_of
from pipeline.samples.markup import plain
from pipeline.samples.parts import Letterhead, PageBreak, Paragraph, Signature, Table, Title
from pipeline.samples.sample import SamplePlan

FONT = "Times New Roman"
_MOMENT = datetime(2026, 1, 1)
_NUMBERS, _BULLETS = 71, 72  # ids of our two lists, clear of those of the default template

CENTRE, LEFT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
)  # fmt: skip


def render(plan: SamplePlan) -> bytes:
    """The plan as a Word file."""
    return _Writer(plan).write()


class _Writer:
    """One document while it is being written."""

    def __init__(self, plan: SamplePlan) -> None:
        self.plan = plan
        self.document: Any = Document()
        self.auto = plan.options.auto_numbering
        self.automatic_levels = _automatic_levels(plan) if self.auto else frozenset()

    def write(self) -> bytes:
        """All blocks, then the package with fixed metadata."""
        self._page()
        if self.auto:
            self._define_numbering()
        for block in self.plan.blocks:
            if isinstance(block, Letterhead):
                self._letterhead(block)
            elif isinstance(block, Title):
                self._title(block)
            elif isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Signature):
                self._signature(block)
            else:
                assert isinstance(block, PageBreak)
                self.document.add_page_break()
        properties = self.document.core_properties
        properties.created = properties.modified = _MOMENT
        properties.title, properties.author, properties.last_modified_by = self.plan.stem, "", ""
        properties.comments, properties.revision = "", 1
        raw = io.BytesIO()
        self.document.save(raw)
        return _repack(raw.getvalue())

    def _page(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(18)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        number._p.append(field)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)

    def _write(
        self, where: Any, text: str, *, align: Any = CENTRE, size: float = 13,
        bold: bool = False, italic: bool = False,
    ) -> Any:  # fmt: skip
        paragraph = where.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        run.font.name = FONT
        return paragraph

    def _cell(self, cell: Any, lines: list[tuple[str, bool, bool, float]], align: Any) -> None:
        for text, bold, italic, size in lines:
            self._write(cell, text, align=align, bold=bold, italic=italic, size=size)
        first = cell.paragraphs[0]._p  # a cell is born with an empty paragraph
        if len(cell.paragraphs) > 1:
            first.getparent().remove(first)

    def _two_columns(self, rows: int, left: float, right: float) -> Any:
        table = self.document.add_table(rows=rows, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for row in table.rows:
            row.cells[0].width, row.cells[1].width = Mm(left), Mm(right)
        return table

    def _letterhead(self, block: Letterhead) -> None:
        table = self._two_columns(2 if block.number else 1, 72, 96)
        left = [(line, False, False, 13.0) for line in (block.parent or "").split("\n") if line]
        left += [(line, True, False, 13.0) for line in block.issuer.split("\n")]
        self._cell(table.cell(0, 0), left, CENTRE)
        country, motto = block.MOTTO
        self._cell(table.cell(0, 1), [(country, True, False, 13), (motto, True, False, 14)], CENTRE)
        if block.number:
            self._cell(table.cell(1, 0), [(block.number, False, False, 13)], CENTRE)
            self._cell(table.cell(1, 1), [(block.date, False, True, 14)], CENTRE)

    def _title(self, block: Title) -> None:
        kind = self._write(self.document, block.kind, size=14, bold=True)
        kind.paragraph_format.space_before = Pt(12)
        self._write(self.document, plain(block.subject), size=14, bold=True)
        if block.carrier:
            self._write(self.document, plain(block.carrier), size=14, italic=True)

    def _paragraph(self, block: Paragraph) -> None:
        if block.path == ("PL",) and block.style == "heading":
            self._write(self.document, block.marker, size=14, bold=True)
            self._write(self.document, block.words, size=14, bold=True)
            return
        if block.style in ("centred", "note"):
            note = block.style == "note"
            self._write(self.document, block.words, size=14, bold=not note, italic=note)
            return
        automatic = self._is_automatic(block)
        before = "" if automatic or not block.marker else f"{block.marker} "
        paragraph = self._write(
            self.document, before + block.words, align=JUSTIFY, size=14,
            bold=block.style == "heading", italic=block.style == "basis",
        )  # fmt: skip
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.space_after = Pt(6)
        if automatic:
            bullet = block.style in ("bullet", "plus")
            level = (1 if block.style == "plus" else 0) if bullet else block.level - 1
            self._number(paragraph, _BULLETS if bullet else _NUMBERS, level)

    def _is_automatic(self, block: Paragraph) -> bool:
        if not self.auto or not block.marker or block.marker.startswith("Điều"):
            return False
        return block.style in ("bullet", "plus") or block.level in self.automatic_levels

    def _number(self, paragraph: Any, list_id: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
                f'<w:numId w:val="{list_id}"/></w:numPr>'
            ),
            "w:spacing", "w:ind", "w:jc", "w:rPr",
        )  # fmt: skip

    def _define_numbering(self) -> None:
        numbering = self.document.part.numbering_part.element
        levels = []
        for level, (fmt, text) in enumerate(_formats(self.plan.options.numbering)):
            levels.append((level, fmt, text))
        bullets = [(0, "bullet", "-"), (1, "bullet", "+")]
        first_num = numbering.find(qn("w:num"))
        for list_id, definition in ((_NUMBERS, levels), (_BULLETS, bullets)):
            inner = "".join(
                f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
                f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
                for i, fmt, text in definition
            )
            abstract = parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">'
                f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
            )
            if first_num is None:
                numbering.append(abstract)
            else:
                first_num.addprevious(abstract)
        for list_id in (_NUMBERS, _BULLETS):
            numbering.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{list_id}">'
                    f'<w:abstractNumId w:val="{list_id}"/></w:num>'
                )
            )

    def _table(self, block: Table) -> None:
        table = self.document.add_table(rows=1 + len(block.rows), cols=len(block.columns))
        table.style = self.document.styles["Table Grid"]
        table.autofit = False
        widths = (10, 46, 28, 32, 22, 24)
        texts = [list(block.columns), *[[plain(cell) for cell in row] for row in block.rows]]
        for r, row in enumerate(texts):
            cells = table.rows[r].cells
            for c, text in enumerate(row):
                cells[c].width = Mm(widths[c])
                self._cell(cells[c], [(text, r == 0, False, 11)], CENTRE if r == 0 else LEFT)

    def _signature(self, block: Signature) -> None:
        table = self._two_columns(1, 84, 84)
        left = [("Nơi nhận:", True, True, 12.0)]
        for index, line in enumerate(block.recipients):
            end = "." if index == len(block.recipients) - 1 else ";"
            left.append((f"- {plain(line)}{end}", False, False, 11.0))
        self._cell(table.cell(0, 0), left, LEFT)
        right = [(line, True, False, 14.0) for line in (*block.authority, block.position)]
        right += [("", False, False, 14.0)] * 3 + [(block.name, True, False, 14.0)]
        self._cell(table.cell(0, 1), right, CENTRE)


def _formats(scheme: str) -> list[tuple[str, str]]:
    """Word's number format and pattern for every level of a scheme."""
    roman, decimal, point = "upperRoman", "decimal", ("lowerLetter", "%{n})")
    kinds: dict[str, list[tuple[str, str]]] = {
        "roman": [(roman, "%1."), (decimal, "%2."), point],
        "decimal": [(roman, "%1."), (decimal, "%2."), (decimal, "%2.%3.")],
        "letters": [("upperLetter", "%1."), (roman, "%2."), (decimal, "%3."), point],
        "parts": [(roman, "Phần %1."), (roman, "%2."), (decimal, "%3."), point],
    }
    return [(fmt, text.replace("{n}", str(i))) for i, (fmt, text) in enumerate(kinds[scheme], 1)]


def _automatic_levels(plan: SamplePlan) -> frozenset[int]:
    """Levels whose numbers Word counts as we do.

    Word's lowerLetter knows no đ, so a run of points that passes d is typed, as people do it too.
    """
    deepest = max((b.level for b in plan.blocks if isinstance(b, Paragraph)), default=0)
    scheme = plan.options.numbering
    wanted = set(range(1, deepest + 1))
    for block in plan.blocks:
        if not isinstance(block, Paragraph) or block.level < 1 or not block.marker.endswith(")"):
            continue
        assert marker_of(scheme, (1,) * block.level)[0] == "a)"
        if block.path[-1] not in "abcd":
            wanted.discard(block.level)
    return frozenset(wanted)


def _repack(data: bytes) -> bytes:
    """The same package with fixed timestamps, so that equal content gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name == "docProps/thumbnail.jpeg":
                continue
            content = old.read(name)
            if name in ("[Content_Types].xml", "_rels/.rels"):
                content = _without_thumbnail(content)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content, compresslevel=9)
    return out.getvalue()


def _without_thumbnail(xml: bytes) -> bytes:
    """The template's preview picture shows another document; its relationship goes too."""
    import re

    return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", xml)
