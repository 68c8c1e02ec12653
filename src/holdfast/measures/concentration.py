"""Concentration: how much of a category is in few hands. The ten largest suppliers' share, and the Herfindahl index.

Both are over the category's suppliers that are named and were paid more than they paid back: a withheld supplier is not
one supplier, and a negative share of a market is none. The index is the sum of squared shares times 10,000, so one
supplier alone gives 10,000 and a hundred equal ones 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.core.money import ratio
from holdfast.measures import plain
from holdfast.measures.categories import ranked
from holdfast.measures.naming import Frame, slugs
from holdfast.measures.selection import Row, Selection, source

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

TEN = 10


@dataclass(frozen=True, slots=True)
class Spec:
    """``top`` how many categories are shown, by money; those not stated are no market."""

    top: int = 25
    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """``category``, its ``amount``, and of its market ``suppliers``, ``market`` (money), ``top10``, ``squares``."""
    return engine.sql(f"""
        WITH sums AS (
            SELECT category, supplier_key, CASE WHEN supplier_kind = 'not disclosed' THEN 1 ELSE 0 END AS hidden,
                SUM(amount) AS amount
            FROM {source(engine, tables)} WHERE {spec.selection.sql()} AND category IS NOT NULL
            GROUP BY category, supplier_key, CASE WHEN supplier_kind = 'not disclosed' THEN 1 ELSE 0 END
        ), placed AS (
            SELECT category, amount,
                CASE WHEN hidden = 0 AND amount > 0 THEN CAST(amount AS DECIMAL(38, 2)) END AS paid,
                ROW_NUMBER() OVER (
                    PARTITION BY category
                    ORDER BY CASE WHEN hidden = 0 AND amount > 0 THEN 0 ELSE 1 END, amount DESC, supplier_key
                ) AS place
            FROM sums
        )
        SELECT category, SUM(amount) AS amount, COUNT(paid) AS suppliers, SUM(paid) AS market,
            SUM(CASE WHEN place <= {TEN} THEN paid END) AS top10, SUM(paid * paid) AS squares
        FROM placed GROUP BY category ORDER BY category""")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """Most money first: ``category``, ``total``, ``suppliers``, ``top10_share``, ``hhi`` (whole number)."""
    by_name = {row["category"]: row for row in rows}
    records = []
    for name in ranked(by_name.values(), spec.top).named:
        row = by_name[name]
        market, hhi = row["market"], None
        if market is not None:
            hhi = Decimal(round(10_000 * Fraction(row["squares"]) / Fraction(market) ** 2))
        records.append(
            {
                "category": name,
                "total": row["amount"],
                "suppliers": row["suppliers"],
                "top10_share": None if market is None else ratio(row["top10"], market),
                "hhi": hhi,
            }
        )
    return records


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row) and row["category"] is not None]
    totals = {name: plain.money(r for r in kept if r["category"] == name) for name in {r["category"] for r in kept}}
    records = []
    for name in sorted(totals, key=lambda name: (-totals[name], name))[: spec.top]:
        open_ = [r for r in kept if r["category"] == name and r["supplier_kind"] != "not disclosed"]
        sums = [plain.money(r for r in open_ if r["supplier_key"] == key) for key in {r["supplier_key"] for r in open_}]
        paid = sorted((amount for amount in sums if amount > 0), reverse=True)
        market = sum(paid, Decimal(0))
        hhi = sum(((Fraction(amount) / Fraction(market)) ** 2 for amount in paid), Fraction(0)) * 10_000
        records.append(
            {
                "category": name,
                "total": totals[name],
                "suppliers": len(paid),
                "top10_share": plain.part(sum(paid[:10], Decimal(0)), market),
                "hhi": Decimal(round(hhi)) if paid else None,
            }
        )
    return records


COLUMNS = (
    Column("category", "What was bought"),
    Column("total", "All money", "money"),
    Column("suppliers", "Suppliers", "count"),
    Column("top10_share", "Share of the ten largest", "share"),
    Column("hhi", "Concentration index", "index"),
)


def table(records: Sequence[Row]) -> ResultTable:
    lines = tuple(tuple(record[c.name] for c in COLUMNS) for record in records)
    note = "Index: the sum of squared shares, from near 0 (very many suppliers) to 10,000 (one)."
    return ResultTable("concentration", "How concentrated each category is", COLUMNS, lines, note)


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``concentration.<category>.top-10`` and ``.hhi`` for each."""
    short = slugs(record["category"] for record in records)
    found = []
    for record in records:
        name = record["category"]
        for word, unit, column, label in (
            ("top-10", "share", "top10_share", "share of the ten largest suppliers"),
            ("hhi", "index", "hhi", "concentration index"),
        ):
            found.append(
                Figure(
                    id=f"concentration.{short[name]}.{word}",
                    measure="concentration",
                    label=f"{name}: {label}",
                    unit="share" if unit == "share" else "index",
                    value=record[column],
                    definition=frame.define(suppliers=f"named, for {name}"),
                    where={**frame.selection.where(), "category": [name]},
                )
            )
    return found
