"""facts.parquet and the ``spend`` table: payments, who was paid, where they are, and whether the payment counts.

The facts are written a batch at a time as dictionaries, so that a supplier's name is not handled once for each payment.
DuckDB's own ``COPY`` of the same join took four times the CPU (38 s for ten million rows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.core.period import FiscalYear
from holdfast.project.batches import Piece, constant, read_batch
from holdfast.project.entries import NO_MONTH, Entries, Numbers, column
from holdfast.tables.contract import contract

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.duck import Engine

#: Columns of the facts that come from the payment itself; ``file`` and ``anchor`` are known without reading.
FROM_PAYMENT = (
    *("sheet", "row", "date", "amount", "currency", "kind", "supplier", "supplier_id"),
    *("category", "category_code", "department", "description", "reference"),
)
#: Columns of the facts that come from the payee, by their name there.
FROM_PAYEE = {"postcode": "based_postcode"} | {
    name: name
    for name in (
        *("supplier_key", "supplier_name", "org_id", "matched_by", "supplier_kind", "ownership", "size", "sector"),
        *("area", "ring", "branch_ring", "placed_by", "deprived"),
    )
}


@dataclass(frozen=True, slots=True)
class Scopes:
    """What each payment is: positions in ``words``, in the order of the entries."""

    code: Numbers
    words: tuple[str, ...]


def write_facts(entries: Entries, payees: pa.Table, scopes: Scopes, first_month: int, path: Path) -> None:
    """Write every payment with all that is known of it, in the order of files and rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    described = {name: _dictionary(column(payees, there)) for name, there in FROM_PAYEE.items()}
    # the schema is not stored beside the data: other readers would not know Arrow's dictionaries
    writer = None
    start = 0
    try:
        for pieces in entries.batches:
            table = _batch(entries, pieces, start, described, scopes, first_month)
            if writer is None:
                writer = pq.ParquetWriter(
                    path,
                    table.schema,
                    compression="zstd",
                    store_schema=False,
                    write_statistics=False,
                    dictionary_pagesize_limit=1 << 25,
                    use_dictionary=[f.name for f in table.schema if pa.types.is_dictionary(f.type)],
                )
            writer.write_table(table, row_group_size=max(1, table.num_rows))
            start += table.num_rows
    finally:
        if writer is not None:
            writer.close()


def _batch(
    entries: Entries,
    pieces: Sequence[Piece],
    start: int,
    described: dict[str, pa.Array],
    scopes: Scopes,
    first_month: int,
) -> pa.Table:
    import pyarrow as pa

    table = read_batch(entries.sources, pieces, FROM_PAYMENT)
    rows = slice(start, start + table.num_rows)
    payee = pa.array(entries.payee[rows])
    found = {name: column(table, name) for name in ("anchor", *FROM_PAYMENT)}
    found["file"] = _files(entries, pieces)
    found["payee"] = payee.cast(pa.int64())
    found |= _periods(entries.month[rows], first_month)
    found |= {name: _taken(values, payee) for name, values in described.items()}
    found["scope"] = _coded(scopes.code[rows], scopes.words)
    return pa.table({c.column: found[c.column] for c in contract("facts")})


def _dictionary(values: pa.Array) -> pa.Array:
    import pyarrow as pa

    return values.dictionary_encode() if pa.types.is_string(values.type) else values


def _taken(values: pa.Array, payee: pa.Array) -> pa.Array:
    """One value of a payee for each payment; for text only its number is copied."""
    import pyarrow as pa

    if not pa.types.is_dictionary(values.type):
        return values.take(payee)
    return pa.DictionaryArray.from_arrays(values.indices.take(payee), values.dictionary)


def _files(entries: Entries, pieces: Sequence[Piece]) -> pa.Array:
    import pyarrow as pa

    chunks = [constant(entries.sources[p.source].file, p.rows) for p in pieces]
    return pa.chunked_array(chunks).unify_dictionaries().combine_chunks()


def _coded(codes: Numbers, words: Sequence[str]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32), mask=codes < 0), pa.array(words, pa.string())
    )


def _periods(months: Numbers, first_month: int) -> dict[str, pa.Array]:
    """``year`` and ``month`` of each payment."""
    import numpy as np

    known = months != NO_MONTH
    if not known.any():
        none = np.full(len(months), -1, dtype=np.int32)
        return {"year": _coded(none, ()), "month": _coded(none, ())}
    first, last = int(months[known].min()), int(months[known].max())
    labels = [month_labels(m, first_month) for m in range(first, last + 1)]
    at = np.where(known, months.astype(np.int32) - first, -1)
    years = sorted({year for year, _ in labels})
    year_at = np.array([*(years.index(year) for year, _ in labels), -1], dtype=np.int32)
    return {"year": _coded(year_at[at], years), "month": _coded(at, [month for _, month in labels])}


def month_labels(month: int, first_month: int) -> tuple[str, str]:
    """Fiscal year and ``YYYY-MM`` of a month counted from January 1970."""
    day = date(1970 + month // 12, month % 12 + 1, 1)
    return FiscalYear.of(day, first_month).label, f"{day:%Y-%m}"


def spend_table(engine: Engine, entries: Entries, payees: pa.Table, scopes: Scopes, first_month: int) -> str:
    """Add the facts up to what the measures need; gives the name under which the engine knows the table.

    Whole numbers are added up first and described afterwards. Profiles are the payees that nothing in the table tells
    apart.
    """

    engine.register("payees_described", payees)
    engine.register("entered", _entered(entries, scopes))
    engine.register("months", _month_table(entries.month, first_month))
    words = {name: entries.words[name] for name in ("category", "kind", "currency")} | {"scope": scopes.words}
    for name, listed in words.items():
        engine.register(f"words_{name}", _numbered(listed))
    named = ", ".join(PROFILE)
    order = ", ".join(f"{c} NULLS FIRST" for c in PROFILE)
    same = " AND ".join(f"p.{c} IS NOT DISTINCT FROM q.{c}" for c in PROFILE)
    engine.execute(f"""
        CREATE OR REPLACE TABLE profiles AS
        SELECT ROW_NUMBER() OVER (ORDER BY {order}) AS profile, *
        FROM (SELECT DISTINCT {named} FROM payees_described) AS distinct_profiles""")
    engine.execute(f"""
        CREATE OR REPLACE TABLE payee_profiles AS
        SELECT p.payee, q.profile FROM payees_described AS p JOIN profiles AS q ON {same}""")
    engine.execute(f"""
        CREATE OR REPLACE TABLE spend AS
        WITH added AS (
            SELECT q.profile, e.month, e.category, e.kind, e.scope, e.currency,
                SUM(e.pennies) AS pennies, COUNT(*) AS payments
            FROM entered AS e JOIN payee_profiles AS q ON q.payee = e.payee
            GROUP BY q.profile, e.month, e.category, e.kind, e.scope, e.currency
        )
        SELECT {", ".join(f"{_SPEND[c.column]} AS {c.column}" for c in contract("spend"))}
        FROM added AS a
        JOIN profiles AS p ON p.profile = a.profile
        LEFT JOIN months AS m ON m.code = a.month
        LEFT JOIN words_category AS c ON c.code = a.category
        JOIN words_kind AS k ON k.code = a.kind
        JOIN words_scope AS s ON s.code = a.scope
        JOIN words_currency AS u ON u.code = a.currency""")
    return "spend"


#: Columns of the ``spend`` table that come from the payee.
PROFILE = (
    *("anchor", "supplier_key", "supplier_name", "supplier_kind", "ownership", "size"),
    *("area", "ring", "branch_ring", "placed_by", "deprived"),
)
_SPEND = {name: f"p.{name}" for name in PROFILE} | {
    "year": "m.year",
    "month": "m.month",
    "category": "c.word",
    "kind": "k.word",
    "scope": "s.word",
    "currency": "u.word",
    "amount": "CAST(CAST(a.pennies AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2))",
    "payments": "a.payments",
}


def _numbered(words: Sequence[str] | pa.Array) -> pa.Table:
    """Words with their positions."""
    import pyarrow as pa

    texts = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
    return pa.table({"code": pa.array(range(len(texts)), pa.int32()), "word": texts})


def _entered(entries: Entries, scopes: Scopes) -> pa.Table:
    import pyarrow as pa

    codes = {name: pa.array(entries.codes[name]) for name in ("category", "kind", "currency")}
    return pa.table(
        {
            "payee": pa.array(entries.payee),
            "month": pa.array(entries.month),
            "pennies": pa.array(entries.pennies),
            "scope": pa.array(scopes.code),
            **codes,
        }
    )


def _month_table(months: Numbers, first_month: int) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    codes = [int(m) for m in np.unique(months) if m != NO_MONTH]
    labels = [month_labels(m, first_month) for m in codes]
    return pa.table(
        {
            "code": pa.array(codes, pa.int16()),
            "year": pa.array([y for y, _ in labels], pa.string()),
            "month": pa.array([m for _, m in labels], pa.string()),
        }
    )
