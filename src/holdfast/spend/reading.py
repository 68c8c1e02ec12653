"""What reading found, per table and in all: the object behind ``holdfast read`` and every run's reconciliation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.core.problem import Problem

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = "holdfast.read/1"


@dataclass(frozen=True)
class TableRead:
    """One table read: a file, a sheet of a workbook, or a member of an archive (``a.zip!b.csv``).

    ``header_row`` counts from 1 as a spreadsheet does. ``mapping`` is field -> column header, ``reasons`` field ->
    why. ``total`` is the sum of ``amount`` over typed rows in ``currency``, that of most rows; ``others`` are the sums
    in other currencies, and ``duplicates`` how much of each is marked as duplicate. ``currency_told`` says whether the
    file names the currency. ``payments`` is the typed table by its contract, in memory or as a Parquet file; ``None``
    where nothing was typed. ``quarantine`` lists rows set aside: row, code, column, value, text.
    """

    path: str
    sha256: str
    sheet: str | None
    encoding: str | None
    header_row: int | None
    mapping: dict[str, str]
    reasons: dict[str, str]
    headers: tuple[str, ...]
    rows_staged: int
    rows_typed: int
    rows_quarantined: int
    rows_excluded: int
    total: Decimal
    currency: str
    first_date: str | None
    last_date: str | None
    vat_basis: str
    problems: tuple[Problem, ...]
    payments: pa.Table | Path | None = None
    quarantine: tuple[dict[str, Any], ...] = ()
    bodies: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    others: dict[str, Decimal] = field(default_factory=dict)
    duplicates: dict[str, Decimal] = field(default_factory=dict)
    currency_told: bool = True

    @property
    def reconciles(self) -> bool:
        """Whether every staged row ended in one place."""
        return self.rows_staged == self.rows_typed + self.rows_quarantined + self.rows_excluded

    @property
    def sums(self) -> dict[str, Decimal]:
        """The sum of the typed rows in each currency."""
        return {self.currency: self.total, **self.others} if self.rows_typed else {}

    @property
    def checksum(self) -> Decimal:
        """The sum of all typed rows whatever their currency: no money, but what a copy of the rows must add up to."""
        return sum(self.others.values(), self.total)

    def table(self) -> pa.Table | None:
        """The payments, in memory."""
        if isinstance(self.payments, Path):
            import pyarrow.parquet as pq

            return pq.ParquetFile(self.payments).read()
        return self.payments

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "sha256": self.sha256,
            "sheet": self.sheet,
            "encoding": self.encoding,
            "header_row": self.header_row,
            "mapping": self.mapping,
            "reasons": self.reasons,
            "rows_staged": self.rows_staged,
            "rows_typed": self.rows_typed,
            "rows_quarantined": self.rows_quarantined,
            "rows_excluded": self.rows_excluded,
            # over all typed rows, as a copy of them must add up; money of one kind stands in totals
            "total": f"{self.checksum:.2f}",
            "currency": self.currency,
            "totals": _as_text(self.sums),
            "duplicates": _as_text(self.duplicates),
            "first_date": self.first_date,
            "last_date": self.last_date,
            "vat_basis": self.vat_basis,
            "kinds": self.kinds,
            "problems": [_problem_json(p) for p in self.problems],
        }


def _problem_json(p: Problem) -> dict[str, Any]:
    return {
        "code": p.code,
        "count": p.count,
        "first_row": p.row,
        "message": p.message,
        "column": p.column,
        "value": p.value,
        "what_to_do": p.what_to_do,
    }


@dataclass(frozen=True)
class Reading:
    """All tables read, in order."""

    files: tuple[TableRead, ...]

    @property
    def problems(self) -> list[Problem]:
        return [p for f in self.files for p in f.problems]

    def quarantined(self) -> list[dict[str, Any]]:
        """Every row set aside: file, sheet, row, code, column, value, text."""
        return [{"file": f.path, "sheet": f.sheet, **q} for f in self.files for q in f.quarantine]

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, "files": [f.to_json() for f in self.files], "totals": totals(self.files)}


def added(sums: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """Sums by currency, added up by currency."""
    money: dict[str, Decimal] = {}
    for part in sums:
        for currency, amount in part.items():
            money[currency] = money.get(currency, Decimal(0)) + amount
    return money


def _as_text(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {c: f"{v:.2f}" for c, v in sorted(sums.items())}


def totals(files: Sequence[TableRead]) -> dict[str, Any]:
    """Sums over tables; money by currency, since pounds and dollars do not add up."""
    money, twice = added(f.sums for f in files), added(f.duplicates for f in files)
    dates = [d for f in files for d in (f.first_date, f.last_date) if d]
    return {
        "tables": len(files),
        "files": len({f.path for f in files}),
        "payment_tables": sum(1 for f in files if f.rows_typed),
        "rows_staged": _sum(f.rows_staged for f in files),
        "rows_typed": _sum(f.rows_typed for f in files),
        "rows_quarantined": _sum(f.rows_quarantined for f in files),
        "rows_excluded": _sum(f.rows_excluded for f in files),
        "total": _as_text(money),
        "duplicates": _as_text(twice),
        "first_date": min(dates, default=None),
        "last_date": max(dates, default=None),
    }


def _sum(values: Iterable[int]) -> int:
    return sum(values)
