"""Sheets that add up other sheets of their workbook: pivot tables, sums by supplier, lists of the largest suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from holdfast.spend.reading import TableRead

if TYPE_CHECKING:
    import pyarrow as pa


def summed_by(sheet: TableRead, sheets: Sequence[TableRead]) -> str | None:
    """What a sheet without days of its own adds up, in words; ``None`` where it is not proved to the penny."""
    if sheet.rows_typed == 0 or _has_days(sheet):
        return None
    if not sheet.first_date and _one_other(sheet, sheets):
        return "another sheet of the workbook"
    others = [t for t in sheets if t is not sheet and t.rows_typed and t.currency == sheet.currency]
    # other sheets without days may be summaries too
    others = [t for t in others if _has_days(t)] or others
    if sheet.rows_typed < 2 or sum(t.rows_typed for t in others) <= sheet.rows_typed:
        return None
    if len(others) > 1 and sum((t.total for t in others), Decimal(0)) == sheet.total:
        return "the other sheets of the workbook"
    return "what suppliers were paid in the other sheets of the workbook" if _by_supplier(sheet, others) else None


def _has_days(t: TableRead) -> bool:
    """Whether rows have days of their own, not all one period that a column, the name or the title states."""
    periods = any(p.code == "HF318" and p.count >= t.rows_typed for p in t.problems)
    return bool(t.first_date) and "date" in t.mapping and not periods


def _one_other(sheet: TableRead, sheets: Sequence[TableRead]) -> bool:
    pivot = any(h.strip().lower() in ("row labels", "column labels") for h in sheet.headers)
    others = [t for t in sheets if t is not sheet and t.rows_typed >= sheet.rows_typed and t.first_date]
    return any(pivot or t.total == sheet.total for t in others)


def _by_supplier(sheet: TableRead, others: Sequence[TableRead]) -> bool:
    """Whether each row is a supplier's sum over the other sheets, half of the rows at least of several payments.

    A list of single payments proves nothing: standing orders repeat themselves from month to month.
    """
    import pyarrow as pa

    tables = [table for t in others if (table := _paid(t)) is not None]
    listed = _paid(sheet)
    if listed is None or not tables:
        return False
    rows = listed.to_pylist()
    paid = pa.concat_tables(tables).group_by("supplier").aggregate([("amount", "sum"), ("amount", "count")])
    known = {r["supplier"]: (r["amount_sum"], r["amount_count"]) for r in paid.to_pylist()}
    found = [known.get(r["supplier"], (None, 0)) for r in rows]
    if len({r["supplier"] for r in rows}) < len(rows) or any(r["supplier"] is None for r in rows):
        return False
    several = sum(n > 1 for _, n in found)
    equal = all(total == r["amount"] for r, (total, _) in zip(rows, found, strict=True))
    return equal and several >= max(2, len(rows) / 2)


def _paid(t: TableRead) -> pa.Table | None:
    """Supplier, in capitals, and amount of each payment."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = t.table()
    if table is None:
        return None
    names = pc.utf8_upper(table.column("supplier").cast(pa.string()))
    return pa.table({"supplier": names, "amount": table.column("amount")})
