"""Read a table's contract and hold a table to it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

TableName = Literal["payments", "payees", "facts", "spend"]


@dataclass(frozen=True, slots=True)
class ContractColumn:
    """One line of a contract."""

    column: str
    type: str
    unit: str
    required: bool
    personal: bool
    description: str


@cache
def contract(name: TableName) -> tuple[ContractColumn, ...]:
    """The columns of a table, in order."""
    text = files("holdfast.tables").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(
        ContractColumn(
            r["column"], r["type"], r["unit"], r["required"] == "yes", r["personal"] == "yes", r["description"]
        )
        for r in csv.DictReader(text.splitlines())
    )


def schema(name: TableName) -> pa.Schema:
    """The contract as an Arrow schema: money is ``decimal128(18, 2)``, integer ``int64``, date ``date32``."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "date": pa.date32(),
        "money": pa.decimal128(18, 2),
        "share": pa.decimal128(5, 4),
        "boolean": pa.bool_(),
        "list of text": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(c.column, types[c.type], nullable=not c.required) for c in contract(name)])


def violations(table: pa.Table, name: TableName) -> list[str]:
    """How a table breaks its contract, in words; an empty list where it keeps it."""
    found = []
    for want in schema(name):
        if want.name not in table.column_names:
            found.append(f"{name}: column {want.name} is missing")
            continue
        have = table.schema.field(want.name).type
        value_type = getattr(have, "value_type", have) if str(have).startswith("dictionary") else have
        if value_type != want.type:
            found.append(f"{name}: column {want.name} is {value_type}, not {want.type}")
        if not want.nullable and table.column(want.name).null_count:
            found.append(f"{name}: column {want.name} has blanks")
    return found
