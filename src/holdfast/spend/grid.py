"""A table as read: cells are text, rows carry the number a spreadsheet shows. What stood where is never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.core.problem import Problem


@dataclass(frozen=True)
class Grid:
    """The rows of one table from ``first_row`` on.

    ``columns`` are Arrow arrays of text, plain or dictionary-encoded, all of one length; a blank cell is ``""``.
    ``rows`` (int64) are spreadsheet row numbers from 1. ``top`` holds the first rows as cell lists, for finding the
    header; ``unplaced`` the rows whose cells could not be put into columns, as (row, text).
    """

    top: Sequence[tuple[int, list[str]]]
    columns: list[pa.Array]
    rows: pa.Array
    encoding: str | None = None
    sheet: str | None = None
    hidden: bool = False
    delimiter: str = ","
    unplaced: Sequence[tuple[int, str]] = ()
    problems: Sequence[Problem] = field(default=())

    @property
    def width(self) -> int:
        return len(self.columns)

    @property
    def height(self) -> int:
        return len(self.rows)


def from_cells(rows: Sequence[Sequence[str]], numbers: Sequence[int], width: int) -> tuple[list[pa.Array], pa.Array]:
    """Columns of equal length from ragged rows: short rows are filled with blanks, cells beyond ``width`` dropped."""
    import pyarrow as pa

    blank = [""] * width
    even = [r if len(r) == width else [*r, *blank][:width] for r in rows]
    columns = [pa.array(c, type=pa.string()) for c in zip(*even, strict=True)] if even else []
    if not even:
        columns = [pa.array([], type=pa.string()) for _ in range(width)]
    return columns, pa.array(numbers, type=pa.int64())


def encoded(column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Distinct values (text) and for each row the index of its value (int32)."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        if isinstance(column, pa.ChunkedArray):  # combining an empty chunked array may keep it chunked
            column = pa.array([], type=pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return column.dictionary, column.indices
