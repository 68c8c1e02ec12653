"""What a page is made of: sections of blocks. The templates know these and nothing of the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from holdfast.core.figures import Cell as Value
from holdfast.core.figures import Column, ResultTable
from holdfast.report.cells import is_numeric, shown
from holdfast.report.csvs import safe_name
from holdfast.report.svg import Chart
from holdfast.report.words import sentence_start

#: Text no longer than this stays on one line: a date, ``2023/24``, ``co-operative``.
SHORT = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """``step`` colours a cell of a heat table; ``small`` is a second, quieter line."""

    text: str
    numeric: bool = False
    step: int | None = None
    small: str = ""

    @property
    def css(self) -> str:
        """``n`` numbers, flush right; ``d`` dates and other short text, never broken; ``long`` text that needs room."""
        if self.numeric:
            return "n"
        if len(self.text) > 60:
            return "long"
        return "d" if 0 < len(self.text) <= SHORT else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page. The first cell of each row is its heading. ``left_out`` counts the rows not shown."""

    id: str
    caption: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    csv: str = ""
    left_out: int = 0
    kind: str = ""


def without_empty(grid: Grid) -> Grid:
    """The table without the columns, but for the first, in which no row says anything."""
    if not grid.rows:
        return grid
    kept = [n for n in range(len(grid.head)) if n == 0 or any(row[n].text for row in grid.rows)]
    rows = tuple(tuple(row[n] for n in kept) for row in grid.rows)
    return replace(grid, head=tuple(grid.head[n] for n in kept), rows=rows)


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs."""

    paragraphs: tuple[str, ...]
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Subhead:
    """A heading inside a section."""

    text: str
    id: str = ""
    kind: str = "subhead"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart for wide pages and one for phones, with its table right after it.

    ``full`` is shown on phones behind "Show the full diagram".
    """

    id: str
    title: str
    wide: Chart | None
    narrow: Chart | None
    table: Grid | None
    full: Chart | None = None
    key: str = ""
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table shown openly, or folded away under ``fold``. ``paper``: what is printed in its place where it is long."""

    grid: Grid
    fold: str = ""
    paper: str = ""
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the definitions: the figure as shown, what it counts, and its rules."""

    label: str
    value: str
    text: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    terms: tuple[Term, ...]
    kind: str = "terms"


@dataclass(frozen=True, slots=True)
class Listing:
    """A numbered or plain list."""

    items: tuple[str, ...]
    numbered: bool = False
    kind: str = "list"


Block = Words | Subhead | Picture | TableBlock | Terms | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """``topic`` is what the contents list says, ``heading`` what was found."""

    id: str
    topic: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A headline figure."""

    label: str
    value: str
    range: str
    strip: Chart | None
    moved: str = ""
    meaning: str = ""


@dataclass(slots=True)
class TableMaker:
    """Makes page tables of result tables; ``sizes`` are those of the CSV files that the page links to."""

    currency: str
    sizes: dict[str, int] = field(default_factory=dict)
    limit: int = 60

    def grid(
        self, table: ResultTable, *, caption: str = "", columns: Sequence[str] = (), note: str = "",
        limit: int | None = None, words: Mapping[str, str] | None = None,
    ) -> Grid:  # fmt: skip
        """``columns``: which to show and in what order; those the table lacks are passed over, none means all.

        ``words``: text cells to write otherwise, such as what a state is called on the page.
        """
        by_name = {c.name: n for n, c in enumerate(table.columns)}
        chosen = [by_name[c] for c in columns if c in by_name] or list(range(len(table.columns)))
        most = limit or self.limit
        rows = tuple(
            tuple(self._cell(row[n], table.columns[n], words or {}, first=n == chosen[0]) for n in chosen)
            for row in table.rows[:most]
        )
        head = tuple(Cell(table.columns[n].label, is_numeric(table.columns[n])) for n in chosen)
        made = Grid(
            table.id, caption or table.title, head, rows, note or table.note, self.link(table.id),
            max(0, len(table.rows) - most),
        )  # fmt: skip
        return without_empty(made)

    def _cell(self, value: Value, column: Column, words: Mapping[str, str], *, first: bool) -> Cell:
        text = words.get(str(value)) or shown(value, column.unit, self.currency)
        return Cell(sentence_start(text) if first else text, is_numeric(column))

    def link(self, id: str) -> str:
        """``tables/by_anchor.csv`` where that file is written."""
        path = f"tables/{safe_name(id)}.csv"
        return path if path in self.sizes else ""
