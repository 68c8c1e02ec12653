"""``suppliers.parquet``: every organisation that was paid, what kind it is, who says so and how surely; no persons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.figures import THIRD_PARTY, Column, ResultTable

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

FILE = "suppliers.parquet"
_ABOUT = (
    *("supplier_name", "org_id", "supplier_kind", "ownership", "ownership_form", "form_by", "form_confidence"),
    *("size", "size_by", "size_confidence", "parent", "parent_by", "parent_confidence", "sector", "sic", "seat"),
    *("founded", "dissolved", "alive", "owner_kind", "owner_country", "owner_by", "living_wage"),
)
COLUMNS = (
    Column("supplier", "Supplier"),
    Column("amount", "Money", "money"),
    Column("form", "Form of ownership"),
    Column("form_by", "Told by"),
    Column("form_confidence", "How surely"),
    Column("size", "Size"),
    Column("size_by", "Told by"),
    Column("size_confidence", "How surely"),
    Column("parent", "Group"),
    Column("parent_by", "Told by"),
    Column("seat", "Placed by"),
    Column("alive", "Existed when paid"),
)


def write_suppliers(engine: Engine, payees: pa.Table, spend: pa.Table, path: Path) -> None:
    """Write one row per organisation, in the order of keys; ``amount`` counts third-party purchases.

    Of a supplier that is written in several ways the first whose form is known tells what differs between them.
    """
    about = ", ".join(_ABOUT)
    engine.register("payees_described", payees)
    engine.register("spend_by_supplier", spend.select(["supplier_key", "scope", "amount"]))
    engine.write_parquet(
        f"""
        SELECT p.*, coalesce(s.amount, 0) AS amount
        FROM (
            SELECT DISTINCT ON (supplier_key) supplier_key, {about} FROM payees_described
            WHERE supplier_kind NOT IN ('person', 'not disclosed')
            ORDER BY supplier_key, ownership_form = 'unknown', payee
        ) p LEFT JOIN (
            SELECT supplier_key, CAST(sum(amount) AS DECIMAL(18, 2)) AS amount FROM spend_by_supplier
            WHERE scope = '{THIRD_PARTY}' GROUP BY supplier_key
        ) s USING (supplier_key) ORDER BY supplier_key
        """,
        path,
    )


def described(engine: Engine, path: Path, top: int) -> ResultTable:
    """The organisations with most money, and what is known of their kind."""
    rows = engine.rows(
        f"SELECT *, ownership_form AS form, supplier_name AS supplier FROM described_suppliers "
        f"ORDER BY amount DESC, supplier_key LIMIT {top}",
        described_suppliers=path,
    )
    lines = tuple(tuple(row[c.name] for c in COLUMNS) for row in rows)
    note = "Every organisation stands in suppliers.parquet, with its codes of industry, its dates and its owners."
    return ResultTable("descriptions", "What kind of organisations the largest suppliers are", COLUMNS, lines, note)
