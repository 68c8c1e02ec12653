"""The spend table summed up once, so that some twenty measures need not each read all of it.

Every cube is again a ``spend`` table: the rows of the selection, summed over the columns that its measures do not ask
for. Texts that a measure only groups and orders by (suppliers, categories, areas) are numbers in the cubes, in the same
order as the texts, which is several times cheaper; :meth:`Cubes.fetch` puts the words back into what a measure found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.engine.duck import quote_text
from holdfast.measures.selection import LEFT_OUT_KINDS, Selection
from holdfast.measures.settings import LEDGER, MeasureTables
from holdfast.tables.contract import contract

if TYPE_CHECKING:
    import pyarrow as pa

    from holdfast.engine.interface import Engine, Relation

CODED = "spend_in_codes"

#: Columns that measures hold against words, and which therefore are words in the cubes too.
WORDED = (
    *("supplier_kind", "ownership", "ownership_form", "size", "owner_kind", "owner_country"),
    *("placed_by", "kind", "scope", "currency"),
)

#: Name of a cube -> its columns; a column may be an expression. Of ``year`` and ``category`` the cube of suppliers
#: keeps only whether they are there.
CUBES: dict[str, dict[str, str]] = {
    "suppliers": {
        **dict.fromkeys(("anchor", "supplier_key", "supplier_name", "supplier_kind", "ownership", "size", "area"), ""),
        **dict.fromkeys(("ring", "branch_ring", "placed_by", "deprived"), ""),
        **dict.fromkeys(("ownership_form", "owner_kind", "owner_country"), ""),
        "year": "CASE WHEN year IS NOT NULL THEN 0 END",
        "category": "CASE WHEN category IS NOT NULL THEN 0 END",
    },
    "categories": dict.fromkeys(("anchor", "category", "supplier_key", "supplier_kind", "ring"), ""),
    "years": {
        **dict.fromkeys(("anchor", "year", "ring"), ""),
        "supplier_key": "CASE WHEN ring IS NULL THEN supplier_key END",
        "supplier_kind": "CASE WHEN ring IS NULL THEN supplier_kind END",
    },
}


@dataclass(frozen=True, slots=True)
class Cubes:
    """The tables for each family of measures, and the words behind the numbers in them.

    ``ledger`` holds all rows by month, scope and ring; the others hold those of the selection.
    """

    words: Mapping[str, list[str]]
    suppliers: MeasureTables
    categories: MeasureTables
    years: MeasureTables
    ledger: MeasureTables

    def fetch(self, relation: Relation) -> list[dict[str, Any]]:
        """The rows of a relation as records, with words where the cubes have numbers."""
        names = relation.columns
        words = [self.words.get(name) for name in names]
        return [
            {
                name: value if listed is None or value is None else listed[value]
                for name, listed, value in zip(names, words, row, strict=True)
            }
            for row in relation.fetchall()
        ]


def build(engine: Engine, tables: MeasureTables, selection: Selection) -> Cubes:
    """Sum the spend table up. The cubes are known to the engine under names that begin with ``cube_``."""
    coded, dictionaries = encode(_table(engine, tables))
    engine.register(CODED, coded)
    made = {name: _cube(engine, name, columns, dictionaries, selection) for name, columns in CUBES.items()}
    if tables.ledger is None:
        by = ", ".join(LEDGER)
        sums = "SUM(amount) AS amount, SUM(payments) AS payments"
        ledger = engine.arrow(f"SELECT {by}, {sums} FROM {CODED} GROUP BY {by}")
    else:
        ledger, own = encode(tables.ledger)
        dictionaries["month"] = own["month"]
        ledger = _renumbered(ledger, own, dictionaries)
    engine.register("cube_ledger", decode(ledger, dictionaries))
    words = {name: words.to_pylist() for name, words in dictionaries.items() if name not in WORDED}
    return Cubes(words, **made, ledger=MeasureTables("cube_ledger"))


def _cube(
    engine: Engine, name: str, columns: Mapping[str, str], words: Mapping[str, pa.Array], selection: Selection
) -> MeasureTables:
    """Undisclosed payments and credits stay in rows of their own, as the range needs them."""
    picked = ", ".join(f"{expression or column} AS {column}" for column, expression in columns.items())
    hidden = number(words, "supplier_kind", "not disclosed")
    kinds = ", ".join(str(number(words, "kind", kind)) for kind in LEFT_OUT_KINDS)
    table = engine.arrow(f"""
        SELECT {", ".join(columns)},
            CAST(SUM(amount) AS DECIMAL(18, 2)) AS amount, CAST(SUM(payments) AS BIGINT) AS payments
        FROM (
            SELECT {picked}, amount, payments,
                CASE WHEN supplier_kind = {hidden} AND amount < 0 THEN 1 ELSE 0 END AS credit
            FROM {CODED}
            WHERE scope = {number(words, "scope", selection.scope)} AND kind NOT IN ({kinds})
                AND currency = {number(words, "currency", selection.currency)}
        ) AS picked
        GROUP BY {", ".join(columns)}, credit""")
    engine.register(f"sums_{name}", decode(table, words))
    # what is the same in every row is said once, so that no query needs to look
    scope, currency = quote_text(selection.scope), quote_text(selection.currency)
    engine.execute(f"""
        CREATE OR REPLACE TEMPORARY VIEW cube_{name} AS
        SELECT *, {scope} AS scope, {currency} AS currency, 'payment' AS kind FROM sums_{name}""")
    return MeasureTables(f"cube_{name}")


def _table(engine: Engine, tables: MeasureTables) -> pa.Table:
    if isinstance(tables.spend, Path):
        import pyarrow.parquet as pq

        texts = [column.column for column in contract("spend") if column.type == "text"]
        return pq.read_table(tables.spend, read_dictionary=texts)
    if isinstance(tables.spend, str):
        return engine.arrow(f"SELECT * FROM {tables.spend}")
    return tables.spend


def encode(table: pa.Table) -> tuple[pa.Table, dict[str, pa.Array]]:
    """The table with every text column as numbers, and the words of each, in their order."""
    import pyarrow as pa

    columns, words = {}, {}
    for name in table.column_names:
        column, kind = table.column(name), table.schema.field(name).type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind):
            columns[name], words[name] = _in_order(column)
        else:
            columns[name] = column
    return pa.table(columns), words


def _in_order(column: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """The numbers and the words of a text column; a smaller number is a smaller word."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column
    array = whole.combine_chunks()
    array = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
    array = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    order = pc.sort_indices(array.dictionary)
    places = pc.sort_indices(order).cast(pa.int32())
    return places.take(array.indices), array.dictionary.take(order)


def decode(table: pa.Table, words: Mapping[str, pa.Array]) -> pa.Table:
    """Words in place of their numbers in the columns that measures hold against words."""
    import pyarrow as pa

    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if name in WORDED and pa.types.is_integer(column.type):
            codes = column.combine_chunks().cast(pa.int32())
            column = pa.DictionaryArray.from_arrays(codes, words[name])
        columns[name] = column
    return pa.table(columns)


def _renumbered(table: pa.Table, own: Mapping[str, pa.Array], words: Mapping[str, pa.Array]) -> pa.Table:
    """A table whose numbers stand for its own words, with the numbers that these words have elsewhere."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {
        name: pc.index_in(own[name], words[name]).take(table.column(name)) if name in own else table.column(name)
        for name in table.column_names
    }
    return pa.table(columns)


def number(words: Mapping[str, pa.Array], column: str, word: str) -> int:
    """The number that stands for a word in a column; -1 where it does not occur."""
    return int(words[column].index(word).as_py())
