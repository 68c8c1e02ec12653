"""Reading a few lines from memory, for tests of one rule at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.core.problem import Problem
from holdfast.packs import load
from holdfast.spend.mapping import SavedMapping
from holdfast.spend.reader import read_source, style_for
from holdfast.spend.reading import TableRead
from holdfast.spend.sources import Source, members

STYLE = style_for(load("uk"))
D = Decimal


def tables(data: bytes | str, name: str = "payments.csv", saved: SavedMapping | None = None) -> list[TableRead]:
    """Every table in the bytes of a file; the counts must add up whatever was in it."""
    raw = data if isinstance(data, bytes) else data.encode()
    found = [t for s in members(Source(name, raw, "0" * 64)) for t in read_source(s, STYLE, saved)]
    for t in found:
        assert t.reconciles
        assert "HF999" not in codes(t), [p.message for p in t.problems]
    return found


def one(data: bytes | str, name: str = "payments.csv", saved: SavedMapping | None = None) -> TableRead:
    """The only table in the bytes of a file."""
    (table,) = tables(data, name, saved)
    return table


def lines(rows: Sequence[str], header: str = "Supplier,Date,Amount") -> str:
    return "\n".join([header, *rows]) + "\n"


def paying(*amounts: str) -> TableRead:
    """A table with a column of amounts, written as given."""
    rows = [f'Umber Design {chr(65 + i)},{i % 28 + 1:02d}/06/2023,"{a}"' for i, a in enumerate(amounts)]
    return one(lines(rows, "Supplier,Payment Date,Amount"))


def paid_on(*dates: str, name: str = "payments.csv") -> TableRead:
    """A table with a column of dates, written as given."""
    rows = [f'Umber Design {chr(65 + i)},"{d}",{10 + i}.50' for i, d in enumerate(dates)]
    return one(lines(rows, "Supplier,Payment Date,Amount"), name)


def column(t: TableRead, name: str) -> list[Any]:
    table = t.table()
    return [] if table is None else table.column(name).to_pylist()


def amounts(t: TableRead) -> list[Decimal]:
    return column(t, "amount")


def days(t: TableRead) -> list[date | None]:
    return column(t, "date")


def codes(t: TableRead) -> list[str]:
    return [p.code for p in t.problems]


def problem(t: TableRead, code: str) -> Problem:
    """The one problem of that code."""
    (found,) = [p for p in t.problems if p.code == code]
    return found


def counts(t: TableRead) -> tuple[int, int, int, int]:
    """Staged, typed, set aside, left out."""
    return t.rows_staged, t.rows_typed, t.rows_quarantined, t.rows_excluded


def put(folder: Path, **files: bytes | str) -> list[Path]:
    """Files in a folder, named by keyword (``june="..."`` is june.csv)."""
    paths = []
    for name, data in files.items():
        path = folder / f"{name}.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        paths.append(path)
    return paths
