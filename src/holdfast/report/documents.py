"""Word documents with plain means: headings, paragraphs, lists and tables, and the same bytes for the same content."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from holdfast.report.blocks import SHORT, Grid
from holdfast.report.files import repeatable_zip
from holdfast.report.svg.draw import clean

MADE = datetime(2000, 1, 1)
GREEN, INK, QUIET = "0B5D54", "17262B", "4D5B60"
NARROW_MARGIN = 2.0
#: Room between the margins of A4, in centimetres.
WIDE = 21 - 2 * NARROW_MARGIN
#: The widest letter that is common, and the room around the text of a cell, in centimetres.
LETTER, PADDING = 0.19, 0.5


class Document:
    """A document that grows from the top. Every text is cleaned of what Word may not hold."""

    def __init__(self, title: str, subject: str = "") -> None:
        import docx
        from docx.shared import Cm, Pt

        self._doc: Any = docx.Document()
        self._points, self._cm = Pt, Cm
        properties = self._doc.core_properties
        properties.title, properties.subject = clean(title)[:255], clean(subject)[:255]
        properties.author = properties.last_modified_by = "Holdfast"
        properties.comments, properties.language = "", "en-GB"
        properties.created = properties.modified = MADE
        section = self._doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(NARROW_MARGIN))
        self._styles()

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        sizes = {
            "Normal": 10.5,
            "Title": 15,
            "Heading 1": 13,
            "Heading 2": 12,
            "List Number": 10.5,
            "List Bullet": 10.5,
        }
        for name, size in sizes.items():
            style = self._doc.styles[name]
            style.font.name, style.font.size = "Arial", Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            # theme fonts win over named ones, so they have to go
            for key in list(fonts.attrib):
                if key.endswith("Theme"):
                    del fonts.attrib[key]
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(kind), "Arial")
            if name.startswith("Heading") or name == "Title":
                style.font.color.rgb, style.font.bold = RGBColor.from_string(GREEN), True
            style.paragraph_format.space_after = Pt(4 if name.startswith("List") else 6)
        self._doc.styles["Heading 1"].paragraph_format.space_before = Pt(10)

    def title(self, text: str) -> None:
        """The one first-level heading; a heading and not a "Title", so that readers can jump to it."""
        self._doc.add_heading(clean(text), level=1)

    def heading(self, text: str) -> None:
        self._doc.add_heading(clean(text), level=2)

    def paragraph(self, text: str, *, size: float | None = None, bold: bool = False, quiet: bool = False) -> None:
        from docx.shared import RGBColor

        run = self._doc.add_paragraph().add_run(clean(text))
        run.bold = bold or None
        if size:
            run.font.size = self._points(size)
        if quiet:
            run.font.color.rgb = RGBColor.from_string(QUIET)

    def numbered(self, items: Sequence[str]) -> None:
        for item in items:
            self._doc.add_paragraph(clean(item), style="List Number")

    def table(self, grid: Grid, *, size: float = 9) -> None:
        """A table with a repeated heading row; numbers flush right. Its caption stands above it."""
        self.paragraph(grid.caption, bold=True)
        self._doc.paragraphs[-1].paragraph_format.keep_with_next = True
        made = self._doc.add_table(rows=1 + len(grid.rows), cols=len(grid.head))
        made.style, made.autofit = "Table Grid", False
        widths = _widths(grid)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = self._cm(width)
        for n, row in enumerate([grid.head, *grid.rows]):
            self._keep_whole(made.rows[n])
            cells = made.rows[n].cells
            for cell, content, width in zip(cells, row, widths, strict=True):
                cell.width = self._cm(width)
                self._fill(cell, content.text, size, right=content.numeric, bold=n == 0)
        self._repeat_heading(made.rows[0])
        if grid.left_out:
            self.paragraph(f"And {grid.left_out:,} more in {grid.csv}.", size=size, quiet=True)

    def _keep_whole(self, row: Any) -> None:
        """No row runs over the end of a page."""
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _fill(self, cell: Any, text: str, size: float, *, right: bool, bold: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(clean(text))
        run.font.size, run.bold = self._points(size), bold or None
        paragraph.paragraph_format.space_after = self._points(1)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _repeat_heading(self, row: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self._doc.save(out)
        return repeatable_zip(out.getvalue())


def _widths(grid: Grid) -> list[float]:
    """The width of each column in centimetres: numbers and short text never break, the others share what is left."""
    longest = [max(len(row[n].text) for row in (grid.head, *grid.rows)) for n in range(len(grid.head))]
    heads = [max(map(len, cell.text.split() or [""])) for cell in grid.head]
    inside = [max((len(row[n].text) for row in grid.rows), default=0) for n in range(len(grid.head))]
    whole = [cell.numeric or inside[n] <= SHORT for n, cell in enumerate(grid.head)]
    fixed = [max(heads[n], inside[n]) * LETTER + PADDING if whole[n] else 0.0 for n in range(len(whole))]
    shares = [0 if whole[n] else min(longest[n], 40) for n in range(len(whole))]
    left = max(WIDE - sum(fixed), 0.0)
    if not sum(shares):
        return [width * WIDE / sum(fixed) for width in fixed]
    return [fixed[n] if whole[n] else left * shares[n] / sum(shares) for n in range(len(whole))]
