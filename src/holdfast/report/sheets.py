"""report.xlsx: the same numbers as a workbook. Text is only ever written as text, so no cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Cell, Column, Figure, Results
from holdfast.core.money import SYMBOLS
from holdfast.report import story
from holdfast.report.csvs import PROBLEM_COLUMNS, in_order, problem_row
from holdfast.report.findings import Findings
from holdfast.report.page import title_of
from holdfast.report.svg.draw import clean
from holdfast.report.words import day

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MADE = datetime(2000, 1, 1)
#: How a workbook names the paper.
A4 = 9
#: What a spreadsheet allows in one cell and in a sheet's name.
MOST_TEXT, MOST_NAME = 32_000, 31
WIDTHS = {"money": 18, "share": 11, "count": 11, "points": 11, "index": 11, "date": 12}
#: The narrowest and the widest column of text, in characters.
NARROW, WIDE = 12, 60

FIGURE_COLUMNS = (
    Column("id", "Id"), Column("label", "Figure"), Column("value", "Value", "own"), Column("low", "Low", "own"),
    Column("high", "High", "own"), Column("unit", "Unit"), Column("numerator", "Part", "money"),
    Column("denominator", "Of", "money"), Column("coverage", "Known", "share"), Column("area", "Area"),
    Column("basis", "Basis"), Column("suppliers", "Suppliers"), Column("period", "Period"), Column("vat", "VAT"),
    Column("anchors", "Anchors"), Column("pooling", "Pooling"), Column("scope", "Scope"), Column("prices", "Prices"),
    Column("note", "Note"),
)  # fmt: skip
INPUT_COLUMNS = (
    Column("path", "File"), Column("sheet", "Sheet"), Column("anchor", "Anchor"), Column("staged", "Rows", "count"),
    Column("typed", "Read", "count"), Column("quarantined", "Not readable", "count"),
    Column("excluded", "Set apart", "count"), Column("total", "Total", "money"), Column("first", "First date"),
    Column("last", "Last date"), Column("sha256", "Hash"),
)  # fmt: skip


def report_xlsx(results: Results) -> bytes:
    """The workbook: what it is, figures with their definitions, every table, problems, files."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title_of(results), "created": MADE, "comments": f"Run {results.run}"})
    _Writer(book, results).write()
    book.close()
    return out.getvalue()


class _Writer:
    """Formats are made once; sheets take their names from the tables."""

    def __init__(self, book: Workbook, results: Results) -> None:
        self.book, self.results, self.taken = book, results, set[str]()
        symbol = SYMBOLS.get(results.currency, results.currency + " ")
        money = f'"{symbol}"#,##0.00;[Red]-"{symbol}"#,##0.00'
        codes = {"money": money, "share": "0.0%", "count": "#,##0", "points": "+0.0%;-0.0%;0.0%", "index": "#,##0.####"}
        self.formats = {unit: book.add_format({"num_format": code, "valign": "top"}) for unit, code in codes.items()}
        self.plain = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        self.heading = book.add_format({"bold": True, "font_size": 16, "font_color": "#0b5d54"})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#e3efeb", "bottom": 1, "text_wrap": True, "valign": "bottom"}
        )

    def write(self) -> None:
        r = self.results
        self._readme()
        self._sheet("figures", FIGURE_COLUMNS, [_figure_row(f) for f in r.figures], [f.unit for f in r.figures])
        for id in sorted(r.tables):
            self._sheet(id, r.tables[id].columns, r.tables[id].rows)
        problems = [Column(c, c.replace("_", " ").capitalize(), _problem_unit(c)) for c in PROBLEM_COLUMNS]
        self._sheet("problems", problems, [problem_row(p) for p in in_order(r.problems)])
        self._sheet("files", INPUT_COLUMNS, [_input_row(i) for i in r.inputs])

    def _readme(self) -> None:
        f, sheet = Findings(self.results), self._add("read me")
        sheet.set_column(0, 0, 110)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, clean(title_of(self.results)), self.heading)
        for n, line in enumerate(_readme_lines(f), 2):
            sheet.write_string(n, 0, clean(line), self.wrapped)

    def _add(self, name: str) -> Worksheet:
        """A sheet whose name no other has: spreadsheets allow 31 characters and forbid some."""
        wanted = "".join("-" if c in "[]:*?/\\'" else c for c in clean(name))[:MOST_NAME] or "table"
        shown, n = wanted, 2
        while shown.lower() in self.taken:
            shown, n = f"{wanted[: MOST_NAME - 3]}-{n}", n + 1
        self.taken.add(shown.lower())
        sheet = self.book.add_worksheet(shown)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _sheet(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], units: Sequence[str] = ()
    ) -> None:
        """``units``: the unit of each row's ``own`` columns."""
        sheet = self._add(name)
        for n, column in enumerate(columns):
            sheet.set_column(n, n, WIDTHS[column.unit] if column.unit in WIDTHS else _width(rows, n))
            sheet.write_string(0, n, clean(column.label), self.head)
        for line, row in enumerate(rows, 1):
            for n, (column, value) in enumerate(zip(columns, row, strict=True)):
                unit = units[line - 1] if column.unit == "own" else column.unit
                self._cell(sheet, line, n, value, self.formats.get(unit, self.plain))
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        if columns:
            sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def _cell(self, sheet: Worksheet, line: int, n: int, value: Cell, shape: Format) -> None:
        if isinstance(value, bool):
            sheet.write_string(line, n, "yes" if value else "no", self.plain)
        elif isinstance(value, Decimal | int):
            # a spreadsheet's numbers are floats; its cells show pennies exactly up to 15 digits
            sheet.write_number(line, n, float(value), shape)
        elif value is not None:
            sheet.write_string(line, n, clean(value)[:MOST_TEXT], self.plain)


def _readme_lines(f: Findings) -> list[str]:
    r = f.results
    lines = (
        ["Fictional example: the place, its institutions, suppliers and amounts are made up."] if r.fictional else []
    )
    lines += [story.scope_line(f), story.answer(f), story.answer_range(f)]
    lines += [
        "",
        "figures: every figure with its range and its definition. Compare two figures only where definitions agree.",
        "The other sheets are the tables of the report, whole. An empty cell means not known, which is not zero.",
        "problems: what could not be read, with file and row, and what to do. files: everything that was read.",
        "Shares are parts of one, shown as per cent. Low and high: if all that is not known were outside, or inside.",
        "",
        f"Run {r.run}" + (f", as of {day(r.as_of)}." if r.as_of else "."),
    ]
    return lines


def _width(rows: Sequence[Sequence[Cell]], n: int) -> int:
    """Of a column of text: as wide as what stands in it, within reason."""
    longest = max((len(str(row[n])) for row in rows if row[n] is not None), default=0)
    return min(max(longest + 2, NARROW), WIDE)


def _figure_row(f: Figure) -> list[Cell]:
    d = f.definition
    return [
        f.id, f.label, f.value, f.low, f.high, f.unit, f.numerator, f.denominator, f.coverage, d.area, d.basis,
        d.suppliers, d.period, d.vat, "; ".join(d.anchors), d.pooling, d.scope, d.prices, f.note,
    ]  # fmt: skip


def _input_row(i: Any) -> list[Cell]:
    return [
        i.path, i.sheet, i.anchor, i.rows_staged, i.rows_typed, i.rows_quarantined, i.rows_excluded, i.total,
        i.first_date, i.last_date, i.sha256,
    ]  # fmt: skip


def _problem_unit(column: str) -> str:
    return {"row": "count", "count": "count", "amount": "money"}.get(column, "text")
