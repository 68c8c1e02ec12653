"""Tables in web pages and in XML spreadsheets of 2003, which finance systems export under the name of a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from holdfast.core.problem import Problem
from holdfast.spend.amounts import parse_amount
from holdfast.spend.delimited import MAX_COLUMNS
from holdfast.spend.grid import Grid, from_cells

_ROW, _CELL = ("tr", "row"), ("td", "th", "cell")
#: Text inside these is not shown.
_SILENT = ("script", "style", "head")


@dataclass
class _Table:
    name: str | None
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    below: int = 0
    wide: bool = False
    #: Column -> how many rows more a cell reaches down, and its text.
    spans: dict[int, tuple[int, str]] = field(default_factory=dict)


def parse_markup(text: str, encoding: str) -> list[Grid]:
    """Every table with rows, in the order in which they begin; cells that span columns are followed by blanks."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return [_grid(t, encoding) for t in reader.tables if t.rows]


def _grid(table: _Table, encoding: str) -> Grid:
    width = max(map(len, table.rows))
    columns, numbers = from_cells(table.rows, table.numbers, width)
    top = list(zip(table.numbers[:60], table.rows[:60], strict=True))
    said = f"the table has more than {MAX_COLUMNS:,} columns; a payment file has fewer"
    problems = [Problem("HF107", said, sheet=table.name)] if table.wide else []
    if table.wide:
        columns, numbers = from_cells([], [], 0)
        top = []
    return Grid(top, columns, numbers, encoding=encoding, sheet=table.name, problems=problems)


class _Tables(HTMLParser):
    """Collects cells. Tags that pages leave open (``td``, ``tr``) end where the next of their kind begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.text: list[str] | None = None
        self.span = self.down = 1
        self.silent = 0
        self.sheet: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        given = {k.rpartition(":")[2]: v or "" for k, v in attrs}
        if tag in _SILENT:
            self.silent += 1
        elif tag == "worksheet":
            self.sheet = given.get("name") or None
        elif tag == "table":
            self._end_cell()
            self.tables.append(_Table(self.sheet))
            self.open.append(self.tables[-1])
        elif self.open and tag in _ROW:
            self._begin_row(given)
        elif self.open and tag in _CELL:
            self._begin_cell(given)
        elif tag in ("br", "p", "div") and self.text:
            self.text.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in _CELL:
            self._end_cell()
        elif tag in _ROW:
            self._end_row()
        elif tag == "table" and self.open:
            self._end_row()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.silent:
            self.text.append(data)

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data[len("CDATA[") :])

    def close(self) -> None:
        super().close()
        self._end_row()

    def _begin_row(self, given: dict[str, str]) -> None:
        self._end_row()
        table = self.open[-1]
        # an XML spreadsheet leaves blank rows out and numbers the next one
        table.below = max(_number(given.get("index")) or 0, table.below + 1)
        table.rows.append([])
        table.numbers.append(table.below)

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._end_cell()
        table = self.open[-1]
        if not table.rows:
            self._begin_row({})
        self._fill((_number(given.get("index")) or 1) - 1)
        self.span = _reach(given, "mergeacross", "colspan")
        self.down = _reach(given, "mergedown", "rowspan")
        self.text = []

    def _end_cell(self) -> None:
        if self.text is None or not self.open:
            self.text = None
            return
        table, text = self.open[-1], " ".join("".join(self.text).split())
        if self.down > 1 and self.span <= MAX_COLUMNS:
            # a number is one payment, not several
            repeated = "" if parse_amount(text) is not None else text
            at = len(table.rows[-1])
            table.spans |= {at + i: (self.down - 1, "" if i else repeated) for i in range(self.span)}
        table.rows[-1].append(text)
        self.text = None
        self._blanks(self.span - 1)

    def _fill(self, upto: int) -> None:
        """Fill the row up to a column, and on over cells of rows above that reach down."""
        table = self.open[-1]
        row = table.rows[-1]
        while not table.wide and (len(row) < upto or len(row) in table.spans):
            rows, text = table.spans.pop(at := len(row), (0, ""))
            if rows > 1:
                table.spans[at] = (rows - 1, text)
            row.append(text)
            table.wide = len(row) > MAX_COLUMNS

    def _end_row(self) -> None:
        """The last cell of the row, and those of rows above that reach down behind it."""
        self._end_cell()
        if self.open and self.open[-1].rows:
            behind = [at for at in self.open[-1].spans if at >= len(self.open[-1].rows[-1])]
            self._fill(max(behind, default=-1) + 1)

    def _blanks(self, count: int) -> None:
        row = self.open[-1].rows[-1]
        if len(row) + count > MAX_COLUMNS:
            self.open[-1].wide = True
            return
        row.extend([""] * count)


def _reach(given: dict[str, str], more: str, whole: str) -> int:
    """Over how many columns or rows a cell goes: XML counts those beyond it, HTML all."""
    beyond = _number(given.get(more))
    return beyond + 1 if beyond is not None else _number(given.get(whole)) or 1


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None
