"""Workbooks (XLSX, XLS, XLSB, ODS): every sheet as a grid; hidden ones are said to be hidden."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from holdfast.core.problem import Problem
from holdfast.spend.amounts import parse_amount
from holdfast.spend.delimited import MAX_COLUMNS
from holdfast.spend.grid import Grid, from_cells
from holdfast.spend.sources import MAX_RATIO, RATIO_FREE


class Unreadable(Exception):
    """The workbook cannot be opened; the message says why in words."""


class TooLarge(Unreadable):
    """The workbook was made to fill the memory."""


#: How many digits of a number a spreadsheet keeps and shows.
SHOWN_DIGITS = 15


def sheets(data: bytes) -> Iterator[Grid]:
    """Every sheet in order. Raises :class:`Unreadable`."""
    import python_calamine

    if refusal := would_fill_memory(data):
        raise TooLarge(refusal)
    data, trimmed = without_far_cells(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        described = list(book.sheets_metadata)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(_reason(str(error))) from error
    for meta in described:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
        try:
            sheet = book.get_sheet_by_name(meta.name)
            rows = _with_merged(sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [])
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            problem = Problem("HF106", f"sheet '{meta.name}' cannot be read: {_reason(str(error))}", sheet=meta.name)
            yield Grid([], [], from_cells([], [], 0)[1], sheet=meta.name, hidden=hidden, problems=[problem])
            continue
        grid = _grid(rows, meta.name, hidden)
        yield replace(grid, problems=[*grid.problems, *_far_cells(meta.name)]) if trimmed else grid


def _with_merged(rows: list[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> list[list[Any]]:
    """Words and dates that one cell holds for several rows, in each of them. A number is one payment, not several."""
    room = sum(len(row) for row in rows)  # merged cells do not overlap, unless made to take for ever
    for (first, column), (last, right) in merged:
        room -= last - first
        if right != column or last >= len(rows) or column >= len(rows[first]) or room < 0:
            continue
        value = rows[first][column]
        if isinstance(value, date) or (isinstance(value, str) and parse_amount(value) is None):
            for row in rows[first + 1 : last + 1]:
                row[column] = value
    return rows


def would_fill_memory(data: bytes) -> str | None:
    """Why a workbook is not unpacked: XLSX and ODS are archives, which may be made to fill the memory."""
    if data[:4] != b"PK\x03\x04":
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            unpacked = sum(i.file_size for i in book.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None  # the reader proper says what is wrong
    too_much = unpacked > max(RATIO_FREE, len(data) * MAX_RATIO)
    return f"it would unpack from {len(data):,} to {unpacked:,} bytes" if too_much else None


def _far_cells(name: str) -> list[Problem]:
    return [Problem("HF326", "cells far to the right of any table were left out", sheet=name)]


#: A cell in column AAA (the 703rd) or beyond, as XLSX writes it.
_FAR_CELL = re.compile(rb'<c r="[A-Z]{3}\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


def without_far_cells(data: bytes) -> tuple[bytes, bool]:
    """An XLSX file without cells beyond column ZZ, and whether there were any.

    One stray cell in the last column makes a sheet's used area thousands of times that of its table, and the reader
    takes memory for all of it.
    """
    if data[:4] != b"PK\x03\x04":
        return data, False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
            far = {n: text for n in sheets if _FAR_CELL.search(text := book.read(n))}
            if not far:
                return data, False
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as kept:
                for name in book.namelist():
                    kept.writestr(name, _FAR_CELL.sub(b"", far[name]) if name in far else book.read(name))
            return out.getvalue(), True
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        return data, False  # the reader proper says what is wrong


def _reason(text: str) -> str:
    if "assword" in text or "ncrypt" in text:
        return "it has a password"
    return text.split("\n")[0][:200]


def _grid(rows: Sequence[Sequence[object]], name: str, hidden: bool) -> Grid:
    problems = [Problem("HF111", f"sheet '{name}' is hidden", sheet=name)] if hidden else []
    cells = [[cell_text(c) for c in row] for row in rows]
    width = max((_used(r) for r in cells), default=0)
    if width > MAX_COLUMNS:
        problem = Problem(
            "HF107", f"sheet '{name}' has {width:,} columns; a payment file has at most {MAX_COLUMNS:,}", sheet=name
        )
        return Grid([], [], from_cells([], [], 0)[1], sheet=name, hidden=hidden, problems=[*problems, problem])
    numbers = list(range(1, len(cells) + 1))
    columns, row_numbers = from_cells([r[:width] for r in cells], numbers, width)
    top = [(n, r[:width]) for n, r in zip(numbers[:60], cells[:60], strict=True)]
    return Grid(top, columns, row_numbers, sheet=name, hidden=hidden, problems=problems)


def _used(row: list[str]) -> int:
    n = len(row)
    while n and not row[n - 1]:
        n -= 1
    return n


def cell_text(value: object) -> str:
    """A cell as text that loses nothing: the shortest digits that give the same number, ISO dates.

    Spreadsheets keep numbers in binary; ``repr`` gives back the digits that were typed (1882.78). Where it has more
    than the fifteen digits that a spreadsheet shows, the number was worked out (0.1 + 0.2) and is told as it is shown.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if not isfinite(value):
            return str(value)
        exact = Decimal(repr(value))
        shown = exact if len(exact.as_tuple().digits) <= SHOWN_DIGITS else Decimal(f"{value:.{SHOWN_DIGITS}g}")
        return (
            str(int(shown)) if shown == int(shown) and abs(shown) < 10**SHOWN_DIGITS else format(shown.normalize(), "f")
        )
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
