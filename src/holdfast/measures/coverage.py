"""Coverage: how much of the analysed money could be placed, and by what. Every other figure is read beside this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from holdfast.core.figures import Column, Figure, ResultTable
from holdfast.core.money import ratio
from holdfast.core.problem import Problem
from holdfast.measures import plain
from holdfast.measures.bounds import Split
from holdfast.measures.naming import Frame
from holdfast.measures.selection import Row, Selection, source
from holdfast.measures.tallies import amounts

if TYPE_CHECKING:
    from holdfast.engine.interface import Engine, Relation
    from holdfast.measures.settings import MeasureTables

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Spec:
    """Nothing to choose."""

    selection: Selection = field(default_factory=Selection)


def compute(engine: Engine, tables: MeasureTables, spec: Spec) -> Relation:
    """``placed_by``, ``amount``, ``suppliers``, ``payments``; what has no ring was placed by ``none``."""
    return engine.sql(f"""
        WITH picked AS (
            SELECT CASE WHEN ring IS NULL THEN 'none' ELSE placed_by END AS placed_by, supplier_key,
                SUM(amount) AS amount, SUM(payments) AS payments
            FROM {source(engine, tables)} WHERE {spec.selection.sql()}
            GROUP BY CASE WHEN ring IS NULL THEN 'none' ELSE placed_by END, supplier_key
        )
        SELECT placed_by, SUM(amount) AS amount, COUNT(*) AS suppliers, SUM(payments) AS payments
        FROM picked GROUP BY placed_by ORDER BY placed_by""")


def finish(rows: Iterable[Row], spec: Spec) -> list[dict[str, Any]]:
    """Most money first, ``none`` last: ``placed_by``, ``amount``, ``share`` of all money, ``suppliers``."""
    rows = sorted(rows, key=lambda r: (r["placed_by"] == "none", -r["amount"], r["placed_by"]))
    whole = amounts(rows)
    return [{**row, "share": ratio(row["amount"], whole) if whole > 0 else None} for row in rows]


def reference(rows: Sequence[Row], spec: Spec) -> list[dict[str, Any]]:
    """The definition: the same records as :func:`finish`, from the rows of ``spend``."""
    kept = [row for row in rows if spec.selection.keeps(row)]
    total = plain.money(kept)
    records = []
    for by in {"none" if row["ring"] is None else row["placed_by"] for row in kept}:
        some = [row for row in kept if ("none" if row["ring"] is None else row["placed_by"]) == by]
        amount = plain.money(some)
        suppliers = len({row["supplier_key"] for row in some})
        payments = sum(row["payments"] for row in some)
        records.append(
            {
                "placed_by": by,
                "amount": amount,
                "suppliers": suppliers,
                "payments": payments,
                "share": plain.part(amount, total),
            }
        )
    return sorted(records, key=lambda r: (r["placed_by"] == "none", -r["amount"], r["placed_by"]))


COLUMNS = (
    Column("placed_by", "Placed by"),
    Column("amount", "Money", "money"),
    Column("share", "Part of all money", "share"),
    Column("suppliers", "Suppliers", "count"),
)


def table(records: Sequence[Row]) -> ResultTable:
    lines = tuple(tuple(record[c.name] for c in COLUMNS) for record in records)
    note = "How the place of each supplier was found. A supplier found in two ways counts in both lines."
    return ResultTable("coverage", "How much of the money could be placed", COLUMNS, lines, note)


def figures(records: Sequence[Row], frame: Frame) -> list[Figure]:
    """``coverage``: the placed part of all analysed money."""
    whole = amounts(records)
    placed = amounts(record for record in records if record["placed_by"] != "none")
    share = Split(whole, placed).share().coverage
    return [
        Figure(
            id="coverage",
            measure="coverage",
            label="Share of money that could be placed",
            unit="share",
            value=share,
            definition=frame.define(),
            numerator=placed,
            denominator=whole,
            coverage=share,
            higher_is="more is known",
            where=frame.selection.where(),
            counted={"ring": list(range(len(frame.settings.rings) + 1))},
        )
    ]


def problems(figures: Sequence[Figure]) -> list[Problem]:
    """Little money placed (HF704): less than half."""
    return [
        Problem("HF704", f"{_how_little(figure.value)} of the money could be placed", amount=figure.numerator)
        for figure in figures
        if figure.value is not None and figure.value < HALF
    ]


def _how_little(share: Decimal) -> str:
    return "None" if share == 0 else "Less than 1%" if share < Decimal("0.01") else f"Only {share:.0%}"
