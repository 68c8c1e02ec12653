"""facts.parquet and the ``spend`` table: payments, who was paid, where they are, and whether the payment counts.

The facts are written a batch at a time as dictionaries, so that a supplier's name is not handled once for each payment.
DuckDB's own ``COPY`` of the same join took seven times the CPU (38 s for ten million rows).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from holdfast.core.period import FiscalYear
from holdfast.project.batches import Piece, constant, joined, read_batch
from holdfast.project.corrections import Corrected
from holdfast.project.entries import NO_DAY, NO_MONTH, Entries, Numbers, codes_of, column, distinct, months_of
from holdfast.tables.contract import contract

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.interface import Engine

#: Words, in the order of their codes.
Texts: TypeAlias = "Sequence[str] | pa.Array"
#: Columns of the facts that the entries do not hold and that are read once more.
FROM_PAYMENT = ("row", "category_code", "department", "description", "reference")
#: Columns of the facts that come from the payee, by their name there.
FROM_PAYEE = {"postcode": "based_postcode"} | {
    name: name
    for name in (
        *(
            "anchor",
            "supplier",
            "supplier_id",
            "supplier_key",
            "supplier_name",
            "org_id",
            "matched_by",
            "supplier_kind",
            "ownership",
            "size",
            "ownership_form",
            "parent",
            "seat",
            "alive",
            "owner_kind",
            "owner_country",
            "living_wage",
            "sector",
        ),
        *("area", "ring", "branch_ring", "placed_by", "deprived"),
    )
}

#: Whole numbers of the facts, which differ little from row to row.
WHOLE = ("row", "date", "payee", "ring", "branch_ring")


@dataclass(frozen=True, slots=True)
class Scopes:
    """What each payment is: positions in ``words``, in the order of the entries; and what people put where by hand."""

    code: Numbers
    words: tuple[str, ...]
    by_hand: Mapping[str, Corrected] = field(default_factory=dict)


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
                    compression="lz4",
                    store_schema=False,
                    write_statistics=False,
                    dictionary_pagesize_limit=1 << 25,
                    use_dictionary=[f.name for f in table.schema if pa.types.is_dictionary(f.type)],
                    column_encoding=dict.fromkeys(WHOLE, "DELTA_BINARY_PACKED"),
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

    table = entries.table
    if table is None or not set(FROM_PAYMENT) <= set(table.column_names):
        table = read_batch(entries.sources, pieces, FROM_PAYMENT)
    rows = slice(start, start + table.num_rows)
    payee = pa.array(entries.payee[rows])
    days = entries.day[rows]
    found = {name: column(table, name) for name in FROM_PAYMENT}
    found |= _where(entries, pieces)
    found |= {name: _taken(values, payee) for name, values in described.items()}
    found |= {name: coded(codes[rows], entries.words[name]) for name, codes in entries.codes.items()}
    found |= Periods.of(days, first_month).columns()
    found["date"] = pa.array(days, mask=days == NO_DAY).cast(pa.date32())
    found["amount"] = money_of(entries.pennies[rows])
    found["payee"] = payee.cast(pa.int64())
    found["scope"] = coded(scopes.code[rows], scopes.words)
    # only where categories are not as published
    for name in ("category_published", "category_by"):
        found.setdefault(name, pa.nulls(table.num_rows, pa.dictionary(pa.int32(), pa.string())))
    found.setdefault("category_confidence", pa.nulls(table.num_rows, pa.decimal128(5, 4)))
    return pa.table({c.column: found[c.column] for c in contract("facts")})


def _dictionary(values: pa.Array) -> pa.Array:
    import pyarrow as pa

    return values.dictionary_encode() if pa.types.is_string(values.type) else values


def _taken(values: pa.Array, payee: pa.Array) -> pa.Array:
    """One value of a payee for each payment; for text only its number is copied."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # numbers of payees are known to be good: looking at each once more takes as long as the work itself
    if not pa.types.is_dictionary(values.type):
        return pc.take(values, payee, boundscheck=False)
    codes = pc.take(values.indices, payee, boundscheck=False)
    return pa.DictionaryArray.from_arrays(codes, values.dictionary, safe=False)


def _where(entries: Entries, pieces: Sequence[Piece]) -> dict[str, pa.Array]:
    """``file`` and ``sheet`` of each payment, which all payments of a source have in common."""
    import pyarrow as pa

    of = [(entries.sources[p.source], p.rows) for p in pieces]
    text = pa.dictionary(pa.int32(), pa.string())
    sheets = [constant(s.sheet, rows) if s.sheet is not None else pa.nulls(rows, text) for s, rows in of]
    return {"file": joined([constant(s.file, rows) for s, rows in of]), "sheet": joined(sheets)}


def coded(codes: Numbers, words: Texts) -> pa.Array:
    """Text from positions in words, -1 for blank."""
    import numpy as np
    import pyarrow as pa

    texts = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
    blank = codes < 0
    numbers = pa.array(codes.astype(np.int32), mask=blank if blank.any() else None)
    return pa.DictionaryArray.from_arrays(numbers, texts, safe=False)


@dataclass(frozen=True, slots=True)
class Periods:
    """Months and fiscal years as codes, -1 where there is no date. ``year_of`` gives the year's code of a month's."""

    month: Numbers
    months: tuple[str, ...]
    years: tuple[str, ...]
    year_of: Numbers

    @classmethod
    def of(cls, days: Numbers, first_month: int) -> Periods:
        import numpy as np

        month = months_of(days)
        known = month[month != NO_MONTH]
        first, last = (int(known.min()), int(known.max())) if len(known) else (0, -1)
        labels = [month_labels(m, first_month) for m in range(first, last + 1)]
        years = sorted({year for year, _ in labels})
        codes = np.where(month == NO_MONTH, np.int16(-1), month - np.int16(first))
        # one place more at the end, where -1 finds -1
        year_of = np.array([*(years.index(year) for year, _ in labels), -1], dtype=np.int16)
        return cls(codes, tuple(m for _, m in labels), tuple(years), year_of)

    @property
    def year(self) -> Numbers:
        return self.year_of[self.month]

    def columns(self) -> dict[str, pa.Array]:
        return {"year": coded(self.year, self.years), "month": coded(self.month, self.months)}


def month_labels(month: int, first_month: int) -> tuple[str, str]:
    """Fiscal year and ``YYYY-MM`` of a month counted from January 1970."""
    day = date(1970 + month // 12, month % 12 + 1, 1)
    return FiscalYear.of(day, first_month).label, f"{day:%Y-%m}"


def spend_tables(
    engine: Engine, entries: Entries, payees: pa.Table, scopes: Scopes, first_month: int
) -> tuple[pa.Table, pa.Table]:
    """The facts added up to what the measures need: the ``spend`` table without months, and the ledger by month.

    Numbers are added up first and named afterwards; text is in dictionaries. A supplier whose payees differ in what
    the table does not show has a row for each of them.
    """
    import pyarrow as pa

    periods = Periods.of(entries.day, first_month)
    words: dict[str, Texts] = {"year": periods.years, "month": periods.months}
    words |= {**entries.words, "scope": scopes.words}
    described = {name: _dictionary(column(payees, name)) for name in PROFILE}
    place, first = distinct([_codes(described[name]) for name in ("anchor", "ring")])
    engine.register("entered", _entered(entries, scopes, periods, place))
    of_payment = ("kind", "currency", "scope")
    spend = _added(engine, ("payee", "year", "category", *of_payment))
    ledger = _added(engine, ("place", "year", "month", *of_payment))
    engine.forget("entered")
    whole = _named(spend, column(spend, "payee"), described, words)
    whole = whole.append_column("month", pa.nulls(spend.num_rows, pa.string()))
    of_place = {name: described[name] for name in ("anchor", "ring")}
    somebody_there = pa.array(first).take(column(ledger, "place"))
    return whole.select([c.column for c in contract("spend")]), _named(ledger, somebody_there, of_place, words)


def _entered(entries: Entries, scopes: Scopes, periods: Periods, place: Numbers) -> pa.Table:
    """Every payment in whole numbers. ``place``: the number of each payee's anchor and ring."""
    import numpy as np
    import pyarrow as pa

    numbers = {
        "payee": entries.payee,
        "place": place.astype(np.min_scalar_type(len(place)))[entries.payee],
        "year": periods.year,
        "month": periods.month,
        "scope": scopes.code,
        "pennies": entries.pennies,
        **entries.codes,
    }
    return pa.table({name: pa.array(values) for name, values in numbers.items()})


def _added(engine: Engine, by: Sequence[str]) -> pa.Table:
    """Pennies and payments by codes."""
    listed = ", ".join(by)
    return engine.arrow(f"""
        SELECT {listed}, CAST(SUM(pennies) AS BIGINT) AS pennies, COUNT(*) AS payments
        FROM entered GROUP BY {listed}""")


def _named(
    added: pa.Table, payee: pa.Array, described: Mapping[str, pa.Array], words: Mapping[str, Sequence[str] | pa.Array]
) -> pa.Table:
    """Words in place of numbers, and money in place of pennies. ``payee``: whose description each row has."""
    import pyarrow as pa

    columns = {name: _taken(values, payee) for name, values in described.items()}
    for name in (n for n in added.column_names if n in words):
        columns[name] = coded(column(added, name).to_numpy(), words[name])
    columns["amount"] = money_of(column(added, "pennies").to_numpy())
    columns["payments"] = column(added, "payments")
    return pa.table(columns)


#: Columns of the ``spend`` table that come from the payee.
PROFILE = (
    *("anchor", "supplier_key", "supplier_name", "supplier_kind", "ownership", "ownership_form", "size"),
    *("owner_kind", "owner_country"),
    *("area", "ring", "branch_ring", "placed_by", "deprived"),
)


def _codes(values: pa.Array) -> tuple[Numbers, int]:
    """Codes of text, whole numbers or truth values."""
    import pyarrow as pa

    return codes_of(values if pa.types.is_dictionary(values.type) else values.dictionary_encode())


def money_of(pennies: Numbers) -> pa.Array:
    """Whole pennies as exact decimals: each is the low half of a 128-bit number, its sign the high half."""
    import numpy as np
    import pyarrow as pa

    words = np.empty((len(pennies), 2), dtype="<i8")
    words[:, 0] = pennies
    words[:, 1] = pennies >> 63
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(pennies), [None, pa.py_buffer(words.tobytes())])
