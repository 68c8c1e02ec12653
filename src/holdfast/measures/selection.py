"""Which rows of ``spend`` a measure counts, and the one query that nearly every measure is made of.

The SQL here and in the measures is the portable part of the language only: SELECT, CASE, SUM, GROUP BY, ORDER BY,
window functions with a total order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import THIRD_PARTY
from holdfast.engine.duck import quote_text

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

#: Kinds that are never counted: contracts and promises are not payments, and a payment counts once.
LEFT_OUT_KINDS = ("commitment", "duplicate")
COUNTED_KINDS = ("payment", "credit", "redacted", "personal", "payroll", "internal", "card", "grant")

#: Never named and never ranked: a private person is no organisation, and withheld suppliers are not one supplier.
WITHHELD_KINDS = ("person", "not disclosed")
ORGANISATION_KINDS = ("company", "charity", "co-operative", "public body", "school", "unknown")
ORGANISATION = "supplier_kind NOT IN ('person', 'not disclosed')"

#: Rows of undisclosed suppliers are not one supplier, so their credits must not cancel their payments when the range
#: is worked out: the two sides are kept apart. Everyone else's credits go with the supplier.
SIDE = "CASE WHEN supplier_kind = 'not disclosed' THEN CASE WHEN amount < 0 THEN -1 ELSE 1 END ELSE 0 END"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """The analysed money: one scope, one currency, payments only."""

    currency: str = "GBP"
    scope: str = THIRD_PARTY

    def sql(self) -> str:
        kinds = ", ".join(quote_text(kind) for kind in LEFT_OUT_KINDS)
        return f"scope = {quote_text(self.scope)} AND currency = {quote_text(self.currency)} AND kind NOT IN ({kinds})"

    def keeps(self, row: Row) -> bool:
        """The same in plain Python."""
        return row["scope"] == self.scope and row["currency"] == self.currency and row["kind"] not in LEFT_OUT_KINDS

    def where(self) -> dict[str, Sequence[Any]]:
        """The same as allowed values, for a figure."""
        return {"scope": [self.scope], "currency": [self.currency], "kind": list(COUNTED_KINDS)}


def source(engine: Engine, tables: MeasureTables) -> str:
    """The name under which the engine knows the spend table."""
    if isinstance(tables.spend, str):
        return tables.spend
    engine.register("spend", tables.spend)
    return "spend"


def tally(
    engine: Engine,
    tables: MeasureTables,
    selection: Selection,
    *,
    keys: Mapping[str, str],
    state: str,
    extra: str = "",
    before: str = "",
) -> Relation:
    """Money by ``keys`` and ``state``: the relation that a share and its range are worked out from.

    ``keys`` are column name -> expression, ``state`` an expression that is null where the answer is not known,
    ``extra`` a further condition, ``before`` a named subquery for it (``{spend}`` stands for the table in both).
    Columns: the keys, ``state``, ``amount``, ``up`` and ``down`` (see :mod:`holdfast.measures.bounds`; zero where the
    state is known), ``payments``. Ordered by keys and state, nulls last.
    """
    table = source(engine, tables)
    names = list(keys)
    listed = "".join(f"{name}, " for name in names)
    chosen = "".join(f"{expression} AS {name}, " for name, expression in keys.items())
    also = f" AND {extra}" if extra else ""
    order = ", ".join(f"{name} NULLS LAST" for name in [*names, "state"])
    query = f"""
        WITH {before}picked AS (
            SELECT {chosen}anchor AS payer, {state} AS state, supplier_key, {SIDE} AS side, amount, payments
            FROM {{spend}} WHERE {selection.sql()}{also}
        ), doubts AS (
            SELECT {listed}state, payer, CASE WHEN state IS NULL THEN supplier_key END AS doubt,
                CASE WHEN state IS NULL THEN side END AS doubt_side, SUM(amount) AS amount, SUM(payments) AS payments
            FROM picked
            GROUP BY {listed}state, payer, CASE WHEN state IS NULL THEN supplier_key END,
                CASE WHEN state IS NULL THEN side END
        )
        SELECT {listed}state, SUM(amount) AS amount,
            SUM(CASE WHEN state IS NULL AND amount > 0 THEN amount ELSE 0 END) AS up,
            SUM(CASE WHEN state IS NULL AND amount < 0 THEN amount ELSE 0 END) AS down,
            SUM(payments) AS payments
        FROM doubts GROUP BY {listed}state ORDER BY {order}"""
    return engine.sql(query.replace("{spend}", table))


def fetch(relation: Relation) -> list[dict[str, Any]]:
    """The rows of a relation as records."""
    names = relation.columns
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
